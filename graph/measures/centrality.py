"""Centrality: how much a body is in the middle of a network, by the names under which the measures can be asked for.

Every function takes an adjacency matrix (see `tsunagari.graph.measures.adjacency`) and gives one value a node in the
order of its rows. A symmetric matrix is an undirected network; otherwise ties run from row to column. Paths count
steps, not weights: a strong tie is not a long one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd
from scipy.sparse.linalg import eigsh

from tsunagari.errors import Message, UnknownNameError
from tsunagari.graph.columns import rows_of
from tsunagari.graph.measures.adjacency import (
    Adjacency,
    Floats,
    Graph,
    adjacency_of,
    checked_adjacency,
    either_way,
    is_symmetric,
    unweighted,
)
from tsunagari.graph.measures.betweenness import betweenness
from tsunagari.graph.measures.closeness import closeness, closeness_estimate, harmonic, harmonic_estimate
from tsunagari.graph.measures.estimate import Accuracy, Estimate, sample_until
from tsunagari.graph.measures.sampled_betweenness import betweenness_estimate
from tsunagari.graph.measures.structural_holes import structural_holes

DAMPING = 0.85
FIRST_SAMPLE = 4096
MOST_SAMPLES = 8  # for each node, beyond which exact values take no longer
FEW_TOUCHED = 20
SMALL = 64  # bodies up to which all eigenvectors are computed


def degree(adjacency: Any) -> Floats:
    """Return the number of different bodies each is tied to in either direction; 0 for an isolate.

    Source: L. C. Freeman (1978), "Centrality in social networks: conceptual clarification", Social Networks 1(3). A
    count, below the number of nodes; an empty network gives no value.

    Examples
    --------
    >>> degree([[0, 1, 0], [1, 0, 1], [0, 0, 0]]).tolist()
    [1.0, 2.0, 1.0]
    """
    return _row_sums(either_way(checked_adjacency(adjacency)))


def in_degree(adjacency: Any) -> Floats:
    """Return the number of bodies with a tie to each; 0 for an isolate, the degree in an undirected network.

    Source: L. C. Freeman (1978), "Centrality in social networks: conceptual clarification", Social Networks 1(3).

    Examples
    --------
    >>> in_degree([[0, 1, 0], [0, 0, 0], [0, 1, 0]]).tolist()
    [0.0, 2.0, 0.0]
    """
    return _row_sums(unweighted(checked_adjacency(adjacency).T.tocsr()))


def out_degree(adjacency: Any) -> Floats:
    """Return the number of bodies to which each has a tie; 0 for an isolate, the degree in an undirected network.

    Source: L. C. Freeman (1978), "Centrality in social networks: conceptual clarification", Social Networks 1(3).

    Examples
    --------
    >>> out_degree([[0, 1, 0], [0, 0, 0], [0, 1, 0]]).tolist()
    [1.0, 0.0, 1.0]
    """
    return _row_sums(unweighted(checked_adjacency(adjacency)))


def strength(adjacency: Any) -> Floats:
    """Return the sum of the weights of each body's ties, in both directions where the network is directed.

    Source: A. Barrat, M. Barthélemy, R. Pastor-Satorras & A. Vespignani (2004), "The architecture of complex weighted
    networks", PNAS 101(11). At least 0, in the unit of the weights; 0 for an isolate.

    Examples
    --------
    >>> strength([[0, 3], [3, 0]]).tolist(), strength([[0, 3], [0, 0]]).tolist()
    ([3.0, 3.0], [3.0, 3.0])
    """
    matrix = checked_adjacency(adjacency)
    return _row_sums(matrix) if is_symmetric(matrix) else _row_sums(matrix) + _row_sums(matrix.T.tocsr())


def eigenvector(adjacency: Any) -> Floats:
    """Return how central each body's contacts are: each value is in proportion to the sum of those of its contacts.

    Source: P. Bonacich (1972), "Factoring and weighting approaches to status scores and clique identification", J.
    Math. Sociol. 2(1): the eigenvector of the largest eigenvalue, of length 1, with weights. Directions are ignored
    (a tie in one direction counts with half its weight each way). In a disconnected network the parts with the
    largest eigenvalue alone have values, the others 0 (the limit of passing scores on, from equal ones); without any
    tie all are 0. Rounded to 12 decimals, so that what is the same comes out the same.

    Examples
    --------
    >>> eigenvector([[0, 1, 0], [1, 0, 1], [0, 1, 0]]).round(3).tolist()
    [0.5, 0.707, 0.5]
    """
    matrix = checked_adjacency(adjacency)
    size = matrix.shape[0]
    if not matrix.nnz:
        return np.zeros(size)
    both = ((matrix + matrix.T) / (2 * matrix.data.max())).tocsr()
    if size <= SMALL:
        values, vectors = np.linalg.eigh(both.toarray())
        principal = vectors[:, values > values[-1] - 1e-9]
        found = principal @ principal.sum(axis=0)  # the equal start, seen in the eigenspace
    else:
        found = eigsh(both, k=1, which="LA", v0=np.ones(size))[1][:, 0]
    found = np.abs(found)
    return np.asarray((found / np.linalg.norm(found)).round(12))


def pagerank(adjacency: Any) -> Floats:
    """Return the share of time a random walker along the ties spends at each body; the values sum to 1.

    Source: S. Brin & L. Page (1998), "The anatomy of a large-scale hypertextual Web search engine", Computer Networks
    30. Damping 0.85, weights as probabilities; from a body without outgoing ties the walker goes anywhere, so every
    isolate has the same small share.

    Examples
    --------
    >>> pagerank([[0, 1], [1, 0]]).round(3).tolist()
    [0.5, 0.5]
    """
    matrix = checked_adjacency(adjacency)
    size = matrix.shape[0]
    out = _row_sums(matrix)
    stuck = out == 0
    into = matrix.T.tocsr()
    rank = np.full(size, 1 / max(size, 1))
    for _ in range(1000):
        spread = into @ (rank / np.where(stuck, 1.0, out))
        following = DAMPING * (spread + rank[stuck].sum() / size) + (1 - DAMPING) / size if size else rank
        change = float(np.abs(following - rank).sum())
        rank = following
        if change < 1e-13:
            break
    return np.asarray(rank)


def coreness(adjacency: Any) -> Floats:
    """Return the largest k for which each body is in a part where everybody has k contacts; 0 for an isolate.

    Source: S. B. Seidman (1983), "Network structure and minimum degree", Social Networks 5(3). Directions are ignored.
    Bodies with at most k contacts left are taken out in rounds, for k = 0, 1, … until nobody is left.

    Examples
    --------
    >>> coreness([[0, 1, 1, 0], [1, 0, 1, 0], [1, 1, 0, 1], [0, 0, 1, 0]]).tolist()
    [2.0, 2.0, 2.0, 1.0]
    """
    tied = either_way(checked_adjacency(adjacency))
    start = tied.indptr.astype(np.int64)
    left, inside = np.diff(start), np.ones(tied.shape[0], dtype=np.bool_)
    found, remaining, level = np.zeros(tied.shape[0]), np.arange(tied.shape[0]), 0
    while len(remaining):
        level = max(level, int(left[remaining].min()))
        front = remaining[left[remaining] <= level]
        while len(front):
            found[front], inside[front] = level, False
            touched = tied.indices[rows_of(start[front], start[front + 1])].astype(np.int64)
            if len(touched) * FEW_TOUCHED > len(remaining):
                left -= np.bincount(touched, minlength=len(left))
                remaining = remaining[inside[remaining]]
                front = remaining[left[remaining] <= level]
            else:
                np.subtract.at(left, touched, 1)
                front = np.unique(touched[inside[touched] & (left[touched] <= level)])
        remaining = remaining[inside[remaining]]
    return found


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure that can be asked for by name.

    Parameters
    ----------
    compute
        From an adjacency matrix to one value a node, exact or as accurate as asked for.
    ja, en
        What it is called.
    low_first
        Whether small values are those of the bodies in the middle.
    """

    compute: Callable[[Any, Accuracy], Estimate]
    ja: str
    en: str
    low_first: bool = False


def _exactly(measure: Callable[[Any], Floats]) -> Callable[[Any, Accuracy], Estimate]:
    return lambda adjacency, _: Estimate(measure(adjacency))


def _sampled(
    measure: Callable[[Any], Floats], estimate: Callable[..., Estimate], samples: str
) -> Callable[[Any, Accuracy], Estimate]:
    """Return a measure that is sampled in large networks; `samples` is the name of the number of samples."""

    def compute(adjacency: Any, accuracy: Accuracy) -> Estimate:
        if accuracy.exact:
            return Estimate(measure(adjacency))
        if accuracy.epsilon is None:
            return estimate(adjacency, delta=accuracy.delta, seed=accuracy.seed)
        return sample_until(
            lambda number, delta: estimate(adjacency, delta=delta, seed=accuracy.seed, **{samples: number}),
            lambda: measure(adjacency),
            accuracy,
            first=FIRST_SAMPLE,
            most=MOST_SAMPLES * int(adjacency.shape[0]),
        )

    return compute


def _hole(column: str) -> Callable[[Any, Accuracy], Estimate]:
    return _exactly(lambda adjacency: structural_holes(adjacency)[column].to_numpy(dtype=np.float64))


MEASURES: Mapping[str, Measure] = MappingProxyType(
    {
        "degree": Measure(_exactly(degree), "次数（つながる相手の数）", "degree"),
        "in_degree": Measure(_exactly(in_degree), "入次数（受けるつながり）", "in-degree"),
        "out_degree": Measure(_exactly(out_degree), "出次数（出すつながり）", "out-degree"),
        "strength": Measure(_exactly(strength), "つながりの強さの合計", "strength"),
        "betweenness": Measure(_sampled(betweenness, betweenness_estimate, "pairs"), "媒介中心性", "betweenness"),
        "closeness": Measure(_sampled(closeness, closeness_estimate, "pivots"), "近接中心性", "closeness"),
        "harmonic": Measure(_sampled(harmonic, harmonic_estimate, "pivots"), "調和中心性", "harmonic centrality"),
        "eigenvector": Measure(_exactly(eigenvector), "固有ベクトル中心性", "eigenvector centrality"),
        "pagerank": Measure(_exactly(pagerank), "ページランク", "PageRank"),
        "coreness": Measure(_exactly(coreness), "コア数", "coreness"),
        "constraint": Measure(_hole("constraint"), "拘束度", "constraint", low_first=True),
        "effective_size": Measure(_hole("effective_size"), "有効規模", "effective size"),
        "efficiency": Measure(_hole("efficiency"), "効率性", "efficiency"),
    }
)

WEIGHTED = ("strength", "eigenvector", "pagerank", "constraint", "effective_size", "efficiency")
"""Those of `MEASURES` in which the weights of ties count."""


def measure_named(name: str) -> Measure:
    """Return one of `MEASURES`.

    Raises
    ------
    UnknownNameError
        There is no such measure; the hint gives the nearest and all of them.

    Examples
    --------
    >>> measure_named("degree").en
    'degree'
    """
    if name in MEASURES:
        return MEASURES[name]
    names = ", ".join(MEASURES)
    near = ", ".join(get_close_matches(name, MEASURES, n=3, cutoff=0.5))
    raise UnknownNameError(
        Message(f"「{name}」という指標はありません。", f"There is no measure {name!r}."),
        Message(
            (f"近いもの: {near}。" if near else "") + f"使える指標: {names}",
            (f"Nearest: {near}. " if near else "") + f"Measures: {names}",
        ),
    )


def centrality_estimate(adjacency: Any, measure: str, accuracy: Accuracy | None = None) -> Estimate:
    """Compute one of `MEASURES`; in large networks some are sampled and say how far they may be off.

    Parameters
    ----------
    adjacency
        Square matrix; empty, disconnected and untied networks have values as each measure defines them.
    measure
        A key of `MEASURES`.
    accuracy
        What is asked of the measures that large networks would make slow; the others are exact anyway.

    Raises
    ------
    UnknownNameError
        There is no such measure.
    NetworkError
        The matrix is not square, or a weight is negative or not a number.

    Examples
    --------
    >>> centrality_estimate([[0, 1], [1, 0]], "degree").values.tolist()
    [1.0, 1.0]
    """
    return measure_named(measure).compute(checked_adjacency(adjacency), accuracy or Accuracy())


def graph_centrality(graph: Graph, measure: str) -> pd.Series[float]:
    """Compute one of `MEASURES` for a networkx graph.

    Parameters
    ----------
    graph
        Directed or undirected; parallel ties are added up, self ties ignored.
    measure
        A key of `MEASURES`.

    Returns
    -------
    Series
        Named by the measure, one value a node in the order of the graph; empty for an empty graph. ``attrs`` holds
        ``epsilon``, ``delta``, ``samples`` and ``seed`` (see `tsunagari.graph.measures.Estimate`), 0 when exact.

    Raises
    ------
    UnknownNameError
        There is no such measure; the hint gives the nearest.
    NetworkError
        A weight is negative or not a number.

    Examples
    --------
    >>> import networkx as nx
    >>> graph_centrality(nx.star_graph(3), "degree").to_dict()
    {0: 3.0, 1: 1.0, 2: 1.0, 3: 1.0}
    """
    matrix, nodes = adjacency_of(graph)
    return centrality_series(matrix, nodes, measure)


def centrality_series(adjacency: Any, nodes: Any, measure: str) -> pd.Series[float]:
    """Compute one of `MEASURES` as a Series over the names of the rows, see `graph_centrality`.

    Examples
    --------
    >>> centrality_series([[0, 1], [1, 0]], ["a", "b"], "degree").to_dict()
    {'a': 1.0, 'b': 1.0}
    """
    found = centrality_estimate(adjacency, measure)
    series = pd.Series(found.values, index=pd.Index(list(nodes), dtype=object), name=measure)
    series.attrs.update(epsilon=found.epsilon, delta=found.delta, samples=found.samples, seed=found.seed)
    return series


def _row_sums(matrix: Adjacency) -> Floats:
    return np.asarray(matrix.sum(axis=1), dtype=np.float64).reshape(matrix.shape[0])

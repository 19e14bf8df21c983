"""Centrality: how much a body is in the middle of a network, and what falls apart without it.

Every function takes an adjacency matrix (see `tsunagari.graph.adjacency`) and gives one value a node in the order of
its rows. A symmetric matrix is an undirected network; otherwise ties run from row to column. Paths count steps, not
weights: a strong tie is not a long one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
import rustworkx as rx

from tsunagari.errors import Message, UnknownNameError
from tsunagari.graph.adjacency import Adjacency, Floats, Graph, Integers, adjacency_of, checked_adjacency
from tsunagari.graph.structural_holes import structural_holes

PathGraph: TypeAlias = "rx.PyGraph[int, None] | rx.PyDiGraph[int, None]"


def degree(adjacency: Any) -> Floats:
    """Return the number of different bodies each is tied to in either direction; 0 for an isolate.

    Examples
    --------
    >>> degree([[0, 1, 0], [1, 0, 1], [0, 0, 0]]).tolist()
    [1.0, 2.0, 1.0]
    """
    matrix = checked_adjacency(adjacency)
    return _row_sums(_either_way(matrix))


def strength(adjacency: Any) -> Floats:
    """Return the sum of the weights of each body's ties, in both directions where the network is directed.

    Examples
    --------
    >>> strength([[0, 3], [3, 0]]).tolist(), strength([[0, 3], [0, 0]]).tolist()
    ([3.0, 3.0], [3.0, 3.0])
    """
    matrix = checked_adjacency(adjacency)
    return _row_sums(matrix) if _is_symmetric(matrix) else _row_sums(matrix) + _row_sums(matrix.T.tocsr())


def betweenness(adjacency: Any, *, normalized: bool = True) -> Floats:
    """Return the share of the shortest paths between the others that pass through each body, exactly.

    Source: L. C. Freeman (1977), Sociometry 40(1), by U. Brandes' algorithm (2001), J. Math. Sociol. 25(2).

    Parameters
    ----------
    adjacency
        Square matrix; pairs without a path count as 0.
    normalized
        Divide by the number of pairs of others, so that values lie between 0 and 1; networks of fewer than three
        nodes give 0. Otherwise paths are counted, in an undirected network each once.

    Examples
    --------
    >>> betweenness([[0, 1, 0], [1, 0, 1], [0, 1, 0]]).tolist()
    [0.0, 1.0, 0.0]
    """
    matrix = checked_adjacency(adjacency)
    if matrix.shape[0] < 3:
        return np.zeros(matrix.shape[0])
    return _in_order(rx.betweenness_centrality(_path_graph(matrix), normalized=normalized))


def closeness(adjacency: Any) -> Floats:
    """Return how few steps the others need to reach each body.

    Source: S. Wasserman & K. Faust (1994), *Social Network Analysis*, p. 201: the share of the others that reach the
    body divided by their mean distance, so parts of a disconnected network can be compared. Between 0 and 1; an
    isolate has 0. In a directed network the distances are those towards the body.

    Examples
    --------
    >>> closeness([[0, 1, 0], [1, 0, 0], [0, 0, 0]]).tolist()
    [0.5, 0.5, 0.0]
    """
    matrix = checked_adjacency(adjacency)
    return _in_order(rx.closeness_centrality(_path_graph(matrix), wf_improved=True))


def pagerank(adjacency: Any) -> Floats:
    """Return the share of time a random walker along the ties spends at each body; the values sum to 1.

    Source: S. Brin & L. Page (1998), Computer Networks 30. Damping 0.85, weights as probabilities; every
    isolate has the same small share.

    Examples
    --------
    >>> pagerank([[0, 1], [1, 0]]).round(3).tolist()
    [0.5, 0.5]
    """
    matrix = checked_adjacency(adjacency).tocoo()
    graph: rx.PyDiGraph[int, float] = rx.PyDiGraph(multigraph=False)
    graph.add_nodes_from(range(matrix.shape[0]))
    rows, columns = matrix.coords
    graph.add_edges_from(list(zip(rows.tolist(), columns.tolist(), matrix.data.tolist(), strict=True)))
    if not len(graph):
        return np.zeros(0)
    return _in_order(rx.pagerank(graph, alpha=0.85, weight_fn=float, tol=1e-10, max_iter=1000))


def coreness(adjacency: Any) -> Floats:
    """Return the largest k for which each body is in a part where everybody has k contacts; 0 for an isolate.

    Source: S. B. Seidman (1983), Social Networks 5(3). Directions are ignored.

    Examples
    --------
    >>> coreness([[0, 1, 1, 0], [1, 0, 1, 0], [1, 1, 0, 1], [0, 0, 1, 0]]).tolist()
    [2.0, 2.0, 2.0, 1.0]
    """
    numbers: Any = rx.core_number(_undirected(checked_adjacency(adjacency)))  # its stub says int
    return _in_order(numbers)


def parts_without(adjacency: Any) -> Integers:
    """Return into how many parts the contacts of each body fall when it is taken out; directions are ignored.

    1 means that nothing falls apart, 2 or more a cut point, 0 an isolate. Source: the number of blocks (biconnected
    components) that hold the body, J. Hopcroft & R. Tarjan (1973), Communications of the ACM 16(6).

    Examples
    --------
    >>> parts_without([[0, 1, 0], [1, 0, 1], [0, 1, 0]]).tolist()
    [1, 2, 1]
    """
    matrix = checked_adjacency(adjacency)
    blocks = rx.biconnected_components(_undirected(matrix))
    held = {(node, block) for pair, block in blocks.items() for node in pair}
    nodes = np.array([node for node, _ in held], dtype=np.int64)
    return np.bincount(nodes, minlength=matrix.shape[0]).astype(np.int64)


def cut_points(adjacency: Any) -> list[int]:
    """Return the rows, ascending, of the bodies without which a connected part would fall apart.

    Examples
    --------
    >>> cut_points([[0, 1, 0], [1, 0, 1], [0, 1, 0]])
    [1]
    """
    return [int(node) for node in np.flatnonzero(parts_without(adjacency) > 1)]


def bridges(adjacency: Any) -> list[tuple[int, int]]:
    """Return the ties, as ascending pairs of rows, without which a connected part would fall apart.

    Examples
    --------
    >>> bridges([[0, 1, 1, 0], [1, 0, 1, 0], [1, 1, 0, 1], [0, 0, 1, 0]])
    [(2, 3)]
    """
    found = rx.bridges(_undirected(checked_adjacency(adjacency)))
    return sorted((min(pair), max(pair)) for pair in found)


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure that can be asked for by name.

    Parameters
    ----------
    compute
        From an adjacency matrix to one value a node.
    ja, en
        What it is called.
    """

    compute: Callable[[Any], Floats]
    ja: str
    en: str


def _hole(column: str) -> Callable[[Any], Floats]:
    return lambda adjacency: structural_holes(adjacency)[column].to_numpy(dtype=np.float64)


MEASURES: Mapping[str, Measure] = MappingProxyType(
    {
        "degree": Measure(degree, "次数（つながる団体の数）", "degree"),
        "strength": Measure(strength, "つながりの強さの合計", "strength"),
        "betweenness": Measure(betweenness, "媒介中心性", "betweenness"),
        "closeness": Measure(closeness, "近接中心性", "closeness"),
        "pagerank": Measure(pagerank, "ページランク", "PageRank"),
        "coreness": Measure(coreness, "コア数", "coreness"),
        "constraint": Measure(_hole("constraint"), "拘束度", "constraint"),
        "effective_size": Measure(_hole("effective_size"), "有効規模", "effective size"),
        "efficiency": Measure(_hole("efficiency"), "効率性", "efficiency"),
    }
)


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
        Named by the measure, one value a node in the order of the graph; empty for an empty graph.

    Raises
    ------
    UnknownNameError
        There is no such measure; the hint lists them.
    NetworkError
        A weight is negative or not a number.

    Examples
    --------
    >>> import networkx as nx
    >>> graph_centrality(nx.star_graph(3), "degree").to_dict()
    {0: 3.0, 1: 1.0, 2: 1.0, 3: 1.0}
    """
    if measure not in MEASURES:
        names = ", ".join(MEASURES)
        raise UnknownNameError(
            Message(f"「{measure}」という指標はありません。", f"There is no measure {measure!r}."),
            Message(f"使える指標: {names}", f"Measures: {names}"),
        )
    matrix, nodes = adjacency_of(graph)
    return pd.Series(MEASURES[measure].compute(matrix), index=pd.Index(nodes, dtype=object), name=measure)


def _row_sums(matrix: Adjacency) -> Floats:
    return np.asarray(matrix.sum(axis=1), dtype=np.float64).reshape(matrix.shape[0])


def _either_way(matrix: Adjacency) -> Adjacency:
    tied = matrix + matrix.T.tocsr()
    tied.data[:] = 1.0
    return tied


def _is_symmetric(matrix: Adjacency) -> bool:
    difference = matrix - matrix.T.tocsr()
    return not difference.data.any()


def _path_graph(matrix: Adjacency) -> PathGraph:
    """Return the ties without weights, undirected when each runs both ways."""
    tied = matrix.copy()
    tied.data[:] = 1.0
    if _is_symmetric(tied):
        return _undirected(tied)
    graph: rx.PyDiGraph[int, None] = rx.PyDiGraph(multigraph=False)
    rows, columns = tied.tocoo().coords
    graph.add_nodes_from(range(tied.shape[0]))
    graph.add_edges_from_no_data(list(zip(rows.tolist(), columns.tolist(), strict=True)))
    return graph


def _undirected(matrix: Adjacency) -> rx.PyGraph[int, None]:
    rows, columns = _either_way(matrix).tocoo().coords
    once = rows < columns
    graph: rx.PyGraph[int, None] = rx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(matrix.shape[0]))
    graph.add_edges_from_no_data(list(zip(rows[once].tolist(), columns[once].tolist(), strict=True)))
    return graph


def _in_order(values: Mapping[int, float]) -> Floats:
    return np.array([values[node] for node in sorted(values.keys())], dtype=np.float64)

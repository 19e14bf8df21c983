"""Two-mode networks: bodies and what they take part in, measured without projecting one onto the other.

The input is an incidence matrix, one row a node of the first mode (organisations), one column a node of the second
(platforms, fields, …). A measure for one mode is scaled by the most that a node of that mode could have.

Sources: S. P. Borgatti & M. G. Everett (1997), "Network analysis of 2-mode data", Social Networks 19, 243-269, for the
centralities; J. Hollway, J.-F. Morin & J. Pauwelyn (2020), "Structural conditions for novelty: the introduction of new
environmental clauses to the trade regime complex", International Environmental Agreements 20, 61-83, for constraint, as
its first author's R packages (`migraph`, `manynet`: `node_constraint`) compute it.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Sequence
from dataclasses import asdict, replace
from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.sparse import csgraph
from scipy.sparse.linalg import eigsh

from tsunagari.errors import Message, NetworkError
from tsunagari.graph.measures.adjacency import (
    Adjacency,
    Floats,
    Graph,
    adjacency_of,
    check_one_each,
    check_weights,
    checked_adjacency,
)
from tsunagari.graph.measures.centrality import FIRST_SAMPLE, centrality_estimate
from tsunagari.graph.measures.closed_paths import product_entries
from tsunagari.graph.measures.estimate import Accuracy, Estimate

MEASURES = ("degree", "closeness", "betweenness", "eigenvector", "constraint")
SMALL = 400
"""Nodes of the smaller mode up to which the eigenvector is taken from all of them at once."""


def two_mode_measures(incidence: Any, accuracy: Accuracy | None = None) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return `two_mode_centrality` and `two_mode_constraint` in one table for each mode, the columns of `MEASURES`.

    Examples
    --------
    >>> rows, columns = two_mode_measures([[1, 0], [1, 1]])
    >>> rows.columns.tolist() == list(MEASURES), len(rows), len(columns)
    (True, 2, 2)
    """
    matrix = checked_incidence(incidence)
    tables = zip(two_mode_centrality(matrix, accuracy), two_mode_constraint(matrix), strict=True)
    first, second = (table.assign(constraint=values) for table, values in tables)
    return first, second


def two_mode_centrality(incidence: Any, accuracy: Accuracy | None = None) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Compute the centralities of Borgatti & Everett, each scaled by the most that a node of its mode could have.

    Parameters
    ----------
    incidence
        Matrix of weights, rows the first mode. Weights count for the eigenvector only.
    accuracy
        What is asked of closeness and betweenness, which large networks make slow.

    Returns
    -------
    Two DataFrames, for the rows and for the columns in their order, all values at least 0 and, but for closeness, at
    most 1; 0 for an isolate:
        ``degree`` share of the other mode a node is tied to.
        ``closeness`` the smallest possible sum of distances, n₂ + 2(n₁ − 1), by the node's; in a disconnected network
        of the nodes it reaches, times their share (as `networkx.bipartite.closeness_centrality`), which there may
        be between 1 and 2.
        ``betweenness`` shortest paths through the node by the most that could be.
        ``eigenvector`` the first singular vector of the matrix, of length 1 for each mode: nodes outside the part of
        the network with the largest singular value have 0. The paper's vector over both modes times √2.
    ``attrs["errors"]`` has epsilon, delta, samples and seed of those that were sampled, by their names.

    Raises
    ------
    NetworkError
        A weight is negative or not a number.

    Examples
    --------
    >>> rows, columns = two_mode_centrality([[1, 0], [1, 1]])
    >>> rows["degree"].tolist(), columns["closeness"].round(3).tolist()
    ([0.5, 1.0], [1.0, 0.667])
    """
    matrix = checked_incidence(incidence)
    numbers = (int(matrix.shape[0]), int(matrix.shape[1]))
    both = _both_modes(matrix)
    _, part = csgraph.connected_components(both, directed=False)
    reached = np.bincount(part)[part].astype(np.float64)
    modes = [slice(0, numbers[0]), slice(numbers[0], None)]
    # Wasserman–Faust closeness is reached² / (everybody × distances): the reached without the node itself
    shortest = np.repeat([other + 2.0 * (own - 1) for own, other in (numbers, numbers[::-1])], numbers)
    scale = shortest / np.maximum(reached - 1, 1)
    sampled = scale[reached > FIRST_SAMPLE]  # the nodes of smaller parts are exact
    near = _scaled(both, "closeness", scale, sampled, accuracy or Accuracy())
    pairs = max(len(reached) - 1, 0) * max(len(reached) - 2, 0) / 2
    scale = pairs / np.repeat([max(_most_paths(*sizes), 1.0) for sizes in (numbers, numbers[::-1])], numbers)
    through = _scaled(both, "betweenness", scale, scale, accuracy or Accuracy())
    degrees = np.diff(both.indptr)
    tables = []
    for mode, other, vector in zip(modes, numbers[::-1], _first_vectors(matrix), strict=True):
        columns = {
            "degree": degrees[mode] / max(other, 1),
            "closeness": near.values[mode],
            "betweenness": through.values[mode],
            "eigenvector": vector,
        }
        tables.append(pd.DataFrame(columns))
        tables[-1].attrs["errors"] = _errors(closeness=near, betweenness=through)
    return tables[0], tables[1]


def _scaled(both: Adjacency, measure: str, scale: Floats, sampled: Floats, accuracy: Accuracy) -> Estimate:
    """Return a measure times `scale`; `sampled` are the scales of the nodes that may have an error."""
    widest = float(sampled.max(initial=0.0))
    if accuracy.epsilon is not None and widest:
        accuracy = replace(accuracy, epsilon=accuracy.epsilon / widest)
    found = centrality_estimate(both, measure, accuracy)
    return replace(found, values=found.values * scale, epsilon=found.epsilon * widest)


def _errors(**estimates: Estimate) -> dict[str, dict[str, float]]:
    found = {name: asdict(estimate) for name, estimate in estimates.items() if estimate.samples}
    return {name: {key: value for key, value in parts.items() if key != "values"} for name, parts in found.items()}


def two_mode_constraint(incidence: Any) -> tuple[Floats, Floats]:
    """Compute how far a node's contacts in the other mode are held by the same further nodes of its own.

    For a node i with contacts a, b: Σ_a (p_ia + Σ_{b≠a} Σ_{j≠i} p_ib p_bj p_ja)², where p is a tie's share of the ties
    of the first node, and j another node of i's mode: what i spends on b comes back to a over j (Hollway et al. 2020).

    Parameters
    ----------
    incidence
        Matrix of weights, rows the first mode.

    Returns
    -------
    The values of the rows and of the columns, above 0; 1 for a single contact, NaN for an isolate.

    Raises
    ------
    NetworkError
        A weight is negative or not a number.

    Examples
    --------
    >>> rows, columns = two_mode_constraint([[1, 0], [1, 1]])
    >>> rows.tolist(), columns.tolist()
    ([1.0, 0.5], [0.5, 1.0])
    """
    matrix = checked_incidence(incidence)
    return _constraint(matrix), _constraint(matrix.T.tocsr())


def graph_two_mode(graph: Graph, first: Collection[Hashable]) -> pd.DataFrame:
    """Compute the measures for a networkx graph of two modes.

    Parameters
    ----------
    graph
        Every tie between a node of `first` and one that is not; parallel ties of one direction are added up, and
        directions ignored.
    first
        The nodes of the first mode.

    Returns
    -------
    DataFrame
        One row a node in the order of the graph, named by it: ``mode`` (1 or 2) and the columns of `MEASURES`.

    Raises
    ------
    NetworkError
        A tie runs within one mode; the tie is named.

    Examples
    --------
    >>> import networkx as nx
    >>> graph_two_mode(nx.Graph([("a", "x"), ("b", "x")]), {"a", "b"})["degree"].to_dict()
    {'a': 1.0, 'x': 1.0, 'b': 1.0}
    """
    matrix, nodes = adjacency_of(graph)
    found = matrix_two_mode(matrix, np.array([node in first for node in nodes], dtype=bool), nodes)
    return found.set_axis(pd.Index(nodes, dtype=object), axis="index")


def matrix_two_mode(
    adjacency: Any, first: Any, names: Sequence[Hashable], accuracy: Accuracy | None = None
) -> pd.DataFrame:
    """Compute the measures for an adjacency matrix of two modes.

    Parameters
    ----------
    adjacency
        Square matrix; a tie counts in whichever direction it is, the stronger one where both are given.
    first
        Which of its nodes are of the first mode.
    names
        What a node is called when a tie is refused.
    accuracy
        As for `two_mode_centrality`, which says what ``attrs["errors"]`` holds.

    Returns
    -------
    DataFrame
        As `graph_two_mode`, in the order of the matrix.

    Raises
    ------
    NetworkError
        A tie runs within one mode, and is named; or `first` has not one value a node.

    Examples
    --------
    >>> matrix_two_mode([[0, 1], [0, 0]], np.array([True, False]), ["a", "x"])["mode"].tolist()
    [1, 2]
    """
    given = checked_adjacency(adjacency)
    matrix = given.maximum(given.T.tocsr())
    mode = np.where(np.asarray(first, dtype=bool), 1, 2)
    check_one_each(len(mode), int(given.shape[0]))
    rows, columns = matrix.tocoo().coords
    within = np.flatnonzero(mode[rows] == mode[columns])
    if len(within):
        one, other = names[rows[within[0]]], names[columns[within[0]]]
        raise NetworkError(
            Message(
                f"2モードのネットワークでは、同じ側どうしはつながりません（{one} と {other}）。",
                f"In a two-mode network no tie runs within a mode; {one} and {other} are tied.",
            )
        )
    order = [np.flatnonzero(mode == number) for number in (1, 2)]
    tables = two_mode_measures(matrix[order[0]][:, order[1]], accuracy)
    table = pd.concat([part.set_axis(place, axis="index") for part, place in zip(tables, order, strict=True)])
    table = table.sort_index()
    table.insert(0, "mode", mode.astype(np.int64))
    return table


def checked_incidence(incidence: Any) -> Adjacency:
    """Return the matrix as a clean CSR array of finite weights above 0.

    Raises
    ------
    NetworkError
        The matrix has not two dimensions, or a weight is negative, infinite or not a number.

    Examples
    --------
    >>> checked_incidence([[2, 0, 1]]).toarray().tolist()
    [[2.0, 0.0, 1.0]]
    """
    given: Any = incidence if sparse.issparse(incidence) else np.asarray(incidence, dtype=np.float64)
    if given.ndim != 2:
        raise NetworkError(
            Message(
                f"2モードの行列は縦横の表でなければなりません（与えられた形: {given.shape}）。",
                f"A two-mode matrix has rows and columns; this one has the shape {given.shape}.",
            )
        )
    matrix: Adjacency = sparse.csr_array(given, dtype=np.float64, copy=True)
    check_weights(matrix.data)
    matrix.sum_duplicates()
    matrix.eliminate_zeros()
    return matrix


def _both_modes(matrix: Adjacency) -> Adjacency:
    """Return the ties as a symmetric matrix of rows and columns together, without weights."""
    rows, columns = matrix.tocoo().coords
    size, columns = int(sum(matrix.shape)), columns + int(matrix.shape[0])
    ends = (np.concatenate((rows, columns)), np.concatenate((columns, rows)))
    return sparse.csr_array((np.ones(2 * matrix.nnz), ends), shape=(size, size))


def _most_paths(own: int, other: int) -> float:
    """Return the largest betweenness a node of a mode of `own` nodes can have beside `other` of the second mode."""
    if not own or not other:
        return 0.0
    share, rest = divmod(own - 1, other)
    return (
        other**2 * (share + 1) ** 2 + other * (share + 1) * (2 * rest - share - 1) - rest * (2 * share - rest + 3)
    ) / 2


def _first_vectors(matrix: Adjacency) -> tuple[Floats, Floats]:
    """Return the first singular vectors; of several equal ones, what they share with a vector of ones."""
    if not matrix.nnz:
        return np.zeros(matrix.shape[0]), np.zeros(matrix.shape[1])
    if matrix.shape[0] > matrix.shape[1]:
        second, first = _first_vectors(matrix.T.tocsr())
        return first, second
    square = sparse.csr_array(matrix @ matrix.T.tocsr())
    size = int(square.shape[0])
    if size <= SMALL:
        values, vectors = np.linalg.eigh(square.toarray())
        same = vectors[:, values > values[-1] * (1 - 1e-9)]
        vector = same @ same.sum(axis=0)
    else:
        _, vectors = eigsh(square, k=1, v0=np.ones(size), tol=1e-12)
        vector = np.abs(vectors[:, 0])
    return _unit(vector), _unit(matrix.T @ vector)


def _unit(vector: Floats) -> Floats:
    cleared = np.where(np.abs(vector) > 1e-10 * np.abs(vector).max(), np.abs(vector), 0.0)
    return np.asarray(cleared / np.linalg.norm(cleared), dtype=np.float64)


def _constraint(matrix: Adjacency) -> Floats:
    """Return the constraint of the rows i; the columns are their contacts a and b."""
    turned = matrix.T.tocsr()
    spent, held = _shares(matrix), _shares(turned)  # p_ia, p_bj
    came_back = spent.T.tocsr()  # by contact a: p_ja over j
    rows = np.repeat(np.arange(int(matrix.shape[0])), np.diff(matrix.indptr))
    columns = matrix.indices
    # Σ_b Σ_j p_ib p_bj p_ja for all b and j, by way of whichever mode meets in fewer pairs
    if (np.diff(matrix.indptr) ** 2).sum() < (np.diff(turned.indptr) ** 2).sum():
        everything = product_entries(spent, sparse.csr_array(held @ spent), rows, columns)
    else:
        everything = product_entries(sparse.csr_array(spent @ held), spent, rows, columns)
    back = held.T.tocsr().data  # p_ai for the tie i, a
    over_a: Floats = np.asarray(held.multiply(came_back).sum(axis=1)).ravel()[columns]  # Σ_j p_aj p_ja
    over_i: Floats = np.asarray(spent.multiply(held.T.tocsr()).sum(axis=1)).ravel()[rows]  # Σ_b p_ib p_bi
    indirect = everything - spent.data * (over_a + over_i - back * spent.data)
    constraint = np.bincount(rows, weights=(spent.data + indirect) ** 2, minlength=int(matrix.shape[0]))
    return np.where(np.diff(matrix.indptr) > 0, constraint, np.nan)


def _shares(matrix: Adjacency) -> Adjacency:
    rows = np.repeat(np.arange(int(matrix.shape[0])), np.diff(matrix.indptr))
    total = np.bincount(rows, weights=matrix.data, minlength=int(matrix.shape[0]))
    return sparse.csr_array((matrix.data / total[rows], matrix.indices, matrix.indptr), shape=matrix.shape)

"""Adjacency matrices: the plain input of every measure, checked once and in one place.

A matrix `a` holds the weight of the tie from row to column; an undirected network is a symmetric matrix.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from tsunagari.errors import Message, NetworkError
from tsunagari.graph.columns import rows_of

if TYPE_CHECKING:
    import networkx as nx

Integers: TypeAlias = npt.NDArray[np.int64]
Floats: TypeAlias = npt.NDArray[np.float64]
Adjacency: TypeAlias = "sparse.csr_array[np.float64, tuple[int, int]]"
Graph: TypeAlias = "nx.Graph[Any]"
Groups: TypeAlias = Sequence[Hashable] | npt.NDArray[Any]


def checked_adjacency(adjacency: Any) -> Adjacency:
    """Return `adjacency` as a clean CSR array: square, finite, not negative, without self ties and stored zeros.

    Parameters
    ----------
    adjacency
        Sparse or dense square matrix of weights; it is not changed.

    Raises
    ------
    NetworkError
        The matrix is not square, or a weight is negative, infinite or not a number.

    Examples
    --------
    >>> checked_adjacency([[5, 1], [2, 0]]).toarray().tolist()
    [[0.0, 1.0], [2.0, 0.0]]
    """
    matrix: Any = adjacency if sparse.issparse(adjacency) else np.asarray(adjacency, dtype=np.float64)
    if matrix.ndim != 2 or matrix.shape[0] != matrix.shape[1]:
        raise NetworkError(
            Message(
                f"隣接行列は正方行列でなければなりません（与えられた形: {matrix.shape}）。",
                f"An adjacency matrix must be square; this one has the shape {matrix.shape}.",
            )
        )
    found: Adjacency = sparse.csr_array(matrix, dtype=np.float64)
    check_weights(found.data)
    if not found.has_canonical_format:
        found = found.copy()
        found.sum_duplicates()
    source = np.repeat(np.arange(found.shape[0]), np.diff(found.indptr))
    kept = (source != found.indices) & (found.data > 0)
    if kept.all():
        return found
    start = np.concatenate(([0], np.cumsum(np.bincount(source[kept], minlength=found.shape[0]))))
    return sparse.csr_array((found.data[kept], found.indices[kept], start), shape=found.shape)


def unweighted(matrix: Adjacency) -> Adjacency:
    """Return the ties of a clean matrix with weight 1 each.

    Examples
    --------
    >>> unweighted(checked_adjacency([[0, 3], [0, 0]])).toarray().tolist()
    [[0.0, 1.0], [0.0, 0.0]]
    """
    return sparse.csr_array((np.ones(matrix.nnz), matrix.indices, matrix.indptr), shape=matrix.shape)


def is_symmetric(matrix: Adjacency) -> bool:
    """Tell whether a clean matrix is that of an undirected network.

    Examples
    --------
    >>> is_symmetric(checked_adjacency([[0, 3], [3, 0]]))
    True
    """
    difference = matrix - matrix.T.tocsr()
    return not difference.data.any()


def either_way(matrix: Adjacency) -> Adjacency:
    """Return a symmetric matrix with 1 for every pair that is tied in either direction.

    Examples
    --------
    >>> either_way(checked_adjacency([[0, 3], [0, 0]])).toarray().tolist()
    [[0.0, 1.0], [1.0, 0.0]]
    """
    turned = matrix.T.tocsr()
    if runs_both_ways(matrix, turned):
        return unweighted(matrix)  # of an undirected network nothing has to be added up
    return unweighted((matrix + turned).tocsr())


def runs_both_ways(matrix: Adjacency, turned: Adjacency) -> bool:
    """Tell whether every tie of a clean matrix also runs the other way, given the matrix turned round.

    Examples
    --------
    >>> ties = checked_adjacency([[0, 3], [1, 0]])
    >>> runs_both_ways(ties, ties.T.tocsr())
    True
    """
    return np.array_equal(turned.indptr, matrix.indptr) and np.array_equal(turned.indices, matrix.indices)


def ties_out_of(matrix: Adjacency, nodes: Integers) -> tuple[Integers, Integers]:
    """Return the ties that leave each of `nodes`, which may be repeated: the position in `nodes`, and where each leads.

    Examples
    --------
    >>> ties = checked_adjacency([[0, 1, 1], [0, 0, 1], [0, 0, 0]])
    >>> [found.tolist() for found in ties_out_of(ties, np.array([1, 0]))]
    [[0, 1, 1], [2, 1, 2]]
    """
    first, last = matrix.indptr[nodes].astype(np.int64), matrix.indptr[nodes + 1].astype(np.int64)
    return np.repeat(np.arange(len(nodes)), last - first), matrix.indices[rows_of(first, last)].astype(np.int64)


def added_up(numbers: Integers, values: Floats, size: int) -> Floats:
    """Return the sum of the values of each number below `size`, as floats also where there are none.

    Examples
    --------
    >>> added_up(np.array([1, 1]), np.array([0.5, 2.0]), 3).tolist()
    [0.0, 2.5, 0.0]
    """
    return np.asarray(np.bincount(numbers, weights=values, minlength=size), dtype=np.float64)


def check_weights(weights: Iterable[float]) -> None:
    """Raise `NetworkError` when a weight is negative, infinite or not a number.

    Examples
    --------
    >>> check_weights([0.0, 2.5])
    """
    values = np.asarray(weights, dtype=np.float64)
    bad = values[~(np.isfinite(values) & (values >= 0))]
    if bad.size:
        raise NetworkError(
            Message(
                f"つながりの重みは 0 以上の有限の数でなければなりません（{bad.size} 件、最初の値: {bad[0]}）。",
                f"A tie's weight must be a finite number of at least 0 ({bad.size} are not; the first is {bad[0]}).",
            ),
            Message(
                "つながりの一覧の「強さ」の列を直してください。空欄は 1 とみなします。",
                "Correct the strength column of the list of ties; an empty cell counts as 1.",
            ),
        )


def adjacency_of(graph: Graph, *, weight: str | None = "weight") -> tuple[Adjacency, list[Hashable]]:
    """Return the adjacency matrix of a networkx graph and its nodes in the order of the rows.

    Parallel ties of a multigraph are collapsed to one whose weight is their sum; self ties are left out.

    Parameters
    ----------
    graph
        Any networkx graph; an undirected one gives a symmetric matrix.
    weight
        Edge attribute that holds the weight, 1 where a tie has none; None counts every pair that is tied as 1.

    Raises
    ------
    NetworkError
        A weight is negative, infinite or not a number.

    Examples
    --------
    >>> import networkx as nx
    >>> matrix, nodes = adjacency_of(nx.Graph([("a", "b"), ("b", "b")]))
    >>> nodes, matrix.toarray().tolist()
    (['a', 'b'], [[0.0, 1.0], [1.0, 0.0]])
    """
    nodes = list(graph)
    position = {node: row for row, node in enumerate(nodes)}
    ties = [
        (position[one], position[other], _weight(data, weight))
        for one, other, data in graph.edges(data=True)
        if one != other
    ]
    rows = np.array([tie[0] for tie in ties], dtype=np.int64)
    columns = np.array([tie[1] for tie in ties], dtype=np.int64)
    values = np.array([tie[2] for tie in ties], dtype=np.float64)
    check_weights(values)
    if not graph.is_directed():
        rows, columns, values = np.r_[rows, columns], np.r_[columns, rows], np.r_[values, values]
    matrix = sparse.csr_array((values, (rows, columns)), shape=(len(nodes), len(nodes)))
    matrix.sum_duplicates()
    if weight is None:
        matrix.data[:] = 1.0
    return checked_adjacency(matrix), nodes


def _weight(data: Mapping[str, Any], name: str | None) -> float:
    value = None if name is None else data.get(name)
    return 1.0 if value is None else float(value)


def group_numbers(groups: Groups, size: int) -> Integers:
    """Return a number 0, 1, … for the group of each of `size` nodes, in the order in which the groups appear.

    Raises
    ------
    NetworkError
        A node has no group (None or not a number), or there are more or fewer labels than nodes.

    Examples
    --------
    >>> group_numbers(["npo", "city", "npo"], 3).tolist()
    [0, 1, 0]
    """
    if len(groups) != size:
        raise NetworkError(
            Message(
                f"グループ分けは {size} 団体の全てを含む必要があります（与えられた数: {len(groups)}）。",
                f"A partition must give a group for each of the {size} nodes; it gives {len(groups)}.",
            )
        )
    labels = groups if isinstance(groups, np.ndarray) else np.fromiter(groups, dtype=object, count=size)
    codes, _ = pd.factorize(labels)
    if (codes < 0).any():
        missing = int(np.flatnonzero(codes < 0)[0])
        raise NetworkError(
            Message(
                f"グループのない団体が {int((codes < 0).sum())} あります（最初は {missing + 1} 番目）。",
                f"{int((codes < 0).sum())} nodes have no group (the first is number {missing + 1}).",
            )
        )
    return codes.astype(np.int64)


def rows_within(chosen: Sequence[int], size: int) -> Integers:
    """Return rows of a network of `size` nodes, sorted, each once.

    Raises
    ------
    NetworkError
        There is no such row.

    Examples
    --------
    >>> rows_within([2, 0, 2], 3).tolist()
    [0, 2]
    """
    rows = np.unique(np.asarray(chosen, dtype=np.int64))
    if len(rows) and (rows[0] < 0 or rows[-1] >= size):
        raise NetworkError(
            Message(
                f"ネットワークにない行番号です（団体は {size}、番号は 0 から）。",
                f"There is no such row: the network has {size} nodes, numbered from 0.",
            )
        )
    return rows


def check_one_each(number: int, size: int) -> None:
    """Raise `NetworkError` when `number` values are given for `size` nodes.

    Examples
    --------
    >>> check_one_each(2, 2)
    """
    if number != size:
        raise NetworkError(
            Message(
                f"{size} 団体のそれぞれに値が 1 つ必要です（与えられた数: {number}）。",
                f"There must be one value for each of the {size} nodes, not {number}.",
            )
        )


def groups_of(nodes: Sequence[Hashable], partition: Mapping[Any, Hashable]) -> list[Hashable]:
    """Return the group of each node in order.

    Raises
    ------
    NetworkError
        The partition misses nodes, which are named.

    Examples
    --------
    >>> groups_of(["a", "b"], {"a": 1, "b": 2, "c": 2})
    [1, 2]
    """
    missing = [node for node in nodes if node not in partition]
    if missing:
        raise NetworkError(missing_groups(missing))
    return [partition[node] for node in nodes]


def missing_groups(missing: Sequence[Hashable]) -> Message:
    """Return what is said of a partition that misses nodes: how many and, up to five, which.

    Examples
    --------
    >>> missing_groups(["a", "b"]).en
    'The partition misses 2 nodes: a, b.'
    """
    named, more = [str(node) for node in missing[:5]], len(missing) - 5
    return Message(
        f"グループ分けに {len(missing)} 団体がありません: {'、'.join(named)}{f'ほか{more}' if more > 0 else ''}。",
        f"The partition misses {len(missing)} nodes: {', '.join(named)}{f' and {more} more' if more > 0 else ''}.",
    )

"""Communities: groups of bodies with more ties among themselves than chance would give."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph

from tsunagari.errors import Message, NetworkError
from tsunagari.graph.measures.adjacency import (
    Adjacency,
    Floats,
    Groups,
    Integers,
    added_up,
    checked_adjacency,
    group_numbers,
)

ROUNDS = 10
RUNS = 10


@dataclass(frozen=True, slots=True)
class Communities:
    """A partition into communities.

    Parameters
    ----------
    of_node
        Number of each node's community: 0 for the largest, ties by the first row.
    modularity
        Of the partition, below 1; 0 without ties.
    stability
        Of each body, 0 to 1: how much of its community the runs share, as the mean over the other runs of the bodies
        that are with it in both by those that are with it in either; 1 with one run.
    agreement
        Mean adjusted Rand index (L. Hubert & P. Arabie 1985, Journal of Classification 2) of the other runs with this
        one: 1 for the same communities, about 0 for unrelated ones.
    runs
        How many runs it is the best of.
    """

    of_node: Integers
    modularity: float
    stability: Floats
    agreement: float
    runs: int


def communities(adjacency: Any, *, resolution: float = 1.0, seed: int = 1, runs: int = RUNS) -> Communities:
    """Find communities by the Leiden method, the best of several runs; each is connected.

    Source: V. A. Traag, L. Waltman & N. J. van Eck (2019), "From Louvain to Leiden: guaranteeing well-connected
    communities", Scientific Reports 9, by networkit on one thread, so that the same seed gives the same communities.
    What networkit leaves unconnected is split.

    Parameters
    ----------
    adjacency
        Square matrix; weights count, directions are ignored. An isolate is a community of its own.
    resolution
        More than 1 gives more and smaller communities.
    seed
        The same seed gives the same communities; the runs have the seeds from it on.
    runs
        How often to search; the first of those with the highest modularity is taken, the others tell how stable it is.

    Raises
    ------
    NetworkError
        The matrix is no sound adjacency matrix, the resolution is not above 0, or there is no run.

    Examples
    --------
    >>> found = communities([[0, 1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 1], [0, 0, 1, 0]])
    >>> found.of_node.tolist(), found.modularity
    ([0, 0, 1, 1], 0.5)
    """
    if not resolution > 0:
        raise NetworkError(
            Message(
                f"解像度は 0 より大きい数でなければなりません（{resolution}）。",
                f"The resolution must be above 0, not {resolution}.",
            )
        )
    if runs < 1:
        raise NetworkError(Message("1 回以上の探索が必要です。", "There must be one run at least."))
    matrix = checked_adjacency(adjacency)
    both = sparse.csr_array(matrix + matrix.T)
    if not both.nnz:
        alone = np.arange(both.shape[0])
        return Communities(alone, 0.0, np.ones(both.shape[0]), 1.0, runs)
    found = [_by_size(_connected(both, _leiden(both, resolution, seed + run))) for run in range(runs)]
    values = [modularity(matrix, numbers, resolution=resolution) for numbers in found]
    place = int(np.argmax(np.round(values, 12)))
    best, others = found[place], found[:place] + found[place + 1 :]
    shared = [_shared(best, other) for other in others]
    stability = np.mean([part for part, _ in shared], axis=0) if shared else np.ones(len(best))
    agreement = float(np.mean([rand for _, rand in shared])) if shared else 1.0
    return Communities(best, values[place], stability, agreement, runs)


def _shared(one: Integers, other: Integers) -> tuple[Floats, float]:
    """Return of each body how much its two communities overlap, and the adjusted Rand index of both partitions."""
    width = int(other.max()) + 1
    _, of_body, counts = np.unique(one * width + other, return_inverse=True, return_counts=True)
    ones, others = np.bincount(one), np.bincount(other)
    both = counts[of_body].astype(np.float64)
    overlap = both / (ones[one] + others[other] - both)
    pairs = [float((sizes * (sizes - 1.0)).sum()) / 2 for sizes in (counts, ones, others)]
    whole = len(one) * (len(one) - 1) / 2
    expected, most = pairs[1] * pairs[2] / whole if whole else 0.0, (pairs[1] + pairs[2]) / 2
    return overlap, (pairs[0] - expected) / (most - expected) if most > expected else 1.0


def modularity(adjacency: Any, groups: Groups, *, resolution: float = 1.0) -> float:
    """Return how much of the ties is inside groups beyond what the strengths of the nodes let expect.

    Source: M. E. J. Newman & M. Girvan (2004), "Finding and evaluating community structure in networks", Physical
    Review E 69; weights count, directions are ignored.

    Parameters
    ----------
    adjacency
        Square matrix.
    groups
        The group of each node.
    resolution
        Factor of what is expected.

    Returns
    -------
    From −0.5 to below 1; 0 without ties.

    Raises
    ------
    NetworkError
        The matrix is no sound adjacency matrix, or a node has no group.

    Examples
    --------
    >>> modularity([[0, 1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 1], [0, 0, 1, 0]], [1, 1, 2, 2])
    0.5
    """
    matrix = checked_adjacency(adjacency)
    numbers = group_numbers(groups, matrix.shape[0])
    both = (matrix + matrix.T).tocoo()
    total = float(both.data.sum())
    if not total:
        return 0.0
    rows, columns = both.coords
    inside = float(both.data[numbers[rows] == numbers[columns]].sum())
    strengths = added_up(numbers[rows], both.data, int(numbers.max()) + 1)
    return inside / total - resolution * float(((strengths / total) ** 2).sum())


def _leiden(both: Adjacency, resolution: float, seed: int) -> Integers:
    import networkit as nk

    rows, columns = both.tocoo().coords
    once = rows < columns
    graph = nk.Graph(both.shape[0], weighted=True)
    graph.addEdges((both.data[once], (rows[once].astype(np.int64), columns[once].astype(np.int64))))
    with _one_thread(nk, seed):
        search = nk.community.ParallelLeiden(graph, randomize=True, iterations=ROUNDS, gamma=resolution)
        search.run()
    return np.array(search.getPartition().getVector(), dtype=np.int64)


@contextmanager
def _one_thread(nk: ModuleType, seed: int) -> Iterator[None]:
    threads = nk.getMaxNumberOfThreads()
    nk.setNumberOfThreads(1)
    nk.setSeed(seed, False)
    try:
        yield
    finally:
        nk.setNumberOfThreads(threads)


def _connected(both: Adjacency, numbers: Integers) -> Integers:
    """Split communities that are not connected."""
    ties = both.tocoo()
    rows, columns = ties.coords
    inside = numbers[rows] == numbers[columns]
    kept = sparse.csr_array((ties.data[inside], (rows[inside], columns[inside])), shape=both.shape)
    return csgraph.connected_components(kept, directed=False)[1].astype(np.int64) if both.shape[0] else numbers


def _by_size(numbers: Integers) -> Integers:
    """Number the communities anew, the largest first, of the same size the one with the first row."""
    if not len(numbers):
        return numbers
    _, first, sizes = np.unique(numbers, return_index=True, return_counts=True)
    new = np.empty(len(sizes), dtype=np.int64)
    new[np.lexsort((first, -sizes))] = np.arange(len(sizes))
    return np.asarray(new[numbers])

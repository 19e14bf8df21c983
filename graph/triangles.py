"""Triangles of a sparse network, each visited once, so that brokerage and constraint stay exact on large graphs.

Ties are turned from the end with fewer ties to the end with more and two-step paths are closed by look-up (Chiba &
Nishizeki 1985, "Arboricity and subgraph listing algorithms", SIAM J. Comput. 14). The work is bounded by m·√m, where a
matrix product grows with the square of the largest degree: one hub with 10,000 ties costs 0.02 s here and 5 s there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from tsunagari.graph.adjacency import Adjacency, Floats, Integers

PATHS_AT_ONCE = 2_000_000
"""Two-step paths that are held in memory together (about 100 bytes each)."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """Every tied pair of nodes once, from the end with fewer ties (`low`) to the end with more (`high`).

    Parameters
    ----------
    size
        Number of nodes of the network, isolates included.
    low, high
        The two nodes of each pair.
    forward, backward
        Weight of the tie low → high and of the tie high → low; 0 where there is none.
    rank
        Place of each node in the order of the number of its neighbours.
    start
        Pairs of the node of rank r are those from ``start[r]`` to ``start[r + 1]``.
    """

    size: int
    low: Integers
    high: Integers
    forward: Floats
    backward: Floats
    rank: Integers
    start: Integers


@dataclass(frozen=True, slots=True)
class Triangles:
    """A block of triangles u, v, w in ascending rank, given by the numbers of their pairs (u, v), (v, w) and (u, w)."""

    uv: Integers
    vw: Integers
    uw: Integers


def tied_pairs(adjacency: Adjacency) -> Pairs:
    """Return the tied pairs of a checked adjacency matrix; an empty network has none.

    Examples
    --------
    >>> from tsunagari.graph.adjacency import checked_adjacency
    >>> pairs = tied_pairs(checked_adjacency([[0, 2, 0], [1, 0, 0], [0, 3, 0]]))
    >>> pairs.low.tolist(), pairs.high.tolist(), pairs.forward.tolist(), pairs.backward.tolist()
    ([0, 2], [1, 1], [2.0, 3.0], [1.0, 0.0])
    """
    size = int(adjacency.shape[0])
    matrix = adjacency.tocoo()
    rows, columns = (axis.astype(np.int64) for axis in matrix.coords)
    neighbours = np.bincount(np.unique(np.r_[rows * size + columns, columns * size + rows]) // max(size, 1))
    neighbours = np.r_[neighbours, np.zeros(size - len(neighbours), dtype=np.int64)]
    order = np.argsort(neighbours, kind="stable")
    rank = np.empty(size, dtype=np.int64)
    rank[order] = np.arange(size)
    upward = rank[rows] < rank[columns]
    first, second = np.minimum(rank[rows], rank[columns]), np.maximum(rank[rows], rank[columns])
    keys, pair = np.unique(first * size + second, return_inverse=True)
    forward, backward = np.zeros(len(keys)), np.zeros(len(keys))
    forward[pair[upward]] = matrix.data[upward]
    backward[pair[~upward]] = matrix.data[~upward]
    low, high = np.divmod(keys, max(size, 1))
    start = np.searchsorted(low, np.arange(size + 1)).astype(np.int64)
    return Pairs(size, order[low], order[high], forward, backward, rank, start)


def iterate_triangles(pairs: Pairs, *, paths_at_once: int = PATHS_AT_ONCE) -> Iterator[Triangles]:
    """Yield every triangle of the underlying undirected network exactly once, in blocks of bounded size.

    Examples
    --------
    >>> from tsunagari.graph.adjacency import checked_adjacency
    >>> pairs = tied_pairs(checked_adjacency([[0, 1, 1], [0, 0, 1], [0, 0, 0]]))
    >>> [block.uv.tolist() for block in iterate_triangles(pairs)]
    [[0]]
    """
    low, high = pairs.rank[pairs.low], pairs.rank[pairs.high]
    keys = low * pairs.size + high
    paths = np.diff(pairs.start)[high]
    total = np.cumsum(paths)
    begin = 0
    while begin < len(keys):
        done = total[begin - 1] if begin else 0
        end = max(begin + 1, int(np.searchsorted(total, done + paths_at_once, "right")))
        count = paths[begin:end]
        uv = np.repeat(np.arange(begin, end), count)
        step = np.arange(len(uv)) - np.repeat(np.cumsum(count) - count, count)
        vw = pairs.start[high[uv]] + step
        wanted = low[uv] * pairs.size + high[vw]
        uw = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        closed = keys[uw] == wanted
        if closed.any():
            yield Triangles(uv[closed], vw[closed], uw[closed])
        begin = end

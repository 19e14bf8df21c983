"""Betweenness: the share of the shortest paths between others that pass through each body.

Exact values come from U. Brandes' recursion (2001, "A faster algorithm for betweenness centrality", J. Math. Sociol.
25(2)), run for a block of sources at a time: a level of all their searches is one product of the adjacency matrix with
a block of vectors where the level is wide, and a walk along single ties where it is narrow. Sums are always taken in
the same order, so the same network gives the same bits.
"""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
from scipy import sparse

from tsunagari.graph.measures.adjacency import (
    Adjacency,
    Floats,
    Integers,
    added_up,
    checked_adjacency,
    is_symmetric,
    ties_out_of,
    unweighted,
)

Levels: TypeAlias = npt.NDArray[np.int32]
SHIFT = 3
BLOCK = 1 << SHIFT  # sources searched from at once: more would not stay in the processor's cache
NARROW = 32  # a level is narrow when it holds less than one in so many of the cells


def betweenness(adjacency: Any, *, normalized: bool = True) -> Floats:
    """Return the share of the shortest paths between the others that pass through each body, exactly.

    Source: L. C. Freeman (1977), "A set of measures of centrality based on betweenness", Sociometry 40(1). Takes time
    in proportion to bodies times ties; `tsunagari.graph.measures.sampled_betweenness.sampled_betweenness` is for large
    networks.

    Parameters
    ----------
    adjacency
        Square matrix; pairs without a path count as 0. Paths count steps, not weights.
    normalized
        Divide by the number of pairs of others, so that values lie between 0 and 1; networks of fewer than three
        nodes give 0. Otherwise paths are counted, in an undirected network each once.

    Raises
    ------
    NetworkError
        The matrix is not square, or a weight is negative or not a number.

    Examples
    --------
    >>> betweenness([[0, 1, 0], [1, 0, 1], [0, 1, 0]]).tolist()
    [0.0, 1.0, 0.0]
    """
    matrix = unweighted(checked_adjacency(adjacency))
    size = matrix.shape[0]
    if size < 3:
        return np.zeros(size)
    undirected = is_symmetric(matrix)
    order = _near_each_other(matrix)
    search = _Search(matrix[order][:, order].tocsr(), undirected)
    total = np.zeros(size)
    for first in range(0, size, BLOCK):
        total[order] += search.dependencies(np.arange(first, min(first + BLOCK, size)))
    if normalized:
        return total / ((size - 1) * (size - 2))
    return total / 2 if undirected else total


def _near_each_other(matrix: Adjacency) -> Integers:
    """Return an order of the rows in which contacts are near each other, which the cache rewards."""
    pattern = sparse.csr_matrix(matrix + matrix.T)
    return sparse.csgraph.reverse_cuthill_mckee(pattern, symmetric_mode=True).astype(np.int64)


class _Search:
    """Searches from a block of sources; a cell is ``node << SHIFT | number of the source in the block``."""

    def __init__(self, matrix: Adjacency, undirected: bool) -> None:
        matrix.sort_indices()
        self.matrix = matrix
        self.reverse = matrix if undirected else matrix.T.tocsr()
        self.cells = matrix.shape[0] << SHIFT
        self.block = np.zeros(self.cells)

    def dependencies(self, sources: Integers) -> Floats:
        """Return the sum over the sources of the paths from each that pass through every node."""
        paths, level, levels = self._forward(sources)
        passing = np.zeros(self.cells)
        for depth in range(len(levels) - 1, 1, -1):
            below, above = levels[depth], levels[depth - 1]
            share = (1.0 + passing[below]) / paths[below]
            passing[above] = paths[above] * self._received(below, share, above, level, depth)
        return np.asarray(passing.reshape(-1, BLOCK).sum(axis=1), dtype=np.float64)

    def _forward(self, sources: Integers) -> tuple[Floats, Levels, list[Integers]]:
        """Return the number of shortest paths to each cell, its level from 1 for the source, and the levels."""
        paths = np.zeros(self.cells)
        level = np.zeros(self.cells, dtype=np.int32)
        levels = [(sources << SHIFT) | np.arange(len(sources))]
        paths[levels[0]], level[levels[0]] = 1.0, 1
        unseen = self.cells - len(sources)
        while True:
            cells, counts = self._next(levels[-1], paths, level, unseen)
            if not len(cells):
                return paths, level, levels
            levels.append(cells)
            paths[cells], level[cells] = counts, len(levels)
            unseen -= len(cells)

    def _next(self, here: Integers, paths: Floats, level: Levels, unseen: int) -> tuple[Integers, Floats]:
        """Return the cells one step further on and the number of paths to each."""
        if len(here) * NARROW < self.cells:
            origin, reached = _along(self.matrix, here)
            new = level[reached] == 0
            cells, place = np.unique(reached[new], return_inverse=True)
            return cells, added_up(place, paths[here[origin[new]]], len(cells))
        if unseen * NARROW < self.cells:
            left = np.flatnonzero(level == 0)
            origin, reached = _along(self.reverse, left)
            coming = level[reached] == level[here[0]]
            counts = added_up(origin[coming], paths[reached[coming]], len(left))
            return left[counts > 0], counts[counts > 0]
        found = self._product(self.reverse, here, paths[here])
        found *= level == 0
        cells = np.flatnonzero(found)
        return cells, found[cells]

    def _received(self, below: Integers, share: Floats, above: Integers, level: Levels, depth: int) -> Floats:
        """Return what the cells `above` receive of the shares of those `below` that they lead to."""
        if len(below) * NARROW < self.cells:
            origin, reached = _along(self.reverse, below)
            leading = level[reached] == depth
            received = added_up(reached[leading], share[origin[leading]], self.cells)
            return received[above]
        if len(above) * NARROW < self.cells:
            origin, reached = _along(self.matrix, above)
            self.block[below] = share
            received = added_up(origin, self.block[reached], len(above))
            self.block[below] = 0.0
            return received
        return self._product(self.matrix, below, share)[above]

    def _product(self, matrix: Adjacency, cells: Integers, values: Floats) -> Floats:
        self.block[cells] = values
        product = matrix @ self.block.reshape(-1, BLOCK)
        self.block[cells] = 0.0
        return np.asarray(product).reshape(-1)


def _along(matrix: Adjacency, cells: Integers) -> tuple[Integers, Integers]:
    """Return every tie out of the cells: the position of its cell, and the cell it reaches."""
    origin, reached = ties_out_of(matrix, cells >> SHIFT)
    return origin, (reached << SHIFT) | (cells & (BLOCK - 1))[origin]

"""Betweenness of large networks from a sample of pairs, with an error that is proven and not only hoped for."""

from __future__ import annotations

from typing import Any

import numpy as np

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
from tsunagari.graph.measures.betweenness import betweenness
from tsunagari.graph.measures.estimate import DELTA, SEED, Estimate, check_sample, hoeffding_error

PAIRS = 20_000
EXACT_WORK = 1_500_000_000  # bodies times ties (both ways) up to which nothing is sampled: about 15 seconds
CELLS = 4_000_000  # of the tables of a batch: bodies times pairs that are searched at once


def betweenness_estimate(
    adjacency: Any, *, exact_work: int = EXACT_WORK, pairs: int = PAIRS, delta: float = DELTA, seed: int = SEED
) -> Estimate:
    """Return normalized betweenness: exact where that takes seconds, else sampled.

    Parameters
    ----------
    adjacency
        Square matrix.
    exact_work
        Number of nodes times number of stored ties up to which the values are exact.
    pairs, delta, seed
        See `sampled_betweenness`.

    Examples
    --------
    >>> betweenness_estimate([[0, 1, 0], [1, 0, 1], [0, 1, 0]]).epsilon
    0.0
    """
    matrix = checked_adjacency(adjacency)
    if matrix.shape[0] * matrix.nnz <= exact_work:
        return Estimate(betweenness(matrix))
    return sampled_betweenness(matrix, pairs=pairs, delta=delta, seed=seed)


def sampled_betweenness(adjacency: Any, *, pairs: int = PAIRS, delta: float = DELTA, seed: int = SEED) -> Estimate:
    """Estimate normalized betweenness from the shortest paths between pairs drawn at random, with replacement.

    For each pair a search from both ends gives the share of its shortest paths through every body; the mean of the
    shares estimates betweenness. Source: M. Riondato & E. Upfal (2018), "ABRA: Approximating betweenness centrality in
    static and dynamic graphs with Rademacher averages", ACM TKDD 12(5), for the estimator. The error is that of
    `tsunagari.graph.measures.estimate.hoeffding_error` for every body at once: `delta` is shared out among them.

    Parameters
    ----------
    adjacency
        Square matrix; a symmetric one is an undirected network. Pairs without a path count as 0.
    pairs
        How many pairs are drawn; four times as many halve the error of a great broker.
    delta
        Probability, between 0 and 1, with which the error may be larger than told.
    seed
        The same seed gives the same numbers.

    Raises
    ------
    NetworkError
        The matrix is not square, a weight is negative or not a number, or `pairs` or `delta` make no sense.

    Examples
    --------
    >>> star = [[0, 1, 1, 1], [1, 0, 0, 0], [1, 0, 0, 0], [1, 0, 0, 0]]
    >>> found = sampled_betweenness(star, pairs=2000)
    >>> bool(abs(found.values[0] - 1.0) <= found.epsilon), found.values[1:].tolist()
    (True, [0.0, 0.0, 0.0])
    """
    check_sample(pairs, delta)
    matrix = unweighted(checked_adjacency(adjacency))
    size = matrix.shape[0]
    if size < 3:
        return Estimate(np.zeros(size))
    chance = np.random.default_rng(seed)
    sources = chance.integers(0, size, pairs)
    targets = (sources + chance.integers(1, size, pairs)) % size
    search = _TwoSided(matrix, max(1, min(pairs, CELLS // size)))
    total = np.zeros(size)
    for first in range(0, pairs, search.pairs):
        total += search.shares(sources[first : first + search.pairs], targets[first : first + search.pairs])
    scale = size / (size - 2)  # pairs that a body is itself an end of are drawn as well
    mean = np.minimum(total / pairs, 1.0)
    error = hoeffding_error(mean, pairs, delta / size)
    return Estimate(mean * scale, float(error.max()) * scale, delta, pairs, seed)


class _Side:
    """The searches of a batch from one of their ends; a cell is ``number of the pair * size + node``."""

    def __init__(self, matrix: Adjacency, pairs: int) -> None:
        self.matrix = matrix
        self.size = matrix.shape[0]
        self.degrees = np.diff(matrix.indptr).astype(np.int64)
        self.paths = np.zeros(pairs * self.size)
        self.level = np.zeros(pairs * self.size, dtype=np.int32)
        self.stamp = np.zeros(pairs * self.size, dtype=np.int32)
        self.frontier: Integers = np.zeros(0, dtype=np.int64)
        self.seen: list[Integers] = []

    def start(self, nodes: Integers) -> None:
        """Forget the last batch and begin at `nodes`, one a pair."""
        for cells in self.seen:
            self.paths[cells], self.level[cells] = 0.0, 0
        self.frontier = np.arange(len(nodes)) * self.size + nodes
        self.paths[self.frontier], self.level[self.frontier] = 1.0, 1
        self.seen = [self.frontier]

    def work(self, pairs: int) -> Floats:
        """Return how many ties leave the frontier of each pair."""
        owners = self.frontier // self.size
        return added_up(owners, self.degrees[self.frontier - owners * self.size], pairs)

    def step(self, chosen: Any) -> Integers:
        """Take the search of the chosen pairs (True or False each) one step further; return the cells reached."""
        going = chosen[self.frontier // self.size]
        origin = self.frontier[going]
        owner, reached = _along(self.matrix, origin, self.size)
        new = self.level[reached] == 0
        owner, reached = owner[new], reached[new]
        np.add.at(self.paths, reached, self.paths[origin[owner]])
        cells = self.once(reached)
        self.level[reached] = self.level[origin[owner]] + 1
        self.seen.append(cells)
        self.frontier = np.concatenate((self.frontier[~going], cells))
        return cells

    def once(self, cells: Integers) -> Integers:
        """Return the cells without repetition."""
        number = np.arange(len(cells), dtype=np.int32)
        self.stamp[cells] = number
        first: Integers = cells[self.stamp[cells] == number]
        return first


class _TwoSided:
    """Searches from both ends of a batch of pairs until they meet."""

    def __init__(self, matrix: Adjacency, pairs: int) -> None:
        self.size = matrix.shape[0]
        self.pairs = pairs
        reverse = matrix if is_symmetric(matrix) else matrix.T.tocsr()
        self.matrix, self.reverse = matrix, reverse
        self.sides = (_Side(matrix, pairs), _Side(reverse, pairs))
        self.flow = np.zeros(pairs * self.size)

    def shares(self, sources: Integers, targets: Integers) -> Floats:
        """Return for each node the sum over the pairs of the share of their shortest paths through it."""
        meeting = self._meet(sources, targets)
        ahead, back = self.sides
        weight = ahead.paths[meeting] * back.paths[meeting]
        pair = meeting // self.size
        share = weight / added_up(pair, weight, len(sources))[pair]
        inner = (ahead.level[meeting] > 1) & (back.level[meeting] > 1)
        total = added_up((meeting - pair * self.size)[inner], share[inner], self.size)
        for side, into in ((ahead, self.reverse), (back, self.matrix)):
            total = total + self._towards_end(side, into, meeting, share)
        return total

    def _meet(self, sources: Integers, targets: Integers) -> Integers:
        """Search from both ends, each time from the one with less work; return where the searches first meet."""
        ahead, back = self.sides
        ahead.start(sources)
        back.start(targets)
        searching = np.ones(len(sources), dtype=bool)
        found: list[Integers] = []
        while True:
            forth, behind = ahead.work(len(sources)), back.work(len(sources))
            searching &= (forth > 0) & (behind > 0)
            if not searching.any():
                return np.concatenate(found) if found else np.zeros(0, dtype=np.int64)
            for side, other, turn in ((ahead, back, forth <= behind), (back, ahead, forth > behind)):
                cells = side.step(searching & turn)
                met = cells[other.level[cells] > 0]
                found.append(met)
                searching[met // self.size] = False

    def _towards_end(self, side: _Side, into: Adjacency, cells: Integers, share: Floats) -> Floats:
        """Follow the shares from where the searches met to the end that `side` started from, without that end."""
        total = np.zeros(self.size)
        while True:
            further = side.level[cells] > 2
            cells, share = cells[further], share[further]
            if not len(cells):
                return total
            owner, reached = _along(into, cells, self.size)
            nearer = side.level[reached] == side.level[cells[owner]] - 1
            owner, reached = owner[nearer], reached[nearer]
            np.add.at(self.flow, reached, share[owner] * side.paths[reached] / side.paths[cells[owner]])
            cells = side.once(reached)
            share = self.flow[cells]
            self.flow[cells] = 0.0
            total += added_up(cells % self.size, share, self.size)


def _along(matrix: Adjacency, cells: Integers, size: int) -> tuple[Integers, Integers]:
    """Return every tie out of the cells: the position of its cell, and the cell it reaches."""
    nodes = cells % size
    owner, reached = ties_out_of(matrix, nodes)
    return owner, reached + (cells - nodes)[owner]

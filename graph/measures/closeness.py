"""Closeness: how few steps lead to each body. Searches from 64 sources run at once, one bit of a word each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
from scipy.sparse import csgraph

from tsunagari.graph.measures.adjacency import Adjacency, Floats, Integers, checked_adjacency, is_symmetric, unweighted
from tsunagari.graph.measures.estimate import DELTA, SEED, Estimate, bernstein_error, check_sample

Words: TypeAlias = npt.NDArray[np.uint64]
BITS = 64
PIVOTS = 4096
EXACT_WORK = 20_000_000_000  # bodies of the largest part times ties (both ways) up to which nothing is sampled: ~15 s


def closeness(adjacency: Any) -> Floats:
    """Return how few steps the others need to reach each body, exactly.

    Source: S. Wasserman & K. Faust (1994), *Social Network Analysis*, p. 201: the share of the others that reach the
    body divided by their mean distance, so parts of a disconnected network can be compared. Between 0 and 1; an
    isolate has 0. In a directed network the distances are those towards the body. Takes time in proportion to bodies
    times ties; `closeness_estimate` is for large networks.

    Examples
    --------
    >>> closeness([[0, 1, 0], [1, 0, 0], [0, 0, 0]]).tolist()
    [0.5, 0.5, 0.0]
    """
    matrix = unweighted(checked_adjacency(adjacency))
    tally = _search(matrix, _every_source(_parts(matrix)))
    return _closeness(tally.reached, tally.steps, matrix.shape[0])


def harmonic(adjacency: Any) -> Floats:
    """Return the mean of 1 divided by the steps that the others need to reach each body, exactly.

    Source: M. Marchiori & V. Latora (2000), "Harmony in the small-world", Physica A 285; who cannot reach the body
    counts 0. Between 0 and 1; an isolate has 0. In a directed network the distances are those towards the body.

    Examples
    --------
    >>> harmonic([[0, 1, 0], [1, 0, 1], [0, 1, 0]]).tolist()
    [0.75, 1.0, 0.75]
    """
    matrix = unweighted(checked_adjacency(adjacency))
    return _search(matrix, _every_source(_parts(matrix))).nearness / max(matrix.shape[0] - 1, 1)


def closeness_estimate(
    adjacency: Any, *, exact_work: int = EXACT_WORK, pivots: int = PIVOTS, delta: float = DELTA, seed: int = SEED
) -> Estimate:
    """Return `closeness`, exact where that takes seconds, else from the distances to pivots drawn at random.

    Source: D. Eppstein & J. Wang (2004), "Fast approximation of centrality", J. Graph Algorithms Appl. 8(1); the
    error of a mean distance by `tsunagari.graph.measures.estimate.bernstein_error`, with twice the longest search of a
    connected part as the bound of its distances. Parts with no more bodies than pivots are exact, and so is a directed
    network of any size, as nothing bounds its distances.

    Parameters
    ----------
    adjacency
        Square matrix.
    exact_work
        Bodies of the largest connected part times stored ties up to which the values are exact.
    pivots
        How many sources, at least 2, are drawn, with replacement, in each connected part.
    delta
        Probability, between 0 and 1, of a larger error than told.
    seed
        The same seed gives the same numbers.

    Raises
    ------
    NetworkError
        The matrix is no sound adjacency matrix, or `pivots` or `delta` make no sense.

    Examples
    --------
    >>> closeness_estimate([[0, 1], [1, 0]])
    Estimate(values=array([1., 1.]), epsilon=0.0, delta=0.0, samples=0, seed=0)
    """
    matrix = unweighted(checked_adjacency(adjacency))
    check_sample(pivots, delta)
    parts = _parts(matrix)
    if parts.largest * matrix.nnz <= exact_work or parts.largest <= pivots or not is_symmetric(matrix):
        return Estimate(closeness(matrix))
    size = matrix.shape[0]
    tally = _search(matrix, _pivots(parts, pivots, seed))
    whole, drawn = parts.sizes[parts.of_node], np.minimum(parts.sizes, pivots)[parts.of_node]
    others = np.maximum(whole - 1, 1)
    mean, variance = _moments(tally.steps, tally.squared_steps, drawn)
    longest = np.zeros(len(parts.sizes))
    np.maximum.at(longest, parts.of_node, tally.furthest)
    error = bernstein_error(variance, pivots, delta / size, 2 * longest[parts.of_node]) * whole / others
    mean = np.where(whole > 1, mean * whole / others, 1.0)
    share = (whole - 1) / (size - 1)
    nearer, further = share / np.maximum(mean - error, 1.0), share / (mean + error)
    values = share / mean
    off = np.where(whole > pivots, np.maximum(nearer - values, values - further), 0.0)
    return Estimate(values, float(off.max()), delta, pivots, seed)


def harmonic_estimate(
    adjacency: Any, *, exact_work: int = EXACT_WORK, pivots: int = PIVOTS, delta: float = DELTA, seed: int = SEED
) -> Estimate:
    """Return `harmonic`, exact where that takes seconds, else from pivots drawn at random in each connected part.

    Parameters and errors are those of `closeness_estimate`; directed networks are sampled too.

    Examples
    --------
    >>> harmonic_estimate([[0, 1], [1, 0]]).values.tolist()
    [1.0, 1.0]
    """
    matrix = unweighted(checked_adjacency(adjacency))
    check_sample(pivots, delta)
    parts = _parts(matrix)
    if parts.largest * matrix.nnz <= exact_work or parts.largest <= pivots:
        return Estimate(harmonic(matrix))
    size = matrix.shape[0]
    tally = _search(matrix, _pivots(parts, pivots, seed))
    whole, drawn = parts.sizes[parts.of_node], np.minimum(parts.sizes, pivots)[parts.of_node]
    mean, variance = _moments(tally.nearness, tally.squared_nearness, drawn)
    error = np.where(whole > pivots, bernstein_error(variance, pivots, delta / size), 0.0)
    scale = whole / (size - 1)
    return Estimate(mean * scale, float((error * scale).max()), delta, pivots, seed)


def _closeness(reached: Floats, steps: Floats, size: int) -> Floats:
    return np.asarray(reached**2 / (np.maximum(steps, 1.0) * max(size - 1, 1)))


def _moments(total: Floats, squares: Floats, count: Integers) -> tuple[Floats, Floats]:
    mean = total / count
    return mean, np.maximum(squares - count * mean**2, 0.0) / np.maximum(count - 1, 1)


@dataclass(frozen=True, slots=True)
class _Parts:
    """The connected parts, directions ignored; searches in different parts never meet and so share a bit."""

    of_node: Integers
    sizes: Integers
    place: Integers  # number of each node within its part
    nodes: Integers  # sorted by part and place

    @property
    def largest(self) -> int:
        return int(self.sizes.max(initial=0))


def _parts(matrix: Adjacency) -> _Parts:
    if not matrix.shape[0]:
        nothing = np.zeros(0, dtype=np.int64)
        return _Parts(nothing, nothing, nothing, nothing)
    count, found = csgraph.connected_components(matrix, directed=True, connection="weak")
    of_node = found.astype(np.int64)
    sizes = np.bincount(of_node, minlength=count).astype(np.int64)
    nodes = np.argsort(of_node, kind="stable")
    place = np.empty(len(nodes), dtype=np.int64)
    place[nodes] = np.arange(len(nodes)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return _Parts(of_node, sizes, place, nodes)


Sources: TypeAlias = tuple[Integers, Integers]
"""Nodes to search from and the number of each one's search; nodes of one search are in different parts."""


def _every_source(parts: _Parts) -> Sources:
    return parts.nodes, parts.place[parts.nodes]


def _pivots(parts: _Parts, count: int, seed: int) -> Sources:
    """Return every node of the small parts and `count` nodes of each large one, drawn with replacement."""
    chance = np.random.default_rng(seed)
    small = parts.nodes[(parts.sizes <= count)[parts.of_node[parts.nodes]]]
    start = np.cumsum(parts.sizes) - parts.sizes
    large = np.flatnonzero(parts.sizes > count)
    drawn = [parts.nodes[start[part] + chance.integers(0, parts.sizes[part], count)] for part in large]
    numbers = np.concatenate((parts.place[small], np.tile(np.arange(count), len(large))))
    return np.concatenate((small, *drawn)), numbers


@dataclass(slots=True)
class _Tally:
    """Sums over the sources that reach each node (without itself): number, steps, 1/steps, and their squares."""

    reached: Floats
    steps: Floats
    squared_steps: Floats
    nearness: Floats
    squared_nearness: Floats
    furthest: Floats


def _search(matrix: Adjacency, sources: Sources) -> _Tally:
    size = matrix.shape[0]
    tally = _Tally(*(np.zeros(size) for _ in range(6)))
    into = matrix.T.tocsr()
    tied = np.flatnonzero(np.diff(into.indptr))
    first, senders = into.indptr[tied], into.indices
    for seen in _blocks(sources, size):
        front, steps = seen.copy(), 0
        while True:
            steps += 1
            found = np.zeros(size, dtype=np.uint64)
            if len(tied):
                found[tied] = np.bitwise_or.reduceat(front[senders], first)
            found &= ~seen
            if not found.any():
                break
            seen |= found
            front = found
            count = _bit_counts(found)
            tally.reached += count
            tally.steps += count * steps
            tally.squared_steps += count * steps**2
            tally.nearness += count / steps
            tally.squared_nearness += count / steps**2
            tally.furthest[found > 0] = np.maximum(tally.furthest[found > 0], steps)
    return tally


def _blocks(sources: Sources, size: int) -> Iterator[Words]:
    """Yield, for 64 searches at a time, the bit of each search at the nodes where it starts."""
    nodes, numbers = sources
    order = np.argsort(numbers, kind="stable")
    nodes, numbers = nodes[order], numbers[order]
    last = int(numbers[-1]) + 1 if len(numbers) else 0
    bounds = np.searchsorted(numbers, np.arange(0, last + BITS, BITS))
    for start, end in pairwise(bounds):
        seen = np.zeros(size, dtype=np.uint64)
        bits = np.left_shift(np.uint64(1), (numbers[start:end] % BITS).astype(np.uint64))
        np.bitwise_or.at(seen, nodes[start:end], bits)
        yield seen


def _bit_counts(words: Words) -> Floats:
    """Return how many bits of each word are set, by adding neighbouring bits, pairs, and groups of four."""
    one, two, four = np.uint64(0x5555555555555555), np.uint64(0x3333333333333333), np.uint64(0x0F0F0F0F0F0F0F0F)
    pairs = words - ((words >> np.uint64(1)) & one)
    groups = (pairs & two) + ((pairs >> np.uint64(2)) & two)
    groups = (groups + (groups >> np.uint64(4))) & four
    return np.asarray((groups * np.uint64(0x0101010101010101)) >> np.uint64(56), dtype=np.float64)

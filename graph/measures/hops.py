"""How near bodies are to many places at once: one search for 64 places, paths only where they are asked for.

Each body carries one bit a place, so that one step of the search moves for 64 places together (M. Then et al. 2014,
"The More the Merrier: Efficient Multi-Source Graph Traversal", PVLDB 8(4)).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
from scipy import sparse

from tsunagari.graph.measures.adjacency import Adjacency, Integers, checked_adjacency

Hops: TypeAlias = npt.NDArray[np.uint8]
Words: TypeAlias = npt.NDArray[np.uint64]
UNREACHED = 255
FARTHEST = UNREACHED - 1
BLOCK = 64


def neighbour_lists(adjacency: Any, *, left_out: Any = None) -> Adjacency:
    """Return who is tied to whom in either direction, those with the most contacts first in each row.

    Parameters
    ----------
    adjacency
        Square matrix of ties.
    left_out
        Bodies through which and to which no path may lead; None leaves out nobody.

    Raises
    ------
    NetworkError
        The matrix is not square, or a weight is negative or not a number.

    Examples
    --------
    >>> neighbour_lists([[0, 1, 1], [0, 0, 0], [0, 0, 0]]).indices.tolist()
    [1, 2, 0, 0]
    """
    matrix = checked_adjacency(adjacency)
    tied = sparse.coo_array(matrix + matrix.T.tocsr())
    rows, columns = tied.coords
    if left_out is not None:
        kept = ~(np.asarray(left_out, dtype=np.bool_)[rows] | np.asarray(left_out, dtype=np.bool_)[columns])
        rows, columns = rows[kept], columns[kept]
    contacts = np.bincount(rows, minlength=matrix.shape[0])
    order = np.lexsort((columns, -contacts[columns], rows))
    starts = np.zeros(matrix.shape[0] + 1, dtype=np.int64)
    np.cumsum(contacts, out=starts[1:])
    return sparse.csr_array((np.ones(len(order)), columns[order], starts), shape=matrix.shape)


def hop_blocks(neighbours: Adjacency, present: Any, *, most: int = FARTHEST) -> Iterator[tuple[int, Hops]]:
    """Yield for 64 places at a time how many steps every body is away from the nearest body present there.

    Parameters
    ----------
    neighbours
        As `neighbour_lists` gives it: symmetric.
    present
        Places × bodies, true where a body is present.
    most
        Steps after which the search ends.

    Yields
    ------
    The number of the first place, and an array places × bodies: 0 for a body that is present itself, `UNREACHED` where
    there is no path of at most `most` steps. A place where nobody is present is reached by nobody.

    Examples
    --------
    >>> line = neighbour_lists([[0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 0], [0, 0, 0, 0]])
    >>> [(first, hops.tolist()) for first, hops in hop_blocks(line, [[1, 0, 0, 0]])]
    [(0, [[0, 1, 2, 255]])]
    """
    places = sparse.csr_array(present, dtype=np.bool_)
    for first in range(0, places.shape[0], BLOCK):
        block = places[first : first + BLOCK]
        steps = np.zeros((places.shape[1], BLOCK), dtype=np.uint8)
        seen = np.zeros(places.shape[1], dtype=np.uint64)
        for seen in _levels(neighbours, _start(block), most):
            steps += _bits(~seen)
        steps[_bits(~seen).view(np.bool_)] = UNREACHED
        yield first, np.ascontiguousarray(steps.T[: block.shape[0]])


def reach_words(neighbours: Adjacency, present: Any, *, most: int) -> Words:
    """Return which bodies are at most so many steps away from a body present in each place, 64 places a word.

    Returns
    -------
    Array of words × bodies; bit ``b`` of word ``w`` stands for place ``64 w + b``.

    Examples
    --------
    >>> line = neighbour_lists([[0, 1, 0], [0, 0, 1], [0, 0, 0]])
    >>> reach_words(line, [[1, 0, 0], [0, 0, 1]], most=1).tolist()
    [[1, 3, 2]]
    """
    return reach_stages(neighbours, present, most=most)[-1]


def reach_stages(neighbours: Adjacency, present: Any, *, most: int) -> list[Words]:
    """Return `reach_words` after 0, 1, … steps, up to the step after which nobody more is reached.

    Examples
    --------
    >>> line = neighbour_lists([[0, 1, 0], [0, 0, 1], [0, 0, 0]])
    >>> [words.tolist() for words in reach_stages(line, [[1, 0, 0]], most=9)]
    [[[1, 0, 0]], [[1, 1, 0]], [[1, 1, 1]]]
    """
    places = sparse.csr_array(present, dtype=np.bool_)
    starts = range(0, places.shape[0], BLOCK)
    found = [list(_levels(neighbours, _start(places[first : first + BLOCK]), most)) for first in starts]
    shape = (len(found), places.shape[1])
    steps = range(max(map(len, found), default=1))
    return [np.array([block[min(step, len(block) - 1)] for block in found], np.uint64).reshape(shape) for step in steps]


def word_bits(words: Words, places: int) -> npt.NDArray[np.bool_]:
    """Return the bits of `reach_words` for some bodies as truths, bodies × places.

    Examples
    --------
    >>> word_bits(np.array([[1, 3, 2]], dtype=np.uint64), 2).tolist()
    [[True, False], [True, True], [False, True]]
    """
    flat = np.ascontiguousarray(words.T)
    return _bits(flat).reshape(flat.shape[0], -1)[:, :places].view(np.bool_)


def _start(block: Any) -> Words:
    """Return the words of the bodies that are present themselves."""
    found = sparse.coo_array(block)
    rows, columns = found.coords
    start = np.zeros(block.shape[1], dtype=np.uint64)
    np.bitwise_or.at(start, columns, np.uint64(1) << rows.astype(np.uint64))
    return start


def _levels(neighbours: Adjacency, start: Words, most: int) -> Iterator[Words]:
    """Yield what was reached after 0, 1, … steps, as long as something new is."""
    seen = start.copy()
    yield seen
    busy = np.flatnonzero(np.diff(neighbours.indptr))
    starts = neighbours.indptr[busy]
    fresh = start
    for _ in range(most if len(busy) else 0):
        reached = np.zeros_like(seen)
        reached[busy] = np.bitwise_or.reduceat(fresh[neighbours.indices], starts)
        fresh = reached & ~seen
        if not fresh.any():
            return
        seen = seen | fresh
        yield seen


def _bits(words: Words) -> npt.NDArray[np.uint8]:
    """Return the bits of each word as 0 and 1, the lowest first, along a new last axis."""
    little = np.ascontiguousarray(words, dtype="<u8")
    return np.unpackbits(little.view(np.uint8).reshape(*little.shape, 8), axis=-1, bitorder="little")


def trace_paths(neighbours: Adjacency, hops: Hops, places: Integers, bodies: Integers) -> list[list[int]]:
    """Return a shortest path from each body to the nearest body present in a place.

    Parameters
    ----------
    neighbours, hops
        Of `neighbour_lists` and of a block of `hop_blocks`.
    places, bodies
        Pairs: a row of `hops` and a body.

    Returns
    -------
    Rows of bodies, both ends included, the body itself first; of several shortest paths the one that turns to the body
    with the most contacts at each step. A body that is present is a path of one, an unreached one has an empty path.

    Examples
    --------
    >>> line = neighbour_lists([[0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 0], [0, 0, 0, 0]])
    >>> _, hops = next(hop_blocks(line, [[1, 0, 0, 0]]))
    >>> trace_paths(line, hops, np.array([0, 0, 0]), np.array([2, 0, 3]))
    [[2, 1, 0], [0], []]
    """
    paths: list[list[int]] = [[] for _ in range(len(bodies))]
    left = hops[places, bodies]
    pairs = np.flatnonzero(left != UNREACHED)
    current = np.asarray(bodies, dtype=np.int64)[pairs]
    while len(pairs):
        for pair, body in zip(pairs.tolist(), current.tolist(), strict=True):
            paths[pair].append(body)
        going = left[pairs] > 0
        pairs, current = pairs[going], current[going]
        if len(pairs):
            left[pairs] -= 1
            current = _step(neighbours, hops, np.asarray(places)[pairs], current, left[pairs])
    return paths


def _step(neighbours: Adjacency, hops: Hops, places: Integers, bodies: Integers, wanted: Hops) -> Integers:
    """Return for each body its first neighbour that is the wanted number of steps away from the place."""
    starts = neighbours.indptr.astype(np.int64)
    number = starts[bodies + 1] - starts[bodies]
    ends = np.cumsum(number)
    where = np.repeat(starts[bodies] - (ends - number), number) + np.arange(ends[-1])
    fits = hops[np.repeat(places, number), neighbours.indices[where]] == np.repeat(wanted, number)
    first = np.minimum.reduceat(np.where(fits, where, len(neighbours.indices)), ends - number)
    return neighbours.indices[first].astype(np.int64)

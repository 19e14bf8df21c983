"""Two-step paths that a tie closes, added up without listing them where there are too many.

Brokerage, constraint and effective size all need the same sum over the bodies a that are tied to both ends of a tie:
Σ_a left(a, b) · right(a, c) for each tie b → c. Three ways give it, chosen for each a by what is cheaper:

- a tie of almost everybody (more than √(2·ties) contacts): one pass over all ties, so that a hub costs no square;
- a body of which the contacts are mostly tied to each other, as in a close group: a sparse matrix product, which adds
  up paths with the same ends as it goes;
- anybody else: its pairs of contacts are listed, and nearly all that are not tied are recognised by a table of bits
  (B. H. Bloom 1970, "Space/time trade-offs in hash coding with allowable errors", Commun. ACM 13(7), with one hash
  function); what is left is looked up, so the result is exact.

Where no tie has a direction the triangles can be listed instead, each once: every tie is taken from its end with fewer
contacts to the other, so that a hub has few pairs to look through (N. Chiba & T. Nishizeki 1985, "Arboricity and
subgraph listing algorithms", SIAM Journal on Computing 14(1)).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
from scipy import sparse

from tsunagari.graph.measures.adjacency import Adjacency, Integers

Values: TypeAlias = npt.NDArray[Any]

PRODUCTS_AT_ONCE = 10_000_000
"""Multiplications of which the results are held together (at most about 24 bytes each)."""
PAIRS_AT_ONCE = 1 << 20
"""Pairs of contacts that are held in memory together (about 60 bytes each)."""
FEW_AT_ONCE = 1 << 15
"""Likewise while triangles are listed, where blocks that fit the cache take three quarters of the time."""
SAMPLED_PAIRS = 8
CLOSED_PAIRS = 3
"""A body whose contacts are tied to each other in so many of the sampled pairs is taken for one of a close group."""
FEW_PAIRS = 32
MOST_WEDGES = 30
"""Pairs of contacts a tie to look through up to which triangles are listed: groups of all with all of about ninety."""
BITS_A_TIE = 16
HASH = np.uint64(0x9E3779B97F4A7C15)  # 2⁶⁴ divided by the golden ratio (Knuth, The Art of Computer Programming 3, 6.4)


def closed_sums(adjacency: Adjacency, left: Values, right: Values) -> Values:
    """Return for each tie b → c the sum of left(a, b) · right(a, c) over all a with ties a → b and a → c.

    Parameters
    ----------
    adjacency
        Checked matrix (see `tsunagari.graph.measures.checked_adjacency`); only where it has ties counts.
    left, right
        A value for each stored tie in the order of the matrix's data, of one type: float, complex or unsigned integer.

    Returns
    -------
    A value for each stored tie in the same order, 0 where nobody is tied to both ends.

    Examples
    --------
    >>> from tsunagari.graph.measures.adjacency import checked_adjacency
    >>> matrix = checked_adjacency([[0, 1, 1], [0, 0, 1], [0, 0, 0]])  # a → b, a → c, b → c
    >>> closed_sums(matrix, matrix.data, matrix.data).tolist()
    [0.0, 0.0, 1.0]
    """
    ties = _ties(adjacency)
    found = np.zeros(len(ties.target), dtype=np.result_type(left, right))
    hub, close = _kinds(ties)
    for node in np.flatnonzero(hub).tolist():
        _add_hub(found, ties, node, left, right)
    if close.any():
        _add_products(found, ties, close, left, right)
    for first, second in _closed_pairs(ties, ~(hub | close)):
        for one, other in ((first, second), (second, first)):
            place = ties.places(ties.target[one], ties.target[other])
            there = place >= 0
            np.add.at(found, place[there], left[one[there]] * right[other[there]])
    return found


def largest_closed(adjacency: Adjacency, values: Values) -> Values:
    """Return for each tie b → c the largest value(a, c) over all a with ties a → b and a → c, 0 where there is none.

    Parameters
    ----------
    adjacency
        As for `closed_sums`.
    values
        A value of at least 0 for each stored tie.

    Examples
    --------
    >>> from tsunagari.graph.measures.adjacency import checked_adjacency
    >>> matrix = checked_adjacency([[0, 1, 5], [0, 0, 1], [0, 0, 0]])
    >>> largest_closed(matrix, matrix.data).tolist()
    [0.0, 0.0, 5.0]
    """
    ties = _ties(adjacency)
    found = np.zeros(len(ties.target))
    hub, _ = _kinds(ties)
    for node in np.flatnonzero(hub).tolist():
        held = slice(ties.start[node], ties.start[node + 1])
        of_target = np.zeros(ties.size)
        of_target[ties.target[held]] = values[held]
        tied = np.zeros(ties.size, dtype=bool)
        tied[ties.target[held]] = True
        np.maximum(found, np.where(tied[ties.source], of_target[ties.target], 0), out=found)
    for first, second in _closed_pairs(ties, ~hub):
        for one, other in ((first, second), (second, first)):
            place = ties.places(ties.target[one], ties.target[other])
            there = place >= 0
            np.maximum.at(found, place[there], values[other[there]])
    return found


def triangles(adjacency: Adjacency) -> Iterator[tuple[Integers, Integers, Integers]] | None:
    """Return the triangles of a network without directions in pieces, each once; None where listing would take long.

    Parameters
    ----------
    adjacency
        Checked matrix in which every tie runs both ways; weights do not count.

    Returns
    -------
    Pieces of three arrays, the bodies of each triangle in no order that matters.

    Examples
    --------
    >>> from tsunagari.graph.measures.adjacency import checked_adjacency
    >>> pieces = triangles(checked_adjacency([[0, 1, 1, 0], [1, 0, 1, 0], [1, 1, 0, 1], [0, 0, 1, 0]]))
    >>> [sorted(int(ends[0]) for ends in piece) for piece in pieces]
    [[0, 1, 2]]
    """
    size = int(adjacency.shape[0])
    contacts = np.diff(adjacency.indptr).astype(np.int64)
    place = contacts * size + np.arange(size)
    source, target = np.repeat(np.arange(size), contacts), adjacency.indices.astype(np.int64)
    once = place[source] < place[target]
    source, target = source[once], target[once]
    later = np.bincount(source, minlength=size)
    if int((later * (later - 1) // 2).sum()) > MOST_WEDGES * len(target):
        return None
    return _listed(size, source, target)


def _listed(size: int, source: Integers, target: Integers) -> Iterator[tuple[Integers, Integers, Integers]]:
    """Yield the triangles of ties that are each taken from one end, in the order of their ends."""
    known = _TiedPairs(size, np.minimum(source, target), np.maximum(source, target))
    last = np.cumsum(np.bincount(source, minlength=size))[source]
    for first, second in _pairs_of(last - 1 - np.arange(len(source)), np.arange(len(source)), FEW_AT_ONCE):
        there = known.among(target[first], target[second])  # the lower end comes first
        first, second = first[there], second[there]
        yield source[first], target[first], target[second]


class _TiedPairs:
    """Which pairs are tied, found by one look into a table: only pairs that share a place in it are searched for.

    Parameters
    ----------
    size
        Number of bodies.
    low, high
        The lower and the higher end of each tie.
    """

    def __init__(self, size: int, low: Integers, high: Integers) -> None:
        power = max(6, int(BITS_A_TIE * max(len(low), 1) - 1).bit_length())
        self.size, self.keys, self.mask = size, low * size + high, np.uint32((1 << power) - 1)
        number = np.arange(size, dtype=np.uint64)
        self.of_low, self.of_high = ((number * HASH >> np.uint64(shift)).astype(np.uint32) for shift in (32, 16))
        slots, numbers = self._slots(low, high), np.arange(len(low), dtype=np.int32)
        self.holder = np.full(1 << power, -1, dtype=np.int32)
        self.holder[slots] = numbers
        beside = self.holder[slots] != numbers  # another tie has their place
        self.others = self.keys[beside]
        self.shared = np.zeros(len(low), dtype=bool)
        self.shared[self.holder[slots[beside]]] = True

    def _slots(self, low: Integers, high: Integers) -> npt.NDArray[np.uint32]:
        found: npt.NDArray[np.uint32] = (self.of_low[low] + self.of_high[high]) & self.mask
        return found

    def among(self, low: Integers, high: Integers) -> Integers:
        """Return the numbers of the pairs that are tied."""
        holder = self.holder[self._slots(low, high)]
        perhaps = np.flatnonzero(holder >= 0)
        holder, wanted = holder[perhaps], low[perhaps] * self.size + high[perhaps]
        there = self.keys[holder] == wanted
        unsure = np.flatnonzero(self.shared[holder] & ~there)
        there[unsure] = np.isin(wanted[unsure], self.others)
        found: Integers = perhaps[there]
        return found


@dataclass(frozen=True, slots=True)
class _Ties:
    """The ties of a matrix by number: those of node i are ``start[i]`` to ``start[i + 1]``, targets ascending."""

    size: int
    start: Integers
    source: Integers
    target: Integers
    keys: Integers
    bits: npt.NDArray[np.uint8]
    shift: np.uint64

    def slots(self, keys: Integers) -> npt.NDArray[np.uint64]:
        return (keys.view(np.uint64) * HASH) >> self.shift

    def perhaps_tied(self, keys: Integers) -> npt.NDArray[np.bool_]:
        """Tell for keys low · size + high which pairs may be tied: no pair that is tied is missed."""
        slot = self.slots(keys)
        found: npt.NDArray[np.uint8] = self.bits[slot >> np.uint64(3)] >> (slot & np.uint64(7)).astype(np.uint8)
        return (found & 1).astype(bool)

    def places(self, sources: Integers, targets: Integers) -> Integers:
        """Return the numbers of the ties between these ends, −1 where there is none."""
        wanted = sources * self.size + targets
        order = np.argsort(wanted)  # to go through the keys once, not back and forth
        place = np.empty_like(wanted)
        place[order] = np.minimum(np.searchsorted(self.keys, wanted[order]), len(self.keys) - 1)
        return np.where(self.keys[place] == wanted, place, -1)


def _ties(adjacency: Adjacency) -> _Ties:
    size = int(adjacency.shape[0])
    return _numbered(size, np.repeat(np.arange(size), np.diff(adjacency.indptr)), adjacency.indices.astype(np.int64))


def _numbered(size: int, source: Integers, target: Integers) -> _Ties:
    """Return ties by number, given in the order of their ends."""
    power = max(6, int(BITS_A_TIE * max(len(target), 1) - 1).bit_length())
    shift = np.uint64(64 - power)
    low_high = np.minimum(source, target) * size + np.maximum(source, target)
    slots = (low_high.view(np.uint64) * HASH) >> shift
    table = np.zeros(1 << power, dtype=bool)
    table[slots] = True
    start = np.concatenate(([0], np.cumsum(np.bincount(source, minlength=size))))
    return _Ties(size, start, source, target, source * size + target, np.packbits(table, bitorder="little"), shift)


def _kinds(ties: _Ties) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Tell which nodes are hubs and which are in close groups."""
    contacts = np.diff(ties.start)
    hub = contacts**2 > 2 * len(ties.target)
    hub &= contacts > 1
    asked = np.flatnonzero((contacts * (contacts - 1) // 2 >= FEW_PAIRS) & ~hub)
    number, begin = contacts[asked], ties.start[asked]
    closed = np.zeros(len(asked), dtype=np.int64)
    for part in range(SAMPLED_PAIRS):
        one = part * number // SAMPLED_PAIRS
        other = (one + 1 + part * (number - 1) // SAMPLED_PAIRS) % number
        low, high = begin + np.minimum(one, other), begin + np.maximum(one, other)
        closed += ties.perhaps_tied(ties.target[low] * ties.size + ties.target[high])
    close = np.zeros(ties.size, dtype=bool)
    close[asked[closed >= CLOSED_PAIRS]] = True
    return hub, close


def _add_hub(found: Values, ties: _Ties, node: int, left: Values, right: Values) -> None:
    held = slice(ties.start[node], ties.start[node + 1])
    of_source, of_target = np.zeros(ties.size, dtype=left.dtype), np.zeros(ties.size, dtype=right.dtype)
    of_source[ties.target[held]] = left[held]
    of_target[ties.target[held]] = right[held]
    found += of_source[ties.source] * of_target[ties.target]


def _add_products(found: Values, ties: _Ties, close: npt.NDArray[np.bool_], left: Values, right: Values) -> None:
    kept = np.flatnonzero(close[ties.source])
    shape = (ties.size, ties.size)
    by_end = sparse.csr_array((left[kept], (ties.target[kept], ties.source[kept])), shape=shape)
    by_node = sparse.csr_array((right[kept], (ties.source[kept], ties.target[kept])), shape=shape)
    found += product_entries(by_end, by_node, ties.source, ties.target)


def _closed_pairs(ties: _Ties, listed: npt.NDArray[np.bool_]) -> Iterator[tuple[Integers, Integers]]:
    """Yield the pairs of ties of one listed node of which the ends may be tied, the lower end first, in blocks."""
    later = ties.start[ties.source + 1] - 1 - np.arange(len(ties.source))
    entries = np.flatnonzero((later > 0) & listed[ties.source])
    for first, second in _pairs_of(later[entries], entries, PAIRS_AT_ONCE):
        close = ties.perhaps_tied(ties.target[first] * ties.size + ties.target[second])
        if close.any():
            yield first[close], second[close]


def _pairs_of(later: Integers, entries: Integers, most: int) -> Iterator[tuple[Integers, Integers]]:
    """Yield each entry with those that follow it, as many as `later` says, in blocks of `most` pairs."""
    entries, later = entries[later > 0], later[later > 0]
    total = np.cumsum(later)
    begin = 0
    while begin < len(entries):
        done = total[begin - 1] if begin else 0
        end = max(begin + 1, int(np.searchsorted(total, done + most, "right")))
        count = later[begin:end]
        ahead = total[begin:end] - count - done
        first = np.repeat(entries[begin:end], count)
        yield first, np.arange(total[end - 1] - done) + np.repeat(entries[begin:end] + 1 - ahead, count)
        begin = end


def product_entries(left: Any, right: Any, rows: npt.NDArray[Any], columns: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Return the entries (row, column) of left · right, in the order asked for.

    Parameters
    ----------
    left, right
        Sparse CSR matrices whose shapes fit.
    rows, columns
        Which entries; the rows ascending.

    Examples
    --------
    >>> one = sparse.csr_array([[1, 2], [3, 4]])
    >>> product_entries(one, one, np.array([0, 1]), np.array([1, 0])).tolist()
    [10, 15]
    """
    found = np.zeros(len(rows), dtype=np.result_type(left.dtype, right.dtype))
    size = int(left.shape[0])
    row_of = np.repeat(np.arange(size), np.diff(left.indptr))
    work = np.cumsum(np.bincount(row_of, weights=np.diff(right.indptr)[left.indices], minlength=size))
    begin = 0
    while begin < size:
        done = work[begin - 1] if begin else 0
        end = max(begin + 1, int(np.searchsorted(work, done + PRODUCTS_AT_ONCE, "right")))
        part = slice(*np.searchsorted(rows, (begin, end)))
        product = sparse.csr_array(left[begin:end] @ right) if part.start < part.stop else None
        if product is not None and product.nnz:
            product.sort_indices()
            found[part] = product[rows[part] - begin, columns[part]]
        begin = end
    return found

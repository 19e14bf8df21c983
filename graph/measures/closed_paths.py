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
    ties = _numbered(size, source[once], target[once])
    later = np.diff(ties.start)
    if int((later * (later - 1) // 2).sum()) > MOST_WEDGES * len(ties.target):
        return None
    upward = source < target
    return _listed(ties, source[upward] * size + target[upward])


def _listed(ties: _Ties, pairs: Integers) -> Iterator[tuple[Integers, Integers, Integers]]:
    """Yield the triangles of ties, given the pairs that are tied by number, ascending."""
    for first, second in _closed_pairs(ties, np.ones(ties.size, dtype=bool)):
        node, one, other = ties.source[first], ties.target[first], ties.target[second]
        wanted = one * ties.size + other  # the lower end comes first
        there = pairs[np.minimum(np.searchsorted(pairs, wanted), len(pairs) - 1)] == wanted
        yield node[there], one[there], other[there]


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


def _closed_pairs(ties: _Ties, listed: npt.NDArray[np.bool_]) -> Any:
    """Yield the pairs of ties of one listed node of which the ends may be tied, the lower end first, in blocks."""
    later = ties.start[ties.source + 1] - 1 - np.arange(len(ties.source))
    entries = np.flatnonzero((later > 0) & listed[ties.source])
    later = later[entries]
    low = ties.target[entries] * ties.size
    total = np.cumsum(later)
    begin = 0
    while begin < len(entries):
        done = total[begin - 1] if begin else 0
        end = max(begin + 1, int(np.searchsorted(total, done + PAIRS_AT_ONCE, "right")))
        count = later[begin:end]
        ahead = total[begin:end] - count - done
        second = np.arange(total[end - 1] - done) + np.repeat(entries[begin:end] + 1 - ahead, count)
        keys = np.repeat(low[begin:end], count) + ties.target[second]
        close = np.flatnonzero(ties.perhaps_tied(keys))
        if len(close):
            first = entries[begin + np.searchsorted(ahead, close, "right") - 1]
            yield first, second[close]
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

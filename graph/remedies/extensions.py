"""The few extensions that close the most gaps: who should take which of its fields to which municipalities.

An **extension** is one organisation that takes one field, which it offers somewhere already, to at most a given number
of municipalities within its reach. It closes their gaps in that field: each counts with its severity, and once. Which
extensions close the most is weighted maximum coverage, where no quick method is sure of the best answer; the greedy
one, which always takes the extension that closes the most of what is left, reaches at least 1 − (1 − 1/k)^k > 1 − 1/e =
63 % of the best k (G. L. Nemhauser, L. A. Wolsey & M. L. Fisher 1978, "An analysis of approximations for maximizing
submodular set functions I", Mathematical Programming 14). It is run lazily: what an extension closes can only become
less (M. Minoux 1978, "Accelerated greedy algorithms for maximizing submodular set functions").
"""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
from scipy import sparse

from tsunagari.errors import Message, NetworkError
from tsunagari.graph.measures import Floats, Integers, Words, word_bits

Flags: TypeAlias = npt.NDArray[np.bool_]
_ROWS = 4096  # bodies whose reach is unpacked at a time
_WINDOW = 128  # municipalities looked at together, the most severe gaps first
_ROUNDING = 9


@dataclass(frozen=True, slots=True)
class Extension:
    """One step of a plan.

    Parameters
    ----------
    body, field
        Who takes which field.
    areas
        To which municipalities, the most severe gaps first.
    gain
        Severity of the gaps that this closes and no step before did.
    """

    body: int
    field: int
    areas: tuple[int, ...]
    gain: float


@dataclass(frozen=True, slots=True)
class Plan:
    """Extensions in the order in which they close the most.

    Parameters
    ----------
    steps
        The extensions.
    closed
        Severity of all gaps they close.
    upper_bound
        More than this no plan of as many extensions as were allowed can close.
    open_gaps
        Severity of all gaps.
    within_reach
        Severity of the gaps that any extension could close.
    fewest
        Fewer extensions than this never close everything within reach, whatever the plan.
    """

    steps: tuple[Extension, ...]
    closed: float
    upper_bound: float
    open_gaps: float
    within_reach: float
    fewest: int

    @property
    def guarantee(self) -> float:
        """Share of the best plan that this one closes for certain; 1 when there is nothing to close."""
        return min(self.closed / self.upper_bound, 1.0) if self.upper_bound else 1.0


def plan_extensions(
    severity: Any,
    offers: Any,
    local: Any,
    reach: Words,
    *,
    budget: int | None = 10,
    size: int = 5,
    remoteness: Callable[[int], Any] | None = None,
) -> Plan:
    """Return the extensions that close the most gaps, by lazy greedy choice.

    Parameters
    ----------
    severity
        Municipalities × fields: severity of each gap, 0 where there is none.
    offers
        Fields × bodies, true where a body offers the field anywhere.
    local
        Cells × bodies, true where a body offers the field in the municipality itself: it cannot close that gap.
    reach
        Which municipalities each body can reach, see `tsunagari.graph.measures.reach_words`.
    budget
        How many extensions; None goes on until nothing more can be closed.
    size
        Most municipalities of one extension.
    remoteness
        Gives for a body one number a municipality; of gaps that are equally severe those with the smaller number are
        taken first. None takes them in their order.

    Returns
    -------
    Plan
        Of several extensions that close the same, the one whose field and body have the smaller numbers. The upper
        bound is the smallest of: what is within reach; what is closed divided by 1 − (1 − 1/k)^k; and, before the first
        and after the last step, what is closed plus the k largest gains that any extension still has (J. Leskovec et
        al. 2007, "Cost-effective outbreak detection in networks", KDD). An extension is of one field, so that the
        fewest are the gaps of each field within reach divided by the size, rounded up.

    Raises
    ------
    NetworkError
        The budget is negative, the size is below 1, or a severity is negative or not a number.

    Examples
    --------
    >>> reach = np.array([[7, 4]], dtype=np.uint64)
    >>> plan = plan_extensions([[1.0], [0.5], [0.4]], [[1, 1]], [[0, 0]] * 3, reach, budget=1, size=2)
    >>> plan.steps, plan.closed, plan.open_gaps
    ((Extension(body=0, field=0, areas=(0, 1), gain=1.5),), 1.5, 1.9)
    """
    weights = _checked(severity, budget, size)
    search = _Search(weights, sparse.csr_array(offers, dtype=np.bool_), sparse.csr_array(local), reach, size)
    within, number = round(search.within, _ROUNDING), search.most_steps if budget is None else budget
    before = search.largest_gains(number) if budget is not None else within
    steps = tuple(itertools.islice(search.steps(remoteness), number))
    closed = round(sum(step.gain for step in steps), _ROUNDING)
    bounds = [within, before]
    if number:
        bounds += [closed / (1 - (1 - 1 / number) ** number)]
    if budget is not None:
        bounds += [closed + search.largest_gains(number)]
    bound, gaps = round(min(bounds), _ROUNDING), round(float(weights.sum()), _ROUNDING)
    return Plan(steps, closed, bound, gaps, within, search.fewest)


def _checked(severity: Any, budget: int | None, size: int) -> Floats:
    weights = np.array(severity, dtype=np.float64)
    if (budget is not None and budget < 0) or size < 1:
        raise NetworkError(
            Message(
                f"展開の数は 0 以上、1 つの展開の市区町村数は 1 以上でなければなりません（{budget}、{size}）。",
                f"A plan has at least 0 extensions and an extension at least 1 municipality, not {budget} and {size}.",
            )
        )
    if not (np.isfinite(weights) & (weights >= 0)).all():
        raise NetworkError(
            Message(
                "深刻度は 0 以上の有限の数でなければなりません。", "A severity must be a finite number of at least 0."
            )
        )
    return weights


class _Search:
    """The gaps that are left, and what each offer (a body's in a field, by its place) could still close."""

    def __init__(self, severity: Floats, offers: Any, local: Any, reach: Words, size: int) -> None:
        self._left = severity.T.copy()  # fields × municipalities
        self._starts = offers.indptr
        self._fields = np.repeat(np.arange(offers.shape[0]), np.diff(offers.indptr))
        self._bodies = offers.indices.astype(np.int64)
        self._reach = reach
        self._size = size
        self._own = self._own_places(local, offers.shape[1])
        self.within, self.fewest = 0.0, 0
        gains = np.concatenate([np.zeros(0), *map(self._first_gains, range(len(self._left)))]).tolist()
        self._heap = [(-gain, place) for place, gain in enumerate(gains) if gain > 0]
        heapq.heapify(self._heap)

    @property
    def most_steps(self) -> int:
        """More steps than this are never needed: each closes a gap at least."""
        return int(np.count_nonzero(self._left))

    def _own_places(self, local: Any, bodies: int) -> Any:
        """Return offers × municipalities, true where the body offers the field in the municipality itself."""
        cells, who = sparse.coo_array(local).coords
        areas, fields = np.divmod(cells, max(len(self._left), 1))
        keys, wanted = self._fields * bodies + self._bodies, fields * bodies + who
        place = np.searchsorted(keys, wanted)
        known = place < len(keys)
        known[known] = keys[place[known]] == wanted[known]
        shape = (len(keys), self._left.shape[1])
        return sparse.csr_array((np.ones(int(known.sum()), dtype=np.bool_), (place[known], areas[known])), shape=shape)

    def _reached(self, first: int, end: int) -> Flags:
        """Return which municipalities some offers can be extended to."""
        reached = word_bits(self._reach[:, self._bodies[first:end]], self._left.shape[1])
        starts = self._own.indptr[first : end + 1]
        rows = np.repeat(np.arange(end - first), np.diff(starts))
        reached[rows, self._own.indices[starts[0] : starts[-1]]] = False
        return reached

    def _first_gains(self, field: int) -> Floats:
        """Return what each offer of a field can close with one extension before any is made."""
        start, end, left = int(self._starts[field]), int(self._starts[field + 1]), self._left[field]
        order = np.argsort(-left, kind="stable")[: np.count_nonzero(left)]
        found, within = np.zeros(end - start), np.zeros(len(left), dtype=np.bool_)
        for first in range(start, end if len(order) else start, _ROWS):
            reached = self._reached(first, min(first + _ROWS, end))
            within |= reached.any(axis=0)
            found[first - start : first - start + len(reached)] = _sums_of_first(reached, order, left, self._size)
        self.within += float(left[within].sum())
        self.fewest += -(-int(np.count_nonzero(left[within])) // self._size)
        return found.round(_ROUNDING)

    def steps(self, remoteness: Callable[[int], Any] | None) -> Iterator[Extension]:
        """Yield the extension that closes the most of what is left, and close it, until nothing more can be closed."""
        while (place := self._next()) is not None:
            worth = self._worth(place)
            field, body = int(self._fields[place]), int(self._bodies[place])
            remote = np.zeros(len(worth)) if remoteness is None else remoteness(body)
            areas = np.lexsort((remote, -worth))[: self._size]
            areas = areas[worth[areas] > 0]
            self._left[field, areas] = 0.0
            yield Extension(body, field, tuple(areas.tolist()), self._gain(worth))

    def _next(self) -> int | None:
        """Return the offer that can close the most and leave it first in the heap; None when none closes anything."""
        while self._heap:
            known, place = self._heap[0]
            gain = self._gain(self._worth(place))
            if -gain == known:
                return place
            heapq.heappop(self._heap)
            if gain > 0:
                heapq.heappush(self._heap, (-gain, place))
        return None

    def _worth(self, place: int) -> Floats:
        """Return what an offer could close, by municipality."""
        return np.where(self._reached(place, place + 1)[0], self._left[self._fields[place]], 0.0)

    def _gain(self, worth: Floats) -> float:
        """Return what the next extension of an offer closes; the smallest addend first, so that sums are the same."""
        return round(float(np.sort(worth)[-self._size :].sum()), _ROUNDING)

    def largest_gains(self, number: int) -> float:
        """Return the most that so many further extensions could close if no two of them met.

        An offer may be extended again and again: to its next best municipalities each time. Such a further extension
        closes no more than the first, so that it is looked at only where the first is above the least that counts.
        """
        found: list[tuple[float, int]] = []
        while len(found) < number and self._next() is not None:
            found.append(heapq.heappop(self._heap))
        for item in found:
            heapq.heappush(self._heap, item)
        if not found:
            return 0.0
        least = -found[-1][0]
        gains = [-gain for gain, _ in found]
        for gain, place in found:
            if -gain > least or len(found) < number:
                worth = -np.sort(-self._worth(place))[: self._size * number]
                gains += [float(worth[at : at + self._size].sum()) for at in range(self._size, len(worth), self._size)]
        return sum(sorted(gains, reverse=True)[:number])


def _sums_of_first(reached: Flags, order: Integers, left: Floats, size: int) -> Floats:
    """Return for each row what the first `size` municipalities it reaches are worth, in the order of their worth."""
    gains, counts = np.zeros(len(reached)), np.zeros(len(reached), dtype=np.int64)
    rows = np.arange(len(reached))
    for first in range(0, len(order), _WINDOW):
        window = order[first : first + _WINDOW]
        there = reached[np.ix_(rows, window)]
        numbers = there.cumsum(axis=1, dtype=np.int32) + counts[rows, None].astype(np.int32)
        gains[rows] += np.where(there & (numbers <= size), left[window], 0.0).sum(axis=1)
        counts[rows] = numbers[:, -1]
        rows = rows[counts[rows] < size]
    return gains

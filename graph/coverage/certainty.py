"""How certain the status of a cell is: how often lists with other errors would give the same.

The draws are those of `tsunagari.graph.inference.record_errors`: whoever is left out of the memberships of a graph by a
missing list is left out of its services in the same draw.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tsunagari.graph.coverage.coverage import (
    NONE,
    STATUSES,
    UNKNOWN,
    WITHHELD,
    Coverage,
    Floats,
    closed_places,
    status_of,
)
from tsunagari.graph.coverage.providers import Flags
from tsunagari.graph.coverage.providers import Integers as Counts
from tsunagari.graph.coverage.surroundings import ClosedList, Surroundings
from tsunagari.graph.inference import LIST, RecordErrors, Stated, false_ends, list_keys, unit_numbers
from tsunagari.graph.measures import Integers

SERVICES = 5  # kind of the false records


@dataclass(frozen=True, slots=True, eq=False)
class Certainty:
    """What draws of lists with other errors give each cell.

    Parameters
    ----------
    counts
        Areas × fields × `STATUSES`: in how many draws a cell has each status.
    errors
        How wrong the lists were taken to be.
    """

    counts: Integers
    errors: RecordErrors

    def kept(self, coverage: Coverage) -> Floats:
        """Return for each cell, areas × fields, in how many draws its status is the one it has.

        NaN where the errors cannot change it, so that a number would say nothing: an unknown cell, or a confirmed
        absence, when records are only left out; nor for a cell that a public edition does not show.
        """
        is_shown = coverage.status != WITHHELD
        places = np.where(is_shown, coverage.status, 0)[:, :, None].astype(np.int64)
        same = np.take_along_axis(self.counts, places, axis=2)[:, :, 0]
        found: Floats = np.where(is_shown, same.astype(np.float64), np.nan)
        if not self.errors.any:
            return np.full(coverage.shape, np.nan)
        if not self.errors.false_records:
            found[coverage.status == UNKNOWN] = np.nan
            if not self.errors.missing_lists:
                found[coverage.status == NONE] = np.nan
        return found


def status_certainty(coverage: Coverage, stated: Stated, around: Surroundings, errors: RecordErrors) -> Certainty:
    """Count the statuses of every cell over draws of lists with other errors.

    Parameters
    ----------
    coverage
        What is known of every municipality and field.
    stated
        The record behind each of the coverage's offers, and the lists it stands in.
    around
        With which surroundings the coverage was made.
    errors
        How wrong lists are taken to be. A false record joins provider and field of one offer with the area of another;
        a missing list neither names its services nor shows that there are no others.

    Examples
    --------
    >>> from tsunagari.graph.coverage.coverage import cover
    >>> from tsunagari.graph.coverage.providers import Offer, Offers
    >>> offers = Offers.of([Offer("a", "food", "13101"), Offer("b", "food", "13000")])
    >>> found = cover(["13101"], ["food"], offers)
    >>> told = status_certainty(found, Stated(np.arange(2, dtype=np.uint64)), Surroundings(), RecordErrors(0.3))
    >>> dict(zip(STATUSES, told.counts[0, 0].tolist()))
    {'multiple': 0, 'single': 71, 'wide_only': 19, 'none': 0, 'unknown': 10}
    """
    areas, fields = coverage.shape
    counts = np.zeros(areas * fields * len(STATUSES), dtype=np.int64)
    cells = np.arange(areas * fields) * len(STATUSES)
    offered = _Offered.of(coverage)
    closed = _Closed(coverage, around)
    for draw in range(errors.draws):
        kept = stated.kept(errors, draw)
        local, wide = offered.counts(kept, errors, draw)
        status = status_of(local, wide, closed.drawn(errors, draw))
        counts[cells + status.ravel()] += 1
    return Certainty(counts.reshape(areas, fields, len(STATUSES)), errors)


@dataclass(frozen=True, slots=True, eq=False)
class _Offered:
    """The offers that are no plans: for which unit, by whom and in which field (body × number of fields + field).

    ``places`` are the different ones among them by number, ``place`` is where each offer is there.
    """

    coverage: Coverage
    rows: Integers
    unit: Integers
    offer: Integers
    places: Integers
    place: Integers

    @classmethod
    def of(cls, coverage: Coverage) -> _Offered:
        offers, fields = coverage.offers, len(coverage.field_ids)
        place = {name: number for number, name in enumerate(coverage.field_ids)}
        of_field = np.array([place.get(name, -1) for name in offers.field_ids] or [-1], dtype=np.int64)
        field = of_field[offers.field]
        rows = np.flatnonzero(~offers.planned & (field >= 0))
        unit, offer = offers.unit[rows].astype(np.int64), offers.organization[rows].astype(np.int64)
        offer = offer * max(fields, 1) + field[rows]
        places, place_of = np.unique(_keys(coverage, unit, offer), return_inverse=True)
        return cls(coverage, rows, unit, offer, places, place_of.reshape(-1))

    def counts(self, kept: Flags, errors: RecordErrors, draw: int) -> tuple[Counts, Counts]:
        """Return how many organisations there are in each cell itself, and in the wider areas (0 or more)."""
        coverage = self.coverage
        bodies, fields = max(len(coverage.organization_ids), 1), max(len(coverage.field_ids), 1)
        there = np.bincount(self.place[kept[self.rows]], minlength=len(self.places)) > 0
        pairs = self.places[there]
        false = false_ends(self.unit, self.offer, errors, draw, SERVICES)
        if false is not None:
            pairs = np.union1d(pairs, _keys(coverage, *false[:2]))
        units = len(coverage.offers.units)
        numbers = np.bincount(pairs // bodies, minlength=units * fields).reshape(units, fields)
        numbers = np.pad(numbers[:, : coverage.shape[1]], ((0, 1), (0, 0)))  # place -1: nothing is offered for it
        found = numbers[coverage.containing]
        return found[:, 0].astype(np.int32), found[:, 1:].sum(axis=1).astype(np.int32)


def _keys(coverage: Coverage, unit: Integers, offer: Integers) -> Integers:
    """Return a number for each unit, field and organisation: the same for what is offered by one, twice."""
    bodies, fields = max(len(coverage.organization_ids), 1), max(len(coverage.field_ids), 1)
    found: Integers = (unit * fields + offer % fields) * bodies + offer // fields
    return found


class _Closed:
    """Which cells a complete list covers, when some of the lists are missing."""

    def __init__(self, coverage: Coverage, around: Surroundings) -> None:
        self.coverage, self.around = coverage, around
        self.whole = coverage.closed >= 0
        self.keys = list_keys(item.source or f"{item.name} {item.evidence}" for item in coverage.closed_lists)

    def drawn(self, errors: RecordErrors, draw: int) -> Flags:
        if not errors.missing_lists or not len(self.keys):
            return self.whole
        there = unit_numbers(self.keys, errors.seed, draw, LIST) >= errors.missing_lists
        left: Sequence[ClosedList] = [
            item for item, stays in zip(self.coverage.closed_lists, there.tolist(), strict=True) if stays
        ]
        coverage = self.coverage
        return closed_places(coverage.area_codes, coverage.field_ids, self.around, left) >= 0

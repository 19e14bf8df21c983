"""Where support reaches: the status of every municipality and field, zeros of two kinds included.

An absence that a complete list shows (`none`) and one that nobody looked into (`unknown`) are different findings. The
cells are the full cross product of the municipalities and fields of the scope, so one that nobody wrote about is there.
Everything is counted in today's municipalities, whatever the day: support for an area that ended counts in the one that
took over its territory, so that two days can be compared.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from tsunagari.graph.coverage.providers import (
    Flags,
    Integers,
    Offers,
    Relation,
    minus,
    places_of,
    product,
    relation,
    row_counts,
)
from tsunagari.graph.coverage.severity import severities
from tsunagari.graph.coverage.surroundings import ClosedList, Surroundings, wider_units

STATUSES = ("multiple", "single", "wide_only", "none", "unknown")
MULTIPLE, SINGLE, WIDE_ONLY, NONE, UNKNOWN = range(len(STATUSES))
GAPS = STATUSES[SINGLE:]
"""Statuses of cells that are gaps."""
WITHHELD = len(STATUSES)
SHOWN_STATUSES = (*STATUSES, "withheld")
"""Statuses as tables show them: in a public edition a cell that hangs on withheld bodies has none of its own."""
Floats: TypeAlias = npt.NDArray[np.float64]
Statuses: TypeAlias = npt.NDArray[np.int8]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Hidden:
    """What a public edition does not show: withheld organisations in each cell, and what lists confirm in the whole.

    Parameters
    ----------
    local, wide
        Areas × fields: organisations of the whole graph that the public edition does not have.
        0 everywhere in an edition that was written somewhere and read again: it does not tell.
    closed
        Areas × fields: whether a complete list of the whole graph speaks of the cell.
    cells
        Areas × fields: whether the edition itself says that the cell is not published.
    """

    local: Integers
    wide: Integers
    closed: Flags
    cells: Flags

    def status(self, coverage: Coverage) -> Statuses:
        """Return the statuses that may be shown of a coverage in which the hidden organisations are not."""
        local, wide = coverage.counts(coverage.local) + self.local, coverage.counts(coverage.wide) + self.wide
        found = without_withheld(coverage.status, status_of(local, wide, self.closed))
        return np.where(self.cells, np.int8(WITHHELD), found)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Coverage:
    """What is known of every municipality and field, as arrays.

    A cell is one municipality and field: cell = place of the area × number of fields + place of the field. Tables have
    one row an area and one column a field.

    Parameters
    ----------
    area_codes, field_ids
        The municipalities and fields, in the order asked for.
    organization_ids
        IRIs of the organisations, sorted; some of them may support nobody here.
    local, wide
        Cells × organisations: who offers support in the municipality itself, and who only covers it from a wider area
        (partnership, prefecture, nation). Nobody is in both.
    planned
        Cells × organisations: who only plans to, in the municipality or for a wider area.
    status
        Areas × fields: places in `SHOWN_STATUSES`.
    need
        One a municipality, not a number where it is not known; 1 everywhere when no need was given.
    severity
        Areas × fields, from 0 to 1 (`tsunagari.graph.coverage.severity`).
    connected
        Areas × fields: whether an organisation of `local` or `wide` belongs to a platform that reaches the area.
    partnership
        Areas × fields: organisations in other municipalities of the same partnerships that do not serve this one.
    adjacent
        Areas × fields: the same for municipalities that share a border; not a number where no geometry is given.
    closed
        Areas × fields: place in `closed_lists` of the list or survey that covers the cell, -1 where none does.
    closed_lists
        The lists and surveys.
    containing
        One row a municipality: itself and the areas that contain it, from near to far, as places in ``offers.units``;
        -1 where nothing is offered for that area.
    offers
        Where all this comes from.
    hidden
        What a public edition does not show; None where nothing is hidden.
    """

    area_codes: tuple[str, ...]
    field_ids: tuple[str, ...]
    organization_ids: tuple[str, ...]
    local: Relation
    wide: Relation
    planned: Relation
    status: Statuses
    need: Floats
    severity: Floats
    connected: Flags
    partnership: Integers
    adjacent: Floats
    closed: Integers
    closed_lists: tuple[ClosedList, ...]
    containing: Integers
    offers: Offers
    hidden: Hidden | None = None

    def __repr__(self) -> str:
        areas, fields = self.shape
        bodies = len(self.organization_ids)
        return f"<Coverage of {areas:,} municipalities × {fields:,} fields by {bodies:,} organisations>"

    @property
    def shape(self) -> tuple[int, int]:
        """Number of municipalities and of fields."""
        return len(self.area_codes), len(self.field_ids)

    def counts(self, cells: Relation) -> Integers:
        """Return the number of organisations in each cell of `local`, `wide` or `planned`, areas × fields."""
        return row_counts(cells).reshape(self.shape)

    def cell(self, area_code: str, field_id: str) -> int:
        """Return the number of a cell.

        Raises
        ------
        ValueError
            The area or the field is not among those of the coverage.
        """
        return self.area_codes.index(area_code) * len(self.field_ids) + self.field_ids.index(field_id)

    def organizations(self, cells: Relation, cell: int) -> list[str]:
        """Return the IRIs of the organisations of one cell of `local`, `wide` or `planned`, sorted."""
        return [self.organization_ids[place] for place in cells.indices[cells.indptr[cell] : cells.indptr[cell + 1]]]


def cover(
    area_codes: Sequence[str],
    field_ids: Sequence[str],
    offers: Offers,
    surroundings: Surroundings | None = None,
) -> Coverage:
    """Return the coverage of every municipality and field.

    The status is the first that applies: ``multiple`` two or more organisations in the municipality itself, ``single``
    one, ``wide_only`` none there but one for an area that contains it, ``none`` nobody and a complete list covers the
    cell, ``unknown`` nobody and no such list. What is only planned never counts as support.

    Parameters
    ----------
    area_codes
        Codes of municipalities, each once.
    field_ids
        IRIs of fields, each once.
    offers
        Who offers what for which area.
    surroundings
        Partnerships, platforms, complete lists, borders and need, as far as they are known.

    Returns
    -------
    Coverage
        Without areas or without fields it has no cell.

    Raises
    ------
    NetworkError
        A need is negative or not a number.

    Examples
    --------
    >>> from tsunagari.graph.coverage.providers import Offer
    >>> offers = Offers.of([Offer("a", "food", "13101"), Offer("b", "food", "13000")])
    >>> found = cover(["13101", "13102", "12100"], ["food"], offers)
    >>> [STATUSES[status] for status in found.status[:, 0]]
    ['single', 'wide_only', 'unknown']
    >>> found
    <Coverage of 3 municipalities × 1 fields by 2 organisations>
    """
    around = surroundings or Surroundings()
    shape = (len(area_codes), len(field_ids))
    shared = around.partnerships_of()
    chains = [(code, *wider_units(code, shared.get(code, ()))) for code in area_codes]
    containing = _chain_places(chains, offers.units)
    present, plans = (_by_unit(offers, field_ids, which) for which in (~offers.planned, offers.planned))
    own, wider = (_areas_by_unit(part, len(offers.units)) for part in (containing[:, :1], containing[:, 1:]))
    fields = len(field_ids)
    local = product(_each_field(own, fields), present)
    wide = minus(product(_each_field(wider, fields), present), local)
    served = local + wide
    planned = minus(product(_each_field(own + wider, fields), plans), served)
    partners = [[code for iri in shared.get(area, ()) for code in around.partnerships[iri]] for area in area_codes]
    nearby, bordering = (
        _outside(_each_field(_related(area_codes, others, offers.units), fields), present, served).reshape(shape)
        for others in (partners, [around.borders.get(area, ()) for area in area_codes])
    )
    mapped = np.array([code in around.borders for code in area_codes], dtype=np.bool_)
    connected = _connected(served, offers, own + wider, fields).reshape(shape)
    lists = tuple(around.closed)
    closed = _closed(chains, field_ids, lists)
    status = status_of(row_counts(local).reshape(shape), row_counts(wide).reshape(shape), closed >= 0)
    need = needs_of(area_codes, around)
    return Coverage(
        tuple(area_codes),
        tuple(field_ids),
        offers.organization_ids,
        local,
        wide,
        planned,
        status,
        need,
        severities(status, need, row_counts(planned).reshape(shape) > 0, connected),
        connected,
        nearby,
        np.where(mapped[:, None], bordering, np.nan),
        closed,
        lists,
        containing,
        offers,
    )


def needs_of(area_codes: Sequence[str], surroundings: Surroundings) -> Floats:
    """Return the need of each municipality: 1 when none is given at all, else not a number where it is missing."""
    missing = np.nan if surroundings.need else 1.0
    return np.array([surroundings.need.get(code, missing) for code in area_codes], dtype=np.float64)


def status_of(local: Integers, wide: Integers, closed: Flags) -> Statuses:
    """Return the first status that applies, from the numbers of organisations and whether a list covers the cell."""
    found = np.select([local > 1, local == 1, wide > 0, closed], [MULTIPLE, SINGLE, WIDE_ONLY, NONE], UNKNOWN)
    return found.astype(np.int8)


def hide(coverage: Coverage, hidden: Hidden | None) -> Coverage:
    """Return the coverage with ``withheld`` in each cell that would have another status with the hidden organisations.

    Such a cell is neither a gap nor served: its severity is 0. Where the whole graph does not know, neither does this.

    Examples
    --------
    >>> from tsunagari.graph.coverage.providers import Offer
    >>> found = cover(["13101", "13102"], ["food"], Offers.of([Offer("a", "food", "13101")]))
    >>> one, none = np.array([[1], [0]], dtype=np.int32), np.zeros((2, 1), dtype=np.int32)
    >>> [SHOWN_STATUSES[place] for place in hide(found, Hidden(one, none, none > 0, none > 0)).status[:, 0]]
    ['withheld', 'unknown']
    """
    if hidden is None:
        return coverage
    status = hidden.status(coverage)
    planned = coverage.counts(coverage.planned) > 0
    severity = severities(status, coverage.need, planned, coverage.connected)
    return replace(coverage, status=status, severity=severity, hidden=hidden)


def without_withheld(shown: Statuses, whole: Statuses) -> Statuses:
    """Return the statuses that may be shown, from those without withheld organisations and those of the whole graph."""
    found = np.where(shown == whole, shown, np.where(whole == UNKNOWN, UNKNOWN, WITHHELD))
    return found.astype(np.int8)


def _chain_places(chains: Sequence[tuple[str, ...]], units: Sequence[str]) -> Integers:
    """Return the places of the areas that contain each municipality, itself first, padded with -1."""
    width = max(map(len, chains), default=1)
    padded = (unit for chain in chains for unit in (*chain, *[""] * (width - len(chain))))
    return places_of(padded, units).reshape(len(chains), width)


def _by_unit(offers: Offers, field_ids: Sequence[str], which: Flags) -> Relation:
    """Return who offers each field for each area: unit × number of fields + field, by organisations."""
    field = places_of(offers.field_ids, field_ids)[offers.field[which]]
    rows = np.where(field < 0, -1, offers.unit[which] * len(field_ids) + field)
    shape = (len(offers.units) * len(field_ids), len(offers.organization_ids))
    return relation(rows, offers.organization[which], shape)


def _areas_by_unit(places: Integers, units: int) -> Relation:
    rows = np.repeat(np.arange(len(places), dtype=np.int32), places.shape[1])
    return relation(rows, places.ravel(), (len(places), units))


def _related(area_codes: Sequence[str], others: Sequence[Iterable[str]], units: Sequence[str]) -> Relation:
    """Return which municipalities are related to which other areas."""
    pairs = [(row, code) for row, codes in enumerate(others) for code in codes if code != area_codes[row]]
    rows = np.fromiter((row for row, _ in pairs), dtype=np.int32, count=len(pairs))
    return relation(rows, places_of((code for _, code in pairs), units), (len(area_codes), len(units)))


def _each_field(areas: Relation, fields: int) -> Relation:
    """Return a relation of areas with units as one of cells with units and fields, field by field."""
    pairs = areas.tocoo()
    steps = np.arange(fields, dtype=np.int32)
    rows, columns = (
        (place.astype(np.int32)[:, None] * fields + steps).ravel() for place in (pairs.coords[0], pairs.coords[1])
    )
    return relation(rows, columns, (areas.shape[0] * fields, areas.shape[1] * fields))


def _outside(related: Relation, present: Relation, served: Relation) -> Integers:
    """Return how many organisations offer support in the related areas and not in the cell itself."""
    return row_counts(minus(product(related, present), served))


def _connected(served: Relation, offers: Offers, containing: Relation, fields: int) -> Flags:
    """Tell of each cell whether a provider is in a platform that reaches the municipality or what contains it."""
    shape = (len(offers.organization_ids), len(offers.units))
    reached = product(served, relation(offers.reaching, offers.reached, shape))
    around = containing[np.repeat(np.arange(containing.shape[0]), fields)]
    found: Relation = reached.multiply(around).tocsr()
    found.eliminate_zeros()
    return row_counts(found) > 0


def closed_places(
    area_codes: Sequence[str], field_ids: Sequence[str], around: Surroundings, lists: Collection[ClosedList]
) -> Integers:
    """Return the place of the list that shows an absence in each cell, areas × fields; -1 where none does.

    Examples
    --------
    >>> closed_places(["31201"], ["food", "house"], Surroundings(), [ClosedList("List", "31000", "food")]).tolist()
    [[0, -1]]
    """
    shared = around.partnerships_of()
    chains = [(code, *wider_units(code, shared.get(code, ()))) for code in area_codes]
    return _closed(chains, field_ids, lists)


def _closed(chains: Sequence[tuple[str, ...]], field_ids: Sequence[str], lists: Collection[ClosedList]) -> Integers:
    """Return the list that speaks of each cell: of the nearest area, for the field, the latest; -1 where it found some.

    They are written from the last choice to the first, so that what is left is the first.
    """
    found = np.full((len(chains), len(field_ids)), -1, dtype=np.int32)
    ranks: dict[str, tuple[int, str]] = {}
    rows: dict[str, list[int]] = {}
    for row, (own, *wider) in enumerate(chains):
        for unit in (own, *wider):
            rows.setdefault(unit, []).append(row)
        ranks |= {own: (0, ""), wider[-2]: (2, ""), wider[-1]: (3, "")} | {unit: (1, unit) for unit in wider[:-2]}
    columns = {field_id: place for place, field_id in enumerate(field_ids)}
    order = [place for place, item in enumerate(lists) if item.unit in rows]
    listed = list(lists)
    order.sort(key=lambda place: (listed[place].name, listed[place].evidence), reverse=True)
    order.sort(key=lambda place: listed[place].as_of)
    order.sort(key=lambda place: (ranks[listed[place].unit], listed[place].field_id is None), reverse=True)
    for place in order:
        item = listed[place]
        if item.includes_parts or ranks[item.unit][0] == 0:
            column = slice(None) if item.field_id is None else columns.get(item.field_id)
            if column is not None:
                found[rows[item.unit], column] = -1 if item.found else place
    return found

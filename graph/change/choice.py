"""What an answer is about: some municipalities, fields and statuses, and the bodies that belong to these.

The one place that says what ``--area``, ``--field`` and ``--status`` mean, whatever they are asked of.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from tsunagari.graph.columns import Codes
from tsunagari.graph.coverage import (
    SHOWN_STATUSES,
    STATUSES,
    Coverage,
    Flags,
    Relation,
    check_statuses,
    read_coverage,
    read_partnerships,
)
from tsunagari.graph.facts import home_areas, units_of
from tsunagari.ontology.municipalities import municipality_table

if TYPE_CHECKING:
    from tsunagari.graph.facts import Reader, Scope

Names = tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen, and what belongs to it.

    Parameters
    ----------
    areas, fields, statuses
        As they were asked for; None is all of them.
    area_codes, field_ids
        The municipalities and fields: of the scope where none were asked for.
    units
        Areas that lie within those that were asked for: the municipalities, and prefectures and partnerships of which
        every municipality is among them; None where no area was asked for.
    organizations
        IRIs of the bodies concerned.
    providers
        IRIs of everybody who supports in the cells chosen, from a wider area too.
    offers, other_offers
        Codes of the services, activities and bodies that state an offer for the areas and fields chosen or for what
        contains these, and of those that state other offers only.
    top
        Only the first so many of the bodies, as they were asked for.
    """

    areas: Names
    fields: Names
    statuses: Names
    area_codes: frozenset[str]
    field_ids: frozenset[str]
    units: frozenset[str] | None
    organizations: frozenset[str]
    providers: frozenset[str]
    offers: Codes = field(compare=False, repr=False)
    other_offers: Codes = field(compare=False, repr=False)
    top: int | None = None

    def has_cell(self, area_code: str, field_id: str) -> bool:
        """Tell whether a cell, or what is said of an area and a field, is of the areas and fields chosen.

        A wider area counts when it lies within those chosen; an empty text, which names none, counts as well.
        """
        inside = self.units is None or not area_code or area_code in self.units
        return inside and (self.fields is None or not field_id or field_id in self.field_ids)


def read_choice(
    reader: Reader,
    *,
    scope: Scope | None = None,
    areas: Iterable[str] | None = None,
    fields: Iterable[str] | None = None,
    statuses: Iterable[str] | None = None,
    at: str | None = None,
) -> Choice:
    """Return what some areas, fields and statuses stand for on a day.

    A body is concerned by areas and fields when it supports in one of these fields for one of these areas, or an area
    within them; without fields also when it is based there. By statuses it is concerned when it supports, near or from
    a wider area, in a cell of such a status.

    Parameters
    ----------
    reader
        The graph.
    scope
        The workspace's settings.
    areas, fields
        Codes, names or IRIs, see `tsunagari.graph.coverage.read_coverage`; None asks for none in particular.
    statuses
        Of `tsunagari.graph.coverage.SHOWN_STATUSES`; None asks for none in particular.
    at
        ISO date; None takes every time.

    Raises
    ------
    UnknownNameError
        An area, a field or a status is not known.

    Examples
    --------
    >>> found = read_choice(kg._reader, areas=["香美町"], fields=["フードバンク"])
    >>> sorted(found.area_codes), len(found.field_ids), found.has_cell("28585", "")
    (['28585'], 1, True)
    """
    wanted = _given(areas), _given(fields), _given(statuses)
    check_statuses(wanted[2] or ())
    coverage = read_coverage(reader, scope=scope, areas=wanted[0], fields=wanted[1], at=at)
    codes = frozenset(coverage.area_codes)
    units = None if wanted[0] is None else _inside(reader, codes, at)
    cells = _of_statuses(coverage, wanted[2])
    providers = _named(coverage, coverage.local, cells) | _named(coverage, coverage.wide, cells)
    if wanted[2] is not None:
        bodies = providers
    else:
        bodies = _offering(coverage, units)
        if wanted[1] is None:
            bodies |= _based_in(reader, units)
    own, others = _stating(coverage, units)
    topics = frozenset(coverage.field_ids)
    return Choice(*wanted, codes, topics, units, frozenset(bodies), frozenset(providers), own, others)


def _given(names: Iterable[str] | None) -> Names:
    return None if names is None else (names,) if isinstance(names, str) else tuple(names)


def _inside(reader: Reader, codes: frozenset[str], at: str | None) -> frozenset[str]:
    """Return the municipalities with the prefectures and partnerships that lie within them."""
    table = municipality_table()
    wider: dict[str, Collection[str]] = dict(read_partnerships(reader, at=at))
    for prefecture in {f"{code[:2]}000" for code in codes}:
        parts = table.in_prefecture(prefecture)
        wider[prefecture] = [part.code5 for part in parts if part.has_government and part.kind != "prefecture"]
    return codes | {unit for unit, parts in wider.items() if parts and codes.issuperset(parts)}


def _of_statuses(coverage: Coverage, statuses: Names) -> Flags:
    """Tell of each cell whether it has one of the statuses."""
    wanted = [SHOWN_STATUSES.index(name) for name in (STATUSES if statuses is None else statuses)]
    found: Flags = np.isin(coverage.status, wanted).ravel()
    return found


def _named(coverage: Coverage, relation: Relation, cells: Flags) -> set[str]:
    """Return the IRIs of the organisations of some cells of a relation."""
    places = np.unique(relation[np.flatnonzero(cells)].indices)
    return {coverage.organization_ids[place] for place in places.tolist()}


def _offering(coverage: Coverage, units: frozenset[str] | None) -> set[str]:
    """Return the IRIs of who supports for one of the areas; for any area when `units` is None."""
    offers = coverage.offers
    chosen = np.array([units is None or unit in units for unit in offers.units], dtype=np.bool_)
    fields = np.array([field in coverage.field_ids for field in offers.field_ids], dtype=np.bool_)
    rows = ~offers.planned & chosen[offers.unit] & fields[offers.field]
    return {offers.organization_ids[place] for place in np.unique(offers.organization[rows]).tolist()}


def _stating(coverage: Coverage, units: frozenset[str] | None) -> tuple[Codes, Codes]:
    """Return the codes of what states offers for the areas and what contains them, and of what states only others."""
    offers = coverage.offers
    around = np.zeros(len(offers.units) + 1, dtype=np.bool_)
    around[np.unique(coverage.containing)] = True
    around = around[:-1] | np.array([units is None or unit in units for unit in offers.units], dtype=np.bool_)
    rows = around[offers.unit]
    own = np.unique(offers.stated[rows])
    return own, np.setdiff1d(offers.stated[~rows], own)


def _based_in(reader: Reader, units: frozenset[str] | None) -> set[str]:
    """Return the IRIs of the organisations that are based in one of the areas."""
    everyone: Codes = reader.columns.of_class("Organization")
    if units is None:
        return set(reader.columns.text(everyone))
    places, names = units_of(reader.columns, home_areas(reader.columns, everyone))
    inside = np.append(np.array([name in units for name in names], dtype=np.bool_), False)
    return set(reader.columns.text(everyone[inside[places]]))

"""Where things are: the municipality and prefecture behind an area's IRI."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tsunagari.ontology.area_changes import area_changes, present_place
from tsunagari.ontology.municipalities import municipality_table
from tsunagari.ontology.namespaces import ID, local_name

if TYPE_CHECKING:
    import numpy.typing as npt

    from tsunagari.graph.columns import Codes, Columns

AREA = f"{ID}area/"
_SAME_TERRITORY = frozenset({"became-city", "designated"})


@dataclass(frozen=True, slots=True)
class Place:
    """A municipality or prefecture by name; everything is None where nothing is known.

    Parameters
    ----------
    code
        Its 5-digit code.
    name, reading
        Its own name and reading.
    prefecture
        Name of its prefecture.
    kind
        Notation in the scheme ``area-kind``.
    """

    code: str | None = None
    name: str | None = None
    reading: str | None = None
    prefecture: str | None = None
    kind: str | None = None


def place_of(area: str | None) -> Place:
    """Return the place that an area's IRI stands for, one that ended included.

    Examples
    --------
    >>> place_of("https://w3id.org/tsunagari/id/area/31201")
    Place(code='31201', name='鳥取市', reading='とっとりし', prefecture='鳥取県', kind='city')
    """
    if area is None or not area.startswith(AREA):
        return Place()
    code = local_name(area)
    found = municipality_table().by_code(code)
    if found is None:
        change = area_changes().by_code(code)
        if change is None:
            return Place(code=code)
        found = change.former
    return Place(code, found.name, found.reading or None, found.prefecture, found.kind)


def home_areas(columns: Columns, subjects: npt.ArrayLike) -> Codes:
    """Return the code of the one area that each thing belongs to, -1 where there is none.

    That is itself when it is an area, else its municipality, else what it governs, else the only area that it reaches
    or, when it reaches none, the only one that it serves.
    """
    wanted = np.asarray(subjects, dtype=np.int32)
    only = {}
    for name in ("reach", "service_area"):
        starts, values = columns.all(name, wanted)
        counts = np.diff(starts)
        first = np.append(values, np.int32(-1))[starts[:-1]] if len(wanted) else values
        only[name] = counts, np.where(counts == 1, first, np.int32(-1))
    (reaches, reach), (_, service) = only["reach"], only["service_area"]
    home = np.where(reaches > 0, reach, service)
    for name in ("governs", "municipality"):
        found = columns.one(name, wanted)
        home = np.where(found >= 0, found, home)
    first_area, _ = columns.terms.place(AREA)
    end_of_areas, _ = columns.terms.place(f"{AREA}\U0010ffff")
    return np.where((wanted >= first_area) & (wanted < end_of_areas), wanted, home).astype(np.int32)


def unit_of(area: str) -> str:
    """Return the code of an area's IRI, for a ward that of its city; other IRIs (partnerships) stay as they are.

    An area that ended counts in the one that took over its territory, whatever the day: the tables are of today's
    municipalities.

    Examples
    --------
    >>> unit_of("https://w3id.org/tsunagari/id/area/31201"), unit_of("https://w3id.org/tsunagari/id/area/14103")
    ('31201', '14100')
    >>> unit_of("https://w3id.org/tsunagari/id/area/09367")
    '09203'
    """
    if not area.startswith(AREA):
        return area
    code = local_name(area)
    entry = present_place(code)
    if entry is None or entry.kind != "ward":
        return code if entry is None else entry.code5
    cities = municipality_table().by_name(entry.district, prefecture=entry.prefecture)
    return next((city.code5 for city in cities if city.kind != "ward"), code)


def whole_unit(area: str) -> str | None:
    """Return what `unit_of` does for an area that is a whole; None for a ward or a town that is now a part of a city.

    Examples
    --------
    >>> whole_unit("https://w3id.org/tsunagari/id/area/31201"), whole_unit("https://w3id.org/tsunagari/id/area/14103")
    ('31201', None)
    """
    unit = unit_of(area)
    if not area.startswith(AREA) or local_name(area) == unit:
        return unit
    change = area_changes().by_code(local_name(area))
    return unit if change is not None and change.kind in _SAME_TERRITORY else None


def units_of(columns: Columns, areas: npt.ArrayLike) -> tuple[Codes, tuple[str, ...]]:
    """Return what `unit_of` does for the codes of areas: places in a list of different units, sorted; -1 for none."""
    unique, inverse = np.unique(np.asarray(areas, dtype=np.int32), return_inverse=True)
    units = [unit_of(iri) if iri else "" for iri in columns.text(unique)]
    names = tuple(sorted(set(units) - {""}))
    places = {name: place for place, name in enumerate(names)}
    found = np.array([places.get(unit, -1) for unit in units], dtype=np.int32)
    return found[inverse.reshape(-1)], names


def area_name(code: str) -> str:
    """Return the name of a municipality or prefecture, its code when the table does not have it.

    Examples
    --------
    >>> area_name("31329")
    '八頭町'
    """
    entry = municipality_table().by_code(code)
    return entry.name if entry is not None else code


def prefecture_name(code: str) -> str:
    """Return the name of the prefecture of a municipality, empty when the table does not have it.

    Examples
    --------
    >>> prefecture_name("31329")
    '鳥取県'
    """
    entry = municipality_table().by_code(code)
    return entry.prefecture if entry is not None else ""

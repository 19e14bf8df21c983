"""Where things are: the municipality and prefecture behind an area's IRI."""

from __future__ import annotations

from dataclasses import dataclass

from tsunagari.graph.things import Thing
from tsunagari.ontology.area_changes import area_changes
from tsunagari.ontology.municipalities import municipality_table
from tsunagari.ontology.namespaces import ID, local_name

AREA = f"{ID}area/"


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


def home_area(thing: Thing) -> str | None:
    """Return the IRI of the one area a thing belongs to: its municipality, what it governs, or its only reach."""
    if thing.iri.startswith(AREA):
        return thing.iri
    for name in ("municipality", "governs"):
        if (area := thing.one(name)) is not None:
            return area
    reach = thing.all("reach") or thing.all("service_area")
    return reach[0] if len(reach) == 1 else None

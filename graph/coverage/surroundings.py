"""What is known of areas beside the offers: what contains them, what borders on them, and which lists are complete."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from itertools import chain

import numpy as np

from tsunagari.graph.columns import Codes, Columns, counted
from tsunagari.graph.facts import Reader, home_areas, unit_of, units_of
from tsunagari.ontology.municipalities import NATION_CODE

GROUNDS = ("", "survey", "services", "members")
"""What an absence is known from: nothing, a survey, a complete list of services, one of members (the weakest)."""


@dataclass(frozen=True, slots=True)
class ClosedList:
    """A list or survey that is complete for an area, so that an absence in it means that there is nothing.

    Parameters
    ----------
    name
        What it is called.
    unit
        The area it is complete for, as in `Offer`.
    field_id
        The field it is complete for, None for all.
    includes_parts
        Whether it speaks of each municipality in the area as well.
    found
        Whether it found support without naming who offers it: then an absence means nothing.
    as_of
        ISO date for which it is stated, empty when it has none; of two for one area the later one counts.
    evidence
        Where this is stated.
    source
        IRI of the document, file or survey that it is; empty where it is not known.
    ground
        What it lists, one of `GROUNDS`. A list of members is the weakest: that nobody in a platform offers something
        does not prove that nobody in the area does.
    begins, ends
        ISO dates between which it counts, the end not included; empty for no bound.
    """

    name: str
    unit: str
    field_id: str | None = None
    includes_parts: bool = True
    found: bool = False
    as_of: str = ""
    evidence: str = ""
    ground: str = "services"
    source: str = ""
    begins: str = ""
    ends: str = ""

    def counts_on(self, at: str | None) -> bool:
        """Tell whether it counts on a day; without a day it does.

        Examples
        --------
        >>> ClosedList("survey", "31201", begins="2023-04-01").counts_on("2023-03-31")
        False
        """
        return at is None or (self.begins <= at and not (self.ends and at >= self.ends))


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is known of the areas beside the offers.

    Parameters
    ----------
    partnerships
        IRI of a partnership to the codes of its municipalities.
    platforms
        Area (as in `Offer.unit`) to the names of the platforms that reach it.
    closed
        Lists that are complete.
    need
        Code of a municipality to its need, e.g. its population. Where none is given at all the need is 1 everywhere.
    borders
        Code of a municipality to the codes of those it shares a border with. A municipality that is not in it has no
        known geometry; one that borders on none has an empty collection.
    """

    partnerships: Mapping[str, Collection[str]] = field(default_factory=dict)
    platforms: Mapping[str, Collection[str]] = field(default_factory=dict)
    closed: Collection[ClosedList] = ()
    need: Mapping[str, float] = field(default_factory=dict)
    borders: Mapping[str, Collection[str]] = field(default_factory=dict)

    def partnerships_of(self) -> dict[str, list[str]]:
        """Return the partnerships of each municipality, sorted."""
        found: dict[str, list[str]] = {}
        for iri, codes in sorted(self.partnerships.items()):
            for code in codes:
                found.setdefault(code, []).append(iri)
        return found

    def platform_names(self, units: Collection[str]) -> list[str]:
        """Return the names of the platforms that reach any of the areas, in the order of the areas."""
        return list(dict.fromkeys(chain.from_iterable(self.platforms.get(unit, ()) for unit in units)))


def wider_units(area_code: str, partnerships: Collection[str] = ()) -> tuple[str, ...]:
    """Return the areas that contain a municipality, from near to far: its partnerships, its prefecture, the nation.

    Examples
    --------
    >>> wider_units("31201", ["urn:region"])
    ('urn:region', '31000', '00000')
    """
    return (*partnerships, f"{area_code[:2]}000", NATION_CODE)


def read_surroundings(
    reader: Reader,
    *,
    at: str | None = None,
    lang: str = "ja",
    closed: Collection[ClosedList] = (),
    need: Mapping[str, float] | None = None,
) -> Surroundings:
    """Return partnerships, borders, and what platforms there are and whom they reach, as they stand on a day."""
    columns = reader.columns
    platforms = columns.of_class("Platform")
    platforms = platforms[counted(columns, platforms, at)]
    starts, areas = columns.all("reach", platforms)
    names: dict[str, list[str]] = defaultdict(list)
    for place, name in enumerate(columns.labels(platforms, lang)):
        for unit in sorted({unit_of(area) for area in columns.text(areas[starts[place] : starts[place + 1]])}):
            names[unit].append(name)
    return Surroundings(read_partnerships(reader, at=at), names, tuple(closed), need or {}, read_borders(columns))


def read_partnerships(reader: Reader, *, at: str | None = None) -> dict[str, frozenset[str]]:
    """Return the codes of the municipalities of each partnership: those of its members, else its reach."""
    columns = reader.columns
    held = columns.of_class("PartnershipMembership")
    held = held[counted(columns, held, at)]
    member, partnership = columns.one("member", held), columns.one("organization", held)
    home = np.where(np.isin(member, columns.of_class("Organization")), home_areas(columns, member), -1)
    known = (home >= 0) & (partnership >= 0)
    found = _grouped(columns, partnership[known], home[known])
    others = np.setdiff1d(columns.of_class("RegionalPartnership"), partnership[known])
    starts, areas = columns.all("reach", others)
    return found | _grouped(columns, np.repeat(others, np.diff(starts)), areas)


def _grouped(columns: Columns, groups: Codes, areas: Codes) -> dict[str, frozenset[str]]:
    """Return the units of each group, by its IRI."""
    places, units = units_of(columns, areas)
    found: dict[str, set[str]] = defaultdict(set)
    for iri, place in zip(columns.text(groups), places.tolist(), strict=True):
        found[iri].add(units[place])
    return {iri: frozenset(codes) for iri, codes in found.items()}


def read_borders(columns: Columns) -> dict[str, frozenset[str]]:
    """Return the municipalities that share a border with each one whose geometry is known, by their codes.

    Two municipalities are adjacent when a part of the line that bounds the one also bounds the other: so the boundaries
    of a file are compared when it is read (``sf_touches``, see
    `tsunagari.loaders.adapters.places.geometry.neighbours`). Touching in a point, or facing each other over the sea, is
    no border. Wards stand for their city.
    """
    one, other = columns.pairs("sf_touches")
    shaped, _ = columns.pairs("has_geometry")
    places, units = units_of(columns, np.concatenate((shaped, one, other)))
    found: dict[str, set[str]] = {units[place]: set() for place in np.unique(places).tolist()}
    for left, right in np.unique(places[len(shaped) :].reshape(2, -1).T, axis=0).tolist():
        if left != right:
            found[units[left]].add(units[right])
            found[units[right]].add(units[left])
    return {code: frozenset(codes) for code, codes in sorted(found.items())}

"""Tables of the graph: organisations, memberships, services, ties and areas as pandas data frames.

Dates are ISO text, so that imprecise and missing ones sort and compare without surprises. ``status`` is the notation of
the claim status; ``validity`` says whether the row holds on the day asked for (see `tsunagari.graph.validity`). Lists
such as the fields of an organisation are Python lists. Rows are sorted by the identifiers in them.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tsunagari.errors import Message, UnknownNameError
from tsunagari.graph.contraction import node_kind
from tsunagari.graph.networks import STATUSES, organizations, provided_fields
from tsunagari.graph.places import home_area, place_of
from tsunagari.graph.sources import Citations
from tsunagari.graph.things import Reader, Thing
from tsunagari.ontology.namespaces import local_name

if TYPE_CHECKING:
    import pandas as pd

MEMBERSHIP_KINDS = {"PlatformMembership": "membership", "RoleHolding": "role", "PartnershipMembership": "partnership"}

COLUMNS: dict[str, tuple[str, ...]] = {
    "organizations": (
        "organization_id",
        "name",
        "reading",
        "class",
        "sector",
        "sector_label",
        "legal_form",
        "municipality",
        "municipality_code",
        "prefecture",
        "fields",
        "stated_size",
        "status",
        "class_label",
        "corporate_number",
        "aliases",
        "validity",
        "source",
        "target_group",
        "description",
    ),
    "platforms": (
        "platform_id",
        "platform",
        "reading",
        "class",
        "class_label",
        "kind",
        "part_of",
        "scope_level",
        "host",
        "reach",
        "reach_codes",
        "list_completeness",
        "status",
        "validity",
        "source",
    ),
    "memberships": (
        "organization_id",
        "organization",
        "platform_id",
        "platform",
        "member_class",
        "role",
        "status",
        "valid_from",
        "valid_to",
        "as_of",
        "source",
        "kind",
        "member_class_id",
        "role_id",
        "validity",
        "membership_id",
    ),
    "services": (
        "service_id",
        "service",
        "provider_id",
        "provider",
        "field",
        "area",
        "channel",
        "status",
        "field_id",
        "area_id",
        "area_code",
        "target_group",
        "life_stage",
        "valid_from",
        "valid_to",
        "as_of",
        "validity",
        "source",
    ),
    "ties": (
        "from_id",
        "from",
        "to_id",
        "to",
        "kind",
        "directed",
        "strength",
        "status",
        "valid_from",
        "valid_to",
        "source",
        "kind_label",
        "as_of",
        "validity",
        "tie_id",
    ),
    "areas": ("area_code", "name", "reading", "prefecture", "kind", "latitude", "longitude", "area_id"),
    "needs": (
        "area_code",
        "area",
        "prefecture",
        "indicator",
        "value",
        "unit",
        "as_of",
        "indicator_id",
        "area_id",
        "status",
        "validity",
        "source",
        "need_id",
    ),
}


def frame(reader: Reader, name: str, *, at: str | None = None, every: bool = False, lang: str = "ja") -> pd.DataFrame:
    """Return one of the tables of `COLUMNS`.

    Parameters
    ----------
    reader
        The graph.
    name
        Name of the table.
    at
        ISO date: only rows that hold on it, ``validity`` certain or possible. None gives the rows of every time, with
        an empty ``validity``.
    every
        Also give the rows that do not hold on the day, with the ``validity`` no.
    lang
        Language of names and labels.

    Returns
    -------
    DataFrame
        The columns of `COLUMNS` in that order; without rows when the graph says nothing.

    Raises
    ------
    UnknownNameError
        There is no table of that name.
    """
    import pandas as pd

    if name not in ROWS:
        raise UnknownNameError(
            Message(f"「{name}」という表はありません。", f"There is no table {name!r}."),
            Message(f"次から選んでください: {', '.join(ROWS)}", f"Choose one of: {', '.join(ROWS)}"),
        )
    rows = [[row.get(column) for column in COLUMNS[name]] for row in ROWS[name](reader, Day(at, every), lang)]
    table = pd.DataFrame(rows, columns=list(COLUMNS[name]), dtype=object)
    for column, kind in TYPES.items():
        if column in table:
            table[column] = table[column].astype(kind)
    return table


TYPES: Mapping[str, Any] = {"stated_size": "Int64", "strength": "float64", "directed": "bool"}
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Day:
    """The day a table is asked for, see `frame`."""

    at: str | None
    every: bool

    def valid(self, things: Iterable[Thing]) -> Iterator[tuple[Thing, str | None]]:
        """Yield the things that count, each with its validity."""
        for thing in things:
            held = thing.holds(self.at)
            if held != "no" or self.every:
                yield thing, None if self.at is None else held


def _organizations(reader: Reader, day: Day, lang: str) -> Iterator[Row]:
    citations, fields = Citations(reader, lang=lang), provided_fields(reader)
    for thing, held in day.valid(organizations(reader).values()):
        place = place_of(home_area(thing))
        size = thing.one("stated_size")
        yield {
            "organization_id": thing.iri,
            "name": thing.label(lang),
            "reading": thing.one("reading"),
            "class": thing.cls,
            "class_label": reader.class_label(thing, lang),
            "sector": _notation(thing.one("sector")),
            "sector_label": reader.label(thing.one("sector"), lang) or None,
            "legal_form": reader.label(thing.one("legal_form"), lang) or None,
            "municipality": place.name,
            "municipality_code": place.code,
            "prefecture": place.prefecture,
            "fields": [reader.label(field, lang) for field in fields.get(thing.iri, ())],
            "stated_size": int(size) if size else None,
            "status": thing.status,
            "corporate_number": thing.one("corporate_number"),
            "aliases": list(thing.all("alt_label")),
            "target_group": _labels(reader, thing, "target_group", lang),
            "description": "\n".join(thing.all("description")) or None,
            "validity": held,
            "source": citations.titles(thing),
        }


def _platforms(reader: Reader, day: Day, lang: str) -> Iterator[Row]:
    citations = Citations(reader, lang=lang)
    for thing, held in day.valid(reader.things("Collaboration", "PlatformBody").values()):
        yield {
            "platform_id": thing.iri,
            "platform": thing.label(lang),
            "reading": thing.one("reading"),
            "class": thing.cls,
            "class_label": reader.class_label(thing, lang),
            "kind": node_kind(thing.cls),
            "part_of": thing.one("sub_organization_of"),
            "scope_level": _notation(thing.one("scope_level")),
            "host": reader.label(thing.one("host"), lang) or None,
            "reach": [place_of(area).name or reader.label(area, lang) for area in thing.all("reach")],
            "reach_codes": [local_name(area) for area in thing.all("reach")],
            "list_completeness": _notation(thing.one("list_completeness")),
            "status": thing.status,
            "validity": held,
            "source": citations.titles(thing),
        }


def _memberships(reader: Reader, day: Day, lang: str) -> Iterator[Row]:
    citations = Citations(reader, lang=lang)
    found = [
        {
            "organization_id": thing.one("member"),
            "organization": reader.label(thing.one("member"), lang),
            "platform_id": thing.one("organization"),
            "platform": reader.label(thing.one("organization"), lang),
            "member_class": reader.label(thing.one("member_class"), lang) or None,
            "member_class_id": _notation(thing.one("member_class")),
            "role": reader.label(thing.one("role"), lang) or None,
            "role_id": _notation(thing.one("role")),
            "kind": MEMBERSHIP_KINDS[thing.cls],
            "membership_id": thing.iri,
            "source": citations.titles(thing),
            **_times(thing, held),
        }
        for thing, held in day.valid(reader.things(*MEMBERSHIP_KINDS).values())
    ]
    yield from sorted(found, key=_by("organization_id", "platform_id", "kind", "membership_id"))


def platforms_of(reader: Reader, *, at: str | None = None, lang: str = "ja") -> dict[str, list[str]]:
    """Return the names of the platforms and bodies that each organisation is in, by its IRI; plans do not count."""
    found: dict[str, dict[str, None]] = {}
    for row in _memberships(reader, Day(at, every=False), lang):
        if row["status"] in STATUSES:
            found.setdefault(row["organization_id"], {})[row["platform"]] = None
    return {iri: list(names) for iri, names in found.items()}


def _services(reader: Reader, day: Day, lang: str) -> Iterator[Row]:
    citations = Citations(reader, lang=lang)
    for thing, held in day.valid(reader.things("SupportService").values()):
        offers = itertools.product(
            *[thing.all(name) or (None,) for name in ("provided_by", "support_field", "service_area")]
        )
        for provider, field, area in offers:
            place = place_of(area)
            yield {
                "service_id": thing.iri,
                "service": thing.label(lang),
                "provider_id": provider,
                "provider": reader.label(provider, lang) or None,
                "field": reader.label(field, lang) or None,
                "field_id": field,
                "area": place.name or reader.label(area, lang) or None,
                "area_id": area,
                "area_code": place.code,
                "source": citations.titles(thing),
                **{name: _labels(reader, thing, name, lang) for name in ("channel", "target_group", "life_stage")},
                **_times(thing, held),
            }


def _ties(reader: Reader, day: Day, lang: str) -> Iterator[Row]:
    citations = Citations(reader, lang=lang)
    found = [
        {
            "from_id": thing.one("tie_from"),
            "from": reader.label(thing.one("tie_from"), lang),
            "to_id": thing.one("tie_to"),
            "to": reader.label(thing.one("tie_to"), lang),
            "kind": _notation(thing.one("tie_kind")),
            "kind_label": reader.label(thing.one("tie_kind"), lang) or None,
            "directed": thing.one("directed") in ("true", "1"),
            "strength": float(thing.one("strength") or 1),
            "tie_id": thing.iri,
            "source": citations.titles(thing),
            **_times(thing, held),
        }
        for thing, held in day.valid(reader.things("CollaborationTie").values())
    ]
    yield from sorted(found, key=_by("from_id", "to_id", "kind", "tie_id"))


def _areas(reader: Reader, day: Day, lang: str) -> Iterator[Row]:  # noqa: ARG001 - areas hold on every day
    shapes = reader.things("Geometry")
    for thing in reader.things("AdministrativeArea").values():
        place = place_of(thing.iri)
        located = thing if thing.one("latitude") else shapes.get(thing.one("has_geometry") or "", thing)
        yield {
            **{name: float(text) if (text := located.one(name)) else None for name in ("latitude", "longitude")},
            "area_code": place.code or thing.one("area_code"),
            "name": thing.label(lang),
            "reading": place.reading or thing.one("reading"),
            "prefecture": place.prefecture,
            "kind": place.kind or _notation(thing.one("area_kind")),
            "area_id": thing.iri,
        }


def _needs(reader: Reader, day: Day, lang: str) -> Iterator[Row]:
    citations = Citations(reader, lang=lang)
    found = [
        {
            "area_code": place.code,
            "area": place.name or reader.label(thing.one("about"), lang) or None,
            "prefecture": place.prefecture,
            "indicator": reader.label(thing.one("indicator"), lang) or None,
            "indicator_id": _notation(thing.one("indicator")),
            "value": float(thing.one("indicator_value") or "nan"),
            "unit": thing.one("unit"),
            "area_id": thing.one("about"),
            "need_id": thing.iri,
            "source": citations.titles(thing),
            "as_of": thing.one("as_of") or thing.one("not_before"),
            "status": thing.status,
            "validity": held,
        }
        for thing, held in day.valid(reader.things("NeedStatement").values())
        for place in (place_of(thing.one("about")),)
    ]
    yield from sorted(found, key=_by("area_code", "indicator_id", "as_of", "need_id"))


ROWS: dict[str, Callable[[Reader, Day, str], Iterator[Row]]] = {
    "organizations": _organizations,
    "platforms": _platforms,
    "memberships": _memberships,
    "services": _services,
    "ties": _ties,
    "areas": _areas,
    "needs": _needs,
}


def _times(thing: Thing, held: str | None) -> dict[str, str | None]:
    times = {name: thing.one(name) for name in ("valid_from", "valid_to", "as_of")}
    return {**times, "status": thing.status, "validity": held}


def _notation(iri: str | None) -> str | None:
    return None if iri is None else local_name(iri)


def _labels(reader: Reader, thing: Thing, name: str, lang: str) -> str | None:
    found = [reader.label(value, lang) for value in thing.all(name)]
    return ("、" if lang == "ja" else ", ").join(found) or None


def _by(*names: str) -> Callable[[Row], tuple[str, ...]]:
    return lambda row: tuple(str(row[name] or "") for name in names)

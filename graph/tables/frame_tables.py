"""What the tables of `tsunagari.graph.tables.frames` hold, each from the columns of the graph."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

import numpy as np

from tsunagari.graph.columns import Codes, Columns
from tsunagari.graph.facts import Place, class_labels, field_labels, node_kind, place_of, places_of, plain_organizations
from tsunagari.graph.networks import STATUSES
from tsunagari.graph.tables.frame_rows import Rows, rows_on

Table: TypeAlias = dict[str, Any]

MEMBERSHIP_KINDS = {"PlatformMembership": "membership", "RoleHolding": "role", "PartnershipMembership": "partnership"}


def _organizations(columns: Columns, at: str | None, every: bool, lang: str) -> Table:
    rows = rows_on(columns, plain_organizations(columns), at, every, lang)
    places, sizes, sector = places_of(columns, rows.things), rows.number("stated_size"), rows.one("sector")
    return {
        "organization_id": rows.text(rows.things),
        "name": rows.label(rows.things),
        "reading": rows.text(rows.one("reading")),
        **_classes(rows, "Organization"),
        "sector": rows.notation(sector),
        "sector_label": rows.label(sector),
        "legal_form": rows.label(rows.one("legal_form")),
        "municipality": [place.name for place in places],
        "municipality_code": [place.code for place in places],
        "prefecture": [place.prefecture for place in places],
        "fields": list(field_labels(columns, rows.things, lang=lang)),
        "stated_size": [None if size is None else int(size) for size in sizes],
        "corporate_number": rows.text(rows.one("corporate_number")),
        "aliases": rows.lists("alt_label", rows.text),
        "target_group": rows.labels("target_group"),
        "description": ["\n".join(texts) or None for texts in rows.lists("description", rows.text)],
        **rows.claims(),
    }


def _classes(rows: Rows, *tops: str) -> Table:
    names, places = rows.columns.classes(rows.things, *tops)
    listed = places.tolist()
    labels = class_labels(rows.columns, names, listed, rows.lang)
    return {"class": [names[place] for place in listed], "class_label": labels}


def _platforms(columns: Columns, at: str | None, every: bool, lang: str) -> Table:
    tops = ("Collaboration", "PlatformBody")
    rows = rows_on(columns, columns.of_class(*tops), at, every, lang)
    classes = _classes(rows, *tops)

    def area_names(areas: Codes) -> Any:
        names = [place_of(iri).name for iri in columns.text(areas)]
        return np.array([name or label for name, label in zip(names, rows.label(areas), strict=True)], dtype=object)

    return {
        "platform_id": rows.text(rows.things),
        "platform": rows.label(rows.things),
        "reading": rows.text(rows.one("reading")),
        **classes,
        "kind": [node_kind(name) for name in classes["class"]],
        "part_of": rows.text(rows.one("sub_organization_of")),
        "scope_level": rows.notation(rows.one("scope_level")),
        "host": rows.label(rows.one("host")),
        "reach": rows.lists("reach", area_names),
        "reach_codes": rows.lists("reach", lambda areas: np.array(rows.notation(areas), dtype=object)),
        "list_completeness": rows.notation(rows.one("list_completeness")),
        **rows.claims(),
    }


def _memberships(columns: Columns, at: str | None, every: bool, lang: str) -> Table:
    rows = rows_on(columns, columns.of_class(*MEMBERSHIP_KINDS), at, every, lang)
    kinds = np.array(rows.of_kind(tuple(MEMBERSHIP_KINDS), MEMBERSHIP_KINDS), dtype=object)
    order = np.lexsort((rows.things, _ranks(kinds), rows.one("organization"), rows.one("member")))
    rows = rows.take(order)
    member, body, member_class, role = (rows.one(name) for name in ("member", "organization", "member_class", "role"))
    return {
        "organization_id": rows.text(member),
        "organization": columns.labels(member, lang),
        "platform_id": rows.text(body),
        "platform": columns.labels(body, lang),
        "member_class": rows.label(member_class),
        "member_class_id": rows.notation(member_class),
        "role": rows.label(role),
        "role_id": rows.notation(role),
        "kind": kinds[order],
        "membership_id": rows.text(rows.things),
        **rows.times(),
        **rows.claims(),
    }


def _services(columns: Columns, at: str | None, every: bool, lang: str) -> Table:
    rows = rows_on(columns, columns.of_class("SupportService"), at, every, lang)
    places, provider = rows.each("provided_by")
    rows = rows.take(places)
    places, field = rows.each("support_field")
    rows, provider = rows.take(places), provider[places]
    places, area = rows.each("service_area")
    rows, provider, field = rows.take(places), provider[places], field[places]
    names = _area_places(columns, area)
    labels = rows.label(area)
    return {
        "service_id": rows.text(rows.things),
        "service": rows.label(rows.things),
        "provider_id": rows.text(provider),
        "provider": rows.label(provider),
        "field": rows.label(field),
        "field_id": rows.text(field),
        "area": [place.name or label for place, label in zip(names, labels, strict=True)],
        "area_id": rows.text(area),
        "area_code": [place.code for place in names],
        **{name: rows.labels(name) for name in ("channel", "target_group", "life_stage")},
        **rows.times(),
        **rows.claims(),
    }


def _ties(columns: Columns, at: str | None, every: bool, lang: str) -> Table:
    rows = rows_on(columns, columns.of_class("CollaborationTie"), at, every, lang)
    kinds = rows.notation(rows.one("tie_kind"))
    rows = rows.take(np.lexsort((rows.things, _ranks(kinds), rows.one("tie_to"), rows.one("tie_from"))))
    one, other, kind = (rows.one(name) for name in ("tie_from", "tie_to", "tie_kind"))
    strengths = columns.numbers("strength", rows.things)
    return {
        "from_id": rows.text(one),
        "from": columns.labels(one, lang),
        "to_id": rows.text(other),
        "to": columns.labels(other, lang),
        "kind": rows.notation(kind),
        "kind_label": rows.label(kind),
        "directed": columns.is_true("directed", rows.things),
        "strength": np.where(rows.one("strength") < 0, 1.0, strengths),
        "tie_id": rows.text(rows.things),
        **rows.times(),
        **rows.claims(),
    }


def _areas(columns: Columns, at: str | None, every: bool, lang: str) -> Table:  # noqa: ARG001 - areas always hold
    rows = rows_on(columns, columns.of_class("AdministrativeArea"), None, True, lang)
    places = _area_places(columns, rows.things)
    shape = rows.one("has_geometry")
    elsewhere = (rows.one("latitude") < 0) & np.isin(shape, columns.of_class("Geometry"))
    located = Rows(columns, np.where(elsewhere, shape, rows.things), lang, None)
    own = {name: rows.text(rows.one(name)).tolist() for name in ("area_code", "reading")}
    kinds = rows.notation(rows.one("area_kind"))
    return {
        **{name: located.number(name) for name in ("latitude", "longitude")},
        "area_code": [place.code or code for place, code in zip(places, own["area_code"], strict=True)],
        "name": rows.label(rows.things),
        "reading": [place.reading or reading for place, reading in zip(places, own["reading"], strict=True)],
        "prefecture": [place.prefecture for place in places],
        "kind": [place.kind or kind for place, kind in zip(places, kinds, strict=True)],
        "area_id": rows.text(rows.things),
    }


def _needs(columns: Columns, at: str | None, every: bool, lang: str) -> Table:
    rows = rows_on(columns, columns.of_class("NeedStatement"), at, every, lang)
    codes = [place.code for place in _area_places(columns, rows.one("about"))]
    indicators = rows.notation(rows.one("indicator"))
    rows = rows.take(np.lexsort((rows.things, _days(rows), _ranks(indicators), _ranks(codes))))
    about, indicator = rows.one("about"), rows.one("indicator")
    places = _area_places(columns, about)
    return {
        "area_code": [place.code for place in places],
        "area": [place.name or label for place, label in zip(places, rows.label(about), strict=True)],
        "prefecture": [place.prefecture for place in places],
        "indicator": rows.label(indicator),
        "indicator_id": rows.notation(indicator),
        "value": columns.numbers("indicator_value", rows.things).tolist(),
        "unit": rows.text(rows.one("unit")),
        "area_id": rows.text(about),
        "need_id": rows.text(rows.things),
        "as_of": rows.text(_days(rows)),
        **rows.claims(),
    }


TABLES: dict[str, Callable[[Columns, str | None, bool, str], Table]] = {
    "organizations": _organizations,
    "platforms": _platforms,
    "memberships": _memberships,
    "services": _services,
    "ties": _ties,
    "areas": _areas,
    "needs": _needs,
}


def platforms_of(columns: Columns, *, at: str | None = None, lang: str = "ja") -> dict[str, list[str]]:
    """Return the names of the platforms and bodies that each organisation is in, by its IRI; plans do not count."""
    rows = rows_on(columns, columns.of_class(*MEMBERSHIP_KINDS), at, every=False, lang=lang)
    counts = np.array([status in STATUSES for status in columns.statuses])
    rows = rows.take(counts[columns.status(rows.things)])
    member, body = rows.one("member"), rows.one("organization")
    order = np.lexsort((body, member))
    found: dict[str, dict[str, None]] = {}
    for iri, name in zip(columns.text(member[order]), columns.labels(body[order], lang), strict=True):
        found.setdefault(iri, {})[name] = None
    return {iri: list(names) for iri, names in found.items()}


def _area_places(columns: Columns, areas: Codes) -> list[Place]:
    """Return the place that each code of an area stands for."""
    unique, rows = np.unique(areas, return_inverse=True)
    found = [place_of(iri or None) for iri in columns.text(unique)]
    return [found[row] for row in rows.reshape(-1).tolist()]


def _days(rows: Rows) -> Codes:
    """Return the day that each row speaks of, or else the day before which it does not hold."""
    found = rows.one("as_of")
    return np.where(found >= 0, found, rows.one("not_before"))


def _ranks(texts: Sequence[str | None] | Any) -> Any:
    """Return the place of each text among the different ones, sorted; nothing comes first."""
    known = [text or "" for text in texts]
    places = {text: place for place, text in enumerate(sorted(set(known)))}
    return np.array([places[text] for text in known], dtype=np.int64)

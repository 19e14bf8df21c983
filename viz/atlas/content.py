"""What the pages tell: the tables of the graph, found by municipality, platform and body."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from tsunagari.ontology.vocabulary import vocabulary
from tsunagari.viz.atlas.grouped import GroupedRows, Row, by_key
from tsunagari.viz.atlas.places import ELSEWHERE, Addresses, file_key
from tsunagari.viz.look.candidates import felt_losses
from tsunagari.viz.look.tiles import TILES

if TYPE_CHECKING:
    from tsunagari.graph.knowledge import KnowledgeGraph

MOST_ROWS = 200
"""So many memberships, services or ties of one body are listed; the page tells how many more there are."""
CANDIDATES = 3
_BODY = (
    *("organization_id", "name", "reading", "class_label", "sector_label", "legal_form", "municipality"),
    *(
        "municipality_code",
        "prefecture",
        "fields",
        "corporate_number",
        "aliases",
        "target_group",
        "description",
        "source",
    ),
)
_CELL = (
    *("field", "field_id", "status", "provider_ids", "local", "sentence"),
    *("candidates", "candidate_ids"),
)
_MEMBER = ("organization_id", "platform_id", "member_class", "role", "valid_from", "valid_to", "source")
_SERVICE = ("service", "field", "area", "channel", "valid_from", "valid_to")
_TIE = ("from_id", "to_id", "kind_label", "directed", "valid_from", "valid_to", "source")
_PLATFORM = ("platform_id", "platform", "reading", "class_label", "reach", "reach_codes", "part_of", "host", "source")
_BROKER = ("rank", "organization_id", "sentence")


class Content:
    """The tables that the pages are made from, each read once.

    Parameters
    ----------
    kg
        The graph.
    lang, at
        Language and day of its answers.
    areas
        The areas that have pages; None takes every municipality of the workspace's scope, and every body.
    """

    def __init__(self, kg: KnowledgeGraph, *, lang: str, at: Any, areas: Sequence[str] | None) -> None:
        self.addresses = Addresses()
        gaps = kg.gaps(areas, at=at, candidates=CANDIDATES, lang=lang)
        self.cells = GroupedRows(gaps, "area_code", _CELL)
        self.fields = _in_order_of_scheme(gaps["field_id"].astype(str).tolist())
        self.bodies = by_key(kg.frame("organizations", at=at, lang=lang), "organization_id", _BODY)
        members = kg.frame("memberships", at=at, lang=lang)
        self.joined = GroupedRows(members, "organization_id", _MEMBER)
        self.members = GroupedRows(members, "platform_id", _MEMBER)
        self.services = GroupedRows(kg.frame("services", at=at, lang=lang), "provider_id", _SERVICE)
        ties = kg.frame("ties", at=at, lang=lang)
        self.out, self.back = (GroupedRows(ties, end, _TIE) for end in ("from_id", "to_id"))
        self.platforms = by_key(kg.frame("platforms", at=at, lang=lang), "platform_id", _PLATFORM)
        self.areas = by_key(
            kg.frame("areas", lang=lang), "area_code", ("area_code", "name", "reading", "prefecture", "kind")
        )
        brokers = kg.brokers(at=at, lang=lang)
        self.brokers = by_key(
            brokers[brokers["brokerage"] > 0] if len(brokers) else brokers, "organization_id", _BROKER
        )
        self.losses = by_key(felt_losses(kg.loss(at=at, lang=lang)), "organization_id", ("sentence",))
        self._settle(None if areas is None else set(self.cells))

    def _settle(self, wanted: set[str] | None) -> None:
        """Give everything its page."""
        found: dict[str, list[str]] = {}
        for iri, body in self.bodies.items():
            found.setdefault(self.home(body), []).append(iri)
        codes = set(self.cells) | {code for code in found if code in self.areas}
        local = sorted(code for code in codes if code not in TILES and (wanted is None or code in wanted))
        upper = sorted({prefecture_code(code) for code in (local if wanted is not None else codes)} & set(TILES))
        self.pages: dict[str, list[tuple[str, Sequence[str]]]] = {}
        for code in [*upper, *local, *([ELSEWHERE] if wanted is None and ELSEWHERE in found else [])]:
            folder = "p/" if code in TILES else "m/" if code != ELSEWHERE else ""
            page = f"{folder}{code}.html"
            self.addresses.areas[code] = page
            bodies = sorted(
                found.get(code, []),
                key=lambda iri: (self.bodies[iri]["reading"] or self.bodies[iri]["name"] or "", iri),
            )
            self.pages[code] = self.addresses.settle(page, bodies)
        for iri, platform in self.platforms.items():
            if wanted is None or wanted & set(platform["reach_codes"] or ()):
                self.addresses.platforms[iri] = f"s/{file_key(iri)}.html"
        self.local, self.upper = local, upper

    def home(self, body: Row) -> str:
        """Return the code of the area on whose page a body stands."""
        code = body["municipality_code"]
        if code in self.areas:
            return str(code)
        return _PREFECTURES.get(str(body["prefecture"]), ELSEWHERE)

    def prefecture_of(self) -> dict[str, str]:
        """Return the code of the prefecture of each body that has one."""
        homes = ((iri, self.home(body)) for iri, body in self.bodies.items())
        return {iri: prefecture_code(home) for iri, home in homes if home != ELSEWHERE}

    def local_of(self, prefecture: str) -> list[str]:
        """Return the codes of the municipalities of a prefecture that have a page."""
        return [code for code in self.local if prefecture_code(code) == prefecture]

    def reaching(self, code: str) -> list[Row]:
        """Return the platforms whose area is exactly this one, by name."""
        return sorted(self._reaching.get(code, []), key=lambda row: str(row["platform"]))

    @cached_property
    def _reaching(self) -> dict[str, list[Row]]:
        found: dict[str, list[Row]] = {}
        for platform in self.platforms.values():
            for area in dict.fromkeys(platform["reach_codes"] or ()):
                found.setdefault(str(area), []).append(platform)
        return found

    def brokers_of(self, bodies: Iterable[str], most: int) -> list[Row]:
        """Return the greatest brokers among some bodies."""
        known = [self.brokers[iri] for iri in bodies if iri in self.brokers]
        return sorted(known, key=lambda row: row["rank"])[:most]

    @staticmethod
    def providers(cell: Row) -> list[str]:
        """Return the IRIs of who supports in a cell."""
        return list(cell["provider_ids"] or ())

    def name(self, iri: str) -> str:
        """Return the name of a body or platform."""
        if iri in self.bodies:
            return str(self.bodies[iri]["name"])
        return str(self.platforms[iri]["platform"]) if iri in self.platforms else iri.rpartition("/")[2]


def _in_order_of_scheme(fields: Iterable[str]) -> list[str]:
    words = vocabulary()
    listed = [concept.iri for name in words.field_schemes for concept in words.schemes[name].concepts]
    place = {iri: number for number, iri in enumerate(listed)}
    return sorted(set(fields), key=lambda iri: (place.get(iri, len(place)), iri))


_PREFECTURES = {tile[0]: code for code, tile in TILES.items()}


def prefecture_code(code: str) -> str:
    """Return the code of the prefecture that an area is in, its own for a prefecture.

    Examples
    --------
    >>> prefecture_code("31201"), prefecture_code("31000")
    ('31000', '31000')
    """
    return f"{code[:2]}000"

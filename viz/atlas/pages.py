"""From rows to pages: one template a kind of page, every value escaped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from importlib import resources
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup, escape

from tsunagari.graph.wording import joined
from tsunagari.viz.atlas.content import MOST_ROWS, Content
from tsunagari.viz.atlas.grouped import Row
from tsunagari.viz.atlas.places import ELSEWHERE
from tsunagari.viz.atlas.words import texts
from tsunagari.viz.look.gap_status import GAP_STATUSES, statuses_of
from tsunagari.viz.look.tiles import TILES
from tsunagari.viz.look.wide import WIDE

TOP = 20
_LISTED = Markup("、")
POLICY = (
    "default-src 'none'; script-src 'self' file:; style-src 'self' file:; img-src data:; "
    "base-uri 'none'; form-action 'none'"
)
"""Only the files of the folder itself: ``file:`` is what they are on a shared drive."""


class Pages:
    """Renders the pages of an atlas.

    Parameters
    ----------
    content
        What they tell.
    title, subtitle
        What stands on every page.
    lang
        ``"ja"`` or ``"en"``.
    """

    def __init__(self, content: Content, *, title: str, subtitle: str, lang: str) -> None:
        self._content = content
        self._environment = Environment(
            loader=FunctionLoader(template),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._text = texts(lang)
        self._environment.filters["listed"] = lambda entries, column: joined(entries, lang, column)
        self._environment.globals |= {
            "title": title,
            "subtitle": subtitle,
            "lang": lang,
            "policy": Markup(POLICY),  # noqa: S704 -- made here
            "t": self._text,
            "statuses": {
                key: (one.symbol, one.label.text(lang), one.meaning.text(lang)) for key, one in GAP_STATUSES.items()
            },
            "period": self._period,
        }
        self._lang = lang
        self._links: dict[tuple[str, str], Markup] = {}

    # ---- pages ----

    def nation(self, *, figures: str, pictures: Sequence[Markup], table: Row, sources: Sequence[Row]) -> str:
        """Return the first page."""
        content = self._content
        return self._render(
            "nation.html",
            root="",
            crumbs=[],
            figures=Markup(figures),  # noqa: S704 -- base64
            pictures=pictures,
            table=table,
            brokers=self._brokers(content.brokers, ""),
            platforms=[self._link(row["platform_id"], "") for row in content.reaching("00000")],
            elsewhere=content.addresses.area(ELSEWHERE, ""),
            sources=sources,
        )

    def prefecture(self, code: str, pictures: Sequence[Markup]) -> list[tuple[str, str]]:
        """Return the pages of a prefecture by their names."""
        content, root = self._content, "../"
        places = content.local_of(code)
        named = {cell["field_id"]: cell["field"] for place in places for cell in content.cells.of(place)}
        rows = [
            {
                "name": content.areas[place]["name"] if place in content.areas else place,
                "href": content.addresses.area(place, root),
                "cells": {cell["field_id"]: cell["status"] for cell in content.cells.of(place)},
                "bodies": sum(len(bodies) for _, bodies in content.pages[place]),
            }
            for place in places
        ]
        inside = [iri for place in [code, *places] for _, bodies in content.pages[place] for iri in bodies]
        values = {
            "crumbs": [(self._text["nation"], f"{root}index.html")],
            "heading": self._prefecture_name(code),
            "reading": "",
            "lead": self._lead(
                [cell["status"] for place in places for cell in content.cells.of(place)], "cells_of_matrix"
            ),
            "legend": statuses_of(cell["status"] for place in places for cell in content.cells.of(place)),
            "fields": [(iri, named[iri]) for iri in content.fields if iri in named],
            "rows": rows,
            "pictures": pictures,
            "platforms": self._platforms(code, root),
            "brokers": self._brokers({iri: content.brokers[iri] for iri in inside if iri in content.brokers}, root),
        }
        return self._paged("prefecture.html", code, root, values)

    def municipality(self, code: str) -> list[tuple[str, str]]:
        """Return the pages of a municipality by their names."""
        content, root = self._content, "../"
        area = content.areas.get(code, {"name": code, "reading": None, "prefecture": None, "kind": None})
        upper = f"{code[:2]}000"
        cells = [self._cell(row, root) for row in content.cells.of(code)]
        values = {
            "crumbs": [
                (self._text["nation"], f"{root}index.html"),
                (self._prefecture_name(upper), content.addresses.area(upper, root)),
            ],
            "heading": area["name"],
            "reading": area["reading"] or "",
            "lead": self._lead([cell["status"] for cell in cells]),
            "cells": cells,
            "platforms": self._platforms(code, root),
        }
        return self._paged("municipality.html", code, root, values)

    def elsewhere(self) -> list[tuple[str, str]]:
        """Return the pages of bodies that are nowhere."""
        values = {
            "crumbs": [(self._text["nation"], "index.html")],
            "heading": self._text["elsewhere"],
            "reading": "",
            "lead": "",
            "cells": [],
            "platforms": [],
        }
        return self._paged("municipality.html", ELSEWHERE, "", values)

    def platform(self, iri: str) -> tuple[str, str]:
        """Return the page of a platform and its name."""
        content, root = self._content, "../"
        row = content.platforms[iri]
        members = [
            {**member, "link": self._link(member["organization_id"], root)} for member in content.members.of(iri)
        ]
        areas = zip(row["reach"] or (), row["reach_codes"] or (), strict=False)
        classes = Counter(member["member_class"] or "–" for member in members)
        page = content.addresses.platforms[iri]
        return page, self._render(
            "platform.html",
            root=root,
            crumbs=[(self._text["nation"], f"{root}index.html")],
            row=row,
            areas=_LISTED.join(_anchor(name, content.addresses.area(code, root)) for name, code in areas),
            part_of=row["part_of"] and self._link(row["part_of"], root),
            members=members,
            classes=sorted(classes.items(), key=lambda pair: (-pair[1], pair[0])),
        )

    # ---- parts ----

    def _paged(self, name: str, code: str, root: str, values: Mapping[str, Any]) -> list[tuple[str, str]]:
        """Render the pages of an area: the first tells everything, those after it only further bodies."""
        parts = self._content.pages[code]
        links = [(f"{root}{page}", number) for number, (page, _) in enumerate(parts, start=1)]
        total = sum(len(bodies) for _, bodies in parts)
        return [
            (
                page,
                self._render(
                    name,
                    root=root,
                    first=number == 1,
                    number=number,
                    parts_of=links if len(links) > 1 else [],
                    total=total,
                    bodies=[self._body(iri, root) for iri in bodies],
                    **values,
                ),
            )
            for number, (page, bodies) in enumerate(parts, start=1)
        ]

    def _render(self, name: str, **values: Any) -> str:
        return self._environment.get_template(name).render(**values)

    def _prefecture_name(self, code: str) -> str:
        ja, en, *_ = TILES.get(code, (code, code))
        return en if self._lang == "en" else ja

    def _lead(self, statuses: Sequence[str], of: str = "cells_of") -> str:
        """Return how many cells are of each status, in one sentence; empty without cells."""
        if not statuses:
            return ""
        counts = Counter(statuses)
        t = self._text
        told = [
            t["count_of"].format(one.label.text(self._lang), f"{counts[key]:,}")
            for key, one in GAP_STATUSES.items()
            if counts[key]
        ]
        return t[of].format(f"{len(statuses):,}") + t["joint"].join(told) + t["end"]

    def _link(self, iri: str, root: str, name: str | None = None) -> Markup:
        """Return the name of a body or platform as a link to its page; the name alone where it has none."""
        if (iri, root) not in self._links:
            told = escape(name or self._content.name(iri))
            href = self._content.addresses.body(iri, root)
            self._links[iri, root] = Markup('<a href="{}">{}</a>').format(href, told) if href else told
        return self._links[iri, root]

    def _cell(self, row: Row, root: str) -> Row:
        candidates = zip(row["candidates"] or (), row["candidate_ids"] or (), strict=False)
        return {
            **row,
            "providers": _LISTED.join(self._providers(row, root)),
            "proposed": _LISTED.join(self._link(iri, root, name) for name, iri in candidates),
        }

    def _providers(self, row: Row, root: str) -> list[Markup]:
        """Return links to who supports in a cell; beside local ones the others are marked as wide."""
        links = [self._link(iri, root) for iri in self._content.providers(row)]
        local = int(row["local"] or 0)
        return [
            link if place < local or not local else link + WIDE.text(self._lang) for place, link in enumerate(links)
        ]

    def _platforms(self, code: str, root: str) -> list[Row]:
        content = self._content
        return [
            {**row, "link": self._link(row["platform_id"], root), "members": content.members.count(row["platform_id"])}
            for row in content.reaching(code)
        ]

    def _brokers(self, rows: Mapping[str, Row], root: str) -> list[Row]:
        best = self._content.brokers_of(rows, TOP)
        return [{**row, "link": self._link(row["organization_id"], root)} for row in best]

    def _body(self, iri: str, root: str) -> Row:
        content = self._content
        row = content.bodies[iri]
        ties = [(tie, tie["to_id"], "towards") for tie in content.out.of(iri, MOST_ROWS)]
        ties += [(tie, tie["from_id"], "back") for tie in content.back.of(iri, MOST_ROWS)]
        counts = {
            "joined": content.joined.count(iri),
            "services": content.services.count(iri),
            "ties": content.out.count(iri) + content.back.count(iri),
        }
        told = [
            rows[iri]["sentence"] for rows in (content.brokers, content.losses) if rows.get(iri, {}).get("sentence")
        ]
        return {
            **row,
            "id": content.addresses.bodies[iri][1],
            "kind": row["sector_label"] or row["class_label"],
            "joined": [
                {**one, "link": self._link(one["platform_id"], root)} for one in content.joined.of(iri, MOST_ROWS)
            ],
            "services": content.services.of(iri, MOST_ROWS),
            "ties": [
                {**tie, "link": self._link(other, root), "sign": self._text[sign if tie["directed"] else "both"]}
                for tie, other, sign in ties[:MOST_ROWS]
            ],
            "counts": counts,
            "sentences": told,
        }

    def _period(self, row: Mapping[str, Any]) -> str:
        """Return from when until when something holds, the last day included: in the graph it is the day after."""
        start, end = row["valid_from"], row["valid_to"]
        if end and len(end) == len("2025-04-01"):
            end = (date.fromisoformat(end) - timedelta(days=1)).isoformat()
        parts = [self._text["since"].format(start)] if start else []
        return " ".join([*parts, self._text["until"].format(end)] if end else parts)


def _anchor(name: str, href: str | None) -> Markup:
    return Markup('<a href="{}">{}</a>').format(href, name) if href else escape(name)


def template(name: str) -> str:
    """Return a file of the templates with plain line ends."""
    text = resources.files("tsunagari.viz.atlas").joinpath("templates", name).read_text(encoding="utf-8")
    return text.replace("\r\n", "\n")

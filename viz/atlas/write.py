"""Writing an atlas: the nation, its prefectures, municipalities, platforms and bodies as a folder of pages."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from tsunagari.errors import Message
from tsunagari.viz.atlas.boundaries import Boundaries
from tsunagari.viz.atlas.content import Content, prefecture_code
from tsunagari.viz.atlas.figures import FIGURES, Wave, figures_data, waves
from tsunagari.viz.atlas.folder import Folder
from tsunagari.viz.atlas.pages import Pages, template
from tsunagari.viz.atlas.places import ELSEWHERE, NATION
from tsunagari.viz.atlas.search_index import NAME, SearchIndex
from tsunagari.viz.atlas.words import texts
from tsunagari.viz.look.cells import plain
from tsunagari.viz.look.gap_status import GAP_STATUSES
from tsunagari.viz.look.tiles import TILES, tile_map

if TYPE_CHECKING:
    from tsunagari.graph.knowledge import KnowledgeGraph

GATHERING = Message("アトラスの数を集める", "gathering the figures of the atlas")
WRITING = Message("アトラスの書き込み", "writing the atlas")
Progress = Callable[[str, int, int], None]


def write_atlas(
    kg: KnowledgeGraph,
    folder: Path | str,
    *,
    areas: Sequence[str] | None = None,
    at: date | str | None = None,
    boundaries: Path | str | None = None,
    lang: str = "ja",
    progress: Progress | None = None,
) -> Path:
    """Write the atlas of a graph into a folder: static pages that need no server and load nothing from outside.

    The first page is of the nation; from it lead pages of prefectures, municipalities (with their bodies) and
    platforms. Pages that an earlier atlas left as they would be written now are not touched; those that no longer
    belong to it are removed.

    Parameters
    ----------
    kg
        The graph, such as `KnowledgeGraph.public` gives for everybody.
    folder
        Where to write; empty, missing, or the folder of an earlier atlas.
    areas
        Names or codes of the areas that have pages; None takes the workspace's scope and every body.
    at
        The day; None means the workspace's own.
    boundaries
        A GeoJSON file of the administrative areas of the national land numerical information (N03), for maps in the
        true shapes beside that of tiles.
    lang
        ``"ja"`` or ``"en"``.
    progress
        Called with the stage, pages done and pages in all.

    Returns
    -------
    The first page. A graph without areas gives an atlas that says so.

    Raises
    ------
    OutputError
        The folder cannot be written, or holds files of somebody else.
    UnknownNameError
        An area, the day or the language is not known.
    SourceError
        The boundaries cannot be read.
    """
    target = Folder(Path(folder))
    day = str(at or kg.as_of or "")
    say = progress or (lambda *_: None)
    say(GATHERING.text(lang), 0, 1)
    shapes = Boundaries.read(boundaries) if boundaries is not None else None
    content = Content(kg, lang=lang, at=at, areas=areas)
    found = waves(kg, content.prefecture_of(), day=day, areas=areas, lang=lang)
    pages = Pages(content, title=kg.title, subtitle=_subtitle(day, lang), lang=lang)
    index = _index(content, lang)
    total = 4 + len(content.upper) + len(content.local) + len(content.addresses.platforms)
    target.add(NATION, pages.nation(**_nation(kg, content, found, shapes, lang)))
    for done, (name, text) in enumerate(_rest(content, pages, shapes, lang)):
        target.add(name, text)
        if done % 50 == 0:
            say(WRITING.text(lang), min(done, total), total)
    target.add(NAME, index.script())
    target.add("atlas.css", template("atlas.css") + _status_rules())
    target.add("atlas.js", template("atlas.js"))
    target.finish()
    say(WRITING.text(lang), total, total)
    return target.path / NATION


def _rest(content: Content, pages: Pages, shapes: Boundaries | None, lang: str) -> Iterator[tuple[str, str]]:
    """Yield the pages below the first."""
    for code in content.upper:
        yield from pages.prefecture(code, _local_picture(content, shapes, code, lang))
    for code in content.local:
        yield from pages.municipality(code)
    if ELSEWHERE in content.pages:
        yield from pages.elsewhere()
    for iri in content.addresses.platforms:
        yield pages.platform(iri)


def _nation(
    kg: KnowledgeGraph, content: Content, found: Sequence[Wave], shapes: Boundaries | None, lang: str
) -> dict[str, Any]:
    """Return what the first page shows."""
    figure, now = FIGURES[0], found[-1]
    links = {code: content.addresses.areas[code] for code in content.upper}
    title = figure.label.text(lang)
    pictures = [tile_map(now.values[figure.key], title=title, digits=figure.digits, links=links, lang=lang).svg]
    if shapes is not None:
        pictures.append(
            shapes.picture(list(TILES), now.values[figure.key], title=title, digits=figure.digits, links=links)
        )
    data = figures_data(found, TILES, lang)
    rows = [
        {
            "code": code,
            "name": ja if lang != "en" else en,
            "href": links.get(code),
            "values": [_number(now.values[one.key].get(code), one.digits) for one in FIGURES],
        }
        for code, (ja, en, *_) in TILES.items()
        if code in links
    ]
    heads = [(one.key, one.label.text(lang), one.meaning.text(lang)) for one in FIGURES]
    sources = [
        {str(name): plain(value) for name, value in row.items()} for row in kg.source_table(lang).to_dict("records")
    ]
    return {
        "figures": json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c"),
        "pictures": [Markup(svg) for svg in pictures],  # noqa: S704 -- made here, names escaped
        "table": {"heads": heads, "rows": rows},
        "sources": [row for row in sources if row["records"]],
    }


def _number(value: float | None, digits: int) -> str:
    return "–" if value is None else f"{value:,.{digits}f}"


def _local_picture(content: Content, shapes: Boundaries | None, code: str, lang: str) -> list[Markup]:
    """Return the map of the municipalities of a prefecture: dark is where more of the fields have a local provider."""
    if shapes is None:
        return []
    places = content.local_of(code)
    values = {}
    for place in places:
        statuses = [cell["status"] for cell in content.cells.of(place) if cell["status"] != "withheld"]
        if statuses:
            values[place] = 100 * sum(status in ("multiple", "single") for status in statuses) / len(statuses)
    links = {place: f"../{content.addresses.areas[place]}" for place in places}
    known = [place for place in shapes.codes if prefecture_code(place) == code and place != code]
    figure = FIGURES[0]
    picture = shapes.picture(known, values, title=figure.label.text(lang), digits=figure.digits, links=links)
    return [Markup(picture)]  # noqa: S704 -- made here, names escaped


def _index(content: Content, lang: str) -> SearchIndex:
    """Return the names of everything that has a page."""
    t, index = texts(lang), SearchIndex()
    for code in content.upper:
        ja, en, *_ = TILES[code]
        reading = content.areas.get(code, {}).get("reading")
        index.add(en if lang == "en" else ja, reading, content.addresses.areas[code], "", t["prefecture"], 3)
    for code in content.local:
        area = content.areas.get(code)
        if area is not None:
            index.add(area["name"], area["reading"], content.addresses.areas[code], "", area["prefecture"] or "", 2)
    for iri, page in content.addresses.platforms.items():
        row = content.platforms[iri]
        index.add(row["platform"], row["reading"], page, "", row["class_label"] or "", 1)
    for iri, (page, anchor) in content.addresses.bodies.items():
        row = content.bodies[iri]
        where = " ".join(dict.fromkeys(filter(None, (row["prefecture"], row["municipality"]))))
        index.add(row["name"], row["reading"], page, anchor, where, 0)
    return index


def _status_rules() -> str:
    """Return the colours of the statuses, which the palette of all pages has."""
    return "".join(
        f".sign.{key} {{ background: {one.fill}; color: {one.ink}; }}\n" for key, one in GAP_STATUSES.items()
    )


def _subtitle(day: str, lang: str) -> str:
    t = texts(lang)
    return t["as_of"].format(day) if day else t["every_time"]

"""A paper as one HTML file: it loads nothing, runs nothing, and every number is a link to its rows."""

from __future__ import annotations

import base64
import hashlib
import sys
from collections.abc import Iterator, Mapping
from importlib import resources

from jinja2 import Environment
from markupsafe import Markup

from tsunagari.viz.look.palette import STATUSES
from tsunagari.viz.look.printable import printable
from tsunagari.viz.look.tiles import tile_map
from tsunagari.viz.paper import words
from tsunagari.viz.paper.cells import rows_of
from tsunagari.viz.paper.paper import Paper, Table

MOST_ROWS = 5_000
EVERY = (0, sys.maxsize)


def html_page(paper: Paper) -> str:
    """Return a paper as an HTML page.

    Its policy forbids the browser to load or run anything; a value from a source is text wherever it stands. Page one
    and the lists print on A4.

    Parameters
    ----------
    paper
        What it says.
    """
    style = _file("page.css") + _status_style()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    environment = Environment(autoescape=True)
    environment.filters["clean"] = printable
    signs = {style.sign.ja: key for key, style in STATUSES.items()}
    tiles = tile_map(paper.tiles, lang=paper.lang).svg if paper.tiles else ""
    return environment.from_string(
        _file("page.html")
    ).render(
        paper=paper,
        words=words,
        day=words.as_of(paper.day, paper.lang),
        sources=words.sources_text(paper.sources, paper.lang),
        picture=base64.b64encode(paper.picture.png).decode() if paper.picture else "",
        policy=f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'",
        style=Markup(style),  # noqa: S704 -- our own file
        tiles=Markup(tiles),  # noqa: S704 -- made here, texts escaped
        most=max((count.number for _, count, _ in paper.statuses), default=0) or 1,
        most_rows=MOST_ROWS,
        front_rows=lambda table: _rows(table, paper.front_spans if table.key == "front-gaps" else {}, paper.lang),
        marked_rows=lambda listing: _rows(listing, {listing.key: EVERY, **listing.spans}, paper.lang),
        sign=lambda cell: signs.get(cell[:1], ""),
    )


def _rows(table: Table, spans: Mapping[str, tuple[int, int]], lang: str) -> Iterator[tuple[str, list[str], list[str]]]:
    """Yield of each row what counts it, which counts begin here, and its cells."""
    for number, cells in enumerate(rows_of(table, lang, MOST_ROWS)):
        inside = [key for key, (first, after) in spans.items() if first <= number < after]
        yield " ".join(inside), [key for key in inside if spans[key][0] == number and key != table.key], cells


def _status_style() -> str:
    return "".join(
        f".s-{key} {{ background: {style.colour}; color: {style.ink}; }}\n.b-{key} {{ fill: {style.colour}; "
        "stroke: #808080; stroke-width: .5; }\n"
        for key, style in STATUSES.items()
    )


def _file(name: str) -> str:
    return resources.files("tsunagari.viz.paper").joinpath(name).read_text(encoding="utf-8")

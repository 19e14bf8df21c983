"""The map: one HTML file to explore the network, the gaps and the brokers without any network connection."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from tsunagari.graph.store import write_output
from tsunagari.loaders.files import collector_paused
from tsunagari.viz.map.labels import TEXT, texts
from tsunagari.viz.map.layout import lay_out
from tsunagari.viz.map.network import map_network
from tsunagari.viz.map.page import render_page
from tsunagari.viz.map.payload import page_data

if TYPE_CHECKING:
    from tsunagari.graph.knowledge import KnowledgeGraph


def write_map(
    kg: KnowledgeGraph, path: Path | str, *, lang: str = "ja", at: date | str | None = None, top: int | None = None
) -> Path:
    """Write the map of `kg` to one HTML file that loads nothing and needs no connection.

    Parameters
    ----------
    kg
        The graph; one that holds nothing gives a page that says so.
    path
        File to write; its folder is made when missing.
    lang
        ``"ja"`` or ``"en"``.
    at
        Date the network is shown for; None means the workspace's own.
    top
        The first so many rows of the tables of gaps and brokers; None means all.

    Returns
    -------
    The path written.

    Raises
    ------
    OutputError
        The file cannot be written.
    """
    day = str(at or kg.as_of or "")
    with collector_paused():  # what is collected here is kept to the end, and looked through again and again
        drawn, days = map_network(kg, at=at, day=day, lang=lang)
        data = page_data(kg, drawn, lay_out(drawn), days=days, lang=lang, at=at, day=day, top=top)
        html = render_page(
            data,
            lang=data["meta"]["lang"],
            title=kg.title,
            subtitle=_subtitle(day, len(data["sources"]), lang),
            tables=list(data["tables"]),
            text=texts(lang),
        )
    return write_output(path, html.encode("utf-8"))


def _subtitle(day: str, sources: int, lang: str) -> str:
    """Return the line under the title; without a date (every time taken together) it names none."""
    parts = {
        "ja": [TEXT["as_of"].ja.format(_long_date(day)) if day else "", f"出典 {sources} 件", "通信なしで動きます"],
        "en": [TEXT["as_of"].en.format(day) if day else "", f"{sources} sources", "works offline, loads nothing"],
    }["en" if lang == "en" else "ja"]
    return "　·　".join(part for part in parts if part)


def _long_date(day: str) -> str:
    year, month, number = (int(part) for part in day[:10].split("-"))
    return f"{year}年{month}月{number}日"

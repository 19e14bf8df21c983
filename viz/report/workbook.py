"""The Excel report: what a secretariat prints, filters and hands on."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tsunagari.graph.store import write_output
from tsunagari.viz.excel.cells import LINE, make_formats, new_workbook
from tsunagari.viz.look.gap_status import GAP_STATUSES
from tsunagari.viz.paper import find, paper_of
from tsunagari.viz.report.book import Report
from tsunagari.viz.report.overview import begin_overview, write_overview
from tsunagari.viz.report.sheets import SHEETS
from tsunagari.viz.report.waves import waves_until

if TYPE_CHECKING:
    from tsunagari.graph.knowledge import KnowledgeGraph


def write_workbook(
    kg: KnowledgeGraph,
    path: Path | str,
    *,
    lang: str = "ja",
    at: date | str | None = None,
    since: date | str | None = None,
    top: int | None = None,
    brief: bool = False,
) -> Path:
    """Write the report on a graph as an Excel workbook.

    The same graph gives the same bytes. A value that begins like a formula is written as text and marked so that it
    stays text; nothing in the workbook links outside it.

    Parameters
    ----------
    kg
        The graph to report on.
    path
        The file to make or replace.
    lang
        ``"ja"`` or ``"en"``.
    at
        Day the report is for; None takes the graph's own.
    since
        An earlier day; with it there is a sheet of what changed since.
    top
        The first so many rows of each list that ranks; None for all.
    brief
        Whether the first sheet is all.

    Returns
    -------
    The path.

    Raises
    ------
    OutputError
        The file cannot be written.
    """
    day = at if at is not None else kg.as_of
    shown = str(day) if day is not None else ""
    buffer = io.BytesIO()
    book = new_workbook(buffer, title=kg.title, day=shown)
    found = find(kg, lang=lang, at=at)
    report = Report(
        book,
        lang,
        kg.title,
        shown,
        _formats(book),
        gaps=found.gaps,
        found=found,
        paper=paper_of(kg, found, lang=lang, at=at, top=top, brief=brief, pictured=True),
        since=since,
        top=top,
        waves=None if brief else waves_until(kg, shown, lang),
        contents=(),
    )
    front = begin_overview(report)
    if not brief:
        for name, write_sheet in SHEETS.items():
            if write_sheet(report, kg, at) is not False:
                report.contents = (*report.contents, name)
    write_overview(report, front)
    book.close()
    return write_output(path, buffer.getvalue())


def _formats(book: Any) -> dict[str, Any]:
    """Return the usual formats and those of the statuses."""
    formats = make_formats(book)
    for key, status in GAP_STATUSES.items():
        look = {"bg_color": status.fill, "font_color": status.ink}
        cell = {"valign": "top", "border": 1, "border_color": LINE, "align": "center"}
        formats[f"status {key}"] = book.add_format(look)
        formats[f"legend {key}"] = book.add_format({**cell, **look})
    return formats

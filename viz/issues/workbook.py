"""The load report as an Excel workbook: the kinds of issue, every issue, and the user's own tables with marks."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tsunagari.graph.store import write_output
from tsunagari.viz.excel.cells import make_formats, new_workbook
from tsunagari.viz.issues.answers_sheet import write_answers
from tsunagari.viz.issues.book import ANSWERS, FILES, ISSUES, KINDS, IssueBook
from tsunagari.viz.issues.own_tables import IssueRow, own_tables
from tsunagari.viz.issues.sheets import write_files, write_issues, write_kinds
from tsunagari.viz.issues.table_sheet import write_table_sheet
from tsunagari.viz.look.headings import SEVERITIES

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = (
    "severity",
    "code",
    "file",
    "sheet",
    "row",
    "column",
    "value",
    "message",
    "hint",
    "candidates",
    "count",
    "of",
)
FILLS = {"error": "#F6B9A8", "warning": "#FFE699", "notice": "#D6E4F0"}


def write_issue_workbook(
    issues: pd.DataFrame,
    path: Path | str,
    *,
    folder: Path,
    title: str,
    day: str = "",
    files: Sequence[str] = (),
    changed: Sequence[str] = (),
    lang: str = "ja",
) -> Path:
    """Write what a load found as an Excel workbook.

    Its sheets: the kinds of issue, all issues, the values to correct (`tsunagari fix` takes the workbook with answers
    filled in), the files, and each table that has issues as it stands in the user's file, with the cells marked and a
    column beside the name that says what to do. Texts stay texts whatever they begin with.

    Parameters
    ----------
    issues
        One row an issue: severity, code, file, sheet, row, column, value, message, hint.
    path
        The file to make or replace.
    folder
        The workspace, where the files are read once more.
    title, day
        Name of the workspace, and the day it is for.
    files
        The files of the workspace, also those without an issue.
    changed
        Files that have changed since they were read, whose rows may have moved.
    lang
        ``"ja"`` or ``"en"``.

    Returns
    -------
    The path.

    Raises
    ------
    OutputError
        The file cannot be written.
    """
    rows = _plain_rows(issues)
    rows.sort(key=lambda issue: list(SEVERITIES).index(issue["severity"]))
    buffer = io.BytesIO()
    book = new_workbook(buffer, title=title, day=day)
    report = IssueBook(
        book,
        lang,
        title,
        day,
        _formats(book),
        issues=rows,
        tables=own_tables(folder, rows, taken=[name.text(lang) for name in (KINDS, ISSUES, ANSWERS, FILES)]),
        files=list(dict.fromkeys([*files, *(row["file"] for row in rows if row["file"])])),
        changed=changed,
    )
    write_kinds(report)
    write_issues(report)
    write_answers(report)
    write_files(report)
    for table in report.tables:
        write_table_sheet(report, table)
    book.close()
    return write_output(path, buffer.getvalue())


def _plain_rows(issues: pd.DataFrame) -> list[IssueRow]:
    """Return the issues as dicts in which what is missing is None and rows are whole numbers."""
    held = issues.reindex(columns=list(COLUMNS)).astype(object)
    held = held.where(held.notna(), None)
    rows = [dict(zip(COLUMNS, values, strict=True)) for values in held.itertuples(index=False, name=None)]
    return [{**row, **{name: int(row[name]) for name in ("row", "count") if row[name] is not None}} for row in rows]


def _formats(book: Any) -> dict[str, Any]:
    """Return the usual formats and those of severities, one as it is and one for text that looks like a formula."""
    formats = make_formats(book)
    cell = {"valign": "top", "border": 1, "border_color": "#D0D7DA"}
    looks: dict[str, dict[str, Any]] = {
        "note": {"font_color": "#404040"},
        "own": cell,
        "own head": {**cell, "bold": True, "bg_color": "#E8F0F2"},
        "advice": {**cell, "text_wrap": True},
        "answer": {**cell, "bg_color": "#FFFBE6", "text_wrap": True},
        "place": {"valign": "top", "border": 1, "border_color": "#B8C7CC", "font_color": "#0563C1", "underline": 1},
    }
    for severity, fill in FILLS.items():
        looks[severity] = {**cell, "bg_color": fill}
        looks[f"{severity} advice"] = {**cell, "bg_color": fill, "text_wrap": True}
    for name, look in looks.items():
        formats[name] = book.add_format(look)
        formats[f"{name} fixed"] = book.add_format({**look, "quote_prefix": True})
    return formats

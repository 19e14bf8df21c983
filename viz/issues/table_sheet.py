"""A table of the user in the load report: as it stands, its cells marked, and beside each name what to do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from tsunagari.errors import Message
from tsunagari.spreadsheets import is_formula
from tsunagari.viz.excel.cells import LINE_HEIGHT, cell_text, lines_needed
from tsunagari.viz.issues.book import ADVICE, IssueBook
from tsunagari.viz.issues.own_tables import CONTEXT, IssueRow, OwnTable
from tsunagari.viz.look.headings import SEVERITIES
from tsunagari.viz.look.wrapping import display_width

MOST_NOTES = 5_000
"""Cells of a sheet that get a note to open; the others are coloured and have the advice beside the name."""
LONGEST_NOTE = 2_000
MOST_FROZEN = 8
ADVICE_WIDTH = 46.0
WIDEST, NAME_WIDEST = 32.0, 24.0
PARTLY_SHOWN = Message(
    f"長い表なので、問題のある行とその前後 {CONTEXT} 行だけを示します。「直し方」の数字が元の行です。",
    f"The table is long: only rows with issues and {CONTEXT} around them are shown; the number before the advice is the"
    " original row.",
)


def write_table_sheet(report: IssueBook, table: OwnTable) -> None:
    """Write a table of the user as it stands, its cells marked, with the advice on each row beside its name."""
    sheet = report.book.add_worksheet(table.name)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.hide_gridlines(2)
    sheet.set_header(f"&L&8 {table.file.replace('&', '&&')[:200]}")
    sheet.set_tab_color("#C0504D" if any(issue["severity"] == "error" for issue in table.issues) else "#E0B040")
    if not table.whole:
        sheet.write_string(0, 0, report.words(PARTLY_SHOWN), report.formats["note"])
    marks, advice = _marks(report, table)
    heads = table.line(table.header)
    for place, (number, cells) in enumerate(table.rows):
        line = table.top + place
        usual = "note" if line < heads else "own head" if line == heads else "own"
        _write_own_row(report, sheet, table, (line, cells[: table.width]), marks, usual)
        texts = advice.get(line, [])
        if line == heads:
            _write_advice_head(report, sheet, (line, table.advice), texts)
        elif texts or not table.whole:
            _write_advice(report, sheet, (line, table.advice), texts, "" if table.whole else f"{number}: ")
    for cell in list(marks)[:MOST_NOTES]:
        _write_note(report, sheet, cell, marks[cell])
    _set_columns(sheet, table, heads)


def _marks(
    report: IssueBook, table: OwnTable
) -> tuple[dict[tuple[int, int], list[IssueRow]], dict[int, list[tuple[str, str]]]]:
    """Return the issues of each cell, and severity and text of the advice in each line, the most serious first."""
    marks: dict[tuple[int, int], list[IssueRow]] = {}
    advice: dict[int, list[tuple[str, str]]] = {}
    for issue in table.issues:
        line, column = table.cell(issue)
        if column != table.advice:
            marks.setdefault((line, column), []).append(issue)
        about = f"{issue['column']}: " if issue["column"] else ""
        level = report.words(SEVERITIES[issue["severity"]])
        text = f"【{level}】{about}{issue['message']} → {issue['hint']}"
        advice.setdefault(line, []).append((issue["severity"], text))
    return marks, advice


def _write_own_row(
    report: IssueBook,
    sheet: Any,
    table: OwnTable,
    row: tuple[int, list[str]],
    marks: Mapping[tuple[int, int], list[IssueRow]],
    usual: str,
) -> None:
    line, cells = row
    for place, cell in enumerate(cells):
        position = table.shown(place)
        found = marks.get((line, position), [])
        style = found[0]["severity"] if found else usual
        text = cell_text(cell, report.lang)
        if text:
            name = f"{style} fixed" if is_formula(text) else style
            sheet.write_string(line, position, text, report.formats[name])
        elif found or (any(cells) and usual != "note"):
            sheet.write_blank(line, position, None, report.formats[style])


def _write_note(report: IssueBook, sheet: Any, place: tuple[int, int], found: list[IssueRow]) -> None:
    lines = [f"{report.words(SEVERITIES[issue['severity']])}：{issue['message']}\n{issue['hint']}" for issue in found]
    _add_note(sheet, place, "\n".join(lines))


def _add_note(sheet: Any, place: tuple[int, int], text: str) -> None:
    height = min(30 + 18 * sum(1 + display_width(line) // 44 for line in text.split("\n")), 400)
    look = {"author": "Tsunagari", "width": 300, "height": height, "font_size": 9}
    sheet.write_comment(*place, text[:LONGEST_NOTE], look)


def _write_advice_head(report: IssueBook, sheet: Any, place: tuple[int, int], texts: list[tuple[str, str]]) -> None:
    """Write the heading of the advice; what is to say of the header itself is its note."""
    sheet.write_string(*place, report.words(ADVICE), report.formats["head"])
    if texts:
        _add_note(sheet, place, "\n".join(text for _, text in texts))


def _write_advice(
    report: IssueBook, sheet: Any, place: tuple[int, int], texts: list[tuple[str, str]], number: str
) -> None:
    severity = texts[0][0] if texts else ""
    shown = cell_text(number + "\n".join(text for _, text in texts), report.lang)
    sheet.write_string(*place, shown, report.formats[f"{severity} advice" if severity else "advice"])
    lines = sum(lines_needed([line], [ADVICE_WIDTH]) for line in shown.split("\n"))
    sheet.set_row(place[0], min(LINE_HEIGHT * lines + 3, 400))


def _set_columns(sheet: Any, table: OwnTable, heads: int) -> None:
    """Fit the widths, freeze the header and let every column be filtered."""
    # titles and notes stand alone in their row and make no column wider
    sample = [cells for number, cells in table.rows[:500] if number >= table.header and sum(map(bool, cells)) > 1]
    for position in range(table.width):
        widest = max((display_width(cells[position]) for cells in sample if position < len(cells)), default=0)
        most = NAME_WIDEST if position < table.advice else WIDEST
        sheet.set_column(table.shown(position), table.shown(position), min(max(6, 1.1 * widest + 2), most))
    sheet.set_column(table.advice, table.advice, ADVICE_WIDTH)
    last = max(table.top + len(table.rows) - 1, heads)
    sheet.autofilter(heads, 0, last, table.width)
    if heads < MOST_FROZEN:
        sheet.freeze_panes(heads + 1, table.advice + 1)
    sheet.ignore_errors({"number_stored_as_text": f"A1:{xl_rowcol_to_cell(last, table.width)}"})

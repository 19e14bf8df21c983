"""The first sheet of the Excel report, which stands alone: conclusion, figure, main gaps and brokers, sources."""

from __future__ import annotations

from typing import Any, TypeAlias

from tsunagari.errors import Message
from tsunagari.graph.wording import ColumnEntry
from tsunagari.viz.excel.cells import LINE_HEIGHT, add_sheet, lines_needed, write_cell
from tsunagari.viz.look.gap_status import GAP_STATUSES
from tsunagari.viz.look.wrapping import wrap_text
from tsunagari.viz.paper import Count, Sentence, Table
from tsunagari.viz.paper.cells import paper_cell
from tsunagari.viz.paper.paper import plain
from tsunagari.viz.paper.words import CAUTIONS, CONCLUSION, FIGURE, NONE, SOURCES, as_of, sources_text
from tsunagari.viz.report.book import Report, colour_statuses
from tsunagari.viz.report.words import OVERVIEW

WIDTHS = (15, 17, 15, 15, 15, 15, 15, 15)
"""Of the columns: A4 upright, so that page one is a page as a council has it."""
LAST = len(WIDTHS) - 1
ROOM = 124
"""Characters of a line across the sheet."""
SPANS = {
    "front-gaps": (1, 1, 1, 3, 2),
    "one-gaps": (1, 1, 2, 2, 2),
    "front-brokers": (1, 3, 1, 1, 1, 1),
}
"""How many columns of the sheet each column of a table takes."""
Counted: TypeAlias = list[tuple[int, int, Count]]
"""Row and column of each number, and what it counts."""
SHEETS_HERE = Message("この報告書のシート", "The sheets")
ROWS = Message("数えた行へ", "The rows counted")
TOTAL = Message("合計", "Total")


def begin_overview(report: Report) -> Any:
    """Add the first sheet; it is filled when the places of the lists behind it are known."""
    sheet, _ = add_sheet(report, OVERVIEW)
    sheet.set_first_sheet()
    sheet.activate()
    sheet.set_portrait()
    sheet.fit_to_pages(1, 1)
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    return sheet


def write_overview(report: Report, sheet: Any) -> None:
    """Write what stands alone: what this is, the conclusion, the figure, the main gaps and brokers, and the sources."""
    paper = report.paper
    sheet.write_string(0, 0, paper.title, report.formats["title"])
    sheet.write_string(1, 0, f"{as_of(paper.day, report.lang)}　{paper.scope}", report.formats["note"])
    row = _section(report, sheet, 3, CONCLUSION.text(report.lang))
    counted: Counted = []
    for number, sentence in enumerate(filter(None, paper.conclusion), start=1):
        row = _write_sentence(report, sheet, row, number, sentence, counted)
    row = _write_statuses(report, sheet, _section(report, sheet, row + 1, FIGURE.text(report.lang)), counted)
    for table in paper.front:
        row = _write_front(report, sheet, _section(report, sheet, row + 1, table.title), table)
    row = _section(report, sheet, row + 1, CAUTIONS.text(report.lang))
    for paragraph in paper.cautions:
        row = _write_lines(report, sheet, row, paragraph, "・", "　")
    told = f"{SOURCES.text(report.lang)}: {sources_text(paper.sources, report.lang)}"
    row = _write_lines(report, sheet, row + 1, f"{told}{paper.source_count}", "", "")
    _write_links(report, sheet, row, (paper.source_count,), counted)
    for place, column, count in counted:  # the rows are known now, also those of this sheet
        _write_count(report, sheet, place, column, count)
    if report.contents:
        row = _section(report, sheet, row + 2, SHEETS_HERE.text(report.lang))
        for place, name in enumerate(report.contents):
            word = report.words(name)
            at = row + place // len(WIDTHS), place % len(WIDTHS)
            sheet.write_url(*at, f"internal:'{word}'!A1", report.formats["link"], word)


def _write_sentence(report: Report, sheet: Any, row: int, number: int, sentence: Sentence, counted: Counted) -> int:
    """Write a sentence; below it stand its numbers, each a link to its rows."""
    row = _write_lines(report, sheet, row, plain(sentence), f"{number}. ", "　 ")
    return _write_links(report, sheet, row, tuple(piece for piece in sentence if isinstance(piece, Count)), counted)


def _write_links(report: Report, sheet: Any, row: int, counts: tuple[Count, ...], counted: Counted) -> int:
    linked = [count for count in counts if report.opens(count)]
    if not linked:
        return row
    sheet.write_string(row, 1, f"{ROWS.text(report.lang)} →", report.formats["note"])
    counted += [(row, column, count) for column, count in enumerate(linked[: LAST - 1], start=2)]
    return row + 1


def _write_count(report: Report, sheet: Any, row: int, column: int, count: Count) -> None:
    """Write a number that opens its rows; a plain number where they are not in the workbook."""
    address = report.address(count)
    if address is None:
        sheet.write_number(row, column, count.number, report.formats["number"])
        return
    sheet.write_url(row, column, address, report.formats["count"], str(count.number))
    sheet.write_number(row, column, count.number, report.formats["count"])


def _write_statuses(report: Report, sheet: Any, row: int, counted: Counted) -> int:
    """Write the number of every status, zeros included, with its chart beside it."""
    first = row
    for label, count, _ in report.paper.statuses:
        sheet.write_string(row, 0, label, report.formats["text"])
        counted.append((row, 1, count))
        row += 1
    colour_statuses(report, sheet, (first, 0), (row - 1, 0))
    every = Count(len(report.paper.lists[0].frame), "gaps")
    sheet.write_string(row, 0, report.words(TOTAL), report.formats["strong"])
    counted.append((row, 1, every))
    if every.number:
        _insert_chart(report, sheet, first, row - 1)
    return row + 4


def _insert_chart(report: Report, sheet: Any, first: int, last: int) -> None:
    chart = report.book.add_chart({"type": "bar"})
    name = report.words(OVERVIEW)
    fills = [GAP_STATUSES[key].fill for _, _, key in report.paper.statuses]
    chart.add_series(
        {
            "categories": [name, first, 0, last, 0],
            "values": [name, first, 1, last, 1],
            "points": [{"fill": {"color": fill}, "border": {"color": "#808080"}} for fill in fills],
            "data_labels": {"value": True},
            "gap": 40,
        }
    )
    chart.set_title({"none": True})
    chart.set_legend({"none": True})
    chart.set_y_axis({"reverse": True, "line": {"none": True}})
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
    chart.set_size({"width": 620, "height": 178})
    sheet.insert_chart(first, 2, chart, {"description": FIGURE.text(report.lang), "x_offset": 12})


def _write_front(report: Report, sheet: Any, row: int, table: Table) -> int:
    """Write a table of page one over the columns of the sheet, as tall as its texts."""
    if table.frame.empty:
        sheet.write_string(row, 0, NONE.text(report.lang), report.formats["note"])
        return row + 1
    is_one = table.key == "front-gaps" and report.paper.is_one
    spans = SPANS["one-gaps" if is_one else table.key]
    used = list(zip(table.columns, spans, strict=False))
    heads = [(report.words(column.label), span, "head") for column, span in used]
    row = _write_spans(report, sheet, row, heads)
    named = 1 if is_one else 2
    first = row
    if table.key == "front-gaps" and report.paper.is_brief:  # of a page alone this table is the list
        report.places["gaps"] = (report.words(OVERVIEW), first, sum(span for _, span in used))
    for values in table.frame[[column.name for column, _ in used]].itertuples(index=False, name=None):
        cells = [
            (paper_cell(value, column, report.lang, named), span, _style(column))
            for value, (column, span) in zip(values, used, strict=True)
        ]
        row = _write_spans(report, sheet, row, cells)
    marks = [place for place, (column, _) in enumerate(used) if column.name == "status_mark"]
    for place in marks:
        column = sum(spans[:place])
        colour_statuses(report, sheet, (first, column), (row - 1, column))
    return row


def _style(column: ColumnEntry) -> str:
    return "centre" if column.style in ("number", "ratio", "percent", "centre") else "small"


def _write_spans(report: Report, sheet: Any, row: int, cells: list[tuple[str, int, str]]) -> int:
    """Write texts over so many columns each, and make the row as tall as they need."""
    column = 0
    for text, span, style in cells:
        write_cell(report, sheet, row, column, text, style)
        if span > 1:
            sheet.merge_range(row, column, row, column + span - 1, "", report.formats[style])
            write_cell(report, sheet, row, column, text or " ", style)
        column += span
    widths = [15.0 * span for _, span, _ in cells]
    sheet.set_row(row, LINE_HEIGHT * lines_needed([text for text, _, _ in cells], widths) + 2)
    return row + 1


def _write_lines(report: Report, sheet: Any, row: int, text: str, first: str, rest: str) -> int:
    for line in wrap_text(text, ROOM, first=first, rest=rest).split("\n"):
        sheet.write_string(row, 0, line, report.formats["note"])
        row += 1
    return row


def _section(report: Report, sheet: Any, row: int, title: str) -> int:
    sheet.write_string(row, 0, title, report.formats["section"])
    for column in range(1, LAST + 1):
        sheet.write_blank(row, column, None, report.formats["section"])
    return row + 1

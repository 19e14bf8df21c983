"""The first sheet of the Excel report: what it is, how many of what, the picture, the most serious gaps."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, TypeAlias

from tsunagari.errors import Message
from tsunagari.viz.excel.cells import add_sheet, as_of_words, cell_text, write_cell
from tsunagari.viz.look.gap_status import statuses_of
from tsunagari.viz.look.wrapping import wrap_text
from tsunagari.viz.report.book import Report, colour_statuses
from tsunagari.viz.report.method import CAUTIONS
from tsunagari.viz.report.prospects import first_candidates
from tsunagari.viz.report.words import OVERVIEW

if TYPE_CHECKING:
    import pandas as pd

    from tsunagari.graph.knowledge import KnowledgeGraph

At: TypeAlias = date | str | None
SERIOUS_GAPS = 6


def write_overview(report: Report, kg: KnowledgeGraph, _at: At) -> None:
    """Write what this is, how many of what, the picture of the statuses and the most serious gaps."""
    sheet, _ = add_sheet(report, OVERVIEW)
    sheet.set_first_sheet()
    sheet.fit_to_pages(1, 1)
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 12)
    sheet.set_column(2, 2, 4)
    sheet.set_column(3, 9, 12)
    sheet.write_string(0, 0, report.title, report.formats["title"])
    sheet.write_string(1, 0, report.words(as_of_words(report.as_of)), report.formats["note"])
    gaps = report.gaps
    statuses_end = _write_statuses(report, sheet, 3, gaps)
    row = _write_counts(
        report, sheet, statuses_end + 2, Message("数えたもの", "What there is"), kg.summary(lang=report.lang)
    )
    row = _write_contents(report, sheet, row + 1)
    _write_serious(report, sheet, 20, gaps)
    sheet.activate()


def _write_statuses(report: Report, sheet: Any, row: int, gaps: pd.DataFrame) -> int:
    """Write the count of every status, zeros included, with its chart beside it."""
    _section(report, sheet, row, 0, 1, Message("市区町村×分野の状況", "Municipality × field by status"))
    counts = gaps["status"].value_counts()
    statuses = statuses_of(gaps["status"])
    for offset, (key, status) in enumerate(statuses.items(), start=1):
        label = f"{status.symbol} {report.words(status.label)}"
        sheet.write_string(row + offset, 0, label, report.formats["text"])
        sheet.write_number(row + offset, 1, int(counts.get(key, 0)), report.formats["number"])
    last = row + len(statuses)
    colour_statuses(report, sheet, (row + 1, 0), (last, 0))
    sheet.write_string(last + 1, 0, report.words(Message("合計", "Total")), report.formats["strong"])
    sheet.write_number(last + 1, 1, len(gaps), report.formats["number"])
    _insert_chart(report, sheet, row, last)
    return last + 1


def _insert_chart(report: Report, sheet: Any, row: int, last: int) -> None:
    chart = report.book.add_chart({"type": "bar"})
    name = report.words(OVERVIEW)
    chart.add_series(
        {
            "categories": [name, row + 1, 0, last, 0],
            "values": [name, row + 1, 1, last, 1],
            "points": [
                {"fill": {"color": status.fill}, "border": {"color": "#808080"}}
                for status in statuses_of(report.gaps["status"]).values()
            ],
            "data_labels": {"value": True},
            "gap": 40,
        }
    )
    title = report.words(Message("状況ごとの市区町村×分野の数", "Cells by status"))
    chart.set_title({"name": title, "name_font": {"size": 11, "bold": True}, "overlay": False})
    chart.set_legend({"none": True})
    chart.set_y_axis({"reverse": True, "line": {"none": True}})
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
    chart.set_size({"width": 620, "height": 290})
    sheet.insert_chart(row, 3, chart, {"description": title})


def _write_counts(report: Report, sheet: Any, row: int, title: Message, counts: pd.DataFrame) -> int:
    _section(report, sheet, row, 0, 1, title)
    for what, count in counts[["what", "count"]].itertuples(index=False, name=None):
        row += 1
        write_cell(report, sheet, row, 0, what)
        write_cell(report, sheet, row, 1, count, "number")
    return row + 1


def _write_contents(report: Report, sheet: Any, row: int) -> int:
    _section(report, sheet, row, 0, 1, Message("この報告書のシート", "The sheets"))
    for name in report.contents:
        row += 1
        word = report.words(name)
        sheet.write_url(row, 0, f"internal:'{word}'!A1", report.formats["link"], word)
    return row


def _write_serious(report: Report, sheet: Any, row: int, gaps: pd.DataFrame) -> None:
    """Write the first gaps in words and how not to read them."""
    open_gaps = gaps[~gaps["status"].isin(["multiple", "single", "withheld"])].head(SERIOUS_GAPS)
    _section(report, sheet, row, 3, 9, Message("深刻な空白（上から）", "Most serious gaps"))
    asked = first_candidates(report)
    for sentence, *cell in open_gaps[["sentence", "area_code", "field_id"]].itertuples(index=False):
        text = cell_text(sentence, report.lang) + asked.get(tuple(cell), "")
        for line in wrap_text(text, 92, first="・", rest="　").split("\n"):
            row += 1
            sheet.write_string(row, 3, line, report.formats["note"])
    row += 2
    _section(report, sheet, row, 3, 9, Message("読むときの注意", "How not to read this"))
    for paragraph in CAUTIONS:
        for line in wrap_text(report.words(paragraph), 92, first="・", rest="　").split("\n"):
            row += 1
            sheet.write_string(row, 3, line, report.formats["note"])


def _section(report: Report, sheet: Any, row: int, first: int, last: int, title: Message) -> None:
    sheet.write_string(row, first, report.words(title), report.formats["section"])
    for column in range(first + 1, last + 1):
        sheet.write_blank(row, column, None, report.formats["section"])

"""Excel workbooks: how sheets, tables and cells of ours look, and how values become cells that stay what they are."""

from __future__ import annotations

import io
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any

from tsunagari.errors import Message
from tsunagari.graph.wording import ColumnEntry, joined, mark_of
from tsunagari.spreadsheets import is_formula
from tsunagari.viz.excel.table_sheet import Cell, TableWorkbook
from tsunagari.viz.look.printable import shortened
from tsunagari.viz.look.wrapping import display_width, wrap_text

if TYPE_CHECKING:
    import pandas as pd

FONT = "Yu Gothic"  # on every Windows since 8.1; other systems take their own Japanese font
ACCENT, PALE, LINE = "#1F4E5F", "#E8F0F2", "#B8C7CC"
LONGEST_CELL = 32_000  # Excel refuses more than 32,767 characters
A4 = 9
FIRST_DAY = "1980-01-01"
LINE_HEIGHT = 13.5  # points
FROZEN_COLUMNS = 2
NAMED, SHOWN, LONGEST_NAME = 3, 2, 60
"""Of more names the first so many stand in a cell, each of so many characters; all of them beside what is printed."""
ALL_OF = Message("{}（すべて）", "{} (all)")


@dataclass(slots=True)
class Book:
    """A workbook in the making.

    Parameters
    ----------
    book
        The file.
    lang
        Language of its words.
    title, as_of
        What it is about; an empty day means every time.
    formats
        How cells may look.
    """

    book: Any
    lang: str
    title: str
    as_of: str
    formats: dict[str, Any] = field(default_factory=dict)

    def words(self, text: Message) -> str:
        """Return `text` in the language of the workbook."""
        return text.text(self.lang)


def new_workbook(buffer: io.BytesIO, *, title: str, day: str) -> Any:
    """Return an empty workbook that is written to `buffer` when it is closed.

    Texts never become formulas, links or numbers. Its date is `day` and not that of the clock, so that the same content
    gives the same bytes.
    """
    book = TableWorkbook(
        buffer,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "default_format_properties": {"font_name": FONT, "font_size": 10},
        },
    )
    created = datetime.fromisoformat(f"{day or FIRST_DAY}T00:00:00")
    book.set_properties({"title": title, "author": "Tsunagari", "created": created})
    return book


def make_formats(book: Any) -> dict[str, Any]:
    """Return how cells may look, by name."""
    cell = {"valign": "top", "border": 1, "border_color": LINE}
    styles: dict[str, Mapping[str, Any]] = {
        "title": {"bold": True, "font_size": 16, "font_color": ACCENT},
        "note": {"font_color": "#404040"},
        "section": {"bold": True, "font_size": 12, "font_color": ACCENT, "bottom": 2, "bottom_color": ACCENT},
        "head": {"bold": True, "font_color": "#FFFFFF", "bg_color": ACCENT, "text_wrap": True, "valign": "vcenter"}
        | {"border": 1, "border_color": LINE},
        "upright": {"bold": True, "font_color": "#FFFFFF", "bg_color": ACCENT, "rotation": 270, "align": "center"}
        | {"valign": "top", "border": 1, "border_color": LINE},
        "slanted": {"bold": True, "font_color": "#FFFFFF", "bg_color": ACCENT, "rotation": 90, "align": "center"}
        | {"border": 1, "border_color": LINE},
        "text": {**cell, "text_wrap": True},
        "line": {"valign": "top"},
        "count": {**cell, "num_format": "#,##0_ ", "font_color": "#0563C1", "underline": 1},
        "opening": {**cell, "text_wrap": True, "font_color": "#0563C1"},
        "small": {**cell, "text_wrap": True, "font_size": 9},
        "fixed": {**cell, "text_wrap": True, "quote_prefix": True},
        "strong": {**cell, "text_wrap": True, "bold": True, "bg_color": PALE},
        "number": {**cell, "num_format": "#,##0_ "},
        "ratio": {**cell, "num_format": "0.000_ "},
        "percent": {**cell, "num_format": "0.0%_ "},
        "centre": {**cell, "align": "center", "text_wrap": True},
        "link": {"font_color": "#0563C1", "underline": 1, **cell},
    }
    return {name: book.add_format(dict(style)) for name, style in styles.items()}


def add_sheet(report: Book, name: Message, *, purpose: Message | None = None, width: int = 120) -> tuple[Any, int]:
    """Add a sheet set up for A4 landscape, with its title and purpose on top.

    Returns
    -------
    The sheet and the first free row.
    """
    sheet = report.book.add_worksheet(report.words(name))
    set_up_page(sheet)
    footer = report.words(as_of_words(report.as_of))
    sheet.set_footer(f"&L&8 {_footer_text(report.title)}&C&8&A　&P / &N&R&8 {footer}")
    sheet.write_string(0, 0, report.words(name), report.formats["title"])
    row = 1
    for line in wrap_text(report.words(purpose), width).split("\n") if purpose else ():
        sheet.write_string(row, 0, line, report.formats["note"])
        row += 1
    return sheet, row + 1


def set_up_page(sheet: Any) -> None:
    """Make a sheet print on A4 landscape, as wide as one page."""
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    sheet.hide_gridlines(2)


def as_of_words(day: str) -> Message:
    """Return the words for the day a report is for; an empty `day` means every time."""
    return Message(f"{day} 時点", f"as of {day}") if day else Message("全期間", "all time")


def _footer_text(text: str) -> str:
    return text[:80].replace("&", "&&")  # & begins a code there; the blank before it ends the font size


def write_cell(
    report: Book, sheet: Any, row: int, column: int, value: Any, style: str = "text", name: str = ""
) -> None:
    """Write one value: numbers as numbers, everything else as text that can never become a formula or a link.

    A list is joined by the mark of the column that has this name.
    """
    content, look = _content(report, value, style, name)
    if content is None:
        sheet.write_blank(row, column, None, look)
    elif isinstance(content, str):
        sheet.write_string(row, column, content, look)
    else:
        sheet.write_number(row, column, content, look)


def _content(report: Book, value: Any, style: str, name: str) -> tuple[float | str | None, Any]:
    """Return what stands in the cell of a value, None for nothing, and the format of the cell."""
    if type(value) is not str and hasattr(value, "item"):
        value = value.item()
    if isinstance(value, bool):
        return yes_or_no(value, report.lang) or None, report.formats["centre"]
    if isinstance(value, int | float) and value == value and abs(value) != float("inf"):
        return value, report.formats[style]
    text = cell_text(value, report.lang, name)
    if not text:
        return None, report.formats["text"]
    numeric = style in ("number", "ratio", "percent")
    return text, report.formats["fixed" if is_formula(text) else "text" if numeric else style]


def yes_or_no(value: bool, lang: str) -> str:
    """Return the mark for a truth value; no is an empty cell, so that the yeses stand out."""
    return ("○" if lang == "ja" else "yes") if value else ""


def cell_text(value: Any, lang: str, column: str = "") -> str:
    """Return `value` as text for a cell: missing is empty, lists are joined, a too long text is cut with a mark."""
    if type(value) is str:
        return shortened(value, LONGEST_CELL)
    if isinstance(value, list | tuple):
        return _named(joined((cell_text(item, lang) for item in value), lang, column))
    if value is None or type(value).__name__ in ("NAType", "NaTType") or value != value:
        return ""
    return shortened(str(value), LONGEST_CELL)


def _named(text: str) -> str:
    return text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - 1] + "…"


def write_table(report: Book, sheet: Any, top: int, frame: pd.DataFrame, columns: Sequence[ColumnEntry]) -> int:
    """Write `frame` as a table with filter, frozen and repeated headings and fitting widths.

    Returns
    -------
    The first free row below it.
    """
    used = [column for column in columns if column.name in frame]
    names = [column for column in used if column.printed and mark_of(column.name) == mark_of("")]
    many = [column for column in names if _names_many(frame[column.name])]
    widths = [_fitting_width(report, column, frame[column.name]) for column in used]
    for position, (column, width) in enumerate(zip(used, widths, strict=True)):
        sheet.set_column(position, position, width)
        sheet.write_string(top, position, title_of(report, column), report.formats["head"])
    for position, column in enumerate(many, start=len(used)):
        sheet.set_column(position, position, column.width)
        sheet.write_string(top, position, report.words(ALL_OF).format(title_of(report, column)), report.formats["head"])
    sheet.set_row(top, LINE_HEIGHT * lines_needed([title_of(report, column) for column in used], widths, spare=3) + 4)
    beside = {column.name: position for position, column in enumerate(many, start=len(used))}
    cells = [
        (frame[column.name].tolist(), partial(_cell, report, column, width, beside.get(column.name)))
        for column, width in zip(used, widths, strict=True)
    ]
    cells += [(frame[column.name].tolist(), partial(_whole, report, column)) for column in many]
    sheet.write_columns(top + 1, cells, lambda lines: LINE_HEIGHT * lines + 2)
    if len(frame):
        sheet.autofilter(top, 0, top + len(frame), len(used) + len(many) - 1)
    else:
        sheet.write_string(top + 1, 0, report.words(Message("該当なし", "none")), report.formats["note"])
    bottom = top + max(len(frame), 1)
    sheet.freeze_panes(top + 1, FROZEN_COLUMNS if len(used) > 4 else 0)
    sheet.repeat_rows(top)
    sheet.print_area(0, 0, bottom, max(sum(column.printed for column in used), 1) - 1)
    return bottom + 1


def _cell(report: Book, column: ColumnEntry, width: float, beside: int | None, value: Any) -> Cell:
    """Return the cell of a value in a table, with the lines it takes in a column of that width.

    Of many names it shows the first, and how many more, which opens them all in the column `beside` the printed ones.
    """
    if beside is not None and isinstance(value, list | tuple) and len(value) > NAMED:
        text = _first_named([cell_text(item, report.lang) for item in value], report.lang)
        look = report.formats["fixed" if is_formula(text) else "opening"]
        return Cell(text, look, lines_needed([text], [width]), beside)
    content, look = _content(report, value, column.style, column.name)
    wraps = column.printed and column.style != "line" and isinstance(value, str | list)
    text = cell_text(value, report.lang, column.name) if wraps else ""
    return Cell(content, look, lines_needed([text], [width]))


def _whole(report: Book, column: ColumnEntry, value: Any) -> Cell:
    """Return the cell that holds all names of a value."""
    return Cell(*_content(report, value, "line", column.name))


def _names_many(values: pd.Series) -> bool:
    """Tell whether a cell of a column names so many that the row would fill the page."""
    return any(isinstance(value, list | tuple) and len(value) > NAMED for value in values)


def _first_named(names: list[str], lang: str) -> str:
    shown = joined([shortened(name, LONGEST_NAME) for name in names[:SHOWN]], lang)
    more = len(names) - SHOWN
    return f"{shown}　ほか{more:,}" if lang == "ja" else f"{shown} and {more:,} more"


def title_of(report: Book, column: ColumnEntry) -> str:
    """Return the heading of a column."""
    return report.words(column.label)


def _fitting_width(report: Book, column: ColumnEntry, values: pd.Series) -> float:
    """Return the width that shows the longest value and half the heading on one line, but no more than its widest.

    No word of the heading is broken.

    A column without a value keeps half its room, so that the purpose above the table can be read.
    """
    texts = [
        "0.000" if column.style in ("ratio", "percent") else cell_text(value, report.lang, column.name)
        for value in values.iloc[:2000]
    ]
    title = title_of(report, column)
    longest_word = max((len(word) for word in title.split() if word.isascii()), default=0)
    least = max(display_width(title) / 2 + 4, longest_word * 1.15 + 2)
    if values.empty:
        return max(column.width / 2, least)
    return min(max([least, *(display_width(text) * 1.1 + 1 for text in texts)]), max(column.width, least))


def lines_needed(texts: Sequence[str], widths: Sequence[float], *, spare: float = 0.5) -> int:
    """Return how many lines the tallest of the wrapped `texts` takes.

    Said outright because Excel and LibreOffice fit rows differently, or not at all, when they open a file.
    """
    counts = [
        math.ceil(_ink_width(text) / max(width - spare, 1)) for text, width in zip(texts, widths, strict=True) if text
    ]
    return max(counts, default=1)


@lru_cache(maxsize=1 << 14)
def _ink_width(text: str) -> float:
    """Return the width of `text` in digits of the font: proportional Latin letters are narrower than a digit."""
    return display_width(text) * (0.87 if text.isascii() else 0.98)

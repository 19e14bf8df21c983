"""A data frame on the screen or in a file: a table for people, CSV, JSON, Markdown, Parquet or Excel."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from tsunagari.cli.shell.options import WORKBOOK
from tsunagari.cli.shell.output import emit_bytes, emit_text, is_stdout
from tsunagari.graph.wording import heading, joined
from tsunagari.spreadsheets import guarded
from tsunagari.viz.look.headings import VALIDITIES
from tsunagari.viz.look.wrapping import display_width

if TYPE_CHECKING:
    import pandas as pd

    from tsunagari.cli.shell.options import Settings

Cells = list[list[Any]]
NARROWEST = 10  # columns of the screen a wrapped cell needs to be readable


def show_frame(
    frame: pd.DataFrame, settings: Settings, *, columns: Sequence[str] = (), width: int | None = None, table: str = ""
) -> None:
    """Write `frame` where and how `settings` say.

    Parameters
    ----------
    frame, settings
        What to write; its format, language and place.
    columns
        Columns a table for people shows; all when empty. The other formats always hold every column.
    width
        Columns of the screen for a table; None gives every row one line.
    table
        Name of the table in the catalogue, for headings of its own; empty when it has none.

    Raises
    ------
    OutputError
        The file cannot be written.
    """
    if settings.format == "parquet":
        from tsunagari.graph.tables import to_parquet

        emit_bytes(to_parquet(frame), settings.output)
        return
    if settings.format == WORKBOOK:
        from tsunagari.viz.excel.table_workbook import table_workbook

        emit_bytes(table_workbook(frame, lang=settings.lang), settings.output)
        return
    shown = frame[[name for name in columns if name in frame]] if columns and settings.format == "table" else frame
    names = [str(name) for name in shown.columns]
    own = frame.attrs.get("column_labels", {})
    heads = [str(own.get(name) or heading(name, settings.lang, table or None)) for name in names]
    rows = [[plain_value(value) for value in row] for row in shown.itertuples(index=False, name=None)]
    if settings.format in ("table", "markdown"):
        rows = [
            [
                cell_text(cell, settings.lang, name) if isinstance(cell, list) else cell
                for name, cell in zip(names, row, strict=True)
            ]
            for row in rows
        ]
    if settings.format in ("table", "markdown") and "validity" in names:
        place = names.index("validity")
        for row in rows:
            row[place] = VALIDITIES[row[place]].text(settings.lang) if row[place] in VALIDITIES else row[place]
    if settings.format == "table":
        text = table_text(heads, rows, lang=settings.lang, width=width if is_stdout(settings.output) else None)
    elif settings.format == "markdown":
        text = markdown_text(heads, rows, settings.lang)
    else:
        text = DATA_WRITERS[settings.format](names, rows)
    emit_text(text, settings.output, excel=settings.format == "csv")


def frame_of(rows: Iterable[Sequence[Any]], names: Sequence[str]) -> pd.DataFrame:
    """Return rows as a frame that keeps values as they are, whole numbers and None among them."""
    import pandas as pd

    return pd.DataFrame(list(rows), columns=list(names), dtype=object)


def plain_value(value: Any) -> Any:
    """Return `value` as something JSON knows: text, a number, a truth value, a list or None for what is missing."""
    if isinstance(value, list | tuple | set | frozenset):
        return [plain_value(item) for item in value]
    if hasattr(value, "item"):  # a numpy scalar
        value = value.item()
    if value is None or type(value).__name__ in ("NaTType", "NAType") or value != value:
        return None
    if isinstance(value, float) and math.isinf(value):
        return None
    if isinstance(value, bool | int | float | str):
        return value
    return value.isoformat()[:10] if isinstance(value, date) else str(value)


def cell_text(value: Any, lang: str, column: str = "") -> str:
    """Return `value` as a person reads it: 3 decimals at most, yes and no, lists joined by the mark of their column."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return ("はい" if value else "いいえ") if lang == "ja" else ("yes" if value else "no")
    if isinstance(value, float):
        return f"{value:.3f}".rstrip("0").rstrip(".")
    if isinstance(value, list):
        return joined((cell_text(item, lang) for item in value), lang, column)
    return str(value)


def csv_text(names: Sequence[str], rows: Cells) -> str:
    """Return CSV with the stable English column names; lists are joined by `` | ``, and no text is a formula."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([_csv_cell(cell) for cell in row] for row in rows)
    return buffer.getvalue()


def _csv_cell(cell: Any) -> Any:
    text = " | ".join(map(str, cell)) if isinstance(cell, list) else cell
    return guarded(text) if isinstance(text, str) else text


def json_text(names: Sequence[str], rows: Cells) -> str:
    """Return a JSON list with one object a row and the stable English column names."""
    return json.dumps([dict(zip(names, row, strict=True)) for row in rows], ensure_ascii=False, indent=2) + "\n"


def markdown_text(heads: Sequence[str], rows: Cells, lang: str) -> str:
    """Return a Markdown table; what would end a cell, be a tag or a link in it is escaped."""
    body = [[cell_text(cell, lang) for cell in row] for row in rows]
    lines = [list(heads), ["---"] * len(heads), *body]
    return "".join(f"| {' | '.join(_markdown_cell(cell) for cell in line)} |\n" for line in lines)


def _markdown_cell(text: str) -> str:
    safe = text.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;").replace("[", "\\[")
    return " ".join(safe.split())


DATA_WRITERS: Mapping[str, Callable[[Sequence[str], Cells], str]] = {"csv": csv_text, "json": json_text}


def table_text(heads: Sequence[str], rows: Cells, *, lang: str, width: int | None) -> str:
    """Return a table for people; with too many columns for `width` each row becomes a block of lines."""
    if not heads:
        return ""
    body = [[cell_text(cell, lang) for cell in row] for row in rows]
    if width is not None and sum(_least_widths(heads, body)) > width:
        return _blocks(heads, body)
    numeric = [all(isinstance(row[i], int | float | None) for row in rows) for i in range(len(heads))]
    return _grid(heads, body, numeric, width)


def _widths(heads: Sequence[str], body: Iterable[Sequence[str]]) -> list[int]:
    widths = [display_width(head) for head in heads]
    for row in body:
        widths = [max(old, display_width(cell)) for old, cell in zip(widths, row, strict=True)]
    return widths


def _least_widths(heads: Sequence[str], body: Sequence[Sequence[str]]) -> list[int]:
    """Return what each column needs at least, with the two blanks between columns."""
    return [min(width, NARROWEST) + 2 for width in _widths(heads, body)]


def _blocks(heads: Sequence[str], body: Sequence[Sequence[str]]) -> str:
    left = max(display_width(head) for head in heads)
    blocks = []
    for row in body:
        lines = [
            f"{head}{' ' * (left - display_width(head))}  {cell}\n"
            for head, cell in zip(heads, row, strict=True)
            if cell
        ]
        blocks.append("".join(lines))
    return "\n".join(blocks)


def _grid(heads: Sequence[str], body: Sequence[Sequence[str]], numeric: Sequence[bool], width: int | None) -> str:
    from rich import box, console, table, text

    natural = _widths(heads, body)
    room = width if width is not None else sum(natural) + 4 * len(natural)
    grid = table.Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 2, 0, 0))
    for head, number, size in zip(heads, numeric, natural, strict=True):
        grid.add_column(
            text.Text(head), justify="right" if number else "left", no_wrap=size <= NARROWEST, overflow="fold"
        )
    for row in body:
        grid.add_row(*(text.Text(cell) for cell in row))
    screen = console.Console(file=io.StringIO(), width=room, color_system=None, legacy_windows=False)
    screen.print(grid)
    lines = screen.file.getvalue().splitlines()  # type: ignore[attr-defined] # it is the StringIO given above
    return "".join(line.rstrip() + "\n" for line in lines)

"""Cells of OpenDocument workbooks that keep a sheet from being read: stray values at its edge, tables inside cells."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO
from xml.parsers import expat

from tsunagari.loaders.files.archives import with_part
from tsunagari.loaders.files.far_cells import COLUMNS_APART, ROWS_APART, cell_name, is_spread, main_stretch

_CONTENT = "content.xml"
_LARGEST = 1 << 28  # bytes of a content that is gone through as a whole
_TAG = re.compile(rb"<(?:[^>\"']|\"[^\"]*\"|'[^']*')*>")
_TABLE = re.compile(rb"<(/?)table:table(?=[\s/>])(?:[^>\"']|\"[^\"]*\"|'[^']*')*>")
_CELLS = ("table:table-cell", "table:covered-table-cell")


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell that holds something: sheet, row and column from 0, how often it is repeated to the right, its bytes."""

    sheet: str
    row: int
    column: int
    repeat: int
    start: int
    end: int


@dataclass(slots=True)
class _Counts:
    rows: Counter[int] = field(default_factory=Counter)
    columns: Counter[int] = field(default_factory=Counter)


def without_nested_tables(data: bytes) -> tuple[bytes, dict[str, list[str]]]:
    """Return a workbook without the tables that stand inside cells, and those cells by sheet.

    A reader loses its place in a sheet that has one.

    Parameters
    ----------
    data
        The bytes of the workbook; they come back as they are when there is no such table, or when it is damaged.
    """
    with zipfile.ZipFile(BytesIO(data)) as archive:
        if _CONTENT not in archive.namelist() or archive.getinfo(_CONTENT).file_size > _LARGEST:
            return data, {}
        content = archive.read(_CONTENT)
    stretches, depth, start = [], 0, 0
    for tag in _TABLE.finditer(content):
        if tag[1]:
            depth -= 1
            if depth == 1:
                stretches.append((start, tag.end()))
        elif not tag[0].endswith(b"/>"):
            depth += 1
            start = tag.start() if depth == 2 else start
    if not stretches:
        return data, {}
    holding: dict[str, list[str]] = {}

    def note(cell: _Cell) -> None:
        if any(cell.start < begin < cell.end for begin, _ in stretches):
            holding.setdefault(cell.sheet, []).append(cell_name(cell.row, cell.column))

    if not _walk(content, note):
        return data, {}
    edges = [0, *(edge for stretch in stretches for edge in stretch), len(content)]
    rest = b"".join(content[begin:end] for begin, end in zip(edges[::2], edges[1::2], strict=True))
    return with_part(data, _CONTENT, rest), holding


def without_far_ods_cells(data: bytes) -> tuple[bytes, dict[str, list[str]]]:
    """Return a workbook without the cells that stand apart from most cells of their sheet, and which they are by sheet.

    Parameters
    ----------
    data
        The bytes of the workbook; they come back as they are when nothing stands apart, or when it is damaged.
    """
    with zipfile.ZipFile(BytesIO(data)) as archive:
        if _CONTENT not in archive.namelist() or archive.getinfo(_CONTENT).file_size > _LARGEST:
            return data, {}
        content = archive.read(_CONTENT)
    counts: dict[str, _Counts] = {}

    def count(cell: _Cell) -> None:
        found = counts.setdefault(cell.sheet, _Counts())
        found.rows[cell.row] += 1
        found.columns[cell.column] += 1

    if not _walk(content, count):
        return data, {}
    spread = {
        sheet: main_stretch(found.rows, ROWS_APART)
        for sheet, found in counts.items()
        if is_spread(max(found.rows), max(found.columns), found.rows.total())
    }
    if not spread:
        return data, {}
    columns: dict[str, Counter[int]] = {sheet: Counter() for sheet in spread}

    def count_within(cell: _Cell) -> None:
        if cell.row in spread.get(cell.sheet, ()):
            columns[cell.sheet][cell.column] += 1

    _walk(content, count_within)
    main = {sheet: (rows, main_stretch(columns[sheet], COLUMNS_APART)) for sheet, rows in spread.items()}
    return _without(data, content, main)


def _without(data: bytes, content: bytes, main: dict[str, tuple[range, range]]) -> tuple[bytes, dict[str, list[str]]]:
    removed: dict[str, list[str]] = {}
    pieces: list[bytes] = []
    last = 0

    def cut(cell: _Cell) -> None:
        nonlocal last
        if cell.sheet not in main or cell.start < last:
            return
        rows, columns = main[cell.sheet]
        if cell.row in rows and cell.column in columns:
            return
        removed.setdefault(cell.sheet, []).append(cell_name(cell.row, cell.column))
        pieces.append(content[last : cell.start])
        pieces.append(b'<table:table-cell table:number-columns-repeated="%d"/>' % cell.repeat)
        last = cell.end

    _walk(content, cut)
    if not removed:
        return data, {}
    return with_part(data, _CONTENT, b"".join([*pieces, content[last:]])), removed


def _walk(content: bytes, take: Callable[[_Cell], None]) -> bool:
    """Hand on each cell that holds something; tell whether the content could be gone through."""
    sheet, row, column, row_repeat, depth = "", 0, 0, 1, 0
    cell: tuple[int, int, int] | None = None
    is_filled = False
    parser = expat.ParserCreate()

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal sheet, row, column, row_repeat, depth, cell, is_filled
        if name == "table:table":
            depth += 1
            if depth == 1:
                sheet, row, row_repeat = attributes.get("table:name", ""), 0, 1
        elif depth != 1:
            return
        elif name == "table:table-row":
            column, row_repeat = 0, _count(attributes, "table:number-rows-repeated")
        elif name in _CELLS:
            cell = column, _count(attributes, "table:number-columns-repeated"), parser.CurrentByteIndex
            is_filled = "office:value-type" in attributes
        elif name == "text:p":
            is_filled = True

    def end(name: str) -> None:
        nonlocal row, column, depth, cell
        if name == "table:table":
            depth -= 1
        elif depth != 1:
            return
        elif name == "table:table-row":
            row += row_repeat
        elif name in _CELLS and cell is not None:
            place, repeat, begin = cell
            tag = _TAG.match(content, parser.CurrentByteIndex)
            if is_filled and tag is not None:
                take(_Cell(sheet, row, place, repeat, begin, tag.end()))
            column, cell = place + repeat, None

    parser.StartElementHandler, parser.EndElementHandler = start, end
    try:
        parser.Parse(content, True)
    except expat.ExpatError:
        return False  # what opens the workbook says so
    return True


def _count(attributes: dict[str, str], key: str) -> int:
    text = attributes.get(key, "1")
    return int(text) if text.isdecimal() and len(text) < 10 else 1

"""OpenDocument workbooks: what keeps a sheet from being read, and what its cells do not tell.

Stray values at the edge of a sheet and tables inside cells are taken out. Not told by cells are merged ones, rows that
nobody sees, struck text and shares.
"""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import IO
from xml.etree.ElementTree import Element, ParseError, iterparse
from xml.parsers import expat

from tsunagari.loaders.files.archives import DAMAGE, damaged_error, locked_error, with_part
from tsunagari.loaders.files.far_cells import COLUMNS_APART, ROWS_APART, cell_name, is_spread, main_stretch
from tsunagari.loaders.files.grid import Merge
from tsunagari.loaders.files.protection import is_locked_ods
from tsunagari.loaders.files.sheets import LookCounts, SheetScan

_CONTENT = "content.xml"
_LARGEST = 1 << 28  # bytes of a content that is gone through as a whole
_TAG = re.compile(rb"<(?:[^>\"']|\"[^\"]*\"|'[^']*')*>")
_TABLE = re.compile(rb"<(/?)table:table(?=[\s/>])(?:[^>\"']|\"[^\"]*\"|'[^']*')*>")
_CELLS = ("table:table-cell", "table:covered-table-cell")
_OF_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_NODES = (f"{_OF_TABLE}table-cell", f"{_OF_TABLE}covered-table-cell")
_UNSEEN = ("collapse", "filter")
_REPEATED = 1_000  # a row that is repeated more often is a format
Scans = tuple[dict[str, SheetScan], dict[str, list[Merge]]]


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
    content = _content(data)
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
    content = _content(data)
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


def _content(data: bytes) -> bytes:
    """Return the content of a workbook; nothing where there is none, or it is too large to be gone through."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        if _CONTENT not in archive.namelist() or archive.getinfo(_CONTENT).file_size > _LARGEST:
            return b""
        return archive.read(_CONTENT)


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


def scan_ods_sheets(archive: zipfile.ZipFile, file: str) -> Scans:
    """Return what the cells of each sheet do not tell, and its merged cells, by the name of the sheet.

    Raises
    ------
    SourceError
        When the workbook is damaged, or protected by a password.
    """
    try:
        if is_locked_ods(archive):
            raise locked_error(file)
        reader = _Reader()
        for part in ("styles.xml", "content.xml"):
            if part == "content.xml" or part in archive.namelist():
                with archive.open(part) as stream:
                    reader.read(stream)
    except ParseError:
        return {}, {}  # what opens the workbook says so
    except (*DAMAGE, RuntimeError, KeyError):
        raise damaged_error(file) from None
    return reader.scans, reader.merges


class _Reader:
    """Goes through the parts of a workbook."""

    def __init__(self) -> None:
        self.scans: dict[str, SheetScan] = {}
        self.merges: dict[str, list[Merge]] = {}
        self._struck: dict[str, bool] = {}  # style to whether its text is struck through
        self._columns: list[str] = []  # style of the cells of a column
        self._look = LookCounts()
        self._name, self._row, self._depth = "", 1, 0

    def read(self, stream: IO[bytes]) -> None:
        """Note what one part says."""
        for event, node in iterparse(stream, ("start", "end")):  # noqa: S314 - expat itself limits how entities expand
            if node.tag == f"{_OF_TABLE}table":
                self._depth += 1 if event == "start" else -1
            if event == "start":
                if node.tag == f"{_OF_TABLE}table" and self._depth == 1:
                    self._open(node)
            elif self._depth > 1:
                continue  # a table inside a cell
            elif node.tag == f"{_STYLE}style":
                self._note_style(node)
            elif node.tag == f"{_OF_TABLE}table-column":
                style = node.get(f"{_OF_TABLE}default-cell-style-name", "")
                self._columns += [style] * min(_number(node, "number-columns-repeated"), _REPEATED)
            elif node.tag == f"{_OF_TABLE}table-row":
                self._note_row(node)
                node.clear()
            elif node.tag == f"{_OF_TABLE}table":
                self._look.note(self.scans[self._name])
                node.clear()

    def _open(self, node: Element) -> None:
        self._name, self._row, self._columns = node.get(f"{_OF_TABLE}name", ""), 1, []
        self.scans[self._name], self._look = SheetScan(), LookCounts()

    def _note_style(self, node: Element) -> None:
        parent = self._struck.get(node.get(f"{_STYLE}parent-style-name", ""), False)
        for text in node.iter(f"{_STYLE}text-properties"):
            line = text.get(f"{_STYLE}text-line-through-style") or text.get(f"{_STYLE}text-line-through-type")
            parent = parent if line is None else line != "none"
        self._struck[node.get(f"{_STYLE}name", "")] = parent

    def _note_row(self, node: Element) -> None:
        repeat, is_filled = _number(node, "number-rows-repeated"), False
        for column, cell in _places(node):
            down, right = _number(cell, "number-rows-spanned"), _number(cell, "number-columns-spanned")
            if down > 1 or right > 1:
                merge = (self._row, column, self._row + down - 1, column + right - 1)
                self.merges.setdefault(self._name, []).append(merge)
            kind = cell.get(f"{_OFFICE}value-type")
            if kind is not None:
                is_filled = True
                self._note_cell(cell, column, kind, node.get(f"{_OF_TABLE}default-cell-style-name", ""))
        if is_filled and node.get(f"{_OF_TABLE}visibility") in _UNSEEN:
            self.scans[self._name].hidden |= set(range(self._row, self._row + min(repeat, _REPEATED)))
        self._row += repeat

    def _note_cell(self, cell: Element, column: int, kind: str, row_style: str) -> None:
        scan, place = self.scans[self._name], (self._row, column)
        column_style = self._columns[column] if column < len(self._columns) else ""
        is_struck = self._struck.get(cell.get(f"{_OF_TABLE}style-name") or row_style or column_style, False)
        spans = [span for span in cell.iter(f"{_TEXT}span") if self._struck.get(span.get(f"{_TEXT}style-name", ""))]
        if spans and not is_struck:
            left = "\n".join(_text_left(part, spans) for part in cell.iter(f"{_TEXT}p")).strip()
            is_struck = not left
            scan.struck_parts |= {place: left} if left else {}
        self._look.add(place, is_text=kind == "string", is_struck=is_struck)
        if kind == "percentage":
            scan.percent.add(place)


def _places(row: Element) -> Iterator[tuple[int, Element]]:
    """Yield the cells of a row with their columns from 0; one that is repeated stands for each of its columns."""
    column = 0
    for cell in row:
        if cell.tag in _NODES:
            repeat = _number(cell, "number-columns-repeated")
            shown = min(repeat, _REPEATED) if cell.get(f"{_OFFICE}value-type") is not None else 1
            yield from ((column + number, cell) for number in range(shown))
            column += repeat


def _text_left(node: Element, without: Iterable[Element]) -> str:
    """Return the text of a paragraph but for that of some parts."""
    if any(node is part for part in without):
        return ""
    inner = "".join(_text_left(child, without) + (child.tail or "") for child in node)
    return (node.text or "") + inner


def _number(node: Element, key: str) -> int:
    text = node.get(f"{_OF_TABLE}{key}", "1")
    return int(text) if text.isdigit() else 1

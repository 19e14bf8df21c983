"""What the cells of an xlsx workbook do not tell: how far a sheet reaches, formulas without a value, struck rows."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape

from tsunagari.loaders.files.archives import DAMAGE, damaged_error
from tsunagari.loaders.files.cell_formats import CellFormats, read_cell_formats, text_left
from tsunagari.loaders.files.cell_places import told_cells, values_in
from tsunagari.loaders.files.far_cells import column_number, is_far
from tsunagari.loaders.issues import Issue

_CHUNK = 2**20
_SHEET_NAME = re.compile(rb"<(?:\w+:)?sheet\b[^>]*>")
_ATTRIBUTE = re.compile(rb'([\w:]+)="([^"]*)"')
_CELL = re.compile(rb' r="([A-Z]+)\d+"[^>/]*>')
_ROW = re.compile(rb'<(?:\w+:)?row\b[^>]*? r="(\d+)"')
_UNCALCULATED = re.compile(rb'<c r="([A-Z]+\d+)"(?![^>]*t="str")[^>]*><f[^>]*?(?:/>|>[^<]*</f>)(?:<v></v>|<v ?/>)?</c>')
_HIDDEN = re.compile(rb'<(?:\w+:)?row\b(?=[^>]*? hidden="(?:1|true)")[^>]*? r="(\d+)"')
_FILLED = re.compile(rb'<(?:\w+:)?c r="([A-Z]+)(\d+)"([^>]*)(?<!/)>(?=<(?!/))(?:<(?:\w+:)?v>(\d+)</)?')
_INLINE = re.compile(rb'<(?:\w+:)?c r="([A-Z]+)(\d+)"[^>]*><(?:\w+:)?is>(.*?)</(?:\w+:)?is>', re.DOTALL)
_TEXT = re.compile(rb't="(?:s|str|inlineStr)"')
_SHARED = re.compile(rb't="s"')
_STYLE = re.compile(rb' s="(\d+)"')
_FAILED = re.compile(rb'<c r="([A-Z]+\d+)"[^>]*t="e"[^>]*>')
# A cell that shares a text says which by a number; for any other sign another text is read, or none.
_LOST = re.compile(rb'<c r="([A-Z]+\d+)"[^>]*t="s"[^>]*><v>(?!\d{0,9}<)')
_DENSE_CELLS, _SPARSE = 5_000_000, 50  # a grid of so many cells is no trouble, however empty


@dataclass(slots=True)
class SheetScan:
    """How far the cells of a sheet with anything in them reach, and formulas without a value.

    Parameters
    ----------
    part
        Name of the sheet's file in the archive.
    cells, values
        How many cells hold anything, and how many values.
    is_far
        Whether one of them stands where hardly any table reaches.
    area
        Cells of the rectangle that they fill, wherever it begins; None when nobody has looked.
    last_row, columns
        Number of the last row, and the letters of the columns.
    uncalculated, failed
        Cells whose formula has no stored value, or an error such as #REF! instead.
    lost
        Cells whose text cannot be found.
    hidden, struck
        Numbers of the rows that a filter or a person hid, and of those that are struck through.
    struck_parts
        Row number and position of the cells of which a part is struck through to what is left of their text.
    struck_cells, percent
        Row number and position of the single cells that are struck through, and of those that show their number as a
        share of a hundred.
    """

    part: str = ""
    cells: int = 0
    values: int = 0
    is_far: bool = False
    area: int | None = None
    last_row: int = 0
    columns: set[bytes] = field(default_factory=set)
    uncalculated: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)
    struck: set[int] = field(default_factory=set)
    struck_cells: set[tuple[int, int]] = field(default_factory=set)
    struck_parts: dict[tuple[int, int], str] = field(default_factory=dict)
    percent: set[tuple[int, int]] = field(default_factory=set)

    @property
    def size(self) -> int:
        """Cells of the rectangle that holds everything."""
        return self.last_row * max(map(column_number, self.columns), default=0)

    @property
    def is_sparse(self) -> bool:
        """Whether the rectangle is far larger than what it holds."""
        size = self.size if self.area is None else self.area
        return size > _DENSE_CELLS and size > _SPARSE * self.cells

    @property
    def last_cell(self) -> str:
        """The corner of the rectangle."""
        return f"{max(self.columns, key=column_number, default=b'A').decode()}{self.last_row}"

    def issues(self, file: str, sheet: str) -> list[Issue]:
        """Return what is to be said of formulas and of texts that cannot be found."""
        told = {"formula-without-value": self.uncalculated, "formula-error": self.failed, "lost-cells": self.lost}
        return [issue for code, cells in told.items() for issue in told_cells(code, file, sheet, cells)]


class LookCounts:
    """Which cells of a sheet are struck through, and which rows with them.

    A row is struck through when its first text is, or most of its cells are; a number in front only counts the rows.
    """

    def __init__(self) -> None:
        self._rows: dict[int, list[bool]] = {}
        self._struck: set[tuple[int, int]] = set()

    def add(self, place: tuple[int, int], *, is_text: bool, is_struck: bool) -> None:
        """Add the next filled cell."""
        row = self._rows.setdefault(place[0], [])
        if is_text or is_struck or row:
            row.append(is_struck)
        if is_struck:
            self._struck.add(place)

    def note(self, scan: SheetScan) -> None:
        """Note rows and cells in the scan of the sheet."""
        scan.struck_cells |= self._struck
        scan.struck |= {row for row, cells in self._rows.items() if cells and (cells[0] or 2 * sum(cells) > len(cells))}


def scan_sheets(archive: zipfile.ZipFile, file: str) -> dict[str, SheetScan]:
    """Return the scan of each sheet of an xlsx workbook by its name.

    Raises
    ------
    SourceError
        When a part of the workbook is damaged or larger than it claims.
    """
    try:
        parts = _sheet_parts(archive)
        formats = read_cell_formats(archive)
        return {name: _scan(archive, part, formats) for name, part in parts.items()}
    except (*DAMAGE, RuntimeError):
        raise damaged_error(file) from None


def _sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Name of a sheet to the file in the archive that holds its cells."""
    names = set(archive.namelist())
    targets = relation_targets(archive, "xl/_rels/workbook.xml.rels")
    parts: dict[str, str] = {}
    if not targets:
        return parts
    for tag in _SHEET_NAME.findall(archive.read("xl/workbook.xml")):
        values = _attributes(tag)
        part = targets.get(next((value for key, value in values.items() if key.endswith(":id")), ""))
        if part in names and "name" in values:
            parts[values["name"]] = part
    return parts


def relation_targets(archive: zipfile.ZipFile, links: str) -> dict[str, str]:
    """Return what the ids of the relations of a workbook stand for; none when it has no such file."""
    targets = {}
    found = archive.read(links) if links in archive.namelist() else b""
    for tag in re.findall(rb"<(?:\w+:)?Relationship\b[^>]*>", found):
        values = _attributes(tag)
        target = values.get("Target", "")
        targets[values.get("Id", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return targets


def _attributes(tag: bytes) -> dict[str, str]:
    return {key.decode(): unescape(value.decode("utf-8", "replace")) for key, value in _ATTRIBUTE.findall(tag)}


def _scan(archive: zipfile.ZipFile, part: str, formats: CellFormats) -> SheetScan:
    scan = SheetScan(part)
    with archive.open(part) as stream:
        rest = b""
        while chunk := stream.read(_CHUNK):
            text = rest + chunk
            cut = max(text.rfind(b"<row"), 0) or text.rfind(b"<c ")
            if cut > 0:
                _scan_text(scan, text[:cut], formats)
                rest = text[cut:]
            else:
                rest = text
        _scan_text(scan, rest, formats)
    return scan


def _scan_text(scan: SheetScan, text: bytes, formats: CellFormats) -> None:
    cells = _CELL.findall(text)
    scan.cells += len(cells)
    scan.values += values_in(text)
    scan.columns.update(cells)
    last = max(text.rfind(b"<v>"), text.rfind(b"<is>"))
    row = _ROW.match(text, text.rfind(b"<row", 0, last)) if last >= 0 else None
    if row is not None:
        scan.last_row = max(scan.last_row, int(row[1]))
    scan.is_far = scan.is_far or is_far(text)
    if b"<f" in text:
        scan.uncalculated += [cell.decode() for cell in _UNCALCULATED.findall(text)]
    if b't="e"' in text:
        scan.failed += [cell.decode() for cell in _FAILED.findall(text)]
    if b't="s"' in text:
        scan.lost += [cell.decode() for cell in _LOST.findall(text)]
    if b'hidden="' in text:
        scan.hidden.update(map(int, _HIDDEN.findall(text)))
    inline = _struck_inline(text) if b"<is>" in text and b"strike" in text else {}
    if formats.percent or formats.struck or formats.texts or inline:
        _scan_formats(scan, text, formats, inline)


def _struck_inline(text: bytes) -> dict[tuple[int, int], str]:
    """Return the places of texts in parts that stand in the cells themselves to what is left of each."""
    found = (((int(row), column_number(letters) - 1), text_left(item)) for letters, row, item in _INLINE.findall(text))
    return {place: left for place, left in found if left is not None}


def _scan_formats(scan: SheetScan, text: bytes, formats: CellFormats, inline: Mapping[tuple[int, int], str]) -> None:
    """Note the cells of a style that matters; a row is struck through when its first text is, or most cells are."""
    look = LookCounts()
    for letters, digits, rest, value in _FILLED.findall(text):
        style = _STYLE.search(rest)
        place, number = (int(digits), column_number(letters) - 1), int(style[1]) if style else 0
        left = inline.get(place)
        if value and formats.texts and _SHARED.search(rest):
            left = formats.texts.get(int(value))
        is_struck = number in formats.struck or left == ""
        if left:
            scan.struck_parts[place] = left
        look.add(place, is_text=_TEXT.search(rest) is not None, is_struck=is_struck)
        if number in formats.percent:
            scan.percent.add(place)
    look.note(scan)

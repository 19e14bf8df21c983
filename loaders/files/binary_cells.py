"""Cells of Excel's binary workbooks (xlsb) that keep a sheet from being read ([MS-XLSB]): far ones, endless days."""

from __future__ import annotations

import struct
import zipfile
from collections import Counter
from collections.abc import Collection, Iterator
from io import BytesIO

from tsunagari.loaders.files.archives import with_part
from tsunagari.loaders.files.far_cells import COLUMNS_APART, MOST_DAYS, ROWS_APART, cell_name, is_spread, main_stretch

_ROW, BLANK, _LAST_CELL, _EXTENT, _SHEET = 0, 1, 11, 148, 156
_NUMBERS = (5, 9)  # as they are, and what a formula gave
_SMALL = 4 << 20  # bytes of a sheet that is gone through whatever it says of its extent
Record = tuple[int, int, int, int]
"""Kind, and where a record, its data and the next record begin."""


def without_far_binary_cells(data: bytes, parts: dict[str, str]) -> tuple[bytes, dict[str, list[str]]]:
    """Return a workbook without the cells that stand apart from most cells of their sheet, and which they are by sheet.

    Parameters
    ----------
    data
        The bytes of the workbook; they come back as they are when nothing stands apart.
    parts
        Name of a sheet to its file in the archive.
    """
    removed: dict[str, list[str]] = {}
    for title, part in parts.items():
        with zipfile.ZipFile(BytesIO(data)) as archive:
            sheet = archive.read(part)
        rest, names = _without(sheet) if len(sheet) < _SMALL or _says_far(sheet) else (sheet, [])
        if names:
            data, removed[title] = with_part(data, part, rest), names
    return data, removed


def sheet_parts(archive: zipfile.ZipFile, targets: dict[str, str]) -> dict[str, str]:
    """Return name of a sheet to its file in an archive.

    Parameters
    ----------
    archive, targets
        The workbook, and what the ids of its relations stand for.
    """
    parts: dict[str, str] = {}
    book = archive.read("xl/workbook.bin")
    for kind, _, start, end in records(book):
        if kind == _SHEET:
            try:
                relation, place = _text(book, start + 8, end)
                title, _ = _text(book, place, end)
            except (struct.error, UnicodeDecodeError):
                continue
            if targets.get(relation) in archive.namelist():
                parts[title] = targets[relation]
    return parts


def records(data: bytes) -> Iterator[Record]:
    """Yield the records of a part; what is cut off at its end is left out."""
    place, size = 0, len(data)
    while place + 1 < size:
        start, kind = place, data[place]
        place += 1
        if kind & 0x80:
            kind = kind & 0x7F | (data[place] & 0x7F) << 7
            place += 1
        length, byte, shift = 0, 0x80, 0
        while byte & 0x80 and place < size and shift < 28:
            byte = data[place]
            place += 1
            length |= (byte & 0x7F) << shift
            shift += 7
        if byte & 0x80 or place + length > size:
            return
        yield kind, start, place, place + length
        place += length


def _says_far(sheet: bytes) -> bool:
    for kind, _, start, end in records(sheet):
        if kind == _EXTENT and end - start >= 16:
            _, last_row, _, last_column = struct.unpack_from("<IIII", sheet, start)
            return is_spread(last_row, last_column, len(sheet) // 8)
        if kind == _ROW:
            break
    return True


def cells_of(sheet: bytes) -> Iterator[tuple[Record, int, int]]:
    """Yield each record with its row and column; both are -1 for what is no cell."""
    row = 0
    for record in records(sheet):
        kind, _, start, end = record
        if kind == _ROW and end - start >= 4:
            (row,) = struct.unpack_from("<I", sheet, start)
            yield record, row, -1
        elif BLANK <= kind <= _LAST_CELL and end - start >= 8:
            (column,) = struct.unpack_from("<I", sheet, start)
            yield record, row, column
        else:
            yield record, -1, -1


def _without(sheet: bytes) -> tuple[bytes, list[str]]:
    places = [(row, column) for record, row, column in cells_of(sheet) if column >= 0 and record[0] != BLANK]
    if not places or not is_spread(max(row for row, _ in places), max(column for _, column in places), len(places)):
        return sheet, []
    rows = main_stretch(Counter(row for row, _ in places), ROWS_APART)
    columns = main_stretch(Counter(column for row, column in places if row in rows), COLUMNS_APART)
    kept: list[bytes] = []
    removed: list[str] = []
    for (kind, begin, start, end), row, column in cells_of(sheet):
        if kind == _EXTENT and end - start >= 16:
            extent = struct.pack("<IIII", rows[0], rows[-1], columns[0], columns[-1])
            kept += [sheet[begin:start], extent, sheet[start + 16 : end]]
        elif row < 0 or (row in rows and (column < 0 or column in columns)):
            kept.append(sheet[begin:end])
        elif column >= 0 and kind != BLANK:
            removed.append(cell_name(row, column))
    return (b"".join(kept), removed) if removed else (sheet, [])


def without_endless_times(data: bytes, part: str, rows: Collection[int]) -> tuple[bytes, list[tuple[int, int]]]:
    """Return a workbook in which numbers beyond all calendars have no format, and row and column of each, from 0.

    Parameters
    ----------
    data, part
        The workbook, and the file of the sheet in it.
    rows
        Numbers of the rows that are looked at, from 1.
    """
    found: list[tuple[int, int]] = []
    with zipfile.ZipFile(BytesIO(data)) as archive:
        sheet = bytearray(archive.read(part))
    for (kind, _, start, end), row, column in list(cells_of(bytes(sheet))):
        if kind in _NUMBERS and column >= 0 and row + 1 in rows and end - start >= 16:
            (value,) = struct.unpack_from("<d", sheet, start + 8)
            if any(sheet[start + 4 : start + 7]) and not abs(value) <= MOST_DAYS:
                sheet[start + 4 : start + 7] = bytes(3)
                found.append((row, column))
    return with_part(data, part, bytes(sheet)), found


def _text(data: bytes, place: int, end: int) -> tuple[str, int]:
    (length,) = struct.unpack_from("<I", data, place)
    after = place + 4 + 2 * length
    return (data[place + 4 : after].decode("utf-16-le"), after) if after <= end else ("", end)

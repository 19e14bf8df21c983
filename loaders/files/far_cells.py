"""Cells far away from the table of a sheet: a stray value at the edge makes a sheet of a few rows one of billions."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Collection, Iterable

from tsunagari.loaders.files.archives import with_part
from tsunagari.loaders.files.cell_formats import read_cell_formats

COLUMNS, ROWS = 16_384, 1_048_576  # of a sheet of Excel
ROWS_APART, COLUMNS_APART = 10_000, 200  # empty ones between which nothing belongs together
_CELL = re.compile(rb'<((?:\w+:)?)c\b(?=[^>]*? r="([A-Z]{1,9})(\d{1,19})")(?:[^>]*?/>|[^>]*>.*?</\1c>)', re.DOTALL)
_FAR = re.compile(rb' r="(?:[A-Z]{3,}\d+|[A-Z]+\d{7,})"')
_STYLE = re.compile(rb' s="(\d+)"')
_VALUE = re.compile(rb"<(?:\w+:)?v>\s*(-?\d+(?:\.\d*)?(?:[eE][+-]?\d+)?)\s*</")
MOST_DAYS = 999_999_999  # from one day to another that can be told as a time
_FAR_ROW, _FAR_COLUMN = 999_999, 702  # from 0: A1000000 and AAA1
_DENSE, _SPARSE = 5_000_000, 50  # cells of a rectangle that is no trouble, however empty; empty ones to one that is not
_LARGEST = 1 << 30  # bytes of a sheet that is gone through as a whole


def is_far(text: bytes) -> bool:
    """Tell whether a cell in a part of a sheet stands where hardly any table reaches (AAA1, A1000000).

    Examples
    --------
    >>> is_far(b'<c r="XFD1">'), is_far(b'<c r="AZ999999">')
    (True, False)
    """
    return _FAR.search(text) is not None


def without_far_cells(data: bytes, part: str) -> tuple[bytes, list[str], int | None]:
    """Return a workbook without the cells of a sheet that stand apart from most of its cells, and which they are.

    Parameters
    ----------
    data
        The bytes of an xlsx workbook.
    part
        Name of the sheet's file in it.

    Returns
    -------
    The bytes, the same ones when nothing stands apart; the names of the cells that were taken out, in their order; and
    how many cells the rectangle of the others has, None when the sheet is too large to be gone through.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if archive.getinfo(part).file_size > _LARGEST:
            return data, [], None
        sheet = archive.read(part)
        places = [(int(row), column_number(column)) for _, column, row in _filled(sheet)]
        rows = main_stretch(Counter(row for row, _ in places if row <= ROWS), ROWS_APART)
        columns = main_stretch(
            Counter(column for row, column in places if row in rows and column <= COLUMNS), COLUMNS_APART
        )
        if all(row in rows and column in columns for row, column in places):
            return data, [], len(rows) * len(columns)
        removed: list[str] = []

        def kept(found: re.Match[bytes]) -> bytes:
            if int(found[3]) in rows and column_number(found[2]) in columns:
                return found[0]
            if _holds(found[0]):
                removed.append((found[2] + found[3]).decode())
            return b""

        sheet = _CELL.sub(kept, sheet)
    return with_part(data, part, sheet), removed, len(rows) * len(columns)


def without_endless_times(data: bytes, part: str, rows: Collection[int]) -> tuple[bytes, list[tuple[int, int]]]:
    """Return a workbook in which days and times beyond all calendars are plain numbers, and row and column of each.

    Parameters
    ----------
    data, part
        The workbook, and the file of the sheet in it.
    rows
        Numbers of the rows that are looked at, from 1; the places that come back count from 0.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheet, times = archive.read(part), read_cell_formats(archive).times
    places: list[tuple[int, int]] = []

    def plain(found: re.Match[bytes]) -> bytes:
        style, value = _STYLE.search(found[0]), _VALUE.search(found[0])
        if style is None or value is None or int(found[3]) not in rows or int(style[1]) not in times:
            return found[0]
        if abs(float(value[1])) <= MOST_DAYS:
            return found[0]
        places.append((int(found[3]) - 1, column_number(found[2]) - 1))
        return found[0].replace(style[0], b"", 1)

    return with_part(data, part, _CELL.sub(plain, sheet)), places


def is_spread(last_row: int, last_column: int, cells: int) -> bool:
    """Tell whether the cells of a sheet reach so far, or fill so little of their rectangle, that some stand apart.

    Parameters
    ----------
    last_row, last_column
        The last place, from 0.
    cells
        How many hold anything.

    Examples
    --------
    >>> is_spread(1_048_575, 2, 30), is_spread(5_000, 3_000, 30), is_spread(5_000, 30, 100_000)
    (True, True, False)
    """
    area = (last_row + 1) * (last_column + 1)
    return last_row >= _FAR_ROW or last_column >= _FAR_COLUMN or (area > _DENSE and area > _SPARSE * cells)


def cell_name(row: int, column: int) -> str:
    """Return the name of a cell, its row and column counted from 0.

    Examples
    --------
    >>> cell_name(0, 0), cell_name(1_048_575, 16_383)
    ('A1', 'XFD1048576')
    """
    letters, number = "", column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


def _filled(sheet: bytes) -> Iterable[tuple[bytes, bytes, bytes]]:
    return ((found[1], found[2], found[3]) for found in _CELL.finditer(sheet) if _holds(found[0]))


def _holds(cell: bytes) -> bool:
    return b"<v" in cell or b":v" in cell or b"is>" in cell or b"<f" in cell


def column_number(letters: bytes) -> int:
    """Return the place of a column from 1.

    Examples
    --------
    >>> column_number(b"A"), column_number(b"AA")
    (1, 27)
    """
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def main_stretch(counts: Counter[int], apart: int) -> range:
    """Return the stretch without a gap that holds most."""
    best, most = range(0), 0
    start, last, total = 0, 0, 0
    for place in sorted(counts):
        if total and place - last > apart:
            start, total = place, 0
        start = start if total else place
        last, total = place, total + counts[place]
        if total > most:
            best, most = range(start, last + 1), total
    return best

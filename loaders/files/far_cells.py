"""Cells far away from the table of a sheet: a stray value at the edge makes a sheet of a few rows one of billions."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterable

COLUMNS, ROWS = 16_384, 1_048_576  # of a sheet of Excel
ROWS_APART, COLUMNS_APART = 10_000, 200  # empty ones between which nothing belongs together
_CELL = re.compile(rb'<((?:\w+:)?)c\b(?=[^>]*? r="([A-Z]{1,9})(\d{1,19})")(?:[^>]*?/>|[^>]*>.*?</\1c>)', re.DOTALL)
_FAR = re.compile(rb' r="(?:[A-Z]{3,}\d+|[A-Z]+\d{7,})"')
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
        places = [(int(row), _number(column)) for _, column, row in _filled(sheet)]
        rows = _main(Counter(row for row, _ in places if row <= ROWS), ROWS_APART)
        columns = _main(Counter(column for row, column in places if row in rows and column <= COLUMNS), COLUMNS_APART)
        if all(row in rows and column in columns for row, column in places):
            return data, [], len(rows) * len(columns)
        removed: list[str] = []

        def kept(found: re.Match[bytes]) -> bytes:
            if int(found[3]) in rows and _number(found[2]) in columns:
                return found[0]
            if _holds(found[0]):
                removed.append((found[2] + found[3]).decode())
            return b""

        sheet = _CELL.sub(kept, sheet)
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as copy:
            for entry in archive.infolist():
                copy.writestr(entry, sheet if entry.filename == part else archive.read(entry))
    return buffer.getvalue(), removed, len(rows) * len(columns)


def _filled(sheet: bytes) -> Iterable[tuple[bytes, bytes, bytes]]:
    return ((found[1], found[2], found[3]) for found in _CELL.finditer(sheet) if _holds(found[0]))


def _holds(cell: bytes) -> bool:
    return b"<v" in cell or b":v" in cell or b"is>" in cell or b"<f" in cell


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _main(counts: Counter[int], apart: int) -> range:
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

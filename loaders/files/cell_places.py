"""What a reader of workbooks passes over in silence: cells of one place, sheets of one name, values under merged cells.

A workbook that a program wrote, or that was damaged, may say two things of one cell. A reader takes one of them.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from tsunagari.loaders.files.binary_cells import BLANK, cells_of
from tsunagari.loaders.files.far_cells import cell_name, column_number
from tsunagari.loaders.files.grid import Grid, GridRow, Merge
from tsunagari.loaders.issues import Issue, make_issue

_LARGEST = 1 << 30  # bytes of a sheet that is gone through as a whole
_WIDTH = 1 << 14  # columns of a sheet of Excel
_CELL = re.compile(
    rb'<(?:(?:\w+:)?sheetData\b|((?:\w+:)?)c\b(?=[^>]*? r="([A-Z]{1,3})(\d{1,7})")[^>]*?(?<!/)>(.*?)</\1c>)', re.DOTALL
)
_VALUE = re.compile(rb"<(?:\w+:)?(?:v|is)(?:\s[^>]*)?(?<!/)>")
# [MS-XLS] 2.3: what begins and ends a part of the stream, names a sheet, shares texts, and holds a value.
_BEGIN, _END, _SHEET, _TEXTS, _SHARED, _SEVERAL = 0x809, 0x0A, 0x85, 0xFC, 0xFD, 0xBD
_SINGLE = frozenset((0x06, 0x203, 0x204, 0x205, 0x27E, 0xD6, _SHARED))


@dataclass(slots=True)
class Places:
    """Cells of a sheet of which a reader gives nothing, or not all.

    Parameters
    ----------
    repeated
        Names of the cells of which the file holds more than one value.
    unread
        Names of cells that stand where no reader looks.
    lost
        Row number and position of cells whose shared text is not there.
    """

    repeated: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    lost: set[tuple[int, int]] = field(default_factory=set)

    def issues(self, grid: Grid) -> Iterator[Issue]:
        """Yield what is to be said of the sheet."""
        if self.lost:
            empty = {(number, place) for number, cells in grid.rows for place in blank_places(cells, number, self.lost)}
            found = [cell_name(number - 1, place) for number, place in sorted(empty)]
            yield from told_cells("lost-cells", grid.file, grid.sheet, found)
        yield from told_cells("repeated-cells", grid.file, grid.sheet, self.repeated)
        yield from told_cells("unread-cells", grid.file, grid.sheet, self.unread)


def blank_places(cells: Sequence[str], number: int, wanted: Iterable[tuple[int, int]]) -> Iterator[int]:
    """Yield the positions of a row that are wanted and empty."""
    for row, place in wanted:
        if row == number and (place >= len(cells) or not cells[place]):
            yield place


def told_cells(code: str, file: str, sheet: str | None, names: Sequence[str]) -> Iterator[Issue]:
    """Yield one issue about some cells of a sheet, at the first of them; nothing where there are none."""
    if names:
        row = int(names[0].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
        yield make_issue(code, file=file, sheet=sheet, row=row, value=shown_cells(names), count=len(names))


def shown_cells(names: Sequence[str], most: int = 20) -> str:
    """Return the first names of cells, and a mark where there are more.

    Examples
    --------
    >>> shown_cells(["A1", "B2", "C3"], 2)
    'A1、B2…'
    """
    return "、".join(names[:most]) + ("…" if len(names) > most else "")


def repeated_sheets(names: Iterable[str], file: str) -> Iterator[Issue]:
    """Yield an issue for each name that several sheets have; a reader gives one of them."""
    for name, count in Counter(names).items():
        if count > 1:
            yield make_issue("repeated-sheet", file=file, sheet=name, value=name, count=count)


def values_in(text: bytes) -> int:
    """Return how many values the cells in a part of a sheet of an xlsx workbook hold.

    They are counted as nearly all programs write them; where the number is another one, `places_in_xlsx` looks closer.

    Examples
    --------
    >>> values_in(b'<c r="A1"><v>1</v></c><c r="B1"/><c r="C1"><is><t>a</t></is></c>')
    2
    """
    return text.count(b"<v>") - text.count(b"<v></v>") + text.count(b"<is>")


def places_in_xlsx(data: bytes, part: str) -> Places:
    """Return the cells of a sheet of which its file says more than a reader gives.

    Parameters
    ----------
    data, part
        The bytes of the workbook, and the file of the sheet in it.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if archive.getinfo(part).file_size > _LARGEST:
            return Places()
        sheet = archive.read(part)
    places, twice, tables, found = array("q"), set(), 0, Places()
    for cell in _CELL.finditer(sheet):
        if cell[2] is None:
            tables += 1
            continue
        count = len(_VALUE.findall(cell[4]))
        if not count:
            continue
        row, column = int(cell[3]) - 1, column_number(cell[2]) - 1
        if tables > 1:
            found.unread.append(cell_name(row, column))
            continue
        places.append(row * _WIDTH + column)
        if count > 1:
            twice.add(row * _WIDTH + column)
    found.repeated = [cell_name(*divmod(place, _WIDTH)) for place in _repeated(places, twice)]
    return found


def places_in_xlsb(data: bytes, part: str) -> Places:
    """Return the same of a sheet of a binary workbook (xlsb)."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheet = archive.read(part)
    cells = ((row, column) for record, row, column in cells_of(sheet) if column >= 0 and record[0] != BLANK)
    places = array("q", (row * _WIDTH + column for row, column in cells))
    return Places([cell_name(*divmod(place, _WIDTH)) for place in _repeated(places)])


def _repeated(places: array[int], also: Iterable[int] = ()) -> list[int]:
    values, counts = np.unique(np.frombuffer(places, dtype=np.int64) if places else places, return_counts=True)
    return sorted({*values[counts > 1].tolist(), *also})


def places_in_xls(stream: bytes) -> dict[str, Places]:
    """Return of each sheet in the stream of an old workbook (xls) what its file says more than a reader gives."""
    texts = 0
    for kind, start, end in xls_records(stream, 0):
        if kind == _TEXTS and end - start >= 8:
            texts = struct.unpack_from("<I", stream, start + 4)[0]
    return {title: _places_in_stream(stream, place, texts) for title, place in xls_sheets(stream).items()}


def xls_sheets(stream: bytes) -> dict[str, int]:
    """Return where each sheet in the stream of an old workbook begins, by its name."""
    return {
        _sheet_name(stream[start + 6 : end]): struct.unpack_from("<I", stream, start)[0]
        for kind, start, end in xls_records(stream, 0)
        if kind == _SHEET and end - start >= 8
    }


def xls_stream(data: bytes) -> bytes:
    """Return the stream of an old workbook in its container.

    Nothing where it cannot be found: what opens the workbook says so.
    """
    import olefile

    try:
        with olefile.OleFileIO(data) as container:
            name = next((name for name in ("Workbook", "Book") if container.exists(name)), None)
            return b"" if name is None else bytes(container.openstream(name).read())
    except (OSError, ValueError, LookupError, TypeError, ArithmeticError, AttributeError, struct.error, RecursionError):
        return b""


def _places_in_stream(stream: bytes, place: int, texts: int) -> Places:
    found, places = Places(), array("q")
    for kind, start, end in xls_records(stream, place):
        if kind in _SINGLE and end - start >= 6:
            row, column = struct.unpack_from("<HH", stream, start)
            places.append(row * _WIDTH + column)
            if kind == _SHARED and end - start >= 10 and struct.unpack_from("<I", stream, start + 6)[0] >= texts:
                found.lost.add((row + 1, column))
        elif kind == _SEVERAL and end - start >= 6:
            row, first = struct.unpack_from("<HH", stream, start)
            (last,) = struct.unpack_from("<H", stream, end - 2)
            places.extend(row * _WIDTH + column for column in range(first, min(last, 255) + 1))
    found.repeated = [cell_name(*divmod(place, _WIDTH)) for place in _repeated(places)]
    return found


def xls_records(stream: bytes, place: int) -> Iterator[tuple[int, int, int]]:
    """Yield kind, start and end of the records of a part of the stream, without those of parts within it."""
    depth, size = 0, len(stream)
    while place + 4 <= size:
        kind, length = struct.unpack_from("<HH", stream, place)
        place += 4
        if place + length > size:
            return
        if kind == _BEGIN:
            depth += 1
        elif kind == _END:
            depth -= 1
            if depth <= 0:
                return
        elif depth == 1:
            yield kind, place, place + length
        place += length


def _sheet_name(data: bytes) -> str:
    """Return the name in a record: its length, whether two bytes make a character, and the characters."""
    size, is_wide = data[0], data[1] & 1
    return data[2 : 2 + size * (2 if is_wide else 1)].decode("utf-16-le" if is_wide else "latin-1", "replace")


def covered_values(grid: Grid) -> Iterator[Issue]:
    """Yield an issue when cells under merged ones hold values of their own, which nobody sees; they are read."""
    if grid.merges:
        covered = list(dict.fromkeys(_covered(grid.rows, grid.merges)))
        yield from told_cells("covered-values", grid.file, grid.sheet, covered)


def _covered(rows: Iterable[GridRow], merges: Iterable[Merge]) -> Iterator[str]:
    """Yield the names of cells under merged ones whose values differ from what is seen."""
    coming = sorted(merges, reverse=True)
    under: list[tuple[Merge, str]] = []
    for number, cells in rows:
        while coming and coming[-1][0] <= number:
            merge = coming.pop()
            is_first = merge[0] == number and merge[1] < len(cells)
            under.append((merge, cells[merge[1]] if is_first else ""))
        under = [(merge, text) for merge, text in under if merge[2] >= number]
        for (top, left, _, right), text in under:
            for place in range(left, min(right + 1, len(cells))):
                if cells[place] and cells[place] != text and (number, place) != (top, left):
                    yield cell_name(number - 1, place)

"""Files to grids: whatever the format, a sheet is rows of text cells with the numbers they have in the file."""

from __future__ import annotations

import csv
import hashlib
import io
import re
import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tsunagari.errors import Message, Place, SourceError
from tsunagari.loaders.files.apart import read_apart
from tsunagari.loaders.files.archives import ZIP_MAGIC, unpack
from tsunagari.loaders.files.decode import decode, has_controls, read_bytes, size_of, without_controls
from tsunagari.loaders.files.grid import Grid, GridRow
from tsunagari.loaders.files.protection import OLE_MAGIC
from tsunagari.loaders.files.spool import spooled
from tsunagari.loaders.issues import Issue, make_issue

BOUNDARY_ENDINGS = (".geojson", ".topojson", ".json")

_CHUNK = 1 << 20
_SMALL = 1 << 20  # bytes of a text that is read without another process


@dataclass(frozen=True, slots=True)
class FileContent:
    """What a file holds.

    Parameters
    ----------
    grids
        Its sheets.
    encoding
        How its bytes were read: an encoding, or the format of a workbook.
    sha256
        Hash of its bytes.
    issues
        What is to be said of the file as a whole; `parts.read_source` passes it on.
    """

    grids: tuple[Grid, ...]
    encoding: str
    sha256: str
    issues: tuple[Issue, ...] = ()


def read_grids(path: Path, file: str, *, sheets: Sequence[str] = (), inside: str | None = None) -> FileContent:
    """Return the sheets of the file at `path`: what it is depends on its bytes, not on its name.

    Parameters
    ----------
    path, file
        Where it is, and what it is called in messages.
    sheets
        Names of the sheets of a workbook to read; empty for all visible ones.
    inside
        The file to read when it is an archive; None for the only table in it.

    Raises
    ------
    SourceError
        When the file cannot be read at all.
    """
    data = read_bytes(path, file) if _is_small_text(path) else None
    if data is not None:
        return grids_in(data, file, sheets, inside)
    try:
        size = size_of(path, file)
    except OSError:
        read_bytes(path, file)  # says what is wrong
        raise
    found: FileContent = read_apart(
        file, __name__, grids_of.__name__, str(path), file, tuple(sheets), inside, size=size
    )
    return found


def grids_of(path: str, file: str, sheets: Sequence[str], inside: str | None) -> FileContent:
    """Return the sheets of a file; what `read_grids` calls in the other process."""
    return grids_in(read_bytes(Path(path), file), file, sheets, inside)


def grids_in(data: bytes, file: str, sheets: Sequence[str], inside: str | None) -> FileContent:
    """Return the sheets in the bytes of a file; for the parameters and errors see `read_grids`."""
    from tsunagari.loaders.files.workbooks import is_workbook, read_workbook

    sha256 = hashlib.sha256(data).hexdigest()
    unpacked = unpack(data, file, inside)
    if is_workbook(unpacked.data, file):
        grids, encoding, issues = read_workbook(unpacked.data, file, sheets)
        return FileContent(tuple(grids), encoding, sha256, (*unpacked.issues, *issues))
    decoded = decode(unpacked.data, file)
    _refuse_markup(decoded.text, file)
    # JSON is no table: what an adapter makes of it comes from the text
    is_table = not unpacked.name.lower().endswith(BOUNDARY_ENDINGS)
    grid = Grid(file, [])
    if is_table:
        rows = csv_rows(decoded.text, file, name=unpacked.name)
        grid.rows = spooled(_without_controls(rows, grid) if has_controls(decoded.text) else rows)
    return FileContent((grid,), decoded.encoding, sha256, tuple(unpacked.issues))


def _is_small_text(path: Path) -> bool:
    """Tell whether a file is read here and now: text so short that what it can cost is known."""
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode) or found.st_size > _SMALL:
            return False
        with path.open("rb") as file:
            return not file.read(len(OLE_MAGIC)).startswith((ZIP_MAGIC, OLE_MAGIC))
    except (OSError, ValueError):
        return True  # `read_bytes` says what is wrong


def column_letters(position: int) -> str:
    """Return the letters of the column at `position` from 0, as a spreadsheet shows them.

    Examples
    --------
    >>> column_letters(0), column_letters(26)
    ('A', 'AA')
    """
    letters = ""
    number = position + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def csv_rows(text: str, file: str, *, name: str | None = None) -> Iterator[GridRow]:
    """Yield number and stripped cells of each row; the ending of `name` (default: `file`) may say that tabs separate.

    Raises
    ------
    SourceError
        When a quoted cell is never closed.
    """
    # a quote that is never closed must be told as such, not as a cell longer than the reader allows
    csv.field_size_limit(max(csv.field_size_limit(), len(text) + 1))
    reader = csv.reader(_lines(text), delimiter=_delimiter(text, name or file), strict=True)
    number, line = 0, 0
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise _csv_error(file, line + 1, reader.line_num, error) from None
        number, line = number + 1, reader.line_num
        yield number, [cell.strip() for cell in cells]


def _lines(text: str) -> Iterator[str]:
    """Yield the lines of a text, whatever ends them, without a second copy of a large one."""
    start = 0
    while start < len(text):
        end = text.rfind("\n", start, start + _CHUNK) + 1 or text.find("\n", start + _CHUNK) + 1 or len(text)
        yield from io.StringIO(text[start:end], newline="")
        start = end


def _without_controls(rows: Iterable[GridRow], grid: Grid) -> Iterator[GridRow]:
    """Take NUL and other control characters out of the cells, each of which is told."""
    for number, cells in rows:
        cleaned = [without_controls(cell) for cell in cells]
        for position, (before, after) in enumerate(zip(cells, cleaned, strict=True)):
            if before != after:
                column = column_letters(position)
                grid.issues.append(
                    make_issue("control-characters", file=grid.file, row=number, column=column, value=after)
                )
        yield number, cleaned


def _refuse_markup(text: str, file: str) -> None:
    """Web pages are handed out as .csv and .xls; a browser shows them as tables, which does not make them one."""
    head = text[:2000].lstrip().lower()
    if not head.startswith("<"):
        return
    xml = "urn:schemas-microsoft-com:office:spreadsheet" in head
    if xml or re.match(r"<(?:!doctype html|html|head|table|meta)\b", head):
        what = "XML スプレッドシート 2003" if xml else "Web ページ（HTML）"
        what_en = "XML Spreadsheet 2003" if xml else "a web page (HTML)"
        raise SourceError(
            Message(f"{file} は表ではなく {what} です。", f"{file} is no table but {what_en}."),
            Message("Excel で開き、.xlsx として保存し直してください。", "Open it in Excel and save it as .xlsx."),
            Place(file),
        )


def _delimiter(text: str, file: str) -> str:
    head = text[:10_000].split("\n")[:5]
    tabs, commas = (sum(line.count(sign) for line in head) for sign in "\t,")
    if file.lower().endswith(".tsv") or tabs > commas:
        return "\t"
    # cells may hold lists with semicolons and bars: they part cells only where the header has them and no comma
    return next((sign for sign in ";|" if sign in head[0] and "," not in head[0]), ",")


def _csv_error(file: str, start: int, end: int, error: csv.Error) -> SourceError:
    if "unexpected end" in str(error):
        message = Message(
            f"{file} の {start} 行目から始まる値の引用符が閉じていません。",
            f"The quoted cell that starts in line {start} of {file} is never closed.",
        )
    else:
        message = Message(
            f"{file} の {end} 行目を CSV として読めません: {error}", f"Line {end} of {file} is not CSV: {error}"
        )
    hint = Message(
        '値の中の二重引用符は 2 つ重ねて書いてください（""）。', 'Write a double quote inside a cell twice ("").'
    )
    return SourceError(message, hint, Place(file, row=start))

"""Files to grids: whatever the format, a sheet is rows of text cells with the numbers they have in the file."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tsunagari.errors import Message, Place, SourceError
from tsunagari.loaders.decode import read_text
from tsunagari.loaders.issues import Issue

GridRow = tuple[int, list[str]]


@dataclass(slots=True)
class Grid:
    """One sheet, or a text file, as cells of text.

    Parameters
    ----------
    file
        Name of the file for messages.
    rows
        Number in the file (the first line is 1) and stripped cells of each row, blank ones included.
    sheet
        Name of the sheet; None for a text file.
    issues
        What was found while reading.
    """

    file: str
    rows: Sequence[GridRow]
    sheet: str | None = None
    issues: list[Issue] = field(default_factory=list)


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
    """

    grids: tuple[Grid, ...]
    encoding: str
    sha256: str


def read_grids(path: Path, file: str) -> FileContent:
    """Return the sheets of the file at `path`, called `file` in messages.

    Raises
    ------
    SourceError
        When the file cannot be read at all.
    """
    decoded, data = read_text(path, file)
    grid = Grid(file, list(csv_rows(decoded.text, file)))
    return FileContent((grid,), decoded.encoding, hashlib.sha256(data).hexdigest())


def csv_rows(text: str, file: str) -> Iterator[GridRow]:
    """Yield number and stripped cells of each row."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text, file), strict=True)
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


def _delimiter(text: str, file: str) -> str:
    head = text[:10_000].split("\n")[:5]
    tabs, commas = (sum(line.count(sign) for line in head) for sign in "\t,")
    return "\t" if file.lower().endswith(".tsv") or tabs > commas else ","


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

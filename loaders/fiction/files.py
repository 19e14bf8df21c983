"""Lists to files: the formats and encodings that offices use, always with the same bytes."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from tsunagari.loaders.fiction.words import new_kanji

Cell = str | int | date
MADE = datetime(2025, 4, 1)  # a fixed day: the clock is no part of the country
LARGEST_SHEET = 5_000  # rows; offices with longer lists have a system that gives CSV


@dataclass(slots=True)
class Sheet:
    """One table on its way to a file.

    Parameters
    ----------
    name
        Name of the sheet.
    rows
        Its rows; the first is row 1.
    merged
        First row and column, last row and column (all from 0) of cells that a workbook joins.
    """

    name: str
    rows: list[Sequence[Cell]] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)

    def add(self, *cells: Cell) -> int:
        """Add a row and return its number."""
        self.rows.append(cells)
        return len(self.rows)


@dataclass(frozen=True, slots=True)
class Format:
    """How an office saves a list.

    Parameters
    ----------
    suffix
        Ending of the file.
    encoding, delimiter
        For a text file; None and empty for a workbook.
    """

    suffix: str
    encoding: str | None = None
    delimiter: str = ""

    @property
    def encoding_within(self) -> str | None:
        """The encoding of what is added to a file that is there."""
        return "utf-8" if self.encoding == "utf-8-sig" else self.encoding

    @property
    def is_workbook(self) -> bool:
        """Whether cells can be joined and there can be several sheets."""
        return self.encoding is None


WORKBOOK = Format(".xlsx")
EXCEL_CSV = Format(".csv", "cp932", ",")
UTF8_CSV = Format(".csv", "utf-8-sig", ",")
PLAIN_CSV = Format(".csv", "utf-8", ",")
UNICODE_TEXT = Format(".csv", "utf-16", "\t")  # what Excel calls Unicode text, with the ending changed by hand


def write_sheets(path: Path, sheets: Sequence[Sheet], form: Format) -> None:
    """Write sheets to `path`; a text file takes the first."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if form.is_workbook:
        _write_workbook(path, sheets)
    else:
        path.write_bytes(text_bytes(sheets[0].rows, form))


def text_bytes(rows: Iterable[Sequence[Cell]], form: Format) -> bytes:
    """Return rows as a text file."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=form.delimiter, lineterminator="\r\n").writerows(rows)
    if form.encoding == "utf-16":  # the byte order must not depend on the machine
        return b"\xff\xfe" + text.getvalue().encode("utf-16-le")
    written = text.getvalue()
    if form.encoding == "cp932" and not _is_encodable(written):
        # who types on such a machine writes the form that it has
        written = "".join(char if _is_encodable(char) else char.translate(new_kanji()) for char in written)
    return written.encode(form.encoding or "utf-8")


def _is_encodable(text: str) -> bool:
    try:
        text.encode("cp932")
    except UnicodeEncodeError:
        return False
    return True


def _write_workbook(path: Path, sheets: Sequence[Sheet]) -> None:
    from xlsxwriter import Workbook

    with Workbook(path, {"default_date_format": "yyyy/m/d", "in_memory": True}) as workbook:
        workbook.set_properties({"created": MADE, "comments": "架空"})
        for sheet in sheets:
            page = workbook.add_worksheet(sheet.name)
            for number, cells in enumerate(sheet.rows):
                page.write_row(number, 0, cells)
            for top, left, bottom, right in sheet.merged:
                page.merge_range(top, left, bottom, right, sheet.rows[top][left])

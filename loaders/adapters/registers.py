"""Large CSV files, plain or inside a ZIP archive, read row by row so that only the rows wanted stay in memory."""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from tsunagari.errors import Message, Place, SourceError
from tsunagari.loaders.grids import GridRow
from tsunagari.loaders.parts import SourceInput

_SAMPLE = 1 << 16
_LARGEST = 8 << 30  # bytes of text in an archive; the whole corporate number file has about one gibibyte
_WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".ods")
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


@dataclass(slots=True)
class RegisterTable:
    """One table of a register.

    Parameters
    ----------
    rows
        Number and cells of each row, not stripped; to be read before the next table is asked for.
    encoding
        How its bytes are read.
    sheet
        Name of the member of an archive, or of the sheet; None where the file holds one table only.
    """

    rows: Iterable[GridRow]
    encoding: str
    sheet: str | None = None


def register_tables(given: SourceInput) -> Iterator[RegisterTable]:
    """Yield the tables of a source: those of the CSV files in an archive, the CSV file itself, or sheets.

    Raises
    ------
    SourceError
        When the file cannot be read at all; also while its rows are read.
    """
    path, file = given.path, given.source.file
    if path.suffix.lower() in _WORKBOOKS:
        content = given.content
        yield from (RegisterTable(grid.rows, content.encoding, grid.sheet) for grid in content.grids)
        return
    try:
        if path.is_file() and zipfile.is_zipfile(path):
            yield from _archive_tables(path, file)
        else:
            with path.open("rb") as raw:
                encoding = _encoding_of(raw.read(_SAMPLE))
                raw.seek(0)
                yield RegisterTable(_rows(raw, encoding, file), encoding)
    except (OSError, zipfile.BadZipFile, NotImplementedError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        message = Message(f"{file} を読めません: {reason}", f"{file} cannot be read: {reason}")
        hint = Message("ダウンロードし直してください。", "Download it again.")
        raise SourceError(message, hint, Place(file)) from None


def digest_of(path: Path) -> str:
    """Return the hash of the bytes of a file."""
    with path.open("rb") as raw:
        return hashlib.file_digest(raw, "sha256").hexdigest()


def _archive_tables(path: Path, file: str) -> Iterator[RegisterTable]:
    with zipfile.ZipFile(path) as archive:
        members = [item for item in archive.infolist() if item.filename.lower().endswith((".csv", ".tsv", ".txt"))]
        members = [item for item in members if "readme" not in item.filename.lower()]
        if not members:
            names = ", ".join(archive.namelist()[:5])
            message = Message(f"{file} の中に CSV がありません（{names}）。", f"{file} holds no CSV file ({names}).")
            hint = Message("CSV を含む ZIP を置いてください。", "Put an archive there that holds the CSV file.")
            raise SourceError(message, hint, Place(file))
        for member in members:
            _check_member(member, file)
            with archive.open(member) as sample:
                encoding = _encoding_of(sample.read(_SAMPLE))
            name = Path(member.filename).name if len(members) > 1 else None
            with archive.open(member) as raw:
                yield RegisterTable(_rows(raw, encoding, file, name), encoding, name)


def _check_member(member: zipfile.ZipInfo, file: str) -> None:
    if member.flag_bits & 1:
        message = Message(f"{file} は暗号化されています。", f"{file} is encrypted.")
        hint = Message("暗号化を解いて置き直してください。", "Decrypt it and put it there again.")
        raise SourceError(message, hint, Place(file))
    if member.file_size > _LARGEST:
        message = Message(
            f"{file} の中の {member.filename} は大きすぎます。", f"{member.filename} in {file} is too large."
        )
        hint = Message("都道府県ごとのファイルに分けてください。", "Use the files of single prefectures.")
        raise SourceError(message, hint, Place(file))


def _encoding_of(sample: bytes) -> str:
    for bom, encoding in _BOMS:
        if sample.startswith(bom):
            return encoding
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        return "cp932"
    return "utf-8"


def _rows(raw: IO[bytes], encoding: str, file: str, sheet: str | None = None) -> Iterator[GridRow]:
    number = 0
    text = io.TextIOWrapper(raw, encoding=encoding, newline="")
    try:
        for number, cells in enumerate(csv.reader(text), start=1):
            yield number, cells
    except UnicodeDecodeError as error:
        found = " ".join(f"{byte:02X}" for byte in error.object[error.start : error.start + 4])
        shown = encoding.upper()
        message = Message(
            f"{file} の {number} 行目より後に {shown} として読めないバイト {found} があります。",
            f"{file} holds bytes ({found}) after row {number} that are not valid {shown}.",
        )
        hint = Message("ダウンロードし直してください。", "Download it again.")
        raise SourceError(message, hint, Place(file, sheet=sheet, row=number)) from None
    except csv.Error as error:
        message = Message(
            f"{file} の {number + 1} 行目を CSV として読めません: {error}",
            f"Row {number + 1} of {file} is not CSV: {error}",
        )
        hint = Message("引用符が閉じているか確かめてください。", "Check that every quote is closed.")
        raise SourceError(message, hint, Place(file, sheet=sheet, row=number + 1)) from None
    finally:
        if not raw.closed:
            text.detach()  # what opened the file closes it

"""Large CSV files, plain or inside a ZIP archive, read row by row so that only the rows wanted stay in memory."""

from __future__ import annotations

import codecs
import csv
import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO, Any

from tsunagari.errors import Message, Place, SourceError
from tsunagari.loaders.files import (
    BOMS,
    ZIP_MAGIC,
    GridRow,
    damaged_error,
    entry_name,
    is_bomb,
    is_named,
    locked_error,
    read_bytes,
    workbook_format,
)
from tsunagari.loaders.session import SourceInput

_SAMPLE = 1 << 16
_CHUNK = 1 << 20
_LARGEST = 8 << 30  # bytes of text in an archive; the whole corporate number file has about one gibibyte
_LONGEST_LINE = 16 << 20  # bytes; a row of a register has a few hundred
_TEXTS = (".csv", ".tsv")
_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"


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
    try:
        if not path.is_file():
            read_bytes(path, file)  # says what is wrong: a pipe would be waited for
        with path.open("rb") as raw:
            magic = raw.read(len(ZIP_MAGIC))
            if magic not in (ZIP_MAGIC, _OLD_WORKBOOK):
                raw.seek(0)
                encoding = _encoding_of(raw.read(_SAMPLE))
                raw.seek(0)
                yield RegisterTable(_rows(raw, encoding, file), encoding)
                return
        if magic == ZIP_MAGIC:
            with zipfile.ZipFile(path) as archive:
                if workbook_format(archive) is None:
                    yield from _archive_tables(archive, file, given.source.inside)
                    return
    except (zipfile.BadZipFile, zlib.error, NotImplementedError):
        raise damaged_error(file) from None
    except OSError:
        read_bytes(path, file)  # says what is wrong
        raise
    content = given.content
    yield from (RegisterTable(grid.rows, content.encoding, grid.sheet) for grid in content.grids)


def _archive_tables(archive: zipfile.ZipFile, file: str, inside: str | None) -> Iterator[RegisterTable]:
    entries = {entry_name(entry): entry for entry in archive.infolist() if not entry.is_dir()}
    tables = {name: entry for name, entry in entries.items() if name.lower().endswith(_TEXTS)}
    members = {name: entry for name, entry in tables.items() if inside is None or is_named(name, inside)}
    if not members:
        listed = "、".join(list(tables or entries)[:20]) or "－"
        message = Message(f"{file} の中に読む CSV がありません。", f"{file} holds no CSV file to read.")
        hint = Message(f"中のファイル: {listed}", f"Files inside: {listed}")
        raise SourceError(message, hint, Place(file))
    for member, entry in members.items():
        if entry.flag_bits & 1:
            raise locked_error(file)
        if entry.file_size > _LARGEST or is_bomb(entry.file_size, entry.compress_size):
            message = Message(f"{file} の中の {member} は大きすぎます。", f"{member} in {file} is too large.")
            hint = Message("都道府県ごとのファイルに分けてください。", "Use the files of single prefectures.")
            raise SourceError(message, hint, Place(file))
        with archive.open(entry) as sample:
            encoding = _encoding_of(sample.read(_SAMPLE))
        name = PurePosixPath(member).name if len(members) > 1 else None
        with archive.open(entry) as raw:
            yield RegisterTable(_rows(raw, encoding, file, name), encoding, name)


def _encoding_of(sample: bytes) -> str:
    for bom, encoding in BOMS:
        if sample.startswith(bom):
            return encoding
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        return "cp932"
    return "utf-8"


def _rows(raw: IO[bytes], encoding: str, file: str, sheet: str | None = None) -> Iterator[GridRow]:
    number = 0
    # Excel saves “Unicode text” with tabs, whatever the name of the file
    text = io.TextIOWrapper(io.BufferedReader(_Bounded(raw, file), _CHUNK), encoding=encoding, newline="")
    try:
        # strict, so that a quote that is never closed does not swallow the rest of the file
        reader = csv.reader(text, delimiter="\t" if encoding == "utf-16" else ",", strict=True)
        for number, cells in enumerate(reader, start=1):
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
        text.detach()  # what opened the file closes it


class _Bounded(io.RawIOBase):
    """Bytes with a line break now and then: a line without end would fill the memory before it could be told."""

    def __init__(self, raw: IO[bytes], file: str) -> None:
        self._raw, self._file, self._since = raw, file, 0

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read on."""
        data = self._raw.read(len(buffer))
        last = data.rfind(b"\n")
        self._since = self._since + len(data) if last < 0 else len(data) - last
        if self._since > _LONGEST_LINE:
            message = Message(f"{self._file} に、終わらない行があります。", f"A line of {self._file} has no end.")
            hint = Message("ダウンロードし直してください。", "Download it again.")
            raise SourceError(message, hint, Place(self._file))
        buffer[: len(data)] = data
        return len(data)

"""ZIP archives: workbooks are ZIP files too, and portals hand out lists as one; a bomb is refused before it unpacks."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field

from tsunagari.errors import Message, Place, SourceError
from tsunagari.loaders.issues import Issue, make_issue

ZIP_MAGIC = b"PK\x03\x04"
TABLE_ENDINGS = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
# A sheet of a million formatted rows stays below both; deflate itself ends at about 1,030 to 1.
_ALWAYS_FINE = 200 * 2**20
_MOST_BYTES = 4 * 2**30
_MOST_RATIO = 250
_UTF8_FLAG = 0x800
_WORKBOOK_PARTS = {"xl/workbook.xml": "xlsx", "xl/workbook.bin": "xlsb"}
_ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError)
"""What reading a damaged archive raises; a RuntimeError says that it is locked."""


@dataclass(slots=True)
class Unpacked:
    """What was taken out of a file that may be an archive.

    Parameters
    ----------
    data
        The bytes to read: those of the one file inside, or the file itself.
    name
        The name whose ending counts.
    issues
        That a file inside an archive was read.
    """

    data: bytes
    name: str
    issues: list[Issue] = field(default_factory=list)


def open_zip(data: bytes, file: str) -> zipfile.ZipFile:
    """Return the archive in `data`.

    Raises
    ------
    SourceError
        When it is damaged, holds several files of one name, or would unpack to an absurd size.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (*DAMAGE, ValueError):
        raise damaged_error(file) from None
    twice = _unlike_twins(archive)
    if twice:
        raise _twins_error(file, twice)
    size = sum(entry.file_size for entry in archive.infolist())
    if size > _MOST_BYTES or is_bomb(size, len(data)):
        raise SourceError(
            Message(
                f"{file} は展開すると {size / 2**20:,.0f} MB（{size // max(len(data), 1):,} 倍）になるので、"
                "開きませんでした。",
                f"{file} was not opened: it would unpack to {size / 2**20:,.0f} MB"
                f" ({size // max(len(data), 1):,} times its size).",
            ),
            Message(
                "作成元に確かめてください。必要な表だけを新しいブックに写して保存すると読めます。",
                "Ask where it comes from; a new workbook with the needed table alone can be read.",
            ),
            Place(file),
        )
    return archive


def _unlike_twins(archive: zipfile.ZipFile) -> str | None:
    """Return the name of files that are not the same but have the same name; None when there are none."""
    known: dict[str, tuple[int, int]] = {}
    for entry in archive.infolist():
        if known.setdefault(entry.filename, (entry.CRC, entry.file_size)) != (entry.CRC, entry.file_size):
            return entry.filename
    return None


def _twins_error(file: str, name: str) -> SourceError:
    return SourceError(
        Message(
            f"{file} の中に「{name}」という名前のファイルが 2 つあり、中身が違うので読めません。",
            f"{file} holds two files named {name!r} that are not the same.",
        ),
        Message(
            "ブックなら Excel で開いて（修復して）保存し直し、ZIP なら展開して必要な表を渡してください。",
            "Open a workbook in Excel, let it be repaired, and save it; unpack an archive and give the table needed.",
        ),
        Place(file),
    )


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """Return an archive in which one file holds something else."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as copy:
        for entry in archive.infolist():
            copy.writestr(entry, content if entry.filename == name else archive.read(entry))
    return buffer.getvalue()


def is_bomb(size: int, packed: int) -> bool:
    """Tell whether `packed` bytes of an archive that unpack to `size` can be nothing that an office made.

    Examples
    --------
    >>> is_bomb(10 << 20, 1), is_bomb(300 << 20, 1 << 20)
    (False, True)
    """
    return size > _ALWAYS_FINE and size > _MOST_RATIO * packed


def workbook_format(archive: zipfile.ZipFile) -> str | None:
    """Return ``"xlsx"``, ``"xlsm"``, ``"xlsb"`` or ``"ods"``; None when the archive is no workbook."""
    names = set(archive.namelist())
    for part, name in _WORKBOOK_PARTS.items():
        if part in names:
            return "xlsm" if name == "xlsx" and "xl/vbaProject.bin" in names else name
    if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
        return "ods" if archive.read("mimetype").strip().startswith(_ODS_TYPE) else None
    return None


def entry_name(entry: zipfile.ZipInfo) -> str:
    """Return the name of a file in an archive; Japanese Windows writes names in CP932 without saying so."""
    if entry.flag_bits & _UTF8_FLAG:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("cp932")
    except UnicodeError:
        return entry.filename


def is_named(name: str, inside: str) -> bool:
    """Tell whether `inside` of the settings means the file `name` of an archive, with or without its folder."""
    return inside in (name, name.rpartition("/")[2])


def unpack(data: bytes, file: str, inside: str | None = None, *, endings: tuple[str, ...] = TABLE_ENDINGS) -> Unpacked:
    """Return the table in `data`: the one file of an archive that is no workbook, else `data` as it is.

    Parameters
    ----------
    data, file
        The bytes and the name of the file.
    inside
        Name of the file to take, with or without its folder; None takes the only one that looks like a table.
    endings
        What the names of tables end in.

    Raises
    ------
    SourceError
        When the archive is damaged, locked, has no table, or has several and none is named.
    """
    if not data.startswith(ZIP_MAGIC):
        return Unpacked(data, file)
    archive = open_zip(data, file)
    if workbook_format(archive) is not None:
        return Unpacked(data, file)
    entries = {entry_name(entry): entry for entry in archive.infolist() if not entry.is_dir()}
    name = _choose(entries, file, inside, endings)
    try:
        content = archive.read(entries[name])
    except RuntimeError:
        raise locked_error(file) from None
    except (*DAMAGE, ValueError):
        raise damaged_error(file) from None
    return Unpacked(content, name, [make_issue("archive-read", file=file, value=name)])


def tables_among(names: Iterable[str], endings: tuple[str, ...] = TABLE_ENDINGS) -> list[str]:
    """Return which files of an archive may be tables; texts beside other ones are notes about these.

    Examples
    --------
    >>> tables_among(["list.csv", "readme.txt", "__MACOSX/list.csv", "a.pdf"])
    ['list.csv']
    """
    found = [name for name in names if name.lower().endswith(endings) and not name.startswith(("__MACOSX/", "."))]
    return [name for name in found if not name.lower().endswith(".txt")] or found


def tables_inside(data: bytes, file: str) -> list[str]:
    """Return the tables of an archive, none of any other file.

    Raises
    ------
    SourceError
        When it is an archive that is damaged, or would unpack to an absurd size.
    """
    if not data.startswith(ZIP_MAGIC):
        return []
    archive = open_zip(data, file)
    if workbook_format(archive) is not None:
        return []
    return tables_among(entry_name(entry) for entry in archive.infolist() if not entry.is_dir())


def damaged_error(file: str) -> SourceError:
    """Return the error for an archive or workbook that is cut off or not what it claims to be."""
    return SourceError(
        Message(
            f"{file} は壊れているか、途中で切れています。", f"{file} is damaged, or was cut off while being copied."
        ),
        Message(
            "もう一度受け取るか、Excel で開いて（修復して）保存し直してください。",
            "Get it again, or open it in Excel, let Excel repair it, and save it anew.",
        ),
        Place(file),
    )


def locked_error(file: str) -> SourceError:
    """Return the error for a file that asks for a password."""
    return SourceError(
        Message(f"{file} はパスワードで保護されているので読めません。", f"{file} is protected by a password."),
        Message(
            "開いて「名前を付けて保存」し、パスワードを外してください（Excel: ファイル → 情報 → ブックの保護）。",
            "Open it and save a copy without the password (Excel: File → Info → Protect Workbook).",
        ),
        Place(file),
    )


def _choose(entries: dict[str, zipfile.ZipInfo], file: str, inside: str | None, endings: tuple[str, ...]) -> str:
    if inside is not None:
        found = [name for name in entries if is_named(name, inside)]
        if len(found) == 1:
            return found[0]
    tables = tables_among(entries, endings)
    if inside is None and len(tables) == 1:
        return tables[0]
    listed = "、".join(tables[:20] or list(entries)[:20]) or "－"
    if inside is not None:
        message = Message(
            f"{file} の中に inside = 「{inside}」という（ただ 1 つの）ファイルはありません。",
            f"{file} does not hold (exactly) one file inside = {inside!r}.",
        )
    elif tables:
        message = Message(
            f"{file} は ZIP で、中に表が {len(tables)} つあります。",
            f"{file} is a ZIP archive with {len(tables)} tables.",
        )
    else:
        message = Message(
            f"{file} は表ではなく ZIP で、中に CSV も Excel もありません。",
            f"{file} is a ZIP archive without any CSV or Excel file.",
        )
    raise SourceError(
        message,
        Message(
            f'tsunagari.toml の [[source]] に inside = "…" と書いて選んでください。中のファイル: {listed}',
            f'Choose with inside = "…" under [[source]] in tsunagari.toml. Files: {listed}',
        ),
        Place(file),
    )

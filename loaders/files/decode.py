"""Bytes to text: byte order mark, strict UTF-8, strict CP932, else an error that names the byte."""

from __future__ import annotations

import hashlib
import re
import stat
from dataclasses import dataclass
from pathlib import Path

from tsunagari.errors import Message, Place, SourceError

BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_NOT_TEXT = (
    (b"PK\x03\x04", "ZIP または Excel (xlsx)", "a ZIP archive or an Excel workbook (xlsx)"),
    (b"\xd0\xcf\x11\xe0", "旧形式の Excel (xls)", "an old Excel workbook (xls)"),
    (b"%PDF", "PDF", "a PDF document"),
)
# Bytes that Python's cp932 passes through although no character is assigned to them.
_UNASSIGNED = re.compile("[\x80\xa0\uf8f0-\uf8f3]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
LARGEST = 2 << 30  # bytes of a file that is read as a whole
_BINARY_SHARE = 0.02  # more control characters than this and the file is no text
_SAVE_AS_CSV = Message(
    "Excel で開き、「名前を付けて保存」で「CSV UTF-8（コンマ区切り）」を選んで保存してください。",
    "Open it in Excel and save it as “CSV UTF-8 (comma delimited)”.",
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file and the encoding it was in (``utf-8``, ``utf-8-sig``, ``utf-16`` or ``cp932``)."""

    text: str
    encoding: str


def decode(data: bytes, file: str) -> Decoded:
    """Return the text of `data`.

    A byte order mark decides; else strict UTF-8, else strict CP932 (never ``shift_jis``, which lacks ①, ㈱ and 髙).

    Parameters
    ----------
    data
        The whole file. Empty data give an empty text.
    file
        Its name, for the error.

    Raises
    ------
    SourceError
        When the bytes are no text in any of these encodings, with the offset (from 0) and line of the first bad byte,
        or when so many control characters are among them that they cannot be text. A few stay in the text.

    Examples
    --------
    >>> decode("団体名".encode("cp932"), "members.csv").encoding
    'cp932'
    """
    for magic, ja, en in _NOT_TEXT:
        if data.startswith(magic):
            message = Message(f"{file} は CSV ではなく {ja} です。", f"{file} is not CSV but {en}.")
            raise SourceError(message, _SAVE_AS_CSV, Place(file))
    decoded = _decode_by_bom(data, file) or _decode_without_mark(data) or _decode_by_ladder(data, file)
    control = _CONTROL.search(decoded.text)
    if control is not None and len(_CONTROL.findall(decoded.text)) > _BINARY_SHARE * len(decoded.text) + 1:
        raise _control_error(decoded, control.start(), file)
    return decoded


def without_controls(text: str) -> str:
    r"""Return `text` without control characters such as NUL; tabs and line breaks stay.

    Examples
    --------
    >>> without_controls("架空\x00の会")
    '架空の会'
    """
    return _CONTROL.sub("", text)


def has_controls(text: str) -> bool:
    """Tell whether there is anything in `text` that `without_controls` takes out."""
    return _CONTROL.search(text) is not None


def read_text(path: Path, file: str) -> tuple[Decoded, bytes]:
    """Return the text and the bytes of the file at `path`, called `file` in errors.

    Raises
    ------
    SourceError
        When there is no such file, it is a folder, it may not be read, or it is not text.
    """
    data = read_bytes(path, file)
    return decode(data, file), data


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of the bytes of a file, which is not held in memory.

    Raises
    ------
    OSError
        It cannot be read.
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sha256_if_read(path: Path) -> str | None:
    """Return the SHA-256 of a file; None where there is none that can be read to its end."""
    try:
        return sha256_of(path) if path.is_file() else None  # a pipe would be waited for
    except (OSError, ValueError):
        return None


def read_bytes(path: Path, file: str) -> bytes:
    """Return the bytes of the file at `path`, called `file` in errors.

    Raises
    ------
    SourceError
        When there is no such file, it is a folder or no ordinary file, or it may not be read.
    """
    try:
        size_of(path, file)
        return path.read_bytes()
    except FileNotFoundError:
        message = Message(f"ファイル {file} がありません。", f"There is no file {file}.")
        hint = Message(
            f"{path.parent} に置くか、名前（tsunagari.toml では file）を直してください。",
            f"Put it into {path.parent} or correct the name (`file` in tsunagari.toml).",
        )
        raise SourceError(message, hint, Place(file)) from None
    except IsADirectoryError:
        message = Message(f"{file} はファイルではなくフォルダーです。", f"{file} is a folder, not a file.")
        hint = Message("フォルダーの中のファイルを指定してください。", "Name a file inside it.")
        raise SourceError(message, hint, Place(file)) from None
    except OSError as error:
        message = Message(f"{file} を読めません: {error.strerror}", f"{file} cannot be read: {error.strerror}")
        hint = Message(
            "Excel などで開いていれば保存して閉じてください。そうでなければ、読み取りの権限を確かめてください。",
            "Save and close it where it is open, e.g. in Excel; else check the permission to read it.",
        )
        raise SourceError(message, hint, Place(file)) from None


def size_of(path: Path, file: str) -> int:
    """Return the bytes of an ordinary file.

    Raises
    ------
    SourceError
        It is a device, a pipe or the like, reading from which may never end, or larger than anything that is read.
    OSError
        It is not there, or may not be looked at.
    """
    try:
        found = path.stat()
    except ValueError:  # a NUL in the name
        raise FileNotFoundError(str(path)) from None
    if stat.S_ISDIR(found.st_mode):
        raise IsADirectoryError(str(path))
    if not stat.S_ISREG(found.st_mode):
        raise SourceError(
            Message(
                f"{file} はふつうのファイルではありません（装置やパイプなど）。",
                f"{file} is no ordinary file but a device, a pipe or the like.",
            ),
            Message("表のファイルを指定してください。", "Name the file of a table."),
            Place(file),
        )
    if found.st_size > LARGEST:
        raise SourceError(
            Message(
                f"{file} は大きすぎます（{found.st_size >> 20:,} MB）。",
                f"{file} is too large ({found.st_size >> 20:,} MB).",
            ),
            Message(
                f"{LARGEST >> 20:,} MB までの部分に分けてください。",
                f"Part it into files of at most {LARGEST >> 20:,} MB.",
            ),
            Place(file),
        )
    return found.st_size


def _decode_by_bom(data: bytes, file: str) -> Decoded | None:
    for bom, encoding in BOMS:
        if data.startswith(bom):
            try:
                return Decoded(data.decode(encoding), encoding)
            except UnicodeDecodeError as error:
                # utf-8-sig counts from behind the mark
                offset = error.start + (len(bom) if encoding == "utf-8-sig" else 0)
                raise _byte_error(data, offset, file, encoding.upper().removesuffix("-SIG")) from None
    return None


def _decode_without_mark(data: bytes) -> Decoded | None:
    """UTF-16 without a mark shows itself by the NUL beside each comma, tab or line end."""
    for encoding, ends in (("utf-16-le", b"\n\0"), ("utf-16-be", b"\0\n")):
        if len(data) % 2 == 0 and ends in data and data.count(0) * 20 > len(data):
            try:
                text = data.decode(encoding)
            except UnicodeDecodeError:
                continue
            if "\n" in text and not _CONTROL.search(text) and not _UNASSIGNED.search(text):
                return Decoded(text, encoding)
    return None


def _decode_by_ladder(data: bytes, file: str) -> Decoded:
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        utf8_offset = error.start
    try:
        text = data.decode("cp932")
    except UnicodeDecodeError as error:
        offset = max(utf8_offset, error.start)
    else:
        unassigned = _UNASSIGNED.search(text)
        if unassigned is None:
            return Decoded(text, "cp932")
        offset = max(utf8_offset, len(text[: unassigned.start()].encode("cp932")))
    raise _byte_error(data, offset, file, "UTF-8 / CP932 (Shift_JIS)")


def _byte_error(data: bytes, offset: int, file: str, encoding: str) -> SourceError:
    line = data.count(b"\n", 0, offset) + 1
    found = " ".join(f"{byte:02X}" for byte in data[offset : offset + 4])
    message = Message(
        f"{file} の文字コードが分かりません: {line} 行目、先頭から {offset} バイト目の {found} は"
        f" {encoding} として読めません。",
        f"The encoding of {file} is not known: line {line}, byte offset {offset} ({found}) is not valid {encoding}.",
    )
    return SourceError(message, _SAVE_AS_CSV, Place(file, row=line))


def _control_error(decoded: Decoded, position: int, file: str) -> SourceError:
    before = decoded.text[:position]
    offset = len(before.encode(decoded.encoding))
    line = before.count("\n") + 1
    code = f"U+{ord(decoded.text[position]):04X}"
    message = Message(
        f"{file} は壊れているか CSV ではありません:"
        f" {line} 行目、先頭から {offset} バイト目に制御文字 {code} があります。",
        f"{file} is damaged or not CSV: line {line}, byte offset {offset} holds the control character {code}.",
    )
    return SourceError(message, _SAVE_AS_CSV, Place(file, row=line))

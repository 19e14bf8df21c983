"""Files that are there whole or not at all: the one way in which the package writes results and lists."""

from __future__ import annotations

import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, TypeAlias

from tsunagari.errors import Message, OutputError

Content: TypeAlias = bytes | Path | Callable[[BinaryIO], object]
"""What a file shall hold: bytes, what another file holds, or a function that writes it part by part."""
TEMPORARY = ".tsunagari-write-"
"""How the name of a file begins that is not whole yet."""


def write_output(path: Path | str, data: Content) -> Path:
    """Write a file by way of a temporary one beside it, so that a reader never sees half of it.

    The bytes are on the disk before the name is given; a link is followed and stays a link.

    Parameters
    ----------
    path
        The file to make or replace; missing parent folders are made.
    data
        What it shall hold.

    Returns
    -------
    The path.

    Raises
    ------
    OutputError
        The place cannot be written, or is a folder, a device, a pipe or the like; what stood there is untouched.

    Examples
    --------
    >>> folder = Path(tempfile.mkdtemp())
    >>> write_output(folder / "out" / "a.txt", b"a").read_bytes()
    b'a'
    """
    target = Path(path)
    write_files({target: data})
    return target


def write_files(files: Mapping[Path, Content]) -> None:
    """Write several files; none is replaced before all are on the disk, so that a full disk changes nothing.

    All are written before the first is waited for: the disk then takes them together, in half the time.

    Parameters
    ----------
    files
        Where to what: bytes, a file to copy, or a function that writes; missing parent folders are made.

    Raises
    ------
    OutputError
        As `write_output`.
    """
    waiting: list[tuple[Path, Path]] = []
    place = Path()
    try:
        for place, data in files.items():
            target = real_place(place)
            target.parent.mkdir(parents=True, exist_ok=True)
            waiting.append((_write_beside(target, data), target))
        for temporary, place in waiting:
            _sync_file(temporary)
            temporary.chmod(_usual_mode(place))
        for temporary, place in waiting:
            temporary.replace(place)
        for folder in {target.parent for _, target in waiting}:
            sync_folder(folder)
    except (OSError, ValueError) as error:
        raise cannot_write(place, error) from error
    finally:
        for temporary, _ in waiting:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)


def real_place(path: Path) -> Path:
    """Return where the bytes of `path` go: behind its links.

    Raises
    ------
    OutputError
        A folder, a device, a pipe or a socket stands there, or links lead in a circle.
    """
    try:
        target = Path(os.path.realpath(path))
        mode = target.stat().st_mode
    except FileNotFoundError:
        return target
    except (OSError, ValueError) as error:
        raise cannot_write(path, error) from error
    if stat.S_ISDIR(mode):
        raise OutputError(
            Message(f"書き出し先がフォルダーです: {path}", f"The output is a folder: {path}"),
            Message("ファイル名まで書いてください。", "Give the name of a file."),
        )
    if not stat.S_ISREG(mode):
        raise OutputError(
            Message(
                f"書き出し先がふつうのファイルではありません（装置やパイプなど）: {path}",
                f"The output is no ordinary file but a device, a pipe or the like: {path}",
            ),
            Message("ファイル名か、標準出力の - を指定してください。", "Give the name of a file, or - and a pipe."),
        )
    return target


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk; systems that cannot open folders do so by themselves."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def cannot_write(path: Path, error: OSError | ValueError) -> OutputError:
    """Return the error that tells a user why `path` could not be written."""
    reason = (error.strerror if isinstance(error, OSError) else str(error)) or type(error).__name__
    return OutputError(
        Message(f"書き込めません: {path}（{reason}）", f"Cannot write {path} ({reason})"),
        Message(
            "書き込みのできるフォルダーを指定し、空き容量を確かめ、そのファイルを開いているソフト（Excelなど）を閉じてください。",
            "Choose a folder you may write to, check the free space, and close programs, such as Excel, that hold the "
            "file open.",
        ),
    )


def _write_beside(target: Path, data: Content) -> Path:
    handle, name = tempfile.mkstemp(prefix=TEMPORARY, dir=target.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            if isinstance(data, Path):
                with data.open("rb") as source:
                    shutil.copyfileobj(source, file)
            elif isinstance(data, bytes):
                file.write(data)
            else:
                data(file)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def _sync_file(path: Path) -> None:
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def _usual_mode(target: Path) -> int:
    """Return the mode the file has now, or the one a new file gets: a temporary file is readable by its owner only."""
    if target.exists():
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask

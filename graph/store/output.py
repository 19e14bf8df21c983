"""Files that are there whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from tsunagari.errors import Message, OutputError


def write_output(path: Path | str, data: bytes) -> Path:
    """Write a file by way of a temporary one beside it, so that a reader never sees half of it.

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
        The place cannot be written; what stood there before is untouched.

    Examples
    --------
    >>> folder = Path(tempfile.mkdtemp())
    >>> write_output(folder / "out" / "a.txt", b"a").read_bytes()
    b'a'
    """
    target = Path(path)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{target.name}-", dir=target.parent)
    except OSError as error:
        raise cannot_write(target, error) from error
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        temporary.chmod(_usual_mode(target))
        temporary.replace(target)
    except BaseException as error:
        temporary.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise cannot_write(target, error) from error
        raise
    return target


def cannot_write(path: Path, error: OSError) -> OutputError:
    """Return the error that tells a user why `path` could not be written."""
    reason = error.strerror or type(error).__name__
    return OutputError(
        Message(f"書き込めません: {path}（{reason}）", f"Cannot write {path} ({reason})"),
        Message(
            "書き込みのできるフォルダを指定し、そのファイルを開いているソフト（Excelなど）を閉じてください。",
            "Choose a folder you may write to and close programs, such as Excel, that hold the file open.",
        ),
    )


def _usual_mode(target: Path) -> int:
    """Return the mode the file has now, or the one a new file gets: a temporary file is readable by its owner only."""
    if target.exists():
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask

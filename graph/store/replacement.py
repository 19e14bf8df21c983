"""A folder that is replaced whole or not at all, on every system Tsunagari runs on."""

from __future__ import annotations

import errno
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from tsunagari.atomic_files import sync_folder
from tsunagari.errors import Message, StoreError

FOLDER = ".tsunagari"
COLUMNS = "columns"
LOCK = "lock"
NEW = f"{FOLDER}-new-"
OLD = f"{FOLDER}-old-"
PREVIOUS = f"{FOLDER}-previous"


@contextmanager
def replacement(workspace: Path, *, keep_previous: bool = False) -> Iterator[Path]:
    """Give a new folder to fill, which takes the place of the workspace's graph when the block ends well.

    A block that ends with an error (Ctrl-C included) leaves the old graph as it was and nothing of the new one. What a
    killed build left behind is removed first; the folder of a build that is still running is left alone.

    Parameters
    ----------
    workspace
        The workspace; its graph is the folder ``.tsunagari`` in it.
    keep_previous
        Keep the old graph as ``.tsunagari-previous``, in place of the one kept there before.

    Yields
    ------
    The empty new folder, in the workspace so that it can be renamed.

    Raises
    ------
    StoreError
        The workspace cannot be written, or the old graph is held open by another program (Windows).
    """
    try:
        clean(workspace)
        new = Path(tempfile.mkdtemp(prefix=NEW, dir=workspace))
    except OSError as error:
        raise _unwritable(workspace, error) from error
    try:
        with lock(new):
            yield new
            sync_folder(new)
        _swap(new, workspace / FOLDER, keep_previous=keep_previous)
        sync_folder(workspace)
    except BaseException as error:
        shutil.rmtree(new, ignore_errors=True)
        if isinstance(error, OSError):
            raise _unwritable(workspace, error) from error
        raise


def clean(workspace: Path) -> None:
    """Remove what killed builds left, and put back a graph whose replacement was cut off between its two renames."""
    target = workspace / FOLDER
    for old in sorted(workspace.glob(f"{OLD}*")):
        if target.exists():
            shutil.rmtree(old, ignore_errors=True)
        else:
            old.rename(target)
    for new in workspace.glob(f"{NEW}*"):
        if not is_locked(new):
            shutil.rmtree(new, ignore_errors=True)


@contextmanager
def lock(folder: Path) -> Iterator[None]:
    """Hold a folder as one that is being written, until the block or this process ends."""
    with (folder / LOCK).open("wb") as file:
        _try_lock(file)
        try:
            yield
        finally:
            _unlock(file)
    (folder / LOCK).unlink(missing_ok=True)


def is_locked(folder: Path) -> bool:
    """Tell whether somebody is writing a folder, here or in another process."""
    try:
        with (folder / LOCK).open("rb+") as file:
            free = _try_lock(file)
            if free:
                _unlock(file)
            return not free
    except FileNotFoundError:
        return False
    except OSError:
        return True


if sys.platform == "win32":
    import msvcrt

    def _try_lock(file: IO[bytes]) -> bool:
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _unlock(file: IO[bytes]) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _try_lock(file: IO[bytes]) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True

    def _unlock(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)


def current_graph(workspace: Path) -> Path | None:
    """Return the folder of the workspace's graph, None when nothing has been built.

    A build that is just exchanging folders is no reason to find nothing: the old one, moved aside, is then returned.
    """
    for folder in (workspace / FOLDER, *sorted(workspace.glob(f"{OLD}*")), workspace / FOLDER):
        if (folder / COLUMNS).is_dir():
            return folder
    return None


def _swap(new: Path, target: Path, *, keep_previous: bool) -> None:
    if not target.exists():
        _rename(new, target)
        return
    old = target.with_name(new.name.replace(NEW, OLD))
    _rename(target, old)
    try:
        _rename(new, target)
    except BaseException:
        old.rename(target)
        raise
    if keep_previous:
        shutil.rmtree(target.with_name(PREVIOUS), ignore_errors=True)
        _rename(old, target.with_name(PREVIOUS))
    else:
        shutil.rmtree(old, ignore_errors=True)


def _rename(source: Path, target: Path) -> None:
    """Rename a folder; the rename of a folder that a program holds open fails on Windows, so say what helps."""
    try:
        source.rename(target)
    except PermissionError as error:
        raise StoreError(
            Message(f"グラフを置き換えられません: {target}", f"The graph cannot be replaced: {target}"),
            Message(
                "このグラフを開いているほかのプログラムを閉じてから、もう一度実行してください。",
                "Close other programs that have this graph open, then try again.",
            ),
        ) from error


def _unwritable(workspace: Path, error: OSError) -> StoreError:
    reason = error.strerror or str(error)
    if error.errno is None and reason.endswith("written"):  # numpy counts what it wrote and passes no reason on
        reason = os.strerror(errno.ENOSPC)
    return StoreError(
        Message(f"作業フォルダーに書き込めません: {workspace}（{reason}）", f"Cannot write to {workspace} ({reason})"),
        Message(
            "書き込みのできるフォルダーに作業フォルダーを置き、空き容量を確かめてください。元のグラフはそのままです。",
            "Put the workspace in a folder you may write to and check the free space. The old graph is untouched.",
        ),
    )

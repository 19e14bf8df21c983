"""A folder that is replaced whole or not at all, on every system Tsunagari runs on."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph as ox

from tsunagari.errors import Message, StoreError

FOLDER = ".tsunagari"
STORE = "store"
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
        yield new
        _swap(new, workspace / FOLDER, keep_previous=keep_previous)
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
        if not _is_being_written(new):
            shutil.rmtree(new, ignore_errors=True)


def _is_being_written(folder: Path) -> bool:
    """Tell whether a build is at work there: it holds the lock of its store."""
    store = folder / STORE
    if not store.exists():
        return False
    try:
        ox.Store(str(store))
    except OSError:
        return True
    return False


def current_graph(workspace: Path) -> Path | None:
    """Return the folder of the workspace's graph, None when nothing has been built.

    A build that is just exchanging folders is no reason to find nothing: the old one, moved aside, is then returned.
    """
    for folder in (workspace / FOLDER, *sorted(workspace.glob(f"{OLD}*")), workspace / FOLDER):
        if (folder / STORE).is_dir():
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
    return StoreError(
        Message(f"ワークスペースに書き込めません: {workspace}（{reason}）", f"Cannot write to {workspace} ({reason})"),
        Message(
            "書き込みのできるフォルダーにワークスペースを置き、空き容量を確かめてください。元のグラフはそのままです。",
            "Put the workspace in a folder you may write to and check the free space. The old graph is untouched.",
        ),
    )

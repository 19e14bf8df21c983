"""A new workspace: settings and example lists to write over."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from tsunagari.errors import Message, OutputError, Place, WorkspaceError
from tsunagari.loaders.settings import SETTINGS_NAME

# Excel on Windows takes a CSV for UTF-8 only with this mark, and ends lines like this.
_MARK = "\ufeff"
_LINE_END = "\r\n"


def init_workspace(path: Path | str) -> list[Path]:
    """Write a starter workspace into a folder and return the files, the settings first.

    The lists have Japanese headers and fictional examples (架空) and load without an issue.

    Parameters
    ----------
    path
        The folder; it is made when it does not exist.

    Raises
    ------
    WorkspaceError
        When one of the files exists already; nothing is written then.
    OutputError
        When the folder cannot be written.
    """
    folder = Path(path)
    texts = _starter_texts()
    existing = [name for name in texts if (folder / name).exists()]
    if existing:
        listed = ", ".join(existing)
        message = Message(
            f"{folder} には {listed} がすでにあります。何も書いていません。",
            f"{folder} already holds {listed}; nothing was written.",
        )
        hint = Message("別のフォルダーを指定してください。", "Name another folder.")
        raise WorkspaceError(message, hint, Place(str(folder)))
    written = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            target = folder / name
            target.write_text(text, encoding="utf-8", newline="")
            written.append(target)
    except OSError as error:
        message = Message(f"{folder} に書けません: {error.strerror}", f"{folder} cannot be written: {error.strerror}")
        hint = Message("書き込めるフォルダーを指定してください。", "Name a folder you may write to.")
        raise OutputError(message, hint, Place(str(folder))) from None
    return written


def _starter_texts() -> dict[str, str]:
    """Name to text of the files, tables with what Excel needs."""
    folder = files("tsunagari.loaders").joinpath("templates")
    tables = sorted(item.name for item in folder.iterdir() if item.name.endswith(".csv"))
    texts = {name: folder.joinpath(name).read_text(encoding="utf-8") for name in (SETTINGS_NAME, *tables)}
    return {
        name: text if name == SETTINGS_NAME else _MARK + text.replace("\n", _LINE_END) for name, text in texts.items()
    }

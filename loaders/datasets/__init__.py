"""Bundled workspaces: folders with a ``tsunagari.toml`` and CSV files, read by the same loaders as a user's own."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from tsunagari.errors import Message, UnknownNameError

__all__ = ["dataset_names", "dataset_path"]


def dataset_names() -> list[str]:
    """Return the names of the bundled workspaces in alphabetical order.

    Examples
    --------
    >>> dataset_names()
    ['platforms']
    """
    return sorted(path.name for path in _folder().iterdir() if (path / "tsunagari.toml").is_file())


def dataset_path(name: str) -> Path:
    """Return the folder of the bundled workspace `name`.

    Raises
    ------
    UnknownNameError
        When no bundled workspace has this name; the message lists those there are.

    Examples
    --------
    >>> (dataset_path("platforms") / "tsunagari.toml").is_file()
    True
    """
    known = dataset_names()
    if name not in known:
        names = ", ".join(known)
        raise UnknownNameError(
            Message(f"同梱のデータ「{name}」はありません。", f"There is no bundled dataset {name!r}."),
            Message(f"使える名前: {names}", f"Names: {names}"),
        )
    return _folder() / name


def _folder() -> Path:
    return Path(str(files(__name__)))

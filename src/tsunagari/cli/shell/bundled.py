"""Copying a bundled workspace to where a user can look into it and change it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from tsunagari.errors import Message, OutputError, Place
from tsunagari.graph.store import write_output

LEDGER = ".tsunagari-demo.json"  # file name to the hash it was copied with
LOADED = (".toml", ".csv", ".ttl", ".md", ".txt")


def copy_bundled(dataset: str, folder: Path) -> list[Path]:
    """Copy the bundled workspace `dataset` to `folder`, see `copy_workspace`."""
    return copy_workspace(bundled_files(dataset), folder)


def copy_workspace(contents: Iterable[tuple[str, bytes]], folder: Path) -> list[Path]:
    """Write the files of a workspace, as pairs of path and content, to `folder`.

    Files written before are brought up to date; files that were edited since are left alone.

    Returns
    -------
    The edited files that were left alone.

    Raises
    ------
    OutputError
        The folder holds something else, or cannot be written.
    """
    before = _read_ledger(folder)
    if folder.exists() and before is None and (folder.is_file() or any(folder.iterdir())):
        raise OutputError(
            Message("このフォルダーには別のものが入っています。", "This folder holds something else."),
            Message("空のフォルダーか新しい名前を指定してください。", "Choose an empty folder or a new name."),
            Place(file=str(folder)),
        )
    kept, copied = [], {}
    for name, data in contents:
        target, known = folder / name, (before or {}).get(name)
        if target.exists() and known is not None and _digest(target.read_bytes()) != known:
            kept.append(target)
            copied[name] = known
            continue
        write_output(target, data)
        copied[name] = _digest(data)
    write_output(folder / LEDGER, json.dumps(copied, indent=1, sort_keys=True).encode())
    return kept


def bundled_files(dataset: str) -> Iterator[tuple[str, bytes]]:
    """Yield path and content of every file of a bundled workspace, in the order of their names."""
    yield from _walk(files("tsunagari.loaders") / "datasets" / dataset, "")


def _walk(folder: Traversable, prefix: str) -> Iterator[tuple[str, bytes]]:
    for entry in sorted(folder.iterdir(), key=lambda item: item.name):
        if entry.name.startswith((".", "__")):
            continue
        if entry.is_dir():
            yield from _walk(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith(LOADED):
            yield f"{prefix}{entry.name}", entry.read_bytes()


def _read_ledger(folder: Path) -> dict[str, str] | None:
    path = folder / LEDGER
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else None


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()

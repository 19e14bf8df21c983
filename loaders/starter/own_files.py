"""What of a workspace people wrote, so that no result is ever written over it."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from tsunagari.errors import Message, SourceError
from tsunagari.loaders.fields import FIELDS_NAME
from tsunagari.loaders.files import read_bytes
from tsunagari.loaders.fixes import FIXES_NAME
from tsunagari.loaders.identity import LEDGER_NAME
from tsunagari.loaders.workspace import SETTINGS_NAME

GRAPH_FOLDER = ".tsunagari"
SETTINGS = Message("作業フォルダーの設定", "the settings of a workspace")
LEDGER = Message("同じ団体かどうかの判断の記録", "the ledger of matches")
GRAPH = Message("作ったグラフのフォルダー", "the folder of the graph")
WORDS = Message("分野の語の対応", "the meanings of words for fields")
ANSWERS = Message("読めなかった値への答え", "the answers to values that were not understood")
EDITS = Message("試算する変更", "the edits of a scenario")
QUESTION = Message("自分で書いた質問", "a question of the workspace")
LIST = Message("作業フォルダーの一覧（tsunagari.toml にあるファイル）", "a list that a workspace names")
ALWAYS_KEPT = (SETTINGS, LEDGER, GRAPH)
"""What is never written over, not even by request."""

_QUOTED = re.compile(r'"((?:[^"\\\n]|\\.)+)"|\'([^\'\n]+)\'')


def own_role(target: Path, workspaces: Iterable[Path]) -> Message | None:
    """Return what a file is to a workspace, or holds when it is a folder; None when people wrote nothing there.

    Parameters
    ----------
    target
        The file or folder, links followed; it need not be there.
    workspaces
        Folders to look into, besides the one that `target` lies in.

    Examples
    --------
    >>> own_role(Path("lists/.tsunagari/columns/x"), []).en
    'the folder of the graph'
    """
    if any(part.casefold() == GRAPH_FOLDER or part.startswith(f"{GRAPH_FOLDER}-") for part in target.parts):
        return GRAPH
    by_name = {SETTINGS_NAME: SETTINGS, LEDGER_NAME: LEDGER}
    role = by_name.get(target.name.casefold())
    if role is not None:
        return role
    around = next((folder for folder in (target, *target.parents) if (folder / SETTINGS_NAME).is_file()), None)
    is_folder = target.is_dir()
    for folder in dict.fromkeys((*workspaces, *([around] if around else []))):
        for path, role in own_files(folder):
            if is_same(target, path) or (is_folder and path.exists() and _real(path).parent == target):
                return role
    return None


def own_files(folder: Path) -> Iterator[tuple[Path, Message]]:
    """Yield the files of a workspace that people wrote, each with what it is.

    The settings are not parsed, for they may be broken: every quoted text in them that names a file counts.
    """
    yield folder / SETTINGS_NAME, SETTINGS
    yield folder / LEDGER_NAME, LEDGER
    yield folder / FIELDS_NAME, WORDS
    yield folder / FIXES_NAME, ANSWERS
    yield from ((path, EDITS) for path in sorted(folder.glob("edits*.*")) if path.suffix in (".csv", ".toml", ".json"))
    yield from ((path, QUESTION) for path in sorted((folder / "questions").glob("*.rq")))
    try:
        text = read_bytes(folder / SETTINGS_NAME, SETTINGS_NAME).decode("utf-8", "replace")
    except SourceError:  # none, or a pipe, which would be waited for
        return
    for found in _QUOTED.finditer(text):
        name = found[2] or _unescaped(found[1])
        path = folder / name
        try:
            exists = path.exists()
        except (OSError, ValueError):
            continue
        if exists:
            yield path, LIST


def is_same(target: Path, path: Path) -> bool:
    """Tell whether two paths are one file, or the first lies in the second."""
    real = _real(path)
    if target == real or (real.is_dir() and real in target.parents):
        return True
    try:
        return target.samefile(path)
    except OSError:
        return False


def _real(path: Path) -> Path:
    return Path(os.path.realpath(path))


def _unescaped(text: str) -> str:
    try:
        return str(json.loads(f'"{text}"'))
    except ValueError:
        return text

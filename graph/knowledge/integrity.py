"""Whether the files of a graph are still those that its build wrote."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

import pandas as pd

from tsunagari.errors import Message, StoreError
from tsunagari.graph.columns import INDEX_FOLDER, fingerprint_of, index_fingerprint, sealed_files
from tsunagari.graph.facts import REPORT_FILE, read_report
from tsunagari.graph.store import COLUMNS, current_graph
from tsunagari.loaders.kept import LISTS, OTHER_BUILD, damaged_files
from tsunagari.loaders.workspace import SETTINGS_NAME

WHOLE, NO_INDEX = "whole", "none"
COLUMNS_OF_INTEGRITY = ("file", "state", "note", "bytes", "build")
Row: TypeAlias = tuple[str, str, str, int | None, str | None]
_SAME = Message("書いたときのまま", "as it was written")
_NO_INDEX = Message("まだ作られていない（最初の query で作る）", "not made yet (the first query makes it)")
_OTHER_INDEX = Message(
    "別のグラフの索引（次の query で作り直す）", "that of another graph (the next query makes it anew)"
)
_NOT_KEPT = Message("残していない（次の build は名簿をすべて読む）", "nothing kept (the next build reads every list)")


def integrity(workspace: Path | str, *, lang: str = "ja") -> pd.DataFrame:
    """Compare every file of a workspace's graph with what its build wrote.

    Parameters
    ----------
    workspace
        The folder of the workspace or its ``tsunagari.toml``.
    lang
        Language of the notes.

    Returns
    -------
    DataFrame
        One row a file: ``file`` (below the folder of the graph), ``state``, ``note``, ``bytes`` (None when it is
        missing) and ``build`` (the fingerprint of the graph that it belongs to). The state is ``whole`` for a file
        that is as it was written, ``none`` for an index that no query has made yet, ``stale`` for the index of another
        graph, which the next query replaces, and ``damaged`` for a file that is cut short, changed, swapped or gone.
        What is kept of unchanged lists is one row, ``lists``, or one for each file of it that is damaged (no answer of
        the graph depends on it, and the next build reads that list anew).

    Raises
    ------
    StoreError
        Nothing has been built there.

    Examples
    --------
    >>> set(integrity(kg.workspace)["state"]) <= {"whole", "none"}
    True
    """
    place = Path(workspace)
    folder = current_graph(place.parent if place.name == SETTINGS_NAME else place)
    if folder is None:
        raise StoreError(
            Message(f"グラフがまだありません: {workspace}", f"No graph has been built yet: {workspace}"),
            Message("`tsunagari build` で作ってください。", "Build it with `tsunagari build`."),
        )
    build = ""
    rows: list[Row] = []
    try:
        build = fingerprint_of(folder / COLUMNS)
        for name, size, wrong in sealed_files(folder / COLUMNS):
            rows.append((f"{COLUMNS}/{name}", "damaged" if wrong else WHOLE, (wrong or _SAME).text(lang), size, build))
    except StoreError as error:
        rows.append((COLUMNS, "damaged", error.message.text(lang), None, None))
    rows += [_record(folder, build, lang), _index(folder, build, lang), *_lists(folder, build, lang)]
    found = pd.DataFrame(rows, columns=list(COLUMNS_OF_INTEGRITY), dtype=object)
    return found.astype({"bytes": "Int64"})


def _record(folder: Path, build: str, lang: str) -> Row:
    path = folder / REPORT_FILE
    size = path.stat().st_size if path.is_file() else None
    try:
        own = read_report(folder).build
    except StoreError as error:
        return REPORT_FILE, "damaged", error.message.text(lang), size, None
    if own != build:
        return REPORT_FILE, "damaged", OTHER_BUILD.text(lang), size, own
    return REPORT_FILE, WHOLE, _SAME.text(lang), size, own


def _index(folder: Path, build: str, lang: str) -> Row:
    own = index_fingerprint(folder / INDEX_FOLDER)
    if own is None:
        return INDEX_FOLDER, NO_INDEX, _NO_INDEX.text(lang), None, None
    size = sum(path.stat().st_size for path in (folder / INDEX_FOLDER).rglob("*") if path.is_file())
    fits = own == build
    return INDEX_FOLDER, WHOLE if fits else "stale", (_SAME if fits else _OTHER_INDEX).text(lang), size, own


def _lists(folder: Path, build: str, lang: str) -> Iterator[Row]:
    kept = folder / LISTS
    try:
        damaged = dict(damaged_files(kept, build))
    except FileNotFoundError:
        yield LISTS, NO_INDEX, _NOT_KEPT.text(lang), None, None
        return
    sizes = {path.name: path.stat().st_size for path in kept.iterdir() if path.is_file()}
    if not damaged:
        yield LISTS, WHOLE, _SAME.text(lang), sum(sizes.values()), build
    for name, wrong in damaged.items():
        yield f"{LISTS}/{name}", "damaged", wrong.text(lang), sizes.get(name), None

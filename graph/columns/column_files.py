"""The columns of a graph as files beside its store, mapped into memory when they are opened."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from tsunagari.errors import Message, StoreError
from tsunagari.graph.columns.column_statements import Statements
from tsunagari.graph.columns.columns import Columns
from tsunagari.graph.columns.terms import Terms

if TYPE_CHECKING:
    from tsunagari.graph.columns.column_parts import Part

COLUMNS = "columns"
ARRAYS = ("texts", "offsets", "subjects", "values", "labels")
INDEX = "index.json"
_VERSION = 1


class ColumnWriter:
    """Takes the lines that fill a store, and writes what they say as columns.

    Lines may come from several threads and in any order; the files are the same.
    """

    def __init__(self) -> None:
        self._parts: list[Part] = []

    def add(self, data: bytes) -> None:
        """Take lines of N-Quads, each in a named graph."""
        from tsunagari.graph.columns.column_parts import read_part

        self._parts.append(read_part(data))

    def write(self, folder: Path) -> None:
        """Write the columns of all lines into a new folder; the lines are forgotten."""
        from tsunagari.graph.columns.column_parts import join_parts

        save_columns(join_parts(self._parts), folder)


def save_columns(statements: Statements, folder: Path) -> None:
    """Write columns into a new folder: an array a file in the format of numpy, and an index in JSON."""
    folder.mkdir()
    terms = statements.terms
    arrays: list[npt.NDArray[Any]] = [
        *(terms.data, terms.offsets),
        *(statements.subjects, statements.values, statements.labels),
    ]
    for name, array in zip(ARRAYS, arrays, strict=True):
        np.save(folder / f"{name}.npy", array, allow_pickle=False)
    index = {
        "version": _VERSION,
        "names": statements.names,
        "starts": statements.starts.tolist(),
        "languages": statements.languages,
    }
    (folder / INDEX).write_text(json.dumps(index, indent=1) + "\n", encoding="utf-8", newline="\n")


def open_columns(folder: Path) -> Columns | None:
    """Open the columns in a folder, None when there are none that this version can read.

    Raises
    ------
    StoreError
        The files are damaged.
    """
    try:
        index = json.loads((folder / INDEX).read_text(encoding="utf-8"))
        if index["version"] != _VERSION:
            return None
        arrays = [np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False) for name in ARRAYS]
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreError(
            Message(f"グラフが壊れています: {folder}", f"The graph is damaged: {folder}"),
            Message("`tsunagari build` で作り直してください。", "Build it again with `tsunagari build`."),
        ) from error
    texts, offsets, subjects, values, labels = (array.view(np.ndarray) for array in arrays)
    starts = np.array(index["starts"], dtype=np.int64)
    terms = Terms(texts, offsets)
    return Columns(Statements(terms, index["names"], starts, subjects, values, labels, index["languages"]))

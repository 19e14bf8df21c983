"""The columns of a graph as sealed files: an index has the checksum of each, and is bound by a fingerprint."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from tsunagari.errors import Message, StoreError
from tsunagari.graph.columns.column_statements import Origin, Statements
from tsunagari.graph.columns.columns import Columns
from tsunagari.graph.columns.terms import Terms
from tsunagari.graph.store import sync_folder

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ARRAYS = ("texts", "offsets", "subjects", "values", "sources")
INDEX = "index.json"
FORMAT = 2
_AT_ONCE = 1 << 22


def save_columns(statements: Statements, folder: Path) -> str:
    """Write columns into a new folder and return their fingerprint: an array a file, and an index in JSON.

    When this returns, everything is on the disk, not only on its way there.
    """
    folder.mkdir()
    terms = statements.terms
    arrays: list[npt.NDArray[Any]] = [
        *(terms.data, terms.offsets),
        *(statements.subjects, statements.values, statements.sources),
    ]
    for name, array in zip(ARRAYS, arrays, strict=True):
        with (folder / _file(name)).open("wb") as file:
            np.lib.format.write_array(file, np.ascontiguousarray(array), allow_pickle=False)
            file.flush()
            os.fsync(file.fileno())
    index = {
        "format": FORMAT,
        "files": {_file(name): _seal(folder / _file(name)) for name in ARRAYS},
        "predicates": list(statements.predicates),
        "starts": statements.starts.tolist(),
        "origins": [list(origin) for origin in statements.origins],
    }
    fingerprint = _fingerprint(index)
    with (folder / INDEX).open("w", encoding="utf-8", newline="\n") as text:
        text.write(_text({"fingerprint": fingerprint} | index))
        text.flush()
        os.fsync(text.fileno())
    sync_folder(folder)
    return fingerprint


def _text(index: Mapping[str, Any]) -> str:
    return json.dumps(index, indent=1, ensure_ascii=False) + "\n"


def _file(name: str) -> str:
    return f"{name}.npy"


def _seal(path: Path) -> dict[str, Any]:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while data := file.read(_AT_ONCE):
            digest.update(data)
    return {"bytes": path.stat().st_size, "sha256": digest.hexdigest()}


def _fingerprint(index: Mapping[str, Any]) -> str:
    rest = {name: value for name, value in index.items() if name != "fingerprint"}
    text = json.dumps(rest, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def fingerprint_of(folder: Path) -> str:
    """Return the fingerprint of the columns in a folder.

    Raises
    ------
    StoreError
        There are none of this version, or their index is damaged.
    """
    return str(_read_index(folder)["fingerprint"])


def _read_index(folder: Path) -> dict[str, Any]:
    try:
        text = (folder / INDEX).read_bytes().decode("utf-8")
        index = json.loads(text)
        version = index.get("format", index.get("version"))
    except FileNotFoundError:
        raise
    except (OSError, ValueError, AttributeError) as error:
        raise _damaged(folder / INDEX, Message("読めません", "it cannot be read")) from error
    if version != FORMAT:
        raise StoreError(
            Message(
                f"グラフは別の版の tsunagari で作られています: {folder.parent}",
                f"The graph was built by another version of tsunagari: {folder.parent}",
            ),
            _BUILD_AGAIN,
        )
    if index.get("fingerprint") != _fingerprint(index) or text != _text(index):
        raise _damaged(folder / INDEX, Message("内容が指紋と合いません", "its content does not fit its fingerprint"))
    return dict(index)


_BUILD_AGAIN = Message("`tsunagari build` で作り直してください。", "Build it again with `tsunagari build`.")


def _damaged(path: Path, reason: Message) -> StoreError:
    return StoreError(
        Message(f"グラフが壊れています: {path}（{reason.ja}）", f"The graph is damaged: {path} ({reason.en})"),
        _BUILD_AGAIN,
    )


def sealed_files(folder: Path) -> Iterator[tuple[str, int | None, Message | None]]:
    """Yield each file of the columns in a folder, its size, and what is wrong with it; None when it is as it was.

    Raises
    ------
    StoreError
        The index is damaged or of another version.
    FileNotFoundError
        There are no columns.
    """
    for name, seal in _read_index(folder)["files"].items():
        path = folder / name
        try:
            size = path.stat().st_size
            if size != seal["bytes"]:
                wanted = seal["bytes"]
                yield name, size, Message(f"{wanted:,} バイトのはずが {size:,}", f"{size:,} bytes, not {wanted:,}")
            elif _seal(path) != seal:
                yield name, size, Message("書いた後に変わっています", "it was changed after it was written")
            else:
                yield name, size, None
        except OSError as error:
            reason = error.strerror or str(error)
            yield name, None, Message(f"読めません: {reason}", f"it cannot be read: {reason}")


def check_columns(folder: Path) -> dict[str, Any]:
    """Return the index of the columns in a folder when every file is what was written.

    Raises
    ------
    StoreError
        A file is missing, cut short, or not the one that was written; or another version wrote it.
    FileNotFoundError
        There are no columns.
    """
    for name, _size, wrong in sealed_files(folder):
        if wrong is not None:
            raise _damaged(folder / name, wrong)
    return _read_index(folder)


def open_columns(folder: Path) -> Columns:
    """Open the columns in a folder, mapped into memory, once every file is found to be what was written.

    Raises
    ------
    StoreError
        The files are damaged, do not belong together or are of another version.
    FileNotFoundError
        There are none.
    """
    index = check_columns(folder)
    try:
        arrays = [np.load(folder / _file(name), mmap_mode="r", allow_pickle=False) for name in ARRAYS]
        texts, offsets, subjects, values, sources = (array.view(np.ndarray) for array in arrays)
        starts = np.array(index["starts"], dtype=np.int64)
        origins = [Origin(*origin) for origin in index["origins"]]
    except FileNotFoundError:
        raise
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _damaged(folder, Message(str(error), str(error))) from error
    return Columns(Statements(Terms(texts, offsets), index["predicates"], origins, starts, subjects, values, sources))

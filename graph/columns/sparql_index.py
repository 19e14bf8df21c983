"""The index that answers SPARQL: an Oxigraph store made from the columns of a graph when it is first asked.

Its default graph holds every statement once, whichever named graphs hold it, so that what is counted is statements and
not sources. Named graphs are in it only when a query asks for them. A small graph is indexed in memory; the index of a
large one is kept beside its columns, bound to their fingerprint, and replaced whole.
"""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
import tempfile
import weakref
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path

import pyoxigraph as ox

from tsunagari.errors import Message, StoreError
from tsunagari.graph.columns.column_lines import expanded, lines, merged
from tsunagari.graph.columns.column_statements import Statements
from tsunagari.graph.store import Index, is_locked, lock, sync_folder

SMALL = 200_000  # statements; so many are in memory within half a second
INDEXING = Message("SPARQL の索引を作る", "making the SPARQL index")
INDEX_FOLDER = "index"
MANIFEST = "index.json"
_STORE = "store"
_NEW = f"{INDEX_FOLDER}-new-"
_FORMAT = 1
_ASKS_GRAPHS = re.compile(r"(?<![\w?$:/#<-])(?:GRAPH|FROM)(?![\w:>])", re.IGNORECASE)

Tell = Callable[[Message, int, int], None]


def asks_graphs(text: str) -> bool:
    """Tell whether a query may look into named graphs; a text or remark that says so counts too.

    Examples
    --------
    >>> asks_graphs("SELECT * { GRAPH ?g { ?s ?p ?o } }"), asks_graphs("SELECT ?graph { ?graph a <urn:graph/a> }")
    (True, False)
    """
    return _ASKS_GRAPHS.search(text) is not None


def index_fingerprint(folder: Path) -> str | None:
    """Return the fingerprint of the columns that the index in a folder was made from; None when there is none."""
    try:
        said = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        return str(said["fingerprint"]) if said["format"] == _FORMAT else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


class SparqlIndex:
    """The index of a graph; made, or found beside the columns, when it is first asked for.

    Parameters
    ----------
    statements
        The graph.
    folder
        Where it is kept when it is large; None for a graph that is kept nowhere.
    fingerprint
        That of the columns in the folder.
    """

    def __init__(self, statements: Statements, folder: Path | None = None, fingerprint: str = "") -> None:
        self._statements = statements
        self._folder = folder
        self._fingerprint = fingerprint
        self._found: tuple[Index, bool] | None = None
        self.tell: Tell | None = None

    def get(self, *, graphs: bool, kept: bool = False) -> Index:
        """Return the index.

        Parameters
        ----------
        graphs
            Whether named graphs are asked for too.
        kept
            Whether to keep it beside the columns even when it is small.

        Raises
        ------
        StoreError
            It cannot be written.
        """
        if self._found is None or (graphs and not self._found[1]) or (kept and self._found[0].folder is None):
            self._found = self._read(graphs=graphs) or (self._make(graphs=graphs, kept=kept), graphs)
        return self._found[0]

    def write(self, *, graphs: bool = False) -> None:
        """Write the index beside the columns, whatever their size, in place of any other.

        Raises
        ------
        StoreError
            It cannot be written, or the graph is kept nowhere.
        """
        if self._folder is None:
            raise _unwritable(Path(tempfile.gettempdir()), OSError(errno.ENOTDIR, os.strerror(errno.ENOTDIR)))
        try:
            self._replace(self._folder, graphs=graphs)
        except OSError as error:
            raise _unwritable(self._folder, error) from error

    def close(self) -> None:
        """Let go of its files."""
        self._found = None

    # ---- found ----

    def _read(self, *, graphs: bool) -> tuple[Index, bool] | None:
        """Return the index beside the columns when it is theirs and holds what is asked for."""
        if self._folder is None:
            return None
        try:
            said = json.loads((self._folder / MANIFEST).read_text(encoding="utf-8"))
            fits = said["format"] == _FORMAT and said["fingerprint"] == self._fingerprint
            if not fits or (graphs and not said["graphs"]):
                return None
            place = str(self._folder / _STORE)
            return Index(ox.Store.read_only(place), place), bool(said["graphs"])
        except (OSError, RuntimeError, ValueError, KeyError, TypeError):
            return None  # cut short, of another version or being replaced: it is made anew

    # ---- made ----

    def _make(self, *, graphs: bool, kept: bool) -> Index:
        if len(self._statements) <= SMALL and not kept:
            inner = ox.Store()
            self._fill(inner, graphs=graphs)
            return Index(inner, None)
        folder = self._folder
        if folder is None or not os.access(folder.parent, os.W_OK):
            return self._make_beside(graphs=graphs)
        self.write(graphs=graphs)
        return Index(ox.Store.read_only(str(folder / _STORE)), str(folder / _STORE))

    def _make_beside(self, *, graphs: bool) -> Index:
        """Make a large index in a folder that goes with this object."""
        folder = tempfile.mkdtemp(prefix="tsunagari-index-")
        weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        try:
            self._fill_folder(Path(folder) / _STORE, graphs=graphs)
        except OSError as error:
            raise _unwritable(Path(folder), error) from error
        return Index(ox.Store.read_only(str(Path(folder) / _STORE)), str(Path(folder) / _STORE))

    def _replace(self, target: Path, *, graphs: bool) -> None:
        for left in target.parent.glob(f"{_NEW}*"):
            if not is_locked(left):
                shutil.rmtree(left, ignore_errors=True)
        new = Path(tempfile.mkdtemp(prefix=_NEW, dir=target.parent))
        try:
            with lock(new):
                self._fill_folder(new / _STORE, graphs=graphs)
            said = {"format": _FORMAT, "fingerprint": self._fingerprint, "graphs": graphs}
            (new / MANIFEST).write_text(json.dumps(said, indent=1) + "\n", encoding="utf-8", newline="\n")
            sync_folder(new)
            if target.exists():
                target.rename(new / "old")
            new.rename(target)
            shutil.rmtree(target / "old", ignore_errors=True)
        except BaseException:
            shutil.rmtree(new, ignore_errors=True)
            raise

    def _fill_folder(self, folder: Path, *, graphs: bool) -> None:
        store = ox.Store(str(folder))
        self._fill(store, graphs=graphs)
        store.flush()

    def _fill(self, store: ox.Store, *, graphs: bool) -> None:
        once = merged(self._statements)
        every = expanded(self._statements) if graphs else None
        total = len(once) + (0 if every is None else len(every))
        texts = chain(lines(once), () if every is None else lines(every))
        tell = self.tell or (lambda _stage, _done, _total: None)
        data = _Stream(texts, lambda done: tell(INDEXING, done, total))
        store.bulk_load(data, ox.RdfFormat.N_QUADS, lenient=True)  # type: ignore[arg-type]
        tell(INDEXING, total, total)


class _Stream:
    """Gives texts to a parser that reads bytes, telling how many lines were asked for."""

    def __init__(self, texts: Iterator[bytes], tell: Callable[[int], None]) -> None:
        self._texts = texts
        self._tell = tell
        self._now = memoryview(b"")
        self._lines = 0

    def read(self, size: int = -1) -> bytes:
        """Return at most `size` bytes, nothing at the end."""
        while not self._now:
            text = next(self._texts, None)
            if text is None:
                return b""
            self._tell(self._lines)
            self._lines += text.count(b"\n")
            self._now = memoryview(text)
        found, self._now = (self._now, memoryview(b"")) if size < 0 else (self._now[:size], self._now[size:])
        return bytes(found)


def _unwritable(folder: Path, error: OSError) -> StoreError:
    reason = error.strerror or str(error)
    return StoreError(
        Message(
            f"SPARQL の索引を書き込めません: {folder}（{reason}）",
            f"The SPARQL index cannot be written: {folder} ({reason})",
        ),
        Message("空き容量を確かめてから、もう一度実行してください。", "Check the free space and try again."),
    )

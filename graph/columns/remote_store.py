"""A graph behind a SPARQL endpoint: questions go to the server, tables are made of a copy that is kept here.

The copy is bound to the content: the server is asked for its mark (see `EndpointStore.mark`) each time, and another
mark means that the graph is read anew. A server that has no mark is read anew each time.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from tsunagari.errors import Message, StoreError
from tsunagari.graph.columns.column_files import save_columns
from tsunagari.graph.columns.column_parts import statements_of
from tsunagari.graph.columns.column_store import ColumnStore, open_folder
from tsunagari.graph.columns.columns import Columns
from tsunagari.graph.columns.sparql_index import Tell
from tsunagari.graph.store import COLUMNS, Answer, EndpointStore, Index

if TYPE_CHECKING:
    from rdflib import Dataset

    from tsunagari.graph.columns.column_statements import Statements

CACHE_VARIABLE = "TSUNAGARI_CACHE"
MARK = "mark.json"
COPYING = Message("サーバーのグラフを写す", "copying the graph of the server")
TRIES = 2  # of a graph that is changed while it is read


def cache_folder() -> Path | None:
    """Return where copies are kept: ``TSUNAGARI_CACHE``, else the user's own cache; None where there is no such place.

    An empty ``TSUNAGARI_CACHE`` means that nothing is kept.
    """
    named = os.environ.get(CACHE_VARIABLE)
    if named is not None:
        return Path(named) if named else None
    usual = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    with suppress(RuntimeError):  # nobody's home
        return (Path(usual) if usual else Path.home() / ".cache") / "tsunagari"
    return None


class RemoteStore:
    """A graph of a SPARQL server, behind the interface of every store.

    Parameters
    ----------
    endpoint
        The server.
    cache
        Where its copy is kept; None keeps none.
    """

    def __init__(self, endpoint: EndpointStore, cache: Path | None = None) -> None:
        self.location = endpoint.location
        self.tell: Tell | None = None
        self._endpoint = endpoint
        name = hashlib.sha256(endpoint.location.encode()).hexdigest()[:24]
        self._place = None if cache is None else cache / "remote" / name

    @property
    def columns(self) -> Columns:
        """The graph by columns.

        Raises
        ------
        StoreError
            The server does not give the whole graph, or it is changed again and again while it is read.
        """
        return self._copy.columns

    def index(self, text: str) -> Index | None:
        """Return the index that answers a query here; None for the server, which counts as SPARQL wants it."""
        return self._copy.index(text) if self._endpoint.counts_twice else None

    def query(self, text: str) -> Answer:
        """Run a SPARQL 1.1 query; see `EndpointStore.query`."""
        return self._copy.query(text) if self._endpoint.counts_twice else self._endpoint.query(text)

    def query_as_written(self, text: str) -> Answer:
        """Run a query that says by ``FROM`` which graphs it means."""
        return self._endpoint.query_as_written(text)

    def quads(self) -> Iterator[ox.Quad]:
        """Yield every quad, in no stated order."""
        return self._copy.quads()

    def dataset(self) -> Dataset:
        """Return the endpoint as an rdflib Dataset; each access is a request."""
        return self._endpoint.dataset()

    def close(self) -> None:
        """Let go of the files of the copy."""
        if "_copy" in self.__dict__:
            self._copy.close()
            del self._copy

    @cached_property
    def _copy(self) -> ColumnStore:
        mark = self._endpoint.mark(self._last_mark())
        if mark is not None and (kept := self._kept(mark)) is not None:
            return kept
        for left in reversed(range(TRIES)):
            statements = statements_of(self._endpoint.quads(self._told))
            after = self._endpoint.mark(mark)
            if after == mark:
                return self._keep(statements, mark)
            if not left:
                break
            mark = after
        raise self._endpoint.changed()

    def _told(self, done: int, total: int) -> None:
        if self.tell is not None:
            self.tell(COPYING, done, total)

    def _last_mark(self) -> str | None:
        """Return the mark of the copy that is kept; None where there is none, or a damaged one."""
        if self._place is None:
            return None
        try:
            return (self._place / MARK).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            return None

    def _kept(self, mark: str) -> ColumnStore | None:
        """Return the copy that is kept when it has this mark."""
        if self._place is None or self._last_mark() != mark:
            return None
        try:
            return open_folder(self._place)
        except (OSError, StoreError):
            return None  # damaged: it is read anew

    def _keep(self, statements: Statements, mark: str | None) -> ColumnStore:
        """Keep a copy under its mark and return it; where it cannot be kept it is in memory alone."""
        if self._place is not None and mark is not None:
            with suppress(OSError, StoreError):  # a full disk is no reason for no answer
                self._replace(statements, mark)
        kept = None if mark is None else self._kept(mark)
        return kept or ColumnStore(Columns(statements))

    def _replace(self, statements: Statements, mark: str) -> None:
        assert self._place is not None
        self._place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        new = Path(tempfile.mkdtemp(prefix=f".{self._place.name}-", dir=self._place.parent))
        try:
            save_columns(statements, new / COLUMNS)
            (new / MARK).write_text(mark, encoding="utf-8")
            if self._place.exists():
                self._place.rename(new / "old")
            new.rename(self._place)
            shutil.rmtree(self._place / "old", ignore_errors=True)
        except BaseException:
            shutil.rmtree(new, ignore_errors=True)
            raise

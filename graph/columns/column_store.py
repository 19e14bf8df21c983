"""A graph that is kept as columns, behind the interface of every store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyoxigraph as ox

from tsunagari.errors import Message, StoreError
from tsunagari.graph.columns.column_files import fingerprint_of, open_columns
from tsunagari.graph.columns.column_lines import expanded, quads
from tsunagari.graph.columns.column_parts import statements_of
from tsunagari.graph.columns.columns import Columns
from tsunagari.graph.columns.sparql_index import INDEX_FOLDER, SparqlIndex, asks_graphs
from tsunagari.graph.store import COLUMNS, MEMORY, Answer, EndpointStore, Index, Store

if TYPE_CHECKING:
    from rdflib import Dataset

    from tsunagari.graph.columns.column_statements import Statements


class ColumnStore:
    """A graph as columns; SPARQL is answered by an index that is made when it is first needed.

    Parameters
    ----------
    columns
        The graph.
    folder
        The folder in which a build wrote it; None for a graph in memory.
    fingerprint
        That of the columns in the folder.
    """

    def __init__(self, columns: Columns, folder: Path | None = None, fingerprint: str = "") -> None:
        self.location = MEMORY if folder is None else str(folder)
        self.fingerprint = fingerprint
        self._columns: Columns | None = columns
        place = None if folder is None else folder / INDEX_FOLDER
        self.sparql = SparqlIndex(columns.statements, place, fingerprint)

    @property
    def columns(self) -> Columns:
        """The graph by columns.

        Raises
        ------
        StoreError
            The store was closed.
        """
        if self._columns is None:
            raise StoreError(Message("グラフは既に閉じられています。", "The graph has been closed already."))
        return self._columns

    @property
    def statements(self) -> Statements:
        """All statements with what follows from them, each once for each of its named graphs."""
        return expanded(self.columns.statements)

    def index(self, text: str) -> Index:
        """Return the index that answers a query, made on first use."""
        assert self.columns is not None
        return self.sparql.get(graphs=asks_graphs(text))

    def query(self, text: str) -> Answer:
        """Run a SPARQL 1.1 query over the statements of all named graphs, each once.

        Raises
        ------
        SyntaxError
            The text is no SPARQL query; the message holds line and column.
        """
        return self.index(text).query(text)

    def quads(self) -> Iterator[ox.Quad]:
        """Yield every quad, in no stated order."""
        return quads(self.statements)

    def dataset(self) -> Dataset:
        """Return the data as an rdflib Dataset (through oxrdflib) whose default graph is the union."""
        from rdflib import Dataset

        from tsunagari.graph.columns.rdflib_store import IndexStore

        assert self.columns is not None
        return Dataset(store=IndexStore(self.sparql.get(graphs=True).inner), default_union=True)

    def close(self) -> None:
        """Let go of the files."""
        self._columns = None
        self.sparql.close()

    def __len__(self) -> int:
        return len(self.statements)

    def part(self, kept: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> ColumnStore:
        """Return a store in memory with those statements for which `kept` is true."""
        return ColumnStore(Columns(self.columns.statements.where(kept)))


class MemoryStore(ColumnStore):
    """A store in memory, for tests and for small pieces of a graph."""

    def __init__(self, quads: Iterable[ox.Quad] = ()) -> None:
        super().__init__(Columns(statements_of(quads)))


def open_store(location: Path | str) -> Store:
    """Open the folder of a graph or, when the location begins with http:// or https://, an endpoint.

    Raises
    ------
    StoreError
        Nothing usable is there.
    """
    text = str(location)
    return EndpointStore(text) if text.startswith(("http://", "https://")) else open_folder(Path(location))


def open_folder(folder: Path) -> ColumnStore:
    """Open the columns in the folder of a graph.

    Raises
    ------
    StoreError
        They are missing, damaged, of another version, or not what was written.
    """
    try:
        columns = open_columns(folder / COLUMNS)
        return ColumnStore(columns, folder, fingerprint_of(folder / COLUMNS))
    except FileNotFoundError as error:
        raise StoreError(
            Message(f"グラフを開けません: {folder}", f"The graph cannot be opened: {folder}"),
            Message("`tsunagari build` で作り直してください。", "Build it again with `tsunagari build`."),
        ) from error

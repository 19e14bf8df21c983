"""A graph in a Neo4j database as a store: read into memory when the first table needs it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

import pyoxigraph as ox

from tsunagari.graph.columns import MemoryStore
from tsunagari.graph.facts import WORKSPACE, settings_of
from tsunagari.graph.neo4j.address import Address
from tsunagari.graph.neo4j.connection import Database
from tsunagari.graph.neo4j.pull import described, pull
from tsunagari.graph.neo4j.questions import CypherEngine
from tsunagari.graph.sparql import answer
from tsunagari.graph.store import Answer, Index

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd
    from rdflib import Dataset

    from tsunagari.graph.columns import Columns
    from tsunagari.graph.facts import LoadReport


class DatabaseStore:
    """The graph that a database holds, behind the interface of every store.

    Parameters
    ----------
    address
        The database.

    Raises
    ------
    StoreError
        From a method: it cannot be reached, or holds no whole graph of ours.
    """

    def __init__(self, address: Address) -> None:
        self.address = address
        self.location = address.url
        self._read: MemoryStore | None = None

    @property
    def _inner(self) -> MemoryStore:
        if self._read is None:
            self._read = MemoryStore(pull(self.address))
        return self._read

    @property
    def columns(self) -> Columns:
        """The graph by columns."""
        return self._inner.columns

    def settings(self) -> LoadReport:
        """Return the settings that the graph carries in itself, without reading the rest of it."""
        said = described(self.address, WORKSPACE)
        pairs = ((quad.predicate.value, getattr(quad.object, "value", None)) for quad in said)
        return settings_of(pairs, self.location)

    def ask(
        self,
        name: str,
        *,
        lang: str = "ja",
        at: date | str | None = None,
        params: Mapping[str, object] | None = None,
        folder: Path | str | None = None,
        timeout: float | None = None,
    ) -> pd.DataFrame:
        """Answer a ready-made question in Cypher by the server; for parameters and errors see `sparql.ask`."""
        with Database(self.address) as database:
            engine = CypherEngine(database)
            return answer(engine, name, lang=lang, at=at, params=params, folder=folder, timeout=timeout)

    def index(self, text: str) -> Index:
        """Return the index that answers a query."""
        return self._inner.index(text)

    def query(self, text: str) -> Answer:
        """Run a SPARQL 1.1 query."""
        return self._inner.query(text)

    def quads(self) -> Iterator[ox.Quad]:
        """Yield every quad, in no stated order."""
        return self._inner.quads()

    def dataset(self) -> Dataset:
        """Return the graph as an rdflib Dataset whose default graph is the union."""
        return self._inner.dataset()

    def close(self) -> None:
        """Let go of what was read."""
        if self._read is not None:
            self._read.close()
            self._read = None

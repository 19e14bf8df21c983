"""Where the graph is kept: columns on this machine (`tsunagari.graph.columns.column_store`) or a SPARQL endpoint
(`tsunagari.graph.store.endpoint`).

Every query sees the union of the named graphs as its default graph; ``GRAPH ?g { … }`` tells the sources apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeAlias

import pyoxigraph as ox

from tsunagari.ontology.namespaces import PREFIXES

if TYPE_CHECKING:
    from rdflib import Dataset

Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Answer: TypeAlias = ox.QuerySolutions | ox.QueryBoolean | Iterable[ox.Triple]

MEMORY = ":memory:"  # the location of a store without a folder
PROLOGUE = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in PREFIXES.items())


@dataclass(frozen=True, slots=True)
class Index:
    """An Oxigraph store that answers the queries to a graph.

    Parameters
    ----------
    inner
        The store.
    folder
        Where it is kept; None in memory.
    union
        Whether queries want the union of the named graphs; else its default graph holds that already.
    """

    inner: ox.Store
    folder: str | None = None
    union: bool = False

    def query(self, text: str) -> Answer:
        """Run a query."""
        return self.inner.query(text, use_default_graph_as_union=self.union)


class Store(Protocol):
    """What the rest of the package needs from a place that keeps the graph."""

    location: str

    def query(self, text: str) -> Answer:
        """Run a SPARQL 1.1 query; see `select` for the usual case."""
        ...

    def quads(self) -> Iterator[ox.Quad]:
        """Yield every quad of every named graph, in no stated order."""
        ...

    def dataset(self) -> Dataset:
        """Return the same data as an rdflib Dataset whose default graph is the union."""
        ...

    def close(self) -> None:
        """Let go of files and connections; the store cannot be used afterwards."""
        ...


def select(store: Store, text: str) -> Iterator[tuple[str | None, ...]]:
    """Run a SELECT query and yield each solution as plain strings.

    Parameters
    ----------
    store
        Where to look.
    text
        The query; the prefixes of `tsunagari.ontology.namespaces.PREFIXES` need no declaration.

    Yields
    ------
    One tuple a solution, in the order of the variables: the IRI or the lexical form, None where unbound.

    Examples
    --------
    >>> from tsunagari.graph.columns.column_store import MemoryStore
    >>> store = MemoryStore([ox.Quad(ox.NamedNode("urn:a"), ox.NamedNode("urn:p"), ox.Literal("あ", language="ja"))])
    >>> list(select(store, "SELECT ?s ?o { ?s <urn:p> ?o }"))
    [('urn:a', 'あ')]
    """
    answer = store.query(PROLOGUE + text)
    if not isinstance(answer, ox.QuerySolutions):
        raise TypeError("a SELECT query is needed here")
    for solution in answer:
        yield tuple([None if term is None else _plain(term) for term in solution])


def _plain(term: Term) -> str:
    return term.value if isinstance(term, (ox.NamedNode, ox.Literal, ox.BlankNode)) else str(term)

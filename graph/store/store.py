"""Where the graph is kept: columns on this machine (`tsunagari.graph.columns.column_store`) or a SPARQL endpoint.

Every query sees the union of the named graphs as its default graph; ``GRAPH ?g { … }`` tells the sources apart.
"""

from __future__ import annotations

import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeAlias

import pyoxigraph as ox

from tsunagari.errors import Message, QueryError, StoreError
from tsunagari.ontology.namespaces import PREFIXES

if TYPE_CHECKING:
    from rdflib import Dataset

Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Answer: TypeAlias = ox.QuerySolutions | ox.QueryBoolean | Iterable[ox.Triple]

MEMORY = ":memory:"  # the location of a store without a folder
PROLOGUE = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in PREFIXES.items())
SELECT_TYPE = "application/sparql-results+json"
TRIPLE_TYPES = {
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
}


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


class EndpointStore:
    """Any SPARQL 1.1 endpoint, by the standard protocol over HTTP.

    The union of the named graphs becomes the default graph of each request by the protocol's own dataset parameters,
    so that the same query gives the same answer whatever the endpoint calls its default graph.

    Parameters
    ----------
    url
        Address of the query endpoint (http or https).
    timeout
        Seconds to wait for one answer.

    Raises
    ------
    StoreError
        The address is not http(s), or nobody answers there.
    """

    def __init__(self, url: str, *, timeout: float = 60.0) -> None:
        if urllib.parse.urlsplit(url).scheme not in ("http", "https"):
            raise StoreError(
                Message(f"SPARQLエンドポイントのURLではありません: {url}", f"Not the URL of a SPARQL endpoint: {url}"),
                Message("http:// または https:// で始めてください。", "Start it with http:// or https://."),
            )
        self.location = url
        self._timeout = timeout
        self._dataset: list[tuple[str, str]] = []
        graphs = [name for (name,) in select(self, "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g") if name]
        self._dataset = [(key, name) for key in ("default-graph-uri", "named-graph-uri") for name in graphs]

    def query(self, text: str) -> Answer:
        """Run a SPARQL 1.1 query at the endpoint.

        Raises
        ------
        QueryError
            The endpoint refuses the query.
        StoreError
            The endpoint does not answer, or not in a format of the SPARQL 1.1 protocol.
        """
        media_type, body = self._post(text)
        if media_type == SELECT_TYPE:
            return ox.parse_query_results(body, ox.QueryResultsFormat.JSON)
        if media_type in TRIPLE_TYPES:
            return (quad.triple for quad in ox.parse(body, TRIPLE_TYPES[media_type]))
        raise StoreError(
            Message(
                f"{self.location} の応答形式が読めません: {media_type}",
                f"{self.location} answered in a format that cannot be read: {media_type}",
            ),
            Message("SPARQL 1.1 のエンドポイントか確認してください。", "Check that it is a SPARQL 1.1 endpoint."),
        )

    def _post(self, text: str) -> tuple[str, bytes]:
        accept = ", ".join([SELECT_TYPE, *(f"{name};q=0.{9 - i}" for i, name in enumerate(TRIPLE_TYPES))])
        request = urllib.request.Request(  # noqa: S310 - the scheme was checked when the store was opened
            self.location,
            data=urllib.parse.urlencode([("query", text), *self._dataset]).encode("ascii"),
            headers={"Accept": accept, "Content-Type": "application/x-www-form-urlencoded", "User-Agent": "tsunagari"},
        )
        try:
            with urllib.request.urlopen(request, timeout=self._timeout) as response:  # noqa: S310 - as above
                return response.headers.get_content_type(), response.read()
        except urllib.error.HTTPError as error:
            with error:
                detail = error.read(2000).decode("utf-8", "replace").strip()
            kind = QueryError if error.code == 400 else StoreError
            raise kind(
                Message(
                    f"{self.location} が問い合わせを拒みました（{error.code}）: {detail}",
                    f"{self.location} refused the query ({error.code}): {detail}",
                )
            ) from error
        except (urllib.error.URLError, TimeoutError, ConnectionError) as error:
            raise StoreError(
                Message(f"{self.location} に接続できません: {error}", f"{self.location} does not answer: {error}"),
                Message("URLとネットワークを確認してください。", "Check the URL and the network."),
            ) from error

    def quads(self) -> Iterator[ox.Quad]:
        """Yield every quad of every named graph."""
        answer = self.query("SELECT ?s ?p ?o ?g { GRAPH ?g { ?s ?p ?o } }")
        assert isinstance(answer, ox.QuerySolutions)
        for solution in answer:
            yield ox.Quad(solution["s"], solution["p"], solution["o"], solution["g"])

    def dataset(self) -> Dataset:
        """Return the endpoint as an rdflib Dataset; each access is a request."""
        from rdflib import Dataset
        from rdflib.plugins.stores.sparqlstore import SPARQLStore

        return Dataset(store=SPARQLStore(self.location, returnFormat="json", method="POST_FORM"), default_union=True)

    def close(self) -> None:
        """Do nothing: no connection is kept open between requests."""

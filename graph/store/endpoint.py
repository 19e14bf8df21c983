"""A graph behind a SPARQL 1.1 endpoint: what comes is counted, so that nothing is short in silence."""

from __future__ import annotations

import json
import urllib.parse
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pyoxigraph as ox

from tsunagari.errors import Message, StoreError
from tsunagari.graph.store.protocol import Client, Reply
from tsunagari.graph.store.store import Answer

if TYPE_CHECKING:
    from rdflib import Dataset

SELECT_TYPE = "application/sparql-results+json"
TRIPLE_TYPES = {
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
}
PAGE = 200_000  # quads of one request
COUNT = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
GRAPHS = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g"
COUNT_GRAPHS = "SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
SHARED = "SELECT ?s ?p ?o { GRAPH ?g { ?s ?p ?o } GRAPH ?h { ?s ?p ?o } FILTER (?g != ?h && !ISBLANK(?s)) } LIMIT 1"
QUADS = "SELECT ?s ?p ?o ?g { GRAPH ?g { ?s ?p ?o } }"


class EndpointStore:
    """Any SPARQL 1.1 endpoint, by the standard protocol over HTTP.

    The union of the named graphs becomes the default graph of each request by the protocol's own dataset parameters,
    so that the same query gives the same answer whatever the endpoint calls its default graph. Where a server counts a
    triple once for each graph that holds it, the graph is copied and queries are answered here.

    Parameters
    ----------
    url
        Address of the query endpoint (http or https); a user and password in it are sent and never shown. A token
        comes from the variable ``TSUNAGARI_TOKEN``, an authority's certificate from ``TSUNAGARI_CA``.
    timeout
        Seconds without a byte after which the server is given up.

    Raises
    ------
    StoreError
        The address is not http(s), nobody answers there, or not in SPARQL.
    """

    def __init__(self, url: str, *, timeout: float = 60.0) -> None:
        self._client = Client(url, timeout=timeout)
        self.location = self._client.location
        self._dataset: list[tuple[str, str]] = []
        self._copy: ox.Store | None = None
        graphs = [term.value for (term,) in self._rows(GRAPHS) if isinstance(term, ox.NamedNode)]
        expected = self._number(COUNT_GRAPHS)
        if len(graphs) != expected:
            raise self._short(len(graphs), expected)
        self._dataset = [(key, name) for key in ("default-graph-uri", "named-graph-uri") for name in graphs]
        self._copy = self._copied() if self._counts_twice() else None

    def _counts_twice(self) -> bool:
        """Tell whether the server counts a triple once for each graph that holds it, where SPARQL wants it once."""
        rows = self._rows(SHARED)
        if not rows or isinstance(rows[0][2], ox.BlankNode):
            return False
        triple = " ".join(map(str, rows[0]))  # terms that the library has read and writes, never their bare texts
        return self._number(f"SELECT (COUNT(*) AS ?n) {{ {triple} }}") > 1

    def _copied(self) -> ox.Store:
        """Return a copy of the graph whose default graph holds each triple once."""
        store = ox.Store()
        quads = list(self.quads())
        store.extend(quads)
        store.extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads)
        return store

    def query(self, text: str) -> Answer:
        """Run a SPARQL 1.1 query at the endpoint.

        Raises
        ------
        QueryError
            The endpoint refuses the query.
        StoreError
            The endpoint does not answer, not wholly, or not in a format of the SPARQL 1.1 protocol.
        """
        if self._copy is not None:
            return self._copy.query(text)
        reply = self._post(text)
        if reply.media_type == SELECT_TYPE:
            self._check(reply)
            return ox.parse_query_results(reply.body, ox.QueryResultsFormat.JSON)
        if reply.media_type in TRIPLE_TYPES:
            try:
                return [quad.triple for quad in ox.parse(reply.body, TRIPLE_TYPES[reply.media_type])]
            except (SyntaxError, ValueError) as error:
                raise self._client.broken("答えが壊れています", f"the answer is broken ({error})") from error
        raise self._client.no_endpoint(reply)

    def _check(self, reply: Reply) -> None:
        """Refuse an answer that is broken, or that the server says it has cut.

        Raises
        ------
        StoreError
            It is either.
        """
        try:
            found = json.loads(reply.body)
            rows = len(found["results"]["bindings"]) if "boolean" not in found else 0
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise self._client.broken("答えが壊れています", "the answer is broken or cut off") from error
        most = reply.headers.get("x-sparql-maxrows", "")
        if most.isdecimal() and 0 < int(most) <= rows:
            raise self._client.broken(
                f"サーバーが答えを {rows:,} 行で打ち切りました", f"the server cut the answer at {rows:,} rows"
            )

    def _post(self, text: str) -> Reply:
        accept = ", ".join([SELECT_TYPE, *(f"{name};q=0.{9 - i}" for i, name in enumerate(TRIPLE_TYPES))])
        headers = {"Accept": accept, "Content-Type": "application/x-www-form-urlencoded"}
        data = urllib.parse.urlencode([("query", text), *self._dataset]).encode("ascii")
        return self._client.send("POST", data, headers)

    def _rows(self, text: str) -> list[tuple[object, ...]]:
        answer = self.query(text)
        if not isinstance(answer, ox.QuerySolutions):
            raise self._client.broken("答えが表ではありません", "the answer is no table")
        return [tuple(solution[variable.value] for variable in answer.variables) for solution in answer]

    def _number(self, text: str) -> int:
        rows = self._rows(text)
        term = rows[0][0] if len(rows) == 1 and rows[0] else None
        if not isinstance(term, ox.Literal) or not term.value.isdecimal():
            raise self._client.broken("数を答えません", "it does not answer a count")
        return int(term.value)

    def quads(self) -> Iterator[ox.Quad]:
        """Yield every quad of every named graph, after the server has said how many there are.

        What one request does not give is asked for page by page; a total that differs from the count is an error.

        Raises
        ------
        StoreError
            As `query`, or fewer or more came than the server counted.
        """
        if self._copy is not None:
            yield from (quad for quad in self._copy if not isinstance(quad.graph_name, ox.DefaultGraph))
            return
        expected = self._number(COUNT)
        found = self._pages(expected)
        if len(found) != expected:
            raise self._short(len(found), expected)
        yield from found

    def _pages(self, expected: int) -> set[ox.Quad]:
        """Return all quads; a server that gives fewer at once than asked for is asked for as many as it gives."""
        found: set[ox.Quad] = set()
        size = PAGE
        if expected <= size:
            found.update(self._page(QUADS))
            if len(found) >= expected or not found:
                return found
            size = len(found)
            found = set()
        start = 0
        while len(found) < expected:
            page = self._page(f"{QUADS} ORDER BY ?g ?s ?p ?o LIMIT {size} OFFSET {start}")
            if not page:
                break
            found.update(page)
            start += len(page)
        return found

    def _page(self, text: str) -> list[ox.Quad]:
        answer = self.query(text) if "LIMIT" in text else self._uncut(text)
        if not isinstance(answer, ox.QuerySolutions):
            raise self._client.broken("答えが表ではありません", "the answer is no table")
        return [ox.Quad(one["s"], one["p"], one["o"], one["g"]) for one in answer]

    def _uncut(self, text: str) -> Answer:
        """Run a query whose answer may be cut, because what is missing is asked for afterwards."""
        reply = self._post(text)
        if reply.media_type != SELECT_TYPE:
            raise self._client.no_endpoint(reply)
        self._check(Reply(reply.media_type, reply.body))
        return ox.parse_query_results(reply.body, ox.QueryResultsFormat.JSON)

    def _short(self, found: int, expected: int) -> StoreError:
        return StoreError(
            Message(
                f"{self.location} は {expected:,} 件あるうち {found:,} 件しか渡しません。",
                f"{self.location} has {expected:,} and gives {found:,}.",
            ),
            Message(
                "サーバーの行数の制限を上げるか、読み取り中に変わらないときにやり直してください。",
                "Raise the server's limit of rows, or try again while nobody changes it.",
            ),
        )

    def dataset(self) -> Dataset:
        """Return the endpoint as an rdflib Dataset; each access is a request."""
        from rdflib import Dataset
        from rdflib.plugins.stores.sparqlstore import SPARQLStore

        return Dataset(store=SPARQLStore(self.location, returnFormat="json", method="POST_FORM"), default_union=True)

    def close(self) -> None:
        """Do nothing: no connection is kept open between requests."""

"""A graph behind a SPARQL 1.1 endpoint: what comes is counted, so that nothing is short in silence."""

from __future__ import annotations

import json
import re
import urllib.parse
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import pyoxigraph as ox

from tsunagari.errors import Message, QueryError, StoreError
from tsunagari.graph.store.access import Access
from tsunagari.graph.store.protocol import Client, Reply
from tsunagari.graph.store.store import Answer
from tsunagari.ontology.namespaces import PUBLICATION_GRAPH

if TYPE_CHECKING:
    from rdflib import Dataset

SELECT_TYPE = "application/sparql-results+json"
TRIPLE_TYPES = {
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
}
PAGE = 200_000  # quads of one request
_ALL = f"GRAPH ?g {{ ?s ?p ?o }} FILTER (?g != <{PUBLICATION_GRAPH}>)"
COUNT = f"SELECT (COUNT(*) AS ?n) {{ {_ALL} }}"
GRAPHS = f"SELECT DISTINCT ?g {{ {_ALL} }} ORDER BY ?g"
COUNT_GRAPHS = f"SELECT (COUNT(DISTINCT ?g) AS ?n) {{ {_ALL} }}"
COUNTS = f"SELECT ?g (COUNT(*) AS ?n) {{ {_ALL} }} GROUP BY ?g ORDER BY ?g"
SHARED = "SELECT ?s ?p ?o { GRAPH ?g { ?s ?p ?o } GRAPH ?h { ?s ?p ?o } FILTER (?g != ?h && !ISBLANK(?s)) } LIMIT 1"
# A number for each statement, from a hash of all it says; their sum does not depend on the order in which they come.
_DIGITS = 'REPLACE(SUBSTR(?h, 1, 12), "[a-f]", "7")'
_SAID = 'CONCAT(COALESCE(STR(?s), "_"), " ", STR(?p), " ", COALESCE(STR(?o), "_"), " ", COALESCE(LANG(?o), ""), " ", '
_SAID += 'COALESCE(STR(DATATYPE(?o)), ""))'
MARKS = (
    "SELECT ?g (COUNT(*) AS ?n) (SUM(<http://www.w3.org/2001/XMLSchema#integer>(" + _DIGITS + ")) AS ?sum) "
    "{ VALUES ?g { %s } GRAPH ?g { ?s ?p ?o } BIND (MD5(" + _SAID + ") AS ?h) } GROUP BY ?g ORDER BY ?g"
)
_PROLOGUE = re.compile(r"(?:\s+|#[^\n]*(?:\n|$)|PREFIX\s+[^\s<]*:\s*<[^>]*>|BASE\s*<[^>]*>)*", re.IGNORECASE)
_SELECT = re.compile(r"SELECT\b", re.IGNORECASE)

Told = Callable[[int, int], None]


class EndpointStore:
    """Any SPARQL 1.1 endpoint, by the standard protocol over HTTP.

    The union of the named graphs becomes the default graph of each request by the protocol's own dataset parameters,
    so that the same query gives the same answer whatever the endpoint calls its default graph.

    Parameters
    ----------
    url
        Address of the query endpoint (http or https); a user and password in it are sent and never shown.
    access
        Who asks, whom to trust, how long to wait; None takes what the environment says.

    Raises
    ------
    StoreError
        The address is not http(s), nobody answers there, or not in SPARQL.
    """

    def __init__(self, url: str, access: Access | None = None) -> None:
        self._client = Client(url, access)
        self.location = self._client.location
        self._dataset: list[tuple[str, str]] = []
        found = self._tuples(self._solutions(self._post(GRAPHS, ())))
        graphs = [term.value for (term,) in found if isinstance(term, ox.NamedNode)]
        expected = self._number(COUNT_GRAPHS)
        if len(graphs) != expected:
            raise self._short(len(graphs), expected)
        self._graphs = len(graphs)
        self._whole = len(graphs)  # rows that it was seen to give at once
        self._dataset = [(key, name) for key in ("default-graph-uri", "named-graph-uri") for name in graphs]

    @cached_property
    def counts_twice(self) -> bool:
        """Whether the server counts a triple once for each graph that holds it, where SPARQL wants it once."""
        rows = self._rows(SHARED)
        if not rows or isinstance(rows[0][2], ox.BlankNode):
            return False
        triple = " ".join(map(str, rows[0]))  # terms that the library has read and writes, never their bare texts
        return self._number(f"SELECT (COUNT(*) AS ?n) {{ {triple} }}") > 1

    def query(self, text: str) -> Answer:
        """Run a SPARQL 1.1 query at the endpoint, over the union of its named graphs.

        Raises
        ------
        QueryError
            The endpoint refuses the query.
        StoreError
            The endpoint does not answer, not wholly, or not in a format of the SPARQL 1.1 protocol.
        """
        return self._answer(text, self._dataset)

    def query_as_written(self, text: str) -> Answer:
        """Run a query that says by ``FROM`` which graphs it means; for errors see `query`."""
        return self._answer(text, ())

    def mark(self) -> str | None:
        """Return a text that is another one as soon as anything in the graph is another; None where it has no such.

        The server makes it from a hash of each statement, of a few graphs at a time, so that each answer comes soon;
        labels of blank nodes do not count.
        """
        rows: list[tuple[object, ...]] = []
        try:
            for graphs, _ in _bundles(self._counts()):
                rows += self._rows(MARKS % " ".join(map(str, graphs)))
        except QueryError:
            return None
        if len(rows) != self._graphs or any(term is None for row in rows for term in row):
            return None
        return json.dumps([[getattr(term, "value", "") for term in row] for row in rows])

    def _answer(self, text: str, dataset: Sequence[tuple[str, str]]) -> Answer:
        reply = self._post(text, dataset)
        if reply.media_type == SELECT_TYPE:
            rows = self._checked(reply)
            if rows > self._whole:
                self._count(text, dataset, rows)
            return ox.parse_query_results(reply.body, ox.QueryResultsFormat.JSON)
        if reply.media_type in TRIPLE_TYPES:
            try:
                return [quad.triple for quad in ox.parse(reply.body, TRIPLE_TYPES[reply.media_type])]
            except (SyntaxError, ValueError) as error:
                raise self._client.broken("答えが壊れています", f"the answer is broken ({error})") from error
        raise self._client.no_endpoint(reply)

    def _count(self, text: str, dataset: Sequence[tuple[str, str]], rows: int) -> None:
        """Ask how many rows there are where more came than the server was seen to give: some give no more in silence.

        Raises
        ------
        StoreError
            There are more, or fewer.
        """
        start = _PROLOGUE.match(text)
        place = start.end() if start is not None else 0
        if not dataset or not _SELECT.match(text, place):
            return  # a query with FROM cannot be counted as a part of another
        reply = self._post(f"{text[:place]} SELECT (COUNT(*) AS ?rowsInAll) {{ {{ {text[place:]}\n}} }}", dataset)
        self._checked(reply)
        expected = self._one_number(ox.parse_query_results(reply.body, ox.QueryResultsFormat.JSON))
        if rows != expected:
            raise self._short(rows, expected)
        self._whole = rows

    def _checked(self, reply: Reply, *, told: bool = True) -> int:
        """Return the number of rows, unless the answer is broken or, where `told`, the server says that it cut it.

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
        if told and most.isdecimal() and 0 < int(most) <= rows:
            raise self._client.broken(
                f"サーバーが答えを {rows:,} 行で打ち切りました", f"the server cut the answer at {rows:,} rows"
            )
        return rows

    def _post(self, text: str, dataset: Sequence[tuple[str, str]]) -> Reply:
        accept = ", ".join([SELECT_TYPE, *(f"{name};q=0.{9 - i}" for i, name in enumerate(TRIPLE_TYPES))])
        headers = {"Accept": accept, "Content-Type": "application/x-www-form-urlencoded"}
        data = urllib.parse.urlencode([("query", text), *dataset]).encode("ascii")
        return self._client.send("POST", data, headers)

    def _table(self, text: str) -> ox.QuerySolutions:
        """Return the rows of a query that may be cut, because they are counted otherwise."""
        return self._solutions(self._post(text, self._dataset), told=False)

    def _solutions(self, reply: Reply, *, told: bool = True) -> ox.QuerySolutions:
        if reply.media_type != SELECT_TYPE:
            raise self._client.no_endpoint(reply)
        self._checked(reply, told=told)
        answer = ox.parse_query_results(reply.body, ox.QueryResultsFormat.JSON)
        if not isinstance(answer, ox.QuerySolutions):
            raise self._client.broken("答えが表ではありません", "the answer is no table")
        return answer

    def _rows(self, text: str) -> list[tuple[object, ...]]:
        return self._tuples(self._table(text))

    @staticmethod
    def _tuples(answer: ox.QuerySolutions) -> list[tuple[object, ...]]:
        return [tuple(solution[variable.value] for variable in answer.variables) for solution in answer]

    def _number(self, text: str) -> int:
        return self._one_number(self._table(text))

    def _one_number(self, answer: object) -> int:
        rows = [list(solution) for solution in answer] if isinstance(answer, ox.QuerySolutions) else []
        term = rows[0][0] if len(rows) == 1 and rows[0] else None
        if not isinstance(term, ox.Literal) or not term.value.isdecimal():
            raise self._client.broken("数を答えません", "it does not answer a count")
        return int(term.value)

    def quads(self, told: Told | None = None) -> Iterator[ox.Quad]:
        """Yield every quad of every named graph, each graph by pages, after the server has counted them.

        Parameters
        ----------
        told
            Called after each page with what has come and how much there is.

        Raises
        ------
        StoreError
            As `query`, or fewer or more came than the server counted, or a page gave a quad twice.
        """
        done, total = 0, self._number(COUNT)
        counts = self._counts()
        if sum(number for _, number in counts) != total:
            raise self._short(sum(number for _, number in counts), total)
        for graphs, expected in _bundles(counts):
            found = self._pages(" ".join(map(str, graphs)), expected)
            if len(found) != expected:
                raise self._short(len(found), expected)
            done += expected
            if told is not None:
                told(done, total)
            yield from found

    def _counts(self) -> list[tuple[object, int]]:
        """Return the graphs with the numbers of their quads."""
        return [(graph, int(getattr(number, "value", "0"))) for graph, number in self._rows(COUNTS)]

    def _pages(self, graphs: str, expected: int) -> set[ox.Quad]:
        """Return the quads of some graphs; a server that gives fewer at once than asked for is asked for so many."""
        text = f"SELECT ?s ?p ?o ?g {{ VALUES ?g {{ {graphs} }} GRAPH ?g {{ ?s ?p ?o }} }}"
        found: set[ox.Quad] = set()
        size = PAGE
        if expected <= size:
            found = self._page(text)
            if len(found) >= expected or not found:
                return found
            size = len(found)
            found = set()
        start = 0
        while len(found) < expected:
            page = self._page(f"{text} ORDER BY ?g ?s ?p ?o LIMIT {size} OFFSET {start}")
            if not page:
                break
            found |= page
            start += len(page)
        return found

    def _page(self, text: str) -> set[ox.Quad]:
        rows = [ox.Quad(one["s"], one["p"], one["o"], one["g"]) for one in self._table(text)]
        found = set(rows)
        if len(found) != len(rows):
            raise self._client.broken(
                f"同じ記載を {len(rows) - len(found):,} 回余分に渡しました",
                f"it gave {len(rows) - len(found):,} statements twice",
            )
        return found

    def _short(self, found: int, expected: int) -> StoreError:
        return StoreError(
            Message(
                f"{self.location} は {expected:,} 件あるうち {found:,} 件しか渡しません。"
                if found < expected
                else f"{self.location} は {expected:,} 件と数え、{found:,} 件を渡しました。",
                f"{self.location} has {expected:,} and gives {found:,}.",
            ),
            Message(
                "サーバーの行数の制限を上げるか、読み取り中に変わらないときにやり直してください。",
                "Raise the server's limit of rows, or try again while nobody changes it.",
            ),
        )

    def changed(self) -> StoreError:
        """Return the error for a graph that was changed while it was read."""
        return StoreError(
            Message(
                f"{self.location} は、読み取っている間に変わりました。",
                f"{self.location} was changed while it was read.",
            ),
            Message("もう一度実行してください。", "Run it again."),
        )

    def dataset(self) -> Dataset:
        """Return the endpoint as an rdflib Dataset; each access is a request."""
        from rdflib import Dataset
        from rdflib.plugins.stores.sparqlstore import SPARQLStore

        return Dataset(store=SPARQLStore(self.location, returnFormat="json", method="POST_FORM"), default_union=True)

    def close(self) -> None:
        """Do nothing: no connection is kept open between requests."""


def _bundles(counts: Sequence[tuple[object, int]]) -> Iterator[tuple[list[object], int]]:
    """Yield graphs that fit into one page together, and larger ones alone, with the number of their quads."""
    together: list[object] = []
    size = 0
    for graph, number in counts:
        if together and size + number > PAGE:
            yield together, size
            together, size = [], 0
        together.append(graph)
        size += number
    if together:
        yield together, size

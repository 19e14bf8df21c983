"""A graph behind a SPARQL 1.1 endpoint: what comes is counted, so that nothing is short in silence."""

from __future__ import annotations

import json
import re
import urllib.parse
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
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
PAGE = 200_000  # quads of one request for a part of a graph
TOGETHER = 50_000  # quads of one request for several graphs: small enough for a busy server to answer in time
AT_ONCE = 2  # requests while the server makes the mark of what it holds
PROBE = "ASK {}"
_ALL = f"GRAPH ?g {{ ?s ?p ?o }} FILTER (?g != <{PUBLICATION_GRAPH}>)"
COUNT = f"SELECT (COUNT(*) AS ?n) {{ {_ALL} }}"
COUNTS = f"SELECT ?g (COUNT(*) AS ?n) {{ {_ALL} }} GROUP BY ?g ORDER BY ?g"
SHARED = "SELECT ?s ?p ?o { GRAPH ?g { ?s ?p ?o } GRAPH ?h { ?s ?p ?o } FILTER (?g != ?h && !ISBLANK(?s)) } LIMIT 1"
# A number for each statement, from a hash of all it says; their sum does not depend on the order in which they come.
_DIGITS = 'REPLACE(SUBSTR(?h, 1, 12), "[a-f]", "7")'
_SAID = 'CONCAT(COALESCE(STR(?s), "_"), " ", STR(?p), " ", IF(ISLITERAL(?o), CONCAT(STR(?o), " ", LANG(?o), " ", '
_SAID += 'STR(DATATYPE(?o))), COALESCE(STR(?o), "_")))'
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
        self._whole = 1  # rows that it was seen to give at once
        reply = self._post(PROBE, ())
        if reply.media_type != SELECT_TYPE:
            raise self._client.no_endpoint(reply)
        self._checked(reply)

    @cached_property
    def _dataset(self) -> list[tuple[str, str]]:
        """The parameters by which users' queries mean the union of all named graphs.

        What this module itself asks names its graphs and goes without them: a server that is told of hundreds of graphs
        makes a dataset of them first, which takes several times as long as the question.
        """
        names = [graph.value for graph, _ in self._counted() if isinstance(graph, ox.NamedNode)]
        return [(key, name) for key in ("default-graph-uri", "named-graph-uri") for name in names]

    @cached_property
    def counts_twice(self) -> bool:
        """Whether the server counts a triple once for each graph that holds it, where SPARQL wants it once."""
        rows = self._rows(SHARED)
        if not rows or isinstance(rows[0][2], ox.BlankNode):
            return False
        triple = " ".join(map(str, rows[0]))  # terms that the library has read and writes, never their bare texts
        return self._number(f"SELECT (COUNT(*) AS ?n) {{ {triple} }}", self._dataset) > 1

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

    def mark(self, like: str | None = None) -> str | None:
        """Return a text that is another one as soon as anything in the graph is another; None where it has no such.

        The server makes it from a hash of each statement, of a few graphs at a time, so that each answer comes soon;
        labels of blank nodes do not count.

        Parameters
        ----------
        like
            A mark of before: its graphs need not be listed again, unless there are others.

        Raises
        ------
        StoreError
            The server does not answer, or not wholly.
        """
        try:
            rows, total = self._marks(_counts_of(like)), self._number(COUNT)
            if _total(rows) != total:
                rows = self._marks(self._counted())
        except QueryError:
            return None
        if any(term is None for row in rows for term in row):
            return None
        return json.dumps(sorted([getattr(term, "value", "") for term in row] for row in rows))

    def _marks(self, counts: Sequence[tuple[object, int]]) -> list[tuple[object, ...]]:
        texts = [MARKS % " ".join(map(str, graphs)) for graphs, _ in _bundles(counts)]
        with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="sparql") as pool:
            return [row for rows in pool.map(self._rows, texts) for row in rows]

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
        expected = self._number(f"{text[:place]} SELECT (COUNT(*) AS ?rowsInAll) {{ {{ {text[place:]}\n}} }}", dataset)
        if rows != expected:
            raise self._short(rows, expected)
        self._whole = rows

    def _checked(self, reply: Reply) -> int:
        """Return the number of rows, unless the answer is broken or the server says that it cut it.

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
        return rows

    def _post(self, text: str, dataset: Sequence[tuple[str, str]]) -> Reply:
        accept = ", ".join([SELECT_TYPE, *(f"{name};q=0.{9 - i}" for i, name in enumerate(TRIPLE_TYPES))])
        headers = {"Accept": accept, "Content-Type": "application/x-www-form-urlencoded"}
        data = urllib.parse.urlencode([("query", text), *dataset]).encode("ascii")
        return self._client.send("POST", data, headers)

    def _rows(self, text: str, dataset: Sequence[tuple[str, str]] = ()) -> list[tuple[object, ...]]:
        """Return the rows of a query that may be cut, because they are counted otherwise."""
        reply = self._post(text, dataset)
        if reply.media_type != SELECT_TYPE:
            raise self._client.no_endpoint(reply)
        try:
            answer = ox.parse_query_results(reply.body, ox.QueryResultsFormat.JSON)
            if not isinstance(answer, ox.QuerySolutions):
                raise self._client.broken("答えが表ではありません", "the answer is no table")
            names = [variable.value for variable in answer.variables]
            return [tuple(solution[name] for name in names) for solution in answer]
        except (ValueError, SyntaxError) as error:
            raise self._client.broken("答えが壊れています", "the answer is broken or cut off") from error

    def _number(self, text: str, dataset: Sequence[tuple[str, str]] = ()) -> int:
        return self._one_number(self._rows(text, dataset))

    def _one_number(self, rows: Sequence[Sequence[object]]) -> int:
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
        counts = self._counted()
        done, total = 0, _total(counts)
        for graphs, expected in _bundles(counts):
            found = self._pages(" ".join(map(str, graphs)), expected)
            if len(found) != expected:
                raise self._short(len(found), expected)
            done += expected
            if told is not None:
                told(done, total)
            yield from found

    def _counted(self) -> list[tuple[object, int]]:
        """Return the graphs with the numbers of their quads.

        Raises
        ------
        StoreError
            The numbers do not add up to what the server counts in all: the list was cut, or somebody writes there.
        """
        counts = [(graph, _value(number)) for graph, number in self._rows(COUNTS)]
        total = self._number(COUNT)
        if _total(counts) != total:
            raise self._short(_total(counts), total)
        return counts

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
        rows = [ox.Quad(*row) for row in self._rows(text)]  # type: ignore[arg-type] # what is no term is told
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


def _counts_of(mark: str | None) -> list[tuple[object, int]]:
    """Return the graphs of a mark with the numbers of their quads; none where it is no mark."""
    try:
        return [(ox.NamedNode(name), int(number)) for name, number, _ in json.loads(mark or "[]")]
    except (ValueError, TypeError):
        return []


def _value(term: object) -> int:
    return int(getattr(term, "value", "0"))


def _total(rows: Sequence[Sequence[object]]) -> int:
    """Return the sum of the second column."""
    return sum(row[1] if isinstance(row[1], int) else _value(row[1]) for row in rows)


def _bundles(counts: Sequence[tuple[object, int]]) -> Iterator[tuple[list[object], int]]:
    """Yield graphs that are asked for together, and larger ones alone, with the number of their quads."""
    together: list[object] = []
    size = 0
    for graph, number in counts:
        if together and size + number > TOGETHER:
            yield together, size
            together, size = [], 0
        together.append(graph)
        size += number
    if together:
        yield together, size

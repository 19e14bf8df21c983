"""A server that misbehaves in every way gives one located error, never another answer."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pyoxigraph as ox
import pytest
import servers

from tsunagari.errors import StoreError
from tsunagari.graph.columns.remote_store import RemoteStore
from tsunagari.graph.knowledge.knowledge import KnowledgeGraph
from tsunagari.graph.store.access import Access
from tsunagari.graph.store.endpoint import SELECT_TYPE, EndpointStore

P = ox.NamedNode("urn:p")
QUADS = [
    ox.Quad(ox.NamedNode(f"urn:s{number:03d}"), P, ox.Literal(number), ox.NamedNode(f"urn:g{number % 3}"))
    for number in range(100)
]
FAULTS = {
    "refused": "does not know who asks (401)",
    "page": "text/html Sign in to the hotel network",
    "gateway": "refused the query (502): bad gateway",
    "moved-301": "points to another address (301)",
    "moved-302": "points to another address (302)",
    "moved-307": "points to another address (307)",
    "short-body": "the answer was cut off",
    "cut-json": "the answer is broken or cut off",
    "garbage": "the answer is broken or cut off",
    "hang": "no answer within 1 s",
    "drip": "no answer within 1 s",
    "dies": "does not answer",
    "type-text/plain": "in a format that cannot be read: text/plain",
    "type-text/csv": "in a format that cannot be read: text/csv",
    "zip-garbage": "the compression of the answer is broken",
    "zip-cut": "the answer was cut off",
    "zip-br": "its compression cannot be read (br)",
    "error-500": "refused the query (500): Query cancelled",
    "bell": "refused the query (503): no [2J bell here",
}
LATER = {
    "limit-told": "has 100 and gives 67",
    "limit-untold": "has 100 and gives 67",
    "later-error-500": "refused the query (500): Query cancelled",
    "later-twice": "it gave 3 statements twice",
    "later-cut": "the answer is broken or cut off",
    "later-short": "the answer was cut off",
    "later-page": "text/html Sign in to the hotel network",
    "later-dies": "does not answer",
    "later-zip-garbage": "the compression of the answer is broken",
}


class Faulty(BaseHTTPRequestHandler):
    """Answers as it should until `fault` is named."""

    store: ox.Store
    fault: str
    most: int

    def do_POST(self) -> None:
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        found = self.store.query(form["query"][0], use_default_graph_as_union=True)
        body = found.serialize(format=ox.QueryResultsFormat.JSON)
        assert body is not None
        self.misbehave(body, form["query"][0])

    def misbehave(self, body: bytes, query: str) -> None:
        fault = self.fault
        if fault.startswith("later-"):  # only when all is read, and then not while it is counted
            fault = fault.removeprefix("later-") if "VALUES" in query and "COUNT" not in query else ""
        kind, _, code = fault.partition("-")
        if kind == "refused":
            self.send(401, "text/html", b"<h1>Unauthorized</h1>")
        elif kind == "page":
            self.send(200, "text/html", b"<html><body>Sign in to the hotel network</body></html>")
        elif kind == "gateway":
            self.send(502, "text/html", b"<html>" + b"<p>bad gateway</p>" * 300)
        elif kind == "moved":
            self.send(int(code), "text/plain", b"", Location="http://127.0.0.1:1/other")
        elif kind == "short":
            self.send(200, SELECT_TYPE, body[: len(body) // 2], announced=len(body))
        elif kind == "cut":
            self.send(200, SELECT_TYPE, body[: len(body) // 2])
        elif kind == "garbage":
            self.send(200, SELECT_TYPE, b"\x00\x01")
        elif kind == "limit" and ("COUNT" not in query or "GROUP BY" in query) and not query.startswith("ASK"):
            told = {"X-SPARQL-MaxRows": str(self.most)} if code == "told" else {}
            self.send(200, SELECT_TYPE, first_rows(body, self.most), **told)
        elif kind == "hang":
            time.sleep(3)
        elif kind == "drip":
            self.drip(body)
        elif kind == "type":
            self.send(200, code, body)
        elif kind == "zip":
            packed = gzip.compress(body)
            sent = {"garbage": b"\x1f\x8b\x00garbage", "cut": packed[:-9], "br": body, "right": packed}[code]
            self.send(200, SELECT_TYPE, sent, **{"Content-Encoding": "br" if code == "br" else "gzip"})
        elif kind == "error":
            self.send(int(code), "text/plain", b"Query cancelled")
        elif kind == "bell":
            self.send(503, "text/plain", b"no\x07\x1b[2J bell\nhere")
        elif kind == "twice":
            self.send(200, SELECT_TYPE, with_repeated(body, 3))
        elif kind == "dies":
            self.close_connection = True
        else:
            self.send(200, SELECT_TYPE, body)

    def drip(self, body: bytes) -> None:
        """Send a byte at a time, for ever as far as anybody can tell."""
        self.send_response(200)
        self.send_header("Content-Type", SELECT_TYPE)
        self.send_header("Content-Length", "1000000")
        self.end_headers()
        for place in range(60):
            try:
                self.wfile.write(body[place : place + 1])
                self.wfile.flush()
            except OSError:
                return
            time.sleep(0.1)

    def send(self, code: int, media_type: str, body: bytes, announced: int | None = None, **headers: str) -> None:
        self.send_response(code)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(announced or len(body)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        pass


def with_repeated(body: bytes, number: int) -> bytes:
    import json

    found = json.loads(body)
    found["results"]["bindings"] += found["results"]["bindings"][:number]
    return json.dumps(found).encode()


def first_rows(body: bytes, number: int) -> bytes:
    import json

    found = json.loads(body)
    found["results"]["bindings"] = found["results"]["bindings"][:number]
    return json.dumps(found).encode()


Serve = Callable[..., str]


@pytest.fixture
def serve() -> Iterator[Serve]:
    running: list[tuple[ThreadingHTTPServer, threading.Thread]] = []

    def start(fault: str = "", most: int = 2) -> str:
        store = ox.Store()
        store.extend(QUADS)
        handler = type("Handler", (Faulty,), {"store": store, "fault": fault, "most": most})
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        running.append((server, thread))
        return f"http://127.0.0.1:{server.server_port}/sparql"

    yield start
    for server, thread in running:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_one_error_that_names_the_address(fault: str, serve: Serve) -> None:
    url = serve(fault)
    with pytest.raises(StoreError) as caught:
        EndpointStore(url, Access(timeout=1))
    text = str(caught.value)
    assert FAULTS[fault] in text
    assert url in text
    assert "\n" not in text
    assert len(text) < 600
    assert text.isprintable()


@pytest.mark.parametrize("fault", LATER)
def test_a_fault_while_the_graph_is_read_is_told_too(fault: str, serve: Serve) -> None:
    url = serve(fault)
    store = EndpointStore(url, Access(timeout=1))
    with pytest.raises(StoreError) as caught:
        list(store.quads())
    assert LATER[fault] in str(caught.value)
    assert url in str(caught.value)


def test_an_answer_that_was_packed_unasked_is_read(serve: Serve) -> None:
    assert set(EndpointStore(serve("zip-right")).quads()) == set(QUADS)


def test_a_question_that_a_server_cuts_in_silence_is_not_answered_short(serve: Serve) -> None:
    url = serve("limit-untold", 7)
    with pytest.raises(StoreError, match=r"has 100 and gives 7"):
        EndpointStore(url).query("PREFIX x: <urn:x>\n# all\nSELECT ?s { ?s ?p ?o } ORDER BY ?s")
    rows = list(EndpointStore(url).query("SELECT ?s { ?s ?p ?o } LIMIT 5"))
    assert len(rows) == 5


def test_a_server_that_gives_a_few_rows_at_once_is_asked_page_by_page(serve: Serve) -> None:
    assert set(EndpointStore(serve("limit-untold", 7)).quads()) == set(QUADS)


def test_a_graph_that_shrinks_while_it_is_read_is_told(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    store = EndpointStore(serve())
    real = store._number
    monkeypatch.setattr(store, "_number", lambda text: real(text) + 1)
    with pytest.raises(StoreError, match=r"has 101 and gives 100"):
        list(store.quads())


def test_a_password_in_the_address_is_sent_and_not_shown(serve: Serve) -> None:
    url = serve("refused").replace("http://", "http://keeper:s3cret@")
    with pytest.raises(StoreError) as caught:
        EndpointStore(url)
    assert "s3cret" not in str(caught.value) + caught.value.text("ja")


def test_no_secret_goes_out_without_encryption(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(StoreError, match="not encrypted"):
        EndpointStore("http://keeper:s3cret@example.org/sparql")
    monkeypatch.setenv("TSUNAGARI_TOKEN", "s3cret")
    with pytest.raises(StoreError, match="not encrypted"):
        EndpointStore("http://example.org/sparql")


@pytest.mark.parametrize("name", ["fuseki", "oxigraph"])
def test_a_real_server_gives_the_same_graph_and_the_same_tables(
    name: str, bundled: KnowledgeGraph, request: pytest.FixtureRequest
) -> None:
    server: servers.SparqlServer = request.getfixturevalue(name)
    data = ox.serialize(bundled.store.quads(), format=ox.RdfFormat.N_QUADS)
    assert data is not None
    servers.put_graphs(server, data)
    store = RemoteStore(EndpointStore(server.query_url))
    assert set(bundled.store.quads()) <= set(store.quads())
    count = "SELECT (COUNT(*) AS ?n) { ?s a <https://w3id.org/tsunagari/ont#LocalGovernment> }"
    here, there = ([row["n"].value for row in one.query(count)] for one in (bundled.store, store))  # type: ignore[union-attr]
    assert here == there

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pyoxigraph as ox
import pytest

from tsunagari.errors import QueryError
from tsunagari.graph.sparql.queries import run_query
from tsunagari.graph.sparql.query_guard import check_query

TRIG = """
PREFIX e: <urn:e:>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
<urn:g:1> { e:a skos:prefLabel "鳥取市"@ja ; e:n 3 ; e:d "2023-10-01"^^xsd:date ; e:b true ; e:f 1.5 ;
            e:t "2023-10-01T09:00:00+09:00"^^xsd:dateTime ; e:y "2023"^^xsd:gYear ; e:x "soon"^^xsd:date ; e:z e:q . }
<urn:g:2> { e:c skos:prefLabel "岩美町"@ja . }
"""


@pytest.fixture
def store() -> ox.Store:
    store = ox.Store()
    store.load(TRIG.encode(), format=ox.RdfFormat.TRIG)
    return store


@pytest.fixture
def trap() -> Iterator[tuple[str, list[str]]]:
    """Give the address of a server that notes every request."""
    seen: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def _note(self) -> None:
            seen.append(self.path)
            self.send_response(404)
            self.end_headers()

        do_GET = do_POST = _note  # noqa: N815 - the names that http.server looks for

        def log_message(self, *args: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/sparql", seen
    server.shutdown()
    server.server_close()
    thread.join()


def test_select_sees_every_named_graph_and_knows_our_prefixes(store: ox.Store) -> None:
    frame = run_query(store, "SELECT ?s ?name { ?s skos:prefLabel ?name } ORDER BY ?s")
    assert frame.to_dict("records") == [{"s": "urn:e:a", "name": "鳥取市"}, {"s": "urn:e:c", "name": "岩美町"}]


def test_a_declaration_of_the_user_wins_over_ours(store: ox.Store) -> None:
    assert run_query(store, "PREFIX skos: <urn:e:> SELECT ?o { ?s skos:n ?o }")["o"].tolist() == [3]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("n", 3),
        ("d", date(2023, 10, 1)),
        ("b", True),
        ("f", 1.5),
        ("t", datetime.fromisoformat("2023-10-01T09:00:00+09:00")),
        ("y", 2023),
        ("x", "soon"),
        ("z", "urn:e:q"),
    ],
)
def test_values_become_python_types(store: ox.Store, name: str, value: object) -> None:
    found = run_query(store, f"SELECT ?o ?gap {{ <urn:e:a> <urn:e:{name}> ?o }}")
    assert found["o"].tolist() == [value]
    assert found["gap"].tolist() == [None]


def test_a_column_of_numbers_with_a_gap_keeps_whole_numbers(store: ox.Store) -> None:
    frame = run_query(store, "SELECT ?s ?n { ?s skos:prefLabel ?l OPTIONAL { ?s <urn:e:n> ?n } } ORDER BY ?s")
    assert frame["n"].tolist() == [3, None]


def test_ask_construct_and_describe(store: ox.Store) -> None:
    assert run_query(store, "ASK { ?s ?p 3 }").to_dict("list") == {"answer": [True]}
    built = run_query(store, "CONSTRUCT { ?s <urn:e:is> ?n } WHERE { ?s <urn:e:n> ?n }")
    assert built.to_dict("records") == [{"subject": "urn:e:a", "predicate": "urn:e:is", "object": 3}]
    assert list(run_query(store, "DESCRIBE <urn:e:c>").columns) == ["subject", "predicate", "object"]


def test_no_solution_keeps_the_columns(store: ox.Store) -> None:
    frame = run_query(store, "SELECT ?s ?o { ?s <urn:none> ?o }")
    assert frame.empty
    assert list(frame.columns) == ["s", "o"]


def test_limit_says_when_there_was_more(store: ox.Store) -> None:
    text = "SELECT ?s ?p ?o { ?s ?p ?o }"
    assert len(run_query(store, text, limit=2)) == 2
    assert run_query(store, text, limit=2).attrs["truncated"]
    assert not run_query(store, text, limit=100).attrs["truncated"]


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { <urn:a> <urn:b> <urn:c> }",
        "PREFIX e: <urn:e:>\n delete where { ?s ?p ?o }",
        "LOAD <http://127.0.0.1/x>",
        "CLEAR ALL",
        "DROP GRAPH <urn:g:1>",
        "CREATE GRAPH <urn:g:3>",
        "COPY <urn:g:1> TO <urn:g:2>",
        "WITH <urn:g:1> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "# SELECT\nMOVE <urn:g:1> TO <urn:g:2>",
    ],
)
def test_updates_are_refused(store: ox.Store, text: str) -> None:
    before = len(store)
    with pytest.raises(QueryError) as caught:
        run_query(store, text)
    assert "読み取り専用" in caught.value.text("ja")
    assert "read-only" in caught.value.text("en")
    assert len(store) == before


def test_an_update_behind_a_query_does_not_run(store: ox.Store) -> None:
    before = len(store)
    with pytest.raises(QueryError):
        run_query(store, "SELECT * { ?s ?p ?o } ; DROP ALL")
    assert len(store) == before


SERVICE_QUERIES = [
    "SELECT * { SERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { service silent <URL> { ?s ?p ?o } }",
    "SELECT * { ?s ?p ?o OPTIONAL { { SELECT ?s { SERVICE <URL> { ?s ?p ?o } } } } }",
    "SELECT * { ?s ?p ?o FILTER NOT EXISTS { SERVICE <URL> { ?s ?p ?o } } }",
    "SELECT * { ?s ?p ?o MINUS { GRAPH ?g { SERVICE <URL> { ?s ?p ?o } } } }",
    "SELECT (EXISTS { SERVICE <URL> { ?s ?p ?o } } AS ?x) { }",
    "SELECT * { ?s ?p ?o } ORDER BY (EXISTS { SERVICE <URL> { ?s ?p ?o } })",
    "SELECT (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?s HAVING (EXISTS { SERVICE <URL> { ?s ?p ?o } })",
    "ASK { BIND(<URL> AS ?u) SERVICE ?u { ?s ?p ?o } }",
    "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <URL> { ?s ?p ?o } }",
    "DESCRIBE ?s { SERVICE <URL> { ?s ?p ?o } }",
    # Oxigraph reads keywords without blanks, a comment between, a prefixed name glued to the keyword, …
    "SELECT * { ?s ?p true .}#\nORDER BY (EXISTS{?s ?p trueSERVICE<URL>{ ?s ?p ?o }})",
    "SELECT * { ?s ?p 1SERVICE<URL>{ ?s ?p ?o } }",
    "SELECT * { SERVICE#>\n<URL>{ ?s ?p ?o } }",
    "PREFIX u: <URL> SELECT * { ?s ?p ?o SERVICEu: { ?s ?p ?o } }",
    "SELECT * { ?s ?p ?o FILTER(?s<?o)SERVICE#>\n<URL>{ ?s ?p ?o } }",
    "PREFIX e: <urn:e:> SELECT * { ?s ?p ?o FILTER(?s<e:x)SERVICE#>\n<URL>{ ?s ?p ?o } }",
    'SELECT * { BIND("\\u0022 AS ?a) #" AS ?b) SERVICE <URL>\n{ ?s ?p ?o } }',
    'PREFIX e: <urn:e:> SELECT * { BIND("\\u0022 AS ?a) GRAPH #" AS ?b) FILTER(?b<e:x)SERVICE#>\n<URL>{ ?s ?p ?o } }',
]


@pytest.mark.parametrize("text", SERVICE_QUERIES)
def test_service_is_refused_wherever_it_stands(store: ox.Store, trap: tuple[str, list[str]], text: str) -> None:
    url, seen = trap
    with pytest.raises(QueryError) as caught:
        run_query(store, text.replace("URL", url))
    assert "SERVICE" in caught.value.text("ja")
    assert "SERVICE" in caught.value.text("en")
    assert seen == []


@pytest.mark.parametrize(
    "text",
    [
        'SELECT ?s { ?s ?p "SERVICE <urn:x> { }" }',
        "SELECT ?s { ?s ?p ?o } # SERVICE <urn:x> { }",
        "SELECT ?s { ?s a tsu:SupportService ; tsu:serviceArea ?service }",
        "SELECT ?s { ?s a <http://example.org/service/Desk> }",
        "PREFIX service: <urn:service:> SELECT ?s { ?s service:of ?o }",
    ],
)
def test_the_word_service_is_allowed_where_it_calls_nobody(store: ox.Store, text: str) -> None:
    assert list(run_query(store, text).columns) == ["s"]


def test_from_chooses_graphs_of_the_store_and_fetches_nothing(store: ox.Store, trap: tuple[str, list[str]]) -> None:
    url, seen = trap
    assert run_query(store, "SELECT ?l FROM <urn:g:2> { ?s skos:prefLabel ?l }")["l"].tolist() == ["岩美町"]
    assert run_query(store, f"SELECT ?l FROM <{url}> {{ ?s skos:prefLabel ?l }}").empty
    assert run_query(store, f"SELECT ?l FROM NAMED <{url}> {{ GRAPH ?g {{ ?s skos:prefLabel ?l }} }}").empty
    assert seen == []


@pytest.mark.parametrize(
    ("text", "row", "column", "word"),
    [
        ('SELECT ?s\nWHERE {\n  ?s ?p "鳥取" .\n  FILTER(?x = "鳥取" && )\n}', 4, "23", "')'"),
        ("SELECT ?s WHER { ?s ?p ?o }", 1, "11", "'WHER'"),
        ("SELECT ?s {\n ?s nope:p ?o }", 2, "5", "nope:"),
        ("SELECT ?s { ?s ?p ?o", 1, "11", "'}'"),
        ('SELECT ?s {\n ?s ?p "鳥取 }', 2, "8", "no end"),
        ("SELECT ?s { ?s ?p <http://a b> }", 1, "19", "no end"),
        ("SELECT ?s { ?s ?p ?o } ORDER BY", 1, "32", "too early"),
        ("SELECT * { ?s ?p ?o } GROUP BY ?s", 1, "34", "not authorized"),
        ("", 1, "1", "too early"),
        ("これは問い合わせではない", 1, "1", "これは"),
    ],
)
def test_a_syntax_error_names_line_and_column_of_the_users_text(
    store: ox.Store, text: str, row: int, column: str, word: str
) -> None:
    with pytest.raises(QueryError) as caught:
        run_query(store, text)
    assert (caught.value.place.row, caught.value.place.column) == (row, column)
    assert word in caught.value.text("en")
    assert "SPARQL の文法の誤り" in caught.value.text("ja")


def test_the_line_is_shown_with_a_caret_that_counts_wide_characters_twice(store: ox.Store) -> None:
    with pytest.raises(QueryError) as caught:
        run_query(store, 'SELECT ?s {\n  FILTER(?x = "鳥取" && )\n}')
    assert caught.value.hint is not None
    line, caret = caught.value.hint.ja.strip("\n").split("\n")
    assert line == '  FILTER(?x = "鳥取" && )'
    assert caret == " " * 24 + "^"


def test_an_unknown_prefix_lists_the_known_ones(store: ox.Store) -> None:
    with pytest.raises(QueryError, match="tsu:"):
        run_query(store, "SELECT ?s { ?s foo:bar ?o }")


def test_checking_a_query_does_not_answer_it() -> None:
    numbers = " ".join(str(number) for number in range(100))
    product = " ".join(f"VALUES ?v{index} {{ {numbers} }}" for index in range(6))
    for form in ("SELECT (COUNT(*) AS ?n)", "ASK", "CONSTRUCT { ?v0 ?v0 ?v0 } WHERE", "DESCRIBE ?v0"):
        check_query(f"{form} {{ {product} FILTER (?v0 + ?v1 > 1000) }}")


def test_a_function_that_does_not_exist_is_an_error_for_the_user(store: ox.Store) -> None:
    with pytest.raises(QueryError, match="urn:nofunction"):
        run_query(store, "SELECT ?x { BIND(<urn:nofunction>(1) AS ?x) }")


def test_a_store_that_only_answers_text_is_enough() -> None:
    inner = ox.Store()
    inner.load(TRIG.encode(), format=ox.RdfFormat.TRIG)

    class Endpoint:
        def query(self, text: str) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
            return inner.query(text, use_default_graph_as_union=True)

    assert len(run_query(Endpoint(), "SELECT ?s { ?s skos:prefLabel ?o }")) == 2


def test_without_the_guard_the_trap_would_be_called(trap: tuple[str, list[str]]) -> None:
    url, seen = trap
    with pytest.raises(OSError, match="404"):
        list(ox.Store().query(f"SELECT * {{ SERVICE <{url}> {{ ?s ?p ?o }} }}"))
    assert seen != []

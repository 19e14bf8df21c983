from __future__ import annotations

import urllib.parse
import urllib.request
from pathlib import Path

import neo4j
import pytest
import servers

FACT = '<urn:a> <urn:p> "つながり"@ja <urn:g> .\n'


def test_neo4j_answers_its_user_and_nobody_else(neo4j_server: servers.Neo4jServer) -> None:
    with neo4j.GraphDatabase.driver(neo4j_server.url, auth=(servers.USER, servers.PASSWORD)) as driver:
        assert driver.execute_query("RETURN 1 AS one").records[0]["one"] == 1
        assert driver.get_server_info().agent.startswith("Neo4j/5.26")
    stranger = neo4j.GraphDatabase.driver(neo4j_server.url, auth=(servers.USER, "wrong"))
    with stranger as driver, pytest.raises(neo4j.exceptions.AuthError):
        driver.verify_connectivity()


@pytest.mark.parametrize("name", ["fuseki", "oxigraph"])
def test_a_sparql_server_keeps_what_it_is_given(name: str, request: pytest.FixtureRequest) -> None:
    server: servers.SparqlServer = request.getfixturevalue(name)
    servers.put_graphs(server, FACT.encode())
    query = urllib.parse.urlencode({"query": "SELECT ?o { GRAPH <urn:g> { <urn:a> ?p ?o } }"})
    headers = {"Accept": "application/sparql-results+json"}
    asked = urllib.request.Request(f"{server.query_url}?{query}", headers=headers)
    with urllib.request.urlopen(asked, timeout=60) as answer:
        assert "つながり" in answer.read().decode()


def test_a_server_is_gone_after_its_block(tmp_path: Path, oxigraph: servers.SparqlServer) -> None:
    with servers.oxigraph_server(tmp_path) as server:
        assert server.answers()
    assert not server.answers()
    assert oxigraph.answers()


def test_what_is_not_fetched_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TSUNAGARI_SERVERS", str(tmp_path))
    with pytest.raises(servers.MissingServerError, match="fetch_servers"):
        servers.neo4j_server(tmp_path)

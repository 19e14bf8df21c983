from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from tests.graph.neo4j.conftest import CLEAR, Make, Run
from tests.graph.neo4j.test_property_graph import QUADS

import tsunagari
from tsunagari.errors import StoreError
from tsunagari.graph.columns.column_store import MemoryStore
from tsunagari.graph.facts.things import Reader
from tsunagari.graph.knowledge.knowledge import KnowledgeGraph
from tsunagari.graph.neo4j.address import Address
from tsunagari.graph.neo4j.pull import pull, status, verify
from tsunagari.graph.neo4j.push import push


def test_tables_from_the_database_are_those_from_the_workspace(
    bundled: KnowledgeGraph, address: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    push(bundled._reader, bundled.title, address)
    monkeypatch.setenv("NEO4J_USERNAME", address.user or "")
    monkeypatch.setenv("NEO4J_PASSWORD", address.password or "")
    there = tsunagari.open(address.url)
    assert (there.title, there.as_of) == (bundled.title, bundled.as_of)
    for name in ("gaps", "brokers", "loss"):
        here = getattr(bundled, name)()
        assert getattr(there, name)().equals(here), name
    assert there.ask("partnership-members", partnership="鳥取").equals(
        bundled.ask("partnership-members", partnership="鳥取")
    )


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(quads=QUADS)
def test_any_graph_comes_back_from_the_database(quads: list[ox.Quad], address: Address, run: Run) -> None:
    run(CLEAR)
    store = MemoryStore(quads)
    push(Reader(store), "w", address)
    assert set(pull(address)) == set(store.quads())


def test_a_database_without_a_graph_says_so(address: Address) -> None:
    with pytest.raises(StoreError, match=r"holds no graph of Tsunagari.*neo4j push"):
        list(pull(address))


def test_verify_finds_the_one_statement_that_differs(make: Make, address: Address, run: Run) -> None:
    kg = make()
    push(kg._reader, kg.title, address)
    assert verify(kg._reader, address)["equal"].all()
    run("MATCH (n:StakeholderOrganization {name: '架空の友'}) SET n.prefLabel_ja = '架空の敵'")
    frame = verify(kg._reader, address)
    assert not frame["equal"].all()
    assert "/id/org/" in frame["example"].iloc[-1] or "/id/org/" in "".join(frame["example"])


def test_relationships_of_other_people_between_our_nodes_are_not_pulled(make: Make, address: Address, run: Run) -> None:
    kg = make()
    push(kg._reader, kg.title, address)
    run("MATCH (a:Platform), (b:SupportService) CREATE (a)-[:LIKES {since: 2020}]->(b)")
    assert set(pull(address)) == set(kg.store.quads())


def test_status_tells_server_workspace_and_counts(make: Make, address: Address) -> None:
    kg = make()
    push(kg._reader, kg.title, address)
    facts = dict(status(address).itertuples(index=False))
    assert facts["workspace"] == kg.title
    assert facts["server"].startswith("Neo4j/5.26")
    assert int(facts["nodes"]) > 100

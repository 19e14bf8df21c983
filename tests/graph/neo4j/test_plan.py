from __future__ import annotations

import pyoxigraph as ox
from tests.graph.neo4j.conftest import Run

from tsunagari.graph.columns.column_store import MemoryStore
from tsunagari.graph.facts.things import Reader
from tsunagari.graph.neo4j.address import Address
from tsunagari.graph.neo4j.connection import Database
from tsunagari.graph.neo4j.marker import read_marker
from tsunagari.graph.neo4j.plan import Plan, make_plan
from tsunagari.graph.neo4j.pull import pull
from tsunagari.graph.neo4j.push import push
from tsunagari.graph.neo4j.statements import outline, statements_of

P = ox.NamedNode("https://w3id.org/tsunagari/ont#about")


def quads(*pairs: tuple[str, str], graph: str = "urn:g") -> list[ox.Quad]:
    return [ox.Quad(ox.NamedNode(a), P, ox.NamedNode(b), ox.NamedNode(graph)) for a, b in pairs]


def planned(address: Address, wanted: list[ox.Quad]) -> Plan:
    statements = statements_of(wanted)
    with Database(address) as database:
        marker = read_marker(database)
        assert marker is not None
        return make_plan(database, statements, outline(statements, {}), {}, marker)


def test_a_plan_names_what_comes_goes_and_moves(address: Address) -> None:
    push(Reader(MemoryStore(quads(("urn:a", "urn:b"), ("urn:c", "urn:d")))), "w", address)
    plan = planned(address, quads(("urn:a", "urn:d"), ("urn:c", "urn:d"), ("urn:e", "urn:d")))
    assert plan.vanished == ["urn:b"]
    assert [node.iri for node in plan.nodes] == ["urn:a", "urn:e"]
    assert (plan.created, plan.stale) == (1, ["urn:a"])
    assert plan.lost_links == [("urn:a", "ABOUT", "urn:b")]
    assert [(link.start, link.end) for link in plan.links] == [("urn:e", "urn:d"), ("urn:a", "urn:d")]
    assert plan.new_links == 2


def test_a_relationship_that_is_said_elsewhere_is_made_anew(address: Address) -> None:
    push(Reader(MemoryStore(quads(("urn:a", "urn:b")))), "w", address)
    plan = planned(address, quads(("urn:a", "urn:b"), graph="urn:h"))
    assert plan.lost_links == [("urn:a", "ABOUT", "urn:b")]
    assert len(plan.links) == 1
    assert plan.new_links == 0


def test_nothing_is_planned_for_the_same_graph(address: Address) -> None:
    same = quads(("urn:a", "urn:b"))
    push(Reader(MemoryStore(same)), "w", address)
    assert planned(address, same) == Plan()


def test_a_relationship_that_somebody_deleted_or_doubled_is_mended(address: Address, run: Run) -> None:
    store = MemoryStore(quads(("urn:a", "urn:b"), ("urn:a", "urn:c")))
    push(Reader(store), "w", address)
    run("MATCH (:Resource {iri: 'urn:a'})-[r]->(:Resource {iri: 'urn:b'}) DELETE r")
    push(Reader(store), "w", address)
    assert set(pull(address)) == set(store.quads())
    run("MATCH (:Resource {iri: 'urn:a'})-[r]->(:Resource {iri: 'urn:b'}) DELETE r")
    run("MATCH (m:TsunagariPush) SET m.completedAt = null")  # as after a push that was cut off
    push(Reader(store), "w", address)
    assert set(pull(address)) == set(store.quads())

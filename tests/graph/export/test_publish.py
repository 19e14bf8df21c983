"""A published graph is the one here, on Fuseki and on Oxigraph's server, and nobody else's is touched."""

from __future__ import annotations

import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import pyoxigraph as ox
import pytest
import servers
from tests.graph import small

import tsunagari
from tsunagari.errors import Message, StoreError
from tsunagari.graph.export.publish import is_same
from tsunagari.graph.knowledge.build import build
from tsunagari.graph.knowledge.knowledge import KnowledgeGraph
from tsunagari.graph.store import GraphStore
from tsunagari.ontology.namespaces import XSD

Make = Callable[..., KnowledgeGraph]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    def made(name: str = "w", **changed: str) -> KnowledgeGraph:
        return build(small.write(tmp_path / name, **changed))

    return made


@pytest.fixture(params=["fuseki", "oxigraph"])
def server(request: pytest.FixtureRequest) -> Iterator[servers.SparqlServer]:
    found: servers.SparqlServer = request.getfixturevalue(request.param)
    servers.empty(found)
    yield found
    servers.empty(found)


def actions(frame: pd.DataFrame) -> set[str]:
    return set(frame["action"])


def graphs_of(kg: KnowledgeGraph) -> set[str]:
    return {quad.graph_name.value for quad in kg.store.quads()}  # type: ignore[union-attr]


def test_what_is_published_is_the_graph_and_gives_the_same_tables(make: Make, server: servers.SparqlServer) -> None:
    kg = make()
    rehearsed = kg.publish(server.graphs_url, dry_run=True)
    assert actions(rehearsed) == {"created"}
    assert GraphStore(server.graphs_url).read(rehearsed["graph"].iloc[0]) in (None, set())
    done = kg.publish(server.graphs_url)
    assert done.equals(rehearsed)
    assert set(done["graph"]) == graphs_of(kg)
    there = tsunagari.open(server.query_url)
    assert set(there.store.quads()) == set(kg.store.quads())
    assert there.gaps().equals(kg.gaps())
    assert there.title == kg.title


def test_graphs_are_replaced_whole_and_what_is_gone_is_deleted(make: Make, server: servers.SparqlServer) -> None:
    make().publish(server.graphs_url)
    other = make("other", ties="ID,連携元,連携先,種類,開始日,終了日\nt1,架空の会,架空の輪,情報共有,2020-04-01,\n")
    (other.workspace / "services.csv").unlink()  # type: ignore[operator]
    settings = other.workspace / "tsunagari.toml"  # type: ignore[operator]
    sources = settings.read_text(encoding="utf-8").split("[[source]]")
    settings.write_text("[[source]]".join(part for part in sources if "services.csv" not in part), encoding="utf-8")
    changed = build(other.workspace or "")
    frame = changed.publish(server.graphs_url)
    assert actions(frame) == {"replaced", "unchanged", "deleted"}
    assert set(tsunagari.open(server.query_url).store.quads()) == set(changed.store.quads())
    again = changed.publish(server.graphs_url)
    assert actions(again) == {"unchanged"}
    assert again.attrs["unchanged"]


def test_graphs_of_other_people_are_not_touched(make: Make, server: servers.SparqlServer) -> None:
    servers.put_graphs(server, b'<urn:a> <urn:p> "theirs" <urn:theirs> .\n')
    make().publish(server.graphs_url)
    assert len(GraphStore(server.graphs_url).read("urn:theirs") or ()) == 1


def test_another_workspace_and_strangers_graphs_are_replaced_only_when_asked(
    make: Make, server: servers.SparqlServer
) -> None:
    kg = make()
    name = sorted(graphs_of(kg))[0]
    servers.put_graphs(server, f'<urn:a> <urn:p> "theirs" <{name}> .\n'.encode())
    with pytest.raises(StoreError, match=r"1 graphs of these names that were not published from here .*Nothing was"):
        kg.publish(server.graphs_url)
    kg.publish(server.graphs_url, replace=True)
    other = make("other")
    other._report = type(other._report)("別の町", other._report.as_of)
    with pytest.raises(StoreError, match=r"graph of another workspace, '架空の記録'.*--replace"):
        other.publish(server.graphs_url)
    other.publish(server.graphs_url, replace=True)


def test_what_was_cut_off_is_finished_by_the_next_publication(
    make: Make, server: servers.SparqlServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    kg, real, left = make(), GraphStore.replace, [4]

    def failing(self: GraphStore, graph: str, triples: object) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise StoreError(Message("線が切れた", "the line was cut"))
        real(self, graph, triples)  # type: ignore[arg-type]

    monkeypatch.setattr(GraphStore, "replace", failing)
    with pytest.raises(StoreError, match="the line was cut"):
        kg.publish(server.graphs_url)
    monkeypatch.undo()
    assert actions(kg.publish(server.graphs_url)) == {"created", "unchanged"}
    assert set(tsunagari.open(server.query_url).store.quads()) == set(kg.store.quads())


def test_a_server_that_keeps_numbers_by_their_value_gives_the_same_tables(
    make: Make, tmp_path: Path, fuseki: servers.SparqlServer
) -> None:
    """TDB2, which keeps the graphs of most Fuseki servers, writes 109 as 109.0 or 1.50 as 1.5."""
    kg = make()
    with servers.fuseki_server(tmp_path / "disk", on_disk=True) as server:
        assert actions(kg.publish(server.graphs_url)) == {"created"}
        assert actions(kg.publish(server.graphs_url)) == {"unchanged"}
        there = tsunagari.open(server.query_url)
        assert len(list(there.store.quads())) == len(list(kg.store.quads()))
        assert there.gaps().equals(kg.gaps())
        assert there.brokers().equals(kg.brokers())
    assert fuseki.answers()


@pytest.mark.parametrize(
    ("one", "other", "kind", "expected"),
    [
        ("109", "109.0", "decimal", True),
        ("1.50", "+1.5", "decimal", True),
        ("-0.0", "0", "decimal", True),
        ("1.5", "1.51", "decimal", False),
        ("100", "1", "decimal", False),
        ("007", "7", "integer", True),
        ("1.5E0", "1.5", "double", True),
        ("1", "true", "boolean", True),
        ("2026-04-01T09:00:00.500Z", "2026-04-01T09:00:00.5Z", "dateTime", True),
        ("2026-04-01T09:00:00.000Z", "2026-04-01T09:00:00Z", "dateTime", True),
        ("2026-04-01T09:00:00Z", "2026-04-01T09:00:01Z", "dateTime", False),
        ("not a number", "not a number ", "decimal", False),
        ("1.50", "1.5", "string", False),
    ],
)
def test_numbers_and_times_are_compared_by_value(one: str, other: str, kind: str, expected: bool) -> None:
    node, datatype = ox.NamedNode("urn:x"), ox.NamedNode(f"{XSD}{kind}")
    here, there = ({ox.Triple(node, node, ox.Literal(text, datatype=datatype))} for text in (one, other))
    assert is_same(here, there) is expected


def test_the_public_edition_takes_the_place_of_the_whole(make: Make, server: servers.SparqlServer) -> None:
    kg = make()
    kg.publish(server.graphs_url)
    kg.public().publish(server.graphs_url)
    assert set(tsunagari.open(server.query_url).store.quads()) == set(kg.public().store.quads())


def test_a_server_that_does_not_give_back_what_it_was_sent_is_told(
    make: Make, server: servers.SparqlServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = GraphStore.replace
    monkeypatch.setattr(GraphStore, "replace", lambda self, graph, triples: real(self, graph, list(triples)[1:]))
    with pytest.raises(StoreError, match=r"does not give back the graph .* as it was sent"):
        make().publish(server.graphs_url)


def test_the_door_for_questions_is_not_the_one_for_graphs(make: Make, server: servers.SparqlServer) -> None:
    wrong = server.graphs_url.rsplit("/", 1)[0] + "/nowhere/at/all"
    with pytest.raises(StoreError, match=r"not an address that takes graphs|refused") as caught:
        make().publish(wrong)
    assert wrong in str(caught.value)


@pytest.fixture
def guarded(tmp_path: Path, fuseki: servers.SparqlServer) -> Iterator[servers.SparqlServer]:
    """A Fuseki server with a user."""
    (tmp_path / "passwd").write_text("keeper: s3cret-word\n")
    with servers.fuseki_server(tmp_path / "guarded", users=tmp_path / "passwd") as server:
        yield server
    assert fuseki.answers()


def test_a_user_with_a_password_may_write_and_nobody_else(
    make: Make, guarded: servers.SparqlServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    kg = make()
    for who in ({}, {"user": "keeper", "password": "wrong"}):
        with pytest.raises(StoreError, match=r"does not know who asks \(401\).*TSUNAGARI_PASSWORD") as caught:
            kg.publish(guarded.graphs_url, **who)  # type: ignore[arg-type]
        assert "wrong" not in str(caught.value)
    assert actions(kg.publish(guarded.graphs_url, user="keeper", password="s3cret-word")) == {"created"}
    with pytest.raises(StoreError, match="401"):
        tsunagari.open(guarded.query_url)
    monkeypatch.setenv("TSUNAGARI_PASSWORD", "s3cret-word")
    assert tsunagari.open(guarded.query_url, user="keeper").title == kg.title
    monkeypatch.setenv("TSUNAGARI_USER", "keeper")
    assert tsunagari.open(guarded.query_url).title == kg.title


def test_blank_nodes_are_the_same_under_other_names() -> None:
    p, q = ox.NamedNode("urn:p"), ox.NamedNode("urn:q")

    def made(*names: str) -> set[ox.Triple]:
        first, second = (ox.BlankNode(name) for name in names)
        return {ox.Triple(first, p, second), ox.Triple(second, q, ox.Literal("x"))}

    assert is_same(made("a", "b"), made("b", "a"))
    assert not is_same(made("a", "b"), {ox.Triple(ox.BlankNode("a"), p, ox.Literal("y")), *list(made("a", "b"))[:1]})


def test_the_note_of_a_publication_is_no_part_of_the_graph(make: Make, server: servers.SparqlServer) -> None:
    make().publish(server.graphs_url)
    query = urllib.parse.urlencode({"query": "ASK { GRAPH ?g { <https://w3id.org/tsunagari/id/publication> ?p ?o } }"})
    asked = urllib.request.Request(f"{server.query_url}?{query}", headers={"Accept": "application/sparql-results+json"})
    with urllib.request.urlopen(asked) as reply:
        assert b"true" in reply.read()
    there = tsunagari.open(server.query_url)
    assert not there.query("ASK { <https://w3id.org/tsunagari/id/publication> ?p ?o }")["answer"][0]

"""Tables of a server's graph come from a copy that is bound to its content; questions go to the server."""

from __future__ import annotations

import shutil
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
import servers
from tests.graph import small

import tsunagari
from tsunagari.errors import StoreError
from tsunagari.graph.columns.remote_store import RemoteStore, cache_folder
from tsunagari.graph.knowledge.build import build
from tsunagari.graph.knowledge.knowledge import KnowledgeGraph
from tsunagari.graph.sparql.queries import run_query
from tsunagari.graph.store.endpoint import EndpointStore


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TSUNAGARI_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture(scope="module")
def kg(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    return build(small.write(tmp_path_factory.mktemp("small") / "w"))


@pytest.fixture(params=["fuseki", "oxigraph"])
def server(request: pytest.FixtureRequest, kg: KnowledgeGraph) -> Iterator[servers.SparqlServer]:
    found: servers.SparqlServer = request.getfixturevalue(request.param)
    fill(found, kg)
    yield found
    servers.empty(found)


def fill(server: servers.SparqlServer, kg: KnowledgeGraph) -> None:
    data = ox.serialize(kg.store.quads(), format=ox.RdfFormat.N_QUADS)
    assert data is not None
    servers.empty(server)
    servers.put_graphs(server, data)


def update(server: servers.SparqlServer, text: str) -> None:
    headers = {"Content-Type": "application/sparql-update"}
    asked = urllib.request.Request(server.update_url, data=text.encode(), headers=headers, method="POST")
    with urllib.request.urlopen(asked) as answer:
        answer.read()


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note each time that a whole graph is read."""
    seen: list[str] = []
    real = EndpointStore.quads

    def noting(self: EndpointStore, told: object = None) -> Iterator[ox.Quad]:
        seen.append(self.location)
        return real(self, told)  # type: ignore[arg-type]

    monkeypatch.setattr(EndpointStore, "quads", noting)
    return seen


def test_the_second_table_is_made_of_the_copy(
    kg: KnowledgeGraph, server: servers.SparqlServer, cache: Path, reads: list[str]
) -> None:
    for _ in range(2):
        there = tsunagari.open(server.query_url)
        assert there.gaps().equals(kg.gaps())
        assert there.brokers().equals(kg.brokers())
        assert set(there.store.quads()) == set(kg.store.quads())
    assert len(reads) == 1
    assert len(list(cache.glob("remote/*/columns"))) == 1


def test_a_changed_graph_is_never_answered_from_the_old_copy(
    server: servers.SparqlServer, cache: Path, reads: list[str]
) -> None:
    """The text that replaces another is as long, and the numbers of statements stay what they were."""
    assert "架空の友" in set(tsunagari.open(server.query_url).organizations["name"])
    change = "DELETE { GRAPH ?g { ?s ?p ?o } } INSERT { GRAPH ?g { ?s ?p '架空の敵'@ja } } "
    update(server, change + "WHERE { GRAPH ?g { ?s ?p ?o FILTER (STR(?o) = '架空の友') } }")
    names = set(tsunagari.open(server.query_url).organizations["name"])
    assert "架空の敵" in names
    assert "架空の友" not in names
    assert len(reads) == 2
    assert len(list(cache.glob("remote/*"))) == 1


def test_a_question_of_few_rows_copies_nothing(
    kg: KnowledgeGraph, fuseki: servers.SparqlServer, cache: Path, reads: list[str]
) -> None:
    fill(fuseki, kg)
    there = tsunagari.open(fuseki.query_url)
    assert there.ask("platforms").equals(kg.ask("platforms"))
    count = "SELECT (COUNT(*) AS ?n) { ?s a tsu:SupportService }"
    assert there.query(count).equals(kg.query(count))
    graph = next(str(quad.graph_name) for quad in kg.store.quads() if "#Platform>" in str(quad.object))
    named = f"SELECT (COUNT(*) AS ?n) FROM {graph} {{ ?s ?p ?o }}"
    assert run_query(there.store, named, timeout=None).equals(kg.query(named))
    assert reads == []
    assert not cache.exists()


def test_a_damaged_copy_is_made_anew(server: servers.SparqlServer, cache: Path, kg: KnowledgeGraph) -> None:
    store = RemoteStore(EndpointStore(server.query_url), cache)
    assert set(store.quads()) == set(kg.store.quads())
    (place,) = cache.glob("remote/*")
    for file in (place / "columns").iterdir():
        file.write_bytes(b"")
    assert set(RemoteStore(EndpointStore(server.query_url), cache).quads()) == set(kg.store.quads())
    shutil.rmtree(place / "columns")
    assert set(RemoteStore(EndpointStore(server.query_url), cache).quads()) == set(kg.store.quads())


def test_where_nothing_can_be_kept_there_is_an_answer_all_the_same(
    server: servers.SparqlServer, tmp_path: Path, kg: KnowledgeGraph
) -> None:
    (tmp_path / "file").write_text("no folder")
    for cache in (None, tmp_path / "file"):
        assert set(RemoteStore(EndpointStore(server.query_url), cache).quads()) == set(kg.store.quads())


def test_a_graph_that_is_changed_while_it_is_read_is_read_again_and_then_told(
    server: servers.SparqlServer, cache: Path, monkeypatch: pytest.MonkeyPatch, kg: KnowledgeGraph
) -> None:
    real, left = EndpointStore.quads, [1]

    def changing(self: EndpointStore, told: object = None) -> Iterator[ox.Quad]:
        yield from real(self, told)  # type: ignore[arg-type]
        if left[0]:
            left[0] -= 1
            change = f"DELETE {{ GRAPH ?g {{ ?s ?p ?o }} }} INSERT {{ GRAPH ?g {{ ?s ?p '架空{left[0]}'@ja }} }} "
            update(server, change + "WHERE { { SELECT * { GRAPH ?g { ?s ?p ?o FILTER (LANG(?o) = 'ja') } } LIMIT 1 } }")

    monkeypatch.setattr(EndpointStore, "quads", changing)
    assert len(list(RemoteStore(EndpointStore(server.query_url), cache).quads())) == len(list(kg.store.quads()))
    left[0] = 9
    with pytest.raises(StoreError, match=r"was changed while it was read.*Run it again"):
        list(RemoteStore(EndpointStore(server.query_url), cache / "other").quads())


def test_the_copy_is_in_the_users_cache_unless_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("TSUNAGARI_CACHE", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_folder() == tmp_path / "tsunagari"
    monkeypatch.setenv("TSUNAGARI_CACHE", "")
    assert cache_folder() is None


def test_progress_is_told_while_it_is_copied(server: servers.SparqlServer) -> None:
    told: list[tuple[str, int, int]] = []
    store = RemoteStore(EndpointStore(server.query_url))
    store.tell = lambda stage, done, total: told.append((stage.en, done, total))
    total = len(list(store.quads()))
    assert told[-1] == ("copying the graph of the server", total, total)

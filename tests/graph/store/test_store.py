from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TypeAlias

import pyoxigraph as ox
import pytest

from tsunagari.errors import QueryError, StoreError
from tsunagari.graph.columns.column_files import INDEX, save_columns
from tsunagari.graph.columns.column_parts import statements_of
from tsunagari.graph.columns.column_store import MemoryStore, open_folder, open_store
from tsunagari.graph.export import export
from tsunagari.graph.facts.things import Reader
from tsunagari.graph.networks.networks import network
from tsunagari.graph.sparql.queries import run_query
from tsunagari.graph.store.access import Access
from tsunagari.graph.store.endpoint import EndpointStore
from tsunagari.graph.store.replacement import COLUMNS
from tsunagari.graph.store.store import Store, select
from tsunagari.graph.tables.frames import frame

Requests: TypeAlias = list[dict[str, list[str]]]
Serve: TypeAlias = Callable[..., AbstractContextManager[str]]
NAMES = "SELECT ?name { ?s a tsu:Platform ; skos:prefLabel ?name } ORDER BY ?name"


@pytest.fixture(scope="module")
def served(tiny_quads: list[ox.Quad], endpoint: Serve) -> Iterator[tuple[str, Requests]]:
    inner, requests = ox.Store(), []
    inner.extend(tiny_quads)
    with endpoint(inner, requests) as url:
        yield url, requests


@pytest.fixture(scope="module")
def folder(tiny_quads: list[ox.Quad], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("kept")
    save_columns(statements_of(tiny_quads), path / COLUMNS)
    return path


@pytest.fixture(params=["memory", "embedded", "endpoint"])
def store(
    request: pytest.FixtureRequest, tiny_quads: list[ox.Quad], folder: Path, served: tuple[str, Requests]
) -> Iterator[Store]:
    made: Store
    if request.param == "memory":
        made = MemoryStore(tiny_quads)
    else:
        made = open_store(folder if request.param == "embedded" else served[0])
    yield made
    made.close()


class TestContract:
    """The same story on every store."""

    def test_the_union_of_the_sources_is_the_default_graph(self, store: Store) -> None:
        assert list(select(store, NAMES)) == [("鳥取プラットフォーム",)]

    def test_unbound_is_none(self, store: Store) -> None:
        assert list(select(store, "SELECT ?a ?b { BIND (1 AS ?a) }")) == [("1", None)]

    def test_sources_stay_apart_in_named_graphs(self, store: Store) -> None:
        graphs = [name for (name,) in select(store, "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g")]
        assert [str(name).rpartition("/")[2] for name in graphs] == ["reference", "tiny"]

    def test_ask(self, store: Store) -> None:
        assert bool(store.query("ASK { ?s ?p ?o }"))

    def test_construct(self, store: Store) -> None:
        found = store.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s a <https://w3id.org/tsunagari/ont#Platform> ; ?p ?o }")
        assert all(isinstance(item, ox.Triple) for item in found)

    def test_quads_are_all_there(self, store: Store, tiny_quads: list[ox.Quad]) -> None:
        assert set(store.quads()) == set(tiny_quads)

    def test_tables_networks_and_files_are_the_same(self, store: Store, tiny: Reader) -> None:
        reader = Reader(store)
        assert frame(reader, "memberships").equals(frame(tiny, "memberships"))
        here, there = network(reader, "all"), network(tiny, "all")
        assert list(here.edges(data=True)) == list(there.edges(data=True))
        assert export(reader, "trig") == export(tiny, "trig")

    def test_users_queries_run(self, store: Store) -> None:
        assert run_query(store, NAMES)["name"].tolist() == ["鳥取プラットフォーム"]

    def test_rdflib_sees_the_same(self, store: Store) -> None:
        query = "SELECT ?s { GRAPH ?g { ?s a <https://w3id.org/tsunagari/ont#Platform> } }"
        assert [str(row[0]).rpartition("/")[2] for row in store.dataset().query(query)] == ["pf"]  # type: ignore[index]


def test_readers_share_a_folder_that_stays_readable_when_it_is_moved(folder: Path, tmp_path: Path) -> None:
    import shutil

    copied = Path(shutil.copytree(folder, tmp_path / "store"))
    first, second = open_folder(copied), open_folder(copied)
    copied.rename(tmp_path / "aside")
    assert list(select(first, NAMES)) == list(select(second, NAMES))


def test_reading_writes_nothing(folder: Path) -> None:
    before = sorted((path.name, path.stat().st_mtime_ns) for path in folder.iterdir())
    list(select(open_folder(folder), NAMES))
    assert sorted((path.name, path.stat().st_mtime_ns) for path in folder.iterdir()) == before


def test_rdflib_cannot_change_an_embedded_store(folder: Path) -> None:
    dataset = open_folder(folder).dataset()
    from rdflib import URIRef

    with pytest.raises((OSError, RuntimeError), match="read-write"):
        dataset.graph(URIRef("urn:g")).add((URIRef("urn:a"), URIRef("urn:b"), URIRef("urn:c")))


def test_a_missing_folder_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as error:
        open_folder(tmp_path / "nothing")
    assert "tsunagari build" in error.value.text("ja")
    assert not (tmp_path / "nothing").exists()


def test_a_damaged_folder_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / COLUMNS).mkdir()
    (tmp_path / COLUMNS / INDEX).write_text("nonsense", encoding="utf-8")
    with pytest.raises(StoreError, match="tsunagari build"):
        open_folder(tmp_path)


def test_a_closed_store_says_so() -> None:
    store = MemoryStore()
    store.close()
    with pytest.raises(StoreError, match="closed"):
        store.query("ASK {}")


def test_an_endpoint_is_asked_for_its_graphs_as_default_graph(served: tuple[str, Requests]) -> None:
    url, requests = served
    EndpointStore(url).query("ASK {}")
    assert [iri.rpartition("/")[2] for iri in requests[-1]["default-graph-uri"]] == ["reference", "tiny"]
    assert requests[-1]["named-graph-uri"] == requests[-1]["default-graph-uri"]


def test_an_endpoint_that_refuses_a_query_is_quoted(served: tuple[str, Requests]) -> None:
    with pytest.raises(QueryError, match="error at"):
        EndpointStore(served[0]).query("SELECT nonsense")


def test_nobody_at_the_address() -> None:
    with pytest.raises(StoreError) as error:
        EndpointStore("http://127.0.0.1:9/sparql", Access(timeout=2))
    assert "接続できません" in error.value.text("ja")


def test_only_http_addresses() -> None:
    with pytest.raises(StoreError, match="http://"):
        EndpointStore("file:///etc/hosts")

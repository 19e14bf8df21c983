"""SPARQL counts statements, not sources; and its index is made once, kept whole and bound to its columns."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
import servers

import tsunagari
from tsunagari.errors import StoreError
from tsunagari.graph.columns import sparql_index
from tsunagari.graph.columns.column_store import ColumnStore, MemoryStore
from tsunagari.graph.columns.sparql_index import INDEXING, MANIFEST, asks_graphs
from tsunagari.graph.knowledge import KnowledgeGraph
from tsunagari.graph.sparql.queries import run_query
from tsunagari.graph.store import EndpointStore
from tsunagari.graph.store.replacement import FOLDER
from tsunagari.loaders.fiction import synthesize
from tsunagari.ontology.namespaces import PREFIXES

COUNTS = {
    "all": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "bodies": "SELECT (COUNT(*) AS ?n) { ?s a/rdfs:subClassOf* org:Organization }",
    "classes": "SELECT ?c (COUNT(*) AS ?n) { ?s a ?c } GROUP BY ?c",
    "members": "SELECT ?p (COUNT(?m) AS ?n) { ?m org:memberOf ?p } GROUP BY ?p",
    "sizes": "SELECT (SUM(?size) AS ?n) (AVG(?size) AS ?mean) { ?s tsu:statedSize ?size }",
    "rows": "SELECT ?s ?name { ?s a tsu:Platform ; skos:prefLabel ?name }",
    "graphs": "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s a tsu:PlatformMembership } } GROUP BY ?g",
}


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    towns = ["鳥取市", "岩美町", "若桜町", "智頭町", "八頭町"]
    folder = tmp_path_factory.mktemp("practice") / "region"
    return tsunagari.build(synthesize(folder, organizations=200, seed=1, areas=towns).folder)


@pytest.fixture(scope="module")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    return tsunagari.build(synthesize(tmp_path_factory.mktemp("large") / "w", organizations=2000, seed=5).folder)


def rdflib_dataset(graph: KnowledgeGraph) -> rdflib.Dataset:
    """Return the graph in rdflib's own store, whose union is a set."""
    data = rdflib.Dataset(default_union=True)
    terms: dict[object, rdflib.term.Node] = {}

    def known(term: ox.NamedNode | ox.BlankNode | ox.Literal) -> rdflib.term.Node:
        if term not in terms:
            if isinstance(term, ox.Literal):
                datatype = None if term.language else rdflib.URIRef(term.datatype.value)
                terms[term] = rdflib.Literal(term.value, lang=term.language, datatype=datatype)
            else:
                terms[term] = rdflib.URIRef(term.value)
        return terms[term]

    graphs: dict[object, rdflib.Graph] = {}
    for quad in graph.store.quads():
        place = graphs.get(quad.graph_name)
        if place is None:
            place = graphs[quad.graph_name] = data.graph(rdflib.URIRef(quad.graph_name.value))
        place.add((known(quad.subject), known(quad.predicate), known(quad.object)))
    return data


@pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning")  # by rdflib itself, in its own methods
@pytest.mark.parametrize("name", ["bundled", "practice", "made_up"])
def test_counts_are_those_of_rdflib(name: str, request: pytest.FixtureRequest) -> None:
    graph: KnowledgeGraph = request.getfixturevalue(name)
    peer = rdflib_dataset(graph)
    prefixes = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
    for text in COUNTS.values():
        ours = graph.store.query(prefixes + text)
        found = Counter(tuple("" if term is None else term.value for term in row) for row in ours)
        theirs = Counter(
            tuple("" if term is None else str(term) for term in row) for row in peer.query(prefixes + text)
        )
        assert rounded(found) == rounded(theirs), text


@pytest.mark.parametrize("name", ["bundled", "practice", "made_up"])
def test_counts_are_those_of_fuseki(name: str, request: pytest.FixtureRequest, fuseki: servers.SparqlServer) -> None:
    graph: KnowledgeGraph = request.getfixturevalue(name)
    data = ox.serialize(graph.store.quads(), format=ox.RdfFormat.N_QUADS)
    assert data is not None
    servers.empty(fuseki)
    servers.put_graphs(fuseki, data)
    peer = EndpointStore(fuseki.query_url)
    prefixes = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
    for text in COUNTS.values():
        ours, theirs = (
            Counter(tuple("" if term is None else term.value for term in row) for row in store.query(prefixes + text))
            for store in (graph.store, peer)
        )
        assert rounded(ours) == rounded(theirs), text


def rounded(found: Counter[tuple[str, ...]]) -> Counter[tuple[str, ...]]:
    """Return rows with numbers to six places: the mean of rdflib has more of them."""
    return Counter({tuple(_rounded(text) for text in row): count for row, count in found.items()})


def _rounded(text: str) -> str:
    try:
        return f"{float(text):.6g}"
    except ValueError:
        return text


def test_bodies_are_counted_once_each(bundled: KnowledgeGraph) -> None:
    """In two lists and an inference: one body."""
    once, twice = (
        int(bundled.query(f"SELECT (COUNT({what} ?s) AS ?n) {{ ?s a tsu:StakeholderOrganization }}")["n"][0])
        for what in ("", "DISTINCT")
    )
    assert once == twice > 0


@pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning")  # by rdflib itself, in its own methods
def test_rdflib_is_given_a_set(bundled: KnowledgeGraph) -> None:
    data = bundled.rdf()
    (row,) = data.query(COUNTS["all"])
    triples = list(data.triples((None, None, None)))
    assert len(data) == len(triples) == len(set(triples)) == int(row[0])  # type: ignore[index]
    quads = {(s, p, o, graph) for s, p, o, graph in data.quads((None, None, None, None))}
    assert len(quads) == len(bundled.store)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("SELECT * { GRAPH ?g { ?s ?p ?o } }", True),
        ("select * { graph<urn:g>{ ?s ?p ?o } }", True),
        ("SELECT * FROM <urn:g> { ?s ?p ?o }", True),
        ("SELECT ?graph { ?s ?p ?graph }", False),
        ("SELECT * { <urn:x/graph/a> <urn:from> $from }", False),
        ("SELECT * { ?s tsu:from ?o }", False),
    ],
)
def test_named_graphs_are_indexed_where_they_are_asked_for(text: str, asks: bool) -> None:
    assert asks_graphs(text) is asks


def quads(count: int) -> list[ox.Quad]:
    node = ox.NamedNode
    return [
        ox.Quad(node(f"urn:s{number}"), node("urn:p"), ox.Literal(str(number)), node(f"urn:g{graph}"))
        for number in range(count)
        for graph in range(2)
    ]


ALL = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
NAMED = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"


def test_named_graphs_come_when_they_are_asked_for() -> None:
    store = MemoryStore(quads(5))
    assert len(store.index(ALL).inner) == 5
    assert run_query(store, NAMED)["n"].tolist() == [10]
    assert run_query(store, ALL)["n"].tolist() == [5]
    assert run_query(store, "SELECT ?s FROM <urn:g0> { ?s ?p ?o }").shape == (5, 1)


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    (tmp_path / "organizations.csv").write_text("団体名,市区町村\n架空の会,鳥取市\n", encoding="utf-8")
    settings = '[workspace]\ntitle = "架空"\nas_of = 2024-01-01\n[[source]]\nfile = "organizations.csv"\n'
    (tmp_path / "tsunagari.toml").write_text(f'{settings}kind = "organizations"\n', encoding="utf-8")
    return tmp_path


@pytest.fixture
def everything_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sparql_index, "SMALL", 0)


def test_who_asks_no_sparql_gets_no_index(workspace: Path, everything_is_large: None) -> None:
    graph = tsunagari.build(workspace)
    assert len(graph.organizations) >= 1
    graph.gaps(), graph.brokers(), graph.export("turtle"), graph.export("trig"), graph.summary()
    assert sorted(path.name for path in (workspace / FOLDER).iterdir()) == ["columns", "lists", "load.json"]


def test_a_large_index_is_kept_and_found_again(workspace: Path, everything_is_large: None) -> None:
    tsunagari.build(workspace)
    told: list[tuple[str, int, int]] = []

    def progress(stage: str, done: int, total: int) -> None:
        told.append((stage, done, total))

    first = tsunagari.open(workspace, progress=progress, lang="en").query(ALL)
    assert told[-1][0] == INDEXING.en
    assert told[-1][1] == told[-1][2] > 0
    told.clear()
    assert tsunagari.open(workspace, progress=progress).query(ALL).equals(first)
    assert told == []
    assert sorted(path.name for path in (workspace / FOLDER).iterdir()) == ["columns", "index", "lists", "load.json"]


def test_a_build_may_make_it_at_once(workspace: Path) -> None:
    graph = tsunagari.build(workspace, index=True)
    store = graph.store
    assert isinstance(store, ColumnStore)
    assert store.index(ALL).folder == str(workspace / FOLDER / "index" / "store")
    tsunagari.build(workspace)
    assert not (workspace / FOLDER / "index").exists()


def foreign(index: Path) -> None:
    said = json.loads((index / MANIFEST).read_text(encoding="utf-8"))
    (index / MANIFEST).write_text(json.dumps(said | {"fingerprint": "0" * 64}), encoding="utf-8")


def without_manifest(index: Path) -> None:
    (index / MANIFEST).unlink()


def cut_off(index: Path) -> None:
    (index / MANIFEST).write_text("{", encoding="utf-8")


def without_store(index: Path) -> None:
    shutil.rmtree(index / "store")


@pytest.mark.parametrize("spoil", [foreign, without_manifest, cut_off, without_store])
def test_an_index_that_is_not_that_of_the_columns_is_made_anew(workspace: Path, spoil: object) -> None:
    before = tsunagari.build(workspace, index=True).query(ALL)
    spoil(workspace / FOLDER / "index")  # type: ignore[operator]
    graph = tsunagari.open(workspace)
    graph.store.sparql.get(graphs=False, kept=True)  # type: ignore[attr-defined]
    assert graph.query(ALL).equals(before)
    assert tsunagari.open(workspace).store.index(ALL).folder is not None  # type: ignore[attr-defined]


def test_what_a_killed_index_left_goes_with_the_next(workspace: Path, everything_is_large: None) -> None:
    graph = tsunagari.build(workspace)
    left = workspace / FOLDER / "index-new-x"
    left.mkdir()
    graph.query(ALL)
    assert not left.exists()


def test_an_index_that_cannot_be_written_says_why(
    workspace: Path, everything_is_large: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    graph = tsunagari.build(workspace)

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(sparql_index.SparqlIndex, "_fill", full)
    with pytest.raises(StoreError, match="No space left"):
        graph.query(ALL)
    assert sorted(path.name for path in (workspace / FOLDER).iterdir()) == ["columns", "lists", "load.json"]


def test_the_large_index_of_a_part_goes_with_it(workspace: Path, everything_is_large: None) -> None:
    part = tsunagari.build(workspace).public()
    store = part.store
    assert isinstance(store, ColumnStore)
    folder = store.index(ALL).folder
    assert folder is not None
    assert Path(folder).is_dir()
    assert int(part.query(ALL)["n"][0]) > 0
    del part, store
    import gc

    gc.collect()
    assert not Path(folder).exists()

"""One story over every engine: arrays, an endpoint by SPARQL, Neo4j, DuckDB and Spark give the same rows.

Sizes are those that a test can wait for; ``TSUNAGARI_STORY=10000`` tells the whole story of so many organisations (some
twenty minutes), and ``benchmarks/engines.py`` compares the engines of tables at 100,000.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from servers import PASSWORD, USER, Neo4jServer, SparqlServer, empty, fuseki_server, neo4j_server, put_graphs
from tests.graph.coverage.test_public_coverage import FILES, SETTINGS, WITHHELD

import tsunagari
from tsunagari.errors import StoreError
from tsunagari.graph.knowledge.knowledge import KnowledgeGraph
from tsunagari.loaders.fiction import synthesize

SIZES = tuple(map(int, os.environ.get("TSUNAGARI_STORY", "200,2000").split(",")))
LARGE = 5_000  # organisations for which a server needs a disk and more memory than the shared ones have
REGIONS = {"arrays": 6, "endpoint": 6, "neo4j": 6, "duckdb": 6, "spark": 1}


@pytest.fixture(scope="module", params=SIZES)
def country(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    folder = tmp_path_factory.mktemp("engines") / "country"
    synthesize(folder, organizations=request.param, seed=11)
    return tsunagari.build(folder)


@pytest.fixture(scope="module", params=REGIONS)
def engine(
    request: pytest.FixtureRequest, country: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, Any]]:
    """The same graph behind each engine, by its name."""
    name: str = request.param
    if name == "arrays":
        yield name, tsunagari.open(str(country.workspace))
        return
    with behind(name, country, request, tmp_path_factory.mktemp("engine")) as graph:
        yield name, graph


@contextmanager
def behind(name: str, graph: KnowledgeGraph, request: pytest.FixtureRequest, folder: Path) -> Iterator[Any]:
    """Give a graph to an engine, and open it there."""
    own = len(graph.organizations) > LARGE
    with ExitStack() as stack:
        if name in ("endpoint", "oxigraph"):
            server: SparqlServer = request.getfixturevalue("fuseki" if name == "endpoint" else name)
            if own:
                server = stack.enter_context(fuseki_server(folder / "fuseki", on_disk=True))
            data = graph.export("nquads")
            assert isinstance(data, bytes)
            empty(server)  # the tests before left their graph
            put_graphs(server, data)
            yield tsunagari.open(server.query_url, timeout=600)
        elif name == "neo4j":
            database: Neo4jServer = request.getfixturevalue("neo4j_server")
            if own:
                database = stack.enter_context(neo4j_server(folder / "neo4j", heap="2g", long_lived=True))
            graph.to_neo4j(database.url, user=USER, password=PASSWORD, replace=True)
            patch = stack.enter_context(pytest.MonkeyPatch.context())
            patch.setenv("NEO4J_USERNAME", USER)
            patch.setenv("NEO4J_PASSWORD", PASSWORD)
            yield tsunagari.open(database.url)
        else:
            if name == "spark":
                request.getfixturevalue("spark")
            graph.export("parquet", folder / "tables", partition="prefecture")
            yield stack.enter_context(tsunagari.open_tables(folder / "tables", engine=name))


def gaps(graph: Any, **asked: Any) -> pd.DataFrame:
    """Ask for gaps without draws, which tables do not make."""
    return graph.gaps(**asked) if isinstance(graph, tsunagari.TableGraph) else graph.gaps(missing=0, **asked)


def same(found: pd.DataFrame, wanted: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(found, wanted, check_exact=False, rtol=1e-9, atol=1e-12)


def test_the_graph_comes_back_statement_by_statement(country: KnowledgeGraph, engine: tuple[str, Any]) -> None:
    _, graph = engine
    if isinstance(graph, tsunagari.TableGraph):
        pytest.skip("tables hold what questions need, not the statements")
    assert set(graph.store.quads()) == set(country.store.quads())


def test_gaps_are_the_same(country: KnowledgeGraph, engine: tuple[str, Any]) -> None:
    _, graph = engine
    found, wanted = (gaps(one, need="population", lang="en") for one in (graph, country))
    assert set(wanted["status"]) >= {"multiple", "single", "wide_only", "unknown"}
    same(found, wanted)


def test_random_regions_are_the_same(country: KnowledgeGraph, engine: tuple[str, Any]) -> None:
    name, graph = engine
    coverage = country.coverage()
    chance = random.Random(3)
    for _ in range(REGIONS[name]):
        asked = {
            "areas": chance.sample(coverage.area_codes, min(9, len(coverage.area_codes))),
            "fields": chance.sample(coverage.field_ids, 4),
            "at": f"{chance.randrange(2012, 2027)}-04-01",
        }
        same(*(gaps(one, **asked) for one in (graph, country)))
        same(*(one.rollup("prefecture", **asked) for one in (graph, country)))


def test_brokers_are_the_same(country: KnowledgeGraph, engine: tuple[str, Any]) -> None:
    _, graph = engine
    is_table = isinstance(graph, tsunagari.TableGraph)
    wanted = country.brokers(draws=0, lang="en")
    found = graph.brokers(lang="en") if is_table else graph.brokers(draws=0, lang="en")
    columns = list(found.columns)
    assert {"coordinator", "z_liaison", "expected_brokerage", "constraint", "effective_size"} < set(columns)
    assert wanted["brokerage"].sum() > 0
    same(*(table[columns].sort_values("organization_id", ignore_index=True) for table in (found, wanted)))


def test_losses_are_the_same(country: KnowledgeGraph, engine: tuple[str, Any]) -> None:
    _, graph = engine
    found, wanted = (one.loss() for one in (graph, country))
    columns = ["organization_id", "organization", "to_nobody", "to_wide_only", "to_single", "severity_lost"]
    lost = wanted["severity_lost"] > 0
    kept = wanted[lost][columns].sort_values("organization_id", ignore_index=True)
    rows = found[found["severity_lost"] > 0][columns].sort_values("organization_id", ignore_index=True)
    same(rows, kept)


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    """The public edition of a workspace in which bodies are withheld."""
    folder = tmp_path_factory.mktemp("edition")
    for name, text in (FILES | {"tsunagari.toml": SETTINGS}).items():
        (folder / name).write_text(text, encoding="utf-8")
    return tsunagari.build(folder).public()


@pytest.mark.parametrize("name", ["endpoint", "oxigraph", "neo4j", "duckdb", "spark"])
def test_a_public_edition_withholds_the_same_cells(
    edition: KnowledgeGraph, name: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    with behind(name, edition, request, tmp_path) as graph:
        for lang in ("ja", "en"):
            same(gaps(graph, lang=lang), gaps(edition, lang=lang))
        named = graph.gaps(statuses=["withheld"])[["area", "field"]]
        assert set(named.itertuples(index=False, name=None)) == WITHHELD
        with pytest.raises(StoreError, match="2025-04-01"):
            graph.gaps(at="2021-01-01")
        if not isinstance(graph, tsunagari.TableGraph):
            asked = graph.ask("unpublished-cells", engine="neo4j" if name == "neo4j" else "sparql")
            assert asked.equals(edition.ask("unpublished-cells"))
            assert len(asked) == len(WITHHELD)

"""One story over every engine: arrays, an endpoint by SPARQL, Neo4j, DuckDB and Spark give the same rows.

Sizes are those that a test can wait for; ``benchmarks/engines.py`` compares 10,000 and 100,000 organisations.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from servers import PASSWORD, USER, Neo4jServer, SparqlServer, empty, put_graphs

import tsunagari
from tsunagari.graph.knowledge.knowledge import KnowledgeGraph
from tsunagari.loaders.fiction import synthesize

SIZES = (200, 2_000)
REGIONS = {"arrays": 6, "endpoint": 6, "neo4j": 6, "duckdb": 6, "spark": 1}
Open = Callable[[KnowledgeGraph, Path], Any]


@pytest.fixture(scope="module", params=SIZES)
def country(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    folder = tmp_path_factory.mktemp("engines") / "country"
    synthesize(folder, organizations=request.param, seed=11)
    return tsunagari.build(folder)


@pytest.fixture(scope="module")
def tables(country: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("engines") / "tables"
    country.export("parquet", target, partition="prefecture")
    return target


@pytest.fixture(scope="module", params=REGIONS)
def engine(request: pytest.FixtureRequest, country: KnowledgeGraph) -> Iterator[tuple[str, Any]]:
    """The same graph behind each engine, by its name."""
    name: str = request.param
    if name == "arrays":
        yield name, tsunagari.open(str(country.workspace))
    elif name == "endpoint":
        server: SparqlServer = request.getfixturevalue("fuseki")
        data = country.export("nquads")
        assert isinstance(data, bytes)
        empty(server)  # the tests before left their graph
        put_graphs(server, data)
        yield name, tsunagari.open(server.query_url, timeout=600)
    elif name == "neo4j":
        database: Neo4jServer = request.getfixturevalue("neo4j_server")
        country.to_neo4j(database.url, user=USER, password=PASSWORD, replace=True)
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("NEO4J_USERNAME", USER)
            patch.setenv("NEO4J_PASSWORD", PASSWORD)
            yield name, tsunagari.open(database.url)
    else:
        if name == "spark":
            request.getfixturevalue("spark")
        with tsunagari.open_tables(request.getfixturevalue("tables"), engine=name) as graph:
            yield name, graph


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

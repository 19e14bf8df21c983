"""What all tests share: the graph of the bundled data, and the switch that writes golden files anew."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from pyspark.sql import SparkSession
    from servers import Neo4jServer, SparqlServer

    from tsunagari.graph.knowledge.knowledge import KnowledgeGraph

# A test is never timed: a busy machine is no failure.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

DATASET = Path(__file__).resolve().parents[1] / "loaders" / "datasets" / "platforms"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--regen", action="store_true", help="write the golden files anew instead of comparing with them")


@pytest.fixture(autouse=True)
def _no_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep no copies of servers' graphs in the cache of whoever runs the tests."""
    monkeypatch.setenv("TSUNAGARI_CACHE", "")


@pytest.fixture(scope="session")
def regen(pytestconfig: pytest.Config) -> bool:
    return bool(pytestconfig.getoption("--regen"))


@pytest.fixture(scope="session")
def bundled(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    from tsunagari.graph.knowledge.build import build

    workspace = tmp_path_factory.mktemp("bundled") / "platforms"
    shutil.copytree(DATASET, workspace, ignore=shutil.ignore_patterns(".tsunagari"))
    return build(workspace)


@pytest.fixture(scope="session")
def lacking() -> Callable[[str], NoReturn]:
    """Give what a test says when a part is missing that `make test` installs: a failure in CI, a skip elsewhere."""

    def tell(reason: str) -> NoReturn:
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)

    return tell


@pytest.fixture(scope="session")
def neo4j_server(tmp_path_factory: pytest.TempPathFactory, lacking: Callable[[str], NoReturn]) -> Iterator[Neo4jServer]:
    """A Neo4j server that all tests share; each leaves what it likes there and empties it first."""
    import servers

    try:
        server = servers.neo4j_server(tmp_path_factory.mktemp("neo4j"))
    except servers.MissingServerError as error:
        lacking(str(error))
    with server:
        yield server


@pytest.fixture(scope="session")
def fuseki(tmp_path_factory: pytest.TempPathFactory, lacking: Callable[[str], NoReturn]) -> Iterator[SparqlServer]:
    import servers

    try:
        server = servers.fuseki_server(tmp_path_factory.mktemp("fuseki"))
    except servers.MissingServerError as error:
        lacking(str(error))
    with server:
        yield server


@pytest.fixture(scope="session")
def oxigraph(tmp_path_factory: pytest.TempPathFactory, lacking: Callable[[str], NoReturn]) -> Iterator[SparqlServer]:
    import servers

    try:
        server = servers.oxigraph_server(tmp_path_factory.mktemp("oxigraph"))
    except servers.MissingServerError as error:
        lacking(str(error))
    with server:
        yield server


@pytest.fixture(scope="session")
def spark(lacking: Callable[[str], NoReturn]) -> Iterator[SparkSession]:
    """The one session of Spark of all tests, which the engine finds; small questions need no compiled code."""
    from pyspark.sql import SparkSession

    from tsunagari.errors import StoreError
    from tsunagari.graph.cluster.spark_engine import check_java

    try:
        check_java()
    except StoreError as error:
        lacking(str(error))
    small = {
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.memory": "1g",
        "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1",
        "spark.log.level": "ERROR",
        "spark.sql.adaptive.enabled": "false",
        "spark.sql.codegen.wholeStage": "false",
        "spark.sql.shuffle.partitions": "2",
        "spark.ui.enabled": "false",
    }
    builder = SparkSession.Builder().master("local[2]").appName("tests")
    for name, value in small.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    yield session
    session.stop()

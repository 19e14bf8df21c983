from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import neo4j
import pytest
import servers

from tsunagari.graph.knowledge.build import build
from tsunagari.graph.knowledge.knowledge import KnowledgeGraph
from tsunagari.graph.neo4j.address import Address

CLEAR = "MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS"
Run = Callable[..., list[neo4j.Record]]


@pytest.fixture
def run(neo4j_server: servers.Neo4jServer) -> Run:
    """Run Cypher as somebody else who uses the same database."""

    def query(text: str, **parameters: object) -> list[neo4j.Record]:
        driver = neo4j.GraphDatabase.driver(neo4j_server.url, auth=(servers.USER, servers.PASSWORD))
        with driver, driver.session(notifications_min_severity="OFF") as session:
            return list(session.run(text, parameters))

    return query


@pytest.fixture
def address(neo4j_server: servers.Neo4jServer, run: Run) -> Address:
    """A database without a node."""
    run(CLEAR)
    return Address(neo4j_server.url, servers.USER, servers.PASSWORD, patience=1.0)


@pytest.fixture
def bare(address: Address, run: Run) -> Iterator[Address]:
    """A database without a node, a constraint or an index, before and after."""

    def clear() -> None:
        run(CLEAR)
        for row in run("SHOW CONSTRAINTS YIELD name"):
            run(f"DROP CONSTRAINT {row['name']}")
        for row in run("SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP'"):
            run(f"DROP INDEX {row['name']}")

    clear()
    yield address
    clear()


Make = Callable[..., KnowledgeGraph]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Build the small workspace of `tests.graph.small`, with other files where they are given."""
    from tests.graph import small

    def made(name: str = "w", **changed: str) -> KnowledgeGraph:
        return build(small.write(tmp_path / name, **changed))

    return made

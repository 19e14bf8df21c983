from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
import servers
from tests.cli.conftest import Invoke

from tsunagari.graph.knowledge.build import open_graph


@pytest.fixture
def password(tmp_path: Path) -> Path:
    file = tmp_path / "password"
    file.write_text(servers.PASSWORD + "\n", encoding="utf-8")
    return file


def test_a_graph_goes_there_is_compared_and_comes_back(
    invoke: Invoke, built: Path, password: Path, neo4j_server: servers.Neo4jServer, tmp_path: Path
) -> None:
    who = ("--password-file", password)
    invoke("neo4j", "push", neo4j_server.url, "-w", built, "--replace", *who)
    again = invoke("neo4j", "push", neo4j_server.url, "-w", built, *who)
    assert "変わりありません" in again.stderr
    assert "すべて一致" in invoke("neo4j", "verify", neo4j_server.url, "-w", built, *who).stderr
    back = tmp_path / "back.nq"
    invoke("neo4j", "pull", neo4j_server.url, "-o", back, *who)
    assert set(ox.parse(path=str(back))) == set(open_graph(built).store.quads())
    assert "Neo4j/5.26" in invoke("neo4j", "status", neo4j_server.url, *who).stdout
    assert servers.PASSWORD not in again.output


def test_a_rehearsal_writes_nothing(
    invoke: Invoke, built: Path, password: Path, neo4j_server: servers.Neo4jServer
) -> None:
    who = (neo4j_server.url, "-w", built, "--password-file", password)
    invoke("neo4j", "push", *who, "--replace")
    before = invoke("neo4j", "status", neo4j_server.url, "--password-file", password).stdout
    told = invoke("neo4j", "push", *who, "--public", "--dry-run", "--format", "csv")
    assert told.stdout.splitlines()[0].endswith("kind,created,changed,deleted,total")
    assert invoke("neo4j", "status", neo4j_server.url, "--password-file", password).stdout == before


def test_an_unlike_graph_ends_with_1(
    invoke: Invoke, built: Path, password: Path, neo4j_server: servers.Neo4jServer
) -> None:
    who = (neo4j_server.url, "-w", built, "--password-file", password)
    invoke("neo4j", "push", *who, "--replace")
    from tsunagari.graph.neo4j.address import Address
    from tsunagari.graph.neo4j.connection import Database

    with Database(Address(neo4j_server.url, servers.USER, servers.PASSWORD)) as database:
        database.write("MATCH (n:Platform) SET n.prefLabel_ja = 'x'")
    assert "手元のグラフと違います" in invoke("neo4j", "verify", *who, exit_code=1).stderr


def test_a_wrong_ending_is_wrong_use(invoke: Invoke) -> None:
    assert ".ttl" in invoke("neo4j", "pull", "bolt://localhost", "-o", "x.xlsx", exit_code=2).stderr


def test_an_unreadable_password_file_is_told(invoke: Invoke, built: Path, tmp_path: Path) -> None:
    words = ("neo4j", "push", "bolt://localhost", "-w", built, "--password-file", tmp_path / "none")
    assert "パスワードのファイルを読めません" in invoke(*words, exit_code=1).stderr

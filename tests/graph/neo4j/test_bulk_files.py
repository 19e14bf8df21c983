from __future__ import annotations

import shlex
from pathlib import Path

import pytest
import servers
from tests.graph.neo4j.conftest import Make

from tsunagari.errors import OutputError
from tsunagari.graph.neo4j.address import Address
from tsunagari.graph.neo4j.bulk_files import IMPORT, MARK, _cell
from tsunagari.graph.neo4j.pull import pull
from tsunagari.graph.neo4j.push import push


def test_an_imported_graph_is_the_pushed_one(
    make: Make, tmp_path: Path, neo4j_server: servers.Neo4jServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the command line of the script itself; a push afterwards has nothing to write."""
    del neo4j_server  # the test is one of those that take turns
    kg = make()
    folder = Path(kg.export("neo4j-csv", tmp_path / "csv"))  # type: ignore[arg-type] # a path was given
    script = (folder / IMPORT).read_text(encoding="utf-8").replace("\\\n", "")
    command = shlex.split(script.splitlines()[-1])
    assert command[:5] == ["neo4j-admin", "database", "import", "full", "neo4j"]
    monkeypatch.chdir(folder)
    server = servers.neo4j_server(tmp_path / "home", auth=False)
    servers.neo4j_import(tmp_path / "home", *command[5:])
    with server:
        address = Address(server.url)
        assert set(pull(address)) == set(kg.store.quads())
        assert push(kg._reader, kg.title, address).attrs["unchanged"]


def test_the_same_graph_gives_the_same_bytes(make: Make) -> None:
    kg = make()
    assert kg.export("neo4j-csv") == kg.export("neo4j-csv")


def test_nothing_and_the_empty_text_stay_two() -> None:
    assert (_cell(None), _cell(""), _cell('a "b"\n'), _cell([1, 2])) == ("", '""', '"a ""b""\n"', f'"1{MARK}2"')


def test_a_separator_in_a_text_is_told() -> None:
    with pytest.raises(OutputError, match=r"U\+001F.*neo4j push"):
        _cell(["a", f"b{MARK}c"])

"""A push whose client or server is killed at any moment: after the next push the database holds exactly the graph."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import NoReturn

import pytest
import servers
from tests.graph import small

from tsunagari.errors import StoreError
from tsunagari.graph.knowledge.build import build
from tsunagari.graph.knowledge.knowledge import KnowledgeGraph
from tsunagari.graph.neo4j.address import Address
from tsunagari.graph.neo4j.pull import pull
from tsunagari.graph.neo4j.push import push

MOMENTS = int(os.environ.get("TSUNAGARI_KILLS", "2"))  # spread over a push; 20 take some ten minutes
CLIENT = """
import sys, tsunagari
kg = tsunagari.open(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
kg.to_neo4j(sys.argv[2])
print("done", flush=True)
sys.stdin.readline()
"""


@pytest.fixture(scope="module")
def graphs(tmp_path_factory: pytest.TempPathFactory) -> tuple[KnowledgeGraph, KnowledgeGraph]:
    """Two graphs of one workspace: services and ties come, go and move."""
    folder = tmp_path_factory.mktemp("killed")
    first = build(small.write(folder / "one"))
    services = "ID,名称,実施団体,分野,対象区域,開始日,終了日\ns1,食堂,架空の団,子育て,岩美町,2020-04-01,\n"
    ties = "ID,連携元,連携先,種類,開始日,終了日\nt1,架空の輪,架空の団,情報共有,2020-04-01,\n"
    ties += "t8,架空の友,架空の会,物資,2022-04-01,\n"
    return first, build(small.write(folder / "two", services=services, ties=ties))


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory, lacking: Callable[[str], NoReturn]) -> Iterator[servers.Neo4jServer]:
    """A server of this module's own, which may be killed."""
    try:
        server = servers.neo4j_server(tmp_path_factory.mktemp("own"), auth=False)
    except servers.MissingServerError as error:
        lacking(str(error))
    with server:
        yield server


def measured(kg: KnowledgeGraph, address: Address) -> float:
    start = time.monotonic()
    push(kg._reader, kg.title, address)
    return time.monotonic() - start


def test_after_a_killed_client_the_next_push_is_whole(
    graphs: tuple[KnowledgeGraph, KnowledgeGraph], own: servers.Neo4jServer
) -> None:
    address = Address(own.url, patience=2.0)
    push(graphs[1]._reader, graphs[1].title, address)
    longest = measured(graphs[0], address)
    for moment in range(MOMENTS):
        kg = graphs[(moment + 1) % 2]
        command = [sys.executable, "-c", CLIENT, str(kg.workspace), own.url]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as client:
            assert client.stdout is not None
            assert client.stdin is not None
            assert client.stdout.readline() == b"ready\n"
            client.stdin.write(b"go\n")
            client.stdin.flush()
            time.sleep(longest * moment / MOMENTS)
            client.kill()
        push(kg._reader, kg.title, address)
        assert set(pull(address)) == set(kg.store.quads()), moment


def test_after_a_killed_server_the_next_push_is_whole(
    graphs: tuple[KnowledgeGraph, KnowledgeGraph], own: servers.Neo4jServer
) -> None:
    address = Address(own.url, patience=0.5)
    push(graphs[1]._reader, graphs[1].title, address)
    longest = measured(graphs[0], address)
    for moment in range(MOMENTS):
        kg = graphs[(moment + 1) % 2]
        killer = threading.Timer(longest * moment / MOMENTS, own.kill)
        killer.start()
        with suppress(StoreError):  # at the last moment it may have come to its end
            push(kg._reader, kg.title, address)
        killer.join()
        own.start()
        push(kg._reader, kg.title, address)
        assert set(pull(address)) == set(kg.store.quads()), moment


@pytest.mark.skipif(sys.platform != "linux", reason="files of a running program are limited by Linux alone")
def test_a_full_disk_is_told_in_one_line_and_the_next_push_is_whole(
    graphs: tuple[KnowledgeGraph, KnowledgeGraph], own: servers.Neo4jServer
) -> None:
    """No file of the server may grow: what a full disk says, it says."""
    import resource

    address = Address(own.url, patience=0.5)
    push(graphs[1]._reader, graphs[1].title, address)
    largest = max(path.stat().st_size for path in (own.folder / "data").rglob("*") if path.is_file())
    assert own.process is not None
    resource.prlimit(own.process.pid, resource.RLIMIT_FSIZE, (largest, resource.RLIM_INFINITY))
    for _ in range(2):
        with pytest.raises(StoreError) as caught:
            push(graphs[0]._reader, graphs[0].title, address, replace=True)
        text = str(caught.value)
        assert "\n" not in text
        assert own.url in text
        assert "disk" in text
        assert "restart" in text
    own.stop()
    own.start()
    push(graphs[0]._reader, graphs[0].title, address)
    assert set(pull(address)) == set(graphs[0].store.quads())

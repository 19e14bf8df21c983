"""A query that runs away is really stopped: its process is gone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pyoxigraph as ox
import pytest

from tsunagari.errors import QueryError
from tsunagari.graph.columns.column_files import save_columns
from tsunagari.graph.columns.column_parts import statements_of
from tsunagari.graph.columns.column_store import open_folder
from tsunagari.graph.sparql import query_process, query_worker
from tsunagari.graph.sparql.queries import run_query
from tsunagari.graph.store.replacement import COLUMNS

NUMBERS = " ".join(map(str, range(100)))
PRODUCT = " ".join(f"VALUES ?v{index} {{ {NUMBERS} }}" for index in range(9))  # 10^18 rows: longer than anybody lives
COUNT = f"SELECT (COUNT(?v0) AS ?n) {{ {PRODUCT} }}"
KINDS = [
    COUNT,
    f"SELECT ?v0 {{ {PRODUCT} }}",
    f"ASK {{ {PRODUCT} FILTER (?v0 + ?v8 > 1000) }}",
    f"CONSTRUCT {{ <urn:s> <urn:p> ?v0 }} WHERE {{ {PRODUCT} }}",
]


@pytest.fixture
def processes(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[bytes]]:
    """Note every process that a query starts."""
    started: list[subprocess.Popen[bytes]] = []

    class Noted(subprocess.Popen[bytes]):
        def __init__(self, *args: object, **kwargs: object) -> None:
            super().__init__(*args, **kwargs)  # type: ignore[call-overload]
            started.append(self)

    monkeypatch.setattr(query_process.subprocess, "Popen", Noted)
    return started


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("graphs")
    quad = ox.Quad(ox.NamedNode("urn:s"), ox.NamedNode("urn:p"), ox.Literal("鳥取\t市\n"), ox.NamedNode("urn:g"))
    save_columns(statements_of([quad]), path / COLUMNS)
    return path


@pytest.mark.parametrize("text", KINDS)
def test_a_query_that_runs_away_is_stopped(processes: list[subprocess.Popen[bytes]], text: str) -> None:
    with pytest.raises(QueryError) as caught:
        run_query(ox.Store(), text, timeout=0.2)
    assert "0.2" in caught.value.text("ja")
    (process,) = (one for one in processes if "apart_worker" not in str(one.args))  # it reads files and stays
    assert process.returncode is not None


def test_so_many_rows_are_enough_and_the_rest_is_not_computed(processes: list[subprocess.Popen[bytes]]) -> None:
    frame = run_query(ox.Store(), f"SELECT ?v8 {{ {PRODUCT} }}", timeout=0, limit=3)
    assert len(frame) == 3
    assert frame.attrs["truncated"]
    assert processes[0].returncode is not None


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_ctrl_c_stops_it(processes: list[subprocess.Popen[bytes]]) -> None:
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    timer = threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGINT))
    timer.start()
    try:
        with pytest.raises(KeyboardInterrupt):
            run_query(ox.Store(), COUNT, timeout=120)
    finally:
        timer.cancel()
        signal.signal(signal.SIGINT, before)
    assert processes[0].returncode is not None


def test_a_query_ends_with_the_program_that_asked_it(folder: Path) -> None:
    command = [sys.executable, query_worker.__file__]
    request = f'{{"query": "{COUNT}", "union": true, "location": null, "size": 0}}\n'
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        process.stdin.write(request.encode())
        process.stdin.close()  # as happens when that program is killed
        assert process.wait(timeout=60) == 0


@pytest.mark.parametrize("kept", [False, True])
def test_a_folder_is_read_as_it_is(folder: Path, kept: bool) -> None:
    store = open_folder(folder)
    if kept:
        assert store.sparql.get(graphs=False, kept=True).folder == str(folder / "index" / "store")
    assert run_query(store, "SELECT ?o { ?s ?p ?o }")["o"].tolist() == ["鳥取\t市\n"]
    assert run_query(store, "SELECT ?o FROM <urn:none> { ?s ?p ?o }").empty
    assert run_query(store, "SELECT * {}").shape == (1, 0)
    store.close()


def test_the_system_may_stop_it_too(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    dying = tmp_path / "dying.py"
    dying.write_text("import os, signal; print('solutions', flush=True); os.abort()", encoding="utf-8")
    monkeypatch.setattr(query_process.query_worker, "__file__", str(dying))
    with pytest.raises(QueryError, match="lack of memory"):
        run_query(ox.Store(), "SELECT * {}")


@pytest.mark.parametrize("limits", [{"timeout": -1}, {"limit": -1}, {"timeout": float("nan")}])
def test_limits_below_zero_are_refused(limits: dict[str, float]) -> None:
    with pytest.raises(QueryError, match="negative"):
        run_query(ox.Store(), "ASK {}", **limits)  # type: ignore[arg-type]

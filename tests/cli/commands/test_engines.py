"""``--engine``: what a user sees."""

from __future__ import annotations

import io
from pathlib import Path

import pandas as pd
import pytest
from tests.cli.conftest import Invoke
from tests.graph.coverage.test_public_coverage import FILES, SETTINGS


@pytest.fixture(scope="module")
def tables(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    from tests.cli.conftest import run

    folder = tmp_path_factory.mktemp("tables") / "tables"
    done = run("export", "parquet", "--partition", "prefecture", "-w", built, "-o", folder)
    assert done.stdout.strip() == str(folder)
    return folder


def test_gaps_are_those_of_the_arrays(invoke: Invoke, built: Path, tables: Path) -> None:
    for more in ((), ("--area", "鳥取県"), ("--by", "prefecture"), ("--status", "single"), ("--at", "2019-01-01")):
        plain = [] if more[:1] == ("--by",) else ["--missing", "0"]
        wanted = invoke("gaps", "-w", built, "--format", "csv", *plain, *more).stdout
        assert invoke("gaps", "--engine", "duckdb", "--tables", tables, "--format", "csv", *more).stdout == wanted
    made = invoke("gaps", "-w", built, "--engine", "duckdb", "--format", "csv").stdout
    assert made == invoke("gaps", "-w", built, "--format", "csv", "--missing", "0").stdout


def test_brokers_and_losses_say_what_they_leave_out(invoke: Invoke, built: Path, tables: Path) -> None:
    done = invoke("brokers", "--engine", "duckdb", "--tables", tables, "--format", "csv")
    assert "媒介中心性" in done.stderr
    found = pd.read_csv(io.StringIO(done.stdout))
    wanted = pd.read_csv(io.StringIO(invoke("brokers", "-w", built, "--format", "csv", "--draws", "0").stdout))
    assert len(found) == len(wanted)
    assert found["brokerage"].sum() == wanted["brokerage"].sum() > 0
    done = invoke("loss", "--engine", "duckdb", "--tables", tables)
    assert "支援の損失だけ" in done.stderr
    assert "福山市" in done.stdout


def test_what_does_not_go_together_is_refused(invoke: Invoke, built: Path, tables: Path) -> None:
    for wrong in (
        ("gaps", "--tables", tables),
        ("gaps", "--engine", "duckdb", "--candidates", "1", "-w", built),
        ("gaps", "--engine", "duckdb", "--matrix", "municipality-field", "-w", built),
        ("gaps", "--engine", "duckdb", "--tables", tables, "--stated-by", "2023-01-01"),
        ("gaps", "--engine", "duckdb", "--tables", tables, "--public"),
        ("gaps", "--engine", "duckdb", "--public", "--by", "prefecture", "-w", built),
        ("loss", "--engine", "duckdb", "--public", "-w", built),
        ("brokers", "--engine", "duckdb", "--area", "鳥取県", "--tables", tables),
        ("loss", "福山市", "--engine", "duckdb", "--tables", tables),
        ("export", "parquet", "--partition", "prefecture", "--at", "2023-01-01", "-w", built),
    ):
        assert "エラー" in invoke(*wrong, exit_code=2).stderr, wrong


@pytest.mark.parametrize("asked", [(), ("--at", "2021-01-01")])
def test_a_public_edition_is_answered_alike(invoke: Invoke, tmp_path: Path, asked: tuple[str, ...]) -> None:
    for name, text in (FILES | {"tsunagari.toml": SETTINGS}).items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    invoke("build", "-w", tmp_path)
    common = ("gaps", "-w", tmp_path, "--public", "--missing", "0", *asked, "--format", "csv")
    wanted = invoke(*common).stdout
    common = tuple(word for word in common if word not in ("--missing", "0"))
    assert invoke(*common, "--engine", "duckdb").stdout == wanted
    assert "withheld" in wanted


def test_bad_tables_are_one_line(invoke: Invoke, tmp_path: Path, tables: Path) -> None:
    for wrong in (
        ("gaps", "--engine", "duckdb", "--tables", tmp_path),
        ("gaps", "--engine", "duckdb", "--tables", tables, "--memory", "much"),
        ("gaps", "--engine", "duckdb", "--tables", tables, "--master", "local[2]"),
    ):
        lines = invoke(*wrong, exit_code=1).stderr.splitlines()
        assert len(lines) == 1, lines
        assert lines[0].startswith("エラー")


@pytest.mark.parametrize("option", ["--missing", "--false-records", "--missing-lists", "--seed"])
def test_what_only_random_draws_take_is_refused(invoke: Invoke, built: Path, option: str) -> None:
    done = invoke("brokers", "-w", built, "--engine", "duckdb", option, "0", exit_code=2)
    assert f"{option} は --engine と" in done.stderr

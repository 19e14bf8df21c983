"""``remedies`` and ``loss`` by the command: what they show, in every layout, and how they refuse."""

from __future__ import annotations

import inspect
import json
import sys
from pathlib import Path

import click
import openpyxl
import pandas as pd
import pytest
from tests.cli.conftest import Invoke, run

from tsunagari.cli import cli
from tsunagari.cli.commands.answers.remedies import SEARCHING
from tsunagari.cli.shell.bundled import copy_workspace
from tsunagari.cli.shell.options import STATUSES, Settings
from tsunagari.cli.shell.practice import practice_files
from tsunagari.cli.shell.terminal import busy
from tsunagari.graph import coverage
from tsunagari.graph.knowledge.knowledge import KnowledgeGraph


@pytest.fixture(scope="module")
def region(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The fictional region of the demo."""
    folder = tmp_path_factory.mktemp("region") / "practice"
    copy_workspace(practice_files(), folder)
    run("build", "-w", folder, "-q")
    return folder


def test_options_of_remedies_are_the_parameters_of_its_two_functions() -> None:
    command = cli.get_command(click.Context(cli), "remedies")
    assert command is not None
    chosen = command.make_context("remedies", []).params
    offered = {
        name: parameter.default
        for function in (KnowledgeGraph.remedies, KnowledgeGraph.extensions)
        for name, parameter in inspect.signature(function).parameters.items()
    }
    only_here = {"scope", "close_all"}
    choice = {"areas", "fields", "statuses"}  # what KnowledgeGraph.about is given
    assert set(chosen) - only_here == set(offered) - {"self", "at", "lang", "told"} - choice  # `told` is for pages
    for name in set(chosen) - only_here:
        assert chosen[name] == (offered[name] if offered[name] is not None or name == "need" else ()), name
    assert STATUSES == coverage.SHOWN_STATUSES


def test_remedies_name_candidates_with_reasons_and_whom_to_ask(invoke: Invoke, region: Path) -> None:
    where = ("--area", "岩美町", "--field", "教育", "-w", region)
    rows = json.loads(invoke("remedies", *where, "--limit", 2, "--format", "json").stdout)
    assert [row["rank"] for row in rows] == [1, 2]
    for row in rows:
        assert row["candidate"].startswith("架空")
        assert row["reasons"]
        assert row["offers_in"]
        assert row["evidence"]
        assert row["path_ids"][-1] == row["candidate_id"]
        assert row["broker_id"] in row["path_ids"]
        assert row["candidate"] in row["sentence"]
    shown = invoke("remedies", *where).stdout
    assert "仲介を頼む団体" in shown
    assert rows[0]["broker"][:10] in shown
    assert "whom to ask" in invoke("remedies", *where, "--lang", "en").stdout
    assert "該当する行はありません" in invoke("remedies", *where, "--status", "single").stderr


def test_gaps_name_candidates_when_asked(invoke: Invoke, region: Path) -> None:
    where = ("--area", "岩美町", "--field", "教育", "-w", region)
    (row,) = json.loads(invoke("gaps", *where, "--candidates", 3, "--format", "json").stdout)
    assert len(row["candidates"]) == 3
    assert row["candidates"][0] in row["remedy"]
    shown = invoke("gaps", *where, "--candidates", 3, "--explain").stdout
    assert "".join(row["remedy"].split()) in "".join(shown.split())
    assert "--by" in invoke("gaps", *where, "--candidates", 3, "--by", "nation", exit_code=2).stderr


def test_the_plan_for_a_scope_says_what_no_plan_can_beat(invoke: Invoke, region: Path) -> None:
    done = invoke("remedies", "--scope", "--budget", 3, "--size", 2, "-w", region)
    assert sum(line.lstrip()[:1] in ("1", "2", "3") for line in done.stdout.splitlines()) == 3
    assert "貪欲法による最大被覆（Nemhauser" in done.stderr
    plan = json.loads(
        invoke("remedies", "--scope", "--size", 2, "--close-all", "-w", region, "--format", "json").stdout
    )
    assert max(row["cells"] for row in plan) == 2
    closed = [row["closed"] for row in plan]
    assert closed == sorted(closed)
    assert len(plan) > 10
    assert "--scope" in invoke("remedies", "--budget", 3, "-w", region, exit_code=2).stderr


def test_loss_tells_of_all_and_of_one(invoke: Invoke, region: Path) -> None:
    rows = json.loads(invoke("loss", "-w", region, "--format", "json").stdout)
    first = rows[0]
    assert first["critical"]
    assert first["to_nobody"] > 0
    assert "要注意" in invoke("loss", "-w", region, "--top", 3).stdout
    one = invoke("loss", first["organization"], "-w", region)
    assert first["sentence"] in "".join(one.stderr.split("\n"))
    assert one.stdout.count("担い手なし") == first["to_nobody"]
    harmless = rows[-1]
    assert harmless["severity_lost"] == 0
    assert "失われるものはありません" in invoke("loss", harmless["organization_id"], "-w", region).stderr


@pytest.mark.parametrize("command", ["remedies", "remedies --scope", "loss"])
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_layout_holds_the_same_rows(
    invoke: Invoke, region: Path, tmp_path: Path, command: str, lang: str
) -> None:
    where = (*command.split(), "--area", "岩美町", "-w", region, "--lang", lang)
    count = len(json.loads(invoke(*where, "--format", "json").stdout))
    for suffix in ("csv", "md", "parquet", "xlsx"):
        invoke(*where, "-o", tmp_path / f"table.{suffix}")
    assert len(pd.read_csv(tmp_path / "table.csv")) == count
    assert len(pd.read_parquet(tmp_path / "table.parquet")) == count
    assert len((tmp_path / "table.md").read_text(encoding="utf-8").splitlines()) == count + 2
    sheet = openpyxl.load_workbook(tmp_path / "table.xlsx").active
    assert sheet is not None
    assert sheet.max_row == count + 1
    heads = [cell.value for cell in sheet[1]]
    assert not [head for head in heads if "_" in str(head)], "a column without a heading for people"


@pytest.mark.parametrize("quiet", [False, True])
def test_long_work_says_on_a_terminal_what_it_does(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], quiet: bool
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    settings = Settings(".", None, None, False, "en", "table", None, quiet=quiet, verbose=False, strict=False)
    with busy(SEARCHING, settings):
        pass
    shown = capsys.readouterr()
    assert ("Looking for candidates" in shown.err) == (not quiet)
    assert not shown.out


def test_names_are_completed(invoke: Invoke, region: Path) -> None:
    from click.testing import CliRunner

    name = json.loads(invoke("loss", "-w", region, "--format", "json").stdout)[0]["organization"]
    words = f"tsunagari loss -w {region} {name[:4]}"
    environ = {"_TSUNAGARI_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(words.count(" "))}
    assert f"plain,{name}" in CliRunner().invoke(cli, [], env=environ).stdout.splitlines()

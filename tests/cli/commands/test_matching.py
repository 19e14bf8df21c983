"""``tsunagari match``: what a person sees, decides, takes back, and does in a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Protocol

import pytest
from click.testing import Result

from tsunagari.loaders.identity.ledger import LEDGER_NAME, read_ledger

SETTINGS = """[workspace]
title = "架空"
as_of = 2023-10-01

[[source]]
file = "platforms.csv"
kind = "platforms"

[[source]]
file = "members.csv"
kind = "members"

[[source]]
file = "ties.csv"
kind = "ties"
"""
FILES = {
    "tsunagari.toml": SETTINGS,
    "platforms.csv": "ID,プラットフォーム名\npf,架空プラットフォーム\n",
    "members.csv": "団体名,PF,市区町村\nNPO法人架空たより,pf,鳥取市\n架空のたより,pf,鳥取市\n架空園,pf,米子市\n",
    "ties.csv": "連携元,連携先,連携の種類\nNPO法人架空たより,架空園,紹介\n架空のたより,架空園,紹介\n",
}
ONE, OTHER = "NPO法人架空たより", "架空のたより"


class Invoke(Protocol):
    def __call__(self, *args: object, exit_code: int = 0, stdin: str | None = None) -> Result: ...


@pytest.fixture
def workspace(tmp_path: Path, invoke: Invoke) -> Path:
    folder = tmp_path / "lists"
    folder.mkdir()
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    invoke("build", "-w", folder, "-q")
    return folder


def turtle(invoke: Invoke, workspace: Path) -> str:
    invoke("build", "-w", workspace, "-q")
    return invoke("export", "turtle", "-w", workspace).stdout


def candidates(invoke: Invoke, workspace: Path) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(invoke("match", "-w", workspace, "--format", "json").stdout)
    return found


def test_the_candidates_are_listed_with_score_and_reasons(invoke: Invoke, workspace: Path) -> None:
    (pair,) = candidates(invoke, workspace)
    assert {pair["left_name"], pair["right_name"]} == {ONE, OTHER}
    assert "市区町村が同じ" in str(pair["reasons"])
    assert pair["left_place"] == "鳥取市"
    for name in ((), ("list",)):
        shown = invoke("match", *name, "-w", workspace).stdout
        assert ONE in shown
        assert "名前が似ている" in "".join(shown.split())


def test_accepting_and_undoing_leaves_the_very_same_graph(invoke: Invoke, workspace: Path) -> None:
    before = turtle(invoke, workspace)
    said = invoke("match", "accept", ONE, OTHER, "-w", workspace, "--note", "電話で確かめた").stderr
    assert "tsunagari build" in said
    assert candidates(invoke, workspace) == []
    merged = turtle(invoke, workspace)
    assert merged.count("a tsu:MatchDecision") == 1
    assert merged.count("a tsu:CollaborationTie") == 1
    shown = invoke("ask", "match-decisions", "-w", workspace, "--format", "csv").stdout
    assert "電話で確かめた" in shown
    assert "取り消し" in invoke("match", "undo", ONE, OTHER, "-w", workspace).stderr
    assert turtle(invoke, workspace) == before
    log = invoke("match", "log", "-w", workspace, "--format", "csv").stdout
    assert [row["verdict"] for row in csv.DictReader(io.StringIO(log))] == ["same", "undone"]


def test_a_rejected_pair_is_not_shown_again(invoke: Invoke, workspace: Path) -> None:
    (pair,) = candidates(invoke, workspace)
    invoke("match", "reject", pair["left"], pair["right"], "-w", workspace, "--build")
    assert candidates(invoke, workspace) == []
    assert len(read_ledger(workspace).decisions) == 1


def test_a_round_trip_through_a_spreadsheet(invoke: Invoke, workspace: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "candidates.csv"
    invoke("match", "export", "-w", workspace, "-o", sheet)
    assert sheet.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(sheet.read_text(encoding="utf-8-sig"))))
    rows[0]["verdict"] = "同じ"
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, fieldnames=list(reversed(rows[0])))
    writer.writeheader()
    writer.writerows(rows)
    sheet.write_bytes(buffer.getvalue().encode("cp932"))  # as Excel saves it
    shown = invoke("match", "import", sheet, "-w", workspace, "--dry-run")
    assert ONE in shown.stdout
    assert not (workspace / LEDGER_NAME).exists()
    invoke("match", "import", sheet, "-w", workspace, "--build")
    (decision,) = read_ledger(workspace).decisions
    assert decision.verdict == "same"
    assert "市区町村が同じ" in decision.rule
    assert candidates(invoke, workspace) == []
    again = invoke("match", "import", sheet, "-w", workspace)
    assert "新しい判断はありません" in again.stderr


def test_a_wrong_verdict_in_the_spreadsheet_is_told(invoke: Invoke, workspace: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "candidates.csv"
    sheet.write_text("left,right,verdict\norg/a,org/b,たぶん\n", encoding="utf-8")
    said = invoke("match", "import", sheet, "-w", workspace, exit_code=1).stderr
    assert "たぶん" in said
    assert "行 2" in said


@pytest.mark.parametrize(
    ("answers", "verdicts"), [("y\n", ["same"]), ("x\nn\n", ["different"]), ("s\n", []), ("q\n", [])]
)
def test_the_review_asks_for_each_pair(invoke: Invoke, workspace: Path, answers: str, verdicts: list[str]) -> None:
    shown = invoke("match", "review", "-w", workspace, stdin=answers).stdout
    assert ONE in shown
    assert [decision.verdict for decision in read_ledger(workspace).decisions] == verdicts


def test_a_body_that_is_not_known_is_named_with_the_nearest(invoke: Invoke, workspace: Path) -> None:
    said = invoke("match", "accept", "架空たよりい", OTHER, "-w", workspace, exit_code=1).stderr
    assert ONE in said
    assert "ありません" in invoke("match", "undo", ONE, OTHER, "-w", workspace, exit_code=1).stderr
    assert not (workspace / LEDGER_NAME).exists()


def test_the_graph_is_older_than_a_new_decision(invoke: Invoke, workspace: Path) -> None:
    invoke("match", "unsure", ONE, OTHER, "-w", workspace)
    assert LEDGER_NAME in invoke("match", "-w", workspace).stderr


def test_every_subcommand_explains_itself(invoke: Invoke) -> None:
    shown = invoke("match", "--help").stdout
    for name in ("list", "review", "accept", "reject", "unsure", "undo", "log", "export", "import"):
        assert f"  {name}" in shown
        assert "使い方" in invoke("match", name, "--help").stdout

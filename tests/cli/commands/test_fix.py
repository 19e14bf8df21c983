"""``tsunagari fix``: each wrong value once, the answer for every row, and the lists untouched."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tsunagari.cli import cli
from tsunagari.cli.commands.lists import fix as module

LIST = """団体名,市区町村,入会日
架空の会A,北九州し,2023-04-01
架空の会B,鳥取市,みてい日
架空の会C,北九州し,みてい日
,鳥取市,2023-04-01
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "m.csv").write_text(LIST, encoding="cp932")
    (tmp_path / "p.csv").write_text("プラットフォーム名,対象区域\n架空PF,鳥取県\n", encoding="utf-8")
    (tmp_path / "tsunagari.toml").write_text(
        '[workspace]\nas_of = 2024-01-01\n[[source]]\nfile = "p.csv"\nkind = "platforms"\n[[source]]\nfile = "m.csv"\n'
        'kind = "members"\nplatform = "架空PF"\n',
        encoding="utf-8",
    )
    return tmp_path


def lines(folder: Path) -> dict[str, str]:
    """Value to correct value."""
    rows = list(csv.reader((folder / "fixes.csv").read_text(encoding="utf-8-sig").splitlines()))
    return {row[3]: row[4] for row in rows[1:]}


def joined(text: str) -> str:
    """The text without the breaks of the lines of the screen."""
    return "".join(line.strip() for line in text.splitlines())


def errors(folder: Path, invoke: Any) -> list[str]:
    found = json.loads(invoke("build", "-w", folder, "--format", "json").stdout)
    return [issue["value"] for issue in found if issue["severity"] == "error"]


def test_each_value_is_listed_once_and_waits_for_its_answer(folder: Path, invoke: Any) -> None:
    shown = json.loads(invoke("fix", "-w", folder, "--format", "json").stdout)
    assert [(row["value"], row["count"]) for row in shown] == [("北九州し", 2), ("みてい日", 2), ("（空欄）", 1)]
    assert lines(folder) == {"北九州し": "", "みてい日": "", "（空欄）": ""}
    assert (folder / "m.csv").read_text(encoding="cp932") == LIST, "the list itself stays"


def test_what_was_filled_in_is_applied_to_every_row_by_every_build(folder: Path, invoke: Any) -> None:
    invoke("fix", "-w", folder)
    text = (folder / "fixes.csv").read_text(encoding="utf-8-sig").replace("（空欄）,,", "（空欄）,（読まない）,")
    text = text.replace("北九州し,,", "北九州し,北九州市,").replace("みてい日,,", "みてい日,（空欄）,")
    (folder / "fixes.csv").write_text(text, encoding="utf-8-sig")
    said = joined(invoke("fix", "-w", folder).output)
    assert "「北九州し」を「北九州市」として読みました（2 か所）" in said
    assert errors(folder, invoke) == []
    places = invoke("query", "-w", folder, "SELECT ?a WHERE { ?o tsu:municipality ?a }", "--format", "csv").stdout
    assert places.count("40100") == 2
    (folder / "fixes.csv").unlink()
    assert len(errors(folder, invoke)) == 5, "a correction taken back is undone"


def test_a_dry_run_writes_nothing_and_shows_what_would_change(folder: Path, invoke: Any) -> None:
    said = invoke("fix", "-w", folder, "--yes", "--dry-run").output
    assert "福岡県北九州市" in said
    assert "何も書いていません" in said
    assert not (folder / "fixes.csv").exists()


def test_yes_takes_near_names_only(folder: Path, invoke: Any) -> None:
    said = joined(invoke("fix", "-w", folder, "--yes").output)
    assert "誤りは 5 件から 3 件" in said
    assert lines(folder) == {"北九州し": "福岡県北九州市", "みてい日": "", "（空欄）": ""}


def test_it_asks_at_a_terminal_and_uses_the_answers_at_once(
    folder: Path, invoke: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "can_ask", lambda: True)
    result = CliRunner().invoke(cli, ["fix", "-w", str(folder)], input="a\n-\nq\n", env={"TSUNAGARI_LANG": "ja"})
    assert result.exit_code == 0, result.output
    assert "[1/3]" in result.output
    assert lines(folder) == {"北九州し": "福岡県北九州市", "みてい日": "（空欄）", "（空欄）": ""}
    assert errors(folder, invoke) == [None]


def test_answers_may_come_in_a_file_and_lines_already_there_stay(folder: Path, invoke: Any) -> None:
    (folder / "fixes.csv").write_text("file,column,value,correct\nm.csv,市区町村,北九州し,小倉\n", encoding="utf-8")
    answers = folder / "answers.csv"
    answers.write_text("ファイル,列,今の値,正しい値\nm.csv,入会日,みてい日,2023-05-01\n", encoding="cp932")
    invoke("fix", answers, "-w", folder)
    assert lines(folder)["北九州し"] == "小倉", "what a person answered is not changed"
    assert lines(folder)["みてい日"] == "2023-05-01"
    assert lines(folder)["小倉"] == "", "an answer that is wrong as well is asked for again"


def test_a_file_of_corrections_that_cannot_be_read_is_not_written_over(folder: Path, invoke: Any) -> None:
    (folder / "fixes.csv").write_text("メモ\n", encoding="utf-8")
    invoke("fix", "-w", folder, exit_code=1)
    assert (folder / "fixes.csv").read_text(encoding="utf-8") == "メモ\n"
    invoke("fix", folder / "gone.csv", "-w", folder, exit_code=1)


def test_sound_lists_need_nothing(folder: Path, invoke: Any) -> None:
    (folder / "m.csv").write_text("団体名,市区町村\n架空の会A,鳥取市\n", encoding="utf-8")
    assert "直す値はありません" in invoke("fix", "-w", folder).output
    assert not (folder / "fixes.csv").exists()


def test_it_speaks_english(folder: Path, invoke: Any) -> None:
    page = " ".join(invoke("fix", "-w", folder, "--yes", "--lang", "en").output.split())
    assert "Errors: 5 before, 3 now." in page
    assert "correct value" in (folder / "fixes.csv").read_text(encoding="utf-8-sig")

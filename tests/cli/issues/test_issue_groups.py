"""Many issues on a screen: one line a kind, with its count, its values and its rows."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
from click.testing import CliRunner

from tsunagari.cli import cli
from tsunagari.cli.issues.issue_groups import grouped_frame

SETTINGS = '[workspace]\nas_of = 2025-04-01\n[[source]]\nfile = "o.csv"\nkind = "organizations"\n'


def test_issues_of_one_kind_are_one_line_and_the_most_frequent_come_first() -> None:
    def issue(code: str, row: int, value: str) -> dict[str, object]:
        return {
            "severity": "error",
            "code": code,
            "file": "m.csv",
            "sheet": None,
            "row": row,
            "column": "状態",
            "value": value,
            "message": f"{value}は違う",
            "hint": "直す",
        }

    frame = pd.DataFrame(
        [issue("one", 2, "A"), *(issue("many", row, "稼働中") for row in range(3, 9)), issue("many", 9, "休止")]
    )
    found = grouped_frame(frame, "ja")
    assert found["code"].tolist() == ["many", "one"]
    line = found.iloc[0]
    assert (line["value"], line["row"], line["message"]) == ("稼働中 ×6、休止", "3,4,5,6…", "7 行: 稼働中は違う")
    assert found.iloc[1].to_dict() == frame.iloc[0].to_dict()


def test_a_build_of_many_bad_rows_fits_on_a_screen(tmp_path: Path) -> None:
    rows = "".join(f"架空会{number},鳥取市,いつか\n" for number in range(60))
    (tmp_path / "o.csv").write_text(f"団体名,市区町村,設立日\n{rows}", encoding="utf-8")
    (tmp_path / "tsunagari.toml").write_text(SETTINGS, encoding="utf-8")
    CliRunner().invoke(cli, ["build", "-w", str(tmp_path), "-q"])
    output = CliRunner(env={"COLUMNS": None}).invoke(cli, ["check", "-w", str(tmp_path)]).output
    assert "60 行: 「いつか」は日付として読めません。" in output
    assert "いつか ×60" in output
    assert len(output.splitlines()) < 24

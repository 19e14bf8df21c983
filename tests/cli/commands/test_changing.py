"""``diff`` by the command: what it compares, shows and refuses."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

from tests.cli.conftest import Invoke


def test_diff_between_two_days(invoke: Invoke, built: Path) -> None:
    shown = invoke("diff", "-w", built, "--since", "2022-01-01", "--at", "2023-10-01")
    joined = "令和4年度の委託事業者が地方版孤独・孤立対策官民連携プラットフォーム推進事業に加わりました。"
    assert joined in "".join(shown.stdout.split())
    assert "2022-01-01から2023-10-01までの変化: 入会 81。" in shown.stderr
    rows = list(
        csv.DictReader(io.StringIO(invoke("diff", "-w", built, "--since", "2022-01-01", "--format", "csv").stdout))
    )
    assert [row["change"] for row in rows] == ["member-joined"] * 81
    told = json.loads(invoke("diff", "-w", built, "--since", "2022/01/01", "--format", "json", "--lang", "en").stdout)
    assert told[0]["change_label"] == "member joined"


def test_diff_with_another_workspace_and_with_the_previous_build(invoke: Invoke, built: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(built, other)
    assert "変化はありません" in invoke("diff", other, "-w", built).stderr
    assert "残っていません" in invoke("diff", "--previous", "-w", other, exit_code=1).stderr
    services = (other / "services.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (other / "services.csv").write_text("".join(services[:-1]), encoding="utf-8")
    invoke("build", "-w", other, "--keep-previous", "-q")
    shown = invoke("diff", "--previous", "-w", other, "--top", 1)
    assert "福山市の「ひきこもり」は「1団体のみ」から「未調査」になりました。" in shown.stdout
    assert "前のグラフから今のグラフまでの変化: 空白が生じた 1、支援の終了 1。" in "".join(shown.stderr.split("\n"))
    assert invoke("diff", built, "-w", other, "--top", 1).stdout == shown.stdout


def test_diff_says_what_to_compare_with(invoke: Invoke, built: Path) -> None:
    assert "--since 日付" in invoke("diff", "-w", built, exit_code=2).stderr
    assert "--since 日付" in invoke("diff", built, "--previous", "-w", built, exit_code=2).stderr
    assert "フォルダーがありません" in invoke("diff", built / "nowhere", "-w", built, exit_code=1).stderr
    assert "日付として読めません" in invoke("diff", "--since", "昨年", "-w", built, exit_code=2).stderr


EDITS = """\
操作,種類,団体,相手,分野,市区町村,メモ
除く,団体,福山市,,,,試しに
加える,団体,架空の新しい会,,子育て,鳥取市,
加える,連携,架空の新しい会,鳥取市,,,
"""


def test_a_scenario_shows_every_table_and_a_sentence(invoke: Invoke, built: Path, tmp_path: Path) -> None:
    path = tmp_path / "案.csv"
    path.write_text(EDITS, encoding="cp932")
    shown = invoke("scenario", path, "-w", built)
    for part in (
        "深刻度の合計",
        "● 市区町村×分野",
        "福山市の「ひきこもり」は「1団体のみ」から「担い手なし」になります。",
    ):
        assert part in shown.stdout
    assert "3件の変更で、空白が生じる所は2、埋まる所は1です。" in "".join(shown.stderr.split("\n"))
    cells = list(csv.DictReader(io.StringIO(invoke("scenario", path, "-w", built, "--format", "csv").stdout)))
    assert {row["change"] for row in cells} == {"gap-opened", "gap-closed"}
    measures = json.loads(
        invoke("scenario", path, "-w", built, "--show", "measures", "--format", "json", "--lang", "en").stdout
    )
    assert next(row for row in measures if row["measure"] == "single")["difference"] == -1
    narrow = invoke(
        "scenario", path, "-w", built, "--area", "鳥取市", "--field", "子育て", "--format", "csv", "-q"
    ).stdout
    assert len(narrow.splitlines()) == 2
    assert invoke("gaps", "-w", built, "--area", "福山市", "--format", "csv").stdout.count(",single,") == 2


def test_a_wrong_edit_names_file_row_column_and_value(invoke: Invoke, built: Path, tmp_path: Path) -> None:
    path = tmp_path / "案.csv"
    path.write_text(EDITS.replace("団体,福山市", "団体,福山氏"), encoding="utf-8")
    told = invoke("scenario", path, "-w", built, exit_code=1).stderr
    for part in ("案.csv", "行 2", "値 福山氏", "近いもの: 福山市"):
        assert part in told
    assert "ありません" in invoke("scenario", tmp_path / "ない.csv", "-w", built, exit_code=1).stderr
    assert "EDITS" in invoke("scenario", "-w", built, exit_code=2).stderr

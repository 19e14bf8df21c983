"""`inspect` shows what would be read of a file, and its proposal works when it is pasted."""

from __future__ import annotations

import json
from pathlib import Path

import click
from click.shell_completion import ShellComplete
from tests.cli.conftest import Invoke

from tsunagari.cli import cli
from tsunagari.viz.look.wrapping import display_width

MEMBERS = "架空県　会員一覧,,\n令和5年6月1日現在,,\n加盟の団体さま,区分,担当\n架空の会,会員,x\n"


def write(folder: Path) -> Path:
    path = folder / "members.csv"
    path.write_bytes(MEMBERS.encode("cp932"))
    return path


def test_a_page_for_people(invoke: Invoke, tmp_path: Path) -> None:
    page = invoke("inspect", write(tmp_path)).stdout
    for text in (
        "cp932",
        "「会員名簿」として 1 行を読みます（見出しは 3 行目）",
        "加盟の団体さま",
        "4 行目: ",
        "読まない列 (1): 担当",
    ):
        assert text in page
    assert page.splitlines()[-1] == f"次は: tsunagari add {tmp_path / 'members.csv'}"
    assert "member" not in page.replace("members.csv", ""), "no column is called by its name in the settings"
    english = invoke("inspect", tmp_path / "members.csv", "--lang", "en").stdout
    assert "1 rows (header in row 3)" in english
    assert "[[source]]" not in english
    assert "To paste into tsunagari.toml" in invoke("inspect", tmp_path / "members.csv", "--lang", "en", "-v").stdout


def test_a_file_without_a_header_is_said_to_have_none(invoke: Invoke, tmp_path: Path) -> None:
    ring = [[134.1, 35.4], [134.2, 35.4], [134.2, 35.5], [134.1, 35.4]]
    shape = {
        "type": "Feature",
        "properties": {"N03_007": "31201"},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
    path = tmp_path / "N03.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [shape]}), encoding="utf-8")
    assert "「市区町村」として 1 行を読みます（見出しの行なし）" in invoke("inspect", path).stdout
    assert "1 rows (no header row)" in invoke("inspect", path, "--lang", "en").stdout


def test_json_for_programs(invoke: Invoke, tmp_path: Path) -> None:
    data = json.loads(invoke("inspect", write(tmp_path), "--format", "json").stdout)
    assert (data["kind"], data["encoding"], data["tables"][0]["header_rows"]) == ("members", "cp932", [3, 3])
    assert data["tables"][0]["columns"][0]["column"] == "member"
    assert [issue["code"] for issue in data["issues"]] == ["title-rows-skipped", "unmapped-column"]


def test_the_proposal_can_be_pasted(invoke: Invoke, tmp_path: Path) -> None:
    entry = json.loads(invoke("inspect", write(tmp_path), "--format", "json").stdout)["entry"]
    platforms = "ID,プラットフォーム名\npf,架空プラットフォーム\n"
    (tmp_path / "platforms.csv").write_text(platforms, encoding="utf-8")
    settings = f'[[source]]\nfile = "platforms.csv"\nkind = "platforms"\n\n{entry.replace("…", "pf")}'
    (tmp_path / "tsunagari.toml").write_text(settings, encoding="utf-8")
    invoke("build", "-w", tmp_path, "--dry-run", "--strict")


def test_unknown_kinds_and_unreadable_files_are_told(invoke: Invoke, tmp_path: Path) -> None:
    path = write(tmp_path)
    assert "近い種類: members" in invoke("inspect", path, "--kind", "membres", exit_code=1).output
    assert "フォルダーです" in invoke("inspect", tmp_path, exit_code=1).output
    assert invoke("inspect", path, "--kind", "ties").stdout.count("必要な列") == 1


def test_kinds_are_completed() -> None:
    words = ShellComplete(cli, {}, "tsunagari", "_TSUNAGARI_COMPLETE").get_completions(["inspect", "--kind"], "mem")
    assert [word.value for word in words] == ["members"]
    command = cli.get_command(click.Context(cli), "inspect")
    assert command is not None
    assert isinstance(command.params[0].type, click.Path)


def test_the_page_of_a_long_wide_list_full_of_findings_fits_on_a_screen(invoke: Invoke, tmp_path: Path) -> None:
    heads = ["団体名", "市区町村", "入会日", *(f"項目その{number}" for number in range(60))]
    rows = [[f"架空の会{n}", "謎市", "いつか", *(f"長い値{'い' * 50}{n}" for _ in range(60))] for n in range(300)]
    path = tmp_path / "long.csv"
    path.write_text("\n".join(map(",".join, [["長い表題"], heads, *rows])), encoding="utf-8")
    lines = invoke("inspect", path).stdout.splitlines()
    assert len(lines) <= 24
    assert max(map(display_width, lines[:-1])) <= 80
    assert lines[-1].startswith("次は: tsunagari add ")
    assert sum(line.startswith("  ") and "行目: " in line for line in lines) == 3


def test_other_kinds_are_named_only_when_they_come_near(invoke: Invoke, tmp_path: Path) -> None:
    path = tmp_path / "needs.csv"
    path.write_text("市区町村,年度,総人口,65歳以上人口\n鳥取市,2020,188000,54000\n", encoding="utf-8")
    assert "違えば" not in invoke("inspect", path).stdout

"""``tsunagari add``: from a folder of downloads to a workspace that builds."""

from __future__ import annotations

import tomllib
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from tsunagari.cli import cli
from tsunagari.loaders.session.load import load_workspace

MEMBERS = "会員名簿（令和7年4月1日現在）,,\n団体名,市区町村,会員区分\n架空会A,鳥取市,会員\n架空会B,米子市,協力会員\n"
NEEDS = "市区町村,総人口,世帯数\n鳥取市,182000,80000\n米子市,145000,64000\n"
CAFETERIAS = (
    "全国地方公共団体コード,ID,都道府県,市区町村名,名称,住所,電話番号1,運営団体名,参加費_小学生\n"
    "312011,1,鳥取県,鳥取市,架空だいどころ,鳥取県鳥取市架空1-1,0857-00-0001,,100\n"
)


@pytest.fixture
def downloads(tmp_path: Path) -> Path:
    folder = tmp_path / "downloads"
    folder.mkdir()
    (folder / "meibo.csv").write_text(MEMBERS, encoding="cp932")
    (folder / "jinko.csv").write_text(NEEDS, encoding="utf-8-sig")
    (folder / "shokudo.csv").write_text(CAFETERIAS, encoding="utf-8")
    (folder / "memo.csv").write_text("何か,別の\n1,2\n", encoding="utf-8")
    (folder / "broken.xlsx").write_bytes(b"PK\x03\x04broken")
    return folder


def run(*arguments: str | Path) -> str:
    result = CliRunner().invoke(cli, ["add", *map(str, arguments)], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def sources(workspace: Path) -> dict[str, dict[str, object]]:
    found = tomllib.loads((workspace / "tsunagari.toml").read_text(encoding="utf-8"))
    return {source["file"]: source for source in found["source"]}


def test_a_folder_becomes_a_workspace_that_builds(tmp_path: Path, downloads: Path) -> None:
    workspace = tmp_path / "work"
    output = run(
        downloads, "-w", workspace, "--yes", "--platform", "架空鳥取プラットフォーム", "--area", "鳥取県", "--complete"
    )
    found = sources(workspace)
    assert {file: source["kind"] for file, source in found.items()} == {
        "platforms.csv": "platforms",
        "meibo.csv": "members",
        "jinko.csv": "needs",
        "shokudo.csv": "open-dataset",
    }
    assert found["meibo.csv"]["platform"] == "架空鳥取プラットフォーム"
    assert str(found["meibo.csv"]["as_of"]) == "2025-04-01"
    assert "memo.csv: 加えません" in output
    assert "見出し: 何か、別の" in output
    assert "broken.xlsx: 読めません" in output
    assert output.rstrip().endswith(f"次は: tsunagari build -w {workspace}".rstrip()) or "tsunagari build" in output
    load = load_workspace(workspace)
    assert not [issue for issue in load.issues if issue.severity == "error"]
    assert len([record for record in load.records if record.cls == "PlatformMembership"]) == 2


def test_adding_again_adds_nothing(tmp_path: Path, downloads: Path) -> None:
    workspace = tmp_path / "work"
    run(downloads, "-w", workspace, "--yes", "--platform", "架空")
    before = (workspace / "tsunagari.toml").read_bytes()
    output = run(downloads, "-w", workspace, "--yes", "--platform", "架空")
    assert output.count("もう加えてあります") == 3
    assert (workspace / "tsunagari.toml").read_bytes() == before


def test_a_dry_run_writes_nothing(tmp_path: Path, downloads: Path) -> None:
    workspace = tmp_path / "work"
    output = run(downloads / "meibo.csv", "-w", workspace, "--dry-run", "--platform", "架空")
    assert not workspace.exists()
    assert "3 行目: 団体名=架空会A | 会員区分=会員 | 市区町村=鳥取市" in output


def test_a_list_of_members_without_a_platform_is_not_guessed(tmp_path: Path, downloads: Path) -> None:
    output = run(downloads / "meibo.csv", "-w", tmp_path / "work", "--yes")
    assert "--platform" in output
    assert not (tmp_path / "work").exists()


@pytest.mark.parametrize("more", [(), ("--csv",)])
def test_the_examples_of_init_are_taken_out(tmp_path: Path, downloads: Path, more: tuple[str, ...]) -> None:
    workspace = tmp_path / "work"
    CliRunner().invoke(cli, ["init", str(workspace), *more], catch_exceptions=False)
    output = run(downloads / "jinko.csv", downloads / "shokudo.csv", "-w", workspace, "--yes", "--area", "鳥取県")
    assert "記入例を外しました" in output
    assert set(sources(workspace)) == {"jinko.csv", "shokudo.csv"}
    text = (workspace / "tsunagari.toml").read_text(encoding="utf-8")
    assert "架空のつながり" not in text
    assert 'areas = ["鳥取県"]' in text
    names = {
        str(value) for record in load_workspace(workspace).records for value in record.values.get("pref_label", ())
    }
    assert not [name for name in names if "架空よりそい" in name or "架空福祉会" in name]


def test_examples_beside_real_rows_of_one_list_are_told_and_not_read(tmp_path: Path) -> None:
    workspace = tmp_path / "work"
    CliRunner().invoke(cli, ["init", str(workspace), "--csv"], catch_exceptions=False)
    assert {issue.code for issue in load_workspace(workspace).issues} <= {"name-alone"}  # ties give names only
    with (workspace / "members.csv").open("a", encoding="utf-8") as members:
        members.write("鳥取空想の会,,,,会員,令和6年4月1日,,鳥取市,,○,\n")
    load = load_workspace(workspace)
    names = {str(value) for record in load.records for value in record.values.get("pref_label", ())}
    assert "鳥取空想の会" in names
    assert not [
        name for name in names if name.startswith(("NPO法人架空", "社会福祉法人架空", "架空こども", "株式会社架空"))
    ]
    assert "example-rows" in {issue.code for issue in load.issues}


def test_a_file_of_the_same_name_is_kept_apart(tmp_path: Path, downloads: Path) -> None:
    workspace = tmp_path / "work"
    run(downloads / "jinko.csv", "-w", workspace, "--yes")
    other = tmp_path / "jinko.csv"
    other.write_text(NEEDS.replace("鳥取市", "倉吉市"), encoding="utf-8")
    run(other, "-w", workspace, "--yes")
    assert set(sources(workspace)) <= {"jinko.csv", "jinko-2.csv"}


def test_the_invented_platform_goes_when_nothing_real_belongs_to_it(tmp_path: Path) -> None:
    workspace = tmp_path / "work"
    CliRunner().invoke(cli, ["init", str(workspace), "--csv"], catch_exceptions=False)
    with (workspace / "organizations.csv").open("a", encoding="utf-8") as bodies:
        bodies.write("o9,鳥取空想の会\n")
    load = load_workspace(workspace)
    assert not [record for record in load.records if "Platform" in record.cls]
    assert {issue.file for issue in load.issues if issue.code == "example-rows"} >= {"platforms.csv", "members.csv"}
    with (workspace / "members.csv").open("a", encoding="utf-8") as members:
        members.write("鳥取空想の会,,,,会員,,,鳥取市,,○,\n")
    load = load_workspace(workspace)
    told = [issue for issue in load.issues if issue.code == "example-platform"]
    assert [(issue.file, issue.value) for issue in told] == [("platforms.csv", "架空のつながりプラットフォーム")]
    members_of = [record.evidence[0].row for record in load.records if record.cls == "PlatformMembership"]
    assert len(members_of) == 1


def test_a_copy_that_a_browser_saved_again_is_added_once(tmp_path: Path, downloads: Path) -> None:
    (downloads / "shokudo (1).csv").write_bytes((downloads / "shokudo.csv").read_bytes())
    workspace = tmp_path / "work"
    output = run(downloads, "-w", workspace, "--yes", "--area", "鳥取県")
    assert "－ shokudo (1).csv: shokudo.csv と同じ内容なので加えません" in output
    assert set(sources(workspace)) == {"jinko.csv", "shokudo.csv"}
    again = run(downloads / "shokudo (1).csv", "-w", workspace, "--yes")
    assert "shokudo.csv と同じ内容" in again
    assert set(sources(workspace)) == {"jinko.csv", "shokudo.csv"}


def test_each_table_of_an_archive_is_a_list(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "two.zip", "w") as archive:
        archive.writestr("shokudo.csv", CAFETERIAS)
        archive.writestr("jinko.csv", NEEDS)
        archive.writestr("readme.txt", "架空のデータです。")
    with zipfile.ZipFile(tmp_path / "one.zip", "w") as archive:
        archive.writestr("jinko.csv", NEEDS.replace("鳥取市", "倉吉市"))
        archive.writestr("readme.txt", "架空のデータです。")
    workspace = tmp_path / "work"
    output = run(tmp_path / "two.zip", tmp_path / "one.zip", "-w", workspace, "--yes", "--area", "鳥取県")
    assert "＋ two.zip / shokudo.csv: " in output
    found = tomllib.loads((workspace / "tsunagari.toml").read_text(encoding="utf-8"))["source"]
    named = [(source["file"], source.get("inside"), source["kind"]) for source in found]
    assert named == [
        ("two.zip", "shokudo.csv", "open-dataset"),
        ("two.zip", "jinko.csv", "needs"),
        ("one.zip", None, "needs"),
    ]
    load = load_workspace(workspace)
    assert {record.cls for record in load.records} >= {"SupportService", "NeedStatement"}
    assert "two.zip / jinko.csv: もう加えてあります" in run(tmp_path / "two.zip", "-w", workspace, "--yes")


def test_what_of_a_folder_is_not_looked_at_is_named(tmp_path: Path, downloads: Path) -> None:
    (downloads / "古い").mkdir()
    for name in ("a.pdf", "b.docx", ".DS_Store", "~$meibo.xlsx"):
        (downloads / name).write_bytes(b"x")
    output = run(downloads, "-w", tmp_path / "work", "--yes", "--dry-run")
    (line,) = [line for line in output.replace("\n", "").split("。") if "見ていません" in line][:1]
    assert "（3 個）: a.pdf、b.docx、古い/" in line


def test_many_files_take_a_line_each_and_what_was_found_is_put_together(tmp_path: Path) -> None:
    folder = tmp_path / "downloads"
    folder.mkdir()
    for number in range(12):
        text = CAFETERIAS.replace("架空だいどころ", f"架空だいどころ{number}")
        (folder / f"shokudo{number:02}.csv").write_text(text, encoding="utf-8")
    lines = run(folder, "-w", tmp_path / "work", "--yes", "--area", "鳥取県").splitlines()
    assert [line[:14] for line in lines if line.startswith("＋")] == [
        f"＋ shokudo{number:02}.cs" for number in range(12)
    ]
    assert len(lines) < 24
    (told,) = [line for line in lines if "こども食堂一覧" in line]
    assert told.startswith("お知らせ 見出しから")
    assert "12 か所" in "".join(lines)

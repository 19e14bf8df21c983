"""Every command and every line of Python that the READMEs show runs, in the order they show them."""

from __future__ import annotations

import base64
import gzip
import re
import shlex
import shutil
import textwrap
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner
from python_calamine import CalamineWorkbook

from tsunagari.cli import cli

# A list as offices keep them: title rows, a ditto mark, a total, no code of any kind, dates and a place that are none.
MEMBERS = """\
架空のつながりプラットフォーム　会員名簿,,,,,,,
（架空の記入例）,,,,,,,令和7年4月1日現在
No.,団体名,フリガナ,法人格,会員区分,入会日,市区町村,活動分野
1,鳥取市,トットリシ,,会員,令和6年4月1日,鳥取市,
2,ＮＰＯ法人　架空よりそいの会,ｶｸｳﾖﾘｿｲﾉｶｲ,NPO法人,会員,〃,鳥取市,ひきこもり、生活困窮
3,㈱架空配送,カクウハイソウ,株式会社,賛助会員,R6.13.1,鳥取市,フードバンク
4,（福）架空福祉会,カクウフクシカイ,社会福祉法人,会員,令和6年4月,岩美町,介護
5,架空こども食堂,カクウコドモショクドウ,任意団体,協力会員,未定,とっとり市,子育て
合計,5団体,,,,,,
"""
ROOT = Path(__file__).parents[1]
READMES = ("README.md", "README.ja.md")
BLOCK = re.compile(r"^( *)```(\w*)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)


def blocks(readme: str, language: str) -> list[str]:
    text = (ROOT / readme).read_text(encoding="utf-8")
    return [textwrap.dedent(body) for _, name, body in BLOCK.findall(text) if name == language]


def commands(readme: str) -> list[list[str]]:
    lines = [line for body in blocks(readme, "") for line in body.splitlines()]
    return [shlex.split(line, comments=True)[1:] for line in lines if line.startswith("tsunagari ")]


@pytest.fixture(scope="module")
def workplace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("readme")


def test_both_readmes_show_the_same() -> None:
    one, other = (commands(readme) for readme in READMES)
    assert one == other
    assert len(one) >= 8
    assert blocks("README.md", "toml") == blocks("README.ja.md", "toml")
    code, ja = ("".join(blocks(readme, "python")) for readme in READMES)
    assert re.sub(r"\s*#.*", "", code) == re.sub(r"\s*#.*", "", ja)


@pytest.mark.parametrize("readme", READMES)
def test_what_the_readme_links_to_is_there(readme: str) -> None:
    links = re.findall(r"\]\(([^):]+)\)", (ROOT / readme).read_text(encoding="utf-8"))
    assert len(links) > 10
    assert not [link for link in links if not (ROOT / link.split("#")[0]).exists()]


def place_list(folder: Path) -> None:
    """Do what the READMEs say between two commands: put the list there and write the settings."""
    (folder / "会員名簿.csv").write_bytes(MEMBERS.encode("cp932"))
    (settings,) = blocks("README.ja.md", "toml")
    (folder / "tsunagari.toml").write_text(settings, encoding="utf-8")


def test_what_the_readme_shows_runs(workplace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(workplace)
    shutil.copytree(ROOT / "docs" / "tottori", workplace / "docs" / "tottori")
    runner = CliRunner()
    (edits,), (ja_edits,) = (blocks(readme, "csv") for readme in READMES)
    for arguments in [["demo", "--output", "out"], *commands("README.md")]:
        if arguments[0] == "scenario":
            (workplace / "edits.csv").write_text(ja_edits, encoding="cp932")
            assert runner.invoke(cli, arguments).exit_code == 0
            (workplace / "edits.csv").write_text(edits, encoding="utf-8")
        done = runner.invoke(cli, arguments)
        faulty = arguments[:3] == ["check", "-w", "my-list"]
        assert done.exit_code == int(faulty), (arguments, done.output)
        assert done.output
        if arguments == ["init", "my-list"]:
            place_list(workplace / "my-list")
        if arguments[0] == "inspect":
            for line in ('file = "会員名簿.csv"', 'kind = "members"', "as_of = 2025-04-01"):
                assert line in done.output
    written = {path.name for path in workplace.iterdir()}
    assert {"my-town", "out", "map.html", "report.xlsx", "network.graphml"} <= written
    for body in blocks("README.md", "python"):
        lines = [line for line in body.splitlines() if line.strip()]
        names: dict[str, object] = {}
        for line in lines:
            exec(line, names)
        names["kg"].close()  # type: ignore[attr-defined]


def test_the_list_gives_a_map_a_report_and_what_to_fix(workplace: Path) -> None:
    """After the commands above: the person has what the READMEs promise."""
    folder = workplace / "my-list"
    book = openpyxl.load_workbook(folder / "直すところ.xlsx")
    sheet = book["会員名簿.csv"]
    column = next(cell.column for row in sheet.iter_rows(max_row=4) for cell in row if cell.value == "直し方")
    advice = {row[0].value: row[column - 1].value for row in sheet.iter_rows(min_row=4)}
    assert advice["4"] is None
    assert "「R6.13.1」という日はありません。" in advice["3"]
    assert "「未定」なので値を入れず、分からないことを備考に残しました。" in advice["5"]
    assert "「とっとり市」" in advice["5"]
    assert "合計なので読みませんでした" in advice["合計"]
    text = (folder / "地図.html").read_text(encoding="utf-8")
    blocks = re.findall(r'<script type="application/gzip" id="data">([^<]*)', text)
    page = "".join(gzip.decompress(base64.b64decode(block)).decode("utf-8") for block in blocks)
    for name in ("架空よりそいの会", "架空配送", "架空こども食堂"):
        assert name in page
    gaps = CalamineWorkbook.from_path(folder / "報告書.xlsx").get_sheet_by_name("空白一覧").to_python()
    assert {"鳥取市", "岩美町"} <= {row[1] for row in gaps}


def test_the_downloads_give_a_map_and_a_gap_report(workplace: Path) -> None:
    """After the commands above: cells are filled by the public files, and what no list speaks of is not called zero."""
    folder = workplace / "tottori"
    assert (folder / "地図.html").stat().st_size > 100_000
    rows = CalamineWorkbook.from_path(folder / "報告書.xlsx").get_sheet_by_name("空白一覧").to_python()
    assert [row for row in rows if {"岩美町", "防災", "? 未調査"} <= set(row)]
    assert not [row for row in rows if {"鳥取市", "介護", "? 未調査"} <= set(row)]
    assert not [row for row in rows if any("確認済みゼロ" in str(cell) for cell in row[4:5])]

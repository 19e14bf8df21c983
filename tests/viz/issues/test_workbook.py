"""The load report in Excel: the user's own list comes back with marks, and says what to do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from tsunagari.errors import OutputError
from tsunagari.loaders.issues.issues import issues_frame
from tsunagari.loaders.workspace.workspace import load_workspace
from tsunagari.viz.issues import own_tables
from tsunagari.viz.issues.sheets import FIRST
from tsunagari.viz.issues.workbook import FILLS, write_issue_workbook

MEMBERS = """\
架空のプラットフォーム　会員名簿,,,,
,,,,令和7年4月1日現在
No.,団体名,入会日,市区町村,連絡先
1,NPO法人架空の会,令和6年4月1日,鳥取市,"=HYPERLINK(""http://x.example"",1)"
2,架空こども食堂,近日中,鳥取,
3,,令和6年4月1日,鳥取市,0857
"""
PLATFORMS = "ID,プラットフォーム名,対象区域\nexample-pf,架空のプラットフォーム,鳥取市\n"
SETTINGS = """\
[workspace]
title = "架空"
as_of = 2025-04-01
[[source]]
file = "platforms.csv"
kind = "platforms"
[[source]]
file = "会員名簿.csv"
kind = "members"
platform = "example-pf"
"""


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    (folder / "tsunagari.toml").write_text(SETTINGS, encoding="utf-8")
    (folder / "platforms.csv").write_text(PLATFORMS, encoding="utf-8")
    (folder / "会員名簿.csv").write_bytes(MEMBERS.encode("cp932"))
    return folder


def write(workspace: Path, lang: str = "ja", **given: Any) -> Any:
    issues = pd.DataFrame(issues_frame(load_workspace(workspace).issues, lang))
    files = ["platforms.csv", "会員名簿.csv"]
    target = workspace / f"{lang}.xlsx"
    write_issue_workbook(
        issues, target, folder=workspace, title="架空", day="2025-04-01", files=files, lang=lang, **given
    )
    return openpyxl.load_workbook(target)


@pytest.fixture(scope="module")
def book(workspace: Path) -> Any:
    return write(workspace)


def texts(sheet: Any) -> list[str]:
    return [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]


def test_the_sheets_are_a_summary_all_issues_and_the_lists_that_have_some(book: Any) -> None:
    assert book.sheetnames == ["要約", "問題の一覧", "会員名簿.csv"]


def test_the_own_list_stands_as_it_is_in_the_same_rows(book: Any) -> None:
    sheet = book["会員名簿.csv"]
    assert sheet["A1"].value == "架空のプラットフォーム　会員名簿"
    assert [cell.value for cell in sheet[3]] == ["No.", "団体名", "入会日", "市区町村", "連絡先", "直し方"]
    assert [cell.value for cell in sheet[5]][:4] == ["2", "架空こども食堂", "近日中", "鳥取"]
    assert sheet.freeze_panes == "B4"
    assert sheet.auto_filter.ref == "A3:F6"


def test_wrong_cells_are_coloured_and_explained(book: Any) -> None:
    sheet = book["会員名簿.csv"]
    for place in ("C5", "D5", "B6"):
        assert sheet[place].fill.fgColor.rgb.endswith(FILLS["error"][1:])
    assert "日付として読めません" in sheet["C5"].comment.text
    advice = sheet["F5"].value
    assert advice.count("【誤り】") == 2
    assert "入会日: 「近日中」は日付として読めません。 → 例: 2023-04-01" in advice
    assert "値を入れてください" in sheet["F6"].value
    assert sheet["F4"].value is None


def test_nothing_in_a_cell_becomes_a_formula_or_a_link(book: Any) -> None:
    cell = book["会員名簿.csv"]["E4"]
    assert (cell.data_type, cell.value) == ("s", '=HYPERLINK("http://x.example",1)')
    assert cell.quotePrefix
    assert cell.hyperlink is None


def test_each_issue_leads_to_its_cell(book: Any) -> None:
    sheet = book["問題の一覧"]
    heads = [cell.value for cell in sheet[4]]
    assert heads == ["番号", "重さ", "ファイル", "シート", "場所", "行", "列", "値", "内容", "直し方", "記号"]
    rows = {(row[5].value, row[6].value): row for row in sheet.iter_rows(min_row=5)}
    place = rows[5, "入会日"][4]
    assert place.value == "C5"
    assert place.hyperlink.location == "'会員名簿.csv'!C5"
    assert rows[5, "入会日"][10].value == "bad-date"
    assert sheet["B5"].value == "誤り"  # errors first


def test_the_summary_counts_and_says_what_to_fix_first(book: Any) -> None:
    shown = texts(book["要約"])
    assert "読み込みの報告：架空" in shown
    assert "platforms.csv" in shown
    assert "問題はありません。" in shown
    assert "確かめる行は 2 行です。" in shown
    assert any(text.startswith("「近日中」は日付として読めません。") for text in shown)


def test_a_long_table_is_shown_around_its_issues(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_tables, "WHOLE_TABLE", 5)
    monkeypatch.setattr(own_tables, "CONTEXT", 0)
    monkeypatch.setattr(own_tables, "FIRST_ROWS", 3)
    sheet = write(workspace)["会員名簿.csv"]
    assert sheet["A1"].value.startswith("長い表なので")
    names = [[cell.value for cell in row][1] for row in sheet.iter_rows(min_row=4)]
    assert names == ["団体名", "架空こども食堂", None]
    assert sheet["F5"].value.startswith("5: 【誤り】入会日")
    assert sheet["C5"].fill.fgColor.rgb.endswith(FILLS["error"][1:])


def test_it_speaks_english(workspace: Path) -> None:
    book = write(workspace, "en")
    assert book.sheetnames == ["Summary", "Issues", "会員名簿.csv"]
    assert book["会員名簿.csv"]["F3"].value == "what to do"


def test_files_changed_since_are_named(workspace: Path) -> None:
    assert any("変わったファイル" in text for text in texts(write(workspace, changed=["会員名簿.csv"])["要約"]))


def test_the_same_issues_give_the_same_bytes(workspace: Path) -> None:
    write(workspace)
    once = (workspace / "ja.xlsx").read_bytes()
    write(workspace)
    assert (workspace / "ja.xlsx").read_bytes() == once


def test_issues_of_no_file_and_no_issue_at_all_are_fine(workspace: Path) -> None:
    names = ["severity", "code", "file", "sheet", "row", "column", "value", "message", "hint"]
    rule = pd.DataFrame(
        [["error", "interval-order", None, None, pd.NA, None, "架空", "誤り", "確かめる"]], columns=names
    )
    for issues in (rule, pd.DataFrame(columns=names), pd.concat([rule] * (FIRST + 1))):
        write_issue_workbook(issues, workspace / "few.xlsx", folder=workspace, title="架空")
        book = openpyxl.load_workbook(workspace / "few.xlsx")
        assert book.sheetnames == ["要約", "問題の一覧"]


def test_a_file_that_cannot_be_written_is_an_error_with_advice(workspace: Path) -> None:
    with pytest.raises(OutputError):
        write_issue_workbook(pd.DataFrame(), workspace, folder=workspace, title="架空")

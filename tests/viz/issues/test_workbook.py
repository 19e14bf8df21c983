"""The load report in Excel: the user's own list comes back with marks, and says what to do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from tsunagari.errors import OutputError
from tsunagari.loaders.fixes.fixes import read_answers
from tsunagari.loaders.issues.issues import issues_frame
from tsunagari.loaders.session.load import load_workspace
from tsunagari.viz.issues import own_tables
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


def test_the_kinds_of_issue_come_first_then_all_then_the_lists_that_have_some(book: Any) -> None:
    assert book.sheetnames == ["直すもの", "問題の一覧", "訂正", "ファイル", "会員名簿.csv"]
    assert book.active.title == "直すもの"


def test_the_own_list_stands_as_it_is_in_the_same_rows(book: Any) -> None:
    sheet = book["会員名簿.csv"]
    assert sheet["A1"].value == "架空のプラットフォーム　会員名簿"
    assert [cell.value for cell in sheet[3]] == ["No.", "団体名", "直し方", "入会日", "市区町村", "連絡先"]
    assert [cell.value for cell in sheet[5]][:4] == ["2", "架空こども食堂", sheet["C5"].value, "近日中"]
    assert sheet.freeze_panes == "D4", "name and advice stay in view"
    assert sheet.auto_filter.ref == "A3:F6"


def test_wrong_cells_are_coloured_and_explained(book: Any) -> None:
    sheet = book["会員名簿.csv"]
    for place in ("D5", "E5", "B6"):
        assert sheet[place].fill.fgColor.rgb.endswith(FILLS["error"][1:])
    assert "日付として読めません" in sheet["D5"].comment.text
    advice = sheet["C5"].value
    assert advice.count("【誤り】") == 2
    assert "入会日: 「近日中」は日付として読めません。 → 例: 2023-04-01" in advice
    assert "値を入れてください" in sheet["C6"].value
    assert sheet["C4"].value is None


def test_nothing_in_a_cell_becomes_a_formula_or_a_link(book: Any) -> None:
    cell = book["会員名簿.csv"]["F4"]
    assert (cell.data_type, cell.value) == ("s", '=HYPERLINK("http://x.example",1)')
    assert cell.quotePrefix
    assert cell.hyperlink is None


def test_each_issue_leads_to_its_cell(book: Any) -> None:
    sheet = book["問題の一覧"]
    heads = [cell.value for cell in sheet[4]]
    assert heads == ["番号", "重さ", "ファイル", "シート", "場所", "行", "列", "値", "内容", "直し方", "記号"]
    rows = {(row[5].value, row[6].value): row for row in sheet.iter_rows(min_row=5)}
    place = rows[5, "入会日"][4]
    assert place.value == "D5"
    assert place.hyperlink.location == "'会員名簿.csv'!D5"
    assert rows[5, "入会日"][10].value == "bad-date"
    assert sheet["B5"].value == "誤り"  # errors first


def test_each_kind_is_one_row_with_count_example_and_what_to_do(book: Any) -> None:
    sheet = book["直すもの"]
    assert sheet["A1"].value == "直すもの：架空"
    heads = ["重さ", "内容", "直し方", "件数", "値の例", "場所", "行", "ファイル", "シート", "列"]
    top = next(row for row in range(1, 12) if sheet.cell(row, 1).value == "重さ")
    assert [cell.value for cell in sheet[top]] == heads
    assert sheet.freeze_panes == f"D{top + 1}"
    kinds = {row[9].value: row for row in sheet.iter_rows(min_row=top + 1)}
    date = kinds["入会日"]
    assert [cell.value for cell in date[1:5]] == [
        *("「近日中」は日付として読めません。", "例: 2023-04-01、令和5年4月1日、R5.4.1、令和5年4月、令和5年度"),
        *(1, "近日中"),
    ]
    assert date[5].hyperlink.location == "'会員名簿.csv'!D5"


def test_no_column_of_a_sheet_to_read_is_wider_than_60_characters(book: Any) -> None:
    for sheet in book:
        assert max(column.width for column in sheet.column_dimensions.values()) <= 60, sheet.title


def test_each_file_is_counted(book: Any) -> None:
    shown = texts(book["ファイル"])
    assert "platforms.csv" in shown
    assert "問題はありません。" in shown
    assert "確かめる行は 2 行です。" in shown


def test_answers_filled_into_the_workbook_are_read_back(workspace: Path, book: Any, tmp_path: Path) -> None:
    sheet = book["訂正"]
    top = next(row for row in range(1, 12) if sheet.cell(row, 1).value == "ファイル")
    values = {sheet.cell(row, 4).value: row for row in range(top + 1, sheet.max_row + 1)}
    assert set(values) == {"近日中", "（空欄）", "鳥取"}
    assert sheet.freeze_panes == f"F{top + 1}"
    sheet.cell(values["近日中"], 5).value = "2025-04-01"
    book.save(tmp_path / "x.xlsx")
    answered = [fix for fix in read_answers(tmp_path / "x.xlsx", "x.xlsx").lines if fix.correct]
    assert [(fix.file, fix.column, fix.value, fix.correct) for fix in answered] == [
        ("会員名簿.csv", "入会日", "近日中", "2025-04-01")
    ]


def test_a_long_table_is_shown_around_its_issues(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_tables, "WHOLE_TABLE", 5)
    monkeypatch.setattr(own_tables, "CONTEXT", 0)
    monkeypatch.setattr(own_tables, "FIRST_ROWS", 3)
    sheet = write(workspace)["会員名簿.csv"]
    assert sheet["A1"].value.startswith("長い表なので")
    names = [[cell.value for cell in row][1] for row in sheet.iter_rows(min_row=4)]
    assert names == ["団体名", "架空こども食堂", None]
    assert sheet["C5"].value.startswith("5: 【誤り】入会日")
    assert sheet["D5"].fill.fgColor.rgb.endswith(FILLS["error"][1:])


def test_it_speaks_english(workspace: Path) -> None:
    book = write(workspace, "en")
    assert book.sheetnames == ["To correct", "Issues", "Corrections", "Files", "会員名簿.csv"]
    assert book["会員名簿.csv"]["C3"].value == "what to do"


def test_files_changed_since_are_named(workspace: Path) -> None:
    assert any("変わったファイル" in text for text in texts(write(workspace, changed=["会員名簿.csv"])["直すもの"]))


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
    for issues in (rule, pd.DataFrame(columns=names), pd.concat([rule] * 13)):
        write_issue_workbook(issues, workspace / "few.xlsx", folder=workspace, title="架空")
        book = openpyxl.load_workbook(workspace / "few.xlsx")
        assert book.sheetnames == ["直すもの", "問題の一覧", "ファイル"]


def test_a_file_that_cannot_be_written_is_an_error_with_advice(workspace: Path) -> None:
    with pytest.raises(OutputError):
        write_issue_workbook(pd.DataFrame(), workspace, folder=workspace, title="架空")

"""The file of corrections: read in both languages, from Excel too, and what cannot be used is told."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tsunagari.errors import SourceError
from tsunagari.loaders.fixes.fixes import Fix, line_cells, merged, read_answers, read_fixes, stray_fixes


def test_a_workspace_without_corrections_has_none(tmp_path: Path) -> None:
    assert read_fixes(tmp_path).lines == []


@pytest.mark.parametrize(
    ("header", "blank", "skip"),
    [
        ("ファイル,列,今の値,正しい値,この行だけ", "（空欄）", "（読まない）"),
        ("file,column,value,correct value,only these rows", "(blank)", "(leave out)"),
        ("File,Column,Value,Correct,Rows", "空欄", "読まない"),
    ],
)
def test_lines_are_read_in_both_languages(tmp_path: Path, header: str, blank: str, skip: str) -> None:
    rows = [f"a.csv,区分,いち,{blank},", f"a.csv,区分,{blank},一,3、5-7", f"a.csv,名,会,{skip},", "a.csv,名,後で,,"]
    (tmp_path / "fixes.csv").write_text("\n".join([header, *rows]), encoding="cp932")
    assert read_fixes(tmp_path).lines == [
        Fix("a.csv", None, "区分", "いち", "", line=2),
        Fix("a.csv", None, "区分", "", "一", ((3, 3), (5, 7)), line=3),
        Fix("a.csv", None, "名", "会", None, skips=True, line=4),
        Fix("a.csv", None, "名", "後で", None, line=5),
    ]


def test_answers_come_from_the_sheet_of_a_workbook_that_has_the_columns(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["これは要約です"])
    sheet = book.create_sheet("直すもの")
    for row in (
        ["直すもの"],
        ["重さ", "ファイル", "シート", "列", "今の値", "正しい値"],
        ["誤り", "a.xlsx", "会員", "区分", "いち", "一"],
    ):
        sheet.append(row)
    book.save(tmp_path / "x.xlsx")
    assert read_answers(tmp_path / "x.xlsx", "x.xlsx").lines == [Fix("a.xlsx", "会員", "区分", "いち", "一", line=3)]


def test_what_cannot_be_used_is_told_and_a_formula_guard_is_taken_off(tmp_path: Path) -> None:
    rows = [",区分,いち,一,", "a.csv,区分,いち,一,上", "a.csv,区分,,一,", "a.csv,区分,'=1,一,"]
    text = "\n".join(["ファイル,列,今の値,正しい値,この行だけ", *rows])
    (tmp_path / "fixes.csv").write_text(text, encoding="utf-8")
    found = read_fixes(tmp_path)
    assert [(issue.code, issue.row) for issue in found.issues] == [("unusable-fix", row) for row in (2, 3, 4)]
    assert [fix.value for fix in found.lines] == ["=1"]


def test_a_file_without_the_columns_is_refused(tmp_path: Path) -> None:
    (tmp_path / "fixes.csv").write_text("名称\n架空\n", encoding="utf-8")
    with pytest.raises(SourceError):
        read_answers(tmp_path / "fixes.csv", "fixes.csv")
    assert [issue.code for issue in read_fixes(tmp_path).issues] == ["unreadable-file"]


def test_an_answer_fills_the_line_that_waits_and_an_open_line_never_undoes_one() -> None:
    waiting, answered = Fix("a.csv", None, "区分", "いち"), Fix("A.csv".lower(), None, "区分", "いち", "一")
    assert merged([waiting], [answered]) == [answered]
    assert merged([answered], [waiting]) == [answered]
    assert merged([answered], [Fix("a.csv", None, "区分", "いち", None, skips=True)])[0].skips


def test_a_correction_of_no_list_of_the_workspace_is_told(tmp_path: Path) -> None:
    (tmp_path / "fixes.csv").write_text("ファイル,列,今の値,正しい値\nｂ.csv,区分,いち,一\n", encoding="utf-8")
    fixes = read_fixes(tmp_path)
    assert [issue.row for issue in stray_fixes(fixes, ["a.csv"])] == [2]
    assert stray_fixes(fixes, ["b.csv"]) == []


def test_a_line_is_written_as_it_is_read(tmp_path: Path) -> None:
    for fix in (Fix("a.csv", "会員", "区分", "", "", ((3, 3), (5, 7))), Fix("a.csv", None, "区分", "x", skips=True)):
        cells = line_cells(fix, "ja")
        text = "ファイル,シート,列,今の値,正しい値,この行だけ\n" + ",".join(cells) + "\n"
        (tmp_path / "fixes.csv").write_text(text, encoding="utf-8")
        (read,) = read_fixes(tmp_path).lines
        assert line_cells(read, "en")[:3] == cells[:3]
        assert (read.key, read.correct, read.rows, read.skips) == (fix.key, fix.correct, fix.rows, fix.skips)

"""Rows and cells of a workbook that nobody is meant to read, and shares as the workbook shows them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet
from tests.loaders.files.looks import HERE, write_looks

from tsunagari.loaders.adding.inspection import inspect_file
from tsunagari.loaders.files.grids import read_grids
from tsunagari.loaders.files.visible_rows import drop_unseen_rows
from tsunagari.loaders.session.load import Load, load_workspace

SETTINGS = '[workspace]\nas_of = 2025-04-01\n[[source]]\nfile = "m.xlsx"\nkind = "{}"\n{}\n'
ROWS = [["No", "団体名", "市区町村"], [1, "架空会A", "鳥取市"], [2, "架空会B", "米子市"], [3, "架空会C", "倉吉市"]]
STRUCK = Font(strike=True)


def write(folder: Path, rows: list[list[Any]], change: Callable[[Worksheet], None], kind: str, more: str = "") -> Path:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for row in rows:
        sheet.append(row)
    change(sheet)
    book.save(folder / "m.xlsx")
    (folder / "tsunagari.toml").write_text(SETTINGS.format(kind, more), encoding="utf-8")
    return folder


def names(load: Load) -> list[str]:
    return [str(r.values["pref_label"][0]) for r in load.records if r.cls == "StakeholderOrganization"]


def hide(sheet: Worksheet) -> None:
    sheet.row_dimensions[3].hidden = True


def strike_row(sheet: Worksheet) -> None:
    for cell in sheet[3]:
        cell.font = STRUCK


def strike_name(sheet: Worksheet) -> None:
    sheet["B3"].font = STRUCK


@pytest.mark.parametrize(("change", "kind"), [(hide, "hidden"), (strike_row, "struck"), (strike_name, "struck")])
def test_rows_that_are_not_meant_are_told_and_read_only_when_the_source_says_so(
    tmp_path: Path, change: Callable[[Worksheet], None], kind: str
) -> None:
    load = load_workspace(write(tmp_path, ROWS, change, "organizations"))
    assert names(load) == ["架空会A", "架空会C"]
    (issue,) = load.issues
    assert (issue.code, issue.row, issue.value) == (f"{kind}-rows", 3, "3")
    assert [found.code for found in inspect_file(tmp_path / "m.xlsx").issues] == [f"{kind}-rows"]
    load = load_workspace(write(tmp_path, ROWS, change, "organizations", f'include = ["{kind}"]'))
    assert names(load) == ["架空会A", "架空会B", "架空会C"]
    assert [found.code for found in load.issues] == [f"{kind}-rows-read"]


def test_a_struck_cell_of_another_row_is_empty_and_told(tmp_path: Path) -> None:
    def strike(sheet: Worksheet) -> None:
        sheet["C3"].font = STRUCK

    load = load_workspace(write(tmp_path, ROWS, strike, "organizations"))
    assert names(load) == ["架空会A", "架空会B", "架空会C"]
    assert [(found.code, found.value) for found in load.issues] == [("struck-cells", "C3")]
    places = {
        r.values["pref_label"][0]: r.values.get("municipality")
        for r in load.records
        if r.cls == "StakeholderOrganization"
    }
    assert places["架空会B"] is None


def shared(folder: Path, parts: list[tuple[str, bool]]) -> None:
    """Write the name in the third row as shared text in parts, struck or not."""
    book = xlsxwriter.Workbook(folder / "m.xlsx")
    sheet, strike = book.add_worksheet(), book.add_format({"font_strikeout": True})
    plain = book.add_format({"italic": True})
    for place, row in enumerate(ROWS):
        sheet.write_row(place, 0, row)
    found = [part for text, is_struck in parts for part in (strike if is_struck else plain, text)]
    sheet.write_rich_string(2, 1, *found)
    book.close()


def inline(folder: Path, parts: list[tuple[str, bool]]) -> None:
    """Write the same into the cell itself, as other programs do."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for row in ROWS:
        sheet.append(row)
    runs = (TextBlock(InlineFont(strike=is_struck), text) for text, is_struck in parts)
    sheet["B3"] = CellRichText(*runs)
    book.save(folder / "m.xlsx")


@pytest.mark.parametrize("write_name", [shared, inline])
@pytest.mark.parametrize(
    ("parts", "name", "code"),
    [
        ([("架空旧", True), ("会B", True)], None, "struck-rows"),
        ([("架空会B", False), ("架空旧会", True)], "架空会B", "struck-parts"),
        ([("架空会", False), ("B", False)], "架空会B", None),
    ],
)
def test_text_struck_through_in_parts_is_told_and_not_read(
    tmp_path: Path,
    write_name: Callable[[Path, list[tuple[str, bool]]], None],
    parts: list[tuple[str, bool]],
    name: str | None,
    code: str | None,
) -> None:
    write_name(tmp_path, parts)
    (tmp_path / "tsunagari.toml").write_text(SETTINGS.format("organizations", ""), encoding="utf-8")
    load = load_workspace(tmp_path)
    assert names(load) == ["架空会A", *filter(None, [name]), "架空会C"]
    assert [found.code for found in load.issues] == [*filter(None, [code])]
    (tmp_path / "tsunagari.toml").write_text(SETTINGS.format("organizations", 'include = ["struck"]'), encoding="utf-8")
    assert names(load_workspace(tmp_path))[1] == "".join(text for text, _ in parts)


@pytest.mark.parametrize("form", ["0%", "0.0%", '0.00"％"%', "0.0%;[Red]-0.0%"])
def test_a_share_is_read_as_the_workbook_shows_it(tmp_path: Path, form: str) -> None:
    def show(sheet: Worksheet) -> None:
        sheet["B2"].number_format = form
        sheet["B3"].number_format = form

    rows = [["市区町村", "高齢化率"], ["鳥取市", 0.305], ["岩美町", 0.38]]
    load = load_workspace(write(tmp_path, rows, show, "needs"))
    values = [
        (record.values["value"][0], record.values["unit"][0])
        for record in load.records
        if record.cls == "NeedStatement"
    ]
    assert values == [(30.5, "%"), (38.0, "%")]
    assert not load.issues


@pytest.mark.parametrize("include", [(), ("hidden",), ("struck",)])
@pytest.mark.parametrize("name", ["looks.ods", "looks.xls"])
def test_what_nobody_sees_or_is_struck_through_is_told_alike_in_every_format(
    tmp_path: Path, name: str, include: tuple[str, ...]
) -> None:
    write_looks(tmp_path / "looks.xlsx")
    seen = []
    for path in (tmp_path / "looks.xlsx", HERE / name):
        grid = read_grids(path, "looks").grids[0]
        drop_unseen_rows(grid, include)
        seen.append((list(grid.rows), [(issue.code, issue.row, issue.value) for issue in grid.issues]))
    assert seen[0] == seen[1]
    rows, issues = seen[1]
    assert ("hidden-rows-read" if "hidden" in include else "hidden-rows", 3, "3、6") in issues
    assert ("struck-rows-read" if "struck" in include else "struck-rows", 4, "4") in issues
    assert (2, ["1", "架空の会", "鳥取市", "12.5%"]) in rows

"""A list with a stray cell at the edge of its sheet, or with nothing above it for a million rows, is read."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest

from tsunagari.loaders.files.grids import read_grids
from tsunagari.loaders.issues.issues import Issue

ROWS = [["団体名", "市区町村"], ["架空の会", "鳥取市"], ["架空の輪", "岩美町"]]


def book(path: Path, stray: dict[str, object], *, first: int = 1, left: int = 0) -> Path:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    for down, row in enumerate(ROWS):
        for right, text in enumerate(row, start=1 + left):
            sheet.cell(first + down, right, text)
    for place, value in stray.items():
        sheet[place] = value
    workbook.save(path)
    return path


def read(path: Path) -> tuple[list[list[str]], list[Issue]]:
    content = read_grids(path, path.name)
    (grid,) = content.grids
    return [[cell for cell in cells if cell] for _, cells in grid.rows], [*content.issues, *grid.issues]


@pytest.mark.parametrize(
    "stray",
    [
        {"XFD1048576": "はし"},
        {"XFD1": "はし", "A1048576": 1, "ZZ99999": "x"},
        {"AAA1": "はし"},
        {"C1000000": None, "D1048576": "=1+1"},
        {"C500000": "ここ", "XFD2": "そこ"},
    ],
)
def test_a_list_with_stray_cells_far_away_is_read_and_they_are_told(tmp_path: Path, stray: dict[str, object]) -> None:
    rows, issues = read(book(tmp_path / "a.xlsx", stray))
    assert rows == ROWS
    far = [issue for issue in issues if issue.code == "far-cells"]
    assert len(far) == 1
    assert all(place in far[0].message.en for place, value in stray.items() if value is not None)


@pytest.mark.parametrize(("first", "left"), [(1_000_000, 0), (60, 0), (1_048_574, 5), (1, 16_000)])
def test_a_list_far_down_or_far_right_is_read(tmp_path: Path, first: int, left: int) -> None:
    rows, issues = read(book(tmp_path / "a.xlsx", {}, first=first, left=left))
    assert rows == ROWS
    assert issues == []


def test_numbers_of_rows_stay(tmp_path: Path) -> None:
    (grid,) = read_grids(book(tmp_path / "a.xlsx", {"XFD1048576": "x"}, first=100), "a.xlsx").grids
    assert [number for number, _ in grid.rows] == [100, 101, 102]


def test_a_cell_outside_every_sheet_is_told(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", {"C2": "はし"})
    with zipfile.ZipFile(path) as archive:
        parts = {entry.filename: archive.read(entry) for entry in archive.infolist()}
    name = "xl/worksheets/sheet1.xml"
    parts[name] = re.sub(rb'r="C2"', b'r="ZZZZ4294967290"', parts[name])
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for part, data in parts.items():
            archive.writestr(part, data)
    path.write_bytes(buffer.getvalue())
    rows, issues = read(path)
    assert rows == ROWS
    assert ["ZZZZ4294967290" in issue.message.en for issue in issues] == [True]


def test_a_wide_and_a_long_list_stay_whole(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    for place in range(1, 900):
        sheet.cell(1, place, f"列{place}")
    for place in range(2, 300):
        sheet.cell(place, 1, f"架空{place}")
    sheet.cell(300, 899, "はし")
    workbook.save(tmp_path / "a.xlsx")
    content = read_grids(tmp_path / "a.xlsx", "a.xlsx")
    assert content.issues == ()
    (grid,) = content.grids
    assert [len([cell for cell in cells if cell]) for _, cells in grid.rows] == [899, *[1] * 299]


def test_a_row_that_is_repeated_to_the_end_of_the_sheet_is_told(tmp_path: Path) -> None:
    """OpenDocument repeats a row a million times in a few bytes."""
    seed = Path(__file__).parents[2] / "fuzz" / "seeds" / "list.ods"
    with zipfile.ZipFile(seed) as archive:
        parts = {entry.filename: archive.read(entry) for entry in archive.infolist()}
    body = parts["content.xml"]
    place = body.rfind(b"<table:table-row", 0, body.find("架空社会福祉協議会".encode()))
    mark = b'<table:table-row table:number-rows-repeated="1000000"'
    parts["content.xml"] = body[:place] + mark + body[place + len(b"<table:table-row") :]
    path = tmp_path / "a.ods"
    with zipfile.ZipFile(path, "w") as archive:
        for part, data in parts.items():
            archive.writestr(part, data)
    rows, issues = read(path)
    assert len(rows) == 4 + 1000
    assert [issue.code for issue in issues] == ["repeated-rows"]
    assert issues[0].row == 5 + 1000

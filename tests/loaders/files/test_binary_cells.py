"""A stray cell at the edge of a binary workbook is told, and the list is read."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from tests.loaders.files.test_binary_workbooks import xlsb

from tsunagari.loaders.files.archives import with_part
from tsunagari.loaders.files.binary_cells import records, without_endless_times, without_far_binary_cells
from tsunagari.loaders.files.grids import read_grids

ROWS = [["団体名", "市区町村"], ["架空の会", "鳥取市"], ["架空の輪", "岩美町"]]


@pytest.mark.parametrize("stray", [(1_048_575, 0), (1_048_575, 16_383), (5, 16_383), (600_000, 40)])
def test_a_list_with_a_stray_cell_is_read(tmp_path: Path, stray: tuple[int, int]) -> None:
    (tmp_path / "a.xlsb").write_bytes(xlsb(ROWS, stray={stray: "はし"}))
    content = read_grids(tmp_path / "a.xlsb", "a.xlsb")
    (grid,) = content.grids
    assert grid.rows == list(enumerate(ROWS, start=1))
    (issue,) = content.issues
    assert (issue.code, issue.sheet) == ("far-cells", "会員")
    assert str(stray[0] + 1) in str(issue.value)


def test_a_cell_beside_the_list_stays(tmp_path: Path) -> None:
    data = xlsb(ROWS, stray={(60, 5): "そば"})
    assert without_far_binary_cells(data, {"会員": "xl/worksheets/sheet1.bin"}) == (data, {})


def test_a_time_beyond_all_calendars_loses_its_format() -> None:
    part = "xl/worksheets/sheet1.bin"
    data = io.BytesIO(xlsb([["架空", 1e10, 2e10], ["架空", 1e10, 5.0]]))
    with zipfile.ZipFile(data) as archive:
        sheet = bytearray(archive.read(part))
    places = [start for kind, _, start, _ in records(bytes(sheet)) if kind == 5]
    for start in (places[0], *places[2:]):
        sheet[start + 4] = 1
    styled = with_part(data.getvalue(), part, bytes(sheet))
    plain, found = without_endless_times(styled, part, {1})
    assert found == [(0, 1)]
    with zipfile.ZipFile(io.BytesIO(plain)) as archive:
        sheet = bytearray(archive.read(part))
    assert [sheet[start + 4] for start in places] == [0, 0, 1, 1]


def test_records_that_are_cut_off_are_left_out() -> None:
    part = io.BytesIO(xlsb(ROWS))
    with zipfile.ZipFile(part) as archive:
        sheet = archive.read("xl/worksheets/sheet1.bin")
    whole = list(records(sheet))
    for size in range(len(sheet)):
        assert list(records(sheet[:size])) == [found for found in whole if found[3] <= size]

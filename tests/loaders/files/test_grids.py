from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tsunagari.errors import SourceError
from tsunagari.loaders.files.grids import csv_rows, read_grids


def read(path: Path, data: bytes, name: str = "members.csv") -> list[tuple[int, list[str]]]:
    (path / name).write_bytes(data)
    return list(read_grids(path / name, name).grids[0].rows)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-8-sig", "cp932"])
def test_tabs_in_any_encoding_may_be_named_csv(tmp_path: Path, encoding: str) -> None:
    assert read(tmp_path, "団体名\t備考\r\n架空\tx\r\n".encode(encoding)) == [
        (1, ["団体名", "備考"]),
        (2, ["架空", "x"]),
    ]


def test_nul_in_a_cell_is_removed_and_located(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    rest = "架空の団体,会員\n" * 5
    path.write_bytes(f"団体名,区分\n{rest}架空\0の会,会\0員\n".encode())
    (grid,) = read_grids(path, "a.csv").grids
    assert grid.rows[-1] == (7, ["架空の会", "会員"])
    assert [(issue.code, issue.row, issue.column, issue.value) for issue in grid.issues] == [
        ("control-characters", 7, "A", "架空の会"),
        ("control-characters", 7, "B", "会員"),
    ]


def test_a_cell_of_ten_megabytes_is_a_cell(tmp_path: Path) -> None:
    rows = read(tmp_path, ("団体名,備考\n架空," + "長" * 3_400_000 + "\n").encode())
    assert len(rows[1][1][1]) == 3_400_000


@pytest.mark.parametrize("text", ["<!DOCTYPE html><table>", "<html>", "\n<table border=1><tr>"])
def test_a_web_page_named_xls_is_said_to_be_one(tmp_path: Path, text: str) -> None:
    with pytest.raises(SourceError, match="a web page"):
        read(tmp_path, text.encode(), "members.xls")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.binary(max_size=300), st.binary(max_size=300).map(lambda data: b"PK\x03\x04" + data)))
def test_random_bytes_are_read_or_told(tmp_path: Path, data: bytes) -> None:
    with contextlib.suppress(SourceError):
        read(tmp_path, data)


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("団体名;市区町村;入会日\n架空会A;鳥取市;R6.4.1\n", ["架空会A", "鳥取市", "R6.4.1"]),
        ("団体名;分野\n架空会A;子育て,防災,教育\n", ["架空会A", "子育て,防災,教育"]),
        ("団体名,分野\n架空会A,子育て;防災;教育;福祉\n", ["架空会A", "子育て;防災;教育;福祉"]),
        ("団体名\n架空会A;B\n", ["架空会A;B"]),
    ],
)
def test_semicolons_part_cells_where_the_header_has_them(text: str, cells: list[str]) -> None:
    assert [row for _, row in csv_rows(text, "m.csv")][1] == cells

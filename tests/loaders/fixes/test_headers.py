"""The header is the row that names most of what is looked for."""

from __future__ import annotations

from tsunagari.loaders.fixes.headers import find_positions, positions_at

ROWS = [(1, ["名簿", "", ""]), (3, ["団体名", "区分", "備考"]), (4, ["区分", "x", "y"])]


def test_the_row_with_most_of_the_names_is_the_header() -> None:
    row, positions = find_positions(ROWS, (), {"団体名", "区分"})
    assert row == 3
    assert [positions[name] for name in ("団体名", "区分", "備考")] == [0, 1, 2]


def test_it_stands_above_what_it_is_the_header_of() -> None:
    assert find_positions(ROWS, (), {"区分", "x"}, below=3)[0] == 3


def test_where_nothing_is_named_the_fullest_row_counts() -> None:
    assert find_positions(ROWS, (), set())[0] == 3


def test_headers_of_two_rows_go_by_both_texts() -> None:
    rows = {1: ["会員", ""], 2: ["名称", "区分"]}
    assert positions_at(rows, (), 2)["会員/名称"] == 0

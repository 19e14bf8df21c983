"""A correction changes the cells it means and no other, and is told."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tsunagari.loaders.files.grid import Grid
from tsunagari.loaders.fixes.applying import apply_fixes
from tsunagari.loaders.fixes.fixes import Fix, Fixes

HEADER = ["団体名", "区分"]


def corrected(rows: list[list[str]], *lines: Fix, merges: tuple[tuple[int, int, int, int], ...] = ()) -> Grid:
    grid = Grid("a.csv", [(number, cells) for number, cells in enumerate([HEADER, *rows], 1)], merges=merges)
    apply_fixes(grid, Fixes(list(lines)))
    return grid


def fix(
    value: str,
    correct: str | None,
    *,
    column: str = "区分",
    skips: bool = False,
    rows: tuple[tuple[int, int], ...] = (),
) -> Fix:
    return Fix("a.csv", None, column, value, correct, rows, skips)


def column(grid: Grid, position: int = 1) -> list[str]:
    return [cells[position] for number, cells in grid.rows if number > 1]


def told(grid: Grid) -> list[tuple[str, int | None]]:
    return [(issue.code, issue.row) for issue in grid.issues]


def test_every_cell_of_the_column_with_the_value_is_corrected_and_no_other() -> None:
    grid = corrected([["いち", "ｲﾁ"], ["b", "二"], ["c", "イチ"]], fix("イチ", "一"))
    assert column(grid) == ["一", "二", "一"]
    assert column(grid, 0)[0] == "いち"
    assert told(grid) == [("value-corrected", 2)]
    assert "2" in grid.issues[0].message.ja


def test_one_value_of_several_in_a_cell_is_corrected() -> None:
    grid = corrected([["a", "見守り、こそだて・防災"], ["b", "こそだて隊"]], fix("こそだて", "子育て"))
    assert column(grid) == ["見守り、子育て・防災", "こそだて隊"]


def test_empty_cells_are_filled_but_not_those_under_a_merged_one() -> None:
    grid = corrected([["a", "正"], ["b", ""], ["c", ""]], fix("", "準"), merges=((2, 1, 3, 1),))
    assert column(grid) == ["正", "", "準"]


def test_a_row_may_be_left_out_and_a_correction_may_be_for_some_rows_only() -> None:
    grid = corrected([["a", "x"], ["b", "x"], ["c", "y"]], fix("y", None, skips=True), fix("x", "z", rows=((3, 3),)))
    assert column(grid) == ["x", "z"]
    assert told(grid) == [("rows-left-out", 4), ("value-corrected", 3)]


def test_the_later_of_two_corrections_counts_and_corrected_values_are_corrected_in_turn() -> None:
    assert column(corrected([["a", "x"]], fix("x", "old"), fix("x", "new"))) == ["new"]
    assert column(corrected([["a", "x"]], fix("x", "y"), fix("y", "z"))) == ["z"]
    assert column(corrected([["a", "x"]], fix("x", "y"), fix("y", "x"))) == ["x"], "a circle ends"


def test_a_correction_that_meets_nothing_is_told() -> None:
    assert told(corrected([["a", "x"]], fix("謎", "z"))) == [("unused-fix", None)]
    assert told(corrected([["a", "x"]], fix("x", "z", column="謎"))) == [("unused-fix", None)]
    assert told(corrected([["a", "x"]], fix("x", None))) == [], "a line that waits for its answer does nothing"


def test_the_header_may_stand_below_titles_and_in_two_rows() -> None:
    rows = [(1, ["区分の一覧", ""]), (2, ["団体", "会員"]), (3, ["名称", "区分"]), (4, ["a", "x"])]
    grid = Grid("a.csv", rows)
    apply_fixes(grid, Fixes([Fix("a.csv", None, "会員／区分", "x", "z")]))
    assert grid.rows[3] == (4, ["a", "z"])


@given(st.lists(st.sampled_from(["x", "y", "", "x、y", "長い値"]), max_size=8), st.sampled_from(["", "z", "長い値"]))
def test_rows_and_other_values_stay(values: list[str], correct: str) -> None:
    grid = corrected([[str(place), value] for place, value in enumerate(values)], fix("x", correct))
    assert column(grid, 0) == [str(place) for place in range(len(values))]
    for before, after in zip(values, column(grid), strict=True):
        assert after == before if "x" not in before else "x" not in after

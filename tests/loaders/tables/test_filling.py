from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsunagari.loaders.tables.filling import DITTO, Filler

WORDS = st.sampled_from(["鳥取市", "子育て", "正会員", "R6.4.1", ""])
ABOVE = ("〃", "同上", "（同　上）", "(同 上)", "々", "″", "仝", "同", "↑", "上に同じ", "〃〃", "''", "Ditto")


@pytest.mark.parametrize("mark", ABOVE)
def test_every_way_to_write_a_ditto_mark_takes_the_cell_above(mark: str) -> None:
    filler = Filler((), range(2))
    filler.fill(2, ["架空の会", "鳥取市"])
    assert filler.fill(3, ["空想の会", mark]) == ["空想の会", "鳥取市"]
    assert (filler.count, filler.first) == (1, 3)


@pytest.mark.parametrize(
    ("mark", "expected"),
    [("同左", "鳥取市"), ("（同左）", "鳥取市"), ("←", "鳥取市"), ("同右", "米子市"), ("→", "米子市")],
)
def test_a_mark_may_point_at_the_cell_beside(mark: str, expected: str) -> None:
    assert Filler((), range(3)).fill(2, ["鳥取市", mark, "米子市"]) == ["鳥取市", expected, "米子市"]


@pytest.mark.parametrize("name", ["同仁会", "(同)", "（同）架空", "同行援護", "々々の会", "左右", "→の会"])
def test_names_that_hold_such_a_sign_are_no_marks(name: str) -> None:
    assert name not in DITTO


@given(st.lists(st.lists(st.one_of(WORDS, st.sampled_from(sorted(DITTO))), min_size=3, max_size=3), max_size=6))
def test_a_mark_is_filled_with_a_value_of_its_row_or_column_or_stays(rows: list[list[str]]) -> None:
    filler, above, marks = Filler((), range(3)), ["", "", ""], 0
    for number, cells in enumerate(rows):
        filled = filler.fill(number, cells)
        for position, (cell, now) in enumerate(zip(cells, filled, strict=True)):
            if cell not in DITTO:
                assert now == cell
            elif now != cell:
                marks += 1
                assert now not in DITTO
                assert now in (*filled[:position], *filled[position + 1 :], above[position])
        above = filled
    assert filler.count == marks

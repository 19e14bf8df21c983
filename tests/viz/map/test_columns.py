"""Columns come back as they were, with nothing that JSON cannot hold."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from tsunagari.viz.map.columns import encode_column, frame_columns


def decode(column: dict[str, Any]) -> list[Any]:
    return list(column["v"]) if "v" in column else [column["d"][number] for number in column["i"]]


CELLS = st.one_of(st.none(), st.booleans(), st.integers(-9, 9), st.text(max_size=3), st.lists(st.text(max_size=2)))


@given(st.lists(CELLS))
def test_a_column_comes_back(values: list[Any]) -> None:
    back = decode(json.loads(json.dumps(encode_column(values), allow_nan=False)))
    assert [(type(a), a) for a in back] == [(type(a), a) for a in values]


def test_one_and_true_stay_different() -> None:
    assert decode(encode_column(["a", 1, True, 1, True, "a"])) == ["a", 1, True, 1, True, "a"]
    assert [type(value) for value in decode(encode_column(["a", 1, True, 1, True, "a"]))][1:3] == [int, bool]


def test_columns_a_frame_does_not_have_are_left_out() -> None:
    assert frame_columns(pd.DataFrame({"b": [1], "a": [2]}), ["a", "x", "b"]) == {"a": [2], "b": [1]}

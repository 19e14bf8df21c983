"""Telephone numbers and the prefectures they are of."""

from __future__ import annotations

import pytest

from tsunagari.ontology.area_codes import prefecture_of_call


@pytest.mark.parametrize(
    ("number", "prefecture"),
    [
        ("03-0000-0000", "13"),
        ("０４２－３００－００００", "13"),
        ("0847-40-0000", "34"),
        ("015-570-0000", "01"),
        ("(06)6000-0000", "27"),
        ("098-800-0000", "47"),
        ("0857000000", "31"),
        ("0120-000-000", None),
        ("080-0000-0000", None),
        ("050-0000-0000", None),
        ("", None),
    ],
)
def test_an_area_code_tells_the_prefecture(number: str, prefecture: str | None) -> None:
    assert prefecture_of_call(number) == prefecture

"""Numbers as offices write them, and what is no number."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsunagari.loaders.values.quantities import NoQuantityError, parse_quantity


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("12,345", "", "12345"),
        ("１２３", "人", "123"),
        ("1.5千人", "", "1500"),
        ("3", "万人", "30000"),
        ("▲0.5", "%", "-0.5"),
        ("−12", "", "-12"),
        ("765.31k㎡", "", "765.31"),
        ("0", "", "0"),
    ],
)
def test_numbers_as_offices_write_them(text: str, unit: str, value: str) -> None:
    assert parse_quantity(text, unit=unit).value == Decimal(value)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("-", "absent"),
        ("－", "absent"),
        ("ー", "absent"),
        ("…", "unknown"),
        ("...", "unknown"),
        ("x", "secret"),
        ("Ｘ", "secret"),
        ("***", "secret"),
        ("約十数", "unreadable"),
        ("", "unreadable"),
        ("10～20", "unreadable"),
        ("1,23", "unreadable"),
        ("9" * 30, "unreadable"),
    ],
)
def test_what_is_no_number(text: str, reason: str) -> None:
    with pytest.raises(NoQuantityError) as error:
        parse_quantity(text)
    assert error.value.reason == reason


@given(st.integers(-(10**15), 10**15), st.sampled_from(["", "人", "世帯", "%"]))
def test_a_number_with_separators_in_any_width_is_itself(number: int, unit: str) -> None:
    text = f"{number:,}{unit}".translate({ord(char): ord(char) + 0xFEE0 for char in "0123456789,"})
    assert parse_quantity(text).value == number
    assert parse_quantity(text).unit == unit


@given(st.text(max_size=30))
def test_a_cell_is_a_number_or_a_reason(text: str) -> None:
    try:
        found: Decimal | str = parse_quantity(text).value
    except NoQuantityError as error:
        found = error.reason
    assert found in ("absent", "secret", "unknown", "unreadable") or Decimal(found).is_finite()


@pytest.mark.parametrize("text", ["2,800（推計）", "2800人(概算値)", "約2800", "2800速報"])
def test_an_estimate_is_a_number_and_no_unit(text: str) -> None:
    found = parse_quantity(text)
    assert (found.value, found.is_approximate) == (2800, True)
    assert found.unit in ("", "人")


@pytest.mark.parametrize(
    ("text", "unit", "value", "name"),
    [
        ("305", "‰", "30.5", "%"),
        ("305‰", "", "30.5", "%"),
        ("3割", "", "30", "%"),
        ("約2.5割", "", "25", "%"),
        ("3", "割", "30", "%"),
    ],
)
def test_shares_of_a_thousand_and_of_ten_are_percent(text: str, unit: str, value: str, name: str) -> None:
    found = parse_quantity(text, unit=unit)
    assert (found.value, found.unit) == (Decimal(value), name)


@pytest.mark.parametrize("text", ["30%以上", "100人未満", "5人以下"])
def test_a_bound_is_no_exact_number(text: str) -> None:
    assert parse_quantity(text).is_approximate

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsunagari.loaders.values.dates import parse_date
from tsunagari.loaders.values.periods import read_period, read_serial

DAYS = st.dates(date(2019, 5, 2), date(2034, 12, 31))


def written(day: date, form: int) -> str:
    year = day.year - 2018
    return [
        day.isoformat(),
        f"令和{year}年{day.month}月{day.day}日",
        f"R{year}.{day.month}.{day.day}",
        f"{day.year}/{day.month}/{day.day}",
    ][form]


@given(
    start=DAYS,
    days=st.integers(1, 2000),
    form=st.integers(0, 3),
    sign=st.sampled_from(["～", "〜", "~", "から", " - ", " ～ "]),
    until=st.sampled_from(["", "まで"]),
)
def test_a_range_is_its_two_days_the_last_one_included(
    start: date, days: int, form: int, sign: str, until: str
) -> None:
    end = start + timedelta(days=days)
    found = read_period(f"{written(start, form)}{sign}{written(end, form)}{until}")
    assert found is not None
    assert parse_date(found[0]).value == start
    assert parse_date(found[1], end=True).value == end + timedelta(days=1)


@given(day=DAYS, form=st.integers(0, 3))
def test_a_day_is_no_range_and_a_range_may_be_open(day: date, form: int) -> None:
    text = written(day, form)
    assert read_period(text) is None
    assert read_period(f"{text}～") == (text, "")
    assert read_period(f"～{text}") == ("", f"{text}まで")


@given(day=st.dates(date(1945, 1, 1), date(2035, 12, 31)))
def test_the_number_of_a_day_is_that_day(day: date) -> None:
    number = (day - date(1899, 12, 30)).days
    assert read_serial(str(number)) == day.isoformat()


@pytest.mark.parametrize("text", ["2024", "60401", "120401", "12", "45383人", "", "R6.4.1", "99999"])
def test_other_numbers_are_no_days(text: str) -> None:
    assert read_serial(text) is None


@pytest.mark.parametrize("text", ["2年", "令和6年度", "未定", "", "～", "AからBまで", "2022-04-01/2023-03-31"])
def test_what_is_no_range_is_left_alone(text: str) -> None:
    assert read_period(text) is None

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


@given(
    start=DAYS,
    days=st.integers(1, 2000),
    form=st.sampled_from(["R{}.{}.{}", "令和{}年{}月{}日", "令{}/{}/{}", "R{}-{}-{}"]),
    sign=st.sampled_from(["～", "〜", "から", " ～ "]),
    same=st.booleans(),
)
def test_an_end_without_an_era_has_that_of_the_start(start: date, days: int, form: str, sign: str, same: bool) -> None:
    end = start + timedelta(days=days)
    first = form.format(start.year - 2018, start.month, start.day)
    last = form.lstrip("R令和").format(end.year - 2018, end.month, end.day)
    found = read_period(f"{first}{sign}{'同' if same else ''}{last}")
    assert found is not None
    assert parse_date(found[0]).value == start
    assert parse_date(found[1], end=True).value == end + timedelta(days=1)


@pytest.mark.parametrize(
    ("text", "start", "after"),
    [
        ("令和6年4月1日～同年9月30日", "2024-04-01", "2024-10-01"),
        ("令和6年4月1日～同月30日", "2024-04-01", "2024-05-01"),
        ("令和六年四月一日～八年三月三十一日", "2024-04-01", "2026-04-01"),
        ("R6.4.1～9.30", "2024-04-01", "2024-10-01"),
        ("R6.4～8.3", "2024-04-01", "2026-04-01"),
        ("令和6年4月〜9月", "2024-04-01", "2024-10-01"),
        ("令和6年10月〜3月", "2024-10-01", "2025-04-01"),
        ("令和6～8年度", "2024-04-01", "2027-04-01"),
        ("2024.4.1～26.3.31", "2024-04-01", "2026-04-01"),
        ("H30.4.1～2.3.31", "2018-04-01", "2020-04-01"),
        ("令和6年4月1日から2年間", "2024-04-01", "2026-04-01"),
        ("令和6年4月1日より6か月", "2024-04-01", "2024-10-01"),
        ("2024-01-31から1か月", "2024-01-31", "2024-03-01"),
        ("R6.4.1～R8.3.31（2年）", "2024-04-01", "2026-04-01"),
        ("令和6年4月1日から令和8年3月31日まで（再任）", "2024-04-01", "2026-04-01"),
        ("R060401～R080331", "2024-04-01", "2026-04-01"),
        ("20240401-20260331", "2024-04-01", "2026-04-01"),
    ],
)
def test_an_end_may_leave_to_the_start_what_both_share(text: str, start: str, after: str) -> None:
    found = read_period(text)
    assert found is not None
    assert parse_date(found[0]).value == date.fromisoformat(start)
    assert parse_date(found[1], end=True).value == date.fromisoformat(after)


@pytest.mark.parametrize("end", ["現在", "在任中", "定めなし", "期限の定めなし", "継続中", "未定"])
def test_a_range_that_goes_on_has_no_end(end: str) -> None:
    assert read_period(f"R6.4.1～{end}") == ("R6.4.1", "")


@pytest.mark.parametrize("text", ["R6.4.1～8.3", "2年", "R6.4.1", "会の3～5班", "R6.4.1～謎"])
def test_what_is_no_sure_range_is_left_to_the_reader_of_days(text: str) -> None:
    assert read_period(text) is None

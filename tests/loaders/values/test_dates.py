from __future__ import annotations

import contextlib
from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tsunagari.loaders.values.dates import UnreadableDateError, fiscal_year_of, parse_date

DOCUMENT = date(2023, 2, 21)


@pytest.mark.parametrize(
    "text",
    [
        *("2022-03-30", "2022/3/30", "2022.3.30", "2022年3月30日", "２０２２年３月３０日", "20220330"),
        *(
            "R4.3.30",
            "Ｒ４．３．３０",
            "r4/3/30",
            "令4.3.30",
            "令和4年3月30日",
            "令和 4 年 3 月 30 日",
            "令和四年三月三十日",
        ),
        *(
            "令和4年3月30日（水）",
            "令和4年(2022年)3月30日",
            "2022年（令和4年）3月30日",
            "2022-03-30T10:00:00",
            "2022-03-30 00:00",
        ),
        *("令和4年3月30日から", "令和4年3月30日付け", "令和4年3月30日現在", "令和4年3月30日設立", "令和3年度3月30日"),
    ],
)
def test_one_day_in_many_spellings(text: str) -> None:
    when = parse_date(text)
    assert (when.value, when.precision) == (date(2022, 3, 30), "day")
    assert (when.not_before, when.not_after, when.rule) == (None, None, None)
    assert when.as_written == text


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("令和元年5月1日", date(2019, 5, 1)),
        ("平成31年4月30日", date(2019, 4, 30)),
        ("昭和64年1月7日", date(1989, 1, 7)),
        ("S27.4.28", date(1952, 4, 28)),
        ("大正元年", date(1912, 7, 30)),
        ("M6.1.1", date(1873, 1, 1)),
    ],
)
def test_eras(text: str, day: date) -> None:
    assert parse_date(text).value == day


@pytest.mark.parametrize(
    ("text", "value", "precision", "first", "last"),
    [
        ("令和4年2月", date(2022, 2, 1), "month", date(2022, 2, 1), date(2022, 2, 28)),
        ("2024-02", date(2024, 2, 1), "month", date(2024, 2, 1), date(2024, 2, 29)),
        ("令和4年度", date(2022, 4, 1), "fiscal-year", date(2022, 4, 1), date(2023, 3, 31)),
        ("令和4年度内に予定", date(2022, 4, 1), "fiscal-year", date(2022, 4, 1), date(2023, 3, 31)),
        ("2022年", date(2022, 1, 1), "year", date(2022, 1, 1), date(2022, 12, 31)),
        ("令和元年", date(2019, 5, 1), "year", date(2019, 5, 1), date(2019, 12, 31)),
        ("平成31年", date(2019, 1, 1), "year", date(2019, 1, 1), date(2019, 4, 30)),
        ("令和2年", date(2020, 1, 1), "year", date(2020, 1, 1), date(2020, 12, 31)),
        ("平成35年", date(2023, 1, 1), "year", date(2023, 1, 1), date(2023, 12, 31)),
        ("令和元年度", date(2019, 4, 1), "fiscal-year", date(2019, 4, 1), date(2020, 3, 31)),
        ("2023年2月下旬", None, "approximate", date(2023, 2, 21), date(2023, 2, 28)),
        ("2023年2月中旬", None, "approximate", date(2023, 2, 11), date(2023, 2, 20)),
        ("2023年2月上旬", None, "approximate", date(2023, 2, 1), date(2023, 2, 10)),
        ("2023年3月末", None, "approximate", date(2023, 3, 21), date(2023, 3, 31)),
        ("令和4年度末", None, "approximate", date(2023, 3, 1), date(2023, 3, 31)),
        ("2022年2月頃", None, "approximate", date(2022, 2, 1), date(2022, 2, 28)),
        ("2022年4月以降", None, "approximate", date(2022, 4, 1), None),
        ("2022年4月以前", None, "approximate", None, date(2022, 4, 30)),
        ("2020-02-13/2023-04-01", None, "approximate", date(2020, 2, 13), date(2023, 4, 1)),
        ("../2023-04-01", None, "approximate", None, date(2023, 4, 1)),
        ("2020-02-13/..", None, "approximate", date(2020, 2, 13), None),
    ],
)
def test_imprecise_dates_have_bounds(
    text: str, value: date | None, precision: str, first: date | None, last: date | None
) -> None:
    when = parse_date(text)
    assert (when.value, when.precision, when.not_before, when.not_after) == (value, precision, first, last)


@pytest.mark.parametrize(
    ("text", "value", "first", "last", "rule"),
    [
        ("本年5月9日", date(2023, 5, 9), None, None, "relative-year"),
        ("昨年12月", date(2022, 12, 1), date(2022, 12, 1), date(2022, 12, 31), "relative-year"),
        ("今年度", date(2022, 4, 1), date(2022, 4, 1), date(2023, 3, 31), "relative-fiscal-year"),
        ("来年度", date(2023, 4, 1), date(2023, 4, 1), date(2024, 3, 31), "relative-fiscal-year"),
        ("2月下旬", None, date(2023, 2, 21), date(2023, 2, 28), "document-year"),
        ("3月30日", date(2023, 3, 30), None, None, "document-year"),
        ("来月上旬", None, date(2023, 3, 1), date(2023, 3, 10), "relative-month"),
        ("本日", date(2023, 2, 21), None, None, "document-day"),
    ],
)
def test_relative_words_resolve_against_the_document(
    text: str, value: date | None, first: date | None, last: date | None, rule: str
) -> None:
    when = parse_date(text, document_date=DOCUMENT)
    assert (when.value, when.not_before, when.not_after, when.rule) == (value, first, last, rule)
    with pytest.raises(UnreadableDateError, match="no-document-date"):
        parse_date(text)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2023-03-31", date(2023, 4, 1)),
        ("令和5年3月31日", date(2023, 4, 1)),
        ("2023年2月末まで", date(2023, 3, 1)),
        ("2023年2月末", date(2023, 3, 1)),
        ("2023年2月28日まで", date(2023, 3, 1)),
        ("2023年2月まで", date(2023, 3, 1)),
        ("令和4年度末まで", date(2023, 4, 1)),
        ("令和4年度限り", date(2023, 4, 1)),
        ("2022年まで", date(2023, 1, 1)),
    ],
)
def test_an_end_in_a_list_is_the_last_day_that_counts(text: str, day: date) -> None:
    when = parse_date(text, end=True)
    assert (when.value, when.precision) == (day, "day")


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2023年2月", date(2023, 2, 1), date(2023, 3, 1)),
        ("令和4年度", date(2022, 4, 1), date(2023, 4, 1)),
        ("2023年2月下旬", date(2023, 2, 21), date(2023, 3, 1)),
    ],
)
def test_an_imprecise_end_is_bounded(text: str, first: date, last: date) -> None:
    when = parse_date(text, end=True)
    assert (when.value, when.not_before, when.not_after) == (None, first, last)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        *(
            (text, "unreadable")
            for text in ("", " ", "未定", "調整中", "9月?", "R", "第2回", "2022年3月30日か31日", "1")
        ),
        *(
            (text, "impossible")
            for text in ("2023-02-30", "令和5年13月1日", "R5.2.29", "0000", "22/3", "2023-03-02/2023-03-01")
        ),
    ],
)
def test_what_is_no_date_says_why(text: str, reason: str) -> None:
    with pytest.raises(UnreadableDateError) as caught:
        parse_date(text, document_date=DOCUMENT)
    assert caught.value.reason == reason
    assert caught.value.text == text


def test_fiscal_year_begins_in_april() -> None:
    assert fiscal_year_of(date(2023, 3, 31)) == 2022
    assert fiscal_year_of(date(2023, 4, 1)) == 2023


PIECES = [
    "令和",
    "平成",
    "R",
    "H",
    "元",
    "4",
    "12",
    "2023",
    "年",
    "年度",
    "月",
    "日",
    ".",
    "/",
    "-",
    "末",
    "まで",
    "頃",
    "下旬",
    "今",
    "本年",
    "(水)",
    " ",
]


@given(
    st.one_of(st.text(max_size=12), st.lists(st.sampled_from(PIECES), max_size=8).map("".join)),
    st.none() | st.dates(),
    st.booleans(),
)
@example("9999-12-31まで", None, True)
@example("来年", date.max, False)
@example("翌月", date.max, False)
@example("昨年", date.min, False)
@example("元", None, False)
@example("²年", None, False)
def test_only_the_one_error_and_nothing_lost(text: str, document_date: date | None, end: bool) -> None:
    when = None
    with contextlib.suppress(UnreadableDateError):
        when = parse_date(text, document_date=document_date, end=end)
    if when is None:
        return
    assert when.as_written == text
    assert when.value or when.not_before or when.not_after
    if when.not_before and when.not_after:
        assert when.not_before <= when.not_after
    if when.value and when.not_before:
        assert when.value == when.not_before


@given(st.dates(date(1926, 12, 26), date(2100, 1, 1)))
def test_a_day_survives_every_notation(day: date) -> None:
    eras = [("令和", date(2019, 5, 1), 2018), ("平成", date(1989, 1, 8), 1988), ("昭和", date(1926, 12, 26), 1925)]
    name, _, offset = next(era for era in eras if day >= era[1])
    number = day.year - offset
    if number > 99:
        return
    for text in (
        day.isoformat(),
        f"{day:%Y%m%d}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{name}{'元' if number == 1 else number}年{day.month}月{day.day}日",
    ):
        assert parse_date(text).value == day
    assert parse_date(f"{day.isoformat()}まで", end=True).value == day + timedelta(days=1)

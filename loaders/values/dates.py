"""Dates as Japanese documents write them: eras, fiscal years, parts of months, words relative to the document.

An end date in a list is the last day on which the fact holds, with まで or without it: 任期 …3月31日 holds on 31 March.
Inside, ``valid_from`` and ``valid_to`` are half-open, so the day after is taken: 令和5年2月28日 and 2023年2月末まで
give 2023-03-01. A plain month, year or 年度, without まで, only bounds the end.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from tsunagari.ontology.records import Temporal
from tsunagari.ontology.spelling import fold_text


class UnreadableDateError(ValueError):
    """The text is no date; `reason` is ``"unreadable"``, ``"impossible"`` or ``"no-document-date"``."""

    def __init__(self, text: str, reason: str) -> None:
        super().__init__(f"{reason}: {text!r}")
        self.text = text
        self.reason = reason


@dataclass(frozen=True, slots=True)
class _Span:
    """The days a text names, both ends included."""

    first: date
    last: date
    precision: str
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class _Unit:
    """A year or fiscal year, the era it was named by, and how it was found."""

    year: int
    fiscal: bool = False
    rule: str | None = None
    era: str | None = None


# First year of each era less one.
_ERAS = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}
_ERA_STARTS = {
    "明治": date(1868, 1, 25),
    "大正": date(1912, 7, 30),
    "昭和": date(1926, 12, 25),
    "平成": date(1989, 1, 8),
    "令和": date(2019, 5, 1),
}
_ERA_SIGNS = {"M": "明治", "T": "大正", "S": "昭和", "H": "平成", "R": "令和"} | {name[0]: name for name in _ERAS}
_KANJI_DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {"零": 0}
_KANJI_NUMBER = re.compile("[〇零一二三四五六七八九十]+(?=[年月日])")

_ERA = re.compile(
    r"(?P<era>明治|大正|昭和|平成|令和|[MTSHR明大昭平令])\.?(?P<number>元|\d{1,2})(?=\D|$)", re.IGNORECASE
)
_WESTERN = re.compile(r"(?:西暦)?(?P<number>\d{4})(?=\D|$)")
_UNIT_TAIL = re.compile(r"(?P<fiscal>年度|FY)|年")
_RELATIVE_YEARS = {"本年": 0, "今年": 0, "当年": 0, "昨年": -1, "前年": -1, "去年": -1, "来年": 1, "翌年": 1}
_RELATIVE_FISCAL = {
    **dict.fromkeys(("今年度", "本年度", "当年度", "年度"), 0),
    **dict.fromkeys(("昨年度", "前年度"), -1),
    **dict.fromkeys(("来年度", "次年度", "翌年度"), 1),
}
_RELATIVE_MONTHS = {"今月": 0, "本月": 0, "当月": 0, "先月": -1, "前月": -1, "来月": 1, "翌月": 1}
_RELATIVE_YEAR = re.compile("|".join(_RELATIVE_YEARS))
_RELATIVE_FISCAL_YEAR = re.compile("|".join(sorted(_RELATIVE_FISCAL, key=len, reverse=True)))
_RELATIVE_MONTH = re.compile("|".join(_RELATIVE_MONTHS))
_TODAY = re.compile("本日|当日|同日")

_COMPACT = re.compile(
    r"(?:(?P<era>[MTSHR])(?=\d{6}(?:\D|$))|(?=\d{8}(?:\D|$)))(?P<year>\d{2,4}?)(?P<month>\d{2})(?P<day>\d{2})(?!\d)"
)
_TIME = re.compile(r"(?<=\d)[T ]\d{1,2}:\d{2}.*$")
_WEEKDAY = re.compile(r"\([月火水木金土日祝・]+(?:曜日?)?\)")
_SECOND_YEAR = re.compile(r"\((?:\d{4}|(?:明治|大正|昭和|平成|令和)(?:元|\d{1,2}))年?度?\)")
_INTERVAL = re.compile(r"(?P<start>\d{4}-\d{2}-\d{2}|\.\.)/(?P<end>\d{4}-\d{2}-\d{2}|\.\.)")
_MONTH_DAY = re.compile(r"(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日?)?")
_SLASHED_DAY = re.compile(r"(?P<month>\d{1,2})/(?P<day>\d{1,2})$")
_SEPARATED = re.compile(r"[./-](?P<month>\d{1,2})(?:[./-](?P<day>\d{1,2}))?")
# 末 is not among them: at the end of an "until" it means the very last day
_PARTS = {
    **dict.fromkeys(("上旬", "初旬", "初め"), (1, 10)),
    **dict.fromkeys(("中旬", "半ば"), (11, 20)),
    "下旬": (21, 31),
}
_PART = re.compile("|".join(_PARTS))
_TAIL = re.compile(
    r"(?P<until>末?(?:日)?(?:まで|迄|限り|をもって)|末(?:日)?)?(?P<since>以降|以後)?(?P<before>以前|以降前)?(?P<about>頃|ごろ|ころ|前後)?"
    r"(?:中|内|吉日|付け?|現在|時点|から|より|以来|開始|設立|入会|加入|退会|終了|発行|予定)*(?:に|の|で)?(?:予定|開催)?"
)


@lru_cache(maxsize=50_000)
def parse_date(text: str, *, document_date: date | None = None, end: bool = False) -> Temporal:
    """Return what `text` says about a day.

    Parameters
    ----------
    text
        ISO, slashes, dots, 和暦 in any width, 元年, 年度, months, 上旬/中旬/下旬, 頃, an interval of two ISO days, or
        words relative to the document (今年度, 本年5月9日, 3月30日).
    document_date
        The day the document was issued, against which relative words resolve; the rule used is in the result.
    end
        True for a column that says until when: the result is half-open, see the module.

    Returns
    -------
    Temporal
        `value` is the day, or the first day of a month, year (as far as it lies in the era named) or fiscal year; None
        when there are only bounds. The bounds are None when the day is certain. `as_written` is `text` unchanged.

    Raises
    ------
    UnreadableDateError
        When the text is no date, when there is no such day, or when it is relative and no document date is known.

    Examples
    --------
    >>> parse_date("R4.3.30").value
    datetime.date(2022, 3, 30)
    >>> parse_date("令和4年2月").not_after
    datetime.date(2022, 2, 28)
    >>> parse_date("2023年2月末まで", end=True).value == parse_date("2023-02-28", end=True).value
    True
    """
    compact = _simplify(text)
    try:
        interval = _INTERVAL.fullmatch(compact)
        if interval is not None:
            return _bounded(text, interval["start"], interval["end"])
        span, rest = _read_span(compact, text, document_date)
        return _finish(span, rest, text, end=end)
    except UnreadableDateError:
        raise
    except (ValueError, OverflowError):
        raise UnreadableDateError(text, "impossible") from None


def calendar_day(text: str) -> date:
    """Return the one day that a text names, in any form that `parse_date` reads.

    Raises
    ------
    UnreadableDateError
        It is no date, or names a month, a year or a stretch of days instead of one.

    Examples
    --------
    >>> calendar_day("令和5年10月1日") == calendar_day("2023/10/1") == calendar_day("20231001")
    True
    """
    found = parse_date(text)
    if found.value is None or found.precision != "day":
        raise UnreadableDateError(text, "unreadable")
    return found.value


def fiscal_year_of(day: date) -> int:
    """Return the Japanese fiscal year (1 April to 31 March) of a day.

    Examples
    --------
    >>> fiscal_year_of(date(2023, 3, 31))
    2022
    """
    return day.year if day.month >= 4 else day.year - 1


def _simplify(text: str) -> str:
    folded = _WEEKDAY.sub("", _TIME.sub("", fold_text(text)))
    return _SECOND_YEAR.sub("", numbers_in_digits(folded)).replace(" ", "")


def numbers_in_digits(text: str) -> str:
    """Return a folded text with the numbers before 年, 月 and 日 in digits.

    Examples
    --------
    >>> numbers_in_digits("令和六年四月一日")
    '令和6年4月1日'
    """
    return _KANJI_NUMBER.sub(lambda match: str(_kanji_number(match[0])), text)


def _kanji_number(text: str) -> int:
    if "十" not in text:
        return int("".join(str(_KANJI_DIGITS[char]) for char in text))
    tens, _, ones = text.partition("十")
    tens_value = _kanji_number(tens) if tens else 1
    return 10 * tens_value + (_kanji_number(ones) if ones else 0)


def _bounded(text: str, start: str, end: str) -> Temporal:
    first = None if start == ".." else date.fromisoformat(start)
    last = None if end == ".." else date.fromisoformat(end)
    if (first is None and last is None) or (first and last and first > last):
        raise UnreadableDateError(text, "impossible")
    return Temporal(None, "approximate", first, last, text)


def _read_span(compact: str, text: str, document_date: date | None) -> tuple[_Span, str]:
    """Return the days named at the start of the text and what follows them."""
    compact_day = _COMPACT.match(compact)
    if compact_day is not None:
        year, month, day_of_month = (int(compact_day[name]) for name in ("year", "month", "day"))
        era = compact_day["era"]
        day = date(year + (_ERAS[_ERA_SIGNS[era]] if era else 0), month, day_of_month)
        return _Span(day, day, "day"), compact[compact_day.end() :]
    for reader in (_read_relative_month, _read_today):
        found = reader(compact, text, document_date)
        if found is not None:
            return found
    unit, rest = _read_unit(compact, text, document_date)
    if unit is None:
        month_day = _MONTH_DAY.match(compact) or _SLASHED_DAY.match(compact)
        if month_day is None:
            raise UnreadableDateError(text, "unreadable")
        unit = _Unit(_known(document_date, text).year, rule="document-year")
        return _read_month(unit, int(month_day["month"]), month_day["day"], compact[month_day.end() :])
    separated = None if unit.fiscal else _SEPARATED.match(rest)
    if separated is not None:
        return _read_month(unit, int(separated["month"]), separated["day"], rest[separated.end() :])
    month_day = _MONTH_DAY.match(rest)
    if month_day is not None:
        return _read_month(unit, int(month_day["month"]), month_day["day"], rest[month_day.end() :])
    if unit.fiscal:
        return _Span(date(unit.year, 4, 1), date(unit.year + 1, 3, 31), "fiscal-year", unit.rule), rest
    return _Span(*_days_of_year(unit), "year", unit.rule), rest


def _days_of_year(unit: _Unit) -> tuple[date, date]:
    """Return the first and last day of a year; 令和元年 begins in May, and 平成31年 ended in April."""
    first, last = date(unit.year, 1, 1), date(unit.year, 12, 31)
    if unit.era is None:
        return first, last
    start = _ERA_STARTS[unit.era]
    end = min((day - timedelta(days=1) for day in _ERA_STARTS.values() if day > start), default=date.max)
    # plans of the time went on counting: 平成35年
    return (max(first, start), min(last, end)) if end >= first else (first, last)


def _read_unit(compact: str, text: str, document_date: date | None) -> tuple[_Unit | None, str]:
    relative = _RELATIVE_FISCAL_YEAR.match(compact)
    if relative is not None:
        year = fiscal_year_of(_known(document_date, text)) + _RELATIVE_FISCAL[relative[0]]
        return _Unit(year, fiscal=True, rule="relative-fiscal-year"), compact[relative.end() :]
    relative = _RELATIVE_YEAR.match(compact)
    if relative is not None:
        year = _known(document_date, text).year + _RELATIVE_YEARS[relative[0]]
        return _Unit(year, rule="relative-year"), compact[relative.end() :]
    era, western = _ERA.match(compact), _WESTERN.match(compact)
    name = None
    if era is not None:
        name = _ERA_SIGNS.get(era["era"].upper(), era["era"])
        year = _ERAS[name] + (1 if era["number"] == "元" else int(era["number"]))
        rest = compact[era.end() :]
    elif western is not None:
        year, rest = int(western["number"]), compact[western.end() :]
    else:
        return None, compact
    tail = _UNIT_TAIL.match(rest)
    return _Unit(year, fiscal=bool(tail and tail["fiscal"]), era=name), rest[tail.end() :] if tail else rest


def _read_month(unit: _Unit, month: int, day: str | None, rest: str) -> tuple[_Span, str]:
    """A month after 年度 lies in that fiscal year: 令和4年度2月 is February 2023."""
    year = unit.year + 1 if unit.fiscal and month < 4 else unit.year
    if day is not None:
        found = date(year, month, int(day))
        return _Span(found, found, "day", unit.rule), rest
    return _month_span(year, month, unit.rule, rest)


def _month_span(year: int, month: int, rule: str | None, rest: str) -> tuple[_Span, str]:
    length = monthrange(year, month)[1]
    part = _PART.match(rest)
    if part is not None:
        first, last = _PARTS[part[0]]
        days = date(year, month, first), date(year, month, min(last, length))
        return _Span(*days, "approximate", rule), rest[part.end() :]
    return _Span(date(year, month, 1), date(year, month, length), "month", rule), rest


def _read_relative_month(compact: str, text: str, document_date: date | None) -> tuple[_Span, str] | None:
    relative = _RELATIVE_MONTH.match(compact)
    if relative is None:
        return None
    known = _known(document_date, text)
    months = known.year * 12 + known.month - 1 + _RELATIVE_MONTHS[relative[0]]
    rest = compact[relative.end() :]
    unit = _Unit(months // 12, rule="relative-month")
    day = re.match(r"(\d{1,2})日", rest)
    return _read_month(unit, months % 12 + 1, day[1] if day else None, rest[day.end() :] if day else rest)


def _read_today(compact: str, text: str, document_date: date | None) -> tuple[_Span, str] | None:
    match = _TODAY.match(compact)
    if match is None:
        return None
    known = _known(document_date, text)
    return _Span(known, known, "day", "document-day"), compact[match.end() :]


def _known(document_date: date | None, text: str) -> date:
    if document_date is None:
        raise UnreadableDateError(text, "no-document-date")
    return document_date


def _finish(span: _Span, rest: str, text: str, *, end: bool) -> Temporal:
    tail = _TAIL.fullmatch(rest)
    if tail is None:
        raise UnreadableDateError(text, "unreadable")
    until = tail["until"] or ""
    if until.startswith("末") and span.precision != "day":
        span = _last_part(span, whole=not end)
    if end:
        approximate = bool(tail["about"] or tail["since"] or tail["before"])
        return _end_of(span, text, inclusive=bool(until), approximate=approximate)
    return _start_of(span, text, since=bool(tail["since"]), before=bool(tail["before"]), about=bool(tail["about"]))


def _last_part(span: _Span, *, whole: bool) -> _Span:
    """末: the last ten days of a month, the last month of a year; as an end, its very last day."""
    if not whole:
        return span
    first = span.last.replace(day=21 if span.precision == "month" else 1)
    return replace(span, first=first, precision="approximate")


def _start_of(span: _Span, text: str, *, since: bool, before: bool, about: bool) -> Temporal:
    if since:
        return Temporal(None, "approximate", span.first, None, text, span.rule)
    if before:
        return Temporal(None, "approximate", None, span.last, text, span.rule)
    if span.precision == "day" and not about:
        return Temporal(span.first, "day", None, None, text, span.rule)
    precision = "approximate" if about else span.precision
    value = None if precision == "approximate" else span.first
    return Temporal(value, precision, span.first, span.last, text, span.rule)


def _end_of(span: _Span, text: str, *, inclusive: bool, approximate: bool) -> Temporal:
    day_after = span.last + timedelta(days=1)
    if approximate:
        return Temporal(None, "approximate", span.first, day_after, text, span.rule)
    if span.precision == "day" or (inclusive and span.precision != "approximate"):
        return Temporal(day_after, "day", None, None, text, span.rule)
    return Temporal(None, span.precision, span.first, day_after, text, span.rule)

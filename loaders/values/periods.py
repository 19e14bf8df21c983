"""Ranges of days in one cell, such as a term of office, and days that a spreadsheet left as numbers."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache

from tsunagari.loaders.values.dates import UnreadableDateError, numbers_in_digits, parse_date
from tsunagari.ontology.records import Temporal
from tsunagari.ontology.spelling import fold_text

_SERIAL = re.compile(r"[1-5]\d{4}(?:\.0+)?")
_EPOCH = date(1899, 12, 30)  # day 0 of spreadsheets, for days after February 1900
_FIRST, _LAST = date(1945, 1, 1), date(2035, 12, 31)
_BETWEEN = (
    re.compile(r"\s*~\s*"),
    re.compile(r"\s*(?:から|より)\s*(?=\S)"),
    re.compile(r"\s+-+\s+|\s*至\s*"),
    re.compile(r"-"),
)
_OPEN = re.compile(r"\s*(?:~|から)\s*$")
_UNTIL = re.compile(r"^\s*~\s*(?=\S)")
_ENDS = re.compile(r"(?:まで|迄|限り|をもって|末日?)$")
_FRAME = re.compile(r"^(?:任期|期間|自)\s*[::]?\s*|[()]")
_REMARK = re.compile(r"(?<=[^~\s(])\s*\([^()~]*(?:\d\s*(?:年|か月)間?|期目?|[再新留]任)[^()~]*\)$")  # (2年), (再任)
_NO_END = re.compile(
    r"現在(?:に至る)?|現職|在任中|在職中|継続中?|当面の間|(?:(?:期限|期間)の)?(?:定め|期限)は?な[しい]|無期限|未定"
)
_ERA_YEAR = re.compile(r"(?P<era>明治|大正|昭和|平成|令和|[MTSHRmtshr明大昭平令]\.?)(?P<year>元|\d{1,2})(?=\D|$)")
_YEAR_SIGN = re.compile(r"\d{1,2}(?=年)")
_NEWEST_ERA = "令和"
_NUMBERS = re.compile(r"\d+")
_SAME_ERA = re.compile(r"同(?=\d|元)")
_SAME_YEAR, _SAME_MONTH = re.compile(r"同年(?=\d)"), re.compile(r"同(?:年同)?月(?=\d)")
_TO_YEAR, _TO_MONTH = re.compile(r"^.*?(?:年度?|[./-])"), re.compile(r"^.*?(?:年|[./-]).*?(?:月|[./-])")
_LENGTH = re.compile(r"(?P<count>\d{1,3})\s*(?:[かヶケカヵ箇]?(?P<unit>年)|[かヶケカヵ箇](?:月))間?")
_MONTH_AND_DAY = re.compile(r"\d{1,2}\.(?:1[3-9]|2\d|3[01])")
_BARE_YEAR, _UNITED = re.compile(r"(?:\D{0,2}\.?\d{1,4})"), re.compile(r"年度?$")


@lru_cache(maxsize=16_384)
def read_serial(text: str) -> str | None:
    """Return the ISO day of a spreadsheet's number of a day between 1945 and 2035; None for any other text.

    Examples
    --------
    >>> read_serial("45383"), read_serial("60401"), read_serial("2024")
    ('2024-04-01', None, None)
    """
    folded = fold_text(text)
    if _SERIAL.fullmatch(folded) is None:
        return None
    day = _EPOCH + timedelta(days=int(float(folded)))
    return day.isoformat() if _FIRST <= day <= _LAST else None


@lru_cache(maxsize=16_384)
def read_period(text: str) -> tuple[str, str] | None:
    """Return the two ends of a range of days, the last day with まで; an open end is empty. None for any other text.

    Examples
    --------
    >>> read_period("令和4年4月1日～令和6年3月31日"), read_period("R6.4.1〜")
    (('令和4年4月1日', '令和6年3月31日まで'), ('R6.4.1', ''))
    >>> read_period("令和6年4月1日から9月30日まで"), read_period("2024-04-01"), read_period("約2年")
    (('令和6年4月1日', '2024-09-30まで'), None, None)
    >>> read_period("R6.4.1～8.3.31"), read_period("令和6年4月1日～同8年3月31日"), read_period("2024-04-01から2年間")
    (('R6.4.1', 'R8.3.31まで'), ('令和6年4月1日', '令和8年3月31日まで'), ('2024-04-01', '2026-03-31まで'))
    """
    folded = _FRAME.sub("", _REMARK.sub("", numbers_in_digits(fold_text(text)))).strip()
    if _OPEN.search(folded) and _day(_OPEN.sub("", folded), None) is not None:
        return _OPEN.sub("", folded), ""
    if _UNTIL.match(folded) and _day(_UNTIL.sub("", folded), None) is not None:
        return "", _last(_UNTIL.sub("", folded), None)
    for pattern in _BETWEEN:
        parts = pattern.split(folded)
        if len(parts) != 2 or not all(parts):
            continue
        first = _with_unit(*parts)
        start = _day(first, None)
        if start is None:
            continue
        if _NO_END.fullmatch(parts[1]) is not None:
            return first, ""
        end = _end_after(first, start, parts[1])
        if _day(_ENDS.sub("", end), start) is not None:
            return first, _last(end, start)
    return None


def _with_unit(start: str, end: str) -> str:
    """Return a start with the unit that only the end carries: 令和6～8年度 begins in 令和6年度."""
    unit = _UNITED.search(end)
    return start + unit[0] if unit is not None and _BARE_YEAR.fullmatch(start) else start


def _end_after(start_text: str, start: date, end: str) -> str:
    """Return the end of a range with what it leaves to its start: the era, the year, the month, or its length."""
    length = _LENGTH.fullmatch(end)
    if length is not None:
        return _after(start, int(length["count"]) * (12 if length["unit"] else 1)).isoformat()
    era = _ERA_YEAR.match(start_text)
    for sign, until in ((_SAME_YEAR, _TO_YEAR), (_SAME_MONTH, _TO_MONTH)):
        kept = until.match(start_text)
        if sign.match(end) and kept is not None:
            return kept[0] + sign.sub("", end)
    if _SAME_ERA.match(end) and era is not None:
        return era["era"] + end[1:]
    dated = _TO_YEAR.match(start_text)
    if _MONTH_AND_DAY.fullmatch(end) and dated is not None:
        return dated[0] + end
    counts = len(_NUMBERS.findall(start_text)), len(_NUMBERS.findall(end))
    if not end[:1].isdigit() or (_YEAR_SIGN.match(end) is None and (counts[0] != counts[1] or counts[1] < 2)):
        return end
    if era is not None and not re.match(r"\d{3}", end):
        found = _day(era["era"] + end, None)
        return (era["era"] if found is None or found >= start else _NEWEST_ERA) + end  # H30.4.1～2.3.31
    return start_text[:2] + end if re.match(r"\d{4}", start_text) and re.match(r"\d{2}(?!\d)", end) else end


def _after(start: date, months: int) -> date:
    """Return the last day of so many months."""
    years, month = divmod(start.month - 1 + months, 12)
    year = min(start.year + years, date.max.year - 1)
    day = min(start.day, monthrange(year, month + 1)[1])
    whole = start.day > day  # 31 January and a month: until the end of February
    return date(year, month + 1, day) - timedelta(days=0 if whole else 1)


def _day(text: str, known: date | None) -> date | None:
    found = _parsed(text, known)
    return None if found is None else found.value or found.not_before


def _parsed(text: str, known: date | None) -> Temporal | None:
    try:
        return parse_date(text, document_date=known)
    except UnreadableDateError:
        return None


def _last(text: str, start: date | None) -> str:
    """Return the end of a range as a text that names its last day by itself."""
    bare = re.sub(r"(?:まで|迄)$", "", text)
    try:
        parse_date(bare)
    except UnreadableDateError as error:
        if error.reason != "no-document-date" or start is None:
            return text
        found = _parsed(bare, start)
        day = None if found is None else found.not_after or found.value
        if day is not None and day < start:
            day = _after(day + timedelta(days=1), 12)
        bare = day.isoformat() if day is not None else bare
    return bare if _ENDS.search(bare) else f"{bare}まで"

"""Ranges of days in one cell, such as a term of office, and days that a spreadsheet left as numbers."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache

from tsunagari.loaders.values.dates import UnreadableDateError, parse_date
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
    """
    folded = _FRAME.sub("", fold_text(text)).strip()
    if _OPEN.search(folded) and _day(_OPEN.sub("", folded), None) is not None:
        return _OPEN.sub("", folded), ""
    if _UNTIL.match(folded) and _day(_UNTIL.sub("", folded), None) is not None:
        return "", _last(_UNTIL.sub("", folded), None)
    for pattern in _BETWEEN:
        parts = pattern.split(folded)
        if len(parts) != 2 or not all(parts):
            continue
        start = _day(parts[0], None)
        if start is not None and _day(_ENDS.sub("", parts[1]), start) is not None:
            return parts[0], _last(parts[1], start)
    return None


def _day(text: str, known: date | None) -> date | None:
    try:
        found = parse_date(text, document_date=known)
    except UnreadableDateError:
        return None
    return found.value or found.not_before


def _last(text: str, start: date | None) -> str:
    """Return the end of a range as a text that names its last day by itself."""
    bare = re.sub(r"(?:まで|迄)$", "", text)
    try:
        parse_date(bare)
    except UnreadableDateError as error:
        if error.reason != "no-document-date" or start is None:
            return text
        day = _day(bare, start)
        if day is not None and day < start:
            day = day.replace(year=day.year + 1)
        bare = day.isoformat() if day is not None else bare
    return bare if _ENDS.search(bare) else f"{bare}まで"

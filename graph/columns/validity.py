"""Whether a statement holds on a day: certainly, possibly or not at all.

A statement carries two clocks. The world's: a half-open interval ``[valid_from, valid_to)`` whose ends may be known
only within inclusive bounds. And that of knowledge: the day its source describes (``as_of``). A start that nobody gives
lies at or before ``as_of``; an end that nobody gives has not come yet.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from tsunagari.errors import Message, UnknownNameError
from tsunagari.loaders.values import calendar_day

if TYPE_CHECKING:
    import numpy.typing as npt

Validity: TypeAlias = Literal["certain", "possible", "no"]

TIME_COLUMNS = (
    "valid_from",
    "valid_from_not_before",
    "valid_from_not_after",
    "valid_to",
    "valid_to_not_before",
    "valid_to_not_after",
    "as_of",
)


def validity(times: Mapping[str, str | None], at: str) -> Validity:
    """Tell whether a statement with these times holds on the day `at`.

    Parameters
    ----------
    times
        Any of `TIME_COLUMNS` as ISO dates; what is missing or None is not known.
    at
        The day as an ISO date.

    Returns
    -------
    ``"certain"`` when every reading of the dates covers the day, ``"possible"`` when one does, else ``"no"``.
    A statement without any date holds certainly.

    Examples
    --------
    >>> validity({"valid_from": "2022-02-01", "valid_to": "2023-03-01"}, "2023-02-28")
    'certain'
    >>> validity({"valid_from": "2022-02-01", "valid_to": "2023-03-01"}, "2023-03-01")
    'no'
    >>> validity({"valid_from_not_before": "2020-02-13", "valid_from_not_after": "2023-03-31"}, "2021-01-01")
    'possible'
    >>> validity({"as_of": "2022-12-01"}, "2022-01-01")
    'possible'
    """
    start = times.get("valid_from")
    earliest_start = times.get("valid_from_not_before") or start or ""
    latest_start = times.get("valid_from_not_after") or start or times.get("as_of") or earliest_start
    end = times.get("valid_to")
    earliest_end = times.get("valid_to_not_before") or end
    latest_end = times.get("valid_to_not_after") or end
    if at < earliest_start or (latest_end is not None and at >= latest_end):
        return "no"
    begun = at >= latest_start
    going_on = earliest_end is None or at < earliest_end
    return "certain" if begun and going_on else "possible"


def holds_at(times: Mapping[str, npt.NDArray[np.int64]], at: int) -> npt.NDArray[np.int8]:
    """Tell of many statements whether they hold on a day, by the rule of `validity`.

    Parameters
    ----------
    times
        Every one of `TIME_COLUMNS`: dates as numbers that compare as the dates do, negative where not known.
    at
        The day as such a number.

    Returns
    -------
    0 for no, 1 for possible, 2 for certain.

    Examples
    --------
    >>> import numpy as np
    >>> unknown = np.array([-1, -1])
    >>> times = dict.fromkeys(TIME_COLUMNS, unknown) | {"valid_from": np.array([20220201, 20230101])}
    >>> holds_at(times, 20221001).tolist()
    [2, 0]
    """

    def first(*choices: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        found = choices[0]
        for choice in choices[1:]:
            found = np.where(found >= 0, found, choice)
        return found

    start, end = times["valid_from"], times["valid_to"]
    earliest_start = first(times["valid_from_not_before"], start)
    latest_start = first(times["valid_from_not_after"], start, times["as_of"], earliest_start)
    earliest_end = first(times["valid_to_not_before"], end)
    latest_end = first(times["valid_to_not_after"], end)
    impossible = (at < earliest_start) | ((latest_end >= 0) & (at >= latest_end))
    certain = (at >= latest_start) & ((earliest_end < 0) | (at < earliest_end))
    return np.where(impossible, 0, np.where(certain, 2, 1)).astype(np.int8)


def iso_day(at: date | str | int | None) -> str | None:
    """Return a day as an ISO date; None stays None.

    Parameters
    ----------
    at
        A date or time of Python, numpy or pandas, or a day as lists may write it: 2023-10-01, 2018/01/01, 20231001,
        令和5年10月1日, R5.10.1 (see `tsunagari.loaders.values.dates.parse_date`). A month or a year is no day.

    Raises
    ------
    UnknownNameError
        It is no calendar day.

    Examples
    --------
    >>> iso_day(date(2023, 10, 1)), iso_day("2018/01/01"), iso_day("令和5年10月1日"), iso_day(20231001), iso_day(None)
    ('2023-10-01', '2018-01-01', '2023-10-01', '2023-10-01', None)
    """
    if at is None:
        return None
    try:
        if isinstance(at, date):  # a time is one, and so is what pandas has for no time at all
            return date.fromisoformat(at.isoformat()[:10]).isoformat()
        return calendar_day(str(at)).isoformat()
    except ValueError as error:
        raise _no_day(at) from error


def required_day(at: date | str | int) -> str:
    """Return a day as an ISO date, see `iso_day`.

    Raises
    ------
    UnknownNameError
        It is no calendar day, or None.

    Examples
    --------
    >>> required_day("R5.10.1")
    '2023-10-01'
    """
    found = iso_day(at)
    if found is None:
        raise _no_day(at)
    return found


def _no_day(at: object) -> UnknownNameError:
    return UnknownNameError(
        Message(f"日付として読めません: {at}", f"Not a date: {at}"),
        Message(
            "1日を指してください。例: 2023-10-01、2023/10/1、20231001、令和5年10月1日、R5.10.1",
            "Name one day, like 2023-10-01, 2023/10/1, 20231001, 令和5年10月1日 or R5.10.1.",
        ),
    )

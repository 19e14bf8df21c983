"""Days: which texts, numbers and objects name one."""

from __future__ import annotations

from datetime import date, datetime

import pandas as pd
import pytest

from tsunagari.errors import UnknownNameError
from tsunagari.graph.columns.validity import iso_day, required_day


@pytest.mark.parametrize(
    "given",
    [
        *("2023-10-01", "2023/10/1", "20231001", "令和5年10月1日", "R5.10.1", "２０２３．１０．１"),
        *(20231001, date(2023, 10, 1), datetime(2023, 10, 1, 23, 59), pd.Timestamp("2023-10-01 08:00")),
    ],
)
def test_a_day_is_read_in_every_form_that_lists_may_hold(given: date | str | int) -> None:
    assert iso_day(given) == required_day(given) == "2023-10-01"


@pytest.mark.parametrize(
    "given", ["2023", "2023年10月", "いつか", "2023-02-30", 2023, True, pd.NaT, "2023-10-01/2023-10-31"]
)
def test_what_is_no_single_day_is_refused_with_examples(given: date | str | int) -> None:
    with pytest.raises(UnknownNameError) as refused:
        iso_day(given)
    assert "令和5年10月1日" in refused.value.hint.ja
    assert str(given) in refused.value.message.en


def test_no_day_is_no_day() -> None:
    assert iso_day(None) is None
    with pytest.raises(UnknownNameError):
        required_day(None)  # type: ignore[arg-type]

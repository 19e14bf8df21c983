"""Options that several commands share: which texts are a day."""

from __future__ import annotations

from datetime import date

import click
import pytest

from tsunagari.cli.shell.parameter_types import Day


@pytest.mark.parametrize(
    "text", ["2023-10-01", "2023/10/1", "20231001", "令和5年10月1日", "R5.10.1", "２０２３年１０月１日"]
)
def test_a_day_may_be_given_as_lists_write_it(text: str) -> None:
    assert Day().convert(text, None, None) == date(2023, 10, 1)


@pytest.mark.parametrize("text", ["2023", "2023年10月", "いつか", "2023-02-30"])
def test_what_is_no_single_day_is_wrong_use(text: str) -> None:
    with pytest.raises(click.BadParameter, match="令和5年10月1日"):
        Day().convert(text, None, None)

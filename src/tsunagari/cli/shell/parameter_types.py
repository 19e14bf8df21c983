"""What options may be given: a day in any form of lists, a number within bounds."""

from __future__ import annotations

import math
from datetime import date
from typing import Any

import click

from tsunagari.cli.shell.language import current_language
from tsunagari.errors import Message


class Day(click.ParamType):  # type: ignore[type-arg,unused-ignore] # generic only from click 8.4 on
    """A calendar day in any form that lists may hold: 2023-10-01, 2023/10/1, 令和5年10月1日, R5.10.1."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the day, or end with a usage error."""
        if isinstance(value, date):
            return value
        from tsunagari.loaders.values import calendar_day

        try:
            return calendar_day(str(value))
        except ValueError:
            wrong = Message(
                f"「{value}」は日付として読めません。1日を 2023-10-01 や 令和5年10月1日 のように書いてください。",
                f"{value!r} is not a date; write one day, like 2023-10-01 or 令和5年10月1日.",
            )
            self.fail(wrong.text(current_language()), param, ctx)


class Number(click.ParamType):  # type: ignore[type-arg,unused-ignore] # generic only from click 8.4 on
    """A number between `least` and `most`, the ends included unless they are `open_ends`."""

    def __init__(
        self,
        kind: type[int] | type[float],
        least: float = -math.inf,
        most: float = math.inf,
        *,
        open_ends: bool = False,
    ) -> None:
        self.kind, self.least, self.most, self.open_ends = kind, least, most, open_ends
        self.name = "integer" if kind is int else "number"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int | float:
        """Return the number, or end with a usage error that says which numbers there may be."""
        try:
            number = self.kind(value)
        except ValueError:
            number = math.nan
        inside = self.least < number < self.most if self.open_ends else self.least <= number <= self.most
        if not inside:  # as nan never is
            self.fail(self._wrong(value).text(current_language()), param, ctx)
        return number

    def _wrong(self, value: Any) -> Message:
        ja, en = ("整数", "a whole number") if self.kind is int else ("数", "a number")
        least, most = f"{self.least:,}", f"{self.most:,}"
        if math.isfinite(self.most):
            above, below = (" より大きく", " より小さい") if self.open_ends else (" 以上", " 以下の")
            ja, en = f"{least}{above} {most}{below}{ja}", f"{en} {'between' if self.open_ends else 'from'} {least} "
            en += f"and {most}" if self.open_ends else f"to {most}"
        elif math.isfinite(self.least):
            above, at_least = (" より大きい", "greater than") if self.open_ends else (" 以上の", "of at least")
            ja, en = f"{least}{above}{ja}", f"{en} {at_least} {least}"
        return Message(f"「{value}」は使えません。{ja}を書いてください。", f"{value!r} cannot be used; give {en}.")

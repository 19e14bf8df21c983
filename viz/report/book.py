"""The Excel report in the making: what all its sheets share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tsunagari.viz.excel.cells import Book
from tsunagari.viz.look.gap_status import statuses_of

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd

    from tsunagari.errors import Message
    from tsunagari.graph.change import Waves


@dataclass(slots=True, kw_only=True)
class Report(Book):
    """The report in the making.

    Parameters
    ----------
    gaps
        The table that several sheets show in several ways.
    remedies
        Who could fill them.
    since
        The earlier day that the report compares with; None compares with none.
    top
        The first so many rows of each list that ranks; None for all.
    waves
        What lists of members of several days say; None where there is but one.
    contents
        Names of the sheets after the first.
    """

    gaps: pd.DataFrame
    remedies: pd.DataFrame
    since: date | str | None
    top: int | None
    waves: Waves | None
    contents: tuple[Message, ...]

    def first(self, ranked: pd.DataFrame) -> pd.DataFrame:
        """Return the rows of a ranked list that the report shows."""
        return ranked if self.top is None else ranked.head(self.top)


def colour_statuses(report: Report, sheet: Any, first: tuple[int, int], last: tuple[int, int]) -> None:
    """Colour the cells of a range by the status symbol they begin with."""
    for key, status in statuses_of(report.gaps["status"]).items():
        rule = {
            "type": "text",
            "criteria": "begins with",
            "value": status.symbol,
            "format": report.formats[f"status {key}"],
        }
        sheet.conditional_format(*first, *last, rule)

"""The Excel report in the making: what all its sheets share."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from xlsxwriter.utility import xl_range

from tsunagari.viz.excel.cells import Book
from tsunagari.viz.look.gap_status import statuses_of

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd

    from tsunagari.errors import Message
    from tsunagari.graph.change import Waves
    from tsunagari.viz.paper import Count, Found, Paper


@dataclass(slots=True, kw_only=True)
class Report(Book):
    """The report in the making.

    Parameters
    ----------
    gaps
        Every cell, which several sheets show in several ways.
    found, paper
        The tables, and what page one says of them.
    since
        The earlier day that the report compares with; None compares with none.
    top
        The first so many rows of each list that ranks; None for all.
    waves
        What lists of members of several days say; None where there is but one.
    contents
        Names of the sheets after the first.
    places
        Key of a list to its sheet, its first row and the number of its columns.
    """

    gaps: pd.DataFrame
    found: Found
    paper: Paper
    since: date | str | None
    top: int | None
    waves: Waves | None
    contents: tuple[Message, ...]
    places: dict[str, tuple[str, int, int]] = field(default_factory=dict)

    def stand(self, listing: str, name: Message, top: int, columns: int) -> None:
        """Note where the rows of a list stand: below the heading in row `top` of a sheet."""
        self.places[listing] = (self.words(name), top + 1, columns)

    def address(self, count: Count) -> str | None:
        """Return the cells that a count stands for, as a link inside the workbook; None where they are not in it."""
        found = self.paper.find(count.target)
        if found is None or not count.number or found[0].key not in self.places:
            return None
        name, first, columns = self.places[found[0].key]
        rows = found[1]
        return f"internal:'{name}'!{xl_range(first + rows.start, 0, first + rows.stop - 1, columns - 1)}"

    def opens(self, count: Count) -> bool:
        """Tell whether the workbook has, or will have, the rows that a count stands for."""
        found = self.paper.find(count.target)
        if found is None or not self.paper.opens(count):
            return False
        return self.paper.is_brief or found[0].key in self.places

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

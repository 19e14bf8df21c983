"""The cells of a paper's tables as text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tsunagari.graph.wording import ColumnEntry, joined
from tsunagari.viz.look.printable import printable, shortened
from tsunagari.viz.paper.paper import Table

NAMED = 2
"""Names of a list in one cell; how many more there are is said."""
LONGEST = 120
"""Characters of a cell on paper; what is longer is cut with a mark and whole in xlsx, csv and json."""


def paper_cell(value: Any, column: ColumnEntry, lang: str, named: int = NAMED) -> str:
    """Return a value as text for a cell of a paper: lists joined, numbers rounded, no is empty.

    Examples
    --------
    >>> from tsunagari.graph.wording import column_entry
    >>> paper_cell(["甲", "乙"], column_entry("candidates"), "ja"), paper_cell(True, column_entry("is_cut_point"), "ja")
    ('甲、乙', '○')
    """
    value = value.item() if hasattr(value, "item") else value
    if isinstance(value, list | tuple):
        return _named([printable(str(item)) for item in value], lang, named, column.name)
    if value is None or type(value).__name__ in ("NAType", "NaTType") or value != value:
        return ""
    if isinstance(value, bool):
        return ("○" if lang != "en" else "yes") if value else ""
    if column.style == "ratio":
        return f"{value:.3f}".rstrip("0").rstrip(".")
    if isinstance(value, int | float):
        return f"{value:,.10g}"
    return shortened(str(value), LONGEST)


def _named(names: list[str], lang: str, most: int, column: str) -> str:
    """Return the first of the names, and how many more there are."""
    shown = joined((shortened(name, LONGEST // NAMED) for name in names[:most]), lang, column)
    more = len(names) - most
    if more <= 0:
        return shown
    return f"{shown}　ほか{more:,}" if lang != "en" else f"{shown} and {more:,} more"


def rows_of(table: Table, lang: str, most: int | None = None, named: int = NAMED) -> Iterator[list[str]]:
    """Yield the cells of each row, of the first `most` rows."""
    frame = table.frame[[column.name for column in table.columns]]
    for row in (frame if most is None else frame.head(most)).itertuples(index=False, name=None):
        yield [paper_cell(value, column, lang, named) for value, column in zip(row, table.columns, strict=True)]

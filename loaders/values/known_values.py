"""What the cells of a column stand for, remembered for those that come again and gave nothing to tell."""

from __future__ import annotations

from datetime import date

from tsunagari.ontology.columns import Column
from tsunagari.ontology.records import Value
from tsunagari.ontology.vocabulary import FIELDS

MOST = 200_000  # texts of one column
Known = dict[str, tuple[Value, ...]]


class KnownValues:
    """Text to values, for each column and what the meaning of its cells depends on besides."""

    def __init__(self) -> None:
        self._cells: dict[tuple[object, ...], Known] = {}
        self._references: dict[int, Known] = {}
        self._day: date | None = None

    def of(
        self, column: Column, *, is_placed: bool, day: date | None, document_date: date | None, words: tuple[int, bool]
    ) -> Known | None:
        """Return what is known of a column; None where it is as quick to read a cell again.

        Parameters
        ----------
        column
            The column.
        is_placed, day
            Whether the row states its prefecture, and the day that it speaks of: references may depend on both.
        document_date
            Day of the list, which words such as 今年度 depend on.
        words
            What tells the words for fields of the list from those of others.
        """
        if column.is_reference:
            if is_placed:
                return None
            if day != self._day:
                self._day = day
                self._references.clear()
            return self._references.setdefault(id(column), {})
        if column.scheme == FIELDS:
            return self._cells.setdefault((id(column), *words), {})
        if column.datatype == "date":
            return self._cells.setdefault((id(column), document_date), {})
        return self._cells.setdefault((id(column),), {}) if column.scheme or column.datatype == "boolean" else None

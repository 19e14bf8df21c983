"""Rows of a table by what they belong to, found without walking the table again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from tsunagari.viz.look.cells import plain

if TYPE_CHECKING:
    import pandas as pd

Row = dict[str, Any]


class GroupedRows:
    """The rows of a table, sorted by one of its columns.

    Parameters
    ----------
    table
        Any table.
    by
        The column that tells what a row belongs to; rows without a value belong to nothing.
    names
        The columns that are kept; those that the table does not have are None in every row.

    Examples
    --------
    >>> import pandas as pd
    >>> rows = GroupedRows(pd.DataFrame({"to": ["b", "a", "b"], "n": [1, 2, 3]}), "to", ["n"])
    >>> rows.of("b"), rows.of("c")
    ([{'n': 1}, {'n': 3}], [])
    """

    def __init__(self, table: pd.DataFrame, by: str, names: Sequence[str]) -> None:
        self._names = tuple(names)
        self._spans: dict[Any, tuple[int, int]] = {}
        self._columns: list[list[Any]] = [[] for _ in names]
        if by not in table or table.empty:
            return
        keys = table[by].to_numpy(dtype=object)
        known = [number for number, key in enumerate(keys) if isinstance(key, str) and key]
        order = np.array(sorted(known, key=lambda number: keys[number]), dtype=np.int64)
        for place, number in enumerate(order.tolist()):
            first, _ = self._spans.get(keys[number], (place, place))
            self._spans[keys[number]] = (first, place + 1)
        self._columns = [
            [value if value.__class__ is str else plain(value) for value in table[name].to_numpy(dtype=object)[order]]
            if name in table
            else [None] * len(order)
            for name in names
        ]

    def __iter__(self) -> Iterator[Any]:
        return iter(self._spans)

    def count(self, key: Any) -> int:
        """Return how many rows belong to `key`."""
        first, end = self._spans.get(key, (0, 0))
        return end - first

    def of(self, key: Any, most: int | None = None) -> list[Row]:
        """Return the rows that belong to `key` in the order of the table, at most `most` of them."""
        first, end = self._spans.get(key, (0, 0))
        end = end if most is None else min(end, first + most)
        cells = zip(*(column[first:end] for column in self._columns), strict=True)
        return [dict(zip(self._names, row, strict=True)) for row in cells]


def by_key(table: pd.DataFrame, key: str, names: Sequence[str]) -> Mapping[str, Row]:
    """Return the first row of each value of a column."""
    rows = GroupedRows(table, key, names)
    return {found: rows.of(found, 1)[0] for found in rows}

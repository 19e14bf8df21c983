"""Sheets that take the rows of a large table at once, column by column, instead of cell by cell.

XlsxWriter keeps an object for each cell and looks at each several times; a table of a million cells then takes most of
the time of a report. Here a value that occurs again is put into words once, and a row is one text. Everything else of
a sheet (titles, filters, colours, printing) stays XlsxWriter's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import StringIO
from typing import Any, TypeAlias

from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

LONGEST_TEXT = 32_767
"""UTF-16 units that a cell of Excel holds."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What a value becomes in a sheet.

    Parameters
    ----------
    content
        A number, a text, or None for an empty cell.
    look
        A format of the workbook.
    lines
        Lines that it takes.
    opens
        Column of its row that the text leads to; None for no link.
    """

    content: float | str | None
    look: Any
    lines: int = 1
    opens: int | None = None


Column: TypeAlias = tuple[Sequence[Any], Callable[[Any], Cell]]
"""Values, and what makes a cell of each."""


class TableSheet(Worksheet):  # type: ignore[misc]  # XlsxWriter publishes no types
    """A sheet of XlsxWriter that takes rows at once; a cell that is written into one of them later takes its place."""

    dim_rowmin: int | None
    dim_rowmax: int | None
    fh: Any

    def __init__(self) -> None:
        super().__init__()
        self._tables: list[tuple[int, list[str]]] = []

    def write_columns(self, top: int, columns: Sequence[Column], height: Callable[[int], float]) -> None:
        """Write columns side by side from the first column on.

        Parameters
        ----------
        top
            The first row.
        columns
            As many values in each.
        height
            Height of a row in points by the lines of its tallest cell.
        """
        count = len(columns[0][0]) if columns else 0
        if not count:
            return
        last = len(columns) - 1
        ends = [f'<c r="{xl_col_to_name(place + 1)}' if place < last else "</row>" for place in range(len(columns))]
        made = [self._column(values, cell_of, end) for (values, cell_of), end in zip(columns, ends, strict=True)]
        lines = [max(tallest) for tallest in zip(*(counts for _, counts, _ in made), strict=True)]
        opening = {number: f'" ht="{_points(height(number)):.16g}" customHeight="1"><c r="A' for number in set(lines)}
        cells = zip(range(top + 1, top + 1 + count), lines, *(texts for texts, _, _ in made), strict=True)
        rows = [str(row).join(('<row r="', opening[tallest], *texts)) for row, tallest, *texts in cells]
        self._tables.append((top, rows))
        for row in (top, top + count - 1):
            self._check_dimensions(row, last)
        for place, (_, _, links) in enumerate(made):
            for row, cell in links:
                self._link(top + row, place, cell)

    def _column(
        self, values: Sequence[Any], cell_of: Callable[[Any], Cell], end: str
    ) -> tuple[list[str], list[int], list[tuple[int, Cell]]]:
        """Return the cells of a column as texts without the reference they begin with, their lines, and the links."""
        known: dict[Any, tuple[str, Cell]] = {}
        texts, lines, links = [], [], []
        for row, value in enumerate(values):
            key = value if value.__class__ is str else (value.__class__, _hashable(value))
            found = known.get(key)
            if found is None:
                cell = cell_of(value)
                found = known[key] = self._xml(cell) + end, cell
            texts.append(found[0])
            lines.append(found[1].lines)
            if found[1].opens is not None:
                links.append((row, found[1]))
        return texts, lines, links

    def _link(self, row: int, place: int, cell: Cell) -> None:
        """Let a cell lead to another of its row; the cell itself is among the rows already."""
        address = f"internal:'{self.get_name()}'!{xl_rowcol_to_cell(row, cell.opens)}"
        self.write_url(row, place, address, cell.look, cell.content)
        del self.table[row][place]

    def _xml(self, cell: Cell) -> str:
        look = cell.look._get_xf_index()
        if cell.content is None:
            return f'" s="{look}"/>'
        if isinstance(cell.content, str):
            return f'" s="{look}" t="s"><v>{self._shared(cell.content)}</v></c>'
        return f'" s="{look}"><v>{cell.content:.16G}</v></c>'

    def _shared(self, text: str) -> int:
        if len(text) > LONGEST_TEXT // 2:
            text = text.encode("utf-16-le", "surrogatepass")[: 2 * LONGEST_TEXT].decode("utf-16-le", "ignore")
        number: int = self.str_table._get_shared_string_index(text)
        return number

    def _write_rows(self) -> None:
        """Write the rows of XlsxWriter, and those given at once in their places."""
        first, last = self.dim_rowmin, self.dim_rowmax
        assert first is not None  # else there are no rows
        assert last is not None
        begin = first
        for top, rows in sorted(self._tables):
            self._write_between(begin, top - 1)
            changed = {row: self.table[row] for row in range(top, top + len(rows)) if self.table.get(row)}
            rows = [
                self._with(row, text, changed[row]) if row in changed else text for row, text in enumerate(rows, top)
            ]
            self.fh.write("".join(rows))
            begin = top + len(rows)
        self._write_between(begin, last)
        self.dim_rowmin, self.dim_rowmax = first, last

    def _with(self, row: int, text: str, cells: dict[int, Any]) -> str:
        """Return a row with the cells that were written into it one by one."""
        kept: Any = self.fh
        for place, cell in cells.items():
            self.fh = StringIO()
            self._write_cell(row, place, cell)
            new = self.fh.getvalue()
            old = re.compile(rf'<c r="{xl_rowcol_to_cell(row, place)}"(?:[^>]*/>|[^>]*>.*?</c>)', re.DOTALL)
            found = old.search(text)
            assert found is not None  # else it stands in no column of the table
            text = text[: found.start()] + new + text[found.end() :]
        self.fh = kept
        return text

    def _write_between(self, first: int, last: int) -> None:
        self.dim_rowmin, self.dim_rowmax = first, last
        super()._write_rows()


class TableWorkbook(Workbook):  # type: ignore[misc]  # as above
    """A workbook of such sheets."""

    worksheet_class = TableSheet


def _points(height: float) -> float:
    """Return a height as Excel keeps it: in whole pixels of three quarters of a point."""
    return int(height * 4 / 3 + 0.5) * 0.75


def _hashable(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value

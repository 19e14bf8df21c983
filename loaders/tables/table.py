"""A grid to rows: the header found under title rows, its cells mapped to columns, the rest read row by row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from tsunagari.loaders.files.garbled import is_garbled
from tsunagari.loaders.files.grids import Grid, GridRow, column_letters
from tsunagari.loaders.issues import Issue, make_issue
from tsunagari.loaders.tables.filling import RowSorter, fill_down
from tsunagari.loaders.tables.header_rows import find_header
from tsunagari.loaders.tables.header_text import shown_header
from tsunagari.loaders.tables.headers import BODIES, CONTACTS, ROLES, HeaderMap
from tsunagari.loaders.tables.matrices import find_matrix, marked_values
from tsunagari.loaders.values.cells import CELL_LIMIT

_KNOWN_LIMIT = 150_000  # texts of a column that are kept once however many rows have them
_NOTHING: dict[str, str] = {}  # what the rows say that describe no organisation


@dataclass(slots=True)
class Row:
    """One row of a table, its filled cells by column.

    Parameters
    ----------
    number
        Its row in the file; the first line is 1.
    cells
        Column to text, for the row itself.
    party
        Column of ``Organization`` to text, for the organisation the row is about.
    prefecture
        Name or code of a prefecture given in a column of its own, which tells equal names apart.
    """

    number: int
    cells: dict[str, str]
    party: dict[str, str]
    prefecture: str | None = None


@dataclass(slots=True)
class Table:
    """A table as read.

    Parameters
    ----------
    rows
        The rows below the header that hold anything.
    headers
        Column to header as written, for messages; columns of the organisation under ``party.`` and their name.
    issues
        What was found while reading.
    sheet
        Name of the sheet it was found in; None for a text file.
    header_rows
        Numbers of the first and last row of the header; None where there is none.
    beside
        What rows say of another kind of thing: kind and column to row and text; `companions` makes tables of it.
    is_companion
        Whether another table holds the same rows.
    """

    rows: list[Row]
    headers: dict[str, str]
    issues: list[Issue] = field(default_factory=list)
    sheet: str | None = None
    header_rows: tuple[int, int] | None = None
    beside: dict[str, list[tuple[Row, str]]] = field(default_factory=dict)
    is_companion: bool = False


def read_table(grid: Grid, header_map: HeaderMap) -> Table:
    """Return the rows of a grid.

    The header is the one to three rows, among the first 30, with most known headers; rows above it are skipped with a
    notice. Merged cells and ditto marks are filled from above. Totals, notes, repeated headers and headings inside the
    table are left out with a notice. Columns headed by a concept and filled with ○ give values of the column that takes
    it.

    Raises
    ------
    SourceError
        When the grid has no rows, or when a required column is missing (naming the headers found and the nearest one).
    """
    return _Reader(grid, header_map).read()


class _Reader:
    """One table on its way out of a grid."""

    def __init__(self, grid: Grid, header_map: HeaderMap) -> None:
        self._grid = grid
        self._headers = header_map
        self._header = find_header(grid, header_map)
        self._place: dict[str, Any] = {"file": grid.file, "sheet": grid.sheet}
        headers = {column.key: column.header for column in reversed(self._header.mapped)}
        headers = dict(reversed(headers.items()))
        header_rows = self._header.first, self._header.last
        self._table = Table([], headers, list(grid.issues), grid.sheet, header_rows)
        self._columns: list[tuple[int, str, str, dict[str, str]]] = [
            (column.position, column.owner, column.name, {})
            for column in self._header.mapped
            if column.owner in ("row", "party", "prefecture")
        ]
        self._beside = [column for column in self._header.mapped if column.owner in (ROLES, BODIES, CONTACTS)]

    def read(self) -> Table:
        """Return the table."""
        header, table = self._header, self._table
        if header.titles:
            self._say("title-rows-skipped", header.first, count=len(header.titles))
        rows = self._rows_of_data()
        self._matrix, issues = find_matrix(header, rows, self._headers, **self._place)
        told = {column.position for column in self._matrix} | self._positions(issues)
        table.issues += self._headers.header_issues(
            header.stacks, header.mapped, row=header.last, told=told, **self._place
        )
        table.issues += issues
        self._note_headerless(rows)
        for column in self._matrix:
            table.headers.setdefault(column.target.key, column.header)
        positions = [column.position for column in header.mapped] + [column.position for column in self._matrix]
        rows, filled = fill_down(rows, self._grid.merges, positions)
        if filled:
            self._say("cells-filled", filled[0], count=len(filled))
        for number, cells in rows:
            self._add(number, cells)
        if not table.rows:
            self._say("empty-table", None)
        return table

    def _rows_of_data(self) -> list[GridRow]:
        """Return the rows below the header that are data; the others are told."""
        header = self._header
        above = [cells for number, cells in self._grid.rows[:50] if header.first <= number <= header.last]
        names = [
            column.position
            for column in header.mapped
            if column.name in ("pref_label", self._headers.kind.party) and column.owner == "row"
        ]
        sorter = RowSorter(above, [cells for _, cells in header.titles], names, self._grid.merges)
        rows = []
        for number, cells in self._grid.rows:
            if number <= header.last or not any(cells):
                continue
            code = sorter.code(number, cells)
            if code is None:
                rows.append((number, cells))
            else:
                self._say(code, number, value=next(filter(None, cells)))
        return rows

    def _positions(self, issues: Sequence[Issue]) -> set[int]:
        shown = {issue.column for issue in issues}
        return {position for position, stack in enumerate(self._header.stacks) if shown_header(stack) in shown}

    def _note_headerless(self, rows: Sequence[GridRow]) -> None:
        bare = [position for position, stack in enumerate(self._header.stacks) if not stack]
        for position in bare:
            found = [(number, cells[position]) for number, cells in rows if len(cells) > position and cells[position]]
            if found:
                number, text = found[0]
                letters = column_letters(position)
                self._say("headerless-column", number, column=letters, value=text, count=len(found), letters=letters)

    def _add(self, number: int, cells: list[str]) -> None:
        self._check_width(number, cells)
        row = self._make_row(number, cells)
        if self._matrix:
            self._mark(row, cells)
        row.party = row.party or _NOTHING
        if row.cells or row.party:
            self._table.rows.append(row)
            for column in self._beside:
                text = cells[column.position] if column.position < len(cells) else ""
                if text:
                    self._table.beside.setdefault(column.key, []).append((row, text))
        else:
            self._say("nothing-read", number, value=next(filter(None, cells), None))

    def _check_width(self, number: int, cells: list[str]) -> None:
        width = len(self._header.stacks)
        if len(cells) > width and any(cells[width:]):
            self._say("surplus-cells", number, value=next(cell for cell in cells[width:] if cell))
        elif len(cells) < width:
            self._say("missing-cells", number, count=width - len(cells))

    def _make_row(self, number: int, cells: list[str]) -> Row:
        row = Row(number, {}, {})
        count = len(cells)
        for position, owner, name, known in self._columns:
            text = cells[position] if position < count else ""
            if not text:
                continue
            # one text in many rows is looked at and kept once
            kept = known.get(text)
            if kept is None:
                kept = self._checked(number, position, text, known)
                if not kept:
                    continue
            if owner == "prefecture":
                row.prefecture = kept
                continue
            target = row.cells if owner == "row" else row.party
            target[name] = f"{target[name]}、{kept}" if name in target else kept
        return row

    def _checked(self, number: int, position: int, text: str, known: dict[str, str]) -> str:
        """Return the text, or nothing when it is too long for a value; a garbled one is told and stays."""
        if len(text) > CELL_LIMIT:
            params: dict[str, Any] = {"value": text[:100], "count": len(text), "limit": CELL_LIMIT}
            self._say("long-value", number, column=self._column_at(position), **params)
            return ""
        if is_garbled(text):
            self._say("garbled-text", number, column=self._column_at(position), value=text)
        elif len(known) < _KNOWN_LIMIT:
            known[text] = text
        return text

    def _column_at(self, position: int) -> str:
        return next(column.header for column in self._header.mapped if column.position == position)

    def _mark(self, row: Row, cells: list[str]) -> None:
        values, issues = marked_values(self._matrix, row.number, cells, **self._place)
        self._table.issues += issues
        for (owner, name), found in values.items():
            target = row.cells if owner == "row" else row.party
            target[name] = "、".join([*filter(None, [target.get(name)]), *found])

    def _say(self, code: str, row: int | None, **params: Any) -> None:
        self._table.issues.append(make_issue(code, row=row, **self._place, **params))

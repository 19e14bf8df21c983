"""A grid to rows: the header found under title rows, its cells mapped to columns, the rest read row by row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from tsunagari.errors import Message
from tsunagari.loaders.files import Grid, Spool, column_letters, is_garbled
from tsunagari.loaders.issues import Issue, IssueList, left_out, make_issue
from tsunagari.loaders.tables.additions import Additions
from tsunagari.loaders.tables.filling import HEADING, Filler, RowSorter
from tsunagari.loaders.tables.header_rows import find_header
from tsunagari.loaders.tables.header_text import shown_header
from tsunagari.loaders.tables.headers import BODIES, CONTACTS, ROLES, HeaderMap, missing_columns
from tsunagari.loaders.tables.matrices import find_matrix, marked_values
from tsunagari.loaders.tables.row import PackedRow, Row, pack_row, row_spool, unpack_row
from tsunagari.loaders.tables.sections import Sections, find_notices
from tsunagari.loaders.tables.survey import ColumnSurvey
from tsunagari.loaders.tables.tidying import Tidier
from tsunagari.loaders.values import CELL_LIMIT

_KNOWN_LIMIT = 50_000  # texts of a column that are looked at once however many rows have them
_FEW = 4_096  # texts after which no more are remembered of a column of nothing but different ones


Beside: TypeAlias = "tuple[Row, dict[str, str]]"
"""A row and what it says of another kind of thing: kind and column to text."""


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
        Rows that say something of another kind of thing as well; `companions` makes tables of it.
    is_companion
        Whether another table holds the same rows.
    is_tidy
        Whether its cells have been tidied.
    """

    rows: list[Row] | Spool[Row]
    headers: dict[str, str]
    issues: list[Issue] = field(default_factory=IssueList)
    sheet: str | None = None
    header_rows: tuple[int, int] | None = None
    beside: Spool[Beside] = field(default_factory=lambda: Spool(pack=_pack_beside, unpack=_unpack_beside))
    is_companion: bool = False
    is_tidy: bool = False


def _pack_beside(item: Beside) -> tuple[PackedRow, dict[str, str]]:
    return pack_row(item[0]), item[1]


def _unpack_beside(packed: tuple[PackedRow, dict[str, str]]) -> Beside:
    return unpack_row(packed[0]), packed[1]


def read_table(grid: Grid, header_map: HeaderMap) -> Table:
    """Return the rows of a grid.

    The header is the one to three rows, among the first 30, with most known headers; rows above it are skipped with a
    notice. Merged cells and ditto marks are filled from above. Totals, notes, repeated headers and headings inside the
    table are left out with a notice. Columns headed by a concept and filled with ○ give values of the column that takes
    it. What the settings say of all rows, and the municipality of an address, is added.

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
        self._too_long: list[Issue] = []
        self._table = Table(row_spool(), headers, IssueList(grid.issues), grid.sheet, header_rows)
        self._columns: list[tuple[int, str, str, dict[str, str]]] = [
            (column.position, column.owner, column.name, {})
            for column in self._header.mapped
            if column.owner in ("row", "party", "prefecture")
        ]
        self._sections = Sections(header_map, self._header.mapped)
        self._beside = [column for column in self._header.mapped if column.owner in (ROLES, BODIES, CONTACTS)]

    def read(self) -> Table:
        """Return the table."""
        header, table = self._header, self._table
        if header.titles:
            self._say("title-rows-skipped", header.first, count=len(header.titles))
        survey = ColumnSurvey(header)
        skipped = self._survey(survey)
        self._matrix, issues = find_matrix(header, survey, self._headers, **self._place)
        told = {column.position for column in self._matrix} | self._positions(issues)
        table.issues += self._headers.header_issues(
            header.stacks, header.mapped, row=header.last, told=told, **self._place
        )
        table.issues += issues
        self._note_headerless(survey)
        for column in self._matrix:
            table.headers.setdefault(column.target.key, column.header)
        self._tidier = Tidier(self._headers.kind, self._headers.vocabulary, table.headers, table.issues, self._place)
        self._additions = Additions(self._headers, table.headers, table.issues, self._place)
        positions = [column.position for column in header.mapped] + [column.position for column in self._matrix]
        filler = Filler(self._grid.merges, positions)
        for number, cells in self._grid.rows:
            if number > header.last and number not in skipped and any(cells):
                self._add(number, filler.fill(number, cells))
        if filler.count:
            self._say("cells-filled", filler.first, count=filler.count)
        if not table.rows:
            self._say("empty-table", None)
        table.is_tidy = True
        return table

    def _survey(self, survey: ColumnSurvey) -> set[int]:
        """Look at all rows below the header and return the numbers of those that are no data, each of which is told."""
        header = self._header
        above = [cells for number, cells in self._grid.rows[:50] if header.first <= number <= header.last]
        names = [
            column.position
            for column in header.mapped
            if column.name in ("pref_label", self._headers.kind.party) and column.owner == "row"
        ]
        sorter = RowSorter(above, [cells for _, cells in header.titles], names, self._grid.merges)
        skipped = set()
        for number, text, code in find_notices(self._grid.rows, header.last, sorter, self._ask):
            skipped.add(number)
            if code == HEADING:
                self._say_section(number, text)
            else:
                self._say(code, number, value=text)
        for number, cells in self._grid.rows if survey.columns else ():
            if number > header.last and number not in skipped and any(cells):
                survey.add(number, cells)
        return skipped

    def _ask(self, number: int, text: str) -> None:
        """Tell of a row whose only cell may be a title or a note."""
        self._say("name-alone-in-row", number, value=text)

    def _say_section(self, number: int, text: str) -> None:
        """Note a title inside the table, and tell what it says of the rows below it."""
        said = self._sections.add(number, text)
        if said is None:
            self._say("heading-row", number, value=text)
        else:
            column, concept = said
            self._table.headers.setdefault(column.key, text)
            labels = Message(*(concept.labels.get(lang, concept.notation) for lang in ("ja", "en")))
            name = Message(*(column.column.labels.get(lang, column.name) for lang in ("ja", "en")))
            self._say("section-row", number, value=text, name=name, given=labels)

    def _positions(self, issues: Sequence[Issue]) -> set[int]:
        shown = {issue.column for issue in issues}
        return {position for position, stack in enumerate(self._header.stacks) if shown_header(stack) in shown}

    def _note_headerless(self, survey: ColumnSurvey) -> None:
        for position, stack in enumerate(self._header.stacks):
            found = None if stack else survey.columns.get(position)
            if found is not None and found.filled:
                letters = column_letters(position)
                self._say(
                    "headerless-column",
                    found.first_row,
                    column=letters,
                    value=found.first_text,
                    count=found.filled,
                    letters=letters,
                )

    def _add(self, number: int, cells: list[str]) -> None:
        self._check_width(number, cells)
        row = self._make_row(number, cells)
        if self._too_long and self._is_lost(row):
            return
        if self._matrix:
            self._mark(row, cells)
        self._sections.complete(row)
        for part in self._tidier.rows(row):
            self._add_part(part, cells)

    def _add_part(self, row: Row, cells: list[str]) -> None:
        """Add a row, one of several where a cell names several bodies."""
        if not row.cells and not row.party:
            self._say("nothing-read", row.number, value=next(filter(None, cells), None))
            return
        beside = {
            column.key: cells[column.position]
            for column in self._beside
            if column.position < len(cells) and cells[column.position]
        }
        self._additions.complete(row, beside)
        self._table.rows.append(row)
        if beside:
            self._table.beside.append((row, beside))

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
            # one text in many rows is looked at once
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
            place = {**self._place, "row": number, "column": self._column_at(position)}
            issue = make_issue("long-value", value=text[:100], count=len(text), limit=CELL_LIMIT, **place)
            self._too_long.append(issue)
            return ""
        if is_garbled(text):
            self._say("garbled-text", number, column=self._column_at(position), value=text)
        elif len(known) < _FEW or (len(known) < _KNOWN_LIMIT and 2 * len(known) < number):
            known[text] = text
        return text

    def _is_lost(self, row: Row) -> bool:
        """Tell whether a row lacks what it must have once texts that are too long are put aside, which are told."""
        given = {*row.cells, *(f"party.{name}" for name in row.party)}
        is_lost = bool(missing_columns(self._headers, given))
        self._table.issues += [left_out(issue) if is_lost else issue for issue in self._too_long]
        self._too_long.clear()
        return is_lost

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

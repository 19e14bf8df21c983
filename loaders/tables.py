"""A grid to rows: the header found under title rows, its cells mapped to columns, the rest read row by row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from tsunagari.errors import Message, Place, SourceError
from tsunagari.loaders.grids import Grid, GridRow
from tsunagari.loaders.headers import HeaderMap, MappedColumn, missing_columns
from tsunagari.loaders.issues import Issue, make_issue

_HEADER_SEARCH_ROWS = 30


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
    """

    rows: list[Row]
    headers: dict[str, str]
    issues: list[Issue] = field(default_factory=list)
    sheet: str | None = None


def read_table(grid: Grid, header_map: HeaderMap) -> Table:
    """Return the rows of a grid.

    The header is the row, among the first 30, with most known headers; rows above it are skipped with a notice.

    Raises
    ------
    SourceError
        When the grid has no rows, or when a required column is missing (naming the headers found and the nearest one).
    """
    file, lines = grid.file, grid.rows[:_HEADER_SEARCH_ROWS]
    header_row, mapped = _find_header(lines, file, header_map)
    table = Table([], {column.key: column.header for column in mapped}, list(grid.issues), grid.sheet)
    _note_header(table, lines, header_row, mapped, file, header_map)
    width = len(_cells_of(lines, header_row))
    for number, cells in grid.rows:
        if number > header_row and any(cells):
            _check_width(table, number, cells, width, file)
            row = _make_row(number, cells, mapped)
            if row.cells or row.party:
                table.rows.append(row)
    if not table.rows:
        table.issues.append(make_issue("empty-table", file=file))
    return table


def _find_header(lines: Sequence[GridRow], file: str, header_map: HeaderMap) -> tuple[int, list[MappedColumn]]:
    filled = [(number, cells) for number, cells in lines if any(cells)]
    if not filled:
        message = Message(f"{file} は空です。", f"{file} is empty.")
        raise SourceError(
            message,
            Message("見出しと行のあるファイルを置いてください。", "Put a table with a header there."),
            Place(file),
        )
    scored = [(len(header_map.map_headers(cells)), -number, cells) for number, cells in filled]
    score, negative, cells = max(scored, key=lambda item: item[:2])
    if score == 0:
        # nothing is known: the first row with several cells is what a person would call the header
        negative, cells = next(
            ((-number, cells) for number, cells in filled if sum(map(bool, cells)) > 1), (negative, cells)
        )
    mapped = header_map.map_headers(cells)
    missing = missing_columns(header_map, mapped)
    if missing:
        raise header_map.missing_error(file, -negative, [cell for cell in cells if cell], missing)
    return -negative, mapped


def _note_header(
    table: Table,
    lines: Sequence[GridRow],
    header_row: int,
    mapped: list[MappedColumn],
    file: str,
    header_map: HeaderMap,
) -> None:
    above = sum(1 for number, cells in lines if number < header_row and any(cells))
    if above:
        table.issues.append(make_issue("title-rows-skipped", file=file, row=header_row, count=above))
    table.issues += header_map.header_issues(_cells_of(lines, header_row), mapped, file, header_row)


def _cells_of(lines: Sequence[GridRow], wanted: int) -> list[str]:
    return next(cells for number, cells in lines if number == wanted)


def _check_width(table: Table, number: int, cells: list[str], width: int, file: str) -> None:
    if len(cells) > width and any(cells[width:]):
        surplus = next(cell for cell in cells[width:] if cell)
        table.issues.append(make_issue("surplus-cells", file=file, row=number, value=surplus))
    elif len(cells) < width:
        table.issues.append(make_issue("missing-cells", file=file, row=number, count=width - len(cells)))


def _make_row(number: int, cells: list[str], mapped: list[MappedColumn]) -> Row:
    row = Row(number, {}, {})
    count = len(cells)
    for column in mapped:
        text = cells[column.position] if column.position < count else ""
        if not text:
            continue
        if column.owner == "row":
            row.cells[column.name] = text
        elif column.owner == "party":
            row.party[column.name] = text
        else:
            row.prefecture = text
    return row

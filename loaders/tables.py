"""CSV text to rows: the header found under title rows, its cells mapped to columns, the rest read row by row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from tsunagari.errors import Message, Place, SourceError
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
    """

    rows: list[Row]
    headers: dict[str, str]
    issues: list[Issue] = field(default_factory=list)


def read_table(text: str, file: str, header_map: HeaderMap) -> Table:
    """Return the rows of a CSV text.

    The header is the row, among the first 30, with most known headers; rows above it are skipped with a notice.

    Raises
    ------
    SourceError
        When the text has no rows, when a required column is missing (naming the headers found and the nearest one), or
        when a quoted cell is never closed.
    """
    lines = list(islice(_read_rows(text, file), _HEADER_SEARCH_ROWS))
    header_row, mapped = _find_header(lines, file, header_map)
    table = Table([], {column.key: column.header for column in mapped})
    _note_header(table, lines, header_row, mapped, file, header_map)
    width = len(lines[header_row - 1][1])
    for number, cells in _read_rows(text, file):
        if number > header_row and any(cells):
            _check_width(table, number, cells, width, file)
            row = _make_row(number, cells, mapped)
            if row.cells or row.party:
                table.rows.append(row)
    if not table.rows:
        table.issues.append(make_issue("empty-table", file=file))
    return table


def _read_rows(text: str, file: str) -> Iterator[tuple[int, list[str]]]:
    """Yield number and stripped cells of each row."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text, file), strict=True)
    number, line = 0, 0
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise _csv_error(file, line + 1, reader.line_num, error) from None
        number, line = number + 1, reader.line_num
        yield number, [cell.strip() for cell in cells]


def _delimiter(text: str, file: str) -> str:
    head = text[:10_000].split("\n")[:5]
    tabs, commas = (sum(line.count(sign) for line in head) for sign in "\t,")
    return "\t" if file.lower().endswith(".tsv") or tabs > commas else ","


def _csv_error(file: str, start: int, end: int, error: csv.Error) -> SourceError:
    if "unexpected end" in str(error):
        message = Message(
            f"{file} の {start} 行目から始まる値の引用符が閉じていません。",
            f"The quoted cell that starts in line {start} of {file} is never closed.",
        )
    else:
        message = Message(
            f"{file} の {end} 行目を CSV として読めません: {error}", f"Line {end} of {file} is not CSV: {error}"
        )
    hint = Message(
        '値の中の二重引用符は 2 つ重ねて書いてください（""）。', 'Write a double quote inside a cell twice ("").'
    )
    return SourceError(message, hint, Place(file, row=start))


def _find_header(
    lines: list[tuple[int, list[str]]], file: str, header_map: HeaderMap
) -> tuple[int, list[MappedColumn]]:
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
    lines: list[tuple[int, list[str]]],
    header_row: int,
    mapped: list[MappedColumn],
    file: str,
    header_map: HeaderMap,
) -> None:
    above = sum(1 for number, cells in lines if number < header_row and any(cells))
    if above:
        table.issues.append(make_issue("title-rows-skipped", file=file, row=header_row, count=above))
    table.issues += header_map.header_issues(lines[header_row - 1][1], mapped, file, header_row)


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

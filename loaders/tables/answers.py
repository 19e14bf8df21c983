"""Whether the rows of a file of a fixed format may be made public: a column that offices add to any list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from tsunagari.loaders.files import Grid
from tsunagari.loaders.tables.row import Row, row_spool
from tsunagari.loaders.tables.table import Table
from tsunagari.loaders.values import CellError, parse_boolean
from tsunagari.ontology.vocabulary import Vocabulary

PUBLISHABLE = "publishable"
_CLASS = "PlatformMembership"  # any class has the column
_HEADER_ROWS = 30


def add_answers(table: Table, grids: Sequence[Grid], columns: Mapping[str, str], vocabulary: Vocabulary) -> None:
    """Add to the rows of a table whether they may be made public, where their sheet has a column for it.

    Parameters
    ----------
    table
        Rows by their numbers in the file; those that say it already stay.
    grids
        The file.
    columns
        What the settings say of headers.
    vocabulary
        The ontology, which knows the headers.
    """
    for grid in grids:
        place = find_answers(grid, columns, vocabulary) if grid.sheet == table.sheet else None
        if place is None or PUBLISHABLE in table.headers:
            continue
        head, position, header = place
        said = {number: cells[position] for number, cells in grid.rows if number > head and position < len(cells)}
        table.headers[PUBLISHABLE] = header
        rows = row_spool()
        rows.extend(_answered(table, said))
        table.rows = rows
        told = [issue for issue in table.issues if issue.value == header and issue.row == head]
        for issue in told:
            table.issues.remove(issue)


def _answered(table: Table, said: Mapping[int, str]) -> Iterator[Row]:
    for row in table.rows:
        if said.get(row.number):
            row.cells = {**row.cells, PUBLISHABLE: said[row.number]}
        yield row


def find_answers(grid: Grid, columns: Mapping[str, str], vocabulary: Vocabulary) -> tuple[int, int, str] | None:
    """Return number of the header, place and text of the cell that heads such a column; None where there is none.

    Examples
    --------
    >>> from tsunagari.ontology.vocabulary import vocabulary
    >>> find_answers(Grid("a.csv", [(1, ["名称", "公開可否"]), (2, ["架空の会", "公開可"])]), {}, vocabulary())
    (1, 1, '公開可否')
    """
    for number, cells in grid.rows[:_HEADER_ROWS]:
        for position, text in enumerate(cells):
            column = vocabulary.header_to_column(_CLASS, text) if text else None
            is_one = columns.get(text) == PUBLISHABLE or (column is not None and column.name == PUBLISHABLE)
            if is_one and not _is_answer(text):
                return number, position, text
    return None


def _is_answer(text: str) -> bool:
    try:
        parse_boolean(text)
    except CellError:
        return False
    return True

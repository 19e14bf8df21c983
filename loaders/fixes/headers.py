"""Where the header of a grid stands when only the names of some of its columns are known."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from tsunagari.loaders.files import GridRow, Merge
from tsunagari.loaders.tables import MOST_HEADER_ROWS, shown_header, stack_texts
from tsunagari.ontology.spelling import fold_text

SEARCHED_ROWS = 60


def positions_at(rows: Mapping[int, list[str]], merges: Sequence[Merge], last: int) -> dict[str, int]:
    """Return header, folded, to position where the header ends in the row `last`, be it of one row or of several.

    Parameters
    ----------
    rows
        Number to cells.
    merges
        Merged cells of the sheet.
    last
        Number of the row.
    """
    positions: dict[str, int] = {}
    for depth in range(1, MOST_HEADER_ROWS + 1):
        block = [(row, rows[row]) for row in range(last - depth + 1, last + 1) if any(rows.get(row, ()))]
        for position, stack in enumerate(stack_texts(block, merges) if block else ()):
            positions.setdefault(fold_text(shown_header(stack)), position)
    return positions


def find_positions(
    rows: Sequence[GridRow], merges: Sequence[Merge], wanted: Collection[str], *, below: int = SEARCHED_ROWS
) -> tuple[int, dict[str, int]]:
    """Return the last row of the header, the one that names most of the columns `wanted`, and where each column is.

    Where no row names any, it is the one with most cells.

    Parameters
    ----------
    rows
        The first rows of a sheet.
    merges
        Its merged cells.
    wanted
        Headers, folded.
    below
        The header stands in this row or above it.

    Returns
    -------
    Row number, and header to position from 0.
    """
    cells = dict(rows[:SEARCHED_ROWS])
    best, most = 1, (-1, -1)
    found: dict[str, int] = {}
    for number, row in rows[:SEARCHED_ROWS]:
        if number > below:
            break
        positions = positions_at(cells, merges, number)
        score = (len(positions.keys() & wanted), sum(map(bool, row)))
        if score > most:
            best, most, found = number, score, positions
    return best, found

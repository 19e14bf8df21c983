"""One row of a table on its way to a record."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from tsunagari.loaders.files import BATCH, Spool

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


PackedRow: TypeAlias = tuple[int, dict[str, str], dict[str, str] | None, str | None]


def pack_row(row: Row) -> PackedRow:
    """Return a row as plain values."""
    return row.number, row.cells, row.party or None, row.prefecture


def unpack_row(packed: PackedRow) -> Row:
    """Return the row that was packed; rows without a party share one empty one, which nobody may change."""
    number, cells, party, prefecture = packed
    return Row(number, cells, party or _NOTHING, prefecture)


def row_spool(rows: Iterable[Row] = ()) -> Spool[Row]:
    """Return a list of rows that waits on disk when it gets long."""
    return Spool(rows, pack=pack_row, unpack=unpack_row)


def spooled_rows(rows: list[Row] | Spool[Row]) -> list[Row] | Spool[Row]:
    """Return the rows so that those of a long list wait on disk."""
    if isinstance(rows, Spool) or len(rows) < BATCH:
        return rows
    return row_spool(rows)

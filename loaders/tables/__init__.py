"""Grids to tables: header rows, columns, sections, rows."""

from __future__ import annotations

from tsunagari.loaders.tables.adjacency import TIES, is_adjacency, read_adjacency
from tsunagari.loaders.tables.answers import add_answers
from tsunagari.loaders.tables.filling import DITTO, Filler, RowSorter, is_note
from tsunagari.loaders.tables.header_rows import (
    MOST_HEADER_ROWS,
    SEARCHED_COLUMNS,
    SEARCHED_ROWS,
    Header,
    guess_header,
    stack_texts,
)
from tsunagari.loaders.tables.header_text import is_number, shown_header
from tsunagari.loaders.tables.headers import BODIES, CONTACTS, ROLES, HeaderMap, missing_columns
from tsunagari.loaders.tables.mapped_columns import MappedColumn
from tsunagari.loaders.tables.row import PackedRow, Row, pack_row, row_spool, spooled_rows, unpack_row
from tsunagari.loaders.tables.sections import find_notices
from tsunagari.loaders.tables.shares import hold_shares, is_share
from tsunagari.loaders.tables.survey import NO
from tsunagari.loaders.tables.table import Table, read_table
from tsunagari.loaders.tables.tidying import Tidier, tidy_rows

__all__ = [
    "BODIES",
    "CONTACTS",
    "DITTO",
    "MOST_HEADER_ROWS",
    "NO",
    "ROLES",
    "SEARCHED_COLUMNS",
    "SEARCHED_ROWS",
    "TIES",
    "Filler",
    "Header",
    "HeaderMap",
    "MappedColumn",
    "PackedRow",
    "Row",
    "RowSorter",
    "Table",
    "Tidier",
    "add_answers",
    "find_notices",
    "guess_header",
    "hold_shares",
    "is_adjacency",
    "is_note",
    "is_number",
    "is_share",
    "missing_columns",
    "pack_row",
    "read_adjacency",
    "read_table",
    "row_spool",
    "shown_header",
    "spooled_rows",
    "stack_texts",
    "tidy_rows",
    "unpack_row",
]

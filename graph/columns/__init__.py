"""The graph as arrays: codes, statements with their named graph, files and validity."""

from tsunagari.graph.columns.claims import PLANNED, PRESENT, counted
from tsunagari.graph.columns.column_files import COLUMNS, ColumnWriter, open_columns
from tsunagari.graph.columns.columns import Columns, columns_of
from tsunagari.graph.columns.terms import NONE, Codes, no_codes, rows_of
from tsunagari.graph.columns.validity import TIME_COLUMNS, Validity, iso_day, required_day, validity

__all__ = [
    "COLUMNS",
    "NONE",
    "PLANNED",
    "PRESENT",
    "TIME_COLUMNS",
    "Codes",
    "ColumnWriter",
    "Columns",
    "Validity",
    "columns_of",
    "counted",
    "iso_day",
    "no_codes",
    "open_columns",
    "required_day",
    "rows_of",
    "validity",
]

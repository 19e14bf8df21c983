"""The graph as arrays: codes, statements with their named graph, files and validity."""

from tsunagari.graph.columns.claims import PLANNED, PRESENT, counted
from tsunagari.graph.columns.column_files import fingerprint_of, open_columns, save_columns, sealed_files
from tsunagari.graph.columns.column_lines import expanded, lines, merged, quads, tables
from tsunagari.graph.columns.column_parts import ColumnBuilder, terms_of
from tsunagari.graph.columns.column_statements import Origin, Statements, Unsorted, arrange
from tsunagari.graph.columns.column_store import ColumnStore, MemoryStore, open_folder
from tsunagari.graph.columns.columns import Columns, columns_of
from tsunagari.graph.columns.remote_store import RemoteStore, cache_folder
from tsunagari.graph.columns.sparql_index import INDEX_FOLDER, SparqlIndex, Tell, index_fingerprint
from tsunagari.graph.columns.terms import NONE, Codes, no_codes, rows_of
from tsunagari.graph.columns.validity import TIME_COLUMNS, Validity, iso_day, required_day, validity

__all__ = [
    "INDEX_FOLDER",
    "NONE",
    "PLANNED",
    "PRESENT",
    "TIME_COLUMNS",
    "Codes",
    "ColumnBuilder",
    "ColumnStore",
    "Columns",
    "MemoryStore",
    "Origin",
    "RemoteStore",
    "SparqlIndex",
    "Statements",
    "Tell",
    "Unsorted",
    "Validity",
    "arrange",
    "cache_folder",
    "columns_of",
    "counted",
    "expanded",
    "fingerprint_of",
    "index_fingerprint",
    "iso_day",
    "lines",
    "merged",
    "no_codes",
    "open_columns",
    "open_folder",
    "quads",
    "required_day",
    "rows_of",
    "save_columns",
    "sealed_files",
    "tables",
    "terms_of",
    "validity",
]

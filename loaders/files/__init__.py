"""Bytes of files to cells: formats, encodings, archives, limits, in a process of their own."""

from __future__ import annotations

from tsunagari.loaders.files.apart import ApartError, Limits, limits_for, read_apart, run_apart, unparsed
from tsunagari.loaders.files.apart_worker import load_module
from tsunagari.loaders.files.archives import (
    TABLE_ENDINGS,
    ZIP_MAGIC,
    damaged_error,
    entry_name,
    is_bomb,
    is_named,
    locked_error,
    open_zip,
    tables_inside,
    unpack,
    workbook_format,
)
from tsunagari.loaders.files.decode import BOMS, decode, read_bytes, read_text, sha256_if_read, sha256_of, size_of
from tsunagari.loaders.files.garbled import is_garbled
from tsunagari.loaders.files.grid import Grid, GridRow, Merge
from tsunagari.loaders.files.grids import BOUNDARY_ENDINGS, FileContent, column_letters, csv_rows, read_grids
from tsunagari.loaders.files.memory import collector_paused
from tsunagari.loaders.files.notation import parse_json, parse_toml
from tsunagari.loaders.files.spool import BATCH, Spool, spooled
from tsunagari.loaders.files.visible_rows import drop_unseen_rows

__all__ = [
    "BATCH",
    "BOMS",
    "BOUNDARY_ENDINGS",
    "TABLE_ENDINGS",
    "ZIP_MAGIC",
    "ApartError",
    "FileContent",
    "Grid",
    "GridRow",
    "Limits",
    "Merge",
    "Spool",
    "collector_paused",
    "column_letters",
    "csv_rows",
    "damaged_error",
    "decode",
    "drop_unseen_rows",
    "entry_name",
    "is_bomb",
    "is_garbled",
    "is_named",
    "limits_for",
    "load_module",
    "locked_error",
    "open_zip",
    "parse_json",
    "parse_toml",
    "read_apart",
    "read_bytes",
    "read_grids",
    "read_text",
    "run_apart",
    "sha256_if_read",
    "sha256_of",
    "size_of",
    "spooled",
    "tables_inside",
    "unpack",
    "unparsed",
    "workbook_format",
]

"""Tables as CSV, as CSV with the tags of the Humanitarian Exchange Language, and as Parquet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from tsunagari.graph.change import statements_at
from tsunagari.graph.columns import expanded, quads
from tsunagari.graph.export.options import Options
from tsunagari.graph.facts import Reader
from tsunagari.graph.tables import frame
from tsunagari.graph.wording import hxl_tags, mark_of
from tsunagari.spreadsheets import guarded

TABLES = ("organizations", "platforms", "memberships", "services", "ties", "areas", "needs")


def csv_tables(reader: Reader, options: Options) -> Mapping[str, bytes]:
    """Write each table as CSV; lists are joined as people read them, see `tsunagari.graph.wording.joined`."""
    return {f"{name}.csv": _table(reader, name, options) for name in TABLES}


def hxl_tables(reader: Reader, options: Options) -> Mapping[str, bytes]:
    """Write each table as CSV with a row of HXL tags below the headings; lists are joined by ``|``."""
    return {f"{name}.csv": _table(reader, name, options, tags=hxl_tags(name), mark="|") for name in TABLES}


def parquet_tables(reader: Reader, options: Options) -> Mapping[str, bytes]:
    """Write each table as Parquet; lists stay lists."""
    from tsunagari.graph.tables import to_parquet

    return {f"{name}.parquet": to_parquet(frame(reader, name, at=options.at, lang=options.lang)) for name in TABLES}


def neo4j_files(reader: Reader, options: Options) -> Mapping[str, bytes]:
    """Write the property graph of `tsunagari.graph.neo4j` for the bulk importer."""
    from tsunagari.graph.neo4j import bulk_files  # the driver beside it is heavy

    said = expanded(statements_at(reader, options.at))
    return bulk_files(reader, quads(said), lang=options.lang)


def _table(
    reader: Reader, name: str, options: Options, *, tags: Mapping[str, str] | None = None, mark: str = ""
) -> bytes:
    table = frame(reader, name, at=options.at, lang=options.lang)
    heads = [list(table.columns)] + ([[tags[column] for column in table.columns]] if tags else [])
    marks = [mark or mark_of(column) for column in table.columns]
    rows = table.itertuples(index=False, name=None)
    texts = ([cell_text(value, between) for value, between in zip(row, marks, strict=True)] for row in rows)
    return csv_bytes(heads, texts, excel=options.excel)


def csv_bytes(heads: Sequence[Sequence[str]], rows: Iterable[Sequence[str]], *, excel: bool = False) -> bytes:
    """Return CSV in UTF-8 with every text kept from being a formula; for Excel with a byte order mark."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n" if excel else "\n")
    writer.writerows(heads)
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    return buffer.getvalue().encode("utf-8-sig" if excel else "utf-8")


def cell_text(value: Any, mark: str = "、") -> str:
    """Return a value as text of a cell: nothing for what is missing, lists joined by `mark`."""
    if isinstance(value, list):
        return mark.join(map(str, value))
    if value is None or pd.isna(value):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:g}" if isinstance(value, float) else str(value)

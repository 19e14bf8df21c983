"""Tables of the graph: frames, summary and Parquet files."""

from tsunagari.graph.tables.frame_tables import platforms_of
from tsunagari.graph.tables.frames import frame
from tsunagari.graph.tables.parquet import to_parquet
from tsunagari.graph.tables.summary import ISSUE_COLUMNS, source_counts, sources, status_counts, summary

__all__ = [
    "ISSUE_COLUMNS",
    "frame",
    "platforms_of",
    "source_counts",
    "sources",
    "status_counts",
    "summary",
    "to_parquet",
]

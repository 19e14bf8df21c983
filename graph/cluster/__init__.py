"""The graph beyond one machine: partitioned tables, and one SQL text over them for DuckDB and Spark."""

from tsunagari.graph.cluster.engine import ENGINES
from tsunagari.graph.cluster.layout import layout_tables, layout_version
from tsunagari.graph.cluster.standing import DIVISIONS, ON_ONE_MACHINE, TABLE_NETWORKS
from tsunagari.graph.cluster.table_graph import TableGraph, open_tables
from tsunagari.graph.cluster.writing import PARTITIONS, write_tables

__all__ = [
    "DIVISIONS",
    "ENGINES",
    "ON_ONE_MACHINE",
    "PARTITIONS",
    "TABLE_NETWORKS",
    "TableGraph",
    "layout_tables",
    "layout_version",
    "open_tables",
    "write_tables",
]

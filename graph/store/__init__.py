"""Where quads are kept: a folder, memory or an endpoint, and files that are replaced whole or not at all."""

from tsunagari.atomic_files import cannot_write, sync_folder, write_files, write_output
from tsunagari.graph.store.access import PASSWORD_VARIABLE, PATIENCE, Access, access_of
from tsunagari.graph.store.endpoint import EndpointStore
from tsunagari.graph.store.graph_store import GraphStore
from tsunagari.graph.store.replacement import (
    COLUMNS,
    PREVIOUS,
    current_graph,
    is_locked,
    lock,
    replacement,
)
from tsunagari.graph.store.store import MEMORY, Answer, Index, Store, select

__all__ = [
    "COLUMNS",
    "MEMORY",
    "PASSWORD_VARIABLE",
    "PATIENCE",
    "PREVIOUS",
    "Access",
    "Answer",
    "EndpointStore",
    "GraphStore",
    "Index",
    "Store",
    "access_of",
    "cannot_write",
    "current_graph",
    "is_locked",
    "lock",
    "replacement",
    "select",
    "sync_folder",
    "write_files",
    "write_output",
]

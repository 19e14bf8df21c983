"""Where quads are kept: a folder, memory or an endpoint, and files that are replaced whole or not at all."""

from tsunagari.atomic_files import cannot_write, sync_folder, write_files, write_output
from tsunagari.graph.store.endpoint import EndpointStore
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
    "PREVIOUS",
    "Answer",
    "EndpointStore",
    "Index",
    "Store",
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

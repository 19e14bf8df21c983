"""Where quads are kept: a folder, memory or an endpoint, and files that are replaced whole or not at all."""

from tsunagari.graph.store.bulk import BulkLoader
from tsunagari.graph.store.output import cannot_write, write_output
from tsunagari.graph.store.replacement import PREVIOUS, STORE, current_graph, replacement
from tsunagari.graph.store.store import MEMORY, EmbeddedStore, EndpointStore, MemoryStore, Store, select

__all__ = [
    "MEMORY",
    "PREVIOUS",
    "STORE",
    "BulkLoader",
    "EmbeddedStore",
    "EndpointStore",
    "MemoryStore",
    "Store",
    "cannot_write",
    "current_graph",
    "replacement",
    "select",
    "write_output",
]

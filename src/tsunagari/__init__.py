"""Tsunagari: the stakeholder networks around public-private platforms against loneliness and isolation, as a graph.

>>> import tsunagari as tsu
>>> kg = tsu.open(workspace)
>>> kg.gaps().columns[:6].tolist()
['area', 'area_code', 'prefecture', 'field', 'field_id', 'status']

Everything heavy is imported when it is first used, so that the command line answers at once.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from tsunagari.errors import (
    AmbiguousNameError,
    NetworkError,
    OutputError,
    QueryError,
    ScenarioError,
    SourceError,
    StoreError,
    TsunagariError,
    UnknownNameError,
    WorkspaceError,
)

if TYPE_CHECKING:
    from tsunagari.graph.cluster import TableGraph, open_tables
    from tsunagari.graph.knowledge import KnowledgeGraph, build, open

    __version__: str

_LAZY = {
    "build": ("tsunagari.graph.knowledge.build", "build"),
    "open": ("tsunagari.graph.knowledge.build", "open_graph"),
    "KnowledgeGraph": ("tsunagari.graph.knowledge.knowledge", "KnowledgeGraph"),
    "open_tables": ("tsunagari.graph.cluster.table_graph", "open_tables"),
    "TableGraph": ("tsunagari.graph.cluster.table_graph", "TableGraph"),
}

__all__ = [
    "AmbiguousNameError",
    "KnowledgeGraph",
    "NetworkError",
    "OutputError",
    "QueryError",
    "ScenarioError",
    "SourceError",
    "StoreError",
    "TableGraph",
    "TsunagariError",
    "UnknownNameError",
    "WorkspaceError",
    "__version__",
    "build",
    "open",
    "open_tables",
]


def __getattr__(name: str) -> Any:
    if name == "__version__":
        value: Any = import_module("importlib.metadata").version("tsunagari")
    elif name in _LAZY:
        module, attribute = _LAZY[name]
        value = getattr(import_module(module), attribute)
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})

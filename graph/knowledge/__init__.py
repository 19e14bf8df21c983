"""The knowledge graph as users have it: build, open, and one object for every table and finding."""

from tsunagari.graph.knowledge.build import build, open_database, open_previous
from tsunagari.graph.knowledge.build import open_graph as open
from tsunagari.graph.knowledge.integrity import integrity
from tsunagari.graph.knowledge.knowledge import KnowledgeGraph

__all__ = [
    "KnowledgeGraph",
    "build",
    "integrity",
    "open",
    "open_database",
    "open_previous",
]

"""Opening the graph that a command works on."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tsunagari.cli.options import Settings
    from tsunagari.graph.knowledge import KnowledgeGraph


def open_graph(settings: Settings) -> KnowledgeGraph:
    """Open the graph of the workspace the settings name.

    Raises
    ------
    TsunagariError
        There is no workspace, or it has not been built yet; the hint says how.
    """
    import tsunagari

    return tsunagari.open(settings.workspace)

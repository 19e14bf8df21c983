"""Opening the graph that a command works on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tsunagari.cli.terminal import say

if TYPE_CHECKING:
    from tsunagari.cli.options import Settings
    from tsunagari.graph.knowledge import KnowledgeGraph


def open_graph(settings: Settings) -> KnowledgeGraph:
    """Open the graph of the workspace the settings name; say so when its files have changed since it was built.

    With ``--stated-by`` it is the part that was known on that day.

    Raises
    ------
    TsunagariError
        There is no workspace, or it has not been built yet; the hint says how.
    """
    import tsunagari

    graph = tsunagari.open(settings.workspace)
    if graph.stale:
        from tsunagari.graph.load_report import changed_text

        say(changed_text(graph.stale), settings)
    return graph if settings.stated_by is None else graph.stated_by(settings.stated_by)

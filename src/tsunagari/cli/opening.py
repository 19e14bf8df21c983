"""Opening the graph that a command works on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tsunagari.cli.terminal import say
from tsunagari.errors import Message

if TYPE_CHECKING:
    from tsunagari.cli.options import Settings
    from tsunagari.graph.knowledge import KnowledgeGraph


def open_graph(settings: Settings) -> KnowledgeGraph:
    """Open the graph of the workspace the settings name; say so when its files have changed since it was built.

    With ``--stated-by`` it is the part that was known on that day, with ``--public`` the part that may be shown to all.

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
    if settings.stated_by is not None:
        graph = graph.stated_by(settings.stated_by)
    return _public_part(graph, settings) if settings.public else graph


def _public_part(graph: KnowledgeGraph, settings: Settings) -> KnowledgeGraph:
    public = graph.public()
    count = len(graph.memberships) - len(public.memberships)
    said = Message(
        f"公開しない会員 {count:,} 件を除きました。", f"{count:,} memberships that are not publishable were left out."
    )
    say(said, settings)
    return public

"""Opening the graph that a command works on."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import tsunagari
from tsunagari.cli.shell.manifest import say_removed, write_manifest
from tsunagari.cli.shell.terminal import later_progress, say
from tsunagari.errors import Message, SourceError

if TYPE_CHECKING:
    from tsunagari.cli.shell.options import Settings
    from tsunagari.graph.knowledge import KnowledgeGraph

PASSWORDS = {"http": "TSUNAGARI_PASSWORD", "neo4j": "NEO4J_PASSWORD"}


CHANGED = Message(
    "グラフを作った後に変わったファイルがあります。`tsunagari build` で作り直してください。",
    "Files changed after the graph was built. Build it again with `tsunagari build`.",
)
"""Said for the public, which does not learn the names of the files."""


def open_graph(settings: Settings) -> KnowledgeGraph:
    """Open the graph of the workspace the settings name; say so when its files have changed since it was built.

    With ``--stated-by`` it is the part that was known on that day, with ``--public`` the part that may be shown to all,
    and with ``--area``, ``--field`` and ``--status`` the graph about these.

    Raises
    ------
    TsunagariError
        There is no workspace, or it has not been built yet; the hint says how.
    """
    graph = tsunagari.open(
        settings.workspace, **server_options(settings), progress=later_progress(settings), lang=settings.lang
    )
    if graph.stale:
        from tsunagari.graph.facts import changed_text

        say(CHANGED if settings.public else changed_text(graph.stale), settings)
        if not settings.public:
            _say_odd(graph, settings)
    part = part_asked(graph, settings)
    asked = settings.at is not None or settings.stated_by is not None
    if asked and graph.workspace is not None:  # a remote graph would have to be read as a whole
        _say_too_early(graph.public() if settings.public else graph, settings)
    return part


def _say_odd(graph: KnowledgeGraph, settings: Settings) -> None:
    """Name the files of a workspace in whose place a pipe, a device or the like stands by now."""
    from tsunagari.loaders.files import size_of

    for name in graph.stale:
        try:
            size_of(Path(graph.workspace or "", name), name)
        except SourceError as error:
            say(error.message, settings)
        except OSError:
            continue  # gone, which is a change like others


def server_options(settings: Settings) -> dict[str, Any]:
    """Return what `tsunagari.open` is told of a server; a password that the environment lacks is asked for."""
    if "://" not in settings.workspace:
        return {}
    found: dict[str, Any] = {"user": settings.user, "ca": settings.ca}
    if settings.patience is not None:
        found["timeout"] = settings.patience
    variable = PASSWORDS["http" if settings.workspace.startswith("http") else "neo4j"]
    if settings.user is not None and variable not in os.environ:
        found["password"] = asked_password(settings.user, settings)
    return found


def asked_password(user: str, settings: Settings) -> str | None:
    """Return what somebody at a terminal types as password of a user; None where nobody can be asked."""
    if not sys.stdin.isatty():
        return None
    asked = Message(f"{user} のパスワード", f"Password of {user}").text(settings.lang)
    return str(click.prompt(asked, hide_input=True, default="", show_default=False, err=True)) or None


def part_asked(graph: KnowledgeGraph, settings: Settings) -> KnowledgeGraph:
    """Return the part of a graph that the settings ask for: the day of knowledge, the reader, what it is about."""
    if settings.stated_by is not None:
        graph = graph.stated_by(settings.stated_by)
    if settings.public:
        graph = _public_part(graph, settings)
    return graph.about(settings.areas, settings.fields, settings.statuses, at=settings.at)


def _say_too_early(graph: KnowledgeGraph, settings: Settings) -> None:
    """Say what an answer rests on when the day asked for lies before everything that the graph has a date for."""
    at, stated_by = (str(day) if day else None for day in (settings.at, settings.stated_by))
    if at is not None and (first := graph.first_day) is not None and at < first:
        said = Message(
            f"{at} はどの記載の日付よりも前です（最も早い日付は {first}）。いつからか分からない記載だけで答えます。",
            f"{at} is before every date in the graph, of which the first is {first}. "
            "The answer rests only on statements that do not say since when.",
        )
        say(said, settings)
    if stated_by is not None and ((known := graph.first_source_day) is None or stated_by < known):
        ja, en = (f"（最も早い資料は {known}）", f"; the first is of {known}") if known else ("", "")
        said = Message(
            f"{stated_by} までに出たと分かる資料はありません{ja}。日付のない資料だけで答えます。",
            f"No source is known to be of {stated_by} or before{en}. The answer rests only on sources without a date.",
        )
        say(said, settings)


def _public_part(graph: KnowledgeGraph, settings: Settings) -> KnowledgeGraph:
    """Return the public edition; when the command has written its file, the manifest is written beside it."""
    public = graph.public()
    say_removed(public, settings)
    click.get_current_context().call_on_close(lambda: write_manifest(public, settings))
    return public

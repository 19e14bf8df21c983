"""Building as several commands do it: with progress, or reading without writing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

import tsunagari
from tsunagari.cli.issues.issue_reports import (
    Findings,
    findings_of_load,
)
from tsunagari.cli.shell.options import Settings
from tsunagari.cli.shell.terminal import progress_bar, say
from tsunagari.errors import Message

if TYPE_CHECKING:
    from tsunagari.graph.knowledge import KnowledgeGraph
    from tsunagari.loaders.fixes import Fixes
    from tsunagari.loaders.identity import Sink
    from tsunagari.loaders.session import Load
    from tsunagari.ontology.records import Record
    from tsunagari.ontology.vocabulary import Vocabulary

OLD_GRAPH_INTACT = Message(
    "中断しました。前に作ったグラフはそのまま残っています。",
    "Interrupted. The graph built before is untouched.",
)


def build_graph(
    ctx: click.Context,
    chosen: Settings,
    *,
    inferred: bool = True,
    keep_previous: bool = False,
    index: bool = False,
    fresh: bool = False,
) -> KnowledgeGraph:
    """Build the workspace with a progress bar; Ctrl-C ends the program with 130 and a word about the old graph."""
    try:
        with progress_bar(chosen) as progress:
            return tsunagari.build(
                chosen.workspace,
                inferred=inferred,
                keep_previous=keep_previous,
                index=index,
                fresh=fresh,
                progress=progress,
                tell_unchanged=lambda found, of: _say_unchanged(found, of, chosen),
                lang=chosen.lang,
            )
    except KeyboardInterrupt:
        say(OLD_GRAPH_INTACT)
        ctx.exit(130)


def _say_unchanged(found: int, of: int, chosen: Settings) -> None:
    """Say how many lists are as the last build read them; nothing where none is."""
    if found:
        text = Message(
            f"{of} 件の一覧のうち {found} 件は前から変わっていません。", f"Unchanged: {found} of {of} lists."
        )
        say(text, chosen)


def read_lists(
    chosen: Settings, *, inferred: bool = True, sink: Sink | None = None, fixes: Fixes | None = None
) -> Load:
    """Read the lists of the workspace with a progress bar; nothing is written (see `load_workspace`)."""
    from tsunagari.loaders.session import load_workspace

    folder, lang = Path(chosen.workspace), chosen.lang
    with progress_bar(chosen) as progress:
        return load_workspace(folder, lang=lang, progress=progress, inferred=inferred, sink=sink, fixes=fixes)


def forget(record: Record, vocabulary: Vocabulary) -> None:
    """Take a record and keep nothing: a sink for those who want only what was found while rows were read."""


def read_only(chosen: Settings, *, inferred: bool) -> Findings:
    """Read the workspace without building and return what was found."""
    load = read_lists(chosen, inferred=inferred)
    say(
        Message(
            f"{len(load.records):,} 件を読みました（グラフは作っていません）。",
            f"{len(load.records):,} records read; nothing built.",
        ),
        chosen,
    )
    return findings_of_load(load, chosen.lang)


def say_summary(graph: KnowledgeGraph, chosen: Settings, *, err: bool = True) -> None:
    """Say how many of what the graph holds."""
    rows = graph.summary(lang=chosen.lang)[["what", "count"]].itertuples(index=False, name=None)
    counts = ("、" if chosen.lang == "ja" else ", ").join(f"{what} {count:,}" for what, count in rows)
    say(Message(f"{graph.title}: {counts}", f"{graph.title}: {counts}"), chosen, err=err)

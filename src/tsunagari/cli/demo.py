"""``demo``: the whole way from lists to map and report, on the bundled data."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tsunagari.cli.bundled import copy_bundled
from tsunagari.cli.issue_reports import ISSUE_COLUMNS, readable_issues
from tsunagari.cli.localized import LocalizedArgument, command
from tsunagari.cli.options import Settings, settings, shared_options
from tsunagari.cli.output import folder_path
from tsunagari.cli.tables import cell_text, show_frame
from tsunagari.cli.terminal import say, terminal_width
from tsunagari.cli.workspaces import build_graph
from tsunagari.errors import Message
from tsunagari.viz.gap_status import GAP_STATUSES

if TYPE_CHECKING:
    import pandas as pd

    from tsunagari.graph.knowledge import KnowledgeGraph

DATASET = "platforms"
SHOWN_GAPS, SHOWN_BROKERS, SHOWN_ISSUES, SHOWN_SOURCES = 10, 5, 10, 10
COUNTED = ("what", "status", "source", "count")


@command(
    "demo",
    details=Message(
        "同梱の作業フォルダーを DIR（省略すると OUT/workspace）に写し、グラフを作り、読み込みの報告・まとめ・"
        "深刻な空白・橋渡し団体を示し、OUT に map.html、report.xlsx、graph.ttl を書きます。"
        "OUT は -o で選びます（省略すると out）。\n\n"
        "何度でも実行できます。あなたが直したファイルは上書きしません。",
        "Copies the bundled workspace to DIR (default: OUT/workspace), builds it, shows the load report, a summary, "
        "the most serious gaps and the first brokers, and writes map.html, report.xlsx and graph.ttl to OUT, which -o "
        "chooses (default: out).\n\n"
        "It can be run again; files you have edited are kept.",
    ),
)
@click.argument("folder", cls=LocalizedArgument, metavar="[DIR]", required=False)
@shared_options("output")
@click.pass_context
def demo_command(ctx: click.Context, folder: str | None) -> None:
    """Copy, build, show, write."""
    chosen = settings()
    began = time.monotonic()
    out = folder_path(chosen.output or "out")
    workspace = Path(folder) if folder else out / "workspace"
    kept = copy_bundled(DATASET, workspace)
    for path in kept:
        say(Message(f"直してあるのでそのまま使います: {path}", f"Kept, because it was edited: {path}"), chosen)
    chosen = chosen.for_workspace(workspace)
    graph = build_graph(ctx, chosen)
    day = graph.as_of
    _title(chosen, Message(f"■ {graph.title}（{day} 時点）", f"■ {graph.title} (as of {day})"))
    show_load_report(graph.issue_table(chosen.lang), chosen)
    show_summary(graph, chosen)
    show_sentences(graph, chosen)
    write_files(graph, out, chosen)
    seconds = time.monotonic() - began
    say(Message(f"{seconds:.1f} 秒でできました。", f"Done in {seconds:.1f} s."), chosen)
    say(
        Message(
            f"次は: tsunagari ask -w {workspace} で質問の一覧、tsunagari init で自分の一覧表の作業フォルダー。",
            f"Next: tsunagari ask -w {workspace} lists the questions; tsunagari init starts your own workspace.",
        ),
        chosen,
    )


def _title(chosen: Settings, title: Message) -> None:
    say("", chosen, err=False)
    say(title, chosen, err=False)


def show_load_report(issues: pd.DataFrame, chosen: Settings) -> None:
    """Show how many issues of which severity the load found, and the first of them."""
    _title(chosen, Message(f"● 読み込みの報告: {len(issues):,} 件", f"● Load report: {len(issues):,} issues"))
    if len(issues) and not chosen.quiet:
        shown = readable_issues(issues.head(SHOWN_ISSUES), chosen.on_screen())
        show_frame(shown, chosen.on_screen(), columns=ISSUE_COLUMNS, width=terminal_width() or 100)
        _say_rest(len(issues) - SHOWN_ISSUES, chosen)


def show_summary(graph: KnowledgeGraph, chosen: Settings) -> None:
    """Show how many of what, by status and by source."""
    sources = graph.source_counts(lang=chosen.lang)
    tables = (
        (Message("● 何がいくつあるか", "● How many of what"), graph.summary(lang=chosen.lang)),
        (Message("● 記載の状態ごと", "● By status of the claim"), graph.status_counts(lang=chosen.lang)),
        (Message("● 資料ごと", "● By source"), sources.head(SHOWN_SOURCES)),
    )
    for title, frame in tables:
        _title(chosen, title)
        if not chosen.quiet:
            show_frame(frame, chosen.on_screen(), columns=COUNTED, width=terminal_width() or 100)
    _say_rest(len(sources) - SHOWN_SOURCES, chosen)


def _say_rest(rest: int, chosen: Settings) -> None:
    if rest > 0:
        more = Message(f"ほかに {rest:,} 件（report.xlsx にすべて）", f"{rest:,} more (all in report.xlsx)")
        say(more, chosen, err=False)


def show_sentences(graph: KnowledgeGraph, chosen: Settings) -> None:
    """Say how far support reaches, the most serious gaps and the first brokers, one plain sentence each."""
    gaps = graph.gaps(lang=chosen.lang)
    _title(chosen, Message(f"● 市区町村×分野 {len(gaps):,} 通りの状況", f"● {len(gaps):,} municipality × field cells"))
    counts = gaps["status"].value_counts()
    for key, status in GAP_STATUSES.items():
        number = int(counts.get(key, 0))
        words = Message(f"{status.label.ja} {number:,}", f"{status.label.en} {number:,}")
        say(words, chosen, err=False, mark=f"{status.symbol} ")
    _numbered(chosen, Message("● 深刻な空白", "● Most serious gaps"), gaps.head(SHOWN_GAPS))
    settle = next((text for text in gaps["settle"].head(SHOWN_GAPS) if text), None)
    if settle:
        hint = Message(f"確かめられる一覧の例: {settle}", f"What would settle the first unknown: {settle}")
        say(hint, chosen, err=False, mark="→ ")
    brokers = graph.brokers(lang=chosen.lang)
    first = brokers[brokers["brokerage"] > 0].head(SHOWN_BROKERS)
    _numbered(chosen, Message("● つないでいる団体", "● Who holds the network together"), first)


def _numbered(chosen: Settings, title: Message, frame: pd.DataFrame) -> None:
    _title(chosen, title)
    for number, sentence in enumerate(frame["sentence"], start=1):
        say(cell_text(sentence, chosen.lang), chosen, err=False, mark=f"{number:2}. ")


def write_files(graph: KnowledgeGraph, out: Path, chosen: Settings) -> None:
    """Write map, report and graph and print where they are."""
    from tsunagari.viz.map import write_map
    from tsunagari.viz.workbook import write_report

    _title(chosen, Message("● 書き出したファイル", "● Files written"))
    for path in (
        write_map(graph, out / "map.html", lang=chosen.lang),
        write_report(graph, out / "report.xlsx", lang=chosen.lang),
        graph.export("turtle", out / "graph.ttl"),
    ):
        click.echo(path)

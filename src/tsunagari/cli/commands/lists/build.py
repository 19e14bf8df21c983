"""``build``."""

from __future__ import annotations

import click

from tsunagari.cli.issues.building import build_graph, read_only, say_summary
from tsunagari.cli.issues.issue_reports import (
    failures_in,
    findings_of_graph,
    show_findings,
)
from tsunagari.cli.shell.localized import command, option
from tsunagari.cli.shell.options import settings, shared_options
from tsunagari.cli.shell.terminal import say
from tsunagari.errors import Message

NEXT_IS_CHECK = Message(
    "一覧どうしの食い違いや循環は `tsunagari check` で調べます。",
    "`tsunagari check` also looks for contradictions and circles across the lists.",
)


@command(
    "build",
    details=Message(
        "分からなかった行は読み込みの報告に場所と直し方を付けて示し、残りは読み込みます。"
        "グラフは作業フォルダーの .tsunagari/ に置き、出来上がってから前のものと入れ替えます。",
        "Rows that were not understood are reported with their place and what to do; the rest is loaded. "
        "The graph goes to .tsunagari/ in the workspace and replaces the old one only when it is whole.",
    ),
)
@shared_options("workspace", "strict", "layout", "output")
@option(
    "--no-inferred",
    "inferred",
    flag_value=False,
    default=True,
    text=Message("規則から推定した参加などを加えない。", "Leave out what rules infer, such as memberships."),
)
@option(
    "--dry-run",
    is_flag=True,
    text=Message("読み込んで報告するだけで、グラフは作らない。", "Only read and report; build nothing."),
)
@option(
    "--keep-previous",
    is_flag=True,
    text=Message(
        "前のグラフを残す（tsunagari diff --previous で比べる）。",
        "Keep the graph that is replaced, to compare with: tsunagari diff --previous.",
    ),
)
@option(
    "--index",
    is_flag=True,
    text=Message(
        "SPARQL の索引もすぐに作る（省くと最初の query・ask のときに作る）。",
        "Make the index for SPARQL at once, not when query or ask first needs it.",
    ),
)
@option(
    "--fresh",
    is_flag=True,
    text=Message(
        "変わっていない一覧もすべて読み直す（結果は同じ）。",
        "Read every list anew, the unchanged ones too; the graph is the same.",
    ),
)
@click.pass_context
def build_command(
    ctx: click.Context, inferred: bool, dry_run: bool, keep_previous: bool, index: bool, fresh: bool
) -> None:
    """Build, then report what the load found."""
    chosen = settings()
    if dry_run:
        found = read_only(chosen, inferred=inferred)
    else:
        graph = build_graph(ctx, chosen, inferred=inferred, keep_previous=keep_previous, index=index, fresh=fresh)
        found = findings_of_graph(graph, graph.issue_table(chosen.lang))
        say_summary(graph, chosen)
    show_findings(found, chosen)
    if not dry_run:
        say(NEXT_IS_CHECK, chosen)
    if chosen.strict and failures_in(found.issues, strict=True):
        ctx.exit(1)

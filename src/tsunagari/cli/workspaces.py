"""``init``, ``build`` and ``check``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tsunagari.cli.issue_reports import (
    Findings,
    all_findings,
    failures_in,
    findings_of_graph,
    findings_of_load,
    show_findings,
)
from tsunagari.cli.localized import LocalizedArgument, command, option
from tsunagari.cli.opening import open_graph
from tsunagari.cli.options import Settings, settings, shared_options
from tsunagari.cli.terminal import progress_bar, say
from tsunagari.errors import Message

if TYPE_CHECKING:
    from tsunagari.graph.knowledge import KnowledgeGraph

OLD_GRAPH_INTACT = Message(
    "中断しました。前に作ったグラフはそのまま残っています。",
    "Interrupted. The graph built before is untouched.",
)

NEXT_IS_CHECK = Message(
    "一覧どうしの食い違いや循環は `tsunagari check` で調べます。",
    "`tsunagari check` also looks for contradictions and circles across the lists.",
)


@command(
    "init",
    details=Message(
        "DIR に tsunagari.toml と、選択肢・記入例・記入のしかたの付いた Excel を書きます。そのまま build できます。"
        "今あるファイルは上書きしません。",
        "Writes tsunagari.toml and an Excel workbook with drop-downs, examples and instructions to DIR; it builds as "
        "it is. Files that are there already are not overwritten.",
    ),
)
@click.argument("folder", cls=LocalizedArgument, metavar="DIR", default=".")
@shared_options()
@option(
    "--csv",
    "as_csv",
    is_flag=True,
    text=Message("Excel の代わりに CSV を書く。", "Write CSV files instead of a workbook."),
)
def init_command(folder: str, as_csv: bool) -> None:
    """Write a starter workspace."""
    from tsunagari.loaders.workspace.workspace import init_workspace
    from tsunagari.viz.starter_workbook import starter_workbook

    chosen = settings()
    for path in init_workspace(Path(folder), workbook=None if as_csv else starter_workbook()):
        click.echo(path)
    say(Message(f"次は: tsunagari build -w {folder}", f"Next: tsunagari build -w {folder}"), chosen)


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
@click.pass_context
def build_command(ctx: click.Context, inferred: bool, dry_run: bool, keep_previous: bool) -> None:
    """Build, then report what the load found."""
    chosen = settings()
    if dry_run:
        found = read_only(chosen, inferred=inferred)
    else:
        graph = build_graph(ctx, chosen, inferred=inferred, keep_previous=keep_previous)
        found = findings_of_graph(graph, graph.issue_table(chosen.lang))
        say_summary(graph, chosen)
    show_findings(found, chosen)
    if not dry_run:
        say(NEXT_IS_CHECK, chosen)
    if chosen.strict and failures_in(found.issues, strict=True):
        ctx.exit(1)


@command(
    "check",
    details=Message(
        "誤りが 1 つでもあれば終了コード 1 で終わります（--strict では警告でも）。"
        "--format xlsx は、自分の表のどこをどう直すかが分かる Excel を書きます（省略すると作業フォルダーの out/ に）。",
        "Exits with 1 when there is an error (with --strict, also a warning). --format xlsx writes your own tables as "
        "Excel, marked with what to correct (without -o to out/ in the workspace).",
    ),
)
@shared_options("workspace", "strict", "layout", "output")
@option(
    "--shapes",
    is_flag=True,
    text=Message(
        "SHACL の形の検査も行う（pyshacl が必要、遅い）。", "Also validate the SHACL shapes (needs pyshacl; slow)."
    ),
)
@click.pass_context
def check_command(ctx: click.Context, shapes: bool) -> None:
    """Open, check, show."""
    chosen = settings()
    graph = open_graph(chosen)
    issues = all_findings(graph.issue_table(chosen.lang), graph.check(shapes=shapes, lang=chosen.lang))
    show_findings(findings_of_graph(graph, issues), chosen)
    if failures_in(issues, strict=chosen.strict):
        ctx.exit(1)


def build_graph(
    ctx: click.Context, chosen: Settings, *, inferred: bool = True, keep_previous: bool = False
) -> KnowledgeGraph:
    """Build the workspace with a progress bar; Ctrl-C ends the program with 130 and a word about the old graph."""
    import tsunagari

    try:
        with progress_bar(chosen) as progress:
            return tsunagari.build(
                chosen.workspace,
                inferred=inferred,
                keep_previous=keep_previous,
                progress=progress,
                lang=chosen.lang,
            )
    except KeyboardInterrupt:
        say(OLD_GRAPH_INTACT)
        ctx.exit(130)


def read_only(chosen: Settings, *, inferred: bool) -> Findings:
    """Read the workspace without building and return what was found."""
    from tsunagari.loaders.workspace.workspace import load_workspace

    with progress_bar(chosen) as progress:
        load = load_workspace(Path(chosen.workspace), lang=chosen.lang, progress=progress, inferred=inferred)
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

"""``check``."""

from __future__ import annotations

import click

from tsunagari.cli.issues.issue_reports import (
    all_findings,
    failures_in,
    findings_of_graph,
    show_findings,
)
from tsunagari.cli.shell.localized import command, option
from tsunagari.cli.shell.opening import open_graph
from tsunagari.cli.shell.options import REMOTE, WORKBOOK, Settings, settings, shared_options
from tsunagari.cli.shell.tables import show_frame
from tsunagari.cli.shell.terminal import busy, say, terminal_width
from tsunagari.errors import Message

OWN_TABLES = Message(
    "--format xlsx は自分の表をそのまま写すので、--public と一緒には使えません。",
    "--format xlsx copies your own tables, so it does not go with --public.",
)


@command(
    "check",
    details=Message(
        "誤りが 1 つでもあれば終了コード 1 で終わります（--strict では警告でも）。"
        "--format xlsx は、自分の表のどこをどう直すかが分かる Excel を書きます（省略すると作業フォルダーの out/ に）。",
        "Exits with 1 when there is an error (with --strict, also a warning). --format xlsx writes your own tables as "
        "Excel, marked with what to correct (without -o to out/ in the workspace).",
    ),
)
@shared_options("workspace", "public", *REMOTE, "strict", "layout", "output")
@option(
    "--shapes",
    is_flag=True,
    text=Message(
        "SHACL の形の検査も行う（pyshacl が必要、遅い）。", "Also validate the SHACL shapes (needs pyshacl; slow)."
    ),
)
@option(
    "--integrity",
    "only_files",
    is_flag=True,
    text=Message(
        "グラフのファイルが作ったときのままかだけを調べる。",
        "Only check that the files of the graph are as the build wrote them.",
    ),
)
@click.pass_context
def check_command(ctx: click.Context, shapes: bool, only_files: bool) -> None:
    """Open, check, show."""
    chosen = settings()
    if only_files:
        check_files(ctx, chosen)
        return
    if chosen.public and chosen.format == WORKBOOK:
        raise click.UsageError(OWN_TABLES.text(chosen.lang), ctx)
    graph = open_graph(chosen)
    with busy(Message("規則を調べています", "Checking the rules"), chosen):
        broken = graph.check(shapes=shapes, lang=chosen.lang)
    issues = all_findings(graph.issue_table(chosen.lang), broken)
    show_findings(findings_of_graph(graph, issues), chosen)
    if failures_in(issues, strict=chosen.strict):
        ctx.exit(1)


def check_files(ctx: click.Context, chosen: Settings) -> None:
    """Show the state of every file of the graph; one that is damaged ends with 1."""
    from tsunagari.graph.knowledge import integrity

    found = integrity(chosen.workspace, lang=chosen.lang)
    show_frame(found, chosen, columns=("file", "state", "note", "bytes"), width=terminal_width())
    damaged = found[found["state"] == "damaged"]
    if len(damaged):
        names = ", ".join(damaged["file"])
        said = Message(
            f"壊れています: {names}。`tsunagari build` で作り直してください。",
            f"Damaged: {names}. Build it again with `tsunagari build`.",
        )
        say(said, chosen)
        ctx.exit(1)

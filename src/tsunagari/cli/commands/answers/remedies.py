"""``remedies``."""

from __future__ import annotations

import click

from tsunagari.cli.shell.localized import command, option
from tsunagari.cli.shell.opening import open_graph
from tsunagari.cli.shell.options import COMPOSED, settings, shared_options
from tsunagari.cli.shell.parameter_types import Number
from tsunagari.cli.shell.ranked import need_option, say_empty_scope, show_top
from tsunagari.cli.shell.terminal import busy, say
from tsunagari.errors import Message
from tsunagari.graph.wording import screen_columns
from tsunagari.viz.report.words import NO_EXTENSION

REMEDY_COLUMNS = screen_columns("remedies")
EXTENSION_COLUMNS = screen_columns("extensions")
SEARCHING = Message("候補を探しています", "Looking for candidates")
PLANNING = Message("展開の計画を立てています", "Planning extensions")
FOR_A_SCOPE = Message(
    "--budget・--size・--hops・--close-all は --scope と一緒に使います。",
    "--budget, --size, --hops and --close-all go with --scope.",
)

NOBODY = Message("（候補なし）", "(nobody known)")


@command(
    "remedies",
    details=Message(
        "\b\n"
        "tsunagari remedies                          空白ごとに、埋められそうな団体と仲介を頼む団体\n"
        "tsunagari remedies --area 岩美町 --field 教育\n"
        "tsunagari remedies --scope --budget 5       地域全体で、最も多くの空白を埋める 5 つの展開\n\n"
        "候補は、その分野をそこで予定している団体と、ほかで担っている団体です（自治体と社会福祉協議会は自分の区域と圏域だけ）。"
        "予定している、すでにその市区町村にいる、同じプラットフォームや圏域にいる、"
        "つながりの歩数が少ない、近い、の順に並べ、道筋と根拠を示します。"
        "--scope は、一つの団体が一つの分野を最大 --size の市区町村へ広げることを 1 つの展開とし、"
        "深刻度の合計が最も減るものから選びます（貪欲法）。どんな計画でも超えられない上限も示します。"
        "csv・json・markdown・parquet・xlsx では全行・全列を出します。",
        "\b\n"
        "tsunagari remedies                          for every gap who could fill it, and whom to ask\n"
        "tsunagari remedies --area 岩美町 --field 教育\n"
        "tsunagari remedies --scope --budget 5       the 5 extensions that close the most of the whole scope\n\n"
        "A candidate plans to offer the field there or offers it elsewhere; local governments and councils of social "
        "welfare stay in their territory and partnerships. Those who plan it come first, then those who are in the "
        "municipality, in the same platform or partnership, with fewer steps, or nearer; path and evidence are given. "
        "With --scope one extension is one organisation that takes one field to at most --size municipalities; "
        "those that lower the severity most are chosen first (greedy), and the bound that no plan can beat is told. "
        "csv, json, markdown, parquet and xlsx hold every row and column.",
    ),
)
@shared_options("workspace", *COMPOSED, "all", "explain", "format", "output")
@option(
    "--limit",
    type=Number(int, 1),
    default=3,
    show_default=True,
    metavar="N",
    text=Message("空白ごとの候補の数。", "Most candidates for a gap."),
)
@need_option
@option(
    "--scope",
    is_flag=True,
    text=Message("地域全体の、少数の展開の計画を示す。", "Plan a few extensions for the whole scope."),
)
@option(
    "--budget",
    type=Number(int, 1),
    default=10,
    show_default=True,
    metavar="N",
    text=Message("展開の数（--scope）。", "How many extensions (--scope)."),
)
@option(
    "--size",
    type=Number(int, 1),
    default=5,
    show_default=True,
    metavar="N",
    text=Message("1 つの展開の市区町村数の上限（--scope）。", "Most municipalities of one extension (--scope)."),
)
@option(
    "--hops",
    type=Number(int, 0),
    default=2,
    show_default=True,
    metavar="N",
    text=Message(
        "つながりを何歩までたどって届くとするか（--scope）。", "How many steps an organisation reaches (--scope)."
    ),
)
@option(
    "--close-all",
    is_flag=True,
    text=Message(
        "埋められる空白がなくなるまで続ける（--scope）。", "Go on until no gap is left that could be closed (--scope)."
    ),
)
@click.pass_context
def remedies_command(
    ctx: click.Context,
    limit: int,
    need: str | None,
    scope: bool,
    budget: int,
    size: int,
    hops: int,
    close_all: bool,
) -> None:
    """Open, look for candidates or plan, show."""
    chosen = settings()
    if not scope and any(_is_given(ctx, name) for name in ("budget", "size", "hops", "close_all")):
        raise click.UsageError(FOR_A_SCOPE.text(chosen.lang), ctx)
    graph = open_graph(chosen)
    with busy(PLANNING if scope else SEARCHING, chosen):
        frame = (
            graph.extensions(
                at=chosen.at,
                budget=None if close_all else budget,
                size=size,
                hops=hops,
                need=need,
                lang=chosen.lang,
            )
            if scope
            else graph.remedies(at=chosen.at, limit=limit, need=need, lang=chosen.lang)
        )
    if chosen.format == "table" and not scope:
        frame["candidate"] = frame["candidate"].where(frame["rank"].notna(), NOBODY.text(chosen.lang))
    columns, table = (EXTENSION_COLUMNS, "extensions") if scope else (REMEDY_COLUMNS, "remedies")
    show_top(frame, chosen, columns, table, graph)
    if scope:
        say(str(frame.attrs["method"]) if len(frame) else NO_EXTENSION, chosen)
    if frame.empty:
        say_empty_scope(graph, chosen)


def _is_given(ctx: click.Context, name: str) -> bool:
    return ctx.get_parameter_source(name) is click.core.ParameterSource.COMMANDLINE

"""``diff``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tsunagari.cli.shell.language import current_language
from tsunagari.cli.shell.localized import LocalizedArgument, command, option
from tsunagari.cli.shell.opening import open_graph, part_asked
from tsunagari.cli.shell.options import COMPOSED, Settings, settings, shared_options
from tsunagari.cli.shell.parameter_types import Day
from tsunagari.cli.shell.ranked import show_top
from tsunagari.cli.shell.terminal import say
from tsunagari.errors import Message
from tsunagari.graph.wording import screen_columns

if TYPE_CHECKING:
    from datetime import date

    from tsunagari.graph.knowledge import KnowledgeGraph

DIFF_COLUMNS = screen_columns("changes")
ONE_OTHER = Message(
    "比べる相手を一つ書いてください: --since 日付、ほかの作業フォルダー、--previous のどれか。",
    "Say what to compare with: --since DATE, another workspace, or --previous.",
)


@command(
    "diff",
    details=Message(
        "\b\ntsunagari diff --since 2024-04-01              その日と、作業フォルダーの as_of（または --at）の日\n"
        "tsunagari diff --previous                      build --keep-previous で残した前のグラフと今のグラフ\n"
        "tsunagari diff ../令和6年度                    別の作業フォルダーと、この作業フォルダー\n\n"
        "空白（地元に担い手のない市区町村×分野）が生じた・埋まった所、入会・退会、名称の変更、"
        "抜けるとつながりが分かれる団体、支援・連携の開始と終了を並べます。団体は ID で見分けます。"
        "csv・json・markdown では全行・全列を出します。",
        "\b\ntsunagari diff --since 2024-04-01              that day and as_of of the workspace (or --at)\n"
        "tsunagari diff --previous                      the graph kept by build --keep-previous, and this one\n"
        "tsunagari diff ../last-year                    another workspace, and this one\n\n"
        "Lists gaps opened and closed (nobody local provides the field), members joined and left, bodies renamed, "
        "bodies without which the network falls apart, services and ties begun and ended. Bodies are told apart by "
        "their id. csv, json and markdown hold every row and column.",
    ),
)
@click.argument("other", cls=LocalizedArgument, metavar="[OTHER]", required=False, type=click.Path())
@option(
    "--since",
    type=Day(),
    metavar="YYYY-MM-DD",
    text=Message("比べる前の日。", "The earlier day."),
)
@option(
    "--previous",
    is_flag=True,
    text=Message(
        "build --keep-previous で残した前のグラフと比べる。", "Compare with the graph that the last build kept."
    ),
)
@shared_options("workspace", *COMPOSED, "all", "explain", "format", "output")
@click.pass_context
def diff_command(ctx: click.Context, other: str | None, since: date | None, previous: bool) -> None:
    """Open both, compare, show."""
    chosen = settings()
    if (other is not None and previous) or not (other or previous or since):
        raise click.UsageError(ONE_OTHER.text(current_language()), ctx)
    graph = open_graph(chosen)
    earlier = _earlier(chosen, other, previous=previous)
    frame = graph.diff(earlier, at=chosen.at, since=since, lang=chosen.lang)
    show_top(frame, chosen, DIFF_COLUMNS, "changes", graph)
    say(str(frame.attrs["sentence"]), chosen)
    apart = frame.attrs["not_compared"]
    if apart:
        said = Message(
            f"{apart:,} 所の市区町村×分野は、片方にしかないので比べていません。",
            f"{apart:,} municipality × field cells are only in one of them and were not compared.",
        )
        say(said, chosen)


def _earlier(chosen: Settings, other: str | None, *, previous: bool) -> KnowledgeGraph | None:
    from tsunagari.graph.knowledge import open_previous

    if previous:
        return part_asked(open_previous(chosen.workspace), chosen)
    return open_graph(chosen.for_workspace(other)) if other else None

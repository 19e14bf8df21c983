"""``test``."""

from __future__ import annotations

import click
from click.shell_completion import CompletionItem

from tsunagari.cli.shell.localized import LocalizedArgument, LocalizedChoice, command, option
from tsunagari.cli.shell.opening import open_graph
from tsunagari.cli.shell.options import settings, shared_options
from tsunagari.cli.shell.parameter_types import Number
from tsunagari.cli.shell.ranked import MEASURED, group_option, network_option, seed_option, show_top
from tsunagari.cli.shell.terminal import say
from tsunagari.errors import Message
from tsunagari.graph.wording import screen_columns

NULLS = ("density", "degree", "membership", "labels")
LEVELS = ("network", "body")
SPREAD = ("null_sd", "null_low", "null_high")
"""Columns for which a screen has no room beside the names of organisations."""


def complete_statistics(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer the statistics of which the name starts with what was typed."""
    from tsunagari.graph.inference import STATISTICS

    return [CompletionItem(name) for name in (*STATISTICS, "roles") if name.startswith(incomplete)]


@command(
    "test",
    details=Message(
        "\b\n"
        "tsunagari test                                橋渡しの道すじ（合計）\n"
        "tsunagari test roles --group prefecture       5 つの役割\n"
        "tsunagari test brokerage --level body         団体ごと\n"
        "tsunagari test coverage_overlap --network services\n\n"
        "統計量: coordinator itinerant representative gatekeeper liaison brokerage roles constraint effective_size "
        "betweenness degree ei segregation transitivity reciprocity cut_points core_periphery coverage_overlap。"
        "帰無モデル: density（つながりの数）、degree（団体のつながりの数）、membership（各団体の参加数と組織の規模）、"
        "labels（区分の配り直し）。省略すると、参加からできたネットワークは membership、それ以外は degree。"
        "合わない帰無モデルは理由を示して断ります。",
        "\b\n"
        "tsunagari test                                open paths (brokerage of any kind)\n"
        "tsunagari test roles --group prefecture       the five roles\n"
        "tsunagari test brokerage --level body         of every organisation\n"
        "tsunagari test coverage_overlap --network services\n\n"
        "Statistics: coordinator itinerant representative gatekeeper liaison brokerage roles constraint effective_size "
        "betweenness degree ei segregation transitivity reciprocity cut_points core_periphery coverage_overlap. "
        "Nulls: density (number of ties), degree (everybody's number of ties), membership (everybody's number of "
        "memberships and every group's size), labels (groups dealt out anew). By default membership for networks made "
        "of memberships, else degree. A null that does not fit is refused with the reason.",
    ),
)
@click.argument(
    "statistics", nargs=-1, cls=LocalizedArgument, metavar="[STATISTIC]...", shell_complete=complete_statistics
)
@shared_options("workspace", "top", "at", "stated_by", "public", "all", "explain", "format", "output")
@option(
    "--null",
    type=LocalizedChoice(NULLS),
    text=Message("何を保つ無作為なネットワークと比べるか。", "What the random networks keep."),
)
@option(
    "--draws",
    type=Number(int, 1),
    default=199,
    show_default=True,
    metavar="N",
    text=Message("無作為なネットワークの数。", "Number of random networks."),
)
@seed_option
@option(
    "--level",
    type=LocalizedChoice(LEVELS),
    default="network",
    show_default=True,
    text=Message("全体か、団体ごとか。", "The whole network, or every organisation."),
)
@group_option(Message("団体を何で分けるか。", "What divides the organisations into groups."), "sector")
@network_option(
    MEASURED,
    Message(
        "どのつながりの網か。省略すると collaboration（coverage_overlap は services）。",
        "Which network; default collaboration, for coverage_overlap services.",
    ),
    None,
)
def test_command(
    statistics: tuple[str, ...],
    null: str | None,
    draws: int,
    seed: int,
    level: str,
    group: str,
    network: str | None,
) -> None:
    """Open, test, show."""
    chosen = settings()
    graph = open_graph(chosen)
    frame = graph.test(
        statistics or "brokerage",
        null=null,
        draws=draws,
        seed=seed,
        level=level,
        group=group,
        network=network,
        at=chosen.at,
        lang=chosen.lang,
    )
    left_out = SPREAD if "organization" in frame else ()
    columns = tuple(name for name in screen_columns("test") if name in frame and name not in left_out)
    show_top(frame, chosen, columns, "test", graph)
    say(frame.attrs["method"], chosen)

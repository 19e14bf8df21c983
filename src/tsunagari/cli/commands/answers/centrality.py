"""``centrality``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from tsunagari.cli.shell.localized import LocalizedArgument, command, option
from tsunagari.cli.shell.opening import open_graph
from tsunagari.cli.shell.options import COMPOSED, Settings, settings, shared_options
from tsunagari.cli.shell.parameter_types import Number
from tsunagari.cli.shell.ranked import (
    MEASURED,
    false_records_option,
    group_option,
    missing_lists_option,
    missing_option,
    network_option,
    seed_option,
    show_top,
)
from tsunagari.cli.shell.terminal import say
from tsunagari.errors import Message
from tsunagari.graph.wording import CENTRALITY_TEXTS

if TYPE_CHECKING:
    import pandas as pd

HIDDEN = ("id", "kind", "mode", "sentence")
BOTH = Message("--exact と --epsilon はどちらか一方だけにしてください。", "Give --exact or --epsilon, not both.")


def complete_measures(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer the measures of which the name starts with what was typed."""
    return [CompletionItem(name) for name in CENTRALITY_TEXTS if name.startswith(incomplete)]


@command(
    "centrality",
    details=Message(
        "\b\n"
        "tsunagari centrality                                   次数・媒介中心性・近接中心性\n"
        "tsunagari centrality betweenness --network ties        最初に書いた指標の順に並ぶ\n"
        "tsunagari centrality degree constraint --network members\n\n"
        f"指標: {' '.join(CENTRALITY_TEXTS)}。"
        "members・services・service_areas は"
        "団体と参加先・分野・地域の2モードのネットワークで、"
        "使えない指標を書くと、使える指標を示します。順位は側ごとです。"
        "大きなネットワークの最短経路による指標は標本から推定し、誤差を示します。"
        "名前のない団体群は順位に入りません。csv・json・markdown・parquet では全行・全列を出します。",
        "\b\n"
        "tsunagari centrality                                   degree, betweenness and closeness\n"
        "tsunagari centrality betweenness --network ties        sorted by the measure that comes first\n"
        "tsunagari centrality degree constraint --network members\n\n"
        f"Measures: {' '.join(CENTRALITY_TEXTS)}. "
        "members, services and service_areas are two-mode networks, of "
        "organisations and what they belong to or the fields or areas they work in; a measure that they lack is "
        "answered by those they have, and places are told on each side. In large networks measures by shortest paths "
        "are sampled, and the error is told. "
        "Groups without a name are not ranked. csv, json, markdown and parquet hold every row and column.",
    ),
)
@click.argument("measures", nargs=-1, cls=LocalizedArgument, metavar="[MEASURE]...", shell_complete=complete_measures)
@shared_options("workspace", *COMPOSED, "all", "explain", "format", "output")
@network_option(MEASURED, Message("どのつながりの網で測るか。", "Which network is measured."))
@group_option(
    Message(
        "団体を何で分けて、区分の中の順位も示すか。", "Show what group each is in by this, and its place within it."
    )
)
@option(
    "--directed",
    is_flag=True,
    text=Message(
        "つながりの向きに従う。省略すると向きを問わない。", "Follow ties in their direction; default: either."
    ),
)
@option(
    "--exact", is_flag=True, text=Message("時間がかかっても正確に計算する。", "Sample nothing, however long it takes.")
)
@option(
    "--epsilon",
    type=Number(float, 0, open_ends=True),
    metavar="ERROR",
    text=Message("推定値に許す誤差。", "Largest error that an estimate may have."),
)
@option(
    "--delta",
    type=Number(float, 0, 1, open_ends=True),
    default=0.1,
    show_default=True,
    metavar="CHANCE",
    text=Message("誤差がそれを超えてもよい確率。", "Chance with which an estimate may be further off."),
)
@seed_option
@missing_option(
    Message(
        "記載（参加・つながり・サービス）のこの割合が漏れているとして、順位の幅も示す（100 倍の時間がかかる）。",
        "Also show between what places each would be if this share of the records were missing; "
        "takes 100 times as long.",
    )
)
@option(
    "--draws",
    type=Number(int, 0),
    metavar="N",
    text=Message(
        "betweenness・constraint・effective_size を先頭に書いたとき、比べる無作為なネットワークの数。"
        "省略すると 500 団体まで 99。",
        "Random networks to compare with, where betweenness, constraint or effective_size comes first; "
        "default 99 up to 500 bodies.",
    ),
)
@false_records_option
@missing_lists_option
@click.pass_context
def centrality_command(
    ctx: click.Context,
    measures: tuple[str, ...],
    network: str,
    group: str | None,
    directed: bool,
    exact: bool,
    epsilon: float | None,
    delta: float,
    seed: int,
    missing: float | None,
    draws: int | None,
    false_records: float,
    missing_lists: float,
) -> None:
    """Open, measure, show."""
    chosen = settings()
    if exact and epsilon is not None:
        raise click.UsageError(BOTH.text(chosen.lang), ctx)
    from tsunagari.graph.centre import DEFAULT_MEASURES, error_sentence
    from tsunagari.graph.measures import Accuracy

    graph = open_graph(chosen)
    frame = graph.centralities(
        measures or DEFAULT_MEASURES,
        network=network,
        group=group,
        directed=directed,
        accuracy=Accuracy(exact, epsilon, delta, seed),
        missing=missing,
        false_records=false_records,
        missing_lists=missing_lists,
        draws=draws,
        seed=seed,
        at=chosen.at,
        lang=chosen.lang,
    )
    hidden = HIDDEN if missing is None else (*HIDDEN, "rank", "rank_low", "rank_high", "enough_data")
    columns = tuple(name for name in frame.columns if name not in hidden)
    if missing is not None:
        columns = ("standing", *(name for name in columns if name != "standing"))
    for side in _sides(frame, chosen):
        show_top(side, chosen, columns, "centralities", graph)
    for measure, error in frame.attrs["errors"].items():
        say(error_sentence(measure, error, chosen.lang), chosen)


def _sides(frame: pd.DataFrame, chosen: Settings) -> list[pd.DataFrame]:
    """Return the table of each mode for a person to read, everything in one for a program."""
    if chosen.format != "table" or "mode" not in frame or frame.empty:
        return [frame]
    return [side for _, side in frame.groupby("mode")]

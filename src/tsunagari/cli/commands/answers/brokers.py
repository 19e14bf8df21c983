"""``brokers``."""

from __future__ import annotations

from tsunagari.cli.shell.engines import EngineChoice, engine_choice, engine_options, engine_tables
from tsunagari.cli.shell.localized import command, option
from tsunagari.cli.shell.opening import open_graph
from tsunagari.cli.shell.options import COMPOSED, Settings, settings, shared_options
from tsunagari.cli.shell.parameter_types import Number
from tsunagari.cli.shell.ranked import (
    BROKERED,
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
from tsunagari.graph.wording import screen_columns

BROKER_COLUMNS = screen_columns("brokers")
ENGINE_COLUMNS = ("organization", "group", "degree", "brokerage", "z_brokerage", "constraint", "effective_size")


@command(
    "brokers",
    details=Message(
        "Gould と Fernandez の 5 つの橋渡しの役割を、--group で分けた集団どうしの間で数えます。"
        "順位の（ ）は、記載に漏れや誤りがあるときの幅で、ほかの全団体と重なれば「データ不足」とします。"
        "名前のない団体群は順位に入りません。csv・json・markdown では全行・全列を出します。",
        "Counts the five brokerage roles of Gould and Fernandez between the groups given by --group. "
        "The places in brackets are the interval when records are missing or false; where it overlaps those of all "
        "others, the data are called insufficient. "
        "Groups without a name are not ranked. csv, json and markdown hold every row and column.",
    ),
)
@shared_options("workspace", *COMPOSED, "all", "explain", "format", "output")
@group_option(Message("団体を何で分けるか。", "What divides the organisations into groups."), "sector")
@network_option(BROKERED, Message("どのつながりの網で数えるか。", "Which network is counted in."))
@missing_option(
    Message(
        "記載（参加・つながり）のこの割合が漏れているとして、順位の幅を示す。",
        "Show between what places each would be if this share of the records (memberships, ties) were missing.",
    ),
    0.1,
)
@false_records_option
@missing_lists_option
@option(
    "--draws",
    type=Number(int, 0),
    metavar="N",
    text=Message(
        "比べる無作為なネットワークの数。省略すると 20,000 団体まで 99、200,000 団体まで 39、それ以上は 0。",
        "Random networks to compare with; default 99 up to 20,000 bodies, 39 up to 200,000, none beyond.",
    ),
)
@seed_option
@engine_options
def brokers_command(
    group: str,
    network: str,
    missing: float,
    false_records: float,
    missing_lists: float,
    draws: int | None,
    seed: int,
) -> None:
    """Open, ask for the brokers, show them."""
    chosen = settings()
    engine = engine_choice(draws=draws, area=chosen.areas, field=chosen.fields, status=chosen.statuses)
    if engine is not None:
        show_roles(engine, chosen, group, network)
        return
    graph = open_graph(chosen)
    frame = graph.brokers(
        group=group,
        network=network,
        missing=missing,
        false_records=false_records,
        missing_lists=missing_lists,
        draws=draws,
        seed=seed,
        at=chosen.at,
        lang=chosen.lang,
    )
    between = frame[frame["brokerage"] > 0]
    if chosen.format == "table" and not chosen.everything and len(frame) > len(between):
        if len(between):
            show_top(between, chosen, BROKER_COLUMNS, "brokers", graph)
        say(_others(len(frame) - len(between), len(between)), chosen)
        return
    show_top(frame, chosen, BROKER_COLUMNS, "brokers", graph)


def _others(others: int, between: int) -> Message:
    """Say how many stand between nobody: a list of brokers ends where nobody brokers."""
    if between:
        return Message(
            f"ほかの {others:,} 団体は、直接つながっていない団体の間には立っていません（--all ですべて）。",
            f"The other {others:,} stand between nobody (--all shows them).",
        )
    return Message(
        f"{others:,} 団体のどれも、直接つながっていない団体の間には立っていません（--all ですべて）。"
        "つながりを書いた一覧を加えると変わります。",
        f"None of the {others:,} stands between others (--all shows them). A list of ties would change that.",
    )


def show_roles(engine: EngineChoice, chosen: Settings, group: str, network: str) -> None:
    """Show the columns that an engine computes, and say which it does not."""
    from tsunagari.graph.cluster import ON_ONE_MACHINE

    with engine_tables(engine, chosen) as tables:
        frame = tables.brokers(group, network=network, at=chosen.at, lang=chosen.lang)
    show_top(frame, chosen, ENGINE_COLUMNS)
    say(ON_ONE_MACHINE, chosen)

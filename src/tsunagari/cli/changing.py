"""``diff`` and ``scenario``: what changed, and what would."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tsunagari.cli.findings import all_option, show_top, top_option
from tsunagari.cli.language import current_language
from tsunagari.cli.localized import LocalizedArgument, LocalizedChoice, command, option
from tsunagari.cli.opening import open_graph
from tsunagari.cli.options import Day, Settings, settings, shared_options
from tsunagari.cli.terminal import say
from tsunagari.errors import Message

if TYPE_CHECKING:
    from datetime import date

    from tsunagari.graph.knowledge import KnowledgeGraph

DIFF_COLUMNS = ("change_label", "sentence")
PARTS = {
    "measures": ("label", "before", "after", "difference"),
    "cells": ("sentence",),
    "brokers": ("organization", "parts_before", "parts_after"),
    "platforms": ("platform", "parts_before", "parts_after"),
}
"""Tables of a scenario, and their columns for people."""
PART_TITLES = {
    "cells": Message("● 市区町村×分野", "● Municipality × field"),
    "brokers": Message("● 抜けるとつながりが分かれる団体", "● Cut points"),
    "platforms": Message("● 会員どうしのつながり", "● Ties between members"),
}
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
@shared_options("workspace", "at", "stated_by", "format", "output")
@top_option
@all_option
@click.pass_context
def diff_command(
    ctx: click.Context, other: str | None, since: date | None, previous: bool, top: int, everything: bool
) -> None:
    """Open both, compare, show."""
    chosen = settings()
    if (other is not None and previous) or not (other or previous or since):
        raise click.UsageError(ONE_OTHER.text(current_language()), ctx)
    graph = open_graph(chosen)
    earlier = _earlier(chosen, other, previous=previous)
    frame = graph.diff(earlier, at=chosen.at, since=since, lang=chosen.lang)
    show_top(frame, chosen, DIFF_COLUMNS, None if everything else top)
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
        return open_previous(chosen.workspace)
    return open_graph(chosen.for_workspace(Path(other))) if other else None


@command(
    "scenario",
    details=Message(
        "EDITS は変更の一覧（CSV・Excel・TOML・JSON）です。列は次のとおりで、順序は自由です。\n\n"
        "\b\n操作,種類,団体,相手,分野,市区町村\n"
        "除く,団体,架空の会,,,\n"
        "加える,支援,架空の団,,教育,岩美町\n"
        "加える,連携,架空の団,架空の輪,,\n"
        "除く,参加,架空の輪,架空プラットフォーム,,\n\n"
        "団体は名前・ID・法人番号で書きます。「加える,団体」は新しい団体で、分野と市区町村を書くと最初の支援になります。"
        "「除く,支援」で空けた欄は「すべて」です。--show で示す表を選びます。グラフには何も書きません。",
        "EDITS is a list of changes (CSV, Excel, TOML or JSON) with these columns in any order:\n\n"
        "\b\naction,what,organization,other,field,area\n"
        "remove,organization,架空の会,,,\n"
        "add,service,架空の団,,education,岩美町\n"
        "add,tie,架空の団,架空の輪,,\n"
        "remove,membership,架空の輪,架空プラットフォーム,,\n\n"
        "An organisation is a name, an id or a corporate number. 'add,organization' is a new one; with field and area "
        "these are its first service. What is left empty in 'remove,service' means all. --show chooses the table. "
        "Nothing is written to the graph.",
    ),
)
@click.argument("edits", cls=LocalizedArgument, metavar="EDITS", type=click.Path())
@option(
    "--show",
    "part",
    type=LocalizedChoice(tuple(PARTS)),
    text=Message(
        "示す表。省略すると、table では全部、ほかの形式では cells。",
        "The table to show. Default: all of them as tables for people, cells in the other formats.",
    ),
)
@shared_options("workspace", "area", "field", "at", "stated_by", "format", "output")
@top_option
@all_option
def scenario_command(
    edits: str, part: str | None, areas: tuple[str, ...], fields: tuple[str, ...], top: int, everything: bool
) -> None:
    """Open, try, show."""
    chosen = settings()
    graph = open_graph(chosen)
    found = graph.scenario(edits, list(areas) or None, list(fields) or None, at=chosen.at, lang=chosen.lang)
    limit = None if everything else top
    if part is not None or chosen.format != "table" or chosen.output is not None:
        name = part or "cells"
        show_top(getattr(found, name), chosen, PARTS[name], limit)
    else:
        show_top(found.measures, chosen, PARTS["measures"], None)
        for name, title in PART_TITLES.items():
            table = getattr(found, name)
            if len(table):
                say("", chosen, err=False)
                say(title, chosen, err=False)
                show_top(table, chosen, PARTS[name], limit)
    say(found.sentence, chosen)

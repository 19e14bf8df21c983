"""``scenario``."""

from __future__ import annotations

import click

from tsunagari.cli.shell.localized import LocalizedArgument, LocalizedChoice, command, option
from tsunagari.cli.shell.opening import open_graph
from tsunagari.cli.shell.options import COMPOSED, settings, shared_options
from tsunagari.cli.shell.ranked import show_top
from tsunagari.cli.shell.terminal import say
from tsunagari.errors import Message

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
@shared_options("workspace", *COMPOSED, "all", "format", "output")
def scenario_command(edits: str, part: str | None) -> None:
    """Open, try, show."""
    chosen = settings()
    graph = open_graph(chosen)
    found = graph.scenario(edits, at=chosen.at, lang=chosen.lang)
    if part is not None or chosen.format != "table" or chosen.output is not None:
        name = part or "cells"
        show_top(getattr(found, name), chosen, PARTS[name])
    else:
        show_top(found.measures, chosen, PARTS["measures"])
        for name, title in PART_TITLES.items():
            table = getattr(found, name)
            if len(table):
                say("", chosen, err=False)
                say(title, chosen, err=False)
                show_top(table, chosen, PARTS[name])
    say(found.sentence, chosen)

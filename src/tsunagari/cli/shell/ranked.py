"""What commands that rank share: their options, and the first rows as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tsunagari.cli.shell.localized import option
from tsunagari.cli.shell.options import Number, Settings
from tsunagari.cli.shell.tables import show_frame
from tsunagari.cli.shell.terminal import say, terminal_width
from tsunagari.errors import Message

if TYPE_CHECKING:
    import pandas as pd

    from tsunagari.graph.knowledge import KnowledgeGraph

AREA_GROUPS = ("municipality", "partnership", "prefecture", "nation")
NO_MUNICIPALITY = Message(
    "対象の市区町村がありません。--area か tsunagari.toml の [scope] areas で指定してください。",
    "The scope has no municipality. Name some by --area or by [scope] areas of tsunagari.toml.",
)

GROUPS = ("sector", "class", "municipality", "prefecture", "field", "platform")
NETWORKS = ("collaboration", "ties", "comembers", "members")


top_option = option(
    "--top",
    type=Number(int, 1),
    default=20,
    show_default=True,
    metavar="N",
    text=Message("table で示す行数。", "Rows a table shows."),
)


missing_option = option(
    "--missing",
    type=Number(float, 0, 0.99),
    default=0.1,
    show_default=True,
    metavar="SHARE",
    text=Message(
        "つながりのこの割合が記載もれだとして、順位の幅を示す。",
        "Show between what places each would be if this share of the ties were missing.",
    ),
)


need_option = option(
    "--need",
    metavar="INDICATOR",
    text=Message(
        'population など、深刻度に掛ける必要の指標（kind = "needs" の表から）。',
        'Indicator of need, e.g. population, that weighs the severity (from a table of kind = "needs").',
    ),
)


all_option = option("--all", "everything", is_flag=True, text=Message("すべての行を示す。", "Show every row."))


def show_top(frame: pd.DataFrame, chosen: Settings, columns: tuple[str, ...], top: int | None) -> None:
    """Show the first `top` rows as a table and say how many more there are; the other formats get every row."""
    cut = chosen.format == "table" and top is not None and len(frame) > top
    show_frame(frame.head(top) if cut and top else frame, chosen, columns=columns, width=terminal_width())
    if cut and top:
        rest = len(frame) - top
        say(
            Message(f"ほかに {rest:,} 行あります（--all ですべて）。", f"{rest:,} more rows (--all shows them)."),
            chosen,
        )
    if not len(frame):
        say(Message("該当する行はありません。", "No rows."), chosen)


def say_empty_scope(graph: KnowledgeGraph, areas: list[str] | None, fields: list[str] | None, chosen: Settings) -> None:
    """Say so when nothing was found because no municipality is looked at."""
    if not len(graph.coverage(areas, fields, at=chosen.at).area_codes):
        say(NO_MUNICIPALITY, chosen)

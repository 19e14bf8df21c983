"""What commands that rank share: the words for networks and groups, their options, and the first rows as a table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from tsunagari.cli.shell.localized import Decorated, LocalizedChoice, option
from tsunagari.cli.shell.options import Settings
from tsunagari.cli.shell.parameter_types import Number
from tsunagari.cli.shell.tables import cell_text, show_frame
from tsunagari.cli.shell.terminal import say, terminal_width
from tsunagari.errors import Message
from tsunagari.graph.wording import column_entry, frame_columns, heading, table_notes

if TYPE_CHECKING:
    import pandas as pd

    from tsunagari.graph.knowledge import KnowledgeGraph

AREA_GROUPS = ("municipality", "partnership", "prefecture", "nation")
GROUPS = ("sector", "class", "municipality", "prefecture", "field", "platform")
ONE_MODE = ("collaboration", "ties", "comembers")
BROKERED = (*ONE_MODE, "members")
MEASURED = (*ONE_MODE, "members", "services", "service_areas")
EXPORTED = ("all", "ties", "members", "comembers", "collaboration", "connections", "services", "service_areas")
SHOWN = 20
"""Rows of a table on the screen when nobody says how many."""
PAGE = 80
"""Columns of a table that goes to no terminal."""
ROWS_HEAD = Message("● 行ごとの説明", "● The rows in words")
COLUMNS_HEAD = Message("● 列の意味", "● What the columns mean")
METHOD_HEAD = Message("● 数の出し方", "● How the numbers come about")
CAUTION_HEAD = Message("● 読むときの注意（読んではいけない読み方）", "● What they must not be read as")
WORKS_HEAD = Message("● 出典", "● Sources")
HINT = Message("行ごとの説明と数の意味は --explain で。", "--explain says each row in words and what the numbers mean.")
IN_WORDS = ("sentence", "remedy", "reasons", "settle")
"""Columns that say a row in words."""
NO_MUNICIPALITY = Message(
    "対象の市区町村がありません。--area か tsunagari.toml の [scope] areas で指定してください。",
    "The scope has no municipality. Name some by --area or by [scope] areas of tsunagari.toml.",
)


def network_option(
    networks: Sequence[str], text: Message, default: str | None = "collaboration"
) -> Callable[[Decorated], Decorated]:
    """Add ``--network``, one of `networks`."""
    return option(
        "--network", type=LocalizedChoice(networks), default=default, show_default=default is not None, text=text
    )


def group_option(text: Message, default: str | None = None) -> Callable[[Decorated], Decorated]:
    """Add ``--group``: what divides the organisations."""
    return option("--group", type=LocalizedChoice(GROUPS), default=default, show_default=default is not None, text=text)


def missing_option(text: Message, default: float | None = None) -> Callable[[Decorated], Decorated]:
    """Add ``--missing``: the share of the records that may be missing."""
    return option(
        "--missing",
        type=Number(float, 0, 0.99),
        default=default,
        show_default=default is not None,
        metavar="SHARE",
        text=text,
    )


false_records_option = option(
    "--false-records",
    type=Number(float, 0, 1),
    default=0.0,
    show_default=True,
    metavar="SHARE",
    text=Message("さらに、記載のこの割合が誤りだとする。", "And if there are so many false records, as a share."),
)


missing_lists_option = option(
    "--missing-lists",
    type=Number(float, 0, 0.99),
    default=0.0,
    show_default=True,
    metavar="SHARE",
    text=Message(
        "さらに、一覧のこの割合がまるごと欠けているとする。", "And if this share of the lists is missing as a whole."
    ),
)


seed_option = option(
    "--seed",
    type=Number(int, 0),
    default=0,
    show_default=True,
    metavar="N",
    text=Message("抽選の種。同じなら同じ数値になる。", "Seed of the draws: the same gives the same numbers."),
)


need_option = option(
    "--need",
    metavar="INDICATOR",
    text=Message(
        'population など、深刻度に掛ける必要の指標（kind = "needs" の表から）。',
        'Indicator of need, e.g. population, that weighs the severity (from a table of kind = "needs").',
    ),
)


def show_top(
    frame: pd.DataFrame,
    chosen: Settings,
    columns: tuple[str, ...],
    table: str = "",
    graph: KnowledgeGraph | None = None,
) -> None:
    """Show the first rows: on the screen with how many more there are; other formats get every row unless ``--top``.

    Parameters
    ----------
    frame, chosen, columns
        See `tsunagari.cli.shell.tables.show_frame`; on the screen what says a row in words is left to ``--explain``.
    table
        Name of the table in the catalogue, from which ``--explain`` tells what it means; empty when it has none.
    graph
        Where the table comes from.
    """
    on_screen = chosen.format == "table"
    most = len(frame) if chosen.everything else chosen.top or (SHOWN if on_screen else len(frame))
    shown = frame.head(most)
    show_frame(shown, chosen, columns=columns, width=terminal_width() or (PAGE if table else None), table=table)
    rest = len(frame) - most
    if on_screen and rest > 0:
        say(
            Message(f"ほかに {rest:,} 行あります（--all ですべて）。", f"{rest:,} more rows (--all shows them)."),
            chosen,
        )
    if not len(frame):
        say(Message("該当する行はありません。", "No rows."), chosen)
    elif chosen.explain and table:
        explain(shown, table, [name for name in columns if name in frame], chosen, graph)
    elif on_screen and table:
        say(HINT, chosen)


def say_empty_scope(graph: KnowledgeGraph, chosen: Settings) -> None:
    """Say so when nothing was found because no municipality is looked at."""
    if not len(graph.coverage(at=chosen.at).area_codes):
        say(NO_MUNICIPALITY, chosen)


def explain(
    frame: pd.DataFrame, table: str, columns: Sequence[str], chosen: Settings, graph: KnowledgeGraph | None = None
) -> None:
    """Say the rows of a table in words, and what its columns mean.

    Parameters
    ----------
    frame
        The rows that were shown.
    table
        Its name in the catalogue.
    columns
        The columns that were shown.
    chosen
        Language.
    graph
        Where the rows come from; the sources of the methods and of the facts are told with it.
    """
    _rows_in_words(frame.drop(columns=list(columns)), chosen)
    _heading(COLUMNS_HEAD, chosen)
    known = {*frame_columns(table)}
    for name in columns:
        entry = column_entry(name, table if name in known else None)
        _tell(Message(f"{entry.label.ja}: {entry.meaning.ja}", f"{entry.label.en}: {entry.meaning.en}"), chosen)
    notes = table_notes(table)
    if notes is not None:
        _heading(METHOD_HEAD, chosen)
        _tell(notes[0], chosen)
        for name in ("severity_formula", "method"):
            if frame.attrs.get(name):
                _tell(str(frame.attrs[name]), chosen)
        _heading(CAUTION_HEAD, chosen)
        _tell(notes[1], chosen)
    if graph is not None:
        _heading(WORKS_HEAD, chosen)
        cited = list(graph.cite(frame, lang=chosen.lang))
        documents = [work for work in cited if work.key.startswith("source-")]
        for work in cited:
            if work not in documents:
                _tell(work.text(), chosen, mark="  ")
        told = Message(
            f"事実の出典は資料 {len(documents):,} 件（report の「出典」、export、csv の evidence 列）。",
            f"The facts come from {len(documents):,} documents (sheet of sources of report, evidence of csv).",
        )
        _tell(told, chosen, mark="  ")


def _rows_in_words(frame: pd.DataFrame, chosen: Settings) -> None:
    spoken = [name for name in IN_WORDS if name in frame]
    if not spoken or frame.empty:
        return
    _heading(ROWS_HEAD, chosen)
    for number, row in enumerate(frame[spoken].itertuples(index=False, name=None), start=1):
        first, *others = (cell_text(value, chosen.lang, name) for name, value in zip(spoken, row, strict=True))
        _tell(first, chosen, mark=f"{number:3}. ")
        for name, text in zip(spoken[1:], others, strict=True):
            if text:
                _tell(f"{heading(name, chosen.lang)}: {text}", chosen, mark="     ")


def _heading(text: Message, chosen: Settings) -> None:
    _tell("", chosen)
    _tell(text, chosen)


def _tell(text: Message | str, chosen: Settings, *, mark: str = "") -> None:
    """Say it below a table for people, beside any other format."""
    say(text, chosen, err=chosen.format != "table", mark=mark)

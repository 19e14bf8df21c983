"""``--explain``: the rows of a table in words, what its numbers mean, how they come about, and what they do not say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tsunagari.cli.shell.tables import cell_text
from tsunagari.cli.shell.terminal import say
from tsunagari.errors import Message
from tsunagari.graph.wording import column_entry, frame_columns, heading, table_notes

if TYPE_CHECKING:
    import pandas as pd

    from tsunagari.cli.shell.options import Settings
    from tsunagari.graph.knowledge import KnowledgeGraph

ROWS = Message("● 行ごとの説明", "● The rows in words")
COLUMNS = Message("● 列の意味", "● What the columns mean")
METHOD = Message("● 数の出し方", "● How the numbers come about")
CAUTION = Message("● 読むときの注意（読んではいけない読み方）", "● What they must not be read as")
WORKS = Message("● 出典", "● Sources")
HINT = Message("行ごとの説明と数の意味は --explain で。", "--explain says each row in words and what the numbers mean.")
IN_WORDS = ("sentence", "remedy", "reasons", "settle")
"""Columns that say a row in words."""


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
    _heading(COLUMNS, chosen)
    known = {*frame_columns(table)}
    for name in columns:
        entry = column_entry(name, table if name in known else None)
        _tell(Message(f"{entry.label.ja}: {entry.meaning.ja}", f"{entry.label.en}: {entry.meaning.en}"), chosen)
    notes = table_notes(table)
    if notes is not None:
        _heading(METHOD, chosen)
        _tell(notes[0], chosen)
        for name in ("severity_formula", "method"):
            if frame.attrs.get(name):
                _tell(str(frame.attrs[name]), chosen)
        _heading(CAUTION, chosen)
        _tell(notes[1], chosen)
    if graph is not None:
        _heading(WORKS, chosen)
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
    _heading(ROWS, chosen)
    for number, row in enumerate(frame[spoken].itertuples(index=False, name=None), start=1):
        first, *others = (cell_text(value, chosen.lang) for value in row)
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

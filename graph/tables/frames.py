"""Tables of the graph: organisations, memberships, services, ties and areas as pandas data frames.

Dates are ISO text, so that imprecise and missing ones sort and compare without surprises. ``status`` is the notation of
the claim status; ``validity`` says whether the row holds on the day asked for (see `tsunagari.graph.columns.validity`).
Lists such as the fields of an organisation are Python lists. Rows are sorted by the identifiers in them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from tsunagari.errors import Message, UnknownNameError
from tsunagari.graph.facts import Reader
from tsunagari.graph.tables.frame_tables import TABLES
from tsunagari.graph.wording import frame_columns

COLUMNS = {name: frame_columns(name) for name in TABLES}
TYPES: Mapping[str, Any] = {"stated_size": "Int64", "strength": "float64", "directed": "bool"}


def frame(reader: Reader, name: str, *, at: str | None = None, every: bool = False, lang: str = "ja") -> pd.DataFrame:
    """Return one of the tables of `COLUMNS`.

    Parameters
    ----------
    reader
        The graph.
    name
        Name of the table.
    at
        ISO date: only rows that hold on it, ``validity`` certain or possible. None gives the rows of every time, with
        an empty ``validity``.
    every
        Also give the rows that do not hold on the day, with the ``validity`` no.
    lang
        Language of names and labels.

    Returns
    -------
    DataFrame
        The columns of `COLUMNS` in that order; without rows when the graph says nothing.

    Raises
    ------
    UnknownNameError
        There is no table of that name.
    """
    if name not in TABLES:
        raise UnknownNameError(
            Message(f"「{name}」という表はありません。", f"There is no table {name!r}."),
            Message(f"次から選んでください: {', '.join(TABLES)}", f"Choose one of: {', '.join(TABLES)}"),
        )
    values = TABLES[name](reader.columns, at, every, lang)
    table = pd.DataFrame({column: values[column] for column in COLUMNS[name]}, dtype=object)
    for column, kind in TYPES.items():
        if column in table:
            table[column] = table[column].astype(kind)
    return table

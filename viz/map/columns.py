"""Tables as columns for the page: repeated values are written once, so that large tables stay small."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain, pairwise
from types import NoneType
from typing import Any

import pandas as pd

from tsunagari.viz.look.cells import plain

PLAIN = {str, int, bool, NoneType}
"""Types that JSON holds as they are."""
FEW = 20
"""Fewer numbers are written as they are."""
KEYS = frozenset({"key", "broker_key", "local_keys", "wide_keys", "path_keys"})
"""Columns of keys of nodes."""


def encode_column(values: Sequence[Any]) -> dict[str, Any]:
    """Encode one column as ``{"v": values}``, or shorter as ``{"d": distinct, "i": indexes}`` or ``{"s": steps}``.

    Steps are what is added from one whole number to the next; where nothing is known stands None, and no step is made.

    Examples
    --------
    >>> encode_column(["鳥取市", "鳥取市", "鳥取市"])
    {'d': ['鳥取市'], 'i': [0, 0, 0]}
    >>> encode_column([1, 2])
    {'v': [1, 2]}
    >>> encode_column([*range(100, 130), None, 130])["s"][28:]
    [1, 1, None, 1]
    """
    cells = _plain_cells(values)
    kinds = set(map(type, cells))
    if not kinds & {str, list}:
        steps = _steps(cells) if kinds <= {int, NoneType} else None
        return {"v": list(cells)} if steps is None else {"s": steps}
    keys = cells if kinds <= {str, NoneType} else [repr(cell) for cell in cells]  # 1 and True stay different
    distinct = dict.fromkeys(keys)
    if len(distinct) * 2 > len(cells):
        return {"v": list(cells)}
    places = {key: place for place, key in enumerate(distinct)}
    first = dict(zip(reversed(keys), reversed(cells), strict=True))
    return {"d": [first[key] for key in distinct], "i": [places[key] for key in keys]}


def _steps(cells: Sequence[int | None]) -> list[int | None] | None:
    """Return the steps from number to number; None where they are few or most of them are not small."""
    known = [cell for cell in cells if cell is not None]
    if len(known) < FEW or sum(abs(b - a) < 10 for a, b in pairwise(known)) * 2 < len(known):
        return None
    steps = iter([known[0], *(b - a for a, b in pairwise(known))])
    return [None if cell is None else next(steps) for cell in cells]


def number_keys(rows: dict[str, Any], place: Mapping[str, int]) -> None:
    """Write keys of nodes as places among the nodes (``{"n": places}``), which the page reads back; others stay.

    Parameters
    ----------
    rows
        A table as `encode_table` returns it; changed.
    place
        Place of each key among the nodes.

    Examples
    --------
    >>> rows = encode_table({"key": ["b", "gone"], "path_keys": [["a", "b"], []]})
    >>> number_keys(rows, {"a": 0, "b": 1})
    >>> rows
    {'key': {'n': [1, 'gone']}, 'path_keys': {'n': [[0, 1], []]}}
    """
    for name in KEYS & rows.keys():
        rows[name] = {
            "n": [
                [place.get(key, key) for key in cell] if isinstance(cell, list) else place.get(cell, cell)
                for cell in decode_column(rows[name])
            ]
        }


def decode_column(column: Mapping[str, Any]) -> list[Any]:
    """Return the values of a column that `encode_column` wrote with or without its distinct values."""
    return list(column["v"]) if "v" in column else [column["d"][place] for place in column["i"]]


def _plain_cells(values: Sequence[Any]) -> Sequence[Any]:
    """Return values as JSON holds them; what it holds as it is is not touched, because columns are long."""
    kinds = set(map(type, values))
    if kinds <= PLAIN or (kinds == {list} and set(map(type, chain.from_iterable(values))) <= PLAIN):
        return values
    return [plain(value) for value in values]


def encode_table(table: Mapping[str, Sequence[Any]]) -> dict[str, Any]:
    """Encode columns of equal length; the page reads them back row by row."""
    return {name: encode_column(values) for name, values in table.items()}


def frame_columns(frame: pd.DataFrame, names: Sequence[str]) -> dict[str, list[Any]]:
    """Return the columns `names` of `frame` in that order, leaving out those it does not have."""
    return {name: frame[name].tolist() for name in names if name in frame.columns}

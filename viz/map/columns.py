"""Tables as columns for the page: repeated values are written once, so that large tables stay small."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain
from types import NoneType
from typing import Any

import pandas as pd

from tsunagari.viz.look.cells import plain

PLAIN = {str, int, bool, NoneType}
"""Types that JSON holds as they are."""


def encode_column(values: Sequence[Any]) -> dict[str, Any]:
    """Encode one column as ``{"v": values}``, or as ``{"d": distinct values, "i": indexes}`` where that is shorter.

    Examples
    --------
    >>> encode_column(["鳥取市", "鳥取市", "鳥取市"])
    {'d': ['鳥取市'], 'i': [0, 0, 0]}
    >>> encode_column([1, 2])
    {'v': [1, 2]}
    """
    cells = _plain_cells(values)
    kinds = set(map(type, cells))
    if not kinds & {str, list}:
        return {"v": list(cells)}
    keys = cells if kinds <= {str, NoneType} else [repr(cell) for cell in cells]  # 1 and True stay different
    distinct = dict.fromkeys(keys)
    if len(distinct) * 2 > len(cells):
        return {"v": list(cells)}
    places = {key: place for place, key in enumerate(distinct)}
    first = dict(zip(reversed(keys), reversed(cells), strict=True))
    return {"d": [first[key] for key in distinct], "i": [places[key] for key in keys]}


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

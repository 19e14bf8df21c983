"""Tables as columns for the page: repeated values are written once, so that large tables stay small."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from tsunagari.viz.look.cells import plain


def encode_column(values: Sequence[Any]) -> dict[str, Any]:
    """Encode one column as ``{"v": values}``, or as ``{"d": distinct values, "i": indexes}`` where that is shorter.

    Examples
    --------
    >>> encode_column(["鳥取市", "鳥取市", "鳥取市"])
    {'d': ['鳥取市'], 'i': [0, 0, 0]}
    >>> encode_column([1, 2])
    {'v': [1, 2]}
    """
    cells = [plain(value) for value in values]
    if not any(isinstance(cell, (str, list)) for cell in cells):
        return {"v": cells}
    distinct: dict[str, int] = {}
    kept: list[Any] = []
    indexes = []
    for cell in cells:
        key = repr(cell)
        if key not in distinct:
            distinct[key] = len(kept)
            kept.append(cell)
        indexes.append(distinct[key])
    return {"d": kept, "i": indexes} if len(kept) * 2 <= len(cells) else {"v": cells}


def encode_table(table: Mapping[str, Sequence[Any]]) -> dict[str, Any]:
    """Encode columns of equal length; the page reads them back row by row."""
    return {name: encode_column(values) for name, values in table.items()}


def frame_columns(frame: pd.DataFrame, names: Sequence[str]) -> dict[str, list[Any]]:
    """Return the columns `names` of `frame` in that order, leaving out those it does not have."""
    return {name: frame[name].tolist() for name in names if name in frame.columns}

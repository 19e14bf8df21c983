"""Values of a table as JSON and a sheet can hold them."""

from __future__ import annotations

import math
from datetime import date
from typing import Any

import pandas as pd

_AS_IT_IS = {str, int, bool}


def plain(value: Any) -> Any:
    """Return `value` as JSON can hold it: missing values None, dates ISO text, numbers rounded to 4 digits.

    Examples
    --------
    >>> plain(float("nan")), plain(date(2023, 10, 1)), plain(0.123456)
    (None, '2023-10-01', 0.1235)
    """
    if value.__class__ in _AS_IT_IS:
        return value
    if isinstance(value, (list, tuple, set, frozenset)):
        return [item if item.__class__ is str else plain(item) for item in value]
    if value is None or value is pd.NA or value is pd.NaT:
        return None
    if hasattr(value, "item") and not isinstance(value, (str, bytes)):
        value = value.item()  # a numpy scalar
    if isinstance(value, (bool, int)):
        return value
    if isinstance(value, float):
        return round(value, 4) if math.isfinite(value) else None
    if isinstance(value, date):
        return value.isoformat()[:10]
    return str(value)

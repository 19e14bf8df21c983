"""How serious a cell of the coverage table is, by one formula that is printed with every result."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from tsunagari.errors import Message, NetworkError
from tsunagari.graph.wording import STATUS_LABELS

WEIGHTS: Mapping[str, float] = MappingProxyType(
    {"multiple": 0.0, "single": 0.4, "wide_only": 0.6, "none": 1.0, "unknown": 0.5, "withheld": 0.0}
)
PLANNED = 0.8
PLANNED_UNKNOWN = 1.2
CONNECTED = 0.9
Floats: TypeAlias = npt.NDArray[np.float64]


def _weights(lang: str) -> str:
    return ("、" if lang == "ja" else ", ").join(
        f"{STATUS_LABELS[status].text(lang)} {weight:g}"
        for status, weight in sorted(WEIGHTS.items(), key=lambda item: -item[1])
        if status != "withheld"
    )


FORMULA = Message(
    f"状況の重み（{_weights('ja')}） × 必要度 ÷ 必要度の最大値"
    f" × {PLANNED:g}（予定がある場合。未調査なら、必要と書かれているのに担い手の記載がないので {PLANNED_UNKNOWN:g}）"
    f" × {CONNECTED:g}（担い手が地域に届くプラットフォームに参加している場合）。"
    "必要度は指標の指定がなければ全て 1。",
    f"weight of the status ({_weights('en')}) × need ÷ largest need"
    f" × {PLANNED:g} (if support is planned; {PLANNED_UNKNOWN:g} in an unknown cell, where a source sees a need and"
    f" names no provider) × {CONNECTED:g} (if a provider is in a platform that reaches the area)."
    " Need is 1 everywhere unless an indicator is given.",
)
"""The severity in words, to be read after an equals sign."""


def severities(status: npt.ArrayLike, need: Floats, planned: npt.ArrayLike, connected: npt.ArrayLike) -> Floats:
    """Return how serious each cell is, from 0 (nothing to do) to 1.

    An unknown cell lies between one that is served from outside and one that hangs on a single body: nobody knows
    whether it is a gap, so it neither leads the list nor hides. A plan eases a gap that is known; in an unknown cell it
    is the one sign of a need that the sources give, so that cell is to be settled first.

    Parameters
    ----------
    status
        Areas × fields: places in `WEIGHTS`.
    need
        Need of each area in any unit, e.g. its population. Where it is not known the median of the known ones stands
        in, so that a gap neither leads the list nor hides for want of a figure. Where the largest need is 0 every
        severity is 0.
    planned
        Areas × fields: whether anybody plans to offer support.
    connected
        Areas × fields: whether a provider is a member of a platform that reaches the area.

    Raises
    ------
    NetworkError
        A need is negative or infinite.

    Examples
    --------
    >>> places = [[list(WEIGHTS).index("none")], [list(WEIGHTS).index("single")]]
    >>> severities(places, np.array([50.0, 200.0]), [[False], [False]], [[False], [True]]).ravel().tolist()
    [0.25, 0.36]
    """
    if np.any(need < 0) or np.any(np.isinf(need)):
        wrong = need[(need < 0) | np.isinf(need)][0]
        raise NetworkError(
            Message(
                f"必要度は 0 以上の数でなければなりません: {wrong}", f"A need must be a number from 0 up, not {wrong}."
            )
        )
    places = np.asarray(status, dtype=np.intp)
    filled = need_or_median(need)
    largest = filled.max(initial=0.0)
    share = filled / largest if largest else np.zeros_like(filled)
    weights = np.array(list(WEIGHTS.values()))[places]
    unknown = places == list(WEIGHTS).index("unknown")
    plan = np.where(np.asarray(planned), np.where(unknown, PLANNED_UNKNOWN, PLANNED), 1.0)
    found: Floats = weights * share[:, None] * plan * np.where(np.asarray(connected), CONNECTED, 1.0)
    return found.round(6)


def need_or_median(need: Floats) -> Floats:
    """Return needs with the median of the known ones where one is not known; 1 everywhere when none is.

    Examples
    --------
    >>> need_or_median(np.array([10.0, np.nan, 30.0])).tolist()
    [10.0, 20.0, 30.0]
    """
    missing = np.isnan(need)
    stand_in = np.median(need[~missing]) if not missing.all() else 1.0
    return np.where(missing, stand_in, need)

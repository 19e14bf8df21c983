"""How serious a cell of the coverage table is, by one formula that is printed with every result."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from tsunagari.errors import Message, NetworkError
from tsunagari.graph.sentences import STATUS_LABELS

WEIGHTS: Mapping[str, float] = MappingProxyType(
    {"none": 1.0, "wide_only": 0.6, "unknown": 0.5, "single": 0.4, "multiple": 0.0}
)
PLANNED = 0.8
PLANNED_UNKNOWN = 1.2
CONNECTED = 0.9


def _weights(lang: str) -> str:
    return ("、" if lang == "ja" else ", ").join(
        f"{STATUS_LABELS[status].text(lang)} {weight:g}" for status, weight in WEIGHTS.items()
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


def severity(
    status: str, *, need: float = 1.0, largest_need: float = 1.0, planned: int = 0, connected: bool = False
) -> float:
    """Return how serious a cell is, from 0 (nothing to do) to 1.

    An unknown cell lies between one that is served from outside and one that hangs on a single body: nobody knows
    whether it is a gap, so it neither leads the list nor hides. A plan eases a gap that is known; in an unknown cell it
    is the one sign of a need that the sources give, so that cell is to be settled first.

    Parameters
    ----------
    status
        A key of `WEIGHTS`.
    need
        Need of the area in any unit, e.g. its population.
    largest_need
        The largest need in the scope; where it is 0 every severity is 0.
    planned
        Number of bodies that only plan to offer support.
    connected
        Whether a provider is a member of a platform that reaches the area.

    Raises
    ------
    NetworkError
        A need is negative, not a number or above the largest.

    Examples
    --------
    >>> severity("none"), severity("single", connected=True), severity("none", need=50, largest_need=200)
    (1.0, 0.36, 0.25)
    """
    if not 0 <= need <= largest_need:
        raise NetworkError(
            Message(
                f"必要度は 0 以上、最大値（{largest_need}）以下でなければなりません: {need}",
                f"A need must lie between 0 and the largest one ({largest_need}), not {need}.",
            )
        )
    share = need / largest_need if largest_need else 0.0
    plan = (PLANNED_UNKNOWN if status == "unknown" else PLANNED) if planned else 1.0
    return round(WEIGHTS[status] * share * plan * (CONNECTED if connected else 1.0), 6)

"""The statuses of a cell of the coverage matrix as people see them: sign, colour, name and meaning.

Signs and colours say the same, so that neither a black-and-white print nor a colour-blind reader loses anything.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tsunagari.errors import Message
from tsunagari.graph.wording import STATUS_LABELS
from tsunagari.viz.look.palette import STATUSES


@dataclass(frozen=True, slots=True)
class GapStatus:
    """How one status looks and what it means.

    Parameters
    ----------
    symbol
        One character that stands for it.
    fill, ink
        Background and text colour of a cell, as ``#RRGGBB``.
    label, meaning
        Its short name and its definition.
    """

    symbol: str
    fill: str
    ink: str
    label: Message
    meaning: Message


_MEANINGS = {
    "multiple": Message(
        "その市町村の中で 2 つ以上の団体が提供している。",
        "Two or more organisations provide it in the municipality itself.",
    ),
    "single": Message(
        "その市町村の中で提供しているのは 1 団体だけ。やめると途切れる。",
        "Exactly one organisation provides it in the municipality; without it there is none.",
    ),
    "wide_only": Message(
        "地元にはなく、圏域・都道府県・全国を対象とする団体だけがある。",
        "Nobody local; only organisations serving a wider area that contains it.",
    ),
    "none": Message(
        "誰も提供していないことを、完全な一覧か調査が示している。",
        "Nobody provides it, and a complete list or a survey says so.",
    ),
    "unknown": Message(
        "提供者の記載はないが、完全な一覧もない。「ない」とは言えない。",
        "No provider is stated, and no complete list either: that is not the same as none.",
    ),
    "withheld": Message(
        "公表しない団体が関わるため、状況を示さない（公開用だけ）。空白とは限らない。",
        "It hangs on bodies that are not named, so nothing is said (public edition only): it need not be a gap.",
    ),
}

GAP_STATUSES = {
    key: GapStatus(STATUSES[key].sign.ja, STATUSES[key].colour, STATUSES[key].ink, STATUS_LABELS[key], meaning)
    for key, meaning in _MEANINGS.items()
}


def statuses_of(values: Iterable[str]) -> dict[str, GapStatus]:
    """Return the five statuses of every table, and the one of public editions where it is among the values.

    Examples
    --------
    >>> len(statuses_of(["single"])), len(statuses_of(["single", "withheld"]))
    (5, 6)
    """
    is_public = "withheld" in set(values)
    return {key: status for key, status in GAP_STATUSES.items() if is_public or key != "withheld"}


PLAN_SIGN = Message("予", "P")
PLAN_MEANING = Message("予定・検討中の支援がある", "support is planned or considered")
"""Written beside the sign of a cell that only a plan would fill."""

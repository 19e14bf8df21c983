"""The figures of prefectures, for the day of the atlas and for the same day of the years before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from tsunagari.errors import Message
from tsunagari.viz.look.gap_status import GAP_STATUSES

if TYPE_CHECKING:
    from tsunagari.graph.knowledge import KnowledgeGraph

WAVES = 6
"""So many days the slider has at most, a year apart."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure that every prefecture has.

    Parameters
    ----------
    key
        Its name in the page.
    label, meaning
        What it is called, and what exactly is counted.
    digits
        Decimals shown.
    """

    key: str
    label: Message
    meaning: Message
    digits: int = 0


FIGURES = (
    Figure(
        "reached",
        Message("地元に担い手がいるマス（％）", "cells with a local provider (%)"),
        Message(
            "市区町村×分野のマスのうち、その市区町村の中に担い手がいる割合。",
            "Share of the cells of municipality and field in which somebody in the municipality provides it.",
        ),
        1,
    ),
    Figure(
        "none",
        Message("確認済みゼロのマス", "cells confirmed to be without"),
        Message(
            "完全な一覧か調査が、担い手がいないことを示すマスの数。",
            "Cells of which a complete list or a survey says that nobody provides it.",
        ),
    ),
    Figure(
        "single",
        Message("担い手が1団体だけのマス", "cells that hang on one body"),
        Message("その1団体がやめると途切れるマスの数。", "Cells that are lost when that one body stops."),
    ),
    Figure(
        "unknown",
        Message("未調査のマス", "cells nobody looked into"),
        Message(
            "担い手の記載も、完全な一覧もないマスの数。ゼロとは言えない。",
            "Cells without a stated provider and without a complete list; not the same as none.",
        ),
    ),
    Figure(
        "members",
        Message("会員の数", "memberships"),
        Message(
            "都道府県内に所在する団体の、プラットフォームへの加入の数。",
            "Memberships in platforms of the bodies that are in the prefecture.",
        ),
    ),
    Figure(
        "ties",
        Message("連携の数", "ties"),
        Message(
            "都道府県内の団体が一方の端である連携の数。",
            "Ties of which an end is a body in the prefecture.",
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Wave:
    """The figures of one day: key of a figure to code of a prefecture (``31000``) to its value."""

    day: str
    values: dict[str, dict[str, float]]


def waves(
    kg: KnowledgeGraph, prefecture_of: dict[str, str], *, day: str, areas: Sequence[str] | None, lang: str
) -> list[Wave]:
    """Return the figures of the day of the atlas and of the same day of earlier years, the earliest first.

    Parameters
    ----------
    kg
        The graph.
    prefecture_of
        IRI of a body to the code of its prefecture.
    day
        ISO date of the atlas; an empty one (every time taken together) has no other days.
    areas
        The areas that are counted; None takes the scope of the workspace.
    lang
        Language.
    """
    days = [*_earlier(kg.first_day, day), day] if day else [""]
    return [Wave(one, _values(kg, prefecture_of, one or None, areas, lang)) for one in days]


def _earlier(first: str | None, day: str) -> list[str]:
    """Return the same day of the years before, as far back as the graph states anything, the earliest first."""
    last = date.fromisoformat(day)
    found: list[str] = []
    while first and len(found) < WAVES - 1:
        year = last.year - len(found) - 1
        one = last.replace(year=year, day=min(last.day, 28) if last.month == 2 else last.day).isoformat()
        if one < first:
            break
        found.append(one)
    return found[::-1]


def _values(
    kg: KnowledgeGraph, prefecture_of: dict[str, str], at: str | None, areas: Sequence[str] | None, lang: str
) -> dict[str, dict[str, float]]:
    table = kg.rollup("prefecture", areas=areas, at=at, lang=lang)
    counts: dict[str, Counter[str]] = {status: Counter() for status in GAP_STATUSES}
    for status in [status for status in GAP_STATUSES if status in table]:
        for code, number in zip(table["area_id"].astype(str).tolist(), table[status].tolist(), strict=True):
            counts[status][code] += int(number)
    cells = {code: sum(counts[status][code] for status in GAP_STATUSES) for code in counts["multiple"]}
    reached = {
        code: 100 * (counts["multiple"][code] + counts["single"][code]) / number
        for code, number in cells.items()
        if number
    }
    of_cells = {
        status: {code: float(counts[status][code]) for code in cells} for status in ("none", "single", "unknown")
    }
    members = kg.frame("memberships", at=at)
    ties = kg.frame("ties", at=at)
    ends = zip(ties["from_id"].tolist(), ties["to_id"].tolist(), strict=True)
    joined = _counted({prefecture_of.get(a, ""), prefecture_of.get(b, "")} for a, b in ends)
    belongs = _counted({prefecture_of.get(body, "")} for body in members["organization_id"].tolist())
    return {"reached": reached, **of_cells, "members": belongs, "ties": joined}


def _counted(codes: Iterable[set[str]]) -> dict[str, float]:
    counts = Counter(code for found in codes for code in found if code)
    return {code: float(number) for code, number in counts.items()}


def figures_data(found: Sequence[Wave], codes: Iterable[str], lang: str) -> dict[str, Any]:
    """Return the figures as the page reads them: days, and for each figure the values of the prefectures a day."""
    listed = list(codes)
    return {
        "days": [wave.day for wave in found],
        "codes": listed,
        "figures": [
            {
                "key": figure.key,
                "label": figure.label.text(lang),
                "meaning": figure.meaning.text(lang),
                "digits": figure.digits,
                "values": [
                    [
                        None if (value := wave.values[figure.key].get(code)) is None else round(value, figure.digits)
                        for code in listed
                    ]
                    for wave in found
                ],
            }
            for figure in FIGURES
        ],
    }

"""Colours, shapes and signs. Nothing is told by colour alone: every colour goes with a shape or a written sign."""

from __future__ import annotations

from dataclasses import dataclass

from tsunagari.errors import Message


@dataclass(frozen=True, slots=True)
class Style:
    """How one value is drawn: fill colour, one written character, and the colour of that character."""

    colour: str
    sign: Message
    ink: str = "#ffffff"


SECTORS = {
    "national": Style("#39407f", Message("国", "N")),
    "prefecture": Style("#1f6f9f", Message("県", "P")),
    "municipality": Style("#4a9cc2", Message("市", "M")),
    "social-welfare-council": Style("#b8442f", Message("社", "S")),
    "welfare-corporation": Style("#dd8a3e", Message("福", "W")),
    "npo": Style("#2f8560", Message("Ｎ", "V")),
    "association": Style("#7d62a8", Message("協", "A")),
    "network": Style("#b1518b", Message("網", "X")),
    "company": Style("#7a6450", Message("企", "C")),
    "community": Style("#8d8b2b", Message("地", "L")),
    "other": Style("#79818c", Message("他", "?")),
}
"""By the notation of the scheme ``sector``."""

NO_SECTOR = Style("#9aa1aa", Message("", ""))

CATEGORICAL = (
    "#1f6f9f",
    "#dd8a3e",
    "#2f8560",
    "#b1518b",
    "#7d62a8",
    "#8d8b2b",
    "#b8442f",
    "#39407f",
    "#4a9cc2",
    "#7a6450",
)
"""For values without a colour of their own, by frequency; the rest share the last grey."""


@dataclass(frozen=True, slots=True)
class KindStyle:
    """Shape of a kind of node, and its colour where the node has no sector."""

    shape: str
    colour: str


KINDS = {
    "organization": KindStyle("dot", "#79818c"),
    "platform": KindStyle("diamond", "#273043"),
    "body": KindStyle("triangle", "#56617a"),
    "programme": KindStyle("star", "#8a3b12"),
    "activity": KindStyle("hexagon", "#5d8a3a"),
    "service": KindStyle("pentagon", "#1b8a86"),
    "field": KindStyle("square", "#a0742a"),
    "measure": KindStyle("capsule", "#4f7f78"),
    "category": KindStyle("square", "#6d6f3a"),
    "constituent": KindStyle("square", "#8a6f9c"),
    "policy-area": KindStyle("square", "#5f8f9c"),
    "requirement": KindStyle("capsule", "#a8663c"),
    "deliverable": KindStyle("page", "#8f9e4f"),
    "policy": KindStyle("page", "#8b7fb0"),
    "goal": KindStyle("flag", "#c06a8a"),
    "area": KindStyle("plus", "#7a8290"),
}
"""By the kind of a network's node, in the order of the legend."""

OTHER_KIND = KindStyle("capsule", "#a2a8b0")

CLAIMS = {
    "stated": Style("#1f6f9f", Message("記", "S")),
    "planned": Style("#dd8a3e", Message("予", "P")),
    "under-consideration": Style("#7d62a8", Message("検", "C")),
    "desired": Style("#b1518b", Message("望", "D")),
    "inferred": Style("#79818c", Message("推", "I")),
    "corrected": Style("#2f8560", Message("訂", "R")),
    "superseded": Style("#7a6450", Message("旧", "O")),
    "disputed": Style("#b8442f", Message("争", "Q")),
}
"""By the notation of the scheme ``claim-status``."""

STATUSES = {
    "multiple": Style("#1d6f68", Message("◎", "◎")),
    "single": Style("#79bdb0", Message("○", "○"), "#12302d"),
    "wide_only": Style("#f2cd7b", Message("△", "△"), "#4a3605"),
    "none": Style("#c2492f", Message("×", "×")),
    "unknown": Style("#eceef1", Message("?", "?"), "#555d68"),
    "withheld": Style("#cdd1da", Message("非", "非"), "#2b3038"),
}
"""Coverage statuses of analytics.md §2, from well covered to unknown."""

COUNT_STEPS = ("#eceef1", "#d3e4ee", "#9cc3da", "#5b99bd", "#1f6f9f")
"""Background of a cell that holds a count: zero, then four steps up to the largest."""

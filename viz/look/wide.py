"""The one word for bodies that support a place from a wider area, beside those that are there."""

from __future__ import annotations

from collections.abc import Sequence

from tsunagari.errors import Message

WIDE = Message("（広域）", " (wide)")


def marked_wide(names: Sequence[str], local: int, lang: str) -> list[str]:
    """Return the names of providers, of whom local ones come first; beside these the others are marked as wide.

    Examples
    --------
    >>> marked_wide(["甲", "乙"], 1, "ja"), marked_wide(["甲", "乙"], 0, "en")
    (['甲', '乙（広域）'], ['甲', '乙'])
    """
    mark = WIDE.text(lang)
    return [name if place < local or not local else f"{name}{mark}" for place, name in enumerate(names)]

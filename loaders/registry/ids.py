"""Identifiers that people give their rows, in any script: A001, NPO_1, 団体1, ａ００１, 001."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_PLAIN = re.compile(r"[a-z0-9]+(?:[._-][a-z0-9]+)*")
_PREFIXED = re.compile(r"(?P<segment>[a-z][a-z-]*)/(?P<id>[^\s/]+)")
# Letters and a number, as lists count their rows; a name such as K2 or 3B has fewer digits or none behind.
_CODED = re.compile(r"[a-z]{1,8}[_-]?\d{2,}|[a-z]{1,8}[_-]\d+|(?=[a-z0-9_-]*\d)[a-z0-9]+(?:_[a-z0-9]+)+")
_DIGITS = re.compile(r"\d+")
_DASHES = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad")) | dict.fromkeys(map(ord, "‐‑‒–—―−－﹣"), "-")
_LONG_VOWEL = re.compile(r"(?<=[^ァ-ヶー\s])ー(?=\d)")  # typed for a dash before a number


@lru_cache(maxsize=65_536)
def fold_id(text: str) -> str:
    """Return an identifier in one width and case; the original stays what it is called.

    Examples
    --------
    >>> fold_id("Ａ００１"), fold_id("団体１"), fold_id("001"), fold_id("甲ー２")
    ('a001', '団体1', '001', '甲-2')
    """
    if text.isascii():
        return text.strip().lower()
    folded = unicodedata.normalize("NFKC", text.translate(_DASHES)).strip().casefold()
    return _LONG_VOWEL.sub("-", folded)


def parse_prefixed(text: str) -> tuple[str, str] | None:
    """Return segment and identifier of ``org/a001``; None for any other text."""
    found = _PREFIXED.fullmatch(text) if "/" in text else None
    return (found["segment"], found["id"]) if found is not None else None


def is_id(text: str) -> bool:
    """Tell whether `text` is written like an identifier and not like a name, whatever the lists declare.

    Lower-case letters, digits, dots and dashes alone, or a few letters of any case followed by a number. Digits alone
    may be a code.

    Examples
    --------
    >>> [is_id(text) for text in ("kitakyushu-15", "A001", "NPO_1", "Ａ００１", "K2", "LFA", "31201", "架空の会1")]
    [True, True, True, True, False, False, False, False]
    """
    if text.isdigit():
        return False
    if _PLAIN.fullmatch(text) or parse_prefixed(text) is not None:
        return True
    return _CODED.fullmatch(fold_id(text)) is not None


def _shape(folded: str) -> str | None:
    """Return an identifier with one sign for each number, so that 団体1 and 団体27 agree; None without a number."""
    return _DIGITS.sub("#", folded) if _DIGITS.search(folded) else None


class DeclaredIds:
    """The identifiers that the rows of a workspace declare, known before any reference is looked up."""

    def __init__(self) -> None:
        self._known: set[str] = set()
        self._shapes: set[str] = set()

    def add(self, text: str) -> None:
        """Note that a row declares an identifier."""
        folded = fold_id(text)
        if folded not in self._known:
            self._known.add(folded)
            shape = _shape(folded)
            if shape is not None:
                self._shapes.add(shape)

    def __contains__(self, text: str) -> bool:
        return bool(self._known) and fold_id(text) in self._known

    def resembles(self, text: str) -> bool:
        """Tell whether a text is built like a declared identifier, so that it is none that is missing, not a name.

        Examples
        --------
        >>> ids = DeclaredIds()
        >>> ids.add("団体1")
        >>> ids.resembles("団体27"), ids.resembles("架空の会")
        (True, False)
        """
        if not self._shapes or text.isdigit():
            return False
        shape = _shape(fold_id(text))
        return shape is not None and shape in self._shapes

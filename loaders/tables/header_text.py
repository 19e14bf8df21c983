"""What a header says once the ornaments of forms are taken off it."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz import fuzz

from tsunagari.ontology.spelling import fold_text

Stack = tuple[str, ...]
"""The texts over one column, top first: one in a plain header, none where there is no header."""

# What forms put around a name: ※必須 団体名, 1. 団体名, 【必須】団体名, 貴団体名; 団体名（正式名称）, 団体名*
_BEFORE = re.compile(
    r"(?:[※*]?\s*(?:必須|任意)(?:項目)?[:\s]*|[※*★☆◆■●]|【[^】]*】|\[[^\]]*\]|\([^()]*\)"
    r"|(?:[Qq問]\s*)?\d{1,3}(?:[-.]\d+)?[.):、。\s]*|[貴御おご](?=[一-龥]))\s*"
)
_BEHIND = re.compile(r"\s*(?:\([^()]*\)|【[^】]*】|\[[^\]]*\]|(?<=.)[※*].*|[:：]|(?<=.)必須|(?<=[^\d.])\d{1,2})$")
_QUALIFIER = re.compile(r"(.*?)\s*[(\[_]\s*([^()\[\]_]*)[)\]]?$")
_NUMBERS = frozenset({"no", "no.", "番号", "整理番号", "通し番号", "連番", "#"})
_SAYS_OTHERWISE = re.compile("カナ|かな|フリガナ|ふりがな|よみ|ヨミ|読み|英|略称|通称|別名|旧")


@lru_cache(maxsize=65_536)  # the search for headers asks for the same texts for each column and each sheet
def spellings(header: str) -> tuple[str, ...]:
    """Return the names a header may be known by: as written, then without what forms put around names.

    A note in brackets that makes it another column stays: 団体名（カナ） is no 団体名.

    Examples
    --------
    >>> spellings("※必須　団体名（正式名称）")[-1]
    '団体名'
    >>> spellings("団体名（カナ）")
    ('団体名(カナ)', '団体名カナ', 'カナ')
    """
    folded = fold_text(header)
    qualified = _QUALIFIER.fullmatch(folded)
    if qualified is not None and qualified[1] and _SAYS_OTHERWISE.search(qualified[2]):
        return folded, qualified[1] + qualified[2], qualified[2]
    behind = _strip(_BEHIND, folded)
    names = (folded, behind, _strip(_BEFORE, folded), _strip(_BEFORE, behind))
    return tuple(name for name in dict.fromkeys(names) if name)


def is_series(one: str, other: str) -> bool:
    """Tell whether two headers are the same but for a number behind, such as 活動分野1 and 活動分野2."""
    names = [re.fullmatch(r"(.+?)\s*\(?\d{1,2}\)?", fold_text(text)) for text in (one, other)]
    return all(names) and len({name[1] for name in names if name}) == 1


def shown_header(stack: Stack) -> str:
    """Return a header of several rows as one text."""
    return "／".join(stack)


def _strip(pattern: re.Pattern[str], text: str) -> str:
    while text:
        match = pattern.match(text) if pattern is _BEFORE else pattern.search(text)
        if match is None or match[0] == text or not match[0]:
            return text
        text = text[match.end() :] if pattern is _BEFORE else text[: match.start()]
    return text


@lru_cache(maxsize=65_536)
def split_heading(text: str) -> tuple[str, str, str]:
    """Return column, sign and value of a header that names both, such as 活動分野（子育て）; only the text of another.

    Examples
    --------
    >>> split_heading("活動分野：子育て")
    ('活動分野', ':', '子育て')
    """
    match = re.fullmatch(r"(.+?)\s*([(:_/])\s*(.+?)\)?", fold_text(text))
    return (match[1], match[2], match[3]) if match else (text, "", "")


def is_number(header: str) -> bool:
    """Tell whether a header is that of a running number, which says nothing."""
    return fold_text(header).lower() in _NUMBERS


def similarity(one: str, other: str) -> float:
    """Return how alike two headers are, in percent."""
    return fuzz.ratio(fold_text(one), fold_text(other))

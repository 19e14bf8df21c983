"""Several values in one cell: whatever separates them, bullets and numbers before them, and names that hold a sign."""

from __future__ import annotations

import re
from collections.abc import Callable

from tsunagari.ontology.spelling import fold_text

# What only ever stands between values, and what may also be part of one: 文化・芸術, まちづくり及び観光.
_STRONG = re.compile(
    r"\s*(?:[、，,;；|｜\n/／]|[①-⑳⑴-⒇❶-❿●■◆◇□▪•➤✓✔]|(?<![^\s、,])[(（]\d{1,2}[)）]|(?<![^\s、,])\d{1,2}[.．)）](?!\d))\s*"
)
_WEAK = re.compile(
    r"\s*[・･＋+&＆~〜]\s*|\s+(?:and|or)\s+|[\s　]+"
    r"|(?:並びに|ならびに|及び|および|又は|または|もしくは|若しくは)|と(?=.{2})"
)
_TAIL = re.compile(r"(?:\s*(?:など|等|ほか|他|その他))+$")
_LAST = re.compile(r"\s*(?:など|等|ほか|その他|他)$")
_RESTS = re.compile("など|等|ほか|他")
_HEAD = re.compile(r"^[\s・･*＊※○◎〇-]+")
# Without any of these a text is one value: separators, what stands in front of one, and what hints at more.
_PARTING = re.compile(rf"{_STRONG.pattern}|{_WEAK.pattern}|{_HEAD.pattern}|(?:など|等|ほか|他|その他)$")
_LONGEST = 600  # a longer cell is a text rather than a list


def split_known(text: str, is_known: Callable[[str], bool]) -> list[str]:
    """Return the values of a cell: the longest that are known, and what is left between them.

    A sign that may be part of a value parts values only where that makes at least one of them known; then what lies
    beside it is a value as well, known or not.

    Parameters
    ----------
    text
        The cell.
    is_known
        Tells whether a text is a value.

    Examples
    --------
    >>> known = {"子育て", "防災", "文化・芸術"}.__contains__
    >>> split_known("①子育て②防災", known), split_known("文化・芸術 子育て", known), split_known("子育て及び謎", known)
    (['子育て', '防災'], ['文化・芸術', '子育て'], ['子育て', '謎'])
    >>> split_known("架空・空想", known)
    ['架空・空想']
    """
    if is_known(text) or _PARTING.search(text) is None:
        return [text]
    ready = [part.strip() for part in text.split("|")]  # as the adapters of fixed formats write what they have resolved
    if len(ready) > 1 and all(is_known(part) for part in ready):
        return list(dict.fromkeys(ready))
    if len(text) > _LONGEST:
        return [text]
    pieces = _pieces(text)
    found: list[str] = []
    start = 0
    while start < len(pieces):
        end = next((end for end in range(len(pieces), start, -1) if is_known(_between(text, pieces, start, end))), None)
        if end is None:
            end = start + 1
            found.append(_unknown(text, pieces, start, end, is_known))
        else:
            found.append(_between(text, pieces, start, end))
        start = end
    return list(dict.fromkeys(filter(None, _joined(found, text, pieces, is_known)))) or [text]


def names_rest(text: str, is_known: Callable[[str], bool]) -> bool:
    """Tell whether a cell hints at further values that it does not name: 子育て等, 防災ほか, 子育て、その他.

    Examples
    --------
    >>> known = {"子育て", "防災", "再犯防止等"}.__contains__
    >>> [names_rest(text, known) for text in ("子育て等", "防災、子育て ほか", "子育て等、防災", "再犯防止等")]
    [True, True, True, False]
    """
    if len(text) > _LONGEST or _RESTS.search(text) is None or _TAIL.fullmatch(text) or is_known(text):
        return False
    pieces = _pieces(text)
    ends = [place for place in range(len(pieces)) if place + 1 == len(pieces) or pieces[place + 1][2]]
    return any(
        _TAIL.search(_between(text, pieces, end, end + 1)) is not None
        and not any(is_known(_between(text, pieces, start, end + 1)) for start in range(end + 1))
        for end in ends
    )


Piece = tuple[int, int, bool]  # where it is, and whether what stands before it only ever separates


def _pieces(text: str) -> list[Piece]:
    """Return the smallest parts that signs leave."""
    cuts = sorted(
        [(match.start(), match.end(), True) for match in _STRONG.finditer(text)]
        + [(match.start(), match.end(), False) for match in _WEAK.finditer(text)]
    )
    pieces: list[Piece] = []
    start, strong = 0, True
    for left, right, is_strong in cuts:
        if left < start:
            strong, start = strong or is_strong, max(start, right)
            continue
        if left > start:
            pieces.append((start, left, strong))
            strong = is_strong
        else:
            strong = strong or is_strong
        start = right
    if start < len(text):
        pieces.append((start, len(text), strong))
    return pieces


def _between(text: str, pieces: list[Piece], start: int, end: int) -> str:
    return text[pieces[start][0] : pieces[end - 1][1]].strip()


def replace_part(text: str, part: str, new: str) -> str | None:
    """Return the text of a cell with one of the values that it lists replaced; None when it lists no such value.

    Parameters
    ----------
    text
        The cell.
    part
        The value, folded.
    new
        What stands there instead; empty takes the value out.

    Examples
    --------
    >>> replace_part("見守り、こそだて・防災", "こそだて", "子育て"), replace_part("見守り、謎", "謎", "")
    ('見守り、子育て・防災', '見守り')
    >>> replace_part("見守り隊", "見守り", "相談")
    """
    pieces = _pieces(text)
    for start in range(len(pieces)):
        for end in range(start + 1, len(pieces) + 1):
            if fold_text(_between(text, pieces, start, end)) != part:
                continue
            left, right = pieces[start][0], pieces[end - 1][1]
            if not new and end < len(pieces):
                right = pieces[end][0]
            elif not new and start:
                left = pieces[start - 1][1]
            return text[:left] + new + text[right:]
    return None


def _unknown(text: str, pieces: list[Piece], start: int, end: int, is_known: Callable[[str], bool]) -> str:
    """Return a part that is no value as it stands; 子育て等 and ・子育て are that value."""
    part = _between(text, pieces, start, end)
    bare = _HEAD.sub("", part)
    while bare and not is_known(bare):
        shorter = _LAST.sub("", bare)
        if shorter == bare:
            return part
        bare = shorter
    return bare or part


def _joined(found: list[str], text: str, pieces: list[Piece], is_known: Callable[[str], bool]) -> list[str]:
    """Put unknown neighbours together again where no known value and no sure sign lies between them."""
    joined: list[str] = []
    last_end = -1
    position = 0
    for part in found:
        at = text.find(part, position)
        is_weak = next((not strong for start, _, strong in pieces if start == at), False)
        if joined and is_weak and not is_known(part) and not is_known(joined[-1]) and last_end >= 0:
            joined[-1] = text[text.rfind(joined[-1], 0, at) : at + len(part)]
        elif _TAIL.fullmatch(part) is None or len(part) > 3:
            joined.append(part)
        position = last_end = at + len(part)
    return joined

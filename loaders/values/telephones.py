"""Telephone and fax numbers as offices write them: any width, brackets, several in a cell, with extensions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from tsunagari.ontology.spelling import fold_text

_EXTENSION = re.compile(
    r"\(?\s*(?:内線(?:番号)?|内|ext\.?|extension)\s*[:.]?\s*(?P<number>\d{1,6}(?:\s*[,・~-]\s*\d{1,6})*)\s*\)?", re.I
)
_NUMBER = re.compile(
    r"(?<![\d-])(?:(?:\+81[-\s]?\(?0?\)?[-\s]?|\(?0)\d{0,4}\)?[-\s.(]{0,2}\d{1,4}[-\s.)]{0,2}\d{3,4}"
    r"|[1-9]\d{0,3}-\d{1,4}-\d{4}|\d{9,10})(?![\d-])"
)
_BETWEEN = re.compile(r"[\n、,，;；/／|｜]|又は|または|及び|および")
_DASH = re.compile(r"(?<=\d)[ー一](?=\d)")  # a long vowel or a kanji typed for a dash
_LABEL = re.compile(r"(?:代表|直通|tel|電話(?:番号)?|fax|携帯|\(代\)|代|℡|☎)\s*[:.]?", re.I)
_LEFT = re.compile(r"[\s、,;/|・()又はまたは及び:\n-]+")
_MOBILE = ("70", "80", "90", "50")
_ONE = re.compile(r"0(?![5789]0)(?=[0-9-]{11}$)[0-9]{1,4}-[0-9]{1,4}-[0-9]{4}")


@dataclass(frozen=True, slots=True)
class Telephones:
    """What a cell says of how an office is called.

    Parameters
    ----------
    numbers
        The numbers, digits and dashes, each with its extension; empty when there is none.
    restored
        Numbers whose leading zero a spreadsheet took and that have it again.
    rest
        What else stands in the cell; empty when nothing does.
    """

    numbers: tuple[str, ...]
    restored: tuple[str, ...] = ()
    rest: str = ""


def is_one_number(text: str) -> bool:
    """Tell whether a cell is one whole number of a landline as it is kept, which most are.

    Examples
    --------
    >>> [is_one_number(text) for text in ("0857-00-0000", "03-0000-0000", "0857-00-000", "090-0000-0000")]
    [True, True, False, False]
    """
    return _ONE.fullmatch(text) is not None


@lru_cache(maxsize=16_384)
def read_telephones(text: str) -> Telephones:
    r"""Return the telephone numbers in a cell.

    Examples
    --------
    >>> read_telephones("０８５７－００－００００").numbers, read_telephones("0857(00)0000 内線12").numbers
    (('0857-00-0000',), ('0857-00-0000 内線12',))
    >>> read_telephones("0857-00-0000\n0857-00-0001").numbers, read_telephones("857000000")
    (('0857-00-0000', '0857-00-0001'), Telephones(numbers=('0857000000',), restored=('0857000000',), rest=''))
    """
    numbers: list[str] = []
    restored: list[str] = []
    rest: list[str] = []
    for part in _BETWEEN.split(text):
        _read_part(_DASH.sub("-", fold_text(part)), numbers, restored, rest)
    left = _LEFT.sub(" ", " ".join(_LABEL.sub(" ", part) for part in rest)).strip()
    return Telephones(tuple(dict.fromkeys(numbers)), tuple(dict.fromkeys(restored)), left)


def _read_part(text: str, numbers: list[str], restored: list[str], rest: list[str]) -> None:
    end = 0
    for found in _NUMBER.finditer(text):
        digits = _digits(found[0])
        if digits is None or found.start() < end:
            continue
        rest.append(text[end : found.start()])
        end = found.end()
        is_whole = _shown(found[0]).startswith(("0", "+", "(0"))
        extension = _EXTENSION.match(text, end) or _EXTENSION.match(text, end + 1)
        if extension is not None:
            end = extension.end()
            digits += f" 内線{extension['number']}"
        numbers.append(digits)
        restored += [] if is_whole else [digits]
    rest.append(text[end:])


def _shown(text: str) -> str:
    return text.strip()


def _digits(written: str) -> str | None:
    """Return a number with dashes where it was parted, its zero put back; None when it has too few or many digits."""
    text = _shown(written)
    if text.startswith("+81"):
        text = "0" + text.removeprefix("+81").lstrip("-( 0)").strip()
    parts = [part for part in re.split(r"\D+", text) if part]
    plain = "".join(parts)
    if not plain.startswith("0"):
        if len(plain) == 9 or (len(plain) == 10 and plain.startswith(_MOBILE)):
            return f"0{'-'.join(parts)}"
        return None
    longest = 11 if plain[1:3] in _MOBILE else 10
    if len(plain) != longest and not plain.startswith("0120"):
        return None
    return "-".join(parts)

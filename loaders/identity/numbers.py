"""Codes and corporate numbers as they stand in the place of a name or beside one."""

from __future__ import annotations

from collections.abc import Callable

from tsunagari.loaders.values import CellError, parse_corporate_number, parse_lg_code
from tsunagari.ontology.area_changes import governed_place
from tsunagari.ontology.municipalities import Municipality
from tsunagari.ontology.spelling import fold_text

_CODE_LENGTHS = (4, 5, 6)  # four digits are a code without its zero
_GOVERNMENT_NUMBER = "000020"  # what follows the check digit in the corporate numbers of local governments


def is_count(text: str) -> bool:
    """Tell whether a text is a number that is neither a code nor a corporate number.

    Examples
    --------
    >>> is_count("001"), is_count("31201")
    (True, False)
    """
    digits = digits_of(text)
    return bool(digits) and len(digits) not in (*_CODE_LENGTHS, 12, 13, 14)


def digits_of(name: str) -> str:
    """Return the name when it is nothing but digits, else an empty text."""
    digits = fold_text(name) if name[:1].isdigit() else ""
    return digits if digits.isascii() and digits.isdigit() else ""


def readable_number(text: str | None) -> str | None:
    """Return a corporate number; None for none and for one that is damaged, which is reported with its cell."""
    try:
        return parse_corporate_number(text) if text else None
    except CellError:
        return None


def place_of_code(text: str | None, find: Callable[[str], Municipality | None] = governed_place) -> Municipality | None:
    """Return the place of a code, as `find` knows it; None for none and for one that is wrong."""
    try:
        return find(parse_lg_code(text)) if text else None
    except CellError:
        return None


def place_of_number(number: str | None) -> Municipality | None:
    """Return the place whose local government has a corporate number; None for any other number."""
    if number is None or number[1:7] != _GOVERNMENT_NUMBER:
        return None
    return governed_place(number[7:])

"""The prefecture that a telephone number is of, by its area code (市外局番)."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from tsunagari.ontology.spelling import fold_text

_LONGEST = 6
# Mobile, paid for by the one who is called, and other numbers that are of no place.
_NOWHERE = ("0120", "0180", "0570", "0800", "0990", "020", "050", "060", "070", "080", "090")


def prefecture_of_call(number: str) -> str | None:
    """Return the two-digit code of the prefecture of a telephone number; None for mobiles, free calls and the unknown.

    Some areas of one code lie across a border, so that the code decides between places of one name but proves nothing
    by itself.

    Examples
    --------
    >>> prefecture_of_call("0857-00-0000"), prefecture_of_call("090-0000-0000")
    ('31', None)
    """
    digits = "".join(sign for sign in fold_text(number)[:16] if sign.isdigit())
    if digits.startswith(_NOWHERE):
        return None
    table = _table()
    found = (table[digits[:length]] for length in range(_LONGEST, 1, -1) if digits[:length] in table)
    return next(found, None)


@cache
def _table() -> dict[str, str]:
    text = files("tsunagari.ontology").joinpath("reference", "area_codes.csv").read_text(encoding="utf-8")
    return dict(line.split(",") for line in text.splitlines()[1:])

"""Text that a spreadsheet would take for a formula, and how it is kept from it: the one guard of every writer.

A name such as ``=SUM(1+1)の会`` is text in a list, and a program once it is opened in Excel. Japanese Excel takes the
full-width signs for the same, and blanks or invisible characters before a sign do not stop every program.
"""

from __future__ import annotations

import re

_SIGNS = "=+\\-@＝＋－＠﹢﹣﹦﹫−"
_UNSEEN = r"[\s\ufeff\u200b-\u200f\u202a-\u202e\u2060-\u2069\u00ad]*"
_FORMULA = re.compile(rf"(?:{_UNSEEN}[{_SIGNS}]|[\t\r\n])")


def is_formula(text: str) -> bool:
    """Tell whether a spreadsheet might take a text for a formula or a command.

    Examples
    --------
    >>> [is_formula(text) for text in ("=1+1", "＝1+1", " @cmd", "架空の会", "")]
    [True, True, True, False, False]
    """
    return _FORMULA.match(text) is not None


def guarded(text: str) -> str:
    """Return the text for a cell of CSV: with a quotation mark before it where it might be taken for a formula.

    Examples
    --------
    >>> guarded("=SUM(1+1)の会"), guarded("架空の会")
    ("'=SUM(1+1)の会", '架空の会')
    """
    return f"'{text}" if is_formula(text) else text


def unguarded(text: str) -> str:
    """Return what `guarded` was given.

    Examples
    --------
    >>> unguarded("'=SUM(1+1)の会"), unguarded("'n Huis")
    ('=SUM(1+1)の会', "'n Huis")
    """
    return text[1:] if text.startswith("'") and is_formula(text[1:]) else text

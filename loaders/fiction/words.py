"""Words that fictional names are put together from, each with its reading; none of them is the name of a person."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files

Word = tuple[str, str]
MARK: Word = ("架空", "かくう")


@cache
def words(name: str) -> tuple[Word, ...]:
    """Return the words of a list of the bundled table, each with its reading in hiragana.

    Examples
    --------
    >>> words("quarters")[0]
    ('一丁目', 'いっちょうめ')
    """
    return _table()[name]


@cache
def _table() -> dict[str, tuple[Word, ...]]:
    text = files("tsunagari.loaders").joinpath("fiction", "words.csv").read_text(encoding="utf-8")
    table: dict[str, list[Word]] = {}
    for row in csv.DictReader(text.splitlines()):
        table.setdefault(row["list"], []).append((row["word"], row["reading"]))
    return {name: tuple(found) for name, found in table.items()}

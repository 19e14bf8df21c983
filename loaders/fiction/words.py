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
def old_kanji() -> dict[int, str]:
    """Return what turns kanji into their old forms, for `str.translate`.

    Examples
    --------
    >>> "学会".translate(old_kanji())
    '學會'
    """
    pairs = files("tsunagari.loaders").joinpath("fiction", "old_kanji.txt").read_text(encoding="utf-8").split()
    return {ord(pair[0]): pair[1] for pair in pairs}


@cache
def new_kanji() -> dict[int, str]:
    """Return what turns old forms of kanji into those of today, for `str.translate`."""
    return {ord(old): chr(new) for new, old in old_kanji().items()}


@cache
def readings() -> dict[str, str]:
    """Return the words of two or more kanji to their readings, the longest first."""
    known = {word: reading for found in _table().values() for word, reading in found if word != reading}
    return {word: known[word] for word in sorted(known, key=len, reverse=True) if len(word) > 1}


@cache
def _table() -> dict[str, tuple[Word, ...]]:
    text = files("tsunagari.loaders").joinpath("fiction", "words.csv").read_text(encoding="utf-8")
    table: dict[str, list[Word]] = {}
    for row in csv.DictReader(text.splitlines()):
        table.setdefault(row["list"], []).append((row["word"], row["reading"]))
    return {name: tuple(found) for name, found in table.items()}

"""Where withheld bodies are named: by names, readings and numbers of others, and in texts."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

import numpy as np

from tsunagari.graph.change.views import Flags
from tsunagari.loaders.values import loose_key, name_keys
from tsunagari.ontology.namespaces import SKOS, TSU
from tsunagari.ontology.spelling import spelling_key

if TYPE_CHECKING:
    import numpy.typing as npt

    from tsunagari.graph.columns import Codes, Columns

NAMES = (f"{SKOS}prefLabel", f"{SKOS}altLabel")
_CALLED = (*NAMES, f"{TSU}reading", f"{TSU}corporateNumber")
SHORTEST = 4
"""Characters of a name that is looked for inside texts; a shorter one is found in words that do not mean it."""
INSIDE = 5
"""Characters of a name that the name of another thing may hold by chance, and no more."""
_BETWEEN = re.compile(r"[、,，;；/／・|｜()（）「」『』\[\]\s]+")


def _keys(text: str) -> frozenset[str]:
    known = name_keys(text)
    return frozenset((spelling_key(text), known.core, known.loose, loose_key(known.compact)))


class Callings:
    """What things are called: their names, readings and corporate numbers.

    Each counts as it is written and as it is said: without legal form, in hiragana, without long vowels.

    Parameters
    ----------
    columns
        The graph.
    """

    def __init__(self, columns: Columns) -> None:
        said = columns.statements
        rows = said.rows(*_CALLED)
        values, back = np.unique(said.values[rows], return_inverse=True)
        self._columns, self._subjects, self._back = columns, said.subjects[rows], back.reshape(-1)
        self._named = _named(columns.text(values))

    def of(self, things: Flags) -> frozenset[str]:
        """Return what some things are called; `things` tells it of each code, and at the end of -1."""
        places = np.unique(self._back[things[self._subjects]])
        return frozenset().union(*(self._named[place][0] for place in places.tolist()))

    def called(self, names: Collection[str]) -> Flags:
        """Tell of every code whether it is of a thing that is called one of some names.

        Another name that consists of several is theirs as well (A・B), and one that holds it.
        """
        return self._columns.mask(self._subjects[_are_names(self._named, names)[self._back]])


def are_names(columns: Columns, names: Collection[str], values: Codes) -> Flags:
    """Tell of some names whether they are, or hold, what a withheld body is called."""
    unique, back = np.unique(values, return_inverse=True)
    return _are_names(_named(columns.text(unique)), names)[back.reshape(-1)]


def _named(texts: Iterable[str]) -> list[tuple[frozenset[str], ...]]:
    """Return of each text the keys of the whole, and those of its parts."""
    return [tuple(map(_keys, dict.fromkeys((text, *_BETWEEN.split(text))))) for text in texts]


def _are_names(named: Sequence[tuple[frozenset[str], ...]], names: Collection[str]) -> Flags:
    """Tell of texts, given by their keys, whether they are, or hold, one of the names."""
    wanted = _Wanted.of(names, INSIDE)
    found = (any(not keys.isdisjoint(names) for keys in parts) or wanted.are_in(parts[0]) for parts in named)
    flags: Flags = np.fromiter(found, dtype=bool, count=len(named))
    return flags


def mentions(columns: Columns, names: Iterable[str], rows: npt.NDArray[np.int64]) -> Flags:
    """Tell of some statements whether their texts hold what a withheld body is called.

    Parameters
    ----------
    columns
        The graph.
    names
        What withheld bodies are called, see `Callings`; what has fewer than `SHORTEST` characters is not looked
        for.
    rows
        Places of statements whose values are texts.
    """
    wanted = _Wanted.of(names, SHORTEST)
    said = columns.statements
    if not wanted.names or not len(rows):
        return np.zeros(len(rows), dtype=bool)
    values, back = np.unique(said.values[rows], return_inverse=True)
    forms = ((spelling_key(text), loose_key(spelling_key(text))) for text in columns.text(values))
    found = np.array([wanted.are_in(dict.fromkeys(form)) for form in forms], dtype=bool)
    hit: Flags = found[back.reshape(-1)]
    return hit


def telling(texts: Iterable[str], names: Iterable[str]) -> list[bool]:
    """Tell of each text, which may be an IRI, whether it holds what a withheld body is called."""
    wanted = _Wanted.of(names, SHORTEST)
    return [
        bool(wanted.names) and wanted.are_in((spelling_key(text), loose_key(spelling_key(text))))
        for text in map(unquote, texts)
    ]


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Names that are looked for inside others: all of them, and how long those of each beginning are."""

    names: frozenset[str]
    lengths: Mapping[str, frozenset[int]]
    size: int

    @classmethod
    def of(cls, names: Iterable[str], size: int) -> _Wanted:
        """Take the names of at least `size` characters."""
        long = frozenset(name for name in names if len(name) >= size)
        lengths: dict[str, set[int]] = {}
        for name in long:
            lengths.setdefault(name[:size], set()).add(len(name))
        return cls(long, {beginning: frozenset(found) for beginning, found in lengths.items()}, size)

    def are_in(self, texts: Iterable[str]) -> bool:
        """Tell whether one of the names stands in one of the texts."""
        return any(
            text[start : start + length] in self.names
            for text in texts
            for start in range(len(text) - self.size + 1)
            for length in self.lengths.get(text[start : start + self.size], ())
        )

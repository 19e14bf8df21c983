"""Where withheld bodies are named: by names, readings and numbers of others, and in texts."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING
from urllib.parse import unquote

import numpy as np

from tsunagari.graph.change.views import Flags
from tsunagari.loaders.values.names import loose_key, name_keys
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


def withheld_names(columns: Columns, bodies: Flags, agreed: Flags) -> frozenset[str]:
    """Return what withheld bodies are called, and neither a place is nor a body that agreed.

    That is their names, readings and corporate numbers, each as it is written and as it is said: without legal form, in
    hiragana, without long vowels.

    Parameters
    ----------
    columns
        The graph.
    bodies, agreed
        Of each code, and at the end of -1, whether it is of a body that is withheld or that agreed.
    """
    if not bodies.any():
        return frozenset()
    said = columns.statements
    rows = said.rows(*_CALLED)
    places = columns.mask(columns.of_class("AdministrativeArea", "Concept"))
    theirs, others = (
        frozenset().union(*map(_keys, columns.text(np.unique(said.values[rows[flags[said.subjects[rows]]]]))))
        for flags in (bodies, agreed | places)
    )
    return theirs - others


def _keys(text: str) -> frozenset[str]:
    known = name_keys(text)
    return frozenset((spelling_key(text), known.core, known.loose, loose_key(known.compact)))


def named_things(columns: Columns, names: Collection[str], spared: Flags) -> Flags:
    """Tell of every code whether it is of a thing that is called what a withheld body is called.

    Another name that consists of several is theirs as well (A・B), and one that holds it.

    Parameters
    ----------
    columns
        The graph.
    names
        What withheld bodies are called, see `withheld_names`.
    spared
        Things that agreed to be named, and what no name of a body is: places, concepts.
    """
    said = columns.statements
    rows = said.rows(*_CALLED) if names else np.empty(0, dtype=np.int64)
    rows = rows[~spared[said.subjects[rows]]]
    return columns.mask(said.subjects[rows[are_names(columns, names, said.values[rows])]])


def are_names(columns: Columns, names: Collection[str], values: Codes) -> Flags:
    """Tell of some names whether they are, or hold, what a withheld body is called."""
    unique, back = np.unique(values, return_inverse=True)
    wanted = _by_beginning(names, INSIDE)
    found = [
        any(not known.isdisjoint(names) for known in map(_keys, (text, *_BETWEEN.split(text))))
        or _holds(_keys(text), wanted, INSIDE)
        for text in columns.text(unique)
    ]
    hit: Flags = np.array(found or [False], dtype=bool)[back.reshape(-1)]
    return hit[: len(values)]


def mentions(columns: Columns, names: Iterable[str], rows: npt.NDArray[np.int64]) -> Flags:
    """Tell of some statements whether their texts hold what a withheld body is called.

    Parameters
    ----------
    columns
        The graph.
    names
        What withheld bodies are called, see `withheld_names`; what has fewer than `SHORTEST` characters is not looked
        for.
    rows
        Places of statements whose values are texts.
    """
    wanted = _by_beginning(names, SHORTEST)
    said = columns.statements
    if not wanted or not len(rows):
        return np.zeros(len(rows), dtype=bool)
    values, back = np.unique(said.values[rows], return_inverse=True)
    forms = ((spelling_key(text), loose_key(spelling_key(text))) for text in columns.text(values))
    found = np.array([_holds(dict.fromkeys(form), wanted, SHORTEST) for form in forms], dtype=bool)
    hit: Flags = found[back.reshape(-1)]
    return hit


def telling(texts: Iterable[str], names: Iterable[str]) -> list[bool]:
    """Tell of each text, which may be an IRI, whether it holds what a withheld body is called."""
    wanted = _by_beginning(names, SHORTEST)
    return [
        bool(wanted) and _holds((spelling_key(text), loose_key(spelling_key(text))), wanted, SHORTEST)
        for text in map(unquote, texts)
    ]


def _by_beginning(names: Iterable[str], size: int) -> Mapping[str, set[str]]:
    """Return the names of at least `size` characters by the first of them."""
    found: dict[str, set[str]] = {}
    for name in names:
        if len(name) >= size:
            found.setdefault(name[:size], set()).add(name)
    return found


def _holds(texts: Iterable[str], wanted: Mapping[str, set[str]], size: int) -> bool:
    return any(
        text.startswith(name, start)
        for text in texts
        for start in range(len(text) - size + 1)
        for name in wanted.get(text[start : start + size], ())
    )

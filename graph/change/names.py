"""Where the names of withheld bodies stand: in names of others, and in texts."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

import numpy as np

from tsunagari.graph.change.views import Flags
from tsunagari.ontology.namespaces import SKOS, TSU
from tsunagari.ontology.spelling import spelling_key

if TYPE_CHECKING:
    import numpy.typing as npt

    from tsunagari.graph.columns import Columns

NAMES = (f"{SKOS}prefLabel", f"{SKOS}altLabel")
READING = f"{TSU}reading"
SHORTEST = 4
"""Characters of a name that is looked for inside texts; a shorter one is found in words that do not mean it."""
BEGINNING = 6
"""Characters of a name that the name of a service may begin with by chance, and no more."""
_BETWEEN = re.compile(r"[、,，;；/／・|｜()（）「」『』\[\]\s]+")


def withheld_names(columns: Columns, bodies: Flags, agreed: Flags) -> frozenset[str]:
    """Return the names of withheld bodies, in one spelling, that neither a place has nor a body that agreed.

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
    rows = said.rows(*NAMES)
    places = columns.mask(columns.of_class("AdministrativeArea", "Concept"))
    theirs, others = (
        frozenset(map(spelling_key, set(columns.text(said.values[rows[flags[said.subjects[rows]]]]))))
        for flags in (bodies, agreed | places)
    )
    return theirs - others


def named_things(columns: Columns, names: Collection[str], spared: Flags) -> Flags:
    """Tell of every code whether it is of a thing that is called what a withheld body is called.

    Another name that consists of several is theirs as well (A・B), and that of a service that begins with it.

    Parameters
    ----------
    columns
        The graph.
    names
        Names of withheld bodies, see `withheld_names`.
    spared
        Things that agreed to be named, and what no name of a body is: places, concepts.
    """
    said = columns.statements
    rows = said.rows(*NAMES) if names else np.empty(0, dtype=np.int64)
    rows = rows[~spared[said.subjects[rows]]]
    bodies = columns.mask(columns.of_class("Organization"))
    long = frozenset(name for name in names if len(name) >= BEGINNING)
    values, back = np.unique(said.values[rows], return_inverse=True)
    keys = [spelling_key(text) for text in columns.text(values)]
    parts = [any(spelling_key(part) in names for part in (key, *_BETWEEN.split(key))) for key in keys]
    begins = [any(key[:size] in long for size in range(BEGINNING, len(key))) for key in keys]
    is_part, is_begun = (np.array(found or [False], dtype=bool)[back.reshape(-1)] for found in (parts, begins))
    hit = is_part | (is_begun & ~bodies[said.subjects[rows]])
    return columns.mask(said.subjects[rows[hit[: len(rows)]]])


def mentions(columns: Columns, names: Iterable[str], rows: npt.NDArray[np.int64]) -> Flags:
    """Tell of some statements whether their texts hold the name of a withheld body.

    Parameters
    ----------
    columns
        The graph.
    names
        Names of withheld bodies, see `withheld_names`; those of fewer than `SHORTEST` characters are not looked for.
    rows
        Places of statements whose values are texts.
    """
    wanted: dict[str, set[str]] = {}
    for name in names:
        if len(name) >= SHORTEST:
            wanted.setdefault(name[:SHORTEST], set()).add(name)
    said = columns.statements
    if not wanted or not len(rows):
        return np.zeros(len(rows), dtype=bool)
    values, back = np.unique(said.values[rows], return_inverse=True)
    found = np.array([_holds(spelling_key(text), wanted) for text in columns.text(values)], dtype=bool)
    hit: Flags = found[back.reshape(-1)]
    return hit


def _holds(text: str, wanted: dict[str, set[str]]) -> bool:
    for start in range(len(text) - SHORTEST + 1):
        candidates = wanted.get(text[start : start + SHORTEST])
        if candidates and any(text.startswith(name, start) for name in candidates):
            return True
    return False

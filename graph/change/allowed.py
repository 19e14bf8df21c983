"""What the settings let be shown: the classes of things and the columns of their values."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from tsunagari.graph.change.views import Flags, direct_links
from tsunagari.loaders.workspace import always_shown, publication_words
from tsunagari.ontology.namespaces import ID, REFERENCE_GRAPH, column_name
from tsunagari.ontology.vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Collection

    from tsunagari.graph.columns import Columns

ALWAYS, PLACES, NEVER = "", "place", "other"
"""Words of what is shown whatever the settings say, of places and concepts, and of what never is."""
WORKSPACE = f"{ID}workspace"
_LINKED, _BODY, _PLATFORM = "linked_to", "body", "platform"
_OF_NO_PLACE = ("note", "local_id")


class Shown:
    """Which words the things and statements of a graph belong to.

    Parameters
    ----------
    columns
        The graph.

    Attributes
    ----------
    words
        Every word, `ALWAYS`, `PLACES` and `NEVER` included.
    of_things
        Of each code, and at the end of -1, the place of its word among `words`; -1 for what is no thing.
    """

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self.words = (ALWAYS, PLACES, NEVER, *publication_words())
        self.of_things = self._of_things()

    def _of_things(self) -> npt.NDArray[np.int8]:
        columns = self._columns
        tops = {name: word for word, names in _classes().items() for name in names}
        every = np.arange(len(columns.terms), dtype=np.int32)
        names, places = columns.classes(every, *tops)
        words = np.array([self.words.index(_word_of(name, tops)) for name in names] or [0], dtype=np.int8)
        things, _ = columns.pairs("type")
        found = np.where(columns.mask(things)[:-1], np.int8(self.words.index(NEVER)), np.int8(-1))
        return np.append(np.where(places >= 0, words[places], found), np.int8(-1)).astype(np.int8)

    def unshown(self, allow: Collection[str]) -> Flags:
        """Tell of every code whether it is of a thing that is not shown; what the ontology itself says always is."""
        wrong = [place for place, word in enumerate(self.words) if word not in (ALWAYS, PLACES, *allow)]
        found: Flags = np.isin(self.of_things, wrong)
        return found & ~self._of_ontology()

    def _of_ontology(self) -> Flags:
        """Tell of every code whether only the reference graph speaks of it, or it holds the settings."""
        columns, said = self._columns, self._columns.statements
        is_reference = self._in_reference()
        found = columns.mask(said.subjects[is_reference]) & ~columns.mask(said.subjects[~is_reference])
        bodies = columns.mask(columns.of_class("Organization"))
        return (found & ~bodies) | columns.mask(columns.codes([WORKSPACE]))

    def _in_reference(self) -> Flags:
        said = self._columns.statements
        kept = np.array([origin.graph == REFERENCE_GRAPH for origin in said.origins] or [False], dtype=bool)
        found: Flags = kept[said.sources] if len(said) else np.empty(0, dtype=bool)
        return found

    def of_statements(self) -> npt.NDArray[np.int8]:
        """Return the word of each statement as a place among `words`."""
        columns, said = self._columns, self._columns.statements
        words = _columns() | {column_name(iri): _PLATFORM for iri in direct_links(columns)} | {_LINKED: _BODY}
        number = {word: place for place, word in enumerate(self.words)}
        found = np.empty(len(said), dtype=np.int8)
        places = self.of_things[said.subjects] == number[PLACES]
        for iri, span in said.spans.items():
            name = column_name(iri)
            found[span] = number[words.get(name, NEVER)]
            if name not in _OF_NO_PLACE:
                found[span][places[span]] = number[ALWAYS]
        found[self._in_reference() | (said.subjects == columns.code(WORKSPACE))] = number[ALWAYS]
        return found

    def allowed(self, words: npt.NDArray[np.int8], allow: Collection[str]) -> Flags:
        """Tell of places among `words` whether they are of something that is shown."""
        right = [place for place, word in enumerate(self.words) if word in (ALWAYS, PLACES, *allow)]
        found: Flags = np.isin(words, right)
        return found


@cache
def _classes() -> dict[str, tuple[str, ...]]:
    always = always_shown()
    return {ALWAYS: always.classes, PLACES: always.places} | {
        name: word.classes for name, word in publication_words().items()
    }


@cache
def _columns() -> dict[str, str]:
    words = {column: name for name, word in publication_words().items() for column in word.columns}
    return words | dict.fromkeys(always_shown().columns, ALWAYS)


def _word_of(cls: str, tops: dict[str, str]) -> str:
    """Return the word of a class: that of the most particular one among `tops` that it is or is below."""
    words = vocabulary()
    above = [top for top in tops if words.is_a(cls, top)]
    return tops[min(above, key=lambda top: len(words.subclasses(top)))]

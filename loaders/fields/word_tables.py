"""The tables of everyday words that are shipped: which fields of each scheme a word is matched to, as in SKOS."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from tsunagari.ontology.concepts import Concept
from tsunagari.ontology.namespaces import BASE
from tsunagari.ontology.spelling import spelling_key
from tsunagari.ontology.vocabulary import Vocabulary, vocabulary

WORDS, FACILITIES = "words.csv", "facilities.csv"
EXACT, CLOSE, BROAD, RELATED = "exactMatch", "closeMatch", "broadMatch", "relatedMatch"
# What may be concluded: work in a field is work in an equal, a similar or a wider one, but not in each of its parts.
FOLLOWED = (EXACT, CLOSE, BROAD)
_RELATIONS = {"exact": EXACT, "close": CLOSE, "broad": BROAD, "related": RELATED}


@dataclass(frozen=True, slots=True)
class FieldMatch:
    """A match of a word: the relation of SKOS by its local name, and the field."""

    relation: str
    concept: Concept


@dataclass(frozen=True, slots=True)
class FieldWord:
    """A word and the fields it is matched to.

    Parameters
    ----------
    text
        The word.
    matches
        Its fields in every scheme; empty for a word of which the user says that no field fits.
    file, row
        Where the matches stand; no row for a shipped word, no file for the name of a field itself.
    """

    text: str
    matches: tuple[FieldMatch, ...]
    file: str = WORDS
    row: int | None = None

    @property
    def iri(self) -> str:
        """Identifier of the word, the same for all its spellings.

        Examples
        --------
        >>> FieldWord("ひとり親", ()).iri.rsplit("/", 1)[1]
        'ひとり親'
        """
        return f"{BASE}word/{''.join(sign if sign.isalnum() else '-' for sign in spelling_key(self.text))}"

    def concepts(self, relations: Sequence[str] = FOLLOWED) -> list[Concept]:
        """Return the fields it stands in one of these relations to."""
        return [match.concept for match in self.matches if match.relation in relations]


def shipped_words(words: Vocabulary, scheme: str) -> tuple[dict[str, FieldWord], dict[str, FieldWord]]:
    """Return the shipped words by the key of their spelling: all of them, and those of kinds of facilities.

    A word without a field in `scheme`, a scheme of the user, gets those that are called as one of its other fields.

    Examples
    --------
    >>> words, _ = shipped_words(vocabulary(), "hyogo")
    >>> [(match.relation, match.concept.notation) for match in words["ひとり親"].matches]
    [('broadMatch', 'childcare'), ('broadMatch', 'child-development')]
    """
    everyday, facilities = (
        {key: _in_scheme(word, scheme, words) for key, word in _table(name).items()} for name in (WORDS, FACILITIES)
    )
    return everyday | facilities, facilities


@cache
def _table(name: str) -> dict[str, FieldWord]:
    """Return the words of a shipped table by the key of their spelling."""
    text = files("tsunagari.ontology").joinpath("schemes", "mappings", name).read_text(encoding="utf-8")
    rows = csv.reader(text.splitlines())
    schemes = next(rows)[2:]
    known = vocabulary().schemes
    found: dict[str, FieldWord] = {}
    for row in rows:
        matches = tuple(
            FieldMatch(_RELATIONS[relation], concept)
            for scheme, cell in zip(schemes, row[2:], strict=True)
            for relation, _, notation in (part.partition(":") for part in cell.split())
            if (concept := known[scheme].find(notation)) is not None
        )
        found |= {spelling_key(word): FieldWord(word, matches, name) for word in row[1].split("、")}
    return found


def _in_scheme(word: FieldWord, scheme: str, vocabulary: Vocabulary) -> FieldWord:
    """Return the word with matches in a scheme of the user: its fields are those called as one of the word's fields."""
    if any(match.concept.scheme == scheme for match in word.matches):
        return word
    further = dict.fromkeys(_called_alike(word, vocabulary.schemes[scheme].find))
    return FieldWord(word.text, (*word.matches, *further), word.file)


def _called_alike(word: FieldWord, find: Callable[[str], Concept | None]) -> Iterator[FieldMatch]:
    own = find(word.text)
    if own is not None:
        yield FieldMatch("exactMatch", own)
        return
    for match in word.matches:
        found = next((item for name in match.concept.words if (item := find(name)) is not None), None)
        if found is not None:
            relation = "closeMatch" if match.relation == "exactMatch" else match.relation
            yield FieldMatch(relation, found)

"""Everyday words of support: which field of a scheme a word in a list means, and how surely.

The shipped words stand in ``ontology/schemes/mappings``; each is matched to every bundled field scheme as in SKOS:
exact, close or broad (the field covers the word). A word that may mean several fields is only related to them: it is a
question, not a guess. The file ``field-words.csv`` of a workspace, and the ``mapping`` of one source, count before the
shipped words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from tsunagari.errors import Message, SourceError
from tsunagari.loaders.fields.field_segments import segments
from tsunagari.loaders.fields.mappings import own_word_files, read_own_words, scheme_matches
from tsunagari.loaders.fields.word_tables import CLOSE, EXACT, FOLLOWED, RELATED, FieldMatch, FieldWord, shipped_words
from tsunagari.loaders.issues import Issue, join_names, unreadable_file
from tsunagari.loaders.values import CellError
from tsunagari.loaders.workspace import Source, Workspace
from tsunagari.ontology.concepts import Concept
from tsunagari.ontology.spelling import spelling_key
from tsunagari.ontology.vocabulary import FIELDS, Vocabulary

# A survey speaks of a whole field: that nobody offers a part of it tells nothing of the rest.
WHOLE = (EXACT, CLOSE)
_LIKE = 80  # how alike, of 100, a word must be to be named as a hint
_HINTS = 3
HINTS = 300  # texts for which near fields are looked up
_REMEMBERED = 50_000  # texts whose meaning is remembered


@dataclass(frozen=True, slots=True)
class FieldReading:
    """What a cell, or a part of one, says of fields.

    Parameters
    ----------
    concepts
        The fields, each once.
    words
        The everyday words that lead to them; empty where the text names the fields themselves.
    problem
        Code of the issue when no field follows: ``"unmatched-field"``, ``"ambiguous-field"`` or ``"narrow-field"``.
    candidates
        Fields it may mean; empty when none is near.
    """

    concepts: tuple[Concept, ...] = ()
    words: tuple[FieldWord, ...] = ()
    problem: str | None = None
    candidates: tuple[Concept, ...] = ()


@dataclass(slots=True)
class FieldWords:
    """The words of one field scheme, and what was asked of them.

    Parameters
    ----------
    vocabulary, scheme
        The ontology with the schemes of the workspace, and the scheme that gaps are counted in.
    own
        Key of the spelling to word, for the words that the user matched.
    shipped, facilities
        The same for the shipped ones; those of facilities count inside a name too.
    follows
        IRI of a field of another scheme to the matches that follow from it.
    issues
        Lines of the user's files that could not be used.
    missed
        Kinds of facilities that gave no field, with how many rows have them.
    """

    vocabulary: Vocabulary
    scheme: str
    own: dict[str, FieldWord]
    shipped: Mapping[str, FieldWord]
    facilities: Mapping[str, FieldWord]
    follows: Mapping[str, tuple[FieldMatch, ...]]
    issues: list[Issue] = field(default_factory=list)
    missed: Counter[str] = field(default_factory=Counter)
    _known: dict[tuple[str, bool], FieldReading] = field(default_factory=dict)
    _keys: frozenset[str] = frozenset()
    _asked: int = 0

    def __post_init__(self) -> None:
        """Note what counts as a word inside a phrase."""
        self._keys = frozenset((*self.own, *self.shipped, *self.vocabulary.schemes[self.scheme].keys))

    def read(self, text: str, *, whole: bool = False) -> FieldReading:
        """Return the fields that a text means.

        Parameters
        ----------
        text
            A cell or a part of one.
        whole
            Whether the text speaks of a whole field, as a survey does: a word that is only a part of it then does not
            do.
        """
        key = (text, whole)
        found = self._known.get(key)
        if found is None:
            found = self._read(text, whole=whole)
            if len(self._known) < _REMEMBERED:
                self._known[key] = found
        return found

    def taken(self, text: str, *, whole: bool = False) -> FieldReading:
        """Return what `read` returns where fields follow.

        Raises
        ------
        CellError
            When none follows and the user did not say that none fits; near ones are named.
        """
        found = self.read(text, whole=whole)
        if found.problem is None:
            return found
        names = join_names(
            Message(c.labels.get("ja", c.notation), c.labels.get("en", c.notation)) for c in found.candidates
        )
        raise CellError(found.problem, text, nearest=names)

    def find(self, text: str) -> list[FieldWord]:
        """Return what follows from the kind or name of a facility: from the whole of it, else from a word inside.

        Examples
        --------
        >>> words = FieldWords.of_scheme("hyogo")
        >>> [word.text for word in words.find("架空市立中央図書館")]
        ['図書館']
        """
        found = self.read(text)
        if found.concepts:
            return list(found.words) or [_named(concept) for concept in found.concepts]
        key = spelling_key(text)
        inside = [word for word in self.facilities if word in key and word not in self.own]
        inside += [word for word in self.own if word in key]
        best = max(inside, key=len) if inside else None
        word = None if best is None else self.own.get(best) or self.facilities[best]
        return [] if word is None or not self._of_scheme(word, FOLLOWED) else [word]

    @classmethod
    def of_scheme(cls, scheme: str, vocabulary: Vocabulary | None = None) -> FieldWords:
        """Return the shipped words for a field scheme."""
        from tsunagari.ontology.vocabulary import vocabulary as bundled

        return _shipped(vocabulary or bundled(), scheme)

    # ---- reading ----

    def _read(self, text: str, *, whole: bool) -> FieldReading:
        key = spelling_key(text)
        if key in self.own:
            return self._settled([self.own[key]], whole=whole)
        own_name = self.vocabulary.schemes[self.scheme].find(text)
        if own_name is not None:
            return FieldReading((own_name,))
        word = self.shipped.get(key)
        if word is not None and word.matches:
            return self._settled([word], whole=whole)
        other = self.vocabulary.concept(FIELDS, text)
        if other is not None:
            return self._of_other_scheme(text, other)
        parts = segments(key, self._is_word)
        if parts is not None:
            return self._from_parts(parts, whole=whole)
        return FieldReading(problem="unmatched-field", candidates=self._near(key))

    def _of_other_scheme(self, text: str, concept: Concept) -> FieldReading:
        """Return the field of another scheme that a text names, with those that follow from it."""
        follows = () if _is_identifier(text, concept) else self.follows.get(concept.iri, ())
        words = (FieldWord(text, follows),) if follows else ()
        return FieldReading((concept, *(match.concept for match in follows)), words)

    def _settled(self, words: Sequence[FieldWord], *, whole: bool) -> FieldReading:
        followed = [word for word in words if self._of_scheme(word, FOLLOWED)]
        concepts = [found for word in followed for found in self._of_scheme(word, WHOLE if whole else FOLLOWED)]
        if concepts:
            return FieldReading(tuple(dict.fromkeys(concepts)), tuple(word for word in followed if word.file))
        candidates = [found for word in words for found in self._of_scheme(word, (*FOLLOWED, RELATED))]
        if not candidates and not any(word.matches for word in words):
            return FieldReading()  # the user says that no field fits
        problem = "narrow-field" if followed else "ambiguous-field" if candidates else "unmatched-field"
        return FieldReading(problem=problem, candidates=tuple(dict.fromkeys(candidates)))

    def _from_parts(self, parts: Sequence[str], *, whole: bool) -> FieldReading:
        """Return what the words of a phrase mean together; those that may mean several fields add nothing to others."""
        words = [self._word(part) for part in parts]
        clear = [word for word in words if self._of_scheme(word, FOLLOWED)]
        return self._settled(clear or words, whole=whole)

    def _is_word(self, key: str) -> bool:
        return len(key) > 1 and key in self._keys

    def _word(self, key: str) -> FieldWord:
        concept = None if key in self.own else self.vocabulary.schemes[self.scheme].find(key)
        if concept is not None:
            return FieldWord(key, (FieldMatch(EXACT, concept),), file="")  # the scheme's own name
        return self.own.get(key) or self.shipped[key]

    def _of_scheme(self, word: FieldWord, relations: Sequence[str]) -> list[Concept]:
        return [found for found in word.concepts(relations) if found.scheme == self.scheme]

    def _near(self, key: str) -> tuple[Concept, ...]:
        """Return the fields of words that stand in a text or look much like it; empty when none does."""
        self._asked += 1
        if self._asked > HINTS:
            return ()  # nobody reads so many hints
        inside = [word for word in (*self.own, *self.shipped) if len(word) > 1 and word in key]
        inside.sort(key=len, reverse=True)
        alike = process.extract(key, self.shipped.keys(), scorer=fuzz.ratio, limit=_HINTS, score_cutoff=_LIKE)
        names = [*inside[:_HINTS], *(word for word, _, _ in alike)]
        found = [concept for name in names for concept in self._of_scheme(self._word(name), (*FOLLOWED, RELATED))]
        return tuple(dict.fromkeys(found))[:_HINTS]


def read_field_words(workspace: Workspace, source: Source | None, vocabulary: Vocabulary) -> FieldWords:
    """Return the words for the scheme of a workspace, with those of its ``field-words.csv`` and of one source.

    A file of the user that cannot be read at all is an issue.
    """
    words = _shipped(vocabulary, workspace.fields)
    for file in own_word_files(workspace, source):
        try:
            found, issues = read_own_words(workspace, file, vocabulary)
        except SourceError as error:
            words.issues.append(unreadable_file(error, file))
            continue
        words.issues += issues
        words.own |= found
    words.__post_init__()
    return words


def _shipped(vocabulary: Vocabulary, scheme: str) -> FieldWords:
    words, facilities = shipped_words(vocabulary, scheme)
    return FieldWords(vocabulary, scheme, {}, words, facilities, scheme_matches(scheme, vocabulary))


def _named(concept: Concept) -> FieldWord:
    return FieldWord(f"{concept.scheme}/{concept.notation}", (FieldMatch(EXACT, concept),))


def _is_identifier(text: str, concept: Concept) -> bool:
    return text in (concept.iri, f"{concept.scheme}/{concept.notation}")

"""The graph by columns: all statements as arrays of numbers, from which every table, network and finding is made.

A build writes them (see `tsunagari.graph.columns.column_files`); of an endpoint they are made from its quads. Here the
named graphs make no difference: a statement counts once, whichever of them hold it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache, cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from tsunagari.graph.columns.terms import NONE, Codes, no_codes, rows_of
from tsunagari.graph.columns.validity import TIME_COLUMNS, holds_at
from tsunagari.ontology.namespaces import DCT, RDFS, SKOS, column_name, concept_iri, local_name
from tsunagari.ontology.vocabulary import vocabulary

if TYPE_CHECKING:
    from tsunagari.graph.columns.column_statements import Statements
    from tsunagari.graph.store import Store

# Properties that name a thing, the most particular first.
LABELS = (f"{SKOS}prefLabel", f"{RDFS}label", f"{DCT}title")
_STATUS_SCHEME = "claim-status"


class Columns:
    """The statements of a graph by property; made by `columns_of` or `column_files.open_columns`.

    IRIs and texts are codes: places among all texts of the graph in the order of their code points, -1 for nothing.
    Properties go by their column name (``member`` for ``org:member``), as in `tsunagari.graph.facts.Thing`.

    Parameters
    ----------
    statements
        All statements.
    """

    def __init__(self, statements: Statements) -> None:
        self.terms = statements.terms
        self.statements = statements
        self._spans: dict[str, slice] = {}
        for iri, span in statements.spans.items():  # properties of one column name stand together
            first = self._spans.setdefault(column_name(iri), span)
            self._spans[column_name(iri)] = slice(first.start, span.stop)
        self._pairs: dict[str, tuple[Codes, Codes]] = {}
        self._best_labels: dict[str, Codes] = {}
        self._instances: dict[tuple[str, ...], Codes] = {}

    # ---- texts ----

    def code(self, text: str) -> int:
        """Return the code of an IRI or text, -1 when the graph does not have it."""
        return self.terms.code(text)

    def codes(self, texts: Iterable[str]) -> Codes:
        """Return the code of each IRI or text, -1 for what the graph does not have."""
        return self.terms.codes(texts)

    def text(self, codes: npt.ArrayLike) -> list[str]:
        """Return the text of each code, the empty text for -1."""
        return self.terms.text(codes)

    def objects(self, codes: npt.ArrayLike) -> npt.NDArray[np.object_]:
        """Return the text of each code as an array of objects, None for -1."""
        return self.terms.objects(codes)

    def mask(self, codes: npt.NDArray[np.int32]) -> npt.NDArray[np.bool_]:
        """Return an array that tells of every code, and at its end of -1, whether it is one of `codes`; -1 never is."""
        found = np.zeros(len(self.terms) + 1, dtype=bool)
        found[codes] = True
        found[-1] = False
        return found

    # ---- statements ----

    @property
    def names(self) -> tuple[str, ...]:
        """Column names of the properties that the graph uses, sorted."""
        return tuple(sorted(self._spans))

    def pairs(self, name: str) -> tuple[Codes, Codes]:
        """Return subjects and values of a property, each pair once, sorted by subject and value; none if unknown."""
        if name not in self._pairs:
            span = self._spans.get(name, slice(0, 0))
            self._pairs[name] = _each_once(self.statements.subjects[span], self.statements.values[span])
        return self._pairs[name]

    def values_in(self, name: str, is_wanted: Callable[[str], bool]) -> Codes:
        """Return the values that a property has in the named graphs for whose IRI `is_wanted` is true, sorted."""
        span = self._spans.get(name, slice(0, 0))
        wanted = np.array([is_wanted(origin.graph) for origin in self.statements.origins], dtype=bool)
        if not len(wanted):
            return no_codes(0)
        return np.unique(self.statements.values[span][wanted[self.statements.sources[span]]])

    def one(self, name: str, subjects: npt.ArrayLike) -> Codes:
        """Return the first value of a property for each subject, -1 where it has none."""
        wanted = np.asarray(subjects, dtype=np.int32)
        said, values = self.pairs(name)
        if not len(said):
            return no_codes(len(wanted))
        rows = np.minimum(np.searchsorted(said, wanted), len(said) - 1)
        return np.where(said[rows] == wanted, values[rows], np.int32(NONE))

    def all(self, name: str, subjects: npt.ArrayLike) -> tuple[npt.NDArray[np.int64], Codes]:
        """Return every value of a property for each subject.

        Returns
        -------
        Where the values of each subject start, and where those of the last one end; and the values, sorted for each.
        """
        wanted = np.asarray(subjects, dtype=np.int32)
        said, values = self.pairs(name)
        first, last = np.searchsorted(said, wanted), np.searchsorted(said, wanted, side="right")
        return np.concatenate(([0], np.cumsum(last - first))), values[rows_of(first, last)]

    def numbers(self, name: str, subjects: npt.ArrayLike) -> npt.NDArray[np.float64]:
        """Return the first value of a property as a number, nan where there is none or it is no number."""
        codes, places = np.unique(self.one(name, subjects), return_inverse=True)
        return np.array([_number(text) for text in self.text(codes)], dtype=np.float64)[places.reshape(-1)]

    def is_true(self, name: str, subjects: npt.ArrayLike) -> npt.NDArray[np.bool_]:
        """Tell of each subject whether the first value of a property is true."""
        codes, places = np.unique(self.one(name, subjects), return_inverse=True)
        return np.array([text in ("true", "1") for text in self.text(codes)], dtype=bool)[places.reshape(-1)]

    # ---- classes ----

    def of_class(self, *local_names: str) -> Codes:
        """Return the things of these classes and of their subclasses, sorted, each once; not to be changed."""
        if local_names not in self._instances:
            words = vocabulary()
            below = {words.class_iri(name) for top in local_names for name in words.subclasses(top)}
            wanted = self.codes(sorted(below))
            things, types = self.pairs("type")
            found = np.unique(things[np.isin(types, wanted[wanted >= 0])])
            found.flags.writeable = False
            self._instances[local_names] = found
        return self._instances[local_names]

    def classes(self, subjects: npt.ArrayLike, *tops: str) -> tuple[tuple[str, ...], npt.NDArray[np.int16]]:
        """Return the most specific class of each thing among `tops` and their subclasses.

        Returns
        -------
        Local names of classes, and for each subject a place among them, -1 where it is of none of these classes.
        """
        names = _most_specific_first(tops)
        things, types = self.pairs("type")
        found = np.full(len(self.terms) + 1, NONE, dtype=np.int16)  # the last one is that of -1
        for place in reversed(range(len(names))):
            found[things[types == self.code(vocabulary().class_iri(names[place]))]] = place
        return names, found[np.asarray(subjects, dtype=np.int32)]

    # ---- names ----

    def labels(self, subjects: npt.ArrayLike, lang: str = "ja") -> list[str]:
        """Return the label of each thing in `lang`, else in Japanese, else without or in any other language.

        What the graph does not name gets the label of the ontology, or the end of its IRI; -1 the empty text.
        """
        wanted = np.asarray(subjects, dtype=np.int32)
        unique, places = np.unique(wanted, return_inverse=True)
        best = self._labels_in(lang)[unique]
        texts = self.terms.objects(best, missing=None)
        bare = np.flatnonzero((best < 0) & (unique >= 0))
        texts[bare] = [vocabulary().label(iri, lang) for iri in self.text(unique[bare])]
        texts[unique < 0] = ""
        found: list[str] = texts[places.reshape(-1)].tolist()
        return found

    def preferred_labels(self, subjects: npt.ArrayLike) -> dict[int, dict[str, str]]:
        """Return the preferred label of each thing that has one by language, the first of several."""
        said, kinds, tags, values, languages = self._names
        wanted = np.asarray(subjects, dtype=np.int32)
        rows = np.flatnonzero((kinds == 0) & self.mask(wanted)[said])[::-1]
        found: dict[int, dict[str, str]] = {}
        for subject, tag, text in zip(said[rows].tolist(), tags[rows].tolist(), self.text(values[rows]), strict=True):
            found.setdefault(subject, {})[languages[tag]] = text
        return found

    def _labels_in(self, lang: str) -> Codes:
        """Return the best label of everything: by language, then by property, then by text."""
        if lang not in self._best_labels:
            subjects, kinds, tags, values, languages = self._names
            order = {lang: 0, "ja": 1} if lang != "ja" else {lang: 0}
            ranks = np.array([order.get(tag, 2) for tag in languages], dtype=np.int32)
            rows = np.lexsort((values, kinds, tags, ranks[tags], subjects))
            best = no_codes(len(self.terms) + 1)  # the last one is that of -1
            best[subjects[rows[::-1]]] = values[rows[::-1]]
            self._best_labels[lang] = best
        return self._best_labels[lang]

    @cached_property
    def _names(self) -> tuple[Codes, Codes, Codes, Codes, list[str]]:
        """Subject, place in `LABELS`, place among languages and value of every name, and the languages, sorted."""
        said = self.statements
        tag_of = [origin.form[1:].partition("--")[0] if origin.form[:1] == "@" else "" for origin in said.origins]
        languages = sorted(set(tag_of) | {""})
        tags = np.array([languages.index(tag) for tag in tag_of] or [0], dtype=np.int32)
        parts = [said.rows(path) for path in LABELS]
        rows = np.concatenate(parts)
        kinds = np.repeat(np.arange(len(LABELS), dtype=np.int32), [len(part) for part in parts])
        return said.subjects[rows], kinds, tags[said.sources[rows]], said.values[rows], languages

    # ---- status and time ----

    @cached_property
    def statuses(self) -> tuple[str, ...]:
        """Notations of claim statuses: those of the ontology in its order, then any others that the graph uses."""
        known = [concept.notation for concept in vocabulary().schemes[_STATUS_SCHEME].concepts]
        used = {local_name(iri) for iri in self.text(np.unique(self.pairs("status")[1]))}
        return (*known, *sorted(used - set(known)))

    def status(self, subjects: npt.ArrayLike) -> npt.NDArray[np.int16]:
        """Return the claim status of each thing as a place in `statuses`; what says nothing about it is stated."""
        codes, places = np.unique(self.one("status", subjects), return_inverse=True)
        stated = concept_iri(_STATUS_SCHEME, "stated")
        found = [self.statuses.index(local_name(iri or stated)) for iri in self.text(codes)]
        return np.array(found, dtype=np.int16)[places.reshape(-1)]

    def holds(self, subjects: npt.ArrayLike, at: str | None) -> npt.NDArray[np.int8]:
        """Tell of each thing whether it holds on a day: 0 no, 1 possibly, 2 certainly; all of them without a day.

        The rule is that of `tsunagari.graph.columns.validity`.
        """
        wanted = np.asarray(subjects, dtype=np.int32)
        if at is None:
            return np.full(len(wanted), 2, dtype=np.int8)
        place, is_there = self.terms.place(at)
        # twice the code, so that a day that stands nowhere has a place between two codes
        times = {name: 2 * self.one(name, wanted).astype(np.int64) for name in TIME_COLUMNS}
        return holds_at(times, 2 * place if is_there else 2 * place - 1)


@cache
def _most_specific_first(tops: tuple[str, ...]) -> tuple[str, ...]:
    """Return the classes and those below them: the fewer are below a class, the earlier it comes."""
    words = vocabulary()
    below = {name for top in tops for name in words.subclasses(top)}
    return tuple(sorted(below, key=lambda name: (len(words.subclasses(name)), words.class_iri(name))))


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return float("nan")


def _each_once(subjects: Codes, values: Codes) -> tuple[Codes, Codes]:
    """Return pairs sorted, each once; they are sorted already unless several properties share a name."""
    keys = (subjects.astype(np.int64) << 32) | values
    if (keys[1:] > keys[:-1]).all():
        return subjects, values
    keys = np.unique(keys)
    return (keys >> 32).astype(np.int32), (keys & 0x7FFFFFFF).astype(np.int32)


def columns_of(store: Store) -> Columns:
    """Return the columns of a store: its own, or made from its quads.

    Examples
    --------
    >>> columns = columns_of(kg.store)
    >>> members, platforms = columns.pairs("organization")
    >>> len(members) == len(platforms) > 0
    True
    """
    own = getattr(store, "columns", None)
    if isinstance(own, Columns):
        return own
    from tsunagari.graph.columns.column_parts import statements_of

    return Columns(statements_of(store.quads()))

"""What the lists of a workspace call their fields: how often each word stands there, and what became of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from tsunagari.loaders.fields.field_words import FieldReading, FieldWords, read_field_words
from tsunagari.loaders.fields.word_tables import FACILITIES, WORDS, FieldWord
from tsunagari.loaders.issues import Issue
from tsunagari.loaders.values import split_parts
from tsunagari.loaders.workspace import Source, Workspace
from tsunagari.ontology.columns import Column
from tsunagari.ontology.concepts import Concept
from tsunagari.ontology.namespaces import column_name, graph_iri, instance_iri
from tsunagari.ontology.records import Evidence, Record, Reference, Value
from tsunagari.ontology.vocabulary import FIELDS, Vocabulary

FIELD_WORD = "field_word"  # column: the words from which the fields of a row follow
WHOLE_CLASS = "CoverageSurvey"  # rows that speak of whole fields
MOST_WORDS = 50_000
MOST_CELLS = 10_000  # different cells of a list before their parts are counted
"""Different texts that are counted; a list with more of them has other columns than fields in that place."""
_GRAPH = graph_iri("field-words")


@dataclass(frozen=True, slots=True)
class FieldUse:
    """A text that stands for fields in the lists of a workspace.

    Parameters
    ----------
    text
        The text, as it is written most often.
    count
        In how many cells it stands.
    files
        The files, in alphabetical order.
    reading
        The fields that follow, or why none does.
    """

    text: str
    count: int
    files: tuple[str, ...]
    reading: FieldReading


@dataclass(slots=True)
class _Cell:
    """What a cell names, and how often it came."""

    references: tuple[Reference, ...]
    count: int = 0


class FieldBook:
    """The words for fields of a workspace, read once, with what was asked of them.

    Parameters
    ----------
    workspace, vocabulary
        The settings, and the ontology with the schemes of the workspace.
    """

    def __init__(self, workspace: Workspace, vocabulary: Vocabulary) -> None:
        self._workspace = workspace
        self._vocabulary = vocabulary
        self._words: dict[str | None, FieldWords] = {}
        self._asked: dict[tuple[str | None, str, bool], Counter[str]] = defaultdict(Counter)
        self._cells: dict[tuple[str, str | None, bool], dict[str, _Cell]] = defaultdict(dict)
        self._used: dict[str, FieldWord] = {}

    @property
    def issues(self) -> list[Issue]:
        """Lines of the user's words that cannot be used: of the workspace and of its sources, each once."""
        named = [None, *(source for source in self._workspace.sources if source.mapping is not None)]
        return list(dict.fromkeys(issue for source in named for issue in self._of(source).issues))

    def of(self, source: Source) -> FieldWords:
        """Return the words that count in a source."""
        return self._of(source)

    def _of(self, source: Source | None) -> FieldWords:
        name = None if source is None else source.mapping
        if name not in self._words:
            self._words[name] = read_field_words(self._workspace, source, self._vocabulary)
        return self._words[name]

    def note(self, source: Source, column: Column, text: str, cls: str, count: int = 1) -> tuple[Reference, ...]:
        """Note that `count` cells were read, and return their words; empty for any other column than one of fields."""
        if column.scheme != FIELDS:
            return ()
        known = self._cell(source, text, cls)
        known.count += count
        return known.references

    def words(self, source: Source, text: str, cls: str) -> tuple[Reference, ...]:
        """Return the everyday words of a cell of fields."""
        return self._cell(source, text, cls).references

    def _cell(self, source: Source, text: str, cls: str) -> _Cell:
        whole = cls == WHOLE_CLASS
        cells = self._cells[source.file, source.mapping, whole]
        known = cells.get(text)
        if known is None:
            if len(cells) == MOST_CELLS:
                self._count_cells()
            readings = [self.of(source).read(part, whole=whole) for part in split_parts(text)]
            found = {word.iri: word for reading in readings for word in reading.words}
            self._used |= found
            known = self._cells[source.file, source.mapping, whole][text] = _Cell(tuple(map(Reference, found)))
        return known

    def _count_cells(self) -> None:
        """Count the parts of the cells noted so far."""
        for (file, mapping, whole), cells in self._cells.items():
            for text, cell in cells.items():
                for part in split_parts(text) if cell.count else ():
                    asked = (mapping, part, whole)
                    if asked in self._asked or len(self._asked) < MOST_WORDS:
                        self._asked[asked][file] += cell.count
        self._cells.clear()

    def note_open(self, source: Source, missed: Counter[str]) -> None:
        """Note words of facilities that gave no field."""
        for text, count in missed.items():
            self._asked[source.mapping, text, False][source.file] += count

    def uses(self) -> list[FieldUse]:
        """Return every text that stood for fields: those that gave none first, then by number and text."""
        self._count_cells()
        found = []
        for (mapping, text, whole), files in self._asked.items():
            reading = self._words[mapping].read(text, whole=whole) if mapping in self._words else FieldReading()
            found.append(FieldUse(text, files.total(), tuple(sorted(files)), reading))
        return sorted(found, key=lambda use: (use.reading.problem is None, -use.count, use.text))

    def records(self) -> Iterator[Record]:
        """Yield the everyday words that were used, with their matches as in SKOS, and the tables that hold them."""
        for file in sorted({word.file for word in self._used.values()}):
            iri = _source_iri(file)
            title: dict[str, tuple[Value, ...]] = {"title": (f"分野の語（{file}）",), "identifier": (file,)}
            yield Record(iri, "SourceDocument", _GRAPH, title, (Evidence(iri),))
        for word in sorted(self._used.values(), key=lambda word: word.iri):
            values: dict[str, tuple[Value, ...]] = {"pref_label": (word.text,)}
            matches: dict[str, dict[Concept, None]] = defaultdict(dict)
            for match in word.matches:
                matches[match.relation][match.concept] = None
            for relation, concepts in matches.items():
                values[column_name(relation)] = tuple(Reference(concept.iri) for concept in concepts)
            place = Evidence(_source_iri(word.file), row=word.row)
            yield Record(word.iri, "FieldWord", _GRAPH, values, (place,))


def _source_iri(file: str) -> str:
    """Return the IRI of a table of words; a list of a user may have the name of a shipped one."""
    return instance_iri("source", f"tsunagari {file}" if file in (WORDS, FACILITIES) else file)

"""Single cells of rows to values, each different one of a column once where nothing but its text decides."""

from __future__ import annotations

from datetime import date

from tsunagari.loaders.areas import Areas
from tsunagari.loaders.fields import WHOLE_CLASS, FieldBook
from tsunagari.loaders.identity import Draft, Resolver, SourceFile
from tsunagari.loaders.kept import Outcome, meaning
from tsunagari.loaders.tables import Row
from tsunagari.loaders.values import CellError, CellParser
from tsunagari.ontology.columns import Column
from tsunagari.ontology.records import Reference, Value
from tsunagari.ontology.vocabulary import FIELDS, Vocabulary

PARTY = "party."  # before the columns of the organisation that a row is about
MOST = 200_000  # texts of one column that are remembered
_FEW = 4_096  # texts after which a column of nothing but different ones is not remembered any further
Said = dict[str, dict[str, tuple[Value, ...]]]  # column to text to values


class CellReader:
    """Reads cells.

    Parameters
    ----------
    vocabulary, parser, resolver, areas, fields
        What cells are read with.
    """

    def __init__(
        self, vocabulary: Vocabulary, parser: CellParser, resolver: Resolver, areas: Areas, fields: FieldBook
    ) -> None:
        self._vocabulary = vocabulary
        self._parser = parser
        self._resolver = resolver
        self._areas = areas
        self._fields = fields
        self._checked: dict[tuple[object, ...], dict[str, str | None]] = {}  # what cells of kept lists mean now
        self._file: SourceFile | None = None
        self._said: dict[tuple[date | None, date | None, str | None], Said] = {}

    def said_before(self, draft: Draft, document_date: date | None) -> Said:
        """Return what cells of the same list, day and prefecture were found to mean; `keep` adds to it."""
        if draft.file is not self._file:
            self._file = draft.file
            self._said.clear()
        key = (self._areas.day, document_date, draft.row.prefecture)
        found = self._said.get(key)
        if found is None:
            found = self._said[key] = {}
        return found

    def keep(self, draft: Draft, said: Said, name: str, text: str, items: tuple[Value, ...], *, every: bool) -> None:
        """Remember what a cell means of which nothing was to be told.

        Parameters
        ----------
        draft
            Its row.
        said, name, text, items
            The memory, the column, the cell and what it means.
        every
            Whether all cells of the list are wanted; else a column of nothing but different texts is not remembered.
        """
        known = said.setdefault(name, {})
        if len(known) < (MOST if every or len(known) < _FEW or 2 * len(known) < draft.index else _FEW):
            known[text] = items

    def asked(self, file: SourceFile, document_date: date | None) -> dict[str, dict[str, str]] | None:
        """Return column and prefecture to text to what it means, of the cells of the list that was read last.

        Cells that describe an organisation are not among them: their rows are read again in any case. None where the
        cells are too many to be remembered.
        """
        day, found = Draft(file, Row(0, {}, {}), -1).stated_on or self._areas.default_day, {}
        for (spoken_of, resolved, prefecture), columns in self._said.items() if file is self._file else ():
            for name, cells in columns.items() if (spoken_of, resolved) == (day, document_date) else ():
                if name.startswith(PARTY):
                    continue
                if len(cells) >= MOST:
                    return None
                found[f"{name}\t{prefecture or ''}"] = {text: meaning(items) for text, items in cells.items()}
        return found

    def read(
        self, draft: Draft, column: Column, text: str, document_date: date | None
    ) -> tuple[tuple[Value, ...], list[CellError]]:
        """Return what a cell means, and why parts of it mean nothing; `areas` has findings of their places."""
        items: dict[Value, None] = {}
        errors: list[CellError] = []
        for part in self._parser.split(column, text):
            try:
                if column.is_reference:
                    for iri in self._resolver.resolve_all(column, part, draft.prefecture):
                        items[Reference(iri)] = None
                elif column.scheme == FIELDS:
                    words = self._fields.of(draft.file.source)
                    taken = words.taken(part, whole=draft.file.kind.cls == WHOLE_CLASS)
                    items |= {Reference(concept.iri): None for concept in taken.concepts}
                else:
                    items[self._parser.parse(column, part, document_date)] = None
                    if column.name == "lg_code":
                        self._areas.note_lost_zero(part)
            except CellError as error:
                errors.append(error.bare())
        return tuple(items), errors

    def means_the_same(self, file: SourceFile, kept: Outcome, document_date: date | None) -> bool:
        """Tell whether every cell of a list still means what it meant."""
        columns, cls, source = self._vocabulary.columns(file.kind.cls), file.kind.cls, file.source
        for key, cells in kept.asked.items():
            name, _, prefecture = key.partition("\t")
            draft = Draft(file, Row(0, {}, {}, prefecture or None), -1)
            self._areas.at(draft.stated_on)
            context = cls, key, self._areas.day, document_date, source.mapping, source.area
            known = self._checked.setdefault(context, {})
            for text, said in cells.items():
                if text not in known:
                    items, errors = self.read(draft, columns[name], text, document_date)
                    known[text] = None if errors or self._areas.findings else meaning(items)
                    self._areas.findings.clear()
                if known[text] != said:
                    return False
        words = ((meaning(self._fields.words(file.source, text, cls)), said) for _, text, said, _ in kept.words)
        return all(today == said for today, said in words)

    def note_words(self, file: SourceFile, kept: Outcome) -> None:
        """Note the words for fields of a list whose cells are not read."""
        columns, cls = self._vocabulary.columns(file.kind.cls), file.kind.cls
        for name, text, _, count in kept.words:
            self._fields.note(file.source, columns[name], text, cls, count)

"""Rows on their way to records: which file and kind they come from, and what was found out about them so far."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any, Protocol

from tsunagari.loaders.areas import Home, Prefecture
from tsunagari.loaders.issues import Issue, make_issue
from tsunagari.loaders.registry import Entity
from tsunagari.loaders.tables import Row, Table
from tsunagari.loaders.values import CellError, UnreadableDateError, parse_date
from tsunagari.loaders.workspace import Kind, Source
from tsunagari.ontology.namespaces import BLANK, REFUSED, withheld_graph_iri
from tsunagari.ontology.records import Evidence, Record, Temporal, Value
from tsunagari.ontology.vocabulary import Vocabulary

# Columns that say where a row comes from and what it is; they become evidence, class and identifier, not values.
EVIDENCE_COLUMNS = ("document", "line", "page", "quote")
NOT_VALUES = frozenset({*EVIDENCE_COLUMNS, "class"})
# What an adapter says of a body that its list leaves unnamed: its class, and one spelling of where it is.
PUBLISHABLE = "publishable"
IDENTITY_ONLY = frozenset({"class", "spot"})
_CODES = frozenset({"lg_code", "corporate_number"})


# An organisation that a row names, or why there is none.
Party = Entity | CellError
_NO_PARTIES: Mapping[str, Party] = MappingProxyType({})


@dataclass(slots=True)
class RowStates:
    """What was found out about the rows of a file before they are read; a row is known by its place, from 0.

    Parameters
    ----------
    left_out
        Rows that are left out.
    wrong_codes
        Rows whose codes contradict the name beside them and do not count.
    entities
        Row to the thing that it declares, when other rows can refer to it.
    parties
        Column to row to the organisation that a name stands for, or to why there is none.
    speaking
        Column to the rows that say something of that organisation, its name at least.
    """

    left_out: set[int] = field(default_factory=set)
    wrong_codes: set[int] = field(default_factory=set)
    entities: dict[int, Entity] = field(default_factory=dict)
    parties: dict[str, dict[int, Party]] = field(default_factory=dict)
    speaking: dict[str, set[int]] = field(default_factory=dict)


@dataclass(slots=True)
class SourceFile:
    """A source with its table and identifiers.

    Parameters
    ----------
    source, kind
        The settings and the kind they name.
    iri, graph
        IRI of the file and of the graph that its rows go to.
    table
        Its rows.
    encoding, sha256
        How its bytes were read, and their hash.
    platform
        IRI of the platform that the settings name; None without one.
    rows
        How many rows are below its header.
    records
        How many records it gave.
    number
        Its place among the files whose rows are read.
    states
        What is known of its rows.
    key
        What its reading is kept under; None where it is not kept.
    document_date
        The day against which words such as 今年度 resolve; None when the settings give none.
    stated_on
        The day that rows without one of their own speak of; None when the settings give none.
    """

    source: Source
    kind: Kind
    iri: str
    graph: str
    table: Table
    encoding: str
    sha256: str
    platform: str | None = None
    rows: int = 0
    records: int = 0
    number: int = 0
    states: RowStates = field(default_factory=RowStates, repr=False)
    key: str | None = None
    document_date: date | None = field(init=False)
    stated_on: date | None = field(init=False)

    def __post_init__(self) -> None:
        """Find the days that hold for all rows."""
        issued, as_of = day_of(self.source.issued), day_of(self.source.as_of)
        self.document_date, self.stated_on = issued or as_of, as_of or issued

    @property
    def file(self) -> str:
        """Name of the file."""
        return self.source.file

    def drafts(self) -> Iterator[Draft]:
        """Yield its rows with what is known of them by now."""
        states = self.states
        for index, row in enumerate(self.table.rows):
            if states.parties or states.wrong_codes:
                yield self.draft(row, index)
            else:
                yield Draft(self, row, index, states.entities.get(index), _NO_PARTIES, index in states.left_out)

    def draft(self, row: Row, index: int) -> Draft:
        """Return the row at a place with what is known of it by now."""
        states = self.states
        if index in states.wrong_codes:
            for cells in (row.cells, row.party):
                for name in _CODES & cells.keys():
                    del cells[name]
        parties = _NO_PARTIES
        if states.parties:
            parties = {column: found[index] for column, found in states.parties.items() if index in found}
        return Draft(self, row, index, states.entities.get(index), parties, index in states.left_out)


@dataclass(slots=True)
class Draft:
    """A row and what is known of it.

    Parameters
    ----------
    file, row, index
        Where it comes from, and its place among the rows of the file.
    entity
        The thing it declares, when other rows can refer to it.
    parties
        Column to the organisation that a name in it stands for, or to why there is none.
    left_out
        Whether it was left out.
    answer
        What keeps the row from the public: `REFUSED`, `BLANK`, or the empty text for nothing.
    """

    file: SourceFile
    row: Row
    index: int
    entity: Entity | None = None
    parties: Mapping[str, Party] = field(default_factory=lambda: _NO_PARTIES)
    left_out: bool = False
    answer: str = ""

    @property
    def graph(self) -> str:
        """IRI of the graph that the row goes to: that of its file, or one apart for rows not for the public."""
        return withheld_graph_iri(self.file.graph, self.answer) if self.answer else self.file.graph

    def note_answer(self, said: Value | None) -> None:
        """Note whether the row may be made public: ``said`` is what its list says, None where it says nothing.

        A list without such a column does not ask, so its rows stay together; what cannot be read is no consent.
        """
        if said is False or (said is None and self.row.cells.get(PUBLISHABLE)):
            self.answer = REFUSED
        elif said is None and PUBLISHABLE in self.file.table.headers:
            self.answer = BLANK

    @property
    def prefecture(self) -> Prefecture:
        """The prefecture that the row states, else the area that the list is of."""
        home = self.file.source.area
        return self.row.prefecture or (Home(home) if home else None)

    def declare(self, entity: Entity) -> None:
        """Note what the row declares."""
        self.entity = self.file.states.entities[self.index] = entity

    def add_party(self, column: str, party: Party, *, speaks: bool = False) -> None:
        """Note what a column names, and whether the row says something of it that is not known yet."""
        self.parties = {**self.parties, column: party}
        states = self.file.states
        states.parties.setdefault(column, {})[self.index] = party
        if speaks:
            states.speaking.setdefault(column, set()).add(self.index)

    def speaks_of(self, column: str) -> bool:
        """Tell whether the row says something of the organisation that a column names."""
        return self.index in self.file.states.speaking.get(column, ())

    def leave_out(self) -> None:
        """Note that the row is left out."""
        self.left_out = True
        self.file.states.left_out.add(self.index)

    def drop_codes(self) -> None:
        """Let the codes of the row count for nothing."""
        self.file.states.wrong_codes.add(self.index)
        for cells in (self.row.cells, self.row.party):
            for name in _CODES & cells.keys():
                del cells[name]

    @property
    def place(self) -> str:
        """File and row for messages."""
        return f"{self.file.file}:{self.row.number}"

    @property
    def stated_on(self) -> date | None:
        """The day that the row speaks of: its own, else that of its file; None when neither gives one."""
        text = self.row.cells.get("as_of")
        if text:
            try:
                return day_of(parse_date(text, document_date=self.file.document_date))
            except UnreadableDateError:
                pass  # reported when the cell itself is read
        return self.file.stated_on

    def says_again(self, key: str) -> bool:
        """Tell whether a column is one of the organisation that the same row of another table speaks of already."""
        return self.file.table.is_companion and (key.startswith("party.") or key == self.file.kind.party)

    def issue(self, code: str, key: str, value: str | None, *, label: str | None = None, **params: Any) -> Issue:
        """Return an issue of this row.

        Parameters
        ----------
        code, value, params
            As `make_issue` takes them.
        key
            The column, with ``party.`` in front for one of the organisation; it is shown by its header in the file.
        label
            What to show when the file has no such header.
        """
        header = self.file.table.headers.get(key, label or key.removeprefix("party."))
        sheet, row = self.file.table.sheet, self.row.number
        return make_issue(code, file=self.file.file, sheet=sheet, row=row, column=header, value=value, **params)


@dataclass(slots=True)
class RecordDraft:
    """A record that rows still add to."""

    iri: str
    cls: str
    graph: str
    values: dict[str, list[Value]] = field(default_factory=dict)
    evidence: dict[Evidence, None] = field(default_factory=dict)

    def add(self, column: str, values: Sequence[Value]) -> None:
        """Add values that the column does not have yet."""
        known = self.values.setdefault(column, [])
        known += [value for value in values if value not in known]

    def cite(self, evidence: Sequence[Evidence]) -> None:
        """Add places where the record is stated."""
        self.evidence.update(dict.fromkeys(evidence))

    def finish(self) -> Record:
        """Return the record."""
        values = {column: tuple(values) for column, values in self.values.items() if values}
        return Record(self.iri, self.cls, self.graph, values, tuple(self.evidence))


class Sink(Protocol):
    """What takes records as they become ready."""

    def __call__(self, record: Record, vocabulary: Vocabulary) -> None:
        """Take a record, whose columns are those of `vocabulary`."""


class Records:
    """Records by graph and IRI, in the order in which they were begun.

    Parameters
    ----------
    take
        Gets each record as soon as nothing can change it; it is then not kept, so that a large list needs little
        memory. None keeps everything.
    """

    def __init__(self, take: Callable[[Record], None] | None = None) -> None:
        self._drafts: dict[tuple[str, str], RecordDraft] = {}
        self._graphs: dict[str, tuple[str, ...]] = {}
        self._take = take
        self._given = 0

    def at(self, iri: str, cls: str, graph: str) -> RecordDraft:
        """Return the record of a thing in a graph, begun when there is none; the latest class counts."""
        draft = self._drafts.get((graph, iri))
        if draft is None:
            draft = self._drafts[graph, iri] = RecordDraft(iri, cls, graph)
            self._graphs[iri] = (*self._graphs.get(iri, ()), graph)
        draft.cls = cls
        return draft

    def of(self, iri: str) -> Iterator[RecordDraft]:
        """Yield the records of a thing, those of all graphs."""
        return (self._drafts[graph, iri] for graph in self._graphs.get(iri, ()))

    def close(self, iri: str) -> None:
        """Give away the records of a thing that no later row adds to."""
        if self._take is not None:
            for graph in self._graphs.pop(iri, ()):
                self._take(self._drafts.pop((graph, iri)).finish())
                self._given += 1

    def add_fact(self, fact: Record, *, is_new: bool = True) -> None:
        """Add what no later row changes; a fact that comes again in a graph, from another row, is the same record.

        Parameters
        ----------
        fact
            The record of a row.
        is_new
            Whether no earlier row gave the fact to this graph.
        """
        if self._take is None:
            draft = self.at(fact.iri, fact.cls, fact.graph)
            for column, values in fact.values.items():
                draft.add(column, values)
            draft.cite(fact.evidence)
            return
        self._given += is_new
        self._take(fact)

    def __iter__(self) -> Iterator[RecordDraft]:
        return iter(self._drafts.values())

    def __len__(self) -> int:
        """Return the number of records begun, those that were given away included."""
        return len(self._drafts) + self._given


def day_of(when: Temporal | None) -> date | None:
    """Return one day for a date that may be imprecise: itself, else its first, else its last bound."""
    return None if when is None else when.value or when.not_before or when.not_after


class Drafts:
    """The rows of all files, in the order in which they are read; each time anew from where they wait.

    Parameters
    ----------
    files
        The files in their order.
    """

    def __init__(self, files: Sequence[SourceFile]) -> None:
        self.files = files
        for number, file in enumerate(files):
            file.number = number

    def __iter__(self) -> Iterator[Draft]:
        for file in self.files:
            yield from file.drafts()

    def __len__(self) -> int:
        return sum(len(file.table.rows) for file in self.files)

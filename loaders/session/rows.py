"""Second pass over the rows: each becomes a record with values and evidence, or an issue that says why not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any

from tsunagari.loaders.areas import Areas
from tsunagari.loaders.fields import FIELD_WORD, FieldBook
from tsunagari.loaders.identity import (
    EVIDENCE_COLUMNS,
    IDENTITY_ONLY,
    NOT_VALUES,
    PUBLISHABLE,
    Draft,
    Drafts,
    Merger,
    Records,
    Resolver,
    SourceFile,
    Succession,
    day_of,
)
from tsunagari.loaders.issues import IssueList, left_out, plain_names
from tsunagari.loaders.kept import Watch
from tsunagari.loaders.registry import Entity
from tsunagari.loaders.session.cell_reading import MOST, PARTY, CellReader, Said
from tsunagari.loaders.session.declare import Declarations
from tsunagari.loaders.session.stated_facts import StatedFacts, canonical
from tsunagari.loaders.values import CELL_LIMIT, CellError, CellParser, is_plain, read_evidence
from tsunagari.ontology.columns import Column
from tsunagari.ontology.namespaces import content_key, instance_iri
from tsunagari.ontology.records import Evidence, Record, Reference, Temporal, Value
from tsunagari.ontology.vocabulary import FIELDS, Vocabulary

ORGANIZATION = "Organization"
MEMBERSHIP = "PlatformMembership"
PREFECTURE = "in_prefecture"  # the column that tells places of one name apart
CONTACT = "ContactPoint"
# An office is known by its name; where none is given, by how it is reached.
_REACHED_BY = ("telephone", "fax", "email")
# Beside the required columns, these tell two facts about the same things apart.
_KEY_COLUMNS = ("valid_from", "as_of", "status")
# Things that several rows describe, that dates refer to or that inference starts from; any other has one row of its id.
_SHARED = frozenset({"org", "source", "rule"})
TIE_ENDS = ("tie_from", "tie_to")


class RowReader:
    """Turns rows into records.

    Parameters
    ----------
    vocabulary, parser, resolver, areas, declarations, fields
        What rows are read with.
    records, issues
        Where results go.

    Attributes
    ----------
    cells
        Reads single cells.
    watch
        Notes what becomes of the rows, where that is to be kept.
    """

    def __init__(
        self,
        *,
        vocabulary: Vocabulary,
        parser: CellParser,
        resolver: Resolver,
        areas: Areas,
        declarations: Declarations,
        fields: FieldBook,
        records: Records,
        issues: IssueList,
    ) -> None:
        self._vocabulary = vocabulary
        self._parser = parser
        self._resolver = resolver
        self._areas = areas
        self._declarations = declarations
        self._fields = fields
        self._records = records
        self._issues = issues
        self._merger = Merger(records, issues)
        self._succession = Succession(issues)
        self._issued: dict[str, date] = {}
        self._stated = StatedFacts(issues)
        self._settled: set[tuple[str, str]] = set()
        self._required = cache(self._required_columns)
        self._plain = cache(self._plain_columns)
        self._said: set[tuple[Any, ...]] = set()  # what rows said of organisations of which nothing was to be told
        self.cells = CellReader(vocabulary, parser, resolver, areas, fields)
        self.watch: Watch | None = None

    def prepare(self, drafts: Drafts) -> None:
        """Find out which lists follow one another, before any row is read."""
        self._stated.files = drafts.files
        self._succession.prepare(drafts, self._resolver, self._vocabulary.columns(MEMBERSHIP))

    def read(self, draft: Draft) -> None:
        """Add what a row says to the records."""
        before = self._issues.told
        fact = self._read(draft)
        if self.watch is not None:
            self.watch.row(draft, fact, is_told=self._issues.told != before)

    def _read(self, draft: Draft) -> str | None:
        """Add what a row says to the records; return the identifier of its thing or fact, None for a row left out."""
        evidence = () if draft.left_out else self._evidence(draft)
        if not evidence:
            return None
        kind = draft.file.kind
        self._areas.at(draft.stated_on)
        columns = self._vocabulary.columns(kind.cls)
        document_date = self.document_date(draft.file, evidence[0].source)
        values = self._values(draft, columns, document_date)
        self._add_settings(draft, columns, values)
        self._note_answer(draft, values)
        if not self._has_required(draft, values) or self._joins_itself(draft, values):
            return None
        self._check_interval(draft, values)
        self._check_class(draft)
        if draft.parties:
            self._add_party(draft, evidence, document_date)
        entity = self._declarations.entity_of(draft)
        self._note_prefecture(draft, entity)
        if entity is None:
            return self._add_fact(draft, values, evidence)
        if entity.segment not in _SHARED and self._declarations.has_one_row(draft, entity):
            if "alt_label" in values:
                others = tuple(item for item in values.pop("alt_label") if item != entity.label)
                values |= {"alt_label": others} if others else {}
            self._records.add_fact(Record(entity.iri, entity.cls, draft.graph, values, evidence))
        else:
            values = self._of_entity(entity, values)
            self._merger.merge(draft, entity, values, evidence, columns=columns)
            self._note_issued(entity, values)
        return entity.iri

    def document_date(self, file: SourceFile, source: str | None = None) -> date | None:
        """Return the day against which 今年度 resolves in rows stated in a source; None for the file itself."""
        return self._issued.get(source or file.iri) or file.document_date

    @staticmethod
    def _note_answer(draft: Draft, values: dict[str, tuple[Value, ...]]) -> None:
        """Note whether the row may be made public: a value of a membership, and the consent of a body.

        That a body does not consent is none: another row may say that it does, and it would have two values.
        """
        if PUBLISHABLE not in draft.row.cells and PUBLISHABLE not in draft.file.table.headers:
            return
        said, cls = next(iter(values.get(PUBLISHABLE, ())), None), draft.file.kind.cls
        draft.note_answer(said)
        if said is not None and cls != MEMBERSHIP and not (said and cls == ORGANIZATION):
            del values[PUBLISHABLE]

    def _evidence(self, draft: Draft) -> tuple[Evidence, ...]:
        """Return where the row is stated: what it cites, else the row itself; empty when it cites what is not there."""
        cited: tuple[Evidence, ...] = ()
        if not draft.row.cells.keys().isdisjoint(EVIDENCE_COLUMNS):
            column = self._vocabulary.columns(draft.file.kind.cls)["document"]
            try:
                cited = read_evidence(draft.row.cells, lambda text: self._resolver.resolve(column, text))
            except CellError as error:
                self._issues.append(left_out(draft.issue(error.code, "document", error.value, **error.params)))
                return ()
        return cited or (Evidence(draft.file.iri, row=draft.row.number, sheet=draft.file.table.sheet),)

    def _note_issued(self, entity: Entity, values: dict[str, tuple[Value, ...]]) -> None:
        for value in values.get("issued", ()) if entity.cls == "SourceDocument" else ():
            day = day_of(value) if isinstance(value, Temporal) else None
            if day is not None:
                self._issued[entity.iri] = day

    # ---- values ----

    def _values(
        self, draft: Draft, columns: dict[str, Column], document_date: date | None
    ) -> dict[str, tuple[Value, ...]]:
        values: dict[str, tuple[Value, ...]] = {}
        words: dict[Value, None] = {}
        parties, plain = draft.parties, self._plain(draft.file.kind.cls)
        said = self.cells.said_before(draft, document_date)
        for name, text in draft.row.cells.items():
            if name in plain and name not in parties and len(text) <= CELL_LIMIT:
                values[name] = (text,)
                continue
            if name in NOT_VALUES:
                continue
            column, known = columns[name], said.get(name)
            items = None if known is None or name in parties else known.get(text)
            if items is None:
                items = self._cell(draft, said, column, text, name, document_date)
            if items:
                values[name] = items
            if column.scheme == FIELDS:
                words |= dict.fromkeys(self._words(draft, column, text))
        if words:
            values[FIELD_WORD] = tuple(words)
        return values

    def _words(self, draft: Draft, column: Column, text: str) -> tuple[Reference, ...]:
        """Return the everyday words by which a cell names fields."""
        found = self._fields.note(draft.file.source, column, text, draft.file.kind.cls) if column.scheme else ()
        if self.watch is not None and column.scheme == FIELDS:
            self.watch.word(column, text, found)
        return found

    def _cell(
        self, draft: Draft, said: Said, column: Column, text: str, key: str, document_date: date | None
    ) -> tuple[Value, ...]:
        """Return what a cell means that was not met before in its list, and remember it when nothing is to be told."""
        party = draft.parties.get(key) if draft.parties and not key.startswith(PARTY) else None
        if isinstance(party, Entity):
            return (Reference(party.iri),)
        if party is not None:
            for _ in self._parser.split(column, text):
                self._report(draft, column, key, party)
            return ()
        found, errors = self.cells.read(draft, column, text, document_date)
        for error in errors:
            self._report(draft, column, key, error)
        if self._areas.findings:
            self._report_areas(draft, key)
        elif not errors:
            self.cells.keep(draft, said, key, text, found, every=self.watch is not None)
        return found

    def _plain_columns(self, cls: str) -> frozenset[str]:
        columns = self._vocabulary.columns(cls).items()
        return frozenset(name for name, column in columns if name not in NOT_VALUES and is_plain(column))

    def _report_areas(self, draft: Draft, key: str) -> None:
        for found in self._areas.findings if not draft.says_again(key) else ():
            self._issues.append(draft.issue(found.code, key, found.value, **found.params))
        self._areas.findings.clear()

    def _report(self, draft: Draft, column: Column, key: str, error: CellError) -> None:
        is_lost = column.required and not key.startswith(PARTY)
        draft.left_out = draft.left_out or is_lost
        if draft.says_again(key):
            return
        file = draft.file
        header = file.table.headers.get(key, key.removeprefix(PARTY))
        place = file.file, file.table.sheet, header, draft.row.number
        if not self._issues.count_row(error.code, *place, error.value):
            issue = draft.issue(error.code, key, error.value, **error.params)
            self._issues.append(left_out(issue) if is_lost else issue)

    def _add_settings(self, draft: Draft, columns: dict[str, Column], values: dict[str, tuple[Value, ...]]) -> None:
        """Fill in what the settings say of all rows, and organisations that only a code names."""
        platform = draft.file.platform
        if platform is not None and "organization" in columns and "organization" not in values:
            values["organization"] = (Reference(platform),)
        for name, party in draft.parties.items():
            if isinstance(party, Entity):
                values.setdefault(name, (Reference(party.iri),))

    def _required_columns(self, cls: str) -> tuple[Column, ...]:
        columns = self._vocabulary.columns(cls).values()
        return tuple(column for column in columns if column.required and not column.common)

    def _has_required(self, draft: Draft, values: dict[str, tuple[Value, ...]]) -> bool:
        for column in self._required(draft.file.kind.cls):
            if column.name not in values and not draft.left_out:
                label = column.labels.get("ja")
                self._issues.append(draft.issue("missing-value", column.name, None, label=label))
                draft.left_out = True
        return not draft.left_out

    def _joins_itself(self, draft: Draft, values: dict[str, tuple[Value, ...]]) -> bool:
        """Tell whether a tie has the same body at both ends, which decisions about matches may bring about."""
        start = values.get(TIE_ENDS[0])
        if start is None or start != values.get(TIE_ENDS[1]):
            return False
        one, other = (draft.row.cells.get(name) for name in TIE_ENDS)
        self._issues.append(draft.issue("self-tie", TIE_ENDS[0], one, other=other or one))
        return True

    def _check_interval(self, draft: Draft, values: dict[str, tuple[Value, ...]]) -> None:
        if "valid_to" not in values:
            return
        start, end = (next(iter(values.get(name, ())), None) for name in ("valid_from", "valid_to"))
        if not isinstance(start, Temporal) or not isinstance(end, Temporal):
            return
        earliest, latest = start.value or start.not_before, end.value or end.not_after
        if earliest is not None and latest is not None and latest <= earliest:
            self._issues.append(draft.issue("reversed-dates", "valid_to", end.as_written, other=start.as_written))
            del values["valid_to"]

    def _check_class(self, draft: Draft) -> None:
        text = draft.row.cells.get("class")
        if text and self._declarations.class_named(draft, text) is None:
            nearest = plain_names(self._declarations.class_names(draft))
            self._issues.append(draft.issue("unknown-class", "class", text, nearest=nearest))

    # ---- records ----

    def _of_entity(self, entity: Entity, values: dict[str, tuple[Value, ...]]) -> dict[str, tuple[Value, ...]]:
        """A code beside the name of a body that is no local government is the address of that body."""
        if entity.segment == "org" and entity.cls != "LocalGovernment":
            return self._with_address(values)
        return values

    def _with_address(self, values: dict[str, tuple[Value, ...]]) -> dict[str, tuple[Value, ...]]:
        code = values.pop("lg_code", None)
        if code is not None and "municipality" not in values:
            values["municipality"] = (Reference(self._areas.area(str(code[0]), present=True)),)
        return values

    def _note_prefecture(self, draft: Draft, entity: Entity | None) -> None:
        """Note the prefecture that a list of bodies gives in a column, in case nothing says more of where one is."""
        text, kind = draft.row.prefecture, draft.file.kind
        if text is None or not kind.lists_bodies or PREFECTURE not in draft.file.table.headers:
            return
        body = entity if kind.party is None else draft.parties.get(kind.party)
        said = draft.row.cells if kind.party is None else draft.row.party
        if "municipality" not in said and isinstance(body, Entity) and body.cls != "LocalGovernment":
            body.within = body.within or {}
            if draft.graph not in body.within:
                body.within[draft.graph] = Reference(self._areas.area(text, present=True))

    def _add_party(self, draft: Draft, evidence: Sequence[Evidence], document_date: date | None) -> None:
        """Add what the row says of the organisations it names, and the names that are new."""
        columns, plain = self._vocabulary.columns(ORGANIZATION), self._plain(ORGANIZATION)
        known = self.cells.said_before(draft, document_date)
        for name, entity in draft.parties.items():
            if isinstance(entity, CellError) or entity.segment != "org" or not draft.speaks_of(name):
                continue
            described = draft.row.party if name == draft.file.kind.party else {}
            values: dict[str, tuple[Value, ...]] = {}
            label = draft.row.cells.get(name)
            context = draft.file.number, draft.graph, draft.prefecture, self._areas.day, document_date
            said = entity.iri, entity.cls, label, context, *described.items()
            if said in self._said:  # an earlier row says just that, and nothing was to be told of it
                self._records.at(entity.iri, entity.cls, draft.graph).cite(evidence)
                continue
            before, is_counted = self._issues.told, False
            if label and not label.isdigit():
                values["pref_label"] = (label,)
            words: dict[Value, None] = {}
            for column, text in described.items():
                if column in IDENTITY_ONLY:
                    continue
                is_text, key = column in plain and len(text) <= CELL_LIMIT, f"{PARTY}{column}"
                items = (text,) if is_text else known.get(key, {}).get(text)
                if items is None:
                    items = self._cell(draft, known, columns[column], text, key, document_date)
                if items:
                    values[column] = items
                is_counted = is_counted or columns[column].scheme == FIELDS
                words |= dict.fromkeys(self._words(draft, columns[column], text))
            if words:
                values[FIELD_WORD] = tuple(words)
            if entity.cls != "LocalGovernment":
                values = self._with_address(values)
            self._merger.merge(draft, entity, values, evidence, columns=columns, prefix=PARTY)
            if not is_counted and self._issues.told == before and len(self._said) < MOST:
                self._said.add(said)

    def _add_fact(self, draft: Draft, values: dict[str, tuple[Value, ...]], evidence: tuple[Evidence, ...]) -> str:
        """Add the record of a fact without an id and return its identifier, which is that of the fact in other rows.

        The day of the list is no part of it: lists of several days state the same fact.
        """
        kind, as_of = draft.file.kind, draft.file.source.as_of
        cls = self._declarations.row_class(draft)
        names = [column.name for column in self._required(kind.cls)]
        if kind.cls == CONTACT:
            names += ["department"] if "department" in values else _REACHED_BY
        required = [cls, *(canonical(values.get(name, ())) for name in names)]
        iri = instance_iri(
            kind.segment, content_key([*required, *(canonical(values.get(n, ())) for n in _KEY_COLUMNS)])
        )
        bounds: dict[str, tuple[Value, ...]] = {} if as_of is None else {"as_of": (as_of,)}
        if self._succession.takes(draft):
            spell = self._succession.spell(draft, values)
            times = [] if spell is None or spell.is_first else [str(spell.first)]
            if times:
                iri = instance_iri(kind.segment, content_key([iri, *times]))
            if spell is not None:
                bounds, further = self._succession.bound(draft, spell, values)
                evidence += further
            slot = content_key([*required, canonical(values.get("status", ())), *times])
            older = self._succession.settle(draft, slot, iri, bounds | values)
            if older is not None:
                is_new = (draft.graph, older[0]) not in self._settled
                self._settled.add((draft.graph, older[0]))
                self._records.add_fact(Record(older[0], cls, draft.graph, older[1], evidence), is_new=is_new)
                return older[0]
        iri, is_new = self._stated.checked(draft, iri, values)
        self._records.add_fact(Record(iri, cls, draft.graph, bounds | values, evidence), is_new=is_new)
        return iri

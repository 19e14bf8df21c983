"""From a record to quads: the one place that decides how a row becomes RDF.

Everything gets an IRI, never a blank node, and the IRIs follow from the content, so the same rows give the same quads.
A record is written as numbers (see `tsunagari.ontology.statements`), which become the columns of a graph.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from pyoxigraph import Literal, NamedNode, Quad

from tsunagari.errors import Message, UnknownNameError
from tsunagari.ontology.columns import Column
from tsunagari.ontology.concepts import ConceptScheme
from tsunagari.ontology.links import Links
from tsunagari.ontology.namespaces import (
    GEO,
    OA,
    RDF,
    SKOS,
    TSU,
    XSD,
    concept_iri,
    instance_iri,
    row_iri,
)
from tsunagari.ontology.records import Evidence, Record, Reference, Temporal, Value
from tsunagari.ontology.statements import HAS_SOURCE, IRI, PLACE, PLAIN, ROW, TYPE, Rows, Way
from tsunagari.ontology.terms import term_triples
from tsunagari.ontology.vocabulary import Vocabulary

Statement = tuple[NamedNode, NamedNode, NamedNode | Literal]

# From the finest to the coarsest: the precision of a node with several dates is the coarsest of them.
PRECISIONS = ("day", "month", "year", "fiscal-year", "approximate")
_DEFAULT_STATUS = concept_iri("claim-status", "stated")
_NOT_VALUES = frozenset({"class", "document", "line", "page", "quote"})
_INTERVAL_ENDS = frozenset({f"{TSU}validFrom", f"{TSU}validTo"})
_SINGLE_BOUNDS = (f"{TSU}notBefore", f"{TSU}notAfter")
_ISO_DATE = re.compile(r"\d{4}(-\d\d){0,2}")
_STATED_IN = f"{TSU}statedIn"
_BOOLEAN, _DATE, _INTEGER = (f"^^{XSD}{name}" for name in ("boolean", "date", "integer"))
# Forms of texts that are neither plain nor in a language.
_TEXT_FORMS = {"geoJSONLiteral": f"^^{GEO}geoJSONLiteral"}


def quads(record: Record, vocabulary: Vocabulary) -> Iterator[Quad]:
    """Yield the quads of one record, all in the record's graph; see `RecordWriter.add`.

    Raises
    ------
    UnknownNameError
        When the class or a column does not exist.
    """
    rows = Rows()
    RecordWriter(vocabulary, rows).add(record)
    yield from rows.quads()


@dataclass(slots=True)
class _Path:
    """A column of a class in a graph, and the ways of its texts and of its IRIs."""

    column: Column
    text: int
    iri: int


@dataclass(slots=True)
class _Layout:
    """What the records of a class in a graph have in common.

    `first` is the class and `status` the status of a record that names none, each as way and text; `link` is the kind
    of direct link that a record stands for, `stated` the ways to its places: documents and rows.
    """

    rows: Rows
    cls: str
    graph: str
    columns: dict[str, Column]
    first: tuple[int, str]
    status: tuple[int, str] | None
    link: str | None
    stated: tuple[int, int]
    paths: dict[str, _Path] = field(default_factory=dict)
    sources: set[str] = field(default_factory=set)
    ways: dict[tuple[str, str], int] = field(default_factory=dict)

    def path(self, name: str) -> _Path:
        """Return how the values of a column are written.

        Raises
        ------
        UnknownNameError
            When the class has no such column.
        """
        found = self.paths.get(name)
        if found is None:
            column = self._column(name)
            form = _text_form(column)
            found = self.paths[name] = _Path(column, self.way(column.path, form), self.way(column.path))
        return found

    def way(self, predicate: str, form: str = IRI) -> int:
        """Return the number of a way into the graph."""
        found = self.ways.get((predicate, form))
        if found is None:
            found = self.ways[predicate, form] = self.rows.way(Way(predicate, form, self.graph))
        return found

    def _column(self, name: str) -> Column:
        if name not in self.columns:
            raise UnknownNameError(
                Message(f"{self.cls} に列「{name}」はありません。", f"{self.cls} has no column {name!r}."),
                Message(f"使える列: {', '.join(self.columns)}", f"Columns: {', '.join(self.columns)}"),
            )
        return self.columns[name]


class RecordWriter:
    """Writes records as statements.

    Parameters
    ----------
    vocabulary
        The ontology, with the schemes of the workspace.
    rows
        What takes the statements.
    """

    def __init__(self, vocabulary: Vocabulary, rows: Rows) -> None:
        self._vocabulary = vocabulary
        self._rows = rows
        self._links = Links(vocabulary)
        self._layouts: dict[tuple[str, str], _Layout] = {}

    def add(self, record: Record) -> None:
        """Write a record, all of it into the record's graph.

        A record without a status is stated. A membership, role or tie that is stated or inferred also gives the direct
        link it stands for (``org:memberOf``, the ``org:roleProperty`` of its role, ``org:linkedTo``).

        Parameters
        ----------
        record
            What was read from a row; its columns must be columns of its class.

        Raises
        ------
        UnknownNameError
            When the class or a column does not exist.
        """
        layout = self._layouts.get((record.cls, record.graph)) or self._make_layout(record.cls, record.graph)
        texts, numbers, values, paths = self._rows.texts, self._rows.numbers, record.values, layout.paths
        place = texts.setdefault
        subject = place(record.iri, len(texts))
        numbers += (subject, layout.first[0], place(layout.first[1], len(texts)))
        if layout.status is not None and "status" not in values:
            numbers += (subject, layout.status[0], place(layout.status[1], len(texts)))
        temporals: list[Temporal] = []
        for name, items in values.items():
            if name in _NOT_VALUES:
                continue
            path = paths.get(name) or layout.path(name)
            for value in items:
                if type(value) is str:
                    numbers += (subject, path.text, place(value, len(texts)))
                elif type(value) is Reference:
                    numbers += (subject, path.iri, place(value.iri, len(texts)))
                elif isinstance(value, Temporal):
                    temporals.append(value)
                    self._add_all(layout, subject, _dates(path.column.path, value))
                else:
                    text, form = _typed(value, path.column)
                    numbers += (subject, layout.way(path.column.path, form), place(text, len(texts)))
        if temporals:
            self._add_all(layout, subject, _date_remarks(temporals))
        if layout.link is not None:
            self._add_links(record, layout, layout.link)
        for evidence in record.evidence:
            self._add_place(layout, subject, evidence)

    def _add_all(self, layout: _Layout, subject: int, said: Iterable[tuple[str, str, str]]) -> None:
        for predicate, text, form in said:
            self._rows.numbers += (subject, layout.way(predicate, form), self._rows.text(text))

    def _add_place(self, layout: _Layout, subject: int, evidence: Evidence) -> None:
        """Write where a record is stated, and what is known of that place unless it is a row, whose IRI tells all."""
        iri, rows, source = locator_iri(evidence), self._rows, evidence.source
        is_row = evidence.row is not None and not _is_in_document(evidence)
        rows.numbers += (subject, layout.stated[is_row], rows.texts.setdefault(iri, len(rows.texts)))
        if is_row:
            if source not in layout.sources:  # texts that quads of the row need
                layout.sources.add(source)
                rows.text(PLACE)
                rows.text(source)
        elif iri != source:
            place = rows.text(iri)
            self._add_all(layout, place, ((TYPE, PLACE, IRI), (HAS_SOURCE, evidence.source, IRI)))
            self._add_all(layout, place, _place(evidence))
            if evidence.quote is not None:
                quote = f"{iri}/quote"
                self._add_all(layout, place, ((f"{OA}hasSelector", quote, IRI),))
                said = ((TYPE, f"{OA}TextQuoteSelector", IRI), (f"{OA}exact", evidence.quote, PLAIN))
                self._add_all(layout, rows.text(quote), said)

    def _make_layout(self, cls: str, graph: str) -> _Layout:
        words, rows = self._vocabulary, self._rows
        columns = words.columns(cls)
        first = rows.way(Way(TYPE, IRI, graph)), words.class_iri(cls)
        status = (rows.way(Way(f"{TSU}status", IRI, graph)), _DEFAULT_STATUS) if "status" in columns else None
        link = self._links.kind(cls)
        stated = rows.way(Way(_STATED_IN, IRI, graph)), rows.way(Way(_STATED_IN, ROW, graph))
        layout = self._layouts[cls, graph] = _Layout(rows, cls, graph, columns, first, status, link, stated)
        return layout

    def _add_links(self, record: Record, layout: _Layout, kind: str) -> None:
        """Write the links that a membership, role or tie stands for, when it holds."""
        values = record.values
        statuses, roles = (tuple(_references(record, name)) if name in values else () for name in ("status", "role"))
        properties, both = self._links.of(kind, statuses, roles, is_directed=values.get("directed") == (True,))
        if not properties:
            return
        one, other = Links.ends(kind)
        pairs = [(a, b) for a in _references(record, one) for b in _references(record, other)]
        if both:
            pairs += [(b, a) for a, b in pairs]
        ways = [layout.way(link) for link in properties]
        texts, numbers = self._rows.texts, self._rows.numbers
        for one, other in pairs:
            start, end = texts.setdefault(one, len(texts)), texts.setdefault(other, len(texts))
            for way in ways:
                numbers += (start, way, end)


def _text_form(column: Column) -> str:
    if column.language:
        return f"@{column.language.lower()}"
    return _TEXT_FORMS.get(column.datatype or "", PLAIN)


def _typed(value: Value, column: Column) -> tuple[str, str]:
    """Return text and form of a value that is neither a text nor an IRI."""
    if isinstance(value, bool):
        return "true" if value else "false", _BOOLEAN
    if isinstance(value, date):
        return value.isoformat(), _DATE
    if isinstance(value, int | float):
        digits = format(Decimal(str(value)), "f")
        # the canonical form of XSD, which stores give back: 100, not 100.0
        digits = digits.rstrip("0").rstrip(".") if "." in digits else digits
        return digits, f"^^{XSD}{column.datatype or 'decimal'}"
    return str(value), f"@{column.language.lower()}" if column.language else PLAIN


def _dates(path: str, when: Temporal) -> Iterator[tuple[str, str, str]]:
    """Yield the date and, when it is not known to the day, its bounds."""
    if when.value is not None:
        yield path, when.value.isoformat(), _DATE
    if when.precision == PRECISIONS[0]:
        return
    before, after = (f"{path}NotBefore", f"{path}NotAfter") if path in _INTERVAL_ENDS else _SINGLE_BOUNDS
    if when.not_before is not None:
        yield before, when.not_before.isoformat(), _DATE
    if when.not_after is not None:
        yield after, when.not_after.isoformat(), _DATE


def _date_remarks(temporals: list[Temporal]) -> Iterator[tuple[str, str, str]]:
    """Yield the coarsest precision, the source's words (unless they are ISO dates) and the rules that resolved them."""
    coarsest = max((when.precision for when in temporals), key=PRECISIONS.index)
    yield f"{TSU}precision", concept_iri("date-precision", coarsest), IRI
    for when in temporals:
        if when.as_written and not _ISO_DATE.fullmatch(when.as_written):
            yield f"{TSU}dateAsWritten", when.as_written, "@ja"
        if when.rule:
            yield f"{TSU}dateRule", when.rule, PLAIN


def _references(record: Record, name: str) -> list[str]:
    return [value.iri for value in record.values.get(name, ()) if isinstance(value, Reference)]


def locator_iri(evidence: Evidence) -> str:
    """Return the IRI of a place: the line, page or quote in a document, else the table row, else the source."""
    if _is_in_document(evidence):
        parts = (evidence.source, evidence.line, evidence.page, evidence.quote)
        text = "\x1f".join("" if part is None else str(part) for part in parts)
        return instance_iri("locator", hashlib.sha256(text.encode()).hexdigest()[:20])
    return evidence.source if evidence.row is None else row_iri(evidence.source, evidence.row, evidence.sheet)


def _is_in_document(evidence: Evidence) -> bool:
    """Tell whether a place is a line, a page or a quote."""
    return evidence.line is not None or evidence.page is not None or evidence.quote is not None


def _place(evidence: Evidence) -> Iterator[tuple[str, str, str]]:
    """Yield line and page of a place."""
    if evidence.line is not None:
        yield f"{TSU}line", str(evidence.line), _INTEGER
    if evidence.page is not None:
        yield f"{TSU}page", evidence.page, PLAIN


def ontology_quads(graph: str) -> Iterator[Quad]:
    """Yield the terms and the bundled concept schemes, not the shapes, as quads of one graph."""
    name = NamedNode(graph)
    for triple in term_triples():
        yield Quad(triple.subject, triple.predicate, triple.object, name)


def scheme_quads(scheme: ConceptScheme, graph: str) -> Iterator[Quad]:
    """Yield a workspace's own concept scheme as quads of one graph."""
    name, node = NamedNode(graph), NamedNode(scheme.iri)
    for subject, predicate, value in _scheme_statements(scheme, node):
        yield Quad(subject, predicate, value, name)


def _scheme_statements(scheme: ConceptScheme, node: NamedNode) -> Iterator[Statement]:
    for cls in (f"{SKOS}ConceptScheme", f"{TSU}FieldScheme")[: 2 if scheme.is_field else 1]:
        yield node, NamedNode(f"{RDF}type"), NamedNode(cls)
    yield from _texts(node, f"{SKOS}prefLabel", scheme.labels.items())
    for concept in scheme.concepts:
        subject = NamedNode(concept.iri)
        yield subject, NamedNode(f"{RDF}type"), NamedNode(f"{SKOS}Concept")
        yield subject, NamedNode(f"{SKOS}inScheme"), node
        yield subject, NamedNode(f"{SKOS}notation"), Literal(concept.notation)
        yield from _texts(subject, f"{SKOS}prefLabel", concept.labels.items())
        yield from _texts(subject, f"{SKOS}altLabel", (("ja", text) for text in concept.synonyms))
        yield from _texts(subject, f"{SKOS}definition", concept.definitions.items())
        if concept.broader:
            yield subject, NamedNode(f"{SKOS}broader"), NamedNode(concept.broader)


def _texts(subject: NamedNode, path: str, texts: Iterable[tuple[str, str]]) -> Iterator[Statement]:
    for language, text in texts:
        yield subject, NamedNode(path), Literal(text, language=language)

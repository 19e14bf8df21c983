"""From a record to quads: the one place that decides how a row becomes RDF.

Everything gets an IRI, never a blank node, and the IRIs follow from the content, so the same rows give the same quads.
A record is written as lines of N-Quads, which a store loads in bulk several times as fast as it takes single terms.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import pyoxigraph as ox
from pyoxigraph import Literal, NamedNode, Quad

from tsunagari.errors import Message, UnknownNameError
from tsunagari.ontology.columns import Column
from tsunagari.ontology.concepts import ConceptScheme
from tsunagari.ontology.namespaces import (
    GEO,
    OA,
    ORG,
    RDF,
    SKOS,
    TSU,
    XSD,
    concept_iri,
    instance_iri,
    row_iri,
)
from tsunagari.ontology.records import Evidence, Record, Reference, Temporal, Value
from tsunagari.ontology.terms import term_triples
from tsunagari.ontology.vocabulary import Vocabulary

Statement = tuple[NamedNode, NamedNode, NamedNode | Literal]

# From the finest to the coarsest: the precision of a node with several dates is the coarsest of them.
PRECISIONS = ("day", "month", "year", "fiscal-year", "approximate")
# Claims that hold or are derived; only these give direct links, so that a plan never looks like a fact.
HOLDING = frozenset(concept_iri("claim-status", status) for status in ("stated", "inferred"))
_DEFAULT_STATUS = concept_iri("claim-status", "stated")
_NOT_VALUES = frozenset({"class", "document", "line", "page", "quote"})
_INTERVAL_ENDS = frozenset({f"{TSU}validFrom", f"{TSU}validTo"})
_SINGLE_BOUNDS = (f"{TSU}notBefore", f"{TSU}notAfter")
_ISO_DATE = re.compile(r"\d{4}(-\d\d){0,2}")
_STATED_IN = f" <{TSU}statedIn> "
_IS_PLACE = f" <{RDF}type> <{OA}SpecificResource>"
_HAS_SOURCE = f" <{OA}hasSource> "
_ESCAPES = str.maketrans({'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r"})


def quads(record: Record, vocabulary: Vocabulary) -> Iterator[Quad]:
    """Yield the quads of one record, all in the record's graph; see `QuadWriter.lines`.

    Raises
    ------
    UnknownNameError
        When the class or a column does not exist.
    """
    text = "".join(QuadWriter(vocabulary).lines(record))
    yield from ox.parse(text, format=ox.RdfFormat.N_QUADS)


# Datatypes of texts that are neither plain nor in a language.
_TEXT_TYPES = {"geoJSONLiteral": f"^^<{GEO}geoJSONLiteral>"}


@dataclass(slots=True)
class _Path:
    """A column of a class in a graph: what stands before and behind its values."""

    column: Column
    start: str
    text_end: str


@dataclass(slots=True)
class _Layout:
    """What the records of a class in a graph have in common.

    `end` closes a line, `first` is the class, `status` the line of a record that names none, `link` the kind of direct
    link that it stands for.
    """

    cls: str
    columns: dict[str, Column]
    end: str
    first: str
    status: str | None
    link: str | None
    paths: dict[str, _Path] = field(default_factory=dict)

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
            language = f"@{column.language}" if column.language else _TEXT_TYPES.get(column.datatype or "", "")
            found = self.paths[name] = _Path(column, f" <{column.path}> ", f'"{language}{self.end}')
        return found

    def _column(self, name: str) -> Column:
        if name not in self.columns:
            raise UnknownNameError(
                Message(f"{self.cls} に列「{name}」はありません。", f"{self.cls} has no column {name!r}."),
                Message(f"使える列: {', '.join(self.columns)}", f"Columns: {', '.join(self.columns)}"),
            )
        return self.columns[name]


class QuadWriter:
    """Records as lines of N-Quads.

    Parameters
    ----------
    vocabulary
        The ontology, with the schemes of the workspace.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._layouts: dict[tuple[str, str], _Layout] = {}

    def lines(self, record: Record) -> list[str]:
        """Return one line a quad, all in the record's graph.

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
        subject, end, values = f"<{record.iri}>", layout.end, record.values
        lines = [subject + layout.first]
        if layout.status is not None and "status" not in values:
            lines.append(subject + layout.status)
        temporals: list[Temporal] = []
        for name, items in values.items():
            if name in _NOT_VALUES:
                continue
            path = layout.paths.get(name) or layout.path(name)
            for value in items:
                if type(value) is str:
                    lines.append(f'{subject}{path.start}"{_escape(value)}{path.text_end}')
                elif type(value) is Reference:
                    lines.append(f"{subject}{path.start}<{value.iri}>{end}")
                elif isinstance(value, Temporal):
                    temporals.append(value)
                    lines += _date_lines(subject, path.column.path, value, end)
                else:
                    lines.append(f"{subject}{path.start}{_typed(value, path.column)}{end}")
        if temporals:
            lines += _date_remarks(subject, temporals, end)
        if layout.link is not None:
            lines += self._direct_links(record, layout.link, end)
        for evidence in record.evidence:
            iri = locator_iri(evidence)
            place = f"<{iri}>"
            lines.append(f"{subject}{_STATED_IN}{place}{end}")
            if iri != evidence.source:
                lines += (f"{place}{_IS_PLACE}{end}", f"{place}{_HAS_SOURCE}<{evidence.source}>{end}")
                lines += _place_lines(place, evidence, end)
        return lines

    def _make_layout(self, cls: str, graph: str) -> _Layout:
        words = self._vocabulary
        columns, end = words.columns(cls), f" <{graph}> .\n"
        first = f" <{RDF}type> <{words.class_iri(cls)}>{end}"
        status = f" <{TSU}status> <{_DEFAULT_STATUS}>{end}" if "status" in columns else None
        # a role is a membership too, but not one that makes a member
        link = next((name for name in ("CollaborationTie", "RoleHolding", "Membership") if words.is_a(cls, name)), None)
        layout = self._layouts[cls, graph] = _Layout(cls, columns, end, first, status, link)
        return layout

    def _direct_links(self, record: Record, kind: str, end: str) -> Iterator[str]:
        """Yield the links that a membership, role or tie stands for, when it holds."""
        if any(status not in HOLDING for status in _references(record, "status")):
            return
        if kind == "CollaborationTie":
            pairs = [(a, b) for a in _references(record, "tie_from") for b in _references(record, "tie_to")]
            if record.values.get("directed") != (True,):
                pairs += [(b, a) for a, b in pairs]
            properties = [f"{ORG}linkedTo"]
        else:
            pairs = [(a, b) for a in _references(record, "member") for b in _references(record, "organization")]
            roles = _references(record, "role")
            properties = [link for role in roles for link in self._vocabulary.role_properties(role)]
            if kind == "Membership":
                properties.append(f"{ORG}memberOf")
        for one, other in pairs:
            for link in properties:
                yield f"<{one}> <{link}> <{other}>{end}"


def _escape(text: str) -> str:
    return text if text.isalnum() else text.translate(_ESCAPES)


def _typed(value: Value, column: Column) -> str:
    """Return a value that is neither a text nor an IRI."""
    if isinstance(value, bool):
        return f'"{"true" if value else "false"}"^^<{XSD}boolean>'
    if isinstance(value, date):
        return _day(value)
    if isinstance(value, int | float):
        digits = format(Decimal(str(value)), "f")
        # the canonical form of XSD, which stores give back: 100, not 100.0
        digits = digits.rstrip("0").rstrip(".") if "." in digits else digits
        return f'"{digits}"^^<{XSD}{column.datatype or "decimal"}>'
    return _text(str(value), column.language)


def _text(text: str, language: str | None = None) -> str:
    return f'"{_escape(text)}"@{language}' if language else f'"{_escape(text)}"'


def _day(day: date) -> str:
    return f'"{day.isoformat()}"^^<{XSD}date>'


def _date_lines(subject: str, path: str, when: Temporal, end: str) -> Iterator[str]:
    """Yield the date and, when it is not known to the day, its bounds."""
    if when.value is not None:
        yield f"{subject} <{path}> {_day(when.value)}{end}"
    if when.precision == PRECISIONS[0]:
        return
    before, after = (f"{path}NotBefore", f"{path}NotAfter") if path in _INTERVAL_ENDS else _SINGLE_BOUNDS
    if when.not_before is not None:
        yield f"{subject} <{before}> {_day(when.not_before)}{end}"
    if when.not_after is not None:
        yield f"{subject} <{after}> {_day(when.not_after)}{end}"


def _date_remarks(subject: str, temporals: list[Temporal], end: str) -> Iterator[str]:
    """Yield the coarsest precision, the source's words (unless they are ISO dates) and the rules that resolved them."""
    coarsest = max((when.precision for when in temporals), key=PRECISIONS.index)
    yield f"{subject} <{TSU}precision> <{concept_iri('date-precision', coarsest)}>{end}"
    for when in temporals:
        if when.as_written and not _ISO_DATE.fullmatch(when.as_written):
            yield f"{subject} <{TSU}dateAsWritten> {_text(when.as_written, 'ja')}{end}"
        if when.rule:
            yield f"{subject} <{TSU}dateRule> {_text(when.rule)}{end}"


def _references(record: Record, name: str) -> list[str]:
    return [value.iri for value in record.values.get(name, ()) if isinstance(value, Reference)]


def locator_iri(evidence: Evidence) -> str:
    """Return the IRI of a place: the line, page or quote in a document, else the table row, else the source."""
    if evidence.line is not None or evidence.page is not None or evidence.quote is not None:
        parts = (evidence.source, evidence.line, evidence.page, evidence.quote)
        text = "\x1f".join("" if part is None else str(part) for part in parts)
        return instance_iri("locator", hashlib.sha256(text.encode()).hexdigest()[:20])
    return evidence.source if evidence.row is None else row_iri(evidence.source, evidence.row, evidence.sheet)


def _place_lines(place: str, evidence: Evidence, end: str) -> Iterator[str]:
    """Yield line, page and quote of a place."""
    if evidence.line is not None:
        yield f'{place} <{TSU}line> "{evidence.line}"^^<{XSD}integer>{end}'
    if evidence.page is not None:
        yield f"{place} <{TSU}page> {_text(evidence.page)}{end}"
    if evidence.quote is not None:
        selector = f"{place[:-1]}/quote>"
        yield f"{place} <{OA}hasSelector> {selector}{end}"
        yield f"{selector} <{RDF}type> <{OA}TextQuoteSelector>{end}"
        yield f"{selector} <{OA}exact> {_text(evidence.quote)}{end}"


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

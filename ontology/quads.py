"""From a record to quads: the one place that decides how a row becomes RDF.

Everything gets an IRI, never a blank node, and the IRIs follow from the content, so the same rows give the same quads.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from functools import cache

from pyoxigraph import Literal, NamedNode, Quad

from tsunagari.errors import Message, UnknownNameError
from tsunagari.ontology.columns import Column
from tsunagari.ontology.concepts import ConceptScheme
from tsunagari.ontology.namespaces import (
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


def quads(record: Record, vocabulary: Vocabulary) -> Iterator[Quad]:
    """Yield the quads of one record, all in the record's graph.

    A record without a status is stated. A membership, role or tie that is stated or inferred also gives the direct
    link it stands for (``org:memberOf``, the ``org:roleProperty`` of its role, ``org:linkedTo``).

    Parameters
    ----------
    record
        What was read from a row; its columns must be columns of its class.
    vocabulary
        The ontology, with the schemes of the workspace.

    Raises
    ------
    UnknownNameError
        When the class or a column does not exist.
    """
    graph = _node(record.graph)
    for subject, predicate, value in _statements(record, vocabulary):
        yield Quad(subject, predicate, value, graph)


def _statements(record: Record, vocabulary: Vocabulary) -> Iterator[Statement]:
    subject = NamedNode(record.iri)
    columns = vocabulary.columns(record.cls)
    yield subject, _node(f"{RDF}type"), _node(vocabulary.class_iri(record.cls))
    if "status" not in record.values and "status" in columns:
        yield subject, _node(f"{TSU}status"), _node(_DEFAULT_STATUS)
    temporals: list[Temporal] = []
    for name, values in record.values.items():
        if name in _NOT_VALUES:
            continue
        column = _column(columns, name, record)
        for value in values:
            if isinstance(value, Temporal):
                temporals.append(value)
                yield from _date_statements(subject, column.path, value)
            else:
                yield subject, _node(column.path), _term(value, column)
    yield from _date_remarks(subject, temporals)
    yield from _direct_links(record, vocabulary)
    for evidence in record.evidence:
        yield from _evidence_statements(subject, evidence)


def _column(columns: dict[str, Column], name: str, record: Record) -> Column:
    if name not in columns:
        raise UnknownNameError(
            Message(f"{record.cls} に列「{name}」はありません。", f"{record.cls} has no column {name!r}."),
            Message(f"使える列: {', '.join(columns)}", f"Columns: {', '.join(columns)}"),
        )
    return columns[name]


@cache
def _node(iri: str) -> NamedNode:
    return NamedNode(iri)


def _term(value: Value, column: Column) -> NamedNode | Literal:
    """Return the RDF term of a value; texts take the language of their column."""
    if isinstance(value, Reference):
        return NamedNode(value.iri)
    if isinstance(value, bool):
        return Literal("true" if value else "false", datatype=_node(f"{XSD}boolean"))
    if isinstance(value, date):
        return _date(value)
    if isinstance(value, int | float):
        number = format(Decimal(str(value)), "f")
        return Literal(number, datatype=_node(f"{XSD}{column.datatype or 'decimal'}"))
    if column.language:
        return Literal(str(value), language=column.language)
    return Literal(str(value))


def _date(day: date) -> Literal:
    return Literal(day.isoformat(), datatype=_node(f"{XSD}date"))


def _date_statements(subject: NamedNode, path: str, when: Temporal) -> Iterator[Statement]:
    """Yield the date and, when it is not known to the day, its bounds."""
    if when.value is not None:
        yield subject, _node(path), _date(when.value)
    if when.precision == PRECISIONS[0]:
        return
    before, after = (f"{path}NotBefore", f"{path}NotAfter") if path in _INTERVAL_ENDS else _SINGLE_BOUNDS
    if when.not_before is not None:
        yield subject, _node(before), _date(when.not_before)
    if when.not_after is not None:
        yield subject, _node(after), _date(when.not_after)


def _date_remarks(subject: NamedNode, temporals: list[Temporal]) -> Iterator[Statement]:
    """Yield the coarsest precision, the source's words (unless they are ISO dates) and the rules that resolved them."""
    if not temporals:
        return
    coarsest = max((when.precision for when in temporals), key=PRECISIONS.index)
    yield subject, _node(f"{TSU}precision"), _node(concept_iri("date-precision", coarsest))
    for when in temporals:
        if when.as_written and not _ISO_DATE.fullmatch(when.as_written):
            yield subject, _node(f"{TSU}dateAsWritten"), Literal(when.as_written, language="ja")
        if when.rule:
            yield subject, _node(f"{TSU}dateRule"), Literal(when.rule)


def _references(record: Record, name: str) -> list[str]:
    return [value.iri for value in record.values.get(name, ()) if isinstance(value, Reference)]


def _direct_links(record: Record, vocabulary: Vocabulary) -> Iterator[Statement]:
    """Yield the links that a membership, role or tie stands for, when it holds."""
    if any(status not in HOLDING for status in _references(record, "status")):
        return
    if vocabulary.is_a(record.cls, "CollaborationTie"):
        pairs = [(a, b) for a in _references(record, "tie_from") for b in _references(record, "tie_to")]
        if record.values.get("directed") != (True,):
            pairs += [(b, a) for a, b in pairs]
        properties = [f"{ORG}linkedTo"]
    elif vocabulary.is_a(record.cls, "Membership"):
        pairs = [(a, b) for a in _references(record, "member") for b in _references(record, "organization")]
        properties = [link for role in _references(record, "role") for link in vocabulary.role_properties(role)]
        if not vocabulary.is_a(record.cls, "RoleHolding"):
            properties.append(f"{ORG}memberOf")
    else:
        return
    for start, end in pairs:
        for link in properties:
            yield NamedNode(start), _node(link), NamedNode(end)


def locator_iri(evidence: Evidence) -> str:
    """Return the IRI of a place: the line, page or quote in a document, else the table row, else the source."""
    if evidence.line is not None or evidence.page is not None or evidence.quote is not None:
        parts = (evidence.source, evidence.line, evidence.page, evidence.quote)
        text = "\x1f".join("" if part is None else str(part) for part in parts)
        return instance_iri("locator", hashlib.sha256(text.encode()).hexdigest()[:20])
    return evidence.source if evidence.row is None else row_iri(evidence.source, evidence.row, evidence.sheet)


def _evidence_statements(subject: NamedNode, evidence: Evidence) -> Iterator[Statement]:
    place = NamedNode(locator_iri(evidence))
    yield subject, _node(f"{TSU}statedIn"), place
    if place.value == evidence.source:
        return
    yield place, _node(f"{RDF}type"), _node(f"{OA}SpecificResource")
    yield place, _node(f"{OA}hasSource"), NamedNode(evidence.source)
    if evidence.line is not None:
        yield place, _node(f"{TSU}line"), Literal(str(evidence.line), datatype=_node(f"{XSD}integer"))
    if evidence.page is not None:
        yield place, _node(f"{TSU}page"), Literal(evidence.page)
    if evidence.quote is not None:
        selector = NamedNode(f"{place.value}/quote")
        yield place, _node(f"{OA}hasSelector"), selector
        yield selector, _node(f"{RDF}type"), _node(f"{OA}TextQuoteSelector")
        yield selector, _node(f"{OA}exact"), Literal(evidence.quote)


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
        yield node, _node(f"{RDF}type"), _node(cls)
    yield from _texts(node, f"{SKOS}prefLabel", scheme.labels.items())
    for concept in scheme.concepts:
        subject = NamedNode(concept.iri)
        yield subject, _node(f"{RDF}type"), _node(f"{SKOS}Concept")
        yield subject, _node(f"{SKOS}inScheme"), node
        yield subject, _node(f"{SKOS}notation"), Literal(concept.notation)
        yield from _texts(subject, f"{SKOS}prefLabel", concept.labels.items())
        yield from _texts(subject, f"{SKOS}altLabel", (("ja", text) for text in concept.synonyms))
        yield from _texts(subject, f"{SKOS}definition", concept.definitions.items())
        if concept.broader:
            yield subject, _node(f"{SKOS}broader"), NamedNode(concept.broader)


def _texts(subject: NamedNode, path: str, texts: Iterable[tuple[str, str]]) -> Iterator[Statement]:
    for language, text in texts:
        yield subject, _node(path), Literal(text, language=language)

"""Statements as numbers: what records say, without a text that would have to be read again.

A statement is three numbers: its subject, its way (property, form of the value, named graph) and its value. Subject and
value are places among the texts, which stand there as they are read: an IRI without brackets, a text without quotes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import pyoxigraph as ox
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad

from tsunagari.ontology.namespaces import OA, RDF

# Forms of values; a text in a language is ``@ja``, one with a datatype ``^^`` and the IRI of the datatype.
IRI = "<>"
ROW = "<#>"  # the IRI of a row of a table, from which two more statements follow, see `place_quads`
BLANK = "_:"
PLAIN = '""'
TRIPLE = "<<>>"
TYPE = f"{RDF}type"
HAS_SOURCE = f"{OA}hasSource"
PLACE = f"{OA}SpecificResource"


class Way(NamedTuple):
    """What a statement is besides subject and value.

    Parameters
    ----------
    predicate
        IRI of the property.
    form
        Form of the value.
    graph
        IRI of the named graph; empty for the default graph.
    from_blank
        Whether the subject is a blank node.
    """

    predicate: str
    form: str
    graph: str
    from_blank: bool = False


class Rows:
    """Statements one after the other.

    Attributes
    ----------
    texts
        Each text to its place.
    numbers
        Three a statement: place of the subject, way, place of the value.
    ways
        Each way to its number; they stay when `cleared`.
    """

    def __init__(self) -> None:
        self.ways: dict[Way, int] = {}
        self.texts: dict[str, int] = {}
        self.numbers: list[int] = []

    def __len__(self) -> int:
        return len(self.numbers) // 3

    def way(self, way: Way) -> int:
        """Return the number of a way."""
        return self.ways.setdefault(way, len(self.ways))

    def text(self, text: str) -> int:
        """Return the place of a text."""
        return self.texts.setdefault(text, len(self.texts))

    def add(self, quads: Iterable[Quad]) -> None:
        """Add quads of RDF."""
        texts, numbers, known = self.texts, self.numbers, self.ways
        for quad in quads:
            subject, value, graph = quad.subject, quad.object, quad.graph_name
            assert isinstance(subject, NamedNode | BlankNode)
            text, form = (value.value, IRI) if type(value) is NamedNode else written(value)
            way = Way(
                quad.predicate.value,
                form,
                "" if isinstance(graph, DefaultGraph) else graph.value,
                type(subject) is BlankNode,
            )
            start = texts.setdefault(subject.value, len(texts))
            numbers += (start, known.setdefault(way, len(known)), texts.setdefault(text, len(texts)))

    def clear(self) -> None:
        """Forget the statements and texts, not the ways."""
        self.texts.clear()
        self.numbers.clear()

    def quads(self) -> Iterator[Quad]:
        """Yield the statements as quads, in their order, each row of a table with what follows from it."""
        texts, ways = list(self.texts), list(self.ways)
        for start in range(0, len(self.numbers), 3):
            subject, number, value = self.numbers[start : start + 3]
            way = ways[number]
            graph = NamedNode(way.graph) if way.graph else DefaultGraph()
            node = BlankNode(texts[subject]) if way.from_blank else NamedNode(texts[subject])
            yield Quad(node, NamedNode(way.predicate), term(texts[value], way.form), graph)
            if way.form == ROW:
                yield from place_quads(texts[value], graph)


def written(value: NamedNode | BlankNode | Literal | ox.Triple) -> tuple[str, str]:
    """Return text and form of a term of RDF.

    Examples
    --------
    >>> written(Literal("あ", language="ja")), written(NamedNode("urn:a"))
    (('あ', '@ja'), ('urn:a', '<>'))
    """
    if isinstance(value, NamedNode):
        return value.value, IRI
    if isinstance(value, BlankNode):
        return value.value, BLANK
    if isinstance(value, ox.Triple):
        return str(value), TRIPLE
    if value.language is not None:
        direction = "" if value.direction is None else f"--{value.direction}"
        return value.value, f"@{value.language}{direction}"
    datatype = value.datatype.value
    return value.value, PLAIN if datatype == _STRING else f"^^{datatype}"


_STRING = "http://www.w3.org/2001/XMLSchema#string"


def term(text: str, form: str) -> NamedNode | BlankNode | Literal | ox.Triple:
    """Return the term of RDF with a text and a form, see `written`.

    Examples
    --------
    >>> term("5", "^^http://www.w3.org/2001/XMLSchema#integer").value
    '5'
    """
    if form in (IRI, ROW):
        return NamedNode(text)
    if form == BLANK:
        return BlankNode(text)
    if form == PLAIN:
        return Literal(text)
    if form.startswith("^^"):
        return Literal(text, datatype=NamedNode(form[2:]))
    if form.startswith("@") and "--" not in form:
        return Literal(text, language=form[1:])
    line = f"<urn:s> <urn:p> {f'<<( {text} )>>' if form == TRIPLE else str(Literal(text)) + form} ."
    (quad,) = ox.parse(line, format=ox.RdfFormat.N_TRIPLES)
    found: NamedNode | BlankNode | Literal | ox.Triple = quad.object
    return found


def place_quads(place: str, graph: NamedNode | DefaultGraph) -> Iterator[Quad]:
    """Yield what follows from the IRI of a row: that it is a place, and in which table."""
    node = NamedNode(place)
    yield Quad(node, NamedNode(TYPE), NamedNode(PLACE), graph)
    yield Quad(node, NamedNode(HAS_SOURCE), NamedNode(table_of(place)), graph)


def table_of(place: str) -> str:
    """Return the table that the IRI of a row names.

    Examples
    --------
    >>> table_of("https://w3id.org/tsunagari/id/source/members.csv#row=12")
    'https://w3id.org/tsunagari/id/source/members.csv'
    """
    return place.rpartition("#")[0]

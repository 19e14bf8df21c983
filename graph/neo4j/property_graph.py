"""From RDF to a property graph and back, without loss.

An IRI or blank node is a node: its classes are labels, its literals are properties (one key for each language), and an
IRI that it names is the end of a relationship. Which named graphs say so stands in ``graphs`` as numbers; a node's own
count for all its literals. What a property of Neo4j cannot hold as it is, such as a decimal number, or what other
graphs say than the node's own, stands once more in ``_rdf``, exactly; the pull reads that instead.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import TypeAlias

import pyoxigraph as ox

from tsunagari.graph.neo4j.names import CLASSES, EXACT, GRAPHS, IRI, NAME, OWN_KEYS, STATUS, Names
from tsunagari.ontology.namespaces import DCT, RDF, RDFS, SKOS, TSU, XSD, local_name
from tsunagari.ontology.vocabulary import vocabulary

Scalar: TypeAlias = str | int | bool | date
Native: TypeAlias = Scalar | list[str] | list[int] | list[bool] | list[date]
Object: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
GraphSet: TypeAlias = tuple[int, ...]
TYPE = f"{RDF}type"
NAMED_BY = (f"{SKOS}prefLabel", f"{RDFS}label", f"{DCT}title")
LONGEST = 2**63
NOWHERE = -1  # the graph of a node that others name and that says nothing itself


@dataclass(slots=True)
class Link:
    """A relationship that stands for statements: `start` says by `type` in `graphs` that it has to do with `end`."""

    start: str
    type: str
    end: str
    graphs: list[int]


@dataclass(slots=True)
class Node:
    """A node with all that its subject says.

    Parameters
    ----------
    iri
        The IRI, or ``_:`` and the label of a blank node.
    labels
        Its classes and the classes above them, sorted; the label of every node is left out.
    properties
        Its properties, `iri` among them.
    links
        The relationships that start here.
    """

    iri: str
    labels: tuple[str, ...] = ()
    properties: dict[str, Native] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)


def name_text(node: ox.NamedNode | ox.BlankNode) -> str:
    """Return how a node is called in the database."""
    return node.value if isinstance(node, ox.NamedNode) else str(node)


def _node(text: str) -> ox.NamedNode | ox.BlankNode:
    return ox.BlankNode(text[2:]) if text.startswith("_:") else ox.NamedNode(text)


def native(literal: ox.Literal) -> Scalar | None:
    """Return the value that Neo4j holds for a literal, None when none gives back the same literal.

    Examples
    --------
    >>> native(ox.Literal("7", datatype=ox.NamedNode(f"{XSD}integer"))), native(ox.Literal(1.5))
    (7, None)
    """
    text, datatype = literal.value, literal.datatype.value
    if literal.direction is not None:
        return None
    if literal.language or datatype == f"{XSD}string":
        return text
    if datatype == f"{XSD}boolean":
        return text == "true" if text in ("true", "false") else None
    if datatype == f"{XSD}integer":
        return int(text) if text.removeprefix("-").isdecimal() and _is_plain_integer(text) else None
    if datatype == f"{XSD}date":
        try:
            day = date.fromisoformat(text)
        except ValueError:
            return None
        return day if day.isoformat() == text else None
    return None


def _is_plain_integer(text: str) -> bool:
    return len(text) < 20 and str(int(text)) == text and -LONGEST <= int(text) < LONGEST


def _literal(value: Scalar, language: str | None) -> ox.Literal:
    """Return the literal for which `native` gives the value."""
    if language is not None:
        return ox.Literal(str(value), language=language)
    if isinstance(value, bool):
        return ox.Literal("true" if value else "false", datatype=ox.NamedNode(f"{XSD}boolean"))
    if isinstance(value, int):
        return ox.Literal(str(value), datatype=ox.NamedNode(f"{XSD}integer"))
    if isinstance(value, date):
        return ox.Literal(value.isoformat(), datatype=ox.NamedNode(f"{XSD}date"))
    return ox.Literal(value)


def node_of(iri: str, quads: Iterable[ox.Quad], names: Names, number: Callable[[str], int]) -> Node:
    """Return the node of a subject.

    Parameters
    ----------
    iri
        The subject.
    quads
        All that it says.
    names
        What stands for what; what is new is noted there.
    number
        Gives the number of a named graph, of the default graph for the empty text.
    """
    said: dict[str, dict[Object, set[int]]] = defaultdict(lambda: defaultdict(set))
    for quad in quads:
        graph = "" if isinstance(quad.graph_name, ox.DefaultGraph) else name_text(quad.graph_name)
        said[quad.predicate.value][quad.object].add(number(graph))
    node = Node(iri)
    classes: dict[str, GraphSet] = {}
    values: dict[str, dict[ox.Literal | ox.Triple, GraphSet]] = {}
    for predicate in sorted(said):
        for end, graphs in said[predicate].items():
            listed = tuple(sorted(graphs))
            if predicate == TYPE and isinstance(end, ox.NamedNode):
                classes[end.value] = listed
            elif isinstance(end, ox.NamedNode | ox.BlankNode):
                node.links.append(Link(iri, names.type(predicate), name_text(end), list(listed)))
            else:
                key = names.key(predicate, end.language if isinstance(end, ox.Literal) else None)
                values.setdefault(key, {})[end] = listed
    node.links.sort(key=lambda link: (link.type, link.end))
    node.labels = _labels(classes, names)
    node.properties = _properties(iri, classes, values)
    node.properties[NAME] = _caption(iri, said)
    status = min(
        (local_name(name_text(end)) for end in said.get(f"{TSU}status", ()) if isinstance(end, ox.NamedNode)),
        default=None,
    )
    if status is not None:
        node.properties[STATUS] = status
    return node


def _labels(classes: Iterable[str], names: Names) -> tuple[str, ...]:
    found = {names.label(iri) for iri in classes}
    for iri in classes:
        found |= set(_labels_above(iri))
    return tuple(sorted(found))


@cache
def _labels_above(iri: str) -> tuple[str, ...]:
    """Return the labels of the classes above one of ours: they make it found, and say nothing of their own."""
    own = vocabulary().classes.get(local_name(iri))
    if own != iri:
        return ()
    words = vocabulary()
    return tuple(name for name in words.classes if name != local_name(iri) and words.is_a(local_name(iri), name))


def _properties(
    iri: str, classes: Mapping[str, GraphSet], values: Mapping[str, Mapping[ox.Literal | ox.Triple, GraphSet]]
) -> dict[str, Native]:
    """Return the properties of a node: each value as Neo4j can hold it, and exactly where that is not the whole."""
    own = _most_common([*classes.values(), *(graphs for found in values.values() for graphs in found.values())])
    exact: dict[str, list[list[object]]] = {}
    properties: dict[str, Native] = {IRI: iri, GRAPHS: list(own) or [NOWHERE]}
    if classes:
        properties[CLASSES] = sorted(classes)
    if any(graphs != own for graphs in classes.values()):
        exact[CLASSES] = [[name, list(graphs)] for name, graphs in sorted(classes.items())]
    for key, found in values.items():
        held = {end: native(end) if isinstance(end, ox.Literal) else None for end in found}
        properties[key] = _as_property(held)
        if (
            None in held.values()
            or len({type(value) for value in held.values()}) > 1
            or any(graphs != own for graphs in found.values())
        ):
            exact[key] = [
                [str(end), list(graphs)] for end, graphs in sorted(found.items(), key=lambda item: str(item[0]))
            ]
    if exact:
        properties[EXACT] = json.dumps(exact, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return properties


def _most_common(graphs: Sequence[GraphSet]) -> GraphSet:
    counts = Counter(graphs)
    return min(counts, key=lambda found: (-counts[found], found)) if counts else ()


def _as_property(held: Mapping[ox.Literal | ox.Triple, Scalar | None]) -> Native:
    values: list[Scalar] = []
    for end, value in held.items():
        plain = end.value if isinstance(end, ox.Literal) else str(end)
        values.append(plain if value is None else value)
    if len({type(value) for value in values}) > 1:
        values = [end.value if isinstance(end, ox.Literal) else str(end) for end in held]
    if len(values) == 1:
        return values[0]
    return sorted(set(values))  # type: ignore[return-value] # all of one type, as was just seen


def _caption(iri: str, said: Mapping[str, Mapping[Object, set[int]]]) -> str:
    """Return what Browser writes on a node: its name in Japanese, else in any language, else the end of its IRI."""
    for path in NAMED_BY:
        names = [end for end in said.get(path, ()) if isinstance(end, ox.Literal)]
        if names:
            return min(names, key=lambda end: (end.language != "ja", end.language or "", end.value)).value
    return local_name(iri.rstrip("/#")) or iri


def quads_of(properties: Mapping[str, Native], names: Names, graphs: Sequence[str]) -> Iterator[ox.Quad]:
    """Yield what a node's properties say; the reverse of `node_of`.

    Parameters
    ----------
    properties
        The properties of a node.
    names
        What stands for what.
    graphs
        The named graphs by their number.
    """
    subject = _node(str(properties[IRI]))
    own = _numbers(properties[GRAPHS])
    exact: dict[str, list[tuple[str, list[int]]]] = json.loads(str(properties.get(EXACT, "{}")))
    for name, listed in exact.pop(CLASSES, [(name, own) for name in _listed(properties.get(CLASSES, []))]):
        yield from _said(subject, TYPE, ox.NamedNode(str(name)), listed, graphs)
    for key, value in properties.items():
        if key in OWN_KEYS or key not in names.keys or key in exact:  # what people add by hand is not ours
            continue
        predicate, language = names.keys[key]
        for one in _listed(value):
            yield from _said(subject, predicate, _literal(one, language), own, graphs)
    for key, terms in exact.items():
        predicate = names.keys[key][0]
        for text, listed in terms:
            yield from _said(subject, predicate, _term(text), listed, graphs)


def link_quads(link: Link, names: Names, graphs: Sequence[str]) -> Iterator[ox.Quad]:
    """Yield what a relationship says."""
    yield from _said(_node(link.start), names.types[link.type], _node(link.end), link.graphs, graphs)


def _said(
    subject: ox.NamedNode | ox.BlankNode, predicate: str, end: Object, numbers: Iterable[int], graphs: Sequence[str]
) -> Iterator[ox.Quad]:
    for number in numbers:
        graph = ox.DefaultGraph() if graphs[number] == "" else _node(graphs[number])
        yield ox.Quad(subject, ox.NamedNode(predicate), end, graph)


def _term(text: str) -> Object:
    line = f"<urn:s> <urn:p> {text} ."
    found: Object = next(iter(ox.parse(line.encode(), format=ox.RdfFormat.N_QUADS, lenient=True))).object
    return found


def _listed(value: Native) -> list[Scalar]:
    return list(value) if isinstance(value, list) else [value]


def _numbers(value: Native) -> list[int]:
    return [int(str(number)) for number in _listed(value)]

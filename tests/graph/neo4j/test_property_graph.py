from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import groupby

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsunagari.graph.knowledge.knowledge import KnowledgeGraph
from tsunagari.graph.neo4j.names import Names
from tsunagari.graph.neo4j.property_graph import link_quads, native, node_of, quads_of
from tsunagari.graph.neo4j.statements import statements_of
from tsunagari.ontology.namespaces import RDF, SKOS, TSU, XSD

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=5)
IRIS = st.sampled_from(
    ["urn:a", "urn:b", f"{TSU}status", f"{SKOS}prefLabel", f"{RDF}type", f"{TSU}Platform", "http://e/é"]
)
NODES = IRIS.map(ox.NamedNode) | st.sampled_from(["x", "y"]).map(ox.BlankNode)
DATATYPES = st.sampled_from(["integer", "decimal", "date", "boolean", "string", "gYear", "dateTime", "double"])
WORDS = TEXT | st.sampled_from(["7", "007", "-0", "1.50", "true", "1", "2023-10-01", "2023-13-01", "9" * 25])
LITERALS = (
    TEXT.map(ox.Literal)
    | st.tuples(TEXT, st.sampled_from(["ja", "en", "ja-Hrkt"])).map(lambda one: ox.Literal(one[0], language=one[1]))
    | st.tuples(WORDS, DATATYPES).map(lambda one: ox.Literal(one[0], datatype=ox.NamedNode(XSD + one[1])))
)
GRAPHS = st.sampled_from(["urn:g", "urn:h"]).map(ox.NamedNode) | st.just(ox.DefaultGraph())
QUADS = st.lists(st.builds(ox.Quad, NODES, IRIS.map(ox.NamedNode), NODES | LITERALS, GRAPHS), max_size=12)


def there_and_back(quads: Iterable[ox.Quad]) -> set[ox.Quad]:
    names, numbers = Names(), dict[str, int]()
    parsed = ox.parse(b"\n".join(statements_of(quads).lines), format=ox.RdfFormat.N_QUADS)
    nodes = []
    for subject, said in groupby(parsed, key=lambda quad: quad.subject):
        iri = subject.value if isinstance(subject, ox.NamedNode) else str(subject)
        nodes.append(node_of(iri, said, names, lambda graph: numbers.setdefault(graph, len(numbers))))
    graphs = list(numbers)
    found = {quad for node in nodes for quad in quads_of(node.properties, names, graphs)}
    return found | {quad for node in nodes for link in node.links for quad in link_quads(link, names, graphs)}


@given(QUADS)
def test_any_graph_comes_back_as_it_was(quads: list[ox.Quad]) -> None:
    assert there_and_back(quads) == set(quads)


def test_the_documents_come_back_as_they_were(bundled: KnowledgeGraph) -> None:
    quads = set(bundled.store.quads())
    assert there_and_back(quads) == quads


@pytest.mark.parametrize(
    ("text", "datatype", "value"),
    [
        ("7", "integer", 7),
        ("007", "integer", None),
        ("1.50", "decimal", None),
        ("true", "boolean", True),
        ("1", "boolean", None),
        ("2023-10-01", "date", date(2023, 10, 1)),
        ("2023-10-01Z", "date", None),
        ("9223372036854775808", "integer", None),
    ],
)
def test_a_literal_is_native_only_where_it_comes_back_the_same(text: str, datatype: str, value: object) -> None:
    assert native(ox.Literal(text, datatype=ox.NamedNode(XSD + datatype))) == value


def quad(predicate: str, end: ox.NamedNode | ox.Literal, graph: str = "urn:g") -> ox.Quad:
    return ox.Quad(ox.NamedNode("urn:a"), ox.NamedNode(predicate), end, ox.NamedNode(graph))


def test_a_node_has_the_labels_of_the_classes_above_and_a_japanese_caption() -> None:
    said = [
        quad(f"{RDF}type", ox.NamedNode(f"{TSU}LocalGovernment")),
        quad(f"{SKOS}prefLabel", ox.Literal("Tottori", language="en")),
        quad(f"{SKOS}prefLabel", ox.Literal("鳥取市", language="ja")),
        quad(f"{TSU}status", ox.NamedNode("https://w3id.org/tsunagari/scheme/claim-status/planned")),
    ]
    node = node_of("urn:a", said, Names(), lambda graph: 0)
    assert {"LocalGovernment", "Organization"} <= set(node.labels)
    assert (node.properties["name"], node.properties["status"]) == ("鳥取市", "planned")
    assert (node.properties["prefLabel_en"], node.properties["graphs"]) == ("Tottori", [0])
    assert [(link.type, link.graphs) for link in node.links] == [("STATUS", [0])]


def test_what_another_graph_says_is_kept_apart() -> None:
    numbers = {"urn:g": 0, "urn:h": 1}
    said = [quad("urn:p", ox.Literal("x")), quad("urn:q", ox.Literal("y")), quad("urn:q", ox.Literal("z"), "urn:h")]
    node = node_of("urn:a", said, Names(), numbers.__getitem__)
    assert node.properties["graphs"] == [0]
    assert "[1]" in str(node.properties["_rdf"])


def test_what_people_add_by_hand_is_no_statement() -> None:
    names = Names()
    node = node_of("urn:a", [quad("urn:p", ox.Literal("x"))], names, lambda graph: 0)
    assert list(quads_of({**node.properties, "colour": "red"}, names, ["urn:g"])) == [quad("urn:p", ox.Literal("x"))]

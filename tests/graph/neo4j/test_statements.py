from __future__ import annotations

import pyoxigraph as ox

from tsunagari.graph.neo4j.statements import outline, statements_of

G, P = ox.NamedNode("urn:g"), ox.NamedNode("urn:p")
TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")


def quad(subject: str, value: ox.NamedNode | ox.Literal, graph: ox.NamedNode = G, path: ox.NamedNode = P) -> ox.Quad:
    return ox.Quad(ox.NamedNode(subject), path, value, graph)


def test_the_digest_is_of_what_is_said_and_not_of_its_order() -> None:
    one, two = quad("urn:a", ox.Literal("x")), quad("urn:b", ox.Literal("y"))
    assert statements_of([one, two]).digest == statements_of([two, one, one]).digest
    assert statements_of([one, two]).digest != statements_of([one]).digest
    assert statements_of([quad("urn:a", ox.Literal("x", language="ja"))]).digest != statements_of([one]).digest
    assert statements_of([quad("urn:a", ox.Literal("x"), ox.NamedNode("urn:h"))]).digest != statements_of([one]).digest


def test_the_lines_of_a_subject_stand_together() -> None:
    quads = [quad("urn:b", ox.Literal("1")), quad("urn:a", ox.Literal("2")), quad("urn:b", ox.Literal("0"))]
    found = {subject: len(lines) for subject, lines in statements_of(quads).subjects()}
    assert found == {"urn:a": 1, "urn:b": 2}


def test_an_outline_counts_nodes_that_are_only_named_and_each_pair_once() -> None:
    quads = [
        quad("urn:a", ox.NamedNode("urn:c")),
        quad("urn:a", ox.NamedNode("urn:c"), ox.NamedNode("urn:h")),
        quad("urn:a", ox.NamedNode("urn:K"), path=TYPE),
        quad("urn:a", ox.Literal("x")),
    ]
    shape = outline(statements_of(quads), {})
    assert set(shape.digests) == {"urn:a", "urn:c"}
    assert shape.links == 1


def test_a_node_is_another_when_its_evidence_is() -> None:
    statements = statements_of([quad("urn:a", ox.Literal("x")), quad("urn:b", ox.Literal("x"))])
    before, after = outline(statements, {}).digests, outline(statements, {"urn:a": "list.csv:2"}).digests
    assert before["urn:a"] != after["urn:a"]
    assert before["urn:b"] == after["urn:b"]


def test_an_empty_graph_has_an_empty_outline() -> None:
    shape = outline(statements_of([]), {})
    assert (shape.digests, shape.links) == ({}, 0)

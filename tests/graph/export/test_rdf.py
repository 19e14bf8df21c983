from __future__ import annotations

import json
import warnings
from collections.abc import Callable
from typing import TypeAlias

import pyoxigraph as ox
import pytest

from tsunagari.graph.export.jsonld import bundled_context, jsonld_parts
from tsunagari.graph.facts.things import Reader
from tsunagari.ontology.namespaces import graph_iri


@pytest.mark.parametrize("name", ["turtle", "jsonld", "trig", "nquads"])
def test_no_blank_node_labels(exported: Export, tiny: Reader, name: str) -> None:
    assert b"_:" not in exported(tiny, name)


Export: TypeAlias = Callable[..., bytes]


@pytest.mark.parametrize(
    ("name", "rdf_format"),
    [("trig", ox.RdfFormat.TRIG), ("jsonld", ox.RdfFormat.JSON_LD), ("nquads", ox.RdfFormat.N_QUADS)],
)
def test_named_graphs_come_back_as_they_were(
    exported: Export, tiny: Reader, tiny_quads: list[ox.Quad], name: str, rdf_format: ox.RdfFormat
) -> None:
    assert set(ox.parse(exported(tiny, name), format=rdf_format)) == set(tiny_quads)


def test_turtle_is_the_union(exported: Export, tiny: Reader, tiny_quads: list[ox.Quad]) -> None:
    found = {quad.triple for quad in ox.parse(exported(tiny, "turtle"), format=ox.RdfFormat.TURTLE)}
    assert found == {quad.triple for quad in tiny_quads}


def rdflib_quads(data: bytes, form: str) -> set[tuple[str, ...]]:
    from rdflib import Dataset

    dataset = Dataset()
    with warnings.catch_warnings(action="ignore", category=DeprecationWarning):  # rdflib's own, in its parsers
        dataset.parse(data=data, format=form)
    return {(s.n3(), p.n3(), o.n3(), str(graph)) for s, p, o, graph in dataset.quads()}


def test_rdflib_reads_named_graphs_as_they_were(exported: Export, tiny: Reader, tiny_quads: list[ox.Quad]) -> None:
    found = rdflib_quads(exported(tiny, "nquads"), "nquads")
    assert len(found) == len(set(tiny_quads))
    assert found == rdflib_quads(exported(tiny, "trig"), "trig") == rdflib_quads(exported(tiny, "jsonld"), "json-ld")


def test_statements_stand_one_a_line_in_order(exported: Export, tiny: Reader) -> None:
    lines = exported(tiny, "nquads").decode().splitlines()
    assert len(lines) == len(set(lines))
    assert all(line.endswith(" .") for line in lines)


def test_rdflib_reads_turtle_and_jsonld_as_the_same_graph(exported: Export, tiny: Reader) -> None:
    from rdflib import Dataset, Graph

    turtle = Graph().parse(data=exported(tiny, "turtle"), format="turtle")
    dataset = Dataset(default_union=True)
    with warnings.catch_warnings(action="ignore", category=DeprecationWarning):  # rdflib's own, in its parser
        dataset.parse(data=exported(tiny, "jsonld"), format="json-ld")
    assert {tuple(triple) for triple in turtle} == {tuple(quad[:3]) for quad in dataset.quads()}


def test_jsonld_uses_the_terms_of_the_context(exported: Export, tiny: Reader) -> None:
    document = json.loads(exported(tiny, "jsonld"))
    assert document["@context"] == bundled_context().source
    nodes = {node["@id"]: node for graph in document["@graph"] for node in graph["@graph"]}
    tie = nodes["id:tie/t1"]
    assert (tie["@type"], tie["tieFrom"], tie["strength"]) == ("CollaborationTie", "id:org/food", "2")


def test_jsonld_keeps_awkward_values() -> None:
    values = [
        ox.Literal('引用"\\\n', language="ja"),
        ox.Literal("plain"),
        ox.Literal("id:not-an-iri"),
        ox.Literal("1.50", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#decimal")),
        ox.NamedNode("https://w3id.org/tsunagari/id/source/会員.csv#sheet=名簿;row=12"),
        ox.NamedNode("https://w3id.org/tsunagari/id//double"),
    ]
    predicates = ("https://w3id.org/tsunagari/ont#basis", "https://w3id.org/tsunagari/ont#strength", "urn:p")
    quads = {
        ox.Quad(ox.NamedNode("urn:s"), ox.NamedNode(predicate), value, ox.NamedNode("urn:g"))
        for predicate in predicates
        for value in values
    }
    ordered = sorted(quads, key=str)
    assert set(ox.parse("".join(jsonld_parts(ordered)), format=ox.RdfFormat.JSON_LD)) == quads


def test_the_graph_of_a_source_keeps_its_name(exported: Export, tiny: Reader) -> None:
    assert f"<{graph_iri('tiny')}> {{" in exported(tiny, "trig").decode()

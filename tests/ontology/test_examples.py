"""Good examples have the form of the shapes; each bad one fails for the reason in its first line."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse, serialize
from rdflib import SH, Graph, URIRef
from rdflib.compare import isomorphic

from tsunagari.ontology.namespaces import SCHEME, TSU, expand, local_name, shrink
from tsunagari.ontology.validation import validate
from tsunagari.ontology.vocabulary import vocabulary

EXAMPLES = Path(__file__).parent / "examples"
GOOD = sorted((EXAMPLES / "good").glob("*.ttl"))
BAD = sorted((EXAMPLES / "bad").glob("*.ttl"))
HEADER = re.compile(r"# fails: (\S+) (\S+)")


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_good_examples_have_the_form_of_the_shapes(path: Path) -> None:
    assert validate(parse(path=str(path))) == []


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_bad_examples_fail_for_the_reason_they_name(path: Path) -> None:
    header = HEADER.match(path.read_text(encoding="utf-8"))
    assert header, "the first line must be '# fails: <property> <constraint>[,<constraint>]'"
    expected = {(header[1], constraint) for constraint in header[2].split(",")}
    found = validate(parse(path=str(path)))
    assert {(shrink(item.path or ""), item.component) for item in found} == expected
    assert all(item.message.ja and item.message.en for item in found)


def test_every_constraint_of_the_shapes_has_a_bad_example(shapes: Graph) -> None:
    used = {
        local_name(str(predicate))
        for predicate in shapes.predicates(unique=True)
        if predicate in (SH.minCount, SH.maxCount, SH.uniqueLang, SH.datatype, SH.nodeKind, SH.pattern, SH.lessThan)
        or predicate in (SH.minInclusive, SH.minExclusive, SH.maxInclusive, SH.maxLength, SH["class"], SH["or"])
    }
    shown = {name for path in BAD for name in HEADER.findall(path.read_text(encoding="utf-8"))[0][1].split(",")}
    assert {name[0].upper() + name[1:] for name in used} == shown


def test_examples_use_only_what_is_defined(core: Graph, schemes: Graph, good_examples: Graph) -> None:
    defined = {str(subject) for graph in (core, schemes, good_examples) for subject in graph.subjects()}
    used = {str(node) for triple in good_examples for node in triple if isinstance(node, URIRef)}
    assert {iri for iri in used if iri.startswith((TSU, SCHEME))} - defined == set()


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_turtle_to_json_ld_to_turtle_keeps_every_triple(path: Path, ontology_folder: Path) -> None:
    context = json.loads((ontology_folder / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    # pyoxigraph reads both sides, as it puts language tags in lower case, which RDF allows and rdflib tells apart.
    before = Graph().parse(data=serialize(parse(path=str(path)), format=RdfFormat.TURTLE), format="turtle")
    text = before.serialize(format="json-ld", context=context, auto_compact=False)
    keys = {key for node in json.loads(text)["@graph"] for key in node}
    assert {key for key in keys if ":" in key} == set(), "a property has no short name in the context"
    turtle = serialize(parse(text, format=RdfFormat.JSON_LD), format=RdfFormat.TURTLE)
    assert isomorphic(before, Graph().parse(data=turtle, format="turtle"))


def test_the_context_names_every_class_and_property_of_the_shapes(shapes: Graph, ontology_folder: Path) -> None:
    context = json.loads((ontology_folder / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    entries = [entry for entry in context.values() if isinstance(entry, dict)]
    named = {expand(entry["@id"]) for entry in entries} | {expand(e) for e in context.values() if isinstance(e, str)}
    paths = {str(path) for path in shapes.objects(None, SH.path)} - {expand("rdf:type")}
    classes = {iri for iri in vocabulary().classes.values() if iri.startswith(TSU)}
    assert (paths | classes) - named == set()
    for path in paths:
        datatypes = {
            str(datatype)
            for node in shapes.subjects(SH.path, URIRef(path))
            for datatype in shapes.objects(node, SH.datatype)
        }
        entry = next((item for item in entries if expand(item["@id"]) == path), None)
        coerced = entry["@type"] if entry else None
        texts = {expand("rdf:langString"), expand("xsd:string")}
        assert coerced == (None if datatypes & texts else shrink(datatypes.pop()) if datatypes else "@id"), path

"""The Turtle files parse, are closed, speak both languages and promise nothing that they should not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import rdflib.namespace
from rdflib import DCTERMS, OWL, RDF, RDFS, SDO, SH, SKOS, Graph, Literal, URIRef

from tsunagari.ontology.namespaces import BASE, ONTOLOGY, SCHEME, TSU, TSUT
from tsunagari.ontology.terms import ontology_files, ontology_terms

FOLDER = Path(__file__).resolve().parents[2] / "ontology"
TURTLE = sorted(FOLDER.rglob("*.ttl"))
PINNED = Path(__file__).with_name("external_terms.txt")
SHIPPED = ("ORG", "SKOS", "PROV", "DCTERMS", "DC", "GEO", "SDO", "SH", "RDF", "RDFS", "OWL", "XSD", "VANN")


def own_terms(graph: Graph) -> set[URIRef]:
    return {
        subject
        for subject in graph.subjects(unique=True)
        if isinstance(subject, URIRef) and subject.startswith((TSU, TSUT))
    }


def iris(graph: Graph) -> Iterator[str]:
    for triple in graph:
        for node in triple:
            if isinstance(node, URIRef):
                yield str(node)
            elif isinstance(node, Literal) and node.datatype:
                yield str(node.datatype)


def languages(graph: Graph, subject: URIRef, predicate: URIRef) -> list[str]:
    return sorted(text.language or "" for text in graph.objects(subject, predicate) if isinstance(text, Literal))


@pytest.mark.parametrize("path", TURTLE, ids=lambda path: path.stem)
def test_every_turtle_file_parses_and_says_what_it_is(path: Path) -> None:
    assert len(Graph().parse(path)) > 0
    assert path.read_text(encoding="utf-8").startswith("# ")


def test_the_package_reads_every_turtle_file() -> None:
    assert sorted(item.name for item in ontology_files()) == sorted(
        path.name for path in TURTLE if path.parent.name != "mappings"
    )


def test_no_iri_of_our_namespaces_is_used_without_a_definition(core: Graph, shapes: Graph, schemes: Graph) -> None:
    defined = {str(subject) for graph in (core, shapes, schemes) for subject in graph.subjects()}
    used = {iri for graph in (core, shapes, schemes) for iri in iris(graph) if iri.startswith((TSU, TSUT, SCHEME))}
    assert used - defined == set()


def test_every_own_term_has_a_label_and_a_definition_in_both_languages(core: Graph) -> None:
    for term in own_terms(core):
        assert languages(core, term, RDFS.label) == ["en", "ja"], term
        assert languages(core, term, SKOS.definition) == ["en", "ja"], term
        assert core.value(term, RDFS.isDefinedBy) == URIRef(ONTOLOGY), term


def test_every_concept_and_scheme_has_a_label_and_a_definition_in_both_languages(schemes: Graph) -> None:
    subjects = {subject for subject in schemes.subjects() if isinstance(subject, URIRef)}
    assert len(subjects) > 200
    for subject in subjects:
        assert languages(schemes, subject, SKOS.prefLabel) == ["en", "ja"], subject
        assert languages(schemes, subject, SKOS.definition) == ["en", "ja"], subject


def test_definitions_are_not_repeated_between_terms(core: Graph) -> None:
    texts = [str(text) for term in own_terms(core) for text in core.objects(term, SKOS.definition)]
    assert len(texts) == len(set(texts))


def test_terms_of_other_vocabularies_have_labels_in_both_languages(core: Graph, shapes: Graph) -> None:
    paths = {path for path in shapes.objects(None, SH.path) if isinstance(path, URIRef)}
    for path in paths:
        assert languages(core, path, RDFS.label) == ["en", "ja"], path


def test_nothing_surprising_is_entailed(core: Graph) -> None:
    assert not list(core.triples((None, OWL.imports, None)))
    assert not list(core.triples((None, RDFS.domain, None)))
    assert not list(core.triples((None, RDFS.range, None)))


def test_every_class_and_property_says_what_it_is(core: Graph) -> None:
    for term in own_terms(core):
        types = set(core.objects(term, RDF.type))
        assert types & {RDFS.Class, RDF.Property}, term
        if RDF.Property in types:
            assert core.value(term, SDO.rangeIncludes), term


def test_domain_includes_agrees_with_the_shapes(core: Graph, shapes: Graph) -> None:
    for shape in shapes.subjects(RDF.type, SH.NodeShape):
        targets = set(shapes.objects(shape, SH.targetClass))
        for constraint in shapes.objects(shape, SH.property):
            path = shapes.value(constraint, SH.path)
            stated = set(core.objects(path, SDO.domainIncludes))
            if len(targets) == 1 and str(path).startswith(TSU):
                assert targets <= stated or not stated, (shape, path)


def test_terms_of_other_vocabularies_are_pinned(core: Graph, shapes: Graph, schemes: Graph) -> None:
    pinned = [line for line in PINNED.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    used = {iri for graph in (core, shapes, schemes) for iri in iris(graph) if not iri.startswith(BASE)}
    assert pinned == sorted(used)


def test_pinned_terms_exist_where_rdflib_ships_the_vocabulary() -> None:
    vocabularies = [getattr(rdflib.namespace, name) for name in SHIPPED]
    checked = 0
    for iri in PINNED.read_text(encoding="utf-8").splitlines():
        for vocabulary in vocabularies:
            if iri.startswith(str(vocabulary)):
                assert iri.removeprefix(str(vocabulary)) in vocabulary, iri
                checked += 1
    assert checked > 90


def test_the_ontology_names_itself(core: Graph) -> None:
    assert core.value(URIRef(ONTOLOGY), RDF.type) == OWL.Ontology
    assert languages(core, URIRef(ONTOLOGY), DCTERMS.title) == ["en", "ja"]


def test_terms_are_looked_up_in_the_order_of_the_files() -> None:
    terms = ontology_terms()
    assert terms.by_language(f"{TSU}Platform", f"{RDFS}label") == {"ja": "プラットフォーム（協議体）", "en": "Platform"}
    assert terms.iris(f"{TSU}Subcommittee", f"{RDFS}subClassOf") == [f"{TSU}PlatformBody"]
    assert terms.text(f"{TSU}nothing", f"{RDFS}label") is None
    assert terms.texts(f"{SCHEME}hyogo/education", f"{SKOS}notation") == ["education"]

"""No term without a use: each is shown by an example or a shape, and asked for by a question or read from a list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from rdflib import RDF, SH, Graph, URIRef

from tsunagari.loaders.kinds import KINDS
from tsunagari.ontology.columns import ADDED_SHAPE
from tsunagari.ontology.namespaces import ORG, PREFIXES, SCHEME, TSU, column_name, local_name
from tsunagari.ontology.terms import ontology_terms
from tsunagari.ontology.vocabulary import vocabulary

ROOT = Path(__file__).resolve().parents[2]
QUERIES = sorted((ROOT / "ontology").glob("*/*.rq"))
CODE = [path for folder in ("ontology", "loaders", "graph", "viz") for path in sorted((ROOT / folder).glob("*.py"))]
DECLARED = re.compile(r"PREFIX\s+([\w-]*):\s*<([^>]*)>", re.IGNORECASE)
NAMES = re.compile(r"(?<![\w:<])([\w-]*):((?:[\w-]|\\/|(?<=\w)\.(?=\w))+)|<([^<>\s]+)>")


def iris_of_query(text: str) -> Iterator[str]:
    """Yield the IRIs that a query names; strings and comments do not count."""
    text = re.sub(r'"[^"\n]*"|\'[^\'\n]*\'|^\s*#.*$', "", text, flags=re.MULTILINE)
    prefixes = PREFIXES | dict(DECLARED.findall(text))
    for prefix, name, iri in NAMES.findall(DECLARED.sub("", text)):
        if iri:
            yield iri
        elif prefix in prefixes:
            yield prefixes[prefix] + name.replace("\\", "")


def own_terms(core: Graph) -> dict[str, bool]:
    """Return each class and property of ours with whether it is a class."""
    return {
        str(term): (term, RDF.type, RDF.Property) not in core
        for term in core.subjects(unique=True)
        if str(term).startswith(TSU)
    }


def read_from_lists() -> set[str]:
    """Return the classes that a list may hold and the properties that its columns become."""
    words = vocabulary()
    classes = {name for kind in KINDS.values() for name in words.usable_classes(kind.cls)}
    paths = {column.path for name in classes for column in words.columns(name).values()}
    return {words.class_iri(name) for name in classes} | paths


def written_beside_lists() -> set[str]:
    """Return what the loader adds to a record by itself: places, bounds of dates, direct links."""
    terms = ontology_terms()
    added = {path for node in terms.iris(ADDED_SHAPE, str(SH.property)) for path in terms.iris(node, str(SH.path))}
    links = {
        link
        for concept in vocabulary().schemes["role"].concepts
        for link in terms.iris(concept.iri, f"{ORG}roleProperty")
    }
    return added | links


def named_in_code() -> set[str]:
    text = "\n".join(path.read_text(encoding="utf-8") for path in CODE)
    return set(re.findall(r"\{TSU\}(\w+)", text)) | set(re.findall(r"[\"'](\w+)[\"']", text))


def test_every_term_is_shown_by_an_example_or_a_shape(core: Graph, shapes: Graph, good_examples: Graph) -> None:
    shown = {str(node) for graph in (shapes, good_examples) for triple in graph for node in triple}
    assert sorted(local_name(term) for term in own_terms(core).keys() - shown) == []


def test_every_class_that_is_not_only_a_parent_has_an_example(core: Graph, good_examples: Graph) -> None:
    shown = {str(cls) for cls in good_examples.objects(None, RDF.type)}
    parents = {str(cls) for cls in core.objects(None, URIRef("http://www.w3.org/2000/01/rdf-schema#subClassOf"))}
    classes = {term for term, is_class in own_terms(core).items() if is_class}
    assert sorted(local_name(term) for term in classes - shown - parents) == []


def test_every_term_is_asked_for_or_read_from_a_list(core: Graph) -> None:
    asked = {iri for path in QUERIES for iri in iris_of_query(path.read_text(encoding="utf-8"))}
    code = named_in_code()
    written = {term for term in own_terms(core) if {local_name(term), column_name(term)} & code}
    unused = own_terms(core).keys() - asked - read_from_lists() - written_beside_lists() - written
    assert sorted(local_name(term) for term in unused) == []


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_queries_name_only_what_is_defined(path: Path) -> None:
    defined = set(ontology_terms())
    used = {iri for iri in iris_of_query(path.read_text(encoding="utf-8")) if iri.startswith((TSU, SCHEME))}
    namespaces = {iri for iri in used if iri.endswith("/") or iri == TSU}
    assert used - defined - namespaces == set()


@pytest.mark.parametrize("path", CODE, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_code_names_only_terms_that_are_defined(path: Path) -> None:
    named = {TSU + name for name in re.findall(r"(?:\{TSU\}|\btsu:)([A-Za-z]\w*)", path.read_text(encoding="utf-8"))}
    assert named - set(ontology_terms()) == set()


def test_the_names_in_a_query_are_found() -> None:
    query = """# tsu:comment
    PREFIX s: <https://example.org/scheme/>
    SELECT * { ?a tsu:leads/org:subOrganizationOf ?b ; a <urn:x> . FILTER(?c = s:stated && ?d = "tsu:text") }"""
    assert set(iris_of_query(query)) == {
        f"{TSU}leads",
        f"{ORG}subOrganizationOf",
        "urn:x",
        "https://example.org/scheme/stated",
    }

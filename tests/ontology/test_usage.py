"""No term without a use: each stands in a good example and is named by a competency question."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from rdflib import Graph

from tsunagari.ontology.namespaces import ORG, PREFIXES, SCHEME, TSU, TSUT, local_name
from tsunagari.ontology.terms import ontology_terms

ROOT = Path(__file__).resolve().parents[2]
QUESTIONS = sorted((ROOT / "ontology" / "questions").glob("*.rq"))
QUERIES = [*QUESTIONS, *sorted((ROOT / "ontology" / "rules").glob("*.rq"))]
CODE = [path for folder in ("ontology", "loaders", "graph", "viz") for path in sorted((ROOT / folder).rglob("*.py"))]
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


def own_terms(core: Graph) -> set[str]:
    """Return our classes and properties."""
    return {str(term) for term in core.subjects(unique=True) if str(term).startswith(TSU)}


def test_every_term_stands_in_a_good_example(core: Graph, good_examples: Graph) -> None:
    shown = {str(node) for triple in good_examples for node in triple}
    assert sorted(local_name(term) for term in own_terms(core) - shown) == []


def test_every_term_is_named_by_a_question(core: Graph) -> None:
    asked = {iri for path in QUESTIONS for iri in iris_of_query(path.read_text(encoding="utf-8"))}
    assert sorted(local_name(term) for term in own_terms(core) - asked) == []


def test_what_annotates_tables_stands_in_the_shapes_and_in_no_example(
    core: Graph, shapes: Graph, good_examples: Graph
) -> None:
    annotations = {term for term in core.subjects(unique=True) if str(term).startswith(TSUT)}
    assert annotations <= set(shapes.predicates(unique=True))
    assert annotations.isdisjoint(good_examples.predicates(unique=True))


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

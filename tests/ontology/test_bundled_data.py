"""The bundled data keeps to the ontology: every name it uses is defined, every node has the form of its shape."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad

from tsunagari.loaders.session.load import load_workspace
from tsunagari.ontology.namespaces import SCHEME, TSU
from tsunagari.ontology.quads import quads
from tsunagari.ontology.terms import ontology_terms
from tsunagari.ontology.validation import validate
from tsunagari.ontology.vocabulary import vocabulary

WORKSPACE = Path(__file__).resolve().parents[2] / "loaders" / "datasets" / "platforms"


@pytest.fixture(scope="module")
def bundled() -> list[Quad]:
    load = load_workspace(WORKSPACE)
    return [quad for record in load.records for quad in quads(record, vocabulary())]


def test_every_term_and_concept_in_the_data_is_defined(bundled: list[Quad]) -> None:
    nodes = {node for quad in bundled for node in (quad.subject, quad.predicate, quad.object)}
    used = {node.value for node in nodes if isinstance(node, NamedNode) and node.value.startswith((TSU, SCHEME))}
    assert len(used) > 150
    assert used - set(ontology_terms()) == set()


def test_the_data_has_the_form_of_the_shapes(bundled: list[Quad]) -> None:
    assert validate(bundled) == []

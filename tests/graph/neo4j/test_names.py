from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsunagari.errors import StoreError
from tsunagari.graph.neo4j.names import OWN_KEYS, RESOURCE, SHORTCUTS, Names, key_of, label_of, name_of, type_of
from tsunagari.ontology.namespaces import DCT, ORG, OWL, RDFS, REFERENCE_GRAPH, TSU
from tsunagari.ontology.quads import ontology_quads

IRIS = st.text(min_size=1).map(lambda text: f"http://example.org/{text}") | st.sampled_from(
    [f"{TSU}status", f"{RDFS}Class", f"{OWL}Class", f"{ORG}memberOf", "urn:iri", "http://e/iri", "http://e/graphs#_rdf"]
)


def test_words_of_the_ontology_go_by_their_local_name() -> None:
    assert (name_of(f"{TSU}validFrom"), type_of(f"{TSU}tieFrom"), label_of(f"{TSU}Platform")) == (
        "validFrom",
        "TIE_FROM",
        "Platform",
    )


def test_two_words_of_one_local_name_stay_two() -> None:
    assert label_of(f"{OWL}Class") != label_of(f"{RDFS}Class")
    assert key_of("http://a.example/note") != key_of("http://b.example/note")


def test_a_shortcut_is_no_statement() -> None:
    assert type_of(f"{ORG}memberOf") == "ORG_MEMBER_OF"
    assert not {type_of(quad.predicate.value) for quad in ontology_quads(REFERENCE_GRAPH)} & set(SHORTCUTS)


@given(IRIS)
def test_a_name_needs_no_quoting_and_is_none_of_our_own_keys(iri: str) -> None:
    for name in (label_of(iri), key_of(iri), key_of(iri, "ja-Hrkt"), type_of(iri)):
        assert re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", name)
    assert key_of(iri) not in OWN_KEYS
    assert label_of(iri) != RESOURCE


def test_a_clash_is_refused_instead_of_mixed() -> None:
    names = Names(keys={"title_ja": ("http://other.example/title", "ja")})
    with pytest.raises(StoreError, match="title_ja"):
        names.key(f"{DCT}title", "ja")


def test_names_of_two_graphs_are_joined() -> None:
    names, other = Names(), Names()
    names.type(f"{TSU}tieFrom")
    other.type(f"{TSU}tieTo")
    other.key(f"{DCT}title", "ja")
    other.label(f"{TSU}Platform")
    names.add(other)
    assert set(names.types) == {"TIE_FROM", "TIE_TO"}
    assert names.keys == {"title_ja": (f"{DCT}title", "ja")}
    assert names.labels == {"Platform": f"{TSU}Platform"}

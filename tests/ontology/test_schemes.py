"""The concept schemes hold what the sources list, under notations that do not change."""

from __future__ import annotations

import re

import pytest
from rdflib import RDF, RDFS, SKOS, Graph, URIRef

from tsunagari.ontology.namespaces import ORG, SCHEME, TSU, concept_iri, scheme_iri
from tsunagari.ontology.vocabulary import vocabulary

HYOGO = [
    "education",
    "community-inclusion",
    "human-rights",
    "participation",
    "regional-development",
    "poverty",
    "crime-victims",
    "sexual-minorities",
    "multicultural",
    "disaster-prevention",
    "lifelong-learning",
    "childcare",
    "elder-care",
    "disability",
    "economy-work",
    "youth",
    "volunteer",
    "food-bank",
    "npo-support",
    "hikikomori",
    "housing",
]


def test_the_fields_of_the_hyogo_platform_are_21_in_the_order_of_the_source() -> None:
    scheme = vocabulary().schemes["hyogo"]
    assert [concept.notation for concept in scheme.concepts] == HYOGO
    assert len(HYOGO) == 21
    assert vocabulary().field_schemes == ("hyogo", "npo-fields")


def test_the_fields_of_the_npo_act_are_20_in_the_order_of_its_schedule() -> None:
    concepts = vocabulary().schemes["npo-fields"].concepts
    assert len(concepts) == 20
    assert [concept.notation for concept in concepts][::19] == ["health-welfare", "ordinance"]


@pytest.mark.parametrize(
    ("scheme", "size"),
    [
        ("measure-category", 15),
        ("life-stage", 5),
        ("policy-area", 8),
        ("claim-status", 8),
        ("sector", 11),
        ("area-kind", 8),
    ],
)
def test_sizes(scheme: str, size: int) -> None:
    assert len(vocabulary().schemes[scheme].concepts) == size


def test_constituent_types_are_the_groups_of_hyogo_and_what_the_national_platform_names() -> None:
    concepts = {concept.notation: concept for concept in vocabulary().schemes["constituent-type"].concepts}
    groups = [notation for notation, concept in concepts.items() if concept.broader is None]
    named_by_the_national_platform = {"national-government", "economic-organization"}
    assert len(set(groups) - named_by_the_national_platform) == 5
    assert {concept.broader for concept in concepts.values() if concept.broader} >= {
        concepts[group].iri for group in groups if group not in named_by_the_national_platform
    }


@pytest.mark.parametrize(
    ("word", "notation", "above"),
    [
        ("生協", "consumer-cooperative", "cooperative"),
        ("JA", "agricultural-cooperative", "cooperative"),
        ("漁協", "fishery-cooperative", "cooperative"),
        ("労協", "workers-cooperative", "cooperative"),
        ("スポーツクラブ", "sports-club", "citizens-group"),
        ("文化芸術サークル", "culture-circle", "citizens-group"),
        ("環境保全NPO", "environment-group", "citizens-group"),
        ("経済団体", "economic-organization", None),
    ],
)
def test_bodies_of_a_kind_of_their_own_have_a_type_of_their_own(word: str, notation: str, above: str | None) -> None:
    found = vocabulary().concept("constituent-type", word)
    assert found is not None
    assert (found.notation, found.broader and found.broader.rsplit("/", 1)[1]) == (notation, above)


def test_notations_are_slugs_and_name_the_iri(schemes: Graph) -> None:
    for concept, scheme in schemes.subject_objects(SKOS.inScheme):
        notation = str(schemes.value(concept, SKOS.notation))
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", notation)
        assert str(concept) == concept_iri(str(scheme).removeprefix(SCHEME), notation)


def test_each_scheme_has_one_file_of_its_name(schemes: Graph) -> None:
    names = {str(scheme).removeprefix(SCHEME) for scheme in schemes.subjects(RDF.type, SKOS.ConceptScheme)}
    assert names == set(vocabulary().schemes)
    assert all(scheme.iri == scheme_iri(name) for name, scheme in vocabulary().schemes.items())


def test_concepts_are_at_the_top_or_under_a_concept_of_their_scheme(schemes: Graph) -> None:
    for concept, scheme in schemes.subject_objects(SKOS.inScheme):
        broader = schemes.value(concept, SKOS.broader)
        if broader is None:
            assert schemes.value(concept, SKOS.topConceptOf) == scheme
        else:
            assert schemes.value(broader, SKOS.inScheme) == scheme


def test_a_label_means_one_concept_of_a_scheme() -> None:
    for scheme in vocabulary().schemes.values():
        words = [word for concept in scheme.concepts for word in {*concept.labels.values(), concept.notation}]
        assert len(words) == len(set(words)), scheme.id


def test_synonyms_do_not_repeat_across_a_scheme() -> None:
    for scheme in vocabulary().schemes.values():
        synonyms = [word for concept in scheme.concepts for word in concept.synonyms]
        assert len(synonyms) == len(set(synonyms)), scheme.id


def test_every_role_has_the_direct_link_it_stands_for(core: Graph, schemes: Graph) -> None:
    roles = list(schemes.subjects(RDF.type, URIRef(f"{ORG}Role")))
    assert len(roles) == len(vocabulary().schemes["role"].concepts)
    for role in roles:
        link = schemes.value(role, URIRef(f"{ORG}roleProperty"))
        assert (link, RDFS.label, None) in core
        # taking part in a body is what org:memberOf says; the other roles have links of their own
        assert str(link).startswith(TSU) or str(link) == f"{ORG}memberOf"


def test_measure_categories_point_to_fields(schemes: Graph) -> None:
    mapped = {
        str(start).rsplit("/", 1)[1]: str(end).rsplit("/", 1)[1]
        for relation in (SKOS.closeMatch, SKOS.exactMatch)
        for start, end in schemes.subject_objects(relation)
    }
    assert mapped["crime-victims"] == "crime-victims"
    assert mapped["frailty-care"] == "elder-care"
    assert set(mapped.values()) <= set(HYOGO)
    assert "consumer" not in mapped

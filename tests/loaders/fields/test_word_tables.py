"""The shipped words: each has a sensible place in every bundled field scheme, or is told to be a question there."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from tsunagari.loaders.fields.word_tables import FACILITIES, FOLLOWED, WORDS, shipped_words
from tsunagari.ontology.concepts import Concept, ConceptScheme
from tsunagari.ontology.namespaces import concept_iri, scheme_iri
from tsunagari.ontology.spelling import spelling_key
from tsunagari.ontology.vocabulary import vocabulary

FOLDER = Path(__file__).resolve().parents[3] / "ontology" / "schemes" / "mappings"


def rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("name", [WORDS, FACILITIES])
def test_a_table_has_a_column_for_every_bundled_field_scheme_and_no_empty_cell(name: str) -> None:
    for row in rows(name):
        assert set(row) == {"about", "words", *vocabulary().field_schemes}
        assert all(row.values()), row["about"]


@pytest.mark.parametrize("name", [WORDS, FACILITIES])
def test_every_match_is_a_relation_and_a_field_of_its_scheme(name: str) -> None:
    for row in rows(name):
        for scheme in vocabulary().field_schemes:
            for part in row[scheme].split():
                relation, _, notation = part.partition(":")
                assert relation in ("exact", "close", "broad", "related")
                assert notation in {concept.notation for concept in vocabulary().schemes[scheme].concepts}, row["about"]


@pytest.mark.parametrize("name", [WORDS, FACILITIES])
def test_a_word_that_may_mean_several_fields_is_no_guess(name: str) -> None:
    for row in rows(name):
        for scheme in vocabulary().field_schemes:
            relations = {part.partition(":")[0] for part in row[scheme].split()}
            assert len(relations & {"related"}) == 0 or relations == {"related"}, row["about"]


@pytest.mark.parametrize("name", [WORDS, FACILITIES])
def test_a_word_stands_once_in_a_table(name: str) -> None:
    keys = Counter(spelling_key(word) for row in rows(name) for word in row["words"].split("、"))
    assert [key for key, times in keys.items() if times > 1] == []


def test_there_are_many_words_and_they_agree_with_the_names_of_the_fields() -> None:
    words, _ = shipped_words(vocabulary(), "hyogo")
    assert len(words) > 1500
    for scheme in vocabulary().field_schemes:
        for word in words.values():
            named = vocabulary().schemes[scheme].find(word.text)
            matched = [match.concept for match in word.matches if match.concept.scheme == scheme]
            assert named is None or named in matched, (scheme, word.text)


def test_every_name_of_a_field_of_one_scheme_has_a_place_in_the_other() -> None:
    words, _ = shipped_words(vocabulary(), "hyogo")
    for concept in vocabulary().schemes["hyogo"].concepts:
        for name in (concept.labels["ja"], *concept.synonyms):
            assert words[spelling_key(name)].concepts(FOLLOWED), name


def test_a_scheme_of_the_user_gets_fields_that_are_called_alike() -> None:
    iri = concept_iri("ours", "kosodate")
    own = Concept(iri, "ours", "kosodate", {"ja": "子育て支援"})
    ours = vocabulary().with_scheme(
        ConceptScheme("ours", scheme_iri("ours"), {"ja": "本市の分野"}, (own,), is_field=True)
    )
    words, _ = shipped_words(ours, "ours")
    found = [
        (match.relation, match.concept.iri) for match in words["ひとり親"].matches if match.concept.scheme == "ours"
    ]
    assert found == [("broadMatch", iri)]

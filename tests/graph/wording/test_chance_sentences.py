from __future__ import annotations

import doctest

import pytest

from tsunagari.errors import Message
from tsunagari.graph.inference.nulls import NULLS
from tsunagari.graph.wording import chance_sentences as module
from tsunagari.graph.wording.chance_sentences import FEWEST_DRAWS, KEPT, chance_sentence

SUBJECT = Message("橋渡しの道すじ", "open paths")
VALUES = {"observed": 20, "null_mean": 9.0, "null_sd": 1.0, "null_low": 7, "null_high": 11, "p": 0.01, "draws": 199}


def test_every_null_has_words():
    assert set(KEPT) == set(NULLS)


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("null", NULLS)
def test_each_sentence_names_the_null_the_draws_and_p(null: str, lang: str):
    said = chance_sentence(SUBJECT, null, VALUES, lang=lang)
    assert KEPT[null].text(lang) in said
    assert "199" in said
    assert "p = 0.01" in said


def test_more_less_and_no_difference():
    assert "more than chance" in chance_sentence(SUBJECT, "degree", VALUES, lang="en")
    assert "less than chance" in chance_sentence(SUBJECT, "degree", {**VALUES, "observed": 2}, lang="en")
    assert "no clear difference" in chance_sentence(SUBJECT, "degree", {**VALUES, "p": 0.051}, lang="en")


def test_together_tested_the_corrected_value_decides():
    said = chance_sentence(SUBJECT, "degree", {**VALUES, "q": 0.4}, among=30, lang="en")
    assert "no clear difference (p = 0.01, q = 0.4, 199 draws, 30 tested together)" in said


def test_few_draws_claim_nothing():
    said = chance_sentence(SUBJECT, "degree", {**VALUES, "draws": FEWEST_DRAWS - 1}, lang="en")
    assert "than chance gives" not in said
    assert "too few" in said


def test_constants_and_missing_values_are_told_as_such():
    assert "nothing can be told" in chance_sentence(SUBJECT, "degree", {**VALUES, "null_sd": 0.0}, lang="en")
    nan = float("nan")
    assert "not compared" in chance_sentence(SUBJECT, "degree", {**VALUES, "null_mean": nan}, lang="en")
    assert "no value here" in chance_sentence(SUBJECT, "degree", {**VALUES, "observed": nan}, lang="en")


def test_examples_in_the_documentation():
    assert doctest.testmod(module).failed == 0

from __future__ import annotations

import doctest

from tsunagari.graph.wording import error_sentences as module
from tsunagari.graph.wording.error_sentences import errors_phrase, falls_apart, place_among


def test_what_is_taken_to_be_wrong_is_said_in_both_languages():
    assert errors_phrase(0.0) is None
    said = errors_phrase(0.1, 0.02, 0.05)
    assert said is not None
    assert said.ja == "記載の10%が漏れ、一覧の5%がまるごと欠け、記載の2%が誤りの"
    assert said.en == "with 10% of the records and 5% of the whole lists missing and 2% false records"
    false = errors_phrase(0.0, 0.02)
    assert false is not None
    assert (false.ja, false.en) == ("記載の2%が誤りの", "with 2% false records")


def test_nothing_is_said_of_errors_that_nobody_takes_for_granted():
    assert falls_apart(3, None, (0, 0)).ja == "抜けると、つながりが3つに分かれます。"


def test_a_place_that_stays_and_one_that_cannot_be_told():
    errors = errors_phrase(0.1)
    assert errors is not None
    assert place_among((1, 1), errors).en == "In lists with 10% of the records missing, its place is still 1."
    assert place_among(None, errors).en.endswith("the data are insufficient to tell its place.")


def test_examples_in_the_documentation():
    assert doctest.testmod(module).failed == 0

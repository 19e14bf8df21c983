"""Each value that another one can settle is asked once; only a near name is proposed, never a body or a number."""

from __future__ import annotations

from typing import Any

from tsunagari.loaders.fixes.proposals import near_candidate, open_questions
from tsunagari.loaders.issues.issues import Issue, make_issue, plain_names


def issue(code: str, value: str | None, row: int = 2, *, nearest: tuple[str, ...] = (), **params: Any) -> Issue:
    place: dict[str, Any] = {"file": "a.csv", "column": "列", "row": row}
    return make_issue(code, **place, value=value, nearest=plain_names(nearest), **params)


def test_equal_values_are_one_question_and_the_most_frequent_comes_first() -> None:
    found = open_questions([issue("bad-date", "x"), issue("bad-date", "y", 3), issue("bad-date", "y", 9)])
    assert [(question.value, question.rows) for question in found] == [("y", [3, 9]), ("x", [2])]


def test_what_no_value_of_the_cell_settles_is_not_asked() -> None:
    cut = issue("bad-date", "長" * 200)
    assert open_questions([issue("blank-word", "x"), cut, issue("similar-organization", "会")]) == []


def test_a_missing_value_is_asked_for() -> None:
    (question,) = open_questions([issue("missing-value", None)])
    assert question.value == ""


def test_only_one_near_name_of_a_concept_or_area_is_proposed() -> None:
    area = issue("unknown-area", "北九州し", nearest=("福岡県北九州市 401005", "北海道 010006"))
    assert area.candidates == ("福岡県北九州市", "北海道")
    assert near_candidate(area) == "福岡県北九州市"
    two = issue("unknown-concept", "正会員さん", scheme="x", nearest=("正会員さむ", "正会員さぬ"))
    assert near_candidate(two) is None
    far = issue("unknown-concept", "謎", scheme="x", nearest=("正会員",))
    assert near_candidate(far) is None


def test_a_body_or_a_number_is_never_proposed() -> None:
    body = issue("unknown-reference", "架空の会", target="x", nearest=("架空の会 (org/k1)",))
    assert body.candidates == ("org/k1",)
    assert near_candidate(body) is None
    number = issue("bad-check-digit", "1", corrected="2", name="x", place=1, digit=1, right=2)
    assert number.candidates == ("2",)
    assert near_candidate(number) is None

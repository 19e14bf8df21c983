"""What a person types at the question what a value is meant to be."""

from __future__ import annotations

import pytest

from tsunagari.cli.issues.fix_dialogue import described, read_answer
from tsunagari.errors import Message
from tsunagari.loaders.fixes.proposals import Question

QUESTION = Question(
    "a.xlsx", "会員", "区分", "いち", "x", Message("「いち」は…", "'いち' …"), ("一般", "特別"), rows=[2, 3, 4, 5, 6, 7]
)


@pytest.mark.parametrize(
    ("answer", "correct"), [("a", "一般"), ("B", "特別"), ("c", "c"), ("正", "正"), ("-", ""), ("ab", "ab")]
)
def test_a_letter_is_a_candidate_only_where_there_is_one(answer: str, correct: str) -> None:
    fix = read_answer(answer, QUESTION)
    assert fix is not None
    assert (fix.correct, fix.skips, fix.value) == (correct, False, "いち")


def test_enter_answers_nothing_and_x_leaves_the_rows_out() -> None:
    assert read_answer("", QUESTION) is None
    fix = read_answer("x", QUESTION)
    assert fix is not None
    assert (fix.correct, fix.skips) == (None, True)


def test_place_count_rows_and_candidates_are_shown() -> None:
    assert described(QUESTION, "ja").splitlines() == [
        "a.xlsx 会員「区分」: いち（6 行: 2, 3, 4, 5, 6… 行目）",
        "  「いち」は…",
        "  候補  a: 一般  b: 特別",
    ]
    assert "6 rows: 2, 3, 4, 5, 6…" in described(QUESTION, "en")

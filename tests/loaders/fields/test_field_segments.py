"""A phrase is taken apart only where nothing is left over."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsunagari.loaders.fields.field_segments import segments

WORDS = {"子育て", "防災", "見守り", "高齢者", "高齢", "障害", "学習支援", "ひとり親"}


@pytest.mark.parametrize(
    "phrase",
    [
        "子育て,防災",
        "子育て/防災",
        "子育て・防災",
        "子育て防災",
        "1子育て2防災",
        "子育て及び防災",
        "・子育て・防災",
        "子育て|防災",
    ],
)
def test_what_stands_between_words_does_not_matter(phrase: str) -> None:
    assert segments(phrase, WORDS.__contains__) == ["子育て", "防災"]


def test_the_longest_words_count() -> None:
    assert segments("高齢者の見守り活動", WORDS.__contains__) == ["高齢者", "見守り"]


@pytest.mark.parametrize("phrase", ["障害物競走", "謎の活動", "支援活動", "", "高齢者の謎"])
def test_a_phrase_with_anything_else_is_not_taken_apart(phrase: str) -> None:
    assert segments(phrase, WORDS.__contains__) is None


def test_prose_is_not_taken_apart() -> None:
    assert segments("子育て" * 40, WORDS.__contains__) is None


@given(st.lists(st.sampled_from(sorted(WORDS)), min_size=1, max_size=5), st.sampled_from(["の", "、", "及び", "・"]))
def test_every_word_of_a_list_is_found_whatever_separates_them(words: list[str], between: str) -> None:
    found = segments(between.join(words), WORDS.__contains__)
    assert found is not None
    assert set(found) == set(words)

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsunagari.loaders.values.lists import names_rest, split_known

WORDS = [
    "子育て",
    "防災",
    "文化・芸術",
    "学術、文化、芸術又はスポーツの振興を図る活動",
    "ひきこもり",
    "まちづくり及び観光",
]
SIGNS = ["、", "，", ",", "；", ";", "/", "／", "|", "\n", "・", " ", "　", "及び", "と", " ・ "]
KNOWN = frozenset(WORDS).__contains__


@given(words=st.lists(st.sampled_from(WORDS), min_size=1, max_size=4, unique=True), sign=st.sampled_from(SIGNS))
def test_known_words_are_found_whatever_separates_them(words: list[str], sign: str) -> None:
    assert split_known(sign.join(words), KNOWN) == words


@given(
    words=st.lists(st.sampled_from(WORDS), min_size=1, max_size=4, unique=True),
    style=st.sampled_from(["①", "(1)", "1.", "・", "●"]),
)
def test_bullets_and_numbers_are_no_part_of_a_word(words: list[str], style: str) -> None:
    marks = {"①": "①②③④", "(1)": None, "1.": None, "・": "・・・・", "●": "●●●●"}[style]
    items = [
        f"{marks[place]}{word}" if marks else style.replace("1", str(place + 1)) + word
        for place, word in enumerate(words)
    ]
    for sign in ("\n", "") if marks and style != "・" else ("\n",):
        assert split_known(sign.join(items), KNOWN) == words


def test_identifiers_that_an_adapter_has_resolved_are_each_asked_for_once() -> None:
    names = [f"npo-fields/{number}" for number in range(1, 61)]  # together longer than what is taken for a text
    asked: list[str] = []

    def is_known(part: str) -> bool:
        asked.append(part)
        return part in names

    assert split_known(" | ".join([*names, names[0]]), is_known) == names
    assert len(asked) == 1 + len(names) + 1  # the cell as a whole, then its parts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("子育て、謎の分野", ["子育て", "謎の分野"]),
        ("謎・空想", ["謎・空想"]),
        ("子育て・空想", ["子育て", "空想"]),
        ("子育て等", ["子育て"]),
        ("謎、空想と夢", ["謎", "空想と夢"]),
        ("", [""]),
    ],
)
def test_what_is_not_known_is_parted_only_where_it_must_be(text: str, parts: list[str]) -> None:
    assert split_known(text, KNOWN) == parts


@given(text=st.text("子育て防災、・と及び ①1.架空", max_size=30))
def test_nothing_is_lost(text: str) -> None:
    parts = split_known(text, KNOWN)
    kept = "".join(parts)
    for sign in set(text) - set("、・と及び ①1.等他"):
        assert sign in kept


@given(
    st.lists(st.sampled_from(["子育て", "防災", "再犯防止等"]), min_size=1, max_size=4, unique=True),
    st.sampled_from("、,/;"),
)
def test_a_list_hints_at_more_only_where_it_says_so(parts: list[str], sign: str) -> None:
    known = {"子育て", "防災", "再犯防止等"}.__contains__
    text = sign.join(parts)
    assert not names_rest(text, known)
    for tail in ("など", "ほか", " 等", f"{sign}その他"):
        assert names_rest(text + tail, known)
        assert split_known(text + tail, known) == parts

from __future__ import annotations

import re
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsunagari.loaders.values import labels
from tsunagari.loaders.values.labels import Label, bare_label

NAMES = st.sampled_from(
    [
        "架空ひだまりの会",
        "NPO法人架空こだま",
        "（株）架空配送",
        "3.11を語る架空の会",
        "社会福祉法人架空園",
        "架空2000年の会",
    ]
)


@given(
    name=NAMES.filter(lambda name: not name[0].isdigit()),
    before=st.sampled_from(["", "◎", "○ ", "★", "・", "1.", "(2)", "③", "No.4 ", "１２．", "※", "■ "]),
    behind=st.sampled_from(["", "*", "＊", " 様", " 御中", "　御中", "※1"]),
)
def test_marks_numbers_and_honorifics_are_taken_off(name: str, before: str, behind: str) -> None:
    assert bare_label(f"{before}{name}{behind}").name == name


@given(
    name=NAMES,
    person=st.sampled_from(
        [
            "（代表 架空太郎）",
            "（担当：架空）",
            " 会長 架空 花子",
            "　理事長　架空一郎",
            "、代表者 架空 太郎",
            "【事務局長 架空】",
        ]
    ),
)
def test_a_person_is_never_part_of_a_name(name: str, person: str) -> None:
    label = bare_label(name + person)
    assert label.name == name
    assert label.had_person


@pytest.mark.parametrize(
    "name",
    [
        "○△□",
        "3B",
        "架空の会長町会",
        "24時間架空ホットライン",
        "1%の会",
        "架空（鳥取支部）",
        "架空会 代表者会議",
        "会",
        "◎",
        "架空神社様式研究所",
    ],
)
def test_what_is_part_of_a_name_stays(name: str) -> None:
    assert bare_label(name).name == name
    assert not bare_label(name).had_person


@given(text=st.text(min_size=1, max_size=20).filter(str.strip))
def test_a_name_never_vanishes_and_a_bare_name_is_bare(text: str) -> None:
    name = bare_label(text).name
    assert name
    assert bare_label(name).name == name


@pytest.mark.parametrize(
    ("text", "name", "states"),
    [
        ("架空会（オブザーバー）", "架空会", ("オブザーバー",)),
        ("【新】架空会", "架空会", ("新",)),
        ("架空会（R6.4入会）", "架空会", ("R6.4入会",)),
        ("架空会［代表団体］", "架空会［代表団体］", ()),
        ("架空会（鳥取支部）", "架空会（鳥取支部）", ()),
        ("架空会（新しい会）", "架空会（新しい会）", ()),
    ],
)
def test_what_a_list_notes_beside_a_name_is_told_apart_from_it(text: str, name: str, states: tuple[str, ...]) -> None:
    found = bare_label(text)
    assert (found.name, found.states) == (name, states)


@pytest.mark.parametrize(
    ("text", "day"),
    [("架空会（令和6年4月退会）", "令和6年4月"), ("架空会(退会)", ""), ("架空会（2024.3.31脱退）", "2024.3.31")],
)
def test_a_body_that_has_left_is_said_so(text: str, day: str) -> None:
    found = bare_label(text)
    assert (found.name, found.has_left, found.left_on) == ("架空会", True, day)


def test_a_wrapped_name_is_one_line_and_a_person_behind_it_is_not_held() -> None:
    assert bare_label("社会福祉法人\n架空会").name == "社会福祉法人 架空会"
    assert bare_label("架空の会 架空 太郎 氏").name == "架空の会"
    assert bare_label("架空会*1").name == "架空会"


@given(st.text("架空の会社様殿御中各位１1Nn①注・*（）( )、ア. 　氏", max_size=10))
def test_a_name_without_signs_is_what_looking_for_each_of_them_gives(text: str) -> None:
    if labels._ALONE.fullmatch(text):
        with patch.object(labels, "_ALONE", re.compile("(?!)")):
            assert bare_label.__wrapped__(text) == Label(text)


@pytest.mark.parametrize(
    ("text", "name", "day"),
    [
        ("廃止）架空の家", "架空の家", ""),
        ("【休止中】架空の家", "架空の家", ""),
        ("架空の家（活動休止中）", "架空の家", ""),
        ("令和7年3月で閉鎖 架空の家", "架空の家", "令和7年3月"),
        ("架空の家（令和6年3月31日閉所）", "架空の家", "令和6年3月31日"),
    ],
)
def test_what_is_said_to_be_over_is_no_part_of_a_name(text: str, name: str, day: str) -> None:
    found = bare_label(text)
    assert (found.name, found.has_left, found.left_on) == (name, True, day)


@pytest.mark.parametrize("text", ["終了を考える会", "廃止運動の会", "休止符 架空の家"])
def test_words_of_ending_in_a_name_are_the_name(text: str) -> None:
    assert bare_label(text).name == text


@pytest.mark.parametrize(
    ("text", "name", "had_person"),
    [
        ("17　架空の会", "架空の会", False),
        ("a)架空の会", "架空の会", False),
        ("Ⅱ. 架空の会", "架空の会", False),
        ("架空の会(*2)", "架空の会", False),
        ("架空の会［注１］", "架空の会", False),
        ("架空の会●", "架空の会", False),
        ("架空の会　tel 0857-00-0000", "架空の会", False),
        ("架空の会（電話：0857-00-0000）", "架空の会", False),
        ("架空の会　代表理事 架空 十郎 氏", "架空の会", True),
        ("架空の会 架空十一郎（代表）", "架空の会", True),
        ("架空の会 架空支部（代表）", "架空の会 架空支部", False),
        ("（再掲）架空の会", "架空の会", False),
        ("架空の会〈幹事〉", "架空の会", False),
        ("100 人委員会", "100 人委員会", False),
        ("3 丁目の会", "3 丁目の会", False),
        ("架空☆キッズ☆", "架空☆キッズ☆", False),
    ],
)
def test_numbers_marks_and_persons_of_other_lists_are_no_part_of_a_name(text: str, name: str, had_person: bool) -> None:
    found = bare_label(text)
    assert (found.name, found.had_person) == (name, had_person)

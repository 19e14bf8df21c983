from __future__ import annotations

import doctest
import importlib

import pytest

from tsunagari.graph.coverage.coverage import SHOWN_STATUSES
from tsunagari.graph.coverage.surroundings import GROUNDS
from tsunagari.graph.wording.sentences import (
    ROLE_LABELS,
    STATUS_LABELS,
    broker_sentence,
    gap_sentence,
    names_phrase,
    settle_phrase,
)

# Sentences of gaps


@pytest.mark.parametrize(
    ("status", "ja", "en"),
    [
        ("multiple", "架空町の「食」は甲、乙の2団体が担っています。", "2 bodies offer food in Town: 甲 and 乙."),
        ("single", "架空町の「食」を担うのは甲だけです。", "Only 甲 offers food in Town."),
        (
            "wide_only",
            "架空町の「食」に地元の担い手はなく、広域で担う丙だけが対象としています。",
            "Nobody in Town itself offers food; only 丙 covers it from a wider area.",
        ),
        (
            "none",
            "架空町の「食」は、担い手がいないことを、支援サービスの全件一覧である名簿で確認済みです。",
            "Nobody offers food in Town; the complete list of services confirms it: 名簿.",
        ),
        (
            "unknown",
            "架空町の「食」は、担い手の記載も、いないことを示す完全な一覧もなく、未調査です。",
            "No source says who offers food in Town, and no complete list covers it: not known.",
        ),
    ],
)
def test_every_status_has_a_sentence_in_both_languages(status: str, ja: str, en: str):
    local = {"multiple": ["甲", "乙"], "single": ["甲"]}.get(status, [])
    wide = ["丙"] if status == "wide_only" else []
    shared = {"local": local, "wide": wide, "connected": True, "closed_list": "名簿"}
    assert gap_sentence(status, "架空町", "食", **shared) == ja
    assert gap_sentence(status, "Town", "food", lang="en", **shared) == en


def test_the_sentence_of_an_absence_tells_on_what_ground():
    known = {"closed_list": "架空の一覧"}
    members = gap_sentence("none", "架空町", "食", ground="members", **known)
    assert "全構成団体の名簿（架空の一覧）に担い手がありません" in members
    assert "構成団体でない担い手がいる可能性は残ります" in members
    assert "確認済み" not in members
    assert "架空の一覧で確認済み" in gap_sentence("none", "架空町", "食", ground="survey", **known)
    english = {
        ground: gap_sentence("none", "Town", "food", ground=ground, lang="en", **known) for ground in GROUNDS[1:]
    }
    assert "somebody who is no member may" in english["members"]
    assert "a survey confirms it" in english["survey"]
    assert "the complete list of services confirms it" in english["services"]


def test_the_sentence_tells_plans_neighbours_and_missing_platforms():
    text = gap_sentence("unknown", "架空町", "食", planned=2, partnership=3)
    assert text.endswith("予定・検討中が2団体あります。同じ圏域のほかの市町村では3団体が担っています。")
    assert "プラットフォームには参加していません" in gap_sentence("single", "架空町", "食", local=["甲"])
    assert "プラットフォーム" not in gap_sentence("unknown", "架空町", "食")
    english = gap_sentence("wide_only", "Town", "food", wide=["A", "B"], partnership=1, lang="en")
    assert english.endswith(
        "No provider is in a platform that reaches it. In other municipalities of its partnership 1 does."
    )


def test_long_lists_of_names_are_cut_and_counted():
    assert names_phrase([]) == names_phrase([], "en") == ""
    assert names_phrase(list("ABCDE")) == "A、B、Cほか2"
    assert names_phrase(list("ABCDE"), "en") == "A, B, C and 2 more"
    assert names_phrase(["A"], "en") == "A"


def test_what_would_settle_an_unknown_cell():
    assert settle_phrase("Town", "food", ["PF"], lang="en") == (
        'the list of members of PF with the fields of each (kind = "members", closed = true)'
        ' or the list of support services for food in Town (kind = "services", closed = true)'
    )


def test_every_status_has_a_label_in_both_languages():
    assert set(STATUS_LABELS) == set(SHOWN_STATUSES)
    assert all(label.ja and label.en for label in (*STATUS_LABELS.values(), *ROLE_LABELS.values()))


# Sentences of brokers


def test_a_broker_is_described_by_contacts_role_and_loss():
    text = broker_sentence("甲", contacts=4, groups=["NPO", "企業"], roles={"liaison": 6, "itinerant": 2}, parts=2)
    assert text == (
        "甲はNPO、企業の4団体とつながっています。"
        "互いに直接つながっていない団体の間を8通り取り持ち、主に異なる区分どうしの連絡役です。"
        "抜けると、つながりが2つに分かれます。"
    )
    english = broker_sentence("A", contacts=1, groups=["NPO"], roles={"liaison": 0}, lang="en")
    assert english == "A is tied to 1 body (NPO). It does not stand between any two of its contacts."


@pytest.mark.parametrize("name", ["sentences"])
def test_examples_in_the_documentation(name: str):
    assert doctest.testmod(importlib.import_module(f"tsunagari.graph.wording.{name}")).failed == 0

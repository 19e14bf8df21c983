from __future__ import annotations

import doctest
import importlib

import networkx as nx
import pandas as pd
import pytest

from tsunagari.errors import NetworkError, UnknownNameError
from tsunagari.graph.brokers import COLUMNS, broker_table
from tsunagari.graph.coverage import STATUSES
from tsunagari.graph.sentences import (
    ROLE_LABELS,
    STATUS_LABELS,
    broker_sentence,
    gap_sentence,
    names_phrase,
    settle_phrase,
)
from tsunagari.graph.surroundings import GROUNDS


def town() -> nx.Graph:
    """Return a made-up network: a city office between two groups, a reading circle beside, one body alone."""
    graph = nx.Graph([("city", "npo1"), ("city", "npo2"), ("npo1", "npo2"), ("city", "group"), ("group", "shop")])
    graph.add_node("alone")
    sectors = {"city": "municipality", "npo1": "npo", "npo2": "npo", "shop": "company", "group": "npo", "alone": ""}
    for node, sector in sectors.items():
        graph.nodes[node].update(
            label=f"架空{node}",
            kind="organization",
            sector=sector,
            sector_label={"municipality": "市区町村", "npo": "NPO", "company": "企業"}.get(sector, ""),
            prefecture="架空県",
            fields=["食支援"] if sector == "npo" else [],
            **{"class": "UnnamedGroup" if node == "group" else "StakeholderOrganization"},
        )
    return graph


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
    assert set(STATUS_LABELS) == set(STATUSES)
    assert all(label.ja and label.en for label in (*STATUS_LABELS.values(), *ROLE_LABELS.values()))


# Sentences and rows of brokers


def test_a_broker_is_described_by_contacts_role_and_loss():
    text = broker_sentence("甲", contacts=4, groups=["NPO", "企業"], roles={"liaison": 6, "itinerant": 2}, parts=2)
    assert text == (
        "甲はNPO、企業の4団体とつながっています。"
        "互いに直接つながっていない団体の間を8通り取り持ち、主に異なる区分どうしの連絡役です。"
        "抜けると、つながりが2つに分かれます。"
    )
    english = broker_sentence("A", contacts=1, groups=["NPO"], roles={"liaison": 0}, lang="en")
    assert english == "A is tied to 1 body (NPO). It does not stand between any two of its contacts."


def test_broker_table_has_every_organisation_with_a_name_and_only_those():
    table = broker_table(town())
    assert list(table.columns) == list(COLUMNS)
    assert table["organization"].tolist() == ["架空city", "架空shop", "架空npo1", "架空npo2", "架空alone"]
    assert table["rank"].tolist() == [1, 2, 3, 3, 5]
    city = table.iloc[0]
    assert city[["degree", "coordinator", "itinerant", "liaison", "brokerage"]].tolist() == [3, 0, 4, 0, 4]
    assert city["is_cut_point"]
    assert city["bridges"] == "NPO"
    assert "抜けると、つながりが2つに分かれます。" in city["sentence"]


def test_a_body_without_ties_comes_last_and_has_no_constraint():
    alone = broker_table(town()).iloc[-1]
    assert pd.isna(alone["constraint"])
    assert pd.isna(alone["effective_size"])
    assert alone[["degree", "brokerage", "betweenness"]].tolist() == [0, 0, 0]
    assert alone["group"] == "区分不明"
    assert alone["sentence"] == "架空aloneには、ほかの団体とのつながりの記載がありません。"


def test_any_partition_can_be_asked_for():
    for group in ("sector", "class", "municipality", "prefecture", "field"):
        assert len(broker_table(town(), group=group)) == 5
    assert broker_table(town(), group="prefecture").loc[0, "coordinator"] == 4
    given = dict.fromkeys(town(), "x") | {"city": "y"}
    assert broker_table(town(), group=given).loc[0, "itinerant"] == 4
    with pytest.raises(NetworkError, match="misses 1"):
        broker_table(town(), group={node: "x" for node in town() if node != "alone"})
    with pytest.raises(UnknownNameError, match="sector, class, municipality, prefecture, field"):
        broker_table(town(), group="colour")


def test_bridges_name_what_a_body_belongs_to_as_well():
    table = broker_table(town(), memberships={"city": ["第1分科会", "第2分科会"]})
    assert table.loc[0, "bridges"] == "NPO ／ 第1分科会、第2分科会"


def test_networks_without_organisations_give_no_row():
    assert broker_table(nx.Graph()).empty
    assert list(broker_table(nx.Graph()).columns) == list(COLUMNS)
    single = nx.Graph()
    single.add_node("a", kind="organization", label="甲")
    assert broker_table(single)["rank"].tolist() == [1]


def test_directed_networks_tell_representatives_from_gatekeepers():
    graph = nx.DiGraph([("a", "b"), ("b", "c")])
    for node, sector in {"a": "npo", "b": "npo", "c": "company"}.items():
        graph.nodes[node].update(kind="organization", label=node, sector=sector)
    row = broker_table(graph).iloc[0]
    assert (row["organization"], row["representative"], row["gatekeeper"]) == ("b", 1, 0)
    assert row["betweenness"] == 1


@pytest.mark.parametrize("name", ["sentences", "brokers"])
def test_examples_in_the_documentation(name: str):
    assert doctest.testmod(importlib.import_module(f"tsunagari.graph.{name}")).failed == 0

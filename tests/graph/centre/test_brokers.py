from __future__ import annotations

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from tsunagari.errors import NetworkError, UnknownNameError
from tsunagari.graph.centre import brokers
from tsunagari.graph.centre.brokers import COLUMNS, graph_brokers
from tsunagari.graph.knowledge.knowledge import KnowledgeGraph
from tsunagari.graph.measures.chance_brokerage import SCORES


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


def test_broker_table_has_every_organisation_with_a_name_and_only_those():
    table = graph_brokers(town())
    assert list(table.columns) == list(COLUMNS)
    assert table["organization"].tolist() == ["架空city", "架空shop", "架空npo1", "架空npo2", "架空alone"]
    assert table["rank"].tolist() == [1, 2, 3, 3, 5]
    city = table.iloc[0]
    assert city[["degree", "coordinator", "itinerant", "liaison", "brokerage"]].tolist() == [3, 0, 4, 0, 4]
    assert city["is_cut_point"]
    assert city["bridges"] == ["NPO"]
    assert "抜けると、つながりが2つに分かれます（記載の10%が漏れた一覧では100回中" in city["sentence"]


def test_a_body_without_ties_comes_last_and_has_no_constraint():
    alone = graph_brokers(town()).iloc[-1]
    assert pd.isna(alone["constraint"])
    assert pd.isna(alone["effective_size"])
    assert alone[["degree", "brokerage", "betweenness"]].tolist() == [0, 0, 0]
    assert alone["group"] == "区分不明"
    assert alone["sentence"] == "架空aloneには、ほかの団体とのつながりの記載がありません。"


def test_any_partition_can_be_asked_for():
    for group in ("sector", "class", "municipality", "prefecture", "field", "platform"):
        assert len(graph_brokers(town(), group=group)) == 5
    assert graph_brokers(town(), group="prefecture").loc[0, "coordinator"] == 4
    given = dict.fromkeys(town(), "x") | {"city": "y"}
    assert graph_brokers(town(), group=given).loc[0, "itinerant"] == 4
    with pytest.raises(NetworkError, match="misses 1"):
        graph_brokers(town(), group={node: "x" for node in town() if node != "alone"})
    with pytest.raises(UnknownNameError, match="sector, class, municipality, prefecture, field, platform"):
        graph_brokers(town(), group="colour")


def test_bridges_name_what_a_body_belongs_to_as_well():
    table = graph_brokers(town(), memberships={"city": ["第1分科会", "第2分科会"]})
    assert table.loc[0, "bridges"] == ["NPO", "第1分科会", "第2分科会"]


def test_networks_without_organisations_give_no_row():
    assert graph_brokers(nx.Graph()).empty
    assert list(graph_brokers(nx.Graph()).columns) == list(COLUMNS)
    single = nx.Graph()
    single.add_node("a", kind="organization", label="甲")
    assert graph_brokers(single)["rank"].tolist() == [1]


def test_directed_networks_tell_representatives_from_gatekeepers():
    graph = nx.DiGraph([("a", "b"), ("b", "c")])
    for node, sector in {"a": "npo", "b": "npo", "c": "company"}.items():
        graph.nodes[node].update(kind="organization", label=node, sector=sector)
    row = graph_brokers(graph).iloc[0]
    assert (row["organization"], row["representative"], row["gatekeeper"]) == ("b", 1, 0)
    assert row["betweenness"] == 1


# What a planner and a researcher get beyond the counts


def two_sides() -> nx.Graph:
    """Return companies and NPOs that only one city office connects, with members of their own."""
    graph = nx.Graph([("office", "npo0"), ("office", "firm0"), ("npo0", "npo1"), ("firm0", "firm1")])
    for node in graph:
        sector = {"o": ("municipality", "市区町村"), "n": ("npo", "NPO"), "f": ("company", "企業")}[node[0]]
        graph.nodes[node].update(label=f"架空{node}", kind="organization", sector=sector[0], sector_label=sector[1])
    return graph


def test_the_only_body_between_two_groups_is_named_with_them():
    table = graph_brokers(two_sides())
    assert table.loc[0, "sentence"].startswith(
        "架空officeは、わかっているつながりの中でNPOと企業をつなぐ唯一の団体で、NPO、企業の2団体とつながっています。"
    )
    english = graph_brokers(two_sides(), lang="en").loc[0, "sentence"]
    assert english.startswith("架空office is the only body known to link NPO and 企業, and is tied to 2 bodies")
    assert table["sentence"].str.contains("唯一").sum() == 1


def test_nobody_is_the_only_one_where_a_tie_or_another_body_connects_the_groups():
    for one, other in (("npo1", "firm1"), ("npo1", "desk")):
        graph = two_sides()
        graph.add_edge(one, other)
        if other == "desk":
            graph.add_edge("desk", "firm1")
            graph.nodes["desk"].update(label="架空desk", kind="organization", sector="municipality", sector_label="市")
        assert not graph_brokers(graph)["sentence"].str.contains("唯一").any()


def test_those_of_unknown_group_are_contacts_but_no_group_that_is_connected():
    graph = two_sides()
    for node in ("npo0", "npo1"):
        graph.nodes[node].update(sector="", sector_label="")
    table = graph_brokers(graph)
    assert not table["sentence"].str.contains("唯一").any()
    assert "区分不明" in table.set_index("organization_id").loc["office", "bridges"]


def test_every_count_has_what_chance_would_give():
    table = graph_brokers(two_sides())
    office = table.iloc[0]
    assert office["liaison"] == 2
    for name in SCORES:
        assert (table[f"expected_{name}"] >= 0).all()
    assert np.isclose(office["expected_liaison"], 0.4**2 * 0.6 * 8)
    assert office["z_liaison"] > 0
    assert np.isnan(office["z_coordinator"])  # the only office cannot coordinate offices


def test_a_star_is_far_from_one_density_but_the_only_network_with_its_numbers_of_ties():
    graph = nx.star_graph([f"n{number}" for number in range(30)])
    for node in graph:
        graph.nodes[node].update(label=node, kind="organization", sector="npo", sector_label="NPO")
    table = graph_brokers(graph, lang="en")
    assert table.loc[0, "z_brokerage"] > 2
    assert table["draws"].eq(0).all()
    assert not table["sentence"].str.contains("Random networks").any()
    assert "no other network than the observed one is possible" in table.attrs["method"]


def test_sentences_speak_from_random_networks_that_keep_numbers_of_ties():
    graph = nx.karate_club_graph()
    for node in graph:
        graph.nodes[node].update(label=str(node), kind="organization", sector=graph.nodes[node]["club"])
    table = graph_brokers(graph, lang="en")
    assert table.loc[0, "z_brokerage"] > 2
    assert "keep everybody's number of ties" in table.loc[0, "sentence"]
    assert "99 draws" in table.loc[0, "sentence"]
    assert (table["q_brokerage"] >= table["p_brokerage"] - 1e-12).all()
    assert "(null 'degree', seed 0)" in table.attrs["method"]
    assert "published null, one density" in table.attrs["method"]
    assert "maslov-sneppen-2002" in table.attrs["works"]


def test_the_table_says_how_it_was_made_and_whom_to_cite():
    attrs = graph_brokers(two_sides(), lang="en").attrs
    assert "5 nodes, 8 directed ties (each tie both ways), density 0.4" in attrs["method"]
    assert "groups by 'sector'" in attrs["method"]
    assert "random networks whose pairs are tied both ways or not" in attrs["method"]
    assert "Betweenness: Freeman (1977), exact." in attrs["method"]
    assert [text.split(",")[0] for text in attrs["citation"][:3]] == ["Gould", "Burt", "Freeman"]
    assert attrs["study"]["ties"] == 8
    japanese = graph_brokers(nx.DiGraph(two_sides().edges), group=dict.fromkeys(two_sides(), 1))
    assert "向きごとに独立な無作為ネットワーク" in japanese.attrs["method"]


def test_betweenness_of_a_large_network_is_estimated_and_the_error_told(monkeypatch: pytest.MonkeyPatch):
    exact = graph_brokers(two_sides()).set_index("organization_id")["betweenness"]
    monkeypatch.setattr(brokers, "EXACT_WORK", 10)
    table = graph_brokers(two_sides(), lang="en")
    study = table.attrs["study"]
    assert study["betweenness_pairs"] == brokers.BETWEENNESS_PAIRS
    assert 0 < study["betweenness_epsilon"] < 0.1
    found = table.set_index("organization_id")["betweenness"]
    assert (found - exact).abs().max() <= study["betweenness_epsilon"]
    assert "with probability 90% no value is off by more than" in table.attrs["method"]
    assert any("Riondato" in text for text in table.attrs["citation"])
    assert table.equals(graph_brokers(two_sides(), lang="en"))


# Partitions of the user's own


def test_a_series_by_id_or_by_name_is_a_partition():
    graph = two_sides()
    by_id = pd.Series({node: node[0] for node in graph}, name="letter")
    by_name = pd.Series({f"架空{node}": node[0] for node in graph})
    table = graph_brokers(graph, group=by_id)
    assert table.attrs["study"]["partition"] == "letter"
    assert table.equals(graph_brokers(graph, group=by_name))
    assert table["liaison"].equals(graph_brokers(graph)["liaison"])


def test_a_column_of_the_nodes_is_a_partition():
    graph = two_sides()
    nx.set_node_attributes(graph, {node: node[0] for node in graph}, "letter")
    assert graph_brokers(graph, group="letter")["liaison"].equals(graph_brokers(graph)["liaison"])


def test_those_of_the_same_platforms_are_a_group():
    held = {"office": ["第1部会"], "npo0": ["第1部会"], "firm0": ["第1部会", "第2部会"]}
    table = graph_brokers(two_sides(), group="platform", memberships=held).set_index("organization_id")
    assert table.loc["office", "group"] == "第1部会"
    assert table.loc["firm0", "group"] == "第1部会・第2部会"
    assert table.loc["npo1", "group"] == "区分不明"


def test_a_partition_that_misses_organisations_names_them():
    given = {node: "x" for node in two_sides() if node[0] == "n"}
    with pytest.raises(NetworkError, match="misses 3 nodes: 架空office, 架空firm0, 架空firm1") as error:
        graph_brokers(two_sides(), group=given | {"office": None, "firm0": float("nan")})
    assert "グループ分けに 3 団体がありません" in error.value.text("ja")


def test_unnamed_groups_may_be_left_out_of_a_partition():
    given = {node: "x" for node in town() if node != "group"}
    assert len(graph_brokers(town(), group=given)) == 5


def test_a_mistyped_partition_gets_the_nearest_names():
    with pytest.raises(UnknownNameError, match="Nearest: prefecture") as error:
        graph_brokers(two_sides(), group="prefectur")
    assert "近いもの: prefecture" in error.value.text("ja")


def test_the_same_questions_by_the_knowledge_graph(bundled: KnowledgeGraph):
    table = bundled.brokers("platform", network="ties")
    assert "ties" in table.attrs["method"]
    totals = bundled.brokerage()
    whole = bundled.brokers()
    assert (totals["count"][list(SCORES)] >= whole[list(SCORES)].sum()).all()
    holes = bundled.structural_holes().set_index("id")["constraint"]
    assert np.allclose(holes[whole["organization_id"]], whole["constraint"], equal_nan=True)
    assert totals["sentence"].str.contains("無作為なネットワーク").all()
    assert bundled.structural_holes(lang="en")["sentence"].str.contains("contacts that do not overlap|No source").all()
    two = bundled.two_mode()
    assert two["sentence"].str.contains("もう一方の側の|つながりの記載がありません").all()
    assert set(two.loc[two["mode"] == 1, "kind"]) == {"organization"}
    with pytest.raises(NetworkError, match="no tie runs within a mode"):
        bundled.two_mode("collaboration")

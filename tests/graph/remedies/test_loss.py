"""What would be lost without an organisation, as a planner reads it."""

from __future__ import annotations

from pathlib import Path

import networkx as nx
import pytest

from tsunagari.graph.knowledge.build import build
from tsunagari.graph.knowledge.knowledge import KnowledgeGraph
from tsunagari.graph.remedies.loss import COLUMNS, DETAIL_COLUMNS
from tsunagari.graph.wording.sentences import STATUS_LABELS

STATUS_OF = {label.ja: status for status, label in STATUS_LABELS.items()}


def test_the_critical_one_comes_first_and_the_sentence_says_why(region: KnowledgeGraph):
    table = region.loss()
    assert table.columns.tolist() == list(COLUMNS)
    first = table.iloc[0]
    assert first[["organization", "critical", "to_nobody", "parts", "cut_off"]].tolist() == [
        "架空の食堂",
        True,
        1,
        2,
        2,
    ]
    assert first["severity_lost"] == 0.64  # from .36, only one and in a platform, to 1, nobody
    assert first["cells"] == "鳥取市のフードバンク"
    assert first["sentence"] == (
        "架空の食堂がなくなると、鳥取市のフードバンクの担い手がいなくなります。"
        "つながりが2つに分かれ、2団体が切り離されます。1者にとって架空の炊き出しが唯一のつながりになります。"
    )
    assert table["critical"].sum() == 1
    assert (
        region.cite(table).works[0].key
        == region.cite(region.loss_of("架空の食堂")).works[0].key
        == "hopcroft-tarjan-1973"
    )


def test_an_organisation_without_ties_and_services_loses_nothing(region: KnowledgeGraph):
    alone = region.loss().set_index("organization").loc["架空の孤塁"]
    assert alone[["parts", "cut_off", "severity_lost", "dependents"]].tolist() == [0, 0, 0.0, 0]
    assert region.loss_of("架空の孤塁").empty
    assert region.loss_of("架空の孤塁").columns.tolist() == list(DETAIL_COLUMNS)


def test_details_name_what_is_cut_off_and_who_is_left(region: KnowledgeGraph):
    details = region.loss_of("架空の中間支援")
    assert details["kind"].tolist() == ["part", "part", "only_broker"]
    assert details["bodies"].tolist() == [["架空の集い"], ["架空の宅配"], ["架空の食堂"]]
    assert details["item"].tolist() == ["", "", "架空の居場所"]
    cell = region.loss_of("架空の食堂", lang="en").iloc[0]
    assert cell[["kind", "item", "before", "after"]].tolist() == [
        "cell",
        "鳥取市: Food banks",
        "only one",
        "nobody left",
    ]


def differences_without(kg: KnowledgeGraph, organization: str) -> tuple[list[list[str]], float, list[str], float]:
    """Return what computing everything anew without an organisation gives: cells, severity, groups, parts."""
    found = kg.scenario([{"action": "remove", "what": "organization", "organization": organization}])
    measures = found.measures.set_index("measure")["difference"]
    cells = found.cells[found.cells["before"] != found.cells["after"]]
    groups = found.platforms["platform_id"].tolist()
    return sorted(cells[["area_code", "after"]].values.tolist()), measures["severity"], groups, measures["components"]


def test_all_losses_at_once_are_those_of_one_new_computation_each(region: KnowledgeGraph, bundled: KnowledgeGraph):
    for kg, most in ((region, 7), (bundled, 12)):
        table = kg.loss()
        table = table.sort_values(["severity_lost", "platforms_split", "cut_off"], ascending=False).head(most)
        for row in table.to_dict("records"):
            cells, severity, groups, components = differences_without(kg, row["organization_id"])
            details = kg.loss_of(row["organization_id"])
            own = details[details["kind"] == "cell"]
            after = ["none" if label == "担い手なし" else STATUS_OF[label] for label in own["after"]]
            codes = [item.split()[0] for item in own["item_id"]]
            assert sorted([code, status] for code, status in zip(codes, after, strict=True)) == cells
            assert row["severity_lost"] == pytest.approx(severity)
            assert details.loc[details["kind"] == "platform", "item_id"].tolist() == groups
            assert row["parts"] - 1 == components


def test_parts_and_cut_points_of_the_bundled_graph_are_those_of_a_plain_look(bundled: KnowledgeGraph):
    net = bundled.network()
    table = bundled.loss().set_index("organization_id")
    listed = set(table.index)
    unnamed = {node for node, data in net.nodes(data=True) if data["class"] == "UnnamedGroup"}
    assert unnamed
    assert not listed & unnamed
    assert listed <= set(net)
    for node in listed:
        rest = net.subgraph(nx.node_connected_component(net, node) - {node})
        sizes = [len(part) for part in nx.connected_components(rest)]
        assert table.loc[node, ["parts", "cut_off"]].tolist() == [len(sizes), sum(sizes) - max(sizes, default=0)]


def test_a_platform_whose_members_are_tied_through_one_splits_without_it(region: KnowledgeGraph, tmp_path):
    from tests.graph.conftest import REGION

    from tsunagari.graph.knowledge.build import build

    for name, text in REGION.items():
        more = "m3,hub,pf\nm4,meet,pf\n" if name == "members.csv" else ""
        (tmp_path / name).write_text(text + more, encoding="utf-8")
    with build(tmp_path) as kg:
        row = kg.loss().set_index("organization").loc["架空の中間支援"]
        details = kg.loss_of("架空の中間支援")
    assert (row["platforms_split"], row["platforms"]) == (1, ["架空の場"])
    split = details[details["kind"] == "platform"].iloc[0]
    assert split[["item", "before", "after"]].tolist() == ["架空の場", 1, 2]
    assert region.loss()["platforms_split"].sum() == 0


def test_an_organisation_is_found_by_name_and_by_id(region: KnowledgeGraph):
    first = region.loss()["organization_id"].iloc[0]
    assert region.loss_of("架空の 食堂").equals(region.loss_of(first))
    assert region.loss_of(first).equals(region.loss_of(first.rpartition("/id/")[2]))


def test_in_a_part_of_the_scope_the_losses_of_cells_are_its_own(region: KnowledgeGraph):
    other = region.loss(["岩美町"])
    assert other["to_nobody"].sum() == 0
    assert other["parts"].max() == 3


def test_losses_of_equal_severity_are_sorted_by_what_is_cut_off(tmp_path: Path) -> None:
    ties = "連携元,連携先,種類\n架空のあ,架空の甲,情報共有\n架空の甲,架空の乙,情報共有\n"
    ties += "".join(f"架空のん,架空の{name},情報共有\n" for name in "丙丁戊")
    (tmp_path / "ties.csv").write_text(ties, encoding="utf-8")
    settings = '[workspace]\ntitle = "架空"\nas_of = 2025-01-01\n[[source]]\nfile = "ties.csv"\nkind = "ties"\n'
    (tmp_path / "tsunagari.toml").write_text(settings, encoding="utf-8")
    with build(tmp_path) as kg:
        table = kg.loss()
    first = table[["organization", "cut_off", "rank"]].head(2).values.tolist()
    assert first == [["架空のん", 2, 1], ["架空の甲", 1, 2]]  # its name would be the last
    assert table["cut_off"].is_monotonic_decreasing

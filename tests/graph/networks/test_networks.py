from __future__ import annotations

import networkx as nx
import pyoxigraph as ox
import pytest

from tsunagari.errors import UnknownNameError
from tsunagari.graph.columns.column_store import MemoryStore
from tsunagari.graph.facts.things import Reader
from tsunagari.graph.networks.networks import NETWORKS, network
from tsunagari.ontology.namespaces import RDF, TSU, instance_iri

DAY = "2023-10-01"
NODE_ATTRIBUTES = {
    *("label", "reading", "alt_labels", "class", "class_label", "kind", "sector", "sector_label", "municipality"),
    *("municipality_code", "prefecture", "fields", "stated_size", "status"),
}
EDGE_ATTRIBUTES = {
    *("kind", "kinds", "kind_label", "status", "validity", "weight", "directed", "evidence", "valid_from", "valid_to"),
}


def named_edges(graph: nx.Graph) -> dict[tuple[str, str], dict[str, object]]:
    labels = graph.nodes(data="label")
    return {(labels[a], labels[b]): data for a, b, data in graph.edges(data=True)}


def pairs(graph: nx.Graph) -> set[frozenset[str]]:
    return {frozenset(pair) for pair in named_edges(graph)}


@pytest.mark.parametrize("name", NETWORKS)
def test_every_network_has_the_documented_attributes(tiny: Reader, name: str) -> None:
    graph = network(tiny, name, at=DAY)
    assert len(graph.edges) or name == "service_areas"  # no area is described here
    assert all(set(data) == NODE_ATTRIBUTES for _, data in graph.nodes(data=True))
    assert all(set(data) == EDGE_ATTRIBUTES for _, _, data in graph.edges(data=True))
    assert list(graph) == sorted(graph)


@pytest.mark.parametrize("name", NETWORKS)
def test_every_network_is_the_same_each_time(tiny_quads: list, name: str) -> None:
    one, other = (network(Reader(MemoryStore(quads)), name) for quads in (tiny_quads, tiny_quads[::-1]))
    assert list(one.nodes(data=True)) == list(other.nodes(data=True))
    assert list(one.edges(data=True)) == list(other.edges(data=True))


def test_parallel_ties_collapse_and_keep_their_kinds(tiny: Reader) -> None:
    [data] = named_edges(network(tiny, "ties", at=DAY)).values()
    assert data["kinds"] == ["food", "information"]
    assert (data["kind"], data["weight"], data["directed"]) == ("food|information", 3.0, True)
    assert [iri.rpartition("/")[2] for iri in data["evidence"]] == ["t1", "t2"]  # type: ignore[attr-defined]


def test_a_directed_network_has_a_tie_without_direction_both_ways(tiny: Reader) -> None:
    weights = {pair: data["weight"] for pair, data in named_edges(network(tiny, "ties", directed=True)).items()}
    assert weights == {("フードの会", "八頭町"): 3.0, ("八頭町", "フードの会"): 1.0}


def test_organisations_without_ties_are_nodes(tiny: Reader) -> None:
    graph = network(tiny, "ties", at=DAY)
    assert {label for _, label in graph.nodes(data="label")} == {
        *("鳥取市", "八頭町", "香美町", "フードの会", "きく会", "15団体"),
    }


def test_an_unnamed_group_is_one_node_with_its_size(tiny: Reader) -> None:
    found = [data for _, data in network(tiny, "ties").nodes(data=True) if data["class"] == "UnnamedGroup"]
    assert [data["stated_size"] for data in found] == [15]


def test_members_holds_only_what_is_valid_and_claimed(tiny: Reader) -> None:
    assert frozenset({"きく会", "鳥取プラットフォーム"}) not in pairs(network(tiny, "members", at=DAY))
    assert frozenset({"きく会", "鳥取プラットフォーム"}) in pairs(network(tiny, "members", at="2022-06-01"))
    assert frozenset({"きく会", "分科会1"}) not in pairs(network(tiny, "members", at=DAY))
    assert frozenset({"きく会", "分科会1"}) in pairs(network(tiny, "members", at=DAY, statuses=None))


def test_a_start_within_bounds_is_possible_before_it_is_certain(tiny: Reader) -> None:
    pair = ("香美町", "麒麟のまち圏域")
    assert named_edges(network(tiny, "members", at="2021-01-01"))[pair]["validity"] == "possible"
    assert named_edges(network(tiny, "members", at="2023-04-01"))[pair]["validity"] == "certain"
    assert pair not in named_edges(network(tiny, "members", at="2019-01-01"))


def test_comembers_weigh_what_they_share_by_its_size(tiny: Reader) -> None:
    before = named_edges(network(tiny, "comembers", at="2022-06-01"))
    assert {data["weight"] for pair, data in before.items() if "15団体" in pair} == {0.5}
    after = named_edges(network(tiny, "comembers", at=DAY))
    assert [data["weight"] for pair, data in after.items() if "15団体" in pair] == [1.0]


def test_a_partnership_is_a_star_around_its_core_city(tiny: Reader) -> None:
    found = pairs(network(tiny, "collaboration", at=DAY))
    assert {frozenset({"鳥取市", "八頭町"}), frozenset({"鳥取市", "香美町"})} <= found
    assert frozenset({"八頭町", "香美町"}) not in found


def test_services_tie_providers_to_fields(tiny: Reader) -> None:
    graph = network(tiny, "services", at=DAY)
    assert pairs(graph) == {frozenset({"フードの会", label}) for label in ("フードバンク", "ひきこもり")}
    assert {kind for _, kind in graph.nodes(data="kind")} == {"organization", "field"}
    assert [iri.rpartition("/")[2] for _, _, data in graph.edges(data=True) for iri in data["evidence"]] == ["s1", "s1"]


def test_services_may_tie_providers_to_areas(tiny_quads: list) -> None:
    area, kind = ox.NamedNode(instance_iri("area", "31201")), ox.NamedNode(f"{RDF}type")
    described = ox.Quad(area, kind, ox.NamedNode(f"{TSU}AdministrativeArea"), ox.NamedNode("urn:areas"))
    graph = network(Reader(MemoryStore([*tiny_quads, described])), "service_areas", at=DAY)
    assert pairs(graph) == {frozenset({"フードの会", graph.nodes[area.value]["label"]})}
    assert {kind for _, kind in graph.nodes(data="kind")} == {"organization", "area"}


def test_all_keeps_every_kind_and_direction(tiny: Reader) -> None:
    graph = network(tiny, "all", at=DAY)
    assert isinstance(graph, nx.MultiDiGraph)
    labels = graph.nodes(data="label")
    found = {(labels[a], labels[b], key) for a, b, key in graph.edges(keys=True)}
    assert ("フードの会", "八頭町", "food") in found
    assert ("八頭町", "フードの会", "information") in found
    assert ("分科会1", "鳥取プラットフォーム", "sub_organization_of") in found
    assert ("食の支援", "フードバンク", "support_field") in found


def test_what_took_place_stays_after_its_day(tiny: Reader) -> None:
    assert "集い" in dict(network(tiny, "all", at=DAY).nodes(data="label")).values()
    assert "集い" not in dict(network(tiny, "all", at="2022-01-01").nodes(data="label")).values()


def test_fields_of_a_body_include_those_of_its_services(tiny: Reader) -> None:
    data = {data["label"]: data for _, data in network(tiny, "ties").nodes(data=True)}
    assert data["フードの会"]["fields"] == ["フードバンク", "ひきこもり"]
    assert data["フードの会"]["municipality"] == "鳥取市"
    assert data["フードの会"]["sector_label"] == "NPO"


def test_labels_come_in_english(tiny: Reader) -> None:
    labels = {label for _, label in network(tiny, "ties", lang="en").nodes(data="label")}
    assert {"Food Group", "きく会"} <= labels


def test_an_unknown_network_lists_the_known_ones(tiny: Reader) -> None:
    with pytest.raises(UnknownNameError) as error:
        network(tiny, "tie")
    assert all(name in error.value.text("ja") for name in NETWORKS)


def test_an_empty_graph_has_empty_networks() -> None:
    assert all(len(network(Reader(MemoryStore()), name)) == 0 for name in NETWORKS)

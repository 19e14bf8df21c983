"""Groups: what a reader expects to find in one frame."""

from __future__ import annotations

from typing import Any

import networkx as nx

from tsunagari.viz.map.drawn import Drawn
from tsunagari.viz.map.grouping import LARGEST, group_nodes


def body(graph: Any, name: str, **more: Any) -> str:
    graph.add_node(name, **({"kind": "organization", "label": name} | more))
    return name


def test_a_town_stands_with_its_partnership_not_with_the_nation() -> None:
    graph: Any = nx.Graph()
    body(graph, "圏域", kind="platform")
    body(graph, "全国", kind="platform")
    for number in range(40):
        graph.add_edge(body(graph, f"県{number}"), "全国")
    for name in ("市", "町", "村"):
        body(graph, name, **{"class": "LocalGovernment"})
        graph.add_edges_from([(name, "圏域"), (name, "全国")])
    titles = {node: group.title for group in group_nodes(Drawn.of_graph(graph)) for node in group.nodes}
    assert {titles[name] for name in ("市", "町", "村", "圏域")} == {"圏域"}
    assert titles["県3"] == "全国"


def test_every_node_is_in_exactly_one_group() -> None:
    graph: Any = nx.gnm_random_graph(400, 700, seed=3)
    groups = group_nodes(Drawn.of_graph(graph))
    nodes = [node for group in groups for node in group.nodes]
    assert sorted(nodes) == sorted(graph)
    assert max(len(group.nodes) for group in groups if group.role == "community") <= LARGEST


def test_a_large_platform_is_split_by_place_then_community() -> None:
    graph: Any = nx.Graph()
    body(graph, "全国", kind="platform")
    for number in range(300):
        graph.add_edge(body(graph, f"会{number}", municipality=f"第{number % 4}市", prefecture="甲県"), "全国")
    titles = [group.title for group in group_nodes(Drawn.of_graph(graph))]
    assert "第0市" in titles
    assert len(titles) >= 4


def test_parts_of_one_group_are_told_apart() -> None:
    graph: Any = nx.Graph()
    body(graph, "全国", kind="platform")
    for number in range(2 * LARGEST):
        graph.add_edge(body(graph, f"会{number}"), "全国")
    titles = [group.title for group in group_nodes(Drawn.of_graph(graph))]
    assert len(set(titles)) == len(titles) >= 2


def test_small_groups_are_drawn_together() -> None:
    graph: Any = nx.Graph([("a", "b"), ("c", "d"), ("e", "f")])
    assert [(group.role, len(group.nodes)) for group in group_nodes(Drawn.of_graph(graph))] == [("rest", 6)]

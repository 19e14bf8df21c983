"""Frames of a large map: where a body is, and where what has no place of its own belongs."""

from __future__ import annotations

from typing import Any

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from tsunagari.viz.map.drawn import Drawn
from tsunagari.viz.map.places import group_by_place, node_places


def test_a_service_stands_where_its_provider_is_and_a_platform_where_most_of_its_members_are() -> None:
    graph: Any = nx.Graph()
    graph.add_node("会", prefecture="甲県", municipality="子市")
    graph.add_node("団", prefecture="甲県", municipality="丑町")
    graph.add_node("遠", prefecture="乙県", municipality="寅村")
    graph.add_edges_from([("会", "支援"), ("会", "場"), ("団", "場"), ("遠", "場"), ("遠", "全"), ("会", "全")])
    for name in ("支援", "場", "全"):
        graph.nodes[name].update(prefecture="", municipality="")
    places = node_places(Drawn.of_graph(graph))
    assert places["支援"] == ("甲県", "子市")
    assert places["場"] == ("甲県", "")  # of no municipality more than half, of one prefecture two thirds
    assert places["全"] == ("", "")  # half and half is nowhere


def test_small_municipalities_share_the_frame_of_their_prefecture() -> None:
    places = {f"a{number}": ("甲県", "子市") for number in range(8)}
    places |= {f"b{number}": ("甲県", f"町{number}") for number in range(3)} | {"c": ("乙県", "丑市")}
    found = group_by_place(places)
    assert [(key, len(nodes)) for key, nodes in found.items()] == [
        (("甲県", "子市", 1), 8),
        (("甲県", "", 3), 3),
        (("乙県", "", 1), 1),
    ]


def test_no_more_municipalities_than_fit_get_a_frame_of_their_own() -> None:
    places = {f"{town}-{number}": ("甲県", f"市{town}") for town in range(9) for number in range(10)}
    assert sum(1 for _, town, _ in group_by_place(places, most=4) if town) == 4


@given(st.dictionaries(st.text(), st.tuples(st.sampled_from(["", "甲", "乙"]), st.sampled_from(["", "子", "丑"]))))
def test_every_node_is_in_one_frame(places: dict[str, tuple[str, str]]) -> None:
    nodes = [node for members in group_by_place(places).values() for node in members]
    assert sorted(nodes) == sorted(places)

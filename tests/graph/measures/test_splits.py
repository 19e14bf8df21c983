"""What falls apart without each body is what a plain look at the network without it shows."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tsunagari.errors import NetworkError
from tsunagari.graph.measures.splits import group_splits, last_links, parts_of, splits

Pairs = list[tuple[int, int]]
SIZE = 9
networks = st.lists(st.tuples(st.integers(0, SIZE - 1), st.integers(0, SIZE - 1)), max_size=16)
marks = st.lists(st.booleans(), min_size=SIZE, max_size=SIZE)


def matrix(pairs: Pairs) -> np.ndarray:
    found = np.zeros((SIZE, SIZE))
    for one, other in pairs:
        found[one, other] = 1
    return found


def graph(pairs: Pairs) -> nx.Graph:
    found = nx.Graph([pair for pair in pairs if pair[0] != pair[1]])
    found.add_nodes_from(range(SIZE))
    return found


def parts_left(net: nx.Graph, body: int) -> list[set[int]]:
    rest = nx.node_connected_component(net, body) - {body}
    return list(nx.connected_components(net.subgraph(rest)))


@settings(max_examples=50)
@given(networks, marks)
def test_parts_and_those_cut_off_are_what_is_left_of_the_network(pairs: Pairs, counted: list[bool]):
    net, found = graph(pairs), splits(matrix(pairs), counted=counted)
    for body in range(SIZE):
        sizes = [sum(counted[other] for other in part) for part in parts_left(net, body)]
        sizes = [size for size in sizes if size]
        assert found.parts[body] == len(sizes)
        assert found.cut_off[body] == sum(sizes) - max(sizes, default=0)
        shown = parts_of(matrix(pairs), body, counted=counted)
        assert sorted(sum(counted[other] for other in part) for part in shown) == sorted(sizes)


@settings(max_examples=50)
@given(networks)
def test_the_only_connection_left_is_what_is_left(pairs: Pairs):
    net, found = graph(pairs), last_links(matrix(pairs))
    rows = set(zip(found.lost.tolist(), found.left.tolist(), found.body.tolist(), strict=True))
    expected = set()
    for lost in range(SIZE):
        for body in net[lost]:
            others = set(net[body]) - {lost}
            if len(others) == 1:
                expected.add((lost, others.pop(), body))
    assert rows == expected


@settings(max_examples=40)
@given(networks, st.lists(st.sets(st.integers(0, SIZE - 1), max_size=6), max_size=3))
def test_platforms_split_where_ties_between_their_members_do(pairs: Pairs, groups: list[set[int]]):
    net = graph(pairs)
    member = np.array([[body in group for group in groups] for body in range(SIZE)]).reshape(SIZE, len(groups))
    found = group_splits(matrix(pairs), member)
    expected = [
        (body, place, len(parts_left(net.subgraph(group), body)))
        for body in range(SIZE)
        for place, group in enumerate(groups)
        if body in group and len(parts_left(net.subgraph(group), body)) > 1
    ]
    rows = zip(found.member.tolist(), found.group.tolist(), found.parts.tolist(), strict=True)
    assert list(rows) == expected


def test_an_empty_network_and_one_body_lose_nothing():
    assert splits(np.zeros((0, 0))).parts.tolist() == []
    alone = splits([[0]])
    assert (alone.parts.tolist(), alone.cut_off.tolist()) == ([0], [0])
    assert group_splits([[0]], np.zeros((1, 0))).member.tolist() == []


@pytest.mark.parametrize("wrong", [[[0, 1]], [[0, -1], [0, 0]], [[0, np.nan], [0, 0]]])
def test_a_bad_network_is_an_error(wrong: list[list[float]]):
    with pytest.raises(NetworkError):
        splits(wrong)

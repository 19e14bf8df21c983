"""Steps and paths from many places at once are those of one plain search for each."""

from __future__ import annotations

import networkx as nx
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tsunagari.graph.measures.hops import UNREACHED, hop_blocks, neighbour_lists, reach_words, trace_paths, word_bits

Pairs = list[tuple[int, int]]
SIZE = 8
networks = st.lists(st.tuples(st.integers(0, SIZE - 1), st.integers(0, SIZE - 1)), max_size=14)
presences = st.lists(st.sets(st.integers(0, SIZE - 1), max_size=3), min_size=1, max_size=4)


def matrix(pairs: Pairs, size: int = SIZE) -> np.ndarray:
    found = np.zeros((size, size))
    for one, other in pairs:
        found[one, other] = 1
    return found


def graph(pairs: Pairs) -> nx.Graph:
    found = nx.Graph([pair for pair in pairs if pair[0] != pair[1]])
    found.add_nodes_from(range(SIZE))
    return found


def presence(places: list[set[int]]) -> np.ndarray:
    return np.array([[body in found for body in range(SIZE)] for found in places])


def nearest(net: nx.Graph, body: int, there: set[int]) -> int | None:
    lengths = nx.single_source_shortest_path_length(net, body)
    return min((lengths[other] for other in there if other in lengths), default=None)


@settings(max_examples=40)
@given(networks, presences)
def test_steps_and_paths_are_shortest(pairs: Pairs, places: list[set[int]]):
    net, neighbours = graph(pairs), neighbour_lists(matrix(pairs))
    ((_, hops),) = hop_blocks(neighbours, presence(places))
    rows, bodies = (axis.ravel() for axis in np.indices(hops.shape))
    paths = trace_paths(neighbours, hops, rows, bodies)
    for place, body, path in zip(rows.tolist(), bodies.tolist(), paths, strict=True):
        steps = nearest(net, body, places[place])
        assert hops[place, body] == (UNREACHED if steps is None else steps)
        assert len(path) == (0 if steps is None else steps + 1)
        if path:
            assert path[0] == body
            assert path[-1] in places[place]
            assert nx.is_path(net, path)


@settings(max_examples=40)
@given(networks, presences, st.integers(0, 3))
def test_reach_is_what_is_at_most_so_many_steps_away(pairs: Pairs, places: list[set[int]], most: int):
    net = graph(pairs)
    words = reach_words(neighbour_lists(matrix(pairs)), presence(places), most=most)
    reached = word_bits(words, len(places))
    for body in range(SIZE):
        steps = [nearest(net, body, there) for there in places]
        assert reached[body].tolist() == [found is not None and found <= most for found in steps]


def test_more_places_than_one_word_holds_are_searched_in_blocks():
    line = neighbour_lists(matrix([(0, 1), (1, 2)], 3))
    present = np.zeros((130, 3), dtype=bool)
    present[:, 0], present[129] = True, [False, False, True]
    blocks = list(hop_blocks(line, present))
    assert [first for first, _ in blocks] == [0, 64, 128]
    assert blocks[2][1].tolist() == [[0, 1, 2], [2, 1, 0]]
    assert word_bits(reach_words(line, present, most=1), 130)[:, [0, 129]].tolist() == [
        [True, False],
        [True, True],
        [False, True],
    ]


def test_a_path_turns_to_the_body_with_the_most_contacts():
    pairs = [(0, 1), (0, 2), (1, 3), (2, 3), (2, 4), (2, 5)]
    neighbours = neighbour_lists(matrix(pairs))
    _, hops = next(hop_blocks(neighbours, presence([{3}])))
    assert trace_paths(neighbours, hops, np.array([0]), np.array([0])) == [[0, 2, 3]]


def test_nobody_is_reached_through_what_is_left_out():
    neighbours = neighbour_lists(matrix([(0, 1), (1, 2)]), left_out=np.arange(SIZE) == 1)
    _, hops = next(hop_blocks(neighbours, presence([{0}])))
    assert hops[0, :3].tolist() == [0, UNREACHED, UNREACHED]


def test_an_empty_network_and_a_place_without_anybody_are_reached_by_nobody():
    neighbours = neighbour_lists(np.zeros((0, 0)))
    assert [hops.shape for _, hops in hop_blocks(neighbours, np.zeros((2, 0)))] == [(2, 0)]
    ((_, hops),) = hop_blocks(neighbour_lists(matrix([(0, 1)])), presence([set()]))
    assert (hops == UNREACHED).all()

"""Nodes stand apart: pushed round after round, inside their rooms."""

from __future__ import annotations

from itertools import combinations
from math import dist
from typing import Any

import networkx as nx
import numpy as np
import pytest

from tsunagari.viz.map.drawn import Drawn
from tsunagari.viz.map.spreading import LARGEST, place_nodes, spread


def crowd(count: int) -> tuple[Any, Any, Any]:
    """Points in one corner of a room of 1,000 by 1,000."""
    points = np.random.default_rng(5).uniform(0, 60, (count, 2))
    return points, np.array([[0.0, 0.0, 1000.0, 1000.0]] * count), np.ones(count, dtype=bool)


def nearest(points: Any) -> float:
    return min(dist(a, b) for a, b in combinations(points.tolist(), 2))


def test_many_rounds_open_a_crowd_that_one_round_leaves_crowded() -> None:
    points, room, moving = crowd(64)
    once, often = (nearest(spread(points, room, moving, rounds=rounds)) for rounds in (1, 90))
    assert often > 0.25 * 1000 / 8 > 1.2 * once


def test_each_round_starts_from_what_the_one_before_has_moved() -> None:
    points, room, moving = crowd(30)
    step = points
    for _ in range(3):
        step = spread(step, room, moving, rounds=1)
    assert spread(points, room, moving, rounds=3) == pytest.approx(step)


def test_points_stay_in_their_rooms_and_rooms_do_not_push_each_other() -> None:
    room = np.array([[0.0, 0.0, 10.0, 10.0]] * 5 + [[10.0, 0.0, 20.0, 10.0]])
    points = np.array([[9.9, 5.0]] * 5 + [[10.1, 5.0]])
    found = spread(points, room, np.ones(6, dtype=bool), rounds=90)
    assert found[5].tolist() == [10.1, 5.0]
    assert (found[:5] >= 0).all()
    assert (found[:5] <= 10).all()
    assert nearest(found[:5]) > 1


def test_nodes_without_a_tie_inside_stand_in_rows() -> None:
    graph: Any = nx.Graph()
    graph.add_nodes_from("abcdef")
    placed = place_nodes(Drawn.of_graph(graph), ["abcdef"], [(0.0, 0.0, 30.0, 20.0)], seed=1)
    assert len({y for _, y in placed.values()}) == 2
    assert len({x for x, _ in placed.values()}) == 3


def test_ties_between_groups_do_not_pull() -> None:
    one: Any = nx.Graph([("a", "b"), ("c", "d")])
    other: Any = nx.Graph([("a", "b"), ("c", "d"), ("a", "d")])
    rooms = [(0.0, 0.0, 50.0, 50.0), (60.0, 0.0, 50.0, 50.0)]
    placed_one, placed_other = (place_nodes(Drawn.of_graph(graph), ["ab", "cd"], rooms, 1) for graph in (one, other))
    assert placed_one == placed_other


def test_nothing_is_placed_where_nothing_is() -> None:
    assert place_nodes(Drawn.of_graph(nx.Graph()), [], [], 1) == {}


def test_a_very_large_map_has_rows_in_which_tied_nodes_are_near_each_other() -> None:
    count = LARGEST + 100
    graph: Any = nx.path_graph(count)
    names = list(range(count))
    np.random.default_rng(4).shuffle(names)
    mixed: Any = nx.Graph()
    mixed.add_nodes_from(str(name) for name in range(count))
    mixed.add_edges_from((str(names[a]), str(names[b])) for a, b in graph.edges())
    placed = place_nodes(Drawn.of_graph(mixed), [list(mixed)], [(0.0, 0.0, 900.0, 900.0)], seed=1)
    step = 900 / 90
    assert len(set(placed.values())) == count
    assert np.mean([dist(placed[a], placed[b]) < 1.5 * step for a, b in mixed.edges()]) > 0.9

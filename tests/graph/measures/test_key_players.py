from __future__ import annotations

import doctest
import itertools
from importlib import import_module

import networkx as nx
import numpy as np
import pytest

from tsunagari.errors import NetworkError, UnknownNameError
from tsunagari.graph.measures.adjacency import checked_adjacency, either_way
from tsunagari.graph.measures.connectivity import connected_pairs_without
from tsunagari.graph.measures.key_players import GOALS, fragmentation, key_players, reach

module = import_module("tsunagari.graph.measures.key_players")

SMALL = [nx.to_scipy_sparse_array(nx.gnp_random_graph(14, 0.2, seed=seed)) for seed in range(6)]


def score(goal: str, ties, rows) -> float:
    weighted = goal.startswith("distance")
    if goal.endswith("fragmentation"):
        return fragmentation(ties, rows, distance_weighted=weighted)
    return reach(ties, rows, steps=None if weighted else 1)


def test_measures_by_definition():
    for ties in SMALL:
        graph = nx.from_scipy_sparse_array(ties)
        distances = dict(nx.all_pairs_shortest_path_length(graph))
        rest = graph.subgraph(set(graph) - {0, 5})
        pairs = list(itertools.combinations(rest, 2))
        apart = sum(not nx.has_path(rest, one, other) for one, other in pairs) / len(pairs)
        assert np.isclose(fragmentation(ties, [0, 5]), apart)
        assert np.isclose(1 - fragmentation(ties, [0, 5], distance_weighted=True), nx.global_efficiency(rest))
        nearest = [min(distances[row].get(node, np.inf) for row in (1, 2)) for node in graph]
        assert np.isclose(reach(ties, [1, 2], steps=2), np.mean(np.array(nearest) <= 2))
        assert np.isclose(reach(ties, [1, 2]), np.mean([1 / max(far, 1) for far in nearest]))


@pytest.mark.parametrize("goal", GOALS)
def test_the_greedy_set_is_near_the_best_of_all_sets(goal: str):
    for ties in SMALL:
        found = key_players(ties, 3, goal)
        assert len(set(found.rows)) == 3
        assert np.isclose(found.score, score(goal, ties, found.rows))
        best = max(score(goal, ties, rows) for rows in itertools.combinations(range(14), 3))
        assert best + 1e-12 >= found.score >= 0.8 * best
        one = max(score(goal, ties, [row]) for row in range(14))
        assert np.isclose(key_players(ties, 1, goal).score, one)  # a set of one is the best one


def test_pairs_left_are_counted_by_taking_each_out():
    for ties in SMALL:
        graph = nx.from_scipy_sparse_array(ties)
        for row, found in enumerate(connected_pairs_without(either_way(checked_adjacency(ties)))):
            rest = nx.connected_components(nx.restricted_view(graph, [row], []))
            assert found == sum(len(part) * (len(part) - 1) for part in rest)


def test_two_brokers_of_the_same_gap_are_no_better_than_one():
    """Two stars joined by a pair of go-betweens: the set takes both centres instead."""
    graph = nx.disjoint_union(nx.star_graph(6), nx.star_graph(6))
    nx.add_path(graph, [0, 14, 7])
    assert set(key_players(nx.to_scipy_sparse_array(graph), 2).rows) == {0, 7}
    assert set(key_players(nx.to_scipy_sparse_array(graph), 2, "reach").rows) == {0, 7}


def test_a_network_before_anybody_leaves():
    apart = nx.to_scipy_sparse_array(nx.disjoint_union(nx.complete_graph(3), nx.complete_graph(3)))
    assert key_players(apart, 1).before == fragmentation(apart) == pytest.approx(0.6)


def test_bad_input_is_refused_and_empty_networks_have_no_players(monkeypatch: pytest.MonkeyPatch):
    for goal in GOALS:
        assert key_players(np.zeros((0, 0)), 3, goal).rows == []
        assert len(key_players(np.zeros((2, 2)), 3, goal).rows) == 2
    with pytest.raises(UnknownNameError, match="fragmentation"):
        key_players(SMALL[0], 2, "fragmentatoin")
    for wrong in ({"count": 0}, {"count": 1, "steps": 0}):
        with pytest.raises(NetworkError, match="at least 1"):
            key_players(SMALL[0], **wrong)
    with pytest.raises(NetworkError, match="no such row: the network has 14 nodes"):
        fragmentation(SMALL[0], [14])
    monkeypatch.setattr(module, "MOST_FOR_DISTANCES", 10)
    with pytest.raises(NetworkError, match="at most 10"):
        key_players(SMALL[0], 2, "distance_reach")


def test_examples_in_the_documentation():
    assert doctest.testmod(module).failed == 0

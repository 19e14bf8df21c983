from __future__ import annotations

import doctest
from importlib import import_module

import networkx as nx
import numpy as np
import pytest

from tsunagari.errors import NetworkError
from tsunagari.graph.measures.communities import communities, modularity
from tsunagari.graph.measures.mixing import mixing

communities_module = import_module("tsunagari.graph.measures.communities")
module = import_module("tsunagari.graph.measures.mixing")

KARATE = nx.karate_club_graph()
TIES = nx.to_scipy_sparse_array(KARATE, weight=None)
CLUBS = [club for _, club in KARATE.nodes(data="club")]


def test_ties_within_and_between_equal_networkx():
    found = mixing(TIES, CLUBS)
    peer = nx.attribute_mixing_dict(KARATE, "club")
    for one in found.ties.index:
        for other in found.ties.columns:
            assert found.ties.loc[one, other] == peer[one].get(other, 0) / (2 if one == other else 1)
    assert (found.groups["internal"].sum(), found.groups["external"].sum() // 2) == (67, 11)
    assert found.ei == pytest.approx((11 - 67) / 78)
    assert found.groups["ei"].tolist() == pytest.approx([(11 - n) / (11 + n) for n in found.groups["internal"]])
    away = sum(CLUBS[contact] != CLUBS[0] for contact in KARATE[0])
    assert found.of_node[0] == pytest.approx((2 * away - 16) / 16)


def test_the_index_of_the_whole_is_tested_by_dealing_the_groups_anew():
    found = mixing(TIES, CLUBS, permutations=200)
    assert found.p_value == pytest.approx(1 / 201)
    assert mixing(TIES, CLUBS, permutations=200).p_value == found.p_value
    assert np.isnan(mixing(TIES, CLUBS).p_value)
    assert found.expected_ei == pytest.approx((17 * 17 * 2 - 2 * 17 * 16) / (34 * 33))
    alternate = [node % 2 for node in range(34)]
    assert mixing(TIES, alternate, permutations=200).p_value > 0.05


def test_directed_ties_keep_their_direction_in_the_table_only():
    found = mixing([[0, 1, 1], [0, 0, 1], [0, 0, 0]], ["a", "a", "b"])
    assert found.ties.to_numpy().tolist() == [[1, 2], [0, 0]]
    assert found.groups["external"].tolist() == [2, 2]


def test_networks_without_ties_have_no_index():
    for size in (0, 1, 4):
        found = mixing(np.zeros((size, size)), ["a"] * size)
        assert np.isnan(found.ei)
        assert np.isnan(found.of_node).all()
        assert len(found.groups) == min(size, 1)
    with pytest.raises(NetworkError, match="each of the 2 nodes"):
        mixing(np.zeros((2, 2)), ["a"])


def test_communities_of_the_karate_club_are_the_best_known():
    # The maximum, of four groups: G. Agarwal & D. Kempe (2008), European Physical Journal B 66(3).
    found = communities(TIES)
    assert round(found.modularity, 4) == 0.4198
    assert np.bincount(found.of_node).tolist() == sorted(np.bincount(found.of_node), reverse=True)
    assert found.of_node.max() == 3


def test_the_best_of_several_runs_is_taken_and_their_agreement_told():
    graph = nx.gnp_random_graph(60, 0.08, seed=1)
    matrix = nx.to_scipy_sparse_array(graph)
    runs = [communities(matrix, seed=seed, runs=1) for seed in range(1, 6)]
    best = communities(matrix, seed=1, runs=5)
    assert best.modularity == max(run.modularity for run in runs)
    assert 0 < best.agreement < 1
    assert ((best.stability > 0) & (best.stability <= 1)).all()
    assert runs[0].agreement == 1.0
    two = communities(np.kron(np.eye(2), 1 - np.eye(5)), runs=4)
    assert (two.agreement, two.stability.tolist()) == (1.0, [1.0] * 10)
    with pytest.raises(NetworkError, match="one run"):
        communities(matrix, runs=0)


def test_communities_are_connected_and_the_same_each_time():
    graph = nx.planted_partition_graph(8, 25, 0.3, 0.01, seed=4)
    for _, _, data in graph.edges(data=True):
        data["weight"] = 2.0
    ties = nx.to_scipy_sparse_array(graph)
    found = communities(ties, seed=2)
    assert communities(ties, seed=2).of_node.tobytes() == found.of_node.tobytes()
    groups = [set(np.flatnonzero(found.of_node == number).tolist()) for number in range(found.of_node.max() + 1)]
    assert all(nx.is_connected(graph.subgraph(group)) for group in groups)
    assert found.modularity == pytest.approx(nx.community.modularity(graph, groups))
    planted = [node // 25 for node in range(200)]
    assert found.modularity >= modularity(ties, planted) - 1e-9


def test_what_the_library_leaves_unconnected_is_split(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(communities_module, "_leiden", lambda both, resolution, seed: np.zeros(4, dtype=np.int64))
    apart = [[0, 1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 1], [0, 0, 1, 0]]
    assert communities(apart).of_node.tolist() == [0, 0, 1, 1]


def test_small_and_untied_networks_are_communities_of_one():
    for size in (0, 1, 3):
        found = communities(np.zeros((size, size)))
        assert (found.of_node.tolist(), found.modularity) == (list(range(size)), 0.0)
    with pytest.raises(NetworkError, match="resolution"):
        communities(TIES, resolution=0)


@pytest.mark.parametrize("tested", [module, communities_module])
def test_examples_in_the_documentation(tested):
    assert doctest.testmod(tested).failed == 0

from __future__ import annotations

import doctest
from importlib import import_module
from itertools import combinations

import networkx as nx
import numpy as np
import pytest
from scipy import sparse

from tsunagari.errors import NetworkError
from tsunagari.graph.measures import exact_key_players as module
from tsunagari.graph.measures.exact_key_players import best_of_all, most_covering
from tsunagari.graph.measures.key_players import fragmentation, key_players, reach

finder = import_module("tsunagari.graph.measures.key_players")


@pytest.mark.parametrize("seed", range(4))
def test_small_networks_get_the_best_set_of_all(seed: int):
    matrix = nx.to_scipy_sparse_array(nx.gnp_random_graph(12, 0.18, seed=seed))
    found = key_players(matrix, 3)
    assert found.exact
    assert found.score == found.bound
    assert found.score == pytest.approx(max(fragmentation(matrix, rows) for rows in combinations(range(12), 3)))


@pytest.mark.parametrize("seed", range(3))
def test_reach_is_proved_where_sets_are_too_many_to_try(seed: int, monkeypatch: pytest.MonkeyPatch):
    matrix = nx.to_scipy_sparse_array(nx.gnp_random_graph(16, 0.15, seed=seed))
    best = max(reach(matrix, rows, steps=1) for rows in combinations(range(16), 3))
    monkeypatch.setattr(finder, "MOST_SETS", 0)
    found = key_players(matrix, 3, "reach")
    assert found.exact
    assert found.score == pytest.approx(best)


def test_a_large_network_says_that_a_better_set_may_exist():
    matrix = nx.to_scipy_sparse_array(nx.gnp_random_graph(60, 0.05, seed=1))
    found = key_players(matrix, 4)
    assert not found.exact
    assert found.score < found.bound <= 1.0


def by_ways(matrix: np.ndarray, goal: str, rows: tuple[int, ...], *, weighted: bool) -> float:
    """W. An & Y.-H. Liu (2016): distances along directed ties, a tie of weight w as long as the strongest by w."""
    graph = nx.DiGraph(matrix)
    lengths = {(one, other): matrix.max() / matrix[one, other] if weighted else 1.0 for one, other in graph.edges}
    nx.set_edge_attributes(graph, lengths, "length")
    size = len(matrix)
    if goal.endswith("fragmentation"):
        graph.remove_nodes_from(rows)
        distance = dict(nx.all_pairs_dijkstra_path_length(graph, weight="length"))
        pairs = [(one, other) for one in graph for other in graph if one != other]
        near = [
            (1 / distance[one][other] if goal.startswith("distance") else 1.0) if other in distance[one] else 0.0
            for one, other in pairs
        ]
        return 1 - sum(near) / len(pairs)
    nearest = nx.multi_source_dijkstra_path_length(graph, set(rows), weight="length")
    if goal == "reach":
        return sum(length <= 1 for length in nearest.values()) / size
    return sum(1.0 if node in rows else 1 / length for node, length in nearest.items()) / size


@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("goal", ["fragmentation", "distance_fragmentation", "reach", "distance_reach"])
@pytest.mark.parametrize("seed", range(2))
def test_directions_and_weights_count_where_asked_for(seed: int, goal: str, weighted: bool):
    draw = np.random.default_rng(seed)
    matrix = (draw.random((9, 9)) < 0.25) * draw.integers(1, 5, (9, 9)).astype(float)
    np.fill_diagonal(matrix, 0)
    if weighted and not goal.startswith("distance"):
        with pytest.raises(NetworkError, match="counts steps alone"):
            key_players(matrix, 2, goal, directed=True, weighted=True)
        return
    found = key_players(matrix, 2, goal, directed=True, weighted=weighted)
    best = max(by_ways(matrix, goal, rows, weighted=weighted) for rows in combinations(range(9), 2))
    assert found.exact
    assert found.score == pytest.approx(best)
    assert found.score == pytest.approx(by_ways(matrix, goal, tuple(found.rows), weighted=weighted))


@pytest.mark.parametrize("goal", ["fragmentation", "distance_fragmentation", "reach", "distance_reach"])
@pytest.mark.parametrize("seed", range(3))
def test_no_set_exceeds_the_bound(goal: str, seed: int, monkeypatch: pytest.MonkeyPatch):
    graph = nx.gnp_random_graph(13, 0.35, seed=seed)
    matrix = nx.to_numpy_array(graph)
    monkeypatch.setattr(finder, "MOST_SETS", 0)
    monkeypatch.setattr(finder, "MOST_SETS_BY_DISTANCE", 0)
    monkeypatch.setattr(finder, "most_covering", lambda *_: None)
    for directed in (False, True):
        found = key_players(matrix, 2, goal, directed=directed)
        best = max(by_ways(matrix, goal, rows, weighted=False) for rows in combinations(range(13), 2))
        assert found.score <= best + 1e-9 <= found.bound + 2e-9
        assert not found.exact or found.score == pytest.approx(best)


def test_a_large_network_is_searched_along_its_directions():
    matrix = nx.to_scipy_sparse_array(nx.gnp_random_graph(150, 0.02, seed=2, directed=True), format="csr")
    found = key_players(matrix, 3, "distance_reach", directed=True)
    alone = max(key_players(matrix, 1, "distance_reach", directed=True).score, 0.0)
    assert alone < found.score <= found.bound
    with pytest.raises(NetworkError, match="at most 1,000"):
        key_players(np.zeros((1_001, 1_001)), 1, directed=True)


def test_too_much_to_cover_is_not_asked(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(module, "MOST_COVERED", 2)
    assert most_covering(sparse.csr_array(np.ones((3, 3))), 1) is None
    assert best_of_all(100, 10, lambda rows: 0.0) is None


def test_examples_in_the_documentation():
    assert doctest.testmod(module).failed == 0

from __future__ import annotations

import doctest
from itertools import combinations

import networkx as nx
import numpy as np
import pytest
from scipy import sparse

from tsunagari.graph.measures import exact_key_players as module
from tsunagari.graph.measures.exact_key_players import best_of_all, most_covering
from tsunagari.graph.measures.key_players import fragmentation, key_players, reach


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
    monkeypatch.setattr(module, "MOST_SETS", 0)
    found = key_players(matrix, 3, "reach")
    assert found.exact
    assert found.score == pytest.approx(best)


def test_a_large_network_says_that_a_better_set_may_exist():
    matrix = nx.to_scipy_sparse_array(nx.gnp_random_graph(60, 0.05, seed=1))
    found = key_players(matrix, 4)
    assert not found.exact
    assert found.bound == 1.0


def test_too_much_to_cover_is_not_asked(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(module, "MOST_COVERED", 2)
    assert most_covering(sparse.csr_array(np.ones((3, 3))), 1) is None
    assert best_of_all(100, 10, lambda rows: 0.0) is None


def test_examples_in_the_documentation():
    assert doctest.testmod(module).failed == 0

"""Cores, against every core of small networks."""

from __future__ import annotations

import doctest
import sys
from itertools import combinations

import networkx as nx
import numpy as np
import pytest

from tsunagari.graph.inference import core_periphery as function
from tsunagari.graph.inference.against_chance import compare_with_chance
from tsunagari.graph.inference.core_periphery import core_periphery
from tsunagari.graph.inference.observed import Observed
from tsunagari.graph.measures.adjacency import checked_adjacency

module = sys.modules[function.__module__]


def by_definition(matrix: np.ndarray) -> float:
    size = len(matrix)
    above = np.triu_indices(size, 1)
    best = -np.inf
    for count in range(1, size):
        for core in combinations(range(size), count):
            inside = np.isin(np.arange(size), core)
            ideal = (inside[:, None] | inside[None, :])[above]
            if 0 < ideal.sum() < len(ideal):
                best = max(best, np.corrcoef(matrix[above], ideal)[0, 1])
    return best


@pytest.mark.parametrize("seed", range(6))
def test_the_best_core_of_a_small_network_is_found(seed: int):
    matrix = nx.to_numpy_array(nx.gnp_random_graph(8, 0.4, seed=seed))
    found = core_periphery(matrix)
    assert found.exact
    assert found.fit == pytest.approx(by_definition(matrix))


@pytest.mark.parametrize("seed", range(6))
def test_the_search_comes_near_the_best(seed: int, monkeypatch: pytest.MonkeyPatch):
    matrix = nx.to_numpy_array(nx.gnp_random_graph(10, 0.35, seed=seed))
    best = core_periphery(matrix).fit
    monkeypatch.setattr(module, "MOST_TRIED", 0)
    found = core_periphery(matrix)
    assert not found.exact
    assert best - 0.1 <= found.fit <= best


def test_a_planted_core_is_found():
    size, core = 60, 8
    matrix = np.zeros((size, size))
    matrix[:core] = matrix[:, :core] = 1
    np.fill_diagonal(matrix, 0)
    found = core_periphery(matrix)
    assert np.flatnonzero(found.core).tolist() == list(range(core))
    assert found.fit == pytest.approx(1.0)


@pytest.mark.parametrize("matrix", [np.zeros((4, 4)), np.ones((4, 4)) - np.eye(4), np.zeros((0, 0)), np.zeros((1, 1))])
def test_where_all_pairs_are_alike_there_is_no_core(matrix: np.ndarray):
    found = core_periphery(matrix)
    assert np.isnan(found.fit)
    assert not found.core.any()


def test_the_fit_is_held_against_chance():
    star = nx.star_graph(8)
    star.add_edges_from([(1, 2), (3, 4)])
    observed = Observed(checked_adjacency(nx.to_numpy_array(star)))
    (found,) = compare_with_chance(observed, "core_periphery", null="density")
    row = found.table().loc[0]
    assert row["p_high"] < 0.05
    assert row["observed"] > row["null_high"]


def test_examples_in_the_documentation():
    assert doctest.testmod(module).failed == 0

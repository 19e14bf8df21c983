from __future__ import annotations

import doctest
from importlib import import_module

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from tests.graph.measures.test_betweenness import networks

from tsunagari.errors import NetworkError
from tsunagari.graph.measures.closeness import closeness, closeness_estimate, harmonic, harmonic_estimate

module = import_module("tsunagari.graph.measures.closeness")

TOWN = nx.to_scipy_sparse_array(
    nx.disjoint_union_all([nx.barabasi_albert_graph(500, 2, seed=1), nx.path_graph(40), nx.empty_graph(3)])
)


@given(networks())
@settings(max_examples=60)
def test_every_network_gives_the_same_as_networkx(ties: np.ndarray):
    graph = nx.from_numpy_array(ties, create_using=nx.DiGraph)
    others = max(len(graph) - 1, 1)
    assert np.allclose(closeness(ties), list(nx.closeness_centrality(graph).values()), atol=1e-12)
    peer = [value / others for value in nx.harmonic_centrality(graph).values()]
    assert np.allclose(harmonic(ties), peer, atol=1e-12)


def test_more_bodies_than_fit_into_a_word():
    graph = nx.gnp_random_graph(200, 0.02, seed=2)
    assert np.allclose(closeness(nx.to_scipy_sparse_array(graph)), list(nx.closeness_centrality(graph).values()))


@pytest.mark.parametrize(("measure", "exact"), [(closeness_estimate, closeness), (harmonic_estimate, harmonic)])
def test_the_stated_error_holds_and_small_parts_are_exact(measure, exact):
    true = exact(TOWN)
    found = [measure(TOWN, exact_work=10, pivots=400, seed=seed) for seed in range(10)]
    broken = sum(float(np.abs(one.values - true).max()) > one.epsilon for one in found)
    assert broken <= 1  # delta is 0.1, and the bound is cautious
    assert found[0].values.tobytes() == measure(TOWN, exact_work=10, pivots=400, seed=0).values.tobytes()
    assert np.allclose(found[0].values[500:], true[500:])
    assert 0 < found[0].epsilon < 0.4
    assert np.abs(found[0].values - true).max() < 0.03
    assert measure(TOWN).epsilon == 0


def test_directed_closeness_is_always_exact():
    ties = nx.to_scipy_sparse_array(nx.gnp_random_graph(80, 0.05, seed=3, directed=True))
    assert closeness_estimate(ties, exact_work=1, pivots=10).epsilon == 0
    assert harmonic_estimate(ties, exact_work=1, pivots=10).epsilon > 0


def test_senseless_samples_are_refused():
    with pytest.raises(NetworkError, match="sample"):
        closeness_estimate(TOWN, pivots=1)
    with pytest.raises(NetworkError, match="sample"):
        harmonic_estimate(TOWN, delta=2)


def test_examples_in_the_documentation():
    assert doctest.testmod(module).failed == 0

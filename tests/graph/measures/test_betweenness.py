from __future__ import annotations

import doctest
import importlib
import itertools

import igraph
import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tsunagari.errors import NetworkError
from tsunagari.graph.measures.betweenness import betweenness
from tsunagari.graph.measures.estimate import bernstein_error, hoeffding_error
from tsunagari.graph.measures.sampled_betweenness import betweenness_estimate, sampled_betweenness

TOWN = nx.to_scipy_sparse_array(nx.barabasi_albert_graph(600, 3, seed=1))


@st.composite
def networks(draw: st.DrawFn) -> np.ndarray:
    size = draw(st.integers(0, 12))
    cells = draw(st.lists(st.integers(0, 3), min_size=size * size, max_size=size * size))
    ties = np.array(cells, dtype=float).reshape(size, size) == 3
    return (ties | ties.T if draw(st.booleans()) else ties).astype(float)


@given(networks())
@settings(max_examples=60)
def test_every_network_gives_the_same_as_networkx(ties: np.ndarray):
    directed = not (ties == ties.T).all()
    graph = nx.from_numpy_array(ties, create_using=nx.DiGraph if directed else nx.Graph)
    peer = nx.betweenness_centrality(graph)
    assert np.allclose(betweenness(ties), list(peer.values()), atol=1e-12)
    paths = nx.betweenness_centrality(graph, normalized=False)
    assert np.allclose(betweenness(ties, normalized=False), list(paths.values()), atol=1e-9)


@pytest.mark.parametrize("directed", [False, True])
def test_wide_and_narrow_levels_give_the_same_as_igraph(directed: bool):
    chance = np.random.default_rng(7)
    ties = [(int(a), int(b)) for a, b in chance.integers(0, 900, (2500, 2)) if a != b]
    ties += [(node, node + 1) for node in range(900, 960)]  # a long tail, of narrow levels
    graph = nx.DiGraph() if directed else nx.Graph()
    graph.add_nodes_from(range(961))
    graph.add_edges_from(ties)
    matrix = nx.to_scipy_sparse_array(graph, nodelist=range(961), weight=None)
    peer = igraph.Graph(n=961, edges=list(graph.edges), directed=directed).betweenness()
    assert np.allclose(betweenness(matrix, normalized=False), peer, rtol=1e-10, atol=1e-8)


def test_the_same_network_gives_the_same_bits():
    assert betweenness(TOWN).tobytes() == betweenness(TOWN.copy()).tobytes()
    one, other = sampled_betweenness(TOWN, pairs=500, seed=3), sampled_betweenness(TOWN, pairs=500, seed=3)
    assert one.values.tobytes() == other.values.tobytes()
    assert (sampled_betweenness(TOWN, pairs=500, seed=4).values != one.values).any()


def test_the_stated_error_holds():
    """With delta 0.1 at most one draw in ten may exceed its epsilon; the bound is known to be cautious."""
    exact = betweenness(TOWN)
    found = [sampled_betweenness(TOWN, pairs=1500, delta=0.1, seed=seed) for seed in range(20)]
    worst = [float(np.abs(one.values - exact).max()) for one in found]
    broken = sum(error > one.epsilon for error, one in zip(worst, found, strict=True))
    assert broken <= 2
    assert max(one.epsilon for one in found) < exact.max() / 2  # it tells the great broker from the others


@pytest.mark.parametrize("directed", [False, True])
def test_all_pairs_once_give_the_exact_values(directed: bool, monkeypatch: pytest.MonkeyPatch):
    graph = nx.gnp_random_graph(30, 0.07, seed=5, directed=directed)
    matrix = nx.to_scipy_sparse_array(graph)
    pairs = np.array(list(itertools.permutations(range(30), 2)))

    class EveryPair:
        def integers(self, low: int, high: int, count: int) -> np.ndarray:
            return pairs[:, 0] if low == 0 else (pairs[:, 1] - pairs[:, 0]) % 30

    monkeypatch.setattr(np.random, "default_rng", lambda seed: EveryPair())
    found = sampled_betweenness(matrix, pairs=len(pairs))
    assert np.allclose(found.values, list(nx.betweenness_centrality(graph).values()), atol=1e-12)


def test_small_networks_are_exact_and_large_ones_say_their_error():
    assert betweenness_estimate(TOWN).epsilon == 0
    found = betweenness_estimate(TOWN, exact_work=10, pairs=300)
    assert 0 < found.epsilon < 0.2
    assert (found.delta, found.samples) == (0.1, 300)
    for size in (0, 1, 2):
        assert sampled_betweenness(np.ones((size, size))).values.tolist() == [0] * size


@pytest.mark.parametrize("wrong", [{"pairs": 0}, {"delta": 0.0}, {"delta": 1.0}])
def test_senseless_samples_are_refused(wrong: dict[str, float]):
    with pytest.raises(NetworkError, match="sample"):
        sampled_betweenness(TOWN, **wrong)  # type: ignore[arg-type]


def test_bounds_hold_for_coins():
    """Hoeffding's and Maurer & Pontil's bounds against the frequency with which real draws exceed them."""
    chance = np.random.default_rng(1)
    for probability in (0.01, 0.3):
        draws = chance.binomial(200, probability, 2000)
        mean = draws / 200
        variance = mean * (1 - mean) * 200 / 199
        for error in (hoeffding_error(mean, 200, 0.1), bernstein_error(variance, 200, 0.1)):
            assert (np.abs(mean - probability) > error).mean() <= 0.1


@pytest.mark.parametrize("module", ["adjacency", "betweenness", "sampled_betweenness", "estimate"])
def test_examples_in_the_documentation(module: str):
    found = doctest.testmod(importlib.import_module(f"tsunagari.graph.measures.{module}"))
    assert found.attempted
    assert found.failed == 0

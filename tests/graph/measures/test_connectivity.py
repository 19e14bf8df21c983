from __future__ import annotations

import doctest
from importlib import import_module

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from tests.graph.measures.test_betweenness import networks

from tsunagari.graph.measures.connectivity import blocks, bridges, cut_points, parts_without

module = import_module("tsunagari.graph.measures.connectivity")


@given(networks())
@settings(max_examples=60)
def test_every_network_gives_the_same_as_networkx(ties: np.ndarray):
    graph = nx.from_numpy_array(ties + ties.T)
    graph.remove_edges_from(list(nx.selfloop_edges(graph)))
    assert cut_points(ties) == sorted(nx.articulation_points(graph))
    assert bridges(ties) == sorted(tuple(sorted(pair)) for pair in nx.bridges(graph))
    assert sorted(blocks(ties)) == sorted(sorted(block) for block in nx.biconnected_components(graph))


@pytest.mark.parametrize("seed", range(3))
def test_parts_without_are_counted_by_taking_each_out(seed: int):
    graph = nx.gnp_random_graph(80, 0.025, seed=seed)
    parts = parts_without(nx.to_scipy_sparse_array(graph))
    for node in graph:
        rest = nx.restricted_view(graph, [node], [])
        assert parts[node] == sum(1 for part in nx.connected_components(rest) if part & set(graph[node]))


def test_examples_in_the_documentation():
    assert doctest.testmod(module).failed == 0

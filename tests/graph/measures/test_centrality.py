from __future__ import annotations

import doctest
from importlib import import_module

import networkx as nx
import numpy as np
import pytest

from tsunagari.errors import NetworkError, UnknownNameError
from tsunagari.graph.measures.adjacency import adjacency_of
from tsunagari.graph.measures.betweenness import betweenness
from tsunagari.graph.measures.centrality import (
    MEASURES,
    coreness,
    degree,
    graph_centrality,
    in_degree,
    out_degree,
    strength,
)
from tsunagari.graph.measures.closeness import closeness
from tsunagari.graph.measures.connectivity import bridges, cut_points, parts_without

module = import_module("tsunagari.graph.measures.centrality")

KITE = nx.to_scipy_sparse_array(nx.krackhardt_kite_graph())
FLORENCE = nx.florentine_families_graph()


def test_kite():
    # D. Krackhardt (1990), "Assessing the Political Landscape", Administrative Science Quarterly 35(2).
    between = [0.023, 0.023, 0.000, 0.102, 0.000, 0.231, 0.231, 0.389, 0.222, 0.000]
    close = [0.529, 0.529, 0.500, 0.600, 0.500, 0.643, 0.643, 0.600, 0.429, 0.310]
    assert betweenness(KITE).round(3).tolist() == between
    assert closeness(KITE).round(3).tolist() == close
    assert degree(KITE).tolist() == [4, 4, 3, 6, 3, 5, 5, 3, 2, 1]
    assert cut_points(KITE) == [7, 8]


def test_florentine_families():
    # R. L. Breiger & P. E. Pattison (1986), Social Networks 8(3), after J. F. Padgett's marriage data.
    between = graph_centrality(FLORENCE, "betweenness").round(3)
    published = {
        "Medici": 0.522,
        "Guadagni": 0.255,
        "Albizzi": 0.212,
        "Salviati": 0.143,
        "Ridolfi": 0.114,
        "Bischeri": 0.104,
        "Strozzi": 0.103,
        "Barbadori": 0.093,
        "Tornabuoni": 0.092,
        "Castellani": 0.055,
        "Peruzzi": 0.022,
    }
    assert len(between) == 15
    assert between.to_dict() == dict.fromkeys(between.index, 0.0) | published
    close = graph_centrality(FLORENCE, "closeness").round(3)
    assert close[["Medici", "Ridolfi", "Albizzi", "Tornabuoni", "Guadagni"]].tolist() == [
        0.560,
        0.500,
        0.483,
        0.483,
        0.467,
    ]
    matrix, names = adjacency_of(FLORENCE)
    assert len(bridges(matrix)) == 5
    assert {names[row] for row in cut_points(matrix)} == {"Medici", "Albizzi", "Salviati", "Guadagni"}


def test_a_star_is_all_centre():
    star = nx.to_scipy_sparse_array(nx.star_graph(4))
    assert betweenness(star).tolist() == [1, 0, 0, 0, 0]
    assert betweenness(star, normalized=False).tolist() == [6, 0, 0, 0, 0]
    assert closeness(star).round(3).tolist() == [1, *[0.571] * 4]
    assert parts_without(star).tolist() == [4, 1, 1, 1, 1]
    assert coreness(star).tolist() == [1] * 5


@pytest.mark.parametrize("directed", [False, True])
@pytest.mark.parametrize("seed", range(3))
def test_path_measures_equal_networkx(seed: int, directed: bool):
    graph = nx.gnp_random_graph(60, 0.04, seed=seed, directed=directed)
    peers = {"betweenness": nx.betweenness_centrality(graph), "closeness": nx.closeness_centrality(graph)}
    peers["pagerank"] = nx.pagerank(graph, tol=1e-12, max_iter=1000)
    peers["harmonic"] = {node: value / 59 for node, value in nx.harmonic_centrality(graph).items()}
    for measure, peer in peers.items():
        found = graph_centrality(graph, measure)
        assert np.allclose(found.to_numpy(), [peer[node] for node in graph], atol=1e-7), measure


@pytest.mark.parametrize("size", [30, 90])
def test_eigenvector_and_strength_equal_networkx(size: int):
    graph = nx.connected_watts_strogatz_graph(size, 4, 0.4, seed=size)
    for number, (one, other) in enumerate(graph.edges):
        graph.edges[one, other]["weight"] = 1 + number % 3
    peer = nx.eigenvector_centrality_numpy(graph, weight="weight")
    assert np.allclose(graph_centrality(graph, "eigenvector"), [abs(peer[node]) for node in graph], atol=1e-6)
    assert graph_centrality(graph, "strength").to_dict() == dict(graph.degree(weight="weight"))
    assert graph_centrality(graph, "degree").to_dict() == dict(graph.degree())


def test_eigenvector_of_parts_is_that_of_the_strongest():
    graph = nx.disjoint_union(nx.complete_graph(4), nx.path_graph(3))
    assert graph_centrality(graph, "eigenvector").round(6).tolist() == [0.5] * 4 + [0] * 3


@pytest.mark.parametrize("seed", range(3))
def test_cut_points_bridges_and_cores_equal_networkx(seed: int):
    graph = nx.gnp_random_graph(80, 0.025, seed=seed)
    matrix = nx.to_scipy_sparse_array(graph)
    assert cut_points(matrix) == sorted(nx.articulation_points(graph))
    assert bridges(matrix) == sorted(tuple(sorted(pair)) for pair in nx.bridges(graph))
    assert coreness(matrix).tolist() == list(nx.core_number(graph).values())
    parts = parts_without(matrix)
    for node in graph:
        rest = nx.restricted_view(graph, [node], [])
        assert parts[node] == sum(1 for part in nx.connected_components(rest) if part & set(graph[node]))


def test_directions_count_for_paths_and_not_for_contacts():
    line = np.array([[0, 2, 0], [0, 0, 3], [0, 0, 0]])
    assert degree(line).tolist() == [1, 2, 1]
    assert strength(line).tolist() == [2, 5, 3]
    assert betweenness(line).tolist() == [0, 0.5, 0]
    assert closeness(line).round(3).tolist() == [0, 0.5, 0.667]
    assert cut_points(line) == [1]


@pytest.mark.parametrize("measure", MEASURES)
def test_small_and_untied_networks(measure: str):
    alone = {"constraint", "effective_size", "efficiency"}
    assert graph_centrality(nx.Graph(), measure).empty
    for size in (1, 4):
        values = graph_centrality(nx.empty_graph(size), measure)
        assert len(values) == size
        if measure in alone:
            assert values.isna().all()
        elif measure == "pagerank":
            assert np.allclose(values, 1 / size)
        else:
            assert (values == 0).all()


def test_disconnected_parts_are_measured_together():
    graph = nx.disjoint_union(nx.path_graph(3), nx.path_graph(2))
    assert graph_centrality(graph, "betweenness").round(3).tolist() == [0, 0.167, 0, 0, 0]
    assert graph_centrality(graph, "closeness").round(3).tolist() == [0.333, 0.5, 0.333, 0.25, 0.25]


def test_self_ties_are_ignored_and_parallel_ties_collapsed():
    graph = nx.MultiGraph([("a", "b"), ("a", "b"), ("a", "a"), ("b", "c")])
    assert graph_centrality(graph, "degree").tolist() == [1, 2, 1]
    assert graph_centrality(graph, "strength").tolist() == [2, 3, 1]
    assert graph_centrality(graph, "betweenness").tolist() == [0, 1, 0]


def test_bad_weights_and_unknown_measures_are_refused():
    graph = nx.Graph()
    graph.add_edge("a", "b", weight=-1)
    with pytest.raises(NetworkError, match="finite number"):
        graph_centrality(graph, "degree")
    with pytest.raises(UnknownNameError, match="betweenness") as error:
        graph_centrality(nx.Graph(), "importance")
    assert "使える指標" in error.value.text("ja")


def test_examples_in_the_documentation():
    assert doctest.testmod(module).failed == 0


def test_ties_that_come_and_ties_that_go():
    graph = nx.gnp_random_graph(30, 0.1, seed=2, directed=True)
    matrix = nx.to_scipy_sparse_array(graph)
    assert in_degree(matrix).tolist() == [count for _, count in graph.in_degree()]
    assert out_degree(matrix).tolist() == [count for _, count in graph.out_degree()]

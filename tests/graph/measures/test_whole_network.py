"""The figures of a whole network, against R's sna, published numbers and networks of which they are known."""

from __future__ import annotations

import doctest
import sys
from collections.abc import Callable

import networkx as nx
import numpy as np
import pytest

from tsunagari.errors import NetworkError
from tsunagari.graph.measures.whole_network import FIGURES, whole_network

R_FIGURES = """
tied <- symmetrize(y, rule = "weak")
census <- dyad.census(y)
steps <- geodist(tied)$gdist
steps <- steps[steps > 0 & is.finite(steps)]
cat(gden(y), census[1], census[2], grecip(y, measure = "edgewise"), gtrans(y), components(y, connected = "weak"),
    connectedness(y), mean(steps), max(steps), length(cutpoints(tied, mode = "graph")),
    sum(degree(tied, gmode = "graph") == 0),
    centralization(tied, degree, mode = "graph"), centralization(y, degree, mode = "digraph", cmode = "indegree"),
    centralization(y, degree, mode = "digraph", cmode = "outdegree"), centralization(tied, betweenness, mode = "graph"))
"""
NAMES = (
    *("density", "mutual", "one_way", "reciprocity", "transitivity", "components", "connectedness", "mean_distance"),
    *("diameter", "cut_points", "isolates", "degree_centralization", "in_degree_centralization"),
    *("out_degree_centralization", "betweenness_centralization"),
)


def networks() -> dict[str, np.ndarray]:
    draw = np.random.default_rng(3)
    sparse_one = (draw.random((30, 30)) < 0.05).astype(float)
    dense = (draw.random((15, 15)) < 0.5).astype(float)
    for matrix in (sparse_one, dense):
        np.fill_diagonal(matrix, 0)
    karate = nx.to_numpy_array(nx.karate_club_graph(), weight=None)
    return {"karate": karate, "sparse, directed, in parts": sparse_one, "dense, directed": dense}


@pytest.mark.parametrize("name", networks())
def test_figures_are_those_of_sna(name: str, r_sna: Callable[..., list[float]]):
    matrix = networks()[name]
    found = whole_network(matrix).values
    assert np.allclose([found[figure] for figure in NAMES], r_sna(R_FIGURES, y=matrix), atol=1e-6)


def test_the_karate_club_has_the_figures_that_are_known_of_it():
    """W. W. Zachary (1977): 34 members, 78 ties; transitivity and diameter as the literature gives them."""
    found = whole_network(networks()["karate"]).values
    assert (found["bodies"], found["mutual"], found["diameter"]) == (34, 78, 5)
    assert round(found["density"], 3) == 0.139
    assert round(found["transitivity"], 3) == 0.256
    assert round(found["mean_distance"], 3) == 2.408


def test_the_florentine_families_have_one_family_apart():
    """J. F. Padgett & C. K. Ansell (1993): 16 families with 20 marriages, the Pucci without any."""
    graph = nx.florentine_families_graph()
    graph.add_node("Pucci")
    found = whole_network(nx.to_numpy_array(graph)).values
    assert (found["mutual"], found["isolates"], found["components"], found["largest_component"]) == (20, 1, 2, 15)
    assert (found["bridges"], found["cut_points"], found["diameter"]) == (5, 4, 5)
    assert round(found["density"], 4) == 0.1667


def test_a_network_without_ties_has_no_distance_and_no_first():
    found = whole_network(np.zeros((4, 4))).values
    assert list(found) == list(FIGURES)
    assert (found["density"], found["components"], found["isolates"], found["fragmentation"]) == (0, 4, 4, 1)
    assert np.isnan([found[name] for name in ("mean_distance", "diameter", "reciprocity", "transitivity")]).all()
    assert found["degree_centralization"] == 0
    for size in (0, 1, 2):
        few = whole_network(np.zeros((size, size))).values
        assert few["bodies"] == size
        assert np.isnan(few["degree_centralization"])


def test_very_long_ways_are_measured_too():
    line = whole_network(nx.to_scipy_sparse_array(nx.path_graph(400))).values
    assert line["diameter"] == 399
    assert line["mean_distance"] == pytest.approx(401 / 3)


def test_large_networks_are_measured_from_a_sample_that_is_told():
    matrix = nx.to_scipy_sparse_array(nx.watts_strogatz_graph(3_000, 6, 0.1, seed=1))
    exact, drawn = whole_network(matrix), whole_network(matrix, exact_work=1_000)
    assert (exact.sources, drawn.sources) == (0, 1_024)
    assert drawn.values["mean_distance"] == pytest.approx(exact.values["mean_distance"], rel=0.02)
    assert drawn.values["diameter"] <= exact.values["diameter"]
    assert whole_network(matrix, exact_work=1_000) == drawn


def test_what_is_no_network_is_refused():
    with pytest.raises(NetworkError):
        whole_network([[0, -1], [1, 0]])


def test_examples_in_the_documentation():
    assert doctest.testmod(sys.modules[whole_network.__module__]).failed == 0

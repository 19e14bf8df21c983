from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from tsunagari.errors import NetworkError, UnknownNameError
from tsunagari.graph.measures.structural_holes import MODELS, graph_structural_holes, structural_holes

# S. P. Borgatti (1997), "Structural Holes: Unpacking Burt's Redundancy Measures", Connections 20(1); Burt's example.
BORGATTI = {"AB": 2, "AF": 3, "AG": 5, "AE": 2, "EG": 8, "FG": 3, "BG": 4, "BD": 1, "DG": 3, "GC": 10}


def borgatti(weighted: bool) -> nx.Graph:
    graph = nx.Graph()
    graph.add_weighted_edges_from((*pair, weight if weighted else 1) for pair, weight in BORGATTI.items())
    return graph


def valued(seed: int, *, directed: bool, size: int = 25) -> nx.Graph:
    graph = nx.gnp_random_graph(size, 0.2, seed=seed, directed=directed)
    random = np.random.default_rng(seed)
    for _, _, data in graph.edges(data=True):
        data["weight"] = float(random.integers(1, 10))
    return graph


def by_definition(tied: np.ndarray, ego: int) -> list[float]:
    """Burt's formulas for one ego, read as they are written, over all the nodes of a symmetric matrix."""
    size = len(tied)
    contacts = [j for j in range(size) if tied[ego, j]]
    p = tied / np.maximum(tied.sum(axis=1, keepdims=True), 1e-300)
    m = tied / np.maximum(tied.max(axis=1, keepdims=True), 1e-300)
    others = [[q for q in range(size) if q not in (ego, j)] for j in contacts]
    parts = [
        (p[ego, j] + sum(p[ego, q] * p[q, j] for q in rest)) ** 2 for j, rest in zip(contacts, others, strict=True)
    ]
    size_of = sum(1 - sum(p[ego, q] * m[j, q] for q in rest) for j, rest in zip(contacts, others, strict=True))
    number, total = len(contacts), sum(parts)
    relative = [part * number / total for part in parts]
    hierarchy = sum(r * np.log(r) for r in relative) / (number * np.log(number)) if number > 1 else 1.0
    return [total, size_of, size_of / number, hierarchy]


def test_constraint_and_effective_size_of_the_kite():
    # D. Krackhardt (1990), Administrative Science Quarterly 35(2); constraint and effective size after Burt (1992).
    found = graph_structural_holes(nx.krackhardt_kite_graph())
    constraint = [0.5412, 0.5412, 0.6641, 0.4702, 0.6641, 0.4451, 0.4451, 0.4311, 0.5, 1.0]
    assert found["constraint"].round(4).tolist() == constraint
    assert found["effective_size"].round(4).tolist() == [2, 2, 1, 3.3333, 1, 3, 3, 2.3333, 2, 1]


@pytest.mark.parametrize(
    ("weighted", "constraint", "effective_size"),
    [
        (False, {"G": 0.400, "A": 0.595, "C": 1.0}, {"G": 4.67, "A": 2.50, "C": 1.0}),
        (True, {"G": 0.299, "A": 0.795, "C": 1.0}, {"G": 5.47, "A": 2.47, "C": 1.0}),
    ],
)
def test_published_values_of_burts_example(
    weighted: bool, constraint: dict[str, float], effective_size: dict[str, float]
):
    found = graph_structural_holes(borgatti(weighted))
    assert {node: round(found.loc[node, "constraint"], 3) for node in constraint} == constraint
    assert {node: round(found.loc[node, "effective_size"], 2) for node in effective_size} == effective_size


def test_triad_and_star():
    # Burt (1992), chapter 2: constraint above 1 is right in small dense networks.
    assert graph_structural_holes(nx.complete_graph(3))["constraint"].tolist() == [1.125] * 3
    star = graph_structural_holes(nx.star_graph(4))
    assert star["constraint"].tolist() == [0.25, 1, 1, 1, 1]
    assert star["efficiency"].tolist() == [1] * 5


@pytest.mark.parametrize("seed", range(5))
def test_constraint_equals_networkx_with_weights_and_directions(seed: int):
    graph = nx.gnp_random_graph(40, 0.12, seed=seed, directed=True)
    random = np.random.default_rng(seed)
    for _, _, data in graph.edges(data=True):
        data["weight"] = float(random.integers(1, 10))
    found = graph_structural_holes(graph)["constraint"]
    peer = nx.constraint(graph, weight="weight")
    assert np.allclose(found.to_numpy(), [peer[node] for node in graph], equal_nan=True)


@pytest.mark.parametrize("seed", range(5))
def test_effective_size_equals_networkx_one_node_at_a_time(seed: int):
    graph = nx.gnp_random_graph(25, 0.2, seed=seed)
    random = np.random.default_rng(seed)
    for _, _, data in graph.edges(data=True):
        data["weight"] = float(random.integers(1, 10))
    found = graph_structural_holes(graph)["effective_size"]
    for node in graph:
        assert np.isclose(found[node], nx.effective_size(graph, nodes=[node], weight="weight")[node], equal_nan=True)


def test_isolates_have_no_value_and_empty_networks_no_row():
    assert structural_holes(np.zeros((0, 0))).shape == (0, 4)
    assert structural_holes(np.zeros((1, 1))).isna().all(axis=None)
    assert structural_holes(np.zeros((4, 4))).isna().all(axis=None)
    graph = nx.Graph([(0, 1)])
    graph.add_node(2)
    assert graph_structural_holes(graph)["constraint"].isna().tolist() == [False, False, True]


def test_parallel_ties_add_up_and_self_ties_do_not_count():
    parallel = nx.MultiGraph([("a", "b"), ("a", "b"), ("a", "c"), ("a", "a")])
    weighted = nx.Graph()
    weighted.add_weighted_edges_from([("a", "b", 2), ("a", "c", 1)])
    assert graph_structural_holes(parallel).equals(graph_structural_holes(weighted))
    assert np.isclose(graph_structural_holes(parallel).loc["a", "constraint"], (2 / 3) ** 2 + (1 / 3) ** 2)


@pytest.mark.parametrize("weight", [-1.0, float("nan"), float("inf")])
def test_weights_that_are_no_strength_are_refused(weight: float):
    graph = nx.Graph()
    graph.add_edge("a", "b", weight=weight)
    with pytest.raises(NetworkError, match="finite number of at least 0") as error:
        graph_structural_holes(graph)
    assert "有限の数" in error.value.text("ja")


def test_a_matrix_must_be_square():
    with pytest.raises(NetworkError, match="square"):
        structural_holes(np.zeros((2, 3)))


@pytest.mark.parametrize("directed", [False, True])
def test_both_models_equal_the_definition(directed: bool):
    for seed in range(4):
        matrix = nx.to_numpy_array(valued(seed, directed=directed, size=18))
        tied = matrix + matrix.T
        whole, ego = (structural_holes(matrix, model=model) for model in MODELS)
        for node in np.flatnonzero(tied.any(axis=1)):
            near = np.r_[node, np.flatnonzero(tied[node])]
            assert np.allclose(whole.loc[node], by_definition(tied, node))
            assert np.allclose(ego.loc[node], by_definition(tied[np.ix_(near, near)], 0))


def test_the_ego_model_is_networkx_on_each_ego_network():
    graph = valued(3, directed=False)
    found = graph_structural_holes(graph, model="ego")
    for node in graph:
        near = graph.subgraph([node, *graph[node]])
        assert np.isclose(found.loc[node, "constraint"], nx.constraint(near, [node], weight="weight")[node])
        assert np.isclose(found.loc[node, "effective_size"], nx.effective_size(near, [node], weight="weight")[node])


def test_ties_beyond_the_ego_network_matter_in_the_whole_model_only():
    # A path a - b - c - d: b's contact c spends half its ties on d, which b is not tied to. a and c are not tied, so
    # nothing differs; with the tie a - c what c spends on a is 1/2 within b's network, 1/3 of all.
    graph = nx.Graph([("a", "b"), ("b", "c"), ("c", "d"), ("a", "c")])
    whole, ego = (graph_structural_holes(graph, model=model).loc["b", "constraint"] for model in MODELS)
    assert np.isclose(ego, 2 * (1 / 2 + 1 / 2 * 1 / 2) ** 2)
    assert np.isclose(whole, (1 / 2 + 1 / 2 * 1 / 3) ** 2 + (1 / 2 + 1 / 2 * 1 / 2) ** 2)


def test_hierarchy_is_0_when_contacts_constrain_the_same_and_1_for_one_contact():
    star = graph_structural_holes(nx.star_graph(4))["hierarchy"]
    assert np.allclose(star, [0, 1, 1, 1, 1])
    assert graph_structural_holes(borgatti(weighted=True)).loc["G", "hierarchy"] > 0.1


def test_an_unknown_model_is_named_with_those_there_are():
    with pytest.raises(UnknownNameError, match="whole, ego"):
        structural_holes(np.zeros((2, 2)), model="half")  # type: ignore[arg-type]


def test_disconnected_parts_do_not_touch():
    part = np.array([[0, 2, 1], [2, 0, 0], [1, 0, 0]])
    for model in MODELS:
        found = structural_holes(np.kron(np.eye(2), part), model=model)
        assert np.allclose(found[:3], found[3:])

from __future__ import annotations

import doctest
import importlib
import itertools

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from tsunagari.errors import NetworkError
from tsunagari.graph.brokerage import ROLES, brokerage_roles, expected_brokerage, graph_brokerage
from tsunagari.graph.structural_holes import graph_structural_holes, structural_holes
from tsunagari.graph.triangles import iterate_triangles, tied_pairs

# S. P. Borgatti (1997), "Structural Holes: Unpacking Burt's Redundancy Measures", Connections 20(1); Burt's example.
BORGATTI = {"AB": 2, "AF": 3, "AG": 5, "AE": 2, "EG": 8, "FG": 3, "BG": 4, "BD": 1, "DG": 3, "GC": 10}


def borgatti(weighted: bool) -> nx.Graph:
    graph = nx.Graph()
    graph.add_weighted_edges_from((*pair, weight if weighted else 1) for pair, weight in BORGATTI.items())
    return graph


def counted_by_hand(adjacency: np.ndarray, groups: list[int]) -> np.ndarray:
    """Go through every ordered triple as Gould & Fernandez define the roles."""
    size = len(groups)
    roles = np.zeros((size, 5), dtype=int)
    for a, b, c in itertools.permutations(range(size), 3):
        if adjacency[a, b] and adjacency[b, c] and not adjacency[a, c]:
            first, broker, last = groups[a], groups[b], groups[c]
            if first == broker == last:
                role = "coordinator"
            elif first == last:
                role = "itinerant"
            elif first == broker:
                role = "representative"
            elif broker == last:
                role = "gatekeeper"
            else:
                role = "liaison"
            roles[b, ROLES.index(role)] += 1
    return roles


@st.composite
def networks(draw: st.DrawFn) -> tuple[np.ndarray, list[int]]:
    size = draw(st.integers(0, 9))
    cells = draw(st.lists(st.integers(0, 2), min_size=size * size, max_size=size * size))
    groups = draw(st.lists(st.integers(0, 3), min_size=size, max_size=size))
    return np.array(cells, dtype=float).reshape(size, size), groups


# Gould–Fernandez


def test_roles_of_the_published_four_node_network():
    # R. V. Gould & R. M. Fernandez (1989), roles by definition; A→B A→C B→C B→D C→D D→A with groups {A,B} {C,D}.
    graph = nx.DiGraph(["AB", "AC", "BC", "BD", "CD", "DA"])
    roles = graph_brokerage(graph, {"A": 1, "B": 1, "C": 2, "D": 2})
    assert roles.loc["A"].tolist() == [0, 1, 0, 1, 0]
    assert roles.loc["B"].tolist() == [0, 0, 1, 0, 0]
    assert roles.loc["C"].tolist() == [0, 0, 0, 1, 0]
    assert roles.loc["D"].tolist() == [0, 1, 1, 0, 0]


def test_broker_between_three_groups_is_a_liaison():
    roles = graph_brokerage(nx.DiGraph(["XY", "YZ"]), {"X": "npo", "Y": "city", "Z": "company"})
    assert roles.loc["Y"].tolist() == [0, 0, 0, 0, 1]
    assert roles.drop("Y").to_numpy().sum() == 0


def test_undirected_ties_count_both_ways_so_representative_equals_gatekeeper():
    graph = nx.Graph([("a", "b"), ("b", "c")])
    roles = graph_brokerage(graph, {"a": 1, "b": 1, "c": 2})
    assert roles.loc["b"].tolist() == [0, 0, 1, 1, 0]


@settings(max_examples=200, deadline=None)
@given(networks())
def test_roles_equal_the_count_over_all_triples(network: tuple[np.ndarray, list[int]]):
    adjacency, groups = network
    assert (
        brokerage_roles(adjacency, groups).to_numpy()
        == counted_by_hand(np.where(np.eye(len(groups)), 0, adjacency), groups)
    ).all()


def test_roles_equal_the_masked_matrix_products_on_a_larger_random_network():
    # T(X,Y,Z) = rowsum((XᵀZ)∘Y): an independent way to count, by sparse matrix algebra.
    random = np.random.default_rng(7)
    size, number = 600, 6000
    dense = sparse.coo_array((np.ones(number), random.integers(0, size, (2, number))), shape=(size, size)).toarray()
    np.fill_diagonal(dense, 0)
    tied = sparse.csr_array((dense > 0).astype(np.int64))
    groups = random.integers(0, 5, size)
    rows, columns = tied.tocoo().coords
    inside = groups[rows] == groups[columns]
    same = sparse.csr_array(
        (np.ones(inside.sum(), dtype=np.int64), (rows[inside], columns[inside])), shape=(size, size)
    )
    other = sparse.csr_array(tied - same)

    def closed(x: sparse.csr_array, y: sparse.csr_array, z: sparse.csr_array) -> np.ndarray:
        return np.asarray((x.T @ z).multiply(y).sum(axis=1)).ravel()

    def received(x: sparse.csr_array) -> np.ndarray:
        return np.asarray(x.sum(axis=0)).ravel()

    def sent(x: sparse.csr_array) -> np.ndarray:
        return np.asarray(x.sum(axis=1)).ravel()

    def mutual(x: sparse.csr_array) -> np.ndarray:
        return sent(x.multiply(x.T))

    found = brokerage_roles(tied, groups.tolist())
    assert (found["coordinator"] == received(same) * sent(same) - mutual(same) - closed(same, same, tied)).all()
    assert (found["representative"] == received(same) * sent(other) - closed(same, other, tied)).all()
    assert (found["gatekeeper"] == received(other) * sent(same) - closed(other, same, tied)).all()
    outside = received(other) * sent(other) - mutual(other) - closed(other, other, same) - closed(other, other, other)
    assert (found["itinerant"] + found["liaison"] == outside).all()


def test_expected_roles_are_the_mean_over_all_networks_of_four_nodes():
    # With density 1/2 all 4,096 directed networks are equally likely.
    groups = [0, 0, 1, 2]
    cells = list(itertools.permutations(range(4), 2))
    total = np.zeros((4, 5))
    for ties in itertools.product((0, 1), repeat=len(cells)):
        adjacency = np.zeros((4, 4))
        for cell, tie in zip(cells, ties, strict=True):
            adjacency[cell] = tie
        total += counted_by_hand(adjacency, groups)
    assert np.allclose(expected_brokerage(groups, 0.5), total / 2 ** len(cells))


def test_roles_of_networks_without_paths():
    assert brokerage_roles(np.zeros((0, 0)), []).shape == (0, 5)
    assert brokerage_roles(np.zeros((1, 1)), ["a"]).to_numpy().sum() == 0
    assert brokerage_roles(np.zeros((5, 5)), list("aabbc")).to_numpy().sum() == 0


def test_roles_of_disconnected_parts_do_not_touch():
    part = np.array([[0, 1, 0], [0, 0, 1], [0, 0, 0]])
    both = np.kron(np.eye(2), part)
    roles = brokerage_roles(both, list("abcabc")).to_numpy()
    assert (roles[:3] == roles[3:]).all()
    assert roles.sum() == 2


def test_partition_that_misses_a_node_is_refused_and_the_node_named():
    with pytest.raises(NetworkError, match=r"misses 1 nodes .* is c"):
        graph_brokerage(nx.path_graph(["a", "b", "c"]), {"a": 1, "b": 2})
    with pytest.raises(NetworkError, match="1 nodes have no group"):
        brokerage_roles(np.zeros((2, 2)), ["a", None])
    with pytest.raises(NetworkError, match="gives 1"):
        brokerage_roles(np.zeros((2, 2)), ["a"])


def test_groups_can_be_a_node_attribute():
    graph = nx.path_graph(3)
    nx.set_node_attributes(graph, {0: "a", 1: "b", 2: "c"}, "sector")
    assert graph_brokerage(graph, "sector").loc[1, "liaison"] == 2
    del graph.nodes[2]["sector"]
    with pytest.raises(NetworkError, match="misses 1"):
        graph_brokerage(graph, "sector")


def test_blocks_do_not_change_the_triangles():
    adjacency = sparse.csr_array(np.ones((9, 9)) - np.eye(9))
    pairs = tied_pairs(adjacency)
    for paths in (1, 7, 1000):
        found = [
            t for block in iterate_triangles(pairs, paths_at_once=paths) for t in zip(block.uv, block.vw, strict=True)
        ]
        assert len(found) == len(set(found)) == 84  # 9 choose 3


# Burt


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
    assert structural_holes(np.zeros((0, 0))).shape == (0, 3)
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
    with pytest.raises(NetworkError):
        brokerage_roles(np.array([[0, weight], [0, 0]]), ["a", "b"])


def test_a_matrix_must_be_square():
    with pytest.raises(NetworkError, match="square"):
        structural_holes(np.zeros((2, 3)))


@pytest.mark.parametrize("name", ["adjacency", "triangles", "brokerage", "structural_holes"])
def test_examples_in_the_documentation(name: str):
    assert doctest.testmod(importlib.import_module(f"tsunagari.graph.{name}")).failed == 0

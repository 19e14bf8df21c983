from __future__ import annotations

import itertools

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from tsunagari.errors import NetworkError
from tsunagari.graph.measures import brokerage
from tsunagari.graph.measures.brokerage import (
    brokerage_roles,
    brokerage_scores,
    graph_brokerage,
    network_brokerage,
)
from tsunagari.graph.measures.chance_brokerage import ROLES, SCORES

# Computed by R 4.2 with sna 2.7-1 (C. T. Butts), brokerage(g, cl): the published method of Gould & Fernandez (1989).
SNA_SENT = {"a": "cdfh", "b": "de", "c": "abg", "d": "cgh", "e": "acfg", "f": "gh", "g": "f", "h": "dg", "i": "cfgh"}
SNA_GROUPS = dict(zip("abcdefghi", [1, 1, 1, 1, 2, 2, 2, 3, 3], strict=True))
SNA_NODES = {
    "c": [
        [3, 0, 1, 3, 0, 7],
        [0.4722061471, 0.6296081962, 1.1805153678, 1.1805153678, 0.9444122942, 4.407257373],
        [3.3342043835, -0.7421082614, -0.1235246094, 1.24505260223, -0.83173889296, 0.7520579519],
    ],
    "e": [
        [0, 2, 0, 2, 0, 4],
        [0.1574020490, 1.1018143433, 0.9444122942, 0.9444122942, 1.2592163923, 4.407257373],
        [-0.4133375841, 0.7159111413, -0.7225301049, 0.80758573390, -0.91224599593, -0.1181301772],
    ],
    "h": [
        [0, 0, 1, 0, 2, 3],
        [0, 1.4166184414, 0.5509071716, 0.5509071716, 1.8888245885, 4.407257373],
        [np.nan, -1.0007513582, 0.4498544676, -0.55184148291, 0.06276485534, -0.4081928869],
    ],
}
SNA_NETWORK = [
    [6, 2, 10, 11, 3, 32],
    [2.361030736, 8.657112697, 8.6571126972, 8.6571126972, 11.332947531, 39.665316358],
    [1.864459336, 4.277818599, 4.0218251545, 4.0218251545, 4.386197279, 11.143357336],
    [1.951755768, -1.556193313, 0.3338999711, 0.5825433013, -1.899811386, -0.687882128],
]


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


def test_roles_of_the_published_four_node_network():
    # R. V. Gould & R. M. Fernandez (1989), roles by definition; A→B A→C B→C B→D C→D D→A with groups {A,B} {C,D}.
    graph = nx.DiGraph(["AB", "AC", "BC", "BD", "CD", "DA"])
    roles = graph_brokerage(graph, {"A": 1, "B": 1, "C": 2, "D": 2})[[*ROLES]]
    assert roles.loc["A"].tolist() == [0, 1, 0, 1, 0]
    assert roles.loc["B"].tolist() == [0, 0, 1, 0, 0]
    assert roles.loc["C"].tolist() == [0, 0, 0, 1, 0]
    assert roles.loc["D"].tolist() == [0, 1, 1, 0, 0]


def test_broker_between_three_groups_is_a_liaison():
    roles = graph_brokerage(nx.DiGraph(["XY", "YZ"]), {"X": "npo", "Y": "city", "Z": "company"})[[*ROLES]]
    assert roles.loc["Y"].tolist() == [0, 0, 0, 0, 1]
    assert roles.drop("Y").to_numpy().sum() == 0


def test_undirected_ties_count_both_ways_so_representative_equals_gatekeeper():
    graph = nx.Graph([("a", "b"), ("b", "c")])
    roles = graph_brokerage(graph, {"a": 1, "b": 1, "c": 2})[[*ROLES]]
    assert roles.loc["b"].tolist() == [0, 0, 1, 1, 0]


@settings(max_examples=100, deadline=None)
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
    with pytest.raises(NetworkError, match="misses 1 nodes: c"):
        graph_brokerage(nx.path_graph(["a", "b", "c"]), {"a": 1, "b": 2})
    with pytest.raises(NetworkError, match="1 nodes have no group"):
        brokerage_roles(np.zeros((2, 2)), ["a", None])
    with pytest.raises(NetworkError, match="gives 1"):
        brokerage_roles(np.zeros((2, 2)), ["a"])


def test_groups_can_be_a_node_attribute():
    graph = nx.path_graph(3)
    nx.set_node_attributes(graph, {0: "a", 1: "b", 2: "c"}, "sector")
    assert graph_brokerage(graph, "sector").loc[1, "liaison"] == 2
    series = pd.Series(["a", "b", "c"])
    assert graph_brokerage(graph, series).equals(graph_brokerage(graph, "sector"))
    del graph.nodes[2]["sector"]
    with pytest.raises(NetworkError, match="misses 1"):
        graph_brokerage(graph, "sector")


def test_scores_of_each_node_and_of_the_network_are_those_of_sna():
    graph = nx.DiGraph((sender, to) for sender, sent in SNA_SENT.items() for to in sent)
    nodes = graph_brokerage(graph, SNA_GROUPS)
    for node, (count, expected, z) in SNA_NODES.items():
        assert nodes.loc[node, [*SCORES]].tolist() == count
        assert np.allclose(nodes.loc[node, [f"expected_{name}" for name in SCORES]].to_list(), expected)
        assert np.allclose(nodes.loc[node, [f"z_{name}" for name in SCORES]].to_list(), z, equal_nan=True)
    order = sorted(graph)
    whole = network_brokerage(nx.to_numpy_array(graph, nodelist=order), [SNA_GROUPS[node] for node in order])
    assert whole.index.tolist() == list(SCORES)
    assert np.allclose(whole.to_numpy().T, SNA_NETWORK)


@settings(max_examples=25, deadline=None)
@given(networks())
def test_scores_belong_together(network: tuple[np.ndarray, list[int]]):
    adjacency, groups = network
    scores = brokerage_scores(adjacency, groups)
    whole = network_brokerage(adjacency, groups)
    assert (scores["brokerage"] == scores[[*ROLES]].sum(axis=1)).all()
    assert (scores[[*SCORES]].sum() == whole["count"]).all()
    assert np.allclose(scores[[f"expected_{name}" for name in SCORES]].sum(), whole["expected"])
    assert not np.isinf(scores.to_numpy()).any()


def test_networks_where_nothing_can_vary_have_no_z():
    for adjacency in (np.zeros((0, 0)), np.zeros((1, 1)), np.zeros((4, 4)), np.ones((4, 4))):
        groups = list("aabc")[: len(adjacency)]
        scores = brokerage_scores(adjacency, groups)
        assert len(scores) == len(adjacency)
        assert scores.filter(like="z_").isna().all(axis=None)
        assert network_brokerage(adjacency, groups)["z"].isna().all()


def test_an_undirected_graph_is_compared_with_undirected_chance():
    graph = nx.cycle_graph(6)
    groups = dict.fromkeys(graph, "npo")
    counted = graph_brokerage(graph, groups)
    as_two_ties_each = graph_brokerage(graph.to_directed(), groups)
    assert counted[[*SCORES]].equals(as_two_ties_each[[*SCORES]])
    assert np.allclose(counted["z_coordinator"] * np.sqrt(2), as_two_ties_each["z_coordinator"])


def test_counts_too_large_for_the_packed_counters_are_the_same(monkeypatch: pytest.MonkeyPatch):
    random = np.random.default_rng(2)
    adjacency = random.random((40, 40)) < 0.3
    groups = random.integers(0, 3, 40)
    packed = brokerage_roles(adjacency, groups)
    monkeypatch.setattr(brokerage, "COUNTER_BITS", 3)
    assert brokerage_roles(adjacency, groups).equals(packed)


@pytest.mark.parametrize("weight", [-1.0, float("nan"), float("inf")])
def test_weights_that_are_no_strength_are_refused(weight: float):
    for measure in (brokerage_roles, brokerage_scores, network_brokerage):
        with pytest.raises(NetworkError, match="finite number of at least 0"):
            measure(np.array([[0, weight], [0, 0]]), ["a", "b"])

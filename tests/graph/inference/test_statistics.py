from __future__ import annotations

import doctest

import numpy as np
import pytest
from tests.graph.inference.test_draws import mixed_network

from tsunagari.errors import NetworkError, UnknownNameError
from tsunagari.graph.inference import statistics as module
from tsunagari.graph.inference.observed import Observed
from tsunagari.graph.inference.statistics import STATISTICS, check_statistics, statistics_named, values_of
from tsunagari.graph.measures.adjacency import checked_adjacency
from tsunagari.graph.measures.brokerage import brokerage_roles
from tsunagari.graph.measures.mixing import mixing
from tsunagari.graph.measures.structural_holes import structural_holes

ONE_MODE = [name for name, found in STATISTICS.items() if not found.two_mode]


def test_values_are_those_of_the_measures():
    network = mixed_network()
    matrix, found = network.adjacency(), values_of(network, ONE_MODE)
    roles = brokerage_roles(matrix, network.groups)
    assert found["liaison"].bodies.tolist() == roles["liaison"].tolist()
    assert found["brokerage"].whole == roles.to_numpy().sum()
    assert found["ei"].whole == pytest.approx(mixing(matrix, network.groups).ei)
    assert np.allclose(found["ei"].bodies, mixing(matrix, network.groups).of_node, equal_nan=True)
    assert found["constraint"].whole == pytest.approx(structural_holes(matrix)["constraint"].mean())


def test_segregation_is_zero_where_ties_cross_as_often_as_pairs_do():
    complete = checked_adjacency(1 - np.eye(6))
    assert values_of(Observed(complete, groups=np.arange(6) % 2), ["segregation"])["segregation"].whole == 0
    apart = np.kron(np.eye(2), 1 - np.eye(3))
    assert (
        values_of(Observed(checked_adjacency(apart), groups=np.arange(6) // 3), ["segregation"])["segregation"].whole
        == 1
    )


def test_transitivity_and_reciprocity_of_small_networks():
    for third, closed in (([1, 0, 0], 0.0), ([0, 0, 0], 0.0)):
        circle = Observed(checked_adjacency([[0, 1, 0], [0, 0, 1], third]))
        found = values_of(circle, ["transitivity", "reciprocity"])
        assert [value.whole for value in found.values()] == [closed, 0.0]
    chain = Observed(checked_adjacency([[0, 1, 1], [0, 0, 1], [0, 0, 0]]))  # a → b → c and a → c
    found = values_of(chain, ["transitivity", "reciprocity", "cut_points"])
    assert [value.whole for value in found.values()] == [1.0, 0.0, 0.0]


def test_overlap_is_the_mean_squared_number_of_shared_cells():
    members, places = np.array([0, 0, 1, 1, 2]), np.array([0, 1, 0, 1, 1])
    none = checked_adjacency(np.zeros((3, 3)))
    network = Observed(none, members, places, np.zeros(5, dtype=bool), np.array([2, 3]), two_mode=True)
    found = values_of(network, ["coverage_overlap"])["coverage_overlap"]
    assert found.whole == pytest.approx((4 + 1 + 1) / 3)
    assert found.bodies.tolist() == [5 / 3, 5 / 3, 1.0]


def test_a_network_without_ties_has_no_value():
    empty = Observed(checked_adjacency(np.zeros((4, 4))), groups=np.zeros(4, dtype=np.int64))
    found = values_of(empty, ["ei", "transitivity", "constraint", "segregation"])
    assert all(np.isnan(value.whole) for value in found.values())


def test_kinds_of_networks_are_kept_apart():
    with pytest.raises(NetworkError, match="two-mode networks"):
        check_statistics(["coverage_overlap"], two_mode=False)
    with pytest.raises(NetworkError, match="one-mode networks"):
        check_statistics(["brokerage"], two_mode=True)
    with pytest.raises(NetworkError, match="no value for each body"):
        check_statistics(["segregation"], two_mode=False, level="body")


def test_unknown_statistics_are_told_with_the_nearest():
    with pytest.raises(UnknownNameError, match="Nearest: betweenness"):
        statistics_named("betweeness")
    with pytest.raises(UnknownNameError, match="no statistic"):
        statistics_named([])


def test_examples_in_the_documentation():
    assert doctest.testmod(module).failed == 0

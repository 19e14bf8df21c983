from __future__ import annotations

import doctest

from tests.graph.inference.test_draws import mixed_network

from tsunagari.graph.inference import observed as module


def test_a_group_with_a_core_ties_it_to_each_of_the_others_and_them_not_to_each_other():
    network = mixed_network()
    shared = (network.adjacency() - network.ties).toarray()
    assert shared[0, 11] == shared[12, 0] == 1.0
    assert shared[11, 12] == 0.0


def test_other_groups_share_one_among_the_others():
    network = mixed_network()
    shared = (network.adjacency() - network.ties).toarray()
    assert abs(shared[7, [8, 9, 10]].sum() - 1.0) < 1e-12


def test_examples_in_the_documentation():
    assert doctest.testmod(module).failed == 0

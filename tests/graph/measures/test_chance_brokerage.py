from __future__ import annotations

import itertools
from functools import cache

import numpy as np
import pytest

from tsunagari.graph.measures import chance_brokerage
from tsunagari.graph.measures.chance_brokerage import SCORES, brokerage_deviation, expected_brokerage, expected_totals

GROUPS = [(0, 0, 0, 1), (0, 0, 1, 2), (0, 0, 1, 1), (0, 1, 2, 3)]


def role(groups: tuple[int, ...], a: int, b: int, c: int) -> int:
    sender, broker, receiver = groups[a], groups[b], groups[c]
    if sender == broker == receiver:
        return 0
    return 1 if sender == receiver else 2 if sender == broker else 3 if broker == receiver else 4


@cache
def all_networks(groups: tuple[int, ...], undirected: bool) -> tuple[np.ndarray, np.ndarray]:
    """Return the ties of every network of four nodes and the counts of each node's roles in it."""
    pairs = list(itertools.combinations(range(4), 2) if undirected else itertools.permutations(range(4), 2))
    choices = np.array(list(itertools.product((0, 1), repeat=len(pairs))))
    tied = np.zeros((len(choices), 4, 4), dtype=bool)
    for number, (one, other) in enumerate(pairs):
        tied[:, one, other] = choices[:, number]
        if undirected:
            tied[:, other, one] = choices[:, number]
    counts = np.zeros((len(choices), 4, 6))
    for a, b, c in itertools.permutations(range(4), 3):
        open_path = tied[:, a, b] & tied[:, b, c] & ~tied[:, a, c]
        counts[:, b, role(groups, a, b, c)] += open_path
        counts[:, b, 5] += open_path
    return choices, counts


def moments(counts: np.ndarray, chance: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    mean = np.tensordot(chance, counts, 1)
    return mean, np.sqrt(np.maximum(np.tensordot(chance, counts**2, 1) - mean**2, 0))


@pytest.mark.parametrize("groups", GROUPS)
@pytest.mark.parametrize("density", [0.5, 0.3])
@pytest.mark.parametrize("undirected", [False, True])
def test_mean_and_deviation_of_each_node_over_all_networks_of_four(
    groups: tuple[int, ...], density: float, undirected: bool
):
    choices, counts = all_networks(groups, undirected)
    chance = np.prod(np.where(choices, density, 1 - density), axis=1)
    mean, deviation = moments(counts, chance)
    assert np.allclose(expected_brokerage(groups, density), mean)
    assert np.allclose(brokerage_deviation(groups, density, undirected=undirected), deviation, atol=1e-7)


@pytest.mark.parametrize("groups", GROUPS)
@pytest.mark.parametrize("density", [0.5, 0.3])
def test_mean_and_exact_deviation_of_the_whole_network_over_all_networks_of_four(
    groups: tuple[int, ...], density: float
):
    choices, counts = all_networks(groups, False)
    chance = np.prod(np.where(choices, density, 1 - density), axis=1)
    mean, deviation = moments(counts.sum(axis=1), chance)
    found = expected_totals(groups, density, variance="exact")
    assert found.index.tolist() == list(SCORES)
    assert np.allclose(found["expected"], mean)
    assert np.allclose(found["deviation"], deviation, atol=1e-7)
    # that of sna is the same where no pair of paths varies against each other, and never smaller
    known = expected_totals(groups, density)
    assert np.allclose(known.loc[["itinerant", "liaison"]], found.loc[["itinerant", "liaison"]])
    assert (known["deviation"] >= found["deviation"] - 1e-12).all()


def test_numbers_of_a_country_do_not_overflow():
    ways, shared = chance_brokerage._of_groups(np.array([2_999_999, 1]))
    assert ways[0].tolist() == [2_999_998 * 2_999_997, 0, 2_999_998, 2_999_998, 0, 2_999_999 * 2_999_998]
    assert shared[0, 0] == 2_999_998 * 2_999_997 * 2_999_996
    assert (shared >= 0).all()


def test_nobody_has_nothing_to_expect():
    assert expected_brokerage([], 0.0).shape == (0, 6)
    assert brokerage_deviation([], 0.0).shape == (0, 6)
    assert expected_totals([], 0.0).to_numpy().sum() == 0

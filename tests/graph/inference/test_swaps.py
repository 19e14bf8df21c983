from __future__ import annotations

import doctest
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chisquare

from tsunagari.graph.inference import swaps as module
from tsunagari.graph.inference.swaps import FEWEST_ROUNDS, MOST_ROUNDS, UNMOVED, Pairs, exchanged, rounds_of

SEEDS = range(3)


def undirected(ties: list[tuple[int, int]], size: int) -> Pairs:
    one, other = (np.array(ends, dtype=np.int64) for ends in zip(*ties, strict=True))
    return Pairs(one, other, np.zeros(len(one), dtype=np.int64), np.array([True]), size, True)


def directed(ties: list[tuple[int, int]], size: int) -> Pairs:
    one, other = (np.array(ends, dtype=np.int64) for ends in zip(*ties, strict=True))
    return Pairs(one, other, np.zeros(len(one), dtype=np.int64), np.array([False]), size, True)


@given(st.sets(st.tuples(st.integers(0, 9), st.integers(0, 9)).filter(lambda tie: tie[0] < tie[1]), min_size=1))
@settings(max_examples=60, deadline=None)
def test_everybody_keeps_its_number_of_ties_and_no_pair_is_tied_twice(ties: set[tuple[int, int]]):
    pairs = undirected(sorted(ties), 10)
    found = exchanged(pairs, 5, np.random.default_rng(0))
    assert (np.bincount(np.r_[found.one, found.other]) == np.bincount(np.r_[pairs.one, pairs.other])).all()
    assert len(set(found.keys().tolist())) == len(ties)
    assert (found.one != found.other).all()


def test_the_ties_given_are_not_changed_and_the_same_seed_gives_the_same():
    pairs = undirected([(0, 1), (2, 3), (4, 5), (1, 2), (3, 4)], 6)
    before = pairs.one.copy(), pairs.other.copy()
    first, again = (exchanged(pairs, 8, np.random.default_rng(7)) for _ in range(2))
    assert first.keys().tolist() == again.keys().tolist()
    assert (pairs.one == before[0]).all()
    assert (pairs.other == before[1]).all()


@pytest.mark.parametrize("seed", SEEDS)
def test_every_network_with_these_numbers_of_ties_is_equally_likely(seed: int):
    """Six bodies with one tie each: fifteen ways to pair them."""
    draw, pairs = np.random.default_rng(seed), undirected([(0, 1), (2, 3), (4, 5)], 6)
    seen = Counter(tuple(sorted(exchanged(pairs, 12, draw).keys().tolist())) for _ in range(3000))
    assert len(seen) == 15
    assert chisquare(list(seen.values())).pvalue > 0.001


@pytest.mark.parametrize("seed", SEEDS)
def test_uneven_networks_are_equally_likely_too(seed: int):
    """Two bodies with two ties and four with one: counted by hand through all graphs of five edges below."""
    draw, pairs = np.random.default_rng(seed), undirected([(0, 1), (0, 2), (1, 3), (4, 5)], 6)
    wanted = np.array([2, 2, 1, 1, 1, 1])
    everything = [(one, other) for one in range(6) for other in range(one + 1, 6)]
    from itertools import combinations

    possible = {
        tuple(sorted(one * 6 + other for one, other in chosen))
        for chosen in combinations(everything, 4)
        if (np.bincount(np.array(chosen).ravel(), minlength=6) == wanted).all()
    }
    seen = Counter(tuple(sorted(exchanged(pairs, 20, draw).keys().tolist())) for _ in range(4000))
    assert set(seen) == possible
    assert chisquare([seen[key] for key in possible]).pvalue > 0.001


@pytest.mark.parametrize("seed", SEEDS)
def test_memberships_are_equally_likely(seed: int):
    """Four bodies in one group each, two groups of two: six ways."""
    draw = np.random.default_rng(seed)
    pairs = Pairs(np.arange(4), np.array([0, 0, 1, 1]), np.zeros(4, dtype=np.int64), np.array([False]), 2, False)
    seen = Counter(tuple(sorted(exchanged(pairs, 12, draw).keys().tolist())) for _ in range(2000))
    assert len(seen) == 6
    assert chisquare(list(seen.values())).pvalue > 0.001


def test_a_circle_of_three_can_be_turned_though_no_exchange_does():
    draw, circle = np.random.default_rng(1), directed([(0, 1), (1, 2), (2, 0)], 3)
    ways = Counter(
        tuple(sorted(zip(*(ends.tolist() for ends in (f.one, f.other)), strict=True)))
        for f in (exchanged(circle, 5, draw) for _ in range(400))
    )
    assert set(ways) == {((0, 1), (1, 2), (2, 0)), ((0, 2), (1, 0), (2, 1))}
    assert chisquare(list(ways.values())).pvalue > 0.001


def test_one_tie_has_nothing_to_change_with():
    alone = undirected([(0, 1)], 2)
    assert not alone.room()
    assert exchanged(alone, 3, np.random.default_rng(0)).keys().tolist() == alone.keys().tolist()


def test_kinds_change_among_themselves_only():
    pairs = Pairs(
        np.array([0, 1, 2, 3]), np.array([0, 1, 2, 3]), np.array([0, 0, 1, 1]), np.array([False, False]), 4, False
    )
    found = exchanged(pairs, 20, np.random.default_rng(3))
    assert sorted(found.other[:2].tolist()) == [0, 1]
    assert sorted(found.other[2:].tolist()) == [2, 3]


def test_after_the_rounds_no_more_ties_are_where_they_were_than_after_many_more():
    draw = np.random.default_rng(4)
    ends = np.argwhere(np.triu(draw.random((150, 150)) < 0.08, 1))
    pairs = undirected([(int(one), int(other)) for one, other in ends], 150)
    kept = [
        np.mean([len(np.intersect1d(exchanged(pairs, rounds, draw).keys(), pairs.keys())) for _ in range(30)])
        for rounds in (rounds_of(pairs), 200)
    ]
    assert kept[0] - kept[1] < 2 * UNMOVED * len(pairs)


def test_full_networks_take_more_rounds_and_there_is_a_limit():
    circles = [[(body, (body + step) % 40) for body in range(40) for step in range(1, last)] for last in (2, 5, 20)]
    rounds = [rounds_of(undirected(ties, 40)) for ties in circles]
    assert FEWEST_ROUNDS <= rounds[0] < rounds[1] < rounds[2] == MOST_ROUNDS
    assert rounds_of(Pairs(*(np.zeros(0, dtype=np.int64),) * 3, np.array([True]), 0, True)) == FEWEST_ROUNDS


def test_examples_in_the_documentation():
    assert doctest.testmod(module).failed == 0

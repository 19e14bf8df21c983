from __future__ import annotations

import doctest

import networkx as nx
import numpy as np
import pytest
from tests.graph.inference.test_draws import mixed_network

from tsunagari.errors import NetworkError
from tsunagari.graph.inference import against_chance as module
from tsunagari.graph.inference.against_chance import Comparison, adjusted, compare_with_chance
from tsunagari.graph.inference.observed import Observed
from tsunagari.graph.measures.adjacency import checked_adjacency


def karate() -> Observed:
    graph = nx.karate_club_graph()
    clubs = np.array([data["club"] == "Officer" for _, data in graph.nodes(data=True)]).astype(np.int64)
    return Observed(checked_adjacency(nx.to_scipy_sparse_array(graph, weight=None)), groups=clubs)


def test_the_karate_club_is_torn_apart_beyond_what_numbers_of_ties_explain():
    """W. W. Zachary (1977): ten or eleven of 78 ties cross the factions, which came apart."""
    (found,) = compare_with_chance(karate(), "ei", null="degree", draws=199)
    row = found.table().loc[0]
    assert row["observed"] < -0.7
    assert row["null_mean"] > -0.2
    assert row["p"] == pytest.approx(2 / 200)


def test_p_values_count_the_observed_network():
    drawn = np.array([[1.0], [2.0], [3.0]])
    row = Comparison("ei", "labels", np.array([3.0]), drawn, 0).table().loc[0]
    assert (row["p_high"], row["p_low"], row["p"]) == (0.5, 1.0, 1.0)
    assert row["null_mean"] == 2.0


def test_a_statistic_that_every_draw_shares_has_no_z_and_no_infinity():
    row = Comparison("ei", "labels", np.array([3.0]), np.ones((9, 1)), 0).table().loc[0]
    assert np.isnan(row["z"])
    assert row["null_sd"] == 0
    assert not np.isinf(row.to_numpy(dtype=float)).any()


def test_a_value_that_is_not_there_stays_away():
    table = Comparison("ei", "labels", np.array([np.nan, 1.0]), np.array([[0.0, 1.0], [np.nan, 2.0]]), 0).table()
    assert table["p"].isna().tolist() == [True, False]


def test_one_draw_has_no_spread():
    row = Comparison("ei", "labels", np.array([3.0]), np.ones((1, 1)), 0).table().loc[0]
    assert np.isnan(row["null_sd"])
    assert np.isnan(row["z"])


def test_a_statistic_that_follows_from_the_null_is_refused():
    for name, null in (("degree", "degree"), ("constraint", "labels"), ("brokerage", "labels")):
        with pytest.raises(NetworkError, match="follows from what the null"):
            compare_with_chance(karate(), name, null=null)


def test_bodies_and_networks_agree():
    whole = compare_with_chance(mixed_network(), "roles", draws=5, seed=3)
    bodies = compare_with_chance(mixed_network(), "roles", draws=5, seed=3, level="body")
    for one, other in zip(whole, bodies, strict=True):
        assert one.observed[0] == other.observed.sum()
        assert (one.drawn[:, 0] == other.drawn.sum(axis=1)).all()


def test_there_is_no_other_level():
    with pytest.raises(NetworkError, match="no level"):
        compare_with_chance(karate(), "ei", level="group")


def test_corrected_p_values_are_those_of_scipy():
    from scipy.stats import false_discovery_control

    p = np.random.default_rng(1).random(50)
    assert np.allclose(adjusted(p), false_discovery_control(p))


def test_examples_in_the_documentation():
    assert doctest.testmod(module).failed == 0

from __future__ import annotations

import doctest
from collections.abc import Callable

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


@pytest.mark.parametrize("equal", [0, 6, 30])
def test_draws_of_the_very_value_count_half_in_the_mid_p_and_fully_in_p(equal: int):
    """Two of the draws are above the observed value: the mid p is that of the middle place among equal ones."""
    drawn = np.array([9.0] * 2 + [5.0] * equal + [1.0] * (97 - equal))[:, None]
    row = Comparison("ei", "labels", np.array([5.0]), drawn, 0).table().loc[0]
    places = np.arange(3, 3 + equal + 1)  # from the highest, of a hundred
    assert row["p"] == pytest.approx(min(1, 2 * places.max() / 100))
    assert row["p_mid"] == pytest.approx(min(1, 2 * places.mean() / 100))
    assert row["p_mid"] >= 2 / 100


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


def test_density_null_is_the_cug_test_of_sna(r_sna: Callable[..., list[float]]):
    """C. T. Butts (2008), "Social network analysis with sna": cug.test conditions on the dyad census."""
    draw = np.random.default_rng(21)
    matrix = (draw.random((16, 16)) < 0.2).astype(float)
    matrix[:6, :6] = draw.random((6, 6)) < 0.7
    np.fill_diagonal(matrix, 0)
    script = """
    for (statistic in c(gtrans, function(g) centralization(symmetrize(g, "weak"), degree, mode = "graph"))) {
      test <- cug.test(y, statistic, mode = "digraph", cmode = "dyad.census", reps = 1000)
      cat(test$obs.stat, test$pgteobs, test$plteobs, mean(test$rep.stat), sd(test$rep.stat), "")
    }
    """
    theirs = np.array(r_sna(script, y=matrix)).reshape(2, 5)
    observed = Observed(checked_adjacency(matrix), groups=np.repeat(np.arange(4), 4))
    ours = compare_with_chance(observed, ["transitivity", "degree"], null="density", draws=999)
    for (value, high, low, mean, spread), found in zip(theirs, ours, strict=True):
        row = found.table().loc[0]
        assert row["observed"] == pytest.approx(value, abs=1e-5)
        assert row["p_high"] == pytest.approx(high, abs=0.05)
        assert row["p_low"] == pytest.approx(low, abs=0.05)
        assert row["null_mean"] == pytest.approx(mean, rel=0.05)
        assert row["null_sd"] == pytest.approx(spread, rel=0.15)


def test_the_southern_women_are_held_against_the_events_they_went_to():
    """A. Davis, B. B. Gardner & M. R. Gardner (1941): 18 women, 14 events, 89 attendances; beside swaps one by one."""
    graph = nx.davis_southern_women_graph()
    women = [node for node, data in graph.nodes(data=True) if data["bipartite"] == 0]
    events = [node for node, data in graph.nodes(data=True) if data["bipartite"] == 1]
    matrix = nx.bipartite.biadjacency_matrix(graph, women, events).toarray()
    members, places = np.nonzero(matrix)
    assert (*matrix.shape, len(members)) == (18, 14, 89)
    none = checked_adjacency(np.zeros((18, 18)))
    core = np.zeros(89, dtype=bool)
    observed = Observed(none, members, places, core, matrix.sum(axis=0).astype(np.int64), two_mode=True)
    (found,) = compare_with_chance(observed, "coverage_overlap", null="membership", draws=399)
    row = found.table().loc[0]
    drawn = np.array(overlaps_by_single_swaps(matrix.copy(), 400))
    assert row["null_mean"] == pytest.approx(drawn.mean(), rel=0.01)
    assert row["null_sd"] == pytest.approx(drawn.std(), rel=0.25)
    assert row["p_high"] == pytest.approx((drawn >= row["observed"]).mean(), abs=0.07)
    (by_fill,) = compare_with_chance(observed, "coverage_overlap", null="density", draws=199)
    assert by_fill.table().loc[0, "p"] == pytest.approx(2 / 200)  # uneven numbers alone make women meet


def overlaps_by_single_swaps(matrix: np.ndarray, draws: int) -> list[float]:
    """S² (A. Roberts & L. Stone 1990) in a long chain of checkerboard swaps, every 300th network."""
    draw = np.random.default_rng(4)
    found = []
    for step in range(300 * draws):
        (a, b), (c, d) = draw.choice(18, 2, replace=False), draw.choice(14, 2, replace=False)
        if matrix[a, c] == matrix[b, d] != matrix[a, d] == matrix[b, c]:
            matrix[np.ix_([a, b], [c, d])] = 1 - matrix[np.ix_([a, b], [c, d])]
        if step % 300 == 299:
            shared = matrix @ matrix.T
            np.fill_diagonal(shared, 0)
            found.append(float((shared.astype(float) ** 2).sum() / (18 * 17)))
    return found

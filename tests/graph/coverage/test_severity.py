from __future__ import annotations

import numpy as np
import pytest

from tsunagari.errors import NetworkError
from tsunagari.graph.coverage.coverage import SHOWN_STATUSES, STATUSES
from tsunagari.graph.coverage.severity import FORMULA, WEIGHTS, severities


def severity(status: str, *, planned: bool = False, connected: bool = False) -> float:
    return float(severities([[STATUSES.index(status)]], np.ones(1), [[planned]], [[connected]])[0, 0])


def test_a_plan_eases_a_known_gap_and_points_to_an_unknown_one():
    assert severity("none", planned=True) == 0.8
    assert severity("unknown", planned=True) == 0.6 > severity("unknown") == 0.5
    assert severity("single", connected=True) == 0.36


@pytest.mark.parametrize("need", [-1.0, float("inf")])
def test_a_need_that_is_no_share_is_refused(need: float):
    with pytest.raises(NetworkError, match="must be a number from 0 up"):
        severities([[0], [0]], np.array([1.0, need]), [[False]] * 2, [[False]] * 2)


def test_where_the_need_is_not_known_the_median_stands_in_and_no_need_at_all_weighs_nothing():
    none = [[STATUSES.index("none")]] * 3
    never = [[False]] * 3
    assert severities(none, np.array([100.0, np.nan, 300.0]), never, never).ravel().tolist() == [
        0.333333,
        0.666667,
        1.0,
    ]
    assert severities(none, np.zeros(3), never, never).max() == 0.0


def test_every_status_has_a_weight_and_the_formula_names_it():
    assert tuple(WEIGHTS) == SHOWN_STATUSES
    for weight in WEIGHTS.values():
        assert f" {weight:g}" in FORMULA.ja
        assert f" {weight:g}" in FORMULA.en

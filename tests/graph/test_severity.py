from __future__ import annotations

import pytest

from tsunagari.errors import NetworkError
from tsunagari.graph.coverage import STATUSES
from tsunagari.graph.severity import FORMULA, WEIGHTS, severity


def test_a_plan_eases_a_known_gap_and_points_to_an_unknown_one():
    assert severity("none", planned=1) == 0.8
    assert severity("unknown", planned=1) == 0.6 > severity("unknown") == 0.5


@pytest.mark.parametrize("need", [-1.0, float("nan"), 3.0])
def test_a_need_that_is_no_share_is_refused(need: float):
    with pytest.raises(NetworkError, match="must lie between 0 and the largest one"):
        severity("none", need=need, largest_need=2.0)


def test_every_status_has_a_weight_and_the_formula_names_it():
    assert set(WEIGHTS) == set(STATUSES)
    for weight in WEIGHTS.values():
        assert f" {weight:g}" in FORMULA.ja
        assert f" {weight:g}" in FORMULA.en

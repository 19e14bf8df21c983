"""The plan of extensions against the exact optimum of an integer programme, on small cases."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from tsunagari.errors import NetworkError
from tsunagari.graph.remedies.extensions import plan_extensions

AREAS, FIELDS, BODIES = 5, 2, 4
Case = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]


def words(reach: np.ndarray) -> np.ndarray:
    """Return bodies × municipalities as words of bits."""
    return (reach.astype(np.uint64) << np.arange(reach.shape[1], dtype=np.uint64)).sum(axis=1, dtype=np.uint64)[None]


def best(case: Case, budget: int, size: int) -> float:
    """Return the most that `budget` extensions can close: how often an offer is extended, and which gap it closes."""
    severity, offers, local, reach = case
    places = np.argwhere(offers).tolist()
    closes = [
        (number, area, field)
        for number, (field, body) in enumerate(places)
        for area in range(len(severity))
        if reach[body, area] and not local[area * len(offers) + field, body] and severity[area, field] > 0
    ]
    if not closes:
        return 0.0
    width = len(places) + len(closes)
    rows, limits = [np.r_[np.ones(len(places)), np.zeros(len(closes))]], [budget]
    for number in range(len(places)):
        row = np.zeros(width)
        row[number] = -size
        row[len(places) :] = [found == number for found, _, _ in closes]
        rows.append(row)
        limits.append(0)
    for cell in {(area, field) for _, area, field in closes}:
        rows.append(np.r_[np.zeros(len(places)), [(area, field) == cell for _, area, field in closes]])
        limits.append(1)
    worth = np.r_[np.zeros(len(places)), [-severity[area, field] for _, area, field in closes]]
    upper = np.r_[np.full(len(places), budget), np.ones(len(closes))]
    rule = LinearConstraint(np.array(rows), -np.inf, np.array(limits))
    found = milp(worth, constraints=rule, integrality=np.ones(width), bounds=Bounds(0, upper))
    return float(-found.fun)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    def truths(rows: int, columns: int) -> np.ndarray:
        flat = draw(st.lists(st.booleans(), min_size=rows * columns, max_size=rows * columns))
        return np.array(flat).reshape(rows, columns)

    levels = st.lists(st.sampled_from([0.0, 0.4, 0.5, 0.6, 1.0]), min_size=AREAS * FIELDS, max_size=AREAS * FIELDS)
    offers = truths(FIELDS, BODIES)
    local = truths(AREAS * FIELDS, BODIES) & truths(AREAS * FIELDS, BODIES) & np.tile(offers, (AREAS, 1))
    return np.array(draw(levels)).reshape(AREAS, FIELDS), offers, local, truths(BODIES, AREAS)


@settings(max_examples=40)
@given(cases(), st.integers(1, 4), st.integers(1, 3))
def test_the_plan_keeps_its_promise_and_the_bound_holds(case: Case, budget: int, size: int):
    severity, offers, local, reach = case
    plan = plan_extensions(severity, offers, local, words(reach), budget=budget, size=size)
    optimum = best(case, budget, size)
    assert (1 - (1 - 1 / budget) ** budget) * optimum <= plan.closed + 1e-6
    assert plan.closed <= optimum + 1e-6 <= plan.upper_bound + 2e-6
    closed = [(area, step.field) for step in plan.steps for area in step.areas]
    assert len(closed) == len(set(closed))
    assert plan.closed == pytest.approx(sum(severity[cell] for cell in closed))
    for step in plan.steps:
        assert len(step.areas) <= size
        assert offers[step.field, step.body]
        assert all(reach[step.body, area] for area in step.areas)
        assert not any(local[area * FIELDS + step.field, step.body] for area in step.areas)
    gains = [step.gain for step in plan.steps]
    assert gains == sorted(gains, reverse=True)


@settings(max_examples=20)
@given(cases(), st.integers(1, 3))
def test_without_a_budget_everything_within_reach_is_closed_and_no_plan_is_shorter_than_said(case: Case, size: int):
    severity, offers, local, reach = case
    plan = plan_extensions(severity, offers, local, words(reach), budget=None, size=size)
    assert plan.closed == pytest.approx(plan.within_reach) == pytest.approx(plan.upper_bound)
    assert plan.closed == pytest.approx(best(case, AREAS * FIELDS, size))
    enough = next(number for number in range(len(plan.steps) + 1) if best(case, number, size) >= plan.closed - 1e-6)
    assert plan.fewest <= enough <= len(plan.steps)


def test_greedy_is_not_always_the_best_and_says_how_far_it_may_be():
    # the first extension takes the middle four; the two others together would close all six
    reach = np.array([[0, 1, 1, 1, 1, 0], [1, 1, 1, 0, 0, 0], [0, 0, 0, 1, 1, 1]], dtype=bool)
    case = (np.ones((6, 1)), np.ones((1, 3), dtype=bool), np.zeros((6, 3), dtype=bool), reach)
    plan = plan_extensions(*case[:3], words(reach), budget=2, size=4)
    assert ([step.body for step in plan.steps], plan.closed) == ([0, 1], 5.0)
    assert best(case, 2, 4) == pytest.approx(6)
    assert plan.upper_bound == 6
    assert plan.guarantee == pytest.approx(5 / 6)


def test_equally_severe_gaps_are_taken_from_near_to_far():
    case = (np.ones((3, 1)), np.ones((1, 1)), np.zeros((3, 1)), np.array([[7]], dtype=np.uint64))
    plan = plan_extensions(*case, budget=1, size=2, remoteness=lambda body: np.array([2, 0, 1]))
    assert plan.steps[0].areas == (1, 2)


def test_no_gaps_nobody_and_no_budget_are_empty_plans():
    nobody = np.zeros((1, 0), dtype=np.uint64)
    for severity, offers, local, reach, budget in (
        (np.zeros((2, 1)), np.ones((1, 1)), np.zeros((2, 1)), np.array([[3]], dtype=np.uint64), 5),
        (np.ones((2, 1)), np.ones((1, 0)), np.zeros((2, 0)), nobody, 5),
        (np.ones((2, 1)), np.ones((1, 1)), np.zeros((2, 1)), np.array([[3]], dtype=np.uint64), 0),
        (np.zeros((0, 1)), np.ones((1, 1)), np.zeros((0, 1)), np.zeros((0, 1), dtype=np.uint64), None),
    ):
        plan = plan_extensions(severity, offers, local, reach, budget=budget)
        assert (plan.steps, plan.closed, plan.upper_bound, plan.guarantee) == ((), 0.0, 0.0, 1.0)


@pytest.mark.parametrize(("worth", "budget", "size"), [(1.0, -1, 1), (1.0, 1, 0), (-1.0, 1, 1), (np.nan, 1, 1)])
def test_what_makes_no_sense_is_an_error(worth: float, budget: int, size: int):
    with pytest.raises(NetworkError):
        plan_extensions([[worth]], [[1]], [[0]], np.array([[1]], dtype=np.uint64), budget=budget, size=size)

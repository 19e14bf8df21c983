from __future__ import annotations

import doctest
from collections.abc import Callable

import networkx as nx
import numpy as np
import pytest
from scipy import sparse
from tests.graph.managers import ADVICE, FRIENDSHIP, REPORTS

from tsunagari.errors import NetworkError
from tsunagari.graph.inference import qap as module
from tsunagari.graph.inference.qap import mrqap, qap_correlation

BUSINESS = """Barbadori-Castellani Barbadori-Ginori Barbadori-Medici Barbadori-Peruzzi Bischeri-Guadagni
Bischeri-Lamberteschi Bischeri-Peruzzi Castellani-Lamberteschi Castellani-Peruzzi Ginori-Medici Guadagni-Lamberteschi
Lamberteschi-Peruzzi Medici-Pazzi Medici-Salviati Medici-Tornabuoni"""
R_SCRIPT = """
fit <- netlm(y, list(a, b), nullhyp = "qapspp", reps = 2000)
test <- qaptest(list(y, a), gcor, g1 = 1, g2 = 2, reps = 2000)
cat(fit$coefficients, fit$pgreq, test$testval, test$pgreq)
"""


def families() -> tuple[np.ndarray, np.ndarray]:
    """The marriages and business ties of sixteen families (J. F. Padgett & C. K. Ansell 1993)."""
    marriages = nx.florentine_families_graph()
    business = nx.Graph([tuple(pair.split("-")) for pair in BUSINESS.split()])
    names = sorted({*marriages, *business, "Pucci"})
    for graph in (marriages, business):
        graph.add_nodes_from(names)
    one, other = (nx.to_numpy_array(graph, nodelist=names) for graph in (marriages, business))
    return one, other


def test_marriage_and_business_of_the_florentine_families_go_together_as_printed():
    """Hanneman & Riddle (2005), Introduction to Social Network Methods, chapter 18: r = .372, p = .0007."""
    found = qap_correlation(*families(), draws=4_999).loc[0]
    assert round(found["observed"], 3) == 0.372
    assert found["p_high"] < 0.004
    assert abs(found["null_mean"]) < 0.01


def test_dense_and_sparse_ways_give_the_same(monkeypatch: pytest.MonkeyPatch):
    sparsely = qap_correlation(*families(), draws=50, seed=3)
    monkeypatch.setattr(module, "FEW_VALUES", 0.0)
    densely = qap_correlation(*families(), draws=50, seed=3)
    assert np.allclose(sparsely.to_numpy(), densely.to_numpy())
    turned = qap_correlation(*reversed(families()), draws=500, seed=3).loc[0]
    assert abs(turned["null_sd"] - qap_correlation(*families(), draws=500).loc[0, "null_sd"]) < 0.02


def test_permutations_are_of_bodies_not_of_cells():
    """All permutations of three bodies can be written down: six, of which one is the order observed."""
    one = np.array([[0, 1, 0], [0, 0, 1], [1, 0, 0]], dtype=float)
    found = qap_correlation(one, one, draws=6_000).loc[0]
    assert found["observed"] == pytest.approx(1.0)
    assert found["p_high"] == pytest.approx(0.5, abs=0.03)  # three of the six turn the circle and keep it


def test_two_modes_are_permuted_on_their_own():
    draw = np.random.default_rng(2)
    cells = draw.random((8, 5))
    found = qap_correlation(cells, cells + 0.1 * draw.random((8, 5)), two_mode=True, draws=199).loc[0]
    assert found["p_high"] == pytest.approx(1 / 200)
    table = mrqap(cells, {"same": cells + 0.1 * draw.random((8, 5))}, two_mode=True, draws=199)
    assert table.loc[1, "p"] == pytest.approx(1 / 200)


def test_a_predictor_that_only_follows_another_is_not_taken_for_a_cause():
    draw = np.random.default_rng(5)
    cause = draw.random((25, 25))
    shadow = cause + 0.3 * draw.random((25, 25))
    table = mrqap(cause + 0.2 * draw.random((25, 25)), {"cause": cause, "shadow": shadow}, draws=199)
    assert table.set_index("predictor").loc["cause", "p"] == pytest.approx(1 / 200)
    assert table.set_index("predictor").loc["shadow", "p"] > 0.05
    assert 0.9 < table.attrs["r_squared"] < 1


def test_sparse_matrices_are_taken_too():
    one, other = families()
    dense = qap_correlation(one, other, draws=20)
    assert dense.equals(qap_correlation(sparse.csr_array(one), sparse.csr_array(other), draws=20))


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        (np.eye(4)[:, :3], np.eye(4)[:, :3], "square"),
        (np.ones((4, 4)), np.eye(4), "same value"),
        (np.arange(9.0).reshape(3, 3), np.arange(16.0).reshape(4, 4), "differ in shape"),
        (np.arange(4.0).reshape(2, 2), np.arange(4.0).reshape(2, 2), "three rows"),
        (np.full((3, 3), np.nan), np.eye(3), "no finite value"),
    ],
)
def test_what_cannot_be_compared_is_refused(one: np.ndarray, other: np.ndarray, said: str):
    with pytest.raises(NetworkError, match=said):
        qap_correlation(one, other, draws=5)


def test_predictors_that_explain_each_other_are_refused():
    one, other = families()
    with pytest.raises(NetworkError, match="explain each other"):
        mrqap(one, {"a": other, "b": 2 * other})
    with pytest.raises(NetworkError, match="no predictor"):
        mrqap(one, {})


def test_the_same_as_sna_in_r(r_sna: Callable[..., list[float]]):
    draw = np.random.default_rng(9)
    a, b = draw.normal(size=(2, 15, 15))
    y = 0.3 * a + draw.normal(size=(15, 15))
    numbers = r_sna(R_SCRIPT, y=y, a=a, b=b)
    table = mrqap(y, {"a": a, "b": b}, draws=2_000)
    assert np.allclose(table["estimate"], numbers[:3], atol=1e-5)
    assert np.allclose(table["p_high"][1:], numbers[4:6], atol=0.05)
    correlation = qap_correlation(y, a, draws=2_000).loc[0]
    assert correlation["observed"] == pytest.approx(numbers[6], abs=1e-6)
    assert correlation["p_high"] == pytest.approx(numbers[7], abs=0.05)


def test_advice_and_friendship_of_managers_follow_who_reports_to_whom(r_sna: Callable[..., list[float]]):
    """D. Krackhardt (1987): densities as S. Wasserman & K. Faust (1994) print them; estimates of R's sna."""
    assert (ADVICE.sum(), FRIENDSHIP.sum(), REPORTS.sum()) == (190, 102, 20)
    assert (round(ADVICE.sum() / 420, 3), round(FRIENDSHIP.sum() / 420, 3)) == (0.452, 0.243)
    numbers = r_sna(R_SCRIPT, y=ADVICE, a=FRIENDSHIP, b=REPORTS)
    table = mrqap(ADVICE, {"friendship": FRIENDSHIP, "reports": REPORTS}, draws=2_000)
    assert np.allclose(table["estimate"], numbers[:3], atol=1e-5)
    assert np.allclose(table["p_high"][1:], numbers[4:6], atol=0.03)
    found = qap_correlation(ADVICE, FRIENDSHIP, draws=2_000).loc[0]
    assert found["observed"] == pytest.approx(numbers[6], abs=1e-6)
    assert found["p_high"] == pytest.approx(numbers[7], abs=0.02)
    assert found["p_high"] < 0.05  # friends are asked for advice, more than the order of bodies gives
    assert table.set_index("predictor").loc["reports", "p"] < 0.01


def test_examples_in_the_documentation():
    assert doctest.testmod(module).failed == 0

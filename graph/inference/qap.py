"""Regression and correlation of networks whose rows are permuted together: QAP and MRQAP, of one and of two modes.

Ties of one body depend on each other, so the usual standard errors do not hold. The quadratic assignment procedure
permutes the bodies of the outcome, rows and columns together, which keeps all dependence within it (D. Krackhardt 1987,
"QAP partialling as a test of spuriousness", Social Networks 9(2)). With several predictors each is tested by permuting
what the others do not explain of it (double semi-partialling: D. Dekker, D. Krackhardt & T. A. B. Snijders 2007,
"Sensitivity of MRQAP tests to collinearity and autocorrelation conditions", Psychometrika 72(4)).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from tsunagari.errors import Message, NetworkError
from tsunagari.graph.measures import Floats, Integers

DRAWS, SEED = 1_000, 0
ROWS_AT_ONCE = 50
FEW_VALUES = 0.3  # share of values that are not 0 below which they alone are gone through
INTERCEPT = "(intercept)"
MRQAP_COLUMNS = ("predictor", "estimate", "p_high", "p_low", "p", "draws")

Square = npt.NDArray[np.float64]


def qap_correlation(
    one: Any, other: Any, *, draws: int = DRAWS, seed: int = SEED, two_mode: bool = False
) -> pd.DataFrame:
    """Correlate two networks of the same bodies and hold the correlation against permuted ones.

    Parameters
    ----------
    one, other
        Dense or sparse matrices of one shape, rows and columns in the same order; square unless `two_mode`. The
        diagonal of a square matrix is left out.
    draws
        How often the bodies of `one` are permuted; the same seed gives the same.
    seed
        Of the permutations.
    two_mode
        Rows and columns are different things and permuted on their own; the diagonal counts then.

    Returns
    -------
    DataFrame
        One row: ``observed`` (Pearson's r), ``null_mean``, ``null_sd``, ``p_high`` and ``p_low`` (share of the
        permutations, the observed order counted, with as much or more, as little or less), ``p`` (two-sided: as far
        from 0 or further) and ``draws``.

    Raises
    ------
    NetworkError
        The shapes differ, there are fewer than three rows, or a matrix is constant.

    Examples
    --------
    >>> ring = np.roll(np.eye(6), 1, axis=1)
    >>> found = qap_correlation(ring, ring, draws=99)
    >>> float(found.loc[0, "observed"]), float(found.loc[0, "p_low"])
    (1.0, 1.0)
    """
    left, right = _checked(one, two_mode), _checked(other, two_mode)
    if left.shape != right.shape:
        raise NetworkError(
            Message(
                f"行列の形が違います（{left.shape} と {right.shape}）。",
                f"The matrices differ in shape: {left.shape} and {right.shape}.",
            )
        )
    chance = np.random.default_rng(seed)
    kept = _off_diagonal(left.shape, two_mode)
    products = _Products(np.where(kept, left, 0.0), np.where(kept, right, 0.0))
    same = np.arange(left.shape[0]), np.arange(left.shape[1])
    orders = [same, *(_order(left.shape, two_mode, chance) for _ in range(draws))]
    sums = np.array([products.of(order) for order in orders])
    one_values, other_values = left[kept], right[kept]
    number = len(one_values)
    shared = sums / number - one_values.mean() * other_values.mean()
    found = (shared / (one_values.std() * other_values.std())).round(12)
    return pd.DataFrame([{"observed": float(found[0]), **_against(float(found[0]), found[1:])}])


def mrqap(
    outcome: Any,
    predictors: Mapping[str, Any],
    *,
    draws: int = DRAWS,
    seed: int = SEED,
    two_mode: bool = False,
) -> pd.DataFrame:
    """Regress one network on others and test each by double semi-partialling.

    Parameters
    ----------
    outcome
        Matrix of what is to be explained.
    predictors
        Name to matrix, all of one shape.
    draws, seed, two_mode
        As for `qap_correlation`.

    Returns
    -------
    DataFrame
        The columns of `MRQAP_COLUMNS`, a row for the intercept (not tested) and each predictor: the estimate by least
        squares; ``p_high``, ``p_low`` and ``p`` compare t values, as R's `sna::netlm` does with
        ``nullhyp = "qapspp"``. ``attrs["r_squared"]`` is the share of the variance that is explained.

    Raises
    ------
    NetworkError
        The shapes differ, a matrix is constant, or predictors explain each other entirely.

    Examples
    --------
    >>> draw = np.random.default_rng(1)
    >>> cause, noise = draw.random((2, 12, 12))
    >>> found = mrqap(2 * cause + 0.1 * noise, {"cause": cause}, draws=99)
    >>> found["predictor"].tolist(), float(found.loc[1, "estimate"].round(1)), float(found.loc[1, "p"])
    (['(intercept)', 'cause'], 2.0, 0.01)
    """
    if not predictors:
        raise NetworkError(Message("説明する行列がありません。", "There is no predictor."))
    matrices = {name: _checked(matrix, two_mode) for name, matrix in predictors.items()}
    target = _checked(outcome, two_mode)
    if any(matrix.shape != target.shape for matrix in matrices.values()):
        raise NetworkError(Message("行列の形が揃っていません。", "The matrices differ in shape."))
    kept = _off_diagonal(target.shape, two_mode)
    values = np.column_stack([np.ones(int(kept.sum())), *(matrix[kept] for matrix in matrices.values())])
    if np.linalg.matrix_rank(values) < values.shape[1]:
        raise NetworkError(
            Message("説明する行列が互いに独立でありません。", "The predictors explain each other entirely."),
            Message("どれかを外してください。", "Leave one of them out."),
        )
    wanted = target[kept]
    estimates, t_values = _least_squares(values, wanted)
    chance = np.random.default_rng(seed)
    rows: list[dict[str, Any]] = [{"predictor": INTERCEPT, "estimate": estimates[0], "draws": draws}]
    for place, name in enumerate(matrices, start=1):
        others = np.delete(values, place, axis=1)
        residual = np.zeros(target.shape)
        residual[kept] = values[:, place] - others @ np.linalg.lstsq(others, values[:, place], rcond=None)[0]
        basis, _ = np.linalg.qr(others)
        left = wanted - basis @ (basis.T @ wanted)
        beside = np.zeros((basis.shape[1] + 1, *target.shape))
        beside[:, kept] = np.vstack((left, basis.T))
        drawn = np.empty(draws)
        for number in range(draws):
            sums = _permuted_sums(residual, beside, _order(target.shape, two_mode, chance))
            drawn[number] = _partial_t(sums, float((residual**2).sum()), left, values.shape[1])
        found = _against(float(t_values[place]), drawn)
        rows.append({"predictor": name, "estimate": estimates[place], **found})
    table = pd.DataFrame(rows, columns=list(MRQAP_COLUMNS))
    off = wanted - values @ estimates
    table.attrs["r_squared"] = 1 - float((off**2).sum()) / float(((wanted - wanted.mean()) ** 2).sum())
    return table


def _checked(matrix: Any, two_mode: bool) -> Square:
    dense = matrix.toarray() if hasattr(matrix, "toarray") else matrix
    found = np.asarray(dense, dtype=np.float64)
    if found.ndim != 2 or (not two_mode and found.shape[0] != found.shape[1]):
        raise NetworkError(
            Message(f"正方行列が必要です（{found.shape}）。", f"A square matrix is needed, not one of {found.shape}.")
        )
    if not np.isfinite(found).all():
        raise NetworkError(Message("値のない欄があります。", "A cell has no finite value."))
    if min(found.shape) < 3:
        raise NetworkError(
            Message("入れ替えるには 3 行以上が必要です。", "There must be three rows at least to permute.")
        )
    kept = found[_off_diagonal(found.shape, two_mode)]
    if np.ptp(kept) == 0:
        raise NetworkError(
            Message(
                "どの組も同じ値なので、比べられません。",
                "A matrix has the same value for every pair: nothing to compare.",
            )
        )
    return found


def _off_diagonal(shape: tuple[int, ...], two_mode: bool) -> npt.NDArray[np.bool_]:
    return np.ones(shape, dtype=bool) if two_mode else ~np.eye(shape[0], dtype=bool)


def _order(shape: tuple[int, ...], two_mode: bool, chance: np.random.Generator) -> tuple[Integers, Integers]:
    rows = chance.permutation(shape[0])
    return rows, chance.permutation(shape[1]) if two_mode else rows


class _Products:
    """Sums of the products of one matrix, permuted, with another: where one has few values that are not 0, by these."""

    def __init__(self, one: Square, other: Square) -> None:
        filled = [float((matrix != 0).mean()) for matrix in (one, other)]
        self.turned = filled[1] < filled[0]  # to permute the other the opposite way gives the same sum
        self.few, self.whole = (other, one) if self.turned else (one, other)
        self.places: tuple[Integers, Integers] | None = None
        if min(filled) < FEW_VALUES:
            rows, columns = np.nonzero(self.few)
            self.places, self.values = (np.bincount(rows, minlength=len(one)), columns), self.few[rows, columns]
            self.same = float(self.values[0]) if len(self.values) and not np.ptp(self.values) else None
            self.flat, self.width = _smallest(self.whole).ravel(), self.whole.shape[1]

    def of(self, order: tuple[Integers, Integers]) -> float:
        """Return the sum for one order of rows and columns."""
        rows, columns = (np.argsort(axis) for axis in order) if self.turned else order
        if self.places is None:
            return float(_permuted_sums(self.whole, self.few[None], (rows, columns))[0])
        number, there = self.places
        place = np.repeat(rows * self.width, number)
        place += columns[there]
        found = self.flat.take(place)
        return float(found.sum(dtype=np.float64)) * self.same if self.same is not None else float(self.values @ found)


def _smallest(values: Square) -> npt.NDArray[Any]:
    """Return whole numbers below 256 in a byte each, so that more of them are near; other values as they are."""
    few = values.min() >= 0 and values.max() < 1 << 8 and not (values % 1).any()
    return values.astype(np.uint8) if few else values


def _permuted_sums(moved: Square, others: Square, order: tuple[Integers, Integers]) -> Floats:
    """Return the sums of the products of a permuted matrix with each of `others`, in pieces that stay near."""
    rows, columns = order
    found = np.zeros(len(others))
    taken = np.empty((ROWS_AT_ONCE, moved.shape[1]))
    mixed = np.empty_like(taken)
    for start in range(0, len(rows), ROWS_AT_ONCE):
        part = rows[start : start + ROWS_AT_ONCE]
        moved.take(part, axis=0, out=taken[: len(part)], mode="clip")  # unlike "raise" it needs no room of its own
        taken[: len(part)].take(columns, axis=1, out=mixed[: len(part)], mode="clip")
        piece = mixed[: len(part)]
        found += np.einsum("ij,kij->k", piece, others[:, start : start + len(part)])  # short sums are not for threads
    return found


def _least_squares(values: Floats, wanted: Floats) -> tuple[Floats, Floats]:
    estimates = np.linalg.lstsq(values, wanted, rcond=None)[0]
    off = wanted - values @ estimates
    variance = float((off**2).sum()) / (len(wanted) - values.shape[1])
    spread = np.sqrt(variance * np.diag(np.linalg.inv(values.T @ values)))
    return np.asarray(estimates, dtype=np.float64), np.asarray(estimates / spread, dtype=np.float64)


def _partial_t(sums: Floats, squares: float, left: Floats, columns: int) -> float:
    """Return the t value of a permuted residual beside the other predictors, by what they leave of both.

    `sums` are its products with what they leave of the outcome and with each of their directions; `squares` is the sum
    of its squares, which no order changes.
    """
    size = squares - float(sums[1:] @ sums[1:])
    slope = float(sums[0]) / size
    off = float(left @ left) - slope**2 * size
    return float(slope / np.sqrt(off / (len(left) - columns) / size))


def _against(observed: float, drawn: Floats) -> dict[str, float]:
    slack, number = 1e-9 * max(abs(observed), 1e-3), len(drawn)
    high = (int((drawn >= observed - slack).sum()) + 1) / (number + 1)
    low = (int((drawn <= observed + slack).sum()) + 1) / (number + 1)
    far = (int((np.abs(drawn) >= abs(observed) - slack).sum()) + 1) / (number + 1)
    spread = float(drawn.std(ddof=1)) if number > 1 else float("nan")
    return {
        "null_mean": float(drawn.mean()),
        "null_sd": spread,
        "p_high": high,
        "p_low": low,
        "p": far,
        "draws": number,
    }

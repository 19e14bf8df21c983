"""A statistic held against the random networks of a null: p value, interval, mean and spread.

A p value counts the observed network among the draws: (1 + draws as extreme or more) / (draws + 1), so it is never 0
and never smaller than the number of draws allows (A. C. Davison & D. V. Hinkley 1997, Bootstrap Methods and their
Application, 4.2; B. Phipson & G. K. Smyth 2010, "Permutation p-values should never be zero", Statistical Applications
in Genetics and Molecular Biology 9(1)). Two-sided p values double the smaller of both sides. Draws with the very value
observed count on both sides, so where there are such draws, as for counts, a test finds something less often than its
level says, never more often. ``p_mid`` counts half of them on each side (H. O. Lancaster 1961, "Significance tests in
discrete distributions", Journal of the American Statistical Association 56): nearer to the level, without the promise.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from tsunagari.errors import Message, NetworkError
from tsunagari.graph.inference.draws import draws_of
from tsunagari.graph.inference.nulls import Null, check_null, fitting_null, null_named
from tsunagari.graph.inference.observed import Observed
from tsunagari.graph.inference.statistics import (
    STATISTICS,
    check_statistics,
    constant_under,
    statistics_named,
    values_of,
)
from tsunagari.graph.measures import Floats

DRAWS, SEED, LEVEL = 199, 0, 0.95
LEVELS = ("network", "body")
COLUMNS = ("observed", "null_mean", "null_sd", "null_low", "null_high", "z", "p_high", "p_low", "p", "p_mid", "draws")


@dataclass(frozen=True)
class Comparison:
    """What random networks give for a statistic; arrays have one value a body, or one for the whole network.

    Parameters
    ----------
    statistic, null
        What was held against what.
    observed
        Of the network as it is.
    drawn
        Draws × values.
    seed
        Of the draws.
    """

    statistic: str
    null: Null
    observed: Floats
    drawn: Floats
    seed: int

    def table(self) -> pd.DataFrame:
        """Return the columns of `COLUMNS`, a row for each value.

        >>> found = Comparison("ei", "labels", np.array([1.0]), np.array([[0.0], [1.0], [0.0]]), 0)
        >>> found.table()[["null_mean", "p_high", "p_low", "p", "p_mid"]].round(2).values.tolist()
        [[0.33, 0.5, 1.0, 1.0, 0.75]]
        """
        known = ~np.isnan(self.observed) & ~np.isnan(self.drawn).any(axis=0)
        drawn, found = self.drawn[:, known], self.observed[known]
        slack = 1e-9 * np.maximum(np.abs(found), 1e-3)  # sums in another order differ in the last bits
        number = len(self.drawn)
        more, less = (drawn > found + slack).sum(axis=0), (drawn < found - slack).sum(axis=0)
        high, low = (number - less + 1) / (number + 1), (number - more + 1) / (number + 1)
        middle = (np.minimum(more, less) + (number - more - less) / 2 + 1) / (number + 1)
        mean = drawn.mean(axis=0)
        spread = drawn.std(axis=0, ddof=1) if number > 1 else np.full(len(found), np.nan)
        spread = np.where(np.ptp(drawn, axis=0) <= slack, 0.0, spread) if number > 1 else spread
        cut = (1 - LEVEL) / 2
        ends = np.quantile(drawn, [cut, 1 - cut], axis=0) if drawn.size else np.zeros((2, len(found)))
        z = (found - mean) / np.where(spread > 0, spread, np.nan)
        sides = (np.minimum(1.0, 2 * side) for side in (np.minimum(high, low), middle))
        columns = (mean, spread, *ends, z, high, low, *sides)
        table = pd.DataFrame(np.nan, index=range(len(self.observed)), columns=list(COLUMNS))
        table["observed"] = self.observed
        for name, values in zip(COLUMNS[1:-1], columns, strict=True):
            table.loc[known, name] = values
        table["draws"] = number
        return table


def compare_with_chance(
    observed: Observed,
    statistics: str | Sequence[str],
    *,
    null: str | None = None,
    draws: int = DRAWS,
    seed: int = SEED,
    level: str = "network",
) -> list[Comparison]:
    """Hold statistics of a network against those of random networks.

    Parameters
    ----------
    observed
        The network.
    statistics
        Keys of `tsunagari.graph.inference.statistics.STATISTICS`; all are computed in the same random networks.
    null
        One of `tsunagari.graph.inference.nulls.NULLS`; None takes the one that keeps what is trivially true.
    draws, seed
        How many random networks; the same seed gives the same.
    level
        ``"network"`` for the whole, ``"body"`` for every body.

    Raises
    ------
    UnknownNameError
        There is no such statistic or null.
    NetworkError
        The null does not fit the network, the statistic not the null, or only one network is possible.

    Examples
    --------
    >>> from tsunagari.graph.measures.adjacency import checked_adjacency
    >>> ties = checked_adjacency([[0, 1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 1], [0, 0, 1, 0]])
    >>> (found,) = compare_with_chance(Observed(ties, groups=np.array([0, 0, 1, 1])), "ei", null="labels", draws=99)
    >>> found.table().loc[0, "observed"]
    np.float64(-1.0)
    """
    names = statistics_named(statistics)
    check_level(level)
    check_statistics(names, two_mode=observed.two_mode, level=level)
    chosen = fitting_null(observed) if null is None else null_named(null)
    check_null(observed, chosen)
    for name in names:
        if constant_under(name, chosen):
            raise NetworkError(
                Message(
                    f"{STATISTICS[name].label.ja}は、帰無モデル {chosen} が保つものだけで決まるので、検定できません。",
                    f"{name} follows from what the null {chosen} keeps: every random network has the same.",
                ),
                Message("別の統計量か帰無モデルを選んでください。", "Choose another statistic or null."),
            )
    own = _values(observed, names, level)
    drawn = [_values(network, names, level) for network in draws_of(observed, chosen, draws, seed)]
    return [
        Comparison(name, chosen, own[place], np.stack([found[place] for found in drawn]), seed)
        for place, name in enumerate(names)
    ]


def _values(observed: Observed, names: Sequence[str], level: str) -> list[Floats]:
    found: Any = values_of(observed, names)
    return [
        np.array([found[name].whole]) if level == "network" else np.asarray(found[name].bodies, dtype=np.float64)
        for name in names
    ]


def check_level(level: str) -> None:
    """Raise `NetworkError` when there is no such level.

    Examples
    --------
    >>> check_level("body")
    """
    if level not in LEVELS:
        raise NetworkError(
            Message(f"「{level}」という単位はありません。", f"There is no level {level!r}."),
            Message("network か body を選んでください。", "Choose network or body."),
        )


def adjusted(p_values: Floats) -> Floats:
    """Return what each p value is worth among all: the share of false findings at it (q values).

    Source: Y. Benjamini & Y. Hochberg (1995), "Controlling the false discovery rate", JRSS B 57(1). NaN stays NaN.

    Examples
    --------
    >>> adjusted(np.array([0.01, 0.5, np.nan, 0.02])).round(2).tolist()
    [0.03, 0.5, nan, 0.03]
    """
    known = np.flatnonzero(~np.isnan(p_values))
    order = known[np.argsort(p_values[known])]
    scaled = p_values[order] * len(order) / np.arange(1, len(order) + 1)
    found = np.full(len(p_values), np.nan)
    found[order] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1.0)
    return found

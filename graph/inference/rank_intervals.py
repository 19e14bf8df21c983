"""How far a rank can be trusted: where each body would stand had lists with as many errors again been read.

Whole records are left out and added (`tsunagari.graph.inference.record_errors`), the network is made anew from what is
left, and the measure is computed again. The middle share of the ranks of a body is its interval. A body whose interval
overlaps that of every other has no rank that the data tell. Source: S. P. Borgatti, K. M. Carley & D. Krackhardt
(2006), "On the robustness of centrality measures under conditions of imperfect data", Social Networks 28(2), 124-136.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from tsunagari.errors import Message, NetworkError
from tsunagari.graph.inference.record_errors import RecordErrors
from tsunagari.graph.inference.records import Records
from tsunagari.graph.measures import (
    Accuracy,
    Adjacency,
    Floats,
    Integers,
    check_one_each,
    either_way,
    measure_named,
    open_paths,
    parts_without,
)

LEVEL = 0.9
BROKERAGE = "brokerage"
MOST_COUNTED = 1_000_000
"""Scores that are counts below it are ranked by counting instead of sorting."""
PLACES = ("rank_low", "rank_high", "enough_data")
COLUMNS = ("rank", *PLACES, "cut_point_share")

Scores: TypeAlias = Callable[[Adjacency], Floats]
Kept: TypeAlias = npt.NDArray[np.bool_]
Ranks: TypeAlias = npt.NDArray[np.int32]


def rank_intervals(
    records: Records,
    measure: str | Scores = BROKERAGE,
    *,
    listed: Any = None,
    errors: RecordErrors | None = None,
    level: float = LEVEL,
    cut_points: bool = False,
) -> pd.DataFrame:
    """Return the rank of each node and the interval in which it lies when lists are wrong.

    Parameters
    ----------
    records
        The network record by record.
    measure
        ``"brokerage"`` (open two-paths through the node, the sum of the five roles), a key of
        `tsunagari.graph.measures.MEASURES`, or a function from a matrix to one value a node, high for the first;
        NaN ranks last.
    listed
        Which nodes are ranked; default all. The others are part of the network all the same. Nodes without a tie are
        not ranked.
    errors
        How wrong lists are taken to be; default `RecordErrors` as it stands.
    level
        Share of the draws, above 0 and at most 1, that the interval holds; the same share is cut off above and below.
    cut_points
        Whether to look for cut points in each draw as well.

    Returns
    -------
    DataFrame
        One row a node in the order of the network. ``rank`` is the place by the measure with all records, shared by
        equal values; ``rank_low`` and ``rank_high`` (best and worst place) hold it. Of equal values each may be
        anywhere among them, so the interval of a body that always equals others spans them all. ``enough_data`` is
        False where the interval overlaps those of all others: no place can be told then. NaN (``pd.NA``) and False for
        nodes that are not ranked; with fewer than two that are, nothing can be told. ``cut_point_share`` is the share
        of the draws, 0 to 1, in which the node is a cut point; NaN unless asked for.

    Raises
    ------
    UnknownNameError
        There is no such measure.
    NetworkError
        `listed` has not one value a node, or `level` makes no sense.

    Examples
    --------
    >>> star = Records.of_matrix([[0, 1, 1, 1], [1, 0, 0, 0], [1, 0, 0, 0], [1, 0, 0, 0]])
    >>> rank_intervals(star, "degree", errors=RecordErrors(missing=0.05)).iloc[:, :4].values.tolist()
    [[1, 1, 1, True], [2, 2, 4, True], [2, 2, 4, True], [2, 2, 4, True]]
    """
    asked = errors or RecordErrors()
    _check(level)
    matrix = records.observed().adjacency()
    size = records.size
    tied = np.diff(either_way(matrix).indptr) > 0
    named = np.ones(size, dtype=bool) if listed is None else np.asarray(listed, dtype=bool)
    check_one_each(len(named), size)
    ranked = np.flatnonzero(tied & named)
    scores = _scores(measure)
    best = np.empty((asked.draws + 1, len(ranked)), dtype=np.int32)
    worst, cut = np.empty_like(best), np.zeros(size)
    best[0], worst[0] = _places(scores(matrix)[ranked])
    for draw in range(asked.draws):
        drawn, found = _drawn(records, measure, scores, asked, draw)
        best[draw + 1], worst[draw + 1] = _places(found[ranked])
        if cut_points:
            cut += parts_without(drawn) > 1
    low, high = _middle(best, worst, level)
    table = pd.DataFrame({name: pd.array([pd.NA] * size, dtype="Int64") for name in COLUMNS[:3]})
    for name, values in zip(COLUMNS[:3], (best[0], low, high), strict=True):
        table.loc[ranked, name] = values.astype(np.int64)
    enough = np.zeros(size, dtype=bool)
    enough[ranked] = ~_overlaps_all(low, high)
    table["enough_data"] = enough
    table["cut_point_share"] = cut / asked.draws if cut_points else np.nan
    return table


def _check(level: float) -> None:
    if 0 < level <= 1:
        return
    raise NetworkError(
        Message(
            f"幅の割合は 0 より大きく 1 以下でなければなりません（{level}）。",
            f"A level is above 0 and at most 1, not {level}.",
        )
    )


def _drawn(
    records: Records, measure: str | Scores, scores: Scores, errors: RecordErrors, draw: int
) -> tuple[Adjacency, Floats]:
    """Return the matrix of a draw and the score of each node in it."""
    if isinstance(measure, str) and measure == BROKERAGE:
        matrix, paths = records.drawn_paths(errors, draw)
        return matrix, paths.astype(np.float64)
    matrix = records.drawn(errors, draw).adjacency()
    return matrix, scores(matrix)


def _scores(measure: str | Scores) -> Scores:
    """Return what gives one value a node, high for the first."""
    if not isinstance(measure, str):
        return lambda matrix: np.asarray(measure(matrix), dtype=np.float64)
    if measure == BROKERAGE:
        return lambda matrix: open_paths(matrix).astype(np.float64)
    found = measure_named(measure)
    sign = -1.0 if found.low_first else 1.0

    def scores(matrix: Adjacency) -> Floats:
        values: Floats = found.compute(matrix, Accuracy()).values.round(12)
        return sign * values

    return scores


def standing(place: Mapping[str, Any], *, tied: bool = True, lang: str = "ja") -> str:
    """Return a row of `rank_intervals` as text: the place and its interval, or that the data do not tell it.

    Examples
    --------
    >>> standing({"rank": 2, "rank_low": 1, "rank_high": 4, "enough_data": True})
    '2（1–4）'
    >>> standing({"rank": 1, "rank_low": 1, "rank_high": 9, "enough_data": False}, lang="en")
    'insufficient data'
    """
    if not tied:
        return Message("つながりなし", "no ties").text(lang)
    if not place["enough_data"]:
        return Message("データ不足", "insufficient data").text(lang)
    rank, low, high = (int(place[name]) for name in COLUMNS[:3])
    if low == high:
        return f"{rank:,}"
    return Message(f"{rank:,}（{low:,}–{high:,}）", f"{rank:,} ({low:,}–{high:,})").text(lang)


def _places(scores: Floats) -> tuple[Integers, Integers]:
    """Return the best and the worst place of each score among them, 1 for the highest; NaN is the lowest."""
    number = _from_the_highest(scores)
    same = np.bincount(number)
    worst = np.cumsum(same)
    return (worst - same + 1)[number], worst[number]


def _from_the_highest(scores: Floats) -> Integers:
    """Return a number for each score, the same for the same and 0 for the highest; counts need no sorting."""
    highest = scores.max(initial=0.0)
    if highest < MOST_COUNTED and (scores >= 0).all() and not (scores % 1).any():
        return np.asarray(highest - scores, dtype=np.int64)
    _, number = np.unique(-np.where(np.isnan(scores), -np.inf, scores), return_inverse=True)
    return np.asarray(number, dtype=np.int64)


def _middle(best: Ranks, worst: Ranks, level: float) -> tuple[Integers, Integers]:
    """Return the interval of each column; it holds the observed places, the first row."""
    if not best.shape[1]:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    cut = round((1 - level) / 2, 12)
    low = np.quantile(best[1:], cut, axis=0, method="lower")
    high = np.quantile(worst[1:], 1 - cut, axis=0, method="higher")
    return np.minimum(low, best[0]).astype(np.int64), np.maximum(high, worst[0]).astype(np.int64)


def _overlaps_all(low: Integers, high: Integers) -> Kept:
    """Tell which intervals overlap every other one."""
    if len(low) < 2:
        return np.ones(len(low), dtype=bool)
    latest, earliest = np.sort(low)[-2:], np.sort(high)[:2]
    others_latest = np.where(low == latest[1], latest[0], latest[1])
    others_earliest = np.where(high == earliest[0], earliest[1], earliest[0])
    return np.asarray((high >= others_latest) & (low <= others_earliest), dtype=bool)

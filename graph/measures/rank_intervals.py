"""How far a rank can be trusted: where each body would stand had some of the ties been missed.

Lists of ties are never complete. As S. P. Borgatti, K. M. Carley & D. Krackhardt (2006), "On the robustness of
centrality measures under conditions of imperfect data", Social Networks 28(2), 124-136, ties are taken away at random
and the measure is computed again: what a further list with as many gaps would have shown. The middle share of the ranks
of a body is its interval. A body whose interval overlaps that of every other has no rank that the data tell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from tsunagari.errors import Message, NetworkError
from tsunagari.graph.measures.adjacency import (
    Adjacency,
    Floats,
    Integers,
    check_one_each,
    checked_adjacency,
    either_way,
)
from tsunagari.graph.measures.centrality import measure_named
from tsunagari.graph.measures.closed_paths import triangles
from tsunagari.graph.measures.estimate import SEED, Accuracy

MISSING = 0.1
REPLICATES = 100
LEVEL = 0.9
BROKERAGE = "brokerage"
MOST_COUNTED = 1_000_000
"""Scores that are counts below it are ranked by counting instead of sorting."""
PLACES = ("rank_low", "rank_high", "enough_data")
COLUMNS = ("rank", *PLACES)

Scores: TypeAlias = Callable[[Adjacency], Floats]
Kept: TypeAlias = npt.NDArray[np.bool_]
Ranks: TypeAlias = npt.NDArray[np.int32]


def rank_intervals(
    adjacency: Any,
    measure: str | Scores = BROKERAGE,
    *,
    listed: Any = None,
    missing: float = MISSING,
    replicates: int = REPLICATES,
    level: float = LEVEL,
    seed: int = SEED,
) -> pd.DataFrame:
    """Return the rank of each node and the interval in which it lies when ties are missing.

    Parameters
    ----------
    adjacency
        Matrix of weights, rows send to columns; symmetric for an undirected network.
    measure
        ``"brokerage"`` (open two-paths through the node, the sum of the five roles), a key of
        `tsunagari.graph.measures.MEASURES`, or a function from a matrix to one value a node, high for the first;
        NaN ranks last.
    listed
        Which nodes are ranked; default all. The others are part of the network all the same. Nodes without a tie are
        not ranked.
    missing
        Share of the ties, at least 0 and below 1, that each replicate leaves out. The tie of a pair is left out in
        both directions at once.
    replicates
        How often, at least 1.
    level
        Share of the replicates, above 0 and at most 1, that the interval holds; the same share is cut off above and
        below.
    seed
        The same seed gives the same intervals.

    Returns
    -------
    DataFrame
        One row a node in the order of the matrix. ``rank`` is the place by the measure with all ties, shared by equal
        values; ``rank_low`` and ``rank_high`` (best and worst place) hold it. Of equal values each may be anywhere
        among them, so the interval of a body that always equals others spans them all. ``enough_data`` is False where
        the interval overlaps those of all others: no place can be told then. NaN (``pd.NA``) and False for nodes that
        are not ranked; with fewer than two that are, nothing can be told.

    Raises
    ------
    UnknownNameError
        There is no such measure.
    NetworkError
        A weight is negative or not a number; `listed` has not one value a node; `missing`, `replicates` or `level`
        make no sense.

    Examples
    --------
    >>> star = [[0, 1, 1, 1], [1, 0, 0, 0], [1, 0, 0, 0], [1, 0, 0, 0]]
    >>> rank_intervals(star, "degree", missing=0.05).values.tolist()
    [[1, 1, 1, True], [2, 2, 4, True], [2, 2, 4, True], [2, 2, 4, True]]
    """
    _check(missing, replicates, level)
    matrix = checked_adjacency(adjacency)
    size = int(matrix.shape[0])
    tied = (np.diff(matrix.indptr) > 0) | (np.bincount(matrix.indices, minlength=size) > 0)
    named = np.ones(size, dtype=bool) if listed is None else np.asarray(listed, dtype=bool)
    check_one_each(len(named), size)
    ranked = np.flatnonzero(tied & named)
    scores = _brokerage_replicates(matrix) if measure == BROKERAGE else _replicates(matrix, measure)
    places = _observed_and_resampled(scores, ranked, missing, replicates, seed)
    low, high = _middle(*places, level)
    table = pd.DataFrame({name: pd.array([pd.NA] * size, dtype="Int64") for name in COLUMNS[:3]})
    for name, values in zip(COLUMNS[:3], (places[0][0], low, high), strict=True):
        table.loc[ranked, name] = values.astype(np.int64)
    enough = np.zeros(size, dtype=bool)
    enough[ranked] = ~_overlaps_all(low, high)
    table["enough_data"] = enough
    return table


def _check(missing: float, replicates: int, level: float) -> None:
    if 0 <= missing < 1 and replicates >= 1 and 0 < level <= 1:
        return
    raise NetworkError(
        Message(
            "記載もれの割合は 0 以上 1 未満、回数は 1 以上、幅の割合は 0 より大きく 1 以下でなければなりません"
            f"（{missing}、{replicates}、{level}）。",
            "A missing rate is at least 0 and below 1, a number of replicates at least 1, and a level above 0 and at "
            f"most 1; not {missing}, {replicates} and {level}.",
        )
    )


Resampled: TypeAlias = Callable[[Kept | None], Floats]
"""From the pairs that are kept, None for all, to the scores."""


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


class _Pairs:
    """The pairs of a network that are tied in one or both directions, from the end with fewer contacts to the other."""

    def __init__(self, matrix: Adjacency) -> None:
        both = either_way(matrix)
        contacts = np.diff(both.indptr)
        size = int(matrix.shape[0])
        place = np.empty(size, dtype=np.int64)
        place[np.argsort(contacts, kind="stable")] = np.arange(size)
        source = np.repeat(np.arange(size), contacts)
        upward = place[source] < place[both.indices]
        ends = (source[upward], both.indices[upward].astype(np.int64))
        self.matrix = checked_adjacency(sparse.csr_array((np.ones(len(ends[0])), ends), shape=(size, size)))
        self.source = np.repeat(np.arange(size), np.diff(self.matrix.indptr))
        self.target = self.matrix.indices.astype(np.int64)

    def __len__(self) -> int:
        return len(self.source)


def _replicates(matrix: Adjacency, measure: str | Scores) -> tuple[int, Resampled]:
    """Return the number of pairs and what computes the scores when some of them are left out."""
    compute = _named(measure) if isinstance(measure, str) else measure
    pairs = _Pairs(matrix)
    size = int(matrix.shape[0])
    rows = np.repeat(np.arange(size), np.diff(matrix.indptr))
    keys, wanted = _pair_keys(pairs.source, pairs.target, size), _pair_keys(rows, matrix.indices.astype(np.int64), size)
    order = np.argsort(keys)
    of_tie = order[np.searchsorted(keys[order], wanted)]

    def scores(kept: Kept | None) -> Floats:
        if kept is None:
            return np.asarray(compute(matrix), dtype=np.float64)
        left = kept[of_tie]
        start = np.concatenate(([0], np.cumsum(np.bincount(rows[left], minlength=size))))
        thinned = sparse.csr_array((matrix.data[left], matrix.indices[left], start), shape=matrix.shape)
        return np.asarray(compute(thinned), dtype=np.float64)

    return len(pairs), scores


def _pair_keys(one: Integers, other: Integers, size: int) -> Integers:
    """Return a number for each pair, the same in both directions."""
    found: Integers = np.minimum(one, other).astype(np.int64) * size + np.maximum(one, other)
    return found


def _named(name: str) -> Scores:
    found = measure_named(name)
    sign = -1.0 if found.low_first else 1.0

    def scores(matrix: Adjacency) -> Floats:
        values: Floats = found.compute(matrix, Accuracy()).values.round(12)
        return sign * values

    return scores


def _brokerage_replicates(matrix: Adjacency) -> tuple[int, Resampled]:
    """Return the same for open two-paths: contacts are counted anew, triangles are listed once."""
    pairs = _Pairs(matrix)
    size = int(matrix.shape[0])
    present = [_present(matrix, *ends) for ends in ((pairs.source, pairs.target), (pairs.target, pairs.source))]
    forth, back = present
    closed = _closed(pairs, forth, back)

    def scores(kept: Kept | None) -> Floats:
        given = np.ones(len(pairs), dtype=bool) if kept is None else kept
        sent, received, mutual = (
            np.bincount(pairs.source[given & leaving], minlength=size)
            + np.bincount(pairs.target[given & entering], minlength=size)
            for leaving, entering in ((forth, back), (back, forth), (forth & back, forth & back))
        )
        paths = received * sent - mutual
        for numbers, brokers, counts in closed:
            there = given[numbers].all(axis=0)
            for broker, count in zip(brokers, counts, strict=True):
                paths -= np.bincount(broker[there], weights=count[there], minlength=size).astype(np.int64)
        return np.asarray(paths, dtype=np.float64)

    return len(pairs), scores


def _present(matrix: Adjacency, sources: Integers, targets: Integers) -> Kept:
    if not len(sources):
        return np.zeros(0, dtype=bool)
    return np.asarray(matrix[sources, targets]).ravel() > 0


Closed: TypeAlias = list[tuple[npt.NDArray[np.int32], npt.NDArray[np.int32], npt.NDArray[np.uint8]]]


def _closed(pairs: _Pairs, forth: Kept, back: Kept) -> Closed:
    """Return of each triangle its three pairs, its three nodes, and how many closed two-paths run through each."""
    found: Closed = []
    for one, other, third in triangles(pairs.matrix):
        first = pairs.source[one]
        second, last = pairs.target[one], pairs.target[other]
        ahead = pairs.source[third] == second  # whether the third pair leads from the second node to the last
        nodes = np.stack((first, second, last)).astype(np.int32)
        straight = (forth[one], forth[other], np.where(ahead, forth[third], back[third]))
        turned = (back[one], back[other], np.where(ahead, back[third], forth[third]))
        tie = {(0, 1): straight[0], (0, 2): straight[1], (1, 2): straight[2]}
        tie |= {(1, 0): turned[0], (2, 0): turned[1], (2, 1): turned[2]}
        counts = [
            (tie[a, b] & tie[b, c] & tie[a, c]).astype(np.uint8) + (tie[c, b] & tie[b, a] & tie[c, a])
            for b, a, c in ((0, 1, 2), (1, 0, 2), (2, 0, 1))
        ]
        found.append((np.stack((one, other, third)).astype(np.int32), nodes, np.stack(counts)))
    return found


def _observed_and_resampled(
    measured: tuple[int, Resampled], ranked: Integers, missing: float, replicates: int, seed: int
) -> tuple[Ranks, Ranks]:
    """Return best and worst places: the first row with all ties, the others with some left out."""
    pairs, scores = measured
    best = np.empty((replicates + 1, len(ranked)), dtype=np.int32)
    worst = np.empty_like(best)
    for number, kept in enumerate(_draws(pairs, missing, replicates, seed)):
        best[number], worst[number] = _places(scores(kept)[ranked])
    return best, worst


def _draws(pairs: int, missing: float, replicates: int, seed: int) -> Iterator[Kept | None]:
    yield None
    chance = np.random.default_rng(seed)
    for _ in range(replicates):
        yield chance.random(pairs) >= missing


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

"""Key players: the set of bodies whose loss would hurt a network most, or that together reach most of it.

Source: S. P. Borgatti (2006), "Identifying sets of key players in a social network", Computational and Mathematical
Organization Theory 12(1). The best set is not the set of the best: two brokers of the same gap are no better than one.
Directions and weights are ignored unless asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, TypeAlias

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph

from tsunagari.errors import Message, NetworkError, UnknownNameError
from tsunagari.graph.measures.adjacency import Adjacency, Floats, checked_adjacency, either_way, rows_within
from tsunagari.graph.measures.closeness import harmonic
from tsunagari.graph.measures.connectivity import connected_pairs_without
from tsunagari.graph.measures.exact_key_players import (
    MOST_SETS,
    MOST_SETS_BY_DISTANCE,
    Ways,
    best_of_all,
    most_covering,
    search_bound,
)

MOST_FOR_DISTANCES = 2_000
MOST_FOR_WAYS = 1_000
TIED = 1e-12
FEW = 200  # bodies up to which a search by distances takes well under a second

Finder: TypeAlias = Callable[[Adjacency, int, int], list[int]]


@dataclass(frozen=True, slots=True)
class KeyPlayers:
    """A set of key players.

    Parameters
    ----------
    rows
        Their rows in the order in which the search took them.
    score
        What the set reaches: its `fragmentation` or `reach`, from 0 to 1.
    before
        The same without anybody: the fragmentation of the whole network, or 0.
    exact
        Whether no set of the size is better: all were tried, or an integer program proved it.
    bound
        What no set of the size exceeds: the score where it is exact; 1 where nothing better is known.
    """

    rows: list[int]
    score: float
    before: float
    exact: bool = False
    bound: float = 1.0


def fragmentation(adjacency: Any, removed: Sequence[int] = (), *, distance_weighted: bool = False) -> float:
    """Return how far a network falls apart without some of its bodies (KPP-Neg).

    Parameters
    ----------
    adjacency
        Square matrix.
    removed
        Rows of the bodies that are taken out.
    distance_weighted
        Count for a connected pair 1 divided by its distance, so that longer ways count as damage too (Borgatti's DF).

    Returns
    -------
    Share of the pairs of the remaining bodies that are not connected, 0 to 1; 1 when fewer than two remain.

    Raises
    ------
    NetworkError
        The matrix is no sound adjacency matrix, or a row is not in it.

    Examples
    --------
    >>> line = [[0, 1, 0], [1, 0, 1], [0, 1, 0]]
    >>> fragmentation(line), fragmentation(line, [1]), round(fragmentation(line, distance_weighted=True), 3)
    (0.0, 1.0, 0.167)
    """
    rest = _without(either_way(checked_adjacency(adjacency)), removed)
    size = rest.shape[0]
    if size < 2:
        return 1.0
    if distance_weighted:
        return 1.0 - float(harmonic(rest).mean())
    parts = np.bincount(csgraph.connected_components(rest, directed=False)[1]).astype(np.float64)
    return 1.0 - float((parts * (parts - 1)).sum()) / (size * (size - 1))


def reach(adjacency: Any, chosen: Sequence[int], *, steps: int | None = None) -> float:
    """Return how much of a network a set of bodies reaches (KPP-Pos).

    Parameters
    ----------
    adjacency
        Square matrix.
    chosen
        Rows of the set; its members count as reached.
    steps
        Share of the bodies within so many steps of a member. None weighs everybody with 1 divided by the distance to
        the nearest member (Borgatti's distance-weighted reach).

    Returns
    -------
    From 0 to 1; 0 for an empty set or network.

    Raises
    ------
    NetworkError
        The matrix is no sound adjacency matrix, or a row is not in it.

    Examples
    --------
    >>> line = [[0, 1, 0], [1, 0, 1], [0, 1, 0]]
    >>> round(reach(line, [0], steps=1), 3), round(reach(line, [0]), 3)
    (0.667, 0.833)
    """
    ties = either_way(checked_adjacency(adjacency))
    size = ties.shape[0]
    front = np.zeros(size, dtype=np.bool_)
    front[rows_within(chosen, size)] = True
    seen, total, distance = front.copy(), float(front.sum()), 0
    while front.any() and (steps is None or distance < steps):
        distance += 1
        front = np.asarray(ties @ front.astype(np.float64) > 0) & ~seen
        seen |= front
        total += float(front.sum()) / (1 if steps is not None else distance)
    return total / size if size else 0.0


def key_players(
    adjacency: Any,
    count: int,
    goal: str = "fragmentation",
    *,
    steps: int = 1,
    directed: bool = False,
    weighted: bool = False,
) -> KeyPlayers:
    """Find a set of key players: the best one where that can be proved, else one by search.

    Where there are at most `tsunagari.graph.measures.exact_key_players.MOST_SETS` sets all are tried (by distance
    `MOST_SETS_BY_DISTANCE`); for ``reach`` an integer program is asked. Else each time the body is taken that adds
    most, among equals the first row, and ``exact`` and ``bound`` of the result say how far off it may be.

    ===========================  =====================================================================================
    goal                         the set
    ===========================  =====================================================================================
    ``fragmentation``            without which the most pairs are no longer connected; any size of network. The greedy
                                 set is improved by exchanging members
    ``distance_fragmentation``   the same, with ways that become longer; networks of at most `MOST_FOR_DISTANCES`
    ``reach``                    with the most bodies within ``steps`` of a member; any size. The greedy set reaches at
                                 least 63 % of what the best one does (G. L. Nemhauser, L. A. Wolsey & M. L. Fisher
                                 1978, Mathematical Programming 14)
    ``distance_reach``           nearest to everybody; networks of at most `MOST_FOR_DISTANCES`; 63 % as well
    ===========================  =====================================================================================

    Parameters
    ----------
    adjacency
        Square matrix.
    count
        How many to find; all of them where there are fewer.
    goal
        See above.
    steps
        For ``reach``.
    directed
        Ways follow the direction of the ties: pairs count from one to the other, and a set reaches along ties that lead
        away from it (An & Liu 2016); networks of at most `MOST_FOR_WAYS`.
    weighted
        A way is the shorter the stronger its ties, in the goals by distance: the strongest tie has length 1.

    Raises
    ------
    UnknownNameError
        There is no such goal; the hint lists them.
    NetworkError
        The matrix is no sound adjacency matrix, too large for the goal, `count` or `steps` is below 1, or weights are
        asked for in a goal that counts steps.

    Examples
    --------
    >>> key_players([[0, 1, 0], [1, 0, 1], [0, 1, 0]], 1)
    KeyPlayers(rows=[1], score=1.0, before=0.0, exact=True, bound=1.0)
    """
    matrix = checked_adjacency(adjacency)
    ties = either_way(matrix)
    finder = _finder(goal)
    _check_asked(ties, count, goal, steps, directed=directed, weighted=weighted)
    number = min(count, int(ties.shape[0]))
    ways = Ways.of(matrix, directed=directed, weighted=weighted) if directed or weighted else None
    score = _scoring(ties, goal, steps) if ways is None else lambda rows: ways.score(goal, rows, steps)
    rows = finder(ties, number, steps) if ways is None else ways.search(goal, number, steps)
    bound, exact = 1.0, False
    most = MOST_SETS_BY_DISTANCE if ways is not None or goal.startswith("distance") else MOST_SETS
    every = best_of_all(int(ties.shape[0]), number, score, most)
    if every is not None:
        rows, exact = (every if score(every) > score(rows) + TIED else rows), True
    elif goal == "reach" and ways is None:
        rows, bound, exact = _proved(ties, rows, number, steps)
    value = score(rows)
    if not weighted:  # a weak tie is a longer way: then fewer ties than these bounds count hold pairs together
        bound = min(bound, _bound(matrix if directed else ties, number, goal, value, ways is None))
    before = score([]) if goal.endswith("fragmentation") else 0.0
    exact = exact or value >= bound - TIED
    return KeyPlayers(rows, value, before, exact, value if exact else bound)


def _bound(ties: Adjacency, count: int, goal: str, value: float, greedy: bool) -> float:
    """Return what no set of the size exceeds; a greedy set reaches at least 63 % of what the best one does."""
    both = either_way(ties)
    degrees = np.diff(both.indptr).astype(np.float64)
    pairs = ties.nnz / 2  # a tie one way connects one of the two ordered pairs
    bound = search_bound(degrees, pairs, count, goal) if ties.shape[0] else 1.0
    return min(bound, value / (1 - 1 / np.e)) if goal.endswith("reach") and greedy else bound


def _check_asked(ties: Adjacency, count: int, goal: str, steps: int, *, directed: bool, weighted: bool) -> None:
    if count < 1 or steps < 1:
        raise NetworkError(
            Message(
                "人数と歩数は 1 以上でなければなりません。", "The size of the set and the steps must be at least 1."
            )
        )
    if weighted and not goal.startswith("distance"):
        raise NetworkError(
            Message(
                f"目標 {goal} は歩数だけを数えるので、重みは使えません。",
                f"The goal {goal} counts steps alone: weights say nothing in it.",
            ),
            Message(
                "distance_fragmentation か distance_reach を使ってください。",
                "Use distance_fragmentation or distance_reach.",
            ),
        )
    by_ways = directed or weighted
    most = MOST_FOR_WAYS if by_ways else MOST_FOR_DISTANCES
    if (by_ways or goal.startswith("distance")) and ties.shape[0] > most:
        raise NetworkError(
            Message(
                f"距離による目標は {most:,} 団体までです（{ties.shape[0]:,} 団体あります）。",
                f"Goals by distance are for at most {most:,} bodies; there are {ties.shape[0]:,}.",
            ),
            Message("fragmentation か reach を使ってください。", "Use fragmentation or reach."),
        )


def _scoring(ties: Adjacency, goal: str, steps: int) -> Callable[[list[int]], float]:
    weighted = goal.startswith("distance")
    if goal.endswith("fragmentation"):
        return lambda rows: fragmentation(ties, rows, distance_weighted=weighted)
    return lambda rows: reach(ties, rows, steps=None if weighted else steps)


def _proved(ties: Adjacency, rows: list[int], count: int, steps: int) -> tuple[list[int], float, bool]:
    """Return the best set for ``reach`` by an integer program, the bound it proves, and whether that is met."""
    size = int(ties.shape[0])
    found = most_covering(_within(ties, steps), count)
    if found is None:
        return rows, 1.0, False
    better, most = found
    if reach(ties, better, steps=steps) <= reach(ties, rows, steps=steps) + TIED:
        better = rows
    met = reach(ties, better, steps=steps) * size >= most - 0.5
    return better, most / size, met


def _finder(goal: str) -> Finder:
    if goal not in GOALS:
        near = ", ".join(get_close_matches(goal, GOALS, n=2)) or ", ".join(GOALS)
        raise UnknownNameError(
            Message(f"「{goal}」という目標はありません。", f"There is no goal {goal!r}."),
            Message(f"近いもの: {near}", f"Nearest: {near}"),
        )
    return GOALS[goal]


def _without(ties: Adjacency, removed: Sequence[int]) -> Adjacency:
    kept = np.setdiff1d(np.arange(ties.shape[0]), rows_within(removed, ties.shape[0]))
    return sparse.csr_array(ties[kept][:, kept])


def _most_fragmenting(ties: Adjacency, count: int, _steps: int) -> list[int]:
    """Improve several sets by exchanges, as Borgatti does, and take the one that leaves the fewest connected pairs.

    Where no single body is a cut point a greedy search is blind, so it also starts from the bodies with most contacts
    and, in small networks, from those without which the ways are longest.
    """
    starts = [_greedily(ties, count, _left_without), _greedily(ties, count, lambda rest: -_degrees(rest))]
    if ties.shape[0] <= FEW:
        starts.append(_most_lengthening(ties, count, 1))
    sets = [_exchanged(ties, start) for start in starts]
    return min(sets, key=lambda gone: -fragmentation(ties, gone))


def _greedily(ties: Adjacency, count: int, cost: Callable[[Adjacency], Floats]) -> list[int]:
    """Take out, each time, the body of the least cost in what is left."""
    kept, gone = np.arange(ties.shape[0]), list[int]()
    for _ in range(count):
        best = int(np.argmin(cost(ties)))
        gone.append(int(kept[best]))
        kept = np.delete(kept, best)
        ties = _without(ties, [best])
    return gone


def _left_without(ties: Adjacency) -> Floats:
    """Return the connected pairs left without each body, less where it has more contacts among equals."""
    return connected_pairs_without(ties) - _degrees(ties) / (2 * ties.shape[0])


def _degrees(ties: Adjacency) -> Floats:
    return np.diff(ties.indptr).astype(np.float64)


def _exchanged(ties: Adjacency, chosen: list[int]) -> list[int]:
    """Exchange one member at a time for the best other body, as long as that leaves fewer connected pairs."""
    chosen, improved = list(chosen), True
    while improved:
        improved = False
        for place in range(len(chosen)):
            others = [row for number, row in enumerate(chosen) if number != place]
            kept = np.setdiff1d(np.arange(ties.shape[0]), others)
            left = connected_pairs_without(_without(ties, others))
            best = int(np.argmin(left))
            if left[best] < left[np.searchsorted(kept, chosen[place])]:
                chosen[place], improved = int(kept[best]), True
    return chosen


def _most_lengthening(ties: Adjacency, count: int, _steps: int) -> list[int]:
    gone: list[int] = []
    for _ in range(count):
        left = [row for row in range(ties.shape[0]) if row not in gone]
        gone.append(max(left, key=lambda row: (fragmentation(ties, [*gone, row], distance_weighted=True), -row)))
    return gone


def _furthest_reaching(ties: Adjacency, count: int, steps: int) -> list[int]:
    """Take, each time, the body with the most others within `steps` that nobody reaches yet."""
    within = _within(ties, steps)
    left, chosen = np.ones(ties.shape[0]), list[int]()
    for _ in range(count):
        gain = np.asarray(within @ left)
        gain[chosen] = -1.0
        best = int(np.argmax(gain))
        chosen.append(best)
        left[within.indices[within.indptr[best] : within.indptr[best + 1]]] = 0.0
    return chosen


def _within(ties: Adjacency, steps: int) -> Adjacency:
    """Return whom each body reaches in so many steps, itself too."""
    near = sparse.csr_array(ties + sparse.eye_array(ties.shape[0], format="csr"))
    within = near
    for _ in range(steps - 1):
        within = sparse.csr_array(within @ near)
        within.data[:] = 1.0
    return within


def _nearest_to_all(ties: Adjacency, count: int, _steps: int) -> list[int]:
    distance = csgraph.shortest_path(ties, unweighted=True, directed=False)
    nearness = 1.0 / np.maximum(distance, 1.0)
    best, chosen = np.zeros(ties.shape[0]), list[int]()
    for _ in range(count):
        gain = np.maximum(nearness - best, 0.0).sum(axis=1)
        gain[chosen] = -1.0
        chosen.append(int(np.argmax(gain.round(12))))
        best = np.maximum(best, nearness[chosen[-1]])
    return chosen


GOALS: dict[str, Finder] = {
    "fragmentation": _most_fragmenting,
    "distance_fragmentation": _most_lengthening,
    "reach": _furthest_reaching,
    "distance_reach": _nearest_to_all,
}

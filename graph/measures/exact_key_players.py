"""Key players for certain, and along ways that have a direction or a length.

Every set is tried where they are few. To reach the most bodies is the maximum coverage problem, which an integer
program solves to the end (HiGHS, through scipy). Elsewhere a bound says how far off a set may be. Source of the goals:
S. P. Borgatti (2006), see `tsunagari.graph.measures.key_players`; with directions and weights, where a tie is the
shorter the stronger it is: W. An & Y.-H. Liu (2016), "keyplayer: An R package for locating key players in social
networks", The R Journal 8(1).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations
from math import comb
from typing import Any, TypeAlias

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph

from tsunagari.graph.measures.adjacency import Adjacency, Floats

MOST_SETS = 10_000
"""Sets that are all tried: some seconds at most."""
MOST_SETS_BY_DISTANCE = 2_000
CANDIDATES = 40
"""Bodies with most contacts among which a search along directions or lengths looks, where there are more."""
MOST_COVERED = 400_000
"""Pairs of a body and one that it reaches up to which the integer program is asked."""
SECONDS = 20.0

Score: TypeAlias = Callable[[list[int]], float]


def best_of_all(size: int, count: int, score: Score, most: int = MOST_SETS) -> list[int] | None:
    """Return the set of the highest score, of equal ones the first by rows; None where there are too many to try.

    Examples
    --------
    >>> best_of_all(4, 2, lambda rows: -abs(sum(rows) - 4))
    [1, 3]
    """
    if comb(size, count) > most:
        return None
    best, highest = list[int](), -np.inf
    for chosen in combinations(range(size), count):
        found = round(score(list(chosen)), 12)
        if found > highest:
            best, highest = list(chosen), found
    return best


def most_covering(within: Adjacency, count: int) -> tuple[list[int], float] | None:
    """Return the rows that together cover the most columns, and how many any set could cover at most.

    Parameters
    ----------
    within
        Bodies × bodies: what each covers.
    count
        Size of the set.

    Returns
    -------
    The rows, ascending, and a bound: the same number when the set is the best for certain. None where there are more
    than `MOST_COVERED` entries, or no set was found in `SECONDS`.

    Examples
    --------
    >>> most_covering(sparse.csr_array([[1, 1, 0, 0], [0, 1, 1, 1], [0, 0, 1, 1], [1, 0, 0, 1]]), 1)
    ([1], 3.0)
    """
    from scipy.optimize import Bounds, LinearConstraint, milp  # a fifth of the start of every command

    size = int(within.shape[0])
    if within.nnz > MOST_COVERED:
        return None
    taken = sparse.csr_array((np.ones(size), (np.zeros(size, dtype=np.int64), np.arange(size))), shape=(1, 2 * size))
    reached: Any = sparse.csr_array((-np.ones(within.nnz), within.indices, within.indptr), shape=within.shape).T
    covered: Any = sparse.hstack([reached, sparse.eye_array(size)], format="csr")
    found = milp(
        np.r_[np.zeros(size), -np.ones(size)],
        constraints=[LinearConstraint(covered, -np.inf, 0), LinearConstraint(taken, count, count)],
        bounds=Bounds(0, 1),
        integrality=np.r_[np.ones(size), np.zeros(size)],
        options={"time_limit": SECONDS},
    )
    if found.x is None:
        return None
    rows = np.flatnonzero(found.x[:size] > 0.5).tolist()
    bound = float(np.floor(-found.mip_dual_bound + 1e-6)) if found.mip_dual_bound is not None else float(size)
    return rows, min(bound, float(size))


def search_bound(degrees: Floats, ties: float, count: int, goal: str) -> float:
    """Return what no set of a size can exceed, whatever the ties are like; at most 1.

    Without the bodies of the most contacts at least so many ties are left as they do not have, and each keeps a pair
    connected, one step apart. A set reaches in one step at most as many as its members have contacts, and is at least
    two steps from the others.

    Parameters
    ----------
    degrees
        Contacts of each body.
    ties
        Tied pairs.
    count
        Size of the set.
    goal
        A key of `tsunagari.graph.measures.key_players.GOALS`.

    Examples
    --------
    >>> search_bound(np.array([2.0, 2.0, 2.0]), 3, 1, "fragmentation"), search_bound(np.ones(4), 2, 1, "distance_reach")
    (0.0, 0.75)
    """
    size, most = len(degrees), float(np.sort(degrees)[-count:].sum()) if count else 0.0
    if goal.endswith("fragmentation"):
        left = size - count
        pairs = left * (left - 1) / 2
        return 1.0 if not pairs else min(1.0, 1 - max(0.0, ties - most) / pairs)
    near = min(float(size), count + most)
    return (near + (size - near) / 2) / size if goal == "distance_reach" else 1.0


@dataclass(frozen=True, slots=True)
class Ways:
    """Ties with a direction or a length.

    Parameters
    ----------
    lengths
        Of each tie from its row to its column: 1 for the strongest, more for a weaker one.
    """

    lengths: Adjacency

    @classmethod
    def of(cls, matrix: Adjacency, *, directed: bool, weighted: bool) -> Ways:
        """Return the ways of a checked matrix; without directions a pair is as near as its stronger tie.

        Examples
        --------
        >>> Ways.of(sparse.csr_array([[0, 4.0], [0, 0]]), directed=False, weighted=True).lengths.toarray().tolist()
        [[0.0, 1.0], [1.0, 0.0]]
        """
        ties = matrix if directed else sparse.csr_array(matrix.maximum(matrix.T))
        lengths = ties.copy()
        lengths.data = float(ties.data.max(initial=1.0)) / ties.data if weighted else np.ones(ties.nnz)
        return cls(lengths)

    def score(self, goal: str, rows: list[int], steps: int) -> float:
        """Return what a set reaches, 0 to 1; see `tsunagari.graph.measures.key_players.key_players`.

        Examples
        --------
        >>> ways = Ways.of(sparse.csr_array([[0, 1.0, 0], [0, 0, 1.0], [0, 0, 0]]), directed=True, weighted=False)
        >>> ways.score("fragmentation", [1], 1), round(ways.score("reach", [0], 1), 2)
        (1.0, 0.67)
        """
        size = int(self.lengths.shape[0])
        if goal.endswith("fragmentation"):
            kept = np.setdiff1d(np.arange(size), rows)
            if len(kept) < 2:
                return 1.0
            distance = csgraph.shortest_path(self.lengths[kept][:, kept], directed=True)
            np.fill_diagonal(distance, np.inf)
            near = 1 / distance if goal.startswith("distance") else np.isfinite(distance)
            return 1.0 - float(near.sum()) / (len(kept) * (len(kept) - 1))
        if not rows or not size:
            return 0.0
        distance = np.atleast_2d(csgraph.dijkstra(self.lengths, directed=True, indices=rows)).min(axis=0)
        if goal == "reach":
            return float((distance <= steps + 1e-9).sum()) / size
        distance[rows] = 1.0
        return float((1 / distance).sum()) / size

    def search(self, goal: str, count: int, steps: int) -> list[int]:
        """Return a set that a search finds: the best body after the other, then exchanged while that helps."""
        contacts = np.diff(self.lengths.indptr) + np.bincount(self.lengths.indices, minlength=self.lengths.shape[0])
        among = np.argsort(-contacts, kind="stable")[: max(CANDIDATES, 2 * count)].tolist()
        chosen: list[int] = []
        for _ in range(count):
            chosen.append(self._best(goal, chosen, among, steps))
        for place in range(count):
            others = [row for number, row in enumerate(chosen) if number != place]
            better = self._best(goal, others, among, steps)
            if self.score(goal, [*others, better], steps) > self.score(goal, chosen, steps) + 1e-12:
                chosen[place] = better
        return chosen

    def _best(self, goal: str, chosen: list[int], among: list[int], steps: int) -> int:
        left = [row for row in among if row not in chosen]
        return max(left, key=lambda row: round(self.score(goal, [*chosen, row], steps), 12))

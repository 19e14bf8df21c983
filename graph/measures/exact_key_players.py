"""The best set of key players, for certain: by trying every set where they are few, by integer programming for reach.

Source of the goals: S. P. Borgatti (2006), see `tsunagari.graph.measures.key_players`. To reach the most bodies is the
maximum coverage problem, which an integer program solves to the end (HiGHS, through scipy).
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from math import comb
from typing import Any, TypeAlias

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from tsunagari.graph.measures.adjacency import Adjacency

MOST_SETS = 2_000
"""Sets that are all tried: some seconds at most."""
MOST_COVERED = 400_000
"""Pairs of a body and one that it reaches up to which the integer program is asked."""
SECONDS = 20.0

Score: TypeAlias = Callable[[list[int]], float]


def best_of_all(size: int, count: int, score: Score) -> list[int] | None:
    """Return the set of the highest score, of equal ones the first by rows; None where there are too many to try.

    Examples
    --------
    >>> best_of_all(4, 2, lambda rows: -abs(sum(rows) - 4))
    [1, 3]
    """
    if comb(size, count) > MOST_SETS:
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

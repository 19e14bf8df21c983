"""What brokerage chance alone would give: expected roles, their variance and z scores.

Source: R. V. Gould & R. M. Fernandez (1989), "Structures of Mediation: A Formal Approach to Brokerage in Transaction
Networks", Sociological Methodology 19, 89-126. The network to compare with has the same groups, and each ordered pair
is tied on its own with probability d, the density. A path a → b → c is open with q = d²(1 − d), and two paths that
share a tie vary together: by d³(1 − d)³ where both need it, by −d⁴(1 − d)² where one needs it and the other lacks it,
and by d⁵(1 − d) where both lack it. All formulas here follow from counting such pairs of paths, and are equal to those
of R's `sna::brokerage` (C. T. Butts, version 2.7) but for one thing: for the whole network `sna` leaves out some or all
of the pairs that vary by −d⁴(1 − d)² for coordinator, representative, gatekeeper and the sum, so its variance of these
is too large. ``variance="sna"`` gives its numbers, ``"exact"`` counts every pair.
"""

from __future__ import annotations

from typing import Any, Literal, TypeAlias

import numpy as np
import pandas as pd

from tsunagari.graph.measures.adjacency import Floats, Groups, Integers, group_numbers

ROLES = ("coordinator", "itinerant", "representative", "gatekeeper", "liaison")
COORDINATOR, ITINERANT, REPRESENTATIVE, GATEKEEPER, LIAISON = range(5)
SCORES = (*ROLES, "brokerage")
"""The five roles and their sum."""

Variance: TypeAlias = Literal["sna", "exact"]


def expected_brokerage(groups: Groups, density: float) -> pd.DataFrame:
    """Return the roles expected of each node in a random directed network with these groups.

    Parameters
    ----------
    groups
        The group of each node.
    density
        Share of ordered pairs that are tied, 0 to 1.

    Returns
    -------
    DataFrame
        One row a node, the columns of `SCORES`, not negative; no row for no node.

    Raises
    ------
    NetworkError
        A node has no group.

    Examples
    --------
    >>> expected_brokerage(["a", "a", "a"], 0.5)["coordinator"].tolist()
    [0.25, 0.25, 0.25]
    """
    numbers = group_numbers(groups, len(groups))
    ways, _ = _of_groups(np.bincount(numbers))
    return pd.DataFrame((density**2 * (1 - density) * ways)[numbers], columns=list(SCORES))


def brokerage_deviation(groups: Groups, density: float, *, undirected: bool = False) -> pd.DataFrame:
    """Return the standard deviation of each node's roles in such a network.

    Parameters
    ----------
    groups
        The group of each node.
    density
        Share of ordered pairs that are tied, 0 to 1.
    undirected
        Take pairs as tied both ways or not at all: each open pair of contacts is then counted in both directions at
        once, so coordinator, itinerant, liaison and the sum vary √2 times as much. Representative and gatekeeper hold
        each pair once and do not.

    Returns
    -------
    DataFrame
        One row a node, the columns of `SCORES`, not negative; 0 where a role is impossible.

    Raises
    ------
    NetworkError
        A node has no group.

    Examples
    --------
    >>> brokerage_deviation(["a", "a", "a"], 0.5)["coordinator"].round(4).tolist()
    [0.4677, 0.4677, 0.4677]
    """
    numbers = group_numbers(groups, len(groups))
    ways, shared = _of_groups(np.bincount(numbers))
    chance = density**2 * (1 - density)
    variance = chance * (1 - chance) * ways + 2 * (density * (1 - density)) ** 3 * shared
    if undirected:
        variance *= [2, 2, 1, 1, 2, 2]
    return pd.DataFrame(np.sqrt(variance)[numbers], columns=list(SCORES))


def expected_totals(groups: Groups, density: float, *, variance: Variance = "sna") -> pd.DataFrame:
    """Return how often each role is expected in the whole random directed network, and the standard deviation.

    Parameters
    ----------
    groups
        The group of each node.
    density
        Share of ordered pairs that are tied, 0 to 1.
    variance
        ``"sna"`` to have the numbers of R's `sna`, or ``"exact"``, see above.

    Returns
    -------
    DataFrame
        One row for each of `SCORES`; the columns ``expected`` and ``deviation``, both 0 for no node.

    Raises
    ------
    NetworkError
        A node has no group.

    Examples
    --------
    >>> expected_totals(["a", "a", "b"], 0.5).loc["representative", "expected"]
    np.float64(0.25)
    """
    sizes = np.bincount(group_numbers(groups, len(groups))).astype(object)
    chance = density**2 * (1 - density)
    together, apart, lacking = (
        (density * (1 - density)) ** 3,
        density**4 * (1 - density) ** 2,
        density**5 * (1 - density),
    )
    rows = []
    for ways, both, one, neither in _of_network(sizes, exact=variance == "exact"):
        spread = chance * (1 - chance) * ways + together * both - apart * one + lacking * neither
        rows.append((chance * ways, np.sqrt(max(spread, 0.0))))
    return pd.DataFrame(rows, columns=["expected", "deviation"], index=list(SCORES), dtype=np.float64)


def z_scores(found: Floats, expected: Floats, deviation: Floats) -> Floats:
    """Return by how many standard deviations the counts differ from what is expected; NaN where nothing can vary.

    Examples
    --------
    >>> z_scores(np.array([3.0, 0.0]), np.array([1.0, 0.0]), np.array([0.5, 0.0])).tolist()
    [4.0, nan]
    """
    return (found - expected) / np.where(deviation > 0, deviation, np.nan)


def _of_groups(sizes: Integers) -> tuple[Floats, Floats]:
    """Return for a broker of each group in how many ways it can have each role, and half the pairs of ways in common.

    Counted in exact integers, because the numbers of a million nodes to the third power do not fit 64 bits.
    """
    own = sizes.astype(object)
    everybody = own.sum() if len(own) else 0
    others = everybody - own
    squares, cubes = (own**2).sum() - own**2, (own**3).sum() - own**3
    ways = [
        (own - 1) * (own - 2),
        squares - others,
        others * (own - 1),
        others * (own - 1),
        others**2 - squares,
        (own * 0) + (everybody - 1) * (everybody - 2),
    ]
    beyond = (own - 1) * others * (others - 1) + others * (own - 1) * (own - 2)
    shared: list[Any] = [
        (own - 1) * (own - 2) * (own - 3),
        cubes - 3 * squares + 2 * others,
        beyond / 2,
        beyond / 2,
        others**2 * (others - 1) - (2 * others - 1) * squares + cubes,
        (own * 0) + (everybody - 1) * (everybody - 2) * (everybody - 3),
    ]
    return _columns(ways), _columns(shared)


def _columns(values: list[Any]) -> Floats:
    return np.column_stack([column.astype(np.float64) for column in values])


def _of_network(sizes: Any, *, exact: bool) -> list[tuple[int, int, int, int]]:
    """Return for each role the possible paths, and the pairs of them that share a tie both need, one, or neither."""
    own = sizes
    everybody = int(own.sum()) if len(own) else 0
    others = everybody - own
    one, two, three, four = (int((own**power).sum()) if len(own) else 0 for power in (1, 2, 3, 4))
    inside = own * (own - 1) * (own - 2)
    crossing = own * others * (own - 1)
    apart = one**3 - 3 * one * two + 2 * three
    weighted = one**2 * two - two**2 - 2 * one * three + 2 * four
    representative = (
        int(crossing.sum()),
        int((crossing * (everybody - 3)).sum()),
        int((crossing * (2 * own - 3)).sum()) if exact else 0,
        int((crossing * (own - 2)).sum()),
    )
    return [
        _within(inside, own, exact=exact),
        (
            int(crossing.sum()),
            int((own * (own - 1) * ((2 * own - 6) * others + 2 * (two - own**2))).sum()),
            0,
            int((crossing * (everybody - own - 1)).sum()),
        ),
        representative,
        representative,
        (
            apart,
            (4 * everybody - 2) * apart - 8 * weighted,
            (4 * everybody - 2) * apart - 8 * weighted,
            (everybody - 1) * apart - 2 * weighted,
        ),
        _within(
            np.array([everybody * (everybody - 1) * (everybody - 2)], dtype=object),
            np.array([everybody], dtype=object),
            exact=exact,
        ),
    ]


def _within(paths: Any, size: Any, *, exact: bool) -> tuple[int, int, int, int]:
    """Return the counts for paths of which all three ends may be anybody of a set."""
    opposed = 4 * size - 10 if exact else 4 * (size - 3)
    return (
        int(paths.sum()),
        int((paths * (4 * size - 10)).sum()),
        int((paths * opposed).sum()),
        int((paths * (size - 3)).sum()),
    )

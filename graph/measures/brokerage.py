"""Brokerage roles: who passes between whom, seen by the groups that the three bodies belong to.

Source: R. V. Gould & R. M. Fernandez (1989), "Structures of Mediation: A Formal Approach to Brokerage in Transaction
Networks", Sociological Methodology 19. A broker b stands on an open two-path a → b → c (a ≠ c, no tie a → c):

================  ==========  ====================================================
role              groups      meaning
================  ==========  ====================================================
coordinator       A → A → A   all three in one group
itinerant         A → B → A   the broker is an outsider to both (also "consultant")
representative    A → A → B   the broker carries its own group's matters out
gatekeeper        A → B → B   the broker lets others into its own group
liaison           A → B → C   three different groups
================  ==========  ====================================================

Some packages swap representative and gatekeeper; here the sender is the first of the three. Undirected ties count both
ways: each open pair of contacts is two paths, and representative = gatekeeper then. What chance would give, and so the
z scores, is in `tsunagari.graph.measures.chance_brokerage`.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse

from tsunagari.graph.measures.adjacency import (
    Adjacency,
    Graph,
    Groups,
    Integers,
    adjacency_of,
    checked_adjacency,
    group_numbers,
    groups_of,
    runs_both_ways,
)
from tsunagari.graph.measures.chance_brokerage import (
    COORDINATOR,
    GATEKEEPER,
    ITINERANT,
    LIAISON,
    REPRESENTATIVE,
    ROLES,
    SCORES,
    Variance,
    brokerage_deviation,
    expected_brokerage,
    expected_totals,
    z_scores,
)
from tsunagari.graph.measures.closed_paths import closed_sums, triangles

COUNTER_BITS = 21
"""Three counts of paths are kept in one 64-bit number, each below 2²¹."""


def brokerage_roles(adjacency: Any, groups: Groups) -> pd.DataFrame:
    """Count the five Gould–Fernandez roles of every node, exactly.

    Only the presence of a tie counts, not its weight; self ties are ignored. An isolate, and every node of an empty
    network, has 0 in each role; there is no upper bound below (n − 1)(n − 2).

    Parameters
    ----------
    adjacency
        Square matrix, rows send to columns; symmetric for an undirected network.
    groups
        The group of each node in the order of the rows.

    Returns
    -------
    DataFrame
        One row a node in the order of the matrix; the integer columns of `ROLES`.

    Raises
    ------
    NetworkError
        A weight is negative or not a number, or a node has no group.

    Examples
    --------
    >>> brokerage_roles([[0, 1, 0], [0, 0, 1], [0, 0, 0]], ["npo", "npo", "city"]).loc[1].tolist()
    [0, 0, 1, 0, 0]
    """
    matrix = checked_adjacency(adjacency)
    numbers = group_numbers(groups, matrix.shape[0])
    return pd.DataFrame(_two_paths(matrix, numbers) - _closed_paths(matrix, numbers), columns=list(ROLES))


def brokerage_scores(adjacency: Any, groups: Groups, *, undirected: bool = False) -> pd.DataFrame:
    """Count the roles of every node and compare them with what chance would give it.

    Parameters
    ----------
    adjacency, groups
        As for `brokerage_roles`.
    undirected
        Compare with random networks in which pairs are tied both ways or not at all, see
        `tsunagari.graph.measures.chance_brokerage.brokerage_deviation`; otherwise as in the paper and in R's `sna`.

    Returns
    -------
    DataFrame
        One row a node in the order of the matrix. For each of `SCORES` (the roles and ``brokerage``, their sum) the
        count, ``expected_…`` and ``z_…``: by how many standard deviations the count is above or below. z is NaN where
        the role is impossible, such as liaison between two groups, and in networks without a tie or without a gap.

    Raises
    ------
    NetworkError
        A weight is negative or not a number, or a node has no group.

    Examples
    --------
    >>> scores = brokerage_scores([[0, 1, 0], [0, 0, 1], [0, 0, 0]], ["npo", "city", "npo"])
    >>> scores.loc[1, ["itinerant", "expected_itinerant", "z_itinerant"]].round(3).tolist()
    [1.0, 0.148, 2.3]
    """
    matrix = checked_adjacency(adjacency)
    numbers = group_numbers(groups, matrix.shape[0])
    found = brokerage_roles(matrix, numbers)
    found["brokerage"] = found.sum(axis="columns")
    expected = expected_brokerage(numbers, density(matrix))
    deviation = brokerage_deviation(numbers, density(matrix), undirected=undirected)
    z = z_scores(found.to_numpy(dtype=np.float64), expected.to_numpy(), deviation.to_numpy())
    return pd.concat(
        [found, expected.add_prefix("expected_"), pd.DataFrame(z, columns=[f"z_{name}" for name in SCORES])],
        axis="columns",
    )


def network_brokerage(adjacency: Any, groups: Groups, *, variance: Variance = "sna") -> pd.DataFrame:
    """Count each role in the whole network and compare it with a random directed network.

    Parameters
    ----------
    adjacency, groups
        As for `brokerage_roles`. Ties that run both ways are taken as two that happen on their own.
    variance
        ``"sna"`` or ``"exact"``, see `tsunagari.graph.measures.chance_brokerage`.

    Returns
    -------
    DataFrame
        One row for each of `SCORES`; columns ``count``, ``expected``, ``deviation`` (standard) and ``z``, NaN where
        the role is impossible.

    Raises
    ------
    NetworkError
        A weight is negative or not a number, or a node has no group.

    Examples
    --------
    >>> network_brokerage([[0, 1, 0], [0, 0, 1], [0, 0, 0]], ["npo", "city", "npo"]).loc["itinerant"].round(3).tolist()
    [1.0, 0.148, 0.37, 2.3]
    """
    matrix = checked_adjacency(adjacency)
    found = brokerage_roles(matrix, groups)
    found["brokerage"] = found.sum(axis="columns")
    chance = expected_totals(groups, density(matrix), variance=variance)
    table = pd.DataFrame({"count": found.sum(axis="index").astype(np.int64)}).join(chance)
    table["z"] = z_scores(*(table[name].to_numpy(dtype=np.float64) for name in ("count", "expected", "deviation")))
    return table


def open_paths(adjacency: Adjacency) -> Integers:
    """Return on how many open two-paths each node of a checked matrix stands: the sum of the five roles, of any groups.

    Examples
    --------
    >>> open_paths(checked_adjacency([[0, 1, 0], [1, 0, 1], [0, 1, 0]])).tolist()
    [0, 2, 0]
    """
    size = int(adjacency.shape[0])
    turned = adjacency.T.tocsr()
    received, sent = (np.diff(matrix.indptr).astype(np.int64) for matrix in (turned, adjacency))
    if runs_both_ways(adjacency, turned):
        pieces = triangles(adjacency)
        if pieces is not None:
            closed = sum((np.bincount(node, minlength=size) for piece in pieces for node in piece), np.zeros(size))
            return sent * (sent - 1) - 2 * closed.astype(np.int64)
    rows = np.repeat(np.arange(size), sent)
    ones = np.ones(adjacency.nnz, dtype=np.uint64)
    closed = np.bincount(rows, weights=closed_sums(adjacency, ones, ones), minlength=size)
    mutual = np.diff(adjacency.multiply(turned).tocsr().indptr)
    found: Integers = sent * received - mutual
    return found - closed.astype(np.int64)


def density(adjacency: Adjacency) -> float:
    """Return the share of ordered pairs that are tied in a checked matrix; 0 for fewer than two nodes.

    Examples
    --------
    >>> density(checked_adjacency([[0, 1], [0, 0]]))
    0.5
    """
    size = int(adjacency.shape[0])
    return float(adjacency.nnz / (size * (size - 1))) if size > 1 else 0.0


def graph_brokerage(graph: Graph, partition: Mapping[Any, Hashable] | str) -> pd.DataFrame:
    """Count and score the roles of the nodes of a networkx graph; the rows are named by the nodes.

    Parameters
    ----------
    graph
        Directed or undirected; parallel ties count once, whatever their weights, which are not looked at.
    partition
        The group of each node (a mapping or a Series), or the name of a node attribute that holds it.

    Returns
    -------
    DataFrame
        The columns of `brokerage_scores`, for an undirected graph against undirected random networks.

    Raises
    ------
    NetworkError
        The partition misses a node.

    Examples
    --------
    >>> import networkx as nx
    >>> graph_brokerage(nx.path_graph(3), {0: "a", 1: "b", 2: "c"})["liaison"].to_dict()
    {0: 0, 1: 2, 2: 0}
    """
    matrix, nodes = adjacency_of(graph, weight=None)
    if isinstance(partition, str):
        partition = {node: data[partition] for node, data in graph.nodes(data=True) if data.get(partition) is not None}
    scores = brokerage_scores(matrix, groups_of(nodes, partition), undirected=not graph.is_directed())
    return scores.set_axis(pd.Index(nodes, dtype=object), axis="index")


def _two_paths(matrix: Adjacency, groups: Integers) -> Integers:
    """Count the paths a → b → c with a ≠ c by role of b, open or closed."""
    size, number = len(groups), int(groups.max(initial=-1)) + 1
    turned = matrix.T.tocsr()
    sent, sent_inside = _ties_of(matrix, groups)
    received, received_inside = _ties_of(turned, groups)
    back_rows, back_columns = matrix.multiply(turned).tocoo().coords
    back_inside = groups[back_rows] == groups[back_columns]
    mutual_inside = np.bincount(back_rows[back_inside], minlength=size)
    mutual = np.bincount(back_rows[~back_inside], minlength=size)
    to_groups, from_groups = (
        sparse.csr_array((np.ones(part.nnz, dtype=np.int64), groups[part.indices], part.indptr), shape=(size, number))
        for part in (matrix, turned)
    )
    back_to_group = np.asarray(to_groups.multiply(from_groups).sum(axis=1), dtype=np.int64).reshape(size)
    same_group = back_to_group - received_inside * sent_inside
    return np.column_stack(
        (
            received_inside * sent_inside - mutual_inside,
            same_group - mutual,
            received_inside * sent,
            received * sent_inside,
            received * sent - same_group,
        )
    ).astype(np.int64)


def _ties_of(matrix: Adjacency, groups: Integers) -> tuple[Integers, Integers]:
    """Return how many ties each row has to other groups and to its own."""
    rows = np.repeat(np.arange(len(groups)), np.diff(matrix.indptr))
    inside = np.bincount(rows[groups[rows] == groups[matrix.indices]], minlength=len(groups))
    return np.diff(matrix.indptr) - inside, inside


def _closed_paths(matrix: Adjacency, groups: Integers) -> Integers:
    """Count the paths a → b → c that a tie a → c closes, by role of b."""
    pieces = triangles(matrix) if runs_both_ways(matrix, matrix.T.tocsr()) else None
    return _closed_by_sums(matrix, groups) if pieces is None else _closed_by_triangles(pieces, groups)


def _closed_by_triangles(pieces: Iterable[tuple[Integers, Integers, Integers]], groups: Integers) -> Integers:
    """Count by the triangles of a network without directions: each body of one stands on a path and on its reverse."""
    size = len(groups)
    counts = np.zeros(size * len(ROLES))
    for piece in pieces:
        for turn in range(3):
            broker, one, other = (piece[(turn + place) % 3] for place in range(3))
            own, there, here = groups[broker], groups[one], groups[other]
            role = np.where(
                there == here,
                np.where(own == there, COORDINATOR, ITINERANT),
                np.where((own == there) | (own == here), REPRESENTATIVE, LIAISON),
            )
            counts += np.bincount(broker * len(ROLES) + role, minlength=len(counts))
    found = counts.reshape(size, len(ROLES)).astype(np.int64) * 2
    found[:, GATEKEEPER] = found[:, REPRESENTATIVE] = found[:, REPRESENTATIVE] // 2  # one on the way, one back
    return found


def _closed_by_sums(matrix: Adjacency, groups: Integers) -> Integers:
    size = len(groups)
    rows, columns = matrix.tocoo().coords
    inside = groups[rows] == groups[columns]
    senders, near, far = _common_senders(matrix, inside)
    # a, b, c in one group or not: when b and c are in one group, a is near to both or to neither
    by_role = (
        np.where(inside, near, 0),
        np.where(inside, 0, far),
        np.where(inside, 0, near),
        np.where(inside, senders - near, 0),
        np.where(inside, 0, senders - near - far),
    )
    counts = (np.bincount(rows, weights=number, minlength=size) for number in by_role)
    return np.column_stack([column.astype(np.int64) for column in counts])


def _common_senders(matrix: Adjacency, inside: Any) -> tuple[Integers, Integers, Integers]:
    """Return for each tie b → c how many send to both ends: all, those of the group of b, and those of that of c.

    The last is right only where b and c are in different groups.
    """
    one, same = np.ones(len(inside), dtype=np.uint64), inside.astype(np.uint64)
    most = int(np.bincount(matrix.indices, minlength=1).max(initial=0))
    if most >= 1 << COUNTER_BITS:
        parts = [closed_sums(matrix, left, right) for left, right in ((one, one), (same, one), (one, same))]
    else:
        bits, mask = np.uint64(COUNTER_BITS), np.uint64((1 << COUNTER_BITS) - 1)
        # a fourth count, of those in the group of both, overflows into the last bit and is not needed
        packed = closed_sums(matrix, one + (same << bits), one + (same << bits << bits))
        parts = [packed & mask, (packed >> bits) & mask, (packed >> bits >> bits) & mask]
    senders, near, far = (part.astype(np.int64) for part in parts)
    return senders, near, far

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

Some packages swap representative and gatekeeper. Undirected ties count both ways, so these two are then equal.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse

from tsunagari.graph.adjacency import (
    Adjacency,
    Graph,
    Integers,
    adjacency_of,
    checked_adjacency,
    group_numbers,
    groups_of,
)
from tsunagari.graph.triangles import Pairs, Triangles, iterate_triangles, tied_pairs

ROLES = ("coordinator", "itinerant", "representative", "gatekeeper", "liaison")
COORDINATOR, ITINERANT, REPRESENTATIVE, GATEKEEPER, LIAISON = range(5)


def brokerage_roles(adjacency: Any, groups: Sequence[Hashable]) -> pd.DataFrame:
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
    roles = _two_paths(matrix, numbers)
    pairs = tied_pairs(matrix)
    for block in iterate_triangles(pairs):
        roles -= _closed_paths(pairs, block, numbers)
    return pd.DataFrame(roles, columns=list(ROLES))


def graph_brokerage(graph: Graph, partition: Mapping[Any, Hashable] | str) -> pd.DataFrame:
    """Count the roles of the nodes of a networkx graph; the rows are named by the nodes.

    Parameters
    ----------
    graph
        Directed or undirected; parallel ties count once.
    partition
        The group of each node, or the name of a node attribute that holds it.

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
    roles = brokerage_roles(matrix, groups_of(nodes, partition))
    return roles.set_axis(pd.Index(nodes, dtype=object), axis="index")


def expected_brokerage(groups: Sequence[Hashable], density: float) -> pd.DataFrame:
    """Return the roles expected of each node in a random directed network with these groups.

    The network is one where each ordered pair is tied with probability `density` on its own (Gould & Fernandez 1989).

    Parameters
    ----------
    groups
        The group of each node.
    density
        Share of ordered pairs that are tied, 0 to 1.

    Returns
    -------
    DataFrame
        One row a node, the columns of `ROLES`, not negative; no row for no node.

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
    sizes = np.bincount(numbers) if len(numbers) else np.zeros(0, dtype=np.int64)
    own = sizes[numbers]
    others = len(numbers) - own
    square_of_others = (sizes**2).sum() - own**2
    chance = density**2 * (1 - density)
    ways = np.empty((len(numbers), 5))
    ways[:, COORDINATOR] = (own - 1) * (own - 2)
    ways[:, ITINERANT] = square_of_others - others
    ways[:, REPRESENTATIVE] = ways[:, GATEKEEPER] = others * (own - 1)
    ways[:, LIAISON] = others**2 - square_of_others
    return pd.DataFrame(chance * ways, columns=list(ROLES))


def _two_paths(matrix: Adjacency, groups: Integers) -> Integers:
    """Count the paths a → b → c with a ≠ c by role of b, open or closed."""
    coordinates = matrix.tocoo()
    rows, columns = coordinates.coords
    inside = groups[rows] == groups[columns]
    size = len(groups)
    received_inside = np.bincount(columns[inside], minlength=size)
    sent_inside = np.bincount(rows[inside], minlength=size)
    received = np.bincount(columns[~inside], minlength=size)
    sent = np.bincount(rows[~inside], minlength=size)
    back = coordinates.tocsr().multiply(coordinates.T.tocsr()).tocoo() if size else coordinates
    back_rows, back_columns = back.coords
    back_inside = groups[back_rows] == groups[back_columns]
    mutual_inside = np.bincount(back_rows[back_inside], minlength=size)
    mutual = np.bincount(back_rows[~back_inside], minlength=size)
    same_group = _paths_back_to_group(rows[~inside], columns[~inside], groups)
    return np.column_stack(
        (
            received_inside * sent_inside - mutual_inside,
            same_group - mutual,
            received_inside * sent,
            received * sent_inside,
            received * sent - same_group,
        )
    ).astype(np.int64)


def _paths_back_to_group(rows: Integers, columns: Integers, groups: Integers) -> Integers:
    """Count for each node the pairs of a tie in and a tie out that begin and end in one group."""
    size, number = len(groups), int(groups.max(initial=-1)) + 1
    ones = np.ones(len(rows), dtype=np.int64)
    received = sparse.csr_array((ones, (columns, groups[rows])), shape=(size, number))
    sent = sparse.csr_array((ones, (rows, groups[columns])), shape=(size, number))
    return np.asarray(received.multiply(sent).sum(axis=1), dtype=np.int64).reshape(size)


def _closed_paths(pairs: Pairs, block: Triangles, groups: Integers) -> Integers:
    """Count the paths a → b → c of a block of triangles that a tie a → c closes, by role of b."""
    u, v, w = pairs.low[block.uv], pairs.high[block.uv], pairs.high[block.vw]
    tied, back = pairs.forward > 0, pairs.backward > 0
    uv, vw, uw = tied[block.uv], tied[block.vw], tied[block.uw]
    vu, wv, wu = back[block.uv], back[block.vw], back[block.uw]
    paths = (
        (u, v, w, uv & vw & uw),
        (w, v, u, wv & vu & wu),
        (u, w, v, uw & wv & uv),
        (v, w, u, vw & wu & vu),
        (v, u, w, vu & uw & vw),
        (w, u, v, wu & uv & wv),
    )
    counts = np.zeros(pairs.size * 5, dtype=np.int64)
    for sender, broker, receiver, closed in paths:
        role = _roles(groups[sender[closed]], groups[broker[closed]], groups[receiver[closed]])
        counts += np.bincount(broker[closed] * 5 + role, minlength=len(counts))
    return counts.reshape(pairs.size, 5)


def _roles(sender: Integers, broker: Integers, receiver: Integers) -> Integers:
    return np.select(
        [
            (sender == broker) & (broker == receiver),
            sender == broker,
            broker == receiver,
            sender == receiver,
        ],
        [COORDINATOR, REPRESENTATIVE, GATEKEEPER, ITINERANT],
        LIAISON,
    ).astype(np.int64)

"""How groups mix: ties within and between them, and the E-I index."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from tsunagari.graph.measures.adjacency import (
    Floats,
    Groups,
    Integers,
    added_up,
    checked_adjacency,
    either_way,
    group_numbers,
    is_symmetric,
)


@dataclass(frozen=True, slots=True)
class Mixing:
    """How groups mix.

    Parameters
    ----------
    ties
        Groups × groups: number of ties from the group of the row to that of the column; in an undirected network a
        tie between two groups stands in both places and one within a group once.
    groups
        One row a group: ``members``, ``internal`` and ``external`` (ties within it, and with others) and ``ei``.
    ei
        The E-I index of the whole network.
    expected_ei
        What it would be if every pair were equally likely to be tied.
    of_node
        The E-I index of each node, NaN for an isolate.
    p_value
        Share of the permutations whose E-I index is as far from their mean or further; NaN when none were asked for.
    sentence
        How the whole network mixes beside random networks, where that was asked for (`kg.mixing`).
    """

    ties: pd.DataFrame
    groups: pd.DataFrame
    ei: float
    expected_ei: float
    of_node: Floats
    p_value: float
    sentence: str = ""


def mixing(adjacency: Any, groups: Groups, *, permutations: int = 0, seed: int = 0) -> Mixing:
    """Count the ties within and between groups and compute the E-I index.

    Source: D. Krackhardt & R. N. Stern (1988), "Informal networks and organizational crises: an experimental
    simulation", Social Psychology Quarterly 51(2): (external − internal) / (external + internal) ties, from −1 (all
    inside) to 1 (all with others). Weights are not counted; for the index a tie in either direction is one tie.

    Parameters
    ----------
    adjacency
        Square matrix of any size; self ties are ignored.
    groups
        The group of each node.
    permutations
        How often the groups are dealt out anew to test the index of the whole; 0 for no test.
    seed
        Of the permutations.

    Returns
    -------
    Mixing
        Groups are in the order in which they first appear; an index is NaN where there is no tie.

    Raises
    ------
    NetworkError
        The matrix is no sound adjacency matrix, or a node has no group.

    Examples
    --------
    >>> found = mixing([[0, 1, 0], [1, 0, 1], [0, 1, 0]], ["npo", "npo", "city"])
    >>> found.ties.to_numpy().tolist(), found.ei
    ([[1, 1], [1, 0]], 0.0)
    """
    matrix = checked_adjacency(adjacency)
    size = matrix.shape[0]
    numbers = group_numbers(groups, size)
    names = pd.Index(pd.unique(pd.Series(list(groups), dtype=object)), dtype=object)
    tied = either_way(matrix)
    rows, columns = (axis.astype(np.int64) for axis in tied.tocoo().coords)
    outside = numbers[rows] != numbers[columns]
    external = added_up(rows, outside.astype(np.float64), size)
    internal = added_up(rows, (~outside).astype(np.float64), size)
    table = pd.DataFrame(
        {
            "members": np.bincount(numbers, minlength=len(names)),
            "internal": (added_up(numbers, internal, len(names)) / 2).astype(np.int64),
            "external": added_up(numbers, external, len(names)).astype(np.int64),
        },
        index=names,
    )
    table["ei"] = _index(table["external"].to_numpy(dtype=np.float64), table["internal"].to_numpy(dtype=np.float64))
    whole = float(_index(external.sum(), internal.sum()))
    members = table["members"].to_numpy(dtype=np.float64)
    pairs_inside, pairs = float((members * (members - 1)).sum()), float(size * (size - 1))
    chance = _p_value(rows, columns, numbers, whole, permutations, seed) if permutations and len(rows) else np.nan
    return Mixing(
        _table(matrix, numbers, names),
        table,
        whole,
        float(_index(pairs - pairs_inside, pairs_inside)),
        _index(external, internal),
        chance,
    )


def _index(external: Any, internal: Any) -> Floats:
    total = np.asarray(external + internal, dtype=np.float64)
    return np.asarray(np.where(total > 0, (external - internal) / np.where(total > 0, total, 1.0), np.nan))


def _table(matrix: Any, numbers: Integers, names: pd.Index[Any]) -> pd.DataFrame:
    rows, columns = matrix.tocoo().coords
    cells = numbers[rows] * len(names) + numbers[columns]
    counts = np.bincount(cells, minlength=len(names) ** 2).reshape(len(names), len(names))
    if is_symmetric(matrix):
        np.fill_diagonal(counts, np.diagonal(counts) // 2)
    return pd.DataFrame(counts, index=names, columns=names)


def _p_value(rows: Integers, columns: Integers, numbers: Integers, found: float, permutations: int, seed: int) -> float:
    chance = np.random.default_rng(seed)
    drawn = np.empty(permutations)
    for turn in range(permutations):
        dealt = chance.permutation(numbers)
        drawn[turn] = 2 * np.mean(dealt[rows] != dealt[columns]) - 1
    off = np.abs(drawn - drawn.mean()) >= abs(found - drawn.mean()) - 1e-12
    return float((off.sum() + 1) / (permutations + 1))

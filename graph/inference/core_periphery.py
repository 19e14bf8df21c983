"""Core and periphery: a group that is tied to everybody, and the others that are tied to it but not to each other.

Source: S. P. Borgatti & M. G. Everett (1999), "Models of core/periphery structures", Social Networks 21(4), the
discrete model: the fit is Pearson's r between the ties and an ideal in which two bodies are tied when at least one of
them is in the core.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from tsunagari.graph.measures import Adjacency, Integers, checked_adjacency, either_way

MOST_TRIED = 14
"""Bodies up to which every core is tried."""
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class CorePeriphery:
    """Who is in the core.

    Parameters
    ----------
    core
        Of each body whether it is.
    fit
        Pearson's r of the ties and the ideal, at most 1; NaN where all pairs are tied or none is.
    exact
        Whether no core fits better for certain: all were tried.
    """

    core: Flags
    fit: float
    exact: bool


def core_periphery(adjacency: Any) -> CorePeriphery:
    """Return the core that fits a network best.

    Every core is tried up to `MOST_TRIED` bodies. Beyond, the bodies with the most contacts are taken for cores of
    every size, and the best is improved by taking in, leaving out and exchanging single bodies until none fits better.

    Parameters
    ----------
    adjacency
        Square matrix; directions and weights are ignored.

    Raises
    ------
    NetworkError
        The matrix is no sound adjacency matrix.

    Examples
    --------
    >>> star = core_periphery([[0, 1, 1, 1], [1, 0, 0, 0], [1, 0, 0, 0], [1, 0, 0, 0]])
    >>> star.core.tolist(), star.fit, star.exact
    ([True, False, False, False], 1.0, True)
    """
    tied = either_way(checked_adjacency(adjacency))
    size = int(tied.shape[0])
    pairs, ties = size * (size - 1) / 2, tied.nnz / 2
    if size < 2 or not ties or ties == pairs:
        return CorePeriphery(np.zeros(size, dtype=bool), float("nan"), True)
    if size <= MOST_TRIED:
        core = _best_of_all(tied, size)
        return CorePeriphery(core, _fit(tied, core), True)
    core = _climbed(tied, _by_degree(tied))
    return CorePeriphery(core, _fit(tied, core), False)


def _correlation(covered: Any, core: Any, size: int, ties: float) -> Any:
    """Return the fit of cores by how many ties they cover and how many bodies they hold."""
    pairs = size * (size - 1) / 2
    rest = size - np.asarray(core, dtype=np.float64)
    ideal = 1 - rest * (rest - 1) / 2 / pairs
    share = ties / pairs
    spread = np.sqrt(np.maximum(share * (1 - share) * ideal * (1 - ideal), 0.0))
    shared = np.asarray(covered) / pairs - share * ideal
    return np.where(spread > 0, shared / np.where(spread > 0, spread, 1.0), -np.inf)


def _covered(tied: Adjacency, core: Flags) -> float:
    outside = (~core).astype(np.float64)
    left = np.asarray(tied @ outside)
    return tied.nnz / 2 - float(outside @ left) / 2


def _fit(tied: Adjacency, core: Flags) -> float:
    unweighted = _ones(tied)
    found = float(_correlation(_covered(unweighted, core), int(core.sum()), len(core), tied.nnz / 2))
    return round(found, 12) if np.isfinite(found) else float("nan")


def _ones(tied: Adjacency) -> Adjacency:
    found = tied.copy()
    found.data[:] = 1.0
    return found


def _best_of_all(tied: Adjacency, size: int) -> Flags:
    rows, columns = tied.tocoo().coords
    once = rows < columns
    numbers = np.arange(1, (1 << size) - 1, dtype=np.int64)
    held: Integers = (numbers[:, None] >> np.arange(size)) & 1
    covered = (held[:, rows[once]] | held[:, columns[once]]).sum(axis=1)
    fits = _correlation(covered, held.sum(axis=1), size, tied.nnz / 2).round(12)
    return np.asarray(held[int(np.argmax(fits))], dtype=bool)


def _by_degree(tied: Adjacency) -> Flags:
    """Return the best core of those who have the most contacts."""
    size = int(tied.shape[0])
    order = np.argsort(-np.diff(tied.indptr), kind="stable")
    place = np.empty(size, dtype=np.int64)
    place[order] = np.arange(size)
    rows, columns = tied.tocoo().coords
    first = np.minimum(place[rows], place[columns])[rows < columns]  # a tie is covered once its first end is in
    covered = np.cumsum(np.bincount(first, minlength=size))[: size - 1]
    fits = _correlation(covered, np.arange(1, size), size, tied.nnz / 2).round(12)
    return np.asarray(place <= int(np.argmax(fits)), dtype=bool)


def _climbed(tied: Adjacency, core: Flags) -> Flags:
    """Take single bodies in and out while that fits better."""
    ones, size, ties = _ones(tied), len(core), tied.nnz / 2
    core = core.copy()
    best = _fit(tied, core)
    for _ in range(10 * size):
        outside = np.asarray(ones @ (~core).astype(np.float64))
        into = int(np.argmax(np.where(core, -1.0, outside)))
        out = int(np.argmin(np.where(core, outside, np.inf)))
        moves = [[into], [out], [into, out]]
        found = []
        for move in moves:
            changed = core.copy()
            changed[move] = ~changed[move]
            count = int(changed.sum())
            fit = float(_correlation(_covered(ones, changed), count, size, ties)) if 0 < count < size else -np.inf
            found.append((round(fit, 12), changed))
        fit, changed = max(found, key=lambda pair: pair[0])
        if fit <= best:
            return core
        best, core = fit, changed
    return core

"""All ties that a draw of records can give, looked through once, so that each draw only picks among them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from scipy import sparse

from tsunagari.graph.measures import Adjacency, Floats, Integers, open_paths, triangles

MOST_TRIANGLES = 2_000_000
"""Triangles that are kept for all draws (48 bytes each); beyond, those of each draw are looked for anew."""


@dataclass(frozen=True)
class TieFrame:
    """The stored entries of the matrix of all records, and which record adds to which.

    Parameters
    ----------
    size
        Number of bodies.
    rows, columns
        Ends of each entry, in the order of the matrix.
    records, entries, weights
        Record, entry and weight of each contribution.
    both_ways
        Whether every record ties its ends both ways, so that every draw does.
    """

    size: int
    rows: Integers
    columns: Integers
    records: Integers
    entries: Integers
    weights: Floats
    both_ways: bool

    @classmethod
    def of(cls, size: int, source: Integers, target: Integers, there: Floats, back: Floats) -> TieFrame:
        """Return the frame of records: ends, and weights from source to target and back, 0 for no tie that way.

        Examples
        --------
        >>> ends, ones = (np.array([0, 1, 0]), np.array([1, 2, 2])), np.ones(3)
        >>> found = TieFrame.of(3, *ends, ones, ones)
        >>> [found.open_paths(found.values(np.array(kept))).tolist() for kept in ([True] * 3, [True, True, False])]
        [[0, 0, 0], [0, 2, 0]]
        """
        numbers = np.arange(len(source))
        ends = np.r_[source, target], np.r_[target, source]
        weights, records = np.r_[there, back], np.r_[numbers, numbers]
        given = (weights != 0) & (ends[0] != ends[1])
        keys, entries = np.unique(ends[0][given] * size + ends[1][given], return_inverse=True)
        rows, columns = np.divmod(keys, max(size, 1))
        both_ways = bool(((there != 0) & (back != 0))[source != target].all())
        return cls(size, rows, columns, records[given], entries.reshape(-1), weights[given], both_ways)

    def values(self, kept: Any) -> Floats:
        """Return the weight of each entry when some of the records are kept, 0 for none."""
        there = slice(None) if kept is None else kept[self.records]
        found = np.bincount(self.entries[there], weights=self.weights[there], minlength=len(self.rows))
        return np.asarray(found, dtype=np.float64)

    def matrix(self, values: Floats) -> Adjacency:
        """Return entries that are not 0 as a matrix."""
        there = values != 0
        start = np.concatenate(([0], np.cumsum(np.bincount(self.rows[there], minlength=self.size))))
        found: Adjacency = sparse.csr_array((values[there], self.columns[there], start), shape=(self.size, self.size))
        return found

    def open_paths(self, values: Floats) -> Integers:
        """Return the open paths of each body when the entries have these values."""
        if self._triangles is None:
            return open_paths(self.matrix(values))
        corners, sides = self._triangles
        there = values != 0
        contacts = np.bincount(self.rows[there], minlength=self.size)
        closed = corners[there[sides].all(axis=1)]
        found: Integers = contacts * (contacts - 1) - 2 * np.bincount(closed.ravel(), minlength=self.size)
        return found

    @cached_property
    def _triangles(self) -> tuple[Integers, Integers] | None:
        """Bodies and entries of each triangle, three columns each; None where they are not or cannot be listed."""
        whole = np.ones(len(self.rows))
        pieces = triangles(self.matrix(whole)) if self.both_ways else None
        if pieces is None:
            return None
        found, number = [np.zeros((0, 3), dtype=np.int64)], 0
        for piece in pieces:
            found.append(np.column_stack(piece))
            number += len(found[-1])
            if number > MOST_TRIANGLES:
                return None
        corners, keys = np.concatenate(found), self.rows * self.size + self.columns
        ends = ((corners[:, one], corners[:, other]) for one, other in ((0, 1), (1, 2), (0, 2)))
        return corners, np.column_stack([np.searchsorted(keys, one * self.size + other) for one, other in ends])

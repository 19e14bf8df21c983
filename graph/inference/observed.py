"""A network as it was made, so that chance can make it anew: stated ties, shared groups, or both."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from scipy import sparse

from tsunagari.graph.measures import Adjacency, Floats, Integers


@dataclass(frozen=True)
class Observed:
    """A network as it was made: of stated ties, of shared groups, or of both.

    Parameters
    ----------
    ties
        Weights of the stated ties, rows send to columns; symmetric where they have no direction.
    members, places
        Row of a body and number of a group, one for each place of a body in a group.
    core
        Whether the place is that of the core of a group: then only it and the others are tied, with weight 1.
    sizes
        How many are in each group, those that are not nodes of the network included.
    groups
        Number of the group (sector, municipality, …) of each body, for roles and mixing; None for none.
    two_mode
        Number of rows that are bodies, when the network itself is one of places: the others are what they belong to.
    """

    ties: Adjacency
    members: Integers = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    places: Integers = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    core: Any = field(default_factory=lambda: np.zeros(0, dtype=bool))
    sizes: Integers = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    groups: Integers | None = None
    two_mode: bool = False

    @property
    def size(self) -> int:
        """Number of bodies.

        >>> from tsunagari.graph.measures import checked_adjacency
        >>> Observed(checked_adjacency([[0, 1], [1, 0]])).size
        2
        """
        return int(self.ties.shape[0])

    @property
    def incidence(self) -> Adjacency:
        """Bodies × groups, 1 where a body is in a group.

        >>> from tsunagari.graph.measures import checked_adjacency
        >>> ties = checked_adjacency([[0, 0], [0, 0]])
        >>> one = np.array([0, 1]), np.array([0, 0]), np.array([False, False]), np.array([2])
        >>> Observed(ties, *one).incidence.toarray().tolist()
        [[1.0], [1.0]]
        """
        shape = (self.size, len(self.sizes))
        return sparse.csr_array((np.ones(len(self.members)), (self.members, self.places)), shape=shape)

    def adjacency(self) -> Adjacency:
        """Return ties and shared groups as one matrix, see `tsunagari.graph.networks.shared_groups.share_groups`.

        >>> from tsunagari.graph.measures import checked_adjacency
        >>> ties = checked_adjacency([[0, 1, 0], [0, 0, 0], [0, 0, 0]])
        >>> places = np.array([1, 2]), np.array([0, 0]), np.array([False, False]), np.array([3])
        >>> Observed(ties, *places).adjacency().toarray().tolist()
        [[0.0, 1.0, 0.0], [0.0, 0.0, 0.5], [0.0, 0.5, 0.0]]
        """
        if not len(self.members) or self.two_mode:
            return self.ties
        shape = (self.size, len(self.sizes))
        cored = np.zeros(len(self.sizes), dtype=bool)
        cored[self.places[self.core]] = True
        plain, ring, hub = ~cored[self.places], cored[self.places] & ~self.core, self.core
        weight = 1.0 / np.maximum(self.sizes - 1, 1)
        ones = np.ones(len(self.members))

        def part(kept: Any, values: Floats) -> Adjacency:
            return sparse.csr_array((values[kept], (self.members[kept], self.places[kept])), shape=shape)

        shared = sparse.csr_array(part(plain, ones) @ part(plain, weight[self.places]).T)
        if hub.any():
            spokes = sparse.csr_array(part(ring, ones) @ part(hub, ones).T)
            shared = sparse.csr_array(shared + spokes + spokes.T)
        return sparse.csr_array(self.ties + _between_two(shared))


def _between_two(shared: Adjacency) -> Adjacency:
    """Return a matrix without what bodies share with themselves, its rows in order: clean as the ties are."""
    found = shared.tocoo()
    rows, columns = found.coords
    two = rows != columns
    return sparse.csr_array((found.data[two], (rows[two], columns[two])), shape=shared.shape)

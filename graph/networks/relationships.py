"""Who is tied to whom and who belongs where, as pairs that can be changed: what scenarios and comparisons are about.

The pairs are those of the networks ``ties`` and ``members``, and what they make together is the network
``collaboration``, by the same functions.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from scipy import sparse

from tsunagari.graph.columns import Codes
from tsunagari.graph.facts import Reader, plain_organizations
from tsunagari.graph.measures import Adjacency, Integers, parts_without
from tsunagari.graph.networks.networks import project
from tsunagari.graph.networks.shared_groups import CLOSE_GROUP, cores_of, pairs_that_share

Flags: TypeAlias = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Relationships:
    """Ties between organisations and places in groups on a day.

    Parameters
    ----------
    nodes
        IRIs of organisations, platforms and their bodies, and programmes, sorted.
    is_body
        Which of them are organisations.
    ties
        One row a tie: places of two nodes, the smaller first, each pair once.
    places
        One row a place in a group: places of the member and of the platform or body, each pair once.
    cores
        Which of these are the core of their group, as the city at the centre of a partnership.
    """

    nodes: tuple[str, ...]
    is_body: Flags
    ties: Codes
    places: Codes
    cores: Codes

    def place(self, iri: str) -> int:
        """Return the place of a node, -1 when it is not there."""
        try:
            return self.nodes.index(iri)
        except ValueError:
            return -1

    def collaboration(self) -> Adjacency:
        """Return the network ``collaboration`` of these ties and places, every pair both ways as 1.

        Examples
        --------
        >>> found = read_relationships(kg._reader, at="2023-10-01")
        >>> found.collaboration().nnz == 2 * len(kg.projection("collaboration", at="2023-10-01").source)
        True
        """
        size = len(self.nodes)
        takes_part = self.is_body.copy()
        takes_part[self.ties.ravel()] = True
        shared = self._sharing()
        pairs = np.concatenate((self.ties.reshape(-1, 2), shared[takes_part[shared].all(axis=1)]))
        rows, columns = np.r_[pairs[:, 0], pairs[:, 1]], np.r_[pairs[:, 1], pairs[:, 0]]
        matrix = sparse.csr_array((np.ones(len(rows)), (rows, columns)), shape=(size, size))
        matrix.sum_duplicates()
        matrix.data[:] = 1.0
        return matrix

    def _sharing(self) -> Integers:
        """Return the pairs that share a close group; a partnership whose core has gone ties nobody."""
        size = np.int64(max(len(self.nodes), 1))
        held, core = (pairs[:, 1].astype(np.int64) * size + pairs[:, 0] for pairs in (self.places, self.cores))
        order = np.argsort(held)
        is_core = np.isin(held[order], core)
        members, groups = self.places[order].T
        orphaned = np.setdiff1d(self.cores[:, 1], groups[is_core])
        stays = ~np.isin(groups, orphaned)
        members, groups = members[stays], groups[stays]
        shared = pairs_that_share(groups, is_core[stays], largest=CLOSE_GROUP)
        return np.column_stack((members[shared.one], members[shared.other])).astype(np.int64)

    def parts(self) -> Integers:
        """Return into how many parts ``collaboration`` falls without each organisation, 0 for what is none.

        Examples
        --------
        >>> bool((read_relationships(kg._reader).parts() > 1).any())
        True
        """
        return np.where(self.is_body, parts_without(self.collaboration()), 0)


def read_relationships(reader: Reader, *, at: str | None = None) -> Relationships:
    """Return the ties and places in groups of a graph.

    Only what is stated or inferred counts. What a tie or a membership names but nothing describes is left out.

    Parameters
    ----------
    reader
        The graph.
    at
        ISO date; None takes every time.

    Examples
    --------
    >>> found = read_relationships(kg._reader, at="2023-10-01")
    >>> len(found.nodes) == len(found.is_body) > len(found.ties) > 0
    True
    """
    known, ties, members = (project(reader, name, at=at) for name in ("connections", "ties", "members"))
    codes = known.node_codes

    def pairs(ends: Codes) -> Codes:
        found: Codes = np.unique(np.searchsorted(codes, ends), axis=0).astype(np.int32).reshape(-1, 2)
        return found

    tied = np.column_stack((ties.claims.sources, ties.claims.targets))
    held = np.column_stack((members.claims.sources, members.claims.targets))
    return Relationships(
        tuple(known.node_ids),
        np.isin(codes, plain_organizations(reader.columns)),
        pairs(np.sort(tied, axis=1)),
        pairs(held),
        pairs(held[cores_of(members.claims)]),
    )

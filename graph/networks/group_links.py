"""Which groups each body of a network is tied to, and which two groups nobody but it connects."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from tsunagari.graph.measures import Adjacency, Integers
from tsunagari.graph.networks.partitions import Partition

MOST_PAIRS = 50_000_000
"""Pairs of groups to look at; with more, nobody is said to be the only one between two groups."""


@dataclass(frozen=True, slots=True)
class GroupLinks:
    """The groups that bodies are tied to.

    Parameters
    ----------
    contacts
        For each body the numbers of the groups of its contacts, those of most contacts first, then by label.
    only
        Body to the two groups that it alone connects; of several pairs that with most pairs of its contacts.
    """

    contacts: list[list[int]]
    only: dict[int, tuple[int, int]]


def group_links(adjacency: Adjacency, partition: Partition) -> GroupLinks:
    """Return which groups the bodies are tied to, whatever the direction of ties.

    Two groups are connected by a body that is in one of them or tied to it, and the same for the other. A body is the
    only one between them when nobody else is: then no member of one is tied to a member of the other. The group of
    those whose group is not known counts as a group of contacts, but connects nothing.

    Parameters
    ----------
    adjacency
        Checked matrix.
    partition
        Of its nodes.

    Examples
    --------
    >>> from tsunagari.graph.measures.adjacency import checked_adjacency
    >>> star = checked_adjacency([[0, 1, 1], [1, 0, 0], [1, 0, 0]])
    >>> group_links(star, Partition("sector", np.array([0, 1, 2]), ["city", "NPO", "company"])).only
    {0: (1, 2)}
    """
    size, number = int(adjacency.shape[0]), len(partition.labels)
    tied = sparse.csr_array(adjacency + adjacency.T.tocsr())
    counts = sparse.csr_array(
        (np.ones(tied.nnz, dtype=np.int64), partition.numbers[tied.indices], tied.indptr), shape=(size, number)
    )
    counts.sum_duplicates()
    rows = np.repeat(np.arange(size), np.diff(counts.indptr))
    place_of_label = np.argsort(np.argsort(np.array(partition.labels, dtype=object), kind="stable"))
    order = np.lexsort((place_of_label[counts.indices], -counts.data, rows))
    ordered, bounds = counts.indices[order].tolist(), counts.indptr.tolist()
    contacts = [ordered[bounds[row] : bounds[row + 1]] for row in range(size)]
    return GroupLinks(contacts, _only(counts, rows, partition, place_of_label))


def _only(counts: Any, rows: Integers, partition: Partition, place_of_label: Integers) -> dict[int, tuple[int, int]]:
    """Find the two groups that a body alone connects, by the product of bodies' groups with themselves."""
    size, number = counts.shape
    known = partition.numbers != partition.unknown
    groups = np.concatenate((counts.indices, partition.numbers[known]))
    bodies = np.concatenate((rows, np.flatnonzero(known)))
    kept = groups != partition.unknown
    reach = sparse.csr_array((np.ones(kept.sum()), (bodies[kept], groups[kept])), shape=(size, number))
    reach.data[:] = 1.0
    if (np.diff(reach.indptr).astype(np.int64) ** 2).sum() > MOST_PAIRS:
        return {}
    numbered = reach.copy()
    numbered.data[:] = np.repeat(np.arange(1.0, size + 1), np.diff(reach.indptr))
    turned = reach.T.tocsr()
    # how many connect two groups, and the sum of their numbers in one product
    pairs = sparse.csr_array(turned @ (reach.astype(np.complex128) + 1j * numbered)).tocoo()
    one, other = pairs.coords
    alone = (one < other) & (pairs.data.real == 1)
    one, other, body = one[alone], other[alone], pairs.data.imag[alone].astype(np.int64) - 1
    strength = np.asarray(counts[body, one]) * np.asarray(counts[body, other]) if len(body) else np.zeros(0)
    swap = place_of_label[one] > place_of_label[other]
    one, other = np.where(swap, other, one), np.where(swap, one, other)
    order = np.lexsort((place_of_label[other], place_of_label[one], -strength, body))
    body, first = np.unique(body[order], return_index=True)
    ends = zip(one[order][first].tolist(), other[order][first].tolist(), strict=True)
    return dict(zip(body.tolist(), ends, strict=True))

"""What falls apart without each body: every body of a network at once, by one pass.

In the tree of a depth-first search, what hangs below a child is cut off without its parent when no tie from there leads
above the parent (J. Hopcroft & R. Tarjan 1973, see `tsunagari.graph.measures.depth_first`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from tsunagari.graph.columns import rows_of
from tsunagari.graph.measures.adjacency import Integers, check_one_each, checked_adjacency, either_way, rows_within
from tsunagari.graph.measures.depth_first import SearchTree, lowest_tied, search_tree

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Splits:
    """What taking out each body does to the connected part it is in; every array has one value a body.

    Parameters
    ----------
    parts
        Into how many parts with a counted body the rest falls: 0 for a body without ties to any, 1 when nothing falls
        apart, else a cut point.
    cut_off
        How many counted others are not in the largest of these parts.
    """

    parts: Integers
    cut_off: Integers


def splits(adjacency: Any, *, counted: Any = None) -> Splits:
    """Return what falls apart without each body, directions and weights ignored.

    Parameters
    ----------
    adjacency
        Square matrix of ties.
    counted
        Which bodies count: parts in which none of them is do not; None counts all.

    Raises
    ------
    NetworkError
        The matrix is not square, a weight is negative or not a number, or `counted` has not one value a body.

    Examples
    --------
    >>> found = splits([[0, 1, 0, 0], [1, 0, 1, 1], [0, 1, 0, 1], [0, 1, 1, 0]])
    >>> found.parts.tolist(), found.cut_off.tolist()
    ([1, 2, 1, 1], [0, 1, 0, 0])
    """
    tied = either_way(checked_adjacency(adjacency))
    size = tied.shape[0]
    weight = np.ones(size, dtype=np.int64) if counted is None else np.asarray(counted).astype(np.int64)
    check_one_each(len(weight), int(size))
    tree = search_tree(tied)
    lowest, below = lowest_tied(tied, tree), _hanging(tree, np.append(weight, 0))
    children = tree.order[1:]
    parents = tree.parent[children]
    is_cut = (parents != size) & (lowest[children] >= tree.place[parents]) & (below[children] > 0)
    children, parents = children[is_cut], parents[is_cut]
    parts = np.bincount(parents, minlength=size)
    largest = np.zeros(size, dtype=np.int64)
    np.maximum.at(largest, parents, below[children])
    hanging = np.bincount(parents, weights=below[children], minlength=size).astype(np.int64)
    component = tree.component
    others = np.bincount(component, weights=weight).astype(np.int64)[component] - weight if size else weight
    above = others - hanging
    return Splits(parts + (above > 0), others - np.maximum(largest, above))


def _hanging(tree: SearchTree, weight: Integers) -> Integers:
    """Return the weight of what hangs below and including each row."""
    sums, above = weight.tolist(), tree.parent.tolist()
    for node in tree.order[:0:-1].tolist():
        sums[above[node]] += sums[node]
    return np.array(sums, dtype=np.int64)


def parts_of(adjacency: Any, body: int, *, counted: Any = None) -> list[list[int]]:
    """Return the parts that the others of a body's connected part form without it, the largest first.

    Parameters
    ----------
    adjacency, counted
        As in `splits`; the size of a part is the number of counted bodies, and a part without any is left out.
    body
        Row of the body that is taken out; alone or in a part of two it leaves at most one part.

    Raises
    ------
    NetworkError
        As in `splits`, or there is no such row.

    Examples
    --------
    >>> parts_of([[0, 1, 0, 0], [1, 0, 1, 1], [0, 1, 0, 1], [0, 1, 1, 0]], 1)
    [[2, 3], [0]]
    """
    tied = either_way(checked_adjacency(adjacency))
    size = int(tied.shape[0])
    counts = np.ones(size, dtype=np.bool_) if counted is None else np.asarray(counted, dtype=np.bool_)
    check_one_each(len(counts), size)
    (body,) = rows_within([body], size).tolist()
    _, component = connected_components(tied, directed=False)
    others = np.flatnonzero((component == component[body]) & (np.arange(len(component)) != body))
    number, part = connected_components(tied[others][:, others], directed=False)
    sizes = np.bincount(part, weights=counts[others], minlength=number)
    return [others[part == index].tolist() for index in np.argsort(-sizes, kind="stable") if sizes[index]]


@dataclass(frozen=True, slots=True)
class LastLinks:
    """Who is left as the only connection of whom: row by row, sorted by the body that is lost.

    Parameters
    ----------
    lost, left, body
        Without `lost`, `left` is the only one that `body` is still tied to.
    """

    lost: Integers
    left: Integers
    body: Integers


def last_links(adjacency: Any) -> LastLinks:
    """Return for every body with exactly two contacts that without one of them the other is its only connection.

    Examples
    --------
    >>> found = last_links([[0, 1, 1], [1, 0, 0], [1, 0, 0]])
    >>> found.lost.tolist(), found.left.tolist(), found.body.tolist()
    ([1, 2], [2, 1], [0, 0])
    """
    tied = either_way(checked_adjacency(adjacency))
    bodies = np.flatnonzero(np.diff(tied.indptr) == 2)
    one, other = tied.indices[tied.indptr[bodies]], tied.indices[tied.indptr[bodies] + 1]
    lost, left = np.r_[one, other].astype(np.int64), np.r_[other, one].astype(np.int64)
    rows = np.r_[bodies, bodies].astype(np.int64)
    order = np.lexsort((rows, left, lost))
    return LastLinks(lost[order], left[order], rows[order])


@dataclass(frozen=True, slots=True)
class GroupSplits:
    """Groups that fall apart without one of their members: row by row, sorted by member and group.

    Parameters
    ----------
    member, group
        Rows and columns of the membership matrix.
    parts
        Into how many parts those fall that the member held together in the group, two or more.
    """

    member: Integers
    group: Integers
    parts: Integers


def group_splits(adjacency: Any, memberships: Any) -> GroupSplits:
    """Return the groups (platforms) whose members fall apart without one of them: ties between members only count.

    Parameters
    ----------
    adjacency
        Ties between bodies.
    memberships
        Bodies × groups, true where a body is in a group.

    Raises
    ------
    NetworkError
        The matrix is not square, a weight is negative or not a number, or `memberships` has not one row a body.

    Examples
    --------
    >>> star = [[0, 1, 1], [1, 0, 0], [1, 0, 0]]
    >>> found = group_splits(star, [[1, 1], [1, 1], [1, 0]])
    >>> found.member.tolist(), found.group.tolist(), found.parts.tolist()
    ([0], [0], [2])
    """
    tied = either_way(checked_adjacency(adjacency))
    places = sparse.csr_array(memberships, dtype=np.bool_)
    check_one_each(int(places.shape[0]), int(tied.shape[0]))
    places.sum_duplicates()
    places.sort_indices()
    width = max(places.shape[1], 1)
    member = np.repeat(np.arange(places.shape[0], dtype=np.int64), np.diff(places.indptr))
    keys = member * width + places.indices
    source = np.repeat(np.arange(tied.shape[0], dtype=np.int64), np.diff(tied.indptr))
    first, last = places.indptr[source].astype(np.int64), places.indptr[source + 1].astype(np.int64)
    here, target = rows_of(first, last), np.repeat(tied.indices.astype(np.int64), last - first)
    there, found = _find(keys, target * width + places.indices[here])
    size = len(keys)
    within = sparse.csr_array((np.ones(int(found.sum())), (here[found], there[found])), shape=(size, size))
    parts = splits(within).parts
    cut = np.flatnonzero(parts > 1)
    return GroupSplits(member[cut], places.indices[cut].astype(np.int64), parts[cut])


def _find(keys: Integers, wanted: Integers) -> tuple[Integers, Flags]:
    """Return where each wanted key is among sorted ones, and whether it is."""
    if not len(keys):
        return wanted, np.zeros(len(wanted), dtype=np.bool_)
    place = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return place, keys[place] == wanted

"""One depth-first search over a whole network: what cut points, bridges and splits are all read from.

A depth-first search gives every network a tree in which all other ties lead to an ancestor (J. Hopcroft & R. Tarjan
1973, Communications of the ACM 16(6), "Algorithm 447: efficient algorithms for graph manipulation").
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components, depth_first_order

from tsunagari.graph.measures.adjacency import Adjacency, Integers


@dataclass(frozen=True, slots=True)
class SearchTree:
    """The tree of a search. One more body than the network has, its last row, is above the first of every part.

    Parameters
    ----------
    order
        Rows in the order in which they are met; the row above all first.
    parent
        Row of the parent of each row.
    place
        Place of each row in the order.
    component
        Number of the connected part of each body.
    """

    order: Integers
    parent: Integers
    place: Integers
    component: Integers

    @property
    def above(self) -> int:
        """Row of the body above all parts.

        >>> from tsunagari.graph.measures.adjacency import checked_adjacency
        >>> search_tree(checked_adjacency([[0, 1], [1, 0]])).above
        2
        """
        return len(self.order) - 1


def search_tree(tied: Adjacency) -> SearchTree:
    """Search a clean symmetric matrix depth first.

    Examples
    --------
    >>> from tsunagari.graph.measures.adjacency import checked_adjacency
    >>> search_tree(checked_adjacency([[0, 1, 0], [1, 0, 1], [0, 1, 0]])).order.tolist()
    [3, 0, 1, 2]
    """
    size = int(tied.shape[0])
    order, parent, component = _whole(tied) or _in_parts(tied)
    place = np.empty(size + 1, dtype=np.int64)
    place[order] = np.arange(size + 1)
    return SearchTree(order, parent, place, component)


Search: TypeAlias = tuple[Integers, Integers, Integers]


def _whole(tied: Adjacency) -> Search | None:
    """Search a network of one part, without looking for its parts first; None when there are several."""
    size = int(tied.shape[0])
    if not size:
        return None
    order, found = depth_first_order(tied, 0, directed=True)
    if len(order) < size:
        return None
    parent = found.astype(np.int64)
    parent[0] = size
    return np.append(size, order.astype(np.int64)), np.append(parent, size), np.zeros(size, dtype=np.int64)


def _in_parts(tied: Adjacency) -> Search:
    """Search from one more body that is tied to the first of every part, so that one search meets all."""
    size = int(tied.shape[0])
    _, component = connected_components(tied, directed=False)
    _, first = np.unique(component, return_index=True)
    indices = np.concatenate((tied.indices, first.astype(tied.indices.dtype)))
    start = np.append(tied.indptr, len(indices)).astype(tied.indptr.dtype)
    whole = sparse.csr_array((np.ones(len(indices)), indices, start), shape=(size + 1, size + 1))
    order, parent = depth_first_order(whole, size, directed=True)
    return order.astype(np.int64), parent.astype(np.int64), component.astype(np.int64)


def lowest_tied(tied: Adjacency, tree: SearchTree, *, past_parent: bool = False) -> Integers:
    """Return the earliest place that each row or what hangs below it is tied to.

    Parameters
    ----------
    tied
        The matrix that was searched.
    tree
        What `search_tree` gives for it.
    past_parent
        Leave out the tie of each row to its own parent, as bridges ask for.

    Examples
    --------
    >>> from tsunagari.graph.measures.adjacency import checked_adjacency
    >>> line = checked_adjacency([[0, 1, 0], [1, 0, 1], [0, 1, 0]])
    >>> lowest_tied(line, search_tree(line), past_parent=True).tolist()
    [1, 2, 3, 0]
    """
    start, size = tied.indptr, len(tree.component)
    reached = tree.place[tied.indices]
    if past_parent:
        source = np.repeat(np.arange(size), np.diff(start))
        reached = np.where(tied.indices == tree.parent[source], size + 1, reached)
    lowest = tree.place.copy()
    busy = np.flatnonzero(np.diff(start))
    if len(busy):
        lowest[busy] = np.minimum(lowest[busy], np.minimum.reduceat(reached, start[busy]))
    higher = np.where(np.arange(size + 1) == tree.above, tree.above, tree.parent)
    while (higher != tree.above).any():  # one, two, four … steps up at once
        np.minimum.at(lowest, higher, lowest.copy())
        higher = higher[higher]
    return lowest

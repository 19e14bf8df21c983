"""What falls apart: cut points, bridges and biconnected blocks. Directions of ties are ignored throughout.

Source: J. Hopcroft & R. Tarjan (1973), "Efficient algorithms for graph manipulation", Communications of the ACM 16(6).
"""

from __future__ import annotations

from typing import Any

import numpy as np
import rustworkx as rx
from scipy import sparse
from scipy.sparse import csgraph

from tsunagari.graph.measures.adjacency import Adjacency, Floats, Integers, added_up, checked_adjacency, either_way
from tsunagari.graph.measures.depth_first import lowest_tied, search_tree


def parts_without(adjacency: Any) -> Integers:
    """Return into how many parts the contacts of each body fall when it is taken out; directions are ignored.

    1 means that nothing falls apart, 2 or more a cut point, 0 an isolate: the number of blocks that hold the body. In
    the tree of a depth-first search each child whose subtree is tied to nobody above the body is a part of its own.

    Examples
    --------
    >>> parts_without([[0, 1, 0], [1, 0, 1], [0, 1, 0]]).tolist()
    [1, 2, 1]
    """
    tied = either_way(checked_adjacency(adjacency))
    tree = search_tree(tied)
    lowest = lowest_tied(tied, tree)
    children = tree.order[1:]
    parents = tree.parent[children]
    below = parents != tree.above
    hanging = parents[below & (lowest[children] >= tree.place[parents])]
    parts = np.bincount(hanging, minlength=tied.shape[0])
    parts[children[below]] += 1
    return parts.astype(np.int64)


def cut_points(adjacency: Any) -> list[int]:
    """Return the rows, ascending, of the bodies without which a connected part would fall apart.

    Examples
    --------
    >>> cut_points([[0, 1, 0], [1, 0, 1], [0, 1, 0]])
    [1]
    """
    return [int(node) for node in np.flatnonzero(parts_without(adjacency) > 1)]


def bridges(adjacency: Any) -> list[tuple[int, int]]:
    """Return the ties, as ascending pairs of rows, without which a connected part would fall apart.

    Examples
    --------
    >>> bridges([[0, 1, 1, 0], [1, 0, 1, 0], [1, 1, 0, 1], [0, 0, 1, 0]])
    [(2, 3)]
    """
    tied = either_way(checked_adjacency(adjacency))
    tree = search_tree(tied)
    lowest = lowest_tied(tied, tree, past_parent=True)
    children = tree.order[1:]
    parents = tree.parent[children]
    cut = (parents != tree.above) & (lowest[children] > tree.place[parents])
    ends = np.sort(np.column_stack((parents[cut], children[cut])), axis=1)
    return [(one, other) for one, other in sorted(ends.tolist())]


def blocks(adjacency: Any) -> list[list[int]]:
    """Return the biconnected blocks: largest sets of bodies that no loss of one body separates.

    Returns
    -------
    The rows of each block, ascending; the largest block first, then by rows. A bridge is a block of two; a cut point
    is in several blocks, an isolate in none.

    Examples
    --------
    >>> blocks([[0, 1, 1, 0], [1, 0, 1, 0], [1, 1, 0, 1], [0, 0, 1, 0]])
    [[0, 1, 2], [2, 3]]
    """
    held: dict[int, list[int]] = {}
    for node, block in zip(*(ends.tolist() for ends in block_ends(checked_adjacency(adjacency))), strict=True):
        held.setdefault(block, []).append(node)
    return sorted((sorted(nodes) for nodes in held.values()), key=lambda nodes: (-len(nodes), nodes))


def block_ends(matrix: Adjacency) -> tuple[Integers, Integers]:
    """Return every body and number of a block that belong together, for a clean matrix, sorted.

    Examples
    --------
    >>> [ends.tolist() for ends in block_ends(checked_adjacency([[0, 1, 0], [1, 0, 1], [0, 1, 0]]))]
    [[0, 1, 1, 2], [1, 0, 1, 0]]
    """
    found = rx.biconnected_components(undirected_graph(matrix))
    rows = np.array([(one, other, block) for (one, other), block in found.items()], dtype=np.int64).reshape(-1, 3)
    count = int(rows[:, 2].max(initial=0)) + 1
    ends = np.unique(np.concatenate((rows[:, 0], rows[:, 1])) * count + np.tile(rows[:, 2], 2))
    return ends // count, ends % count


def undirected_graph(matrix: Adjacency) -> rx.PyGraph[int, None]:
    """Return the ties of a clean matrix, without weights and directions, for the functions of rustworkx.

    Examples
    --------
    >>> undirected_graph(checked_adjacency([[0, 1], [1, 0]])).num_edges()
    1
    """
    rows, columns = either_way(matrix).tocoo().coords
    once = rows < columns
    graph: rx.PyGraph[int, None] = rx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(matrix.shape[0]))
    graph.add_edges_from_no_data(list(zip(rows[once].tolist(), columns[once].tolist(), strict=True)))
    return graph


def connected_pairs_without(ties: Adjacency) -> Floats:
    """Return for each body how many ordered pairs of the others stay connected when it is taken out.

    By the tree of blocks and cut points: what hangs on a body are the subtrees below its blocks and the rest above.

    Parameters
    ----------
    ties
        Clean symmetric matrix.

    Examples
    --------
    >>> connected_pairs_without(either_way(checked_adjacency([[0, 1, 0], [1, 0, 1], [0, 1, 0]]))).tolist()
    [2.0, 0.0, 2.0]
    """
    size = ties.shape[0]
    if not size:
        return np.zeros(0)
    part = csgraph.connected_components(ties, directed=False)[1].astype(np.int64)
    part_sizes = np.bincount(part).astype(np.float64)
    nodes, blocks = block_ends(ties)
    number = int(blocks.max(initial=-1)) + 1
    root = size + number
    _, first = np.unique(part, return_index=True)
    ends = np.concatenate((nodes, first)), np.concatenate((blocks + size, np.full(len(first), root)))
    tree = sparse.csr_array((np.ones(len(ends[0])), ends), shape=(root + 1, root + 1))
    order, above = csgraph.breadth_first_order(tree, root, directed=False)
    below = np.concatenate((np.ones(size), np.zeros(number + 1)))
    weights = below.tolist()
    parents = above.tolist()
    for item in reversed(order[1:].tolist()):
        weights[parents[item]] += weights[item]
    below = np.asarray(weights)[size:root]
    holder = above[size:root].astype(np.int64)
    hanging = added_up(holder, below, size)
    pairs = added_up(holder, below * (below - 1), size)
    whole = part_sizes[part]
    rest = whole - 1 - hanging
    everywhere = float((part_sizes * (part_sizes - 1)).sum())
    return np.asarray(everywhere - whole * (whole - 1) + pairs + rest * (rest - 1))

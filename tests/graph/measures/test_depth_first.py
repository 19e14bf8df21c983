from __future__ import annotations

import doctest

import networkx as nx
import numpy as np
from hypothesis import given, settings
from tests.graph.measures.test_betweenness import networks

from tsunagari.graph.measures import depth_first as module
from tsunagari.graph.measures.adjacency import checked_adjacency, either_way
from tsunagari.graph.measures.depth_first import lowest_tied, search_tree


@given(networks())
@settings(max_examples=60)
def test_every_tie_leads_to_an_ancestor(ties: np.ndarray):
    tied = either_way(checked_adjacency(ties))
    tree = search_tree(tied)
    assert sorted(tree.order.tolist()) == list(range(len(ties) + 1))

    def ancestors(row: int) -> list[int]:
        return [] if row == tree.above else [int(tree.parent[row]), *ancestors(int(tree.parent[row]))]

    for one, other in zip(*(ends.tolist() for ends in tied.tocoo().coords), strict=True):
        assert one in ancestors(other) or other in ancestors(one)


def test_the_tie_to_the_parent_can_be_left_out():
    tied = either_way(checked_adjacency(nx.to_scipy_sparse_array(nx.path_graph(4))))
    tree = search_tree(tied)
    assert (lowest_tied(tied, tree)[1:4] < tree.place[1:4]).all()
    assert lowest_tied(tied, tree, past_parent=True)[:4].tolist() == tree.place[:4].tolist()


def test_examples_in_the_documentation():
    assert doctest.testmod(module).failed == 0

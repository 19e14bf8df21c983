"""Nodes and ties as columns: parts, pairs and degrees as networkx has them."""

from __future__ import annotations

from typing import Any

import networkx as nx
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tsunagari.viz.map.drawn import Drawn

ENDS = st.integers(0, 8)


@given(st.lists(st.tuples(ENDS, ENDS), max_size=30), st.sets(ENDS))
def test_pairs_degrees_and_parts_are_those_of_the_graph(ties: list[tuple[int, int]], kept: set[int]) -> None:
    graph: Any = nx.MultiDiGraph()
    graph.add_nodes_from((str(number), {"kind": "organization", "label": f"会{number}"}) for number in range(9))
    graph.add_edges_from((str(a), str(b), {"kind": f"{a}{b}"}) for a, b in ties)
    drawn = Drawn.of_graph(graph)
    plain = nx.Graph((a, b) for a, b in ties if a != b)
    assert {frozenset(pair) for pair in drawn.pairs.tolist()} == set(map(frozenset, plain.edges()))
    assert drawn.degrees.tolist() == [plain.degree(number) if number in plain else 0 for number in range(9)]
    part = drawn.part(np.isin(np.arange(9), list(kept)))
    assert part.texts("label") == [f"会{number}" for number in sorted(kept)]
    ends = zip(part.source.tolist(), part.target.tolist(), part.ties.get("kind", ()), strict=True)
    assert sorted(f"{part.ids[a]}{part.ids[b]}" for a, b, _ in ends) == sorted(
        f"{a}{b}" for a, b in ties if a in kept and b in kept
    )
    assert set(drawn.simple.nodes) == set(graph)


def test_what_only_some_nodes_say_is_none_elsewhere() -> None:
    graph: Any = nx.Graph()
    graph.add_node("a", label="会")
    graph.add_node("b", kind="platform")
    drawn = Drawn.of_graph(graph)
    assert (drawn.nodes["label"], drawn.texts("kind"), drawn.texts("nothing")) == (
        ["会", None],
        ["", "platform"],
        ["", ""],
    )
    assert "kind" not in drawn.simple.nodes["a"]

"""Positions: inside their frames, apart from each other, the same every time."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from itertools import combinations
from math import dist
from typing import Any

import networkx as nx
import pytest

from tsunagari.viz.map.drawn import Drawn
from tsunagari.viz.map.layout import Layout, lay_out


def town_graph(towns: int, bodies: int, seed: int = 1) -> Any:
    """Towns with bodies tied mostly inside, and one platform of all towns."""
    chance = random.Random(seed)
    graph: Any = nx.MultiDiGraph()
    graph.add_node("pf", kind="platform", label="連携の場")
    for town in range(towns):
        name = f"第{town}市"
        graph.add_node(f"t{town}", kind="organization", label=name, municipality=name, **{"class": "LocalGovernment"})
        graph.add_edge(f"t{town}", "pf")
        for body in range(bodies):
            graph.add_node(f"t{town}b{body}", kind="organization", label=f"会{body}", municipality=name)
            graph.add_edge(f"t{town}b{body}", f"t{town}b{chance.randrange(body)}" if body % 3 else f"t{town}")
    graph.add_nodes_from((f"alone{number}", {"kind": "organization", "label": "孤"}) for number in range(10))
    return graph


def crossing(layout: Layout) -> list[tuple[int, int]]:
    found = []
    for (i, a), (j, b) in combinations(enumerate(layout.frames), 2):
        apart_x = a.x + a.width <= b.x + 1e-6 or b.x + b.width <= a.x + 1e-6
        apart_y = a.y + a.height <= b.y + 1e-6 or b.y + b.height <= a.y + 1e-6
        if not (apart_x or apart_y):
            found.append((i, j))
    return found


@pytest.mark.parametrize(("towns", "bodies"), [(1, 3), (5, 12), (30, 20)])
def test_nodes_stay_in_their_frames_and_frames_apart(towns: int, bodies: int) -> None:
    graph = town_graph(towns, bodies)
    layout = lay_out(Drawn.of_graph(graph))
    assert set(layout.positions) == set(graph)
    assert crossing(layout) == []
    for frame in layout.frames:
        for node in frame.group.nodes:
            x, y = layout.positions[node]
            assert frame.x < x < frame.x + frame.width
            assert frame.y < y < frame.y + frame.height


def test_nodes_do_not_lie_on_each_other() -> None:
    layout = lay_out(Drawn.of_graph(town_graph(6, 25)))
    for frame in layout.frames:
        places = [layout.positions[node] for node in frame.group.nodes]
        assert min((dist(a, b) for a, b in combinations(places, 2)), default=99.0) > 12


def test_the_same_graph_gives_the_same_layout() -> None:
    assert lay_out(Drawn.of_graph(town_graph(5, 12))) == lay_out(Drawn.of_graph(town_graph(5, 12)))


SCRIPT = """
import networkx as nx
from tsunagari.viz.map.drawn import Drawn
from tsunagari.viz.map.layout import lay_out
graph = nx.relabel_nodes(nx.connected_caveman_graph(30, 8), str)
graph.add_edges_from((f"leaf{number}", "0") for number in range(9))
print(sorted(lay_out(Drawn.of_graph(graph)).positions.items()))
"""


def test_the_layout_does_not_depend_on_the_seed_of_hashes() -> None:
    found = []
    for seed in ("1", "2"):
        run = [sys.executable, "-c", SCRIPT]
        found.append(subprocess.run(run, env=os.environ | {"PYTHONHASHSEED": seed}, capture_output=True, check=True))
    assert found[0].stdout == found[1].stdout != b""


def test_isolates_form_rows_and_columns() -> None:
    layout = lay_out(Drawn.of_graph(town_graph(2, 5)))
    rest = next(frame for frame in layout.frames if frame.group.role == "isolates")
    rows = {layout.positions[node][1] for node in rest.group.nodes}
    columns = {layout.positions[node][0] for node in rest.group.nodes}
    assert len(rest.group.nodes) == 10
    assert len(rows) * len(columns) <= 12


def test_the_graph_given_is_not_changed() -> None:
    graph = town_graph(2, 4)
    before = (sorted(graph.nodes(data=True), key=str), sorted(graph.edges(data=True), key=str))
    lay_out(Drawn.of_graph(graph))
    assert (sorted(graph.nodes(data=True), key=str), sorted(graph.edges(data=True), key=str)) == before


def test_nothing_and_one_node() -> None:
    assert lay_out(Drawn.of_graph(nx.Graph())) == Layout({}, ())
    one: Any = nx.Graph()
    one.add_node("a")
    assert len(lay_out(Drawn.of_graph(one)).positions) == 1


def test_a_tie_of_a_node_with_itself_does_no_harm() -> None:
    graph: Any = nx.MultiDiGraph([("a", "a"), ("a", "b"), ("b", "a")])
    assert len(lay_out(Drawn.of_graph(graph)).positions) == 2

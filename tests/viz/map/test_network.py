"""What the map draws on its day and on the days before, and what it leaves out."""

from __future__ import annotations

from typing import Any

import networkx as nx
import pandas as pd

from tsunagari.viz.map import network as module
from tsunagari.viz.map.network import TIES, change_days, map_network


class Projected:
    """What the map asks of a network: nodes and ties as tables, the ends of the ties as numbers."""

    def __init__(self, graph: Any) -> None:
        self.graph = graph
        index = {node: number for number, node in enumerate(graph)}
        self.source, self.target = ([index[edge[end]] for edge in graph.edges()] for end in (0, 1))

    def nodes(self, _lang: str) -> pd.DataFrame:
        rows = [{"id": node, "label": "", "stated_size": None} | data for node, data in self.graph.nodes(data=True)]
        return pd.DataFrame(rows)

    def edges(self, _lang: str) -> pd.DataFrame:
        rows = [data for _, _, data in self.graph.edges(data=True)]
        return pd.DataFrame(rows, columns=list(TIES), dtype=object)


class Years:
    """A tie of 2020 to 2022, a body of 2021, a tie that always holds."""

    def __init__(self) -> None:
        self.asked: list[Any] = []

    def projection(self, name: str, *, at: Any, statuses: Any) -> Any:
        self.asked.append(at)
        graph: Any = nx.MultiDiGraph()
        graph.add_nodes_from("ab", kind="organization")
        graph.add_edge("a", "b", kind="joint")
        if str(at) < "2022":
            graph.add_edge("b", "a", kind="meeting")
        if str(at) >= "2021":
            graph.add_node("c", kind="organization")
            graph.add_node("町", kind="area", label="子町")
            graph.add_edge("c", "町", kind="reach")
        return Projected(graph)

    def frame(self, name: str, *, every: bool) -> pd.DataFrame:
        assert every
        if name == "memberships":
            return pd.DataFrame({"valid_from": ["2021-01-01", None], "valid_to": [None, None]})
        return pd.DataFrame({"valid_from": ["2020-01-01", "2030-01-01"], "valid_to": ["2022-01-01", None]})


def test_the_days_are_those_on_which_something_changes_up_to_the_day() -> None:
    days: Any = Years()
    assert change_days(days, "2023-10-01") == ["2020-01-01", "2021-01-01", "2022-01-01", "2023-10-01"]


def test_each_day_says_what_does_not_hold_on_it() -> None:
    kg: Any = Years()
    graph, days = map_network(kg, at="2023-10-01", day="2023-10-01", lang="ja")
    assert graph.ids == ["a", "b", "c"]
    assert graph.ties["kind"] == ["joint", "meeting"]
    off = {one["day"]: (one["off"], one["gone"]) for one in days}
    assert off["2020-01-01"] == ([], [2])
    assert off["2021-01-01"] == ([], [])
    assert off["2022-01-01"] == off["2023-10-01"] == ([1], [])


def test_without_a_day_or_a_change_there_is_no_slider(monkeypatch: Any) -> None:
    kg: Any = Years()
    assert map_network(kg, at=None, day="", lang="ja")[1] == []
    monkeypatch.setattr(module, "change_days", lambda _kg, day: [day])
    assert map_network(kg, at="2023-10-01", day="2023-10-01", lang="ja")[1] == []


def test_a_large_map_has_no_slider(monkeypatch: Any) -> None:
    monkeypatch.setattr(module, "MOST_NODES", 2)
    kg: Any = Years()
    graph, days = map_network(kg, at="2023-10-01", day="2023-10-01", lang="ja")
    assert (len(graph), days, kg.asked) == (3, [], ["2023-10-01"])


def test_areas_are_named_at_the_body_that_reaches_them() -> None:
    kg: Any = Years()
    graph, _ = map_network(kg, at="2023-10-01", day="2023-10-01", lang="ja")
    assert "町" not in graph.ids
    assert graph.nodes["reach"][graph.ids.index("c")] == ["子町"]

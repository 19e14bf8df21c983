"""Tables of what holds a network together, on networks of which the answer is plain."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from tsunagari.errors import NetworkError, UnknownNameError
from tsunagari.graph.centre.cohesion import COHESION_COLUMNS, KEY_PLAYER_COLUMNS, cohesion_table, key_player_table
from tsunagari.graph.knowledge.knowledge import KnowledgeGraph
from tsunagari.graph.measures.key_players import fragmentation, reach


def bodies(size: int, **columns: object) -> pd.DataFrame:
    ids = [f"n{number}" for number in range(size)]
    return pd.DataFrame({"id": ids, "label": [f"架空{name}" for name in ids], "kind": "organization", **columns})


def two_circles() -> np.ndarray:
    """Return two circles of friends of four and three, one tie between them (0 and 4), and one body apart."""
    matrix = np.zeros((8, 8))
    matrix[:4, :4] = 1
    matrix[4:7, 4:7] = 1
    matrix[0, 4] = matrix[4, 0] = 1
    np.fill_diagonal(matrix, 0)
    return matrix


def test_parts_communities_and_what_falls_apart():
    table = cohesion_table(two_circles(), bodies(8))
    assert list(table.columns) == list(COHESION_COLUMNS)
    assert table["component"].tolist() == [1] * 7 + [2]
    assert table["component_size"].tolist() == [7] * 7 + [1]
    assert table["community"].tolist() == [1] * 4 + [2] * 3 + [3]
    assert table["community_size"].tolist() == [4] * 4 + [3] * 3 + [1]
    assert table["parts_without"].tolist() == [2, 1, 1, 1, 2, 1, 1, 0]
    assert table["is_cut_point"].tolist() == [True, False, False, False, True, False, False, False]
    assert table["bridges"].tolist() == [1, 0, 0, 0, 1, 0, 0, 0]
    assert table.attrs["modularity"] == pytest.approx(9 / 10 - (13**2 + 7**2) / 20**2)


def test_sentences_in_both_languages():
    table = cohesion_table(two_circles(), bodies(8))
    assert table.loc[0, "sentence"] == (
        "架空n0は、7団体がつながる集まりの中の、4団体のまとまりにいます。抜けると、つながりが2つに分かれます。"
    )
    assert table.loc[7, "sentence"] == "架空n7は、どことのつながりの記載もありません。"
    english = cohesion_table(two_circles(), bodies(8), lang="en")
    assert english.loc[4, "sentence"] == (
        "架空n4 is in a community of 3 within a connected part of 7. Without it the network falls into 2 parts there."
    )


def test_unnamed_groups_hold_together_but_are_not_listed():
    table = cohesion_table(two_circles(), bodies(8, **{"class": ["UnnamedGroup"] + ["Organization"] * 7}))
    assert table["id"].tolist() == [f"n{number}" for number in range(1, 8)]
    assert table["component_size"].tolist()[0] == 7


def test_key_players_by_every_goal():
    matrix, nodes = two_circles(), bodies(8)
    for goal in ("fragmentation", "distance_fragmentation"):
        table = key_player_table(matrix, nodes, 2, goal)
        assert list(table.columns) == list(KEY_PLAYER_COLUMNS)
        assert table["name"].tolist()[0] == "架空n0"
        rows = [int(name[1:]) for name in table["id"]]
        weighted = goal.startswith("distance")
        assert table["score"].tolist() == pytest.approx(
            [fragmentation(matrix, rows[:place], distance_weighted=weighted) for place in (1, 2)]
        )
        assert table.attrs["before"] == pytest.approx(fragmentation(matrix, distance_weighted=weighted))
    table = key_player_table(matrix, nodes, 2, "reach")
    assert table["score"].tolist() == pytest.approx([reach(matrix, [0], steps=1), 7 / 8])
    assert table.loc[1, "sentence"].startswith("架空n0、架空n4から1歩以内に、全体の88%がいます。")
    assert table.loc[1, "sentence"].endswith("2団体の組でこれを超えるものはありません。")
    near = key_player_table(matrix, nodes, 1, "distance_reach", lang="en")
    assert near.loc[0, "sentence"].startswith("From 架空n0 everybody is near by ")


def test_networks_without_nodes_or_ties():
    nothing = bodies(0)
    assert cohesion_table(np.zeros((0, 0)), nothing).empty
    assert key_player_table(np.zeros((0, 0)), nothing).empty
    alone = cohesion_table(np.zeros((3, 3)), bodies(3))
    assert alone["component"].tolist() == alone["community"].tolist() == [1, 2, 3]
    assert alone.attrs["modularity"] == 0
    assert len(key_player_table(np.zeros((3, 3)), bodies(3), 9)) == 3


def test_what_makes_no_sense_is_refused():
    with pytest.raises(UnknownNameError, match="fragmentation"):
        key_player_table(two_circles(), bodies(8), 1, "power")
    with pytest.raises(NetworkError, match="at least 1"):
        key_player_table(two_circles(), bodies(8), 0)
    with pytest.raises(NetworkError, match="resolution"):
        cohesion_table(two_circles(), bodies(8), resolution=0)
    with pytest.raises(NetworkError, match="finite number"):
        cohesion_table([[0, -1], [-1, 0]], bodies(2))


def test_the_same_by_the_knowledge_graph(bundled: KnowledgeGraph):
    graph = bundled.network("collaboration")
    table = bundled.cohesion().set_index("id")
    assert set(table.index[table["is_cut_point"]]) <= set(nx.articulation_points(graph))
    assert table["component"].nunique() <= nx.number_connected_components(graph)
    assert "traag-2019" in table.attrs["works"]
    players = bundled.key_players(2, lang="en")
    assert players.loc[1, "sentence"].startswith(f"Without {players.loc[0, 'name']} and {players.loc[1, 'name']}, ")
    assert players.attrs["works"] == ["borgatti-2006"]
    found = bundled.mixing("sector")
    assert found.ties.index.tolist() == found.ties.columns.tolist() == found.groups.index.tolist()
    assert found.groups["members"].sum() == len(graph)
    inside = sum(graph.nodes[one]["sector"] == graph.nodes[other]["sector"] for one, other in graph.edges)
    assert found.groups["internal"].sum() == inside
    assert found.ei == pytest.approx((len(graph.edges) - 2 * inside) / len(graph.edges))

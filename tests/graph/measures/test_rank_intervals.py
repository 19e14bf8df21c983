"""Ranks that say how far they can be trusted, against a brute-force count over thinned networks."""

from __future__ import annotations

from importlib import import_module

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from tsunagari.errors import NetworkError, UnknownNameError
from tsunagari.graph.centre.brokers import graph_brokers
from tsunagari.graph.centre.centrality_table import centrality_table
from tsunagari.graph.measures.brokerage import brokerage_scores
from tsunagari.graph.measures.centrality import MEASURES
from tsunagari.graph.measures.closed_paths import triangles
from tsunagari.graph.measures.rank_intervals import rank_intervals, standing

module = import_module("tsunagari.graph.measures.rank_intervals")

STAR = nx.to_numpy_array(nx.star_graph(6))


def random_matrix(seed: int, *, size: int = 9, undirected: bool = False) -> np.ndarray:
    draw = np.random.default_rng(seed)
    matrix = (draw.random((size, size)) < draw.uniform(0.1, 0.9)) * draw.integers(1, 4, (size, size)).astype(float)
    return np.maximum(matrix, matrix.T) if undirected else matrix


def brokerage_by_definition(matrix: np.ndarray) -> list[int]:
    ties = (matrix > 0) & ~np.eye(len(matrix), dtype=bool)
    nodes = range(len(ties))
    return [
        sum(bool(ties[a, b] and ties[b, c] and not ties[a, c]) for a in nodes for c in nodes if a != c) for b in nodes
    ]


@pytest.mark.parametrize("undirected", [False, True])
@pytest.mark.parametrize("seed", range(8))
def test_thinned_brokerage_equals_that_of_the_thinned_network(seed: int, undirected: bool):
    matrix = module.checked_adjacency(random_matrix(seed, undirected=undirected))
    number, scores = module._brokerage_replicates(matrix)
    assert scores(None).tolist() == brokerage_by_definition(matrix.toarray())
    pairs = module._Pairs(matrix)
    for draw in range(3):
        kept = np.random.default_rng(draw).random(number) < 0.6
        thinned = matrix.toarray()
        for one, other in zip(pairs.source[~kept], pairs.target[~kept], strict=True):
            thinned[one, other] = thinned[other, one] = 0
        assert scores(kept).tolist() == brokerage_by_definition(thinned)
        _, general = module._replicates(matrix, lambda left: brokerage_scores(left, [0] * 9)["brokerage"].to_numpy())
        assert general(kept).tolist() == scores(kept).tolist()


@pytest.mark.parametrize("seed", range(5))
def test_every_triangle_is_listed_once(seed: int):
    graph = nx.gnp_random_graph(25, 0.3, seed=seed)
    matrix = module.checked_adjacency(np.triu(nx.to_numpy_array(graph)))
    source, target = matrix.tocoo().coords
    found = [
        frozenset([*source[list(ties)].tolist(), *target[list(ties)].tolist()])
        for block in triangles(matrix)
        for ties in zip(*block, strict=True)
    ]
    assert len(found) == len(set(found)) == sum(nx.triangles(graph).values()) // 3
    assert {len(nodes) for nodes in found} <= {3}


def test_intervals_are_the_middle_of_the_ranks_of_thinned_networks():
    matrix = random_matrix(4, size=12, undirected=True)
    found = rank_intervals(matrix, "degree", missing=0.3, replicates=40, seed=7)
    pairs = module._Pairs(module.checked_adjacency(matrix))
    chance = np.random.default_rng(7)
    best, worst = [], []
    for _ in range(40):
        thinned = matrix.copy()
        np.fill_diagonal(thinned, 0)
        gone = chance.random(len(pairs)) < 0.3
        thinned[pairs.source[gone], pairs.target[gone]] = thinned[pairs.target[gone], pairs.source[gone]] = 0
        degrees = (thinned > 0).sum(axis=1)
        best.append([(degrees > mine).sum() + 1 for mine in degrees])
        worst.append([(degrees >= mine).sum() for mine in degrees])
    low = np.sort(best, axis=0)[int(0.05 * 39)]
    high = np.sort(worst, axis=0)[int(np.ceil(0.95 * 39))]
    degrees = ((matrix > 0) & ~np.eye(12, dtype=bool)).sum(axis=1)
    assert found["rank"].tolist() == [(degrees > mine).sum() + 1 for mine in degrees]
    assert found["rank_low"].tolist() == np.minimum(low, found["rank"].astype(int)).tolist()
    assert found["rank_high"].tolist() == np.maximum(high, [(degrees >= mine).sum() for mine in degrees]).tolist()


@pytest.mark.parametrize(
    "scores", [[3, 0, 3, 7], [0.5, 2, -1, 0.5], [1, float("nan"), 2, 0], [2e6, 1, 1, 0], [-1, 0, 0, 1]]
)
def test_places_are_counted_or_sorted_alike(scores: list[float]):
    best, worst = module._places(np.array(scores, dtype=np.float64))
    known = [-np.inf if np.isnan(score) else score for score in scores]
    assert best.tolist() == [sum(other > mine for other in known) + 1 for mine in known]
    assert worst.tolist() == [sum(other >= mine for other in known) for mine in known]


def test_the_centre_of_a_star_is_first_whatever_is_missing():
    found = rank_intervals(STAR, missing=0.3)
    assert found.iloc[0].tolist() == [1, 1, 1, True]
    assert found["enough_data"].all()
    assert found["rank_high"].tolist()[1:] == [7] * 6


def test_nobody_in_a_ring_is_first():
    ring = nx.to_numpy_array(nx.cycle_graph(8))
    found = rank_intervals(ring)
    assert found["rank"].tolist() == [1] * 8  # all alike: a rank of 1 would be false
    assert not found["enough_data"].any()
    assert [standing(row) for row in found.to_dict("records")] == ["データ不足"] * 8


def test_bodies_apart_do_not_make_the_others_certain():
    ring = np.zeros((20, 20))
    ring[:8, :8] = nx.to_numpy_array(nx.cycle_graph(8))
    found = rank_intervals(ring)
    assert not found["enough_data"].any()
    assert found["rank"].isna().tolist() == [False] * 8 + [True] * 12


def test_only_what_is_listed_is_ranked():
    found = rank_intervals(STAR, listed=[False] + [True] * 6)
    assert found["rank"].isna().tolist() == [True] + [False] * 6
    assert found["rank"].max() == 1
    assert not found["enough_data"].any()


def test_nothing_missing_leaves_the_ranks():
    found = rank_intervals(nx.to_numpy_array(nx.krackhardt_kite_graph()), "betweenness", missing=0.0)
    assert found["rank"].tolist() == [6, 6, 8, 5, 8, 2, 2, 1, 4, 8]
    assert found["rank_low"].equals(found["rank"])
    assert found["rank_high"].tolist() == [7, 7, 10, 5, 10, 3, 3, 1, 4, 10]


@pytest.mark.parametrize("measure", MEASURES)
def test_every_measure_has_intervals_that_hold_the_rank(measure: str):
    found = rank_intervals(nx.to_numpy_array(nx.krackhardt_kite_graph()), measure, replicates=10)
    assert (found["rank_low"] <= found["rank"]).all()
    assert (found["rank"] <= found["rank_high"]).all()
    again = rank_intervals(nx.to_numpy_array(nx.krackhardt_kite_graph()), measure, replicates=10)
    assert found.equals(again)


def test_the_freest_body_is_first_by_constraint():
    found = rank_intervals(STAR, "constraint", missing=0.2)
    assert found.iloc[0].tolist() == [1, 1, 1, True]


@pytest.mark.parametrize("size", [0, 1, 3])
def test_networks_without_ties_have_no_ranks(size: int):
    found = rank_intervals(np.zeros((size, size)))
    assert len(found) == size
    assert found["rank"].isna().all()
    assert not found["enough_data"].any()


def test_a_single_pair_has_no_first():
    assert not rank_intervals([[0, 1], [1, 0]])["enough_data"].any()


@pytest.mark.parametrize(
    "wrong", [{"missing": 1.0}, {"missing": -0.1}, {"replicates": 0}, {"level": 0.0}, {"level": 2}]
)
def test_what_makes_no_sense_is_refused(wrong: dict[str, float]):
    with pytest.raises(NetworkError, match="missing rate"):
        rank_intervals(STAR, **wrong)  # type: ignore[arg-type]


def test_unknown_measures_are_refused():
    with pytest.raises(UnknownNameError, match="Nearest: degree"):
        rank_intervals(STAR, "degre")


# In the tables that people read


def named(graph: nx.Graph) -> nx.Graph:
    for node in graph:
        graph.nodes[node].update(label=f"架空{node}", kind="organization", sector="npo", sector_label="NPO")
    return graph


def test_brokers_of_a_ring_are_not_told_a_place():
    table = graph_brokers(named(nx.cycle_graph(8)))
    assert set(table["standing"]) == {"データ不足"}
    assert table["sentence"].str.contains("順位を言うにはデータが足りません。").all()
    english = graph_brokers(named(nx.cycle_graph(8)), lang="en")
    assert set(english["standing"]) == {"insufficient data"}
    assert english["sentence"].str.contains("the data are insufficient to tell its place.").all()


def test_a_clear_broker_keeps_its_place_and_bodies_without_ties_have_none():
    graph = named(nx.star_graph(6))
    graph.add_node("alone", label="架空の孤立", kind="organization", sector="npo", sector_label="NPO")
    table = graph_brokers(graph)
    assert table["standing"].tolist()[0] == "1"
    assert "つながりの10%が記載もれだとしても順位は1位です。" in table.loc[0, "sentence"]
    assert table["standing"].tolist()[-1] == "つながりなし"
    assert (table["rank_low"].dropna() <= table["rank"][table["rank_low"].notna()]).all()
    assert "順位" not in graph_brokers(graph, missing=0.0).loc[0, "sentence"]
    assert "順位の幅: つながりの 10%" in table.attrs["method"]
    with pytest.raises(NetworkError, match="missing rate"):
        graph_brokers(graph, missing=1.5)


def test_places_of_brokers_lie_in_their_intervals():
    graph = named(nx.gnp_random_graph(60, 0.08, seed=2))
    table = graph_brokers(graph, missing=0.2)
    ranked = table[table["rank_low"].notna()]
    assert ((ranked["rank_low"] <= ranked["rank"]) & (ranked["rank"] <= ranked["rank_high"])).all()
    assert ranked["sentence"].str.contains("つながりの20%が記載もれ").any()


def test_centrality_tables_have_intervals_where_they_are_asked_for():
    ids = [f"n{number}" for number in range(8)]
    nodes = pd.DataFrame({"id": ids, "label": ids, "kind": "organization"})
    ring = nx.to_numpy_array(nx.cycle_graph(8))
    table = centrality_table(ring, nodes, ["degree"], missing=0.1, lang="en")
    assert set(table["standing"]) == {"insufficient data"}
    assert table["sentence"].str.endswith("The data are insufficient to tell its place.").all()
    assert "borgatti-carley-krackhardt-2006" in table.attrs["works"]
    assert "standing" not in centrality_table(ring, nodes, ["degree"])


def test_each_mode_has_intervals_of_its_own():
    matrix = np.zeros((8, 8))
    matrix[[0, 0, 0, 1, 2, 3], [4, 5, 6, 4, 4, 4]] = 1
    ids = [f"n{number}" for number in range(8)]
    nodes = pd.DataFrame({"id": ids, "label": ids, "kind": ["organization"] * 4 + ["platform"] * 4})
    table = centrality_table(matrix, nodes, ["degree"], two_mode=True, missing=0.05).set_index("id")
    assert table.loc["n0", "standing"] == table.loc["n4", "standing"] == "1"
    assert table.loc["n7", "standing"] == "つながりなし"
    assert table.loc[["n0", "n1", "n2", "n3"], "rank_high"].max() == 4

"""Ranks that say how far they can be trusted, against networks made anew from what is left."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from tsunagari.errors import NetworkError, UnknownNameError
from tsunagari.graph.centre.brokers import graph_brokers
from tsunagari.graph.centre.centrality_table import centrality_table
from tsunagari.graph.inference.rank_intervals import rank_intervals, standing
from tsunagari.graph.inference.record_errors import RecordErrors, Stated, list_keys
from tsunagari.graph.inference.records import PlaceRecords, Records, TieRecords
from tsunagari.graph.measures.centrality import MEASURES

module = import_module("tsunagari.graph.inference.rank_intervals")

STAR = nx.to_numpy_array(nx.star_graph(6))


def intervals(matrix: Any, measure: Any = "brokerage", **options: Any) -> pd.DataFrame:
    """Intervals of a network of which only ties are known; options are those of the errors and of the intervals."""
    given = {name: options.pop(name) for name in ("missing", "draws", "seed", "false_records") if name in options}
    records = Records.of_matrix(matrix)
    return rank_intervals(records, measure, errors=RecordErrors(**given), **options)


def random_matrix(seed: int, *, size: int = 9, undirected: bool = False) -> np.ndarray:
    draw = np.random.default_rng(seed)
    matrix = (draw.random((size, size)) < draw.uniform(0.1, 0.9)) * draw.integers(1, 4, (size, size)).astype(float)
    return np.maximum(matrix, matrix.T) if undirected else matrix


def test_intervals_are_the_middle_of_the_ranks_of_thinned_networks():
    matrix = random_matrix(4, size=12, undirected=True)
    np.fill_diagonal(matrix, 0)
    found = intervals(matrix, "degree", missing=0.3, draws=40, seed=7)
    records = Records.of_matrix(matrix)
    best, worst = [], []
    for draw in range(40):
        degrees = (records.drawn(RecordErrors(0.3, draws=40, seed=7), draw).adjacency().toarray() > 0).sum(axis=1)
        best.append([(degrees > mine).sum() + 1 for mine in degrees])
        worst.append([(degrees >= mine).sum() for mine in degrees])
    low = np.sort(best, axis=0)[int(0.05 * 39)]
    high = np.sort(worst, axis=0)[int(np.ceil(0.95 * 39))]
    degrees = (matrix > 0).sum(axis=1)
    assert found["rank"].tolist() == [(degrees > mine).sum() + 1 for mine in degrees]
    assert found["rank_low"].tolist() == np.minimum(low, found["rank"].astype(int)).tolist()
    assert found["rank_high"].tolist() == np.maximum(high, [(degrees >= mine).sum() for mine in degrees]).tolist()


def test_one_missing_membership_takes_all_its_ties_along():
    """A body whose contacts all follow from one membership may lose its place at once; by ties it never would."""
    members = np.arange(12)
    group = Stated(np.arange(12, dtype=np.uint64))
    line = TieRecords(np.zeros(0, int), np.zeros(0, int), np.zeros(0), np.zeros(0), Stated(np.zeros(0, np.uint64)))
    core = members == 0  # the core is tied to the eleven others, which are not tied to each other
    places = PlaceRecords(members, members, np.zeros(12, dtype=np.int64), core, group)
    by_record = rank_intervals(Records(12, line, places), errors=RecordErrors(0.2), cut_points=True)
    assert by_record.loc[0, "rank"] == 1
    assert by_record.loc[0, "rank_high"] == 12
    assert by_record.loc[0, "cut_point_share"] == pytest.approx(0.8, abs=0.1)
    matrix = Records(12, line, places).observed().adjacency()
    by_tie = rank_intervals(Records.of_matrix(matrix), errors=RecordErrors(0.2))
    assert by_tie.loc[0, "rank_high"] == 1


def test_a_missing_list_takes_all_its_records_along():
    ties = nx.to_numpy_array(nx.star_graph(6))
    records = Records.of_matrix(ties)
    assert records.ties is not None
    one_list = Stated(records.ties.stated.keys, np.arange(7), list_keys(["a.csv"] * 6))
    records = replace(records, ties=replace(records.ties, stated=one_list))
    errors = RecordErrors(0.0, missing_lists=0.5)
    sizes = {records.drawn(errors, draw).ties.nnz for draw in range(40)}
    assert sizes == {0, 12}
    found = rank_intervals(records, errors=errors, cut_points=True)
    assert found.loc[0, "cut_point_share"] == pytest.approx(0.5, abs=0.15)


def test_false_records_make_others_contacts():
    line = nx.to_numpy_array(nx.path_graph(20))
    found = intervals(line, "degree", missing=0.0, false_records=0.3)
    assert found["rank"].tolist() == [19] + [1] * 18 + [19]
    assert found.loc[[0, 19], "rank_low"].max() < 19
    assert intervals(line, "degree", missing=0.0).loc[0, "rank_low"] == 19


@pytest.mark.parametrize(
    "scores", [[3, 0, 3, 7], [0.5, 2, -1, 0.5], [1, float("nan"), 2, 0], [2e6, 1, 1, 0], [-1, 0, 0, 1]]
)
def test_places_are_counted_or_sorted_alike(scores: list[float]):
    best, worst = module._places(np.array(scores, dtype=np.float64))
    known = [-np.inf if np.isnan(score) else score for score in scores]
    assert best.tolist() == [sum(other > mine for other in known) + 1 for mine in known]
    assert worst.tolist() == [sum(other >= mine for other in known) for mine in known]


def test_the_centre_of_a_star_is_first_whatever_is_missing():
    found = intervals(STAR, missing=0.3)
    assert found.iloc[0, :4].tolist() == [1, 1, 1, True]
    assert found["enough_data"].all()
    assert found["rank_high"].tolist()[1:] == [7] * 6


def test_nobody_in_a_ring_is_first():
    ring = nx.to_numpy_array(nx.cycle_graph(8))
    found = intervals(ring)
    assert found["rank"].tolist() == [1] * 8  # all alike: a rank of 1 would be false
    assert not found["enough_data"].any()
    assert [standing(row) for row in found.to_dict("records")] == ["データ不足"] * 8


def test_bodies_apart_do_not_make_the_others_certain():
    ring = np.zeros((20, 20))
    ring[:8, :8] = nx.to_numpy_array(nx.cycle_graph(8))
    found = intervals(ring)
    assert not found["enough_data"].any()
    assert found["rank"].isna().tolist() == [False] * 8 + [True] * 12


def test_only_what_is_listed_is_ranked():
    found = intervals(STAR, listed=[False] + [True] * 6)
    assert found["rank"].isna().tolist() == [True] + [False] * 6
    assert found["rank"].max() == 1
    assert not found["enough_data"].any()


def test_nothing_missing_leaves_the_ranks():
    found = intervals(nx.to_numpy_array(nx.krackhardt_kite_graph()), "betweenness", missing=0.0)
    assert found["rank"].tolist() == [6, 6, 8, 5, 8, 2, 2, 1, 4, 8]
    assert found["rank_low"].equals(found["rank"])
    assert found["rank_high"].tolist() == [7, 7, 10, 5, 10, 3, 3, 1, 4, 10]


@pytest.mark.parametrize("measure", MEASURES)
def test_every_measure_has_intervals_that_hold_the_rank(measure: str):
    found = intervals(nx.to_numpy_array(nx.krackhardt_kite_graph()), measure, draws=10)
    assert (found["rank_low"] <= found["rank"]).all()
    assert (found["rank"] <= found["rank_high"]).all()
    again = intervals(nx.to_numpy_array(nx.krackhardt_kite_graph()), measure, draws=10)
    assert found.equals(again)


def test_the_freest_body_is_first_by_constraint():
    found = intervals(STAR, "constraint", missing=0.2)
    assert found.iloc[0, :4].tolist() == [1, 1, 1, True]


@pytest.mark.parametrize("size", [0, 1, 3])
def test_networks_without_ties_have_no_ranks(size: int):
    found = intervals(np.zeros((size, size)))
    assert len(found) == size
    assert found["rank"].isna().all()
    assert not found["enough_data"].any()


def test_a_single_pair_has_no_first():
    assert not intervals([[0, 1], [1, 0]])["enough_data"].any()


@pytest.mark.parametrize(
    "wrong", [{"missing": 1.0}, {"missing": -0.1}, {"draws": 0}, {"false_records": 1.5}, {"seed": -1}]
)
def test_what_makes_no_sense_is_refused(wrong: dict[str, float]):
    with pytest.raises(NetworkError, match="share of missing records"):
        intervals(STAR, **wrong)


@pytest.mark.parametrize("level", [0.0, 2])
def test_a_level_that_makes_no_sense_is_refused(level: float):
    with pytest.raises(NetworkError, match="level"):
        intervals(STAR, level=level)


def test_unknown_measures_are_refused():
    with pytest.raises(UnknownNameError, match="Nearest: degree"):
        intervals(STAR, "degre")


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
    assert "記載の10%が漏れた一覧でも順位は1位です。" in table.loc[0, "sentence"]
    assert table["standing"].tolist()[-1] == "つながりなし"
    assert (table["rank_low"].dropna() <= table["rank"][table["rank_low"].notna()]).all()
    assert "順位" not in graph_brokers(graph, errors=RecordErrors(0.0)).loc[0, "sentence"]
    assert "順位の幅と切断点の確からしさ: 記載の10%が漏れた一覧を 100 回" in table.attrs["method"]


def test_places_of_brokers_lie_in_their_intervals():
    graph = named(nx.gnp_random_graph(60, 0.08, seed=2))
    table = graph_brokers(graph, errors=RecordErrors(0.2))
    ranked = table[table["rank_low"].notna()]
    assert ((ranked["rank_low"] <= ranked["rank"]) & (ranked["rank"] <= ranked["rank_high"])).all()
    assert ranked["sentence"].str.contains("記載の20%が漏れた一覧").any()


def test_centrality_tables_have_intervals_where_they_are_asked_for():
    ids = [f"n{number}" for number in range(8)]
    nodes = pd.DataFrame({"id": ids, "label": ids, "kind": "organization"})
    ring = nx.to_numpy_array(nx.cycle_graph(8))
    table = centrality_table(ring, nodes, ["degree"], errors=RecordErrors(), lang="en")
    assert set(table["standing"]) == {"insufficient data"}
    assert table["sentence"].str.endswith("The data are insufficient to tell its place.").all()
    assert "borgatti-carley-krackhardt-2006" in table.attrs["works"]
    assert "standing" not in centrality_table(ring, nodes, ["degree"])


def test_each_mode_has_intervals_of_its_own():
    matrix = np.zeros((8, 8))
    matrix[[0, 0, 0, 1, 2, 3], [4, 5, 6, 4, 4, 4]] = 1
    ids = [f"n{number}" for number in range(8)]
    nodes = pd.DataFrame({"id": ids, "label": ids, "kind": ["organization"] * 4 + ["platform"] * 4})
    table = centrality_table(matrix, nodes, ["degree"], two_mode=True, errors=RecordErrors(0.05)).set_index("id")
    assert table.loc["n0", "standing"] == table.loc["n4", "standing"] == "1"
    assert table.loc["n7", "standing"] == "つながりなし"
    assert table.loc[["n0", "n1", "n2", "n3"], "rank_high"].max() == 4

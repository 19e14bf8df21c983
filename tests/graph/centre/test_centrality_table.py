"""What a table of centrality says of the bodies of a network, and of what it does not know."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from tsunagari.errors import NetworkError, UnknownNameError
from tsunagari.graph.centre.bibliography import works_of
from tsunagari.graph.centre.centrality_table import centrality_table, error_sentence
from tsunagari.graph.inference.against_chance import compare_with_chance
from tsunagari.graph.inference.observed import Observed
from tsunagari.graph.inference.record_errors import RecordErrors
from tsunagari.graph.knowledge.knowledge import KnowledgeGraph
from tsunagari.graph.measures import sampled_betweenness
from tsunagari.graph.measures.adjacency import checked_adjacency
from tsunagari.graph.measures.centrality import MEASURES, centrality_estimate
from tsunagari.graph.measures.closeness import closeness_estimate, harmonic_estimate
from tsunagari.graph.measures.estimate import Accuracy
from tsunagari.graph.measures.two_mode import MEASURES as TWO_MODE_MEASURES
from tsunagari.graph.measures.two_mode import matrix_two_mode
from tsunagari.graph.wording.centrality_sentences import (
    CENTRALITY_TEXTS,
    TWO_MODE_TEXTS,
    centrality_sentence,
)

KITE = nx.to_scipy_sparse_array(nx.krackhardt_kite_graph())


def bodies(size: int, **columns: object) -> pd.DataFrame:
    ids = [f"n{number:03}" for number in range(size)]
    return pd.DataFrame({"id": ids, "label": [f"架空{name}" for name in ids], "kind": "organization", **columns})


def test_the_first_measure_decides_the_order_and_all_are_shown():
    table = centrality_table(KITE, bodies(10), ["betweenness", "degree"])
    assert list(table.columns) == ["rank", "name", "id", "kind", "betweenness", "degree", "sentence"]
    assert table["id"].tolist()[:4] == ["n007", "n005", "n006", "n008"]
    assert table["rank"].tolist() == [1, 2, 2, 4, 5, 6, 6, 8, 8, 8]
    assert table["degree"].tolist()[:4] == [3, 5, 5, 2]
    assert table.loc[0, "sentence"] == (
        "架空n007は、ほかの2団体を結ぶ最短の道すじの38.89%が通ります。3団体とつながっています。10団体のうち1番目です。"
    )
    assert "最短の道すじには入っていません" in table.iloc[-1]["sentence"]


def test_english_sentences():
    table = centrality_table(KITE, bodies(10), ["betweenness", "degree"], lang="en")
    assert table.loc[0, "sentence"] == (
        "架空n007 lies on 38.89% of the shortest paths between two others and is tied to 3 others. "
        "It has place 1 of 10."
    )
    assert "It shares place 2 of 10." in table.loc[1, "sentence"]


@pytest.mark.parametrize("measure", MEASURES)
def test_every_measure_has_its_value_a_sentence_and_a_source(measure: str):
    table = centrality_table(KITE, bodies(10), [measure]).set_index("id").sort_index()
    assert np.allclose(table[measure], centrality_estimate(KITE, measure).values)
    assert table["sentence"].str.len().min() > 20
    assert table.attrs["works"] == list(works_of([measure]))
    assert table.attrs["errors"] == {}


def test_every_measure_has_its_words():
    assert set(CENTRALITY_TEXTS) == set(MEASURES)
    assert set(TWO_MODE_TEXTS) >= set(TWO_MODE_MEASURES)


def test_the_least_constrained_come_first_and_bodies_without_ties_last():
    matrix = np.zeros((6, 6))
    for other in (1, 2, 3):
        matrix[0, other] = matrix[other, 0] = 1
    matrix[1, 2] = matrix[2, 1] = 1
    table = centrality_table(matrix, bodies(6), ["constraint"])
    assert table["id"].tolist() == ["n000", "n003", "n001", "n002", "n004", "n005"]
    assert table["rank"].tolist() == [1, 2, 3, 3, 5, 5]
    assert table.iloc[-1]["sentence"] == "架空n005には、つながりの記載がありません。"
    assert table["constraint"].isna().tolist() == [False] * 4 + [True] * 2


def test_unnamed_groups_are_measured_but_not_listed():
    nodes = bodies(10, **{"class": ["UnnamedGroup"] + ["Organization"] * 9})
    table = centrality_table(KITE, nodes, ["degree"])
    assert "n000" not in set(table["id"])
    assert table.set_index("id")["degree"]["n001"] == 4


def test_places_within_groups():
    sectors = ["npo", "city"] * 5
    table = centrality_table(KITE, bodies(10, sector=sectors, sector_label=sectors), ["degree"], group="sector")
    city = table[table["group"] == "city"]
    assert city["rank_in_group"].tolist()[0] == 1
    assert (city["rank"] >= city["rank_in_group"]).all()
    assert table.groupby("group")["rank_in_group"].min().tolist() == [1, 1]


def test_two_modes_are_ranked_by_themselves():
    incidence = np.zeros((5, 5))
    incidence[[0, 0, 1, 2], [3, 4, 3, 3]] = 1
    nodes = bodies(5, kind=["organization"] * 3 + ["platform"] * 2)
    table = centrality_table(incidence, nodes, ["degree", "constraint"], two_mode=True, lang="en")
    assert table["mode"].tolist() == [1, 1, 1, 2, 2]
    assert table["rank"].tolist() == [1, 2, 2, 1, 2]
    assert table["degree"].tolist() == pytest.approx([1, 0.5, 0.5, 1, 1 / 3])
    assert table.loc[0, "sentence"].startswith("架空n000 is tied to 100.0% of the other side and is held by")
    assert table.loc[3, "sentence"].endswith("It has place 1 of 2.")
    assert table.attrs["works"] == ["borgatti-everett-1997", "hollway-2020"]


def test_betweenness_speaks_from_random_networks_that_keep_numbers_of_ties():
    graph = nx.connected_caveman_graph(5, 5)
    nodes = bodies(len(graph))
    matrix = checked_adjacency(nx.to_numpy_array(graph))
    table = centrality_table(matrix, nodes, ["betweenness"], observed=Observed(matrix), draws=59, seed=3, lang="en")
    assert table.columns.tolist()[5:] == ["null_mean", "p", "q", "draws", "sentence"]
    (found,) = compare_with_chance(Observed(matrix), "betweenness", draws=59, seed=3, level="body")
    expected = found.table().set_index(nodes["id"]).loc[table["id"], ["null_mean", "p"]]
    assert np.allclose(table[["null_mean", "p"]], expected)
    assert (table["q"] >= table["p"]).all()
    assert table["sentence"].str.contains("Random networks that keep everybody's number of ties give about").all()
    assert table["sentence"].str.contains("59 draws, 25 tested together").all()
    assert "maslov-sneppen-2002" in table.attrs["works"]


def test_what_numbers_of_ties_settle_is_held_against_nothing():
    matrix = checked_adjacency(KITE)
    observed = Observed(matrix)
    for measures, draws in ((["degree", "betweenness"], None), (["betweenness"], 0), (["closeness"], 99)):
        assert "p" not in centrality_table(matrix, bodies(10), measures, observed=observed, draws=draws)
    assert "p" not in centrality_table(matrix, bodies(10), ["betweenness"])
    complete = checked_adjacency(np.ones((5, 5)) - np.eye(5))  # one network alone has these numbers of ties
    assert "p" not in centrality_table(complete, bodies(5), ["constraint"], observed=Observed(complete))


def test_networks_made_of_memberships_keep_them(bundled: KnowledgeGraph):
    table = bundled.centralities(["constraint"], draws=39, lang="en")
    tied = table[table["p"].notna()]
    assert tied["sentence"].str.contains("number of memberships and every group's size").all()
    assert "p" not in bundled.centralities(["constraint"], network="members")


def test_the_index_of_the_nodes_does_not_matter():
    nodes = bodies(10)
    plain = centrality_table(KITE, nodes, ["betweenness"], errors=RecordErrors())
    assert plain.equals(
        centrality_table(KITE, nodes.set_axis(range(50, 60), axis="index"), ["betweenness"], errors=RecordErrors())
    )


def test_unknown_measures_are_refused_with_what_there_is():
    with pytest.raises(UnknownNameError, match="Nearest: betweenness"):
        centrality_table(KITE, bodies(10), ["betweeness"])
    with pytest.raises(UnknownNameError, match=r"A two-mode network has no measure 'pagerank'.*degree, closeness"):
        centrality_table(KITE, bodies(10), ["pagerank"], two_mode=True)
    with pytest.raises(UnknownNameError, match="No measure is asked for"):
        centrality_table(KITE, bodies(10), [])
    with pytest.raises(NetworkError, match="no tie runs within a mode"):
        centrality_table(KITE, bodies(10), ["degree"], two_mode=True)


def test_networks_without_nodes_or_ties():
    nothing = centrality_table(np.zeros((0, 0)), bodies(0), ["degree", "closeness"])
    assert nothing.empty
    assert list(nothing.columns) == ["rank", "name", "id", "kind", "degree", "closeness", "sentence"]
    alone = centrality_table(np.zeros((3, 3)), bodies(3), ["pagerank"])
    assert alone["rank"].tolist() == [1, 1, 1]
    assert alone["sentence"].str.endswith("つながりの記載がありません。").all()
    both = centrality_table(np.zeros((0, 0)), bodies(0), ["degree"], two_mode=True, group="sector")
    assert both.empty


# Large networks


@pytest.fixture
def sampled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make every network a large one."""
    monkeypatch.setattr(closeness_estimate, "__kwdefaults__", {**KEYWORDS["closeness"], "exact_work": 0})
    monkeypatch.setattr(harmonic_estimate, "__kwdefaults__", {**KEYWORDS["harmonic"], "exact_work": 0})
    found = {**KEYWORDS["betweenness"], "exact_work": 0}
    monkeypatch.setattr(sampled_betweenness.betweenness_estimate, "__kwdefaults__", found)


KEYWORDS = {
    "closeness": closeness_estimate.__kwdefaults__ | {"pivots": 60},
    "harmonic": harmonic_estimate.__kwdefaults__ | {"pivots": 60},
    "betweenness": sampled_betweenness.betweenness_estimate.__kwdefaults__ | {"pairs": 500},
}


def random_matrix() -> object:
    return nx.to_scipy_sparse_array(nx.gnp_random_graph(300, 0.02, seed=1))


@pytest.mark.usefixtures("sampled")
@pytest.mark.parametrize("measure", ["betweenness", "closeness", "harmonic"])
def test_what_is_sampled_tells_an_error_that_holds(measure: str):
    matrix = random_matrix()
    table = centrality_table(matrix, bodies(300), [measure]).set_index("id").sort_index()
    error = table.attrs["errors"][measure]
    exact = centrality_table(matrix, bodies(300), [measure], accuracy=Accuracy(exact=True)).set_index("id").sort_index()
    assert exact.attrs["errors"] == {}
    assert 0 < (table[measure] - exact[measure]).abs().max() <= error["epsilon"]
    assert f"{error['samples']:,}" in error_sentence(measure, error, "en")


@pytest.mark.usefixtures("sampled")
def test_an_error_that_is_asked_for_is_kept_by_more_samples():
    matrix = random_matrix()
    plain = centrality_estimate(matrix, "betweenness")
    asked = centrality_estimate(matrix, "betweenness", Accuracy(epsilon=plain.epsilon / 2))
    assert asked.samples == 0 or asked.epsilon <= plain.epsilon / 2
    assert asked.samples == 0 or asked.samples > plain.samples
    tight = centrality_estimate(matrix, "betweenness", Accuracy(epsilon=1e-9))
    assert (tight.epsilon, tight.samples) == (0.0, 0)  # exact values cost no more


@pytest.mark.usefixtures("sampled")
def test_the_seed_decides_the_sample():
    matrix = random_matrix()
    first = centrality_estimate(matrix, "betweenness", Accuracy(seed=5)).values
    assert (first == centrality_estimate(matrix, "betweenness", Accuracy(seed=5)).values).all()
    assert (first != centrality_estimate(matrix, "betweenness", Accuracy(seed=6)).values).any()


@pytest.mark.usefixtures("sampled")
def test_two_modes_are_sampled_with_an_error_that_holds():
    draw = np.random.default_rng(3)
    matrix = np.zeros((300, 300))
    matrix[draw.integers(0, 200, 900), draw.integers(200, 300, 900)] = 1
    first = np.arange(300) < 200
    names = [str(number) for number in range(300)]
    found = matrix_two_mode(matrix, first, names)
    exact = matrix_two_mode(matrix, first, names, Accuracy(exact=True))
    error = found.attrs["errors"]["betweenness"]
    assert 0 < (found["betweenness"] - exact["betweenness"]).abs().max() <= error["epsilon"]


@pytest.mark.parametrize(("epsilon", "delta"), [(0.0, 0.1), (-1.0, 0.1), (0.1, 0.0), (0.1, 1.0), (float("nan"), 0.1)])
def test_accuracies_that_make_no_sense_are_refused(epsilon: float, delta: float):
    with pytest.raises(NetworkError, match="above 0"):
        Accuracy(epsilon=epsilon, delta=delta)


def test_the_only_one_has_no_place() -> None:
    said = centrality_sentence("架空の会", {"degree": 1.0}, rank=1, count=1, two_mode=True)
    assert said.endswith("比べる相手はありません。")


def test_what_the_data_do_not_tell_is_said():
    said = centrality_sentence("架空の会", {"degree": 1.0}, rank=None, count=5)
    assert said.endswith("順位を言うにはデータが足りません。")


def test_the_same_by_the_knowledge_graph(bundled: KnowledgeGraph):
    table = bundled.centralities(["degree"], network="ties", group="sector")
    series = bundled.centrality("degree", network="ties")
    assert np.allclose(series[table["id"]], table["degree"])
    two = bundled.centralities(["closeness"], network="members")
    peer = bundled.two_mode("members").set_index("id")["closeness"]
    assert np.allclose(peer[two["id"]], two["closeness"])
    directed = bundled.centralities(["betweenness"], network="ties", directed=True)
    assert len(directed) == len(table)

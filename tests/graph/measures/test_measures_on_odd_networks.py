"""Every measure on networks that are hardly any: its documented value, or an error that says what is wrong."""

from __future__ import annotations

import importlib
import inspect
import math
import pkgutil
from collections.abc import Callable
from functools import partial
from typing import Any, TypeAlias

import networkx as nx
import numpy as np
import pandas as pd
import pytest

import tsunagari.graph
from tsunagari.errors import NetworkError
from tsunagari.graph.centre.brokers import broker_table, graph_brokers
from tsunagari.graph.centre.centrality_table import centrality_table
from tsunagari.graph.centre.cohesion import cohesion_table, key_player_table
from tsunagari.graph.inference.core_periphery import core_periphery
from tsunagari.graph.inference.rank_intervals import rank_intervals
from tsunagari.graph.inference.record_errors import RecordErrors
from tsunagari.graph.inference.records import Records
from tsunagari.graph.knowledge.knowledge import KnowledgeGraph
from tsunagari.graph.measures.betweenness import betweenness
from tsunagari.graph.measures.brokerage import brokerage_roles, brokerage_scores, graph_brokerage, network_brokerage
from tsunagari.graph.measures.centrality import (
    centrality_estimate,
    centrality_series,
    coreness,
    degree,
    eigenvector,
    graph_centrality,
    in_degree,
    out_degree,
    pagerank,
    strength,
)
from tsunagari.graph.measures.chance_brokerage import brokerage_deviation, expected_brokerage, expected_totals
from tsunagari.graph.measures.closeness import closeness, closeness_estimate, harmonic, harmonic_estimate
from tsunagari.graph.measures.communities import communities, modularity
from tsunagari.graph.measures.connectivity import blocks, bridges, cut_points, parts_without
from tsunagari.graph.measures.hops import neighbour_lists
from tsunagari.graph.measures.key_players import GOALS, fragmentation, key_players, reach
from tsunagari.graph.measures.mixing import mixing
from tsunagari.graph.measures.sampled_betweenness import betweenness_estimate, sampled_betweenness
from tsunagari.graph.measures.splits import group_splits, last_links, parts_of, splits
from tsunagari.graph.measures.structural_holes import graph_structural_holes, structural_holes
from tsunagari.graph.measures.two_mode import (
    graph_two_mode,
    matrix_two_mode,
    two_mode_centrality,
    two_mode_constraint,
    two_mode_measures,
)
from tsunagari.graph.measures.whole_network import whole_network

Call: TypeAlias = Callable[[Any], Any]

NAN = math.nan


def tied(size: int, *pairs: tuple[int, int]) -> np.ndarray:
    matrix = np.zeros((size, size))
    for one, other in pairs:
        matrix[one, other] = matrix[other, one] = 1.0
    return matrix


EMPTY, ONE, ISOLATED = tied(0), tied(1), tied(3)
APART = tied(5, (0, 1), (2, 3))  # two pairs and a body without ties
NETWORKS = {"empty": EMPTY, "one node": ONE, "all isolated": ISOLATED, "disconnected": APART}


def groups(matrix: Any) -> list[str]:
    return ["a", "b", "a", "a", "a"][: len(matrix)]


def bodies(matrix: Any) -> pd.DataFrame:
    names = [f"架空{row}" for row in range(len(matrix))]
    columns = {"id": names, "label": names, "kind": "organization", "sector": groups(matrix), "class": "Body"}
    return pd.DataFrame(columns, index=range(len(matrix)))


def graph(matrix: Any) -> nx.Graph:
    made = nx.from_numpy_array(np.asarray(matrix, dtype=float))
    for node, name in enumerate(groups(matrix)):
        made.nodes[node].update(kind="organization", label=f"架空{node}", sector=name)
    return made


def rows(found: Any) -> list[Any]:
    return np.asarray(found.values if hasattr(found, "samples") else found).tolist()


def intervals(matrix: Any, measure: str = "brokerage") -> pd.DataFrame:
    return rank_intervals(Records.of_matrix(matrix), measure, errors=RecordErrors(draws=20))


def column(table: pd.DataFrame, name: str) -> list[Any]:
    """Return a column of a table of bodies in the order of the network."""
    keys = [key for key in ("organization_id", "id") if key in table]
    return (table.sort_values(keys) if keys else table)[name].tolist()


# The value of a body without ties, and of one tied to a single other that is tied to nobody else.
OF_A_BODY: dict[str, tuple[Call, Any, Any]] = {
    "degree": (degree, 0.0, 1.0),
    "in_degree": (in_degree, 0.0, 1.0),
    "out_degree": (out_degree, 0.0, 1.0),
    "strength": (strength, 0.0, 1.0),
    "coreness": (coreness, 0.0, 1.0),
    "eigenvector": (eigenvector, 0.0, 0.5),
    "betweenness": (betweenness, 0.0, 0.0),
    "betweenness_estimate": (betweenness_estimate, 0.0, 0.0),
    "sampled_betweenness": (partial(sampled_betweenness, pairs=20), 0.0, 0.0),
    "closeness": (closeness, 0.0, 0.25),
    "closeness_estimate": (closeness_estimate, 0.0, 0.25),
    "harmonic": (harmonic, 0.0, 0.25),
    "harmonic_estimate": (harmonic_estimate, 0.0, 0.25),
    "centrality_estimate": (lambda m: centrality_estimate(m, "closeness"), 0.0, 0.25),
    "centrality_series": (lambda m: centrality_series(m, range(len(m)), "degree"), 0.0, 1.0),
    "graph_centrality": (lambda m: graph_centrality(graph(m), "constraint"), NAN, 1.0),
    "centrality_table": (lambda m: column(centrality_table(m, bodies(m), ["degree"]), "degree"), 0.0, 1.0),
    "structural_holes": (structural_holes, [NAN] * 4, [1.0] * 4),
    "structural_holes in ego networks": (partial(structural_holes, model="ego"), [NAN] * 4, [1.0] * 4),
    "graph_structural_holes": (lambda m: graph_structural_holes(graph(m)), [NAN] * 4, [1.0] * 4),
    "brokerage_roles": (lambda m: brokerage_roles(m, groups(m)), [0] * 5, [0] * 5),
    "brokerage_scores": (lambda m: brokerage_scores(m, groups(m))["brokerage"], 0, 0),
    "graph_brokerage": (lambda m: graph_brokerage(graph(m), "sector").iloc[:, :5], [0] * 5, [0] * 5),
    "cohesion_table": (lambda m: cohesion_table(m, bodies(m))["parts_without"], 0, 1),
    "broker_table": (lambda m: column(broker_table(m, bodies(m)), "constraint"), NAN, 1.0),
    "graph_brokers": (lambda m: column(graph_brokers(graph(m)), "degree"), 0, 1),
    "rank_intervals": (
        lambda m: intervals(m, "degree").iloc[:, :4].astype(float).to_numpy(),
        *([NAN, NAN, NAN, 0.0], [1.0, 1.0, 4.0, 0.0]),
    ),
    "rank_intervals of brokerage": (lambda m: intervals(m)["rank"].astype(float).to_numpy(), NAN, 1.0),
    "parts_without": (parts_without, 0, 1),
    "splits": (lambda m: splits(m).parts, 0, 1),
    "splits cut off": (lambda m: splits(m).cut_off, 0, 0),
    "mixing of a body": (lambda m: mixing(m, ["a"] * len(m)).of_node, NAN, -1.0),
    "neighbour_lists": (lambda m: np.diff(neighbour_lists(m).indptr), 0, 1),
}
# The result for each of the four networks.
OF_A_NETWORK: dict[str, tuple[Call, Any, Any, Any, Any]] = {
    "pagerank": (pagerank, [], [1.0], [1 / 3] * 3, [0.2 / 0.83] * 4 + [0.03 / 0.83]),
    "cut_points": (cut_points, [], [], [], []),
    "bridges": (bridges, [], [], [], [(0, 1), (2, 3)]),
    "blocks": (blocks, [], [], [], [[0, 1], [2, 3]]),
    "last_links": (lambda m: last_links(m).body.tolist(), [], [], [], []),
    "group_splits": (lambda m: group_splits(m, np.ones((len(m), 1))).member.tolist(), [], [], [], []),
    "parts_of": (lambda m: parts_of(m, 0) if len(m) else [], [], [], [], [[1]]),
    "communities": (lambda m: communities(m).of_node.tolist(), [], [0], [0, 1, 2], [0, 0, 1, 1, 2]),
    "modularity": (lambda m: modularity(m, groups(m)), 0.0, 0.0, 0.0, -0.125),
    "mixing": (lambda m: mixing(m, groups(m), permutations=5).ei, NAN, NAN, NAN, 0.0),
    "fragmentation": (fragmentation, 1.0, 1.0, 1.0, 0.8),
    "fragmentation by distance": (partial(fragmentation, distance_weighted=True), 1.0, 1.0, 1.0, 0.8),
    "reach": (lambda m: reach(m, [0][: len(m)], steps=1), 0.0, 1.0, 1 / 3, 0.4),
    "reach by distance": (lambda m: reach(m, [0][: len(m)]), 0.0, 1.0, 1 / 3, 0.4),
    "network_brokerage": (
        lambda m: network_brokerage(m, groups(m)).loc["brokerage", ["count", "z"]].tolist(),
        *([0, NAN], [0, NAN], [0, NAN], [0, -0.978]),
    ),
    "key_player_table": (
        lambda m: key_player_table(m, bodies(m))["name"].tolist(),
        *([], ["架空0"], ["架空0", "架空1", "架空2"], ["架空0", "架空2", "架空1"]),
    ),
    **{
        f"key_players {goal}": (
            lambda m, goal=goal: key_players(m, 3, goal).rows,
            *([], [0], [0, 1, 2], [0, 2, 1] if "fragment" in goal else [0, 2, 4]),
        )
        for goal in GOALS
    },
}
CALLS = {name: case[0] for name, case in (OF_A_BODY | OF_A_NETWORK).items()}
# Networks of two modes: rows and columns.
TWO_MODES: dict[str, Call] = {
    "two_mode_measures": two_mode_measures,
    "two_mode_centrality": two_mode_centrality,
    "two_mode_constraint": two_mode_constraint,
}
OF_GROUPS: dict[str, Callable[[Any, Any], Any]] = {
    "brokerage_roles": brokerage_roles,
    "brokerage_scores": brokerage_scores,
    "network_brokerage": network_brokerage,
    "modularity": modularity,
    "mixing": mixing,
}
OF_CHANCE: dict[str, Callable[[Any], pd.DataFrame]] = {
    "expected_brokerage": lambda given: expected_brokerage(given, 0.5),
    "brokerage_deviation": lambda given: brokerage_deviation(given, 0.5),
    "expected_totals": lambda given: expected_totals(given, 0.5),
}


@pytest.mark.parametrize("network", NETWORKS)
@pytest.mark.parametrize("name", OF_A_BODY)
def test_a_body_without_ties_has_the_documented_value(name: str, network: str) -> None:
    call, alone, paired = OF_A_BODY[name]
    matrix = NETWORKS[network]
    expected = [paired if contacts else alone for contacts in matrix.sum(axis=1)]
    np.testing.assert_allclose(np.asarray(rows(call(matrix)), dtype=float), expected, rtol=1e-9)


@pytest.mark.parametrize("network", NETWORKS)
@pytest.mark.parametrize("name", OF_A_NETWORK)
def test_a_network_that_is_hardly_any_has_the_documented_result(name: str, network: str) -> None:
    call, *results = OF_A_NETWORK[name]
    expected = results[[*NETWORKS].index(network)]
    if isinstance(expected, list) and expected and isinstance(expected[0], (list, tuple, str)):
        assert call(NETWORKS[network]) == expected
    else:
        assert call(NETWORKS[network]) == pytest.approx(expected, abs=1e-3, nan_ok=True)


@pytest.mark.parametrize("name", CALLS)
def test_ties_of_a_body_with_itself_change_nothing(name: str) -> None:
    with_self_ties = APART + np.diag([3.0, 0.0, 1.0, 0.0, 2.0])
    np.testing.assert_equal(rows(CALLS[name](with_self_ties)), rows(CALLS[name](APART)))


@pytest.mark.parametrize("weight", [-1.0, NAN, math.inf])
@pytest.mark.parametrize("name", [name for name in (*CALLS, *TWO_MODES) if name != "graph_brokerage"])
def test_a_weight_that_is_none_is_told(name: str, weight: float) -> None:
    with pytest.raises(NetworkError, match="must be a finite number of at least 0"):
        (CALLS | TWO_MODES)[name](weight * APART if weight == -1 else np.where(APART > 0, weight, 0.0))


@pytest.mark.parametrize("name", [name for name in CALLS if "graph_" not in name and "_table" not in name])
def test_a_matrix_that_is_no_network_is_told(name: str) -> None:
    with pytest.raises(NetworkError, match="must be square"):
        CALLS[name](np.zeros((2, 3)))


@pytest.mark.parametrize("given", [["a"] * 4, ["a"] * 6, ["a", "a", "b", "b", None], [1.0, 1.0, 2.0, 2.0, NAN]])
@pytest.mark.parametrize("name", OF_GROUPS)
def test_a_partition_that_misses_organisations_is_told(name: str, given: list[Any]) -> None:
    with pytest.raises(NetworkError, match=r"must give a group for each of the 5 nodes|1 nodes have no group"):
        OF_GROUPS[name](APART, given)


@pytest.mark.parametrize("call", [graph_brokerage, lambda made, given: graph_brokers(made, group=given)])
def test_a_partition_by_name_says_whom_it_misses(call: Callable[..., Any]) -> None:
    named = nx.relabel_nodes(graph(APART), str)
    with pytest.raises(NetworkError, match="The partition misses 2 nodes"):
        call(named, {"0": "a", "1": "a", "2": "b"})


@pytest.mark.parametrize("name", OF_CHANCE)
def test_what_chance_gives_needs_a_group_for_everybody(name: str) -> None:
    assert len(OF_CHANCE[name]([])) == (6 if name == "expected_totals" else 0)
    with pytest.raises(NetworkError, match="1 nodes have no group"):
        OF_CHANCE[name](["a", None])


@pytest.mark.parametrize(
    "call",
    [
        lambda: fragmentation(APART, [5]),
        lambda: reach(APART, [-1]),
        lambda: parts_of(APART, 5),
        lambda: parts_of(EMPTY, 0),
    ],
)
def test_a_body_that_is_not_in_the_network_is_told(call: Callable[[], Any]) -> None:
    with pytest.raises(NetworkError, match="There is no such row"):
        call()


@pytest.mark.parametrize(
    "call",
    [
        lambda: splits(APART, counted=[True] * 4),
        lambda: parts_of(APART, 0, counted=[True] * 6),
        lambda: group_splits(APART, np.ones((4, 2))),
        lambda: matrix_two_mode(APART, [True] * 4, range(5)),
        lambda: rank_intervals(Records.of_matrix(APART), listed=[True] * 4),
    ],
)
def test_what_must_be_said_of_each_body_is(call: Callable[[], Any]) -> None:
    with pytest.raises(NetworkError, match="one value for each of the 5 nodes"):
        call()


@pytest.mark.parametrize("shape", [(0, 0), (0, 2), (2, 0), (1, 1), (2, 3)])
def test_two_modes_without_ties_have_zeros_and_no_constraint(shape: tuple[int, int]) -> None:
    for table, size in zip(two_mode_measures(np.zeros(shape)), shape, strict=True):
        assert len(table) == size
        assert table.drop(columns="constraint").to_numpy().tolist() == [[0.0] * 4] * size
        assert table["constraint"].isna().all()
    for values, size in zip(two_mode_constraint(np.zeros(shape)), shape, strict=True):
        np.testing.assert_equal(values, np.full(size, NAN))
    assert [len(table) for table in two_mode_centrality(np.zeros(shape))] == list(shape)


def test_two_modes_that_are_disconnected_have_values_in_each_part() -> None:
    table = graph_two_mode(nx.Graph([("a", "x"), ("b", "y")]), {"a", "b"})
    assert table["degree"].tolist() == [0.5] * 4
    assert table["closeness"].tolist() == pytest.approx([4 / 3] * 4)  # least sum 2 + 2 · 1, by 1 step, to 1 of 3 others
    assert table["constraint"].tolist() == [1.0] * 4
    assert graph_two_mode(nx.Graph(), set()).empty
    with pytest.raises(NetworkError, match="no tie runs within a mode"):
        graph_two_mode(nx.Graph([("a", "b")]), {"a", "b"})


def test_a_day_before_all_data_leaves_every_body_with_the_ties_that_have_no_start(bundled: KnowledgeGraph) -> None:
    before = "0001-01-01"
    shown = bundled.projection("collaboration", at=before)
    assert 0 < len(shown.source) < len(bundled.projection("collaboration", at="2023-10-01").source)
    contacts = dict(zip(shown.node_ids, degree(shown.adjacency()).tolist(), strict=True))
    assert bundled.centrality("degree", at=before).to_dict() == contacts
    named = {iri for iri, counts in zip(shown.node_ids, shown.ranked, strict=True) if counts}
    for table, key in (
        (bundled.brokers(at=before), "organization_id"),
        (bundled.centralities(["degree"], at=before), "id"),
    ):
        assert table.set_index(key)["degree"].to_dict() == {iri: contacts[iri] for iri in named}
    alone = bundled.structural_holes(at=before).set_index("id")["constraint"].isna()
    assert alone.to_dict() == {iri: not number for iri, number in contacts.items()}
    assert len(bundled.two_mode(at=before)) == len(bundled.projection("members", at=before))
    assert bundled.brokerage(at=before)["count"].ge(0).all()


NO_MEASURES = {"checked_adjacency", "adjacency_of", "checked_incidence"}  # they are what tells what is wrong


OF_THE_WHOLE = {"whole_network": whole_network, "core_periphery": core_periphery}  # no value a body


@pytest.mark.parametrize("name", OF_THE_WHOLE)
def test_measures_of_the_whole_refuse_what_is_no_network(name: str) -> None:
    with pytest.raises(NetworkError, match="must be square"):
        OF_THE_WHOLE[name](np.zeros((2, 3)))
    with pytest.raises(NetworkError, match="must be a finite number of at least 0"):
        OF_THE_WHOLE[name](-APART)
    with_self_ties = OF_THE_WHOLE[name](APART + np.diag([3.0, 0.0, 1.0, 0.0, 2.0]))
    assert str(with_self_ties) == str(OF_THE_WHOLE[name](APART))


def test_no_measure_is_left_out_of_these_tests() -> None:
    named = {name.partition(" ")[0] for name in (*CALLS, *TWO_MODES)} | {"graph_two_mode", "matrix_two_mode"}
    found = set()
    for module in pkgutil.walk_packages(tsunagari.graph.__path__, "tsunagari.graph."):
        for name, function in inspect.getmembers(importlib.import_module(module.name), inspect.isfunction):
            first = next(iter(inspect.signature(function).parameters.values()), None)
            takes_a_network = first is not None and first.name in ("adjacency", "incidence", "graph")
            if takes_a_network and first.annotation in ("Any", "Graph") and not name.startswith("_"):
                found.add(function.__name__)
    whole = {*OF_THE_WHOLE, *(f"{name}_table" for name in OF_THE_WHOLE)}
    assert found - NO_MEASURES - whole == named - {"rank_intervals"}  # it takes records, here those of a matrix

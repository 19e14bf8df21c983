"""A network as arrays is the same network in every form."""

from __future__ import annotations

from collections.abc import Callable

import networkx as nx
import numpy as np
import pytest

from tsunagari.errors import NetworkError
from tsunagari.graph.columns.column_store import MemoryStore
from tsunagari.graph.facts.things import Reader
from tsunagari.graph.knowledge.knowledge import KnowledgeGraph
from tsunagari.graph.measures.adjacency import adjacency_of
from tsunagari.graph.networks.networks import NETWORKS, project
from tsunagari.graph.networks.projection import EDGE_COLUMNS, Projection
from tsunagari.ontology.quads import quads
from tsunagari.ontology.records import Record, Reference, Value
from tsunagari.ontology.vocabulary import vocabulary

Make = Callable[..., Projection]


def tie(source: str, target: str, **values: Value) -> Record:
    ends = {"tie_from": (Reference(f"urn:{source}"),), "tie_to": (Reference(f"urn:{target}"),)}
    listed = {name: (value,) for name, value in values.items()}
    return Record(f"urn:t-{source}-{target}-{len(listed)}", "CollaborationTie", "urn:g", {**ends, **listed})


def ties_between(names: str, *ties: Record) -> Reader:
    """Return a graph of organisations, each named by a letter, and ties."""
    bodies = [Record(f"urn:{name}", "StakeholderOrganization", "urn:g", {"pref_label": (name,)}) for name in names]
    return Reader(MemoryStore(quad for record in (*bodies, *ties) for quad in quads(record, vocabulary())))


@pytest.fixture(params=[*NETWORKS])
def projection(bundled: KnowledgeGraph, request: pytest.FixtureRequest) -> Projection:
    return bundled.projection(request.param, at=None)


def test_the_table_of_edges_and_the_graphs_say_the_same(projection: Projection) -> None:
    graph, table = projection.to_networkx(), projection.edges()
    assert tuple(table.columns) == EDGE_COLUMNS
    assert list(graph.nodes) == projection.node_ids == sorted(projection.node_ids)
    rows = table.drop(columns=["source_label", "target_label"]).to_dict("records")
    said = [
        {"source": source, "target": target, **{name: data[name] for name in EDGE_COLUMNS[4:]}}
        for source, target, data in graph.edges(data=True)
    ]
    assert sorted(rows, key=str) == sorted(said, key=str)
    other = projection.to_rustworkx()
    assert [node["id"] for node in other.nodes()] == projection.node_ids
    assert other.num_edges() == len(rows) == graph.number_of_edges()


def test_the_table_of_nodes_is_what_the_graph_says_of_them(projection: Projection) -> None:
    table = projection.nodes("en")
    attributes = [{"id": node, **data} for node, data in projection.to_networkx("en").nodes(data=True)]
    assert table.astype(object).where(table.notna(), None).to_dict("records") == attributes
    assert table["label"].tolist() == projection.names("en")


@pytest.mark.parametrize("directed", [False, True])
@pytest.mark.parametrize("name", NETWORKS)
def test_the_matrix_is_that_of_the_graph(bundled: KnowledgeGraph, name: str, *, directed: bool) -> None:
    projection = bundled.projection(name, at=None, directed=directed)
    expected, order = adjacency_of(projection.to_networkx())
    found = projection.adjacency(directed=None if name != "all" else True)
    assert order == projection.node_ids
    assert (found != expected).nnz == 0
    assert projection.adjacency(weighted=False).nnz >= expected.nnz or name == "all"
    assert set(projection.adjacency(weighted=False).data) <= {1.0, 2.0}


def test_a_matrix_may_be_asked_for_with_or_without_directions() -> None:
    reader = ties_between("abc", tie("a", "b", directed=True, strength=3), tie("b", "c"))
    ties = project(reader, "ties")
    assert ties.adjacency().toarray().tolist() == [[0, 3, 0], [3, 0, 1], [0, 1, 0]]
    assert ties.adjacency(directed=True).toarray().tolist() == [[0, 3, 0], [0, 0, 1], [0, 1, 0]]
    assert project(reader, "ties", directed=True).adjacency(directed=False).toarray().tolist() == [
        [0, 3, 0],
        [3, 0, 1],
        [0, 1, 0],
    ]
    assert ties.directed.tolist() == [True, False]


def test_parallel_ties_add_up_and_keep_what_they_mean() -> None:
    kinds = [Reference(f"https://w3id.org/tsunagari/scheme/tie-kind/{name}") for name in ("food", "referral")]
    reader = ties_between(
        "ab", tie("a", "b", strength=2, tie_kind=kinds[1]), tie("b", "a", tie_kind=kinds[0]), tie("a", "b")
    )
    (row,) = project(reader, "ties").edges("en").to_dict("records")
    assert (row["source"], row["target"], row["weight"]) == ("urn:a", "urn:b", 4.0)
    assert row["kind"] == "collaboration_tie|food|referral"
    assert row["evidence"] == ["urn:t-a-b-0", "urn:t-a-b-2", "urn:t-b-a-1"]


def test_ties_of_a_body_with_itself_are_left_out() -> None:
    ties = project(ties_between("ab", tie("a", "a"), tie("a", "b")), "ties")
    assert list(zip(ties.source.tolist(), ties.target.tolist(), strict=True)) == [(0, 1)]


def test_what_nothing_describes_is_no_node() -> None:
    ties = project(ties_between("ab", tie("a", "z"), tie("a", "b")), "ties")
    assert ties.node_ids == ["urn:a", "urn:b"]
    assert len(ties.source) == 1


@pytest.mark.parametrize(
    "reader",
    [Reader(MemoryStore()), ties_between("a"), ties_between("abc"), ties_between("a", tie("a", "a"))],
    ids=["empty", "one node", "all isolated", "only a self tie"],
)
@pytest.mark.parametrize("name", NETWORKS)
def test_networks_without_ties_are_empty_in_every_form(reader: Reader, name: str) -> None:
    found = project(reader, name, at="2023-10-01")
    size = len(reader.columns.of_class("Organization"))
    assert len(found) == len(found.nodes()) == len(found.names()) == len(found.ranked) == size
    assert len(found.source) == len(found.weight) == len(found.kind) == len(found.edges()) == 0
    assert found.adjacency().shape == (size, size)
    assert found.adjacency().nnz == 0
    assert tuple(found.edges().columns) == EDGE_COLUMNS
    assert nx.number_of_nodes(found.to_networkx()) == found.to_rustworkx().num_nodes() == size


def test_a_date_before_all_data_leaves_what_has_no_start(bundled: KnowledgeGraph) -> None:
    before, every = bundled.projection("ties", at="0001-01-01"), bundled.projection("ties", at="2023-10-01")
    assert len(before) <= len(every)
    assert len(before.source) < len(every.source)
    assert set(before.validity.tolist()) <= {1}


def test_rankings_leave_out_unnamed_groups_and_what_is_no_organisation(bundled: KnowledgeGraph) -> None:
    members = bundled.projection("members")
    table = members.nodes()
    expected = (table["kind"] == "organization") & (table["class"] != "UnnamedGroup")
    assert members.ranked.tolist() == expected.tolist()
    unnamed = table[table["class"] == "UnnamedGroup"]
    assert unnamed["stated_size"].notna().any()
    assert 0 < members.ranked.sum() < len(members)


@pytest.mark.parametrize("strength", [-1.0, float("inf"), float("nan")])
def test_bad_weights_are_an_error_of_the_matrix(strength: float) -> None:
    ties = project(ties_between("ab", tie("a", "b", strength=strength)), "ties")
    with pytest.raises(NetworkError, match="weight"):
        ties.adjacency()


def test_a_strength_of_nothing_is_no_tie_of_the_matrix() -> None:
    ties = project(ties_between("ab", tie("a", "b", strength=0)), "ties")
    assert ties.weight.tolist() == [0.0]
    assert ties.adjacency().nnz == 0


def test_every_form_is_there_by_name(bundled: KnowledgeGraph) -> None:
    weights, nodes = bundled.matrix("members")
    assert nodes["id"].tolist() == bundled.projection("members").node_ids
    assert weights.nnz == 2 * len(bundled.edges("members"))
    assert bundled.rustworkx("members").num_edges() == bundled.network("members").number_of_edges()
    assert np.isclose(weights.sum(), 2 * bundled.edges("members")["weight"].sum())

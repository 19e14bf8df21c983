"""One network everywhere: who is a cut point is one answer in brokers, cohesion, losses, scenarios and comparisons."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.graph.conftest import REGION

from tsunagari.cli.shell.bundled import copy_workspace
from tsunagari.cli.shell.practice import practice_files
from tsunagari.graph.knowledge.build import build
from tsunagari.graph.knowledge.knowledge import KnowledgeGraph
from tsunagari.graph.networks.relationships import read_relationships


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeGraph]:
    folder = tmp_path_factory.mktemp("practice") / "region"
    copy_workspace(practice_files(), folder)
    with build(folder) as kg:
        yield kg


def cut_points_agree(kg: KnowledgeGraph) -> set[str]:
    """Compare every place that tells of cut points; return them."""
    tables = [
        kg.brokers().set_index("organization_id"),
        kg.loss().set_index("organization_id"),
        kg.cohesion().set_index("id"),
    ]
    told = [set(table.index[table["is_cut_point"]]) for table in tables]
    network = kg.network()
    plain = set(nx.articulation_points(network)) & set(tables[0].index)
    assert told[0] == told[1] == told[2] & set(tables[0].index) == plain
    for iri in tables[0].index:
        rest = network.subgraph(nx.node_connected_component(network, iri) - {iri})
        assert tables[1].loc[iri, "parts"] == nx.number_connected_components(rest)
    day = kg._day(None)
    pairs = read_relationships(kg._reader, at=day)
    parts = dict(zip(pairs.nodes, pairs.parts().tolist(), strict=True))
    assert {iri for iri in tables[0].index if parts[iri] > 1} == plain
    scenario = kg.scenario([{"action": "add", "what": "organization", "organization": "架空の新しい会"}])
    assert scenario.measures.set_index("measure").loc["cut_points", "before"] == sum(n > 1 for n in parts.values())
    return plain


def test_every_table_tells_of_the_same_cut_points(bundled: KnowledgeGraph, practice: KnowledgeGraph) -> None:
    assert cut_points_agree(bundled)
    assert len(cut_points_agree(practice)) > 3


NAMES = ("cook", "box", "soup", "meet", "home", "hub", "lone")
PAIRS = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)).filter(lambda p: p[0] != p[1]), max_size=9)
PLACES = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(("pf", "pg"))), max_size=6, unique=True)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ties=PAIRS, places=PLACES)
def test_random_workspaces_have_one_answer(ties: list[tuple[str, str]], places: list[tuple[str, str]]) -> None:
    lists = dict(REGION)
    rows = [f"t{row},{one},{other},food,false" for row, (one, other) in enumerate(ties)]
    lists["ties.csv"] = "\n".join(["id,tie_from,tie_to,tie_kind,directed", *rows, ""])
    rows = [f"m{row},{one},{group}" for row, (one, group) in enumerate(places)]
    lists["members.csv"] = "\n".join(["id,member,organization", *rows, ""])
    lists["platforms.csv"] += "pg,架空の会議,prefectural,31000\n"
    with tempfile.TemporaryDirectory() as folder:
        for name, text in lists.items():
            (Path(folder) / name).write_text(text, encoding="utf-8")
        with build(folder) as kg:
            cut_points_agree(kg)


def test_a_partnership_without_its_core_ties_nobody(bundled: KnowledgeGraph) -> None:
    before = bundled.loss().set_index("organization").loc["鳥取市", "parts"]
    found = bundled.scenario([{"action": "remove", "what": "organization", "organization": "鳥取市"}])
    difference = found.measures.set_index("measure").loc["components", "difference"]
    assert difference == before - 1 > 0

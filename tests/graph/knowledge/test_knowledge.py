from __future__ import annotations

import doctest
import gc
import importlib
import inspect
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from xml.etree import ElementTree

import pandas as pd
import pyoxigraph as ox
import pytest

import tsunagari
from tsunagari.graph.knowledge.knowledge import KnowledgeGraph
from tsunagari.graph.networks.networks import NETWORKS
from tsunagari.graph.tables.frames import COLUMNS

GRAPH = Path(__file__).resolve().parents[3] / "graph"
MODULES = sorted(
    ".".join(("tsunagari.graph", *path.relative_to(GRAPH).with_suffix("").parts)) for path in GRAPH.rglob("[a-z]*.py")
)


@pytest.mark.parametrize("name", ["tsunagari", *MODULES])
def test_the_examples_in_the_documentation_run(name: str, bundled: KnowledgeGraph) -> None:
    module = importlib.import_module(name)
    words = {**vars(module), "kg": bundled, "workspace": bundled.workspace}
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE)
    for test in doctest.DocTestFinder(exclude_empty=True).find(module, name, extraglobs=words):
        runner.run(test)
    assert runner.summarize().failed == 0


@pytest.mark.parametrize("name", COLUMNS)
def test_tables_are_there_as_attributes(bundled: KnowledgeGraph, name: str) -> None:
    table = getattr(bundled, name)
    assert table.columns.tolist() == list(COLUMNS[name])
    assert len(table) or name == "needs", "the four documents tell of no indicator"


def test_evidence_of_a_stated_fact(bundled: KnowledgeGraph) -> None:
    lead = bundled.memberships.query("role_id == 'lead'")["membership_id"].iloc[0]
    found = bundled.evidence(lead)
    assert found.columns.tolist() == ["document", "title", "line", "page", "quote", "row", "sheet"]
    assert found["line"].notna().all()
    assert found["quote"].str.len().gt(0).all()
    assert bundled.evidence("urn:unknown").empty


def test_counts_of_what_there_is(bundled: KnowledgeGraph) -> None:
    summary = dict(bundled.summary("en").itertuples(index=False, name=None))
    assert summary["programmes"] == 2  # of 令和5年度, and the place for those of later years
    assert summary["organisations"] == len(bundled.organizations)
    assert summary["platforms"] + summary["bodies of platforms"] == len(bundled.platforms)
    assert set(bundled.status_counts()["status_id"]) >= {"stated", "planned", "inferred"}
    assert bundled.source_counts()["count"].is_monotonic_decreasing


def test_sources_leave_out_files_that_only_cite_others(bundled: KnowledgeGraph) -> None:
    table = bundled.sources
    assert table.columns.tolist() == ["title", "publisher", "issued", "file", "kind", "records", "document"]
    assert table["records"].gt(0).any()
    assert "members.csv" not in set(table["file"])


def test_a_notebook_shows_what_there_is_where_it_comes_from_and_how_to_go_on(bundled: KnowledgeGraph) -> None:
    html = bundled._repr_html_()
    first = bundled.sources.sort_values(["records", "title"], ascending=[False, True])["title"].iloc[0]
    counts = dict(bundled.summary().itertuples(index=False, name=None))
    for shown in (
        bundled.title,
        "2023-10-01",
        f"プラットフォーム <b>{counts['プラットフォーム']}</b>",
        first,
        "kg.gaps()",
        "kg.sources",
    ):
        assert shown in html
    page = ElementTree.fromstring(f"<div>{html.replace(' open>', '>')}</div>")
    assert len(page.findall("details")) == 3
    assert repr(bundled) == f"<KnowledgeGraph {bundled.title!r} as of 2023-10-01>"
    steps = re.findall(r"kg\.(\w+)", html)
    assert len(steps) > 9
    assert [step for step in steps if not hasattr(bundled, step)] == []


def test_every_public_name_has_an_example_that_runs() -> None:
    """The examples run in `test_the_examples_in_the_documentation_run`."""
    found = {name: inspect.getattr_static(KnowledgeGraph, name) for name in dir(KnowledgeGraph) if name[0] != "_"}
    without = [name for name, item in found.items() if ">>> " not in (item.__doc__ or "")]
    assert not without


def test_brokers_leave_out_unnamed_groups(bundled: KnowledgeGraph) -> None:
    names = set(bundled.organizations.query("`class` == 'UnnamedGroup'")["organization_id"])
    assert names
    assert not names & set(bundled.brokers()["organization_id"])


@pytest.mark.parametrize("name", NETWORKS)
def test_every_network_is_also_a_matrix(bundled: KnowledgeGraph, name: str) -> None:
    weights, nodes = bundled.matrix(name)
    assert weights.shape == (len(nodes), len(nodes))
    assert nodes["id"].tolist() == list(bundled.network(name))


def test_the_day_is_the_workspaces_own_unless_given(bundled: KnowledgeGraph) -> None:
    pd.testing.assert_frame_equal(bundled.frame("memberships"), bundled.frame("memberships", at="2023-10-01"))
    assert len(bundled.frame("memberships", at="2017-01-01")) < len(bundled.frame("memberships"))


def test_rdflib_users_get_a_dataset(bundled: KnowledgeGraph) -> None:
    found = bundled.rdf().query("SELECT (COUNT(?s) AS ?n) { ?s a <https://w3id.org/tsunagari/ont#Subcommittee> }")
    assert [int(row[0]) for row in found] == [3]  # type: ignore[index,call-overload]
    del found
    gc.collect()  # rdflib's answer is a cycle; what it holds of the store may be dropped in this thread only


def test_a_closed_graph_says_so(bundled: KnowledgeGraph) -> None:
    assert bundled.workspace is not None
    with tsunagari.open(bundled.workspace) as kg:
        assert kg.title
    with pytest.raises(tsunagari.StoreError, match="closed"):
        kg.query("ASK {}")


def test_the_same_graph_from_an_endpoint_answers_the_same(
    bundled: KnowledgeGraph, endpoint: Callable[..., AbstractContextManager[str]]
) -> None:
    inner = ox.Store()
    inner.extend(bundled.store.quads())
    with endpoint(inner) as url:
        remote = tsunagari.open(url)
        assert (remote.title, remote.as_of) == (bundled.title, bundled.as_of)
        assert remote.gaps(candidates=2).equals(bundled.gaps(candidates=2))
        assert remote.loss().equals(bundled.loss())
        assert remote.brokers().equals(bundled.brokers())
        assert remote.ask("partnership-members", partnership="鳥取").equals(
            bundled.ask("partnership-members", partnership="鳥取")
        )
        assert remote.export("turtle") == bundled.export("turtle")
        assert remote.stale == []
        assert remote.issues.empty


@pytest.mark.parametrize(("name", "rdf_format"), [("trig", ox.RdfFormat.TRIG), ("jsonld", ox.RdfFormat.JSON_LD)])
def test_the_bundled_graph_comes_back_whole(bundled: KnowledgeGraph, name: str, rdf_format: ox.RdfFormat) -> None:
    data = bundled.export(name)
    assert isinstance(data, bytes)
    assert b"_:" not in data
    assert set(ox.parse(data, format=rdf_format)) == set(bundled.store.quads())


class TestBundledNetworks:
    """What the four documents say, as networks (figures counted by hand in the documents)."""

    def test_eleven_lead_roles_held_by_nine_bodies(self, bundled: KnowledgeGraph) -> None:
        graph = bundled.network("members", at="2022-12-20")
        leads = [pair for *pair, data in graph.edges(data=True) if "lead" in data["kinds"]]
        holders = [node for pair in leads for node in pair if graph.nodes[node]["kind"] == "organization"]
        assert (len(holders), len(set(holders))) == (11, 9)
        assert sorted(graph.nodes[node]["label"] for node in set(holders) if holders.count(node) > 1) == [
            "全国社会福祉協議会",
            "生活困窮者自立支援全国ネットワーク",
        ]

    def test_the_partnership_is_a_star_of_seven_in_two_prefectures(self, bundled: KnowledgeGraph) -> None:
        graph = bundled.network("collaboration")
        city = next(node for node, label in graph.nodes(data="label") if label == "鳥取市")
        partners = [node for node in graph[city] if "partnership" in graph[city][node]["kinds"]]
        assert len(partners) == 6
        assert {graph.nodes[node]["prefecture"] for node in [city, *partners]} == {"鳥取県", "兵庫県"}
        assert not any(graph.has_edge(one, other) for one in partners for other in partners)

    def test_a_town_that_joined_later_is_only_possibly_a_partner_before(self, bundled: KnowledgeGraph) -> None:
        def validity(day: str) -> list[str]:
            table = bundled.frame("memberships", at=day)
            return table[(table["organization"] == "香美町") & (table["kind"] == "partnership")]["validity"].tolist()

        assert [validity(day) for day in ("2019-01-01", "2021-01-01", "2023-10-01")] == [[], ["possible"], ["certain"]]

    def test_what_is_only_considered_is_no_tie_unless_asked_for(self, bundled: KnowledgeGraph) -> None:
        assert len(bundled.network("all", statuses=None).edges) > len(bundled.network("all").edges)
        considered = bundled.network("ties", statuses=["under-consideration"])
        assert len(considered.edges)
        assert {data["status"] for _, _, data in considered.edges(data=True)} == {"under-consideration"}
        assert {data["status"] for _, data in considered.nodes(data=True)} <= {
            "stated",
            "inferred",
            "under-consideration",
        }

    def test_the_secretariat_of_kitakyushu_moves_in_the_map_only_as_considered(self, bundled: KnowledgeGraph) -> None:
        graph = bundled.network("all", statuses=None)
        moves = [data["status"] for _, _, data in graph.edges(data=True) if data["kind"] == "role_transfer"]
        assert moves == ["under-consideration"]

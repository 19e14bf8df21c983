from __future__ import annotations

from datetime import date
from pathlib import Path

import pyoxigraph as ox
import pytest

import tsunagari as tsu
from tsunagari.errors import UnknownNameError
from tsunagari.graph.change.views import known_from, stated_by
from tsunagari.graph.columns.column_store import MemoryStore
from tsunagari.graph.facts.things import Reader, Thing
from tsunagari.graph.knowledge.knowledge import KnowledgeGraph
from tsunagari.graph.store.store import select
from tsunagari.ontology.namespaces import graph_iri, instance_iri

PLATFORM = "id,pref_label\npf,架空プラットフォーム\n"
LISTS = {
    "old": ("団体名\n架空の甲\n架空の乙\n", "as_of = 2022-04-01"),
    "new": ("団体名,加入日\n架空の乙,いつか\n架空の丙,\n", "issued = 2023-04-15\nas_of = 2023-04-01"),
    "undated": ("団体名\n架空の丁\n", ""),
}


@pytest.fixture(scope="module")
def lists(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    folder = tmp_path_factory.mktemp("lists")
    settings = '[workspace]\ntitle = "架空"\nas_of = 2023-10-01\n'
    (folder / "platforms.csv").write_text(PLATFORM, encoding="utf-8")
    settings += '[[source]]\nfile = "platforms.csv"\nkind = "platforms"\n'
    for name, (text, further) in LISTS.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
        settings += f'[[source]]\nfile = "{name}.csv"\nkind = "members"\nplatform = "pf"\n{further}\n'
    (folder / "tsunagari.toml").write_text(settings, encoding="utf-8")
    return tsu.build(folder)


def dated(file: str, day: str) -> ox.Quad:
    node = ox.NamedNode
    value = ox.Literal(day, datatype=node("http://www.w3.org/2001/XMLSchema#date"))
    issued = node("http://purl.org/dc/terms/issued")
    return ox.Quad(node(instance_iri("source", file)), issued, value, node(graph_iri("dates")))


def names(graph: KnowledgeGraph) -> list[str]:
    return sorted(graph.memberships["organization"])


@pytest.mark.parametrize(
    ("day", "known"),
    [
        ("2022-03-31", ["丁"]),
        ("2022-04-01", ["丁", "乙", "甲"]),
        ("2023-04-14", ["丁", "乙", "甲"]),
        ("2023-04-15", ["丁", "丙", "乙", "甲"]),
    ],
)
def test_only_what_a_source_stated_by_the_day_is_known(lists: KnowledgeGraph, day: str, known: list[str]) -> None:
    assert set(names(lists.stated_by(day))) == {f"架空の{name}" for name in known}


def test_a_source_without_a_date_counts_as_known(lists: KnowledgeGraph) -> None:
    assert "架空の丁" in names(lists.stated_by(date(1990, 1, 1)))


def test_issues_of_a_file_are_told_once_it_is_known(lists: KnowledgeGraph) -> None:
    told = {day: set(lists.stated_by(day).issues["file"]) for day in ("2023-04-14", "2023-04-15")}
    assert told == {"2023-04-14": set(), "2023-04-15": {"new.csv"}}


def test_what_is_not_known_leaves_nothing_behind(lists: KnowledgeGraph) -> None:
    known = lists.stated_by("2022-12-31")
    text = known.export("trig")
    assert isinstance(text, bytes)
    assert "架空の丙" not in text.decode()
    assert known.organizations["name"].tolist().count("架空の乙") == 1
    links = "SELECT ?m { ?m org:memberOf ?p FILTER NOT EXISTS { ?m skos:prefLabel ?name } }"
    assert list(select(known.store, links)) == []
    assert known.check().empty


def test_a_thing_that_only_later_sources_describe_keeps_its_name(lists: KnowledgeGraph) -> None:
    """The platform list has a date of its own here: its members are known before it."""
    store = MemoryStore([*lists.store.quads(), dated("platforms.csv", "2024-01-01")])
    known = KnowledgeGraph(stated_by(Reader(store), "2022-12-31"), lists._report)
    assert known.platforms[known.platforms.columns[1]].tolist() == ["架空プラットフォーム"]
    assert set(known.memberships["platform"]) == {"架空プラットフォーム"}
    assert known.check().empty


def test_everything_is_known_in_the_end(lists: KnowledgeGraph) -> None:
    assert set(lists.stated_by("2100-01-01").store.quads()) == set(lists.store.quads())


def test_both_clocks_may_be_given(bundled: KnowledgeGraph) -> None:
    early, late = (bundled.stated_by(day).frame("memberships", at="2022-12-31") for day in ("2022-12-31", "2023-12-31"))
    assert len(early) < len(late)
    assert len(bundled.stated_by("2023-12-31").frame("memberships", at="2018-01-01")) < len(late)


def test_valid_at_holds_no_statement_of_another_time(bundled: KnowledgeGraph) -> None:
    past = bundled.valid_at("2018-04-01")
    assert (past.frame("memberships", at="2018-04-01")["validity"] != "no").all()
    assert len(past.memberships) < len(bundled.memberships)


def test_a_day_that_is_none_is_told(lists: KnowledgeGraph) -> None:
    with pytest.raises(UnknownNameError, match="来年"):
        lists.stated_by("来年")


def test_the_workspace_stays_known(lists: KnowledgeGraph) -> None:
    assert lists.stated_by("2022-12-31").workspace == lists.workspace
    assert isinstance(lists.workspace, Path)


@pytest.mark.parametrize(
    ("dates", "known"),
    [
        ({"issued": ("2021-05-01",), "not_after": ("2023-01-01",), "as_of": ("2020-01-01",)}, "2021-05-01"),
        ({"not_before": ("2021-01-01",), "not_after": ("2023-01-01",)}, "2023-01-01"),
        ({"not_before": ("2021-01-01",), "as_of": ("2020-01-01",)}, "2021-01-01"),
        ({"as_of": ("2020-01-01",)}, "2020-01-01"),
        ({}, None),
    ],
)
def test_a_source_is_known_from_the_last_of_its_bounds(dates: dict[str, tuple[str, ...]], known: str | None) -> None:
    assert known_from(Thing("urn:x", "SourceDocument", dates)) == known

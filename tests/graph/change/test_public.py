"""What may be shown to everybody names nobody who asked not to be named."""

from __future__ import annotations

from pathlib import Path

import pytest

import tsunagari as tsu
from tsunagari.graph.knowledge.knowledge import KnowledgeGraph
from tsunagari.graph.store.store import select

SETTINGS = """\
[workspace]
title = "架空"
as_of = 2025-04-01
[[source]]
file = "platforms.csv"
kind = "platforms"
[[source]]
file = "members.csv"
kind = "members"
platform = "pf"
[[source]]
file = "older.csv"
kind = "members"
platform = "pf"
[[source]]
file = "ties.csv"
kind = "ties"
"""
FILES = {
    "platforms.csv": "id,pref_label\npf,架空プラットフォーム\nother,架空の別の場\n",
    "members.csv": "団体名,市区町村,活動分野,入会日,分科会,役割,公開可否,電話\n"
    "架空の公開会,鳥取市,子育て,2024-04-01,広報分科会,幹事,○,0857-00-0001\n"
    "架空の秘密会,鳥取市,ひきこもり,2024-04-01,広報分科会,幹事,非公開,0857-00-0002\n"
    "架空の窓口会,鳥取市,介護,2024-04-01,,,×,0857-00-0003\n"
    "架空の無記入会,鳥取市,介護,未定,,,,\n"
    "架空の誤り秘密会,どこか市,介護,未定,,,否,\n",
    "older.csv": "団体名,市区町村,電話\n架空の秘密会,鳥取市,0857-00-0004\n",
    "ties.csv": "連携元,連携先,連携の種類\n架空の窓口会,架空の公開会,紹介・つなぎ\n",
}


@pytest.fixture(scope="module")
def lists(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    folder = tmp_path_factory.mktemp("public")
    for name, text in (FILES | {"tsunagari.toml": SETTINGS}).items():
        (folder / name).write_text(text, encoding="utf-8")
    return tsu.build(folder)


@pytest.fixture(scope="module")
def public(lists: KnowledgeGraph) -> KnowledgeGraph:
    return lists.public()


def test_the_graph_itself_holds_everybody(lists: KnowledgeGraph) -> None:
    assert "架空の秘密会" in set(lists.memberships["organization"])


def test_members_that_are_not_to_be_named_are_left_out(public: KnowledgeGraph) -> None:
    assert set(public.memberships["organization"]) == {"架空の公開会", "架空の無記入会"}


def test_contacts_of_members_that_are_not_to_be_named_are_left_out(
    lists: KnowledgeGraph, public: KnowledgeGraph
) -> None:
    assert len(lists.ask("contacts")) == 4
    assert list(public.ask("contacts")["telephone"]) == ["0857-00-0001"]


def test_a_body_stays_where_something_else_names_it(public: KnowledgeGraph) -> None:
    names = set(public.organizations["name"])
    assert {"架空の公開会", "架空の無記入会", "架空の窓口会"} <= names
    assert not {name for name in names if "秘密" in name}


def test_no_word_of_it_is_left_anywhere(public: KnowledgeGraph) -> None:
    text = public.export("trig")
    assert isinstance(text, bytes)
    assert "秘密会" not in text.decode()
    assert public.issues.empty
    links = "SELECT ?m { ?m org:memberOf ?p FILTER NOT EXISTS { ?m skos:prefLabel ?name } }"
    assert list(select(public.store, links)) == []
    assert public.check().empty


def test_without_anybody_to_keep_back_nothing_changes(bundled: KnowledgeGraph) -> None:
    assert set(bundled.public().store.quads()) == set(bundled.store.quads())


def test_the_workspace_stays_known(lists: KnowledgeGraph, public: KnowledgeGraph) -> None:
    assert public.workspace == lists.workspace
    assert isinstance(public.workspace, Path)


def test_a_word_that_only_a_withheld_row_says_goes_with_it(tmp_path: Path) -> None:
    members = "団体名,市区町村,活動分野,公開可否\n架空の公開会,鳥取市,居場所,○\n架空の秘密会,鳥取市,架空の秘密の語,×\n"
    settings = SETTINGS.partition('[[source]]\nfile = "older.csv"')[0]
    written = {"tsunagari.toml": settings, "platforms.csv": FILES["platforms.csv"], "members.csv": members}
    written["field-words.csv"] = "語,分野,対応\n架空の秘密の語,防災,含まれる\n"
    for name, text in written.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    graph = tsu.build(tmp_path)
    assert set(graph.ask("field-words")["word"]) == {"居場所", "架空の秘密の語"}
    assert set(graph.public().ask("field-words")["word"]) == {"居場所"}

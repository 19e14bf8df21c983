"""A cell that hangs on withheld bodies says so in every table of a public edition: it is no gap, and names nobody."""

from __future__ import annotations

import pytest

import tsunagari as tsu
from tsunagari.graph.knowledge.knowledge import KnowledgeGraph
from tsunagari.graph.remedies.remedies import gap_cells

SETTINGS = """\
[workspace]
title = "架空"
as_of = 2025-04-01
[scope]
areas = ["鳥取市", "岩美町", "八頭町"]
[[source]]
file = "platforms.csv"
kind = "platforms"
[[source]]
file = "members.csv"
kind = "members"
platform = "pf"
closed = true
[[source]]
file = "surveys.csv"
kind = "surveys"
[[source]]
file = "services.csv"
kind = "services"
"""
FILES = {
    "platforms.csv": "id,pref_label,範囲\npf,架空の場,鳥取県\n",
    "members.csv": "団体名,市区町村,活動分野,入会日,公開可否\n"
    "架空の公開会,鳥取市,ひきこもり,2020-01-01,○\n架空の表の会,鳥取市,防災,2020-01-01,○\n"
    "架空の裏の会,鳥取市,防災、教育、ひきこもり,2022-01-01,×\n架空の町の会,岩美町,教育、ひきこもり,2020-01-01,×\n"
    "架空の二の会,鳥取市,防災,2020-01-01,○\n架空の沈黙会,鳥取市,,2020-01-01,×\n",
    "services.csv": "窓口名,提供団体,活動分野,対象区域,valid_from\n架空の窓口,架空の裏の会,介護,八頭町,2022-01-01\n",
    "surveys.csv": "調査区域,支援分野,時点,支援の有無\n岩美町,教育,2025-02-01,×\n八頭町,教育,2025-02-01,×\n",
}
LATER = ("八頭町", "介護")
WITHHELD = {("鳥取市", "ひきこもり"), ("鳥取市", "教育"), ("岩美町", "教育"), ("岩美町", "ひきこもり"), LATER}


@pytest.fixture(scope="module")
def kg(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    folder = tmp_path_factory.mktemp("cells")
    for name, text in (FILES | {"tsunagari.toml": SETTINGS}).items():
        (folder / name).write_text(text, encoding="utf-8")
    return tsu.build(folder)


@pytest.fixture(scope="module")
def public(kg: KnowledgeGraph) -> KnowledgeGraph:
    return kg.public()


def statuses(graph: KnowledgeGraph, **asked: str) -> dict[tuple[str, str], str]:
    table = graph.gaps(**asked)
    return {(area, field): status for area, field, status in table[["area", "field", "status"]].itertuples(index=False)}


def test_the_whole_graph_knows_every_status(kg: KnowledgeGraph) -> None:
    found = statuses(kg)
    assert found["鳥取市", "ひきこもり"] == found["鳥取市", "防災"] == "multiple"
    assert found["岩美町", "教育"] == "single"
    assert "withheld" not in found.values()


def test_cells_that_hang_on_withheld_bodies_say_that_they_are_not_published(public: KnowledgeGraph) -> None:
    found = statuses(public)
    assert {cell for cell, status in found.items() if status == "withheld"} == WITHHELD
    assert found["鳥取市", "防災"] == "multiple"  # two are named already: a third changes nothing
    assert found["八頭町", "教育"] == "none"
    assert found["鳥取市", "介護"] == "unknown"  # who is silent is withheld: the list proves no absence


def test_they_can_be_asked_for(public: KnowledgeGraph) -> None:
    asked = public.gaps(statuses=["withheld"])
    assert set(asked[["area", "field"]].itertuples(index=False, name=None)) == WITHHELD
    assert public.loss(statuses=["withheld"])["to_nobody"].sum() == 0


def test_they_are_no_gaps(public: KnowledgeGraph) -> None:
    table = public.gaps()
    hidden = table[table["status"] == "withheld"]
    assert (hidden["severity"] == 0).all()
    assert hidden["sentence"].str.contains("非公表").all()
    assert set(hidden["status_label"]) == {"非公表"}
    cells = set(map(tuple, public.remedies()[["area", "field"]].itertuples(index=False)))
    assert not cells & WITHHELD
    assert gap_cells(public.coverage()).sum() == 63 - len(WITHHELD) - 1


def test_a_wider_area_counts_them_where_nobody_can_tell_them_apart(public: KnowledgeGraph) -> None:
    wide = public.rollup("prefecture").set_index("field")
    assert wide.loc["教育", ["status", "local"]].tolist() == ["multiple", 2]  # of two municipalities
    assert wide.loc["教育", ["single", "none", "unknown"]].tolist() == [0, 1, 0]
    assert set(public.rollup("municipality").query("status == 'withheld'")["field"]) == {field for _, field in WITHHELD}


def test_matrices_say_it_too(public: KnowledgeGraph) -> None:
    matrix = public.coverage_matrix("municipality-field")
    assert matrix.loc["岩美町", "教育"] == "withheld"
    members = public.coverage_matrix("platform-field").loc["架空の場"]
    assert members["教育"] == "withheld"
    assert members["防災"] == 2
    assert members["住宅"] == "unknown"


def test_nothing_is_told_of_what_would_be_lost_there(public: KnowledgeGraph) -> None:
    lost = public.loss_of("架空の公開会")
    assert "cell" not in set(lost["kind"])
    assert public.loss_of("架空の表の会").query("kind == 'cell'").empty  # withheld bodies would still be there
    edit = {"action": "remove", "what": "organization", "organization": "架空の公開会"}
    assert public.scenario([edit]).cells.empty


def test_another_day_has_its_own_cells(kg: KnowledgeGraph, public: KnowledgeGraph) -> None:
    then = {cell for cell, status in statuses(public, at="2021-01-01").items() if status == "withheld"}
    assert then == WITHHELD - {LATER}
    for graph in (public.valid_at("2021-01-01"), kg.valid_at("2021-01-01").public()):
        assert {cell for cell, status in statuses(graph).items() if status == "withheld"} == then


def test_what_comes_and_goes_behind_it_is_no_change(kg: KnowledgeGraph, public: KnowledgeGraph) -> None:
    def changed(graph: KnowledgeGraph) -> set[tuple[str, str]]:
        table = graph.diff(since="2021-01-01", at="2025-04-01")
        return set(map(tuple, table[table["field"] != ""][["area", "field"]].itertuples(index=False)))

    assert LATER in changed(kg)
    assert not changed(public) & WITHHELD

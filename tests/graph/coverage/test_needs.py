"""The need that weighs a gap: which value counts, what stands in where there is none, and what the user is told."""

from __future__ import annotations

import pytest

import tsunagari as tsu
from tsunagari.errors import UnknownNameError
from tsunagari.graph.coverage.needs import read_need
from tsunagari.graph.knowledge.knowledge import KnowledgeGraph

SETTINGS = """[workspace]
title = "架空の県"
as_of = 2023-10-01
[scope]
areas = ["鳥取市", "岩美町", "八頭町"]
[[source]]
file = "needs.csv"
kind = "needs"
title = "架空の統計"
[[source]]
file = "services.csv"
kind = "services"
"""
NEEDS = """区域,指標,値,年
鳥取市,総人口,190000,2015-10-01
鳥取市,総人口,180000,2020-10-01
鳥取市,総人口,170000,2025-10-01
岩美町,総人口,10000,2020-10-01
札幌市中央区,総人口,240000,2020-10-01
札幌市,出生数,9000,2020-10-01
八頭町,自殺者数,-1,2020-10-01
"""


@pytest.fixture(scope="module")
def needy(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    folder = tmp_path_factory.mktemp("needs")
    services = "窓口名,団体名,分野,市区町村\n架空の居場所,架空の会,引きこもり,鳥取市\n"
    for name, text in (("tsunagari.toml", SETTINGS), ("needs.csv", NEEDS), ("services.csv", services)):
        (folder / name).write_text(text, encoding="utf-8")
    return tsu.build(folder)


def test_the_latest_value_up_to_the_day_counts(needy: KnowledgeGraph) -> None:
    assert read_need(needy._reader, "population", at="2023-10-01").values["31201"] == 180000
    assert read_need(needy._reader, "総人口", at="2019-01-01").values["31201"] == 190000
    assert read_need(needy._reader, "population", at="2000-01-01").values["31201"] == 190000
    assert read_need(needy._reader, "Population").values["31201"] == 170000


def test_a_ward_does_not_stand_for_its_city(needy: KnowledgeGraph) -> None:
    assert set(read_need(needy._reader, "population").values) == {"31201", "31302"}


def test_need_weighs_the_gaps_and_the_formula_tells_what_stood_in(needy: KnowledgeGraph) -> None:
    table = needy.gaps(fields=["housing"], need="population").set_index("area")
    assert table["severity"].to_dict() == {"鳥取市": 0.5, "八頭町": 0.263889, "岩美町": 0.027778}
    assert table["need"].isna().to_dict() == {"鳥取市": False, "八頭町": True, "岩美町": False}
    told = table.attrs["severity_formula"]
    assert told.endswith(
        "ここでの必要度は総人口（2020-10-01）。値のない1市区町村（八頭町）には中央値 95,000 を当てました。"
    )
    assert "the median 95,000 stands in" in needy.gaps(need="population", lang="en").attrs["severity_formula"]
    assert needy.coverage(need="population").need.tolist()[:2] == [180000.0, 10000.0]


def test_where_no_municipality_of_the_scope_has_a_value_all_weigh_alike_and_it_is_told(needy: KnowledgeGraph) -> None:
    table = needy.gaps(fields=["housing"], need="births")
    assert set(table["severity"]) == {0.5}
    assert "全て 1 としました" in table.attrs["severity_formula"]


def test_an_indicator_without_values_is_told_from_an_unknown_one(needy: KnowledgeGraph) -> None:
    with pytest.raises(UnknownNameError, match="The graph has no value of the indicator 'households'") as error:
        needy.gaps(need="households")
    assert "総人口（population）" in error.value.text("ja")
    with pytest.raises(UnknownNameError, match="There is no indicator 'lonely'"):
        needy.gaps(need="lonely")


def test_a_negative_count_never_becomes_a_need(needy: KnowledgeGraph) -> None:
    assert needy.issues[["code", "column", "value"]].to_numpy().tolist() == [["negative-count", "自殺者数", "-1"]]
    with pytest.raises(UnknownNameError, match="no value of the indicator"):
        needy.gaps(need="suicides")

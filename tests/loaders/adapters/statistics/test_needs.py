"""Indicators of need: wide and long tables, and what is no number and no indicator."""

from __future__ import annotations

from pathlib import Path

import pytest

import tsunagari as tsu
from tsunagari.errors import SourceError
from tsunagari.graph.knowledge.knowledge import KnowledgeGraph
from tsunagari.loaders.adding.inspection import inspect_file
from tsunagari.loaders.workspace.kinds import KINDS

SETTINGS = '[workspace]\ntitle = "架空の県"\nas_of = 2025-01-01\n'
WIDE = """架空の統計表
団体コード,市区町村名,総人口（人）,令和2年65歳以上人口,高齢化率(%),出生数,架空の指標
1202,函館市,"２４５，１２３",90千人,36.5％,-,1
312011,鳥取市,"188,465",x,28.9,1200人,2
31302,岩美町,約一万,…,41.0,,3
99999,架空町,10,,,,
"""
LONG = """市町村名,都道府県名,指標,値,単位,年度
池田町,長野県,人口,"9,382",人,令和2年度
府中市,,人口,1,人,2020
若桜町,,架空の指標,1,,2020
智頭町,,ひとり親世帯数,30,世帯,2020年
"""


def workspace(folder: Path, **sources: tuple[str, str, str]) -> Path:
    """Write a workspace of sources: name to kind, further settings and content."""
    settings = SETTINGS
    for name, (kind, further, text) in sources.items():
        settings += f'[[source]]\nfile = "{name}.csv"\nkind = "{kind}"\n{further}\n'
        (folder / f"{name}.csv").write_bytes(text.encode("cp932"))
    (folder / "tsunagari.toml").write_text(settings, encoding="utf-8")
    return folder


def values(kg: KnowledgeGraph) -> dict[tuple[str, str], tuple[float, str | None, str | None]]:
    return {(row.area, row.indicator_id): (row.value, row.unit, row.as_of) for row in kg.needs.itertuples()}


@pytest.fixture(scope="module")
def wide(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    return tsu.build(workspace(tmp_path_factory.mktemp("wide"), wide=("needs", "as_of = 2023-10-01", WIDE)))


def test_a_wide_table_gives_a_value_an_area_and_indicator(wide: KnowledgeGraph) -> None:
    found = values(wide)
    assert found["函館市", "population"] == (245123.0, "人", "2023-10-01")
    assert found["鳥取市", "population"] == (188465.0, "人", "2023-10-01")
    assert found["函館市", "older-people"] == (90000.0, "人", "2020-01-01")
    assert found["鳥取市", "births"] == (1200.0, "人", "2023-10-01")
    assert found["岩美町", "older-share"][:2] == (41.0, "%")
    assert len(found) == 7


def test_what_is_no_number_and_what_is_no_indicator_is_told_with_its_place(wide: KnowledgeGraph) -> None:
    issues = wide.issues
    told = {(row.code, row.row, row.column) for row in issues.itertuples()}
    assert ("need-absent", 3, "出生数") in told
    assert ("need-secret", 4, "令和2年65歳以上人口") in told
    assert ("need-unknown", 5, "令和2年65歳以上人口") in told
    assert ("bad-decimal", 5, "総人口（人）") in told
    assert ("unknown-indicator", 2, "架空の指標") in told
    assert ("title-rows-skipped", 2, None) in told
    assert {"lost-zero", "unknown-code"} <= set(issues["code"])


def test_a_long_table_tells_places_apart_by_their_prefecture(tmp_path: Path) -> None:
    with tsu.build(workspace(tmp_path, long=("needs", "", LONG))) as kg:
        found = values(kg)
        assert found["池田町", "population"] == (9382.0, "人", "2020-04-01")
        assert found["智頭町", "single-parents"] == (30.0, "世帯", "2020-01-01")
        assert kg.needs.set_index("area").loc["池田町", "prefecture"] == "長野県"
        assert set(kg.issues["code"]) == {"ambiguous-area", "unknown-concept"}
        asked = kg.ask("needs-by-area", area="池田町", indicator="人口")
        assert asked["value"].tolist() == [9382]
        assert kg.ask("needs-by-area", area="池田町", at="2020-03-31").empty


def test_a_workspace_may_define_and_map_its_own_indicators(tmp_path: Path) -> None:
    scheme = "記号,名称\nibasho-users,居場所の利用者数\n"
    table = "市町村,居場所の利用者数,のべ\n鳥取市,10,20\n"
    folder = workspace(
        tmp_path,
        own=("schemes", 'scheme = "need-indicators"\ntitle = "架空の指標"', scheme),
        table=("needs", 'columns = { "のべ" = "ibasho-users" }', table),
    )
    with tsu.build(folder) as kg:
        assert sorted(kg.needs["value"]) == [10.0, 20.0]
        assert set(kg.needs["indicator"]) == {"居場所の利用者数"}


def test_inspection_knows_a_table_of_indicators(tmp_path: Path) -> None:
    (tmp_path / "population.csv").write_text(WIDE, encoding="utf-8")
    found = inspect_file(tmp_path / "population.csv")
    assert found.kind is KINDS["needs"]
    assert [table.rows for table in found.tables] == [8]


def test_a_table_without_indicators_is_an_error_that_says_which_there_are(tmp_path: Path) -> None:
    folder = workspace(tmp_path, none=("needs", "", "市町村,架空の列\n鳥取市,1\n"))
    with pytest.raises(SourceError) as error:
        tsu.build(folder)
    assert error.value.hint is not None
    assert "総人口" in error.value.hint.ja


@pytest.mark.parametrize(
    ("title", "header", "cells", "expected"),
    [
        ("人口の状況（単位：千人）", "人口", ("188", "147"), [188000, 147000]),
        ("表1　単位: 千人、％", "人口", ("188", "147"), [188000, 147000]),
        ("（単位：千人）", "人口（人）", ("188", "147"), [188, 147]),
        ("（単位：千人）", "人口", ("188人", "147"), [188, 147000]),
        ("（単位：‰）", "高齢化率", ("305", "290"), [30.5, 29]),
        ("（単位：千人）", "高齢化率", ("30.5", "29"), [30.5, 29]),
        ("（単位：人、世帯）", "人口", ("188", "147"), [188, 147]),
    ],
)
def test_a_unit_in_a_title_counts_for_numbers_without_one(
    tmp_path: Path, title: str, header: str, cells: tuple[str, str], expected: list[float]
) -> None:
    text = f'"{title}",\n市区町村,{header}\n鳥取市,{cells[0]}\n米子市,{cells[1]}\n'
    with tsu.build(workspace(tmp_path, needs=("needs", "", text))) as kg:
        found = dict(zip(kg.needs["area"], kg.needs["value"], strict=True))
        assert [found["鳥取市"], found["米子市"]] == expected
        assert kg.issues["code"].tolist().count("title-unit") == 1


@pytest.mark.parametrize("sign", ["|", ";", "\t"])
def test_a_list_may_be_parted_by_other_signs_than_commas(tmp_path: Path, sign: str) -> None:
    text = "市区町村,人口\n鳥取市,188465\n".replace(",", sign)
    with tsu.build(workspace(tmp_path, needs=("needs", "", text))) as kg:
        assert kg.needs["value"].tolist() == [188465]

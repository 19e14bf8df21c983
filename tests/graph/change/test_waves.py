"""Lists of members of several days as a panel."""

from __future__ import annotations

import doctest

import pytest

from tsunagari.errors import UnknownNameError
from tsunagari.graph.change import waves as module
from tsunagari.graph.change.waves import trend_of
from tsunagari.graph.knowledge.build import build
from tsunagari.graph.knowledge.knowledge import KnowledgeGraph

PLATFORM = "名称,種類,対象区域\n架空会議,プラットフォーム（協議体）,鳥取県\n"
SOURCE = '[[source]]\nfile = "{day}.csv"\nkind = "members"\nplatform = "架空会議"\nas_of = {day}\nclosed = true\n'
SETTINGS = """
[workspace]
title = "架空の名簿"
as_of = 2024-06-01
[scope]
areas = ["31201", "31302"]
[[source]]
file = "platforms.csv"
kind = "platforms"
"""
LISTS = {
    "2022-06-01": ["架空A会,鳥取市,居場所づくり", "架空B会,鳥取市,就労支援"],
    "2023-06-01": ["架空A会,鳥取市,居場所づくり", "架空C会,岩美町,就労支援"],
    "2024-06-01": ["架空A会,鳥取市,居場所づくり", "架空C会,岩美町,就労支援", "架空D会,岩美町,居場所づくり"],
}


@pytest.fixture(scope="module")
def panel(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    folder = tmp_path_factory.mktemp("waves")
    settings = SETTINGS
    (folder / "platforms.csv").write_text(PLATFORM, encoding="utf-8")
    for day, rows in LISTS.items():
        text = "\n".join(["団体名,市区町村,活動分野", *rows]) + "\n"
        (folder / f"{day}.csv").write_text(text, encoding="utf-8")
        settings += (
            f'[[source]]\nfile = "{day}.csv"\nkind = "members"\nplatform = "架空会議"\nas_of = {day}\nclosed = true\n'
        )
    (folder / "tsunagari.toml").write_text(settings, encoding="utf-8")
    return build(folder)


def figure(graph: KnowledgeGraph, name: str) -> list[float]:
    summary = graph.waves().summary
    return summary.loc[summary["measure"] == name, "value"].tolist()


def test_each_dated_list_of_members_is_a_wave(panel: KnowledgeGraph):
    found = panel.waves()
    assert found.days == tuple(LISTS)
    assert panel.wave_days == list(LISTS)
    rows = found.memberships.set_index("wave")
    assert rows["members"].tolist() == [2, 2, 3]
    assert rows["joined"].tolist() == [0, 1, 1]
    assert rows["departed"].tolist() == [0, 1, 0]
    assert figure(panel, "members") == [2, 2, 3]


def test_the_trend_is_that_of_all_waves(panel: KnowledgeGraph):
    summary = panel.waves(lang="en").summary.set_index(["measure", "wave"])
    assert summary.loc["members", "trend"].tolist() == ["rising"] * 3
    assert summary.loc["members", "difference"].tolist()[1:] == [0, 1]
    assert summary.loc["departed", "value"].isna().tolist() == [True, False, False]
    assert summary.loc["departed", "trend"].tolist()[0] == "falling"


def test_gaps_of_a_wave_are_those_of_its_day(panel: KnowledgeGraph):
    gaps = panel.waves().gaps
    for day in LISTS:
        then = panel.gaps(at=day).set_index(["area_code", "field_id"])["status"]
        wave = gaps[gaps["wave"] == day].set_index(["area_code", "field_id"])["status"]
        assert wave.sort_index().to_dict() == then.sort_index().to_dict()
    former = gaps[gaps["wave"] == "2023-06-01"].set_index(["area_code", "field_id"])["before"]
    first = gaps[gaps["wave"] == "2022-06-01"].set_index(["area_code", "field_id"])["status"]
    assert former.to_dict() == first.to_dict()


def test_brokers_of_a_wave_are_those_of_its_day(bundled: KnowledgeGraph):
    days = ["2022-10-01", "2023-10-01"]
    found = bundled.waves(days).brokers
    for day in days:
        then = bundled.brokers(at=day).set_index("organization_id")
        wave = found[found["wave"] == day].set_index("organization_id")
        assert wave["brokerage"].to_dict() == then.loc[wave.index, "brokerage"].to_dict()
        assert wave["is_cut_point"].to_dict() == then.loc[wave.index, "is_cut_point"].to_dict()
    assert found.iloc[0]["organization"] == bundled.brokers(at="2023-10-01").iloc[0]["organization"]


def test_the_chart_is_a_picture_without_links(panel: KnowledgeGraph):
    found = panel.waves()
    picture = found.chart(["members", "nothing"])
    assert picture.startswith("<svg")
    assert picture.count("<polyline") == 1
    assert "http" not in picture.replace("http://www.w3.org/2000/svg", "")
    assert found._repr_html_().count("<polyline") == 5


def test_days_may_be_given_and_must_be_days(panel: KnowledgeGraph):
    assert panel.waves(["令和5年6月1日", "2022-06-01"]).days == ("2022-06-01", "2023-06-01")
    with pytest.raises(UnknownNameError):
        panel.waves(["someday"])


def test_where_no_list_tells_its_day_there_are_no_waves(panel: KnowledgeGraph):
    with pytest.raises(UnknownNameError, match="No list of members"):
        panel.waves([])


def test_many_days_are_told_by_year(monkeypatch: pytest.MonkeyPatch, panel: KnowledgeGraph):
    monkeypatch.setattr(module, "MOST_WAVES", 2)
    assert panel.wave_days == ["2023-06-01", "2024-06-01"]


def test_a_series_of_one_wave_has_no_trend():
    assert trend_of([3]) == ""


def test_waves_are_told_in_one_line(panel: KnowledgeGraph):
    assert repr(panel.waves()).startswith("<Waves of 2022-06-01, ")
    assert "\n" not in repr(panel.waves())


def test_examples_in_the_documentation(bundled: KnowledgeGraph):
    assert doctest.testmod(module, extraglobs={"kg": bundled}).failed == 0

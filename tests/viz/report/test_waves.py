"""The sheet of waves in the report."""

from __future__ import annotations

import zipfile
from pathlib import Path

import python_calamine
from tests.graph.change.test_waves import panel  # noqa: F401  # pytest finds the fixture by its name

from tsunagari.graph.knowledge.knowledge import KnowledgeGraph
from tsunagari.viz.report.workbook import write_workbook


def names(path: Path) -> list[str]:
    return python_calamine.CalamineWorkbook.from_path(str(path)).sheet_names


def test_lists_of_several_days_give_a_sheet_with_a_chart(panel: KnowledgeGraph, tmp_path: Path):  # noqa: F811
    path = write_workbook(panel, tmp_path / "report.xlsx")
    assert "推移" in names(path)
    rows = python_calamine.CalamineWorkbook.from_path(str(path)).get_sheet_by_name("推移").to_python()
    told = [row for row in rows if row[0] == "参加の数（確かなもの）"]
    assert [(row[2], row[4]) for row in told] == [(2, "増加"), (2, "増加"), (3, "増加")]
    with zipfile.ZipFile(path) as archive:
        charts = [archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/charts/chart")]
    assert 5 in [chart.count("<c:ser>") for chart in charts]
    english = write_workbook(panel, tmp_path / "en.xlsx", lang="en")
    assert "Waves" in names(english)
    assert write_workbook(panel, tmp_path / "again.xlsx").read_bytes() == path.read_bytes()


def test_before_the_second_list_there_is_no_such_sheet(panel: KnowledgeGraph, tmp_path: Path):  # noqa: F811
    assert "推移" not in names(write_workbook(panel, tmp_path / "early.xlsx", at="2022-12-31"))

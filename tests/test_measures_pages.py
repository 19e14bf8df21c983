"""The pages on measures name what there is: functions that exist, tests that exist, and every measure."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest

from tsunagari.graph.knowledge.knowledge import KnowledgeGraph
from tsunagari.graph.measures.centrality import MEASURES
from tsunagari.graph.measures.chance_brokerage import SCORES
from tsunagari.graph.measures.key_players import GOALS
from tsunagari.graph.measures.structural_holes import COLUMNS
from tsunagari.graph.measures.two_mode import MEASURES as TWO_MODE_MEASURES

DOCS = Path(__file__).parents[1] / "docs"
GRAPH = Path(__file__).parents[1] / "graph"
PAGES = ("measures.md", "measures.ja.md")
EVERY = {
    *MEASURES,
    *SCORES,
    *COLUMNS,
    *TWO_MODE_MEASURES,
    *GOALS,
}


def rows(page: str) -> list[list[str]]:
    text = (DOCS / page).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines[1:]]


@pytest.mark.parametrize("page", PAGES)
def test_every_measure_has_a_row_with_every_cell(page: str) -> None:
    found = rows(page)
    assert all(len(row) == 8 and all(row) for row in found)
    named = {name for row in found for name in re.findall(r"`(\w+)`", row[0])}
    assert named >= EVERY


@pytest.mark.parametrize("page", PAGES)
def test_functions_and_tests_of_the_pages_exist(page: str) -> None:
    for row in rows(page):
        module, function = re.findall(r"`(\w+)\.(\w+)`", row[1])[0]
        (room,) = (path.parent.name for path in GRAPH.glob(f"*/{module}.py"))
        found = getattr(importlib.import_module(f"tsunagari.graph.{room}.{module}"), function)
        assert (found.__doc__ or "").strip(), row[1]
        for method in re.findall(r"kg\.(\w+)", row[1]):
            assert hasattr(KnowledgeGraph, method), row[1]
        for target in re.findall(r"\]\(([^)]*)\)", row[6]):
            source = (DOCS / target).read_text(encoding="utf-8")
            assert module in source, f"{target} does not test {module}"


def test_both_pages_have_the_same_rows() -> None:
    ours, theirs = (rows(page) for page in PAGES)
    assert [[row[1], row[3], row[6]] for row in ours] == [[row[1], row[3], row[6]] for row in theirs]

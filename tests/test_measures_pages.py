"""The pages on measures name what there is: functions that exist, tests that exist, and every measure."""

from __future__ import annotations

import importlib
import inspect
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tsunagari.graph.knowledge.knowledge import KnowledgeGraph
from tsunagari.graph.measures.centrality import MEASURES
from tsunagari.graph.measures.chance_brokerage import SCORES
from tsunagari.graph.measures.key_players import GOALS
from tsunagari.graph.measures.structural_holes import COLUMNS
from tsunagari.graph.measures.two_mode import MEASURES as TWO_MODE_MEASURES
from tsunagari.graph.networks.networks import DEFAULT_NETWORK, NETWORKS

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


@pytest.mark.parametrize("page", PAGES)
def test_every_network_is_defined_on_the_page(page: str) -> None:
    text = (DOCS / page).read_text(encoding="utf-8")
    listed = [
        name
        for line in text.splitlines()
        if line.startswith("* `")
        for name in re.findall(r"`(\w+)`", line.split(":")[0])
    ]
    assert sorted(listed) == sorted(NETWORKS)


@pytest.mark.parametrize("function", [KnowledgeGraph.network, KnowledgeGraph.projection])
def test_the_help_lists_every_network(function: Callable[..., Any]) -> None:
    assert all(f"``{name}``" in (function.__doc__ or "") for name in NETWORKS)


def test_one_network_is_meant_where_none_is_named() -> None:
    for method in vars(KnowledgeGraph).values():
        if inspect.isfunction(method) and method is not KnowledgeGraph.two_mode:
            for word in ("network", "name"):
                parameter = inspect.signature(method).parameters.get(word)
                if parameter is not None and parameter.default not in (inspect.Parameter.empty, None):
                    assert parameter.default == DEFAULT_NETWORK


def test_an_export_writes_the_network_that_the_measures_take(bundled: KnowledgeGraph) -> None:
    assert bundled.export("dl") == bundled.export("dl", network=DEFAULT_NETWORK)
    assert bundled.export("dl") != bundled.export("dl", network="all")

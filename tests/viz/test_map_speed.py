"""5,000 nodes and 20,000 ties: there within 2 s, in at most 3 MB, and quick to answer."""

from __future__ import annotations

import random
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tsunagari.ontology.namespaces import ID
from tsunagari.viz.map import write_map

if TYPE_CHECKING:
    from collections.abc import Callable

SECTORS = ("npo", "association", "company", "community", "welfare-corporation")
TOWNS, NODES, TIES = 120, 5_000, 20_000


@pytest.fixture(scope="module")
def large_map(made_up: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    chance = random.Random(3)
    graph = type(made_up)()
    graph.graph.clear()
    by_town: dict[int, list[str]] = {}
    for number in range(NODES):
        town = int(chance.random() ** 1.6 * TOWNS)
        sector = chance.choice(SECTORS)
        place = {"municipality": f"第{town}市", "prefecture": f"第{town // 10}県", "sector": sector}
        label = f"特定非営利活動法人 第{number}地域生活支援センター"
        node = {"label": label, "kind": "organization", "class": "StakeholderOrganization", "class_label": "関係団体"}
        rest = {"reading": f"だい{number}", "municipality_code": "", "stated_size": None, "status": "stated"}
        fields = [f"分野{chance.randrange(21)}"]
        graph.graph.add_node(f"{ID}org/{number:013d}", **node, **place, **rest, sector_label=sector, fields=fields)
        by_town.setdefault(town, []).append(f"{ID}org/{number:013d}")
    everyone = list(graph.graph)
    for town in chance.choices(list(by_town), [len(part) for part in by_town.values()], k=TIES):
        one = chance.choice(by_town[town])
        other = chance.choice(by_town[town] if chance.random() < 0.8 else everyone)
        graph._tie(one.removeprefix(ID), other.removeprefix(ID), "joint-activity")
    empty = made_up.brokers().iloc[:0]
    graph.brokers = lambda **_: empty
    graph.gaps = lambda **_: made_up.gaps().iloc[:0]
    memberships = made_up.frame("memberships").iloc[:0]
    bodies = type(made_up).frame(graph, "organizations")
    graph.frame = lambda name, **_: bodies if name == "organizations" else memberships
    return write_map(graph, tmp_path_factory.mktemp("large") / "map.html")


def best(measure: Callable[[], float], times: int = 3) -> float:
    """The machine does other things too, so the best of a few runs tells what the page itself needs."""
    return min(measure() for _ in range(times))


def test_the_file_is_small(large_map: Path) -> None:
    assert large_map.stat().st_size <= 3_000_000


def test_the_first_picture_is_there_within_two_seconds(visit: Any, large_map: Path) -> None:
    def measure() -> float:
        page = visit.open(large_map)
        painted: float = page.evaluate("performance.getEntriesByName('painted')[0].startTime")
        return painted

    assert best(measure) <= 2_000


def test_search_and_filters_answer_at_once(visit: Any, large_map: Path) -> None:
    page = visit.open(large_map)
    search = """(text) => { const start = performance.now(); const box = document.getElementById("search");
        box.value = text; box.dispatchEvent(new Event("input")); return performance.now() - start; }"""
    press = """() => { const start = performance.now();
        document.querySelector('[data-facet="sector"] button').click(); return performance.now() - start; }"""
    assert best(lambda: page.evaluate(search, "だい49")) <= 100
    assert best(lambda: page.evaluate(press)) <= 200

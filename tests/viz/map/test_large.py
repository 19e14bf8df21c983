"""5,300 bodies and 20,000 ties on one page: never all one by one; `benchmarks/map_page.py` measures it."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from tsunagari.ontology.namespaces import ID
from tsunagari.viz.map import write_map

SECTORS = ("npo", "association", "company", "community", "welfare-corporation")
TOWNS, NODES, TIES, MOST = 120, 5_300, 20_000, 5_000


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


def test_the_file_is_small(large_map: Path) -> None:
    assert large_map.stat().st_size <= 3_000_000


def test_the_page_answers(visit: Any, large_map: Path) -> None:
    page = visit.open(large_map)
    assert page.evaluate("performance.getEntriesByName('painted').length") == 1
    page.fill("#search", "だい49")
    assert "だい49" in page.locator("#suggestions [role=option]").first.inner_text()


def test_above_5000_bodies_places_are_drawn_and_single_bodies_only_where_few_are_in_view(
    visit: Any, large_map: Path
) -> None:
    page = visit.open(large_map)
    assert "tsunagari atlas" in page.locator("#too-many").inner_text()
    assert (page.evaluate("tsunagariMap.level()"), page.evaluate("tsunagariMap.drawn()")) == ("frames", 0)
    drawn = []
    for _ in range(12):
        page.click("#tool-zoom_in")
        page.wait_for_timeout(100)
        drawn.append(page.evaluate("tsunagariMap.drawn()"))
    assert 0 < max(drawn) <= MOST
    key = page.evaluate("tsunagariMap.most(1)")[0].replace("/", "%2F")
    visit.open(large_map, f"node={key}&depth=3")
    page.click("#tool-fit")
    page.wait_for_timeout(300)
    assert page.evaluate("tsunagariMap.drawn()") <= MOST

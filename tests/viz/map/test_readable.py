"""A map is readable at every size: no title twice, none over another, the neighbours of what is chosen by name."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

import tsunagari
from tsunagari.loaders.fiction.synthesis import synthesize
from tsunagari.viz.map import write_map

ORGANIZATIONS = {400: 200, 2_000: 1_030}
"""How many organisations of a made-up country make a map of so many nodes; `benchmarks/map_page.py` looks at 5,700."""
ZOOMS = 6
CHOSEN, FIRST = 5, 20


@pytest.fixture(scope="module", params=sorted(ORGANIZATIONS))
def made(request: Any, tmp_path_factory: pytest.TempPathFactory) -> tuple[int, Path]:
    folder = tmp_path_factory.mktemp("country")
    synthesize(folder / "lists", organizations=ORGANIZATIONS[request.param], seed=5)
    with tsunagari.build(folder / "lists") as kg:
        return request.param, write_map(kg, folder / "map.html")


def settled(page: Any) -> list[dict[str, Any]]:
    """Return the captions once the drawing has come to rest."""
    found: list[dict[str, Any]] = []
    for _ in range(30):
        page.wait_for_timeout(100)
        before, found = found, page.evaluate("tsunagariMap.captions()")
        if found and found == before:
            return found
    raise AssertionError("the map does not come to rest")


def crossing(captions: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [
        (a["text"], b["text"])
        for a, b in combinations(captions, 2)
        if a["x"] < b["x"] + b["w"]
        and b["x"] < a["x"] + a["w"]
        and a["y"] < b["y"] + b["h"]
        and b["y"] < a["y"] + a["h"]
    ]


def test_at_every_zoom_no_title_is_there_twice_or_over_another(visit: Any, made: tuple[int, Path]) -> None:
    page = visit.open(made[1])
    levels = set()
    for _ in range(ZOOMS):
        captions = settled(page)
        texts = [caption["text"] for caption in captions]
        assert texts
        assert len(set(texts)) == len(texts)
        assert crossing(captions) == []
        levels.add(page.evaluate("tsunagariMap.level()"))
        page.click("#tool-zoom_in")
        page.click("#tool-zoom_in")
    assert "bodies" in levels
    assert len(levels) == 1 or made[0] > 400


def test_the_neighbours_of_what_is_chosen_carry_their_names(visit: Any, made: tuple[int, Path]) -> None:
    page = visit.open(made[1])
    keys = page.evaluate(f"tsunagariMap.most({CHOSEN})")
    named = wanted = 0
    for key in keys:
        visit.open(made[1], f"node={key.replace('/', '%2F')}")
        captions = settled(page)
        near = page.evaluate(f"tsunagariMap.neighbours({key!r})")[:FIRST]
        carried = {caption["owner"] for caption in captions}
        named, wanted = named + sum(one["number"] in carried for one in near), wanted + len(near)
        assert any(caption["chosen"] for caption in captions)
        assert crossing([caption for caption in captions if not caption["chosen"]]) == []
    assert wanted > 2 * CHOSEN
    assert named >= 0.9 * wanted

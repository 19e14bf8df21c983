"""The map of the bundled data, as `make demo` writes it."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from tsunagari.viz.map import write_map
from tsunagari.viz.map.network import read_network

JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龠]")


@pytest.fixture(scope="module")
def bundled_map(bundled: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_map(bundled, tmp_path_factory.mktemp("bundled-map") / "map.html")


def test_it_loads_nothing_and_covers_no_name(visit: Any, bundled_map: Path) -> None:
    page = visit.open(bundled_map)
    captions = page.evaluate("tsunagariMap.captions()")
    assert len(captions) >= 40
    for one, other in combinations(captions, 2):
        apart_x = one["x"] + one["w"] <= other["x"] or other["x"] + other["w"] <= one["x"]
        apart_y = one["y"] + one["h"] <= other["y"] or other["y"] + other["h"] <= one["y"]
        assert apart_x or apart_y, (one["text"], other["text"])
    for button in page.locator("#tabs button").all():
        button.click()
        assert not re.search(r"\[object|undefined|NaN|null|\ufffd", page.locator("main").inner_text())
    assert visit.outside(bundled_map) == []
    assert visit.complaints == []
    assert page.evaluate("refused") == []


def test_a_city_is_found_by_its_reading_with_ties_and_evidence(visit: Any, bundled_map: Path) -> None:
    page = visit.open(bundled_map)
    page.fill("#search", "とっとりし")
    page.keyboard.press("Enter")
    panel = page.locator("#panel").inner_text()
    assert page.locator("#panel h2").inner_text() == "鳥取市"
    assert "因幡・但馬麒麟のまち連携中枢都市圏" in panel
    assert page.locator("#panel .evidence li").count() >= 1


def test_a_cell_with_one_provider_names_it(visit: Any, bundled_map: Path) -> None:
    page = visit.open(bundled_map, "tab=matrix")
    page.click('.cell[aria-label$="1団体のみ"] >> nth=0')
    assert page.locator("#providers .node-link").count() == 1


def test_every_filter_of_the_issue_is_there(visit: Any, bundled_map: Path) -> None:
    page = visit.open(bundled_map)
    facets = page.locator(".facet").evaluate_all("facets => facets.map((facet) => facet.dataset.facet)")
    assert {"kind", "class", "sector", "fields", "place", "status"} <= set(facets)
    for facet in facets:
        if page.locator(f'[data-facet="{facet}"][open]').count() == 0:
            page.click(f'[data-facet="{facet}"] summary')
            page.wait_for_selector(f'[data-facet="{facet}"] .value')
        assert page.locator(f'[data-facet="{facet}"] .value').count() >= 2


def test_areas_are_no_points_but_are_named(bundled: Any) -> None:
    drawn = read_network(bundled, at=None, lang="ja")
    assert "area" not in drawn.nodes["kind"]
    assert any(drawn.nodes["reach"])


def test_the_english_page_has_no_japanese_of_its_own(visit: Any, bundled: Any, tmp_path: Path) -> None:
    page = visit.open(write_map(bundled, tmp_path / "map.html", lang="en"))
    own = page.locator("#tabs, #filters [data-facet=kind], #filters [data-facet=sector], #counts, #panel h3, .figures")
    assert not JAPANESE.search(" ".join(own.all_inner_texts()))
    page.click("#tab-button-method")
    assert not JAPANESE.search(page.locator("#tab-method p").all_inner_texts()[0])


def test_the_matrix_marks_what_is_only_planned(visit: Any, bundled_map: Path) -> None:
    page = visit.open(bundled_map, "tab=matrix")
    cell = page.locator('.cell[aria-label^="香美町、フードバンク"]')
    assert cell.inner_text() == "?予"
    assert "予定・検討中あり" in cell.get_attribute("aria-label")
    assert page.locator("#tab-matrix .bar-key .planned").count() == 1


def test_a_platform_is_found_by_its_reading_and_shows_its_stated_fields(visit: Any, bundled_map: Path) -> None:
    page = visit.open(bundled_map)
    page.fill("#search", "ひょうごけんばん")
    page.keyboard.press("Enter")
    heading = page.locator("#panel h3", has_text="分野（構成の記載）")
    assert heading.locator(".count").inner_text() == "21"

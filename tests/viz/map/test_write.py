"""The map in a real browser: nothing is loaded, nothing runs that we did not write, and a reader finds her way."""

from __future__ import annotations

import base64
import hashlib
import re
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from tsunagari.errors import OutputError
from tsunagari.viz.map import write_map

HOSTILE = "</script><img src=x onerror=alert(1)>"
TABS = ("map", "matrix", "gaps", "brokers", "organizations", "memberships", "method")


def shown(page: Any) -> int:
    return int(page.locator("#counts b").inner_text().split("/")[0].replace(",", "").strip())


def heading(page: Any) -> str:
    text: str = page.locator("#panel h2").first.inner_text()
    return text


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_nothing_is_asked_for_and_nothing_complains(visit: Any, made_up: Any, tmp_path: Path, lang: str) -> None:
    path = write_map(made_up, tmp_path / "map.html", lang=lang)
    page = visit.open(path)
    for tab in TABS:
        page.click(f"#tab-button-{tab}")
        assert page.locator(f"#tab-{tab}").is_visible()
        assert not re.search(r"\[object|undefined|NaN|null", page.locator("main").inner_text())
    page.click("#tab-button-map")
    page.mouse.move(700, 500)
    page.mouse.wheel(0, -300)
    page.pdf()
    assert visit.outside(path) == []
    assert visit.complaints == []
    assert page.evaluate("refused") == []


def test_the_policy_allows_exactly_the_inlined_parts(made_up_map: Path) -> None:
    html = made_up_map.read_text(encoding="utf-8")
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', html)
    assert policy is not None
    assert "unsafe" not in policy[1]
    assert policy[1].startswith("default-src 'none';")
    inlined = re.findall(r"<style>(.*?)</style>|<script>(.*?)</script>", html, flags=re.DOTALL)
    digests = [base64.b64encode(hashlib.sha256("".join(part).encode()).digest()).decode() for part in inlined]
    assert sorted(re.findall(r"sha256-([^']+)", policy[1])) == sorted(digests)
    assert len(digests) == 3
    assert not re.search(r'\s(?:src|style|on\w+)="', html.split('<script type="application/json"')[0])


def test_a_hostile_name_is_only_text(visit: Any, made_up_map: Path) -> None:
    page = visit.open(made_up_map)
    assert page.title().startswith(f"架空の圏域 {HOSTILE}")
    page.fill("#search", "onerror")
    assert HOSTILE in page.locator("#suggestions li").first.inner_text()
    page.keyboard.press("Enter")
    assert heading(page) == HOSTILE
    assert HOSTILE in page.locator("#panel .evidence").inner_text()
    for tab in TABS:
        page.click(f"#tab-button-{tab}")
    page.click("#tab-button-matrix")
    page.locator(".cell").first.click()
    assert page.locator("img").count() == 0
    assert page.locator("script").count() == 2  # the data block is gone once it is read
    assert visit.complaints == []


@pytest.mark.parametrize("typed", ["とっとりし", "トットリシ", "ﾄｯﾄﾘｼ", "鳥取 市"])
def test_search_takes_names_and_any_kana(visit: Any, made_up_map: Path, typed: str) -> None:
    page = visit.open(made_up_map)
    page.keyboard.press("/")
    page.keyboard.type(typed)
    assert page.locator("#suggestions li").first.inner_text().startswith("鳥取市")
    page.keyboard.press("Enter")
    assert heading(page) == "鳥取市"
    assert page.evaluate("tsunagariMap.selected()") == "org/31201"


def test_search_says_when_nothing_is_found(visit: Any, made_up_map: Path) -> None:
    page = visit.open(made_up_map)
    page.fill("#search", "存在しない名前")
    assert page.locator("#suggestions").inner_text() == "見つかりません"


def test_filters_narrow_each_other_and_reset_brings_all_back(visit: Any, made_up_map: Path) -> None:
    page = visit.open(made_up_map)
    everything = shown(page)
    assert everything == 18
    page.click('[data-facet="sector"] button:has-text("NPO")')
    assert shown(page) == 12
    page.click('[data-facet="fields"] summary')
    page.click('[data-facet="fields"] button:has-text("食支援")')
    assert shown(page) == 4
    page.click('[data-facet="status"] summary')
    assert page.locator('[data-facet="sector"] button[aria-pressed="true"]').inner_text().startswith("NPO")
    page.click("#reset")
    assert shown(page) == everything


def test_the_legend_is_a_filter_for_every_colouring(visit: Any, made_up_map: Path) -> None:
    page = visit.open(made_up_map)
    for colouring in ("sector", "kind", "prefecture", "place", "group", "status"):
        page.locator(".choices select").first.select_option(colouring)
        if colouring not in ("sector", "kind"):
            assert page.locator(".legend li").count() >= 2
    page.locator(".choices select").first.select_option("prefecture")
    page.click('.legend button:has-text("兵庫県")')
    assert shown(page) == 5


def test_a_matrix_cell_opens_its_providers_and_they_open_the_map(visit: Any, made_up_map: Path) -> None:
    page = visit.open(made_up_map)
    page.click("#tab-button-matrix")
    page.click('.cell[aria-label^="鳥取市、児童・子育て"]')
    assert heading(page) == "鳥取市 × 児童・子育て"
    assert page.locator("#providers").inner_text().split("\n") == [
        "子どもと家族の居場所づくりを支える会 第0支部",
        HOSTILE,
    ]
    page.click('.cell[aria-label^="岩美町、居場所"]')
    assert "支援の一覧" in page.locator("#panel").inner_text()
    page.click('.cell[aria-label^="鳥取市、児童・子育て"]')
    page.locator("#providers button").first.click()
    assert page.locator("#tab-map").is_visible()
    assert page.evaluate("tsunagariMap.selected()") == "org/n0"


def test_a_gap_names_who_could_fill_it_the_path_and_whom_to_ask(visit: Any, made_up_map: Path) -> None:
    page = visit.open(made_up_map)
    page.click("#tab-button-matrix")
    page.click('.cell[aria-label^="鳥取市、居場所"]')
    first = page.locator("#candidates li").first
    assert first.inner_text().split("\n")[:2] == [HOSTILE, "同じ圏域"]
    assert "仲介を頼む団体: 岩美町" in " ".join(first.locator(".broker").inner_text().split())
    assert "道筋: 岩美町 → " + HOSTILE in " ".join(first.locator(".way").first.inner_text().split())
    first.locator(".broker button").click()
    assert heading(page) == "岩美町"
    page.click("#tab-button-gaps")
    assert "子どもと家族の居場所づくりを支える会 第4支部" in page.locator("#tab-gaps tbody tr").nth(1).inner_text()
    page.locator("#tab-gaps tbody tr").nth(1).click()
    page.locator("#candidates .node-link").nth(1).click()
    assert page.evaluate("tsunagariMap.selected()") == "org/n4"
    page.click("#tab-button-matrix")
    page.click('.cell[aria-label^="香美町、食支援"]')
    assert page.locator("#candidates").inner_text() == "候補になる団体は見当たりません。"
    page.click('.cell[aria-label^="鳥取市、児童・子育て"]')
    assert page.locator("#candidates").count() == 0


def test_where_a_page_holds_too_many_candidates_the_names_remain(
    visit: Any, made_up: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tsunagari.viz.map.prospects.MOST_ROWS", 0)
    page = visit.open(write_map(made_up, tmp_path / "map.html"))
    page.click("#tab-button-matrix")
    page.click('.cell[aria-label^="鳥取市、居場所"]')
    names, note = page.locator("#candidates").inner_text().split("\n\n")
    assert HOSTILE in names
    assert "tsunagari remedies" in note


def test_a_body_says_what_would_be_lost_without_it(visit: Any, made_up_map: Path) -> None:
    page = visit.open(made_up_map, "node=org/31201")
    assert "居場所の担い手がいなくなります。" in page.locator("#panel").inner_text()
    page = visit.open(made_up_map, "node=org/31302")
    assert "失われ" not in page.locator("#panel").inner_text()


def test_the_other_matrices_can_be_chosen(visit: Any, made_up_map: Path) -> None:
    page = visit.open(made_up_map)
    page.click("#tab-button-matrix")
    page.locator("#tab-matrix select").first.select_option(label="ライフステージ × 施策区分")
    page.click('.cell[aria-label="甲、民間: 件数 3"]')
    assert heading(page) == "甲 × 民間"


def test_everything_can_be_reached_by_keyboard(visit: Any, made_up_map: Path) -> None:
    page = visit.open(made_up_map)
    page.keyboard.press("n")
    first = page.evaluate("tsunagariMap.selected()")
    page.keyboard.press("n")
    assert page.evaluate("tsunagariMap.selected()") not in (None, first)
    page.keyboard.press("p")
    assert page.evaluate("tsunagariMap.selected()") == first
    scale = page.evaluate("tsunagariMap.scale()")
    page.keyboard.press("+")
    assert page.evaluate("tsunagariMap.scale()") > scale
    page.keyboard.press("?")
    assert page.locator("#help").is_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    assert page.evaluate("tsunagariMap.selected()") is None
    page.focus("#tab-button-map")
    page.keyboard.press("ArrowRight")
    assert page.locator("#tab-matrix").is_visible()
    page.focus('.cell[tabindex="0"]')
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    assert heading(page) == "鳥取市 × 居場所"


def test_focus_shows_neighbours_step_by_step(visit: Any, made_up_map: Path) -> None:
    page = visit.open(made_up_map)
    page.fill("#search", "しえん1")
    page.keyboard.press("Enter")
    counts = []
    for depth in "123":
        page.keyboard.press(depth)
        counts.append(shown(page))
    assert counts == [2, 7, 9]
    page.keyboard.press("0")
    assert shown(page) == 18


def test_a_saved_link_reopens_the_view(visit: Any, made_up_map: Path) -> None:
    page = visit.open(made_up_map)
    page.click('[data-facet="sector"] button:has-text("NPO")')
    page.fill("#search", "しえん3")
    page.keyboard.press("Enter")
    page.locator(".choices select").first.select_option("prefecture")
    page.wait_for_timeout(700)  # what is in view is written once the map stands still
    fragment = page.url.split("#")[1]
    assert "view=" in fragment
    page.goto("about:blank")
    again = visit.open(made_up_map, fragment)
    assert again.evaluate("tsunagariMap.selected()") == "org/n3"
    assert shown(again) == 12
    assert again.locator(".choices select").first.input_value() == "prefecture"
    assert again.url.split("#")[1] == fragment


def test_the_map_keeps_its_view_while_other_tabs_are_read(visit: Any, made_up_map: Path) -> None:
    page = visit.open(made_up_map)
    before = page.evaluate("[tsunagariMap.scale(), tsunagariMap.position('org/31201')]")
    page.click("#tab-button-matrix")
    page.wait_for_timeout(150)
    page.click("#tab-button-map")
    page.wait_for_timeout(150)
    after = page.evaluate("[tsunagariMap.scale(), tsunagariMap.position('org/31201')]")
    assert after[0] == pytest.approx(before[0])
    assert after[1]["x"] == pytest.approx(before[1]["x"], abs=1)


def test_a_link_to_a_table_shows_the_whole_map_afterwards(visit: Any, made_up_map: Path) -> None:
    usual = visit.open(made_up_map).evaluate("tsunagariMap.position('org/31201')")
    visit.page.goto("about:blank")
    page = visit.open(made_up_map, "tab=gaps")
    page.click("#tab-button-map")
    page.wait_for_timeout(150)
    assert page.evaluate("tsunagariMap.position('org/31201')") == pytest.approx(usual, abs=1)


def test_a_broken_link_opens_the_whole_map(visit: Any, made_up_map: Path) -> None:
    page = visit.open(made_up_map, "tab=nothing&node=%3Cb%3E&depth=9&f.sector=none&f.evil=1&matrix=-3&colour=x")
    assert page.locator("#tab-map").is_visible()
    assert visit.complaints == []


def test_no_name_covers_another(visit: Any, made_up_map: Path) -> None:
    page = visit.open(made_up_map)
    for _ in range(4):
        captions = page.evaluate("tsunagariMap.captions()")
        assert len(captions) >= 6
        for one, other in combinations(captions, 2):
            apart_x = one["x"] + one["w"] <= other["x"] or other["x"] + other["w"] <= one["x"]
            apart_y = one["y"] + one["h"] <= other["y"] or other["y"] + other["h"] <= one["y"]
            assert apart_x or apart_y, (one["text"], other["text"])
        page.keyboard.press("-")


def test_tables_sort_search_and_select(visit: Any, made_up_map: Path) -> None:
    page = visit.open(made_up_map)
    page.click("#tab-button-organizations")
    page.click('#tab-organizations th[data-column="name"] button')
    assert page.locator('#tab-organizations th[data-column="name"]').get_attribute("aria-sort") == "ascending"
    page.fill("#tab-organizations input", "カミチョウ")
    assert page.locator("#tab-organizations tbody tr").count() == 1
    page.click("#tab-organizations tbody tr")
    assert heading(page) == "香美町"


def test_a_table_is_taken_along_as_csv_without_formulas(visit: Any, made_up_map: Path, tmp_path: Path) -> None:
    page = visit.open(made_up_map)
    page.click("#tab-button-gaps")
    with page.expect_download() as started:
        page.click("#tab-gaps .csv")
    started.value.save_as(tmp_path / "gaps.csv")
    text = (tmp_path / "gaps.csv").read_bytes().decode("utf-8")
    assert text.startswith("\ufeff市区町村,")
    assert len(text.strip().split("\r\n")) == 10
    assert "'=1+1" in text
    assert ",=1+1" not in text


def test_the_print_shows_every_row_and_the_sources(visit: Any, made_up_map: Path) -> None:
    page = visit.open(made_up_map)
    page.emulate_media(media="print")
    assert page.locator("#print-footer").is_visible()
    assert not page.locator("#tools").is_visible()
    assert page.pdf(format="A3", landscape=True).startswith(b"%PDF")


def test_the_english_page_speaks_english(visit: Any, made_up: Any, tmp_path: Path) -> None:
    page = visit.open(write_map(made_up, tmp_path / "map.html", lang="en"))
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.locator("#tabs").inner_text().split("\n")[0] == "Map"
    words = page.locator("#tabs, .filters-head, summary, .choices, #counts, #panel h3").all_inner_texts()
    assert not re.search(r"[ぁ-んァ-ヶ一-龠]", " ".join(words))


def test_without_scripts_the_page_says_what_it_needs(browser: Any, made_up_map: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(made_up_map.as_uri())
    assert "JavaScript" in page.locator("noscript").inner_text()
    context.close()


def test_the_same_graph_gives_the_same_bytes(made_up: Any, made_up_map: Path, tmp_path: Path) -> None:
    assert write_map(made_up, tmp_path / "again.html").read_bytes() == made_up_map.read_bytes()


def test_an_unwritable_place_is_an_error_with_a_hint(made_up: Any, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(OutputError, match="Cannot write"):
        write_map(made_up, tmp_path / "file" / "map.html")

"""What the page answers, in a real browser: lists behind numbers, paths, what if, links, pictures, narrow screens."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from tsunagari.graph.knowledge.build import build
from tsunagari.viz.map import write_map

ROOT = Path(__file__).resolve().parents[3]
AXE = ROOT / "viz/map/app/node_modules/axe-core/axe.min.js"
VIEWS = ("", "tab=matrix", "tab=gaps", "tab=brokers", "tab=organizations", "tab=method", "node=org%2F31201")


@pytest.fixture(scope="module")
def bundled_map(bundled: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_map(bundled, tmp_path_factory.mktemp("app") / "map.html")


@pytest.mark.parametrize(
    "fragment", ["", "node=org%2F9000020312011", "cell=20213%2Fhikikomori", "tab=matrix", "tab=brokers"]
)
def test_every_number_that_can_be_opened_opens_as_many_as_it_says(visit: Any, bundled_map: Path, fragment: str) -> None:
    page = visit.open(bundled_map, fragment)
    names = page.locator("[data-list]").evaluate_all("all => all.map((one) => [one.dataset.list, one.dataset.count])")
    assert len(names) >= {"": 6, "tab=brokers": 20}.get(fragment, 0)
    if fragment == "tab=brokers":  # every number of contacts is one, none is left plain
        rows = page.locator("#tab-brokers tbody tr[tabindex]").count()
        nobody = page.locator("#tab-brokers tbody .count:not([data-list])").all_inner_texts()
        assert rows == page.locator("#tab-brokers tbody [data-list]").count() + len(nobody)
        assert set(nobody) <= {"0"}
    for name, count in names[:40]:
        page.evaluate(f"location.hash = new URLSearchParams({{list: {name!r}}}).toString()")
        page.wait_for_selector(f'#panel .listed[data-length="{count}"]')
    assert visit.complaints == []


def test_a_number_in_a_row_opens_its_list_and_the_row_its_body(visit: Any, bundled_map: Path) -> None:
    page = visit.open(bundled_map, "tab=brokers")
    counted = page.locator("#tab-brokers tbody [data-list]").first
    counted.click()
    page.wait_for_selector(f'#panel .listed[data-length="{counted.get_attribute("data-count")}"]')
    page.locator("#tab-brokers tbody tr[tabindex] td.name").first.click()
    page.wait_for_selector("#panel .sentence")


def test_who_works_widely_is_marked_beside_who_is_there(visit: Any, tmp_path: Path) -> None:
    lists = {
        "organizations": "団体名,市区町村\n架空の会,鳥取市\n架空の広域会,倉吉市\n",
        "services": "窓口名,提供団体,活動分野,対象区域\n"
        "架空の窓口,架空の会,介護,鳥取市\n架空の電話,架空の広域会,介護,鳥取県\n",
    }
    text = '[workspace]\ntitle = "架空"\nas_of = 2025-04-01\n[scope]\nareas = ["鳥取市"]\n'
    for kind, told in lists.items():
        (tmp_path / f"{kind}.csv").write_text(told, encoding="utf-8")
        text += f'[[source]]\nfile = "{kind}.csv"\nkind = "{kind}"\n'
    (tmp_path / "tsunagari.toml").write_text(text, encoding="utf-8")
    with build(tmp_path) as graph:
        page = visit.open(write_map(graph, tmp_path / "map.html"), "tab=gaps")
        page.locator("#tab-gaps tbody").get_by_text("架空の会、架空の広域会（広域）").click()
        near, far = page.locator("#providers li").all_inner_texts()
        assert far.endswith("（広域）")
        assert not near.endswith("（広域）")


def test_the_count_in_a_sentence_opens_the_bodies_it_counts(visit: Any, bundled_map: Path) -> None:
    page = visit.open(bundled_map, "node=org%2F9000020312011")
    counted = page.locator("#panel .sentence [data-list]").first
    assert counted.inner_text() == counted.get_attribute("data-count")
    count = int(counted.inner_text())
    counted.click()
    assert page.locator("#panel .listed > li").count() == count


def test_the_shortest_path_names_each_step_with_where_it_is_stated(visit: Any, made_up_map: Path) -> None:
    page = visit.open(made_up_map, "node=org%2Fn7")
    page.click("#panel .actions button:has-text('ここからの道筋')")
    page.fill("#search", "しえん10")
    page.keyboard.press("Enter")
    assert page.evaluate("tsunagariMap.path()") == ["org/n7", "org/31302", "org/n10"]
    assert page.locator("#path > li").count() == 3
    assert "資料" in page.locator("#path").inner_text()
    page.fill("#search", "つながりのない会")
    page.keyboard.press("Enter")
    assert "資料にありません" in page.locator("#path").inner_text()


def test_what_if_a_body_goes_agrees_with_the_losses(visit: Any, bundled: Any, bundled_map: Path) -> None:
    loss = bundled.loss()
    worst = loss[loss["to_nobody"] > 0].iloc[0]
    key = worst["organization_id"].rpartition("/id/")[2]
    page = visit.open(bundled_map, f"node={key.replace('/', '%2F')}")
    page.click("#panel .actions button:has-text('抜けたら')")
    fallen = page.locator("#fallen > li")
    assert fallen.count() == worst["to_nobody"] + worst["to_wide_only"] + worst["to_single"]
    assert fallen.filter(has_text="担い手なし").count() == worst["to_nobody"]
    page.click("#reset")
    assert page.locator("#fallen").count() == 0


def test_the_day_takes_away_what_does_not_hold_on_it(visit: Any, bundled_map: Path) -> None:
    page = visit.open(bundled_map)
    now = page.locator("#counts").inner_text()
    page.focus(".day input")
    page.keyboard.press("Home")
    assert page.locator("#counts").inner_text() != now
    assert "day=" in page.url
    page.click("#reset")
    assert page.locator("#counts").inner_text() == now


def test_a_link_to_what_is_not_here_says_so(visit: Any, made_up_map: Path) -> None:
    page = visit.open(made_up_map, "node=org%2Fgone&f.sector=nobody")
    assert "org/gone" in page.locator("#notice").inner_text()
    assert "nobody" in page.locator("#notice").inner_text()
    page.click("#notice button")
    assert not page.locator("#notice").is_visible()
    assert not visit.open(made_up_map).locator("#notice").is_visible()


def test_the_picture_as_svg_is_whole_with_title_legend_and_sources(visit: Any, made_up_map: Path) -> None:
    page = visit.open(made_up_map)
    text = page.evaluate("tsunagariMap.svg()")
    words = "".join(ElementTree.fromstring(text).itertext())
    for word in ("架空の圏域 </script>", "2023-10-01", "NPO", "出典: 資料", "鳥取市"):
        assert word in words
    assert "<img" not in text


def test_the_matrix_is_put_together_and_its_numbers_open_the_cells(visit: Any, made_up_map: Path) -> None:
    page = visit.open(made_up_map, "tab=matrix&roll=prefecture")
    cell = page.locator('.cell[aria-label^="鳥取県、児童・子育て"]')
    count = int(cell.inner_text())
    cell.click()
    assert page.locator("#panel .listed > li").count() == count


def test_on_a_narrow_screen_the_list_comes_first_and_a_button_leads_to_the_map(visit: Any, made_up_map: Path) -> None:
    visit.page.set_viewport_size({"width": 360, "height": 740})
    page = visit.open(made_up_map)
    assert page.locator("#panel h2").is_visible()
    assert not page.locator("#network").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.click("#flip")
    page.wait_for_timeout(300)
    assert page.locator("#network canvas").bounding_box()["width"] > 300
    assert len(page.evaluate("tsunagariMap.captions()")) >= 3


def test_side_panels_fold(visit: Any, made_up_map: Path) -> None:
    page = visit.open(made_up_map)
    wide = page.locator("#network").bounding_box()["width"]
    page.click("#tool-fold_panel")
    page.click("#tool-fold_filters")
    page.wait_for_timeout(200)
    assert page.locator("#network").bounding_box()["width"] > wide + 400
    assert page.locator("#tool-fold_panel").get_attribute("aria-pressed") == "true"


def test_a_choice_is_announced_and_a_table_is_one_stop_with_arrows(visit: Any, made_up_map: Path) -> None:
    page = visit.open(made_up_map, "node=org%2F31201")
    assert "鳥取市" in page.locator("#announce").inner_text()
    page.click("#tab-button-organizations")
    assert page.locator('#tab-organizations table [tabindex="0"]').count() == 1
    page.focus('#tab-organizations table [tabindex="0"]')
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    third = page.evaluate("document.activeElement.getAttribute('aria-rowindex')")
    assert third == "4"
    assert page.locator('#tab-organizations table [tabindex="0"]').count() == 1


def test_signs_that_turn_text_round_stay_in_their_name(visit: Any, made_up: Any, tmp_path: Path) -> None:
    graph = type(made_up)()
    node = next(iter(graph.graph))
    graph.graph.nodes[node]["label"] = "逆\u202eさ\u200b会" + "長" * 10_000
    page = visit.open(write_map(graph, tmp_path / "map.html"))
    assert not any("\u202e" in caption["text"] for caption in page.evaluate("tsunagariMap.captions()"))
    page.fill("#search", "逆")
    box = page.locator("#suggestions li .name").first
    assert box.evaluate("one => getComputedStyle(one).unicodeBidi") == "isolate"
    page.keyboard.press("Enter")
    assert page.locator("#panel h2").evaluate("one => one.getBoundingClientRect().width") < 340
    assert visit.complaints == []


def test_nothing_to_show_says_so(visit: Any, made_up: Any, tmp_path: Path) -> None:
    graph = type(made_up)()
    graph.graph.clear()
    for name in ("gaps", "brokers", "loss"):
        empty = getattr(made_up, name)().iloc[:0]
        setattr(graph, name, lambda _empty=empty, **_: _empty)
    graph.remedies = lambda **_: made_up.remedies().iloc[:0]
    graph.cohesion = lambda **_: made_up.cohesion().iloc[:0]
    bodies, members = (made_up.frame(name).iloc[:0] for name in ("organizations", "memberships"))
    graph.frame = lambda name, **_: bodies if name == "organizations" else members
    page = visit.open(write_map(graph, tmp_path / "map.html"))
    assert "表示する団体がありません" in page.locator("#panel").inner_text()
    assert visit.complaints == []


@pytest.mark.parametrize("fragment", VIEWS)
def test_axe_finds_nothing(visit: Any, made_up_map: Path, lacking: Callable[[str], None], fragment: str) -> None:
    if not AXE.exists():
        lacking("axe-core is not installed; `make page` installs it")
    page = visit.open(made_up_map, fragment)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run().then((result) => result.violations)")
    told = [(one["id"], [(node["target"], node["failureSummary"]) for node in one["nodes"][:2]]) for one in found]
    assert told == []


@pytest.mark.parametrize(("table", "rows", "pages"), [("brokers", 220, 10), ("gaps", 105, 6)])
def test_tables_print_on_few_pages_without_what_is_for_the_screen(
    visit: Any, bundled_map: Path, table: str, rows: int, pages: int
) -> None:
    page = visit.open(bundled_map, f"tab={table}")
    page.emulate_media(media="print")
    printed = len(re.findall(rb"/Type\s*/Page\b(?!s)", page.pdf(prefer_css_page_size=True)))
    there = page.evaluate(
        f"Number(document.querySelector('#tab-{table} table').ariaRowCount ?? "
        f"document.querySelector('#tab-{table} table').getAttribute('aria-rowcount')) - 1"
    )
    assert there > 50
    assert 1 <= printed <= math.ceil(there * pages / rows)
    assert not page.locator(f"#tab-{table} td.screen-only").first.is_visible()

"""The atlas as a folder and in a real browser: every link leads somewhere, nothing is loaded from outside."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from tests.viz.atlas.conftest import FILES, HOSTILE, anchor_of, make

import tsunagari as tsu
from tsunagari.errors import OutputError, SourceError, UnknownNameError
from tsunagari.graph.knowledge.knowledge import KnowledgeGraph
from tsunagari.ontology.namespaces import ID
from tsunagari.viz.atlas import write_atlas
from tsunagari.viz.atlas.folder import MANIFEST
from tsunagari.viz.atlas.places import file_key

ROOT = Path(__file__).resolve().parents[3]
AXE = ROOT / "viz/map/app/node_modules/axe-core/axe.min.js"
MUNICIPALITIES = ("m/31201.html", "m/31302.html")


class Parts(HTMLParser):
    """Every address and every id of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self.links += [named[name] or "" for name in ("href", "src") if name in named]
        self.ids += [named["id"] or ""] if "id" in named else []


def pages(folder: Path) -> dict[str, Parts]:
    return {
        path.relative_to(folder).as_posix(): Parts(path.read_text(encoding="utf-8"))
        for path in sorted(folder.rglob("*.html"))
    }


def text_of(folder: Path) -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*")) if path.is_file())


def test_lists_are_written_as_people_write_them(written: Path) -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in written.rglob("*.html"))
    assert "<td>members.csv</td>" in text
    assert [sign for sign in ("[&#39;", "[&#34;", "['", "[]") if sign in text] == []


def test_every_link_leads_to_a_place_that_is_there(written: Path) -> None:
    found = pages(written)
    assert {*MUNICIPALITIES, "index.html", "p/31000.html", "elsewhere.html"} < set(found)
    for name, page in found.items():
        assert len(page.ids) == len(set(page.ids))
        for link in page.links:
            path, _, fragment = link.partition("#")
            if path == "data:,":
                continue
            target = (written / name).parent / path if path else written / name
            assert target.resolve().is_file(), (name, link)
            if fragment:
                assert unquote(fragment) in found[target.resolve().relative_to(written.resolve()).as_posix()].ids


def test_a_body_leads_to_its_platform_and_the_platform_back(small: Any, written: Path) -> None:
    (platform,) = (written / "s").iterdir()
    page = (written / "m/31201.html").read_text(encoding="utf-8")
    assert f'href="../s/{platform.name}"' in page
    assert f'href="../m/31201.html#{anchor_of(small, "架空の甲")}"' in platform.read_text(encoding="utf-8")


def test_each_status_and_provider_of_a_municipality_is_that_of_the_gap_table(small: Any, written: Path) -> None:
    page = (written / "m/31201.html").read_text(encoding="utf-8")
    for row in small.gaps(["鳥取市"]).to_dict("records"):
        cell = re.search(rf'<th scope="row">{re.escape(row["field"])}</th><td><span class="sign (\w+)"', page)
        assert cell is not None
        assert cell[1] == row["status"]


def test_a_platform_names_what_it_is_part_of_and_a_body_what_would_be_lost(bundled: Any, tmp_path: Path) -> None:
    folder = write_atlas(bundled, tmp_path / "atlas").parent
    rows = bundled.platforms
    inside = rows[rows["part_of"] == f"{ID}platform/national"]
    page = (folder / "s" / f"{file_key(inside['platform_id'].iloc[0])}.html").read_text(encoding="utf-8")
    assert (
        f'href="../s/national.html">{rows[rows["platform_id"] == f"{ID}platform/national"]["platform"].iloc[0]}' in page
    )
    losses = bundled.loss()
    felt = losses[losses["severity_lost"] > 0].iloc[0]
    assert felt["sentence"] in text_of(folder)


@pytest.mark.parametrize("name", ["index.html", "p/31000.html", *MUNICIPALITIES, "elsewhere.html"])
def test_nothing_is_asked_for_and_nothing_complains(visit: Any, written: Path, name: str) -> None:
    page = visit.open(written / name)
    assert not re.search(r"\[object|undefined|NaN|None", page.locator("main").inner_text())
    own = {(written / file).as_uri() for file in ("atlas.css", "atlas.js")}
    assert set(visit.outside(written / name)) == own
    assert visit.complaints == []
    assert page.evaluate("refused") == []


def test_a_hostile_name_is_only_text(visit: Any, small: Any, written: Path) -> None:
    page = visit.open(written / "m/31302.html", anchor_of(small, f"架空{HOSTILE}"))
    assert page.locator("details[open] .name").inner_text() == f"架空{HOSTILE}"
    assert page.locator("img").count() == 0
    assert visit.complaints == []


def test_search_finds_by_name_and_reading_and_opens_the_body(visit: Any, small: Any, written: Path) -> None:
    page = visit.open(written / "index.html")
    page.fill("#search", "カクウノコウ")
    page.wait_for_selector("#hits [role=option]")
    page.keyboard.press("Enter")
    page.wait_for_selector("details[open]")
    assert page.url.endswith(f"m/31201.html#{anchor_of(small, '架空の甲')}")
    assert page.locator("details[open] .name").inner_text() == "架空の甲"
    page.fill("#search", "ありえない名前")
    page.wait_for_selector("#hits li")
    assert page.locator("#hits li").inner_text() == "見つかりません。"
    assert [url for url in visit.requests if not url.startswith(("file:", "data:", "about:"))] == []


def test_a_chosen_figure_and_day_change_the_picture_and_the_table(visit: Any, written: Path) -> None:
    page = visit.open(written / "index.html")
    assert page.locator("#shown").inner_text() == "2025-04-01"
    page.select_option("#figure", "members")
    cell = page.locator('tr[data-code="31000"] td').nth(4)
    tile = page.locator('.picture g[data-code="31000"] text').nth(1)
    assert (cell.inner_text(), tile.text_content()) == ("3", "3")
    page.locator("#day").fill("0")
    assert page.locator("#shown").inner_text() == "2024-04-01"
    assert (cell.inner_text(), tile.text_content()) == ("1", "1")
    again = visit.open(written / "index.html", "figure=members&day=2024-04-01")
    assert again.locator('.picture g[data-code="31000"] text').nth(1).text_content() == "1"


@pytest.mark.parametrize("name", ["index.html", "p/31000.html", "m/31201.html"])
def test_axe_finds_nothing(visit: Any, written: Path, lacking: Callable[[str], None], name: str) -> None:
    if not AXE.exists():
        lacking("axe-core is not installed; `make page` installs it")
    page = visit.open(written / name)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run().then((result) => result.violations)")
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []


@pytest.mark.parametrize("name", ["index.html", "p/31000.html", "m/31201.html"])
def test_a_phone_shows_it_without_scrolling_aside(visit: Any, written: Path, name: str) -> None:
    page = visit.open(written / name)
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_only_what_changed_is_written_again(small: Any, tmp_path: Path) -> None:
    workspace = make(tmp_path / "w")
    folder = tmp_path / "atlas"
    write_atlas(tsu.build(workspace), folder)
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*.*")}
    write_atlas(tsu.build(workspace), folder)
    assert {path.name for path, stamp in before.items() if path.stat().st_mtime_ns != stamp} == {MANIFEST}
    make(workspace, **{"organizations.csv": FILES["organizations.csv"].replace("かくうのこう", "かくうのきのえ")})
    write_atlas(tsu.build(workspace), folder)
    changed = {path.name for path, stamp in before.items() if path.stat().st_mtime_ns != stamp}
    assert changed == {MANIFEST, "31201.html", "search.js"}
    write_atlas(tsu.build(workspace), folder, areas=["鳥取市"])
    assert not (folder / "m/31302.html").exists()
    assert not (folder / "elsewhere.html").exists()


def test_somebody_elses_folder_is_left_alone(small: Any, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("大事", encoding="utf-8")
    with pytest.raises(OutputError, match="other files"):
        write_atlas(small, tmp_path)
    with pytest.raises(OutputError):
        write_atlas(small, tmp_path / "mine.txt")
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_an_edited_manifest_removes_nothing_outside(small: Any, copied: Callable[[], Path]) -> None:
    folder = copied()
    outside = folder.parent / "outside.html"
    outside.write_text("大事", encoding="utf-8")
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    manifest["files"]["../outside.html"] = manifest["files"][str(outside)] = "0"
    (folder / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    write_atlas(small, folder)
    assert outside.exists()


def test_the_public_edition_names_nobody_who_is_not_public(small: KnowledgeGraph, tmp_path: Path) -> None:
    assert "架空の秘密の会" in text_of(write_atlas(small, tmp_path / "all").parent)
    assert "架空の秘密の会" not in text_of(write_atlas(small.public(), tmp_path / "public").parent)


def test_a_scope_an_area_and_a_day_that_are_not_there_are_told(small: Any, tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError):
        write_atlas(small, tmp_path / "a", areas=["ありえない町"])
    assert not list(tmp_path.iterdir())


def test_a_graph_with_nothing_in_it_says_so(tmp_path: Path) -> None:
    workspace = tmp_path / "w"
    workspace.mkdir()
    (workspace / "platforms.csv").write_text("id,pref_label\np,架空の場\n", encoding="utf-8")
    settings = '[workspace]\ntitle = "空"\nas_of = 2025-04-01\n[scope]\nareas = []\n'
    settings += '[[source]]\nfile = "platforms.csv"\nkind = "platforms"\n'
    (workspace / "tsunagari.toml").write_text(settings, encoding="utf-8")
    page = write_atlas(tsu.build(workspace), tmp_path / "atlas")
    assert "該当するものはありません。" in page.read_text(encoding="utf-8")


def test_english_pages_speak_english(small: Any, tmp_path: Path) -> None:
    page = write_atlas(small, tmp_path / "en", lang="en").read_text(encoding="utf-8")
    assert '<html lang="en">' in page
    assert "Figures of the prefectures" in page


SQUARE = [[[134.0, 35.0], [134.5, 35.0], [134.5, 35.5], [134.0, 35.5], [134.0, 35.0]]]


def boundaries(path: Path, **told: Any) -> Path:
    named = {"N03_001": "鳥取県", "N03_004": "鳥取市", "N03_007": "31201", **told}
    feature = {"type": "Feature", "properties": named, "geometry": {"type": "Polygon", "coordinates": SQUARE}}
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8")
    return path


def test_boundaries_give_maps_in_true_shapes(small: Any, tmp_path: Path) -> None:
    shapes = boundaries(tmp_path / "n03.geojson")
    folder = write_atlas(small, tmp_path / "atlas", boundaries=shapes).parent
    assert '<path data-code="31000"' in (folder / "index.html").read_text(encoding="utf-8")
    local = (folder / "p/31000.html").read_text(encoding="utf-8")
    assert re.search(r'<a href="../m/31201.html"><path data-code="31201" d="M0 \d+L\d+ \d+', local)


@pytest.mark.parametrize("text", ["", "[]", '{"type": "Topology"}', '{"features": [3]}', '{"features": []}', "\x00"])
def test_boundaries_that_are_none_are_told_and_nothing_is_written(small: Any, tmp_path: Path, text: str) -> None:
    (tmp_path / "n03.json").write_text(text, encoding="utf-8")
    with pytest.raises(SourceError, match="N03"):
        write_atlas(small, tmp_path / "atlas", boundaries=tmp_path / "n03.json")
    assert not (tmp_path / "atlas").exists()

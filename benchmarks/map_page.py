"""How soon a page is there and how it moves: the map beside pyvis and cytoscape.js, both with positions given.

Run from the repository: ``.venv/bin/python benchmarks/map_page.py`` (about 5 minutes; needs Chromium, and npm for
cytoscape.js, which is kept in a folder of temporary files). One made-up country a size; the three pages hold the same
nodes and ties at the same places and are opened one after the other in one headless browser with the network off. The
run ends with an error where, at 5,700 nodes, a title is there twice or over another, or where less than 90 % of the
first 20 neighbours of chosen bodies carry their names.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright
from surroundings import libraries, machine

import tsunagari as tsu
from tsunagari.loaders.fiction.synthesis import synthesize
from tsunagari.viz.map import write_map

SIZES = {2_000: 1_030, 5_700: 2_780}
"""How many organisations make a map of so many nodes."""
RUNS, PATIENCE, MOVES, CHOSEN, FIRST = 3, 120, 60, 8, 20
CYTOSCAPE = "cytoscape@3.33.1"
CACHE = Path(tempfile.gettempdir()) / "tsunagari-benchmarks"
RESULTS = Path(__file__).parent / "results" / "map_page.md"
FLAGS = "--headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking"
PAINTED = "performance.getEntriesByName('painted').length > 0"
CREATED = "network = new vis.Network(container, data, options);"
SETTLED = "await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));"
SEARCH = """() => { const start = performance.now(); const box = document.getElementById("search");
    box.value = "架空"; box.dispatchEvent(new Event("input")); return performance.now() - start; }"""
FILTER = f"""async () => {{ const start = performance.now();
    document.querySelector('[data-facet="sector"] button').click(); {SETTLED} return performance.now() - start; }}"""
WATCH = """() => { window.frames_ = []; let last = performance.now();
    const step = (now) => {
        window.frames_.push(now - last); last = now; window.watching_ = requestAnimationFrame(step); };
    window.watching_ = requestAnimationFrame(step); }"""
CYTOSCAPE_PAGE = """<!doctype html><html><head><meta charset="utf-8">
<style>html, body, #cy {{ height: 100%; margin: 0; }}</style></head>
<body><div id="cy"></div><script>{library}</script><script>
const cy = cytoscape({{container: document.getElementById("cy"), elements: {elements}, layout: {{name: "preset"}},
  style: [{{selector: "node", style: {{label: "data(label)", width: 16, height: 16, "font-size": 11}}}},
  {{selector: "edge", style: {{width: 1, "curve-style": "haystack"}}}}]}});
cy.once("render", () => performance.mark("painted"));
</script></body></html>"""


@dataclass(frozen=True)
class Seen:
    """Milliseconds of one page: first picture, filter (None where it has none), between pictures of a drag (95 %)."""

    painted: float
    filtered: float | None
    dragged: float


def write_peers(ours: Path, folder: Path, library: str, browser: Browser) -> dict[str, Path]:
    """Write the pages of pyvis and cytoscape.js with the nodes, ties and places of the map."""
    from pyvis.network import Network

    page, _ = open_page(browser, ours)
    nodes, ties = page.evaluate("tsunagariMap.places()")
    page.context.close()
    net = Network(height="900px", width="100%", cdn_resources="in_line")
    net.toggle_physics(False)
    net.nodes = [
        {"id": k, "label": label, "x": x, "y": y, "shape": "dot", "size": 8} for k, (label, x, y) in enumerate(nodes)
    ]
    net.edges = [{"from": a, "to": b} for a, b in ties]
    html = net.generate_html(notebook=False)
    if CREATED not in html:
        raise SystemExit("pyvis writes its page in another way than this benchmark knows")
    mark = f"{CREATED} network.once('afterDrawing', () => performance.mark('painted'));"
    elements = [
        {"data": {"id": f"n{k}", "label": label}, "position": {"x": x, "y": y}} for k, (label, x, y) in enumerate(nodes)
    ]
    elements += [{"data": {"id": f"e{k}", "source": f"n{a}", "target": f"n{b}"}} for k, (a, b) in enumerate(ties)]
    block = json.dumps(elements, ensure_ascii=False).replace("<", "\\u003c")
    pages = {
        "pyvis": html.replace(CREATED, mark),
        "cytoscape.js": CYTOSCAPE_PAGE.format(library=library, elements=block),
    }
    for name, text in pages.items():
        (folder / f"{name}.html").write_text(text, encoding="utf-8")
    return {name: folder / f"{name}.html" for name in pages}


def cytoscape() -> str:
    """Return the script of cytoscape.js, fetched once by npm."""
    script = CACHE / "node_modules" / "cytoscape" / "dist" / "cytoscape.min.js"
    if not script.exists():
        CACHE.mkdir(exist_ok=True)
        subprocess.run(
            ["npm", "install", "--no-save", "--prefix", CACHE, CYTOSCAPE], check=True, stdout=subprocess.DEVNULL
        )
    return script.read_text(encoding="utf-8")


def open_page(browser: Browser, path: Path, fragment: str = "") -> tuple[Page, float]:
    """Return the page and the milliseconds to its first picture; infinity after `PATIENCE` seconds."""
    page = browser.new_context(viewport={"width": 1600, "height": 1000}, offline=True).new_page()
    page.goto(path.as_uri() + (f"#{fragment}" if fragment else ""), wait_until="commit")
    began = time.perf_counter()
    while not page.evaluate(PAINTED):  # asked from outside, because the map's policy allows no evaluation inside
        if time.perf_counter() - began > PATIENCE:
            return page, float("inf")
        time.sleep(0.1)
    return page, float(page.evaluate("performance.getEntriesByName('painted')[0].startTime"))


def look(browser: Browser, path: Path, *, has_filter: bool = False) -> Seen:
    """Return what a page takes: the best of some openings, then a filter and a drag in the last."""
    times = []
    for _ in range(RUNS):
        page, painted = open_page(browser, path)
        times.append(painted)
        if len(times) < RUNS:
            page.context.close()
    page.wait_for_timeout(500)
    filtered = min(page.evaluate(FILTER) for _ in range(RUNS)) if has_filter else None
    page.mouse.move(900, 600)
    page.mouse.down()
    page.evaluate(WATCH)
    for step in range(MOVES):
        page.mouse.move(900 - 4 * step, 600 - 2 * step)
    page.mouse.up()
    page.evaluate("cancelAnimationFrame(window.watching_)")
    frames = sorted(page.evaluate("window.frames_"))
    page.context.close()
    return Seen(min(times), filtered, frames[int(len(frames) * 0.95)] if frames else float("inf"))


def settled(page: Page) -> list[dict[str, Any]]:
    """Return the names on the map once the drawing has come to rest."""
    found: list[dict[str, Any]] = []
    for _ in range(PATIENCE):
        page.wait_for_timeout(200)
        before, found = found, page.evaluate("tsunagariMap.captions()")
        if found and found == before:
            return found
    raise SystemExit("the map does not come to rest")


def check_names(browser: Browser, path: Path) -> float:
    """Return the share of first neighbours that carry their names; refuse titles twice or over each other."""
    page, _ = open_page(browser, path)
    for _ in range(6):
        captions = settled(page)
        texts = [caption["text"] for caption in captions]
        if len(set(texts)) < len(texts) or any(_crossing(a, b) for a, b in combinations(captions, 2)):
            raise SystemExit("a title is there twice, or over another")
        page.click("#tool-zoom_in")
        page.click("#tool-zoom_in")
    keys = page.evaluate(f"tsunagariMap.most({CHOSEN})")
    page.context.close()
    named = wanted = 0
    for key in keys:
        page, _ = open_page(browser, path, f"node={key.replace('/', '%2F')}")
        captions = settled(page)
        near = page.evaluate(f"tsunagariMap.neighbours({key!r})")[:FIRST]
        carried = {caption["owner"] for caption in captions}
        named, wanted = named + sum(one["number"] in carried for one in near), wanted + len(near)
        page.context.close()
    if named < 0.9 * wanted:
        raise SystemExit(f"only {named} of {wanted} neighbours carry their names")
    return named / wanted


def _crossing(a: dict[str, Any], b: dict[str, Any]) -> bool:
    apart_x = a["x"] + a["w"] <= b["x"] or b["x"] + b["w"] <= a["x"]
    return not apart_x and a["y"] < b["y"] + b["h"] and b["y"] < a["y"] + a["h"]


def measure(browser: Browser, organizations: int, folder: Path) -> list[str]:
    """Return the rows of one size."""
    synthesize(folder / "lists", organizations=organizations, seed=5)
    ours = folder / "map.html"
    with tsu.build(folder / "lists") as kg:
        began = time.process_time()
        write_map(kg, ours)
        spent = time.process_time() - began
    peers = write_peers(ours, folder, cytoscape(), browser)
    page, _ = open_page(browser, ours)
    nodes, ties = map(len, page.evaluate("tsunagariMap.places()"))
    search = min(page.evaluate(SEARCH) for _ in range(RUNS))
    page.context.close()
    seen = {name: look(browser, path) for name, path in peers.items()}
    mine = look(browser, ours, has_filter=True)
    size = f"{nodes:,} / {ties:,}"

    def row(what: str, *cells: str) -> str:
        return f"| {size} | {what} | {' | '.join(cells)} |"

    told = [*seen.values(), mine]
    return [
        row("size of the page, MB", *(f"{path.stat().st_size / 1e6:.2f}" for path in (*peers.values(), ours))),
        row("first picture, s", *(f"{one.painted / 1000:.2f}" for one in told)),
        row("between two pictures of a drag, 95 %, ms", *(f"{one.dragged:.0f}" for one in told)),
        row("filter, ms", "none", "none", f"{mine.filtered:.0f}"),
        row("search as typed, ms", "none", "none", f"{search:.0f}"),
        row("neighbours with their names", "none", "none", f"{check_names(browser, ours):.0%}"),
        row("write the page, tables included, CPU s", "none", "none", f"{spent:.1f}"),
    ]


def main() -> None:
    """Measure, print and write the table."""
    found = shutil.which("chromium") or shutil.which("google-chrome")
    if found is None:
        raise SystemExit("Chromium is needed; install it and run this again.")
    rows = []
    with sync_playwright() as driver, tempfile.TemporaryDirectory() as folder:
        browser = driver.chromium.launch(executable_path=found, args=FLAGS.split())
        for nodes, organizations in SIZES.items():
            rows += measure(browser, organizations, Path(folder) / str(nodes))
        version = browser.version
        browser.close()
    lines = [
        "# Page of the map",
        "",
        "`benchmarks/map_page.py`, nodes / ties of a made-up country; pyvis and cytoscape.js draw the same nodes and",
        f"ties at the places of the map. Best of {RUNS} openings, headless and without a GPU. Aims at 2,000 and 5,700",
        "nodes: 1.5 and 3 MB, first picture in 1.5 and 2 s; filter 200 ms, drag 100 ms, 90 % of names.",
        "",
        f"- {machine()}, Chromium {version}",
        f"- {libraries('pyvis')}, {CYTOSCAPE}",
        "",
        "| nodes / ties | stage | pyvis | cytoscape.js | map |",
        "|---|---|---:|---:|---:|",
        *rows,
        "",
    ]
    text = "\n".join(lines)
    sys.stdout.write(text)
    RESULTS.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()

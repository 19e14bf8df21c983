"""How soon a page is there: the map beside the page that pyvis writes by itself of the same nodes and ties.

Run from the repository: ``.venv/bin/python benchmarks/map_page.py`` (about 5 minutes; needs Chromium). One
made-up graph a size, both pages opened in turn in one headless browser with the network off. "There" is the first full
picture: for the map the mark it sets after its first drawing, for pyvis the end of the stabilisation that comes before.
"""

from __future__ import annotations

import os
import platform
import shutil
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright
from pyvis.network import Network
from synthetic import write_workspace

import tsunagari as tsu
from tsunagari.viz.map import write_map

SIZES = ((40, 120), (300, 1_200), (1_500, 6_000))
RUNS, PATIENCE = 3, 120
RESULTS = Path(__file__).parent / "results" / "map_page.md"
FLAGS = "--headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking"
PAINTED = "performance.getEntriesByName('painted').length > 0"
CREATED = "network = new vis.Network(container, data, options);"
SEARCH = """() => { const start = performance.now(); const box = document.getElementById("search");
    box.value = "架空の支援"; box.dispatchEvent(new Event("input")); return performance.now() - start; }"""
FILTER = """() => { const start = performance.now();
    document.querySelector('[data-facet="sector"] button').click(); return performance.now() - start; }"""


def write_peer(kg: tsu.KnowledgeGraph, path: Path) -> None:
    """Write the page of pyvis; its lists are set at once, because `add_edge` looks through all edges each time."""
    graph = kg.network("all", statuses=None)
    ids = {node: number for number, node in enumerate(graph)}
    page = Network(height="900px", width="100%", cdn_resources="in_line")
    page.nodes = [
        {"id": ids[node], "label": str(data["label"]), "shape": "dot"} for node, data in graph.nodes(data=True)
    ]
    page.edges = [{"from": ids[one], "to": ids[other]} for one, other in graph.edges()]
    html = page.generate_html(notebook=False)
    mark = f"{CREATED} network.once('stabilizationIterationsDone', () => performance.mark('painted'));"
    if CREATED not in html:
        raise SystemExit("pyvis writes its page in another way than this benchmark knows")
    path.write_text(html.replace(CREATED, mark), encoding="utf-8")


def open_page(browser: Browser, path: Path) -> tuple[Page, float]:
    """Return the page and the milliseconds to its first picture; infinity after `PATIENCE` seconds."""
    page = browser.new_context(viewport={"width": 1600, "height": 1000}, offline=True).new_page()
    page.goto(path.as_uri(), wait_until="commit")
    began = time.perf_counter()
    while not page.evaluate(PAINTED):  # asked from outside, because the map's policy allows no evaluation inside
        if time.perf_counter() - began > PATIENCE:
            return page, float("inf")
        time.sleep(0.1)
    return page, float(page.evaluate("performance.getEntriesByName('painted')[0].startTime"))


def best_paint(browser: Browser, path: Path, runs: int) -> float:
    """Return the smallest time to the first picture of some openings."""
    times = []
    for _ in range(runs):
        page, painted = open_page(browser, path)
        page.context.close()
        times.append(painted)
    return min(times)


def measure(browser: Browser, organizations: int, ties: int, folder: Path) -> list[str]:
    """Return the rows of one size."""
    workspace = write_workspace(folder / "workspace", organizations=organizations, ties=ties)
    settings = workspace / "tsunagari.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("[scope]\n", '[scope]\nareas = ["31000"]\n'), encoding="utf-8")
    ours, peer = folder / "map.html", folder / "pyvis.html"
    with tsu.build(workspace) as kg:
        everything = kg.network("all", statuses=None)
        nodes, edges = everything.number_of_nodes(), everything.number_of_edges()
        began = time.perf_counter()
        write_map(kg, ours)
        ours_seconds = time.perf_counter() - began
        began = time.perf_counter()
        write_peer(kg, peer)
        peer_seconds = time.perf_counter() - began
    mine, theirs = best_paint(browser, ours, RUNS), best_paint(browser, peer, 1)
    page, _ = open_page(browser, ours)
    search, sift = (min(page.evaluate(script) for _ in range(RUNS)) for script in (SEARCH, FILTER))
    page.context.close()
    size, writing = f"{nodes:,} / {edges:,}", peer_seconds / ours_seconds
    slow = f"more than {PATIENCE} s" if theirs == float("inf") else f"{theirs / 1000:.2f} s"
    ratio = f"more than {PATIENCE * 1000 / mine:.0f}" if theirs == float("inf") else f"{theirs / mine:.0f}"
    return [
        f"| {size} | first picture | {slow} | {mine / 1000:.2f} s | {ratio} |",
        f"| {size} | write the page | {peer_seconds:.1f} s | {ours_seconds:.1f} s | {writing:.2f} |",
        f"| {size} | size of the page | {_megabytes(peer)} | {_megabytes(ours)} | |",
        f"| {size} | search as typed | none | {search:.0f} ms | |",
        f"| {size} | filter | none | {sift:.0f} ms | |",
    ]


def _megabytes(path: Path) -> str:
    return f"{path.stat().st_size / 1e6:.2f} MB"


def main() -> None:
    """Measure, print and write the table."""
    found = shutil.which("chromium") or shutil.which("google-chrome")
    if found is None:
        raise SystemExit("Chromium is needed; install it and run this again.")
    rows = []
    with sync_playwright() as driver, tempfile.TemporaryDirectory() as folder:
        browser = driver.chromium.launch(executable_path=found, args=FLAGS.split())
        for organizations, ties in SIZES:
            rows += measure(browser, organizations, ties, Path(folder) / str(organizations))
        version = f"Chromium {browser.version}"
        browser.close()
    lines = [
        "# Page of the map",
        "",
        "`benchmarks/map_page.py`, nodes / ties of a made-up graph: bodies, platforms, services and fields. Best",
        "of three openings (pyvis: one). Aims for 5,000 nodes: first picture 2 s, search 100 ms, filter 200 ms.",
        "",
        f"Machine: {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}, {version}.",
        "",
        "| size | stage | pyvis alone | map.html | ratio |",
        "|---|---|---:|---:|---:|",
        *rows,
        "",
    ]
    text = "\n".join(lines)
    sys.stdout.write(text)
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()

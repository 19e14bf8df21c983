"""Writing the atlas of a fictional nation, writing it again unchanged, and how its pages and its search answer.

Run from the repository: ``.venv/bin/python benchmarks/atlas.py`` (``--organizations 10000`` for a quick look;
``--workspace DIR`` takes one that was built). The search of the pages is set beside SQLite's full-text index over the
same names, which a page of files cannot have but a server would.
"""

from __future__ import annotations

import argparse
import sqlite3
import tempfile
import time
from pathlib import Path
from typing import Any

from surroundings import libraries, machine, peak_memory

import tsunagari
from tsunagari.loaders.fiction import synthesize
from tsunagari.viz.atlas import write_atlas

RESULTS = Path(__file__).parent / "results" / "atlas.md"
AIMS = {"first page, s": "2", "largest page, s": "2", "answer of the search, longest of 5, ms": "100"}
QUERIES = ("とっとり", "社会福祉", "かくうのひかり", "子ども", "ありえない")
ANSWERED = """(text) => new Promise((resolve) => {
  const input = document.getElementById("search"), hits = document.getElementById("hits");
  const began = performance.now();
  const seen = new MutationObserver(() => { seen.disconnect(); resolve(performance.now() - began); });
  seen.observe(hits, { childList: true });
  input.value = text;
  input.dispatchEvent(new Event("input"));
})"""


def written(kg: Any, folder: Path) -> tuple[float, float]:
    """Write the atlas; return CPU seconds and seconds by the clock."""
    cpu, clock = time.process_time(), time.perf_counter()
    write_atlas(kg, folder)
    return time.process_time() - cpu, time.perf_counter() - clock


def in_the_browser(folder: Path) -> dict[str, float]:
    """Return seconds to open the largest pages and milliseconds of answers of the search."""
    import shutil

    from playwright.sync_api import sync_playwright

    largest = sorted(folder.rglob("*.html"), key=lambda path: path.stat().st_size)[-1]
    chromium = next(path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page()
        found = {}
        for name, path in (("first page, s", folder / "index.html"), ("largest page, s", largest)):
            began = time.perf_counter()
            page.goto(path.as_uri())
            page.wait_for_selector("body[data-ready]", state="attached")
            found[name] = time.perf_counter() - began
        began = time.perf_counter()
        page.focus("#search")
        page.wait_for_selector("#search[data-ready]")
        found["index read at the first search, s"] = time.perf_counter() - began
        answers = [page.evaluate(ANSWERED, text) for text in QUERIES]
        found["answer of the search, longest of 5, ms"] = max(answers)
        browser.close()
    return found


def full_text(kg: Any) -> float:
    """Return the longest answer of SQLite's trigram index over the same names, in milliseconds."""
    base = sqlite3.connect(":memory:")
    base.execute("CREATE VIRTUAL TABLE names USING fts5(name, reading, tokenize='trigram')")
    rows = kg.frame("organizations")[["name", "reading"]].fillna("").astype(str).to_numpy().tolist()
    base.executemany("INSERT INTO names VALUES (?, ?)", rows)
    taken = []
    for text in QUERIES:
        began = time.perf_counter()
        base.execute("SELECT name FROM names WHERE names MATCH ? LIMIT 15", (f'"{text}"',)).fetchall()
        taken.append(1000 * (time.perf_counter() - began))
    return max(taken)


def main() -> None:
    """Measure, print and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--organizations", type=int, default=100_000)
    parser.add_argument("--workspace", type=Path)
    parser.add_argument("--once", action="store_true", help="do not write it again")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        workspace = asked.workspace or Path(place, "nation")
        if asked.workspace is None:
            synthesize(workspace, organizations=asked.organizations)
            tsunagari.build(workspace)
        kg, folder = tsunagari.open(workspace), Path(place, "atlas")
        bodies = len(kg.organizations)
        first, peak = written(kg, folder), peak_memory()  # writing again opens a second graph beside the first
        again = None if asked.once else written(tsunagari.open(workspace), folder)
        files = [path for path in folder.rglob("*") if path.is_file()]
        sizes = [path.stat().st_size / 1e6 for path in files]
        shown = in_the_browser(folder)
        peer = full_text(kg)
    rows = [
        ("written, CPU s", f"{first[0]:.1f}", "120"),
        ("written, s by the clock", f"{first[1]:.1f}", "120"),
        ("written again unchanged, CPU s", "not run" if again is None else f"{again[0]:.1f}", "–"),
        ("peak memory, MB", f"{peak:,.0f}", "2,000"),
        ("files", f"{len(files):,}", "–"),
        ("all files, MB", f"{sum(sizes):,.0f}", "–"),
        ("largest file, MB", f"{max(sizes):.2f}", "3"),
        *(
            (name, f"{value:.2f}", {"first page, s": "2", "largest page, s": "2"}.get(name, "–"))
            for name, value in shown.items()
        ),
        ("the same names in SQLite FTS5 (trigram), longest of 5, ms", f"{peer:.2f}", "–"),
    ]
    lines = [
        "# Atlas",
        "",
        f"`benchmarks/atlas.py`: the fictional nation of {bodies:,} organisations, {machine()};",
        f"{libraries('jinja2', 'pandas')}. Words of two characters are found by the page and not by SQLite's trigrams.",
        "",
        "| | found | aim |",
        "|---|---:|---:|",
        *(f"| {name} | {value} | {aim} |" for name, value, aim in rows),
        "",
    ]
    text = "\n".join(lines)
    print(text)
    if asked.organizations >= 100_000:
        RESULTS.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()

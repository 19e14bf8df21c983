"""Make pictures of everything that people look at, to look at them: map and atlas in a browser, reports as printed.

Run: ``.venv/bin/python scripts/make_pictures.py WORKSPACE FOLDER`` (``--only map``, ``atlas`` or ``report``). Needs
Chromium for the pages, LibreOffice and pdftoppm for the reports. Each tab of the map and each kind of page of the
atlas is shown at three widths, as printed and in forced colours; every form of the report page by page, and the page of
one municipality.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

import tsunagari
from tsunagari.viz.atlas import write_atlas
from tsunagari.viz.map import write_map
from tsunagari.viz.report.write import FORMS, write_report

WIDTHS = {1440: 900, 1024: 768, 390: 844}
PARTS = ("map", "atlas", "report")


def screens(browser: Browser, path: Path, fragment: str = "") -> Iterator[tuple[str, bytes]]:
    """Yield name and picture of a page at each width, as printed and in forced colours."""
    for width, height in WIDTHS.items():
        page = browser.new_page(viewport={"width": width, "height": height})
        _open(page, path, fragment)
        yield f"{width}", page.screenshot()
        if width == 1440:
            page.emulate_media(forced_colors="active")
            page.wait_for_timeout(300)
            yield "forced", page.screenshot()
            page.emulate_media(forced_colors="none", media="print")
            page.wait_for_timeout(300)
            yield "print", page.pdf(prefer_css_page_size=True, print_background=True)
        page.close()


def _open(page: Any, path: Path, fragment: str) -> None:
    page.goto(path.as_uri() + (f"#{fragment}" if fragment else ""))
    page.wait_for_selector("body[data-ready]", state="attached", timeout=60_000)
    page.wait_for_timeout(500)


def keep(folder: Path, name: str, data: bytes) -> None:
    """Write a picture, or the first pages of a PDF file as pictures."""
    if not data.startswith(b"%PDF"):
        (folder / f"{name}.png").write_bytes(data)
        return
    path = folder / f"{name}.pdf"
    path.write_bytes(data)
    pages_of(path, folder / name)


def pages_of(path: Path, start: Path, most: int = 40) -> None:
    """Write the first pages of a PDF file as pictures."""
    command = ["pdftoppm", "-r", "60", "-l", str(most), "-png", str(path), str(start)]
    subprocess.run(command, check=True, capture_output=True)


def map_pictures(kg: Any, folder: Path, browser: Browser) -> None:
    """Make the pictures of every tab of the map, of a body, a cell and a path."""
    path = write_map(kg, folder / "map.html")
    page = browser.new_page()
    _open(page, path, "")
    shown = page.locator('[id^="tab-"]:not([id^="tab-button-"])')
    tabs = [name.removeprefix("tab-") for name in shown.evaluate_all("all => all.map((one) => one.id)")]
    page.close()
    best = str(kg.brokers()["organization_id"].iloc[0]).partition("/id/")[2]
    fragments = {name: f"tab={name}" for name in tabs} | {"body": f"node={best.replace('/', '%2F')}"}
    for name, fragment in fragments.items():
        for way, picture in screens(browser, path, fragment):
            keep(folder, f"map-{name}-{way}", picture)


def atlas_pictures(kg: Any, folder: Path, browser: Browser) -> None:
    """Make the pictures of one page of each kind of the atlas, the largest of its kind."""
    first = write_atlas(kg, folder / "atlas")
    shown = {"nation": first}
    for kind, place in (("prefecture", "p"), ("municipality", "m"), ("platform", "s")):
        pages = sorted((first.parent / place).glob("*.html"), key=lambda page: page.stat().st_size)
        shown |= {kind: pages[-1]} if pages else {}
    for name, path in shown.items():
        for way, picture in screens(browser, path):
            keep(folder, f"atlas-{name}-{way}", picture)


def report_pictures(kg: Any, folder: Path, browser: Browser) -> None:
    """Make the pictures of every form of the report that has pages, and of one municipality."""
    gaps = kg.gaps()
    about = kg.about([gaps["area_code"].iloc[0]]) if len(gaps) else kg
    for name, graph in (("report", kg), ("one", about)):
        for form in FORMS:
            path = write_report(graph, folder / f"{name}.{form}")
            if form == "html":
                for way, picture in screens_of_paper(browser, path):
                    keep(folder, f"{name}-html-{way}", picture)
            elif form in ("xlsx", "docx"):
                keep(folder, f"{name}-{form}", printed(path))


def screens_of_paper(browser: Browser, path: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the pictures of a page that runs nothing."""
    for width, height in WIDTHS.items():
        page = browser.new_page(viewport={"width": width, "height": height})
        page.goto(path.as_uri())
        yield f"{width}", page.screenshot()
        if width == 1440:
            yield "print", page.pdf(prefer_css_page_size=True, print_background=True)
        page.close()


def printed(path: Path) -> bytes:
    """Return a workbook or Word file as LibreOffice prints it."""
    with tempfile.TemporaryDirectory() as place:
        home = f"-env:UserInstallation={Path(place, 'home').as_uri()}"
        command = ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", place, str(path)]
        subprocess.run(command, check=True, capture_output=True, timeout=300)
        return Path(place, f"{path.stem}.pdf").read_bytes()


def main() -> None:
    """Make the pictures that were asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("workspace", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", choices=PARTS)
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    kg = tsunagari.open(asked.workspace)
    chromium = next(path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for name, make in zip(PARTS, (map_pictures, atlas_pictures, report_pictures), strict=True):
            if asked.only in (None, name):
                make(kg, asked.folder, browser)
        browser.close()


if __name__ == "__main__":
    main()

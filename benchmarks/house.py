"""What the house costs: build, disk, memory, index, views, rebuild, report and structure, each row with its peer.

Run from the repository: ``.venv/bin/python benchmarks/house.py`` (about ten minutes: 10,000 and 100,000 organisations;
``--small`` leaves out the larger, ``--large`` adds a million, ``--quick`` takes 1,000 and only prints). Everything is
made up from one seed. Each measurement is a process of its own, one after the other; its seconds are those of the
processor, for all cores, its start and the processes that it starts included.
"""

from __future__ import annotations

import argparse
import atexit
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from columns import COUNT, TIES, VIEWS, disk, exporting, filling, viewing
from surroundings import growth, libraries, machine, peak_memory
from synthetic import CHANGED, add_a_row, split_workspace, write_workspace

RESULTS = Path(__file__).parent / "results" / "house.md"
QUICK, SMALL, MIDDLE, LARGE = 1_000, 10_000, 100_000, 1_000_000


# What a process of its own does


def building(folder: Path) -> object:
    """Build the workspace."""
    import tsunagari

    return tsunagari.build(folder).title


def indexing(folder: Path) -> object:
    """Open the graph and answer a first query, for which the index is made."""
    import tsunagari

    return list(tsunagari.open(folder).store.query(COUNT))


def writing(folder: Path) -> object:
    """Write the report."""
    import tsunagari
    from tsunagari.viz.report import write

    return write.write_report(tsunagari.open(folder), folder / "report.xlsx")


def copying(folder: Path) -> object:
    """Write the cells of the report once more with XlsxWriter alone: no format, no chart, nothing found out."""
    import python_calamine
    import xlsxwriter

    sheets = python_calamine.CalamineWorkbook.from_path(folder / "report.xlsx")
    with xlsxwriter.Workbook(folder / "copy.xlsx", {"constant_memory": True}) as book:
        for name in sheets.sheet_names:
            sheet = book.add_worksheet(name)
            for number, row in enumerate(sheets.get_sheet_by_name(name).to_python()):
                sheet.write_row(number, 0, [cell if isinstance(cell, str | float | int) else str(cell) for cell in row])
    return None


TASKS: dict[str, Callable[[Path], object]] = {
    "build": building,
    "index": indexing,
    "report": writing,
    "copy": copying,
    "export": lambda folder: exporting(folder)(),
    "Oxigraph": lambda folder: filling(folder)(),
    **{name: (lambda folder, name=name: viewing(name)(folder)()) for name in VIEWS},
    "open": lambda folder: viewing(VIEWS[0])(folder),
}


def child(task: str, folder: str) -> None:
    """Do a task in this process and print its peak memory."""
    TASKS[task](Path(folder))
    print(json.dumps(peak_memory()))


# The run: this process stays small and only starts the others


@dataclass(frozen=True)
class Took:
    """CPU seconds and peak memory in MB."""

    cpu: float
    peak: float


def measure(task: str, folder: Path) -> Took:
    """Return what a task took, in a process of its own."""
    before = os.times()
    command = [sys.executable, __file__, "--child", task, str(folder)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=compiled())
    after = os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    took = Took(cpu, json.loads(done.stdout.splitlines()[-1]))
    print(f"{task} {folder.name}: {took.cpu:.2f} CPU s, {took.peak:,.0f} MB", file=sys.stderr, flush=True)
    return took


@cache
def compiled() -> dict[str, str]:
    """Return an environment in which modules are compiled once, as they are where a package is installed."""
    folder = tempfile.mkdtemp(prefix="compiled-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"PYTHONPYCACHEPREFIX": folder}


def compile_all(folder: Path) -> None:
    """Do every task once on a few organisations, so that no measurement compiles a module."""
    write_workspace(folder, organizations=100, ties=TIES * 100)
    for task in TASKS:
        measure(task, folder)


def line(size: int, work: str, ours: str, aim: str, peer: str) -> str:
    """Return a row of the table."""
    return f"| {size:,} | {work} | {ours} | {aim} | {peer} |"


def of_build(size: int, folder: Path, built: dict[int, Took]) -> Iterator[str]:
    """Yield the rows of a build and its index, beside Oxigraph's load of the same quads."""
    write_workspace(folder, organizations=size, ties=TIES * size)
    built[size] = build = measure("build", folder)
    on_disk = disk(folder)
    index = measure("index", folder)
    beside, filled = "not run", "not run"
    if size < LARGE:  # a million as text takes as much disk again
        measure("export", folder)
        peer = measure("Oxigraph", folder)
        beside = f"{peer.cpu:.1f}: Oxigraph alone loads the same quads"
        filled = f"{peer.cpu:.1f}: Oxigraph alone, named graphs too"
        (folder / "quads.nq").unlink()
    aims = {SMALL: ("≤ 4", "", "", "≤ 3"), MIDDLE: ("≤ 50", "≤ 250", "≤ 1,200", "≤ 60")}
    aims[LARGE] = "", "≤ 2,500", "≤ 6,000", ""
    aim = aims.get(size, ("", "", "", ""))
    yield line(size, "build, CPU s", f"{build.cpu:.1f}", aim[0], beside)
    yield line(size, "disk of a build, MB", f"{on_disk:,.0f}", aim[1], "")
    yield line(size, "peak memory of a build, MB", f"{build.peak:,.0f}", aim[2], "")
    yield line(size, "index at first SPARQL, CPU s", f"{index.cpu:.1f}", aim[3], filled)


def of_rebuild(size: int, folder: Path) -> Iterator[str]:
    """Yield the rows of rebuilds after one changed list of twenty, beside the build itself."""
    split_workspace(folder, organizations=size, ties=TIES * size)
    whole = measure("build", folder)
    for kind in CHANGED:
        add_a_row(folder, kind)
        again = measure("build", folder)
        ours = f"{again.cpu:.1f} = {again.cpu / whole.cpu:.0%}"
        aim = "≤ 40 %" if size == MIDDLE else ""
        work = f"rebuild after a row was added to one of 20 lists ({kind}), CPU s"
        yield line(size, work, ours, aim, f"{whole.cpu:.1f}: a build from nothing")


def of_views(size: int, folder: Path) -> Iterator[str]:
    """Yield the rows of the views; the peer is opening the graph, which each does first."""
    opened = measure("open", folder)
    for name in VIEWS:
        view = measure(name, folder)
        peer = f"{opened.cpu:.2f}: opening the graph, in both"
        yield line(size, f"{name}, CPU s beyond opening", f"{max(0.0, view.cpu - opened.cpu):.2f}", "≤ 1", peer)


def of_report(size: int, folder: Path) -> Iterator[str]:
    """Yield the row of the report, beside writing its cells alone."""
    ours, peer = measure("report", folder), measure("copy", folder)
    said = f"{peer.cpu:.1f}: its cells read and written by calamine and XlsxWriter"
    yield line(size, "report.xlsx, CPU s", f"{ours.cpu:.1f}", "≤ 8", said)


def of_structure(size: int) -> Iterator[str]:
    """Yield the rows of structure beside igraph, on the random network of `measures.py`."""
    from brokerage import random_network
    from measures import IGRAPH, of_every_node, of_structure

    network = random_network(size)
    for found in (*of_every_node(network), *of_structure(network)):
        if found.measure in ("coreness", "cut points", "bridges"):
            peer = f"{found.peers[IGRAPH]:.4f}: igraph"
            ours = f"{found.ours:.4f} = {found.ours / found.peers[IGRAPH]:.2f} × igraph"
            yield line(size, f"{found.measure}, s", ours, "≤ 2 ×", peer)


def table(sizes: tuple[int, ...], folder: Path) -> Iterator[str]:
    """Yield the lines of the table."""
    first, built = sizes[0], dict[int, Took]()
    compile_all(folder / "few")
    for size in sizes:
        place = folder / f"{size}"
        yield from of_build(size, place, built)
        if size == first:
            yield from of_views(size, place)
            yield from of_report(size, place)
            yield from of_structure(size)
        if size < LARGE:
            yield from of_rebuild(size, folder / f"{size}-of-twenty")
    for one, other in pairwise(sizes):
        exponent = growth(built[one].cpu, built[other].cpu, (one, other))
        yield line(other, f"growth of a build from {one:,}, exponent", f"{exponent:.2f}", "≤ 1.1", "")


def report(sizes: tuple[int, ...]) -> str:
    """Measure and return the page."""
    with tempfile.TemporaryDirectory() as made:
        rows = list(table(sizes, Path(made)))
    head = [
        "# What the house costs",
        "",
        "Made by `benchmarks/house.py` in one run; made-up lists, five ties an organisation. Seconds are those of the",
        "processor, for a whole process with its start and compiled modules, as where the package is installed; only",
        "structure is the measure alone, best of several. The whole job beside a notebook stands in `whole_job.md`,",
        "that of a nation is measured by `nation.py`.",
        "",
        f"- {machine()}",
        f"- {libraries('pyoxigraph', 'pyarrow', 'numpy', 'igraph', 'XlsxWriter')}",
        "",
        "| organisations | work | Tsunagari | aim | peer in the same run |",
        "|---:|---|---:|---:|---|",
    ]
    return "\n".join([*head, *rows, ""])


def main() -> None:
    """Measure, print and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--small", action="store_true", help="10,000 organisations only")
    size.add_argument("--large", action="store_true", help="also a million organisations (hours)")
    size.add_argument("--quick", action="store_true", help="1,000 organisations; print only")
    parser.add_argument("--child", nargs=2, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child:
        child(*given.child)
        return
    sizes = (SMALL, MIDDLE, LARGE) if given.large else (SMALL, MIDDLE)
    text = report((QUICK,) if given.quick else (SMALL,) if given.small else sizes)
    print(text)
    if not given.quick:
        RESULTS.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()

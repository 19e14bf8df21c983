"""The graph as columns: build, disk, memory, index and views beside a filled Oxigraph store and rdflib.

Run from the repository: ``.venv/bin/python benchmarks/columns.py`` (``--large`` adds 100,000 organisations, ``--quick``
takes 1,000 and only prints). ``--before FOLDER`` names a checkout of an older version, whose build then stands in the
same table, and of 1,000 organisations its views too. Everything is made up from one seed; each measurement is a
process of its own; libraries are imported before the clock starts.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from surroundings import libraries, machine, peak_memory

RESULTS = Path(__file__).parent / "results" / "columns.md"
SIZES, LARGE, TIES = (1_000, 10_000), 100_000, 5
VIEWS = ("public", "stated_by", "valid_at")
COUNT = "SELECT (COUNT(*) AS ?n) { ?s a <http://www.w3.org/ns/org#Organization> }"

Work = Callable[[], object]


def building(folder: Path) -> Work:
    """Build the workspace."""
    import tsunagari

    build = tsunagari.build  # imported now
    return lambda: build(folder).title


def indexing(folder: Path) -> Work:
    """Make the index for the first query."""
    import tsunagari

    graph = tsunagari.open(folder)
    return lambda: list(graph.store.query(COUNT))


def viewing(name: str) -> Callable[[Path], Work]:
    """Make a view."""

    def prepare(folder: Path) -> Work:
        import tsunagari

        graph = tsunagari.open(folder)
        return {
            "public": graph.public,
            "stated_by": lambda: graph.stated_by("2023-12-31"),
            "valid_at": lambda: graph.valid_at("2022-01-01"),
        }[name]

    return prepare


def exporting(folder: Path) -> Work:
    """Write the quads as N-Quads, for the peers."""
    import tsunagari

    graph = tsunagari.open(folder)
    return lambda: graph.export("nquads", folder / "quads.nq")


def filling(folder: Path) -> Work:
    """Load the quads with Oxigraph alone into a new store on disk."""
    import pyoxigraph

    def work() -> None:
        with tempfile.TemporaryDirectory(dir=folder) as place:
            store = pyoxigraph.Store(place)
            store.bulk_load(path=folder / "quads.nq", format=pyoxigraph.RdfFormat.N_QUADS)
            store.flush()

    return work


def reading(folder: Path) -> Work:
    """Read the quads with rdflib into memory."""
    import rdflib

    return lambda: rdflib.Dataset().parse(folder / "quads.nq", format="nquads")


TASKS: dict[str, Callable[[Path], Work]] = {
    "build": building,
    "export": exporting,
    "index": indexing,
    **{name: viewing(name) for name in VIEWS},
    "Oxigraph": filling,
    "rdflib": reading,
}


def child(task: str, folder: str) -> None:
    """Do a task in this process and print CPU seconds and peak memory."""
    work = TASKS[task](Path(folder))
    start = time.process_time()
    work()
    print(json.dumps([time.process_time() - start, peak_memory()]))


def measure(task: str, folder: Path, before: Path | None = None) -> tuple[float, float]:
    """Return CPU seconds and peak memory of a task, done by this version or by the one before."""
    environment = os.environ | ({} if before is None else {"PYTHONPATH": str(before / "src")})
    command = [sys.executable, __file__, "--child", task, str(folder)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=environment)
    cpu, peak = json.loads(done.stdout)
    print(f"{task} {folder.name}: {cpu:.2f} CPU s, {peak:,.0f} MB", file=sys.stderr, flush=True)
    return cpu, peak


def disk(folder: Path) -> float:
    """Return what a graph takes on disk, in MB."""
    return sum(path.stat().st_size for path in (folder / ".tsunagari").rglob("*") if path.is_file()) / 1e6


def rows(size: int, folder: Path, before: Path | None) -> list[str]:
    """Measure one size and return its rows."""
    from synthetic import write_workspace

    write_workspace(folder, organizations=size, ties=TIES * size)
    cpu, peak = measure("build", folder)
    found = [f"| {size:,} | build | {cpu:.1f} | {peak:,.0f} | {disk(folder):,.0f} |"]
    for task in (*VIEWS, "index"):
        cpu, peak = measure(task, folder)
        found.append(f"| {size:,} | {task} | {cpu:.2f} | {peak:,.0f} | |")
    found[-1] = found[-1][:-1] + f"{disk(folder):,.0f} with the graph |"
    if size < LARGE:
        measure("export", folder)
        for peer in ("Oxigraph", "rdflib") if size == SIZES[0] else ("Oxigraph",):  # rdflib takes minutes for more
            cpu, peak = measure(peer, folder)
            found.append(f"| {size:,} | the same quads from N-Quads by {peer} alone | {cpu:.1f} | {peak:,.0f} | |")
    if before is not None:
        shutil.rmtree(folder / ".tsunagari")
        for task in ("build", *(VIEWS if size == SIZES[0] else ())):
            cpu, peak = measure(task, folder, before)
            note = f"{disk(folder):,.0f}" if task == "build" else ""
            found.append(f"| {size:,} | {task}, the version before | {cpu:.1f} | {peak:,.0f} | {note} |")
    return found


def main() -> None:
    """Measure, print and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--large", action="store_true", help="also 100,000 organisations")
    parser.add_argument("--quick", action="store_true", help="1,000 organisations; print only")
    parser.add_argument("--before", type=Path, help="a checkout of the version to compare with")
    parser.add_argument("--child", nargs=2, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child:
        child(*given.child)
        return
    sizes = SIZES[:1] if given.quick else SIZES + ((LARGE,) if given.large else ())
    lines = [
        "# The graph as columns",
        "",
        "Made by `benchmarks/columns.py`; made-up lists, five ties an organisation; each row a process of its own.",
        "",
        f"- {machine()}",
        f"- {libraries('pyoxigraph', 'rdflib', 'pyarrow', 'numpy')}",
        "",
        "| organisations | work | CPU s | peak MB | disk MB |",
        "|---:|---|---:|---:|---:|",
    ]
    with tempfile.TemporaryDirectory() as made:
        for size in sizes:
            lines += rows(size, Path(made) / f"{size}", given.before if size < LARGE else None)
    text = "\n".join([*lines, "", NOTES])
    print(text)
    if not given.quick:
        RESULTS.parent.mkdir(parents=True, exist_ok=True)
        RESULTS.write_text(text, encoding="utf-8", newline="\n")


NOTES = """\
CPU seconds of all threads; a machine that is shared with other work, as this one may have been, shows more of them for
the same work, so that ratios within one run say more than figures of different runs. The index is made once and kept:
who asks no SPARQL never pays it. Oxigraph and rdflib only read quads that are there already; a build reads lists,
checks every cell, and finds out who is who.
"""


if __name__ == "__main__":
    main()

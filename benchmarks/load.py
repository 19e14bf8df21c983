"""From CSV files to a ready store, beside Oxigraph's own bulk load of the same quads and beside pandas with rdflib.

Run from the repository: ``.venv/bin/python benchmarks/load.py`` (about 10 minutes; ``--large`` adds our build of a
million organisations, which takes half an hour more and 40 GB of disk; ``--quick`` takes small sizes and only prints).
Everything is made up from one seed. Each measurement is a process of its own, one after the other; libraries are
imported before the clock starts. Each peer must end with the same number of quads, or the run fails.
"""

from __future__ import annotations

import argparse
import itertools
import json
import math
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from surroundings import libraries, machine

TIES = 5  # ties an organisation
SIZES = (10_000, 100_000)
LARGE = 1_000_000
PEER_SIZE = 10_000
NPO_ROWS = 60_000
RESULTS = Path(__file__).parent / "results" / "load.md"


@dataclass(frozen=True)
class Took:
    """Seconds on the clock, seconds of work on all cores, most memory in MB, and quads at the end."""

    wall: float
    cpu: float
    peak: float
    quads: int

    def cells(self) -> str:
        """Return the columns of the table."""
        return f"{self.wall:,.1f} | {self.cpu:,.1f} | {self.peak:,.0f}"


# What a process of its own does: prepare, then give what is timed, which returns the number of quads


def building(folder: Path) -> Callable[[], int]:
    """Build the workspace with Tsunagari."""
    import tsunagari
    from tsunagari.graph.bulk import BulkLoader
    from tsunagari.loaders.load import load_workspace

    assert BulkLoader
    assert load_workspace
    return lambda: len(tsunagari.build(folder).store)


def bulk_loading(file: Path) -> Callable[[], int]:
    """Load an N-Quads file into a new store on disk with Oxigraph alone."""
    import pyoxigraph

    def work() -> int:
        with tempfile.TemporaryDirectory(dir=file.parent) as folder:
            store = pyoxigraph.Store(folder)
            store.bulk_load(path=file, format=pyoxigraph.RdfFormat.N_QUADS)
            store.flush()
            return len(store)

    return work


def opening(folder: Path) -> Callable[[], int]:
    """Open a workspace that was built, as the next session does."""
    import tsunagari

    return lambda: len(tsunagari.open(folder).store)


def peer_loading(folder: Path) -> Callable[[], int]:
    """Read the same tables with pandas into an rdflib dataset that holds the same quads."""
    import pandas
    import rdflib

    assert pandas
    assert rdflib
    from peer_load import load

    return lambda: len(load(folder, folder / "rest.nq"))


def peer_saving(folder: Path) -> Callable[[], int]:
    """Write the dataset of the peer to disk."""
    from peer_load import load, save

    data = load(folder, folder / "rest.nq")

    def work() -> int:
        save(data, folder / "peer.nq")
        return len(data)

    return work


def peer_reading(folder: Path) -> Callable[[], int]:
    """Read what the peer saved."""
    from peer_load import reopen

    return lambda: len(reopen(folder / "peer.nq"))


def peer_checking(folder: Path) -> Callable[[], int]:
    """Check what the peer saved with pySHACL."""
    import pyshacl
    from peer_load import conforms, reopen, union

    assert pyshacl
    data = reopen(folder / "peer.nq")
    quads, graph = len(data), union(data)
    del data

    def work() -> int:
        assert conforms(graph)
        return quads

    return work


def preparing(folder: Path, organizations: int) -> None:
    """Write a workspace of ties, services, members and organisations."""
    from synthetic import write_workspace

    write_workspace(folder, organizations=organizations, ties=TIES * organizations)


def preparing_npo(folder: Path, rows: int) -> None:
    """Write a workspace with a list in the form of the NPO portal."""
    from synthetic_npo import write_npo_workspace

    write_npo_workspace(folder, rows=rows)


def exporting(folder: Path, file: Path) -> None:
    """Write the quads of a built workspace, and those that are not of its rows apart from them."""
    import pyoxigraph

    from tsunagari.graph.replacement import FOLDER, STORE

    store = pyoxigraph.Store.read_only(str(folder / FOLDER / STORE))
    store.dump(file, format=pyoxigraph.RdfFormat.N_QUADS)
    with file.open(encoding="utf-8") as lines, (folder / "rest.nq").open("w", encoding="utf-8") as rest:
        for line in lines:
            subject, graph = line.split(" ", 1)[0], line.rsplit(" ", 2)[1]
            if graph.endswith(("/reference>", "/provenance>")) or subject.endswith(".csv>"):
                rest.write(line)


TIMED: dict[str, Callable[[Path], Callable[[], int]]] = {
    "build": building,
    "bulk": bulk_loading,
    "open": opening,
    "peer": peer_loading,
    "peer-save": peer_saving,
    "peer-read": peer_reading,
    "peer-check": peer_checking,
}
# What the peer has to do one after the other for what one build does
STAGES = {
    "peer": "rows to a dataset in memory, unchecked, gone when the program ends",
    "peer-save": "and saved as N-Quads",
    "peer-read": "and read again by the next session",
    "peer-check": "and checked with pySHACL against the shapes of the project",
}
UNTIMED: dict[str, Callable[..., None]] = {
    "prepare": lambda folder, size: preparing(Path(folder), int(size)),
    "prepare-npo": lambda folder, size: preparing_npo(Path(folder), int(size)),
    "export": lambda folder, file: exporting(Path(folder), Path(file)),
}


def child(task: str, *given: str) -> None:
    """Do a task in this process and print what it took."""
    if task in UNTIMED:
        UNTIMED[task](*given)
        return
    work = TIMED[task](Path(given[0]))
    wall, cpu = time.perf_counter(), time.process_time()
    quads = work()
    print(json.dumps([time.perf_counter() - wall, time.process_time() - cpu, peak_memory(), quads]))


def peak_memory() -> float:
    """Return the most memory this process had, in MB."""
    status = Path("/proc/self/status")
    if status.exists():  # the other figure may be that of the process that started this one
        return next(int(line.split()[1]) / 1024 for line in status.read_text().splitlines() if "VmHWM" in line)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 1024)


# The run: this process stays small and only starts the others


def start(task: str, *given: object) -> str:
    """Run a task in a process of its own and return what it printed."""
    command = [sys.executable, __file__, "--child", task, *map(str, given)]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def measure(task: str, path: Path) -> Took:
    """Return what a task took."""
    wall, cpu, peak, quads = json.loads(start(task, path))
    took = Took(wall, cpu, peak, quads)
    print(f"{task} {path.name}: {took.cells()} | {took.quads:,}", file=sys.stderr, flush=True)
    return took


@dataclass(frozen=True)
class Run:
    """One size: Tsunagari, and where they were run, Oxigraph alone and the stages of the other peer."""

    size: int
    ours: Took
    opened: Took
    oxigraph: Took | None
    stages: dict[str, Took]

    def beside_oxigraph(self) -> str:
        """Return the columns of the table that compare; dashes where Oxigraph was not run."""
        if self.oxigraph is None:
            return " | ".join("–" * 5)
        seconds, work = self.ours.wall / self.oxigraph.wall, self.ours.cpu / self.oxigraph.cpu
        return f"{self.oxigraph.cells()} | {seconds:.2f} | {work:.2f}"


def run(size: int, folder: Path) -> Run:
    """Measure one size; the largest is ours alone, because its quads in a text file take as much disk again."""
    workspace, file = folder / f"{size}", folder / f"{size}.nq"
    start("prepare", workspace, size)
    ours, opened = measure("build", workspace), measure("open", workspace)
    oxigraph, order = None, STAGES if size <= PEER_SIZE else ()
    if size < LARGE:
        start("export", workspace, file)
        oxigraph = measure("bulk", file)
        file.unlink()
    stages = {task: measure(task, workspace) for task in order}
    for other in filter(None, (oxigraph, opened, *stages.values())):
        assert other.quads == ours.quads, (ours, other)
    return Run(size, ours, opened, oxigraph, stages)


def run_npo(folder: Path, rows: int) -> Took:
    """Measure a list in the form of the NPO portal."""
    start("prepare-npo", folder / "npo", rows)
    return measure("build", folder / "npo")


def growth(one: Run, other: Run, cost: Callable[[Took], float]) -> float:
    """Return the exponent with which a cost grows from one size to the other."""
    return math.log(cost(other.ours) / cost(one.ours)) / math.log(other.size / one.size)


def report(runs: list[Run], npo: tuple[int, Took]) -> str:
    """Return the tables."""
    lines = [
        "# Loading: from CSV files to a ready store",
        "",
        "Made by `benchmarks/load.py`, everything in one run, each measurement a process of its own; made-up data.",
        "",
        f"- {machine()}",
        f"- {libraries('pyoxigraph', 'rdflib', 'pandas')}",
        "- Tsunagari: `tsunagari.build`, every cell checked, evidence of every row, the ontology and areas included,"
        " store on disk",
        "- Oxigraph: `Store.bulk_load` of one N-Quads file with the very same quads, store on disk",
        "",
        "| organisations | ties | quads | Tsunagari, s | CPU s | peak MB | Oxigraph, s | CPU s | peak MB"
        " | s ÷ s | CPU ÷ CPU |",
        "|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|",
        *(
            f"| {run.size:,} | {TIES * run.size:,} | {run.ours.quads:,} | {run.ours.cells()}"
            f" | {run.beside_oxigraph()} |"
            for run in runs
        ),
        "",
        "Aim at 100,000 organisations: at most 2.5 times Oxigraph's seconds and 2,000 MB.",
        "",
        "| growth | seconds, exponent | CPU seconds, exponent |",
        "|---|---:|---:|",
        *(
            f"| {one.size:,} to {other.size:,} | {growth(one, other, lambda took: took.wall):.2f}"
            f" | {growth(one, other, lambda took: took.cpu):.2f} |"
            for one, other in itertools.pairwise(runs)
        ),
        "",
        "Aim: at most 1.1.",
        "",
        *beside_rdflib(runs),
        "## A list in the form of the NPO portal",
        "",
        "60 columns, CP932, one municipality a row. Aim at 60,000 rows: 15 s.",
        "",
        "| rows | quads | Tsunagari, s | CPU s | peak MB |",
        "|---:|---:|---:|---:|---:|",
        f"| {npo[0]:,} | {npo[1].quads:,} | {npo[1].cells()} |",
        "",
        "Seconds are by the clock; CPU seconds are the work of all cores together and change less where a machine is"
        " shared, as this one may have been.",
        "",
    ]
    return "\n".join(lines)


def beside_rdflib(runs: list[Run]) -> list[str]:
    """Return the section that compares with pandas and rdflib."""
    lines = [
        "## Beside pandas and rdflib",
        "",
        "pandas reads the same CSV files; the terms are made row by row and added to an `rdflib.Dataset`, which then"
        " holds the same quads; the ontology and areas come from an N-Quads file. That alone is not yet what a build"
        " gives: its store is on disk, opens at once in the next session, and every cell was checked by the columns"
        " that the shapes define. The rows add what the peer needs for the same, each stage a process of its own; the"
        " last column divides the sum so far by our build, from the third row on with our opening.",
        "",
        "| organisations | pandas and rdflib | s | CPU s | peak MB | sum, s | sum ÷ ours |",
        "|---:|---|---:|---:|---:|---:|---:|",
    ]
    for run in (run for run in runs if run.stages):
        total, ours = 0.0, run.ours.wall
        ratios = {}
        for task, what in STAGES.items():
            took = run.stages[task]
            total += took.wall
            ours += run.opened.wall if task == "peer-read" else 0
            ratios[task] = total / ours
            lines.append(f"| {run.size:,} | {what} | {took.cells()} | {total:,.1f} | {ratios[task]:.1f} |")
        lines += [
            f"| {run.size:,} | **Tsunagari: all of it** | {run.ours.cells()} | {run.ours.wall:,.1f} | |",
            f"| {run.size:,} | Tsunagari: opened by the next session | {run.opened.wall:,.2f} | {run.opened.cpu:,.2f}"
            f" | {run.opened.peak:,.0f} | {ours:,.1f} | 1.0 |",
            "",
            *(verdict(run, run.oxigraph, ratios) if run.oxigraph is not None else ()),
            "",
        ]
    return lines


def verdict(run: Run, oxigraph: Took, ratios: dict[str, float]) -> list[str]:
    """Return in words how many times faster a build is, and what of it cannot be."""
    bare = run.stages["peer"].wall
    return [
        f"Aim: 10 times faster. Measured: **{ratios['peer']:.1f} times for the bare fill of a dataset in memory,"
        f" {ratios['peer-read']:.1f} times for a fill that the next session can use, {ratios['peer-check']:.1f} times"
        " for the whole job.**",
        "",
        f"- A tenth of the bare fill is {bare / 10:.1f} s. Oxigraph's own bulk load of these very quads from one"
        f" N-Quads file, with nothing read, checked or looked up, takes {oxigraph.wall:.1f} s (first table), which"
        f" is {bare / oxigraph.wall:.1f} times faster than the bare fill. So 10 times is impossible for the bare"
        " fill with any store on disk that is made with Oxigraph.",
        "- pySHACL checks what the shapes say of all statements. A build checks each cell by the columns of the same"
        " shapes while it reads; what shows only across rows (two values where one is allowed) becomes an issue."
        " `tsunagari check --shapes` runs pySHACL itself, and no build needs it; whoever runs it after every build has"
        " its seconds on both sides.",
    ]


def main() -> None:
    """Measure, print and write the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--large", action="store_true", help="also a million organisations and five million ties")
    parser.add_argument("--quick", action="store_true", help="1,000 and 3,000 organisations; print only")
    parser.add_argument("--child", nargs="+", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child:
        child(*given.child)
        return
    sizes = (1_000, 3_000) if given.quick else (*SIZES, LARGE) if given.large else SIZES
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        rows = 1_000 if given.quick else NPO_ROWS
        npo = run_npo(folder, rows)
        runs = [run(size, folder) for size in sizes]
    text = report(runs, (rows, npo))
    print(text)
    if not given.quick:
        RESULTS.parent.mkdir(parents=True, exist_ok=True)
        RESULTS.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()

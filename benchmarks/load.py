"""From CSV files to a ready store, beside Oxigraph's own bulk load of the same quads and beside pandas with rdflib.

Run from the repository: ``.venv/bin/python benchmarks/load.py`` (about 10 minutes; ``--large`` adds our build of a
million organisations, which takes half an hour more and 40 GB of disk; ``--quick`` takes small sizes and only prints).
Everything is made up from one seed. Each measurement is a process of its own, one after the other; libraries are
imported before the clock starts. Each peer must end with the same number of quads, or the run fails.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from load_tables import STAGES, TIES, Run, Took, report
from surroundings import peak_memory

SIZES = (10_000, 100_000)
LARGE = 1_000_000
PEER_SIZE = 10_000
NPO_ROWS = 60_000
RESULTS = Path(__file__).parent / "results" / "load.md"


# What a process of its own does: prepare, then give what is timed, which returns the number of quads


def building(folder: Path) -> Callable[[], int]:
    """Build the workspace with Tsunagari."""
    import tsunagari
    from tsunagari.loaders.session.load import load_workspace

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
    import tsunagari
    from tsunagari.graph.columns.column_lines import lines as written

    with tsunagari.open(folder) as graph, file.open("wb") as whole:
        whole.writelines(written(graph.store.statements))
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

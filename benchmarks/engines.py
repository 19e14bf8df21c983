"""Coverage, brokerage and constraint by the arrays of one machine, by DuckDB and by Spark: one graph, equal numbers.

Run from the repository: ``python benchmarks/engines.py`` (10,000 and 100,000 organisations with five ties each; a
folder given by ``--keep`` holds the graphs for the next run). ``--sizes 10000`` takes other sizes, ``--engines`` fewer
engines. Each engine answers in a process of its own, each question twice. Told is processor time, that of the
processes it starts included, and the most memory of all of them; the run fails when two answers differ.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from surroundings import libraries, machine, peak_memory
from synthetic import write_workspace

import tsunagari as tsu
from tsunagari.graph.measures import ROLES, brokerage_scores, degree, structural_holes
from tsunagari.graph.networks import partition_of

RESULTS = Path(__file__).parent / "results" / "engines.md"
ENGINES = ("arrays", "duckdb", "spark")
TASKS = {"cells": "coverage of the country", "brokers": "contacts, roles with z, constraint"}
MEASURES = [*ROLES, "brokerage", "degree", "expected_brokerage", "z_brokerage", "constraint", "effective_size"]
NOTES = """\
- **Arrays**: `kg.coverage(["00000"])` and, of the network `collaboration`, `brokerage_scores`, `structural_holes` and
  `degree`, from an opened graph. **DuckDB, Spark**: `tables.coverage(["00000"])` and `tables.brokers()` over the
  partitioned Parquet of the same graph, one SQL text; two threads, Spark with `local[2]` and 2 GB.
- 1,741 municipalities × 21 fields. Statuses and counts are equal, floats to nine digits, or the run fails.
- The first time reads the files and compiles; the second is what a session that stays open takes."""


def processor_seconds() -> float:
    """Return the processor time of this process and of those it started."""
    return time.process_time() + sum(_children("stat", lambda text: _stat_seconds(text)))


def whole_memory() -> float:
    """Return the most memory of this process and of those it started, in MB."""

    def peak(text: str) -> float:
        return next((int(line.split()[1]) / 1024 for line in text.splitlines() if "VmHWM" in line), 0.0)

    return peak_memory() + sum(_children("status", peak))


def _stat_seconds(text: str) -> float:
    values = text.rpartition(")")[2].split()
    return (int(values[11]) + int(values[12])) / 100


def _children(name: str, read: Callable[[str], float]) -> list[float]:
    listed = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True).stdout.split()
    parents = dict(zip(map(int, listed[::2]), map(int, listed[1::2]), strict=True))
    mine, found = {_pid()}, []
    for _ in range(5):
        mine |= {pid for pid, parent in parents.items() if parent in mine}
    for pid in mine - {_pid()}:
        path = Path(f"/proc/{pid}/{name}")
        if path.exists():
            found.append(read(path.read_text()))
    return found


def _pid() -> int:
    return os.getpid()


# ---- one engine in one process ----


def questions_of_arrays(folder: Path) -> dict[str, Callable[[], Any]]:
    def brokers() -> pd.DataFrame:
        made = graph.projection(directed=True)
        matrix, nodes = made.adjacency(), made.nodes()
        numbers = partition_of(nodes, "sector").numbers
        undirected = matrix.multiply(matrix.T.tocsr()).nnz == matrix.nnz
        scores = brokerage_scores(matrix, numbers, undirected=undirected)
        table = pd.concat([scores, structural_holes(matrix)], axis="columns")
        return table.assign(degree=degree(matrix), organization_id=nodes["id"])

    graph = tsu.open(folder / "workspace")
    return {"cells": lambda: graph.coverage(["00000"]), "brokers": brokers}


def questions_of_tables(folder: Path, engine: str) -> dict[str, Callable[[], Any]]:
    master = {"master": "local[2]", "memory": "2GB"} if engine == "spark" else {}
    tables = tsu.open_tables(folder / "tables", engine=engine, **master)
    return {"cells": lambda: tables.coverage(["00000"]), "brokers": tables.brokers}


def answer(folder: Path, engine: str) -> dict[str, float]:
    """Ask an engine everything twice; what it says goes into a file."""
    start = processor_seconds()
    questions = questions_of_arrays(folder) if engine == "arrays" else questions_of_tables(folder, engine)
    told = {"open": processor_seconds() - start}
    said: dict[str, Any] = {}
    for name, question in questions.items():
        for turn in ("first", "second"):
            start, clock = processor_seconds(), time.perf_counter()
            said[name] = question()
            told[f"{name} {turn}"] = processor_seconds() - start
            told[f"{name} {turn} clock"] = time.perf_counter() - clock
            if engine == "arrays":
                graph_again(questions)
    told["memory"] = whole_memory()
    cells, brokers = said["cells"], said["brokers"].sort_values("organization_id", ignore_index=True)
    np.savez(
        folder / f"{engine}.npz",
        status=cells.status,
        local=cells.counts(cells.local),
        wide=cells.counts(cells.wide),
        severity=cells.severity,
        brokers=brokers[MEASURES].to_numpy(dtype=np.float64),
    )
    return told


def graph_again(questions: dict[str, Callable[[], Any]]) -> None:
    """Let the arrays forget what they kept, so that the second time is a computation too."""
    closure = questions["brokers"].__closure__ or ()
    for cell in closure:
        if isinstance(cell.cell_contents, tsu.KnowledgeGraph):
            cell.cell_contents._reader.kept = type(cell.cell_contents._reader.kept)()


# ---- the run ----


def prepare(folder: Path, organizations: int) -> dict[str, float]:
    """Build the graph and write its tables, each once."""
    noted = folder / "prepared.json"
    if not noted.exists():
        write_workspace(folder / "workspace", organizations=organizations, ties=5 * organizations)
        graph = tsu.build(folder / "workspace")
        start = time.process_time()
        graph.export("parquet", folder / "tables", partition="prefecture")
        size = sum(path.stat().st_size for path in (folder / "tables").rglob("*.parquet")) / 1e6
        noted.write_text(json.dumps({"write": time.process_time() - start, "megabytes": size}))
    found: dict[str, float] = json.loads(noted.read_text())
    return found


def run_apart(*arguments: str) -> dict[str, float]:
    done = subprocess.run([sys.executable, __file__, *arguments], check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def compare(folder: Path, engines: list[str]) -> None:
    """Fail when two engines differ."""
    one, *others = (np.load(folder / f"{engine}.npz") for engine in engines)
    for other in others:
        for name in ("status", "local", "wide"):
            np.testing.assert_array_equal(one[name], other[name])
        for name in ("severity", "brokers"):
            np.testing.assert_allclose(one[name], other[name], rtol=1e-9, atol=1e-9)


def table(found: dict[int, dict[str, dict[str, float]]], prepared: dict[int, dict[str, float]]) -> str:
    """Return the results as a page."""
    lines = [
        "# One graph on three engines",
        "",
        f"{machine()}; {libraries('duckdb', 'pyspark', 'pyarrow', 'numpy', 'scipy')}.",
        "",
        "Processor seconds; in brackets how many times those of the arrays.",
    ]
    for size, engines in found.items():
        heads = [f"{engine}{', first / second' if engine != 'arrays' else ''}" for engine in engines]
        lines += ["", f"## {size:,} organisations, {5 * size:,} ties", "", f"| | {' | '.join(heads)} |"]
        lines.append("|---|" + "---:|" * len(engines))
        for task, title in TASKS.items():
            base = engines["arrays"][f"{task} second"]
            cells = []
            for engine, told in engines.items():
                first, second = told[f"{task} first"], told[f"{task} second"]
                cells.append(
                    f"{second:.2f}" if engine == "arrays" else f"{first:.1f} / {second:.1f} (× {second / base:.0f})"
                )
            lines.append(f"| {title} | {' | '.join(cells)} |")
        memory = " | ".join(f"{told['memory']:,.0f} MB" for told in engines.values())
        lines.append(f"| most memory | {memory} |")
        written = prepared[size]
        lines += ["", f"Tables: {written['megabytes']:.0f} MB, written in {written['write']:.1f} processor seconds."]
    for size in prepared.keys() - found.keys():
        written = prepared[size]
        lines += ["", f"## {size:,} organisations: tables only", ""]
        lines.append(f"{written['megabytes']:.0f} MB, written in {written['write']:.1f} processor seconds.")
    return "\n".join([*lines, "", NOTES, ""])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--engines", nargs="+", choices=ENGINES, default=list(ENGINES))
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--answer", nargs=2)
    parser.add_argument("--prepare", nargs=2)
    asked = parser.parse_args()
    if asked.answer:
        print(json.dumps(answer(Path(asked.answer[0]), asked.answer[1])))
        return
    if asked.prepare:
        print(json.dumps(prepare(Path(asked.prepare[0]), int(asked.prepare[1]))))
        return
    with tempfile.TemporaryDirectory() as temporary:
        found: dict[int, dict[str, dict[str, float]]] = {}
        prepared: dict[int, dict[str, float]] = {}
        for size in asked.sizes:
            folder = (asked.keep or Path(temporary)) / str(size)
            folder.mkdir(parents=True, exist_ok=True)
            prepared[size] = run_apart("--prepare", str(folder), str(size))
            print(size, prepared[size], file=sys.stderr)
            found[size] = {}
            for engine in asked.engines:
                found[size][engine] = run_apart("--answer", str(folder), engine)
                print(size, engine, found[size][engine], file=sys.stderr)
            compare(folder, asked.engines)
            page = table(found, prepared)
            if asked.engines == list(ENGINES):
                RESULTS.write_text(page, encoding="utf-8")
        print(page)


if __name__ == "__main__":
    main()

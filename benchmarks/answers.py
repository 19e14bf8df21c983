"""The whole job on a built graph, stage by stage: open, gaps, brokers, loss, remedies and what a report holds.

Run from the repository: ``.venv/bin/python benchmarks/answers.py`` (about 5 minutes, most of it for building;
``--large`` adds a million organisations, which takes half an hour more and 40 GB of disk; ``--quick`` takes small sizes
and only prints; ``--folder`` keeps the built graphs there and takes those that are there already). Everything is made
up from one seed. Each size is a process of its own, which does the stages one after the other as a user would.
"""

from __future__ import annotations

import argparse
import itertools
import json
import math
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from load import LARGE, SIZES, TIES
from surroundings import growth, libraries, machine, peak_memory

RESULTS = Path(__file__).parent / "results" / "answers.md"
AIM_SECONDS, AIM_MEMORY = 60, 2_000
NATION = "00000"

Stage = Callable[[Any], object]

STAGES: dict[str, tuple[str, Stage]] = {
    "gap matrix": (
        '`kg.coverage(areas=["00000"])`: 1,741 municipalities × 21 fields',
        lambda kg: kg.coverage(areas=[NATION]),
    ),
    "gaps": (
        '`kg.gaps(areas=["00000"])`: the same as a table with providers, evidence and sentences',
        lambda kg: kg.gaps(areas=[NATION]),
    ),
    "brokers": ("`kg.brokers()`: roles, constraint, betweenness, sentences", lambda kg: kg.brokers()),
    "loss": ("`kg.loss()`: every organisation", lambda kg: kg.loss()),
    "remedies": ('`kg.remedies(areas=["00000"])`: every gap of the country', lambda kg: kg.remedies(areas=[NATION])),
    "report data": (
        "the other tables of the report: organisations, memberships, sources, issues, counts",
        lambda kg: (kg.organizations, kg.memberships, kg.sources, kg.issues, kg.summary()),
    ),
}


@dataclass(frozen=True)
class Run:
    """One size: seconds and CPU seconds of each stage, the most memory in MB, and the rows of what came out."""

    size: int
    stages: dict[str, tuple[float, float]]
    peak: float
    rows: dict[str, int]

    def seconds(self) -> float:
        """Return the seconds of all stages."""
        return math.fsum(wall for wall, _ in self.stages.values())


def child(workspace: Path) -> None:
    """Do every stage in this process and print what each took."""
    import tsunagari

    stages: dict[str, tuple[float, float]] = {}
    rows: dict[str, int] = {}

    def timed(name: str, work: Callable[[], Any]) -> Any:
        wall, cpu = time.perf_counter(), time.process_time()
        found = work()
        stages[name] = (time.perf_counter() - wall, time.process_time() - cpu)
        print(f"{workspace.name} {name}: {stages[name][0]:.2f} s", file=sys.stderr, flush=True)
        return found

    kg = timed("open", lambda: tsunagari.open(workspace))
    for name, (_, stage) in STAGES.items():
        found = timed(name, lambda stage=stage: stage(kg))
        rows[name] = len(found) if hasattr(found, "columns") else 0
    print(json.dumps([stages, peak_memory(), rows]))


def building(workspace: Path, size: int) -> None:
    """Write a workspace and build its graph, unless that is done."""
    from synthetic import write_workspace

    import tsunagari

    if not (workspace / ".tsunagari").is_dir():
        write_workspace(workspace, organizations=size, ties=TIES * size)
        tsunagari.build(workspace)


def run(size: int, folder: Path) -> Run:
    """Measure one size."""
    command = [sys.executable, __file__, "--child", str(folder / f"{size}")]
    subprocess.run([*command, "--build", str(size)], check=True)
    printed = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    stages, peak, rows = json.loads(printed)
    return Run(size, {name: (wall, cpu) for name, (wall, cpu) in stages.items()}, peak, rows)


def exponent(one: Run, other: Run, name: str, place: int) -> str:
    """Return the exponent with which a stage grows from one size to the other; too short a stage has none."""
    before, after = one.stages[name][place], other.stages[name][place]
    if before < 0.02 or after < 0.02:
        return "–"
    return f"{growth(before, after, (one.size, other.size)):.2f}"


def report(runs: list[Run]) -> str:
    """Return the tables."""
    names = list(runs[0].stages)
    pairs = list(itertools.pairwise(runs))
    sizes = " | ".join(f"{run.size:,}" for run in runs)
    lines = [
        "# Answers: the whole job on a built graph",
        "",
        "Made by `benchmarks/answers.py`, each size in a process of its own; made-up data, one seed.",
        "",
        f"- {machine()}",
        f"- {libraries('numpy', 'scipy', 'rustworkx', 'networkit', 'pandas', 'pyoxigraph')}",
        *(f"- {run.size:,} organisations, {TIES * run.size:,} ties: {_rows(run)}" for run in runs),
        "",
        f"| stage, s | {sizes} | " + " | ".join(f"growth {a.size:,} to {b.size:,}" for a, b in pairs) + " |",
        "|---|" + "---:|" * (len(runs) + len(pairs)),
        *(
            f"| {name} | "
            + " | ".join(f"{run.stages[name][0]:,.2f}" for run in runs)
            + "".join(f" | {exponent(a, b, name, 0)}" for a, b in pairs)
            + " |"
            for name in names
        ),
        "| all | " + " | ".join(f"{run.seconds():,.2f}" for run in runs) + " |" + " |" * len(pairs),
        "| peak memory, MB | " + " | ".join(f"{run.peak:,.0f}" for run in runs) + " |" + " |" * len(pairs),
        "",
        f"Aim at 100,000 organisations: all stages within {AIM_SECONDS} s and {AIM_MEMORY:,} MB. Growth is the exponent"
        " of the seconds; a stage of less than 0.02 s has none.",
        "",
        "| stage, CPU s | " + sizes + " |",
        "|---|" + "---:|" * len(runs),
        *(f"| {name} | " + " | ".join(f"{run.stages[name][1]:,.2f}" for run in runs) + " |" for name in names),
        "",
        "| stage | what is done |",
        "|---|---|",
        "| open | `tsunagari.open` |",
        *(f"| {name} | {what} |" for name, (what, _) in STAGES.items()),
        "",
        "Seconds are by the clock; CPU seconds are the work of all cores together.",
        "",
    ]
    return "\n".join(lines)


def _rows(run: Run) -> str:
    return ", ".join(f"{name} {count:,} rows" for name, count in run.rows.items() if count)


def main() -> None:
    """Measure, print and write the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--large", action="store_true", help="also a million organisations and five million ties")
    parser.add_argument("--quick", action="store_true", help="1,000 and 3,000 organisations; print only")
    parser.add_argument("--folder", type=Path, help="where built graphs are kept")
    parser.add_argument("--child", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--build", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child:
        building(given.child, given.build) if given.build else child(given.child)
        return
    sizes = (1_000, 3_000) if given.quick else (*SIZES, LARGE) if given.large else SIZES
    with tempfile.TemporaryDirectory() as made:
        runs = [run(size, given.folder or Path(made)) for size in sizes]
    text = report(runs)
    print(text)
    if not given.quick:
        RESULTS.parent.mkdir(parents=True, exist_ok=True)
        RESULTS.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()

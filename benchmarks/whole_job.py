"""The whole job from files to gaps, brokers and a map, beside the best notebook a researcher would write.

Run from the repository: ``.venv/bin/python benchmarks/whole_job.py`` (a few minutes; ``--quick`` takes a small size and
only prints). Both do the job in a process of its own on the same made-up lists (one seed), one after the other; what is
compared is CPU seconds of the whole process, starting included. Both answer one question: the gaps of the same cells,
the brokers of the same network (that of `kg.brokers()` where none is named: ties and small shared platforms; the run
fails when the open paths differ) and a page of it. Tsunagari asks as a user does who names nothing, so the map shows
the table of brokers that was asked for before. The peer checks nothing, keeps no evidence, draws no random networks and
cites nothing; its betweenness is exact, ours estimated at this size.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from surroundings import libraries, machine, peak_memory
from synthetic import write_workspace

RESULTS = Path(__file__).parent / "results" / "whole_job.md"
PEER = Path(__file__).with_name("notebook_peer.py")
SIZE, TIES = 10_000, 50_000


@dataclass(frozen=True)
class Job:
    """What a job took: CPU seconds of the process, those of each stage, most memory in MB, and the size of its page."""

    cpu: float
    stages: dict[str, tuple[float, float]]
    peak: float
    page: int
    rows: dict[str, int]


def ours(folder: Path, page: Path) -> None:
    """Do the job with Tsunagari in this process and print what each stage took."""
    import tsunagari
    from tsunagari.viz.map.write import write_map

    stages: dict[str, tuple[float, float]] = {}
    rows: dict[str, int] = {}

    def timed(name: str, work: Any) -> Any:
        wall, cpu = time.perf_counter(), time.process_time()
        found = work()
        stages[name] = (time.perf_counter() - wall, time.process_time() - cpu)
        return found

    kg = timed("read", lambda: tsunagari.build(folder))
    rows["gaps"] = len(timed("gaps", kg.gaps))
    brokers = timed("brokers", kg.brokers)
    rows["brokers"], rows["brokerage"] = len(brokers), int(brokers["brokerage"].sum())
    timed("map", lambda: write_map(kg, page))
    print(json.dumps({"stages": stages, "rows": rows, "peak": peak_memory()}))


def run(command: list[str], page: Path) -> Job:
    """Run a job as a process of its own."""
    before = os.times()
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    after = os.times()
    told = json.loads(done.stdout.splitlines()[-1])
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return Job(cpu, told["stages"], told.get("peak", 0.0), page.stat().st_size, told["rows"])


def measure(size: int, ties: int) -> tuple[Job, Job]:
    """Return what Tsunagari and the notebook took for the same lists."""
    with tempfile.TemporaryDirectory() as place:
        folder = write_workspace(Path(place) / "lists", organizations=size, ties=ties)
        pages = Path(place) / "ours.html", Path(place) / "theirs.html"
        mine = run([sys.executable, __file__, "--child", str(folder), str(pages[0])], pages[0])
        theirs = run([sys.executable, str(PEER), str(folder), str(pages[1])], pages[1])
    assert mine.rows == theirs.rows, (mine.rows, theirs.rows)
    return mine, theirs


def report(size: int, ties: int, mine: Job, theirs: Job) -> str:
    """Return the table of a run."""
    lines = [
        "# The whole job: files to gaps, brokers and a map, beside a notebook",
        "",
        f"Made by `benchmarks/whole_job.py`: {size:,} organisations and {ties:,} ties, made up from one seed.",
        "Each job is a process of its own.",
        "",
        f"- {machine()}",
        f"- {libraries('numpy', 'scipy', 'pandas', 'polars', 'igraph', 'pyvis')}",
        f"- load of the machine at the end, mean of five minutes: {os.getloadavg()[1]:.1f}",
        "- both give {gaps:,} rows of gaps, {brokers:,} of brokers and {brokerage:,} open paths".format(**mine.rows),
        "",
        "| CPU s | Tsunagari | notebook (polars, scipy, igraph, pyvis) |",
        "|---|---:|---:|",
        *(f"| {name} | {mine.stages[name][1]:.2f} | {theirs.stages[name][1]:.2f} |" for name in mine.stages),
        f"| the whole process | {mine.cpu:.2f} | {theirs.cpu:.2f} |",
        f"| page, MB | {mine.page / 1e6:.1f} | {theirs.page / 1e6:.1f} |",
        "",
        "Read is reading alone for the notebook; for Tsunagari it is the build: every cell checked, identity resolved,",
        "evidence kept, the graph written to disk.",
        "",
    ]
    return "\n".join(lines)


def main() -> None:
    """Measure, print, and keep the table unless it was a quick run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--child", nargs=2, metavar=("FOLDER", "PAGE"))
    chosen = parser.parse_args()
    if chosen.child:
        ours(Path(chosen.child[0]), Path(chosen.child[1]))
        return
    size, ties = (1_000, 5_000) if chosen.quick else (SIZE, TIES)
    text = report(size, ties, *measure(size, ties))
    print(text)
    if not chosen.quick:
        RESULTS.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()

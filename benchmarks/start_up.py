"""How long the command takes to say what it can do, and to do its main job, beside Python and click doing nothing.

Run from the repository: ``.venv/bin/python benchmarks/start_up.py``. Every command is a process of its own, run in turn
with the others; the smallest and the median of the runs are printed and written to ``results/start_up.md``.
"""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RUNS = 15
RESULTS = Path(__file__).parent / "results" / "start_up.md"
TSUNAGARI = [sys.executable, "-c", "from tsunagari.cli import main; main()"]
QUICK = {
    "python, nothing imported": [sys.executable, "-c", ""],
    "click, one command: `--help`": [
        sys.executable,
        "-c",
        "import click; click.command()(lambda: None).main(['--help'], standalone_mode=False)",
    ],
    "`import networkx, rdflib, pandas`": [sys.executable, "-c", "import networkx, rdflib, pandas"],
    "`tsunagari --help`": [*TSUNAGARI, "--help"],
}


def run(command: list[str]) -> float:
    """Return the seconds one run of a command takes."""
    began = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - began


def measure() -> dict[str, list[float]]:
    """Run the quick commands in turn and the demo three times, each after one run that warms the disk."""
    times: dict[str, list[float]] = {name: [] for name in QUICK}
    for turn in range(RUNS + 1):
        for name, command in QUICK.items():
            seconds = run(command)
            if turn:
                times[name].append(seconds)
    with tempfile.TemporaryDirectory() as folder:
        demo = [[*TSUNAGARI, "demo", "-o", str(Path(folder) / str(number))] for number in range(4)]
        times["`tsunagari demo`"] = [run(command) for command in demo][1:]
    return times


def main() -> None:
    """Measure, print and write the table."""
    times = measure()
    base = min(times["python, nothing imported"])
    rows = [
        f"| {name} | {min(found):.3f} | {statistics.median(found):.3f} | {min(found) / base:.1f} |"
        for name, found in times.items()
    ]
    text = "\n".join(
        (
            "# Start-up",
            "",
            "Seconds of a process, `benchmarks/start_up.py`. Aims: `tsunagari --help` 0.3 s, `tsunagari demo` 30 s.",
            "",
            f"Machine: {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}.",
            "",
            "| command | smallest | median | smallest, times bare Python |",
            "|---|---:|---:|---:|",
            *rows,
            "",
        )
    )
    sys.stdout.write(text)
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()

"""QAP beside R's sna: the same correlation, and how long 1,000 permutations take.

Run from the repository: ``.venv/bin/python benchmarks/qap.py`` (``--quick``: a tenth of the sizes, written nowhere).
R is asked where ``Rscript`` and its package sna are installed (Debian: ``apt install r-cran-sna``). The table goes to
``results/qap.md``. With ``--r-draws 100`` R makes a tenth of the permutations, and its seconds are taken ten times:
its time grows with their number alone, and the table says so.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
from surroundings import libraries, machine

from tsunagari.graph.inference.qap import qap_correlation

RESULTS = Path(__file__).parent / "results" / "qap.md"
SIZE, DRAWS, QUICK = 1_000, 1_000, 10
R_SCRIPT = """
suppressMessages(library(sna))
folder <- commandArgs(TRUE)[1]
draws <- as.integer(commandArgs(TRUE)[2])
one <- as.matrix(read.csv(file.path(folder, "one.csv"), header = FALSE))
other <- as.matrix(read.csv(file.path(folder, "other.csv"), header = FALSE))
used <- system.time(found <- qaptest(list(one, other), gcor, g1 = 1, g2 = 2, reps = draws))
cat(found$testval, found$pgreq, used[["user.self"]] + used[["sys.self"]])
"""


def networks(size: int) -> dict[str, tuple[Any, Any]]:
    """Return pairs of matrices: ties of two kinds that go together a little, and values for every pair."""
    draw = np.random.default_rng(1)
    first = draw.random((size, size)) < 0.05
    second = np.where(draw.random((size, size)) < 0.1, first, draw.random((size, size)) < 0.05)
    values = draw.normal(size=(2, size, size))
    return {
        "ties, density 5 %": (first.astype(float), second.astype(float)),
        "a value for every pair": (values[0], 0.01 * values[0] + values[1]),
    }


def asked_of_r(one: Any, other: Any, draws: int) -> tuple[float, float, float]:
    """Return correlation, share with as much or more, and seconds of the processor."""
    with tempfile.TemporaryDirectory() as folder:
        for name, matrix in (("one", one), ("other", other)):
            np.savetxt(Path(folder) / f"{name}.csv", matrix, delimiter=",", fmt="%.12g")
        script = Path(folder) / "qap.R"
        script.write_text(R_SCRIPT, encoding="utf-8")
        command = ["Rscript", str(script), folder, str(draws)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    correlation, greater, seconds = (float(text) for text in done.stdout.split())
    return correlation, greater, seconds


def report(divisor: int, r_draws: int = DRAWS) -> str:
    """Measure everything and return the table; sizes are divided by `divisor`."""
    size, draws = SIZE // divisor, DRAWS // divisor
    r_draws = min(r_draws, draws)
    fewer = [f"R made {r_draws:,} permutations: its seconds are taken {draws / r_draws:g} times.", ""]
    lines = []
    for name, (one, other) in networks(size).items():
        begin = time.process_time()
        found = qap_correlation(one, other, draws=draws).loc[0]
        ours = time.process_time() - begin
        correlation, greater, theirs = asked_of_r(one, other, r_draws)
        theirs *= draws / r_draws
        if abs(correlation - found["observed"]) > 1e-6:
            raise SystemExit(f"{name}: the correlations differ: {found['observed']} and {correlation}.")
        lines.append(
            f"| {name} | {ours:.1f} s | {theirs:.1f} s | {theirs / ours:.1f} × | {correlation:.4f} "
            f"| {found['p_high']:.3f}, {greater:.3f} |"
        )
    return "\n".join(
        [
            "# QAP beside R",
            "",
            f"Made by `benchmarks/qap.py`: matrices of {size:,} × {size:,}, {draws:,} permutations. Seconds of the",
            "processor of the test alone; the correlations are compared in the run.",
            "",
            *(fewer if r_draws < draws else ()),
            f"Machine: {machine()}. Libraries: {libraries('numpy')}; R `sna::qaptest`.",
            "",
            "| networks | Tsunagari | R | ratio | r | p, as much or more: ours, R's |",
            "|---|---:|---:|---:|---:|---:|",
            *lines,
            "",
        ]
    )


def main() -> None:
    """Measure, print and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of the sizes, written nowhere")
    parser.add_argument("--r-draws", type=int, default=DRAWS, help="permutations that R makes")
    asked = parser.parse_args()
    text = report(QUICK if asked.quick else 1, asked.r_draws)
    sys.stdout.write(text)
    if not asked.quick:
        RESULTS.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()

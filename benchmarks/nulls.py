"""Random networks that keep degrees or memberships, with all brokerage roles in each, beside what others draw with.

Run from the repository: ``.venv/bin/python benchmarks/nulls.py`` (``--quick``: a tenth of the sizes, written nowhere).
The table goes to ``results/nulls.md``. Each measurement of ours runs in a process of its own, so that its memory is its
own; the peers draw networks with the same numbers of ties and count nothing in them.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import networkit as nk
import numpy as np
from betweenness import graph_of
from brokerage import groups_of, random_network, uneven_network
from surroundings import libraries, machine

from tsunagari.graph.inference import Observed, compare_with_chance
from tsunagari.graph.measures.adjacency import checked_adjacency, either_way

RESULTS = Path(__file__).parent / "results" / "nulls.md"
SIZE, DRAWS, QUICK = 10_000, 100, 10
GROUP = 5
SWAPS = 10  # exchanges a tie that the peers are asked for


def shared_network(size: int) -> Observed:
    """Return bodies in groups of five, as many that about fifty thousand pairs share one."""
    draw = np.random.default_rng(8)
    groups = size // 2
    members = np.concatenate([draw.choice(size, GROUP, replace=False) for _ in range(groups)])
    places = np.repeat(np.arange(groups), GROUP)
    none = checked_adjacency(random_network(size) * 0)
    sizes = np.full(groups, GROUP)
    return Observed(none, members, places, np.zeros(len(members), dtype=bool), sizes, groups=groups_of(size))


NETWORKS = {
    "degree, random": lambda size: Observed(either_way(random_network(size)), groups=groups_of(size)),
    "degree, directed": lambda size: Observed(random_network(size), groups=groups_of(size)),
    "degree, hubs and close groups": lambda size: Observed(either_way(uneven_network(size)), groups=groups_of(size)),
    "membership, groups of five": shared_network,
}


def measure_here(name: str, size: int) -> None:
    """Print seconds and peak memory of one test as JSON; run in a process of its own."""
    observed = NETWORKS[name](size)
    begin = time.process_time()
    found = compare_with_chance(observed, ["roles", "brokerage"], draws=DRAWS, level="body")
    seconds = time.process_time() - begin
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    assert len(found) == 6
    assert found[0].drawn.shape == (DRAWS, size)
    ties = int(observed.adjacency().nnz)
    sys.stdout.write(json.dumps({"seconds": seconds, "peak": peak, "ties": ties}))


def measured(name: str, size: int) -> dict[str, Any]:
    """Run one measurement in a process of its own."""
    command = [sys.executable, __file__, "--here", name, str(size)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def peers(size: int) -> list[tuple[str, float]]:
    """Return what drawing alone takes others: as many networks with everybody's number of ties."""
    tied = either_way(random_network(size))
    graph = graph_of(tied)
    begin = time.process_time()
    for _ in range(DRAWS):
        graph.copy().rewire(n=SWAPS * graph.ecount())
    of_igraph = time.process_time() - begin
    rows, columns = (ends.astype(np.int64) for ends in tied.tocoo().coords)
    once = rows < columns
    nk.setNumberOfThreads(1)
    begin = time.process_time()
    for _ in range(DRAWS):
        start = nk.Graph(size)
        start.addEdges((rows[once], columns[once]))
        search = nk.randomization.EdgeSwitching(start, SWAPS, False)
        search.run()
        search.getGraph()
    of_networkit = time.process_time() - begin
    return [("python-igraph, rewire", of_igraph), ("networkit, EdgeSwitching", of_networkit)]


def report(divisor: int) -> str:
    """Measure everything and return the table; sizes are divided by `divisor`."""
    size = SIZE // divisor
    lines = []
    for name in NETWORKS:
        found = measured(name, size)
        lines.append(f"| {name} | {found['ties']:,} | {found['seconds']:.1f} s | {found['peak']:,.0f} MB |")
    drawing = [f"| {name} | {seconds:.1f} s |" for name, seconds in peers(size)]
    return "\n".join(
        [
            "# Random networks that keep degrees or memberships",
            "",
            f"Made by `benchmarks/nulls.py`: {DRAWS} draws at {size:,} bodies, and in each draw all five roles of",
            "brokerage of every body. Seconds of the processor of the whole test; peak memory of the process.",
            "",
            f"Machine: {machine()}. Libraries: {libraries('numpy', 'scipy', 'igraph', 'networkit')}.",
            "",
            "| null and network | ties (both ways) | draws and roles | memory |",
            "|---|---:|---:|---:|",
            *lines,
            "",
            f"What drawing alone takes others for the random network ({SWAPS} exchanges a tie, nothing counted):",
            "",
            "| peer | draws |",
            "|---|---:|",
            *drawing,
            "",
        ]
    )


def main() -> None:
    """Measure, print and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of the sizes, written nowhere")
    parser.add_argument("--here", nargs=2, metavar=("NAME", "SIZE"), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.here:
        measure_here(asked.here[0], int(asked.here[1]))
        return
    text = report(QUICK if asked.quick else 1)
    sys.stdout.write(text)
    if not asked.quick:
        RESULTS.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()

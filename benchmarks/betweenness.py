"""Betweenness beside networkx and python-igraph, and how good it is where it is sampled.

Run from the repository: ``.venv/bin/python benchmarks/betweenness.py`` (``--quick``: a tenth of the sizes, written
nowhere). The table goes to ``results/betweenness.md``. Everything runs on one core. networkx is asked for a sample of
the sources, and its time is extrapolated to all of them: each source takes it the same search.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import igraph
import networkx as nx
import numpy as np
from brokerage import random_network, same, uneven_network
from surroundings import libraries, machine

from tsunagari.graph.measures.adjacency import either_way
from tsunagari.graph.measures.betweenness import betweenness
from tsunagari.graph.measures.centrality import centrality_estimate
from tsunagari.graph.measures.estimate import Accuracy
from tsunagari.graph.measures.sampled_betweenness import sampled_betweenness

RESULTS = Path(__file__).parent / "results" / "betweenness.md"
EXACT, SAMPLED = 10_000, 100_000
QUICK = 10  # what sizes are divided by to try the benchmark itself
CHECKED = 600  # nodes of a network for which networkx is asked for everything
SOURCES = 100
SEEDS = 10
NETWORKS = {"random": random_network, "hubs and close groups": uneven_network}
SAMPLED_MEASURES = ("betweenness", "closeness", "harmonic")


def timed(action: Callable[[], Any]) -> tuple[Any, float]:
    """Return what an action gives and its seconds."""
    begin = time.process_time()
    found = action()
    return found, time.process_time() - begin


def undirected(name: str, size: int) -> Any:
    """Return one of the networks without directions and weights."""
    return either_way(NETWORKS[name](size))


def graph_of(matrix: Any) -> Any:
    """Return the same network for igraph."""
    rows, columns = matrix.tocoo().coords
    upper = rows < columns
    return igraph.Graph(n=matrix.shape[0], edges=np.column_stack((rows[upper], columns[upper])))


def exact_row(name: str, size: int) -> str:
    """Compare the exact values and their times."""
    small = undirected(name, CHECKED)
    peer = nx.betweenness_centrality(nx.from_scipy_sparse_array(small))
    same(betweenness(small)[:, None], np.array([peer[node] for node in range(CHECKED)])[:, None])
    matrix = undirected(name, size)
    found, ours = timed(lambda: betweenness(matrix, normalized=False))
    graph = graph_of(matrix)
    beside, of_igraph = timed(graph.betweenness)
    same(found[:, None], np.array(beside)[:, None])
    asked = min(SOURCES, size)
    peer_graph = nx.from_scipy_sparse_array(matrix)
    _, part = timed(lambda: nx.betweenness_centrality(peer_graph, k=asked, seed=1))
    of_networkx = part * size / asked
    say(f"exact, {name}: {ours:.1f} s, igraph {of_igraph:.1f} s, networkx {of_networkx:.0f} s")
    return (
        f"| {name} | {size:,} | {matrix.nnz // 2:,} | {ours:.1f} s | {of_igraph:.1f} s | {of_igraph / ours:.2f} × "
        f"| {of_networkx:,.0f} s | {of_networkx / ours:,.0f} × |"
    )


def sampled_row(name: str, size: int, measure: str) -> str:
    """Time a measure of a large network, sampled as it is by default."""
    matrix = undirected(name, size)
    found, seconds = timed(lambda: centrality_estimate(matrix, measure))
    say(f"{measure}, {name}, {size:,}: {seconds:.1f} s")
    return (
        f"| {measure} | {name} | {size:,} | {matrix.nnz // 2:,} | {seconds:.1f} s | {found.samples:,} "
        f"| {found.epsilon:.4f} | {found.delta} |"
    )


def error_row(name: str, size: int) -> str:
    """Compare sampled with exact values for several seeds."""
    matrix = undirected(name, size)
    exact = centrality_estimate(matrix, "betweenness", Accuracy(exact=True)).values
    runs = [sampled_betweenness(matrix, seed=seed) for seed in range(SEEDS)]
    off = [float(np.abs(run.values - exact).max()) for run in runs]
    held = sum(error <= run.epsilon for error, run in zip(off, runs, strict=True))
    say(f"error, {name}: {max(off):.5f} of {runs[0].epsilon:.5f}")
    return (
        f"| {name} | {size:,} | {runs[0].samples:,} | {max(run.epsilon for run in runs):.5f} | {runs[0].delta} "
        f"| {max(off):.5f} | {held} of {SEEDS} |"
    )


def say(text: str) -> None:
    """Tell how far the benchmark is."""
    sys.stderr.write(f"{text}\n")


def report(divisor: int) -> str:
    """Measure everything and return the tables; sizes are divided by `divisor`."""
    exact, large = EXACT // divisor, SAMPLED // divisor
    return "\n".join(
        (
            "# Betweenness",
            "",
            "Made by `benchmarks/betweenness.py` on one core, in seconds of it: random undirected networks of five",
            "ties a node, and networks with close groups of 20 and three hubs tied to a tenth of all nodes.",
            "",
            f"Machine: {machine()}. Libraries: {libraries('numpy', 'scipy', 'networkx', 'igraph')}.",
            "",
            "## Exact",
            "",
            "| network | nodes | ties | Tsunagari | python-igraph | ratio | networkx (extrapolated) | ratio |",
            "|---|---:|---:|---:|---:|---:|---:|---:|",
            *(exact_row(name, exact) for name in NETWORKS),
            "",
            f"networkx is asked for {SOURCES} of the sources and extrapolated. Values equal those of igraph here, and",
            f"of networkx for all sources of {CHECKED} nodes, but for rounding. Aim: at least 20 times as fast as",
            "networkx, and not slower than igraph.",
            "",
            "## Sampled",
            "",
            "| measure | network | nodes | ties | time | samples | ε | δ |",
            "|---|---|---:|---:|---:|---:|---:|---:|",
            *(sampled_row(name, large, measure) for measure in SAMPLED_MEASURES for name in NETWORKS),
            "",
            "With probability 1 − δ no value is off by more than ε; no samples: the network was small enough for exact",
            "values. Aim for betweenness: at most 15 s.",
            "",
            "## Error of sampled betweenness",
            "",
            "| network | nodes | samples | ε | δ | largest error | ε held with |",
            "|---|---:|---:|---:|---:|---:|---:|",
            *(error_row(name, exact) for name in NETWORKS),
            "",
            f"Against exact values, for {SEEDS} seeds.",
            "",
        )
    )


def main() -> None:
    """Measure, print and write the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of the sizes; nothing is written")
    quick = parser.parse_args().quick
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    text = report(QUICK if quick else 1)
    sys.stdout.write(text)
    if not quick:
        RESULTS.parent.mkdir(exist_ok=True)
        RESULTS.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()

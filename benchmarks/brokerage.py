"""Gould–Fernandez brokerage beside R's sna, Burt's measures beside networkx, and how both grow with the network.

Run from the repository: ``.venv/bin/python benchmarks/brokerage.py`` (``--quick``: a hundredth of the sizes, written
nowhere). R is asked where ``Rscript`` and its package sna
are installed (Debian: ``apt install r-cran-sna``). The table goes to ``results/brokerage.md``. Each measurement of ours
runs in a process of its own, so that its memory is its own; numbers are compared with the peer's in the same run.
"""

from __future__ import annotations

import argparse
import json
import math
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
from scipy import sparse
from surroundings import libraries, machine

from tsunagari.graph.measures.adjacency import checked_adjacency
from tsunagari.graph.measures.brokerage import brokerage_scores, network_brokerage
from tsunagari.graph.measures.structural_holes import structural_holes

RESULTS = Path(__file__).parent / "results" / "brokerage.md"
SIZES = (10_000, 100_000, 1_000_000)
QUICK = 100  # what sizes are divided by to try the benchmark itself
TIES = 5
GROUPS = 10
SNA = (50_000, 5_000)  # the second size only where the first takes R too long
SNA_PATIENCE = 900
SAMPLE = 1_000
R_SCRIPT = """
suppressMessages(library(sna))
folder <- commandArgs(TRUE)[1]
ties <- as.matrix(read.csv(file.path(folder, "ties.csv"), header = FALSE))
groups <- scan(file.path(folder, "groups.txt"), quiet = TRUE)
network <- cbind(ties, 1)
attr(network, "n") <- length(groups)
used <- system.time(found <- brokerage(network, groups))
seconds <- used[["user.self"]] + used[["sys.self"]]
write.table(cbind(found$raw.nli, found$exp.nli, found$z.nli), file.path(folder, "nodes.txt"),
            row.names = FALSE, col.names = FALSE)
write.table(cbind(found$raw.gli, found$exp.gli, found$sd.gli, found$z.gli), file.path(folder, "network.txt"),
            row.names = FALSE, col.names = FALSE)
cat(seconds)
"""


def random_network(size: int) -> Any:
    """Return a directed network of five ties a node between nodes drawn at random, weights 1 to 9."""
    draw = np.random.default_rng(1)
    ends = draw.integers(0, size, (2, TIES * size))
    weights = draw.integers(1, 10, TIES * size).astype(float)
    return checked_adjacency(sparse.coo_array((weights, (ends[0], ends[1])), shape=(size, size)))


def uneven_network(size: int) -> Any:
    """Return one of as many ties with what countries have: close groups of 20, and hubs tied to a tenth of all."""
    draw = np.random.default_rng(2)
    member = np.arange(size // 10 // 20 * 20).reshape(-1, 20)
    one, other = np.nonzero(~np.eye(20, dtype=bool))
    hubs = np.repeat(np.arange(3), size // 10)
    spokes = draw.integers(0, size, len(hubs))
    rest = draw.integers(0, size, (2, max(TIES * size - member[:, one].size - 2 * len(hubs), 0)))
    rows = np.concatenate((member[:, one].ravel(), hubs, spokes, rest[0]))
    columns = np.concatenate((member[:, other].ravel(), spokes, hubs, rest[1]))
    return checked_adjacency(sparse.coo_array((np.ones(len(rows)), (rows, columns)), shape=(size, size)))


NETWORKS = {"random": random_network, "hubs and close groups": uneven_network}


def groups_of(size: int) -> Any:
    """Return a group for each node."""
    return np.random.default_rng(3).integers(0, GROUPS, size)


MEASURES: dict[str, Callable[[Any], Any]] = {
    "brokerage": lambda matrix: brokerage_scores(matrix, groups_of(int(matrix.shape[0]))),
    "holes": structural_holes,
    "holes in ego networks": lambda matrix: structural_holes(matrix, model="ego"),
}


def best_of(action: Callable[[], Any], *, times: int) -> float:
    """Return the shortest of several runs in seconds."""
    found = math.inf
    for _ in range(times):
        begin = time.process_time()
        action()
        found = min(found, time.process_time() - begin)
    return found


def measure_here(measure: str, network: str, size: int) -> None:
    """Print seconds and peak memory of one measurement as JSON; run in a process of its own."""
    matrix = NETWORKS[network](size)
    seconds = best_of(lambda: MEASURES[measure](matrix), times=1 if size >= SIZES[-1] else 3)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(json.dumps({"seconds": seconds, "peak": peak, "ties": int(matrix.nnz)}))


def measured(measure: str, network: str, size: int) -> dict[str, float]:
    """Return seconds, peak memory (MB) and ties of one measurement."""
    command = [sys.executable, __file__, "--one", measure, network, str(size)]
    found: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    sys.stderr.write(f"{measure}, {network}, {size:,}: {found['seconds']:.2f} s\n")
    return found


def same(ours: Any, theirs: Any) -> str:
    """Say how far two tables of numbers are apart; stop when they are not the same but for rounding."""
    theirs = np.where(np.isfinite(theirs), theirs, np.nan)
    if not np.allclose(ours, theirs, rtol=1e-9, atol=1e-9, equal_nan=True):
        raise SystemExit("The numbers differ from the peer's.")
    return f"{np.nanmax(np.abs(ours - theirs)):.0e}"


def beside_sna(sizes: Sequence[int]) -> list[str]:
    """Compare with R's sna at the largest size that it does within `SNA_PATIENCE`."""
    if shutil.which("Rscript") is None:
        return ["R is not installed here, so sna was not measured."]
    for size in sizes:
        matrix, groups = random_network(size), groups_of(size)
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            rows, columns = matrix.tocoo().coords
            np.savetxt(folder / "ties.csv", np.column_stack((rows + 1, columns + 1)), fmt="%d", delimiter=",")
            np.savetxt(folder / "groups.txt", groups, fmt="%d")
            (folder / "brokerage.R").write_text(R_SCRIPT, encoding="utf-8")
            command = ["Rscript", str(folder / "brokerage.R"), name]
            try:
                theirs = float(
                    subprocess.run(command, check=True, capture_output=True, timeout=SNA_PATIENCE, text=True).stdout
                )
            except subprocess.TimeoutExpired:
                continue
            except subprocess.CalledProcessError:
                return ["R's package sna is not installed here, so it was not measured."]
            nodes, whole = np.genfromtxt(folder / "nodes.txt"), np.genfromtxt(folder / "network.txt")
        ours = best_of(lambda: brokerage_scores(matrix, groups), times=3)  # noqa: B023
        apart = same(brokerage_scores(matrix, groups).to_numpy(), nodes)
        apart_whole = same(network_brokerage(matrix, groups).to_numpy(), whole)
        return [
            "| nodes | ties | Tsunagari | R sna | ratio | largest difference, 18 numbers a node | whole network |",
            "|---:|---:|---:|---:|---:|---:|---:|",
            f"| {size:,} | {matrix.nnz:,} | {ours:.3f} s | {theirs:.1f} s | {theirs / ours:,.0f} × | {apart} "
            f"| {apart_whole} |",
            "",
            "Aim: the same numbers at least 100 times faster.",
        ]
    return [f"sna did not end within {SNA_PATIENCE} s at any of the sizes {sizes}."]


def beside_networkx(size: int, sample: int) -> str:
    """Compare constraint and effective size with networkx, which is asked for a sample of the nodes."""
    matrix = random_network(size)
    graph = nx.from_scipy_sparse_array(matrix, create_using=nx.DiGraph)
    nodes = np.random.default_rng(4).choice(size, min(sample, size), replace=False).tolist()
    begin = time.process_time()
    constraint = nx.constraint(graph, nodes, weight="weight")
    effective = nx.effective_size(graph, nodes, weight="weight")
    theirs = (time.process_time() - begin) * size / len(nodes)
    ours = best_of(lambda: structural_holes(matrix), times=3)
    sends = [node for node in nodes if matrix.indptr[node] < matrix.indptr[node + 1]]
    found = structural_holes(matrix).loc[sends]
    apart = same(found[["constraint"]].to_numpy(), np.array([[constraint[node]] for node in sends]))
    apart_size = same(found[["effective_size"]].to_numpy(), np.array([[effective[node]] for node in sends]))
    asked = "all" if len(nodes) == size else f"{len(nodes):,}, extrapolated"
    return (
        f"| {size:,} | {matrix.nnz:,} | {ours:.2f} s | {theirs:.0f} s ({asked}) | {theirs / ours:,.0f} × "
        f"| {apart} | {apart_size} |"
    )


def growth(network: str, measure: str, sizes: Sequence[int]) -> list[str]:
    """Measure all sizes and fit the exponent of each step."""
    rows, before = [], None
    for size in sizes:
        found = measured(measure, network, size)
        exponent = "" if before is None else f"{math.log10(found['seconds'] / before):.2f}"
        before = found["seconds"]
        rows.append(
            f"| {measure} | {network} | {size:,} | {found['ties']:,.0f} | {found['seconds']:.2f} s "
            f"| {found['peak']:,.0f} MB | {exponent} |"
        )
    return rows


def report(divisor: int) -> str:
    """Measure everything and return the table; sizes are divided by `divisor`."""
    sizes = [size // divisor for size in SIZES]
    steps = [row for measure in MEASURES for network in NETWORKS for row in growth(network, measure, sizes)]
    return "\n".join(
        (
            "# Brokerage",
            "",
            "Made by `benchmarks/brokerage.py`: random directed networks of five ties a node, weights 1 to 9,",
            "ten groups, and networks with close groups of 20 and three hubs tied to a tenth of all nodes. Times are",
            "seconds of one processor.",
            "",
            f"Machine: {machine()}. Libraries: {libraries('numpy', 'scipy', 'networkx')}.",
            "",
            "## Roles, expected roles and z of every node, beside R sna",
            "",
            *beside_sna([size // divisor for size in SNA]),
            "",
            "## Constraint and effective size, weighted and directed, beside networkx",
            "",
            "| nodes | ties | Tsunagari | networkx (nodes asked) | ratio | difference: constraint | effective size |",
            "|---:|---:|---:|---:|---:|---:|---:|",
            beside_networkx(sizes[0], sizes[0]),
            beside_networkx(sizes[1], SAMPLE),
            "",
            "Aim: equal where networkx is right, and at least 10 times faster. It is asked for a list of nodes, as",
            "its effective size of all nodes at once differs from that of the same nodes one by one where ties have",
            "weights or directions; and nodes that only receive ties are left out of the comparison, because it takes",
            "them for isolates ([networkx#2661](https://github.com/networkx/networkx/issues/2661)).",
            "",
            "## Growth",
            "",
            "The exponent is that of the time over the number of nodes since the size before; memory is the peak of",
            "the process, libraries and network included. “Holes” are constraint, effective size, efficiency and",
            "hierarchy.",
            "",
            "| measure | network | nodes | ties | time | memory | exponent |",
            "|---|---|---:|---:|---:|---:|---:|",
            *steps,
            "",
            "Aim: brokerage of 1,000,000 nodes and 5,000,000 ties in at most 10 s.",
            "",
        )
    )


def main() -> None:
    """Measure, print and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--one", nargs=3, metavar=("MEASURE", "NETWORK", "NODES"), help=argparse.SUPPRESS)
    parser.add_argument("--quick", action="store_true", help="a hundredth of the sizes; nothing is written")
    given = parser.parse_args()
    if given.one:
        measure_here(given.one[0], given.one[1], int(given.one[2]))
        return
    text = report(QUICK if given.quick else 1)
    sys.stdout.write(text)
    if not given.quick:
        RESULTS.parent.mkdir(exist_ok=True)
        RESULTS.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()

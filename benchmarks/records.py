"""Lists with other errors: 100 draws of a table of brokers, record by record, and how far intervals by ties are off.

Run from the repository: ``.venv/bin/python benchmarks/records.py`` (``--quick``: a tenth of the sizes, written
nowhere). The table goes to ``results/records.md``. No package leaves out records of memberships; the peer leaves out
ties one by one, as is usual, and the widths show what intervals made so miss.
"""

from __future__ import annotations

import time
from pathlib import Path

import igraph
import numpy as np
from brokerage import random_network
from nulls import shared_network
from surroundings import libraries, machine, write_table

from tsunagari.graph.inference import PlaceRecords, RecordErrors, Records, Stated, TieRecords, rank_intervals
from tsunagari.graph.measures.adjacency import either_way

RESULTS = Path(__file__).parent / "results" / "records.md"
SIZE, DRAWS, QUICK = 10_000, 100, 10


def memberships(size: int) -> Records:
    """Return bodies in groups of five, as many that about fifty thousand pairs share one."""
    made = shared_network(size)
    keys = np.arange(len(made.members), dtype=np.uint64)
    none = np.zeros(0, dtype=np.int64)
    ties = TieRecords(none, none, np.zeros(0), np.zeros(0), Stated(np.zeros(0, dtype=np.uint64)))
    core = np.zeros(len(keys), dtype=bool)
    return Records(size, ties, PlaceRecords(made.members, np.arange(size), made.places, core, Stated(keys)))


NETWORKS = {
    "memberships, groups of five": memberships,
    "stated ties": lambda size: Records.of_matrix(either_way(random_network(size))),
}


def by_ties(records: Records) -> float:
    """Return the seconds in which the peer leaves out ties and counts open pairs of contacts as often."""
    matrix = records.observed().adjacency()
    rows, columns = matrix.tocoo().coords
    ends = np.column_stack((rows, columns))[rows < columns]
    chance = np.random.default_rng(0)
    begin = time.process_time()
    for _ in range(DRAWS):
        graph = igraph.Graph(n=records.size, edges=ends[chance.random(len(ends)) >= 0.1].tolist())
        degrees = np.array(graph.degree())
        closed = np.array(graph.list_triangles()).reshape(-1, 3)
        _ = degrees * (degrees - 1) - 2 * np.bincount(closed.ravel(), minlength=records.size)
        graph.articulation_points()
    return time.process_time() - begin


def report(size: int) -> str:
    """Measure everything and return the table."""
    lines = []
    for name, make in NETWORKS.items():
        records = make(size)
        begin = time.process_time()
        found = rank_intervals(records, errors=RecordErrors(draws=DRAWS), cut_points=True)
        ours = time.process_time() - begin
        alone = rank_intervals(Records.of_matrix(records.observed().adjacency()), errors=RecordErrors(draws=DRAWS))
        wide, narrow = (
            float((table["rank_high"] - table["rank_low"]).head(size // 100).astype(float).median())
            for table in (found.sort_values("rank"), alone.sort_values("rank"))
        )
        lines.append(
            f"| {name} | {records.observed().adjacency().nnz:,} | {ours:.1f} s | {by_ties(records):.1f} s "
            f"| {wide:,.0f} | {narrow:,.0f} |"
        )
    return "\n".join(
        [
            "# Tables of brokers from lists with other errors",
            "",
            f"Made by `benchmarks/records.py`: {DRAWS} draws at {size:,} bodies, 10 % of the records left out; in each",
            "the network is made anew, the open paths of every body, its rank, and whether it is a cut point. Seconds",
            "of the processor. Width: median places between best and worst rank of the first hundredth of the bodies.",
            "",
            f"Machine: {machine()}. Libraries: {libraries('numpy', 'scipy', 'igraph')}.",
            "",
            "| network | ties (both ways) | Tsunagari, by record | igraph, by tie | width by record | width by tie |",
            "|---|---:|---:|---:|---:|---:|",
            *lines,
            "",
        ]
    )


def main() -> None:
    """Measure, print and write the table."""
    write_table(report, (SIZE, SIZE // QUICK), "a tenth of the sizes, written nowhere", RESULTS, __doc__)


if __name__ == "__main__":
    main()

"""The tables of `load.py`: what each measurement took, side by side, and in words what follows."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable
from dataclasses import dataclass

from surroundings import growth, libraries, machine

TIES = 5  # ties an organisation
# What the peer has to do one after the other for what one build does
STAGES = {
    "peer": "rows to a dataset in memory, unchecked, gone when the program ends",
    "peer-save": "and saved as N-Quads",
    "peer-read": "and read again by the next session",
    "peer-check": "and checked with pySHACL against the shapes of the project",
}


@dataclass(frozen=True)
class Took:
    """Seconds on the clock, seconds of work on all cores, most memory in MB, and quads at the end."""

    wall: float
    cpu: float
    peak: float
    quads: int

    def cells(self) -> str:
        """Return the columns of the table."""
        return f"{self.wall:,.1f} | {self.cpu:,.1f} | {self.peak:,.0f}"

    def __add__(self, other: Took) -> Took:
        return Took(self.wall + other.wall, self.cpu + other.cpu, max(self.peak, other.peak), other.quads)


@dataclass(frozen=True)
class Run:
    """One size: Tsunagari, and where they were run, Oxigraph alone and the stages of the other peer."""

    size: int
    ours: Took
    opened: Took
    oxigraph: Took | None
    stages: dict[str, Took]

    def beside_oxigraph(self) -> str:
        """Return the columns of the table that compare; dashes where Oxigraph was not run."""
        if self.oxigraph is None:
            return " | ".join("–" * 5)
        seconds, work = self.ours.wall / self.oxigraph.wall, self.ours.cpu / self.oxigraph.cpu
        return f"{self.oxigraph.cells()} | {seconds:.2f} | {work:.2f}"

    def sums(self) -> dict[str, tuple[Took, Took]]:
        """Return for each stage what the peer took so far, and what we took for the same."""
        found, peer = {}, None
        for task in STAGES:
            peer = self.stages[task] if peer is None else peer + self.stages[task]
            is_kept = task in ("peer-read", "peer-check")
            found[task] = peer, self.ours + self.opened if is_kept else self.ours
        return found


def cost_growth(one: Run, other: Run, cost: Callable[[Took], float]) -> float:
    """Return the exponent with which a cost grows from one size to the other."""
    return growth(cost(one.ours), cost(other.ours), (one.size, other.size))


def report(runs: list[Run], npo: tuple[int, Took]) -> str:
    """Return the tables."""
    lines = [
        "# Loading: from CSV files to a ready store",
        "",
        "Made by `benchmarks/load.py`, everything in one run, each measurement a process of its own; made-up data.",
        "",
        f"- {machine()}",
        f"- {libraries('pyoxigraph', 'rdflib', 'pandas')}",
        "- Tsunagari: `tsunagari.build`, every cell checked, evidence of every row, the ontology and areas included,"
        " store on disk",
        "- Oxigraph: `Store.bulk_load` of one N-Quads file with the very same quads, store on disk",
        "",
        "| organisations | ties | quads | Tsunagari, s | CPU s | peak MB | Oxigraph, s | CPU s | peak MB"
        " | s ÷ s | CPU ÷ CPU |",
        "|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|",
        *(
            f"| {run.size:,} | {TIES * run.size:,} | {run.ours.quads:,} | {run.ours.cells()}"
            f" | {run.beside_oxigraph()} |"
            for run in runs
        ),
        "",
        "Aim at 100,000 organisations: at most 2.5 times Oxigraph's seconds and 2,000 MB.",
        "",
        "| growth | seconds, exponent | CPU seconds, exponent |",
        "|---|---:|---:|",
        *(
            f"| {one.size:,} to {other.size:,} | {cost_growth(one, other, lambda took: took.wall):.2f}"
            f" | {cost_growth(one, other, lambda took: took.cpu):.2f} |"
            for one, other in itertools.pairwise(runs)
        ),
        "",
        "Aim: at most 1.1.",
        "",
        *beside_rdflib(runs),
        "## A list in the form of the NPO portal",
        "",
        "60 columns, CP932, one municipality a row. Aim at 60,000 rows: 15 s.",
        "",
        "| rows | quads | Tsunagari, s | CPU s | peak MB |",
        "|---:|---:|---:|---:|---:|",
        f"| {npo[0]:,} | {npo[1].quads:,} | {npo[1].cells()} |",
        "",
        "Seconds are by the clock; CPU seconds are the work of all cores together and change less where a machine is"
        " shared, as this one may have been.",
        "",
    ]
    return "\n".join(lines)


def beside_rdflib(runs: list[Run]) -> list[str]:
    """Return the section that compares with pandas and rdflib."""
    lines = [
        "## Beside pandas and rdflib",
        "",
        "pandas reads the same CSV files; the terms are made row by row and added to an `rdflib.Dataset`, which then"
        " holds the same quads; the ontology and areas come from an N-Quads file. That alone is not yet what a build"
        " gives: its store is on disk, the next session opens it, and every cell was checked by the columns that the"
        " shapes define. Each row adds what the peer needs for the same, in a process of its own; the last columns"
        " divide the sum so far by our build, from the third row on with our opening.",
        "",
        "| organisations | pandas and rdflib | s | CPU s | peak MB | sum, s | sum, CPU s | s ÷ s | CPU ÷ CPU |",
        "|---:|---|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for run in (run for run in runs if run.stages):
        sums = run.sums()
        for task, (peer, ours) in sums.items():
            ratios = f"{peer.wall / ours.wall:.1f} | {peer.cpu / ours.cpu:.1f}"
            took = run.stages[task].cells()
            lines.append(f"| {run.size:,} | {STAGES[task]} | {took} | {peer.wall:,.1f} | {peer.cpu:,.1f} | {ratios} |")
        whole = run.ours + run.opened
        lines += [
            f"| {run.size:,} | **Tsunagari: all of it** | {run.ours.cells()} | | | | |",
            f"| {run.size:,} | Tsunagari: opened by the next session, all quads counted | {run.opened.cells()}"
            f" | {whole.wall:,.1f} | {whole.cpu:,.1f} | 1.0 | 1.0 |",
            "",
            *verdict(run, sums),
            "",
        ]
    return lines


def verdict(run: Run, sums: dict[str, tuple[Took, Took]]) -> list[str]:
    """Return in words how many times faster a build is, and what of it cannot be."""
    times = {task: peer.wall / ours.wall for task, (peer, ours) in sums.items()}
    work = " : ".join(f"{sums[task][0].cpu / sums[task][1].cpu:.1f}" for task in ("peer", "peer-read", "peer-check"))
    lines = [
        f"Aim: 10 times faster. Measured by the clock: **{times['peer']:.1f} times for the bare fill of a dataset in"
        f" memory, {times['peer-read']:.1f} times for one that the next session has, {times['peer-check']:.1f} times"
        f" for the whole job** (in CPU seconds {work}).",
        "",
    ]
    if run.oxigraph is not None:
        cores = os.cpu_count() or 1
        bare, kept = (cores * sums[task][0].cpu / run.oxigraph.cpu for task in ("peer", "peer-read"))
        lines.append(
            "- No build into an Oxigraph store can be without the store: its own bulk load of these very quads"
            f" from one N-Quads file, with nothing read or checked, costs {run.oxigraph.cpu:.1f} CPU seconds."
            f" Spread evenly over {cores} cores that would be {bare:.1f} times faster than the bare fill, which uses"
            f" one, and {kept:.1f} times faster than the one that the next session has. What is below 10 there cannot"
            " reach 10 with this store."
        )
    lines.append(
        "- pySHACL checks what the shapes say of all statements. A build checks each cell by the columns of the same"
        " shapes while it reads; what shows only across rows (two values where one is allowed) becomes an issue."
        " `tsunagari check --shapes` runs pySHACL itself, and no build needs it; whoever runs it after every build has"
        " its seconds on both sides."
    )
    return lines

"""Whether the tests keep their level: networks drawn from a null by other means, each tested against that null.

Run from the repository: ``.venv/bin/python benchmarks/calibration.py`` (``--quick``: a tenth of the networks, written
nowhere). The table goes to ``results/calibration.md``. A test at 5 % shall find something in 5 % of the networks in
which there is nothing to find. The networks are not drawn by the code that is tested: networks with given degrees by
igraph's uniform sampler, memberships by pairing stubs until no body is twice in a group.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import igraph
import numpy as np
from scipy.stats import binomtest
from surroundings import libraries, machine, write_table

from tsunagari.graph.inference import Observed, compare_with_chance
from tsunagari.graph.measures.adjacency import checked_adjacency

RESULTS = Path(__file__).parent / "results" / "calibration.md"
NETWORKS, QUICK, DRAWS, LEVEL = 1_000, 10, 39, 0.05
SIZE, TIES = 40, 90
Groups = np.ndarray


def groups() -> Groups:
    """Return four groups of ten."""
    return np.repeat(np.arange(4), SIZE // 4)


def by_density(draw: np.random.Generator) -> Observed:
    """Return so many ties between pairs drawn without putting back."""
    pairs = np.argwhere(np.triu(np.ones((SIZE, SIZE)), 1))
    chosen = pairs[draw.permutation(len(pairs))[:TIES]]
    matrix = np.zeros((SIZE, SIZE))
    matrix[chosen[:, 0], chosen[:, 1]] = matrix[chosen[:, 1], chosen[:, 0]] = 1
    return Observed(checked_adjacency(matrix), groups=groups())


def degrees() -> list[int]:
    """Return uneven numbers of ties, a few bodies with many."""
    found = np.random.default_rng(11).geometric(0.42, SIZE)
    found = np.clip(found, 1, 6)
    found[0] += found.sum() % 2
    return found.tolist()


def by_degree(draw: np.random.Generator) -> Observed:
    """Return a network with these numbers of ties, each equally likely (igraph: simple ones among random pairings)."""
    igraph.set_random_number_generator(_Numbers(draw))
    graph = igraph.Graph.Degree_Sequence(degrees(), method="configuration_simple")
    matrix = np.array(graph.get_adjacency().data, dtype=float)
    return Observed(checked_adjacency(matrix), groups=groups())


class _Numbers:
    """numpy's generator as igraph asks for it."""

    def __init__(self, draw: np.random.Generator) -> None:
        self.draw = draw

    def randint(self, low: int, high: int) -> int:
        return int(self.draw.integers(low, high, endpoint=True))

    def random(self) -> float:
        return float(self.draw.random())

    def gauss(self, mean: float, spread: float) -> float:
        return float(self.draw.normal(mean, spread))


def by_membership(draw: np.random.Generator) -> Observed:
    """Return memberships with these numbers for bodies and groups, each equally likely."""
    count = np.clip(np.random.default_rng(12).geometric(0.6, SIZE), 1, 4)
    bodies = np.repeat(np.arange(SIZE), count)
    sizes = np.bincount(np.arange(len(bodies)) % 14)
    stubs = np.repeat(np.arange(len(sizes)), sizes)
    while True:
        places = draw.permutation(stubs)
        if len(np.unique(bodies * len(sizes) + places)) == len(bodies):
            break
    none = checked_adjacency(np.zeros((SIZE, SIZE)))
    return Observed(none, bodies, places, np.zeros(len(bodies), dtype=bool), sizes, groups=groups())


def by_labels(draw: np.random.Generator) -> Observed:
    """Return one network that stays, with groups dealt out."""
    fixed = by_density(np.random.default_rng(13))
    return Observed(fixed.ties, groups=draw.permutation(groups()))


CASES: dict[str, tuple[Callable[[np.random.Generator], Observed], tuple[str, ...]]] = {
    "density": (by_density, ("brokerage", "ei")),
    "degree": (by_degree, ("brokerage", "constraint", "ei")),
    "membership": (by_membership, ("brokerage", "ei")),
    "labels": (by_labels, ("liaison", "ei")),
}


def found(null: str, networks: int) -> Iterator[str]:
    """Yield a row of the table for each statistic."""
    make, statistics = CASES[null]
    below = dict.fromkeys(statistics, 0)
    for number in range(networks):
        observed = make(np.random.default_rng(1_000 + number))
        for each in compare_with_chance(observed, statistics, null=null, draws=DRAWS, seed=number):
            below[each.statistic] += int(each.table().loc[0, "p"] <= LEVEL)
    for name, count in below.items():
        interval = binomtest(count, networks).proportion_ci(0.95)
        holds = "yes" if interval.low <= LEVEL <= interval.high else "no"
        yield (
            f"| {null} | {name} | {count} of {networks:,} | {count / networks:.1%} "
            f"| {interval.low:.1%}–{interval.high:.1%} | {holds} |"
        )


def report(networks: int) -> str:
    """Test so many networks of each null and return the table."""
    return "\n".join(
        [
            "# Whether the tests keep their level",
            "",
            f"Made by `benchmarks/calibration.py`: {networks:,} networks of {SIZE} bodies drawn from each null by",
            f"other means than ours, each tested at {LEVEL:.0%} (two-sided) with {DRAWS} draws; intervals hold 95 %.",
            "",
            f"Machine: {machine()}. Libraries: {libraries('numpy', 'scipy', 'igraph')}.",
            "",
            f"| null | statistic | p ≤ {LEVEL} | share | interval | holds {LEVEL:.0%} |",
            "|---|---|---:|---:|---:|---|",
            *(row for null in CASES for row in found(null, networks)),
            "",
            "Where many random networks give the very same value a test finds less than 5 %: it is on the safe side.",
            "",
        ]
    )


def main() -> None:
    """Test, print and write the table."""
    write_table(report, (NETWORKS, NETWORKS // QUICK), "a tenth of the networks, written nowhere", RESULTS, __doc__)


if __name__ == "__main__":
    main()

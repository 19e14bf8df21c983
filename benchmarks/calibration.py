"""Whether the tests keep their level: networks drawn from a null by other means, each tested against that null.

Run from the repository: ``.venv/bin/python benchmarks/calibration.py`` (``--quick``: a tenth of the networks, written
nowhere). The table goes to ``results/calibration.md``. A test at 5 % shall find something in 5 % of the networks in
which there is nothing to find. The networks are not drawn by the code that is tested: networks with given degrees by
igraph's uniform sampler, memberships by pairing stubs until no body is twice in a group.

Three p values are held against the level. Draws of the very value observed count on both sides of ``p``, so it finds
something in at most 5 % (Phipson & Smyth 2010), in fewer where such draws are many. ``p_mid`` counts half of them
(Lancaster 1961). With the place among equal values drawn by lot, a test finds something in exactly 5 % if its random
networks are as likely as the observed one, whatever the statistic: that tells whether the draws are right.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import igraph
import numpy as np
from scipy.stats import binomtest
from surroundings import libraries, machine, write_table

from tsunagari.graph.inference import Comparison, Observed, compare_with_chance
from tsunagari.graph.measures.adjacency import checked_adjacency

RESULTS = Path(__file__).parent / "results" / "calibration.md"
NETWORKS, QUICK, DRAWS, LEVEL, SURE = 1_000, 10, 39, 0.05, 0.95
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


def by_lot(each: Comparison, luck: np.random.Generator) -> float:
    """Return the two-sided p when the place of the observed value among equal ones is drawn by lot."""
    drawn, value = each.drawn[:, 0], each.observed[0]
    slack = 1e-9 * max(abs(value), 1e-3)
    more, less = int((drawn > value + slack).sum()), int((drawn < value - slack).sum())
    place = more + int(luck.integers(len(drawn) - more - less + 1)) + 1  # from the highest
    return 2 * min(place, len(drawn) + 2 - place) / (len(drawn) + 1)


def found(null: str, networks: int, sure: float) -> Iterator[str]:
    """Yield a row of the table for each statistic."""
    make, statistics = CASES[null]
    below = {name: [0, 0, 0] for name in statistics}
    for number in range(networks):
        observed, luck = make(np.random.default_rng(1_000 + number)), np.random.default_rng(9_000 + number)
        for each in compare_with_chance(observed, statistics, null=null, draws=DRAWS, seed=number):
            row = each.table().loc[0]
            for place, p in enumerate((row["p"], row["p_mid"], by_lot(each, luck))):
                below[each.statistic][place] += int(p <= LEVEL + 1e-12)
    for name, counts in below.items():
        shown = []
        for count in counts:
            interval = binomtest(count, networks).proportion_ci(sure)
            shown.append((f"{count / networks:.1%} ({interval.low:.1%}–{interval.high:.1%})", interval))
        at_most = "yes" if shown[0][1].low <= LEVEL else "no"
        exact = "yes" if shown[2][1].low <= LEVEL <= shown[2][1].high else "no"
        middle = "yes" if shown[1][1].low <= LEVEL <= shown[1][1].high else "no"
        yield (f"| {null} | {name} | {shown[0][0]} | {at_most} | {shown[1][0]} | {middle} | {shown[2][0]} | {exact} |")


def report(networks: int) -> str:
    """Test so many networks of each null and return the table."""
    rows = sum(len(statistics) for _, statistics in CASES.values())
    sure = 1 - (1 - SURE) / rows
    return "\n".join(
        [
            "# Whether the tests keep their level",
            "",
            f"Made by `benchmarks/calibration.py`: {networks:,} networks of {SIZE} bodies drawn from each null by",
            f"other means than ours, each tested at {LEVEL:.0%} (two-sided) with {DRAWS} draws. Shares of the networks",
            f"in which something is found, with binomial intervals that hold {SURE:.0%} for the {rows} rows of a",
            f"column together ({sure:.2%} each).",
            "",
            f"Machine: {machine()}. Libraries: {libraries('numpy', 'scipy', 'igraph')}.",
            "",
            "`p` promises at most the level. `p_mid` counts draws of the very value observed half. By lot: the place",
            f"among equal values is drawn, so that exactly {LEVEL:.0%} are to be found if random networks are drawn",
            "rightly.",
            "",
            f"| null | statistic | `p` | at most {LEVEL:.0%} | `p_mid` | {LEVEL:.0%} in it | by lot "
            f"| {LEVEL:.0%} in it |",
            "|---|---|---:|---|---:|---|---:|---|",
            *(row for null in CASES for row in found(null, networks, sure)),
            "",
        ]
    )


def main() -> None:
    """Test, print and write the table."""
    write_table(report, (NETWORKS, NETWORKS // QUICK), "a tenth of the networks, written nowhere", RESULTS, __doc__)


if __name__ == "__main__":
    main()

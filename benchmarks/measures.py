"""The other measures of networks beside what a user would otherwise take: equal numbers, and how long each takes.

Run from the repository: ``.venv/bin/python benchmarks/measures.py`` (about a minute; ``--quick``: a tenth of the
sizes, written nowhere). The table goes to ``results/measures.md``. Everything counts seconds of the processor. Where a
peer takes too long it is asked for a sample of the nodes, and its time is extrapolated to all of them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import igraph
import networkx as nx
import numpy as np
from betweenness import graph_of, timed
from brokerage import groups_of, random_network, same, uneven_network
from networkx.algorithms import bipartite
from scipy import sparse
from surroundings import libraries, machine, write_table

from tsunagari.graph.measures import centrality, closeness, connectivity
from tsunagari.graph.measures.adjacency import checked_adjacency, either_way
from tsunagari.graph.measures.communities import ROUNDS, communities
from tsunagari.graph.measures.key_players import key_players
from tsunagari.graph.measures.mixing import mixing
from tsunagari.graph.measures.two_mode import two_mode_centrality

RESULTS = Path(__file__).parent / "results" / "measures.md"
SIZE, GROUPS_OF_TWO_MODE, TWO_MODE_TIES = 10_000, 300, 5_000
SAMPLE = 100
QUICK = 10  # what sizes are divided by to try the benchmark itself
KEY_SIZE, KEY_PLAYERS = 1_000, 3
NETWORKX, IGRAPH = "networkx", "python-igraph"
RUNS, SHORT = 9, 0.2  # runs of what takes less than so many seconds

Call = Callable[[], Any]


@dataclass(frozen=True)
class Result:
    """One row of the table: seconds of everybody who has the measure, and how equal the numbers are."""

    measure: str
    ours: float
    peers: dict[str, float]
    numbers: str

    def row(self, network: str) -> str:
        fastest = min(self.peers, key=lambda name: self.peers[name])
        cells = [f"{self.peers[name]:,.4f} s" if name in self.peers else "–" for name in (NETWORKX, IGRAPH)]
        ratio = f"{self.ours / max(self.peers[fastest], 1e-5):.2f} × {fastest}"
        return f"| {self.measure} | {network} | {self.ours:,.4f} s | {' | '.join(cells)} | {ratio} | {self.numbers} |"


def best(action: Call) -> tuple[Any, float]:
    """Return what an action gives and its seconds: of several runs the quickest, when they are short."""
    found, seconds = timed(action)
    for _ in range(RUNS if seconds < SHORT else 0):
        seconds = min(seconds, timed(action)[1])
    return found, seconds


def column(values: Any, nodes: range) -> Any:
    """Return the values of a peer, by node, as a table of one column."""
    return np.array([values[node] for node in nodes], dtype=float)[:, None]


def valued(name: str, ours: Call, peers: dict[str, Call], size: int) -> Result:
    """Compare a measure that gives each node a number."""
    values, seconds = best(ours)
    times, off = {}, 0.0
    for peer, action in peers.items():
        beside, times[peer] = best(action)
        off = max(off, float(same(values[:, None], column(beside, range(size)))))
    return Result(name, seconds, times, f"equal to {off:.0e}")


def of_every_node(weighted: Any) -> list[Result]:
    """Compare the measures that give each node a number."""
    tied, size = either_way(weighted), int(weighted.shape[0])
    both = sparse.csr_array(weighted + weighted.T)
    graph, heavy = nx.from_scipy_sparse_array(tied), nx.from_scipy_sparse_array(both)
    light, strong = graph_of(tied), graph_of(both)
    rows, columns = both.tocoo().coords
    strong.es["weight"] = both.data[rows < columns]
    cases: list[tuple[str, Call, dict[str, Call]]] = [
        ("degree", lambda: centrality.degree(tied), {NETWORKX: lambda: dict(graph.degree()), IGRAPH: light.degree}),
        (
            "strength",
            lambda: centrality.strength(both),
            {
                NETWORKX: lambda: dict(heavy.degree(weight="weight")),
                IGRAPH: lambda: strong.strength(weights="weight"),
            },
        ),
        (
            "PageRank",
            lambda: centrality.pagerank(both),
            {
                NETWORKX: lambda: nx.pagerank(heavy, max_iter=1000, tol=1e-14),
                IGRAPH: lambda: strong.pagerank(weights="weight"),
            },
        ),
        (
            "coreness",
            lambda: centrality.coreness(tied),
            {NETWORKX: lambda: nx.core_number(graph), IGRAPH: light.coreness},
        ),
        ("eigenvector", lambda: centrality.eigenvector(tied), {IGRAPH: lambda: _of_length_one(light)}),
    ]
    return [valued(*case, size) for case in cases]


def _of_length_one(graph: Any) -> Any:
    vector = np.abs(np.array(graph.eigenvector_centrality(scale=False)))
    return vector / np.linalg.norm(vector)


def by_distance(weighted: Any) -> list[Result]:
    """Compare closeness and harmonic centrality; networkx is asked for a sample of the nodes, extrapolated to all."""
    tied, size = either_way(weighted), int(weighted.shape[0])
    graph, light = nx.from_scipy_sparse_array(tied), graph_of(tied)
    asked = sorted(np.random.default_rng(4).choice(size, min(SAMPLE, size), replace=False).tolist())
    found = []
    near, seconds = timed(lambda: closeness.closeness(tied))
    some, part = timed(lambda: [nx.closeness_centrality(graph, u=node) for node in asked])
    same(near[asked][:, None], np.array(some)[:, None])
    (beside, reached), taken = timed(lambda: (light.closeness(), light.connected_components().membership))
    sizes = np.bincount(reached)[reached]  # igraph's is within the part of each body; Wasserman and Faust weigh it
    scaled = np.nan_to_num(np.array(beside)) * (sizes - 1) / (size - 1)
    equal = same(near[:, None], scaled[:, None])
    times = {NETWORKX: part * size / len(asked), IGRAPH: taken}
    found.append(Result("closeness", seconds, times, f"equal to {equal}"))
    mean, seconds = timed(lambda: closeness.harmonic(tied))
    sums, part = timed(lambda: nx.harmonic_centrality(graph, nbunch=asked))
    same(mean[asked][:, None] * (size - 1), np.array([sums[node] for node in asked])[:, None])
    beside, taken = timed(light.harmonic_centrality)
    equal = same(mean[:, None], np.array(beside)[:, None])
    times = {NETWORKX: part * size / len(asked), IGRAPH: taken}
    return [*found, Result("harmonic", seconds, times, f"equal to {equal}")]


def of_structure(weighted: Any) -> list[Result]:
    """Compare cut points, bridges, blocks, communities, mixing."""
    tied, size = either_way(weighted), int(weighted.shape[0])
    graph, light = nx.from_scipy_sparse_array(tied), graph_of(tied)
    cases: list[tuple[str, Call, dict[str, Call], Callable[[Any], Any]]] = [
        (
            "cut points",
            lambda: connectivity.cut_points(tied),
            {NETWORKX: lambda: list(nx.articulation_points(graph)), IGRAPH: light.articulation_points},
            sorted,
        ),
        (
            "bridges",
            lambda: connectivity.bridges(tied),
            {
                NETWORKX: lambda: list(nx.bridges(graph)),
                IGRAPH: lambda: [light.es[tie].tuple for tie in light.bridges()],
            },
            lambda pairs: sorted(tuple(sorted(pair)) for pair in pairs),
        ),
        (
            "blocks",
            lambda: connectivity.blocks(tied),
            {
                NETWORKX: lambda: list(nx.biconnected_components(graph)),
                IGRAPH: lambda: [block for block in light.biconnected_components() if len(block) > 1],
            },
            lambda blocks: sorted(tuple(sorted(block)) for block in blocks),
        ),
    ]
    found = []
    for name, ours, peers, ordered in cases:
        values, seconds = best(ours)
        times = {}
        for peer, action in peers.items():
            beside, times[peer] = best(action)
            if ordered(values) != ordered(beside):
                raise SystemExit(f"{name} differ from those of {peer}.")
        found.append(Result(name, seconds, times, f"the same {len(values):,}"))
    return [*found, _leiden(tied, light), _mixed(tied, graph, size)]


def _leiden(tied: Any, light: Any) -> Result:
    """Compare communities after the same number of iterations, one run each."""
    parts, seconds = timed(lambda: communities(tied, runs=1))
    other, taken = timed(lambda: light.community_leiden("modularity", n_iterations=ROUNDS))
    numbers = f"modularity {parts.modularity:.3f}, igraph {float(other.modularity):.3f}, {ROUNDS} iterations each"
    return Result("communities (Leiden)", seconds, {IGRAPH: taken}, numbers)


def _mixed(tied: Any, graph: Any, size: int) -> Result:
    groups = groups_of(size).tolist()
    mixed, seconds = best(lambda: mixing(tied, groups))
    nx.set_node_attributes(graph, dict(enumerate(groups)), "group")
    order = {group: place for place, group in enumerate(mixed.ties.index)}
    table, taken = best(lambda: nx.attribute_mixing_matrix(graph, "group", mapping=order, normalized=False))
    ours = mixed.ties.to_numpy(dtype=float)
    equal = same(ours, table - np.diag(np.diag(table)) / 2)  # networkx counts a tie inside a group twice
    return Result("group × group ties, E-I", seconds, {NETWORKX: taken}, f"equal to {equal}")


def two_modes(divisor: int) -> list[Result]:
    """Compare the two-mode centralities; the peers' betweenness takes most of their time."""
    draw = np.random.default_rng(5)
    rows, columns = TWO_MODE_TIES // 2 // divisor, GROUPS_OF_TWO_MODE // divisor
    ends = draw.integers(0, rows, TWO_MODE_TIES // divisor), draw.integers(0, columns, TWO_MODE_TIES // divisor)
    incidence = sparse.csr_array((np.ones(len(ends[0])), ends), shape=(rows, columns))
    incidence.data[:] = 1
    graph = bipartite.from_biadjacency_matrix(incidence)
    first = range(rows)
    (ours, _), seconds = timed(lambda: two_mode_centrality(incidence))
    peers = (bipartite.degree_centrality, bipartite.closeness_centrality, bipartite.betweenness_centrality)
    beside, taken = timed(lambda: [measure(graph, first) for measure in peers])
    theirs = np.hstack([column(values, first) for values in beside])
    equal = same(ours[["degree", "closeness", "betweenness"]].to_numpy(), theirs)
    one, other = incidence.tocoo().coords
    light = igraph.Graph(n=rows + columns, edges=np.column_stack((one, other + rows)))
    (_, _, between), of_igraph = timed(lambda: (light.degree(), light.closeness(), light.betweenness()))
    shares = ours["betweenness"].to_numpy()
    top = int(np.argmax(shares))  # what igraph gives is not yet by the most that a node of its mode could have
    same(shares[:, None], (np.array(between[:rows]) * shares[top] / between[top])[:, None])
    times = {NETWORKX: taken, IGRAPH: of_igraph}
    return [Result("two-mode degree, closeness, betweenness", seconds, times, f"equal to {equal}")]


def keys(divisor: int) -> list[Result]:
    """Compare the search for key players with a plain greedy search by the parts that the peers find."""
    size = KEY_SIZE // divisor
    draw = np.random.default_rng(6)
    ends = draw.integers(0, size, (2, size * 6 // 5))  # so few ties that single bodies hold parts together
    tied = either_way(checked_adjacency(sparse.coo_array((np.ones(ends.shape[1]), tuple(ends)), shape=(size, size))))
    graph, light = nx.from_scipy_sparse_array(tied), graph_of(tied)
    ours, seconds = timed(lambda: key_players(tied, KEY_PLAYERS))

    def left(chosen: set[int]) -> float:
        parts = nx.connected_components(graph.subgraph(set(graph) - chosen))
        return float(sum(len(part) * (len(part) - 1) for part in parts))

    def left_in_igraph(chosen: set[int]) -> float:
        parts = np.array(light.induced_subgraph(sorted(set(range(size)) - chosen)).connected_components().sizes())
        return float((parts * (parts - 1)).sum())

    def greedy(cost: Callable[[set[int]], float]) -> set[int]:
        chosen: set[int] = set()
        while len(chosen) < KEY_PLAYERS:
            chosen.add(min(set(range(size)) - chosen, key=lambda node: cost(chosen | {node})))
        return chosen

    remaining = size - KEY_PLAYERS
    times, scores = {}, []
    for peer, cost in ((NETWORKX, left), (IGRAPH, left_in_igraph)):
        chosen, times[peer] = timed(lambda cost=cost: greedy(cost))
        scores.append(1 - left(chosen) / (remaining * (remaining - 1)))
    numbers = f"fragmentation {ours.score:.4f}, greedy {max(scores):.4f}"
    return [Result(f"key players, {KEY_PLAYERS} of {size:,}", seconds, times, numbers)]


def report(divisor: int) -> str:
    """Measure everything and return the table; sizes are divided by `divisor`."""
    size = SIZE // divisor
    networks = {"random": random_network(size), "hubs and close groups": uneven_network(size)}
    lines = [
        result.row(f"{name}, {size:,} nodes")
        for name, network in networks.items()
        for result in (*of_every_node(network), *by_distance(network), *of_structure(network))
    ]
    lines += [result.row("random") for result in (*two_modes(divisor), *keys(divisor))]
    head = [
        "# Measures beside their peers",
        "",
        "Made by `benchmarks/measures.py`: networks of about five ties a node as in [brokerage](brokerage.md), read",
        "without directions; of two modes 2,500 bodies in 300 groups. Seconds of the processor, the quickest of many",
        "runs where they are short. The peers' graphs are made before their time starts; ours begins with the matrix.",
        "python-igraph stands in every row in which it has the measure; its Leiden runs as many iterations as ours.",
        "Brokerage, constraint and betweenness have tables of their own. A run stops when numbers differ from peers'.",
        "",
        f"Machine: {machine()}. Libraries: {libraries('scipy', 'networkx', 'igraph', 'rustworkx', 'networkit')}.",
        "",
        "| measure | network | Tsunagari | networkx | python-igraph | Tsunagari by the faster peer | numbers |",
        "|---|---|---:|---:|---:|---:|---|",
    ]
    _, making = best(lambda: graph_of(either_way(networks["random"])))
    foot = [
        "",
        "Above 1 Tsunagari takes longer. networkx's closeness and harmonic centrality are extrapolated. To make",
        f"igraph's graph of the random network from the matrix, which is not in its times, takes {making:.4f} s.",
        "",
    ]
    return "\n".join([*head, *lines, *foot])


def main() -> None:
    """Measure, print and write the table."""
    write_table(report, (1, QUICK), "a tenth of the sizes, written nowhere", RESULTS, __doc__)


if __name__ == "__main__":
    main()

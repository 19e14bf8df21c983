"""The other measures of networks beside what a user would otherwise take: equal numbers, and how long each takes.

Run from the repository: ``.venv/bin/python benchmarks/measures.py`` (about a minute; ``--quick``: a tenth of the
sizes, written nowhere). The table goes to ``results/measures.md``. Everything counts seconds of the processor. Where a
peer takes too long it is asked for a sample of the nodes, and its time is extrapolated to all of them.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
from betweenness import graph_of, timed
from brokerage import groups_of, random_network, same, uneven_network
from networkx.algorithms import bipartite
from scipy import sparse
from surroundings import libraries, machine

from tsunagari.graph import centrality, closeness, connectivity
from tsunagari.graph.adjacency import checked_adjacency, either_way
from tsunagari.graph.communities import communities
from tsunagari.graph.key_players import key_players
from tsunagari.graph.mixing import mixing
from tsunagari.graph.two_mode import two_mode_centrality

RESULTS = Path(__file__).parent / "results" / "measures.md"
SIZE, GROUPS_OF_TWO_MODE, TWO_MODE_TIES = 10_000, 300, 5_000
SAMPLE = 100
QUICK = 10  # what sizes are divided by to try the benchmark itself
KEY_SIZE, KEY_PLAYERS = 1_000, 3

Result = tuple[str, float, str, float, str]  # measure, our seconds, peer, its seconds, how equal


def column(values: Any, nodes: range) -> Any:
    """Return the values of a peer, by node, as a table of one column."""
    return np.array([values[node] for node in nodes], dtype=float)[:, None]


def of_every_node(weighted: Any) -> list[Result]:
    """Compare the measures that give each node a number."""
    tied, nodes = either_way(weighted), range(weighted.shape[0])
    both = sparse.csr_array(weighted + weighted.T)
    graph, heavy = nx.from_scipy_sparse_array(tied), nx.from_scipy_sparse_array(both)
    cases: list[tuple[str, Callable[[], Any], Callable[[], Any]]] = [
        ("degree", lambda: centrality.degree(tied), lambda: dict(graph.degree())),
        ("strength", lambda: centrality.strength(both), lambda: dict(heavy.degree(weight="weight"))),
        ("PageRank", lambda: centrality.pagerank(both), lambda: nx.pagerank(heavy, max_iter=1000, tol=1e-14)),
        ("coreness", lambda: centrality.coreness(tied), lambda: nx.core_number(graph)),
    ]
    found = []
    for name, ours, theirs in cases:
        values, seconds = timed(ours)
        beside, taken = timed(theirs)
        found.append((name, seconds, "networkx", taken, f"equal to {same(values[:, None], column(beside, nodes))}"))
    values, seconds = timed(lambda: centrality.eigenvector(tied))
    of_igraph = graph_of(tied)
    vector, taken = timed(lambda: np.array(of_igraph.eigenvector_centrality(scale=False)))
    equal = same(values[:, None], (np.abs(vector) / np.linalg.norm(vector))[:, None])
    return [*found, ("eigenvector", seconds, "python-igraph", taken, f"equal to {equal}")]  # networkx wants one part


def by_distance(weighted: Any) -> list[Result]:
    """Compare closeness and harmonic centrality, exactly, with a sample of the nodes at the peer."""
    tied, size = either_way(weighted), int(weighted.shape[0])
    graph = nx.from_scipy_sparse_array(tied)
    asked = sorted(np.random.default_rng(4).choice(size, min(SAMPLE, size), replace=False).tolist())
    near, seconds = timed(lambda: closeness.closeness(tied))
    beside, taken = timed(lambda: [nx.closeness_centrality(graph, u=node) for node in asked])
    equal = same(near[asked][:, None], np.array(beside)[:, None])
    found = [("closeness", seconds, "networkx (extrapolated)", taken * size / len(asked), f"equal to {equal}")]
    mean, seconds = timed(lambda: closeness.harmonic(tied))
    sums, taken = timed(lambda: nx.harmonic_centrality(graph, nbunch=asked))
    equal = same(mean[asked][:, None] * (size - 1), np.array([sums[node] for node in asked])[:, None])
    return [*found, ("harmonic", seconds, "networkx (extrapolated)", taken * size / len(asked), f"equal to {equal}")]


def of_structure(weighted: Any) -> list[Result]:
    """Compare cut points, bridges, blocks, communities, mixing."""
    tied, size = either_way(weighted), int(weighted.shape[0])
    graph = nx.from_scipy_sparse_array(tied)
    cases: list[tuple[str, Callable[[], Any], Callable[[], Any]]] = [
        ("cut points", lambda: connectivity.cut_points(tied), lambda: nx.articulation_points(graph)),
        ("bridges", lambda: connectivity.bridges(tied), lambda: (tuple(sorted(pair)) for pair in nx.bridges(graph))),
        (
            "blocks",
            lambda: [tuple(block) for block in connectivity.blocks(tied)],
            lambda: (tuple(sorted(block)) for block in nx.biconnected_components(graph)),
        ),
    ]
    found = []
    for name, ours, theirs in cases:
        values, seconds = timed(lambda ours=ours: sorted(ours()))
        beside, taken = timed(lambda theirs=theirs: sorted(theirs()))
        if [*map(str, values)] != [*map(str, beside)]:
            raise SystemExit(f"{name} differ from the peer's.")
        found.append((name, seconds, "networkx", taken, f"the same {len(values):,}"))
    parts, seconds = timed(lambda: communities(tied))
    other, taken = timed(lambda: graph_of(tied).community_leiden("modularity", n_iterations=-1))
    of_igraph = float(other.modularity)
    equal = f"modularity {parts.modularity:.3f}, igraph {of_igraph:.3f}"
    found.append(("communities (Leiden)", seconds, "python-igraph", taken, equal))
    groups = groups_of(size).tolist()
    mixed, seconds = timed(lambda: mixing(tied, groups))
    nx.set_node_attributes(graph, dict(enumerate(groups)), "group")
    order = {group: place for place, group in enumerate(mixed.ties.index)}
    table, taken = timed(lambda: nx.attribute_mixing_matrix(graph, "group", mapping=order, normalized=False))
    ours = mixed.ties.to_numpy(dtype=float)
    equal = same(ours, table - np.diag(np.diag(table)) / 2)  # networkx counts a tie inside a group twice
    return [*found, ("group × group ties, E-I", seconds, "networkx", taken, f"equal to {equal}")]


def two_modes(divisor: int) -> list[Result]:
    """Compare the two-mode centralities; the peer's betweenness takes most of its time."""
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
    return [("two-mode degree, closeness, betweenness", seconds, "networkx", taken, f"equal to {equal}")]


def keys(divisor: int) -> list[Result]:
    """Compare the search for key players with a plain greedy search in networkx."""
    size = KEY_SIZE // divisor
    draw = np.random.default_rng(6)
    ends = draw.integers(0, size, (2, size * 6 // 5))  # so few ties that single bodies hold parts together
    tied = either_way(checked_adjacency(sparse.coo_array((np.ones(ends.shape[1]), tuple(ends)), shape=(size, size))))
    graph = nx.from_scipy_sparse_array(tied)
    ours, seconds = timed(lambda: key_players(tied, KEY_PLAYERS))

    def left(chosen: set[int]) -> float:
        parts = nx.connected_components(graph.subgraph(set(graph) - chosen))
        return float(sum(len(part) * (len(part) - 1) for part in parts))

    def greedy() -> set[int]:
        chosen: set[int] = set()
        while len(chosen) < KEY_PLAYERS:
            chosen.add(min(set(graph) - chosen, key=lambda node: left(chosen | {node})))
        return chosen

    chosen, taken = timed(greedy)
    remaining = size - KEY_PLAYERS
    theirs = 1 - left(chosen) / (remaining * (remaining - 1))
    equal = f"fragmentation {ours.score:.4f}, peer {theirs:.4f}"
    return [(f"key players, {KEY_PLAYERS} of {size:,}", seconds, "greedy search in networkx", taken, equal)]


def report(divisor: int) -> str:
    """Measure everything and return the table; sizes are divided by `divisor`."""
    size = SIZE // divisor
    networks = {"random": random_network(size), "hubs and close groups": uneven_network(size)}
    results = [
        (f"{name}, {size:,} nodes", result)
        for name, network in networks.items()
        for result in (*of_every_node(network), *by_distance(network), *of_structure(network))
    ]
    results += [("random", result) for result in (*two_modes(divisor), *keys(divisor))]
    lines = [
        "# Measures beside their peers",
        "",
        "Made by `benchmarks/measures.py`: networks of about five ties a node as in [brokerage](brokerage.md), read",
        "without directions; of two modes 2,500 bodies in 300 groups. Seconds of the processor. Brokerage, constraint",
        "and betweenness have tables of their own. A run stops when numbers differ from the peer's.",
        "",
        f"Machine: {machine()}. Libraries: {libraries('scipy', 'networkx', 'igraph', 'rustworkx', 'networkit')}.",
        "",
        "| measure | network | Tsunagari | peer | its time | ratio | numbers |",
        "|---|---|---:|---|---:|---:|---|",
        *(
            f"| {name} | {network} | {ours:.3f} s | {peer} | {theirs:,.3f} s | {theirs / max(ours, 1e-4):,.1f} × "
            f"| {equal} |"
            for network, (name, ours, peer, theirs, equal) in results
        ),
        "",
        "A ratio below 1 means that Tsunagari takes longer. Rank intervals have no peer.",
        "",
    ]
    return "\n".join(lines)


def main() -> None:
    """Measure, print and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of the sizes, written nowhere")
    quick = parser.parse_args().quick
    text = report(QUICK if quick else 1)
    sys.stdout.write(text)
    if not quick:
        RESULTS.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()

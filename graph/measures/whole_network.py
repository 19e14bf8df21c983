"""A network as a whole in figures: density, parts, distances, reciprocity, transitivity, centralization.

Definitions: S. Wasserman & K. Faust (1994), Social Network Analysis, chapters 4-6 and 13; centralization: L. C. Freeman
(1978), "Centrality in social networks: conceptual clarification", Social Networks 1(3); connectedness: D. Krackhardt
(1994), "Graph theoretical dimensions of informal organizations"; fragmentation: S. P. Borgatti (2006). Numbers are
those of R's `sna` (gden, dyad.census, grecip "edgewise", gtrans, components, geodist, connectedness, centralization).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph

from tsunagari.graph.measures.adjacency import Adjacency, Floats, Integers, checked_adjacency, either_way
from tsunagari.graph.measures.brokerage import density
from tsunagari.graph.measures.closed_paths import closed_sums
from tsunagari.graph.measures.connectivity import bridges, parts_without
from tsunagari.graph.measures.estimate import SEED
from tsunagari.graph.measures.hops import FARTHEST, UNREACHED, hop_blocks, neighbour_lists
from tsunagari.graph.measures.sampled_betweenness import betweenness_estimate

EXACT_WORK = 1_000_000_000
"""Bodies times ties (each both ways) up to which distances and betweenness are exact: some seconds."""
SOURCES = 1_024
"""Bodies from which distances are measured beyond that."""
AT_ONCE = 512


@dataclass(frozen=True, slots=True)
class WholeNetwork:
    """Figures of a network.

    Parameters
    ----------
    values
        Name to figure, in the order in which tables show them; NaN where there is none.
    sources
        Bodies from which distances were measured; 0 where from all.
    """

    values: dict[str, float]
    sources: int = 0


def whole_network(adjacency: Any, *, exact_work: int = EXACT_WORK, seed: int = SEED) -> WholeNetwork:
    """Return the figures of a network as a whole.

    Parameters
    ----------
    adjacency
        Square matrix, rows send to columns; symmetric for an undirected network. Weights are not looked at.
    exact_work
        Bodies times ties up to which distances and betweenness are exact; beyond, both are sampled, and the diameter
        is the longest distance that was met.
    seed
        Of the sample.

    Returns
    -------
    WholeNetwork
        ``bodies``, ``ties`` (ordered pairs that are tied, each direction one), ``density`` (share of the ordered
        pairs), ``mutual`` and ``one_way`` (pairs of bodies tied both ways, or one way), ``reciprocity`` (share of the
        ties that are returned), ``transitivity`` (share of the paths a → b → c, a ≠ c, that a tie a → c closes),
        ``mean_degree`` (different contacts), ``max_in_degree``, ``max_out_degree``, ``isolates``, ``components``
        (directions ignored), ``largest_component`` (bodies), ``connectedness`` (share of the pairs that are connected),
        ``fragmentation`` (1 less that), ``mean_distance`` and ``diameter`` (steps between connected pairs, directions
        ignored), ``cut_points``, ``bridges``, and the centralization, 0 to 1, by ``degree`` (contacts), ``in_degree``,
        ``out_degree`` and ``betweenness``: how far the first stands above all others, as a share of what a star gives.
        NaN where nothing is there to measure: without ties, or with fewer than three bodies.

    Raises
    ------
    NetworkError
        The matrix is no sound adjacency matrix.

    Examples
    --------
    >>> star = whole_network([[0, 1, 1, 1], [1, 0, 0, 0], [1, 0, 0, 0], [1, 0, 0, 0]]).values
    >>> [star[name] for name in ("density", "reciprocity", "transitivity", "diameter", "degree_centralization")]
    [0.5, 1.0, 0.0, 2.0, 1.0]
    """
    matrix = checked_adjacency(adjacency)
    tied = either_way(matrix)
    size = int(matrix.shape[0])
    few = size * tied.nnz <= exact_work
    steps, pairs, longest, sources = _distances(tied, few, seed)
    inside, outside = (np.bincount(ends, minlength=size) for ends in (matrix.indices, matrix.tocoo().coords[0]))
    values = pair_figures(matrix) | _parts(tied)
    values |= {"mean_distance": steps / pairs if pairs else np.nan, "diameter": longest if pairs else np.nan}
    values |= {"cut_points": float((parts_without(tied) > 1).sum()), "bridges": float(len(bridges(tied)))}
    degrees = np.diff(tied.indptr).astype(np.float64)
    values |= {
        "mean_degree": float(degrees.mean()) if size else np.nan,
        "max_in_degree": float(inside.max(initial=0)),
        "max_out_degree": float(outside.max(initial=0)),
        "degree_centralization": centralization(degrees, (size - 1) * (size - 2)),
        "in_degree_centralization": centralization(inside.astype(np.float64), (size - 1) ** 2),
        "out_degree_centralization": centralization(outside.astype(np.float64), (size - 1) ** 2),
        "betweenness_centralization": _by_betweenness(tied, exact_work),
    }
    return WholeNetwork({name: values[name] for name in FIGURES}, sources)


FIGURES = (
    *("bodies", "ties", "density", "mutual", "one_way", "reciprocity", "transitivity", "mean_degree", "max_in_degree"),
    *("max_out_degree", "isolates", "components", "largest_component", "connectedness", "fragmentation"),
    *("mean_distance", "diameter", "cut_points", "bridges", "degree_centralization", "in_degree_centralization"),
    *("out_degree_centralization", "betweenness_centralization"),
)


def centralization(values: Floats, most: float) -> float:
    """Return by how much the first stands above all others, as a share of the most that is possible (Freeman 1978).

    NaN for fewer than three values.

    Examples
    --------
    >>> centralization(np.array([3.0, 1.0, 1.0, 1.0]), 6)
    1.0
    """
    return float((values.max() - values).sum() / most) if len(values) > 2 else np.nan


def pair_figures(matrix: Adjacency) -> dict[str, float]:
    """Return the figures of `whole_network` that follow from pairs and two-step paths alone, for a checked matrix.

    Examples
    --------
    >>> found = pair_figures(checked_adjacency([[0, 1, 1], [0, 0, 1], [0, 0, 0]]))
    >>> found["ties"], found["reciprocity"], found["transitivity"]
    (3.0, 0.0, 1.0)
    """
    size, ties = int(matrix.shape[0]), int(matrix.nnz)
    turned = matrix.T.tocsr()
    returned = int(matrix.multiply(turned).nnz)
    ones = np.ones(ties, dtype=np.uint64)
    closed = float(closed_sums(matrix, ones, ones).sum())
    paths = float((np.diff(matrix.indptr) * np.diff(turned.indptr).astype(np.int64)).sum()) - returned
    return {
        "bodies": float(size),
        "ties": float(ties),
        "density": density(matrix) if size > 1 else np.nan,
        "mutual": returned / 2,
        "one_way": float(ties - returned),
        "reciprocity": returned / ties if ties else np.nan,
        "transitivity": closed / paths if paths else np.nan,
    }


def _parts(tied: Adjacency) -> dict[str, float]:
    size = int(tied.shape[0])
    number, part = csgraph.connected_components(tied, directed=False) if size else (0, np.zeros(0, dtype=np.int64))
    sizes = np.bincount(part, minlength=1).astype(np.float64)
    pairs = float(size) * (size - 1)
    connected = float((sizes * (sizes - 1)).sum()) / pairs if pairs else np.nan
    return {
        "isolates": float((np.diff(tied.indptr) == 0).sum()),
        "components": float(number),
        "largest_component": float(sizes.max(initial=0)),
        "connectedness": connected,
        "fragmentation": 1 - connected,
    }


def _distances(tied: Adjacency, exact: bool, seed: int) -> tuple[float, float, float, int]:
    """Return the steps between connected pairs, the number of pairs, the longest distance, and the sources drawn."""
    size = int(tied.shape[0])
    sources: Integers = np.arange(size)
    if not exact and size > SOURCES:
        sources = np.sort(np.random.default_rng(seed).choice(size, SOURCES, replace=False))
    steps = pairs = longest = 0.0
    for first in range(0, len(sources), AT_ONCE):
        for distances in _from(tied, sources[first : first + AT_ONCE]):
            reached = (distances > 0) & np.isfinite(distances)
            steps += float(distances[reached].sum())
            pairs += float(reached.sum())
            longest = max(longest, float(distances[reached].max(initial=0)))
    return steps, pairs, longest, 0 if len(sources) == size else len(sources)


def _from(tied: Adjacency, sources: Integers) -> Any:
    """Yield distances from some bodies; very long ways, for which a byte does not do, are found one by one."""
    present = sparse.csr_array(
        (np.ones(len(sources)), (np.arange(len(sources)), sources)), shape=(len(sources), tied.shape[0])
    )
    for first, hops in hop_blocks(neighbour_lists(tied), present):
        if int(hops[hops < UNREACHED].max(initial=0)) >= FARTHEST:
            rows = sources[first : first + len(hops)]
            yield csgraph.shortest_path(tied, unweighted=True, directed=False, indices=rows)
        else:
            yield np.where(hops == UNREACHED, np.inf, hops)


def _by_betweenness(tied: Adjacency, exact_work: int) -> float:
    found = betweenness_estimate(tied, exact_work=exact_work).values
    return centralization(found, len(found) - 1)

"""Structural holes: how far a body's contacts are tied to each other, and so hold it or leave it free to broker.

Source: R. S. Burt (1992), *Structural Holes*, chapter 2, with weights and directions as there: the proportion of i's
ties spent on j is p_ij = (a_ij + a_ji) / Σ_k (a_ik + a_ki), over the whole network. Checked against S. P. Borgatti
(1997), "Structural Holes: Unpacking Burt's Redundancy Measures", Connections 20(1).
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from tsunagari.graph.adjacency import Floats, Graph, Integers, adjacency_of, checked_adjacency
from tsunagari.graph.triangles import Pairs, Triangles, iterate_triangles, tied_pairs

COLUMNS = ("constraint", "effective_size", "efficiency")


def structural_holes(adjacency: Any) -> pd.DataFrame:
    """Compute Burt's constraint, effective size and efficiency of every node, exactly.

    Self ties are ignored. An isolate has no value (NaN) in any column; an empty network has no row.

    Parameters
    ----------
    adjacency
        Square matrix of weights, rows send to columns; symmetric for an undirected network.

    Returns
    -------
    DataFrame
        One row a node in the order of the matrix. ``constraint`` Σ_j (p_ij + Σ_q p_iq p_qj)², above 0; one contact
        gives 1, and a triad 1.125: values above 1 are right. ``effective_size`` Σ_j (1 − Σ_q p_iq m_jq) with m_jq the
        tie of j and q as a share of j's strongest, between 1 and the number of contacts. ``efficiency`` effective
        size by number of contacts, above 0 and at most 1.

    Raises
    ------
    NetworkError
        The matrix is not square, or a weight is negative or not a number.

    Examples
    --------
    >>> structural_holes([[0, 1, 1], [1, 0, 1], [1, 1, 0]])["constraint"].tolist()
    [1.125, 1.125, 1.125]
    """
    pairs = tied_pairs(checked_adjacency(adjacency))
    both = pairs.forward + pairs.backward
    contacts = np.bincount(pairs.low, minlength=pairs.size) + np.bincount(pairs.high, minlength=pairs.size)
    strength = _sums(pairs, both, both)
    strongest = np.zeros(pairs.size)
    np.maximum.at(strongest, np.r_[pairs.low, pairs.high], np.r_[both, both])
    share = (both / strength[pairs.low], both / strength[pairs.high])
    relative = (both / strongest[pairs.low], both / strongest[pairs.high])
    indirect = (np.zeros(len(both)), np.zeros(len(both)))
    redundant = np.zeros(pairs.size)
    for block in iterate_triangles(pairs):
        _add_indirect(indirect, share, block)
        redundant += _redundancy(pairs, share, relative, block)
    isolated = contacts == 0
    constraint = _sums(pairs, (share[0] + indirect[0]) ** 2, (share[1] + indirect[1]) ** 2)
    effective = np.where(isolated, np.nan, contacts - redundant)
    return pd.DataFrame(
        {
            "constraint": np.where(isolated, np.nan, constraint),
            "effective_size": effective,
            "efficiency": effective / np.where(isolated, 1, contacts),
        }
    )


def graph_structural_holes(graph: Graph, *, weight: str | None = "weight") -> pd.DataFrame:
    """Compute the measures for a networkx graph; the rows are named by the nodes, parallel ties are added up.

    Examples
    --------
    >>> import networkx as nx
    >>> float(graph_structural_holes(nx.star_graph(4)).loc[0, "constraint"])
    0.25
    """
    matrix, nodes = adjacency_of(graph, weight=weight)
    return structural_holes(matrix).set_axis(pd.Index(nodes, dtype=object), axis="index")


def _sums(pairs: Pairs, of_low: Floats, of_high: Floats) -> Floats:
    """Add up what each node has over its pairs."""
    return _total(pairs.low, of_low, pairs.size) + _total(pairs.high, of_high, pairs.size)


def _total(numbers: Integers, values: Floats, size: int) -> Floats:
    """Add up the values of each number; bincount's integers for an empty list become floats."""
    return np.bincount(numbers, weights=values, minlength=size).astype(np.float64)


def _add_indirect(indirect: tuple[Floats, Floats], share: tuple[Floats, Floats], block: Triangles) -> None:
    """Add p_iq · p_qj to both directions of the three pairs of each triangle."""
    up, down = share
    uv, vw, uw = block.uv, block.vw, block.uw
    size = len(up)
    indirect[0][:] += _total(uv, up[uw] * down[vw], size)
    indirect[1][:] += _total(uv, up[vw] * down[uw], size)
    indirect[0][:] += _total(vw, down[uv] * up[uw], size)
    indirect[1][:] += _total(vw, down[uw] * up[uv], size)
    indirect[0][:] += _total(uw, up[uv] * up[vw], size)
    indirect[1][:] += _total(uw, down[vw] * down[uv], size)


def _redundancy(
    pairs: Pairs, share: tuple[Floats, Floats], relative: tuple[Floats, Floats], block: Triangles
) -> Floats:
    """Add up p_iq · m_jq for each node i of a triangle and the two others as j and q, in both orders."""
    up, down = share
    forward, backward = relative
    uv, vw, uw = block.uv, block.vw, block.uw
    u, v, w = pairs.low[uv], pairs.high[uv], pairs.high[vw]
    terms: tuple[tuple[Integers, Floats], ...] = (
        (u, up[uv] * backward[vw] + up[uw] * forward[vw]),
        (v, down[uv] * backward[uw] + up[vw] * forward[uw]),
        (w, down[uw] * backward[uv] + down[vw] * forward[uv]),
    )
    return sum((_total(node, term, pairs.size) for node, term in terms), start=np.zeros(pairs.size))

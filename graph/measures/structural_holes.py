"""Structural holes: how far a body's contacts are tied to each other, and so hold it or leave it free to broker.

Source: R. S. Burt (1992), *Structural Holes*, chapter 2, with weights and directions as there: z_ij = a_ij + a_ji is
what ties i and j, p_ij = z_ij / Σ_k z_ik the share of i's ties that it spends on j, and m_ij = z_ij / max_k z_ik the
tie as a share of i's strongest. Checked against S. P. Borgatti (1997), "Structural Holes: Unpacking Burt's Redundancy
Measures", Connections 20(1).

Which k a contact's share is taken over is a choice, offered under the two names it has in UCINET (S. P. Borgatti, M. G.
Everett & L. C. Freeman 2002, *Ucinet for Windows*, Network > Ego Networks > Structural Holes):

=========  ===========================================================================================================
model      a contact's ties
=========  ===========================================================================================================
``whole``  all of them, also those to bodies that ego is not tied to: as in networkx and igraph
``ego``    those to ego and to ego's contacts only, as if the rest of the network did not exist: UCINET's default
=========  ===========================================================================================================

The two differ only where a contact has ties that lead out of ego's network, and never for effective size without
weights.
"""

from __future__ import annotations

from typing import Any, Literal, TypeAlias

import numpy as np
import pandas as pd
from scipy import sparse

from tsunagari.errors import Message, UnknownNameError
from tsunagari.graph.measures.adjacency import Adjacency, Floats, Graph, Integers, adjacency_of, checked_adjacency
from tsunagari.graph.measures.closed_paths import closed_sums, largest_closed

COLUMNS = ("constraint", "effective_size", "efficiency", "hierarchy")
MODELS = ("whole", "ego")
Model: TypeAlias = Literal["whole", "ego"]


def structural_holes(adjacency: Any, *, model: Model = "whole") -> pd.DataFrame:
    """Compute Burt's constraint, effective size, efficiency and hierarchy of every node, exactly.

    Self ties are ignored. An isolate has no value (NaN) in any column; an empty network has no row.

    Parameters
    ----------
    adjacency
        Square matrix of weights, rows send to columns; symmetric for an undirected network.
    model
        ``"whole"`` or ``"ego"``, see above.

    Returns
    -------
    DataFrame
        One row a node in the order of the matrix; j and q are contacts of i.
        ``constraint`` Σ_j c_ij with c_ij = (p_ij + Σ_q p_iq p_qj)², above 0; one contact gives 1, and a triad 1.125:
        values above 1 are right.
        ``effective_size`` Σ_j (1 − Σ_q p_iq m_jq), between 1 and the number of contacts.
        ``efficiency`` effective size by number of contacts, above 0 and at most 1.
        ``hierarchy`` Σ_j r_ij ln r_ij / (N ln N) with r_ij = c_ij N / constraint and N the number of contacts (Burt
        1992, p. 71, after J. S. Coleman's and H. Theil's index): 0 when each contact constrains the same, towards 1
        when one does it all; 1 for a single contact.

    Raises
    ------
    NetworkError
        The matrix is not square, or a weight is negative or not a number.
    UnknownNameError
        There is no such model.

    Examples
    --------
    >>> structural_holes([[0, 1, 1], [1, 0, 1], [1, 1, 0]])["constraint"].tolist()
    [1.125, 1.125, 1.125]
    """
    if model not in MODELS:
        raise UnknownNameError(
            Message(f"「{model}」というモデルはありません。", f"There is no model {model!r}."),
            Message("使えるモデル: whole、ego", "Models: whole, ego"),
        )
    matrix = checked_adjacency(adjacency)
    ties = sparse.csr_array(matrix + matrix.T.tocsr())
    rows = np.repeat(np.arange(ties.shape[0]), np.diff(ties.indptr))
    share = ties.data / _sums(rows, ties.data, ties.shape[0])[rows]
    indirect, redundant = (_in_whole_network if model == "whole" else _in_ego_network)(ties, rows)
    return _measures(rows, np.diff(ties.indptr), (share + indirect) ** 2, redundant)


def graph_structural_holes(graph: Graph, *, weight: str | None = "weight", model: Model = "whole") -> pd.DataFrame:
    """Compute the measures for a networkx graph; the rows are named by the nodes, parallel ties are added up.

    Parameters
    ----------
    graph
        Directed or undirected.
    weight
        Edge attribute that holds the weight, 1 where a tie has none; None takes every tied pair as 1.
    model
        As for `structural_holes`.

    Examples
    --------
    >>> import networkx as nx
    >>> float(graph_structural_holes(nx.star_graph(4)).loc[0, "constraint"])
    0.25
    """
    matrix, nodes = adjacency_of(graph, weight=weight)
    return structural_holes(matrix, model=model).set_axis(pd.Index(nodes, dtype=object), axis="index")


def _in_whole_network(ties: Adjacency, rows: Integers) -> tuple[Floats, Floats]:
    """Return for each tie i, j what i spends on j through others, Σ_q p_iq p_qj, and Σ_q p_iq m_jq."""
    size, columns = int(ties.shape[0]), ties.indices
    strength = _sums(rows, ties.data, size)
    strongest = np.zeros(size)
    np.maximum.at(strongest, rows, ties.data)
    onward = ties.data / strength[rows] + 1j * ties.data / strongest[columns]
    found = closed_sums(ties, ties.data / strength[columns], onward)
    return found.real, found.imag


def _in_ego_network(ties: Adjacency, rows: Integers) -> tuple[Floats, Floats]:
    """Return the same two sums with p_qj and m_jq taken over i and its contacts only."""
    size, columns, weights = int(ties.shape[0]), ties.indices, ties.data
    turned = sparse.csr_array((np.arange(len(weights)), columns, ties.indptr), shape=ties.shape).tocsc().data
    of_contact = weights + closed_sums(ties, np.ones(len(weights)), weights)
    strongest = weights.copy()
    if len(weights) and weights.min() != weights.max():
        np.maximum(strongest, largest_closed(ties, weights), out=strongest)
    share = weights / _sums(rows, weights, size)[columns]
    found = closed_sums(ties, share / of_contact[turned] + 1j * share, weights)
    return found.real, found.imag / strongest


def _measures(rows: Integers, contacts: Integers, constraint: Floats, redundant: Floats) -> pd.DataFrame:
    """Put the measures together from the number of contacts, c_ij and the redundancy of each tie."""
    size = len(contacts)
    alone, number = contacts == 0, np.maximum(contacts, 1)
    total = np.where(alone, np.nan, _sums(rows, constraint, size))
    effective = np.where(alone, np.nan, contacts - _sums(rows, redundant, size))
    part = constraint * number[rows] / total[rows]
    spread = number * np.log(np.maximum(number, 2))
    hierarchy = np.where(number > 1, _sums(rows, part * np.log(part), size) / spread, 1.0)
    return pd.DataFrame(
        {
            "constraint": total,
            "effective_size": effective,
            "efficiency": effective / number,
            "hierarchy": np.where(alone, np.nan, hierarchy),
        }
    )


def _sums(rows: Integers, values: Floats, size: int) -> Floats:
    """Add up the values of each row; bincount's integers for an empty list become floats."""
    return np.bincount(rows, weights=values, minlength=size).astype(np.float64)

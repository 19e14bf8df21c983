"""Networks of one graph against each other: who is tied by whom else it meets, by sector, by place."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from tsunagari.errors import Message, NetworkError
from tsunagari.graph.centre.bibliography import defined_by
from tsunagari.graph.inference import mrqap, qap_correlation
from tsunagari.graph.measures import Adjacency
from tsunagari.graph.networks import NAMED, partition_of

MOST_BODIES = 4_000
"""Bodies of which every pair fits in memory; a matrix has as many cells as they have pairs."""
BETWEEN = ("ties", "comembers", "collaboration")

Read = Callable[[str], tuple[Adjacency, pd.DataFrame]]
Dense = npt.NDArray[np.float64]


def regress_networks(
    read: Read, outcome: str, predictors: Sequence[str], *, draws: int = 1_000, seed: int = 0, lang: str = "ja"
) -> pd.DataFrame:
    """Regress a network on others of the same bodies, each tested by permuting bodies (MRQAP).

    Parameters
    ----------
    read
        From the name of a network to its matrix and its nodes, with what partitions need.
    outcome
        ``ties``, ``comembers`` or ``collaboration``: whether two bodies are tied is explained (linear probability).
    predictors
        Networks of the same names, or partitions (``sector``, ``prefecture``, …): whether two bodies are tied there, or
        are in one group.
    draws, seed
        Permutations for each predictor.
    lang
        ``"ja"`` or ``"en"``.

    Returns
    -------
    DataFrame
        See `tsunagari.graph.inference.qap.mrqap`: ``predictor``, ``estimate`` (change in the share of tied pairs),
        ``p_high``, ``p_low``, ``p``, ``draws``; ``attrs["r_squared"]``, and ``attrs["bodies"]``, how many are compared.

    Raises
    ------
    NetworkError
        There are more than `MOST_BODIES`, fewer than three, a network without ties, or predictors that explain each
        other.
    UnknownNameError
        There is no such network or partition.
    """
    matrices, bodies = _matrices(read, (outcome, *predictors), lang)
    target, *given = matrices
    found = mrqap(target, dict(zip(predictors, given, strict=True)), draws=draws, seed=seed)
    found.attrs["bodies"] = bodies
    return defined_by(found, ["mrqap"])


def correlate_networks(
    read: Read, one: str, other: str, *, draws: int = 1_000, seed: int = 0, lang: str = "ja"
) -> pd.DataFrame:
    """Correlate two networks (or a network and a partition) of the same bodies by QAP, see `regress_networks`.

    Returns
    -------
    DataFrame
        One row, see `tsunagari.graph.inference.qap.qap_correlation`; ``attrs["bodies"]`` is how many are compared.
    """
    (first, second), bodies = _matrices(read, (one, other), lang)
    found = qap_correlation(first, second, draws=draws, seed=seed)
    found.attrs["bodies"] = bodies
    return defined_by(found, ["qap"])


def _matrices(read: Read, names: Sequence[str], lang: str) -> tuple[list[Dense], int]:
    networks = {name: read(name) for name in dict.fromkeys((*names, BETWEEN[-1])) if name in BETWEEN}
    listed = [nodes.loc[nodes["kind"] == NAMED, "id"] for _, nodes in networks.values()]
    common = sorted(set.intersection(*(set(ids) for ids in listed)))
    if len(common) > MOST_BODIES:
        raise NetworkError(
            Message(
                f"団体が {len(common):,} あり、全ての組を比べられる上限の {MOST_BODIES:,} を超えます。",
                f"There are {len(common):,} bodies; every pair can be compared up to {MOST_BODIES:,}.",
            ),
            Message("範囲を絞った作業フォルダーで行ってください。", "Use a workspace of a narrower scope."),
        )
    nodes = networks[BETWEEN[-1]][1].set_index("id", drop=False).loc[common].reset_index(drop=True)
    found = []
    for name in names:
        if name in networks:
            matrix, own = networks[name]
            rows = pd.Index(own["id"]).get_indexer(pd.Index(common))
            found.append((matrix[rows][:, rows].toarray() > 0).astype(np.float64))
        else:
            groups = partition_of(nodes.assign(platforms=""), name, lang=lang)
            same = (groups.numbers[:, None] == groups.numbers[None, :]) & (groups.numbers != groups.unknown)[:, None]
            found.append(same.astype(np.float64))
    return found, len(common)

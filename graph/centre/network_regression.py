"""Networks of one graph against each other: who is tied by whom else it meets, by sector, by place.

Between bodies (one mode) every pair is compared; between bodies and what they belong to, offer or cover (two modes)
every body with each of these, and both sides are permuted on their own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from tsunagari.errors import Message, NetworkError
from tsunagari.graph.centre.bibliography import defined_by
from tsunagari.graph.inference import mrqap, qap_correlation
from tsunagari.graph.measures import Adjacency, missing_groups
from tsunagari.graph.networks import NAMED, TWO_MODE, partition_of

MOST_BODIES = 4_000
"""Bodies of which every pair fits in memory; a matrix has as many cells as they have pairs."""
BETWEEN = ("ties", "comembers", "collaboration")

Read = Callable[[str], tuple[Adjacency, pd.DataFrame]]
Dense = npt.NDArray[np.float64]
Compared: TypeAlias = "str | pd.DataFrame"
"""A network, a partition, or a matrix of one's own: rows and columns named by ids or labels."""


def regress_networks(
    read: Read,
    outcome: Compared,
    predictors: Sequence[str] | Mapping[str, Compared],
    *,
    draws: int = 1_000,
    seed: int = 0,
    lang: str = "ja",
) -> pd.DataFrame:
    """Regress a network on others of the same bodies, each tested by permuting bodies (MRQAP).

    Parameters
    ----------
    read
        From the name of a network to its matrix and its nodes, with what partitions need.
    outcome
        ``ties``, ``comembers`` or ``collaboration``: whether two bodies are tied is explained (linear probability); or
        ``members``, ``services`` or ``service_areas``: whether a body belongs there, offers that field, works there. Or
        a frame, whose values are explained.
    predictors
        Networks of the same modes, partitions (``sector``, ``prefecture``, …), in one mode whether two bodies are in
        one group, in two whether the body is in that of the platform or area; or frames. A mapping names them.
    draws, seed
        Permutations for each predictor.
    lang
        ``"ja"`` or ``"en"``.

    Returns
    -------
    DataFrame
        See `tsunagari.graph.inference.qap.mrqap`: ``predictor``, ``estimate`` (change in the share of tied pairs),
        ``p_high``, ``p_low``, ``p``, ``draws``; ``attrs["r_squared"]``, and ``attrs["bodies"]`` and, in two modes,
        ``attrs["others"]``, how many are compared.

    Raises
    ------
    NetworkError
        There are more than `MOST_BODIES`, fewer than three, a network without ties, networks of different modes, a
        frame without one of the bodies, or predictors that explain each other.
    UnknownNameError
        There is no such network or partition.
    """
    named = dict(predictors) if isinstance(predictors, Mapping) else {name: name for name in predictors}
    found = _matrices(read, (outcome, *named.values()), lang)
    target, *given = found.matrices
    table = mrqap(target, dict(zip(named, given, strict=True)), draws=draws, seed=seed, two_mode=found.two_mode)
    return defined_by(found.counted(table), ["mrqap"])


def correlate_networks(
    read: Read, one: Compared, other: Compared, *, draws: int = 1_000, seed: int = 0, lang: str = "ja"
) -> pd.DataFrame:
    """Correlate two networks (or a network and a partition or frame) of the same modes, see `regress_networks`.

    Returns
    -------
    DataFrame
        One row, see `tsunagari.graph.inference.qap.qap_correlation`; ``attrs["bodies"]`` is how many are compared, in
        two modes with ``attrs["others"]``.
    """
    found = _matrices(read, (one, other), lang)
    table = qap_correlation(*found.matrices, draws=draws, seed=seed, two_mode=found.two_mode)
    return defined_by(found.counted(table), ["qap"])


@dataclass(frozen=True, slots=True)
class _Matrices:
    """Matrices of one shape: of how many bodies, and of how many others in two modes."""

    matrices: list[Dense]
    two_mode: bool

    def counted(self, table: pd.DataFrame) -> pd.DataFrame:
        bodies, others = self.matrices[0].shape
        table.attrs |= {"bodies": bodies} | ({"others": others} if self.two_mode else {})
        return table


def _matrices(read: Read, asked: Sequence[Compared], lang: str) -> _Matrices:
    names = [each for each in asked if isinstance(each, str)]
    modes = sorted({name for name in names if name in TWO_MODE})
    if not modes:
        return _between(read, asked, lang)
    if len(modes) > 1 or any(name in BETWEEN for name in names):
        raise NetworkError(
            Message(
                f"行と列の違うネットワークは比べられません（{', '.join(names)}）。",
                f"Networks with other rows and columns cannot be compared: {', '.join(names)}.",
            ),
            Message(
                f"{modes[0]} と比べられるのは、区分（prefecture など）と、同じ団体×同じ相手の表（DataFrame）です。",
                f"Beside {modes[0]} stand partitions (prefecture, …) and frames of the same bodies and columns.",
            ),
        )
    matrix, nodes = read(modes[0])
    body = (nodes["kind"] == NAMED).to_numpy()
    _check_size(int(body.sum()) * int((~body).sum()))
    across = (matrix + matrix.T.tocsr())[np.flatnonzero(body)][:, np.flatnonzero(~body)].toarray() > 0
    found = []
    for each in asked:
        if not isinstance(each, str):
            found.append(_aligned(each, nodes[body], nodes[~body]))
        elif each in TWO_MODE:
            found.append(across.astype(np.float64))
        else:
            found.append(_same_group(nodes, each, lang)[np.ix_(body, ~body)].astype(np.float64))
    return _Matrices(found, two_mode=True)


def _between(read: Read, asked: Sequence[Compared], lang: str) -> _Matrices:
    names = [each for each in asked if isinstance(each, str)]
    networks = {name: read(name) for name in dict.fromkeys((*names, BETWEEN[-1])) if name in BETWEEN}
    listed = [nodes.loc[nodes["kind"] == NAMED, "id"] for _, nodes in networks.values()]
    common = sorted(set.intersection(*(set(ids) for ids in listed)))
    _check_size(len(common) ** 2)
    nodes = networks[BETWEEN[-1]][1].set_index("id", drop=False).loc[common].reset_index(drop=True)
    found = []
    for each in asked:
        if not isinstance(each, str):
            found.append(_aligned(each, nodes, nodes))
        elif each in networks:
            matrix, own = networks[each]
            rows = pd.Index(own["id"]).get_indexer(pd.Index(common))
            found.append((matrix[rows][:, rows].toarray() > 0).astype(np.float64))
        else:
            found.append(_same_group(nodes, each, lang).astype(np.float64))
    return _Matrices(found, two_mode=False)


def _same_group(nodes: pd.DataFrame, name: str, lang: str) -> npt.NDArray[np.bool_]:
    groups = partition_of(nodes.assign(platforms=""), name, lang=lang)
    known = groups.numbers != groups.unknown
    found: npt.NDArray[np.bool_] = (groups.numbers[:, None] == groups.numbers[None, :]) & known[:, None]
    return found


def _aligned(frame: pd.DataFrame, rows: pd.DataFrame, columns: pd.DataFrame) -> Dense:
    """Return the values of a frame in the order of bodies and others, which it names by id or label."""
    places = [_places(axis, nodes) for axis, nodes in ((frame.index, rows), (frame.columns, columns))]
    found: Dense = frame.to_numpy(dtype=np.float64)[np.ix_(*places)]
    return found


def _places(axis: pd.Index, nodes: pd.DataFrame) -> npt.NDArray[np.intp]:
    given = {name: place for place, name in enumerate(axis)}
    found = [
        given.get(iri, given.get(label, -1))
        for iri, label in zip(nodes["id"].tolist(), nodes["label"].tolist(), strict=True)
    ]
    missing = [label for label, place in zip(nodes["label"].tolist(), found, strict=True) if place < 0]
    if missing:
        raise NetworkError(missing_groups(missing))
    return np.array(found, dtype=np.intp)


def _check_size(cells: int) -> None:
    if cells > MOST_BODIES**2:
        raise NetworkError(
            Message(
                f"比べる組が {cells:,} あり、上限の {MOST_BODIES**2:,}（{MOST_BODIES:,}団体どうし）を超えます。",
                f"There are {cells:,} pairs; they can be compared up to {MOST_BODIES**2:,} ({MOST_BODIES:,} bodies).",
            ),
            Message("範囲を絞った作業フォルダーで行ってください。", "Use a workspace of a narrower scope."),
        )

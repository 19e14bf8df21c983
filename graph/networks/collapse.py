"""Parallel ties become one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from tsunagari.graph.columns import Codes, rows_of
from tsunagari.graph.networks.tie_claims import TieClaims

Places: TypeAlias = "npt.NDArray[np.int64]"


@dataclass(frozen=True, slots=True)
class Ties:
    """Ties between nodes by number, and the claims that each stands for.

    Parameters
    ----------
    source, target
        Numbers of the two nodes; sorted by source and target.
    starts
        Where the claims of each tie start, and where those of the last one end.
    rows
        Places of the claims.
    """

    source: Codes
    target: Codes
    starts: Places
    rows: Places

    def reduced(self, operation: np.ufunc, values: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """Return for each tie what an operation makes of the values of its claims."""
        if not len(self.source):
            return values[:0]
        found: npt.NDArray[Any] = operation.reduceat(values[self.rows], self.starts[:-1])
        return found

    def sets_of(self, values: Codes) -> tuple[list[tuple[int, ...]], list[int]]:
        """Return the different sets of small numbers that ties have by their claims, and for each tie its set."""
        if not len(self.source):
            return [], []
        owners, found = _unique_pairs(np.repeat(np.arange(len(self.source)), np.diff(self.starts)), values[self.rows])
        first = np.searchsorted(owners, np.arange(len(self.source) + 1))
        singles = np.unique(found)
        sets = {(value,): place for place, value in enumerate(singles.tolist())}
        places = np.searchsorted(singles, found[first[:-1]])
        for tie in np.flatnonzero(np.diff(first) > 1).tolist():
            several = tuple(found[first[tie] : first[tie + 1]].tolist())
            places[tie] = sets.setdefault(several, len(sets))
        return list(sets), places.tolist()

    def evidence(self, claims: TieClaims) -> tuple[Places, Codes]:
        """Return the nodes that state the ties: for each the number of the tie and its code, sorted, each once."""
        first, last = claims.starts[self.rows], claims.starts[self.rows + 1]
        owners = np.repeat(np.repeat(np.arange(len(self.source)), np.diff(self.starts)), last - first)
        return _unique_pairs(owners, claims.evidence[rows_of(first, last)])


def _unique_pairs(owners: Places, values: Codes) -> tuple[Places, Codes]:
    pairs = np.unique(owners.astype(np.int64) << 32 | values)
    return pairs >> 32, (pairs & 0x7FFFFFFF).astype(np.int32)


def collapse(claims: TieClaims, nodes: Codes, *, is_directed: bool, by_kind: bool) -> Ties:
    """Return one tie for each pair of nodes that claims relate, or with `by_kind` for each pair and kind.

    Parameters
    ----------
    claims
        The claims; all their ends are among the nodes.
    nodes
        Codes of the nodes, sorted; a node's number is its place here.
    is_directed
        Whether ties have a direction; then a claim without direction gives a tie each way.
    by_kind
        Whether kinds are kept apart; every tie then has the direction of its claim.
    """
    source, target = np.searchsorted(nodes, claims.sources), np.searchsorted(nodes, claims.targets)
    rows = np.arange(len(claims))
    if is_directed and not by_kind:
        both = np.flatnonzero(~claims.directed)
        source, target = np.r_[source, target[both]], np.r_[target, source[both]]
        rows = np.r_[rows, both]
    elif not by_kind:
        source, target = np.minimum(source, target), np.maximum(source, target)
    kinds = claims.kinds[rows].astype(np.int64) if by_kind else np.zeros(len(rows), dtype=np.int64)
    pairs = (source * len(nodes) + target) * (len(claims.names) + 1) + kinds
    order = np.argsort(pairs, kind="stable")
    is_new = np.r_[True, np.diff(pairs[order]) != 0][: len(order)]
    first = np.flatnonzero(is_new)
    chosen = order[first]
    ends = (source[chosen].astype(np.int32), target[chosen].astype(np.int32))
    return Ties(*ends, np.append(first, len(order)), rows[order])

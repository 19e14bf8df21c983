"""Ties between things as arrays: one row for each statement that two things are tied."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from tsunagari.graph.columns import Codes, rows_of


@dataclass(frozen=True, slots=True)
class TieClaims:
    """Ties between things, one row each.

    Parameters
    ----------
    sources, targets
        Codes of the two ends, see `tsunagari.graph.columns.Columns`.
    relations
        Class of the relation node, or property of a relation that needs no node, as a place in `names`.
    kinds
        What the tie means (a concept such as a role or kind of tie, a class or a property), as a place in `names`.
    statuses
        Claim status, as a place in the columns' `statuses`.
    validities
        1 where the tie holds possibly on the day asked for, 2 where certainly.
    weights
        Strength where the source gives one, else 1.
    directed
        Whether the direction means anything.
    valid_from, valid_to
        Codes of ISO dates, -1 where not known.
    starts
        Where the evidence of each row starts, and where that of the last one ends.
    evidence
        Codes of the nodes that state the ties, those of a row sorted.
    names
        IRIs, sorted.
    """

    sources: Codes
    targets: Codes
    relations: Codes
    kinds: Codes
    statuses: npt.NDArray[np.int16]
    validities: npt.NDArray[np.int8]
    weights: npt.NDArray[np.float64]
    directed: npt.NDArray[np.bool_]
    valid_from: Codes
    valid_to: Codes
    starts: npt.NDArray[np.int64]
    evidence: Codes
    names: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.sources)

    def take(self, rows: npt.NDArray[Any]) -> TieClaims:
        """Return the rows that a mask or places choose, in that order."""
        places = np.flatnonzero(rows) if rows.dtype == np.bool_ else rows
        first, last = self.starts[places], self.starts[places + 1]
        chosen = {name: getattr(self, name)[places] for name in ROW_FIELDS}
        starts = np.concatenate(([0], np.cumsum(last - first)))
        return replace(self, **chosen, starts=starts, evidence=self.evidence[rows_of(first, last)])


ROW_FIELDS = tuple(field.name for field in fields(TieClaims) if field.name not in ("starts", "evidence", "names"))


def join_claims(parts: Sequence[TieClaims]) -> TieClaims:
    """Return the rows of all parts, one part after the other; there must be one at least."""
    names = tuple(sorted({name for part in parts for name in part.names}))
    moved = [_renamed(part, names) for part in parts]
    rows = {name: np.concatenate([getattr(part, name) for part in moved]) for name in ROW_FIELDS}
    lengths = np.concatenate([np.diff(part.starts) for part in parts])
    starts = np.concatenate(([0], np.cumsum(lengths)))
    return TieClaims(**rows, starts=starts, evidence=np.concatenate([part.evidence for part in parts]), names=names)


def _renamed(part: TieClaims, names: tuple[str, ...]) -> TieClaims:
    places = np.array([names.index(name) for name in part.names], dtype=np.int32)
    return replace(part, relations=places[part.relations], kinds=places[part.kinds])

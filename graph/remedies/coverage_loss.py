"""What the support of a municipality and field would be without each organisation: all of them at once.

A cell changes only for those who support it or plan to, so that every pair of cell and organisation is looked at once,
and what is left is the number of the others.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from tsunagari.graph.coverage import (
    NONE,
    UNKNOWN,
    WITHHELD,
    Coverage,
    Flags,
    Relation,
    need_or_median,
    relation,
    severities,
    status_of,
)
from tsunagari.graph.measures import Floats, Integers

Counts: TypeAlias = npt.NDArray[np.int32]
Statuses: TypeAlias = npt.NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class CellLosses:
    """Cells that change without an organisation: row by row, sorted by organisation and cell.

    Parameters
    ----------
    organization
        Place in ``Coverage.organization_ids``.
    cell
        Number of the cell.
    before, after
        Places in `tsunagari.graph.coverage.STATUSES`: with the organisation and without it.
    severity
        What is added to the severity of the cell, 0 or more.
    """

    organization: Integers
    cell: Integers
    before: Statuses
    after: Statuses
    severity: Floats

    def where(self, kept: npt.NDArray[np.bool_]) -> CellLosses:
        """Return the rows for which `kept` is true."""
        return CellLosses(*(getattr(self, name)[kept] for name in self.__slots__))


def cell_losses(coverage: Coverage) -> CellLosses:
    """Return every cell whose status or severity would be another one without an organisation's support and plans.

    What is lost is what the organisation offers and plans. Partnerships, complete lists and needs stay as they are. A
    cell in which nobody is left counts as ``none``, whether or not a list covers it: it is known who is gone.
    A plan that falls away adds to the severity of a gap that is known, and changes nothing in one that is not.

    Examples
    --------
    >>> from tsunagari.graph.coverage.coverage import STATUSES, cover
    >>> from tsunagari.graph.coverage.providers import Offer, Offers
    >>> offers = Offers.of([Offer("a", "food", "13101"), Offer("b", "food", "13000")])
    >>> found = cell_losses(cover(["13101", "13102"], ["food"], offers))
    >>> found.organization.tolist(), found.cell.tolist(), [STATUSES[after] for after in found.after]
    ([0, 1], [0, 1], ['wide_only', 'none'])
    """
    pairs = (coverage.local + coverage.wide + coverage.planned).tocoo()
    cell, body = (axis.astype(np.int64) for axis in pairs.coords)
    local, wide, planned = (
        _counts(cells, cell) - _contains(cells, cell, body)
        for cells in (coverage.local, coverage.wide, coverage.planned)
    )
    area, field = np.divmod(cell, max(len(coverage.field_ids), 1))
    before = coverage.status[area, field]
    after = status_of(local, wide, (coverage.closed[area, field] >= 0) | (before != UNKNOWN))
    added = _severity(coverage, after, area, planned > 0, _still_connected(coverage, cell, body))
    added = np.maximum(added - coverage.severity[area, field], 0.0).round(6)
    changes = np.flatnonzero(((before != after) | (added != 0)) & _is_shown(coverage, cell, (local, wide), after))
    order = changes[np.lexsort((cell[changes], body[changes]))]
    return CellLosses(body[order], cell[order], before[order], after[order], added[order])


def _is_shown(coverage: Coverage, cell: npt.NDArray[np.int64], counts: tuple[Counts, Counts], after: Statuses) -> Flags:
    """Tell of each cell whether a public edition shows its status, and would without an organisation."""
    if coverage.hidden is None:
        return np.ones(len(cell), dtype=np.bool_)
    local, wide = (
        number + hidden.ravel()[cell]
        for number, hidden in zip(counts, (coverage.hidden.local, coverage.hidden.wide), strict=True)
    )
    shown = coverage.status.ravel()[cell] != WITHHELD
    found: Flags = shown & (status_of(local, wide, after == NONE) == after)
    return found


def _counts(cells: Relation, rows: Integers) -> Counts:
    return np.diff(cells.indptr).astype(np.int32)[rows]


def _contains(cells: Relation, rows: Integers, columns: Integers) -> Flags:
    """Tell of pairs of row and column whether they are in a sparse matrix of truths."""
    width = max(cells.shape[1], 1)
    keys = np.repeat(np.arange(cells.shape[0], dtype=np.int64), np.diff(cells.indptr)) * width + cells.indices
    return np.isin(rows * width + columns, keys)


def _still_connected(coverage: Coverage, cell: Integers, body: Integers) -> Flags:
    """Tell of each pair whether a provider other than the body is in a platform that reaches the municipality."""
    offers = coverage.offers
    served = (coverage.local + coverage.wide).tocoo()
    rows, who = (axis.astype(np.int64) for axis in served.coords)
    reached = relation(offers.reaching, offers.reached, (len(offers.organization_ids), len(offers.units)))
    width = coverage.containing.shape[1]
    areas = np.repeat(np.arange(len(coverage.area_codes), dtype=np.int32), width)
    around = relation(areas, coverage.containing.ravel(), (len(coverage.area_codes), len(offers.units)))
    met = reached[who].multiply(around[rows // max(len(coverage.field_ids), 1)])
    connects = np.asarray(met.sum(axis=1)).ravel() > 0
    cells, bodies = rows[connects].astype(np.int32), who[connects].astype(np.int32)
    connecting = relation(cells, bodies, coverage.local.shape)
    return _counts(connecting, cell) - _contains(connecting, cell, body) > 0


def _severity(coverage: Coverage, status: Statuses, area: Integers, planned: Flags, connected: Flags) -> Floats:
    """Return the severity of cells given one by one; a last one of the largest need keeps the scale."""
    need = need_or_median(coverage.need)
    largest = need.max(initial=0.0)
    found = severities(
        np.append(status, 0)[:, None],
        np.append(need[area], largest),
        np.append(planned, False)[:, None],
        np.append(connected, False)[:, None],
    )
    return found[:-1, 0]

"""What states that an organisation supports a cell: found for all cells at once, on demand."""

from __future__ import annotations

import numpy as np

from tsunagari.graph.coverage.coverage import Coverage
from tsunagari.graph.coverage.providers import Flags, Integers, Relation, places_of


def stating(coverage: Coverage) -> tuple[Integers, Integers, Integers]:
    """Return what states each entry of `Coverage.local`, `Coverage.wide` and `Coverage.planned`.

    Of several offers of one organisation the one for the nearest area counts, and of those the one with the smallest
    number.

    Returns
    -------
    Numbers as in ``Offers.stated``, in the order of the entries of the three matrices.

    Examples
    --------
    >>> from tsunagari.graph.coverage.coverage import cover
    >>> from tsunagari.graph.coverage.providers import Offer, Offers
    >>> offers = Offers.of([Offer("a", "food", "13101", stated=7), Offer("a", "food", "13000", stated=5)])
    >>> [numbers.tolist() for numbers in stating(cover(["13101", "13102"], ["food"], offers))]
    [[7], [5], []]
    """
    offers = coverage.offers
    field = places_of(offers.field_ids, coverage.field_ids)[offers.field]
    kept = field >= 0
    keys = _keys(coverage, offers.organization[kept], field[kept], offers.unit[kept], offers.planned[kept])
    stated = offers.stated[kept]
    order = np.lexsort((stated, keys))
    keys, stated = keys[order], stated[order]
    local, wide, planned = coverage.local, coverage.wide, coverage.planned
    width = coverage.containing.shape[1]
    return (
        _find(coverage, local, range(1), keys, stated, planned=False),
        _find(coverage, wide, range(1, width), keys, stated, planned=False),
        _find(coverage, planned, range(width), keys, stated, planned=True),
    )


def _keys(
    coverage: Coverage, organization: Integers, field: Integers, unit: Integers, planned: Flags | np.bool_
) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    key = organization.astype(np.int64) * len(coverage.field_ids) + field
    return (key * len(coverage.offers.units) + unit) * 2 + planned


def _find(
    coverage: Coverage,
    cells: Relation,
    slots: range,
    keys: np.ndarray[tuple[int], np.dtype[np.int64]],
    stated: Integers,
    *,
    planned: bool,
) -> Integers:
    cell = np.repeat(np.arange(cells.shape[0]), np.diff(cells.indptr))
    area, field = np.divmod(cell, max(len(coverage.field_ids), 1))
    found = np.full(len(cell), -1, dtype=np.int32)
    if not len(keys):
        return found
    for slot in reversed(slots):
        unit = coverage.containing[area, slot]
        wanted = _keys(coverage, cells.indices, field, unit, np.bool_(planned))
        place = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        found = np.where((keys[place] == wanted) & (unit >= 0), stated[place], found)
    return found

"""Who offers support in which field for which area, as arrays: the raw material of coverage."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Mapping
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from scipy import sparse

Integers: TypeAlias = npt.NDArray[np.int32]
Flags: TypeAlias = npt.NDArray[np.bool_]
Relation: TypeAlias = "sparse.csr_array[np.bool_, tuple[int, int]]"
NOBODY: Integers = np.empty(0, dtype=np.int32)


@dataclasses.dataclass(frozen=True, slots=True)
class Offer:
    """One organisation's support in one field for one area.

    Parameters
    ----------
    organization_id, field_id
        IRI of the organisation and of the field.
    unit
        What it is for: the code of a municipality, of a prefecture (31000) or of the nation (00000), or the IRI of a
        partnership of municipalities.
    planned
        Whether it is only planned, under consideration or desired.
    stated
        Number of what states it, -1 when nothing does.
    """

    organization_id: str
    field_id: str
    unit: str
    planned: bool = False
    stated: int = -1


@dataclasses.dataclass(frozen=True, slots=True, eq=False, repr=False)
class Offers:
    """Many offers; every array has one place an offer and points into the lists of names.

    Parameters
    ----------
    organization_ids
        IRIs of the organisations, sorted. One that offers nothing may be among them.
    codes
        Their codes in the columns of the graph, -1 for one that is not there.
    field_ids, units
        Fields and areas as in `Offer`.
    organization, field, unit
        Places in these lists.
    planned
        Whether it is only planned.
    stated
        Number of what states it: the code of a service, an activity or the organisation in the columns of the graph.
    reaching, reached
        Places of organisations and of the areas that the platforms they belong to reach, pair by pair.
    """

    organization_ids: tuple[str, ...]
    codes: Integers
    field_ids: tuple[str, ...]
    units: tuple[str, ...]
    organization: Integers
    field: Integers
    unit: Integers
    planned: Flags
    stated: Integers
    reaching: Integers = dataclasses.field(default_factory=lambda: NOBODY)
    reached: Integers = dataclasses.field(default_factory=lambda: NOBODY)

    def __len__(self) -> int:
        return len(self.organization)

    def __repr__(self) -> str:
        return f"<{len(self):,} offers of {len(self.organization_ids):,} organisations>"

    @classmethod
    def of(cls, offers: Iterable[Offer], reached: Mapping[str, Collection[str]] | None = None) -> Offers:
        """Return offers given one by one.

        Parameters
        ----------
        offers
            In any order.
        reached
            IRI of an organisation to the areas that the platforms it belongs to reach.

        Examples
        --------
        >>> offers = Offers.of([Offer("b", "food", "13101"), Offer("a", "food", "13000")])
        >>> offers.organization_ids, offers.units, offers.organization.tolist()
        (('a', 'b'), ('13000', '13101'), [1, 0])
        """
        listed = list(offers)
        pairs = [(body, unit) for body, units in (reached or {}).items() for unit in units]
        bodies = tuple(sorted({offer.organization_id for offer in listed} | {body for body, _ in pairs}))
        fields = tuple(sorted({offer.field_id for offer in listed}))
        units = tuple(sorted({offer.unit for offer in listed} | {unit for _, unit in pairs}))
        return cls(
            bodies,
            np.full(len(bodies), -1, dtype=np.int32),
            fields,
            units,
            places_of((offer.organization_id for offer in listed), bodies),
            places_of((offer.field_id for offer in listed), fields),
            places_of((offer.unit for offer in listed), units),
            np.fromiter((offer.planned for offer in listed), dtype=np.bool_, count=len(listed)),
            np.fromiter((offer.stated for offer in listed), dtype=np.int32, count=len(listed)),
            places_of((body for body, _ in pairs), bodies),
            places_of((unit for _, unit in pairs), units),
        )


def places_of(names: Iterable[str], listed: Iterable[str]) -> Integers:
    """Return the place of each name in a list of different names, -1 for one that is not in it.

    Examples
    --------
    >>> places_of(["b", "x"], ["a", "b"]).tolist()
    [1, -1]
    """
    places = {name: place for place, name in enumerate(listed)}
    return np.fromiter((places.get(name, -1) for name in names), dtype=np.int32)


def relation(rows: Integers, columns: Integers, shape: tuple[int, int]) -> Relation:
    """Return which rows meet which columns as a matrix of truths; pairs given twice count once, those with -1 not."""
    known = (rows >= 0) & (columns >= 0)
    rows, columns = rows[known], columns[known]
    found: Relation = sparse.coo_array((np.ones(len(rows), dtype=np.bool_), (rows, columns)), shape=shape).tocsr()
    return found


def product(left: Relation, right: Relation) -> Relation:
    """Return what is related by way of something in between."""
    found: Relation = left @ right
    found.sort_indices()
    return found


def minus(cells: Relation, others: Relation) -> Relation:
    """Return what is in the one and not in the other."""
    found: Relation = (cells > others).tocsr()
    found.eliminate_zeros()
    found.sort_indices()
    return found


def row_counts(cells: Relation) -> Integers:
    """Return the number of entries of each row."""
    return np.diff(cells.indptr).astype(np.int32)

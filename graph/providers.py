"""Who offers support in which field for which area, found quickly for many areas that contain one another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Offer:
    """One organisation's support in one field for one area.

    Parameters
    ----------
    provider, provider_id
        Name and IRI of the organisation.
    field_id
        IRI of the field.
    unit
        What it is for: the code of a municipality, of a prefecture (31000) or of the nation (00000), or the IRI of a
        partnership of municipalities.
    planned
        Whether it is only planned, under consideration or desired.
    evidence
        Where this is stated.
    """

    provider: str
    provider_id: str
    field_id: str
    unit: str
    planned: bool = False
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Providers:
    """The organisations of a cell, or of many cells that the same wider areas contain.

    Parameters
    ----------
    offers
        One offer of each organisation, sorted by name.
    ids, names
        Their IRIs and names in the same order.
    known
        The same IRIs, to look up.
    reached
        The areas that the platforms they are members of reach.
    """

    offers: tuple[Offer, ...] = ()
    ids: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    known: frozenset[str] = frozenset()
    reached: frozenset[str] = frozenset()

    def __len__(self) -> int:
        return len(self.offers)

    def without(self, *others: Providers) -> tuple[Offer, ...]:
        """Return the offers of those that are in none of the others."""
        return tuple(offer for offer in self.offers if not any(offer.provider_id in other.known for other in others))


NOBODY = Providers()


class ProviderIndex:
    """Offers by area and field; groups of wider areas are put together once for all municipalities they contain."""

    def __init__(self, offers: Iterable[Offer], reached: Mapping[str, Collection[str]]) -> None:
        self._offers: dict[tuple[str, str], list[Offer]] = defaultdict(list)
        self._reached = reached
        self._groups: dict[tuple[tuple[str, ...], str], Providers] = {}
        for offer in sorted(offers):
            self._offers[offer.unit, offer.field_id].append(offer)

    def find(self, units: tuple[str, ...], field_id: str) -> Providers:
        """Return who offers a field for any of the units."""
        if (units, field_id) not in self._groups:
            once: dict[str, Offer] = {}
            for unit in units:
                for offer in self._offers.get((unit, field_id), ()):
                    once.setdefault(offer.provider_id, offer)
            self._groups[units, field_id] = self.group(tuple(sorted(once.values()))) if once else NOBODY
        return self._groups[units, field_id]

    def group(self, offers: tuple[Offer, ...]) -> Providers:
        """Return the providers of sorted offers."""
        ids = tuple(offer.provider_id for offer in offers)
        reached = frozenset(unit for provider in ids for unit in self._reached.get(provider, ()))
        return Providers(offers, ids, tuple(offer.provider for offer in offers), frozenset(ids), reached)

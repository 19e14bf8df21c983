"""The network as it would be: edits carried out on arrays of offers, ties and memberships, never on the graph."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np

from tsunagari.errors import AmbiguousNameError, Message, ScenarioError, UnknownNameError
from tsunagari.graph.change.edits import ADD, MEMBERSHIP, ORGANIZATION, SERVICE, TIE, Edit, raise_first
from tsunagari.graph.coverage import Flags, Integers, Offers, places_of
from tsunagari.graph.networks import Relationships

NEW = "urn:tsunagari:scenario:"
"""What the identifiers of organisations begin with that only a scenario has."""


@dataclasses.dataclass(frozen=True, slots=True)
class Names:
    """What the words of edits stand for; each function raises `UnknownNameError` for what it does not know.

    Parameters
    ----------
    body, group
        Name to IRI of an organisation, and of a platform or a body of one.
    field
        Name to IRI of a field.
    unit
        Name of an area to what `Offer.unit` holds.
    inside
        Whether a unit, the second, is the first or lies in it.
    reach
        IRI of a group to the units that its platform reaches.
    hosted
        IRI of an organisation to the units that the platforms it hosts reach.
    within
        IRI of a platform to itself and its bodies.
    """

    body: Callable[[str], str]
    group: Callable[[str], str]
    field: Callable[[str], str]
    unit: Callable[[str], str]
    inside: Callable[[str, str], bool]
    reach: Callable[[str], Iterable[str]]
    hosted: Callable[[str], Iterable[str]]
    within: Callable[[str], Iterable[str]]


@dataclasses.dataclass(frozen=True, slots=True)
class Trial:
    """What came of the edits.

    Parameters
    ----------
    offers
        Who offers what afterwards.
    network
        Ties and places in groups afterwards.
    added
        Name of each organisation that was added, by its identifier.
    removed
        IRIs of the organisations that were removed.
    touched
        IRIs of the organisations that ties or memberships were added to or removed from.
    """

    offers: Offers
    network: Relationships
    added: Mapping[str, str]
    removed: frozenset[str]
    touched: frozenset[str]


def carry_out(offers: Offers, network: Relationships, edits: Sequence[Edit], names: Names) -> Trial:
    """Return the state after the edits, which are carried out one after another.

    A removed organisation takes its offers, ties and places with it; a later edit may not speak of it. A removed
    service is every offer of the organisation in the field and the area (or inside it) that are given; a removed
    membership also ends the places in the bodies of that platform.

    Raises
    ------
    ScenarioError
        A name stands for nothing known, there is nothing to remove, or what is added is there already. The first such
        edit is named, with its place.
    """
    state = _State(offers, network, names)
    wrong = []
    for edit in edits:
        try:
            state.carry_out(edit)
        except ScenarioError as error:
            wrong.append(error)
    raise_first(wrong)
    return Trial(state.offers, state.network, dict(state.added), frozenset(state.removed), frozenset(state.touched))


class _State:
    """The state between two edits."""

    def __init__(self, offers: Offers, network: Relationships, names: Names) -> None:
        self.offers = offers
        self.network = network
        self.added: dict[str, str] = {}
        self.removed: set[str] = set()
        self.touched: set[str] = set()
        self._names = names

    def carry_out(self, edit: Edit) -> None:
        kinds: Mapping[str, tuple[Callable[[Edit], None], Callable[[Edit], None]]] = {
            ORGANIZATION: (self._add_body, self._remove_body),
            SERVICE: (self._add_service, self._remove_service),
            TIE: (self._add_tie, self._remove_tie),
            MEMBERSHIP: (self._add_membership, self._remove_membership),
        }
        kinds[edit.what][0 if edit.action == ADD else 1](edit)

    # ---- organisations ----

    def _add_body(self, edit: Edit) -> None:
        known = edit.organization in self.added.values()
        try:
            known = known or self._names.body(edit.organization) not in self.removed
        except AmbiguousNameError:
            known = True
        except UnknownNameError:
            pass
        if known:
            raise _refused("この名前の団体はすでにあります。", "There is an organisation of that name already.", edit)
        iri = f"{NEW}{len(self.added) + 1:06}"
        self.added[iri] = edit.organization
        self._extend(nodes=(iri,))
        if edit.field:
            self._add_service(edit)

    def _remove_body(self, edit: Edit) -> None:
        iri = self._body(edit, "organization")
        self._drop_offers(self._offered_by(iri))
        offers, network, place = self.offers, self.network, self.network.place(iri)
        lost = offers.reaching == _place_in(offers.organization_ids, iri)
        is_body = network.is_body.copy()
        is_body[place] = False
        self.offers = dataclasses.replace(offers, reaching=offers.reaching[~lost], reached=offers.reached[~lost])
        self.network = dataclasses.replace(
            network,
            is_body=is_body,
            ties=network.ties[(network.ties != place).all(axis=1)],
            places=network.places[(network.places != place).all(axis=1)],
        )
        self.removed.add(iri)
        self.touched.add(iri)
        self.added.pop(iri, None)

    # ---- services ----

    def _add_service(self, edit: Edit) -> None:
        iri, field = self._body(edit, "organization"), self._look_up(self._names.field, edit, "field")
        unit = self._look_up(self._names.unit, edit, "area")
        offers = self.offers
        there = self._offered_by(iri) & ~offers.planned
        there &= offers.field == _place_in(offers.field_ids, field)
        if (there & (offers.unit == _place_in(offers.units, unit))).any():
            raise _refused("この支援はすでにあります。", "The organisation offers this already.", edit, "field")
        self._extend(offering=(iri,), units=(unit,))
        offers = self.offers
        row = (
            _place_in(offers.organization_ids, iri),
            _place_in(offers.field_ids, field),
            _place_in(offers.units, unit),
        )
        self.offers = dataclasses.replace(
            offers,
            organization=np.append(offers.organization, np.int32(row[0])),
            field=np.append(offers.field, np.int32(row[1])),
            unit=np.append(offers.unit, np.int32(row[2])),
            planned=np.append(offers.planned, False),
            stated=np.append(offers.stated, np.int32(-1)),
        )
        self._reach_again(iri)

    def _remove_service(self, edit: Edit) -> None:
        iri = self._body(edit, "organization")
        offers = self.offers
        gone = self._offered_by(iri)
        if edit.field:
            gone &= offers.field == _place_in(offers.field_ids, self._look_up(self._names.field, edit, "field"))
        if edit.area:
            area = self._look_up(self._names.unit, edit, "area")
            within = [place for place, unit in enumerate(offers.units) if self._names.inside(area, unit)]
            gone &= np.isin(offers.unit, within)
        if not gone.any():
            raise _refused("当てはまる支援はありません。", "The organisation offers no such thing.", edit)
        self._drop_offers(gone)

    def _offered_by(self, iri: str) -> Flags:
        offers = self.offers
        found: Flags = offers.organization == _place_in(offers.organization_ids, iri)
        return found

    def _drop_offers(self, gone: Flags) -> None:
        offers, kept = self.offers, ~gone
        named = ("organization", "field", "unit", "planned", "stated")
        left = dataclasses.replace(offers, **{name: getattr(offers, name)[kept] for name in named})
        self.offers = left

    # ---- ties and memberships ----

    def _add_tie(self, edit: Edit) -> None:
        pair = self._pair(edit)
        if self._rows(self.network.ties, pair).any():
            raise _refused("この連携はすでにあります。", "These two are tied already.", edit, "other")
        self.network = dataclasses.replace(self.network, ties=np.vstack((self.network.ties, [pair])).astype(np.int32))

    def _remove_tie(self, edit: Edit) -> None:
        gone = self._rows(self.network.ties, self._pair(edit))
        if not gone.any():
            raise _refused("この連携はありません。", "These two are not tied.", edit, "other")
        self.network = dataclasses.replace(self.network, ties=self.network.ties[~gone])

    def _pair(self, edit: Edit) -> tuple[int, int]:
        ends = [self._body(edit, name) for name in ("organization", "other")]
        if ends[0] == ends[1]:
            raise _refused("団体と相手が同じです。", "An organisation cannot be tied to itself.", edit, "other")
        self.touched.update(ends)
        one, other = sorted(map(self.network.place, ends))
        return one, other

    def _add_membership(self, edit: Edit) -> None:
        iri, group = self._body(edit, "organization"), self._look_up(self._names.group, edit, "other")
        self._extend(groups=(group,))
        pair = self.network.place(iri), self.network.place(group)
        if self._rows(self.network.places, pair).any():
            raise _refused("すでに参加しています。", "The organisation is in it already.", edit, "other")
        self.network = dataclasses.replace(
            self.network, places=np.vstack((self.network.places, [pair])).astype(np.int32)
        )
        self._reach_again(iri)

    def _remove_membership(self, edit: Edit) -> None:
        iri, group = self._body(edit, "organization"), self._look_up(self._names.group, edit, "other")
        inside = [place for name in self._names.within(group) if (place := self.network.place(name)) >= 0]
        places = self.network.places
        gone = (places[:, 0] == self.network.place(iri)) & np.isin(places[:, 1], inside)
        if not gone.any():
            raise _refused("参加していません。", "The organisation is not in it.", edit, "other")
        self.network = dataclasses.replace(self.network, places=places[~gone])
        self._reach_again(iri)

    @staticmethod
    def _rows(pairs: Integers, pair: tuple[int, int]) -> Flags:
        found: Flags = (pairs == pair).all(axis=1)
        return found

    def _reach_again(self, iri: str) -> None:
        """Note anew which areas the platforms of an organisation reach."""
        self.touched.add(iri)
        mine = self.network.places[self.network.places[:, 0] == self.network.place(iri), 1]
        units = {unit for place in mine.tolist() for unit in self._names.reach(self.network.nodes[place])}
        units.update(self._names.hosted(iri))
        self._extend(offering=(iri,), units=tuple(units))
        offers = self.offers
        body = _place_in(offers.organization_ids, iri)
        kept = offers.reaching != body
        reached = places_of(sorted(units), offers.units)
        self.offers = dataclasses.replace(
            offers,
            reaching=np.append(offers.reaching[kept], np.full(len(reached), body, dtype=np.int32)),
            reached=np.append(offers.reached[kept], reached),
        )

    # ---- names and places ----

    def _body(self, edit: Edit, column: str) -> str:
        text = getattr(edit, column)
        for iri, name in self.added.items():
            if text == name:
                return iri
        iri = self._look_up(self._names.body, edit, column)
        if iri in self.removed:
            raise _refused("この団体は前の行で除かれています。", "An earlier edit removes it.", edit, column)
        if self.network.place(iri) < 0:
            raise _refused(
                "この日には有効でない団体です。", "The organisation does not hold on this day.", edit, column
            )
        return iri

    @staticmethod
    def _look_up(find: Callable[[str], str], edit: Edit, column: str) -> str:
        try:
            return find(getattr(edit, column))
        except UnknownNameError as error:
            raise ScenarioError(error.message, error.hint, edit.at(column)) from error

    def _extend(
        self,
        *,
        nodes: Sequence[str] = (),
        groups: Sequence[str] = (),
        offering: Sequence[str] = (),
        units: Sequence[str] = (),
    ) -> None:
        """Make room for names; what points into a list that grows is numbered anew."""
        network, offers = self.network, self.offers
        all_nodes, node = _grown(network.nodes, (*nodes, *groups))
        all_offering, offerer = _grown(offers.organization_ids, offering)
        all_units, unit = _grown(offers.units, units)
        codes = np.full(len(all_offering), -1, dtype=np.int32)
        codes[offerer] = offers.codes
        self.offers = dataclasses.replace(
            offers,
            organization_ids=all_offering,
            codes=codes,
            units=all_units,
            organization=offerer[offers.organization],
            unit=unit[offers.unit],
            reaching=offerer[offers.reaching],
            reached=unit[offers.reached],
        )
        is_body = np.zeros(len(all_nodes), dtype=np.bool_)
        is_body[node] = network.is_body
        is_body[places_of(nodes, all_nodes)] = True
        ties = np.sort(node[network.ties], axis=1)
        self.network = Relationships(all_nodes, is_body, ties, node[network.places], node[network.cores])


def _grown(names: tuple[str, ...], more: Sequence[str]) -> tuple[tuple[str, ...], Integers]:
    """Return the sorted names with others added, and the new place of each old one."""
    fresh = set(more).difference(names)
    if not fresh:
        return names, np.arange(len(names), dtype=np.int32)
    grown = tuple(sorted((*names, *fresh)))
    return grown, places_of(names, grown)


def _place_in(names: tuple[str, ...], name: str) -> int:
    try:
        return names.index(name)
    except ValueError:
        return -1


def _refused(ja: str, en: str, edit: Edit, column: str = "organization") -> ScenarioError:
    return ScenarioError(Message(ja, en), None, edit.at(column))

"""Who is connected with whom, where everybody is, and what states it: what remedies and losses are found on.

Paths lead through ``connections`` (`tsunagari.graph.networks.project`): organisations, the platforms, bodies and
partnerships they belong to, and what ties them. What falls apart without somebody is told of ``collaboration``, as
brokers are. Everything goes by number; number = place among the codes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from tsunagari.graph.columns import Codes, Columns, no_codes, rows_of
from tsunagari.graph.coverage import Coverage, Flags, Relation, places_of, platform_members, relation
from tsunagari.graph.facts import AREA, UNNAMED, Reader, home_areas, plain_organizations, units_of
from tsunagari.graph.measures import Adjacency, Floats, Integers
from tsunagari.graph.networks import Projection, project


@dataclass(frozen=True)
class Connections:
    """The networks of a day.

    Parameters
    ----------
    reader
        The graph.
    codes
        Codes of everything in it, sorted; a number is a place here.
    ties, places
        The two networks it is made of.
    at
        ISO date on which everything holds, certainly or possibly; None takes every time.
    """

    reader: Reader
    codes: Codes
    ties: Projection
    places: Projection
    at: str | None = None

    def __len__(self) -> int:
        return len(self.codes)

    @property
    def columns(self) -> Columns:
        """The graph by columns."""
        return self.reader.columns

    def numbers(self, codes: Codes) -> Codes:
        """Return the number of each code, -1 for what is not in the network."""
        if not len(self.codes):
            return no_codes(len(codes))
        place = np.minimum(np.searchsorted(self.codes, codes), len(self.codes) - 1).astype(np.int32)
        return np.where(self.codes[place] == codes, place, np.int32(-1))

    @cached_property
    def organizations(self) -> Flags:
        """Who is an organisation with a name: neither a platform or body of one nor an unnamed group."""
        return np.isin(self.codes, plain_organizations(self.columns)) & ~self.unnamed

    @cached_property
    def unnamed(self) -> Flags:
        """Who is an unnamed group: several bodies of which no source tells the names."""
        return np.isin(self.codes, self.columns.of_class(UNNAMED))

    @cached_property
    def adjacency(self) -> Adjacency:
        """The network ``connections``, each pair both ways, as 1: that in which paths are found."""
        return self._matrix(self._ends[0], self._ends[1])

    @cached_property
    def collaboration(self) -> Adjacency:
        """The network ``collaboration``, each pair both ways, as 1: that in which brokers and losses are found."""
        claims = project(self.reader, "collaboration", at=self.at).claims
        return self._matrix(self.numbers(claims.sources), self.numbers(claims.targets))

    @cached_property
    def tie_adjacency(self) -> Adjacency:
        """Ties alone, each pair both ways, as 1."""
        claims = self.ties.claims
        return self._matrix(self.numbers(claims.sources), self.numbers(claims.targets))

    def _matrix(self, one: Codes, other: Codes) -> Adjacency:
        rows, columns = np.r_[one, other], np.r_[other, one]
        matrix = sparse.csr_array((np.ones(len(rows)), (rows, columns)), shape=(len(self), len(self)))
        matrix.sum_duplicates()
        matrix.data[:] = 1.0
        return matrix

    @cached_property
    def _ends(self) -> tuple[Codes, Codes, Codes]:
        """Return both ends of every claim, and the code of what states it."""
        parts = [
            (
                np.repeat(self.numbers(claims.sources), np.diff(claims.starts)),
                np.repeat(self.numbers(claims.targets), np.diff(claims.starts)),
                claims.evidence[rows_of(claims.starts[:-1], claims.starts[1:])],
            )
            for claims in (self.ties.claims, self.places.claims)
        ]
        one, other, stated = (np.concatenate(found) for found in zip(*parts, strict=True))
        return one, other, stated

    @cached_property
    def _stated(self) -> tuple[Integers, Codes]:
        """Return pairs as one number each, sorted, and what states them."""
        one, other, stated = self._ends
        keys = self._pairs(one, other)
        order = np.lexsort((stated, keys))
        return keys[order], stated[order]

    def _pairs(self, one: npt.NDArray[Any], other: npt.NDArray[Any]) -> Integers:
        lesser, greater = np.minimum(one, other).astype(np.int64), np.maximum(one, other).astype(np.int64)
        keys: Integers = lesser * len(self) + greater
        return keys

    def stating(self, one: Integers, other: Integers) -> tuple[Integers, Codes]:
        """Return what states that pairs are tied: where the codes of each pair start (and end), and the codes."""
        keys, stated = self._stated
        wanted = self._pairs(one, other)
        first, last = np.searchsorted(keys, wanted), np.searchsorted(keys, wanted, side="right")
        return np.concatenate(([0], np.cumsum(last - first))), stated[rows_of(first, last)]

    @cached_property
    def platforms(self) -> Codes:
        """Codes of the platforms that somebody is a member of, sorted."""
        return np.unique(platform_members(self.columns, self.at)[1])

    @cached_property
    def memberships(self) -> Relation:
        """Everybody × `platforms`: who is a member, or holds a role in the platform or a part of it."""
        members, platforms = platform_members(self.columns, self.at)
        columns = np.searchsorted(self.platforms, platforms).astype(np.int32)
        return relation(self.numbers(members), columns, (len(self), len(self.platforms)))

    @cached_property
    def groups(self) -> Codes:
        """Codes of the groups that somebody has a place in, sorted: platforms, their bodies, partnerships."""
        return np.unique(self.places.claims.targets)

    @cached_property
    def places_in_groups(self) -> Relation:
        """Everybody × `groups`: who is a member, or holds a role."""
        claims = self.places.claims
        columns = np.searchsorted(self.groups, claims.targets).astype(np.int32)
        return relation(self.numbers(claims.sources), columns, (len(self), len(self.groups)))

    @cached_property
    def homes(self) -> tuple[Codes, tuple[str, ...]]:
        """Where everybody is based: places in a list of areas as in `tsunagari.graph.facts.units_of`, -1 unknown."""
        bodies = np.where(self.organizations | self.unnamed, self.codes, -1)
        areas = np.where(bodies >= 0, home_areas(self.columns, bodies), -1)
        return units_of(self.columns, areas)

    def names(self, lang: str) -> list[str]:
        """Return what everybody is called."""
        return self.columns.labels(self.codes, lang)

    def positions(self) -> Floats:
        """Return latitude and longitude of everybody: their own, else those of where they are based; nan if unknown."""
        own = _coordinates(self.columns, self.codes)
        places, units = self.homes
        areas = area_positions(self.columns, units)
        based = np.vstack([areas, [[np.nan, np.nan]]])[places]
        return _first_known(own, based)


def read_connections(reader: Reader, *, at: str | None = None, also: Codes | None = None) -> Connections:
    """Return the network of ties and memberships on a day.

    Parameters
    ----------
    reader
        The graph.
    at
        ISO date; None takes every time.
    also
        Codes of organisations that are in the network whatever the day, such as those that offer support.

    Examples
    --------
    >>> known = read_connections(kg._reader, at="2023-10-01")
    >>> len(known) > int(known.organizations.sum()) > 100
    True
    """
    ties, places = (project(reader, name, at=at) for name in ("ties", "members"))
    known = [ties.node_codes, places.node_codes, *([] if also is None else [also])]
    codes = np.unique(np.concatenate(known))
    return reader.kept.get(("paths", at, codes.tobytes()), lambda: Connections(reader, codes, ties, places, at))


def offering(connections: Connections, coverage: Coverage) -> Relation:
    """Return fields × everybody: who offers a field anywhere; what is only planned and unnamed groups do not count.

    Examples
    --------
    >>> care = kg.coverage(["香美町"], ["介護"])
    >>> known = read_connections(kg._reader, also=care.offers.codes)
    >>> [known.names("ja")[body] for body in offering(known, care).indices]
    ['生駒市']
    """
    offers = coverage.offers
    there = connections.numbers(offers.codes)[offers.organization]
    fields = places_of(offers.field_ids, coverage.field_ids)[offers.field]
    counts = ~offers.planned & connections.organizations[there]
    found = relation(fields[counts], there[counts], (len(coverage.field_ids), len(connections)))
    found.sort_indices()
    return found


def supporting(connections: Connections, coverage: Coverage, cells: Relation) -> Relation:
    """Return `Coverage.local`, `Coverage.wide` or `Coverage.planned` with the numbers of the network as columns.

    Examples
    --------
    >>> food = kg.coverage(["香美町"], ["フードバンク"])
    >>> known = read_connections(kg._reader, also=food.offers.codes)
    >>> supporting(known, food, food.planned).nnz == food.planned.nnz == 2
    True
    """
    there = connections.numbers(coverage.offers.codes)
    shape = (cells.shape[0], len(connections))
    found = sparse.csr_array((cells.data, there[cells.indices], cells.indptr), shape=shape)
    found.sort_indices()
    return found


def planning(connections: Connections, coverage: Coverage) -> Relation:
    """Return cells × everybody: which organisations plan to offer the field there and do not yet.

    Examples
    --------
    >>> food = kg.coverage(["香美町"], ["フードバンク"])
    >>> known = read_connections(kg._reader, also=food.offers.codes)
    >>> [known.names("ja")[body] for body in planning(known, food).indices]
    ['香美町', '鳥取市']
    """
    pairs = supporting(connections, coverage, coverage.planned).tocoo()
    cells, bodies = (axis.astype(np.int32) for axis in pairs.coords)
    named = connections.organizations[bodies]
    return relation(cells[named], bodies[named], (coverage.planned.shape[0], len(connections)))


def present_in(connections: Connections, coverage: Coverage, area_codes: Sequence[str]) -> Relation:
    """Return municipalities × everybody: which organisations are based or offer support there, unnamed groups apart.

    Examples
    --------
    >>> food = kg.coverage(["香美町"], ["フードバンク"])
    >>> known = read_connections(kg._reader, also=food.offers.codes)
    >>> [known.names("ja")[body] for body in present_in(known, food, ["28585"]).indices]
    ['香美町']
    """
    rows = {code: row for row, code in enumerate(area_codes)}
    offers = coverage.offers
    places, units = connections.homes
    lived, offered = (
        np.array([*(rows.get(unit, -1) for unit in names), -1], dtype=np.int32) for names in (units, offers.units)
    )
    there = connections.numbers(offers.codes)[offers.organization]
    area = np.concatenate((lived[places], offered[offers.unit[~offers.planned]]))
    body = np.concatenate((np.arange(len(connections), dtype=np.int32), there[~offers.planned]))
    area = np.where(connections.organizations[body], area, -1)
    return relation(area, body, (len(area_codes), len(connections)))


def area_positions(columns: Columns, area_codes: Sequence[str]) -> Floats:
    """Return latitude and longitude of areas: their own, else those of their boundary; nan where not known.

    Examples
    --------
    >>> area_positions(kg._reader.columns, ["28585"]).tolist()  # no list with coordinates was read
    [[nan, nan]]
    """
    codes = columns.codes(f"{AREA}{code}" for code in area_codes)
    shapes = np.where(codes >= 0, columns.one("has_geometry", codes), -1)
    own, drawn = _coordinates(columns, codes), _coordinates(columns, shapes)
    return _first_known(own, drawn)


def _first_known(one: Floats, other: Floats) -> Floats:
    """Return the first positions, the others where one of the first is not known."""
    unknown = np.isnan(one).any(axis=1, keepdims=True)
    return np.where(unknown, other, one)


def _coordinates(columns: Columns, codes: Codes) -> Floats:
    found = np.column_stack([columns.numbers(name, codes) for name in ("latitude", "longitude")])
    return np.where(np.asarray(codes)[:, None] >= 0, found, np.nan)


def area_prefectures(area_codes: Sequence[str]) -> Integers:
    """Return the number of the prefecture of each area, -1 for the nation and for what is no administrative area.

    Examples
    --------
    >>> area_prefectures(["31329", "00000", "urn:region"]).tolist()
    [31, -1, -1]
    """
    numbers = [int(code[:2]) if code[:5].isdigit() else 0 for code in area_codes]
    return np.array([number or -1 for number in numbers], dtype=np.int64)


def home_prefectures(connections: Connections) -> Integers:
    """Return the number of the prefecture that everybody is based in, -1 where it is not known.

    Examples
    --------
    >>> sorted(set(home_prefectures(read_connections(kg._reader)).tolist()))[:3]
    [-1, 1, 2]
    """
    places, units = connections.homes
    return np.append(area_prefectures(units), -1)[places]

"""Who could fill each gap, ranked for all gaps of the scope at once, on plain arrays.

Cells are municipality × field. All distances of one municipality are known from one search, so that a cell only has to
pick the first of those who offer its field.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import field as attribute
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
from scipy import sparse

from tsunagari.graph.measures import Adjacency, Floats, Hops, Integers, hop_blocks, trace_paths

Flags: TypeAlias = npt.NDArray[np.bool_]
Later: TypeAlias = npt.NDArray[np.int16]
Relation: TypeAlias = "sparse.csr_array[np.bool_, tuple[int, int]]"

EARTH = 6371.0088  # mean radius in km (IUGG)
NEVER = np.int16(np.iinfo(np.int16).max)
_NOT_NEAR, _NOT_THERE = 1 << 8, 1 << 9  # added to the steps: who is not near, and not in the municipality, comes later
_PLANNED = np.int16(1 << 10)  # taken from it: who plans to offer it there comes first
_BODY, _FAR_BITS = 32, 20  # bits of a candidate's number and of its distance
_NOWHERE = 999.0  # degrees that no place has
_FAR, _STEP = 65_000, 0.1  # what a distance in steps of 0.1 km is cut at; above it: not known


@dataclass(frozen=True, slots=True)
class Ground:
    """Bodies, municipalities and fields as the ranking needs them; all by number.

    Parameters
    ----------
    offers
        Fields × bodies, true where a body offers the field anywhere. Unnamed groups are in no row.
    local
        Cells × bodies, true where a body offers the field in the municipality itself; cell = municipality × number of
        fields + field.
    present
        Municipalities × bodies, true where a body is based or offers support. Unnamed groups are in no row.
    memberships
        Bodies × groups (platforms and their bodies).
    beside
        Municipalities × bodies, true where a body is in another municipality of the same partnership.
    neighbours
        Who is tied to whom, as `tsunagari.graph.measures.neighbour_lists` gives it.
    positions, homes
        Latitude and longitude in degrees of each municipality and body, nan where not known.
    prefectures, home_prefectures
        Number of the prefecture of each municipality and body, -1 where not known.
    planned
        Cells × bodies, true where a body plans to offer the field in the municipality. Unnamed groups are in no row.
    bound
        Which bodies are bound to a territory.
    territory
        Municipalities × bodies: where those who are bound may be candidates.
    """

    offers: Relation
    local: Relation
    present: Relation
    memberships: Relation
    beside: Relation
    neighbours: Adjacency
    positions: Floats
    homes: Floats
    prefectures: Integers
    home_prefectures: Integers
    planned: Relation
    bound: Flags
    territory: Relation


@dataclass(frozen=True, slots=True)
class Candidates:
    """Who could fill which cell: row by row, sorted by municipality, field and rank.

    Parameters
    ----------
    area, field, body
        Which cell and who.
    rank
        1, 2, … within the cell.
    works, partnership, platform
        Whether the body is there already, in a municipality of the same partnership, in one group with somebody there.
    hops
        Steps to the nearest body that is there, 255 where no path leads there.
    paths
        Bodies from the candidate to one that is there, both included; empty where there is none.
    """

    area: Integers
    field: Integers
    body: Integers
    rank: Integers
    works: Flags
    partnership: Flags
    platform: Flags
    hops: Hops
    paths: list[list[int]] = attribute(default_factory=list)

    def part(self, rows: Integers) -> Candidates:
        """Return some of the rows."""
        names = ("area", "field", "body", "rank", "works", "partnership", "platform", "hops")
        columns = {name: getattr(self, name)[rows] for name in names}
        return Candidates(**columns, paths=[self.paths[row] for row in rows.tolist()])


def rank_candidates(ground: Ground, gaps: Any, *, limit: int = 3) -> Candidates:
    """Return the first candidates of every gap.

    A candidate offers the field in another municipality or for a wider area, or plans to in this one, and does not yet
    in this municipality itself; those who are bound to a territory are candidates in it alone. Those who plan to come
    first, then those who are in the municipality already, then those who share a partnership with it or a group with
    somebody there, then those with the fewest steps to somebody there, then the nearest: by distance where both
    coordinates are known, else those of the same prefecture before others; then by number.

    Parameters
    ----------
    ground
        Bodies, municipalities and fields.
    gaps
        Municipalities × fields, true where candidates are wanted.
    limit
        Most candidates a cell.

    Examples
    --------
    >>> from tsunagari.graph.measures.hops import neighbour_lists
    >>> one = lambda rows: sparse.csr_array(np.array(rows, dtype=bool))
    >>> nowhere, unknown = np.full((2, 2), np.nan), np.array([-1, -1])
    >>> ground = Ground(
    ...     one([[1, 0]]), one([[1, 0], [0, 0]]), one([[1, 0], [0, 1]]), one([[0], [0]]), one([[0, 0], [0, 0]]),
    ...     neighbour_lists([[0, 1], [1, 0]]), nowhere, nowhere, unknown, unknown,
    ...     one([[0, 0], [0, 0]]), np.array([False, False]), one([[0, 0], [0, 0]]),
    ... )
    >>> found = rank_candidates(ground, [[True], [True]])
    >>> found.area.tolist(), found.body.tolist(), found.hops.tolist(), found.paths
    ([1], [0], [1], [[0, 1]])
    """
    wanted = np.asarray(gaps, dtype=np.bool_)
    parts = [part for part in _blocks(ground, wanted, limit) if len(part.area)]
    if not parts:
        none, no = np.empty(0, dtype=np.int64), np.empty(0, dtype=np.bool_)
        return Candidates(none, none, none, none, no, no, no, none.astype(np.uint8))
    names = ("area", "field", "body", "rank", "works", "partnership", "platform", "hops")
    columns = {name: np.concatenate([getattr(part, name) for part in parts]) for name in names}
    return Candidates(**columns, paths=[path for part in parts for path in part.paths])


def _blocks(ground: Ground, wanted: Flags, limit: int) -> Iterator[Candidates]:
    """Yield the candidates of 64 municipalities at a time: as many as one search takes."""
    groups = (ground.present @ ground.memberships).astype(np.bool_)
    apart = _Distances(ground)
    chosen = np.flatnonzero(wanted.any(axis=1))
    for first, hops in hop_blocks(ground.neighbours, ground.present[chosen]):
        areas = chosen[first : first + len(hops)]
        works, partnership = (matrix[areas].toarray() for matrix in (ground.present, ground.beside))
        platform = (ground.memberships @ groups[areas].T.toarray()).T
        later = hops.astype(np.int16)
        later += np.where(partnership | platform, np.int16(0), np.int16(_NOT_NEAR))
        later += np.where(works, np.int16(0), np.int16(_NOT_THERE))
        barred = ~ground.territory[areas].toarray() & ground.bound
        rows, fields = np.nonzero(wanted[areas])
        cells = zip(rows.tolist(), fields.tolist(), strict=True)
        found = [_best(ground, int(areas[row]), field, later[row], barred[row], apart, limit) for row, field in cells]
        number = np.array([len(bodies) for bodies in found])
        row, body = np.repeat(rows, number), np.concatenate(found)
        rank = np.arange(len(row)) - np.repeat(np.cumsum(number) - number, number) + 1
        yield Candidates(
            areas[row],
            np.repeat(fields, number),
            body,
            rank,
            works[row, body],
            partnership[row, body],
            platform[row, body],
            hops[row, body],
            trace_paths(ground.neighbours, hops, row, body),
        )


def _best(
    ground: Ground, area: int, field: int, later: Later, barred: Flags, apart: _Distances, limit: int
) -> Integers:
    """Return the first candidates of one cell, the best first; distances of those only who may be among them."""
    cell = area * ground.offers.shape[0] + field
    bodies, planned, there = _row(ground.offers, field), _row(ground.planned, cell), _row(ground.local, cell)
    if len(planned):
        bodies = np.union1d(bodies, planned)
    key = np.where(barred[bodies], NEVER, later[bodies])
    key[np.searchsorted(bodies, planned)] = later[planned] - _PLANNED
    place = np.searchsorted(bodies, there)
    there, place = there[place < len(bodies)], place[place < len(bodies)]
    key[place[bodies[place] == there]] = NEVER  # an unnamed group is there but no candidate
    last = np.partition(key, limit - 1)[limit - 1] if limit < len(key) else NEVER
    kept = np.flatnonzero((key <= last) & (key < NEVER))
    bodies = bodies[kept].astype(np.int64)
    order = (((key[kept].astype(np.int64) << _FAR_BITS) + apart.steps(area)[apart.home[bodies]]) << _BODY) + bodies
    if limit < len(order):
        order = np.partition(order, limit - 1)[:limit]
    best: Integers = np.sort(order) & ((1 << _BODY) - 1)
    return best


def _row(matrix: Relation, row: int) -> npt.NDArray[np.int32]:
    return matrix.indices[matrix.indptr[row] : matrix.indptr[row + 1]]


class _Distances:
    """Distances of candidates from a municipality in steps of 0.1 km; those who live at one place are one point."""

    def __init__(self, ground: Ground) -> None:
        known = np.nan_to_num(ground.homes, nan=_NOWHERE)  # as two unknown ones never are one place
        homes = np.column_stack([known, ground.home_prefectures])
        places, home = np.unique(homes, axis=0, return_inverse=True)
        self.home: Integers = home.ravel()
        self._places = _points(np.where(places[:, :2] == _NOWHERE, np.nan, places[:, :2]))
        self._prefectures = places[:, 2]
        self._areas = _points(ground.positions)
        self._area_prefectures = ground.prefectures
        self._known: tuple[int, Integers] | None = None

    def steps(self, area: int) -> Integers:
        """Return the distances of all points; without coordinates the same prefecture comes before the others."""
        if self._known is None or self._known[0] != area:
            self._known = area, self._steps(area)
        return self._known[1]

    def _steps(self, area: int) -> Integers:
        other = (self._prefectures != self._area_prefectures[area]) | (self._prefectures < 0)
        chord = np.sqrt(np.maximum(2 - 2 * (self._places @ self._areas[area]), 0))  # grows with the distance
        known = ~np.isnan(chord)
        steps = np.minimum(np.where(known, chord, 0) * EARTH / _STEP, _FAR).astype(np.int64)
        return np.where(known, steps, _FAR + 1 + other)


def _points(degrees: Floats) -> Floats:
    """Return latitudes and longitudes as points on the unit sphere."""
    latitude, longitude = np.radians(degrees).T
    return np.column_stack(
        [np.cos(latitude) * np.cos(longitude), np.cos(latitude) * np.sin(longitude), np.sin(latitude)]
    )


def kilometres(one: Floats, other: Floats) -> Floats:
    """Return the great-circle distance of points (latitude and longitude in degrees) row by row, nan where not known.

    Source: the haversine formula (R. W. Sinnott 1984, "Virtues of the Haversine", Sky & Telescope 68(2)), on a sphere
    of the Earth's mean radius of 6,371 km.

    Examples
    --------
    >>> kilometres(np.array([[35.0, 135.0]]), np.array([[36.0, 135.0]])).round(1).tolist()
    [111.2]
    """
    (lat, long), (to_lat, to_long) = np.radians(one).T, np.radians(other).T
    half = np.sin((to_lat - lat) / 2) ** 2 + np.cos(lat) * np.cos(to_lat) * np.sin((to_long - long) / 2) ** 2
    return np.asarray(2 * EARTH * np.arcsin(np.sqrt(half)), dtype=np.float64)

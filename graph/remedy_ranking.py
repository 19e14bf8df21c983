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

from tsunagari.graph.adjacency import Adjacency, Floats, Integers
from tsunagari.graph.hops import Hops, hop_blocks, trace_paths

Flags: TypeAlias = npt.NDArray[np.bool_]
Relation: TypeAlias = "sparse.csr_array[np.bool_, tuple[int, int]]"

EARTH = 6371.0088  # mean radius in km (IUGG)
NEVER = np.iinfo(np.int64).max
_PLACE, _HOPS = 32, 16  # bits of a candidate's place in the list and of its distance
_NOT_NEAR, _NOT_THERE = 8, 9  # bits above the steps
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
        Who is tied to whom, as `tsunagari.graph.hops.neighbour_lists` gives it.
    positions, homes
        Latitude and longitude in degrees of each municipality and body, nan where not known.
    prefectures, home_prefectures
        Number of the prefecture of each municipality and body, -1 where not known.
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


def rank_candidates(ground: Ground, gaps: Any, *, limit: int = 3) -> Candidates:
    """Return the first candidates of every gap.

    A candidate offers the field in another municipality or for a wider area, and not in this municipality itself. Those
    who are in the municipality already come first, then those who share a partnership with it or a group with somebody
    there, then those with the fewest steps to somebody there, then the nearest: by distance where both coordinates are
    known, else those of the same prefecture before others; then by number.

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
    >>> from tsunagari.graph.hops import neighbour_lists
    >>> one = lambda rows: sparse.csr_array(np.array(rows, dtype=bool))
    >>> nowhere, unknown = np.full((2, 2), np.nan), np.array([-1, -1])
    >>> ground = Ground(
    ...     one([[1, 0]]), one([[1, 0], [0, 0]]), one([[1, 0], [0, 1]]), one([[0], [0]]), one([[0, 0], [0, 0]]),
    ...     neighbour_lists([[0, 1], [1, 0]]), nowhere, nowhere, unknown, unknown,
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
    columns = {name: np.concatenate([getattr(part, name) for part in parts]) for name in _COLUMNS}
    return Candidates(**columns, paths=[path for part in parts for path in part.paths])


_COLUMNS = ("area", "field", "body", "rank", "works", "partnership", "platform", "hops")


def _blocks(ground: Ground, wanted: Flags, limit: int) -> Iterator[Candidates]:
    """Yield the candidates of 64 municipalities at a time: as many as one search takes."""
    bodies = ground.offers.indices.astype(np.int64)
    groups = (ground.present @ ground.memberships).astype(np.bool_)
    theirs = ground.memberships[bodies]
    apart = _Distances(ground, bodies)
    chosen = np.flatnonzero(wanted.any(axis=1))
    for first, hops in hop_blocks(ground.neighbours, ground.present[chosen]):
        areas = chosen[first : first + len(hops)]
        shared = np.ascontiguousarray((theirs @ groups[areas].T.toarray()).T)
        found = []
        for row, area in enumerate(areas.tolist()):
            works, partnership = _marked(ground.present, area)[bodies], _marked(ground.beside, area)[bodies]
            key = _keys(works, partnership | shared[row], hops[row][bodies], apart.steps(area))
            field, rank, place = _first_of_each(ground, area, wanted[area], key, limit)
            marks = (works[place], partnership[place], shared[row][place])
            found.append((np.full(len(place), area), field, bodies[place], rank, *marks, np.full(len(place), row)))
        *columns, rows = (np.concatenate(parts) for parts in zip(*found, strict=True))
        named = dict(zip(_COLUMNS, columns, strict=False))  # the last, the steps, is not yet there
        paths = trace_paths(ground.neighbours, hops, rows, named["body"])
        yield Candidates(**named, hops=hops[rows, named["body"]], paths=paths)


def _marked(matrix: Relation, row: int) -> Flags:
    """Return a row of a sparse matrix of truths."""
    found = np.zeros(matrix.shape[1], dtype=np.bool_)
    found[matrix.indices[matrix.indptr[row] : matrix.indptr[row + 1]]] = True
    return found


def _keys(works: Flags, near: Flags, hops: Hops, distance: Integers) -> Integers:
    """Return one number a candidate: the smaller, the better; its place in the list decides last."""
    steps = hops.astype(np.int64)
    steps += np.where(near, 0, 1 << _NOT_NEAR)
    steps += np.where(works, 0, 1 << _NOT_THERE)
    steps = (steps << _HOPS) + distance
    return (steps << _PLACE) + np.arange(len(works))


def _first_of_each(
    ground: Ground, area: int, wanted: Flags, key: Integers, limit: int
) -> tuple[Integers, Integers, Integers]:
    """Return field, rank and place in the list of the first candidates of a municipality's cells."""
    starts, bodies = ground.offers.indptr, ground.offers.indices
    fields: list[int] = []
    places: list[Integers] = []
    for field_number in np.flatnonzero(wanted).tolist():
        start, end = int(starts[field_number]), int(starts[field_number + 1])
        cell = area * len(wanted) + field_number
        there = ground.local.indices[ground.local.indptr[cell] : ground.local.indptr[cell + 1]]
        part = key[start:end]
        at = np.searchsorted(bodies[start:end], there)
        inside = at < len(part)
        at, there = at[inside], there[inside]
        part[at[bodies[start + at] == there]] = NEVER  # an unnamed group is there but no candidate
        best = np.argpartition(part, limit)[:limit] if limit < len(part) else np.arange(len(part))
        best = best[np.argsort(part[best])]
        best = best[part[best] != NEVER]
        fields += [field_number] * len(best)
        places.append(best + start)
    place = np.concatenate(places) if places else np.empty(0, dtype=np.int64)
    rank = [number for found in places for number in range(1, len(found) + 1)]
    return np.array(fields, dtype=np.int64), np.array(rank, dtype=np.int64), place


class _Distances:
    """Distances of candidates from a municipality in steps of 0.1 km; those who live at one place are one point."""

    def __init__(self, ground: Ground, bodies: Integers) -> None:
        homes = np.column_stack([ground.homes[bodies], ground.home_prefectures[bodies]])
        places, where = np.unique(homes, axis=0, return_inverse=True)
        self._where = where.ravel()
        self._places = _points(places[:, :2])
        self._prefectures = places[:, 2]
        self._areas = _points(ground.positions)
        self._area_prefectures = ground.prefectures

    def steps(self, area: int) -> Integers:
        """Return the distances; without coordinates the same prefecture comes before the others."""
        other = (self._prefectures != self._area_prefectures[area]) | (self._prefectures < 0)
        chord = np.sqrt(np.maximum(2 - 2 * (self._places @ self._areas[area]), 0))  # grows with the distance
        known = ~np.isnan(chord)
        steps = np.minimum(np.where(known, chord, 0) * EARTH / _STEP, _FAR).astype(np.int64)
        return np.take(np.where(known, steps, _FAR + 1 + other), self._where)


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

"""Positions of nodes inside their rooms: a spring layout of each connected part, then all pushed apart at once."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
import rustworkx as rx
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.csgraph import connected_components, reverse_cuthill_mckee
from scipy.spatial import cKDTree

from tsunagari.viz.map.drawn import Drawn, Numbers
from tsunagari.viz.map.rooms import Box, divide

Points: TypeAlias = NDArray[np.float64]

SPACING = 58.0
"""Mean distance between neighbouring nodes; the radius of the largest node is less than half of it."""
FEW = 2
"""A pair stands side by side; more tied nodes are laid out by their ties."""
LARGE = 3_000
"""A map of more nodes is laid out in fewer rounds: its inside is seen from near only, a few frames at a time."""
LARGEST = 8_000
"""A map of more nodes has rows in every frame, tied ones near each other: springs would take longer than all else."""


def place_nodes(
    drawn: Drawn, groups: Sequence[Sequence[str]], rooms: Sequence[Box], seed: int
) -> dict[str, tuple[float, float]]:
    """Return the position of every node inside the room of its group, apart from each other.

    Parameters
    ----------
    drawn
        What is drawn.
    groups, rooms
        The nodes of each group, and where they belong (x, y, width, height).
    seed
        Of the spring layouts.

    Returns
    -------
    The positions, rounded to a tenth. Unconnected parts of a group get rooms of their own; nodes without a tie inside
    their group stand in rows, in the order given. Of more than `LARGEST` nodes all stand in rows.
    """
    order = [node for nodes in groups for node in nodes]
    index = {node: number for number, node in enumerate(order)}
    of = np.repeat(np.arange(len(groups)), [len(nodes) for nodes in groups])
    ends = np.array([index[node] for node in drawn.ids], dtype=np.int64)[drawn.pairs]
    inside = ends[of[ends[:, 0]] == of[ends[:, 1]]]
    placed = _rows(of, inside, rooms) if len(order) > LARGEST else _springs(of, inside, rooms, seed)
    rounded = placed.round(1).tolist()
    return {node: (x, y) for node, (x, y) in ((node, rounded[index[node]]) for node in drawn.ids)}


def _rows(of: Numbers, inside: Numbers, rooms: Sequence[Box]) -> Points:
    """Stand the nodes of every room in rows, along an order in which tied ones are near each other.

    Source: E. Cuthill & J. McKee 1969, "Reducing the bandwidth of sparse symmetric matrices", in the order reversed by
    A. George.
    """
    count = len(of)
    ones = np.ones(2 * len(inside), dtype=np.int8)
    both = np.concatenate((inside, inside[:, ::-1]))
    matrix = sparse.csr_matrix((ones, (both[:, 0], both[:, 1])), shape=(count, count))
    order = reverse_cuthill_mckee(matrix, symmetric_mode=True)
    order = order[np.argsort(of[order], kind="stable")]
    starts = np.searchsorted(of[order], np.arange(len(rooms) + 1)).tolist()
    placed = np.zeros((count, 2))
    for (x, y, width, height), start, end in zip(rooms, starts, starts[1:], strict=False):
        placed[order[start:end]] = _grid(end - start, np.array([x, y]), np.array([x + width, y + height]))
    return placed


def _springs(of: Numbers, inside: Numbers, rooms: Sequence[Box], seed: int) -> Points:
    """Lay the connected parts of every room out by their ties, then push all apart."""
    rounds = 150 if len(of) <= LARGE else 40
    placed = np.zeros((len(of), 2))
    room = np.zeros((len(of), 4))
    tied = np.zeros(len(of), dtype=bool)
    for part, is_tied, box in _parts(of, inside, rooms):
        low, high = np.array(box[:2]), np.array(box[:2]) + np.array(box[2:])
        room[part] = (*low, *high)
        tied[part] = is_tied
        if is_tied and len(part) > FEW:
            placed[part] = _fit(_spring(inside, part, seed, rounds), low, high)
        else:
            placed[part] = _grid(len(part), low, high)
    return spread(placed, room, tied, rounds=90 if len(of) <= LARGE else 25)


def _parts(of: Numbers, inside: Numbers, rooms: Sequence[Box]) -> list[tuple[Numbers, bool, Box]]:
    """Return the connected parts of each group with their boxes, the largest first, single nodes together at last."""
    count = len(of)
    ones = np.ones(len(inside))
    matrix = sparse.csr_array((ones, (inside[:, 0], inside[:, 1])), shape=(count, count))
    _, component = connected_components(matrix, directed=False)
    sizes = np.bincount(component, minlength=1)
    found: list[tuple[Numbers, bool, Box]] = []
    starts = np.searchsorted(of, np.arange(len(rooms) + 1))
    for number, (x, y, width, height) in enumerate(rooms):
        members = np.arange(starts[number], starts[number + 1])
        single = members[sizes[component[members]] == 1]
        rest = members[sizes[component[members]] > 1]
        pieces = [rest[component[rest] == name] for name in dict.fromkeys(component[rest].tolist())]
        pieces.sort(key=lambda piece: (-len(piece), int(piece[0])))
        parts = [(piece, True) for piece in pieces] + ([(single, False)] if len(single) else [])
        boxes: list[Box] = [(0.0, 0.0, 0.0, 0.0)] * len(parts)
        across = math.ceil(math.sqrt(len(parts)))
        grid = np.array([(place % across, place // across) for place in range(len(parts))], dtype=np.float64)
        divide((x, y, width, height), list(range(len(parts))), np.array([len(p) + 1.0 for p, _ in parts]), grid, boxes)
        for (part, is_tied), (left, top, w, h) in zip(parts, boxes, strict=True):
            inset = 0.0 if len(parts) == 1 else 1.0
            dx, dy = inset * min(14.0, w * 0.1), inset * min(14.0, h * 0.1)
            found.append((part, is_tied, (left + dx, top + dy, w - 2 * dx, h - 2 * dy)))
    return found


def _grid(count: int, low: Points, high: Points) -> Points:
    """Rows of equal cells, filled from the upper left."""
    width, height = (high - low).tolist()
    columns = max(1, min(count, round(math.sqrt(count * width / height))))
    rows = math.ceil(count / columns)
    cell = np.array([width / columns, height / rows])
    numbers = np.arange(count)
    placed: Points = low + (np.stack([numbers % columns, numbers // columns], axis=1) + 0.5) * cell
    return placed


def _spring(inside: Numbers, part: Numbers, seed: int, rounds: int) -> Points:
    first, last = part[0], part[-1]  # the numbers of a group follow each other, so few ties are looked at
    near = inside[((inside >= first) & (inside <= last)).all(axis=1)]
    place = np.full(int(last - first) + 1, -1)
    place[part - first] = np.arange(len(part))
    ends = place[near - first]
    part_graph: rx.PyGraph[None, None] = rx.PyGraph()
    part_graph.add_nodes_from([None] * len(part))
    part_graph.add_edges_from_no_data([(a, b) for a, b in np.unique(np.sort(ends, axis=1), axis=0).tolist() if a >= 0])
    found = rx.spring_layout(part_graph, seed=seed, num_iter=rounds)
    return np.array([found[number] for number in range(len(part))], dtype=np.float64)


def _fit(points: Points, low: Points, high: Points) -> Points:
    """Fit `points` to the box, halfway between positions and ranks: keeps the shape, opens dense centres."""
    if len(points) >= 25:  # a stray part of the group would squeeze the rest into a corner
        points = np.clip(points, np.quantile(points, 0.03, axis=0), np.quantile(points, 0.97, axis=0))
    rank = np.argsort(np.argsort(points, axis=0, kind="stable"), axis=0, kind="stable") / max(len(points) - 1, 1)
    range_ = np.maximum(np.ptp(points, axis=0), 1e-9)
    placed: Points = low + (0.45 * (points - points.min(axis=0)) / range_ + 0.55 * rank) * (high - low)
    return placed


def spread(placed: Points, room: Points, moving: NDArray[np.bool_], *, rounds: int) -> Points:
    """Push points apart until none is nearer to another of its room than four fifths of the even spacing there.

    Parameters
    ----------
    placed
        Points, one row each.
    room
        Left, top, right and bottom of the room of each point; points with the same room push each other.
    moving
        Which points move; the others stay and push nobody.
    rounds
        Most rounds; ends earlier when nothing is too near.

    Examples
    --------
    >>> room = np.array([[0.0, 0.0, 10.0, 10.0]] * 2)
    >>> found = spread(np.array([[5.0, 5.0], [5.1, 5.0]]), room, np.array([True, True]), rounds=90)
    >>> bool(np.ptp(found[:, 0]) > 5)
    True
    """
    _, number, counts = np.unique(room, axis=0, return_inverse=True, return_counts=True)
    number = number.ravel()
    area = (room[:, 2] - room[:, 0]) * (room[:, 3] - room[:, 1])
    wanted = 0.82 * np.sqrt(np.maximum(area, 1.0) / counts[number])
    rows = np.flatnonzero(moving)
    if len(rows) < 2:
        return placed
    points, number, wanted = placed[rows], number[rows], wanted[rows]
    low, high = room[rows, :2], room[rows, 2:]
    reach = float(np.quantile(wanted, 0.9)) if len(rows) > LARGE else float(wanted.max())
    for _ in range(rounds):
        a, b = cKDTree(points).query_pairs(reach, output_type="ndarray").T
        same = number[a] == number[b]
        a, b = a[same], b[same]
        difference = points[a] - points[b]
        distance = np.sqrt((difference**2).sum(axis=1))
        near = distance < wanted[a]
        if not near.any():
            break
        a, b, difference, distance = a[near], b[near], difference[near], distance[near]
        stacked = distance < 1e-6  # two points in one place: any direction will do, the same each time
        difference[stacked] = np.stack([np.cos(a[stacked] * 2.4), np.sin(a[stacked] * 2.4)], axis=1)
        push = difference / np.maximum(distance, 1e-6)[:, None] * (wanted[a] - distance)[:, None] * 0.35
        push[stacked] = difference[stacked] * wanted[a][stacked][:, None] * 0.35
        for axis in (0, 1):
            moved = np.bincount(a, push[:, axis], len(points)) - np.bincount(b, push[:, axis], len(points))
            points[:, axis] = np.clip(points[:, axis] + moved, low[:, axis], high[:, axis])
    found = placed.copy()
    found[rows] = points
    return found

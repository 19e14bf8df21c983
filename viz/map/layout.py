"""Positions of the map, laid out beforehand: frames for groups, a spring layout inside each, nothing overlapping."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import networkx as nx
import numpy as np
import rustworkx as rx
from numpy.typing import NDArray

from tsunagari.viz.look.wrapping import display_width
from tsunagari.viz.map.grouping import Graph, Group, group_nodes, ordered_part

Points: TypeAlias = NDArray[np.float64]
Box: TypeAlias = tuple[float, float, float, float]

SPACING = 58.0
"""Mean distance between neighbouring nodes; the radius of the largest node is less than half of it."""
ASPECT = 1.2
"""Width to height of the whole map, that of the drawing area on a wide screen."""
TITLE = 30.0
"""Height of a frame's heading on a map that fits the screen at full size; larger maps get it in proportion."""
SCREEN = 1000.0
"""Width in pixels that the map is expected to have on a screen."""
MARGIN = 26.0
GAP = 16.0
TURNS = 24


@dataclass(frozen=True, slots=True)
class Frame:
    """A group and the rectangle it is drawn in.

    Parameters
    ----------
    group
        What it holds.
    x, y
        Its upper left corner.
    width, height
        Its size.
    lines
        Lines that its heading takes, 1 or 2.
    """

    group: Group
    x: float
    y: float
    width: float
    height: float
    lines: int = 1


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything is.

    Parameters
    ----------
    positions
        Centre of every node.
    frames
        One frame a group, in the order of the groups.
    """

    positions: dict[str, tuple[float, float]]
    frames: tuple[Frame, ...]


def lay_out(graph: Graph, *, seed: int = 7) -> Layout:
    """Lay `graph` out by groups; the same graph and seed give the same positions.

    The rectangle of the map is divided among the groups so that connected groups lie near each other (recursive
    bisection of a spring layout of the groups), and each group is laid out in its part. Isolates form a grid. An
    empty graph gives an empty layout.

    Parameters
    ----------
    graph
        Any graph with the node attributes of :func:`tsunagari.viz.map.grouping.group_nodes`; direction and parallel
        ties do not matter.
    seed
        Seed of the layouts.

    Examples
    --------
    >>> layout = lay_out(nx.path_graph(4))
    >>> len(layout.positions), len(layout.frames)
    (4, 1)
    """
    simple: Graph = nx.Graph(graph)
    simple.remove_edges_from(list(nx.selfloop_edges(simple)))
    groups = group_nodes(simple, seed=seed)
    if not groups:
        return Layout({}, ())
    title = TITLE
    for _ in range(2):  # the heading keeps its height on the screen, so a larger map needs a taller strip for it
        weights = np.array([_area(group, title) for group in groups])
        title = TITLE * max(1.0, math.sqrt(float(weights.sum()) * ASPECT) / SCREEN)
    boxes = _boxes(weights, _coarse_positions(simple, groups, seed))
    frames = tuple(
        Frame(group, x + GAP / 2, y + GAP / 2, w - GAP, h - GAP, _lines(group.title, (w - GAP) * TITLE / title))
        for group, (x, y, w, h) in zip(groups, boxes, strict=True)
    )
    positions: dict[str, tuple[float, float]] = {}
    for frame in frames:
        placed = _place(simple, frame, min(_strip(title, frame.lines), frame.height * 0.6), seed)
        for node, (x, y) in zip(frame.group.nodes, placed.tolist(), strict=True):
            positions[node] = (round(x, 1), round(y, 1))
    return Layout(positions, frames)


def _lines(title: str, pixels: float) -> int:
    return 2 if display_width(title) * 6.4 > pixels - 22 else 1


def _area(group: Group, title: float) -> float:
    """Room for the nodes, the title strip, the margins and the gaps between frames."""
    side = math.sqrt(max(len(group.nodes), 5)) * SPACING
    strip = _strip(title, _lines(group.title, (side + 2 * MARGIN) * TITLE / title))
    return (side + 2 * MARGIN + GAP) * (side + strip + MARGIN + GAP)


def _strip(title: float, lines: int) -> float:
    return title * (1 + 0.55 * (lines - 1))


def _coarse_positions(graph: Graph, groups: Sequence[Group], seed: int) -> Points:
    """Spring layout of the groups; a tie counts less in a large group, so that giants do not pull everything in."""
    index = {node: number for number, group in enumerate(groups) for node in group.nodes}
    weights: dict[tuple[int, int], float] = {}
    for left, right in graph.edges():
        a, b = sorted((index[left], index[right]))
        if a != b:
            weights[a, b] = weights.get((a, b), 0.0) + 1.0
    coarse: rx.PyGraph[int, float] = rx.PyGraph()
    coarse.add_nodes_from(range(len(groups)))
    coarse.add_edges_from(
        [(a, b, weight / math.sqrt(len(groups[a].nodes) * len(groups[b].nodes))) for (a, b), weight in weights.items()]
    )
    found = rx.spring_layout(coarse, seed=seed, num_iter=120, weight_fn=float)
    points = np.array([found[number] for number in range(len(groups))], dtype=np.float64)
    for number, group in enumerate(groups):
        if group.role in ("isolates", "rest"):  # read last, so placed at the lower right
            points[number] = points.max(axis=0) + 1.0 + number
    return points


def _boxes(weights: NDArray[np.float64], coarse: Points) -> list[Box]:
    """Divide the map's rectangle; of several turns of the coarse layout the one with the best-shaped parts is kept."""
    width = math.sqrt(float(weights.sum()) * ASPECT)
    best: tuple[float, list[Box]] | None = None
    for turn in range(TURNS if len(weights) <= 60 else 1):
        angle = 2 * math.pi * turn / TURNS
        rotation = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
        boxes: list[Box] = [(0.0, 0.0, 0.0, 0.0)] * len(weights)
        _divide((0.0, 0.0, width, width / ASPECT), list(range(len(weights))), weights, coarse @ rotation, boxes)
        cost = sum(_badness(box) for box in boxes) + 2 * max(_badness(box) for box in boxes)
        if best is None or cost < best[0] - 1e-9:
            best = (cost, boxes)
    assert best is not None
    return best[1]


def _divide(box: Box, members: list[int], weights: NDArray[np.float64], coarse: Points, boxes: list[Box]) -> None:
    """Divide `box` among `members` in proportion to their weights, keeping the neighbourhoods of `coarse`."""
    if len(members) == 1:
        boxes[members[0]] = box
        return
    best: tuple[float, Box, Box, list[int], int] | None = None
    for axis in (0, 1):
        order = sorted(members, key=lambda number: (coarse[number][axis], number))
        shares = np.cumsum(weights[order]) / weights[order].sum()
        for cut in range(1, len(order)):
            share = float(shares[cut - 1])
            first, second = _cut(box, axis, share)
            cost = 0.4 * abs(share - 0.5)
            cost += _badness(first) * (1.0 if cut == 1 else 0.5)
            cost += _badness(second) * (1.0 if cut == len(order) - 1 else 0.5)
            if best is None or cost < best[0] - 1e-9:
                best = (cost, first, second, order, cut)
    assert best is not None
    _, first, second, order, cut = best
    _divide(first, order[:cut], weights, coarse, boxes)
    _divide(second, order[cut:], weights, coarse, boxes)


def _cut(box: Box, axis: int, share: float) -> tuple[Box, Box]:
    x, y, width, height = box
    if axis == 0:
        return (x, y, width * share, height), (x + width * share, y, width * (1 - share), height)
    return (x, y, width, height * share), (x, y + height * share, width, height * (1 - share))


def _badness(box: Box) -> float:
    """How far a rectangle is from a readable shape: 0 near the map's own shape, growing with its length."""
    return max(0.0, abs(math.log(box[2] / box[3] / ASPECT)) - 0.35) ** 2


def _place(graph: Graph, frame: Frame, title: float, seed: int) -> Points:
    """Positions of the nodes of one frame, apart from each other; unconnected parts get rooms of their own."""
    nodes = frame.group.nodes
    low = np.array([frame.x + MARGIN, frame.y + title + MARGIN * 0.6])
    high = np.array([frame.x + frame.width - MARGIN, frame.y + frame.height - MARGIN])
    high = np.maximum(high, low + 1.0)
    parts = _parts(graph, nodes)
    rooms: list[Box] = [(0.0, 0.0, 0.0, 0.0)] * len(parts)
    width, height = (high - low).tolist()
    across = math.ceil(math.sqrt(len(parts)))
    order = np.array([(number % across, number // across) for number in range(len(parts))], dtype=np.float64)
    weights = np.array([len(part) + 1.0 for part in parts])
    _divide((float(low[0]), float(low[1]), width, height), list(range(len(parts))), weights, order, rooms)
    placed: dict[str, list[float]] = {}
    for part, (x, y, w, h) in zip(parts, rooms, strict=True):
        inset = 0.0 if len(parts) == 1 else min(14.0, w * 0.1, h * 0.1)
        start, end = np.array([x + inset, y + inset]), np.array([x + w - inset, y + h - inset])
        tied = graph.subgraph(part).number_of_edges() > 0
        points = _spread(_spring(graph, part, seed), start, end) if tied else _grid(len(part), start, end)
        placed.update(zip(part, points.tolist(), strict=True))
    return np.array([placed[node] for node in nodes], dtype=np.float64)


def _parts(graph: Graph, nodes: Sequence[str]) -> list[list[str]]:
    """The components of a group, the largest first; its nodes without ties inside are one part, the last."""
    index = {node: number for number, node in enumerate(nodes)}
    components = [sorted(part, key=index.__getitem__) for part in nx.connected_components(graph.subgraph(nodes))]
    tied = sorted((part for part in components if len(part) > 1), key=lambda part: (-len(part), index[part[0]]))
    single = sorted((part[0] for part in components if len(part) == 1), key=index.__getitem__)
    return [*tied, single] if single else tied


def _grid(count: int, low: Points, high: Points) -> Points:
    """Rows of equal cells, filled from the upper left."""
    width, height = (high - low).tolist()
    columns = max(1, min(count, round(math.sqrt(count * width / height))))
    rows = math.ceil(count / columns)
    cell = np.array([width / columns, height / rows])
    numbers = np.arange(count)
    placed: Points = low + (np.stack([numbers % columns, numbers // columns], axis=1) + 0.5) * cell
    return placed


def _spring(graph: Graph, nodes: Sequence[str], seed: int) -> Points:
    index = {node: number for number, node in enumerate(nodes)}
    inner: rx.PyGraph[str, None] = rx.PyGraph()
    inner.add_nodes_from(list(nodes))
    edges = ordered_part(graph, nodes).edges()
    inner.add_edges_from([(index[a], index[b], None) for a, b in edges])
    found = rx.spring_layout(inner, seed=seed, num_iter=150)
    return np.array([found[number] for number in range(len(nodes))], dtype=np.float64)


def _spread(points: Points, low: Points, high: Points) -> Points:
    """Fit `points` to the box and push them apart until none is nearer than four fifths of the even spacing."""
    size = high - low
    if len(points) >= 25:  # a stray part of the group would squeeze the rest into a corner
        points = np.clip(points, np.quantile(points, 0.03, axis=0), np.quantile(points, 0.97, axis=0))
    rank = np.argsort(np.argsort(points, axis=0, kind="stable"), axis=0, kind="stable") / max(len(points) - 1, 1)
    span = np.maximum(np.ptp(points, axis=0), 1e-9)
    # halfway between the spring positions and their ranks: keeps the shape, opens dense centres
    placed: Points = low + (0.45 * (points - points.min(axis=0)) / span + 0.55 * rank) * size
    wanted = 0.82 * math.sqrt(float(size.prod()) / len(points))
    for _ in range(90):
        difference = placed[:, None, :] - placed[None, :, :]
        distance = np.sqrt((difference**2).sum(axis=2)) + np.eye(len(placed)) * 1e9
        overlap = np.clip(wanted - distance, 0.0, None)
        if not overlap.any():
            break
        unit = difference / np.maximum(distance, 1e-6)[:, :, None]
        placed = np.clip(placed + 0.35 * (unit * overlap[:, :, None]).sum(axis=1), low, high)
    return placed

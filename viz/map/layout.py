"""Positions of the map, laid out beforehand: regions, frames of groups, nodes inside each, nothing overlapping."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import rustworkx as rx
from numpy.typing import NDArray

from tsunagari.viz.look.wrapping import display_width
from tsunagari.viz.map.drawn import Drawn
from tsunagari.viz.map.grouping import Group, group_nodes
from tsunagari.viz.map.rooms import ASPECT, Box, divide, share_out
from tsunagari.viz.map.spreading import SPACING, Points, place_nodes

TITLE = 30.0
"""Height of a frame's heading on a map that fits the screen at full size; larger maps get it in proportion."""
SCREEN = 1000.0
"""Width in pixels that the map is expected to have on a screen."""
MARGIN = 26.0
GAP = 16.0


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
    region
        Number of the region it is in, -1 without regions.
    """

    group: Group
    x: float
    y: float
    width: float
    height: float
    lines: int = 1
    region: int = -1


@dataclass(frozen=True, slots=True)
class Region:
    """A prefecture of a large map and the rectangle of its frames.

    Parameters
    ----------
    title
        Its name.
    x, y, width, height
        Upper left corner and size.
    """

    title: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything is.

    Parameters
    ----------
    positions
        Centre of every node.
    frames
        One frame a group, in the order of the groups.
    regions
        The prefectures, where the map is so large that it is divided by them.
    """

    positions: dict[str, tuple[float, float]]
    frames: tuple[Frame, ...]
    regions: tuple[Region, ...] = ()


def lay_out(drawn: Drawn, *, seed: int = 7) -> Layout:
    """Lay a network out by groups; the same network and seed give the same positions.

    The rectangle of the map is divided among the regions, and each region among its groups, so that what is tied lies
    near each other (recursive bisection of a spring layout); each group is laid out in its part. Isolates form a grid.
    An empty network gives an empty layout.

    Parameters
    ----------
    drawn
        Any network with the columns of nodes of :func:`tsunagari.viz.map.grouping.group_nodes`; direction and parallel
        ties do not matter.
    seed
        Seed of the layouts.

    Examples
    --------
    >>> import networkx as nx
    >>> layout = lay_out(Drawn.of_graph(nx.path_graph(4)))
    >>> len(layout.positions), len(layout.frames)
    (4, 1)
    """
    frames, regions, title = _framed(drawn, seed)
    if not frames:
        return Layout({}, ())
    inner = [_inner(frame, title) for frame in frames]
    return Layout(place_nodes(drawn, [frame.group.nodes for frame in frames], inner, seed), frames, regions)


def place_frames(drawn: Drawn, *, seed: int = 7) -> Layout:
    """Return the layout without positions of single nodes: what is seen from far. See `lay_out`."""
    frames, regions, _ = _framed(drawn, seed)
    return Layout({}, frames, regions)


def _framed(drawn: Drawn, seed: int) -> tuple[tuple[Frame, ...], tuple[Region, ...], float]:
    """Return the frames of the groups, the regions, and the height of a heading."""
    groups = group_nodes(drawn, seed=seed)
    if not groups:
        return (), (), TITLE
    weights, title = _weights(groups)
    regions, boxes = _regions(groups, weights, _ties_between(drawn, groups), title, seed)
    number = {region.title: place for place, region in enumerate(regions)}
    frames = tuple(
        Frame(
            group,
            *_rounded((x + GAP / 2, y + GAP / 2, w - GAP, h - GAP)),
            lines=_lines(group.title, (w - GAP) * TITLE / title),
            region=number.get(group.region, -1),
        )
        for group, (x, y, w, h) in zip(groups, boxes, strict=True)
    )
    return frames, regions, title


def _weights(groups: Sequence[Group]) -> tuple[NDArray[np.float64], float]:
    """Return the area each group needs, and the height of a heading at which it can be read on the screen."""
    title = TITLE
    for _ in range(2):  # the heading keeps its height on the screen, so a larger map needs a taller strip for it
        weights = np.array([_area(group, title) for group in groups])
        title = TITLE * max(1.0, math.sqrt(float(weights.sum()) * ASPECT) / SCREEN)
        title = min(title, 4 * TITLE)  # a map that never fits the screen is read by zooming
    return weights, title


def _regions(
    groups: Sequence[Group], weights: NDArray[np.float64], ties: dict[tuple[int, int], float], title: float, seed: int
) -> tuple[tuple[Region, ...], list[Box]]:
    """Return the regions and the box of each group; without regions the whole map is divided at once."""
    names = list(dict.fromkeys(group.region for group in groups))
    sizes = [len(group.nodes) for group in groups]
    if len(names) == 1:
        coarse = _coarse_positions(
            ties, sizes, [group.role in ("isolates", "rest", "nowhere") for group in groups], seed
        )
        return (), share_out(weights, coarse)
    members = [[place for place, group in enumerate(groups) if group.region == name] for name in names]
    of = {place: number for number, places in enumerate(members) for place in places}
    between: dict[tuple[int, int], float] = {}
    for (a, b), weight in ties.items():
        low, high = sorted((of[a], of[b]))
        if low != high:
            between[low, high] = between.get((low, high), 0.0) + weight
    totals = np.array([float(weights[places].sum()) for places in members])
    region_sizes = [sum(sizes[place] for place in places) for places in members]
    areas = share_out(totals * 1.1, _coarse_positions(between, region_sizes, [not name for name in names], seed))
    boxes: list[Box] = [(0.0, 0.0, 0.0, 0.0)] * len(groups)
    found = []
    for name, places, (x, y, w, h) in zip(names, members, areas, strict=True):
        strip = min(title * 1.3, h * 0.12)
        room = (x + GAP, y + strip, w - 2 * GAP, h - strip - GAP)
        inside = {
            (places.index(a), places.index(b)): weight for (a, b), weight in ties.items() if a in places and b in places
        }
        coarse = _coarse_positions(inside, [sizes[place] for place in places], [False] * len(places), seed)
        rooms: list[Box] = [(0.0, 0.0, 0.0, 0.0)] * len(places)
        divide(room, list(range(len(places))), weights[places], coarse, rooms)
        for place, box in zip(places, rooms, strict=True):
            boxes[place] = box
        found.append(Region(name, *_rounded((x + 4, y + 4, w - 8, h - 8))))
    return tuple(found), boxes


def _rounded(box: Box) -> Box:
    x, y, width, height = box
    return round(x, 2), round(y, 2), round(width, 2), round(height, 2)


def _inner(frame: Frame, title: float) -> Box:
    """Return the room for nodes inside a frame: below its heading, off its edges."""
    strip = min(_strip(title, frame.lines), frame.height * 0.4) + MARGIN * 0.6
    side = min(MARGIN, frame.width * 0.2)
    below = min(MARGIN, frame.height * 0.2)
    return (
        frame.x + side,
        frame.y + strip,
        max(frame.width - 2 * side, 1.0),
        max(frame.height - strip - below, 1.0),
    )


def _lines(title: str, pixels: float) -> int:
    return 2 if display_width(title) * 6.4 > pixels - 22 else 1


def _area(group: Group, title: float) -> float:
    """Room for the nodes, the title strip, the margins and the gaps between frames."""
    side = math.sqrt(max(len(group.nodes), 5)) * SPACING
    strip = _strip(title, _lines(group.title, (side + 2 * MARGIN) * TITLE / title))
    return (side + 2 * MARGIN + GAP) * (side + strip + MARGIN + GAP)


def _strip(title: float, lines: int) -> float:
    return title * (1 + 0.55 * (lines - 1))


def _ties_between(drawn: Drawn, groups: Sequence[Group]) -> dict[tuple[int, int], float]:
    """Return how many pairs are tied from group to group, the lesser number first."""
    of = {node: number for number, group in enumerate(groups) for node in group.nodes}
    ends = np.sort(np.array([of[node] for node in drawn.ids], dtype=np.int64)[drawn.pairs], axis=1)
    between, counts = np.unique(ends[ends[:, 0] != ends[:, 1]], axis=0, return_counts=True)
    return {(a, b): float(count) for (a, b), count in zip(between.tolist(), counts.tolist(), strict=True)}


def _coarse_positions(
    ties: dict[tuple[int, int], float], sizes: Sequence[int], last: Sequence[bool], seed: int
) -> Points:
    """Spring layout of the groups; a tie counts less in a large group, so that giants do not pull everything in."""
    coarse: rx.PyGraph[int, float] = rx.PyGraph()
    coarse.add_nodes_from(range(len(sizes)))
    coarse.add_edges_from([(a, b, weight / math.sqrt(sizes[a] * sizes[b])) for (a, b), weight in sorted(ties.items())])
    found = rx.spring_layout(coarse, seed=seed, num_iter=120, weight_fn=float)
    points = np.array([found[number] for number in range(len(sizes))], dtype=np.float64)
    for number, is_last in enumerate(last):
        if is_last:  # read last, so placed at the lower right
            points[number] = points.max(axis=0) + 1.0 + number
    return points

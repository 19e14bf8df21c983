"""Rectangles for groups: the map divided in proportion to what each needs, what is tied side by side."""

from __future__ import annotations

import math
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Points: TypeAlias = NDArray[np.float64]
Box: TypeAlias = tuple[float, float, float, float]

ASPECT = 1.2
"""Width to height of the whole map, that of the drawing area on a wide screen."""
TURNS = 24


def share_out(weights: NDArray[np.float64], coarse: Points) -> list[Box]:
    """Divide the map's rectangle; of several turns of the coarse layout the one with the best-shaped parts is kept."""
    width = math.sqrt(float(weights.sum()) * ASPECT)
    best: tuple[float, list[Box]] | None = None
    for turn in range(TURNS if len(weights) <= 60 else 1):
        angle = 2 * math.pi * turn / TURNS
        rotation = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
        boxes: list[Box] = [(0.0, 0.0, 0.0, 0.0)] * len(weights)
        divide((0.0, 0.0, width, width / ASPECT), list(range(len(weights))), weights, coarse @ rotation, boxes)
        cost = sum(_badness(box) for box in boxes) + 2 * max(_badness(box) for box in boxes)
        if best is None or cost < best[0] - 1e-9:
            best = (cost, boxes)
    assert best is not None
    return best[1]


def divide(box: Box, members: list[int], weights: NDArray[np.float64], coarse: Points, boxes: list[Box]) -> None:
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
    divide(first, order[:cut], weights, coarse, boxes)
    divide(second, order[cut:], weights, coarse, boxes)


def _cut(box: Box, axis: int, share: float) -> tuple[Box, Box]:
    x, y, width, height = box
    if axis == 0:
        return (x, y, width * share, height), (x + width * share, y, width * (1 - share), height)
    return (x, y, width, height * share), (x, y + height * share, width, height * (1 - share))


def _badness(box: Box) -> float:
    """How far a rectangle is from a readable shape: 0 near the map's own shape, growing with its length."""
    return max(0.0, abs(math.log(box[2] / box[3] / ASPECT)) - 0.35) ** 2

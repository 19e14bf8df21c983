"""A pen for pictures: lines, shapes and Japanese text, drawn larger than shown so that edges are smooth."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import TypeAlias

from PIL import Image, ImageDraw, ImageFont

from tsunagari.viz.look.palette import KINDS, NO_SECTOR, OTHER_KIND, SECTORS, KindStyle, Style

Point: TypeAlias = tuple[float, float]
TIE = (80, 92, 115)
Colour: TypeAlias = str | tuple[int, int, int] | tuple[int, int, int, int]

SHARPNESS = 2
"""Pixels of the picture for each unit: 1,800 across A4 are about 260 a inch."""
SMOOTHING = 2
GREYS, MIXES = 24, 7
"""Steps from ink to white, and from each colour of ours to white: edges and ties need them."""
CORNERS: dict[str, tuple[int, tuple[float, ...]]] = {
    "diamond": (4, (1.3,)),
    "triangle": (3, (1.3,)),
    "pentagon": (5, (1.1,)),
    "hexagon": (6, (1.1,)),
}
CORNERS |= {"star": (10, (1.3, 0.6)), "square": (4, (1.25,)), "flag": (3, (1.2,)), "page": (4, (1.2,))}
TURNED = {"square": math.pi / 4, "page": math.pi / 4, "flag": math.pi / 2}


class Pen:
    """Draws on a white sheet.

    Parameters
    ----------
    width, height
        Size of the sheet in its own units, of which A4 has about 900 between its margins.
    """

    def __init__(self, width: float, height: float) -> None:
        self._scale = SHARPNESS * SMOOTHING
        size = (math.ceil(width) * self._scale, math.ceil(height) * self._scale)
        self._image = Image.new("RGB", size, "#ffffff")
        self._draw = ImageDraw.Draw(self._image, "RGBA")

    def box(
        self, x: float, y: float, width: float, height: float, *, fill: Colour, line: Colour, round_: float
    ) -> None:
        """Draw a rectangle with round corners."""
        corners = [self._at((x, y)), self._at((x + max(width, 1), y + max(height, 1)))]
        self._draw.rounded_rectangle(corners, round_ * self._scale, fill=fill, outline=line, width=self._scale)

    def line(self, points: Sequence[Point], *, colour: Colour, width: float) -> None:
        """Draw a line through points."""
        self._draw.line(
            [self._at(point) for point in points], fill=colour, width=max(1, round(width * self._scale)), joint="curve"
        )

    def curve(self, start: Point, end: Point, *, bend: float, colour: Colour, width: float) -> None:
        """Draw a bow from one point to another, its height a share of its length."""
        middle = (
            (start[0] + end[0]) / 2 + (end[1] - start[1]) * bend,
            (start[1] + end[1]) / 2 - (end[0] - start[0]) * bend,
        )
        points = []
        for step in range(17):
            share = step / 16
            weights = ((1 - share) ** 2, 2 * share * (1 - share), share**2)
            pairs = list(zip(weights, (start, middle, end), strict=True))
            points.append((sum(w * point[0] for w, point in pairs), sum(w * point[1] for w, point in pairs)))
        if width < 2 or not bend:
            self.line(points, colour=colour, width=width)
            return
        self._draw.polygon([self._at(point) for point in _band(points, width / 2)], fill=colour)

    def shape(self, name: str, x: float, y: float, radius: float, *, fill: Colour, line: Colour = "#ffffff") -> None:
        """Draw the sign of a kind of body, see `tsunagari.viz.look.palette.KINDS`."""
        if name not in CORNERS:
            corners = [self._at((x - radius, y - radius)), self._at((x + radius, y + radius))]
            self._draw.ellipse(corners, fill=fill, outline=line, width=self._scale)
            return
        count, lengths = CORNERS[name]
        turn = TURNED.get(name, 0.0) - math.pi / 2
        ring = []
        for corner in range(count):
            length, angle = radius * lengths[corner % len(lengths)], turn + 2 * math.pi * corner / count
            ring.append(self._at((x + length * math.cos(angle), y + length * math.sin(angle))))
        self._draw.polygon(ring, fill=fill, outline=line, width=self._scale)

    def pie(self, x: float, y: float, radius: float, shares: Sequence[tuple[Colour, float]]) -> None:
        """Draw a ring that parts are shown in, from the top clockwise."""
        total, begun = sum(share for _, share in shares), -90.0
        corners = [self._at((x - radius, y - radius)), self._at((x + radius, y + radius))]
        for colour, share in shares:
            end = begun + 360 * share / total
            self._draw.pieslice(corners, begun, end, fill=colour)
            begun = end
        inner = radius * 0.66
        self._draw.ellipse([self._at((x - inner, y - inner)), self._at((x + inner, y + inner))], fill="#ffffff")

    def text(
        self, text: str, x: float, y: float, *, size: float, colour: Colour, halo: float = 0, anchor: str = "la"
    ) -> None:
        """Write a line of text; `anchor` is one of Pillow, ``la`` the upper left corner, ``mm`` the middle."""
        self._draw.text(
            self._at((x, y)),
            text,
            fill=colour,
            font=_font(round(size * self._scale)),
            anchor=anchor,
            stroke_width=round(halo * self._scale),
            stroke_fill="#ffffff",
        )

    def png(self) -> bytes:
        """Return the sheet as a PNG file; the same drawing gives the same bytes."""
        shown = self._image.reduce(SMOOTHING).quantize(palette=_palette(), dither=Image.Dither.NONE)
        buffer = io.BytesIO()
        shown.save(buffer, "PNG", optimize=True)
        return buffer.getvalue()

    def _at(self, point: Point) -> Point:
        return point[0] * self._scale, point[1] * self._scale


def text_width(text: str, size: float) -> float:
    """Return how wide a line is, in the units of `size`.

    >>> round(text_width("鳥取市", 10))
    30
    """
    return _font(100).getlength(text) * size / 100


def _band(points: Sequence[Point], half: float) -> list[Point]:
    """Return the outline of a line of some width: there along one side, back along the other."""
    left, right = [], []
    for place, (x, y) in enumerate(points):
        (x0, y0), (x1, y1) = points[max(place - 1, 0)], points[min(place + 1, len(points) - 1)]
        length = math.hypot(x1 - x0, y1 - y0) or 1.0
        across = ((y1 - y0) / length * half, (x0 - x1) / length * half)
        left.append((x + across[0], y + across[1]))
        right.append((x - across[0], y - across[1]))
    return left + right[::-1]


@cache
def _palette() -> Image.Image:
    """Return our colours with their steps to white: a picture of these is small, and its colours are those meant."""
    styles: list[Style | KindStyle] = [*SECTORS.values(), *KINDS.values(), NO_SECTOR, OTHER_KIND]
    own = [tuple(int(style.colour[place : place + 2], 16) for place in (1, 3, 5)) for style in styles]
    found = [_mixed((28, 28, 28), step / (GREYS - 1)) for step in range(GREYS)]
    found += [_mixed(TIE, share) for share in (0.1, 0.3, 0.45, 0.6, 0.7, 0.8, 0.88)]
    for colour in list(dict.fromkeys(own))[: (256 - len(found)) // MIXES]:
        found += [_mixed(colour, step / MIXES) for step in range(MIXES)]
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for colour in found for part in colour])
    return palette


def _mixed(colour: tuple[int, ...], white: float) -> list[int]:
    """Return a colour with a share of white."""
    return [round(part * (1 - white) + 255 * white) for part in colour]


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    file = resources.files("tsunagari.viz.picture").joinpath("font", "NotoSansCJKjp-Subset.otf")
    return ImageFont.truetype(io.BytesIO(file.read_bytes()), size, layout_engine=ImageFont.Layout.BASIC)

"""What a picture of a network shows: from near bodies, from far municipalities with their ties put together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from tsunagari.viz.look.palette import KINDS, NO_SECTOR, OTHER_KIND, SECTORS
from tsunagari.viz.map.drawn import Drawn
from tsunagari.viz.map.layout import Frame, Layout, Region
from tsunagari.viz.picture.captions import Captions
from tsunagari.viz.picture.pen import Pen

Tied: TypeAlias = tuple[int, int, int]
Placed: TypeAlias = Frame | Region
MOST = 5
"""Of each place so many of the strongest bundles are drawn, so that no hub covers the picture."""
BEND = 0.12
LOW = 58
"""Height of a box that has no room for a ring below its title."""
PLAIN = ("isolates", "rest", "nowhere")
SIZES = (9.5, 11.0)
"""Of the letters of names and titles."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A network on a sheet.

    Parameters
    ----------
    drawn, layout
        What is drawn, and where.
    scale
        Units of the sheet for one of the layout.
    titles, regions
        Names of the frames and of the regions.
    """

    drawn: Drawn
    layout: Layout
    scale: float
    titles: Sequence[str]
    regions: Sequence[str]

    def draw(self, pen: Pen, level: str) -> Captions:
        """Draw ``"bodies"``, or ``"frames"`` or ``"regions"`` as rings; return what is written."""
        captions = Captions()
        places: Sequence[Frame] = self.layout.frames
        for region in self.layout.regions:
            self._box(pen, region, "#ffffff" if level == "regions" else "#eceeed", "#cdd1d0", 6)
        if level != "regions":
            for frame in places:
                self._box(pen, frame, "#f8f8f6" if frame.group.role in PLAIN else "#ffffff", "#d5d9d8", 5)
        if level == "bodies":
            self._bodies(pen, captions)
            return captions
        of = self._places(level)
        boxes: Sequence[Placed] = self.layout.regions if level == "regions" else self.layout.frames
        titles = self.regions if level == "regions" else self.titles
        self._bundles(pen, bundles(self.drawn, of), boxes)
        self._rings(pen, of, boxes)
        for box, title in zip(boxes, titles, strict=True):
            left, top, right, bottom = self._edges(box)
            captions.title(pen, title, (left, top, self._aside(box) or right, bottom), SIZES[1], 2)
        if level == "frames":
            for region, title in zip(self.layout.regions, self.regions, strict=True):
                captions.title(pen, title, self._edges(region), SIZES[1] + 1.5, 1)
        return captions

    # ---- from near ----

    def _bodies(self, pen: Pen, captions: Captions) -> None:
        """Draw ties, bodies by how many ties they have, titles, then the names there is room for."""
        at = {node: (x * self.scale, y * self.scale) for node, (x, y) in self.layout.positions.items()}
        spots = [at[node] for node in self.drawn.ids]
        group = {node: number for number, frame in enumerate(self.layout.frames) for node in frame.group.nodes}
        many = len(self.drawn.pairs) > 1500
        for a, b in self.drawn.pairs.tolist():
            across = group[self.drawn.ids[a]] != group[self.drawn.ids[b]]
            alpha = (22 if many else 46) if across else (80 if many else 105)
            pen.curve(spots[a], spots[b], bend=BEND if across else 0, colour=(80, 92, 115, alpha), width=0.9)
        degrees = self.drawn.degrees
        largest = max(int(degrees.max()), 1) if len(degrees) else 1
        radii = [2.8 + 6.5 * float(np.sqrt(degree / largest)) for degree in degrees.tolist()]
        kinds, sectors = self.drawn.texts("kind"), self.drawn.texts("sector")
        for spot, radius, kind, sector in zip(spots, radii, kinds, sectors, strict=True):
            shape = KINDS.get(kind, OTHER_KIND).shape
            pen.shape(shape, *spot, radius, fill=colour_of(kind, sector))
            captions.taken.append((spot[0] - radius, spot[1] - radius, spot[0] + radius, spot[1] + radius))
        for frame, title in zip(self.layout.frames, self.titles, strict=True):
            captions.title(pen, title, self._edges(frame), SIZES[1], frame.lines)
        labels = self.drawn.texts("label")
        acting = [kind in ("platform", "organization") for kind in kinds]
        for place in sorted(range(len(spots)), key=lambda place: (not acting[place], -degrees[place], place)):
            frame = self.layout.frames[group[self.drawn.ids[place]]]
            captions.name(pen, labels[place], (*spots[place], radii[place]), self._edges(frame), SIZES[0])

    # ---- from far ----

    def _places(self, level: str) -> list[int]:
        """Return the number of the frame or region of each node, -1 for none."""
        found = {
            node: frame.region if level == "regions" else number
            for number, frame in enumerate(self.layout.frames)
            for node in frame.group.nodes
        }
        return [found[node] for node in self.drawn.ids]

    def _bundles(self, pen: Pen, tied: Sequence[Tied], boxes: Sequence[Placed]) -> None:
        most = max((count for *_, count in tied), default=1)
        quiet = min(1.0, 6 / max(len(tied), 1) ** 0.5)
        for a, b, count in tied:
            share = quiet * count / most
            colour = (84, 104, 140, round(255 * (0.18 + 0.34 * share)))
            start, end = self._middle(boxes[a])[:2], self._middle(boxes[b])[:2]
            pen.curve(start, end, bend=BEND, colour=colour, width=1 + 7 * share)

    def _rings(self, pen: Pen, of: Sequence[int], boxes: Sequence[Placed]) -> None:
        """Draw how many there are in each place and of what sectors."""
        inside: list[Counter[str]] = [Counter() for _ in boxes]
        for place, kind, sector in zip(of, self.drawn.texts("kind"), self.drawn.texts("sector"), strict=True):
            if place >= 0:
                inside[place][colour_of(kind, sector)] += 1
        order = {style.colour: number for number, style in enumerate(SECTORS.values())}
        most = max((count.total() for count in inside), default=1) or 1
        room = [self._middle(box)[2] for box in boxes]
        fits = sorted(space / max(count.total() / most, 1e-9) ** 0.5 for space, count in zip(room, inside, strict=True))
        unit = max(5.0, min(60.0, fits[len(fits) // 10])) if fits else 20.0
        for box, space, count in zip(boxes, room, inside, strict=True):
            if not count:
                continue
            x, y, _ = self._middle(box)
            radius = min(space, max(7.0, unit * (count.total() / most) ** 0.5))
            shares = sorted(count.items(), key=lambda pair: (order.get(pair[0], len(order)), pair[0]))
            pen.pie(x, y, radius, shares)
            if radius >= 8:
                size = min(13.0, max(7.5, radius * 0.5))
                pen.text(f"{count.total():,}", x, y, size=size, colour="#1c2733", halo=1, anchor="mm")

    # ---- places ----

    def _edges(self, box: Placed) -> tuple[float, float, float, float]:
        s = self.scale
        return box.x * s, box.y * s, (box.x + box.width) * s, (box.y + box.height) * s

    def _middle(self, box: Placed) -> tuple[float, float, float]:
        """Return the middle of a box below its title (beside it in a low one), and how large a ring there may be."""
        left, top, right, bottom = self._edges(box)
        if self._aside(box) is not None:
            room = (bottom - top) / 2
            return right - room, (top + bottom) / 2, max(3.0, room - 3)
        strip = min(24.0, (bottom - top) * 0.3)
        middle = top + strip + (bottom - top - strip) / 2
        return (left + right) / 2, middle, max(3.0, min(right - left, bottom - top - strip) / 2 - 3)

    def _aside(self, box: Placed) -> float | None:
        """Return where the title of a low box ends, so that its ring stands beside it; None for other boxes."""
        left, top, right, bottom = self._edges(box)
        low = bottom - top < LOW and right - left > 1.8 * (bottom - top)
        return right - (bottom - top) if low else None

    def _box(self, pen: Pen, box: Placed, fill: str, line: str, corner: float) -> None:
        left, top, right, bottom = self._edges(box)
        pen.box(left, top, right - left, bottom - top, fill=fill, line=line, round_=corner)


def bundles(drawn: Drawn, of: Sequence[int]) -> list[Tied]:
    """Return the ties from place to place put together, of each place the strongest few.

    Parameters
    ----------
    drawn
        The network.
    of
        Place of each node, -1 for none.

    Returns
    -------
    Lesser place, greater place, number of ties; the strongest first.
    """
    ends = np.sort(np.asarray(of, dtype=np.int64)[np.stack((drawn.source, drawn.target), axis=1)], axis=1)
    ends = ends[(ends[:, 0] >= 0) & (ends[:, 0] != ends[:, 1])]
    between, counts = np.unique(ends, axis=0, return_counts=True)
    rows = [(a, b, count) for (a, b), count in zip(between.tolist(), counts.tolist(), strict=True)]
    had: Counter[int] = Counter()
    kept = []
    for a, b, count in sorted(rows, key=lambda row: (-row[2], row)):
        if had[a] < MOST and had[b] < MOST:
            had.update((a, b))
            kept.append((a, b, count))
    return kept


def colour_of(kind: str, sector: str) -> str:
    """Return the colour of a body: of its sector, else of its kind.

    >>> colour_of("organization", "npo"), colour_of("platform", "")
    ('#2f8560', '#273043')
    """
    if sector or kind == "organization":
        return SECTORS.get(sector, NO_SECTOR).colour
    return KINDS.get(kind, OTHER_KIND).colour


def signs(drawn: Drawn, names: Mapping[str, Mapping[str, str]], unsaid: str) -> list[tuple[str, str, str]]:
    """Return shape, colour and name of everything that a legend has to explain, in the order of the palette."""
    sectors = set(drawn.texts("sector")) - {""}
    found = [("dot", style.colour, names["sector"].get(key, key)) for key, style in SECTORS.items() if key in sectors]
    pairs = set(zip(drawn.texts("kind"), drawn.texts("sector"), strict=True))
    if ("organization", "") in pairs:
        found.append(("dot", NO_SECTOR.colour, unsaid))
    kinds = {kind for kind, _ in pairs if kind != "organization"}
    found += [(style.shape, style.colour, names["kind"].get(key, key)) for key, style in KINDS.items() if key in kinds]
    return found

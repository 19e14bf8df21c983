"""Where names stand in a picture: the most important first, none over another, none twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from tsunagari.viz.look.printable import printable
from tsunagari.viz.look.wrapping import wrap_text
from tsunagari.viz.picture.pen import Pen, text_width

Box: TypeAlias = tuple[float, float, float, float]
INK, QUIET = "#1c2733", "#4b586e"
STEP = 1.25
"""From line to line, by the size of the letters."""


@dataclass(slots=True)
class Captions:
    """What is written in a picture, and what stands in the way.

    Parameters
    ----------
    taken
        Rectangles (left, top, right, bottom) that no name may cover.
    texts
        What is written, and where.
    """

    taken: list[Box] = field(default_factory=list)
    texts: dict[str, Box] = field(default_factory=dict)

    def is_free(self, box: Box) -> bool:
        """Tell whether nothing stands in a rectangle."""
        left, top, right, bottom = box
        return not any(left < r and right > x and top < b and bottom > y for x, y, r, b in self.taken)

    def write(self, pen: Pen, lines: list[str], left: float, top: float, size: float, colour: str) -> None:
        """Write lines one below the other and keep their place."""
        width = max(text_width(line, size) for line in lines)
        box = (left - 1, top, left + width + 1, top + len(lines) * size * STEP)
        self.taken.append(box)
        self.texts["".join(lines)] = box
        for number, line in enumerate(lines):
            pen.text(line, left, top + number * size * STEP, size=size, colour=colour, halo=1.2)

    def title(self, pen: Pen, text: str, box: Box, size: float, most: int) -> bool:
        """Write the title of a frame into its upper left corner; tell whether it had room."""
        left, top, right, bottom = box
        shown = min(size, max(8.0, (right - left) / 9))
        lines = fitted(text, right - left - 8, shown, most if bottom - top > 40 else 1)
        if not lines or "".join(lines) in self.texts or top + 4 + len(lines) * shown * STEP > bottom:
            return False
        self.write(pen, lines, left + 5, top + 4, shown, QUIET)
        return True

    def name(self, pen: Pen, text: str, at: tuple[float, float, float], room: Box, size: float) -> bool:
        """Write the name of a body beside its sign (middle and radius) inside a rectangle; tell whether it had room."""
        x, y, radius = at
        for columns in (9.5, 6.5):
            lines = fitted(text, columns * size, size, 2 if columns > 9 else 3)
            if not lines or "".join(lines) in self.texts:
                continue
            width, height = max(text_width(line, size) for line in lines), len(lines) * size * STEP
            for left, top in _beside(x, y, radius + 2, width, height):
                inside = left > room[0] + 2 and top > room[1] and left + width < room[2] - 2 and top + height < room[3]
                if inside and self.is_free((left, top, left + width, top + height)):
                    self.write(pen, lines, left, top, size, INK)
                    return True
        return False


def _beside(x: float, y: float, radius: float, width: float, height: float) -> Iterator[tuple[float, float]]:
    """Yield upper left corners of a text below, above, right and left of a sign, then at its corners."""
    yield from ((x - width / 2, y + radius), (x - width / 2, y - radius - height))
    yield from ((x + radius, y - height / 2), (x - radius - width, y - height / 2))
    near = radius * 0.75
    yield from ((x + near, y + near), (x + near, y - near - height))
    yield from ((x - near - width, y + near), (x - near - width, y - near - height))


def fitted(text: str, width: float, size: float, most: int) -> list[str]:
    """Return a text as at most so many lines of a width; what does not fit ends with an ellipsis.

    >>> fitted("架空の長い名前の連絡協議会", 60, 10, 2)
    ['架空の長い名', '前の連絡協議…']
    """
    columns = int(width / size * 2)
    if columns < 4:
        return []
    lines = [line for line in wrap_text(printable(text)[:200], columns).split("\n") if line]
    for number, line in enumerate(lines[:-1]):  # an opening bracket goes with what it opens
        if line[-1] in "（(「『【〔":
            lines[number : number + 2] = [line[:-1], line[-1] + lines[number + 1]]
    shown = [_cut(line, width, size) for line in lines[:most]]
    if len(lines) > most:
        shown[-1] = _cut(f"{shown[-1].removesuffix('…')}…", width, size)
    return shown


def _cut(line: str, width: float, size: float) -> str:
    """Return a line that is too long with an ellipsis; a closing mark that must not begin a line may stand over."""
    while len(line) > 2 and text_width(line, size) > width + 1.2 * size:
        line = f"{line.removesuffix('…')[:-1]}…"
    return line

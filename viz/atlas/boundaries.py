"""The true shapes of areas, from the administrative areas that the state publishes (N03), small enough for a page."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

from tsunagari.errors import Message, Place, SourceError
from tsunagari.viz.look.tiles import tile_colour

CODE = "N03_007"
NAMES = ("N03_001", "N03_003", "N03_004")
SIZE = 720
"""Longest side of a picture in its own units; points that fall on one of them are drawn once."""
HEAD = 34
"""Room above a picture for what its figures are."""
Ring = list[tuple[float, float]]
Shape = tuple[str, list[Ring]]


@dataclass(frozen=True, slots=True)
class Boundaries:
    """Shapes by the code of their area.

    Parameters
    ----------
    shapes
        Code of a municipality (``31201``) to its name and rings of longitude and latitude.
    """

    shapes: Mapping[str, Shape] = field(repr=False)

    @classmethod
    def read(cls, path: Path | str) -> Boundaries:
        """Read a GeoJSON file of N03.

        Raises
        ------
        SourceError
            It cannot be read, is no GeoJSON, or has no area with a code in ``N03_007``.
        """
        try:
            found = json.loads(Path(path).read_text(encoding="utf-8-sig"))
            features = found["features"]
            shapes: dict[str, Shape] = {}
            for feature in features:
                _add(shapes, feature)
        except (OSError, ValueError, KeyError, TypeError, RecursionError, AttributeError) as error:
            raise _unreadable(path, f"{type(error).__name__}") from error
        if not shapes:
            raise _unreadable(path, CODE)
        return cls(shapes)

    @property
    def codes(self) -> list[str]:
        """The codes of the areas, sorted."""
        return sorted(self.shapes)

    def picture(
        self, codes: Iterable[str], values: Mapping[str, float], *, title: str, digits: int, links: Mapping[str, str]
    ) -> str:
        """Return a choropleth as SVG; a prefecture (``31000``) is drawn by its municipalities.

        Parameters
        ----------
        codes
            The areas to draw; those without a shape are left out.
        values
            Code to figure; areas without one are pale.
        title, digits
            What the figures are, and their decimals.
        links
            Code to the address that a click leads to.
        """
        drawn = {code: self._rings(code) for code in codes}
        drawn = {code: rings for code, rings in drawn.items() if rings}
        frame = _Frame.around(ring for rings in drawn.values() for ring in rings)
        finite = [value for value in values.values() if math.isfinite(value)]
        limits = (min(finite), max(finite)) if finite else (0.0, 0.0)
        parts = [
            _path(
                code, self._name(code), frame.path(rings), values.get(code, math.nan), limits, digits, links.get(code)
            )
            for code, rings in drawn.items()
        ]
        between = f" ({limits[0]:,.{digits}f} – {limits[1]:,.{digits}f})" if finite else ""
        head = escape(f"{title}{between}")
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="shapes" viewBox="0 {-HEAD} {frame.width} '
            f'{frame.height + HEAD}" role="{"group" if links else "img"}" aria-label="{head}" '
            f'font-family="sans-serif">\n'
            f'<text x="3" y="{18 - HEAD}" font-size="16">{head}</text>\n' + "\n".join(parts) + "\n</svg>\n"
        )

    def _rings(self, code: str) -> list[Ring]:
        if code in self.shapes:
            return self.shapes[code][1]
        if code.endswith("000"):
            return [ring for one, (_, rings) in self.shapes.items() if one[:2] == code[:2] for ring in rings]
        return []

    def _name(self, code: str) -> str:
        if code in self.shapes:
            return self.shapes[code][0]
        inside = next((name for one, (name, _) in self.shapes.items() if one[:2] == code[:2]), code)
        return inside.split(" ")[0]


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where longitude and latitude fall in a picture."""

    west: float
    north: float
    across: float
    scale: float
    width: int
    height: int

    @classmethod
    def around(cls, rings: Iterable[Ring]) -> _Frame:
        points = [point for ring in rings for point in ring] or [(0.0, 0.0), (1.0, 1.0)]
        west, east = min(x for x, _ in points), max(x for x, _ in points)
        south, north = min(y for _, y in points), max(y for _, y in points)
        across = math.cos(math.radians((south + north) / 2)) or 1.0
        span = max((east - west) * across, north - south) or 1.0
        scale = SIZE / span
        return cls(
            west,
            north,
            across,
            scale,
            math.ceil((east - west) * across * scale) + 1,
            math.ceil((north - south) * scale) + 1,
        )

    def path(self, rings: Sequence[Ring]) -> str:
        """Return the rings as path data in whole units; what falls on fewer than three points is not drawn."""
        found = []
        for ring in rings:
            points: list[tuple[int, int]] = []
            for x, y in ring:
                one = (round((x - self.west) * self.across * self.scale), round((self.north - y) * self.scale))
                if not points or points[-1] != one:
                    points.append(one)
            if len(set(points)) > 2:
                found.append("M" + "L".join(f"{x} {y}" for x, y in points) + "Z")
        return "".join(found)


def _add(shapes: dict[str, Shape], feature: Mapping[str, Any]) -> None:
    """Add the rings of a feature to those of its area; what has no code (a border not settled) is no area."""
    told = feature["properties"]
    code = str(told.get(CODE) or "")
    if not code:
        return
    name = " ".join(dict.fromkeys(str(told[key]) for key in NAMES if told.get(key)))
    geometry = feature["geometry"] or {"type": "", "coordinates": []}
    polygons = {"Polygon": [geometry["coordinates"]], "MultiPolygon": geometry["coordinates"]}.get(geometry["type"], [])
    rings = [[(float(point[0]), float(point[1])) for point in ring] for polygon in polygons for ring in polygon]
    known = shapes.get(code, (name, []))
    shapes[code] = (known[0], [*known[1], *rings])


def _path(
    code: str, name: str, data: str, value: float, limits: tuple[float, float], digits: int, href: str | None
) -> str:
    number = f"{value:,.{digits}f}" if math.isfinite(value) else "–"
    fill, _ = tile_colour(value, limits)
    path = (
        f'<path data-code="{escape(code)}" d="{data}" fill="{fill}"><title>{escape(f"{name}: {number}")}</title></path>'
    )
    return f'<a href="{escape(href)}">{path}</a>' if href else path


def _unreadable(path: Path | str, why: str) -> SourceError:
    return SourceError(
        Message(f"境界のファイルを読めません（{why}）。", f"The boundaries cannot be read ({why})."),
        Message(
            f"国土数値情報「行政区域」（N03）の GeoJSON を指定してください。市区町村のコードが {CODE} の列に必要です。",
            f"Name a GeoJSON file of the administrative areas (N03); the codes of municipalities stand in {CODE}.",
        ),
        Place(str(path)),
    )

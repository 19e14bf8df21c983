"""Boundaries as files give them: GeoJSON and TopoJSON to polygons, their centre, and who borders on whom."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Any

from tsunagari.errors import Message, Place, SourceError
from tsunagari.loaders.files import parse_json

Point = tuple[float, float]
Ring = list[Point]
Polygon = list[Ring]
DECIMALS = 5  # about one metre
_LEAST_POINTS = 3  # a ring of three points, the first repeated, has no area


@dataclass(frozen=True, slots=True)
class Feature:
    """One feature of a file.

    Parameters
    ----------
    number
        Its place in the file, from 1.
    properties
        What the file says of it.
    polygons
        Its area, each polygon as an outer ring and holes, longitude before latitude; empty when there is none.
        Rings that simplification left with fewer than three corners are dropped.
    """

    number: int
    properties: Mapping[str, Any]
    polygons: list[Polygon]


class GeometryError(Exception):
    """Coordinates that are no polygon."""


def read_features(text: str, file: str) -> Iterator[Feature | int]:
    """Yield the features of a GeoJSON or TopoJSON file; the number alone of one whose geometry is broken.

    Raises
    ------
    SourceError
        When the text is no JSON (with the line), or holds no features.
    """
    data = parse_json(text, file)
    kind = data.get("type") if isinstance(data, dict) else None
    polygons: Callable[[Mapping[str, Any]], list[Polygon]]
    if kind == "Topology":
        polygons = partial(_topology_polygons, _decoded_arcs(data, file))
        groups = [_dict(item) for item in _dict(data.get("objects")).values()]
        items = [item for group in groups for item in group.get("geometries") or [group]]
    elif kind in ("FeatureCollection", "Feature"):
        polygons = _geojson_polygons
        items = (data.get("features") or []) if kind == "FeatureCollection" else [data]
    else:
        raise _no_features(file)
    for number, item in enumerate(map(_dict, items), start=1):
        try:
            yield Feature(number, _dict(item.get("properties")), polygons(item))
        except (GeometryError, TypeError, ValueError, IndexError, KeyError, AttributeError, OverflowError):
            yield number


def centre(polygons: Sequence[Polygon]) -> Point | None:
    """Return longitude and latitude of the centroid of the largest polygon; None without one.

    Examples
    --------
    >>> centre([[[(0, 0), (4, 0), (4, 2), (0, 2), (0, 0)]]])
    (2.0, 1.0)
    """
    found = [
        (abs(size), point)
        for polygon in polygons
        if (size_point := _centroid(polygon[0]))
        for size, point in [size_point]
    ]
    return max(found, key=lambda item: item[0])[1] if found else None


def geojson_text(polygons: Sequence[Polygon]) -> str:
    """Return polygons as the text of a GeoJSON geometry, rounded to `DECIMALS` places."""
    rounded = [
        [[[round(x, DECIMALS), round(y, DECIMALS)] for x, y in ring] for ring in polygon] for polygon in polygons
    ]
    kind, coordinates = ("Polygon", rounded[0]) if len(rounded) == 1 else ("MultiPolygon", rounded)
    return json.dumps({"type": kind, "coordinates": coordinates}, separators=(",", ":"))


def neighbours(areas: Mapping[str, Sequence[Polygon]]) -> dict[str, list[str]]:
    """Return the areas that share a part of their border with each, sorted.

    Only a border drawn point by point the same on both sides is shared, as in files cut from one topology.

    Examples
    --------
    >>> left, right = [[(0, 0), (1, 0), (1, 1), (0, 0)]], [[(1, 0), (2, 0), (1, 1), (1, 0)]]
    >>> neighbours({"a": [left], "b": [right]})
    {'a': ['b'], 'b': ['a']}
    """
    owners: dict[tuple[Point, Point], set[str]] = defaultdict(set)
    for name, polygons in areas.items():
        for polygon in polygons:
            for ring in polygon:
                points = [(round(x, DECIMALS), round(y, DECIMALS)) for x, y in ring]
                for one, other in pairwise(points):
                    owners[min(one, other), max(one, other)].add(name)
    found: dict[str, set[str]] = {}
    for names in owners.values():
        for name in names if len(names) > 1 else ():
            found.setdefault(name, set()).update(names - {name})
    return {name: sorted(others) for name, others in sorted(found.items())}


def _centroid(ring: Ring) -> tuple[float, Point] | None:
    """Signed area and centroid of a ring, by the shoelace formula; relative to its first point, to lose no digits."""
    x0, y0 = ring[0]
    total = cx = cy = 0.0
    for (ax, ay), (bx, by) in pairwise(ring):
        cross = (ax - x0) * (by - y0) - (bx - x0) * (ay - y0)
        total += cross
        cx += (ax + bx - 2 * x0) * cross
        cy += (ay + by - 2 * y0) * cross
    return (total / 2, (x0 + cx / (3 * total), y0 + cy / (3 * total))) if total else None


# ---- reading ----


def _no_features(file: str) -> SourceError:
    return SourceError(
        Message(f"{file} に区域の形がありません。", f"{file} holds no areas."),
        Message(
            "国土数値情報の行政区域（N03）の GeoJSON か TopoJSON を置いてください。",
            "Put the GeoJSON or TopoJSON of administrative areas (N03) there.",
        ),
        Place(file),
    )


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _geojson_polygons(item: Mapping[str, Any]) -> list[Polygon]:
    geometry = _dict(item.get("geometry"))
    coordinates = geometry.get("coordinates") or []
    listed = _listed(geometry, coordinates)
    return _polygons([[((point[0], point[1]) for point in ring) for ring in polygon] for polygon in listed])


def _topology_polygons(arcs: Sequence[Ring], item: Mapping[str, Any]) -> list[Polygon]:
    listed = _listed(item, item.get("arcs") or [])
    return _polygons([[_joined(ring, arcs) for ring in polygon] for polygon in listed])


def _listed(geometry: Mapping[str, Any], coordinates: list[Any]) -> list[Any]:
    kind = geometry.get("type")
    if kind == "Polygon":
        return [coordinates] if coordinates else []
    if kind == "MultiPolygon" or not coordinates:
        return coordinates
    raise GeometryError(kind)


def _polygons(listed: Iterable[Iterable[Iterable[tuple[Any, Any]]]]) -> list[Polygon]:
    """Return the polygons that have an area; one whose outer ring has none is dropped with its holes."""
    found = []
    for polygon in listed:
        rings = [[(float(x), float(y)) for x, y in ring] for ring in polygon]
        if any(abs(x) > 180 or abs(y) > 90 for ring in rings for x, y in ring):
            raise GeometryError(polygon)
        if rings and len(rings[0]) > _LEAST_POINTS:
            found.append([ring for ring in rings if len(ring) > _LEAST_POINTS])
    return found


def _decoded_arcs(data: Mapping[str, Any], file: str) -> list[Ring]:
    """Return the arcs in degrees: with a transform they are differences of whole numbers."""
    try:
        transform = data.get("transform")
        if transform is None:
            return [[(float(x), float(y)) for x, y, *_ in arc] for arc in data["arcs"]]
        (sx, sy), (tx, ty) = transform["scale"], transform["translate"]
        arcs = []
        for arc in data["arcs"]:
            x = y = 0
            points = []
            for dx, dy, *_ in arc:
                x, y = x + dx, y + dy
                points.append((x * sx + tx, y * sy + ty))
            arcs.append(points)
    except (TypeError, ValueError, KeyError):
        raise _no_features(file) from None
    return arcs


def _joined(indices: Iterable[int], arcs: Sequence[Ring]) -> Iterator[Point]:
    """Yield the points of arcs in a row; a negative index is the arc backwards, and joints are given once."""
    for place, index in enumerate(indices):
        points = arcs[index] if index >= 0 else arcs[~index][::-1]
        yield from points if place == 0 else points[1:]

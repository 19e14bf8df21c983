"""行政区域 (N03) of 国土数値情報, as GeoJSON or TopoJSON: boundaries, centres and neighbours of municipalities.

Coordinates are rounded to five decimal places and otherwise kept as they are. All polygons of a code are one geometry;
land that belongs to no municipality (所属未定地, without a code) is left out and counted.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tsunagari.errors import Message
from tsunagari.loaders.adapters.places.geometry import (
    DECIMALS,
    Polygon,
    centre,
    geojson_text,
    neighbours,
    read_features,
)
from tsunagari.loaders.adapters.places.listed_areas import AREAS, area_cells, listed_place, name_issue
from tsunagari.loaders.files import BOUNDARY_ENDINGS, TABLE_ENDINGS, decode, open_zip, read_bytes, unpack
from tsunagari.loaders.issues import Issue, make_issue
from tsunagari.loaders.session import Part, SourceContent, SourceInput
from tsunagari.loaders.tables import Row, Table
from tsunagari.loaders.workspace import Kind
from tsunagari.ontology.municipalities import Municipality

GEOMETRIES = Kind("geometries", "Geometry", "geometry", Message("区域の形", "boundaries"))
_CODES = ("N03_007", "code", "CODE", "area_code")
_NAMES = ("N03_005", "N03_004", "N03_003", "N03_001", "name")


@dataclass(slots=True)
class _Outline:
    """The polygons of one area and the first feature that gave any."""

    place: Municipality
    number: int
    polygons: list[Polygon] = field(default_factory=list)


def holds_boundaries(given: SourceInput) -> bool:
    """Tell whether a file is one of boundaries by its name, or an archive that holds such a file and no table."""
    name = (given.source.inside or given.source.file).lower()
    if name.endswith(".zip"):
        names = [name.lower() for name in open_zip(read_bytes(given.path, given.source.file), name).namelist()]
        return any(name.endswith(BOUNDARY_ENDINGS) for name in names) and not any(map(_is_table, names))
    return name.endswith(BOUNDARY_ENDINGS)


def _is_table(name: str) -> bool:
    return name.endswith(TABLE_ENDINGS) and not name.endswith(".txt")  # a note to the reader


def read(given: SourceInput) -> SourceContent:
    """Return the areas of a file with their boundaries.

    Raises
    ------
    SourceError
        When the file is no JSON or holds no features.
    """
    file = given.source.file
    data = read_bytes(given.path, file)
    unpacked = unpack(data, file, given.source.inside, endings=BOUNDARY_ENDINGS)
    decoded = decode(unpacked.data, file)
    digest = hashlib.sha256(data).hexdigest()
    issues = list(unpacked.issues)
    outlines = _outlines(decoded.text, file, issues)
    if not (given.source.publisher and given.source.licence):
        issues.append(make_issue("credit-missing", file=file))
    touching = neighbours({code: outline.polygons for code, outline in outlines.items()})
    areas = Table([], {"id": _CODES[0]}, issues)
    shapes = Table([], {})
    for code, outline in outlines.items():
        cells = area_cells(outline.place)
        if outline.polygons:
            key = f"{code}-{digest[:12]}"
            cells["has_geometry"] = f"geometry/{key}"
            shape = {"id": key, "as_geo_json": geojson_text(outline.polygons)}
            point = centre(outline.polygons)
            if point is not None:
                shape["longitude"], shape["latitude"] = (format(value, f".{DECIMALS}f") for value in point)
            shapes.rows.append(Row(outline.number, shape, {}))
        if code in touching:
            cells["sf_touches"] = "、".join(touching[code])
        areas.rows.append(Row(outline.number, cells, {}))
    return SourceContent([Part(GEOMETRIES, shapes), Part(AREAS, areas)], decoded.encoding, digest)


def _outlines(text: str, file: str, issues: list[Issue]) -> dict[str, _Outline]:
    outlines: dict[str, _Outline] = {}
    unassigned = 0
    for feature in read_features(text, file):
        if isinstance(feature, int):
            issues.append(make_issue("bad-geometry", file=file, row=feature, feature=feature))
            continue
        code, name = _first(feature.properties, _CODES), _first(feature.properties, _NAMES)
        if not code:
            unassigned += 1
            continue
        place = listed_place(code, file, feature.number, issues, column=_CODES[0])
        if place is None:
            continue
        if place.code5 not in outlines:
            outlines[place.code5] = _Outline(place, feature.number)
            issues += name_issue(place, name, file, feature.number, column="N03_004")
            if not feature.polygons:
                issues.append(make_issue("no-geometry", file=file, row=feature.number, value=place.full_name))
        outlines[place.code5].polygons += feature.polygons
    if unassigned:
        issues.append(make_issue("unassigned-land", file=file, count=unassigned))
    return outlines


def _first(properties: Mapping[str, Any], names: tuple[str, ...]) -> str:
    return next((str(value).strip() for name in names if (value := properties.get(name))), "")

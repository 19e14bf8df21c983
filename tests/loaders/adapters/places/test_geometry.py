"""Polygons: their centre, and what is read from arcs."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsunagari.loaders.adapters.places.geometry import Feature, centre, geojson_text, read_features

NUMBERS = st.floats(-80, 80, allow_nan=False, allow_infinity=False)


def test_the_centre_is_that_of_the_largest_part_and_does_not_depend_on_direction() -> None:
    small = [[(10.0, 10.0), (11.0, 10.0), (11.0, 11.0), (10.0, 10.0)]]
    large = [[(0.0, 0.0), (0.0, 2.0), (4.0, 2.0), (4.0, 0.0), (0.0, 0.0)]]
    assert centre([small, large]) == (2.0, 1.0)
    assert centre([[large[0][::-1]]]) == (2.0, 1.0)
    assert centre([]) is None
    assert centre([[[(1.0, 1.0), (1.0, 1.0), (1.0, 1.0), (1.0, 1.0)]]]) is None


@given(NUMBERS, NUMBERS, st.floats(0.01, 5))
def test_the_centre_of_a_square_is_its_middle(x: float, y: float, size: float) -> None:
    ring = [(x, y), (x + size, y), (x + size, y + size), (x, y + size), (x, y)]
    found = centre([[ring]])
    assert found is not None
    assert found == pytest.approx((x + size / 2, y + size / 2), abs=1e-6)


def test_arcs_are_joined_forwards_and_backwards() -> None:
    topology = {
        "type": "Topology",
        "transform": {"scale": [0.5, 0.5], "translate": [130, 30]},
        "arcs": [[[0, 0], [2, 0]], [[2, 0], [0, 2], [-2, 0], [0, -2]], [[2, 0], [2, 0], [0, 2], [-2, 0]]],
        "objects": {
            "areas": {
                "type": "GeometryCollection",
                "geometries": [
                    {"type": "Polygon", "arcs": [[0, 1]], "properties": {"N03_007": "1"}},
                    {"type": "MultiPolygon", "arcs": [[[~1, ~0]]], "properties": {}},
                    {"type": None, "properties": {}},
                    {"type": "Point", "coordinates": [0, 0], "arcs": [[9]]},
                ],
            }
        },
    }
    first, second, empty, broken = read_features(json.dumps(topology), "areas.topojson")
    assert isinstance(first, Feature)
    assert isinstance(second, Feature)
    assert first.polygons == [[[(130, 30), (131, 30), (131, 31), (130, 31), (130, 30)]]]
    assert second.polygons[0][0] == first.polygons[0][0][::-1]
    assert isinstance(empty, Feature)
    assert empty.polygons == []
    assert broken == 4


def test_a_boundary_is_written_with_five_decimals() -> None:
    ring = [(130.1234567, 30.0), (131.0, 30.0), (131.0, 31.0), (130.1234567, 30.0)]
    assert geojson_text([[ring]]).startswith('{"type":"Polygon","coordinates":[[[130.12346,30.0],')

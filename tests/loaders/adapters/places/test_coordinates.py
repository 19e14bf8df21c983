from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsunagari.loaders.adapters.places.coordinates import Coordinates, read_coordinates

LATITUDES = st.decimals(20, 46, places=6)
LONGITUDES = st.decimals(122, 154, places=6)


@given(latitude=LATITUDES, longitude=LONGITUDES)
def test_a_point_in_japan_is_read_either_way_round(latitude: object, longitude: object) -> None:
    north, east = str(latitude), str(longitude)
    assert read_coordinates(north, east) == Coordinates(north, east)
    assert read_coordinates(east, north) == Coordinates(north, east, is_swapped=True)


@given(latitude=st.text(max_size=8), longitude=st.text(max_size=8))
def test_anything_else_is_nothing_or_an_error(latitude: str, longitude: str) -> None:
    try:
        point = read_coordinates(latitude, longitude)
    except ValueError:
        return
    assert point is None or 20 <= float(point.latitude) <= 46


@pytest.mark.parametrize("cells", [("", ""), ("0", "0"), ("０", "-")])
def test_blanks_and_zeros_are_no_point(cells: tuple[str, str]) -> None:
    assert read_coordinates(*cells) is None


@pytest.mark.parametrize("cells", [("35.5", ""), ("35度", "134度"), ("135", "134"), ("51.5", "0.1"), ("nan", "35")])
def test_what_is_no_point_in_japan_is_an_error(cells: tuple[str, str]) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_coordinates(*cells)

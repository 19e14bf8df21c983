"""Latitude and longitude as lists of facilities write them."""

from __future__ import annotations

from dataclasses import dataclass

from tsunagari.ontology.spelling import fold_text

# Japan with its outermost islands.
_LATITUDES = (20.0, 46.0)
_LONGITUDES = (122.0, 154.0)
_NOTHING = frozenset(["", "0", "0.0", "-"])


@dataclass(frozen=True, slots=True)
class Coordinates:
    """A point in Japan.

    Parameters
    ----------
    latitude, longitude
        In degrees, as text.
    is_swapped
        Whether the list had them the other way round.
    """

    latitude: str
    longitude: str
    is_swapped: bool = False


def read_coordinates(latitude: str, longitude: str) -> Coordinates | None:
    """Return the point that two cells give, None when both say nothing.

    Raises
    ------
    ValueError
        When they are no numbers, or no point in Japan either way round.

    Examples
    --------
    >>> read_coordinates("１３４．２３", "35.50")
    Coordinates(latitude='35.50', longitude='134.23', is_swapped=True)
    """
    north, east = fold_text(latitude).replace(" ", ""), fold_text(longitude).replace(" ", "")
    if north in _NOTHING and east in _NOTHING:
        return None
    first, second = float(north), float(east)
    if _is_within(first, _LATITUDES) and _is_within(second, _LONGITUDES):
        return Coordinates(north, east)
    if _is_within(second, _LATITUDES) and _is_within(first, _LONGITUDES):
        return Coordinates(east, north, is_swapped=True)
    raise ValueError(f"no point in Japan: {latitude!r}, {longitude!r}")


def _is_within(value: float, bounds: tuple[float, float]) -> bool:
    return bounds[0] <= value <= bounds[1]

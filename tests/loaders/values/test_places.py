"""Cells that name several places, or say something around one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsunagari.loaders.values.places import NamedPlaces, place_by_call, read_places
from tsunagari.ontology.municipalities import municipality_table

PLACES = [place.name for place in municipality_table() if place.kind in ("city", "town", "village")][::37]


@pytest.mark.parametrize(
    ("text", "names", "rest"),
    [
        ("鳥取市・岩美町・八頭郡", ("鳥取市", "岩美町", "八頭郡"), False),
        ("鳥取市及び岩美町", ("鳥取市", "岩美町"), False),
        ("鳥取市 米子市", ("鳥取市", "米子市"), False),
        ("鳥取市ほか３町", ("鳥取市",), True),
        ("鳥取市など", ("鳥取市",), True),
        ("倉吉市（一部）", ("倉吉市",), True),
        ("鳥取市及びその周辺市町村", ("鳥取市",), True),
        ("鳥取市、米子市ほか", ("鳥取市", "米子市"), True),
    ],
)
def test_several_places_and_what_is_said_around_them(text: str, names: tuple[str, ...], rest: bool) -> None:
    assert read_places(text) == NamedPlaces(names, rest)


@pytest.mark.parametrize("text", ["鳥取市", "31201", "東部圏域", "市内", "オンライン", "鳥取市、架空圏域", "", "全国"])
def test_one_place_and_what_is_none_stay_as_they_are(text: str) -> None:
    assert read_places(text) is None


@given(st.lists(st.sampled_from(PLACES), min_size=2, max_size=5, unique=True), st.sampled_from("・、／ \n；&"))
def test_any_places_are_parted_by_any_sign(names: list[str], sign: str) -> None:
    found = read_places(sign.join(names))
    assert found is not None
    assert found.names == tuple(names)


def test_an_area_code_decides_only_between_the_places_of_a_name() -> None:
    places = municipality_table().by_name("府中市")
    assert place_by_call(places, ["0857-00-0000"]) is None
    assert place_by_call(places, ["0847-00-0000、042-300-0000"]) is None
    found = place_by_call(places, ["090-0000-0000", "042-300-0000"])
    assert found is not None
    assert found.full_name == "東京都府中市"

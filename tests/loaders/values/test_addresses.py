from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsunagari.loaders.values.addresses import address_book, prefecture_of
from tsunagari.ontology.municipalities import Municipality, municipality_table
from tsunagari.ontology.spelling import spelling_key

PLACES = [place for place in municipality_table() if place.kind != "prefecture"]
AUTHORITIES = [place.name for place in municipality_table().of_kind("prefecture", "designated-city")]
ANYTHING = st.one_of(
    st.text(max_size=40),
    st.builds(lambda place, rest: place.full_name + rest, st.sampled_from(PLACES), st.text(max_size=10)),
    st.builds(lambda place, rest: place.name + rest, st.sampled_from(PLACES), st.text("市区町村郡1一", max_size=10)),
)


def ways_to_write(place: Municipality) -> set[str]:
    short = {place.name, place.district + place.name}
    return {spelling_key(name) for name in short | {place.prefecture + name for name in short}}


@given(address=ANYTHING, authority=st.one_of(st.none(), st.sampled_from(AUTHORITIES), st.text(max_size=5)))
def test_an_address_begins_with_the_name_of_the_place_found(address: str, authority: str | None) -> None:
    place = address_book().find(address, authority)
    if place is not None:
        head = spelling_key(address)
        assert any(head.startswith(name) or address.strip().startswith(name) for name in ways_to_write(place))


@given(place=st.sampled_from(PLACES), rest=st.sampled_from(["", "1-1", "大字架空1番地", "　架空町"]))
def test_every_place_is_found_by_its_full_name_and_within_its_prefecture(place: Municipality, rest: str) -> None:
    book = address_book()
    assert book.find(place.full_name + rest) is place
    assert book.find(place.district + place.name + rest, place.prefecture) is place


def test_the_longest_name_counts() -> None:
    book = address_book()
    assert [book.find(text, "東京都").name for text in ("東村山市架空", "中央区架空")] == ["東村山市", "中央区"]  # type: ignore[union-attr]
    assert book.find("府中市架空町") is None
    assert book.find("浜松市中区架空町", "静岡県") is municipality_table().by_code("22130")


@pytest.mark.parametrize(
    ("authority", "prefecture"),
    [("鳥取県", "鳥取県"), ("鳥取県知事", "鳥取県"), ("堺市", "大阪府"), ("内閣府", None), ("", None)],
)
def test_the_prefecture_of_an_authority(authority: str, prefecture: str | None) -> None:
    assert prefecture_of(authority) == prefecture

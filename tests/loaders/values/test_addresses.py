from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsunagari.loaders.values.addresses import address_book, address_key, bare_address, prefecture_of
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
        head = spelling_key(bare_address(address))
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


DECORATIONS = [
    "〒{}",
    "〒680-0000 {}",
    "〒680-0000\n{}",
    "（〒680-0000）{}",
    "680-0000　{}",
    "[680-0000]\n{}",
    "住所：{}",
    "({})",
    "〒 680−0000　（{}）",
    "・{}",
]


@given(
    place=st.sampled_from(PLACES),
    rest=st.sampled_from(["架空3", "大字架空1番地", ""]),
    form=st.sampled_from(DECORATIONS),
)
def test_what_forms_put_around_an_address_changes_nothing(place: Municipality, rest: str, form: str) -> None:
    assert address_book().find(form.format(place.full_name + rest)) is place


@given(place=st.sampled_from(PLACES), form=st.sampled_from(DECORATIONS))
def test_a_place_of_a_common_name_is_settled_by_the_prefecture_or_told_with_its_candidates(
    place: Municipality, form: str
) -> None:
    text = form.format(place.name + "架空1-1")
    candidates = address_book().candidates(text)
    assert place in candidates
    near = address_book().candidates(text, place.prefecture)
    assert place in near or place.kind == "ward"
    assert all(found.prefecture == place.prefecture for found in near)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("鳥取県鳥取市架空1丁目2番3号", "鳥取市架空１−２−３"),
        ("鳥取市大字架空字仮 12番地", "鳥取市架空仮12"),
        ("八頭郡智頭町架空十二番地の三", "鳥取県智頭町架空12-3"),
        ("〒000-0000 横浜市中区架空1", "神奈川県横浜市中区架空1"),
    ],
)
def test_two_spellings_of_an_address_have_one_key(one: str, other: str) -> None:
    assert address_key(one) == address_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("鳥取市架空1-2", "鳥取市架空12"), ("鳥取市架空1", "米子市架空1"), ("府中市架空1", "東京都府中市架空1")],
)
def test_other_addresses_have_other_keys(one: str, other: str) -> None:
    assert address_key(one) != address_key(other)


def test_a_ward_of_many_cities_is_never_that_of_tokyo_by_guess() -> None:
    book = address_book()
    assert {place.district for place in book.candidates("北区架空1-1")} >= {"", "大阪市", "札幌市"}
    assert book.find("北区架空1-1") is book.find("中央区") is None
    assert book.find("北区架空1-1", "東京都") is not None

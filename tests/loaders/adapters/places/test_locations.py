"""Where a facility is: the place before the address before the publisher, and what contradicts is told."""

from __future__ import annotations

import pytest

from tsunagari.loaders.adapters.places.locations import Location, Locator


def locate(home: str | None = None, **cells: str) -> Location:
    return Locator(home).locate(cells)


@pytest.mark.parametrize(
    ("cells", "area"),
    [
        ({"code": "11", "prefecture": "埼玉県", "city": "美里町"}, "11381"),
        ({"code": "11", "city": "美里町"}, "11381"),
        ({"code": "1", "city": "札幌市"}, "01100"),
        ({"code": "110001", "city": "川越市"}, "11201"),
        ({"code": "311", "address": "鳥取県鳥取市架空町1"}, "31201"),
        ({"code": "312011"}, "31201"),
        ({"place_code": "313025", "code": "312011"}, "31302"),
        ({"place_city": "栃木県宇都宮市中央本町1-29", "place_prefecture": "栃木県"}, "09201"),
        ({"prefecture": "栃木県", "place_city": "宇都宮市中央本町1-29"}, "09201"),
        ({"publisher": "鳥取県鳥取市"}, "31201"),
        ({"publisher": "鳥取県", "address": "八頭郡智頭町架空1"}, "31328"),
        ({"prefecture": "東京都", "city": "府中市"}, "13206"),
        ({"code": "342084", "city": "府中市"}, "34208"),
        ({"city": "智頭町", "address": "智頭町架空1"}, "31328"),
    ],
)
def test_what_says_it(cells: dict[str, str], area: str) -> None:
    assert locate(**cells).area == area


def test_the_area_of_the_list_chooses_among_namesakes() -> None:
    assert locate("広島県", city="府中市").area == "34208"
    assert locate(city="府中市").area == "府中市"  # the reading of the cell says that there are several


def test_an_address_in_another_municipality_counts_and_is_told() -> None:
    found = locate(prefecture="東京都", city="渋谷区", address="東京都新宿区架空1-1")
    assert found.area == "13104"
    assert [(meaning, error.code, error.params) for meaning, error in found.findings] == [
        ("address", "place-differs", {"other": "東京都渋谷区"})
    ]


@pytest.mark.parametrize("address", ["架空町1-1", "大山町1-1", "渋谷区架空1-1", "東京都渋谷区架空1-1"])
def test_an_address_without_prefecture_is_in_the_municipality_beside_it(address: str) -> None:
    found = locate(prefecture="東京都", city="渋谷区", address=address)
    assert (found.area, found.findings) == ("13113", ())


def test_a_ward_in_the_address_is_no_contradiction() -> None:
    found = locate(prefecture="埼玉県", city="さいたま市", address="埼玉県さいたま市大宮区架空1-1")
    assert (found.area, found.findings) == ("11100", ())


def test_what_cannot_be_read_is_told() -> None:
    found = locate(address="架空の丘1-1")
    assert (found.area, [error.code for _, error in found.findings]) == ("", ["unplaced-address"])
    found = locate(code="312012", city="鳥取市")
    assert (found.area, [error.code for _, error in found.findings]) == ("31201", ["bad-check-digit"])
    found = locate(code="11002")
    assert (found.area, [error.code for _, error in found.findings]) == ("01100", ["lost-zero"])
    found = locate(city="架空市", prefecture="架空県", address="鳥取県鳥取市架空町1")
    assert found.area == "31201"
    assert [(meaning, error.code) for meaning, error in found.findings] == [
        ("prefecture", "unknown-area"),
        ("city", "unknown-area"),
    ]
    # of a name of the past the day of the list says what it stands for
    assert locate(city="篠山市", prefecture="兵庫県").area == "兵庫県篠山市"


def test_parts_make_an_address() -> None:
    cells = {"place_prefecture": "鳥取県", "place_city": "鳥取市", "town": "架空町", "block": "1番地"}
    assert locate(**cells).address == "鳥取県鳥取市架空町1番地"
    assert locate(place_city="鳥取県鳥取市", block="架空町1").address == "鳥取県鳥取市架空町1"
    assert locate(prefecture="鳥取県", city="鳥取市").address == ""

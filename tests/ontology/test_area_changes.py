"""The bundled list of changes: sound codes, successors that exist, and what the lists of those years had."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from tsunagari.ontology.area_changes import area_changes, governed_place, present_place
from tsunagari.ontology.codes import lg_check_digit
from tsunagari.ontology.municipalities import municipality_table
from tsunagari.ontology.spelling import spelling_key
from tsunagari.ontology.vocabulary import vocabulary

SHARED = Path(__file__).parents[2].parent / "shared" / "data"


def codes_of(name: str, encoding: str) -> dict[str, str]:
    """Return the 5-digit codes of a list with the names it gives; its codes lost their leading zeros."""
    path = SHARED / name
    if not path.exists():
        pytest.skip("the list to compare with lies outside the repository")
    with path.open(encoding=encoding, newline="") as stream:
        return {line["cid"].zfill(5): line["city"] for line in csv.DictReader(stream)}


def test_every_change_leads_to_areas_of_today() -> None:
    changes = list(area_changes())
    kinds = {concept.notation for concept in vocabulary().schemes["area-change"].concepts}
    assert len(changes) == 25
    assert [change.date for change in changes] == sorted(change.date for change in changes)
    for change in changes:
        assert change.successors
        assert change.kind in kinds
        assert change.date > date(2010, 10, 1)
        assert change.former.code6 == change.former.code5 + lg_check_digit(change.former.code5)
        is_valid = municipality_table().by_code(change.former.code5) is not None
        assert is_valid == (change.kind == "renamed")
        # several successors are wards of one city, so that what is not known to the ward is known to the city
        assert len({place.district for place in change.successors}) == 1 or len(change.successors) == 1
        assert present_place(change.former.code6) is not None


def test_hamamatsu_has_seven_wards_before_2024_and_three_since() -> None:
    formers = [change for change in area_changes() if change.former.district == "浜松市"]
    assert len(formers) == 7
    assert {change.date for change in formers} == {date(2024, 1, 1)}
    assert {place.code5 for change in formers for place in change.successors} == {"22138", "22139", "22140"}
    assert {change.former.full_name: change.present.name for change in formers} == {
        "静岡県浜松市中区": "中央区",
        "静岡県浜松市東区": "中央区",
        "静岡県浜松市西区": "中央区",
        "静岡県浜松市南区": "中央区",
        "静岡県浜松市北区": "浜松市",
        "静岡県浜松市浜北区": "浜名区",
        "静岡県浜松市天竜区": "天竜区",
    }


@pytest.mark.parametrize(
    ("name", "encoding", "ended", "renamed"),
    [
        ("localgovjp-utf8.csv", "utf-8-sig", set(), set()),
        ("localgovjp-sjis-2020.csv", "cp932", {"40305"}, {"篠山市"}),
    ],
)
def test_an_old_list_differs_from_the_table_by_the_changes_only(
    name: str, encoding: str, ended: set[str], renamed: set[str]
) -> None:
    """Both have the wards of Hamamatsu as before 2024, the older one also a town that became a city."""
    found = codes_of(name, encoding)
    table, changes = municipality_table(), area_changes()
    unknown = {code for code in found if table.by_code(code) is None}
    wards = {f"2213{digit}" for digit in range(1, 8)}
    assert unknown == wards | ended
    for code in unknown:
        change = changes.by_code(code)
        assert change is not None
        assert (change.former.district + change.former.name).endswith(found[code].replace(" ", ""))
    names = {code: city.split()[-1] for code, city in found.items() if code not in unknown}
    other = {
        city
        for code, city in names.items()
        if (place := table.by_code(code)) is not None and spelling_key(place.name) != spelling_key(city)
    }
    assert other == renamed
    prefectures = {place.code5 for place in table if place.kind == "prefecture"}
    northern = {place.code5 for place in table if not place.has_government and place.kind != "ward"}
    lacking = {place.code5 for place in table} - set(found) - prefectures - northern
    successors = {place.code5 for code in ended if (change := changes.by_code(code)) for place in change.successors}
    assert lacking == {"22138", "22139", "22140"} | successors


def test_check_digits_of_old_wards_are_those_of_the_list() -> None:
    path = SHARED / "localgovjp-utf8.csv"
    if not path.exists():
        pytest.skip("the list to compare with lies outside the repository")
    with path.open(encoding="utf-8-sig", newline="") as stream:
        listed = {line["lgcode"] for line in csv.DictReader(stream)}
    assert {change.former.code6 for change in area_changes() if change.former.district == "浜松市"} <= listed


def test_a_name_is_found_with_and_without_what_lies_around_it() -> None:
    for name in ("岩舟町", "下都賀郡岩舟町", "栃木県下都賀郡岩舟町", "栃木県 岩舟町"):
        (found,) = area_changes().by_name(name)
        assert found.present.name == "栃木市"
    assert area_changes().by_name("那珂川町", prefecture="栃木県") == []
    assert len(area_changes().by_name("那珂川町", prefecture="40")) == 1
    assert area_changes().by_code("093671") is None, "the check digit is another"
    assert present_place("99999") is None
    assert governed_place("31201") == municipality_table().by_code("31201")

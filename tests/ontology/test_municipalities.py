from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from tsunagari.ontology.codes import lg_check_digit
from tsunagari.ontology.municipalities import municipality_table

COMPARED = Path(__file__).parents[2].parent / "shared" / "data" / "localgovjp-utf8.csv"


def test_holds_every_prefecture_municipality_and_ward() -> None:
    counts = Counter(row.kind for row in municipality_table())
    assert counts["prefecture"] == 47
    assert counts["ward"] == 171
    assert counts["designated-city"] == 20
    assert counts["special-ward"] == 23
    governed = [row for row in municipality_table() if row.has_government and row.kind != "prefecture"]
    assert len(governed) == 1741


def test_rows_are_sorted_unique_and_have_readings_and_right_check_digits() -> None:
    rows = list(municipality_table())
    assert [row.code5 for row in rows] == sorted({row.code5 for row in rows})
    assert all(row.reading and all("ぁ" <= char <= "ゖ" or char == "ー" for char in row.reading) for row in rows)
    assert all(row.code6 == row.code5 + lg_check_digit(row.code5) for row in rows)


def test_agrees_with_an_independent_list() -> None:
    if not COMPARED.exists():
        pytest.skip("the list to compare with lies outside the repository")
    table = municipality_table()
    differing = []
    with COMPARED.open(encoding="utf-8-sig", newline="") as stream:
        for line in csv.DictReader(stream):
            row = table.by_code(line["lgcode"])
            names = line["city"].split()
            if row is None or row.name != names[-1] or row.reading != line["citykana"].split()[-1]:
                differing.append(line["city"])
    # the list still has the wards of Hamamatsu as before 2024 and writes one name with the newer kanji
    assert [city for city in differing if not city.startswith("浜松市 ")] == ["須恵町"]
    assert len(differing) == 8


@pytest.mark.parametrize("code", ["31201", "312011"])
def test_finds_by_either_code(code: str) -> None:
    row = municipality_table().by_code(code)
    assert row is not None
    assert (row.full_name, row.reading, row.kind) == ("鳥取県鳥取市", "とっとりし", "city")
    assert row.corporate_number == "9000020312011"
    assert row.org_iri == "https://w3id.org/tsunagari/id/org/9000020312011"
    assert row.area_iri == "https://w3id.org/tsunagari/id/area/31201"
    assert row.prefecture_code5 == "31000"


@pytest.mark.parametrize("code", ["", "312012", "99999", "3120", "3120110"])
def test_finds_nothing_by_a_wrong_code(code: str) -> None:
    assert municipality_table().by_code(code) is None


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("鳥取市", "31201"),
        ("鳥取県鳥取市", "31201"),
        ("鳥取県 鳥取市", "31201"),
        ("岩美郡岩美町", "31302"),
        ("鳥取県岩美郡岩美町", "31302"),
        ("岩美町", "31302"),
        ("七ケ宿町", "04302"),
        ("七ヶ宿町", "04302"),
        ("青ケ島村", "13402"),
        ("檮原町", "39405"),
        ("須恵町", "40344"),
        ("札幌市中央区", "01101"),
        ("三宅村", "13381"),
        ("八丈町", "13401"),
        ("兵庫県", "28000"),
        ("ﾄｯﾄﾘ市", None),
        ("", None),
    ],
)
def test_finds_by_name_in_any_usual_spelling(name: str, code: str | None) -> None:
    assert [row.code5 for row in municipality_table().by_name(name)] == ([] if code is None else [code])


def test_equal_names_are_told_apart_by_prefecture() -> None:
    table = municipality_table()
    assert [row.code5 for row in table.by_name("府中市")] == ["13206", "34208"]
    assert [row.code5 for row in table.by_name("府中市", prefecture="広島県")] == ["34208"]
    assert [row.code5 for row in table.by_name("府中市", prefecture="34")] == ["34208"]
    assert len(table.by_name("池田町")) == 4


def test_a_governed_village_comes_before_one_without_residents() -> None:
    table = municipality_table()
    assert [row.code5 for row in table.by_name("泊村", prefecture="北海道")] == ["01403"]
    (other,) = table.by_name("国後郡泊村")
    assert other.corporate_number is None
    assert other.org_iri is None


def test_nearest_names_come_best_first() -> None:
    assert municipality_table().nearest("鳥取し")[0].name == "鳥取市"
    assert len(municipality_table().nearest("須阪市", n=3)) == 3
    assert municipality_table().nearest("須阪市")[0].name == "須坂市"


def test_municipalities_of_a_prefecture_leave_out_wards() -> None:
    rows = municipality_table().in_prefecture("28000")
    assert len(rows) == 41
    assert {row.kind for row in rows} == {"designated-city", "city", "town"}

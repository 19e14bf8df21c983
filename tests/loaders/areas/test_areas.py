from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsunagari.loaders.areas.areas import Areas
from tsunagari.loaders.areas.reference_records import NATION_IRI
from tsunagari.loaders.issues.issue_codes import CODES
from tsunagari.loaders.values.cells import CellError
from tsunagari.ontology.municipalities import municipality_table
from tsunagari.ontology.records import Reference

ID = "https://w3id.org/tsunagari/id/"


@pytest.mark.parametrize(
    "text", ["31201", "312011", "area/31201", "３１２０１", "鳥取市", "鳥取県鳥取市", "鳥取県 鳥取市"]
)
def test_one_area_in_many_spellings(text: str) -> None:
    assert Areas().area(text) == f"{ID}area/31201"


@pytest.mark.parametrize("text", ["全国", "日本", "国", "00000", "000000", "area/00000"])
def test_the_nation(text: str) -> None:
    assert Areas().area(text) == NATION_IRI


def test_what_is_no_area() -> None:
    for text, code in (
        ("須阪市", "unknown-area"),
        ("府中市", "ambiguous-area"),
        ("312012", "bad-check-digit"),
        ("99999", "unknown-code"),
    ):
        with pytest.raises(CellError, match=code):
            Areas().area(text)
    assert Areas().area("府中市", "広島県") == f"{ID}area/34208"


def test_an_area_brings_what_lies_around_it() -> None:
    areas = Areas()
    areas.area("札幌市中央区")
    areas.area("岩美町")
    records = {record.iri.removeprefix(f"{ID}area/"): record for record in areas.records()}
    assert {"00000", "01000", "01100", "01101", "31000", "31302"} <= set(records)
    assert records["01101"].values["sf_within"] == (Reference(f"{ID}area/01100"),)
    assert records["01101"].values["in_prefecture"] == (Reference(f"{ID}area/01000"),)
    assert records["31302"].values["district"] == ("岩美郡",)
    assert records["31000"].values["sf_within"] == (Reference(NATION_IRI),)


def test_nothing_mentioned_gives_nothing() -> None:
    assert list(Areas().records()) == []


def test_a_government_brings_its_area() -> None:
    areas = Areas()
    place = municipality_table().by_code("31201")
    assert place is not None
    entity = areas.government(place)
    assert areas.government(place) is entity
    last = list(areas.records())[-1]
    assert (last.iri, last.cls) == (entity.iri, "LocalGovernment")
    assert last.values["governs"] == last.values["municipality"] == (Reference(f"{ID}area/31201"),)


OLD, NEW = date(2013, 6, 1), date(2024, 6, 1)


@pytest.mark.parametrize("text", ["岩舟町", "下都賀郡岩舟町", "09367", "093670"])
def test_an_old_name_or_code_stands_for_the_area_of_the_rows_day(text: str) -> None:
    areas = Areas(NEW)
    assert areas.area(text) == f"{ID}area/09203"
    (found,) = areas.findings
    assert (found.code, found.params["date"], found.params["became"]) == ("old-area", "2014-04-05", "栃木県栃木市")
    areas.findings.clear()
    areas.at(OLD)
    assert areas.area(text) == f"{ID}area/09367"
    assert areas.area(text, present=True) == f"{ID}area/09203", "where a body lies is told by today's areas"
    assert [found.code for found in areas.findings] == ["former-area", "old-area"]


def test_a_ward_that_was_divided_stands_for_its_city() -> None:
    areas = Areas(NEW)
    assert areas.area("浜松市北区") == f"{ID}area/22130"
    (found,) = areas.findings
    assert found.code == "split-area"
    assert "浜名区" in found.params["nearest"].ja
    assert "中央区" in found.params["nearest"].ja
    areas.at(date(2023, 12, 31))
    assert areas.area("浜松市北区") == f"{ID}area/22135"


def test_a_change_that_was_met_gets_into_the_graph() -> None:
    areas = Areas(OLD)
    areas.area("岩舟町")
    records = {record.iri.removeprefix(ID): record for record in areas.records()}
    event = records["area-change/09367-2014-04-05"]
    assert event.cls == "CodeChangeEvent"
    assert event.values["resulting_organization"] == (Reference(f"{ID}area/09203"),)
    assert records["area/09367"].values["valid_to"] == (date(2014, 4, 5),)
    assert records["area/09367"].values["district"] == ("下都賀郡",)
    assert {"area/09203", "area/09000", "area/00000"} <= set(records)


def test_a_name_that_two_areas_had_is_ambiguous_before_the_change_only() -> None:
    areas = Areas(NEW)
    assert areas.area("那珂川町") == f"{ID}area/09411"
    assert areas.area("那珂川町", "福岡県") == f"{ID}area/40231"
    areas.at(OLD)
    with pytest.raises(CellError, match="ambiguous-area"):
        areas.area("那珂川町")


def test_a_new_name_of_the_same_code_is_no_other_area() -> None:
    areas = Areas(OLD)
    assert areas.area("篠山市") == areas.area("28221") == f"{ID}area/28221"
    assert [found.code for found in areas.findings] == ["old-area"]
    areas.findings.clear()
    assert areas.area("熊本市") == f"{ID}area/43100"
    assert areas.findings == []


def test_a_government_goes_on_as_its_successor_but_a_ward_had_none() -> None:
    areas = Areas(OLD)
    assert [place.name for place in areas.governments_named("富谷町役場")] == ["富谷市"]
    assert areas.governments_named("浜松市北区") == []


@pytest.mark.parametrize(
    ("text", "code"), [("1202", "01202"), ("12025", "01202"), ("3305", "03305"), ("１２０２", "01202")]
)
def test_a_leading_zero_that_a_spreadsheet_took_is_put_back_and_told(text: str, code: str) -> None:
    areas = Areas(OLD)
    assert areas.area(text) == f"{ID}area/{code}"
    assert "lost-zero" in [found.code for found in areas.findings]


def test_four_digits_that_are_no_code_stay_an_error() -> None:
    for text in ("9999", "31999"):
        with pytest.raises(CellError):
            Areas().area(text)


@given(
    st.one_of(
        st.text(max_size=12), st.text("0123456789０１９- ", max_size=8), st.text("県市区町村郡岩舟浜松中北", max_size=8)
    )
)
def test_any_text_is_an_area_or_a_reason_why_not(text: str) -> None:
    areas = Areas(OLD)
    try:
        found = areas.area(text)
    except CellError as error:
        found = error.code
    assert found.startswith(f"{ID}area/") or found in CODES

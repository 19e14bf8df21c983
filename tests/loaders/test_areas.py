from __future__ import annotations

import pytest

from tsunagari.loaders.areas import NATION_IRI, Areas
from tsunagari.loaders.cells import CellError
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

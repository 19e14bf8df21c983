from __future__ import annotations

import pytest
from tests.loaders.conftest import WriteWorkspace

from tsunagari.loaders.files.grid import Grid
from tsunagari.loaders.session.load import load_workspace
from tsunagari.loaders.values.code_columns import ambiguous_codes, restore_codes
from tsunagari.ontology.records import Reference


def restored(*codes: str, beside: str = "1") -> tuple[list[str], list[tuple[str, int | None, str | None]]]:
    """What a column of codes holds afterwards, with a column of other numbers beside it."""
    rows = [(1, ["人口", "団体コード"]), *((number, [beside, code]) for number, code in enumerate(codes, start=2))]
    grid = Grid("a.csv", rows)
    restore_codes(grid)
    assert [cells[0] for _, cells in grid.rows[1:]] == [beside] * len(codes)
    return [cells[1] for _, cells in grid.rows[1:]], [(issue.code, issue.row, issue.column) for issue in grid.issues]


def test_fifteen_codes_without_their_zero_are_those_of_other_places() -> None:
    assert len(ambiguous_codes()) == 15
    assert {f"0{code}" for code in ambiguous_codes()} == set(ambiguous_codes().values())


def test_among_six_digit_codes_the_zero_is_put_back_and_said() -> None:
    codes, issues = restored("12025", "312011", "12203", "１２２０３", "")
    assert codes == ["12025", "312011", "012203", "012203", ""]
    assert issues == [("lost-zero", 4, "B"), ("lost-zero", 5, "B")]


@pytest.mark.parametrize(
    "others", [("12202", "31201"), ("1202", "31201"), ("12025",), ("31",), ("12025", "312011", "9")]
)
def test_elsewhere_five_digits_are_a_five_digit_code(others: tuple[str, ...]) -> None:
    assert restored("12203", *others) == (["12203", *others], [])


def test_where_both_forms_stand_the_code_is_left_and_told() -> None:
    assert restored("12203", "12025", "312011", "31302") == (
        ["12203", "12025", "312011", "31302"],
        [("ambiguous-code", 2, "B")],
    )


def test_other_numbers_are_never_taken_for_codes() -> None:
    assert restored("12025", "312011", "12025", beside="12203")[1] == []


def test_a_long_column_is_judged_as_a_whole() -> None:
    codes, _ = restored(*["12025", "312011"] * 2_000, "12203")
    assert codes[-1] == "012203"
    codes, _ = restored(*["12025", "312011"] * 2_000, "12203", "5")
    assert codes[-2] == "12203"


def test_a_member_list_from_a_spreadsheet_gets_its_places_right(write_workspace: WriteWorkspace) -> None:
    members = "団体名,団体コード\n架空あ会,12025\n架空い会,12203\n架空う会,312011\n"
    platforms = "id,名称\npf,架空\n"
    load = load_workspace(write_workspace(platforms=platforms, members=(members, 'platform = "pf"')))
    homes = {
        str(record.values["pref_label"][0]): place.iri.rpartition("/")[2]
        for record in load.records
        for place in record.values.get("municipality", ())
        if isinstance(place, Reference)
    }
    assert homes["架空い会"] == "01220"
    assert [(issue.code, issue.row) for issue in load.issues] == [("lost-zero", 2), ("lost-zero", 3)]

from __future__ import annotations

import pytest

from tsunagari.errors import UnknownNameError
from tsunagari.graph.columns.column_store import MemoryStore
from tsunagari.graph.columns.validity import TIME_COLUMNS, iso_day, validity
from tsunagari.graph.facts.things import Reader
from tsunagari.graph.tables.frames import COLUMNS, frame


@pytest.mark.parametrize("name", COLUMNS)
def test_columns_are_those_documented_also_without_rows(tiny: Reader, name: str) -> None:
    assert frame(tiny, name).columns.tolist() == list(COLUMNS[name])
    assert frame(Reader(MemoryStore()), name).columns.tolist() == list(COLUMNS[name])


@pytest.mark.parametrize("name", COLUMNS)
def test_rows_are_the_same_each_time(tiny_quads: list, name: str) -> None:
    assert frame(Reader(MemoryStore(tiny_quads[::-1])), name).equals(frame(Reader(MemoryStore(tiny_quads)), name))


def test_organisations_leave_out_platforms_and_their_bodies(tiny: Reader) -> None:
    table = frame(tiny, "organizations").set_index("name")
    assert set(table.index) == {"鳥取市", "八頭町", "香美町", "フードの会", "きく会", "15団体"}
    row = table.loc["フードの会"]
    assert (row["reading"], row["sector"], row["sector_label"]) == ("ふーどのかい", "npo", "NPO")
    assert (row["municipality"], row["municipality_code"], row["prefecture"]) == ("鳥取市", "31201", "鳥取県")
    assert row["fields"] == ["フードバンク", "ひきこもり"]
    assert table.loc["15団体", "stated_size"] == 15


def test_memberships_hold_memberships_roles_and_partnerships(tiny: Reader) -> None:
    table = frame(tiny, "memberships")
    assert table["kind"].value_counts().to_dict() == {"membership": 3, "role": 3, "partnership": 3}
    lead = table[table["role_id"] == "lead"].iloc[0]
    assert (lead["organization"], lead["platform"], lead["role"]) == ("フードの会", "分科会1", "担当幹事団体")
    assert table["source"].tolist() == [["tiny.csv"]] * len(table)


def test_a_day_keeps_what_certainly_or_possibly_holds(tiny: Reader) -> None:
    def held(day: str) -> dict[str, str]:
        table = frame(tiny, "memberships", at=day)
        return dict(zip(table["membership_id"].str.rpartition("/")[2], table["validity"], strict=True))

    assert "m2" not in held("2023-10-01")
    assert held("2022-06-01")["m2"] == "certain"
    assert held("2021-01-01")["kami"] == "possible"


def test_every_row_can_be_had_with_its_validity(tiny: Reader) -> None:
    table = frame(tiny, "memberships", at="2023-10-01", every=True)
    assert table["validity"].value_counts().to_dict() == {"certain": 8, "no": 1}
    assert frame(tiny, "memberships")["validity"].isna().all()


def test_a_service_has_a_row_for_each_field(tiny: Reader) -> None:
    table = frame(tiny, "services")
    assert table[["provider", "field", "area", "area_code", "channel"]].to_numpy().tolist() == [
        ["フードの会", "フードバンク", "鳥取市", "31201", ["電話", "訪問"]],
        ["フードの会", "ひきこもり", "鳥取市", "31201", ["電話", "訪問"]],
    ]


def test_ties_carry_direction_and_strength(tiny: Reader) -> None:
    table = frame(tiny, "ties")
    assert table[["from", "to", "kind", "directed", "strength"]].to_numpy().tolist() == [
        ["フードの会", "八頭町", "food", True, 2.0],
        ["八頭町", "フードの会", "information", False, 1.0],
    ]


def test_english_labels(tiny: Reader) -> None:
    table = frame(tiny, "memberships", lang="en")
    assert {"Food Group", "きく会"} <= set(table["organization"])
    assert "Lead body" in set(table["role"])


def test_an_unknown_table_lists_the_known_ones(tiny: Reader) -> None:
    with pytest.raises(UnknownNameError, match="organizations"):
        frame(tiny, "people")


class TestValidity:
    """The three answers, on both sides of each bound."""

    @pytest.mark.parametrize(
        ("times", "day", "answer"),
        [
            ({}, "2023-01-01", "certain"),
            ({"valid_from": "2022-02-01"}, "2022-01-31", "no"),
            ({"valid_from": "2022-02-01"}, "2022-02-01", "certain"),
            ({"valid_to": "2023-03-01"}, "2023-02-28", "certain"),
            ({"valid_to": "2023-03-01"}, "2023-03-01", "no"),
            ({"valid_from_not_before": "2022-02-01", "valid_from_not_after": "2022-02-28"}, "2022-02-27", "possible"),
            ({"valid_from_not_before": "2022-02-01", "valid_from_not_after": "2022-02-28"}, "2022-02-28", "certain"),
            ({"valid_from_not_before": "2022-02-01", "valid_from_not_after": "2022-02-28"}, "2022-01-31", "no"),
            ({"valid_to_not_before": "2023-02-21", "valid_to_not_after": "2023-02-28"}, "2023-02-20", "certain"),
            ({"valid_to_not_before": "2023-02-21", "valid_to_not_after": "2023-02-28"}, "2023-02-21", "possible"),
            ({"valid_to_not_before": "2023-02-21", "valid_to_not_after": "2023-02-28"}, "2023-02-28", "no"),
            ({"as_of": "2022-12-01"}, "2022-11-30", "possible"),
            ({"as_of": "2022-12-01"}, "2022-12-01", "certain"),
            ({"as_of": "2022-12-01"}, "2023-10-01", "certain"),
            ({"as_of": "2022-12-01", "valid_from": "2022-02-01"}, "2022-03-01", "certain"),
        ],
    )
    def test_bounds(self, times: dict[str, str], day: str, answer: str) -> None:
        assert set(times) <= set(TIME_COLUMNS)
        assert validity(times, day) == answer

    def test_a_day_that_is_none_says_how_to_write_one(self) -> None:
        with pytest.raises(UnknownNameError) as error:
            iso_day("令和5年")
        assert "2023-10-01" in error.value.text("ja")

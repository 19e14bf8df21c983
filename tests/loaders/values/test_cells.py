from __future__ import annotations

import contextlib
import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tsunagari.loaders.values.cells import (
    CELL_LIMIT,
    CellError,
    CellParser,
    parse_boolean,
    parse_corporate_number,
    parse_decimal,
    parse_fiscal_year,
    parse_integer,
    parse_lg_code,
    split_cell,
    split_parts,
)
from tsunagari.ontology.codes import corporate_check_digit, lg_check_digit
from tsunagari.ontology.records import Reference
from tsunagari.ontology.vocabulary import vocabulary


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", 12),
        ("１２", 12),
        ("1,200", 1200),
        ("２，０００人", 2000),
        ("15団体", 15),
        ("2回目", 2),
        ("3.0", 3),
        ("-1", -1),
    ],
)
def test_integers(text: str, value: int) -> None:
    assert parse_integer(text) == value


@pytest.mark.parametrize("text", ["", "多数", "1.5", "1,2", "NaN", "Infinity", "1e30", "約10"])
def test_what_is_no_integer(text: str) -> None:
    with pytest.raises(CellError) as caught:
        parse_integer(text)
    assert caught.value.code == "bad-integer"


def test_decimals() -> None:
    assert parse_decimal("０．５") == 0.5
    for text in ("強い", "inf", "nan"):
        with pytest.raises(CellError):
            parse_decimal(text)


def test_booleans() -> None:
    assert [parse_boolean(text) for text in ("○", "はい", "有", "TRUE", "１")] == [True] * 5
    assert [parse_boolean(text) for text in ("×", "いいえ", "無", "no", "0")] == [False] * 5
    with pytest.raises(CellError, match="bad-boolean"):
        parse_boolean("△")


@pytest.mark.parametrize(
    "text", ["9000020312011", "９０００020312011", "9-0000-2031-2011", "T9000020312011", " 9000020312011 "]
)
def test_corporate_numbers(text: str) -> None:
    assert parse_corporate_number(text) == "9000020312011"


def test_a_wrong_check_digit_of_a_corporate_number_names_place_and_right_digit() -> None:
    with pytest.raises(CellError) as caught:
        parse_corporate_number("8000020312011")
    assert caught.value.code == "bad-check-digit"
    assert caught.value.value == "8000020312011"
    params = caught.value.params
    assert (params["place"], params["digit"], params["right"]) == (1, "8", "9")
    assert params["corrected"] == "9000020312011"


def test_a_wrong_check_digit_of_a_code_names_place_and_right_digit() -> None:
    with pytest.raises(CellError) as caught:
        parse_lg_code("312012")
    params = caught.value.params
    assert (caught.value.code, params["place"], params["digit"], params["right"]) == ("bad-check-digit", 6, "2", "1")
    assert params["corrected"] == "312011"


@pytest.mark.parametrize(
    ("text", "code"), [("31201", "312011"), ("３１２０１１", "312011"), ("031000", None), ("", None)]
)
def test_local_government_codes(text: str, code: str | None) -> None:
    if code is not None:
        assert parse_lg_code(text) == code
        return
    with pytest.raises(CellError):
        parse_lg_code(text)


@pytest.mark.parametrize("text", ["123", "12345678901234", "なし"])
def test_a_number_of_the_wrong_length_says_the_right_one(text: str) -> None:
    with pytest.raises(CellError) as caught:
        parse_corporate_number(text)
    assert (caught.value.code, caught.value.params["length"]) == ("bad-length", 13)


def test_a_code_of_no_government() -> None:
    with pytest.raises(CellError, match="unknown-code"):
        parse_lg_code("99999")


def test_fiscal_years() -> None:
    assert [parse_fiscal_year(text) for text in ("2022", "2022年度", "令和4年度", "R4", "2023-02-01")] == [2022] * 5
    with pytest.raises(CellError):
        parse_fiscal_year("未定")


def test_only_a_column_of_several_values_is_split_and_never_at_a_comma() -> None:
    columns = vocabulary().columns("SupportService")
    assert split_cell(columns["support_field"], "高齢者、介護；障害|福祉\n教育") == [
        "高齢者",
        "介護",
        "障害",
        "福祉",
        "教育",
    ]
    assert split_cell(columns["alt_label"], "A,B") == ["A,B"]
    assert split_cell(columns["provided_by"], "A、B") == ["A、B"]


def test_a_concept_outside_its_scheme_names_the_nearest_three() -> None:
    parser = CellParser(vocabulary())
    column = vocabulary().columns("SupportService")["support_field"]
    found = parser.parse(column, "引きこもり", None)
    assert found == Reference("https://w3id.org/tsunagari/scheme/hyogo/hikikomori")
    with pytest.raises(CellError) as caught:
        parser.parse(column, "高令者", None)
    nearest = caught.value.params["nearest"]
    assert caught.value.code == "unknown-concept"
    assert nearest.ja.startswith("介護")
    assert len(nearest.ja.split("、")) == len(nearest.en.split(", ")) == 3


def test_a_huge_cell_is_refused() -> None:
    with pytest.raises(CellError, match="long-value"):
        CellParser(vocabulary()).parse(vocabulary().columns("SupportService")["note"], "あ" * (CELL_LIMIT + 1), None)


def test_readings_become_hiragana() -> None:
    column = vocabulary().columns("Organization")["reading"]
    assert CellParser(vocabulary()).parse(column, "ﾖﾘｿｲ センター", None) == "よりそい せんたー"


@given(st.from_regex(r"[0-9]{12}", fullmatch=True))
def test_every_number_with_its_check_digit_is_accepted(twelve: str) -> None:
    assume(not twelve.endswith("000000"))  # what a spreadsheet leaves of a number that it cut
    assert parse_corporate_number(corporate_check_digit(twelve) + twelve)[1:] == twelve


@given(st.text(max_size=20))
def test_parsers_raise_nothing_else(text: str) -> None:
    for parse in (
        parse_integer,
        parse_decimal,
        parse_boolean,
        parse_corporate_number,
        parse_lg_code,
        parse_fiscal_year,
    ):
        with contextlib.suppress(CellError):
            parse(text)


def test_check_digits_agree_with_the_table() -> None:
    assert parse_lg_code("01100") == "01100" + lg_check_digit("01100")


@given(st.text("ab 、;；|｜\n　\t", max_size=9))
def test_parts_lose_the_space_beside_what_separates_them(text: str) -> None:
    assert split_parts(text) == [part for part in re.split(r"\s*[、;；|｜\n]\s*", text) if part]


@pytest.mark.parametrize("text", ["4000012090000", "4.00001209E+12", "4011010000000", "4.01101E+12"])
def test_a_number_that_lost_its_last_digits_is_damaged_and_has_no_likely_right_one(text: str) -> None:
    with pytest.raises(CellError) as failed:
        parse_corporate_number(text)
    assert (failed.value.code, failed.value.params) == ("damaged-number", {})


def test_the_number_of_a_prefecture_ends_in_zeros_and_may_have_a_wrong_check_digit() -> None:
    assert parse_corporate_number("7000020310000") == "7000020310000"
    with pytest.raises(CellError) as failed:
        parse_corporate_number("6000020310000")
    assert (failed.value.code, failed.value.params["corrected"]) == ("bad-check-digit", "7000020310000")

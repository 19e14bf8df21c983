from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsunagari.ontology.codes import corporate_check_digit, corporate_number_of, lg_check_digit

# Every municipality that the source documents name, with the published code.
PUBLISHED = {
    "富山県": "160008",
    "仙台市": "041009",
    "北九州市": "401005",
    "福岡市": "401307",
    "座間市": "142166",
    "飯山市": "202134",
    "須坂市": "202070",
    "生駒市": "292095",
    "鳥取市": "312011",
    "福山市": "342076",
    "岩美町": "313025",
    "若桜町": "313254",
    "智頭町": "313289",
    "八頭町": "313297",
    "香美町": "285854",
    "新温泉町": "285862",
    "兵庫県": "280003",
    "鳥取県": "310000",
}


@pytest.mark.parametrize("code", PUBLISHED.values(), ids=PUBLISHED.keys())
def test_check_digit_of_published_codes(code: str) -> None:
    assert lg_check_digit(code[:5]) == code[5]


def test_corporate_number_starts_with_its_check_digit() -> None:
    assert corporate_check_digit("000012090001") == "4"
    assert corporate_number_of("312011") == "9000020312011"


@given(st.from_regex(r"\A[0-9]{12}\Z"), st.integers(0, 11))
def test_a_changed_digit_changes_the_check_digit_except_0_and_9(twelve: str, place: int) -> None:
    changed = str((int(twelve[place]) + 1) % 10)
    other = twelve[:place] + changed + twelve[place + 1 :]
    assert corporate_check_digit(other) != corporate_check_digit(twelve) or {changed, twelve[place]} == {"0", "9"}


@pytest.mark.parametrize("text", ["", "3120", "312011", "３１２０１", "3120a"])
def test_only_digits_of_the_right_length(text: str) -> None:
    with pytest.raises(ValueError, match="5 digits expected"):
        lg_check_digit(text)

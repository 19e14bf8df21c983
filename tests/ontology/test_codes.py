from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsunagari.ontology.codes import corporate_check_digit, corporate_number_of, lg_check_digit

# Every municipality that the source documents name, with the published code.
PUBLISHED = """
富山県160008 仙台市041009 北九州市401005 福岡市401307 座間市142166 飯山市202134 須坂市202070 生駒市292095 鳥取市312011 福山市342076
岩美町313025 若桜町313254 智頭町313289 八頭町313297 香美町285854 新温泉町285862 兵庫県280003 鳥取県310000
""".split()


@pytest.mark.parametrize("entry", PUBLISHED)
def test_check_digit_of_published_codes(entry: str) -> None:
    code = entry[-6:]
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

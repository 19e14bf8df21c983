from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsunagari.loaders.values.telephones import Telephones, is_one_number, read_telephones

PARTS = st.sampled_from(
    [
        ("03", "0000", "0001"),
        ("0857", "00", "0002"),
        ("042", "000", "0003"),
        ("090", "0000", "0004"),
        ("0120", "000", "005"),
    ]
)
WIDE = str.maketrans("0123456789-()", "０１２３４５６７８９－（）")


def written(parts: tuple[str, str, str], form: int) -> str:
    first, second, third = parts
    return [
        f"{first}-{second}-{third}",
        f"{first}({second}){third}",
        f"({first}){second}-{third}",
        f"{first}−{second}−{third}",
        f"{first} {second} {third}",
    ][form]


@given(
    numbers=st.lists(PARTS, min_size=1, max_size=3, unique=True),
    form=st.integers(0, 3),
    wide=st.booleans(),
    sign=st.sampled_from(["\n", "、", "/", " / ", "又は", ";"]),
)
def test_each_number_is_read_whatever_its_form_and_what_parts_it_from_others(
    numbers: list[tuple[str, str, str]], form: int, wide: bool, sign: str
) -> None:
    text = sign.join(written(parts, form) for parts in numbers)
    found = read_telephones(text.translate(WIDE) if wide else text)
    assert found.numbers == tuple("-".join(parts) for parts in numbers)
    assert not found.restored
    assert not found.rest


@given(parts=PARTS)
def test_a_lost_zero_is_put_back_and_told(parts: tuple[str, str, str]) -> None:
    digits = "".join(parts)
    found = read_telephones(digits[1:])
    assert found.numbers == found.restored == (digits,)


@pytest.mark.parametrize(
    ("text", "numbers", "rest"),
    [
        ("0857(00)0000 内線12", ("0857-00-0000 内線12",), ""),
        ("電話 0857-00-0000（内線 345）", ("0857-00-0000 内線345",), ""),
        ("0857-00-0000（架空さん）", ("0857-00-0000",), "架空さん"),
        ("役場の窓口へ", (), "役場の窓口へ"),
        ("+81-857-00-0000", ("0857-00-0000",), ""),
        ("1234", (), "1234"),
        ("", (), ""),
    ],
)
def test_extensions_stay_and_what_is_no_number_is_told(text: str, numbers: tuple[str, ...], rest: str) -> None:
    found = read_telephones(text)
    assert (found.numbers, found.rest) == (numbers, rest)


@given(text=st.text(max_size=30))
def test_any_text_is_read_and_numbers_are_read_again_as_they_are(text: str) -> None:
    found = read_telephones(text)
    if found.numbers:
        assert read_telephones("、".join(found.numbers)).numbers == found.numbers


@given(st.from_regex(r"0[0-9]{0,4}-[0-9]{0,4}-[0-9]{0,4}", fullmatch=True))
def test_a_number_taken_as_it_stands_is_what_reading_it_gives(text: str) -> None:
    if is_one_number(text):
        assert read_telephones(text) == Telephones((text,))

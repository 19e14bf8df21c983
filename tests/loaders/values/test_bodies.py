"""Several bodies in one cell: parted where that is sure, asked about where not, left alone where nothing says so."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsunagari.loaders.values.bodies import Bodies, read_bodies

NAMES = ["NPO法人架空の会", "空想(株)", "鳥取市", "架空町社会福祉協議会", "一般社団法人空想会", "鳥取県"]


@given(st.lists(st.sampled_from(NAMES), min_size=2, max_size=5, unique=True), st.sampled_from("、，,；;|｜／"))
def test_sure_signs_part_names_of_bodies_and_lose_none(names: list[str], sign: str) -> None:
    assert read_bodies(sign.join(names)) == Bodies(tuple(names))


@given(st.lists(st.sampled_from(NAMES[:2] + NAMES[4:5]), min_size=2, max_size=3, unique=True))
def test_any_sign_parts_names_with_legal_forms(names: list[str]) -> None:
    for sign in ("・", "\n", "　", " ", "及び", "と", "＆"):
        assert read_bodies(sign.join(names)) == Bodies(tuple(names)), sign


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("・架空会\n・空想会", ("架空会", "空想会")),
        ("①架空会 ②空想会", ("架空会", "空想会")),
        ("1. 架空会\n2. 空想会", ("架空会", "空想会")),
        ("架空会／空想協議会", ("架空会", "空想協議会")),
        ("鳥取市・米子市及び岩美町", ("鳥取市", "米子市", "岩美町")),
    ],
)
def test_lists_as_offices_write_them(cell: str, names: tuple[str, ...]) -> None:
    assert read_bodies(cell) == Bodies(names)


@pytest.mark.parametrize(
    ("cell", "perhaps"),
    [
        ("いのち、つなぐ会", ("いのち", "つなぐ会")),
        ("特定非営利活動法人子育て、応援団", ("特定非営利活動法人子育て", "応援団")),
        ("架空会・空想会", ("架空会", "空想会")),
        ("架空会\n空想会", ("架空会", "空想会")),
        ("架空ひろば（NPO法人空想会）", ("架空ひろば", "NPO法人空想会")),
    ],
)
def test_what_may_be_one_name_stays_one_and_is_a_question(cell: str, perhaps: tuple[str, ...]) -> None:
    assert read_bodies(cell) == Bodies((cell,), perhaps)


@pytest.mark.parametrize(
    "cell",
    [
        *(
            "架空会",
            "子ども・若者支援センター",
            "人と人の会",
            "社会福祉法人\n架空会",
            "鳥取県\n架空児童相談所",
            "Foo, Inc.",
        ),
        *(
            "株式会社A&B",
            "架空会（子育て、防災部会）",
            "社会福祉法人 架空会",
            "org/yorisoi",
            "3.11を語る会",
            "その他",
            "",
        ),
    ],
)
def test_one_name_is_one_name(cell: str) -> None:
    assert read_bodies(cell) is None


@pytest.mark.parametrize("tail", ["ほか", "　他", "等", "ほか3団体", "、ほか数団体", "など"])
def test_bodies_that_are_only_counted_are_no_part_of_a_name(tail: str) -> None:
    assert read_bodies(f"架空会{tail}") == Bodies(("架空会",), rest=True)

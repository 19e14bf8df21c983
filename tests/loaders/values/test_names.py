from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsunagari.loaders.values.names import LEGAL_FORMS, name_keys, organization_key, split_legal_form
from tsunagari.ontology.spelling import fold_text, spelling_key
from tsunagari.ontology.vocabulary import vocabulary


@pytest.mark.parametrize(
    ("name", "core", "form", "position"),
    [
        ("特定非営利活動法人よりそい", "よりそい", "npo", "before"),
        ("認定ＮＰＯ法人　よりそい", "よりそい", "npo", "before"),
        ("（特非）よりそい", "よりそい", "npo", "before"),
        ("よりそい（特非）", "よりそい", "npo", "after"),
        ("㈱つながり", "つながり", "stock-company", "before"),
        ("つながり㍿", "つながり", "stock-company", "after"),
        ("(一社)孤独・孤立対策支援", "孤独・孤立対策支援", "general-association", "before"),
        ("公益財団法人　さわやか", "さわやか", "public-foundation", "before"),
        ("社会福祉法人鳥取市社会福祉協議会", "鳥取市社会福祉協議会", "social-welfare", "before"),
        ("鳥取市社会福祉協議会", "鳥取市社会福祉協議会", "social-welfare", None),
        ("鳥取市社協", "鳥取市社会福祉協議会", "social-welfare", None),
        ("医療法人社団　健やか会", "健やか会", "medical", "before"),
        ("生活協同組合コープ架空", "コープ架空", "consumer-cooperative", "before"),
        ("JA架空", "架空", "agricultural-cooperative", "before"),
        ("架空合資会社", "架空", "limited-partnership", "after"),
        ("合名会社架空", "架空", "general-partnership", "before"),
        ("㈳架空協会", "架空協会", "incorporated-association", "before"),
        ("財団法人架空会", "架空会", "incorporated-foundation", "before"),
        ("一般財団法人架空会", "架空会", "general-foundation", "before"),
        ("国立大学法人架空大学", "架空大学", "national-university", "before"),
        ("更生保護法人架空寮", "架空寮", "offenders-rehabilitation", "before"),
        ("弁護士法人架空", "架空", "professional", "before"),
        ("架空町森林組合", "架空町", "forestry-cooperative", "after"),
        ("架空運送事業協同組合", "架空運送", "business-cooperative", "after"),
        ("架空生活協同組合", "架空", "consumer-cooperative", "after"),
        ("社会医療法人財団架空会", "架空会", "medical", "before"),
        ("架空町商工会", "架空町商工会", None, None),
        ("JAPANネット", "japanネット", None, None),
        ("架空の会（仮称）", "架空の会", None, None),
        ("株式会社", "株式会社", None, None),
        ("あなたのいばしょ（SNS相談コンソーシアム）", "あなたのいばしょ(sns相談コンソーシアム)", None, None),
        ("", "", None, None),
    ],
)
def test_legal_form_is_parted_from_the_name(name: str, core: str, form: str | None, position: str | None) -> None:
    keys = name_keys(name)
    assert (keys.core, keys.legal_form, keys.form_position) == (core, form, position)
    assert keys.original == name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("髙島の会", "高島の会"),
        ("濱﨑会", "浜崎会"),
        ("ﾖﾘｿｲｾﾝﾀｰ", "ヨリソイセンター"),
        ("孤独−孤立の会", "孤独－孤立の会"),
        ("孤独〜孤立の会", "孤独～孤立の会"),
        ("袖ヶ浦の会", "袖ケ浦の会"),
        ("佐々木会", "佐佐木会"),
        ("いすゞの会", "いすずの会"),
        ("こゝろの会", "こころの会"),
        ("金子みすヾ会", "金子みすず会"),
        ("臺東の會", "台東の会"),
        ("飛驒の会", "飛騨の会"),
        ("つなが　り", "つながり"),
        ("ＮＰＯ・架空", "NPO･架空"),
    ],
)
def test_spellings_of_one_name_share_the_core(one: str, other: str) -> None:
    assert name_keys(one).core == name_keys(other).core


def test_the_loose_key_joins_kana_and_long_vowels() -> None:
    assert name_keys("ヨリソイセンター").loose == name_keys("よりそい・せんたあ").loose[:-1]
    assert name_keys("つながりサポーター").loose == name_keys("つながりさぽーたー").loose


def test_every_legal_form_is_a_concept_and_known_by_its_words() -> None:
    for text, notation in LEGAL_FORMS.items():
        assert vocabulary().concept("legal-form", notation) is not None, text


def test_the_identifier_recipe_is_pinned() -> None:
    # cited identifiers must never change: do not edit these values
    assert organization_key("特定非営利活動法人よりそい", None, "31201") == "9ba431d529fc68c1"
    assert organization_key("よりそい", "npo", "31201") == organization_key("NPO法人 よりそい", None, "31201")
    assert organization_key("よりそい", None, None) == "f005a2bcf5605325"
    assert organization_key("よりそい", None, "31201") != organization_key("よりそい", None, "31202")


@given(st.text())
def test_keys_are_stable_and_keep_the_original(text: str) -> None:
    keys = name_keys(text)
    assert keys.original == text
    assert fold_text(keys.folded) == keys.folded
    assert spelling_key(spelling_key(text)) == spelling_key(text)
    assert bool(keys.core) == bool(keys.compact)


@given(st.text(min_size=1))
def test_a_form_is_never_all_there_is(text: str) -> None:
    core, _, _ = split_legal_form(spelling_key(text))
    assert bool(core) == bool(spelling_key(text))


@given(st.text(st.sampled_from("々〻ゝゞヽヾかがうｳﾞ臺驒ヶの 架空A"), max_size=12))
def test_iteration_marks_are_written_out_once_and_for_all(text: str) -> None:
    key = spelling_key(text)
    assert spelling_key(key) == key
    assert len(key) <= len(text)

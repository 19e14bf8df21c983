"""Pairs that may be one organisation: what is proposed, what is not, and why."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tsunagari.loaders.fiction.words import old_kanji
from tsunagari.loaders.identity.candidates import BLOCK, TOP, find_candidates
from tsunagari.loaders.identity.scores import REASONS, Candidate, Profile


def pairs(*profiles: Profile, threshold: float = 75) -> tuple[Candidate, ...]:
    return find_candidates(profiles, threshold=threshold).pairs


def body(id: str, *names: str, **further: object) -> Profile:
    return Profile(id, names, **further)  # type: ignore[arg-type] # one shortcut for every test


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("NPO法人架空よりそい", "架空よりそい", "no-form"),
        ("架空よりそいの会", "架空よりそい会", "similar-name"),
        ("架空縁側システム", "架空縁側シテスム", "similar-name"),
        ("架空つながりサポーター", "架空つながりサポータ", "spelling"),
        ("架空市社会福祉協議会", "架空社協", "abbreviation"),
        ("架空たより（架空たよ）", "架空たより", "parenthesis"),
        ("架空支援協議会", "架空支緩協議会", "similar-name"),
    ],
)
def test_two_ways_to_write_one_name_are_proposed_with_the_reason(one: str, other: str, reason: str) -> None:
    (found,) = pairs(body("a", one, area="31201"), body("b", other, area="31201"))
    assert reason in found.reasons
    assert "same-municipality" in found.reasons


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (body("a", "架空よりそい", area="31201"), body("b", "架空たんぽぽ", area="31201")),
        (body("a", "架空よりそい支援会", area="31201"), body("b", "架空よりそい支援会西支部", area="31201")),
        (body("a", "架空町一丁目町内会", area="31201"), body("b", "架空町二丁目町内会", area="31201")),
        (body("a", "架空たより", area="31201"), body("b", "架空たよりの里", area="01100")),
        (body("a", "架空園", number="4000012090001"), body("b", "架空園", number="7000012050002")),
    ],
)
def test_what_is_probably_another_body_is_not_proposed(one: Profile, other: Profile) -> None:
    assert pairs(one, other) == ()


@pytest.mark.parametrize("area", ["01100", "31202", None])
def test_namesakes_elsewhere_are_asked_about(area: str | None) -> None:
    (found,) = pairs(body("a", "NPO法人架空よりそい", area="31201"), body("b", "(特非)架空よりそい", area=area))
    assert found.reasons[0] == "spelling"


@pytest.mark.parametrize("template", ["架空{}の会", "{}会", "よりそい{}サポート", "{}{}商店"])
@pytest.mark.parametrize("areas", [("31201", "31201"), ("31201", None), (None, None)])
def test_every_old_form_of_a_kanji_is_at_least_asked_about(template: str, areas: tuple[str | None, str | None]) -> None:
    missed = []
    for new, old in old_kanji().items():
        one, other = (template.format(kanji, kanji) for kanji in (chr(new), old))
        found = pairs(body("a", one, area=areas[0]), body("b", other, area=areas[1]))
        missed += [] if found and found[0].score >= 95 else [(one, other)]
    assert missed == []


def test_one_wrong_character_among_common_ones_is_asked_about() -> None:
    words = [f"架空{one}{other}支援会" for one in "あいうえおかきくけこ" for other in "山川田野森林原岡谷沢"]
    others = [body(f"x{number}", name, area="31201") for number, name in enumerate(words)]
    found = pairs(body("a", "架空んし笑支援会", area="31201"), body("b", "架空んし咲支援会", area="31201"), *others)
    assert ("a", "b") in {(pair.left, pair.right) for pair in found}


def test_the_better_the_ground_the_higher_the_score() -> None:
    base = body("a", "NPO法人架空よりそい", area="31201", reading="かくうよりそい")
    others = [
        body("b", "NPO法人架空よりそい", area="31201", reading="かくうよりそい"),
        body("b", "架空よりそい", area="31201"),
        body("b", "架空よりそい"),
        body("b", "社会福祉法人架空よりそい"),
        body("b", "社会福祉法人架空よりそい", area="01100"),
    ]
    scores = [pairs(base, other, threshold=0)[0].score for other in others]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] == 100
    assert len(set(scores[1:])) == len(scores[1:])


def test_a_shared_telephone_number_counts() -> None:
    call = frozenset({"0857-00-0000"})
    one, other = body("a", "架空よりそい", contacts=call), body("b", "よりそいセンター架空", contacts=call)
    assert "same-contact" in pairs(one, other, threshold=0)[0].reasons


def test_one_wrong_digit_in_a_number_is_said() -> None:
    one, other = body("a", "架空園", number="4000012090001"), body("b", "架空園", number="4000012000001")
    assert "near-number" in pairs(one, other)[0].reasons


def test_the_prefectures_that_name_a_body_stand_for_its_place() -> None:
    located = body("a", "架空よりそい", area="31201")
    near, far = (body("b", "架空よりそい", near=frozenset({code})) for code in ("31", "01"))
    assert "near" in pairs(located, near)[0].reasons
    assert "far" in pairs(located, far, threshold=0)[0].reasons
    assert pairs(located, near)[0].score > pairs(located, far, threshold=0)[0].score


def test_a_further_name_is_compared_as_well() -> None:
    (found,) = pairs(body("a", "架空よりそい", "架空旧ひだまり"), body("b", "架空旧ひだまり"))
    assert found.reasons[0] == "same-name"


def test_decided_pairs_are_left_out() -> None:
    bodies = [body("a", "架空園"), body("b", "架空園")]
    assert find_candidates(bodies, is_decided=lambda left, right: {left, right} == {"a", "b"}).pairs == ()


def test_the_body_with_a_number_stands_left() -> None:
    (found,) = pairs(body("a", "架空園"), body("b", "架空園", number="4000012090001"))
    assert (found.left, found.right) == ("b", "a")


def test_a_name_that_very_many_share_is_compared_within_prefectures_and_said() -> None:
    bodies = [body(f"{n:03}", "架空の会", area=f"{1 + n % 47:02}201") for n in range(BLOCK + 20)]
    found = find_candidates(bodies, threshold=50)
    assert found.cut == (("架空の会", BLOCK + 20),)
    places = {profile.id: profile.area for profile in bodies}
    assert found.pairs
    assert all(places[pair.left] == places[pair.right] for pair in found.pairs)


def test_the_number_of_pairs_is_bounded() -> None:
    bodies = [body(f"{n:03}", f"架空よりそい{chr(0x3042 + n)}会") for n in range(40)]
    found = find_candidates(bodies, threshold=0).pairs
    assert len(found) <= TOP * len(bodies)


def test_every_reason_has_words_in_both_languages() -> None:
    for name, (_, words) in REASONS.items():
        pair = Candidate("a", "b", 80.0, (name, "same-name"))
        assert pair.explain("ja") == f"{words.ja}、名前が同じ"
        assert words.en.isascii() or name == "abbreviation"


NAMES = st.text(st.sampled_from("架空よりそいの会支部第一(（）)NPO法人 　々ヶ-"), max_size=10)


@settings(max_examples=40)
@given(st.lists(NAMES, min_size=1, max_size=6))
def test_any_names_give_scores_between_0_and_100_in_one_order(names: list[str]) -> None:
    bodies = [body(f"{number:02}", name) for number, name in enumerate(names)]
    found = find_candidates(bodies, threshold=0).pairs
    assert all(0 <= pair.score <= 100 and pair.left < pair.right for pair in found)
    assert find_candidates(list(reversed(bodies)), threshold=0).pairs == found

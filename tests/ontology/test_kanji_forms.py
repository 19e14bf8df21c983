"""Old forms of kanji and the forms of today have one key."""

from __future__ import annotations

from importlib.resources import files

import pytest

from tsunagari.ontology.spelling import spelling_key

PAIRS = files("tsunagari.ontology").joinpath("reference", "kanji_forms.txt").read_text(encoding="utf-8").split()


def test_every_official_pair_has_one_key() -> None:
    assert len(PAIRS) > 370
    apart = [pair for pair in PAIRS if spelling_key(f"架空{pair[0]}会") != spelling_key(f"架空{pair[1]}会")]
    assert apart == []


@pytest.mark.parametrize(
    ("one", "other"),
    [("葛󠄀城市", "葛城市"), ("塩釜市", "塩竈市"), ("髙槗会", "高橋会"), ("𠮷田園", "吉田園"), ("渡邉の會", "渡辺の会")],
)
def test_variants_have_one_key(one: str, other: str) -> None:
    assert spelling_key(one) == spelling_key(other)


@pytest.mark.parametrize(("one", "other"), [("太田", "大田"), ("土屋", "士屋"), ("柿の会", "杮の会"), ("末広", "未広")])
def test_kanji_that_only_look_alike_stay_apart(one: str, other: str) -> None:
    assert spelling_key(one) != spelling_key(other)

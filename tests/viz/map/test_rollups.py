"""In what groups the matrix of the bundled data can be put together."""

from __future__ import annotations

from typing import Any

from tsunagari.viz.map.rollups import rollups


def test_municipalities_are_put_together_by_prefecture_and_partnership(bundled: Any) -> None:
    found = {roll["key"]: roll for roll in rollups(bundled, bundled.gaps(), at=None, lang="ja")}
    assert found["prefecture"]["rows"]["31201"] == ["鳥取県"]
    partners = {code for code, names in found["partnership"]["rows"].items() if names}
    assert {"31201", "28585"} <= partners  # one partnership over two prefectures
    assert len({name for names in found["partnership"]["rows"].values() for name in names}) >= 1


def test_what_puts_nothing_together_is_not_offered(bundled: Any) -> None:
    one = bundled.gaps(areas=["鳥取市"])
    assert [roll["key"] for roll in rollups(bundled, one, at=None, lang="ja")] == []

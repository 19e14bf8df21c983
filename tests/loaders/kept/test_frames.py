from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsunagari.loaders.kept.frames import opened, sealed

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**40), 2**40) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)


@given(st.lists(PLAIN, max_size=4))
def test_what_was_sealed_is_opened(frames: list[object]) -> None:
    assert list(opened(sealed(frames))) == json.loads(json.dumps(frames))


def test_half_of_a_surrogate_pair_is_kept() -> None:
    assert list(opened(sealed(["架空\ud83d"]))) == ["架空\ud83d"]


@given(st.data())
def test_a_damaged_file_is_an_error_and_never_another_answer(data: st.DataObject) -> None:
    whole = sealed([["架空の会", 1], {"a": "b"}])
    place = data.draw(st.integers(0, len(whole) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda value: value != whole[place]))
    for damaged in (whole[:place], whole[:place] + bytes([byte]) + whole[place + 1 :], whole[place + 1 :]):
        with pytest.raises(ValueError):  # noqa: PT011 - whichever part is damaged
            list(opened(damaged))


def test_what_json_cannot_hold_is_refused() -> None:
    with pytest.raises(ValueError, match="not JSON serializable"):
        sealed([{1, 2}])

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsunagari.loaders.values import blanks
from tsunagari.loaders.values.blanks import says_not_known, says_nothing


@pytest.mark.parametrize(
    "text",
    [
        "-",
        "－",
        "―",
        "ー",
        "…",
        "なし",
        "ナシ",
        "該当無し",
        "特になし",
        "ｎ／ａ",
        "#N/A",
        "#DIV/0!",
        "（なし）",
        "NULL",
    ],
)
def test_words_for_nothing(text: str) -> None:
    assert says_nothing(text)
    assert not says_not_known(text)


@pytest.mark.parametrize("text", ["不明", "未定", "調査中", "（確認中）", "TBD", "未 回 答"])
def test_words_for_not_known(text: str) -> None:
    assert says_not_known(text)
    assert not says_nothing(text)


@pytest.mark.parametrize("text", ["0", "○", "無料", "なし狩りの会", "未来", "不明者を捜す会", "A", "-1", "有"])
def test_what_says_something_stays(text: str) -> None:
    assert not says_nothing(text)
    assert not says_not_known(text)


@given(st.sampled_from(sorted(blanks._NOTHING | blanks._NOT_KNOWN)), st.text("架空の会0９-－ー（）()a 　", max_size=4))
def test_the_first_sign_tells_only_what_the_whole_text_would(word: str, more: str) -> None:
    for text in (word, word + more, more + word, word.upper(), more, wide(word)):
        if len(text) <= 16:
            assert blanks.blank_meaning(text) == blanks._meaning(text), text


def wide(text: str) -> str:
    return "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in text)

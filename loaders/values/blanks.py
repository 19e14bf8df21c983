"""Words in a cell that say that there is nothing, such as 該当なし and N/A, or that it is not known: 不明, 未定."""

from __future__ import annotations

import re
from functools import lru_cache

from tsunagari.ontology.spelling import fold_text

_SIGNS = re.compile(r"[-ー~_/\\|.・,、。*×✕?？…=#]+|\(\s*\)")
_NOTHING = frozenset(
    [
        *(
            "なし",
            "無し",
            "無",
            "ナシ",
            "なし。",
            "該当なし",
            "該当無し",
            "該当無",
            "該当者なし",
            "特になし",
            "特に無し",
            "特に無",
        ),
        *(
            "特段なし",
            "特段無し",
            "とくになし",
            "空欄",
            "空白",
            "未記入",
            "記入なし",
            "記載なし",
            "記載無し",
            "記述なし",
            "回答なし",
        ),
        *("無記入", "未入力", "無回答", "対象なし", "該当せず", "該当しない", "設定していない", "nan"),
        *("登録なし", "設定なし", "なしです", "特にありません", "ありません", "非該当", "対象外", "省略", "ブランク"),
        *(
            "n/a",
            "na",
            "n.a.",
            "nil",
            "none",
            "null",
            "blank",
            "empty",
            "#n/a",
            "#null!",
            "#value!",
            "#ref!",
            "#name?",
        ),
        *("#div/0!", "#num!", "(空白)", "(空欄)", "(なし)", "(無し)", "not applicable"),
    ]
)
_NOT_KNOWN = frozenset(
    [
        *(
            "不明",
            "未定",
            "調査中",
            "確認中",
            "未確認",
            "検討中",
            "調整中",
            "未詳",
            "不詳",
            "未調査",
            "未回答",
            "無回答",
            "照会中",
            "準備中",
        ),
        *(
            "わからない",
            "分からない",
            "わかりません",
            "不明です",
            "未定です",
            "要確認",
            "後日",
            "後日連絡",
            "追って連絡",
            "未把握",
            "把握していない",
        ),
        *(
            "非公開",
            "非公表",
            "公表不可",
            "公開不可",
            "要問合せ",
            "要問い合わせ",
            "要問合わせ",
            "お問い合わせください",
            "問合せください",
        ),
        *("tbd", "tba", "unknown", "not known", "pending", "(不明)", "(未定)", "(調査中)", "(確認中)"),
    ]
)
_BEHIND = re.compile(r"[(（][^()（）]*[)）]$")  # なし（準備中）
_LONGEST = 16  # characters of such a word
NOTHING, NOT_KNOWN = 1, 2
# Digits and kanji stay what they are when a text is folded, and no sign of `_SIGNS` is one: hardly any cell is folded.
_FIRST = frozenset(word[0] for word in _NOTHING | _NOT_KNOWN)
_VALUE = re.compile(rf"(?![{''.join(sorted(c for c in _FIRST if '一' <= c <= '鿿'))}])[0-9一-鿿]")


def says_nothing(text: str) -> bool:
    """Tell whether a cell says that there is nothing to say.

    Examples
    --------
    >>> [says_nothing(text) for text in ("－", "該当なし", "#N/A", "Ｎ／Ａ", "なしのき会", "不明")]
    [True, True, True, True, False, False]
    """
    return blank_meaning(text) == NOTHING


def says_not_known(text: str) -> bool:
    """Tell whether a cell says that something is not known yet.

    Examples
    --------
    >>> [says_not_known(text) for text in ("不明", "未 定", "（調査中）", "不明の会", "－")]
    [True, True, True, False, False]
    """
    return blank_meaning(text) == NOT_KNOWN


def blank_meaning(text: str) -> int:
    """Return what a text says instead of a value: `NOTHING` or `NOT_KNOWN`; 0 for a value.

    Examples
    --------
    >>> [blank_meaning(text) for text in ("該当なし", "不明", "架空の会")]
    [1, 2, 0]
    """
    return 0 if len(text) > _LONGEST or _VALUE.match(text) is not None else _meaning(text)


@lru_cache(maxsize=16_384)
def _meaning(text: str) -> int:
    """Return what a short text says instead of a value; 0 for a value. Both questions fold it only once."""
    folded = fold_text(text)
    word = folded.replace(" ", "").lower()
    word = _BEHIND.sub("", word) or word
    if word in _NOTHING or _SIGNS.fullmatch(folded) is not None:
        return NOTHING
    return NOT_KNOWN if word in _NOT_KNOWN else 0

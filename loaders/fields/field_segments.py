"""A phrase as known words and what only stands between them: 「高齢者の見守り活動」 is 高齢者, 見守り and filling."""

from __future__ import annotations

from collections.abc import Callable

# What may stand beside a word of a field without changing which field is meant. A phrase with anything else is not
# taken apart: it is asked about.
_FILLING_WORDS = """
の と や を が は へ に で な も 及び および 並びに ならびに 又は または もしくは 若しくは かつ 等 など ほか 他 たち
に関する に関わる に係る にかかわる についての に対する のための への における を対象とした を対象とする を中心とした
達 ら をする を行う を行っている する している した による に向けた 向け 向けの 系 的 型 等の などの
支援 活動 事業 対策 推進 運営 実施 提供 開催 促進 充実 向上 増進 振興 改善 解消 解決 予防 防止 普及 強化 整備 確保 育成
サービス サポート ケア プログラム プロジェクト 取組 取り組み 取組み づくり 作り 体制 ネットワーク 連携 制度 講座 教室
研修 セミナー イベント 啓発 広報 問題 課題 困りごと 悩み 分野 関係 関連 全般 一般 総合 各種 様々な さまざまな 多様な
主な 主に 者 人 方 方々 人々 本人 当事者 家族 家庭 世帯 住民 市民 県民 地域 地域の 地域における 団体 グループ 会 部門 部
課 係 室 窓口 センター 拠点 施設 場 場所 機会 こと 在宅 居宅 訪問 自立 社会参加 生活 暮らし
"""
_FILLING = frozenset(_FILLING_WORDS.split())
_SIGNS = frozenset(
    "・、。，,/／|｜;；:：&＆+＋~〜-－―()（）[]［］{}「」『』【】〔〕<>〈〉《》\"'！!？?※*●○◎■□◆◇▼▽▲△①②③④⑤⑥⑦⑧⑨⑩"
)
_LONGEST = 24  # signs of a known word
_LIMIT = 80  # signs of a phrase that is taken apart; a longer text is prose


def segments(key: str, is_word: Callable[[str], bool]) -> list[str] | None:
    """Return the known words that a phrase is made of, in its order; None when anything but filling is left over.

    Of several readings the one with the longest words counts.

    Parameters
    ----------
    key
        The phrase as a key of its spelling.
    is_word
        Tells whether a part is a known word.

    Examples
    --------
    >>> segments("高齢者の見守り活動", {"高齢者", "見守り", "高齢"}.__contains__)
    ['高齢者', '見守り']
    >>> segments("障害物競走", {"障害"}.__contains__) is None
    True
    """
    if len(key) > _LIMIT:
        return None
    best: list[tuple[int, tuple[str, ...]] | None] = [(0, ()), *[None] * len(key)]
    for start in range(len(key)):
        reached = best[start]
        if reached is None:
            continue
        score, words = reached
        for end in range(start + 1, min(len(key), start + _LONGEST) + 1):
            part = key[start:end]
            if is_word(part):
                found = (score + len(part) ** 2, (*words, part))
            elif part in _FILLING or part in _SIGNS or part.isdigit():
                found = reached
            else:
                continue
            known = best[end]
            if known is None or found[0] > known[0]:
                best[end] = found
    last = best[-1]
    return list(dict.fromkeys(last[1])) if last is not None and last[1] else None

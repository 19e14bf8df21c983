"""One spelling for what different offices write differently; used to compare texts, never to change what is kept."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Code points that NFKC leaves apart although offices mix them. They are folded first, because NFKC itself splits
# look-alikes: U+FF0D becomes "-" and U+FF5E becomes "~", while U+2212 and U+301C stay.
_FOLDS: dict[int, str] = {
    **dict.fromkeys(map(ord, "‐‑‒–—―−－﹣⁃─━"), "-"),
    **dict.fromkeys(map(ord, "～〜∼〰"), "~"),
    **dict.fromkeys(map(ord, "‘’‛′`´＇"), "'"),
    **dict.fromkeys(map(ord, "“”„″〝〟＂"), '"'),
    **dict.fromkeys(map(ord, "･·•‧∙⋅"), "・"),
    **dict.fromkeys(map(ord, "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"), ""),
}

# Old and variant forms, each followed by the form that keys use. NFKC already joins the compatibility ideographs.
_VARIANT_PAIRS = """
髙高 﨑崎 嵜崎 德徳 瀨瀬 栁柳 濵浜 濱浜 邊辺 邉辺 澤沢 廣広 國国 學学 會会 櫻桜 檮梼 惠恵 應応 榮栄 圓円 龍竜
瀧滝 澁渋 眞真 齋斎 齊斉 嶋島 嶌島 萬万 與与 寶宝 靜静 豐豊 關関 鐵鉄 藏蔵 禮礼 彌弥 壽寿 實実 條条 燈灯 縣県
區区 團団 聯連 醫医 藥薬 體体 獨独 舊旧 佛仏 淺浅 黑黒 增増 靑青 槇槙 籠篭 檜桧 蘂蕊 鴈雁 渕淵 渊淵 舘館 礪砺
藪薮 靭靱 鰺鯵 諫諌 冨富 峯峰
"""
_VARIANTS = {ord(pair[0]): pair[1] for pair in _VARIANT_PAIRS.split()}

_KANJI = "[㐀-鿿豈-﫿々]"
_SMALL_KE = re.compile(f"(?<={_KANJI})[ヶケが](?={_KANJI})")
_SMALL_KA = re.compile(f"(?<={_KANJI})[ヵカか](?={_KANJI})")
_NO = re.compile(f"(?<={_KANJI})[ノ之](?={_KANJI})")
_REPEATED = re.compile("(.)々")
_SPACES = re.compile(r"\s+")


def fold_text(text: str) -> str:
    """Return `text` with look-alike signs folded, NFKC applied and runs of space made one; letters keep their case.

    Examples
    --------
    >>> fold_text("ＮＰＯ法人　ﾖﾘｿｲ−A")
    'NPO法人 ヨリソイ-A'
    """
    if text.isascii() and "`" not in text:
        return " ".join(text.split())
    return _SPACES.sub(" ", unicodedata.normalize("NFKC", text.translate(_FOLDS))).strip()


@lru_cache(maxsize=16_384)  # a load asks for the key of one name several times in a row
def spelling_key(text: str) -> str:
    """Return the key under which two spellings of one name are equal; a blank text gives an empty key.

    Signs and widths are folded, spaces removed, variants of kanji replaced, letters lower case.

    Examples
    --------
    >>> spelling_key("七ヶ宿町") == spelling_key("七ケ宿町")
    True
    >>> spelling_key("髙﨑市") == spelling_key("高崎 市")
    True
    """
    key = fold_text(text).replace(" ", "")
    if key.isascii():
        return key.lower()
    # a combining mark that stood behind a space now stands behind a letter
    key = unicodedata.normalize("NFKC", key.lower()).translate(_VARIANTS)
    key = _REPEATED.sub(r"\1\1", key)
    return _NO.sub("の", _SMALL_KA.sub("カ", _SMALL_KE.sub("ケ", key)))


def hiragana(text: str) -> str:
    """Return `text` with full-width katakana turned to hiragana; other characters stay.

    Examples
    --------
    >>> hiragana("ヨリソイセンター")
    'よりそいせんたー'
    """
    return text.translate(_HIRAGANA)


_HIRAGANA = {code: chr(code - 0x60) for code in range(ord("ァ"), ord("ヶ") + 1)}

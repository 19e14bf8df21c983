"""One spelling for what different offices write differently; used to compare texts, never to change what is kept."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files

# Code points that NFKC leaves apart although offices mix them. They are folded first, because NFKC itself splits
# look-alikes: U+FF0D becomes "-" and U+FF5E becomes "~", while U+2212 and U+301C stay.
_FOLDS: dict[int, str] = {
    **dict.fromkeys(map(ord, "‐‑‒–—―−－﹣⁃─━"), "-"),
    **dict.fromkeys(map(ord, "～〜∼〰"), "~"),
    **dict.fromkeys(map(ord, "‘’‛′`´＇"), "'"),
    **dict.fromkeys(map(ord, "“”„″〝〟＂"), '"'),
    **dict.fromkeys(map(ord, "･·•‧∙⋅"), "・"),
    **dict.fromkeys(map(ord, "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"), ""),
    # variation selectors choose between the shapes of one kanji
    **dict.fromkeys((*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)), ""),
}

# Variant forms beside the old forms of the official lists (kanji_forms.txt), each followed by the form that keys use.
# NFKC already joins the compatibility ideographs.
_VARIANT_PAIRS = """
髙高 﨑崎 嵜崎 德徳 瀨瀬 栁柳 濵浜 濱浜 邊辺 邉辺 澤沢 廣広 國国 學学 會会 櫻桜 檮梼 惠恵 應応 榮栄 圓円 龍竜
瀧滝 澁渋 眞真 齋斎 齊斉 嶋島 嶌島 萬万 與与 寶宝 靜静 豐豊 關関 鐵鉄 藏蔵 禮礼 彌弥 壽寿 實実 條条 燈灯 縣県
區区 團団 聯連 醫医 藥薬 體体 獨独 舊旧 佛仏 淺浅 黑黒 增増 靑青 槇槙 籠篭 檜桧 蘂蕊 鴈雁 渕淵 渊淵 舘館 礪砺
藪薮 靭靱 鰺鯵 諫諌 冨富 峯峰 曾曽 鷗鴎 鶯鴬 頰頬 繫繋 蟬蝉 醬醤 麴麹 麵麺 驒騨 堯尭 遙遥 凜凛 舩船 嶽岳 峽峡
狹狭 濟済 經経 繼継 廳庁 總総 聲声 藝芸 號号 發発 變変 步歩 每毎 來来 兒児 圖図 圍囲 奧奥 將将 專専 對対 屬属 帶帯 廢廃
從従 敎教 斷断 曉暁 樂楽 樣様 歐欧 歸帰 氣気 淨浄 溫温 滿満 爲為 獻献 畫画 當当 硏研 禪禅 穗穂 絲糸 繪絵 續続 聽聴 臺台
舍舎 莊荘 處処 衞衛 裝装 覺覚 觀観 證証 譽誉 讀読 豫予 賣売 輕軽 轉転 鄕郷 釋釈 鑛鉱 隨随 雙双 雜雑 靈霊 顯顕 餘余 驛駅
驗験 鷄鶏 鹽塩 麥麦 黨党 齡齢 辨弁 辯弁 瓣弁
竈釜 桒桑 槗橋 𣘺橋 裡裏 凉涼 熙煕 銕鉄 盃杯 窗窓 棲栖 凾函 埜野 穐秋 龝秋 枩松 楳梅 曻昇 𠮷吉 圡土 𡈽土 翆翠 巗巌 籔薮
皋皐 蠣蛎 邨村 廐厩 廏厩 吞呑 萊莱 菴庵 廼乃 杦杉 閒間 畧略 羣群 畄留 甼町 躰体 軆体 耻恥 冝宜 恊協 𫝆今 峩峨 㐂喜
㑹会 㔟勢
剎刹 勻匀 卻却 咒呪 妝粧 廁厠 敘叙 枡桝 查査 棱稜 榆楡 污汚 溼湿 澀渋 濤涛 牀床 痹痺 糉粽 脣唇 腳脚 舉挙 荔茘 蔥葱
貓猫 贗贋 鄉郷 鋪舗 雞鶏 鱉鼈 麪麺 暨曁 竃釜
"""


def _read_variants() -> dict[int, str]:
    """Return variant to the form that keys use; a form that is itself a variant leads on to its own."""
    official = files("tsunagari.ontology").joinpath("reference", "kanji_forms.txt").read_text(encoding="utf-8")
    forms = {pair[0]: pair[1] for pair in (*official.split(), *_VARIANT_PAIRS.split())}

    def last(form: str) -> str:
        seen = {form}
        while form in forms and forms[form] not in seen:
            form = forms[form]
            seen.add(form)
        return form

    return {ord(old): last(new) for old, new in forms.items() if last(new) != old}


_VARIANTS = _read_variants()

_SHORT = 40  # characters of a text that is remembered
_REMEMBERED = 32_768  # a load asks for the key of one name several times in a row, and for municipalities all the time

_KANJI = "[㐀-鿿豈-﫿々]"
_SMALL_KE = re.compile(f"(?<={_KANJI})[ヶケが](?={_KANJI})")
_SMALL_KA = re.compile(f"(?<={_KANJI})[ヵカか](?={_KANJI})")
_NO = re.compile(f"(?<={_KANJI})[ノ之](?={_KANJI})")
_MARKS = frozenset("々〻ゝヽ")
_VOICED_MARKS = frozenset("ゞヾ")


def _any_of(characters: Iterable[str]) -> re.Pattern[str]:
    """Return what finds one of the characters, or one beyond the basic plane, thirty times sooner than translating."""
    plane = "".join(character for character in characters if ord(character) < 0x10000)
    return re.compile(f"[{re.escape(plane)}\U00010000-\U0010ffff]")


_FOLDED, _VARIED = _any_of(map(chr, _FOLDS)), _any_of(map(chr, _VARIANTS))
_REPEATING, _BETWEEN = _any_of(_MARKS | _VOICED_MARKS), _any_of("ヶケがヵカかノ之")


def fold_text(text: str) -> str:
    """Return `text` with look-alike signs folded, NFKC applied and runs of space made one; letters keep their case.

    Examples
    --------
    >>> fold_text("ＮＰＯ法人　ﾖﾘｿｲ−A")
    'NPO法人 ヨリソイ-A'
    """
    if text.isascii() and "`" not in text:
        return " ".join(text.split())
    return _fold_known(text) if len(text) <= _SHORT else _fold(text)


def _fold(text: str) -> str:
    if _FOLDED.search(text) is not None:
        text = text.translate(_FOLDS)
    return " ".join(unicodedata.normalize("NFKC", text).split())


_fold_known = lru_cache(maxsize=_REMEMBERED)(_fold)


@lru_cache(maxsize=_REMEMBERED)
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
    key = unicodedata.normalize("NFKC", key.lower())
    if _VARIED.search(key) is not None:
        key = key.translate(_VARIANTS)
    if _REPEATING.search(key) is not None:
        key = _write_out(key)
    if _BETWEEN.search(key) is None:
        return key
    return _NO.sub("の", _SMALL_KA.sub("カ", _SMALL_KE.sub("ケ", key)))


def _write_out(key: str) -> str:
    """Return `key` with the characters that iteration marks stand for; a mark at the beginning stays."""
    written: list[str] = []
    for character in key:
        if written and character in _MARKS:
            written.append(written[-1])
        elif written and character in _VOICED_MARKS:
            voiced = unicodedata.normalize("NFC", f"{written[-1]}\u3099")
            written.append(voiced if len(voiced) == 1 else written[-1])
        else:
            written.append(character)
    return unicodedata.normalize("NFKC", "".join(written))  # a combining mark may have stood behind an iteration mark


def hiragana(text: str) -> str:
    """Return `text` with full-width katakana turned to hiragana; other characters stay.

    Examples
    --------
    >>> hiragana("ヨリソイセンター")
    'よりそいせんたー'
    """
    return text.translate(_HIRAGANA)


_HIRAGANA = {code: chr(code - 0x60) for code in range(ord("ァ"), ord("ヶ") + 1)}

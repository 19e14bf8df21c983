"""Names of bodies without what lists put around them: marks, numbers, 様 and 御中, and never with a person's name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_MARKS = "◎○◯●★☆■□◆◇▲△▼▽※＊*・･＞>»✓✔▶►➤❖"
_MARK = re.compile(rf"[{re.escape(_MARKS)}]\s*(?=[^{re.escape(_MARKS)}\s])")
# 1.架空会, (2) 架空会, ③架空会, No.4 架空会; 3.11を語る会 and 2000年の会 are names.
_NUMBER = re.compile(
    r"(?:[(（]\s*[0-9０-９]{1,3}\s*[)）]|(?:[NnＮｎ][OoＯｏ][.．]?\s*)?[0-9０-９]{1,3}\s*(?:[.．](?![0-9０-９])|[、)）:：]\s*(?=\D))"
    r"|[NnＮｎ][OoＯｏ][.．]?\s*[0-9０-９]{1,3}\s+|[0-9０-９]{1,3}\s+(?![0-9０-９人名年世周丁番号時歳区万円日月回期代つ個か箇ヶヵ])|[①-⑳㉑-㉟㊱-㊿⑴-⒇❶-❿]|[ｱ-ﾝア-ン][)）.．](?=.{2})|[A-Za-zＡ-Ｚａ-ｚ][)）](?=[ぁ-ヿ一-鿿])"
    r"|[Ⅰ-Ⅻⅰ-ⅻ]\s*(?:[.．、)）:：]|\s)(?=.{2}))\s*"
)
_TAIL_MARK = re.compile(
    r"(?<=.)\s*(?:[＊*†‡]+\s*[0-9０-９]{0,2}|※\s*[0-9０-９]*|注[0-9０-９]+|[(（\[［](?:[＊*†‡※注]+\s*[0-9０-９]{0,2}|注?[0-9０-９]{1,2})[)）\]］]"
    r"|[◎●■◆▲△▼▽]+)$"
)
_TELEPHONE = re.compile(
    r"\s*[(（]?\s*(?:TEL|ＴＥＬ|Tel|tel|電話(?:番号)?|℡|☎|FAX|ＦＡＸ|Fax|fax)\s*[.．:：]?\s*[0-9０-９][-0-9０-９－ー‐()（）]{8,}\s*[)）]?$"
)
_HONORIFIC = re.compile(r"(?:\s*(?:御中|各位)|\s+(?:様|殿)|(?<=[会社人団部所合園院店局課室校協ー])(?:様|殿))$")
_POST = (
    r"(?:(?:副|前|元|現)?(?:代表(?:取締役(?:社長)?|社員|理事|世話人|幹事|者|役員)?|取締役(?:社長)?|社長|会長|理事長|理事|委員長|"
    r"事務局長|事務局次長|事務長|世話人|発起人|園長|施設長|所長|館長|支部長|支店長|校長|院長|組合長|部長|課長|係長|室長|局長|センター長|"
    r"担当(?:者|窓口)?|責任者|連絡先|主宰|主催者|運営者|管理者))"
)
_IN_BRACKETS = re.compile(rf"\s*[(（\[【]\s*{_POST}\s*[:：・]?\s*[^()（）\[\]【】]{{1,24}}[)）\]】]$")
_KANA_OR_KANJI = "[一-鿿々〆ヶぁ-んァ-ヶー]"
_BEHIND = re.compile(
    rf"(?:\s+{_POST}\s*[:：]?\s*{_KANA_OR_KANJI}{{1,5}}(?:\s+{_KANA_OR_KANJI}{{1,5}})?|\s*[、,／/]\s*{_POST}\s*[:：]?\s*{_KANA_OR_KANJI}{{1,5}}"
    rf"(?:\s*{_KANA_OR_KANJI}{{1,5}})?)(?:\s*氏)?(?<!会)(?<!会議)(?<![室課局団社])$"
)
_BEFORE_POST = re.compile(
    rf"(?<=[会社人団部所合園院店局課室校協ークム館家舎塾])\s+{_KANA_OR_KANJI}{{1,5}}(?:\s+{_KANA_OR_KANJI}{{1,5}})?"
    rf"(?<![会社団部所合園院店局課室校協])\s*[(（]\s*{_POST}\s*[)）]$"
)
_PERSON = re.compile(
    rf"(?<=[会社人団部所合園院店局課室校協ークム館家舎塾])\s+{_KANA_OR_KANJI}{{1,5}}(?:\s+{_KANA_OR_KANJI}{{1,5}})?\s*氏$"
)
# What a list notes of a member in brackets; any other part in brackets may belong to the name.
_DAY = (
    r"(?:[0-9０-９]{4}|[令平昭RHSrhs][和成]?\s*[0-9０-９元]{1,2})[年./．-]?[0-9０-９年月日./．-]*"
    r"\s*(?:付け?|より|から|末|度|で|に)?"
)
_LEFT = re.compile(
    rf"\s*[(（\[【](?P<day>{_DAY})?\s*(?:活動)?(?:退会|脱退|退任|解散|廃止|休会|休止|閉鎖|閉所|終了|統合)(?:済み?|中|予定)?[)）\]】]$"
)
# 廃止）架空の家, 【休止中】架空の家, 令和7年3月で閉鎖 架空の家
_LEFT_BEFORE = re.compile(
    rf"[(（\[【〔]?\s*(?P<day>{_DAY})?\s*(?:廃止|閉鎖|休止|休会|退会|脱退|解散|閉所|終了)(?:済み?|中|予定)?\s*(?:[)）\]】〕]\s*|[:：]\s*|\s+)(?=\S)"
)
_STATE = re.compile(
    rf"\s*[(（\[【〈＜<]\s*(?:{_DAY})?\s*(?:新規(?:加入|会員)?|新(?:加入|会員)?|入会|加入|再入会|オブザーバー|賛助会員|準会員"
    r"|正会員|特別会員|協力会員|幹事(?:団体)?|代表(?:団体)?|事務局(?:団体)?|副?会長(?:団体)?|監事|世話人|再掲|NEW)\s*[)）\]】〉＞>]$",
    re.IGNORECASE,
)
_BEHIND_DAY = re.compile(r"\s*(?:付け?|より|から|で|に)$")
_PERSONS = (_IN_BRACKETS, _BEHIND, _BEFORE_POST, _PERSON)
_BRACKETS = "()（）[]【】〔〕〈〉＜＞<> 　"
# A name without any sign that the others look for, most of which are like this: one look instead of ten.
_ALONE = re.compile(
    rf"(?![0-9０-９NnＮｎ①-⑳㉑-㉟㊱-㊿⑴-⒇❶-❿Ⅰ-Ⅻⅰ-ⅻ])(?!.*[0-9０-９]{{3}})[^\s()（）〈〉＜＞<>\[\]【】〔〕{re.escape(_MARKS)}†‡注、，,／/.．:：]+(?<!御中)(?<!各位)(?<![様殿])"
)
_STATE_BEFORE = re.compile(r"[(（\[【〔]\s*(?:新規|新|更新|継続|再掲|NEW)\s*[)）\]】〕]\s*(?=.)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Label:
    """A name as a graph may hold it.

    Parameters
    ----------
    name
        The name alone.
    had_person
        Whether a person's post and name stood behind it, which are held nowhere.
    states
        What the list notes of the body in brackets, such as オブザーバー.
    has_left, left_on
        Whether it notes that the body has left or is no more, and the day as written; empty when it gives none.
    """

    name: str
    had_person: bool = False
    states: tuple[str, ...] = ()
    has_left: bool = False
    left_on: str = ""


def _day(found: re.Match[str]) -> str:
    return _BEHIND_DAY.sub("", found["day"] or "")


@lru_cache(maxsize=16_384)
def bare_label(text: str) -> Label:
    """Return the name of a body without marks, numbering, honorifics and persons; a name that is nothing else stays.

    Examples
    --------
    >>> [bare_label(text).name for text in ("◎架空会", "1.架空会", "③ 架空会*", "架空会 御中", "3.11を語る会", "○△□")]
    ['架空会', '架空会', '架空会', '架空会', '3.11を語る会', '○△□']
    >>> bare_label("架空会（代表 架空太郎）"), bare_label("架空会 会長 架空 花子").name
    (Label(name='架空会', had_person=True, states=(), has_left=False, left_on=''), '架空会')
    """
    if _ALONE.fullmatch(text) is not None:
        return Label(text)
    name, had_person = " ".join(text.split("\n")).strip(), False
    states: list[str] = []
    has_left, left_on = False, ""
    while True:
        before = name
        for pattern in (_MARK, _NUMBER, _STATE_BEFORE, _LEFT_BEFORE):
            head = pattern.match(name)
            if head is not None and head.end() < len(name):
                if pattern is _LEFT_BEFORE:
                    has_left, left_on = True, left_on or _day(head)
                states += [head[0].strip(_BRACKETS)] if pattern in (_STATE_BEFORE, _LEFT_BEFORE) else []
                name = name[head.end() :]
        for pattern in (
            _TAIL_MARK,
            _TELEPHONE,
            _HONORIFIC,
            _IN_BRACKETS,
            _BEHIND,
            _BEFORE_POST,
            _PERSON,
            _LEFT,
            _STATE,
        ):
            tail = pattern.search(name)
            if tail is None or tail.start() == 0:
                continue
            had_person = had_person or pattern in _PERSONS
            if pattern is _LEFT:
                has_left, left_on = True, _day(tail)
            states += [tail[0].strip(_BRACKETS)] if pattern in (_LEFT, _STATE) else []
            name = name[: tail.start()].rstrip()
        if name == before:
            return Label(name, had_person, tuple(states), has_left, left_on)

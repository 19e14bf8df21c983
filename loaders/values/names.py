"""Names of organisations: the keys under which two spellings of one name meet. The original is always kept."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from tsunagari.ontology.namespaces import content_key
from tsunagari.ontology.spelling import fold_text, hiragana, spelling_key

# How lists write a legal form → its notation in the scheme ``legal-form``. Longer forms are tried first.
LEGAL_FORMS: dict[str, str] = {
    "特定非営利活動法人": "npo",
    "認定特定非営利活動法人": "npo",
    "特例認定特定非営利活動法人": "npo",
    "npo法人": "npo",
    "認定npo法人": "npo",
    "特例認定npo法人": "npo",
    "エヌピーオー法人": "npo",
    "(特非)": "npo",
    "(特)": "npo",
    "(npo)": "npo",
    "(認特)": "npo",
    "一般社団法人": "general-association",
    "一般社団": "general-association",
    "(一社)": "general-association",
    "公益社団法人": "public-association",
    "公益社団": "public-association",
    "(公社)": "public-association",
    "一般財団法人": "general-foundation",
    "一般財団": "general-foundation",
    "(一財)": "general-foundation",
    "公益財団法人": "public-foundation",
    "公益財団": "public-foundation",
    "(公財)": "public-foundation",
    "社会福祉法人": "social-welfare",
    "(社福)": "social-welfare",
    "(福)": "social-welfare",
    "社団法人": "incorporated-association",
    "(社)": "incorporated-association",
    "財団法人": "incorporated-foundation",
    "(財)": "incorporated-foundation",
    "更生保護法人": "offenders-rehabilitation",
    "(更)": "offenders-rehabilitation",
    "社会医療法人財団": "medical",
    "社会医療法人社団": "medical",
    "特定医療法人": "medical",
    "医療法人社団": "medical",
    "医療法人財団": "medical",
    "社会医療法人": "medical",
    "医療法人": "medical",
    "(医)": "medical",
    "(医社)": "medical",
    "(医財)": "medical",
    "学校法人": "school",
    "準学校法人": "school",
    "(学)": "school",
    "国立大学法人": "national-university",
    "(国大)": "national-university",
    "公立大学法人": "incorporated-agency",
    "宗教法人": "religious",
    "(宗)": "religious",
    "株式会社": "stock-company",
    "(株)": "stock-company",
    "有限会社": "limited-company",
    "(有)": "limited-company",
    "合同会社": "limited-liability-company",
    "(同)": "limited-liability-company",
    "合資会社": "limited-partnership",
    "(資)": "limited-partnership",
    "合名会社": "general-partnership",
    "(名)": "general-partnership",
    "弁護士法人": "professional",
    "司法書士法人": "professional",
    "行政書士法人": "professional",
    "社会保険労務士法人": "professional",
    "税理士法人": "professional",
    "監査法人": "professional",
    "土地家屋調査士法人": "professional",
    "農事組合法人": "farming-cooperative",
    "(農)": "farming-cooperative",
    "森林組合": "forestry-cooperative",
    "事業協同組合": "business-cooperative",
    "企業組合": "business-cooperative",
    "協同組合": "business-cooperative",
    "管理組合法人": "condominium",
    "認可地縁団体": "neighbourhood",
    "生活協同組合": "consumer-cooperative",
    "生協": "consumer-cooperative",
    "(生協)": "consumer-cooperative",
    "農業協同組合": "agricultural-cooperative",
    "農協": "agricultural-cooperative",
    "ja": "agricultural-cooperative",
    "漁業協同組合": "fishery-cooperative",
    "漁協": "fishery-cooperative",
    "jf": "fishery-cooperative",
    "労働者協同組合": "worker-cooperative",
    "労協": "worker-cooperative",
    "独立行政法人": "incorporated-agency",
    "地方独立行政法人": "incorporated-agency",
    "国立研究開発法人": "incorporated-agency",
    "(独)": "incorporated-agency",
    "(地独)": "incorporated-agency",
    "(国研)": "incorporated-agency",
}
_BY_LENGTH = sorted(LEGAL_FORMS, key=len, reverse=True)
_PREFIX = re.compile("|".join(map(re.escape, _BY_LENGTH)))
_SUFFIX = re.compile("(?:" + "|".join(map(re.escape, _BY_LENGTH)) + ")$")
_NOTE = re.compile(r"(?:[(【\[](?:予定|仮称|予|仮|休止中|休会中)[)】\]]|※.*)$")
_BRANCH = re.compile(r"(?:支部|支所|支店|支会|分会|営業所|事業所|事務所|部会|連合会|県本部|(?<!県)本部)[)）\]】]?$")
# Kana of half width, also hyphens and dots among them, and voiced marks that stand apart behind a kana.
_HALF_KANA = re.compile("[ぁ-ヿ]?[\uff61-\uff9f\u3099\u309a]+")
# Letters and digits of full width, signs that stand for several letters, more than one space, ends of lines.
_ODD = re.compile(
    "[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\u3200-\u33ff\u2460-\u24ff\ufe00-\ufe0f\U000e0100-\U000e01ef]"
    "|[ \u3000]{2,}|\n"
)
_ALIKE = 66.0  # percent of the letters of two names that agree in their order
_COUNCIL = "社会福祉協議会"
_COUNCIL_FORM = "social-welfare"
# Small kana and, beside them, kanji that once were other words: they are near enough for a question, not for a key.
_LOOSE = str.maketrans("ぁぃぅぇぉっゃゅょゎ禦纔菸疎酢", "あいうえおつやゆよわ御才煙疏醋", "ー-・~ ")


@dataclass(frozen=True, slots=True)
class NameKeys:
    """A name and the keys made from it, each looser than the one before.

    Parameters
    ----------
    original
        As it was written.
    folded
        Look-alike signs folded, NFKC, single spaces.
    compact
        Also without spaces and trailing notes, variants of kanji joined, lower case.
    core
        Also without the legal form; 社協 written out.
    loose
        Also in hiragana with large kana, without long vowels, dots and dashes; only proposes candidates.
    legal_form
        Notation in the scheme ``legal-form``; None when the name does not say.
    form_position
        ``"before"`` or ``"after"`` the name; None without a legal form.
    """

    original: str
    folded: str
    compact: str
    core: str
    loose: str
    legal_form: str | None
    form_position: str | None


@lru_cache(maxsize=32_768)
def name_keys(name: str) -> NameKeys:
    """Return the keys of an organisation's name; a blank name gives empty keys.

    Examples
    --------
    >>> name_keys("㈱つながり").core == name_keys("つながり　株式会社").core
    True
    >>> name_keys("須坂市社協").core
    '須坂市社会福祉協議会'
    """
    folded = fold_text(name)
    key = spelling_key(folded)
    compact = _NOTE.sub("", key) or key
    core, form, position = split_legal_form(compact)
    if core.endswith("社協"):
        core = core.removesuffix("社協") + _COUNCIL
    if form is None and core.endswith(_COUNCIL):
        form = _COUNCIL_FORM
    loose = loose_key(core)
    return NameKeys(name, folded, compact, core, loose, form, position)


def loose_key(core: str) -> str:
    """Return the key under which kana are hiragana and large, without long vowels, dots and dashes.

    Examples
    --------
    >>> loose_key("つながりサポーター")
    'つながりさぽた'
    """
    return hiragana(core).translate(_LOOSE) or core


@lru_cache(maxsize=32_768)
def clean_label(name: str) -> str:
    """Return a name with the kana of half width, and the voiced marks beside kana, as people write them.

    Examples
    --------
    >>> clean_label("架空ひたﾞまりﾎｰﾑ"), clean_label("㈱架空　ＮＰＯ")
    ('架空ひだまりホーム', '㈱架空　ＮＰＯ')
    """
    if name.isascii() or _HALF_KANA.search(name) is None:
        return name
    return _HALF_KANA.sub(lambda found: unicodedata.normalize("NFKC", found[0]), name)


def is_cleaner(name: str, other: str) -> bool:
    """Tell whether a name is the cleaner one of two spellings: kana of half width count before other odd signs.

    What has another name without its legal form, or another form, is another name and no cleaner one.

    Examples
    --------
    >>> is_cleaner("架空ホーム", "架空ﾎｰﾑ"), is_cleaner("（株）架空", "㈱架空"), is_cleaner("架空", "空想")
    (True, True, False)
    """
    if name == other or not _oddness(name) < _oddness(other):
        return False
    one, two = name_keys(name), name_keys(other)
    return (one.core, one.legal_form) == (two.core, two.legal_form)


@lru_cache(maxsize=32_768)
def _oddness(name: str) -> tuple[bool, int]:
    """Return whether kana are of half width, and how many signs are not as people write them."""
    if name.isascii():
        return False, name.count("  ") + name.count("\n")
    return clean_label(name) != name, len(_ODD.findall(name))


def are_alike(one: str, other: str) -> bool:
    """Tell whether two names may be those of one body: one is part of the other, or few letters differ.

    Legal forms do not count. Names of different bodies may be alike; what is not alike is hardly one body, whatever
    number stands beside it.

    Examples
    --------
    >>> are_alike("鳥取市社協", "社会福祉法人鳥取市社会福祉協議会"), are_alike("架空あ本部", "架空い協会")
    (True, False)
    """
    left, right = name_keys(one).loose, name_keys(other).loose
    if not left or not right or left == right:
        return True
    shorter, longer = sorted((left, right), key=len)
    if shorter in longer:
        return len(shorter) > 1
    return fuzz.ratio(left, right) >= _ALIKE


def branch_of(core: str) -> str:
    """Return what a name says of a branch or federation, with the two characters before it; empty for any other body.

    Examples
    --------
    >>> branch_of("架空会米子支部"), branch_of("架空会（米子事業所）"), branch_of("架空会")
    ('米子支部', '米子事業所', '')
    """
    found = _BRANCH.search(core)
    return core[max(0, found.start() - 2) :].rstrip(")）]】") if found is not None else ""


def is_other_branch(one: str, other: str) -> bool:
    """Tell whether two names are those of other offices of a body: its head office is the body itself.

    Examples
    --------
    >>> is_other_branch("架空会", "架空会 米子支部"), is_other_branch("架空会本部", "架空会")
    (True, False)
    """
    tails = {"" if tail.endswith("本部") and "県" not in tail else tail for tail in (branch_of(one), branch_of(other))}
    return len(tails) > 1


def split_legal_form(compact: str) -> tuple[str, str | None, str | None]:
    """Return core, legal form and its position of a compact key; a name that is nothing but a form stays whole.

    Examples
    --------
    >>> split_legal_form("(特非)よりそい")
    ('よりそい', 'npo', 'before')
    """
    before = _PREFIX.match(compact)
    if before is not None and _may_strip(before[0], compact[before.end() :]):
        return compact[before.end() :], LEGAL_FORMS[before[0]], "before"
    after = _SUFFIX.search(compact)
    if after is not None and _may_strip(after[0], compact[: after.start()]):
        return compact[: after.start()], LEGAL_FORMS[after[0]], "after"
    return compact, None, None


def _may_strip(form: str, rest: str) -> bool:
    """Two Latin letters are a form only beside Japanese: JA鳥取 is one, JAPAN and NINJA are not."""
    return bool(rest) and not (form in ("ja", "jf") and (rest[0].isascii() or rest[-1].isascii()))


def organization_key(name: str, legal_form: str | None, municipality: str | None) -> str:
    """Return the local part of the identifier of an organisation without a corporate number.

    The first 16 hexadecimal digits of SHA-256 over core name, legal form and 5-digit municipality code, joined by
    U+001F and encoded as UTF-8; what is not known is empty. The recipe never changes: identifiers are cited.

    Parameters
    ----------
    name
        The name in any spelling.
    legal_form
        Notation of the legal form; None takes the one that the name carries.
    municipality
        5-digit code; None when not known.

    Examples
    --------
    >>> organization_key("NPO法人 よりそい", None, "31201") == organization_key("よりそい", "npo", "31201")
    True
    """
    keys = name_keys(name)
    parts = (keys.core, legal_form or keys.legal_form or "", municipality or "")
    return content_key(parts)

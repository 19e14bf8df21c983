"""How likely two organisations are one: a score from 0 to 100 with its reasons."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler

from tsunagari.errors import Message
from tsunagari.loaders.values import branch_of, loose_key, name_keys

NAMESAKES = 75.0
"""Least score of two bodies of one name in different places, which nothing else tells apart: one may have moved."""
ASKED = 80.0
"""Least score of two names under one corporate number, however unlike: a person has to look at them."""

_PAREN = re.compile(r"[(（〔【\[]([^()（）〔〕【】\[\]]*)[)）〕】\]]")
_NUMBER = re.compile(
    r"第?([0-9一二三四五六七八九十]+)(?:丁目|区|号|支部|町内会|部|地区)|第([0-9一二三四五六七八九十]+)"
)

REASONS: Mapping[str, tuple[float, Message]] = {
    "same-name": (0, Message("名前が同じ", "same name")),
    "spelling": (0, Message("名前の書き方だけが違う", "names differ in spelling only")),
    "similar-name": (0, Message("名前が似ている", "similar names")),
    "abbreviation": (0, Message("社協と社会福祉協議会", "社協 stands for 社会福祉協議会")),
    "same-reading": (5, Message("読みが同じ", "same reading")),
    "other-reading": (-8, Message("読みが違う", "other reading")),
    "same-form": (3, Message("法人格が同じ", "same legal form")),
    "no-form": (-2, Message("片方に法人格がない", "one has no legal form")),
    "other-form": (-16, Message("法人格が違う", "other legal form")),
    "same-municipality": (5, Message("市区町村が同じ", "same municipality")),
    "same-prefecture": (-5, Message("同じ都道府県の別の市区町村", "other municipality of the same prefecture")),
    "other-prefecture": (-32, Message("都道府県が違う", "other prefecture")),
    "near": (2, Message("同じ都道府県で名前が出てくる", "both appear in one prefecture")),
    "far": (-14, Message("ほかの都道府県で名前が出てくる", "they appear in different prefectures")),
    "unknown-place": (0, Message("所在地が分からない", "place not known")),
    "other-number": (-45, Message("法人番号が違う", "other corporate number")),
    "same-number": (0, Message("法人番号が同じ", "same corporate number")),
    "near-number": (0, Message("法人番号が 1 文字だけ違う", "corporate numbers differ in one digit")),
    "same-contact": (12, Message("電話・URL・住所が同じ", "same telephone, URL or address")),
    "branch": (-24, Message("片方だけが支部・連合会など", "only one is a branch or a federation")),
    "other-branch": (-24, Message("支部などの名前が違う", "other branch")),
    "ordinal": (-24, Message("番号（第一・二丁目など）が違う", "other ordinal")),
    "parenthesis": (-3, Message("片方だけにかっこ書きがある", "only one has a part in parentheses")),
    "second-body": (-16, Message("かっこ内が別の団体かもしれない", "the part in parentheses may be another body")),
}
"""What raises or lowers a score, by how much, and how it is said."""
_APART = frozenset({"other-reading", "other-form", "other-number", "branch", "other-branch", "ordinal", "second-body"})


@dataclass(frozen=True, slots=True)
class Profile:
    """An organisation as it is compared.

    Parameters
    ----------
    id
        Its identifier.
    names
        Its name, then further names.
    reading
        Its reading in hiragana.
    legal_form
        Notation of the legal form; None takes the one that the first name carries.
    area
        5-digit code of its municipality, or of its prefecture; None when not known.
    near
        Two-digit codes of prefectures in which lists name it, for one whose area is not known.
    number
        Corporate number.
    contacts
        Telephone numbers, URLs and addresses, each in one spelling.
    """

    id: str
    names: tuple[str, ...]
    reading: str | None = None
    legal_form: str | None = None
    area: str | None = None
    near: frozenset[str] = frozenset()
    number: str | None = None
    contacts: frozenset[str] = frozenset()

    @property
    def places(self) -> frozenset[str]:
        """Two-digit codes of the prefectures that it may be in; empty when nothing tells."""
        return self.near if self.area is None else frozenset((self.area[:2],))


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two organisations that may be one.

    Parameters
    ----------
    left, right
        Their identifiers, the one with a corporate number first, else in their order.
    score
        0 to 100.
    reasons
        Keys of `REASONS`, first those about the name.
    """

    left: str
    right: str
    score: float
    reasons: tuple[str, ...]

    def explain(self, lang: str = "ja") -> str:
        """Return the reasons as one text."""
        return ("、" if lang == "ja" else "; ").join(REASONS[name][1].text(lang) for name in self.reasons)


@dataclass(slots=True)
class Keys:
    """What the comparison needs of a profile, worked out once."""

    profile: Profile
    form: str | None
    plain: list[str] = field(default_factory=list)  # loose names without parts in parentheses
    originals: list[str] = field(default_factory=list)
    inside: list[str] = field(default_factory=list)  # parts in parentheses
    reading: str = ""
    branch: str = ""
    ordinals: frozenset[str] = frozenset()


def keys_of(profile: Profile) -> Keys:
    """Return what the comparison needs of an organisation."""
    named = [name_keys(name) for name in profile.names]
    found = Keys(profile, profile.legal_form or next((keys.legal_form for keys in named if keys.legal_form), None))
    for keys in named:
        inside = [part for part in _PAREN.findall(keys.core) if part]
        plain = loose_key(_PAREN.sub("", keys.core)) or keys.loose
        found.inside += inside
        if plain not in found.plain:
            found.plain.append(plain)
        found.originals.append(keys.compact)
    core = _PAREN.sub("", named[0].core) if named else ""
    found.branch = branch_of(core)
    found.ordinals = frozenset(filter(None, (one or other for one, other in _NUMBER.findall(core))))
    found.reading = loose_key(profile.reading or "")
    return found


def score_pair(one: Keys, other: Keys) -> Candidate:
    """Return two organisations with how likely they are one, and why."""
    likeness, reasons = _name_reasons(one, other)
    reasons += _place_reasons(one.profile, other.profile)
    if one.form is not None and other.form is not None:
        reasons.append("same-form" if one.form == other.form else "other-form")
    elif one.form != other.form:
        reasons.append("no-form")
    if one.profile.number and other.profile.number:
        reasons.append(_number_reason(one.profile.number, other.profile.number))
    if one.profile.contacts & other.profile.contacts:
        reasons.append("same-contact")
    score = max(0.0, min(100.0, likeness + sum(REASONS[name][0] for name in reasons)))
    if "same-number" in reasons:
        score = max(score, ASKED)
    elif likeness == 100.0 and _APART.isdisjoint(reasons):
        score = max(score, NAMESAKES)
    left, right = sorted((one.profile, other.profile), key=lambda profile: (profile.number is None, profile.id))
    return Candidate(left.id, right.id, round(score, 1), tuple(reasons))


def _number_reason(one: str, other: str) -> str:
    wrong = sum(a != b for a, b in zip(one, other, strict=False))
    return "same-number" if wrong == 0 else "near-number" if wrong == 1 else "other-number"


def _name_reasons(one: Keys, other: Keys) -> tuple[float, list[str]]:
    likeness = max(_likeness(a, b) for a in one.plain for b in other.plain)
    if likeness == 100.0:
        is_same = not set(one.originals).isdisjoint(other.originals)
        reasons = ["same-name" if is_same else "spelling"]
    else:
        reasons = ["similar-name"]
    originals = [" ".join(keys.originals) for keys in (one, other)]
    if sum("社協" in text for text in originals) == 1 and any("社会福祉協議会" in text for text in originals):
        reasons.append("abbreviation")
    if one.reading and other.reading:
        if one.reading == other.reading:
            reasons.append("same-reading")
        elif _likeness(one.reading, other.reading) < 80:
            reasons.append("other-reading")
    if one.branch != other.branch:
        reasons.append("other-branch" if one.branch and other.branch else "branch")
    if one.ordinals != other.ordinals:
        reasons.append("ordinal")
    if bool(one.inside) != bool(other.inside):
        inside = "".join(one.inside or other.inside)
        is_body = bool(branch_of(inside)) or inside.endswith(("コンソーシアム", "委員会", "ネットワーク"))
        reasons.append("second-body" if is_body else "parenthesis")
    return likeness, reasons


def _likeness(one: str, other: str) -> float:
    """Return 0 to 100 for two loose names: the mean of their ratio of edits and of Jaro-Winkler."""
    if one == other:
        return 100.0
    return (fuzz.ratio(one, other) + 100 * JaroWinkler.similarity(one, other)) / 2


def _place_reasons(one: Profile, other: Profile) -> list[str]:
    if one.area and other.area:
        if one.area == other.area and not one.area.endswith("000"):
            return ["same-municipality"]
        if one.area[:2] != other.area[:2]:
            return ["other-prefecture"]
        return ["near"] if one.area.endswith("000") or other.area.endswith("000") else ["same-prefecture"]
    near, far = one.places, other.places
    if not near or not far:
        return ["unknown-place"]
    return ["far"] if near.isdisjoint(far) else ["near"]

"""Pairs of organisations that may be one: found in blocks, scored from 0 to 100 with reasons, decided by a person."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING

from tsunagari.errors import Message
from tsunagari.loaders.values.names import loose_key, name_keys

if TYPE_CHECKING:
    import numpy as np
    from scipy.sparse import csr_array

THRESHOLD = 75.0
"""Least score of a pair that is shown: of 10,000 fictional bodies 99 in 100 true pairs are merged or shown."""
ASKED = 80.0
"""Least score of two names under one corporate number, however unlike: a person has to look at them."""
TOP = 6
"""Pairs shown for each organisation at most, counted from the better end."""
BLOCK = 120  # bodies that share a key before only those of one area are compared
COMMON = 400  # bodies that share two characters before these say nothing
SHARED = 0.42  # cosine of the characters of two names from which they are compared
NEIGHBOURS = 14  # most similar names of an organisation that are compared
ROWS = 2000  # names multiplied at a time

_PAREN = re.compile(r"[(（〔【\[]([^()（）〔〕【】\[\]]*)[)）〕】\]]")
_BRANCH = re.compile(r"(?:支部|支所|支店|支会|分会|営業所|事業所|事務所|部会|連合会|県本部|本部)$")
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


@dataclass(frozen=True, slots=True)
class Candidates:
    """The pairs found, best first, and what was not compared.

    Parameters
    ----------
    pairs
        The candidates.
    cut
        Key and number of organisations of each block that was too large to compare everywhere in it.
    """

    pairs: tuple[Candidate, ...] = ()
    cut: tuple[tuple[str, int], ...] = ()


@dataclass(slots=True)
class _Keys:
    """What the comparison needs of a profile, worked out once."""

    profile: Profile
    form: str | None
    plain: list[str] = field(default_factory=list)  # loose names without parts in parentheses
    originals: list[str] = field(default_factory=list)
    inside: list[str] = field(default_factory=list)  # parts in parentheses
    reading: str = ""
    branch: str = ""
    ordinals: frozenset[str] = frozenset()


def find_candidates(
    profiles: Iterable[Profile],
    *,
    is_decided: Callable[[str, str], bool] = lambda _left, _right: False,
    threshold: float = THRESHOLD,
    top: int = TOP,
) -> Candidates:
    """Return the pairs that may be one organisation.

    Compared are organisations that share a key (name in loose spelling, name without parentheses, reading, contact),
    and those of one prefecture, or of no known place, whose names share rare pairs of characters.

    Parameters
    ----------
    profiles
        The organisations, each once.
    is_decided
        Tells whether a person has decided about a pair; it is left out then.
    threshold
        Least score.
    top
        How many pairs of an organisation are kept; a pair stays when it is among the best of either side.

    Examples
    --------
    >>> pair = find_candidates([Profile("a", ("架空よりそいの会",)), Profile("b", ("架空よりそい会",))]).pairs[0]
    >>> pair.left, pair.right, pair.explain("en")
    ('a', 'b', 'similar names; place not known')
    """
    keys = [_keys_of(profile) for profile in profiles]
    blocks, cut = _blocks(keys)
    pairs = blocks | _neighbours(keys)
    scored = []
    for one, other in sorted(pairs):
        candidate = _score(keys[one], keys[other])
        if candidate.score >= threshold and not is_decided(candidate.left, candidate.right):
            scored.append(candidate)
    scored.sort(key=lambda candidate: (-candidate.score, candidate.left, candidate.right))
    return Candidates(tuple(_best(scored, top)), tuple(cut))


def _best(scored: Sequence[Candidate], top: int) -> Iterator[Candidate]:
    counts: dict[str, int] = defaultdict(int)
    for candidate in scored:
        if min(counts[candidate.left], counts[candidate.right]) < top:
            yield candidate
        counts[candidate.left] += 1
        counts[candidate.right] += 1


# ---- keys ----


def _keys_of(profile: Profile) -> _Keys:
    named = [name_keys(name) for name in profile.names]
    found = _Keys(profile, profile.legal_form or next((keys.legal_form for keys in named if keys.legal_form), None))
    for keys in named:
        inside = [part for part in _PAREN.findall(keys.core) if part]
        plain = loose_key(_PAREN.sub("", keys.core)) or keys.loose
        found.inside += inside
        if plain not in found.plain:
            found.plain.append(plain)
        found.originals.append(keys.compact)
    core = _PAREN.sub("", named[0].core) if named else ""
    branch = _BRANCH.search(core)
    found.branch = core[max(0, branch.start() - 2) :] if branch else ""
    found.ordinals = frozenset(filter(None, (one or other for one, other in _NUMBER.findall(core))))
    found.reading = loose_key(profile.reading or "")
    return found


# ---- blocks ----


def _blocks(keys: Sequence[_Keys]) -> tuple[set[tuple[int, int]], list[tuple[str, int]]]:
    """Return the pairs that share a key; a large block is compared within each prefecture only, and named."""
    members: dict[str, list[int]] = defaultdict(list)
    for number, found in enumerate(keys):
        shared = {*found.plain, *(loose_key(part) for part in found.inside if len(part) > 2), *found.profile.contacts}
        if len(found.reading) > 3:
            shared.add(found.reading)
        if found.profile.number:
            shared.add(found.profile.number)
        for key in shared:
            members[key].append(number)
    pairs: set[tuple[int, int]] = set()
    cut = []
    for key, block in members.items():
        if len(block) <= BLOCK:
            pairs.update(combinations(block, 2))
            continue
        cut.append((key, len(block)))
        by_place: dict[str, list[int]] = defaultdict(list)
        for number in block:
            by_place[(keys[number].profile.area or "")[:2]].append(number)
        for group in by_place.values():
            pairs.update(combinations(group[:BLOCK], 2))
    return pairs, cut


def _neighbours(keys: Sequence[_Keys]) -> set[tuple[int, int]]:
    """Return pairs of one prefecture, or with an unknown place, whose names share rare pairs of characters."""
    by_place: dict[str, list[int]] = defaultdict(list)
    nowhere = []
    for number, found in enumerate(keys):
        if found.profile.area is None:
            nowhere.append(number)
        for place in _places(found.profile):
            by_place[place].append(number)
    pairs: set[tuple[int, int]] = set()
    for members in by_place.values():
        pairs |= _similar(keys, members, members)
    placeless = [number for number in nowhere if not keys[number].profile.near]
    return pairs | _similar(keys, placeless, list(range(len(keys))))


def _places(profile: Profile) -> frozenset[str]:
    return profile.near if profile.area is None else frozenset((profile.area[:2],))


def _similar(keys: Sequence[_Keys], rows: Sequence[int], columns: Sequence[int]) -> set[tuple[int, int]]:
    """Return the pairs of a row and a column with a high cosine of their pairs of characters, the best of each row."""
    if not rows or len(columns) < 2:
        return set()
    import numpy as np

    vectors = _vectors([keys[number].plain[0] for number in columns])
    place = {number: index for index, number in enumerate(columns)}
    indices = np.array([place[number] for number in rows])
    transposed = vectors.T.tocsr()
    pairs = set()
    for start in range(0, len(indices), ROWS):
        chunk = indices[start : start + ROWS]
        product = (vectors[chunk] @ transposed).tocsr()
        for row, index in enumerate(chunk):
            for column in _strongest(product, row):
                if column != index:
                    one, other = columns[int(index)], columns[int(column)]
                    pairs.add((min(one, other), max(one, other)))
    return pairs


def _strongest(product: csr_array, row: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    import numpy as np

    begin, end = product.indptr[row], product.indptr[row + 1]
    values, found = product.data[begin:end], product.indices[begin:end]
    high = values >= SHARED
    values, found = values[high], found[high]
    if len(values) > NEIGHBOURS:
        found = found[np.argpartition(-values, NEIGHBOURS)[: NEIGHBOURS + 1]]
    return found.astype(np.int64)


def _vectors(texts: Sequence[str]) -> csr_array:
    """Return a row of unit length for each text: its pairs of characters by how rare they are, without common ones."""
    import numpy as np
    from scipy.sparse import csr_array

    places: dict[str, int] = {}
    rows: list[int] = []
    columns: list[int] = []
    for row, text in enumerate(texts):
        bounded = f"^{text}$"
        for start in range(len(bounded) - 1):
            rows.append(row)
            columns.append(places.setdefault(bounded[start : start + 2], len(places)))
    counts = np.bincount(np.array(columns), minlength=len(places))
    weights = np.where(counts <= max(COMMON, len(texts) // 50), np.log1p(len(texts) / np.maximum(counts, 1)), 0.0)
    matrix = csr_array((weights[columns], (rows, columns)), shape=(len(texts), len(places)))
    matrix.sum_duplicates()
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    lengths[lengths == 0] = 1.0
    matrix.data /= np.repeat(lengths, np.diff(matrix.indptr))
    matrix.eliminate_zeros()
    return matrix


# ---- scores ----


def _score(one: _Keys, other: _Keys) -> Candidate:
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
    left, right = sorted((one.profile, other.profile), key=lambda profile: (profile.number is None, profile.id))
    return Candidate(left.id, right.id, round(score, 1), tuple(reasons))


def _number_reason(one: str, other: str) -> str:
    wrong = sum(a != b for a, b in zip(one, other, strict=False))
    return "same-number" if wrong == 0 else "near-number" if wrong == 1 else "other-number"


def _name_reasons(one: _Keys, other: _Keys) -> tuple[float, list[str]]:
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
        is_body = bool(_BRANCH.search(inside)) or inside.endswith(("コンソーシアム", "委員会", "ネットワーク"))
        reasons.append("second-body" if is_body else "parenthesis")
    return likeness, reasons


def _likeness(one: str, other: str) -> float:
    """Return 0 to 100 for two loose names: the mean of their ratio of edits and of Jaro-Winkler."""
    from rapidfuzz import fuzz
    from rapidfuzz.distance import JaroWinkler

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
    near, far = _places(one), _places(other)
    if not near or not far:
        return ["unknown-place"]
    return ["far"] if near.isdisjoint(far) else ["near"]

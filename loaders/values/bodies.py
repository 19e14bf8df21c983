"""Several bodies in one cell: parted where the signs between them are sure, asked about where they may be one name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from tsunagari.loaders.values.names import LEGAL_FORMS, name_keys
from tsunagari.ontology.municipalities import municipality_table
from tsunagari.ontology.spelling import fold_text, spelling_key

SIGNS = re.compile(r"[;；|｜、，,／/・･\n＆&　 及並びほか他等など①-⑳●■◆と(（]")
_BRACKETS = re.compile(r"[(（\[【〔「『][^()（）\[\]【】〔〕「」『』]*[)）\]】〕」』]")
_BULLET = r"(?:[①-⑳●■◆◇▪•➤✓✔]|(?:^|(?<=\n))\s*[・･*＊◎○-](?=\S)|(?:^|(?<=[\n\s]))[(（]?\d{1,2}[.．)）](?!\d))"
_ALWAYS = re.compile(rf"\s*(?:[;；|｜]|\n?{_BULLET})\s*")
_LISTED = re.compile(r"\s*(?:[、，／]|(?<!\w)/|/(?![A-Za-z0-9_])|(?<![A-Za-z]),|,(?!\s*[A-Za-z]))\s*", re.ASCII)
_LINES = re.compile(r"\s*\n\s*")
_DOTS = re.compile(r"\s*[・･]\s*")
_WORDS = re.compile(r"\s*(?:及び|および|並びに|ならびに|＆|&)\s*|(?<=.)と(?=.)|[\s　]+")
_ANY = re.compile(rf"{_DOTS.pattern}|{_WORDS.pattern}")
_REST = re.compile(
    r"\s*[、，,]?\s*(?:ほか|他|など|等)\s*(?:[0-9０-９一二三四五六七八九十数]+\s*)?(?:団体|者|社|名|法人|機関|か所|箇所|市町村|市町|町)?$"
)
_BODY = re.compile(
    "(?:会|組合|法人|センター|財団|社団|機構|社協|大学|高校|学校|学園|[稚育]園|病院|医院|クリニック|薬局|銀行|金庫|公社|会社|事務所|事業所"
    "|団|団体|グループ|クラブ|サークル|ネットワーク|ネット|サロン|食堂|基金|研究所|支部|支援隊|ハウス|広場|ひろば|工房|プロジェクト|ラボ|コープ"
    "|生協|農協|漁協|連合|連盟|同盟|カフェ|役所|役場|県庁|府庁|都庁|[課局署室]|相談所|公民館|図書館|ステーション|コンソーシアム)"
)
_BODY_END = re.compile(rf"{_BODY.pattern}$")
_HIDDEN = "＿"
_LONGEST = 300  # a longer cell is a text rather than a list of bodies


@dataclass(frozen=True, slots=True)
class Bodies:
    """What a cell says of bodies.

    Parameters
    ----------
    names
        Each body that it surely names, in order; the whole cell where it may be one name.
    perhaps
        The bodies that it names if it is not one name; empty when that is no question.
    rest
        Whether further bodies are only counted or hinted at, such as ほか3団体.
    """

    names: tuple[str, ...]
    perhaps: tuple[str, ...] = ()
    rest: bool = False


@lru_cache(maxsize=16_384)
def read_bodies(text: str) -> Bodies | None:
    """Return the bodies that a cell names when these are several or may be; None for one plain name.

    Semicolons, bars, bullets and numbers always part. Commas and slashes do where each part is built like a body;
    lines, dots, 及び and spaces only where each part carries a legal form or is a government. What may be several
    bodies besides is a question, because names hold commas and dots.

    Examples
    --------
    >>> read_bodies("架空会、空想協議会").names, read_bodies("鳥取市・米子市").names
    (('架空会', '空想協議会'), ('鳥取市', '米子市'))
    >>> read_bodies("いのち、つなぐ会")
    Bodies(names=('いのち、つなぐ会',), perhaps=('いのち', 'つなぐ会'), rest=False)
    >>> read_bodies("架空市社会福祉協議会ほか2団体")
    Bodies(names=('架空市社会福祉協議会',), perhaps=(), rest=True)
    >>> read_bodies("子ども・若者支援センター"), read_bodies("架空会（子育て、防災）")
    (None, None)
    """
    if len(text) > _LONGEST or SIGNS.search(text) is None:
        return None
    rest = _REST.search(_masked(text))
    bare = text[: rest.start()].rstrip() if rest is not None else text
    if rest is None or not bare or not is_built_like_body(_last(bare)):
        bare, has_rest = text, False
    else:
        has_rest = True
    found = _parted(bare)
    if not has_rest and len(found.names) == 1 and not found.perhaps:
        return None
    return Bodies(found.names, found.perhaps, has_rest)


def possible_parts(text: str) -> Iterator[tuple[str, ...]]:
    """Yield the ways in which a name may be several, each of two letters at least; nothing for one without signs.

    Examples
    --------
    >>> list(possible_parts("架空の会・空想の集い")), list(possible_parts("架空の会"))
    ([('架空の会', '空想の集い')], [])
    """
    ways = dict.fromkeys(tuple(_split(signs, text)) for signs, _, _ in _RULES)
    yield from (parts for parts in ways if len(parts) > 1 and min(map(len, parts)) > 1)


def _parted(text: str) -> Bodies:
    parts = _split(_ALWAYS, text)
    if len(parts) > 1:
        found = [_parted(part) for part in parts]
        return Bodies(tuple(dict.fromkeys(name for one in found for name in one.names)))
    for signs, is_sure, is_asked in _RULES:
        parts = _split(signs, text)
        if len(parts) < 2:
            continue
        if is_sure(parts):
            found = [_parted(part) for part in parts]
            return Bodies(tuple(dict.fromkeys(name for one in found for name in one.names)))
        if is_asked(parts):
            return Bodies((text,), tuple(parts))
    inside = _operator_in_brackets(text)
    return Bodies((text,), (text[: text.index(inside) - 1].strip(), inside) if inside else ())


def _operator_in_brackets(text: str) -> str:
    """Return the body with a legal form that stands in brackets behind another name; empty when there is none."""
    found = _BRACKETS.search(text)
    inside = found[0][1:-1].strip() if found is not None and found.start() and found.end() == len(text) else ""
    return inside if inside and _has_form(inside) and name_keys(text[: text.index(inside) - 1]).core else ""


def _split(signs: re.Pattern[str], text: str) -> list[str]:
    """Return the parts of a text between signs that stand outside brackets."""
    parts, start = [], 0
    for found in signs.finditer(_masked(text)):
        parts.append(text[start : found.start()].strip())
        start = found.end()
    return [part for part in (*parts, text[start:].strip()) if part]


def _masked(text: str) -> str:
    return _BRACKETS.sub(lambda found: _HIDDEN * len(found[0]), text)


def _last(text: str) -> str:
    return _split(re.compile(r"[;；|｜、，,／/・･\n]"), text)[-1:][0] if text.strip() else ""


def _has_form(part: str) -> bool:
    """Tell whether a name carries a legal form and more than that."""
    keys = name_keys(part)
    return keys.form_position is not None and keys.core != ""


def _is_form(part: str) -> bool:
    """Tell whether a part is nothing but a legal form, so that what follows belongs to it."""
    return spelling_key(part) in LEGAL_FORMS


def _is_government(part: str) -> bool:
    name = fold_text(part)
    return name.endswith(tuple("都道府県市区町村")) and bool(municipality_table().by_name(name))


def _is_called_one(part: str) -> bool:
    """Tell whether a name ends as those of bodies do, or is that of a government."""
    bare = _BRACKETS.sub("", part).strip() or part
    if _is_form(bare) or len(bare) < 2:
        return False
    is_formed = "after" in (name_keys(part).form_position, name_keys(bare).form_position)
    return is_formed or _BODY_END.search(fold_text(bare)) is not None or _is_government(bare)


def is_built_like_body(part: str) -> bool:
    """Tell whether a name carries a legal form, ends as those of bodies do, or is that of a government.

    Examples
    --------
    >>> [is_built_like_body(text) for text in ("NPO法人架空", "空想の会", "鳥取市", "会員の声")]
    [True, True, True, False]
    """
    return _has_form(part) or _is_called_one(part)


def _all_named_in_full(parts: list[str]) -> bool:
    return all(map(_has_form, parts)) or all(map(_is_government, parts))


def _all_complete(parts: list[str]) -> bool:
    """Tell whether each part is a whole name: NPO法人架空 goes on in NPO法人架空、応援団 perhaps."""
    return all(map(is_built_like_body, parts)) and all(
        _is_called_one(one) or _has_form(other) or _is_government(other) for one, other in pairwise(parts)
    )


def _may_be_bodies(parts: list[str]) -> bool:
    """Tell whether each part is built like a body; a legal form or a government may begin one name."""
    goes_on = _is_government(parts[0]) and not any(_has_form(part) or _is_government(part) for part in parts[1:])
    return all(map(is_built_like_body, parts)) and not goes_on


def _may_be_lines(parts: list[str]) -> bool:
    """Tell whether lines may be bodies: not one long name, of which the first line is a form or a government."""
    begins = _has_form(parts[0]) and not _is_called_one(parts[0])
    goes_on = _is_government(parts[0]) and not any(_has_form(part) or _is_government(part) for part in parts[1:])
    return not begins and not goes_on and _none_is_a_form(parts) and any(map(is_built_like_body, parts))


def _none_is_a_form(parts: list[str]) -> bool:
    return not any(map(_is_form, parts))


def _never(_parts: list[str]) -> bool:
    return False


_Test = Callable[[list[str]], bool]
# What stands between, when it surely parts bodies, and when it is a question whether it does.
_RULES: tuple[tuple[re.Pattern[str], _Test, _Test], ...] = (
    (_LISTED, _all_complete, _none_is_a_form),
    (_LINES, _all_named_in_full, _may_be_lines),
    (_DOTS, _all_named_in_full, _may_be_bodies),
    (_WORDS, _all_named_in_full, _never),
    (_ANY, _all_named_in_full, _never),
)

"""The area that a list is of, and words of extent such as 県内全域 that mean it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from tsunagari.ontology.municipalities import Municipality, municipality_table
from tsunagari.ontology.spelling import fold_text

_LIGATURE = re.compile("[ヶケがｹ]")
_CODE = re.compile(r"(?:area/)?\d{4,6}")
_EXTENT = re.compile(
    r"(?P<name>.*?)[内下]?(?:全域|一円|全体)|全(?P<all>[都道府県])域?|(?P<within>[都道府県市区町村])[内下]"
)
_PREFECTURES = frozenset("都道府県")
_MUNICIPALITIES = frozenset("市区町村")


@dataclass(frozen=True, slots=True)
class Home:
    """The area that a list is of: it decides between places of one name, but a row may name any other place."""

    place: Municipality


# A prefecture that a row itself states binds; the one of the list only decides.
Prefecture = str | Home | None


def without_extent(text: str, prefecture: Prefecture) -> str:
    """Return the name or code of the area that is meant as a whole; other texts come back as they are.

    鳥取県全域 and 鳥取市内一円 lose the word of extent. 県内全域, 全県, 市内 and 全域 alone mean the area of the list.

    Examples
    --------
    >>> without_extent("鳥取県内全域", None), without_extent("鳥取市", None)
    ('鳥取県', '鳥取市')
    """
    found = _EXTENT.fullmatch(fold_text(text))
    if found is None:
        return text
    name = found["name"] or found["all"] or found["within"] or ""
    if len(name) > 1:
        return name
    home = prefecture.place if isinstance(prefecture, Home) else None
    if home is None:
        return prefecture if isinstance(prefecture, str) and name in _PREFECTURES else text
    if name in _PREFECTURES:
        return home.prefecture_code5
    is_prefecture = home.kind == "prefecture"
    return text if name and (name not in _MUNICIPALITIES or is_prefecture) else home.code5


@cache
def is_old_form(text: str, name: str) -> bool:
    """Tell whether the name of a place is written with other kanji than today; ヶ, ケ and が are one.

    Examples
    --------
    >>> is_old_form("塩釜市", "塩竈市"), is_old_form("龍ヶ崎市", "龍ケ崎市")
    (True, False)
    """
    written, today = (_LIGATURE.sub("ケ", fold_text(part)).replace(" ", "") for part in (text, name))
    return not written.isascii() and not written.isdigit() and today not in written and not _CODE.fullmatch(written)


def scope_of(areas: Sequence[str]) -> Home | None:
    """Return the only area that a workspace counts in; None when it names several, or none that is one place.

    Examples
    --------
    >>> home = scope_of(["鳥取県"])
    >>> home and home.place.code5, scope_of(["鳥取市", "岩美町"])
    ('31000', None)
    """
    table = municipality_table()
    found = table.by_name(areas[0]) or [*filter(None, [table.by_code(areas[0])])] if len(areas) == 1 else []
    return Home(found[0]) if len(found) == 1 else None

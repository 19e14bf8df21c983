"""The places that a cell names: several of them, with what is said around them, and one of several by the telephone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from tsunagari.loaders.values.lists import split_known
from tsunagari.loaders.values.telephones import read_telephones
from tsunagari.ontology.area_changes import area_changes
from tsunagari.ontology.area_codes import prefecture_of_call
from tsunagari.ontology.municipalities import Municipality, municipality_table
from tsunagari.ontology.spelling import fold_text

_ENDINGS = tuple("都道府県市区町村郡")
_AROUND = re.compile(
    r"(?:[(（][^()（）]*[)）]|(?:ほか|他|外)\s*[0-9０-９一二三四五六七八九十]*\s*(?:市町村|市町|町村|[市区町村])?|など|等"
    r"|(?:及び|および|と|・)?(?:その)?(?:周辺|近郊|近隣|近辺)(?:の?(?:市町村|市町|町村|地域|地区))?"
    r"|の?(?:一部|一部地域)|(?:を?中心(?:に|とした)?(?:活動|地域)?)|エリア|地域|在住者?|内)+$"
)
_WIDER = re.compile(
    r"(?:日本)?(?:全国|国内|日本)(?:各地|一円)?|[都道府県市区町村]?[内下](?:全域|一円|全体)?|全[都道府県]域?|.+(?:圏域?|全域|一円|全体)"
)
_LONGEST = 200  # a longer cell is a text rather than a list of places


@dataclass(frozen=True, slots=True)
class NamedPlaces:
    """What a cell says of places.

    Parameters
    ----------
    names
        Each place as it is named, without what is said around it.
    rest
        Whether something was said around a name that is not read, such as ほか3町.
    """

    names: tuple[str, ...]
    rest: bool = False

    @property
    def prefecture(self) -> str | None:
        """The name of the prefecture in which all of them lie; None when they lie in several or that is not known."""
        found = {place.prefecture for name in self.names for place in municipality_table().by_name(name)}
        return found.pop() if len(found) == 1 else None


@lru_cache(maxsize=16_384)
def read_places(text: str) -> NamedPlaces | None:
    """Return the places that a cell names in other words than one name or code; None for any other cell.

    Examples
    --------
    >>> read_places("鳥取市・岩美町"), read_places("倉吉市ほか3町")
    (NamedPlaces(names=('鳥取市', '岩美町'), rest=False), NamedPlaces(names=('倉吉市',), rest=True))
    >>> read_places("鳥取市"), read_places("架空圏域")
    (None, None)
    """
    if len(text) > _LONGEST or text.isascii() or is_place(text):
        return None
    parts = split_known(text, lambda part: is_place(part) or is_place(_bare(part)))
    bare = [part if is_place(part) else _bare(part) for part in parts]
    if not all(map(is_place, bare)) or (len(bare) == 1 and _AROUND.search(fold_text(text)) is None):
        return None
    names = tuple(dict.fromkeys(bare))
    return NamedPlaces(names, bare != parts or _AROUND.search(fold_text(text)) is not None)


@lru_cache(maxsize=16_384)
def is_place(text: str) -> bool:
    """Tell whether a text is the name of a place of today or of the past, or of a 郡."""
    name = fold_text(text)
    if not name.endswith(_ENDINGS):
        return False
    table = municipality_table()
    return bool(table.by_name(name) or table.in_district(name) or area_changes().by_name(name))


@lru_cache(maxsize=1_024)
def is_wider(text: str) -> bool:
    """Tell whether a text means more than a municipality without naming a prefecture: 全国, 県内全域, 架空圏域.

    Examples
    --------
    >>> [is_wider(text) for text in ("全国", "県内全域", "全県", "架空圏域", "謎の県")]
    [True, True, True, True, False]
    """
    return _WIDER.fullmatch(fold_text(text).replace(" ", "")) is not None


def place_by_call(places: Sequence[Municipality], calls: Iterable[str]) -> Municipality | None:
    """Return the only one of several places of a name that lies in the prefecture of a telephone number.

    Parameters
    ----------
    places
        The places of one name.
    calls
        Cells with telephone or fax numbers.

    Examples
    --------
    >>> place_by_call(municipality_table().by_name("府中市"), ["0847-00-0000"]).full_name
    '広島県府中市'
    """
    codes = {prefecture_of_call(number) for text in calls for number in read_telephones(text).numbers} - {None}
    found = [place for place in places if place.code5[:2] in codes]
    return found[0] if len(found) == 1 and len(codes) == 1 else None


def _bare(text: str) -> str:
    return _AROUND.sub("", fold_text(text)).strip()

"""The municipality that an address lies in, found by the longest name of a place that the address begins with.

What offices put around an address is taken off first: postal codes with or without 〒 and brackets, words such as 住所,
line breaks. Two spellings of one address have one key.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from tsunagari.ontology.municipalities import Municipality, municipality_table
from tsunagari.ontology.spelling import fold_text, spelling_key

_LONGEST = 24  # characters of an address that can belong to the names of prefecture, district, city and ward
Places = tuple[Municipality, ...]
Index = dict[str, Places]

_OPEN, _CLOSE = r"[(\[<【〔「『]", r"[)\]>】〕」』]"
_SEVEN = r"\s*\d{3}\s*-?\s*\d{4}\s*"
_POST_CODE = rf"{_OPEN}?\s*(?:〒|郵便番号)?\s*:?{_SEVEN}{_CLOSE}?(?!\d)|{_OPEN}?\s*〒\s*\d{{0,7}}\s*-?\s*{_CLOSE}?"
_BEFORE = re.compile(
    rf"(?:(?:{_POST_CODE})|(?:住所|所在地|本部|事務所|事務局|日本国?)\s*[::]|日本国|[◎○●■□◆◇・※*:,、]|\s)+"
)
_WRAPPED = re.compile(rf"{_OPEN}(?P<inside>[^()\[\]<>【】〔〕「」『』]*){_CLOSE}")
_KANJI = {character: value for value, character in enumerate("〇一二三四五六七八九")}
_KANJI_NUMBER = re.compile("([〇一二三四五六七八九十]+)(?=丁目|番|号)|(?<=番地の)([〇一二三四五六七八九十]+)")
_COUNTED = re.compile(r"(?<=\d)(?:丁目|番地の?|番の?|号室?|-|の(?=\d))+(?=\d)")
_LAST_COUNTER = re.compile(r"(?<=\d)(?:番地?|号|丁目)(?=\D|$)")
_VILLAGE = re.compile("大?字(?=[^0-9])")


class AddressBook:
    """Names of places as addresses begin with them: with and without prefecture, with and without 郡."""

    def __init__(self) -> None:
        table = municipality_table()
        self._prefectures = tuple(place.name for place in table.of_kind("prefecture"))
        self._within: dict[str, Index] = {name: {} for name in self._prefectures}
        self._wards: dict[str, Index] = {}
        self._everywhere: Index = {}
        for place in table:
            for name in _names(place):
                _enter(self._within[place.prefecture], name, place)
                _enter(self._everywhere, name, place)
            if place.kind == "ward":
                _enter(self._wards.setdefault(place.district, {}), place.name, place)
        for prefecture, index in self._within.items():
            self._everywhere |= {prefecture + name: places for name, places in index.items()}

    def find(self, address: str, authority: str | None = None) -> Municipality | None:
        """Return the municipality or ward in which an address lies; None when the address does not tell it alone.

        Parameters
        ----------
        address
            With or without the prefecture.
        authority
            Name of a prefecture or designated city that the address lies in, for an address without them.

        Examples
        --------
        >>> book = address_book()
        >>> book.find("八頭郡智頭町大字智頭", "鳥取県").code5, book.find("中区本牧", "横浜市").full_name
        ('31328', '神奈川県横浜市中区')
        """
        found = self.candidates(address, authority)
        return found[0] if len(found) == 1 else None

    def candidates(self, address: str, authority: str | None = None) -> Places:
        """Return the places of one name that an address may begin with: none when it begins with no place.

        Parameters
        ----------
        address, authority
            As `find` takes them.

        Examples
        --------
        >>> [place.full_name for place in address_book().candidates("〒000-0000 府中市架空1-1")]
        ['東京都府中市', '広島県府中市']
        """
        head = address[:_LONGEST].strip()
        if not head:
            return ()
        # most addresses are written as in the table, and what forms put around one costs ten times the look-up
        return self._near(head, authority) or self._near(spelling_key(bare_address(address)[:_LONGEST]), authority)

    def _near(self, head: str, authority: str | None) -> Places:
        prefecture = prefecture_of(authority) if authority else None
        if authority is None or prefecture is None or head.startswith(self._prefectures):
            return _longest(head, self._everywhere)
        found = _longest(head, self._within[prefecture])
        if not found:
            wards: Index = next((wards for city, wards in self._wards.items() if authority.startswith(city)), {})
            found = _longest(head, wards)
        return found


@lru_cache(maxsize=16_384)
def bare_address(text: str) -> str:
    r"""Return an address without postal code, brackets around it, line breaks and words such as 住所.

    Examples
    --------
    >>> bare_address("（〒000-0000）鳥取市架空3"), bare_address("〒000−0000\n鳥取県鳥取市架空 3")
    ('鳥取市架空3', '鳥取県鳥取市架空 3')
    """
    folded = fold_text(text)
    while folded:
        before = _BEFORE.match(folded)
        rest = folded[before.end() :] if before is not None else folded
        wrapped = _WRAPPED.match(rest)
        if wrapped is not None and (wrapped["inside"].strip() or wrapped.end() < len(rest)):
            rest = f"{wrapped['inside'].strip()} {rest[wrapped.end() :].strip()}".strip()
        if rest == folded:
            break
        folded = rest
    return folded


@lru_cache(maxsize=65_536)
def address_key(text: str, authority: str | None = None) -> str:
    """Return the key under which two spellings of one address are equal; empty for a blank text.

    Postal codes, 大字 and 字 do not count, and 一丁目2番地の3 is 1-2-3. The municipality counts however much of it is
    written.

    Examples
    --------
    >>> address_key("〒680-0000 鳥取県鳥取市大字架空一丁目２番地の３") == address_key("鳥取市架空1-2-3")
    True
    """
    bare = spelling_key(bare_address(text))
    places = address_book().candidates(bare, authority)
    if len(places) == 1:
        names = sorted(_ways(places[0]), key=len, reverse=True)
        bare = places[0].code5 + next((bare[len(name) :] for name in names if bare.startswith(name)), bare)
    bare = _KANJI_NUMBER.sub(lambda found: str(_kanji_number(found[0])), bare)
    return _LAST_COUNTER.sub("", _COUNTED.sub("-", _VILLAGE.sub("", bare)))


def _kanji_number(text: str) -> int:
    tens, ten, ones = text.rpartition("十")
    last = int("".join(str(_KANJI[sign]) for sign in ones) or 0)
    return last + (10 * (_kanji_number(tens) if tens else 1) if ten else 0)


@cache
def address_book() -> AddressBook:
    """Return the names of the bundled table as addresses begin with them."""
    return AddressBook()


@cache
def prefecture_of(authority: str) -> str | None:
    """Return the prefecture that the name of a prefecture or designated city, such as a 所轄庁, stands for or lies in.

    Examples
    --------
    >>> prefecture_of("横浜市"), prefecture_of("内閣府")
    ('神奈川県', None)
    """
    places = municipality_table().of_kind("prefecture", "designated-city")
    return next((place.prefecture for place in places if authority.startswith(place.name)), None)


def _names(place: Municipality) -> Iterator[str]:
    """Yield what may stand behind the prefecture, as written and as a spelling key."""
    if place.kind == "prefecture":
        return
    names = [place.district + place.name]
    if place.district:
        names.append(place.name)
    yield from dict.fromkeys((*names, *map(spelling_key, names)))


def _ways(place: Municipality) -> Iterator[str]:
    """Yield how an address may begin that lies in a place, as spelling keys."""
    for name in _names(place):
        yield from (spelling_key(place.prefecture + name), spelling_key(name))


def _enter(index: Index, name: str, place: Municipality) -> None:
    """Several places may have one name: 北区 is one of Tokyo and of ten cities."""
    known = index.get(name, ())
    if place not in known:
        index[name] = (*known, place)


def _longest(head: str, index: Index) -> Places:
    for length in range(len(head), 1, -1):
        places = index.get(head[:length])
        if places is not None:
            return places
    return ()

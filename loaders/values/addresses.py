"""The municipality that an address lies in, found by the longest name of a place that the address begins with."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from tsunagari.ontology.municipalities import Municipality, municipality_table
from tsunagari.ontology.spelling import spelling_key

_LONGEST = 24  # characters of an address that can belong to the names of prefecture, district, city and ward
Index = dict[str, Municipality | None]


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
            self._everywhere |= {prefecture + name: place for name, place in index.items() if place is not None}

    def find(self, address: str, authority: str | None = None) -> Municipality | None:
        """Return the municipality or ward in which an address lies; None when the address does not tell.

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
        head = address[:_LONGEST].strip()
        if not head:
            return None
        # most addresses are written as in the table, and the key costs ten times as much as the look-up
        return self._near(head, authority) or self._near(spelling_key(head), authority)

    def _near(self, head: str, authority: str | None) -> Municipality | None:
        prefecture = prefecture_of(authority) if authority else None
        if authority is None or prefecture is None or head.startswith(self._prefectures):
            return _longest(head, self._everywhere)
        found = _longest(head, self._within[prefecture])
        if found is None:
            wards: Index = next((wards for city, wards in self._wards.items() if authority.startswith(city)), {})
            found = _longest(head, wards)
        return found


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


def _enter(index: Index, name: str, place: Municipality) -> None:
    """Two places of one name tell nothing, but a municipality counts before the wards of cities."""
    known = index.setdefault(name, place)
    if known is place or (known is not None and known.kind != "ward" and place.kind == "ward"):
        return
    is_surer = known is not None and known.kind == "ward" and place.kind != "ward"
    index[name] = place if is_surer else None


def _longest(head: str, index: Index) -> Municipality | None:
    for length in range(len(head), 1, -1):
        place = index.get(head[:length])
        if place is not None:
            return place
    return None

"""Where a facility of a published list is: from the columns of its place, its address, and what the publisher says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from tsunagari.errors import Message
from tsunagari.loaders.issues import plain_names
from tsunagari.loaders.values import CellError, address_book, bare_address, parse_lg_code, place_by_call, restored_code
from tsunagari.ontology.area_changes import area_changes, present_place
from tsunagari.ontology.municipalities import Municipality, city_code, municipality_table
from tsunagari.ontology.spelling import fold_text

_CALLS = ("telephone", "fax")
_PLACE = ("place_code", "place_prefecture", "place_city", "prefecture", "city", "code", "publisher")


@dataclass(frozen=True, slots=True)
class Location:
    """Where a facility is.

    Parameters
    ----------
    area
        Code of the municipality or ward, or the text of a cell that none is known for; empty when nothing says it.
    prefecture
        Name of its prefecture, which tells places of one name apart; None when nothing says it.
    address
        The whole address as far as the cells give it.
    findings
        Codes of issues with the meaning of the cell they are about.
    """

    area: str
    prefecture: str | None
    address: str
    findings: tuple[tuple[str, CellError], ...] = ()


@dataclass(slots=True)
class _Stated:
    """What the cells beside an address say."""

    place: Municipality | None = None
    prefecture: str | None = None
    text: str = ""
    findings: list[tuple[str, CellError]] = field(default_factory=list)


class Locator:
    """Finds out where the rows of one list are.

    Parameters
    ----------
    home
        The prefecture that the settings say the list is of; None when they say none.
    """

    def __init__(self, home: str | None) -> None:
        self._home = home
        self._stated: dict[tuple[str, ...], _Stated] = {}

    def locate(self, cells: Mapping[str, str]) -> Location:
        """Return where a row is.

        The code of the place itself counts before its municipality by name, that before the address, and what the list
        says of its publisher last; an address that begins with another prefecture and municipality than the one beside
        it counts more, and is told.

        Parameters
        ----------
        cells
            Meaning to text: ``place_code``, ``place_prefecture``, ``place_city``, ``prefecture``, ``city``, ``code``,
            ``publisher``, ``address``, ``town``, ``block``, ``telephone`` and ``fax``; any may be missing.
        """
        key = tuple(cells.get(name, "") for name in _PLACE)
        stated = self._stated.get(key)
        if stated is None:
            stated = self._stated[key] = self._read(dict(zip(_PLACE, key, strict=True)))
        address = _address(cells)
        findings = list(stated.findings)
        place = stated.place
        if address and (place is None or not _begins_with(address, place)):
            places = address_book().candidates(address, stated.prefecture)
            if len(places) > 1:
                places = self._by_call(places, cells, findings) or places
            written = places[0] if len(places) == 1 and places[0].kind != "prefecture" else None
            if place is None:
                place = written
            elif written is not None and _is_another(written, place, address):
                findings.append(("address", CellError("place-differs", address, other=place.full_name)))
                place = written
            if place is None and not stated.text:
                code = "ambiguous-address" if len(places) > 1 else "unplaced-address"
                findings.append(("address", CellError(code, address, nearest=_names(places[:5]))))
        area = stated.text if place is None else place.code5
        return Location(area, stated.prefecture, address, tuple(findings))

    @staticmethod
    def _by_call(
        places: Sequence[Municipality], cells: Mapping[str, str], findings: list[tuple[str, CellError]]
    ) -> tuple[Municipality, ...]:
        """Let the area code of a telephone decide between places of one name."""
        place = place_by_call(places, filter(None, map(cells.get, _CALLS)))
        if place is None:
            return ()
        findings.append(("address", CellError("place-by-call", cells["address"], became=place.full_name)))
        return (place,)

    def _read(self, cells: Mapping[str, str]) -> _Stated:
        """Return what the cells beside the address say."""
        stated = _Stated()
        by_place_code = self._by_code("place_code", cells, stated)
        by_code = self._by_code("code", cells, stated)
        stated.prefecture = self._prefecture(cells, by_place_code or by_code, stated)
        named = [self._by_name(cells[name], name, by_code, stated) for name in ("place_city", "city", "publisher")]
        if not stated.text:
            municipal = [by_place_code, *named[:2], by_code, named[2]]
            known = (place for place in municipal if place is not None and place.kind != "prefecture")
            stated.place = next(known, None)
        return stated

    def _by_code(self, name: str, cells: Mapping[str, str], stated: _Stated) -> Municipality | None:
        """Return the place of a code: two digits are those of a prefecture."""
        text = fold_text(cells[name])
        if not text:
            return None
        if len(text) < 3 and text.isdigit():
            place = municipality_table().by_code(f"{int(text):02}000")
            if place is not None:
                return place
        try:
            code = parse_lg_code(text)
        except CellError as error:
            stated.findings.append((name, error))
            return None
        if (restored := restored_code(text)) is not None:
            stated.findings.append((name, CellError("lost-zero", text, restored=restored)))
        if municipality_table().by_code(code) is None:
            stated.text = code  # an area of the past: the day of the list says what it stands for
        return present_place(code[:5])

    def _prefecture(self, cells: Mapping[str, str], by_code: Municipality | None, stated: _Stated) -> str | None:
        found: str | None = None
        for name in ("place_prefecture", "prefecture", "place_city", "city", "publisher"):
            named = _prefecture_in(cells[name])
            if cells[name] and named is None and name.endswith("prefecture"):
                stated.findings.append((name, _unknown(cells[name])))
            found = found or named
        if found is not None:
            return found
        return by_code.prefecture if by_code is not None else self._home

    def _by_name(self, text: str, meaning: str, by_code: Municipality | None, stated: _Stated) -> Municipality | None:
        """Return the place of a name, behind which a town may follow; the code chooses among namesakes.

        A name of the past, or of several places, stays as it is: the reading of the cell knows what it stood for.
        """
        if not text:
            return None
        places = municipality_table().by_name(text, prefecture=stated.prefecture)
        chosen = [place for place in places if place == by_code] if len(places) > 1 else places
        place = chosen[0] if len(chosen) == 1 else address_book().find(text, stated.prefecture)
        if place is None and (places or area_changes().by_name(text, prefecture=stated.prefecture)):
            stated.text = stated.text or _with_prefecture(text, stated.prefecture)
        elif place is None:
            stated.findings.append((meaning, _unknown(text)))
        return place


def _is_another(written: Municipality, place: Municipality, address: str) -> bool:
    """Tell whether an address in full lies in another municipality than the one named beside it."""
    is_whole = bare_address(address).startswith(written.prefecture)
    return is_whole and city_code(written.code5) != city_code(place.code5)


def _unknown(text: str) -> CellError:
    return CellError("unknown-area", text, nearest=_names(municipality_table().nearest(text)))


def _names(places: Sequence[Municipality]) -> Message:
    return plain_names(f"{place.full_name} {place.code6}" for place in places)


@lru_cache(maxsize=16_384)  # the rows of a list name few places
def _prefecture_in(text: str) -> str | None:
    """Return the prefecture that a text is or begins with."""
    if not text:
        return None
    folded = fold_text(text)
    for place in municipality_table().of_kind("prefecture"):
        if folded.startswith(place.name) or folded == place.name[:-1]:
            return place.name
    return None


def _with_prefecture(text: str, prefecture: str | None) -> str:
    return text if prefecture is None or text.startswith(prefecture) else f"{prefecture}{text}"


def _begins_with(address: str, place: Municipality) -> bool:
    """Tell whether an address as most lists write it lies in a place."""
    return address.startswith((place.full_name, f"{place.prefecture}{place.name}", place.name))


def _address(cells: Mapping[str, str]) -> str:
    """Return the address as written, else put together from its parts."""
    if address := cells.get("address"):
        return address
    prefecture = cells.get("place_prefecture") or cells.get("prefecture", "")
    city = cells.get("place_city") or cells.get("city", "")
    rest = "".join((cells.get("town", ""), cells.get("block", "")))
    if not rest and not cells.get("place_city"):
        return ""
    return "".join(("" if city.startswith(prefecture) else prefecture, city, rest))

"""What rows get beside their own cells: what the settings say of all of them, and the municipality of an address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tsunagari.loaders.issues import Issue, make_issue, plain_names
from tsunagari.loaders.tables.headers import CONTACTS, HeaderMap
from tsunagari.loaders.tables.row import Row
from tsunagari.loaders.values import address_book, place_by_call
from tsunagari.ontology.municipalities import municipality_table

_CALLS = ("telephone", "fax")
_PREFECTURE = "in_prefecture"
_PLACED = frozenset({"service_area", "address"})


class Additions:
    """Completes the rows of one table.

    Parameters
    ----------
    header_map
        What is known of the source and its columns.
    headers
        Column to header of the table; a municipality that follows from an address is shown under the address.
    issues
        Where goes what an address does not tell.
    place
        File and sheet of the table.
    """

    def __init__(
        self, header_map: HeaderMap, headers: dict[str, str], issues: list[Issue], place: Mapping[str, Any]
    ) -> None:
        self._issues = issues
        self._place = place
        self._constants = header_map.constants
        self._prefix = "" if header_map.kind.segment == "org" else "party."
        area = header_map.source.area
        self._within = None if area is None else area.name if area.kind == "designated-city" else area.prefecture
        self._near = None if area is None else area.prefecture
        self._headers = headers
        # a list of services that says no more of where they are for than a prefecture
        self._serves = header_map.kind.name == "services" and _PREFECTURE in headers
        if self._serves:
            headers.setdefault("service_area", headers[_PREFECTURE])
        calls = {f"{CONTACTS}.{name}" for name in _CALLS}
        given = {*headers, *(target.name for target, _ in self._constants)}
        self._has_calls = not given.isdisjoint({*_CALLS, *calls})
        address, municipality = f"{self._prefix}address", f"{self._prefix}municipality"
        self._has_addresses = address in headers
        if self._has_addresses:
            self._header = headers[address]
            headers.setdefault(municipality, self._header)

    def complete(self, row: Row, beside: dict[str, str]) -> None:
        """Add to a row, and to what it says beside itself, what neither says."""
        for target, text in self._constants:
            if target.owner == "row":
                row.cells.setdefault(target.name, text)
            elif target.owner == "prefecture":
                row.prefecture = row.prefecture or text
            elif target.owner == "party":
                row.party = {target.name: text, **row.party}
            else:
                beside.setdefault(target.key, text)
        if self._has_calls and row.prefecture is None:
            given = (row.cells.get(name) or beside.get(f"{CONTACTS}.{name}") for name in _CALLS)
            calls = [text for text in given if text]
            if calls:
                self._choose_prefecture(row, calls)
        if self._has_addresses:
            self._add_place(row)
        if self._serves and row.prefecture and not row.cells.keys() & _PLACED:
            row.cells["service_area"] = row.prefecture

    def _choose_prefecture(self, row: Row, calls: Sequence[str]) -> None:
        """Let the area code of a telephone decide between places of one name."""
        described = row.party if self._prefix else row.cells
        if "lg_code" in described:
            return
        named = {"service_area": row.cells.get("service_area")}
        named |= {f"{self._prefix}{name}": described.get(name) for name in ("address", "municipality")}
        key, text = next(((key, text) for key, text in reversed(named.items()) if text), ("", ""))
        places = municipality_table().by_name(text) or address_book().candidates(text, self._within)
        if len(places) < 2 or any(place.prefecture == self._near for place in places):
            return
        place = place_by_call(places, calls)
        if place is not None:
            row.prefecture = place.prefecture
            at = {**self._place, "row": row.number, "column": self._headers.get(key), "value": text}
            self._issues.append(make_issue("place-by-call", **at, became=place.full_name))

    def _add_place(self, row: Row) -> None:
        """Take the municipality of an organisation from its address where no column gives it."""
        described = row.party if self._prefix else row.cells
        address = described.get("address")
        if address is None or "lg_code" in described or "municipality" in described:
            return
        places = address_book().candidates(address, row.prefecture or self._within)
        if len(places) == 1:
            described["municipality"] = places[0].code5
            return
        code = "ambiguous-address" if places else "unplaced-address"
        nearest = plain_names(f"{place.full_name} {place.code6}" for place in places[:5])
        at = {**self._place, "row": row.number, "column": self._header, "value": address}
        self._issues.append(make_issue(code, **at, nearest=nearest))

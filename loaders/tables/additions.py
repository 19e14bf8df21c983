"""What rows get beside their own cells: what the settings say of all of them, and the municipality of an address."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tsunagari.loaders.issues.issues import Issue, make_issue, plain_names
from tsunagari.loaders.tables.headers import HeaderMap
from tsunagari.loaders.tables.row import Row
from tsunagari.loaders.values.addresses import address_book


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
        address, municipality = f"{self._prefix}address", f"{self._prefix}municipality"
        self._has_addresses = address in headers and municipality not in headers
        if self._has_addresses:
            headers[municipality] = self._header = headers[address]

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
        if self._has_addresses:
            self._add_place(row)

    def _add_place(self, row: Row) -> None:
        """Take the municipality of an organisation from its address where no column gives it."""
        described = row.party if self._prefix else row.cells
        address = described.get("address")
        if address is None or "lg_code" in described:
            return
        places = address_book().candidates(address, row.prefecture or self._within)
        if len(places) == 1:
            described["municipality"] = places[0].code5
            return
        code = "ambiguous-address" if places else "unplaced-address"
        nearest = plain_names(f"{place.full_name} {place.code6}" for place in places[:5])
        at = {**self._place, "row": row.number, "column": self._header, "value": address}
        self._issues.append(make_issue(code, **at, nearest=nearest))

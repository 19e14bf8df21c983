"""What rows get beside their own cells: what the settings say of all of them, and the municipality of an address."""

from __future__ import annotations

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
    """

    def __init__(self, header_map: HeaderMap, headers: dict[str, str]) -> None:
        self._constants = header_map.constants
        self._prefix = "" if header_map.kind.segment == "org" else "party."
        area = header_map.source.area
        self._within = area.prefecture if area is not None else None
        address, municipality = f"{self._prefix}address", f"{self._prefix}municipality"
        self._has_addresses = address in headers and municipality not in headers
        if self._has_addresses:
            headers[municipality] = headers[address]

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
        place = address_book().find(described.get("address", ""), row.prefecture or self._within)
        if place is not None and "lg_code" not in described:
            described["municipality"] = place.code5

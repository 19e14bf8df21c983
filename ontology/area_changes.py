"""Codes and names of areas that are no longer valid, and which areas followed them on which day."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from tsunagari.ontology.codes import lg_check_digit
from tsunagari.ontology.municipalities import Municipality, municipality_table
from tsunagari.ontology.namespaces import instance_iri
from tsunagari.ontology.spelling import spelling_key

CHANGES_NAME = "area_changes.csv"
_KIND_OF_TAIL = {"市": "city", "町": "town", "村": "village", "区": "ward"}


@dataclass(frozen=True, slots=True)
class AreaChange:
    """One area that ended, or changed its name, on a day.

    Parameters
    ----------
    date
        The first day on which the successors count.
    former
        The area as it was; its row is that of the bundled list of changes.
    successors
        What its territory belongs to since, in the order of the codes.
    kind
        Notation in the scheme ``area-change``.
    """

    date: date
    former: Municipality
    successors: tuple[Municipality, ...]
    kind: str

    @property
    def iri(self) -> str:
        """Identifier of the event."""
        return instance_iri("area-change", f"{self.former.code5}-{self.date}")

    @property
    def present(self) -> Municipality:
        """The one area that holds its whole territory now: its only successor, else the city of the successors."""
        if len(self.successors) == 1:
            return self.successors[0]
        found = municipality_table().by_name(self.former.district, prefecture=self.former.prefecture)
        return found[0]


class AreaChanges:
    """All changes in the order of the dates."""

    def __init__(self, changes: tuple[AreaChange, ...]) -> None:
        self._changes = changes
        self._by_code = {change.former.code5: change for change in changes if change.kind != "renamed"}
        self._by_key: dict[str, list[AreaChange]] = {}
        for change in changes:
            former = change.former
            names = {former.name, former.district + former.name, former.prefecture + former.name, former.full_name}
            for key in {spelling_key(name) for name in names}:
                self._by_key.setdefault(key, []).append(change)

    def __iter__(self) -> Iterator[AreaChange]:
        return iter(self._changes)

    def by_code(self, code: str) -> AreaChange | None:
        """Return the change that ended a 5- or 6-digit code; None when it never was one or is valid still.

        Examples
        --------
        >>> area_changes().by_code("22136").present.name
        '浜名区'
        """
        found = self._by_code.get(code[:5])
        return found if found is not None and code in (found.former.code5, found.former.code6) else None

    def by_name(self, name: str, *, prefecture: str | None = None) -> list[AreaChange]:
        """Return the changes that ended an area of this name, with or without prefecture and district in front.

        Examples
        --------
        >>> [change.present.full_name for change in area_changes().by_name("浜松市北区")]
        ['静岡県浜松市']
        """
        found = self._by_key.get(spelling_key(name), [])
        if prefecture:
            key = spelling_key(prefecture)
            found = [
                item
                for item in found
                if key == spelling_key(item.former.prefecture) or item.former.code5[:2] == key[:2]
            ]
        return list(found)


@cache
def area_changes() -> AreaChanges:
    """Return the bundled list: mergers, towns that became cities, new names and redrawn wards since 2011."""
    text = files("tsunagari.ontology").joinpath("reference", CHANGES_NAME).read_text(encoding="utf-8")
    table, changes = municipality_table(), []
    for row, line in enumerate(csv.DictReader(text.splitlines()), start=2):
        successors = tuple(found for code in line["new_codes"].split() if (found := table.by_code(code)) is not None)
        code5, name = line["old_code"], line["old_name"]
        former = Municipality(
            code5,
            code5 + lg_check_digit(code5),
            successors[0].prefecture,
            line["district"],
            name,
            "",
            _KIND_OF_TAIL[name[-1]],
            row,
        )
        changes.append(AreaChange(date.fromisoformat(line["date"]), former, successors, line["kind"]))
    return AreaChanges(tuple(changes))


def present_place(code: str) -> Municipality | None:
    """Return the area that a code stands for today, whether the code is valid or ended; None when it never was one.

    Examples
    --------
    >>> present_place("09367").full_name
    '栃木県栃木市'
    """
    found = municipality_table().by_code(code)
    if found is None:
        change = area_changes().by_code(code)
        found = change.present if change is not None else None
    return found


def governed_place(code: str) -> Municipality | None:
    """Return the place whose government a code stands for today; None for a ward that ended, which had none.

    Examples
    --------
    >>> governed_place("22135"), governed_place("04423").name
    (None, '富谷市')
    """
    change = area_changes().by_code(code)
    return None if change is not None and not change.former.has_government else present_place(code)

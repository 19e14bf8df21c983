"""The public notice of regional councils: each a platform with the body that coordinates it and its constituents."""

from __future__ import annotations

import re
from collections.abc import Mapping

from tsunagari.loaders.adapters.meanings import MeaningReader
from tsunagari.loaders.adapters.places.locations import Locator
from tsunagari.loaders.files import Grid
from tsunagari.loaders.session import Part, SourceInput
from tsunagari.loaders.signatures import Recognized
from tsunagari.loaders.tables import Row, Table
from tsunagari.loaders.workspace import KINDS
from tsunagari.ontology.spelling import spelling_key

_CLASS, _COORDINATING, _CONSTITUENT = "RegionalCouncil", "調整機関", "構成機関等"
_BETWEEN = re.compile(r"\s*[、;；|｜\n]\s*|\s*，\s*")


def read_councils(given: SourceInput, grid: Grid, found: Recognized) -> list[Part]:
    """Return the councils of a sheet, their coordinating bodies as roles and their constituents as members.

    A row without the name of a council goes on with the one above it.

    Parameters
    ----------
    given, grid, found
        The source, the sheet and its header.
    """
    cells = MeaningReader(grid, found)
    locator = Locator(given.source.area.prefecture if given.source.area is not None else None)
    councils: dict[str, Row] = {}
    roles: dict[tuple[str, str], Row] = {}
    members: dict[tuple[str, str], Row] = {}
    name = ""
    for number, texts in cells.rows():
        name = next(iter(texts.get("name", ())), name)
        if not name:
            cells.findings.say("missing-value", number, column=cells.header_of("name"))
            continue
        place = locator.locate({meaning: text[0] for meaning, text in texts.items()})
        council = councils.setdefault(spelling_key(name), Row(number, {"pref_label": name, "class": _CLASS}, {}))
        council.prefecture = council.prefecture or place.prefecture
        _describe(council, texts, place.area)
        for column, found_rows, more in (
            ("coordinator", roles, {"role": _COORDINATING}),
            ("members", members, {"member_class": _CONSTITUENT}),
        ):
            for body in (part for text in texts.get(column, ()) for part in _BETWEEN.split(text) if part):
                row = Row(number, {"member": body, "organization": name, **more}, {}, council.prefecture)
                found_rows.setdefault((spelling_key(name), spelling_key(body)), row)
    headers = {"pref_label": cells.header_of("name"), "valid_from": cells.header_of("first_day")}
    headers |= {"host": cells.header_of("host"), "note": cells.header_of("note"), "see_also": cells.header_of("page")}
    if not councils:
        cells.findings.say("empty-table")
    where, at = cells.findings.sheet, (cells.row, cells.row)
    # what the same rows say of members is read, and told, as the rows of the list
    platforms = Table(list(councils.values()), headers, cells.findings.issues, where, at, is_companion=True)
    parts = [Part(KINDS["platforms"], platforms)]
    for kind, rows, column in (("roles", roles, "coordinator"), ("members", members, "members")):
        if rows:
            shown = {"member": cells.header_of(column), "organization": cells.header_of("name")}
            parts.append(Part(KINDS[kind], Table(list(rows.values()), shown, [], where, at)))
    return parts


def _describe(council: Row, texts: Mapping[str, list[str]], area: str) -> None:
    """Add what a row says of the council; the first row that says something counts."""
    said = {
        "valid_from": next(iter(texts.get("first_day", ())), ""),
        "reach": area,
        "host": next(iter(texts.get("host", ())), ""),
        "see_also": "|".join(texts.get("page", ())),
        "note": "；".join(texts.get("note", ())),
    }
    for column, text in said.items():
        if text:
            council.cells.setdefault(column, text)

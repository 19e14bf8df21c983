"""Rows of a recognised list of facilities: each a service with its provider, place, fields and kinds, and its contact.

A provider is who a column names; where none does, an unnamed group stands for it, never the municipality. The field
follows from the dataset and from the kind of service by a mapping that a user's own lines go before.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from tsunagari.loaders.adapters.contacts import OfficeContact, read_contact
from tsunagari.loaders.adapters.meanings import MeaningReader
from tsunagari.loaders.adapters.places.coordinates import read_coordinates
from tsunagari.loaders.adapters.places.locations import Location, Locator
from tsunagari.loaders.files import Grid
from tsunagari.loaders.issues import plain_names
from tsunagari.loaders.session import Part, SourceInput
from tsunagari.loaders.signatures import Recognized
from tsunagari.loaders.tables import Row, Table, row_spool
from tsunagari.loaders.values import CellError, address_key, bare_label, parse_corporate_number
from tsunagari.loaders.workspace import KINDS
from tsunagari.ontology.spelling import spelling_key

UNNAMED = "UnnamedGroup"
_CONTACT_OF = "contact_of"
_CONTACTS = replace(KINDS["contacts"], party=_CONTACT_OF, creates=(_CONTACT_OF,))
# Words in the column of the provider that say what it is, not who.
_NO_NAMES = frozenset(
    map(
        spelling_key,
        (
            *("個人", "任意団体", "有志", "住民有志", "地域住民", "地域住民有志", "ボランティア", "ボランティア団体"),
            *("市民団体", "その他", "不明", "なし", "非公表", "非公開", "未定", "NPO", "NPO法人", "法人", "団体"),
        ),
    )
)
# Column of the services to the meanings whose header it is shown under in messages.
_SHOWN: Mapping[str, tuple[str, ...]] = {
    **{"pref_label": ("name",), "reading": ("reading",), "label_en": ("english",), "alt_label": ("other_name",)},
    **{"provided_by": ("provider",), "party.corporate_number": ("number",), "party.reading": ("provider_reading",)},
    **{"party.municipality": ("provider_city",), "party.address": ("provider_city",)},
    **{"party.see_also": ("provider_page",), "service_type": ("service_type",)},
    "service_area": ("place_code", "place_city", "city", "address", "code"),
    **{"address": ("address", "block", "place_city"), "latitude": ("latitude",), "longitude": ("longitude",)},
    **{"see_also": ("page", "form", "contact"), "support_field": ("service_type",), "note": ("note",)},
    **{"valid_from": ("first_day",), "valid_to": ("last_day",)},
}
_CONTACT_SHOWN = {
    **{_CONTACT_OF: ("provider",), "party.corporate_number": ("number",), "department": ("name",)},
    **{"telephone": ("telephone", "contact"), "fax": ("fax",), "email": ("mail", "contact")},
}
# What tells a provider from another of its name.
_IDENTITY = ("corporate_number", "class", "municipality", "spot")
_TAKEN = (("reading", "reading"), ("english", "label_en"), ("other_name", "alt_label"))
_BETWEEN = re.compile(r"\s*[;；、,，/／・|｜\n]\s*")


def read_facilities(given: SourceInput, grid: Grid, found: Recognized) -> list[Part]:
    """Return the services of a sheet and the contacts of their offices.

    Parameters
    ----------
    given
        The source.
    grid, found
        The sheet and the header that was recognised in it.
    """
    return _Reader(given, grid, found).parts()


class _Reader:
    """One sheet."""

    def __init__(self, given: SourceInput, grid: Grid, found: Recognized) -> None:
        self._cells = MeaningReader(grid, found)
        self._findings = self._cells.findings
        self._dataset = found.dataset
        self._words = given.field_words
        self._given = given
        area = given.source.area
        self._locator = Locator(area.prefecture if area is not None else None)
        self._fields: dict[tuple[str, ...], str] = {}
        self._constant = [word for text in found.dataset.fields for word in self._words.find(text)]
        self._unknown: Counter[str] = Counter()
        self._open = 0
        self._unnamed = 0
        self._shown: dict[str, str] = {}
        self._contacts = row_spool()
        self._reached: set[tuple[str, ...]] = set()

    def parts(self) -> list[Part]:
        """Return services, or organisations where the rows are these, and contacts."""
        if self._dataset.rows == "organizations":
            return [self._organizations()]
        rows = row_spool()
        rows += self._rows()
        self._say_what_is_open(len(rows))
        sheet, header = self._findings.sheet, (self._cells.row, self._cells.row)
        table = Table(rows, self._headers(_SHOWN), self._findings.issues, sheet, header)
        parts = [Part(KINDS["services"], table)]
        if self._contacts:
            shown = self._headers(_CONTACT_SHOWN)
            contacts = Table(self._contacts, shown, [], sheet, header, is_companion=True)
            parts.append(Part(_CONTACTS, contacts))
        return parts

    def _organizations(self) -> Part:
        """Return the rows as organisations, which are where their address is."""
        rows = row_spool()
        shown = {name: meanings for name, meanings in _SHOWN.items() if not name.startswith("party.")}
        headers = self._headers({**shown, "municipality": _SHOWN["service_area"], "corporate_number": ("number",)})
        for number, texts in self._cells.rows():
            name = _first(texts, "name")
            if not name:
                self._findings.say("missing-value", number, column=self._cells.header_of("name"))
                continue
            location = self._locator.locate({meaning: found[0] for meaning, found in texts.items()})
            row = Row(number, {"pref_label": name}, {}, location.prefecture)
            self._add_place(row, location, texts)
            said = {"corporate_number": _first(texts, "number"), "municipality": row.cells.pop("service_area", "")}
            said |= {column: _first(texts, meaning) for meaning, column in _TAKEN}
            said |= {"see_also": "|".join(texts.get("page", ())), "note": "；".join(texts.get("note", ()))}
            row.cells |= {column: text for column, text in said.items() if text}
            row.cells.pop("latitude", None), row.cells.pop("longitude", None)
            rows.append(row)
        if not rows:
            self._findings.say("empty-table")
        sheet, header = self._findings.sheet, (self._cells.row, self._cells.row)
        return Part(KINDS["organizations"], Table(rows, headers, self._findings.issues, sheet, header))

    def _headers(self, shown: Mapping[str, Sequence[str]]) -> dict[str, str]:
        """Return the columns that the list has with the headers they are read from."""
        return {
            column: self._cells.header_of(meaning)
            for column, meanings in shown.items()
            if (meaning := next(filter(self._cells.has, meanings), None)) is not None
        }

    def _rows(self) -> Iterator[Row]:
        for number, texts in self._cells.rows():
            name = _first(texts, "name")
            if name:
                yield self._row(number, name, texts)
            else:
                self._findings.say("missing-value", number, column=self._cells.header_of("name"))

    def _row(self, number: int, name: str, texts: Mapping[str, list[str]]) -> Row:
        row = Row(number, {"pref_label": name}, {})
        for meaning, column in _TAKEN:
            if text := _first(texts, meaning):
                row.cells[column] = text
        location = self._locator.locate({meaning: found[0] for meaning, found in texts.items()})
        row.prefecture = location.prefecture
        self._add_place(row, location, texts)
        self._add_provider(row, location, texts)
        self._add_fields(row, texts)
        contact = read_contact(texts)
        self._add_pages(row, contact)
        if text := _first(texts, "first_day"):
            row.cells["valid_from"] = text
        if text := _first(texts, "last_day"):
            row.cells["valid_to"] = text if text.endswith("まで") else f"{text}まで"
        if note := "；".join([*filter(None, [row.cells.get("note")]), *texts.get("note", ())]):
            row.cells["note"] = note
        self._add_contacts(row, texts, contact)
        return row

    # ---- where ----

    def _add_place(self, row: Row, location: Location, texts: Mapping[str, list[str]]) -> None:
        for meaning, error in location.findings:
            column = self._cells.header_of(meaning)
            self._findings.say(error.code, row.number, column=column, value=error.value, **error.params)
        if location.area:
            row.cells["service_area"] = location.area
        building = _first(texts, "building")
        address = location.address
        if building and building not in address:
            address = f"{address} {building}".strip()
        if address:
            row.cells["address"] = address
        self._add_coordinates(row, _first(texts, "latitude"), _first(texts, "longitude"))

    def _add_coordinates(self, row: Row, latitude: str, longitude: str) -> None:
        if not latitude and not longitude:
            return
        column, value = self._cells.header_of("latitude"), f"{latitude}, {longitude}"
        try:
            point = read_coordinates(latitude, longitude)
        except ValueError:
            self._findings.say("bad-coordinates", row.number, column=column, value=value)
            return
        if point is None:
            return
        row.cells["latitude"], row.cells["longitude"] = point.latitude, point.longitude
        if point.is_swapped:
            self._findings.say("swapped-coordinates", row.number, column=column, value=value)

    # ---- who ----

    def _add_provider(self, row: Row, location: Location, texts: Mapping[str, list[str]]) -> None:
        number, provider = _first(texts, "number"), _first(texts, "provider")
        if number:
            row.party = {"corporate_number": number}
        is_named = bool(provider) and spelling_key(provider) not in _NO_NAMES
        if is_named:
            row.cells["provided_by"] = provider
            self._describe_provider(row, texts)
        elif not _is_number(number):
            self._unnamed += 1
            row.cells["provided_by"] = f"{bare_label(row.cells['pref_label']).name}の運営団体"
            spot = address_key(location.address, location.prefecture)
            known = {"class": UNNAMED, "municipality": location.area, "spot": spot}
            row.party |= {column: text for column, text in known.items() if text}
            if provider:
                row.cells["note"] = f"{self._cells.header_of('provider')}: {provider}"

    def _describe_provider(self, row: Row, texts: Mapping[str, list[str]]) -> None:
        city, block = _first(texts, "provider_city"), _first(texts, "provider_block")
        given = {"reading": _first(texts, "provider_reading"), "see_also": _first(texts, "provider_page")}
        if city:
            place = self._locator.locate({"place_city": city, "block": block})
            given |= {"municipality": place.area, "address": place.address}
        row.party |= {column: text for column, text in given.items() if text}

    # ---- what ----

    def _add_fields(self, row: Row, texts: Mapping[str, list[str]]) -> None:
        kinds = tuple(part for text in texts.get("service_type", ()) for part in _BETWEEN.split(text) if part)
        if kinds:
            row.cells["service_type"] = "|".join(texts["service_type"])
        asked = kinds or (() if self._constant else (row.cells["pref_label"],))
        if asked not in self._fields:
            found = [*self._constant, *(word for text in asked for word in self._words.find(text))]
            self._fields[asked] = "|".join(dict.fromkeys(word.text for word in found))
        if fields := self._fields[asked]:
            row.cells["support_field"] = fields
        elif kinds:
            self._unknown.update(texts["service_type"])
        else:
            self._open += 1

    def _say_what_is_open(self, rows: int) -> None:
        vocabulary, fields = self._given.vocabulary, self._given.workspace.fields
        self._words.missed.update(self._unknown)
        for kind, count in self._unknown.items():
            near = [concept.labels.get("ja", "") for concept in vocabulary.nearest_concepts(fields, kind)]
            column = self._cells.header_of("service_type")
            self._findings.say("open-field", column=column, value=kind, count=count, nearest=plain_names(near))
        if self._open:
            self._findings.say("open-fields", value=self._dataset.label.ja, count=self._open)
        if self._unnamed:
            column = self._cells.header_of("provider")
            self._findings.say("unnamed-provider", column=column, count=self._unnamed)
        if not rows:
            self._findings.say("empty-table")

    # ---- how to reach it ----

    def _add_pages(self, row: Row, contact: OfficeContact) -> None:
        if contact.pages:
            row.cells["see_also"] = "|".join(contact.pages)
        for text in contact.unread:
            self._findings.say("contact-not-read", row.number, column=self._cells.header_of("contact"), value=text)

    def _add_contacts(self, row: Row, texts: Mapping[str, list[str]], contact: OfficeContact) -> None:
        named = {_CONTACT_OF: row.cells["provided_by"]} if "provided_by" in row.cells else {}
        party = {name: text for name, text in row.party.items() if name in _IDENTITY}
        if contact.cells:
            cells = named | {"department": row.cells["pref_label"]} | contact.cells
            self._contacts.append(Row(row.number, cells, party, row.prefecture))
        own = {"telephone": _first(texts, "provider_telephone"), "fax": _first(texts, "provider_fax")}
        own = {column: text for column, text in own.items() if text}
        key = *named.values(), *party.values(), *own.values()
        if own and key not in self._reached:
            self._reached.add(key)
            self._contacts.append(Row(row.number, named | own, party, row.prefecture))


def _first(texts: Mapping[str, Sequence[str]], meaning: str) -> str:
    found = texts.get(meaning)
    return found[0] if found else ""


def _is_number(number: str) -> bool:
    """Tell whether a body can be found by its number alone."""
    try:
        return bool(number) and bool(parse_corporate_number(number))
    except CellError:
        return False

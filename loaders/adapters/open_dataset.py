"""Lists of facilities that municipalities publish as open data, in the old and the new family of headers.

Care services (介護サービス事業所一覧), childcare (子育て施設一覧), public facilities (公共施設一覧) and children's
cafeterias (こども食堂). Each row becomes a service with its provider, place, coordinates, field and page; telephone,
fax and mail of the facility become an office contact. Fields follow from the kind of facility by a mapping that a
user's own lines go before; where nothing is sure the field stays open and is said.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from tsunagari.errors import Message, Place, SourceError
from tsunagari.loaders.adapters.coordinates import read_coordinates
from tsunagari.loaders.adapters.findings import Findings
from tsunagari.loaders.files.grids import FileContent, Grid
from tsunagari.loaders.issues import plain_names
from tsunagari.loaders.kinds import KINDS
from tsunagari.loaders.parts import Part, SourceContent, SourceInput
from tsunagari.loaders.tables.row import Row
from tsunagari.loaders.tables.table import Table
from tsunagari.loaders.values.addresses import address_book
from tsunagari.loaders.values.cells import CellError, parse_corporate_number
from tsunagari.loaders.values.mappings import WordMapping, read_word_mapping
from tsunagari.ontology.municipalities import municipality_table
from tsunagari.ontology.spelling import fold_text

_HEADER_ROWS = 30
# What a cell is → its headers, those of the new family first; keys without spaces and with one width.
_HEADERS: Mapping[str, tuple[str, ...]] = {
    "name": (
        *("介護サービス事業所名称", "こども食堂名", "子ども食堂名", "子供食堂名", "地域食堂名", "食堂名"),
        *("名称", "施設名", "施設名称", "事業所名", "事業所名称"),
    ),
    "reading": ("介護サービス事業所名称_カナ", "名称_カナ", "施設名_カナ", "フリガナ"),
    "english": ("名称_英字", "介護サービス事業所名称_英字"),
    "other_name": ("名称_通称",),
    "services": ("実施サービス",),
    "type": ("種別", "施設種別", "施設の種類"),
    "place_code": ("所在地_全国地方公共団体コード",),
    "code": ("全国地方公共団体コード", "都道府県コード又は市区町村コード", "市区町村コード"),
    "publisher": ("地方公共団体名",),
    "prefecture": ("所在地_都道府県", "都道府県名"),
    "city": ("所在地_市区町村", "市区町村名"),
    "town": ("所在地_町字",),
    "block": ("所在地_番地以下",),
    "address": ("所在地_連結表記", "住所", "所在地"),
    "latitude": ("緯度",),
    "longitude": ("経度",),
    "telephone": ("電話番号",),
    "contact": ("連絡先",),
    "fax": ("FAX番号",),
    "mail": ("連絡先メールアドレス", "メールアドレス"),
    "number": ("法人番号",),
    "provider": ("法人の名称", "法人名", "団体名", "運営団体", "運営団体名", "運営主体", "主催団体", "実施団体"),
    "page": ("URL", "ホームページ", "Webサイト"),
}
_SHOWN = {
    "pref_label": "name",
    "reading": "reading",
    "label_en": "english",
    "alt_label": "other_name",
    "provided_by": "provider",
    "party.corporate_number": "number",
    "service_area": "address",
    "address": "address",
    "latitude": "latitude",
    "longitude": "longitude",
    "see_also": "page",
    "support_field": "type",
}
_CARE, _CHILDCARE, _CAFETERIA, _PUBLIC = "介護サービス", "子育て施設", "こども食堂", "公共施設"
_CHILDCARE_HEADERS = frozenset(["収容定員", "受入年齢", "一時預かりの有無", "認可等年月日"])
_CAFETERIA_NAME = re.compile("(?:子ども|こども|子供|地域|みんな)食堂")
# Mobile numbers are mostly a person's own.
_LANDLINE = re.compile(r"(?<!\d)0(?![5789]0)\d{1,4}-\d{1,4}-\d{3,4}(?!\d)|(?<!\d)0120-\d{3}-\d{3}(?!\d)")
_NOTHING = frozenset(["", "0", "-", "―", "なし", "無", "無し"])


def recognizes(content: FileContent) -> bool:
    """Tell whether a header belongs to one of the datasets, and not only to any list of places."""
    return any(
        keys and (_dataset(keys) != _PUBLIC or "code" in keys)
        for grid in content.grids
        for _, keys, _ in [_find_header(grid)]
    )


def read(given: SourceInput) -> SourceContent:
    """Return services and office contacts.

    Raises
    ------
    SourceError
        When no sheet has the columns of such a list.
    """
    mapping = read_word_mapping(given.workspace, given.source, given.vocabulary)
    parts: list[Part] = []
    for grid in given.content.grids:
        row, positions, cells = _find_header(grid)
        if positions:
            parts += _Reader(given, grid, row, positions, cells, mapping).parts()
    if not parts:
        raise _other_file(given)
    return SourceContent(parts, given.content.encoding, given.content.sha256, mapping.issues)


def _find_header(grid: Grid) -> tuple[int, dict[str, int], list[str]]:
    """Return number, positions by what the cells are, and cells of the header; no positions when there is none."""
    best: tuple[int, dict[str, int], list[str]] = (0, {}, [])
    for number, cells in grid.rows[:_HEADER_ROWS]:
        keys = {fold_text(cell).replace(" ", ""): position for position, cell in reversed([*enumerate(cells)]) if cell}
        found = {}
        for what, headers in _HEADERS.items():
            header = next((header for header in headers if header in keys), None)
            if header is not None:
                found[what] = keys[header]
        found |= {f"has {key}": keys[key] for key in _CHILDCARE_HEADERS & keys.keys()}
        is_list = "name" in found and bool(found.keys() & {"address", "city", "place_code", "code"})
        if is_list and len(found) > len(best[1]):
            best = (number, found, cells)
    return best


def _dataset(positions: Mapping[str, int], header: Sequence[str] = (), names: Sequence[str] = ()) -> str:
    """Return which of the datasets a list is: by its headers, then by what most of its rows are called."""
    if "services" in positions:
        return _CARE
    if any(key.startswith("has ") for key in positions):
        return _CHILDCARE
    named = sum(bool(_CAFETERIA_NAME.search(name)) for name in names)
    titled = "name" in positions and header and "食堂" in header[positions["name"]]
    return _CAFETERIA if titled or (names and 2 * named > len(names)) else _PUBLIC


class _Reader:
    """One sheet."""

    def __init__(
        self,
        given: SourceInput,
        grid: Grid,
        header_row: int,
        positions: dict[str, int],
        header: list[str],
        mapping: WordMapping,
    ) -> None:
        self._positions = positions
        self._header = header
        self._mapping = mapping
        self._vocabulary = given.vocabulary
        self._fields = given.workspace.fields
        self._findings = Findings(grid.file, grid.sheet, list(grid.issues))
        self._lines = [(number, cells) for number, cells in grid.rows if number > header_row and any(cells)]
        names = [self._cell(cells, "name") for _, cells in self._lines]
        self._dataset = _dataset(positions, header, names)
        self._unknown: Counter[str] = Counter()
        self._open = 0
        self._own_providers = 0
        self._contacts: list[Row] = []

    def parts(self) -> list[Part]:
        """Return services and contacts."""
        rows = [row for number, cells in self._lines if (row := self._row(number, cells)) is not None]
        self._say_what_is_open()
        if not rows:
            self._findings.say("empty-table")
        sheet = self._findings.sheet
        headers = self._headers(_SHOWN, rows)
        parts = [Part(KINDS["services"], Table(rows, headers, self._findings.issues, sheet))]
        if self._contacts:
            shown = {"contact_of": "provider", "department": "name", "telephone": "telephone"}
            shown |= {"fax": "fax", "email": "mail"}
            headers = self._headers(shown, self._contacts)
            parts.append(Part(KINDS["contacts"], Table(self._contacts, headers, [], sheet)))
        return parts

    def _headers(self, shown: Mapping[str, str], rows: Sequence[Row]) -> dict[str, str]:
        """Return the columns that any row fills with the headers they are read from."""
        filled = {name for row in rows for name in (*row.cells, *(f"party.{name}" for name in row.party))}
        return {column: self._written(what) for column, what in shown.items() if column in filled}

    def _cell(self, cells: list[str], what: str) -> str:
        position = self._positions.get(what)
        text = cells[position].strip() if position is not None and position < len(cells) else ""
        return "" if len(text) < 3 and fold_text(text) in _NOTHING else text

    def _written(self, what: str) -> str:
        position = self._positions.get(what)
        return _HEADERS[what][0] if position is None else self._header[position]

    def _row(self, number: int, cells: list[str]) -> Row | None:
        name = self._cell(cells, "name")
        if not name:
            self._findings.say("missing-value", number, column=self._written("name"))
            return None
        row = Row(number, {"pref_label": name}, {}, self._cell(cells, "prefecture") or None)
        for column, what in (("reading", "reading"), ("label_en", "english"), ("alt_label", "other_name")):
            if text := self._cell(cells, what):
                row.cells[column] = text
        self._add_provider(row, cells)
        self._add_place(row, cells)
        self._add_fields(row, cells)
        if page := self._cell(cells, "page"):
            row.cells["see_also"] = page
        self._add_contact(row, cells)
        return row

    def _add_provider(self, row: Row, cells: list[str]) -> None:
        number, provider = self._cell(cells, "number"), self._cell(cells, "provider")
        if number:
            row.party = {"corporate_number": number}
        if not provider and not self._is_number(number):
            # a public facility is the municipality's own; elsewhere the facility itself is all that is known
            body = self._municipality(cells) if self._dataset == _PUBLIC else None
            provider = body or row.cells["pref_label"]
            self._own_providers += 1
        if provider:
            row.cells["provided_by"] = provider

    def _is_number(self, number: str) -> bool:
        """Tell whether the body can be found by its number alone."""
        try:
            return bool(number) and number.isdigit() and bool(parse_corporate_number(number))
        except CellError:
            return False

    def _municipality(self, cells: list[str]) -> str | None:
        place = municipality_table().by_code(fold_text(self._cell(cells, "code")))
        if place is not None:
            return f"{place.prefecture}{place.district}" if place.kind == "ward" else place.full_name
        return self._cell(cells, "publisher") or self._cell(cells, "city") or None

    def _add_place(self, row: Row, cells: list[str]) -> None:
        prefecture, city = self._cell(cells, "prefecture"), self._cell(cells, "city")
        address = self._cell(cells, "address")
        if not address:
            address = "".join((prefecture, city, self._cell(cells, "town"), self._cell(cells, "block")))
        if address:
            row.cells["address"] = address
        code = self._cell(cells, "place_code") or self._cell(cells, "code")
        found = None if city or not address else address_book().find(address, prefecture or None)
        if self._cell(cells, "place_code") or (code and not _is_prefecture(code)):
            row.cells["service_area"] = code
        elif city:
            row.cells["service_area"] = city if city.startswith(prefecture) else prefecture + city
        elif found is not None:
            row.cells["service_area"] = found.code5
        elif address:
            self._findings.say("unplaced-address", row.number, column=self._written("address"), value=address)
        self._add_coordinates(row, cells)

    def _add_coordinates(self, row: Row, cells: list[str]) -> None:
        latitude, longitude = self._cell(cells, "latitude"), self._cell(cells, "longitude")
        value = f"{latitude}, {longitude}"
        try:
            point = read_coordinates(latitude, longitude)
        except ValueError:
            self._findings.say("bad-coordinates", row.number, column=self._written("latitude"), value=value)
            return
        if point is None:
            return
        row.cells["latitude"], row.cells["longitude"] = point.latitude, point.longitude
        if point.is_swapped:
            self._findings.say("swapped-coordinates", row.number, column=self._written("latitude"), value=value)

    def _add_fields(self, row: Row, cells: list[str]) -> None:
        kind = self._cell(cells, "type")
        texts = [kind] if kind else []
        if self._dataset == _CARE:
            texts = [_CARE]
        elif self._dataset == _CAFETERIA:
            texts = [_CAFETERIA]
        elif not kind:
            texts = [row.cells["pref_label"]]
        found = [concept for text in texts for concept in self._mapping.find(text)]
        if found:
            row.cells["support_field"] = "|".join(f"{concept.scheme}/{concept.notation}" for concept in found)
        elif kind and self._dataset not in (_CARE, _CAFETERIA):
            self._unknown[kind] += 1
        else:
            self._open += 1

    def _add_contact(self, row: Row, cells: list[str]) -> None:
        contact: dict[str, str] = {}
        telephone = self._cell(cells, "telephone")
        if not telephone and (landline := _LANDLINE.search(fold_text(self._cell(cells, "contact")))):
            telephone = landline[0]
        for column, text in (
            ("telephone", telephone),
            ("fax", self._cell(cells, "fax")),
            ("email", self._cell(cells, "mail")),
        ):
            if text:
                contact[column] = text
        if contact:
            number = row.party.get("corporate_number", "")
            body = number if self._is_number(number) else row.cells["provided_by"]
            named = {"contact_of": body, "department": row.cells["pref_label"]}
            self._contacts.append(Row(row.number, named | contact, {}, row.prefecture))

    def _say_what_is_open(self) -> None:
        for kind, count in self._unknown.items():
            near = [concept.labels.get("ja", "") for concept in self._vocabulary.nearest_concepts(self._fields, kind)]
            column = self._written("type")
            self._findings.say("open-field", column=column, value=kind, count=count, nearest=plain_names(near))
        if self._open:
            self._findings.say("open-fields", value=self._dataset, count=self._open)
        if self._own_providers:
            self._findings.say("assumed-provider", column=self._written("provider"), count=self._own_providers)


def _is_prefecture(code: str) -> bool:
    digits = fold_text(code)
    return len(digits) in (5, 6) and digits[2:5] == "000"


def _other_file(given: SourceInput) -> SourceError:
    file = given.source.file
    first = next((cells for grid in given.content.grids for _, cells in grid.rows if any(cells)), [])
    shown = "、".join(cell for cell in first[:8] if cell) or "－"
    return SourceError(
        Message(
            f"{file} は施設の一覧として読めません。名称と、住所か市区町村の列が必要です。最初の行: {shown}",
            f"{file} is no list of facilities: it needs the column 名称 and 住所 or 市区町村名. First row: {shown}",
        ),
        Message(
            '見出しが違う一覧は kind = "list" として、columns で対応を書いてください。',
            'Read a list with other headers as kind = "list" and map them under `columns`.',
        ),
        Place(file),
    )

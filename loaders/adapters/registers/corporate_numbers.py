"""Corporate numbers of the National Tax Agency, whole or changes only: 30 columns without a header, CP932 or UTF-8.

Read are number, name, reading, English name, address with its municipality (the ward in a designated city), the day on
which the registration was closed, and who succeeded. Deleted, past and hidden records are left out. The legal form is
that of the name, because the kind of the register does not tell an NPO from a social welfare corporation. The file is
read as a stream; by default only corporations that the other lists mention stay: by number, or by name, legal form and
municipality when exactly one corporation fits.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain, islice

from tsunagari.errors import Message, Place, SourceError
from tsunagari.loaders.adapters.findings import Findings
from tsunagari.loaders.adapters.registers.streams import RegisterTable, register_tables
from tsunagari.loaders.areas import Areas
from tsunagari.loaders.files import FileContent, GridRow, sha256_of
from tsunagari.loaders.issues import plain_names
from tsunagari.loaders.session import Part, SourceContent, SourceInput
from tsunagari.loaders.signatures import header_key
from tsunagari.loaders.tables import Row, Table
from tsunagari.loaders.values import CellError, name_keys
from tsunagari.loaders.workspace import KINDS, Workspace
from tsunagari.ontology.municipalities import NATION_CODE, city_code, municipality_table

_WIDTH = 30
_NUMBER, _PROCESS, _NAME, _KIND = 1, 2, 6, 8
_ADDRESS = slice(9, 12)
_PREFECTURE, _CITY, _ABROAD = 13, 14, 16
_CLOSED, _CAUSE, _SUCCESSOR = 18, 19, 20
_LATEST, _ENGLISH, _FURIGANA, _HIDDEN = 23, 24, 28, 29
_DELETED, _OUTSIDE = "99", "99"
_GOVERNMENT = "000020"  # what follows the check digit in the numbers of local governments
# The kinds that name one legal form; 399 (NPO, social welfare, medical and others) and 499 do not.
_FORMS = {"101": "national-organ", "301": "stock-company", "302": "limited-company", "305": "limited-liability-company"}
_CAUSES = {"01": "清算の結了等", "11": "合併による解散等", "21": "登記官による閉鎖", "31": "その他の清算の結了等"}
_HEADERS = {
    "pref_label": "商号又は名称",
    "reading": "フリガナ",
    "label_en": "商号又は名称（英語表記）",
    "corporate_number": "法人番号",
    "legal_form": "法人種別",
    "municipality": "市区町村コード",
    "address": "国内所在地",
    "valid_to": "登記記録の閉鎖等年月日",
}
_MOST_SUCCESSIONS = 3
_UNREAD = (
    *("一連番号", "訂正区分", "更新年月日", "変更年月日", "商号又は名称イメージID", "国内所在地イメージID", "郵便番号"),
    *("国外所在地イメージID", "変更事由の詳細", "法人番号指定年月日", "国内所在地（都道府県）（英語表記）"),
    *("国内所在地（市区町村丁目番地等）（英語表記）", "国外所在地（英語表記）"),
)
# What the columns are called where a header stands above them, in the order of the file without one.
_COLUMNS = (
    *("sequenceNumber", "corporateNumber", "process", "correct", "updateDate", "changeDate", "name", "nameImageId"),
    *("kind", "prefectureName", "cityName", "streetNumber", "addressImageId", "prefectureCode", "cityCode", "postCode"),
    *("addressOutside", "addressOutsideImageId", "closeDate", "closeCause", "successorCorporateNumber", "changeCause"),
    *(
        "assignmentDate",
        "latest",
        "enName",
        "enPrefectureName",
        "enCityName",
        "enAddressOutside",
        "furigana",
        "hihyoji",
    ),
)
_NEEDED = frozenset(map(header_key, ("corporateNumber", "process", "name", "latest")))


def recognizes(content: FileContent) -> bool:
    """Tell whether the first row is one of this register, or its header."""
    rows = next((grid.rows for grid in content.grids), ())
    return bool(rows) and (_is_record(rows[0][1]) or _is_header(rows[0][1]))


def read(given: SourceInput) -> SourceContent:
    """Return the organisations of the register that are to be kept.

    Raises
    ------
    SourceError
        When the file cannot be read, or is not this register.
    """
    parts, encoding = _Reader(given).read()
    return SourceContent(parts, encoding, sha256_of(given.path))


@dataclass(slots=True)
class _Kept:
    """What was kept of one table, and the numbers of rows that were not."""

    findings: Findings
    rows: list[Row] = field(default_factory=list)
    seen: int = 0
    deleted: int = 0
    superseded: int = 0
    hidden: int = 0


class _Reader:
    """One source."""

    def __init__(self, given: SourceInput) -> None:
        self._given = given
        self._file = given.source.file
        self._numbers = given.wanted.numbers
        self._names = given.wanted.names
        self._is_whole = given.source.keep == "all"
        self._scope = _scope_codes(given.workspace) if given.source.keep == "scope" else frozenset()
        self._by_name: dict[tuple[str, str, str | None], list[tuple[_Kept, Row]]] = {}
        self._successors: dict[str, tuple[str, _Kept, Row]] = {}
        self._labels: dict[str, str] = {}

    def read(self) -> tuple[list[Part], str]:
        """Return the parts and the encoding of the first."""
        tables: list[_Kept] = []
        encoding = ""
        for table in register_tables(self._given):
            encoding = encoding or table.encoding
            kept = _Kept(Findings(self._file, table.sheet))
            self._read_table(table, kept)
            tables.append(kept)
        self._take_unambiguous()
        self._follow_successors(tables)
        parts = []
        for kept in tables:
            kept.rows.sort(key=lambda row: row.number)
            other = kept.seen - len(kept.rows) - kept.deleted - kept.superseded - kept.hidden
            kept.findings.say(
                "register-kept",
                read=kept.seen,
                kept=len(kept.rows),
                deleted=kept.deleted,
                superseded=kept.superseded,
                hidden=kept.hidden,
                other=other,
            )
            if kept.rows:
                kept.findings.say("unread-columns", names="、".join(_UNREAD), count=len(_UNREAD))
            parts.append(
                Part(
                    KINDS["organizations"], Table(kept.rows, dict(_HEADERS), kept.findings.issues, kept.findings.sheet)
                )
            )
        return parts, encoding

    def _read_table(self, table: RegisterTable, kept: _Kept) -> None:
        numbers, names, scope, is_whole = self._numbers, self._names, self._scope, self._is_whole
        first_rows: dict[str, int] = {}
        for row, cells in self._records(table, kept):
            kept.seen += 1
            if cells[_PROCESS] == _DELETED:
                kept.deleted += 1
                continue
            if cells[_LATEST] == "0":
                kept.superseded += 1
                continue
            if cells[_HIDDEN] == "1":
                kept.hidden += 1
                continue
            number, code = cells[_NUMBER], cells[_PREFECTURE] + cells[_CITY]
            if is_whole or number in numbers or code in scope:
                first = first_rows.setdefault(number, row)
                if first != row:
                    kept.findings.say(
                        "repeated-number", row, column=_HEADERS["corporate_number"], value=number, other=first
                    )
                kept.rows.append(self._row(row, cells, kept))
                continue
            for place in _places(code) if names else ():
                if place in names:
                    keys = name_keys(cells[_NAME])
                    if (keys.core, keys.legal_form) in names[place]:
                        known = self._by_name.setdefault((place, keys.core, keys.legal_form), [])
                        known.append((kept, self._row(row, cells, kept)))

    def _records(self, table: RegisterTable, kept: _Kept) -> Iterator[tuple[int, list[str]]]:
        """Yield the rows that are records; others are reported, and an error says when the first one is none."""
        for number, cells in _in_order(table.rows):
            if len(cells) == _WIDTH and (number > 1 or _is_record(cells)):
                yield number, cells
            elif number == 1:
                raise self._other_file(cells, table.sheet)
            elif any(cells):
                missing = _WIDTH - len(cells)
                if missing > 0:
                    kept.findings.say("missing-cells", number, value=cells[0], count=missing)
                else:
                    kept.findings.say("surplus-cells", number, value=cells[_WIDTH])

    def _other_file(self, cells: list[str], sheet: str | None) -> SourceError:
        shown = "、".join(cell for cell in cells[:4] if cell) or "－"
        return SourceError(
            Message(
                f"{self._file} は国税庁の法人番号の一覧ではありません。見出しのない {_WIDTH} 列で、2 列目が 13 桁の"
                f"番号のはずですが、最初の行は {len(cells)} 列で「{shown}」です。",
                f"{self._file} is not the list of corporate numbers: {_WIDTH} columns without a header, the second a "
                f"number of 13 digits, are expected; the first row has {len(cells)} cells: {shown}.",
            ),
            Message(
                "国税庁のサイトの CSV 形式のファイルを置くか、kind を直してください。",
                "Put the CSV file of the National Tax Agency there, or correct `kind`.",
            ),
            Place(self._file, sheet=sheet, row=1),
        )

    def _row(self, number: int, record: list[str], kept: _Kept) -> Row:
        corporate_number, name = record[_NUMBER], record[_NAME].strip()
        cells = {"pref_label": name, "corporate_number": corporate_number}
        self._labels[corporate_number] = name
        if record[_FURIGANA]:
            cells["reading"] = record[_FURIGANA]
        if record[_ENGLISH]:
            cells["label_en"] = record[_ENGLISH]
        address = "".join(record[_ADDRESS]) or record[_ABROAD]
        if address:
            cells["address"] = address
        if corporate_number[1:7] != _GOVERNMENT:
            form = name_keys(name).legal_form or _FORMS.get(record[_KIND])
            if form is not None:
                cells["legal_form"] = form
            code = record[_PREFECTURE] + record[_CITY]
            if code and record[_PREFECTURE] != _OUTSIDE:
                cells["municipality"] = code  # one of the past is told with the cell
        if record[_CLOSED]:
            cells["valid_to"] = record[_CLOSED]
        if record[_CAUSE]:
            cells["note"] = _CAUSES.get(record[_CAUSE]) or f"閉鎖の事由 {record[_CAUSE]}"
        row = Row(number, cells, {})
        if record[_SUCCESSOR]:
            self._successors[corporate_number] = (record[_SUCCESSOR], kept, row)
        return row

    def _take_unambiguous(self) -> None:
        """Keep the corporation that a name stands for; of several none is kept."""
        taken: set[str] = set()
        for found in self._by_name.values():
            kept, row = found[0]
            if len(found) == 1:
                if row.cells["corporate_number"] not in taken:
                    taken.add(row.cells["corporate_number"])
                    kept.rows.append(row)
                continue
            shown = plain_names(f"{row.cells['corporate_number']} {row.cells.get('address', '')}" for _, row in found)
            name = row.cells["pref_label"]
            kept.findings.say(
                "ambiguous-in-register", row.number, column=_HEADERS["pref_label"], value=name, nearest=shown
            )

    def _follow_successors(self, tables: list[_Kept]) -> None:
        """Say who succeeded the closed ones that are kept, and keep the successors as well."""
        present = {row.cells["corporate_number"] for kept in tables for row in kept.rows}
        for _ in range(_MOST_SUCCESSIONS):
            wanted = {self._successors[number][0] for number in present & self._successors.keys()} - present
            if not wanted or not self._keep_numbers(wanted, tables):
                break
            present |= wanted
        for number in sorted(present & self._successors.keys()):
            successor, kept, row = self._successors[number]
            named = f"{self._labels.get(successor, '')}（{successor}）"
            row.cells["note"] = "、".join(filter(None, (row.cells.get("note"), f"承継した法人 {named}")))
            kept.findings.say("succeeded-organization", row.number, value=row.cells["pref_label"], other=named)

    def _keep_numbers(self, wanted: set[str], tables: list[_Kept]) -> bool:
        """Read the file once more for some numbers, and tell whether any was there."""
        is_found = False
        for kept, table in zip(tables, register_tables(self._given), strict=True):
            for number, cells in _in_order(table.rows):
                if len(cells) == _WIDTH and cells[_NUMBER] in wanted and cells[_LATEST] != "0":
                    is_found = True
                    kept.rows.append(self._row(number, cells, kept))
        return is_found


def _is_header(cells: list[str]) -> bool:
    return {header_key(cell) for cell in cells} >= _NEEDED


def _in_order(rows: Iterable[GridRow]) -> Iterable[GridRow]:
    """Return the rows; below a header in the order of the file without one."""
    waiting = iter(rows)
    first = list(islice(waiting, 1))
    if not first or not _is_header(first[0][1]):
        return chain(first, waiting)
    return _ordered(first[0][1], waiting)


def _ordered(header: list[str], rows: Iterable[GridRow]) -> Iterator[GridRow]:
    keys, width = [header_key(cell) for cell in header], len(header)
    places = [keys.index(key) if (key := header_key(name)) in keys else width for name in _COLUMNS]
    for number, cells in rows:
        filled = [*cells, ""]
        yield number, [filled[place] for place in places] if len(cells) == width else cells


def _is_record(cells: list[str]) -> bool:
    number = cells[_NUMBER] if len(cells) == _WIDTH else ""
    return len(number) == 13 and number.isascii() and number.isdigit()


@lru_cache(maxsize=4096)
def _places(code: str) -> tuple[str, ...]:
    """Return the codes under which a place is mentioned: the municipality or designated city, and the prefecture."""
    return city_code(code), f"{code[:2]}000"


def _scope_codes(workspace: Workspace) -> frozenset[str]:
    """Return the codes of the municipalities and wards in scope; platforms and partnerships name none by themselves."""
    table, areas = municipality_table(), Areas()
    codes: set[str] = set()
    for text in workspace.areas:
        if text.startswith(NATION_CODE):
            codes |= {place.code5 for place in table}
            continue
        try:
            found = areas.place(text)
        except CellError:
            continue
        if found.kind == "prefecture":
            codes |= {place.code5 for place in table if place.code5[:2] == found.code5[:2]}
        else:
            codes |= {place.code5 for place in table if city_code(place.code5) == found.code5} | {found.code5}
    return frozenset(codes)

"""行政入力情報 of the NPO portal of the Cabinet Office: one row an NPO, 60 columns, CP932, mostly inside a ZIP archive.

Read are name, reading, number, address with its municipality, day of foundation, end by dissolution or loss of the
certification, the 20 fields of activity, the status as a certified NPO and the page of the portal. The names of
representatives and the long texts of purpose and projects are never read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from operator import itemgetter

from tsunagari.errors import Message, Place, SourceError
from tsunagari.loaders.adapters.findings import Findings
from tsunagari.loaders.adapters.registers.streams import RegisterTable, register_tables
from tsunagari.loaders.fields import FieldMapping, read_mapping
from tsunagari.loaders.files import FileContent, sha256_of
from tsunagari.loaders.session import Part, SourceContent, SourceInput
from tsunagari.loaders.tables import Row, Table, row_spool
from tsunagari.loaders.values import address_book
from tsunagari.loaders.workspace import KINDS
from tsunagari.ontology.spelling import fold_text
from tsunagari.ontology.vocabulary import Vocabulary

SCHEME = "npo-fields"
_HEADER_ROWS = 10
# Headers are compared as keys, so that full-width digits and brackets do not matter.
_NEEDED = ("法人名称", "所轄庁", "主たる事務所の所在地", "活動分野1")
_COLUMNS = {
    "name": ("法人名称",),
    "reading": ("法人名称カナ", "法人名称(フリガナ)"),
    "authority": ("所轄庁",),
    "address": ("主たる事務所の所在地",),
    "founded": ("設立年月日",),
    "supervision": ("監督情報",),
    "dissolution": ("解散情報",),
    "page": ("法人情報URL",),
    "number": ("法人番号",),
    "certified": ("認定(認定・特例認定1)",),
    "provisional": ("認定(認定・特例認定2)",),
    "since": ("認定(認定開始日)",),
    "until": ("認定(認定満了日)",),
    "withdrawn": ("認定(認定取消日)",),
    "provisional_since": ("認定(特例認定年月日)",),
    "provisional_until": ("認定(特例認定満了日)",),
    "provisional_withdrawn": ("認定(特例認定取消日)",),
}
_OWN = list(_COLUMNS).index("certified")  # the columns before are those of the body itself
_FIELDS = tuple(f"活動分野{number}" for number in range(1, 21))
_SHOWN = {
    "pref_label": "name",
    "reading": "reading",
    "corporate_number": "number",
    "municipality": "address",
    "address": "address",
    "valid_from": "founded",
    "valid_to": "dissolution",
    "support_field": "活動分野",
    "see_also": "page",
}
_YES = frozenset("○◯〇●1１")
_NO = frozenset(["", "×", "0", "０", "-", "－", "―"])
_DAY = r"(?:\d{4}[年/.-]\d{1,2}[月/.-]\d{1,2}|(?:昭和|平成|令和)(?:元|\d{1,2})年\d{1,2}月\d{1,2})日?"
_FIRST_DAY = re.compile(_DAY)
_REVOKED = re.compile(rf"({_DAY})[^\d]{{0,12}}認証(?:の)?取")


def recognizes(content: FileContent) -> bool:
    """Tell whether one of the first rows is the header of this register."""
    return any(_is_header(cells) for grid in content.grids for _, cells in grid.rows[:_HEADER_ROWS])


def read(given: SourceInput) -> SourceContent:
    """Return the organisations of the register.

    Raises
    ------
    SourceError
        When the file cannot be read, or is not this register.
    """
    mapping = read_mapping(given.workspace, given.source, SCHEME, given.vocabulary)
    parts: list[Part] = []
    encoding = ""
    for table in register_tables(given):
        encoding = encoding or table.encoding
        reader = _Reader(given.source.file, table, mapping, given.vocabulary)
        parts.append(Part(KINDS["organizations"], reader.read()))
    parts[0].table.issues[:0] = mapping.issues
    return SourceContent(parts, encoding, sha256_of(given.path))


class _Reader:
    """One table of the register."""

    def __init__(self, file: str, table: RegisterTable, mapping: FieldMapping, vocabulary: Vocabulary) -> None:
        self._file = file
        self._rows = iter(table.rows)
        self._sheet = table.sheet
        self._mapping = mapping
        self._concepts = vocabulary.schemes[SCHEME].concepts
        self._places = address_book()
        self._first_rows: dict[str, int] = {}
        self._fields: dict[tuple[str, ...], str] = {}
        self._findings = Findings(file, table.sheet)
        self._ended = 0

    def read(self) -> Table:
        pick, pick_fields = self._header()
        rows, filled = row_spool(), set[str]()
        width = self._width
        for number, cells in self._rows:
            if len(cells) != width:
                if not any(cells):
                    continue
                cells = self._fit(number, cells)
            row = self._row(number, pick(cells), pick_fields(cells))
            if row is not None:
                rows.append(row)
                filled.update(row.cells)
        if self._ended:
            self._findings.say("ended-organizations", count=self._ended)
        if not rows:
            self._findings.say("empty-table")
        headers = {column: self._written.get(name, name) for column, name in _SHOWN.items() if column in filled}
        return Table(rows, headers, self._findings.issues, self._sheet)

    def _header(self) -> tuple[Callable[[Sequence[str]], tuple[str, ...]], Callable[[Sequence[str]], tuple[str, ...]]]:
        """Find the header and return what picks the cells named in `_COLUMNS` and the 20 flags out of a row."""
        first: list[str] = []
        for number, cells in self._rows:
            keys = _header_keys(cells)
            first = first or cells
            if _is_header(cells):
                break
            if number >= _HEADER_ROWS:
                raise self._other_file(first)
        else:
            raise self._other_file(first)
        # a column that is not there is read from behind the last cell
        self._width = len(cells)
        positions = []
        self._written = {}
        known = {header for headers in _COLUMNS.values() for header in headers} | set(_FIELDS)
        unread = [
            cell
            for cell, key in ((cell, fold_text(cell).replace(" ", "")) for cell in cells)
            if key and key not in known
        ]
        if unread:
            self._findings.say("unread-columns", number, names="、".join(unread), count=len(unread))
        for name, headers in _COLUMNS.items():
            found = next((keys[header] for header in headers if header in keys), None)
            positions.append(self._width if found is None else found)
            self._written[name] = headers[0] if found is None else cells[found]
        picked = itemgetter(*positions)
        flags = itemgetter(*(keys.get(name, self._width) for name in _FIELDS))
        if max(*positions, *(keys.get(name, self._width) for name in _FIELDS)) < self._width:
            return picked, flags
        return (lambda row: picked([*row, ""])), (lambda row: flags([*row, ""]))

    def _other_file(self, found: list[str]) -> SourceError:
        listed = "、".join(_NEEDED)
        shown = "、".join(cell for cell in found[:5] if cell) or "－"
        return SourceError(
            Message(
                f"{self._file} は NPO法人ポータルの行政入力情報ではありません。必要な見出し: {listed}。"
                f"最初の行は {len(found)} 列で「{shown}」です。",
                f"{self._file} is not the register of the NPO portal: it needs the headers {listed}. "
                f"Its first row has {len(found)} cells: {shown}.",
            ),
            Message(
                "行政入力情報の CSV か ZIP を置くか、kind を直してください。",
                "Put the CSV file or the archive of the register there, or correct `kind`.",
            ),
            Place(self._file, sheet=self._sheet, row=1),
        )

    def _fit(self, number: int, cells: list[str]) -> list[str]:
        missing = self._width - len(cells)
        if missing > 0:
            self._findings.say("missing-cells", number, count=missing)
            return cells + [""] * missing
        surplus = next((cell for cell in cells[self._width :] if cell), None)
        if surplus is not None:
            self._findings.say("surplus-cells", number, value=surplus)
        return cells[: self._width]

    def _row(self, number: int, picked: tuple[str, ...], flags: tuple[str, ...]) -> Row | None:
        name, reading, authority, address, founded, supervision, dissolution, page, corporate_number = picked[:_OWN]
        certification = picked[_OWN:]
        name = name.strip()
        if not name:
            if any(picked):
                self._findings.say("missing-value", number, column=self._written["name"])
            return None
        cells = {"pref_label": name, "legal_form": "npo"}
        if reading := reading.strip():
            cells["reading"] = reading
        if corporate_number := corporate_number.strip("-－ 　"):
            cells["corporate_number"] = corporate_number
            self._check_number(number, corporate_number)
        if founded := founded.strip():
            cells["valid_from"] = founded
        if flags not in self._fields:
            self._fields[flags] = self._fields_of(flags, number)
        if fields := self._fields[flags]:
            cells["support_field"] = fields
        if page := page.strip():
            cells["see_also"] = page
        has_ended = (dissolution or supervision) and self._end(number, cells, dissolution, supervision)
        self._place(number, cells, address.strip(), authority.strip(), has_ended=bool(has_ended))
        if any(certification) and (note := _certification(*certification)):
            cells["note"] = note
        return Row(number, cells, {})

    def _check_number(self, number: int, corporate_number: str) -> None:
        first = self._first_rows.setdefault(corporate_number, number)
        if first != number:
            column = self._written["number"]
            self._findings.say("repeated-number", number, column=column, value=corporate_number, other=first)

    def _end(self, number: int, cells: dict[str, str], dissolution: str, supervision: str) -> bool:
        """Add the day on which the body ended; the text itself may name the liquidator and is not kept."""
        dissolution = dissolution.strip()
        if dissolution:
            day = _FIRST_DAY.search(dissolution)
            text = day[0] if day else None
            if text is None:
                self._findings.say(
                    "end-without-date", number, column=self._written["dissolution"], value=cells["pref_label"]
                )
                return True
        else:
            revoked = _REVOKED.search(supervision)
            text = revoked[1] if revoked else None
        if text is not None:
            cells["valid_to"] = text
            self._ended += 1
        return text is not None

    def _place(self, number: int, cells: dict[str, str], address: str, authority: str, *, has_ended: bool) -> None:
        if not address:
            if not has_ended:
                self._findings.say("no-address", number, column=self._written["address"], value=cells["pref_label"])
            return
        cells["address"] = address
        place = self._places.find(address, authority)
        if place is not None:
            cells["municipality"] = place.code5
        else:
            self._findings.say("unplaced-address", number, column=self._written["address"], value=address)

    def _fields_of(self, flags: tuple[str, ...], number: int) -> str:
        """Return the fields that the flags stand for and those that follow from them, as one cell."""
        names: dict[str, None] = {}
        for header, flag, concept in zip(_FIELDS, flags, self._concepts, strict=True):
            sign = flag.strip()
            if sign in _YES:
                names[f"{SCHEME}/{concept.notation}"] = None
                for target in self._mapping.targets.get(concept.iri, ()):
                    names[f"{target.scheme}/{target.notation}"] = None
            elif sign not in _NO:
                self._findings.say("bad-boolean", number, column=header, value=sign)
        return "|".join(names)


def _header_keys(cells: Sequence[str]) -> dict[str, int]:
    """Return key of a header to its position."""
    return {key: position for position, cell in enumerate(cells) if (key := fold_text(cell).replace(" ", ""))}


def _is_header(cells: Sequence[str]) -> bool:
    return _header_keys(cells).keys() >= set(_NEEDED)


def _certification(
    certified: str,
    provisional: str,
    since: str,
    until: str,
    withdrawn: str,
    provisional_since: str,
    provisional_until: str,
    provisional_withdrawn: str,
) -> str:
    """Return what the columns of the certification say as a note; empty when they say nothing."""
    said = []
    for name, flag, start, end, revoked in (
        ("認定", certified, since, until, withdrawn),
        ("特例認定", provisional, provisional_since, provisional_until, provisional_withdrawn),
    ):
        period = f"（{start.strip()}～{end.strip()}）" if start.strip() or end.strip() else ""
        if flag.strip() in _YES:
            said.append(f"{name}NPO法人{period}")
        elif period or flag.strip() not in _NO:
            said.append(f"{name} {flag.strip()}{period}".strip())
        if revoked.strip():
            said.append(f"{name}の取消し {revoked.strip()}")
    return "、".join(said)

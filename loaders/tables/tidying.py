"""The one door through which every row comes, whatever read it: cells that say nothing, marks round names, telephones.

What is changed or taken out is told as an issue of the table. Rows of `read_table` pass one by one, those of the
adapters of fixed formats together, so that `inspect` shows what a build reads.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from tsunagari.loaders.files import Spool
from tsunagari.loaders.issues import Issue, make_issue, plain_names
from tsunagari.loaders.tables.filling import DITTO
from tsunagari.loaders.tables.row import Row, row_spool
from tsunagari.loaders.values import (
    NOT_KNOWN,
    SIGNS,
    bare_label,
    blank_meaning,
    is_one_number,
    is_wider,
    names_rest,
    read_bodies,
    read_period,
    read_places,
    read_serial,
    read_telephones,
)
from tsunagari.loaders.workspace import Kind
from tsunagari.ontology.municipalities import municipality_table
from tsunagari.ontology.spelling import fold_text
from tsunagari.ontology.vocabulary import Vocabulary

ORGANIZATION = "Organization"
AREA = "AdministrativeArea"
_AS_WRITTEN = frozenset({"id", "class", "spot", "document", "line", "page", "quote", "geometry"})
_NUMBERS = frozenset({"telephone", "fax"})
_BOUNDS = ("valid_from", "valid_to")
_ONE_BODY = frozenset({"corporate_number", "spot"})
_OF_ONE = frozenset({"id", "lg_code", "reading", "alt_label"})
_NO_CELLS: Mapping[str, str] = {}
_MOST = 30  # bodies in one cell; more are a text rather than a list
_OF_PARTY = "party."
_KNOWN_LIMIT = 50_000  # texts of one column that are remembered
_FEW = 4_096  # texts after which no more are remembered of a column of nothing but different ones
_NOT_TIDIED = frozenset({"schemes", "glossary", "areas"})


@dataclass(frozen=True, slots=True)
class Tidy:
    """What a cell says once it is tidied.

    Parameters
    ----------
    text
        What is read of it; empty when it says nothing.
    findings
        Codes of issues with the value to show and further parameters.
    note
        What is kept as a note of the row.
    further
        Other columns that the cell fills as well.
    """

    text: str
    findings: tuple[tuple[str, str, Mapping[str, Any]], ...] = ()
    note: str = ""
    further: Mapping[str, str] = field(default_factory=dict)


Reader = Callable[[str], Tidy | None]  # None for a cell that stands as it is


class _Known(dict[str, Tidy | None]):
    """What the texts of one column say; one in many rows is read once, and a column of different ones forgotten."""

    def __init__(self, read: Reader, seen: Callable[[], int]) -> None:
        super().__init__()
        self._read = read
        self._seen = seen

    def __missing__(self, text: str) -> Tidy | None:
        tidy = self._read(text)
        known = len(self)
        if known < _FEW or (known < _KNOWN_LIMIT and 2 * known < self._seen()):
            self[text] = tidy
        return tidy


class Tidier:
    """Tidies the rows of one table.

    Parameters
    ----------
    kind, vocabulary
        What the rows are, and the ontology.
    headers
        Column to header as written, for messages.
    issues
        Where goes what was changed.
    place
        File and sheet of the table.
    """

    def __init__(
        self,
        kind: Kind,
        vocabulary: Vocabulary,
        headers: dict[str, str],
        issues: list[Issue],
        place: Mapping[str, Any],
    ) -> None:
        self._vocabulary = vocabulary
        self._headers = headers
        self._issues = issues
        self._place = place
        self._kind = kind
        self._own = vocabulary.columns(kind.cls)
        self._party = vocabulary.columns(ORGANIZATION) if kind.party else {}
        names = dict.fromkeys((*kind.creates, *filter(None, [kind.party])))
        self._names = ("pref_label",) if kind.segment == "org" else tuple(names)
        self._seen = 0  # rows
        self._readers: tuple[dict[str, _Known | None], ...] = ({}, {})  # of the row, and of its organisation

    def rows(self, row: Row) -> list[Row]:
        """Return a row tidied; one that names several bodies in a cell as one row for each of them."""
        found = [row]
        for name in self._names:
            text = row.cells.get(name)
            if text and SIGNS.search(text) is not None:
                found = [part for one in found for part in self._by_body(one, name)]
        for part in found:
            self.row(part)
        return found

    def _by_body(self, row: Row, name: str) -> list[Row]:
        """Return a row for each body that a cell surely names, and tell what may be several."""
        text = row.cells.get(name)
        described = row.party if name == self._kind.party else row.cells if name == "pref_label" else _NO_CELLS
        # one number is that of one body, and what is made for a body without a name is none
        if not text or described.keys() & _ONE_BODY:
            return [row]
        found = read_bodies(text)
        if found is None:
            return [row]
        names, perhaps = found.names, found.perhaps
        if len(names) > 1 and (len(names) > _MOST or described.keys() & _OF_ONE):
            names, perhaps = (text,), names
        at = {**self._place, "row": row.number, "column": self._headers.get(name, name), "value": text}
        if perhaps:
            self._issues.append(make_issue("several-bodies", **at, nearest=plain_names(perhaps)))
        if len(names) > 1:
            self._issues.append(make_issue("bodies-parted", **at, count=len(names), read="、".join(names)))
        if found.rest:
            self._issues.append(make_issue("bodies-rest", **at, read="、".join(names)))
        if names == (text,):
            return [row]
        parts = [Row(row.number, row.cells | {name: part}, dict(row.party), row.prefecture) for part in names]
        for part in parts[1:]:
            part.cells.pop("id", None)  # it is that of the first
        return parts

    def row(self, row: Row) -> None:
        """Tidy the cells of a row in place."""
        self._seen += 1
        self._cells(row, row.cells, "", self._readers[0])
        if row.party:
            self._cells(row, row.party, _OF_PARTY, self._readers[1])
        if row.prefecture is not None:
            name = prefecture_named(row.prefecture)
            if name is None:
                self._tell_prefecture(row, row.prefecture)
            row.prefecture = name

    def _tell_prefecture(self, row: Row, text: str) -> None:
        """Tell of a text that is no prefecture; a wider place, such as 全国, is where a body without another one is."""
        header = self._headers.get("in_prefecture", "都道府県")
        at = {**self._place, "row": row.number, "column": header, "value": text}
        blank = _read_text(text)
        described = row.cells if self._kind.segment == "org" else row.party
        if blank is not None:
            self._issues += [make_issue(code, **at, **params) for code, _, params in blank.findings]
        elif self._kind.lists_bodies and "municipality" not in described and is_wider(text):
            described |= {"municipality": text}
            self._headers.setdefault("municipality" if described is row.cells else "party.municipality", header)
        else:
            near = municipality_table().nearest(text)
            nearest = plain_names(f"{place.full_name} {place.code6}" for place in near)
            self._issues.append(make_issue("unknown-area", **at, nearest=nearest))

    def _cells(self, row: Row, cells: dict[str, str], prefix: str, readers: dict[str, _Known | None]) -> None:
        changed: list[tuple[str, Tidy]] = []
        for name, text in cells.items():
            try:
                known = readers[name]
            except KeyError:
                reader = self._reader(name, prefix)
                known = readers[name] = None if reader is None else _Known(reader, lambda: self._seen)
            if known is None or not text:
                continue
            tidy = known[text]
            if tidy is not None:
                changed.append((name, tidy))
        for name, tidy in changed:
            self._change(row, cells, prefix + name, name, tidy)

    def _change(self, row: Row, cells: dict[str, str], key: str, name: str, tidy: Tidy) -> None:
        header = self._headers.get(key, name)
        for code, value, params in tidy.findings:
            at = {**self._place, "row": row.number, "column": header, "value": value}
            self._issues.append(make_issue(code, **at, **params))
        if tidy.text:
            cells[name] = tidy.text
        else:
            del cells[name]
        for other, text in tidy.further.items():
            cells.setdefault(other, text)
        if tidy.note and "note" in self._own:
            row.cells["note"] = "、".join(filter(None, (row.cells.get("note"), f"{header}: {tidy.note}")))

    def _reader(self, name: str, prefix: str) -> Reader | None:
        """Return what reads the cells of a column; None for cells that stand as they are."""
        column = (self._party if prefix else self._own).get(name)
        if name in _AS_WRITTEN or column is None or column.datatype == "boolean" or self._kind.name in _NOT_TIDIED:
            return None
        if name == "pref_label" and not prefix and self._kind.segment == "service":
            return lambda text: _read_label(text, has_end=True) if bare_label(text).states else _read_text(text)
        is_body = name == "pref_label" and (prefix or self._kind.segment == "org")
        if is_body or (not prefix and (name in self._kind.creates or name == self._kind.party)):
            has_end = not prefix and "valid_to" in self._own
            return lambda text: _read_label(text, has_end=has_end)
        if name in _NUMBERS:
            return _read_numbers
        if column.datatype == "date":
            return lambda text: _read_date(text, name)
        if AREA in column.targets:
            return lambda text: _read_places(text, single=column.single)
        if column.scheme is not None:
            scheme = column.scheme
            return lambda text: self._read_concepts(text, scheme, is_list=column.is_list)
        return _read_text

    def _read_concepts(self, text: str, scheme: str, *, is_list: bool) -> Tidy | None:
        """Tell of a cell that hints at concepts that it does not name."""
        if self._vocabulary.concept(scheme, text):
            return None
        blank = _read_text(text)
        if blank is None and is_list and names_rest(text, lambda part: bool(self._vocabulary.concept(scheme, part))):
            return Tidy(text, (("values-rest", text, {}),))
        return blank


@lru_cache(maxsize=1_024)
def prefecture_named(text: str) -> str | None:
    """Return the prefecture that a text names, or that the one place of the name lies in; None for any other text.

    Examples
    --------
    >>> [prefecture_named(text) for text in ("鳥取県", "鳥取", "31", "310000", "米子市", "謎の県")]
    ['鳥取県', '鳥取県', '鳥取県', '鳥取県', '鳥取県', None]
    """
    plain = fold_text(text).replace(" ", "")
    table = municipality_table()
    if plain.isdigit():
        place = table.by_code(f"{plain:0>2}000" if len(plain) < 3 else plain.zfill(5 if len(plain) < 6 else 6))
        return None if place is None else place.prefecture
    names = (plain, *(plain + tail for tail in ("県", "府", "都")))
    found = next((places for name in names if (places := table.by_name(name))), [])
    prefectures = {place.prefecture for place in found}
    return prefectures.pop() if len(prefectures) == 1 else None


def tidy_rows(
    rows: list[Row] | Spool[Row], tidier: Tidier, says: Callable[[Row], bool] = lambda _row: True
) -> list[Row] | Spool[Row]:
    """Return the rows of a table tidied, those of a long one still on disk.

    Parameters
    ----------
    rows, tidier
        The rows and what tidies them.
    says
        Tells whether a tidied row still says something; others are left out.
    """
    tidied: list[Row] | Spool[Row] = row_spool() if isinstance(rows, Spool) else []
    for row in rows:
        tidied.extend(part for part in tidier.rows(row) if says(part))
    return tidied


def _read_text(text: str) -> Tidy | None:
    if text in DITTO:
        return Tidy("", (("ditto-alone", text, {}),))
    meaning = blank_meaning(text)
    if not meaning:
        return None
    if meaning == NOT_KNOWN:
        return Tidy("", (("not-known", text, {}),), note=text)
    return Tidy("", (("blank-word", text, {}),))


def _read_label(text: str, *, has_end: bool) -> Tidy | None:
    blank = _read_text(text)
    if blank is not None:
        return blank
    label = bare_label(text)
    findings: list[tuple[str, str, Mapping[str, Any]]] = []
    if label.had_person:  # the message must not carry the name either
        findings.append(("person-beside-name", label.name, {}))
    if label.has_left:
        findings.append(("left-beside-name", label.name, {"state": "、".join(label.states)}))
    elif label.states:
        findings.append(("state-beside-name", label.name, {"state": "、".join(label.states)}))
    if not findings and label.name != text.strip():
        findings.append(("name-tidied", text, {"name": label.name}))
    further = {"valid_to": label.left_on} if label.left_on and has_end else {}
    return Tidy(label.name, tuple(findings), further=further) if findings or label.name != text else None


def _read_numbers(text: str) -> Tidy | None:
    if is_one_number(text):
        return None
    blank = _read_text(text)
    if blank is not None:
        return blank
    found = read_telephones(text)
    if not found.numbers:
        return Tidy("", (("no-telephone", text, {}),))
    findings: list[tuple[str, str, Mapping[str, Any]]] = []
    if found.restored:
        findings.append(("telephone-zero", text, {"restored": "、".join(found.restored)}))
    if found.rest:  # often the name of a person
        findings.append(("telephone-rest", "、".join(found.numbers), {}))
    numbers = "、".join(found.numbers)
    return Tidy(numbers, tuple(findings)) if findings or numbers != text else None


def _read_places(text: str, *, single: bool) -> Tidy | None:
    blank = _read_text(text)
    found = read_places(text) if blank is None else None
    if found is None:
        return blank
    names = "、".join(found.names)
    findings: list[tuple[str, str, Mapping[str, Any]]] = [("area-rest", text, {"read": names})] if found.rest else []
    if not single or len(found.names) == 1:
        return Tidy(names, tuple(findings))
    place = found.prefecture or ""  # all that is sure of where a body is
    findings.append(("several-areas", text, {"nearest": plain_names(found.names), "became": place or "－"}))
    return Tidy(place, tuple(findings))


def _read_date(text: str, name: str) -> Tidy | None:
    blank = _read_text(text)
    if blank is not None:
        return blank
    day = read_serial(text)
    if day is not None:
        return Tidy(day, (("date-serial", text, {"day": day}),))
    period = read_period(text) if name in _BOUNDS else None
    if period is None:
        return None
    start, end = period
    own, other = (start, end) if name == "valid_from" else (end, start)
    further = {_BOUNDS[name == "valid_from"]: other} if other else {}
    shown = {"start": start or "－", "end": end or "－"}
    return Tidy(own, (("period-read", text, shown),), further=further)

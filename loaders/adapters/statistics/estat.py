"""Tables of the e-Stat database: lines about the table, then columns of codes and labels, then columns of values.

A dimension takes up to three columns, its code, its 補助コード and its label. Rows of parts, such as one of the sexes,
are no statement about the whole and are told. What a column of values counts is told by its header, or, where that
only says 総数 or 値, by the dimension that names an indicator.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tsunagari.loaders.adapters.findings import Findings
from tsunagari.loaders.adapters.statistics.indicators import (
    SCHEME,
    AreaNames,
    NamedIndicator,
    NeedCell,
    named_indicator,
    need_row,
    unit_of,
)
from tsunagari.loaders.files import Grid
from tsunagari.loaders.issues import nearest_texts, plain_names
from tsunagari.loaders.session import SourceInput
from tsunagari.loaders.signatures import Recognized
from tsunagari.loaders.tables import Row, Table, row_spool
from tsunagari.ontology.spelling import fold_text
from tsunagari.ontology.vocabulary import Vocabulary

_CODE = re.compile(r"(?P<name>.*?)[ _]?(?:補助)?(?:コード|code)", re.IGNORECASE)
_AREA = re.compile("都道府県|市区町村|市町村|地域|area", re.IGNORECASE)
_TIME = re.compile("時間軸|時点|年次|time", re.IGNORECASE)
_WHEN = re.compile("実施年月|調査年月|調査時点|時点|年次")
_YEAR = re.compile(r"(?:19|20)\d{2}年?(?:\d{1,2}月(?:\d{1,2}日)?)?")
_WHOLE = re.compile(
    "(?:.*の)?(?:総数|総計|合計|計|全体|全域|男女計|男女総数|総人口|全国籍|日本人及び外国人)(?:[（(].*[)）])?|-|"
)
_NOT_KNOWN = re.compile(r"\*+")  # the lines above say so: 数値が得られないもの
_GENERIC = re.compile("(?:総数|総計|合計|計|値|value|実数|数値)", re.IGNORECASE)


@dataclass(slots=True)
class _Dimension:
    """A dimension of the rows: the places of its code and of its label, and whether it is that of areas or of time."""

    name: str
    code: int | None = None
    label: int | None = None

    @property
    def is_area(self) -> bool:
        return bool(_AREA.search(self.name))

    @property
    def is_time(self) -> bool:
        return bool(_TIME.search(self.name)) and not self.is_area


@dataclass(slots=True)
class _Layout:
    """Which column holds what."""

    dimensions: list[_Dimension] = field(default_factory=list)
    values: list[int] = field(default_factory=list)
    unit: int | None = None
    notes: list[int] = field(default_factory=list)

    @property
    def area(self) -> tuple[int | None, int | None]:
        """Where code and label of the areas stand."""
        return next(((item.code, item.label) for item in self.dimensions if item.is_area), (None, None))

    def place(self, kind: str, cells: Sequence[str]) -> str:
        """Return the code, else the label, of the dimension of areas or of time; empty without one."""
        for dimension in self.dimensions:
            if dimension.is_area if kind == "area" else dimension.is_time:
                places = (dimension.code, dimension.label) if kind == "area" else (dimension.label, dimension.code)
                return next(filter(None, (_cell(cells, place) for place in places)), "")
        return ""


def read_dimensions(given: SourceInput, grid: Grid, found: Recognized, findings: Findings) -> Table:
    """Return the indicators of a sheet.

    Parameters
    ----------
    given, grid, found
        The source, the sheet and its header.
    findings
        Where what is found goes: columns and rows that are no indicator of the whole, and cells without a number.
    """
    layout = _layout(found.cells)
    named = {place: _named(given, found.cells[place]) for place in layout.values}
    when = _when(grid, found.row)
    above = sum(1 for number, cells in grid.rows[: found.row] if number < found.row and any(cells))
    if above:
        findings.say("title-rows-skipped", found.row, count=above)
    header = next((found.cells[place] for place in layout.values), "")
    area = next((found.cells[item.code or item.label or 0] for item in layout.dimensions if item.is_area), "")
    rows = row_spool()
    reader = _Reader(given.vocabulary, found.cells, layout, named, when)
    rows += reader.rows(grid, found.row, findings)
    reader.say(findings, found.row)
    _say_unread(layout, found, findings)
    headers = {"area": area, "value": header}
    return Table(rows, headers, findings.issues, grid.sheet, (found.row, found.row))


def _say_unread(layout: _Layout, found: Recognized, findings: Findings) -> None:
    """Tell which columns are not read because another one says the same, and those of notes."""
    read = {*layout.values, layout.unit, *layout.notes}
    for dimension in layout.dimensions:
        first, second = (dimension.code, dimension.label) if dimension.is_area else (dimension.label, dimension.code)
        read.add(first if first is not None else second)
    for place, header in enumerate(found.cells):
        if place in read or not header:
            continue
        name = re.sub(r"[ _]?(?:補助)?(?:コード|code)$", "", fold_text(header), flags=re.IGNORECASE)
        beside = next((item for item in layout.dimensions if item.name == name or item.label == place), None)
        at = None if beside is None else beside.code if beside.is_area else beside.label
        other = found.cells[at] if at is not None and at != place else name
        findings.say("beside-code", found.row, column=header, value=header, other=other)
    unread = [found.cells[place] for place in layout.notes]
    if unread:
        findings.say("columns-not-used", found.row, value="、".join(unread), count=len(unread))


class _Reader:
    """The rows of one table."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        header: Sequence[str],
        layout: _Layout,
        named: Mapping[int, NamedIndicator | None],
        when: str,
    ) -> None:
        self._vocabulary = vocabulary
        self._header = header
        self._layout = layout
        self._named = named
        self._when = when
        self._items: dict[str, NamedIndicator | None] = {}
        self._parts: Counter[tuple[str, str]] = Counter()
        self._unread: dict[int, int] = {}

    def rows(self, grid: Grid, last: int, findings: Findings) -> Iterator[Row]:
        """Yield a row for each value of the whole of an area."""
        code, label = self._layout.area
        names = AreaNames(findings, self._header[label or 0])
        for number, cells in grid.rows:
            if number <= last or not any(cells):
                continue
            names.check(number, _cell(cells, code), _cell(cells, label))
            area = self._layout.place("area", cells)
            if not area:
                findings.say("nothing-read", number, value=next(filter(None, cells)))
                continue
            item, part = self._item(cells)
            if part is not None:
                self._parts[part] += 1
                continue
            for place in self._layout.values:
                row = self._row(number, cells, place, area, item, findings)
                if row is not None:
                    yield row

    def say(self, findings: Findings, row: int) -> None:
        """Tell which columns and which rows of parts were not read."""
        known = [word for concept in self._vocabulary.schemes[SCHEME].concepts for word in concept.words]
        for place, count in self._unread.items():
            header = self._header[place]
            nearest = plain_names(nearest_texts(_bare(header), known))
            findings.say("unknown-indicator", row, column=header, value=header, nearest=nearest, count=count)
        for (name, text), count in self._parts.items():
            findings.say("part-of-whole", column=name, value=text, count=count)

    def _row(
        self, number: int, cells: Sequence[str], place: int, area: str, item: NamedIndicator | None, findings: Findings
    ) -> Row | None:
        text, header = _cell(cells, place), self._header[place]
        named = self._named[place]
        if _GENERIC.fullmatch(_bare(header)):
            named = item or named
        if named is None:
            if text:
                self._unread[place] = self._unread.get(place, 0) + 1
            return None
        if not text:
            return None
        if _NOT_KNOWN.fullmatch(text):
            findings.say("need-unknown", number, column=header, value=text)
            return None
        unit = _cell(cells, self._layout.unit) or unit_of(header) or named.unit
        as_of = self._layout.place("time", cells) or self._when
        return need_row(NeedCell(number, header, text, area, named.concept.notation, unit, as_of), findings)

    def _item(self, cells: Sequence[str]) -> tuple[NamedIndicator | None, tuple[str, str] | None]:
        """Return the indicator that a dimension of the row names, and the part of a whole that another one picks."""
        item: NamedIndicator | None = None
        for dimension in self._layout.dimensions:
            if dimension.is_area or dimension.is_time:
                continue
            text = _cell(cells, dimension.label) or _cell(cells, dimension.code)
            if not text or _WHOLE.fullmatch(fold_text(text)):
                continue
            if text not in self._items:
                self._items[text] = named_indicator(self._vocabulary, text)
            named = self._items[text]
            if named is None:
                return None, (dimension.name, text)
            item = named
        return item, None


def _layout(header: Sequence[str]) -> _Layout:
    """Return what the columns of a header are: those of codes name the dimensions, what belongs to none are values."""
    layout = _Layout()
    names: dict[str, _Dimension] = {}
    for place, text in enumerate(header):
        found = _CODE.fullmatch(fold_text(text))
        if found is not None:
            name = found["name"].strip()
            dimension = names.setdefault(name, _Dimension(name))
            if "補助" not in text and dimension.code is None:
                dimension.code = place
    layout.dimensions = list(names.values())
    previous: _Dimension | None = None
    for place, text in enumerate(header):
        folded = fold_text(text)
        found = _CODE.fullmatch(folded)
        if found is not None:
            previous = names[found["name"].strip()]
        elif folded in names or (previous is not None and previous.label is None and _is_label(folded, previous)):
            labelled = names.get(folded) or previous
            if labelled is not None and labelled.label is None:
                labelled.label = place
            previous = None
        elif folded.lower() in ("unit", "単位"):
            layout.unit = place
        elif folded.lower() in ("annotation", "注釈") or folded.startswith(("/", "／")):
            layout.notes.append(place)
        elif folded:
            layout.values.append(place)
            previous = None
    return layout


def _is_label(text: str, dimension: _Dimension) -> bool:
    """Tell whether a header is the label of the dimension whose code stands before it: 地域 follows area_code."""
    return dimension.name.isascii() and not text.isascii()


def _named(given: SourceInput, header: str) -> NamedIndicator | None:
    explicit = {fold_text(name): column for name, column in given.source.columns.items()}
    return named_indicator(given.vocabulary, header, explicit.get(fold_text(header), ""))


def _bare(header: str) -> str:
    return re.sub(r"[(\[【].*$", "", fold_text(header)).strip()


def _when(grid: Grid, header_row: int) -> str:
    """Return the year that the lines above the header give."""
    for number, cells in grid.rows[:header_row]:
        if number < header_row and cells and _WHEN.search(cells[0]):
            for text in cells[1:]:
                year = _YEAR.search(fold_text(text).replace("/", "年", 1).replace("/", "月", 1))
                if year is not None:
                    return year[0]
    return ""


def _cell(cells: Sequence[str], place: int | None) -> str:
    return cells[place] if place is not None and place < len(cells) else ""

"""Population and other indicators per municipality: a row an area and a column an indicator, or a row a value.

A long table has the columns area, indicator and value. In a wide table every header that names an indicator of the
scheme ``need-indicators`` (a workspace may define its own) is a column of values; the header may also hold the unit in
brackets and the year: ``人口（人）``, ``令和2年人口``. Files of the statistics offices are told apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from tsunagari.errors import Message, Place, SourceError
from tsunagari.loaders.adapters.findings import Findings
from tsunagari.loaders.adapters.statistics.files import read_statistics, recognizes_statistics
from tsunagari.loaders.adapters.statistics.indicators import (
    KIND,
    SCHEME,
    NamedIndicator,
    NeedCell,
    named_indicator,
    need_row,
)
from tsunagari.loaders.files import FileContent, Grid, GridRow
from tsunagari.loaders.issues import Issue, IssueList, make_issue, nearest_texts, plain_names
from tsunagari.loaders.session import Part, SourceContent, SourceInput
from tsunagari.loaders.tables import Filler, HeaderMap, Row, Table, is_share
from tsunagari.loaders.values import NoQuantityError, parse_quantity
from tsunagari.loaders.workspace import Source
from tsunagari.ontology.spelling import fold_text
from tsunagari.ontology.vocabulary import Vocabulary, vocabulary

_HEADER_ROWS = 30
_TITLE_UNIT = re.compile(r"単位\s*[:=]?\s*(?P<units>[^()\[\]【】:;]{1,20})")
_BETWEEN_UNITS = re.compile(r"[\s、，,・/]+")
_OF_SHARES = frozenset({"%", "‰", "割", "パーセント"})
_CODE_HEADER = re.compile("コード|番号|code", re.IGNORECASE)


@dataclass(slots=True)
class _Layout:
    """Which cell of a row holds what; `values` are the cells of a wide table with indicator, unit and year."""

    row: int
    cells: list[str]
    areas: list[int] = field(default_factory=list)
    prefecture: int | None = None
    as_of: int | None = None
    unit: int | None = None
    indicator: int | None = None
    value: int | None = None
    publishable: int | None = None
    values: list[tuple[int, NamedIndicator]] = field(default_factory=list)
    unread: list[int] = field(default_factory=list)

    @property
    def is_usable(self) -> bool:
        return bool(self.areas) and (bool(self.values) or None not in (self.indicator, self.value))


def recognizes(content: FileContent) -> bool:
    """Tell whether a sheet has a column of areas and several that name indicators of need, or one and only numbers."""
    if recognizes_statistics(content):
        return True
    reader = _Reader(Source("", KIND.name), vocabulary())
    for grid in content.grids:
        head = grid.rows[: 2 * _HEADER_ROWS]
        for number, cells in grid.rows[:_HEADER_ROWS]:
            layout = reader.layout(number, cells)
            if layout.is_usable and (len(layout.values) != 1 or _holds_numbers(layout, head)):
                return True
    return False


def _holds_numbers(layout: _Layout, rows: Sequence[GridRow]) -> bool:
    """Tell whether all columns beside the areas hold nothing but numbers."""
    positions = [*(position for position, _ in layout.values), *layout.unread]
    texts = [
        cells[position]
        for number, cells in rows
        for position in positions
        if number > layout.row and position < len(cells) and cells[position]
    ]
    return bool(texts) and all(map(_is_number, texts))


def _is_number(text: str) -> bool:
    try:
        parse_quantity(text)
    except NoQuantityError as error:
        return error.reason != "unreadable"
    return True


def read(given: SourceInput) -> SourceContent:
    """Return the values as one table a sheet.

    Raises
    ------
    SourceError
        When no sheet has a column of areas and one of values.
    """
    if recognizes_statistics(given.content):
        return read_statistics(given)
    reader = _Reader(given.source, given.vocabulary)
    parts = [Part(KIND, table) for grid in given.content.grids if (table := reader.table(grid)) is not None]
    if not parts:
        raise _no_table(given)
    return SourceContent(parts, given.content.encoding, given.content.sha256)


class _Reader:
    def __init__(self, source: Source, vocabulary: Vocabulary) -> None:
        self._source = source
        self._vocabulary = vocabulary
        self._explicit = {fold_text(header): name for header, name in source.columns.items()}
        self._units = ("", "")  # of counts and of shares, where a title gives them for the whole table

    def table(self, grid: Grid) -> Table | None:
        """Return the rows of a sheet, None when it has no such table."""
        layouts = [self.layout(number, cells) for number, cells in grid.rows[:_HEADER_ROWS] if any(cells)]
        layout = max(
            (item for item in layouts if item.is_usable), key=lambda item: (len(item.values), -item.row), default=None
        )
        if layout is None:
            return None
        headers = {"area": layout.cells[layout.areas[0]]}
        if layout.publishable is not None:
            headers["publishable"] = layout.cells[layout.publishable]
        table = Table([], headers, IssueList(grid.issues), grid.sheet, (layout.row, layout.row))
        table.issues += self._header_issues(grid, layout)
        self._units = self._title_units(grid, layout, table.issues)
        filler = Filler(grid.merges, range(len(layout.cells)))
        for number, cells in grid.rows:
            if number > layout.row and any(cells):
                filled = filler.fill(number, list(cells))
                table.rows.extend(self._rows(grid, layout, number, filled, table.issues))
        if filler.count:
            place: dict[str, Any] = {"file": grid.file, "sheet": grid.sheet, "row": filler.first}
            table.issues.append(make_issue("cells-filled", **place, count=filler.count))
        if not table.rows:
            table.issues.append(make_issue("empty-table", file=grid.file))
        return table

    # ---- headers ----

    def layout(self, row: int, cells: list[str]) -> _Layout:
        """Return what the cells of a row stand for when it is the header."""
        layout = _Layout(row, cells)
        for position, header in enumerate(cells):
            if header:
                self._place(layout, position, header)
        if not layout.areas and layout.prefecture is not None:
            layout.areas, layout.prefecture = [layout.prefecture], None
        # a code says which place is meant, whatever its name
        layout.areas.sort(key=lambda position: not _CODE_HEADER.search(cells[position]))
        return layout

    def _place(self, layout: _Layout, position: int, header: str) -> None:
        name = self._explicit.get(fold_text(header), "")
        column = self._vocabulary.columns(KIND.cls).get(name) or self._vocabulary.header_to_column(KIND.cls, header)
        match column.name if column is not None else "":
            case "area":
                layout.areas.append(position)
            case "as_of" | "unit" | "indicator" | "value" | "publishable" as slot:
                if getattr(layout, slot) is None:
                    setattr(layout, slot, position)
            case _:
                self._place_value(layout, position, header, name)

    def _place_value(self, layout: _Layout, position: int, header: str, name: str) -> None:
        found = named_indicator(self._vocabulary, header, name)
        place = self._vocabulary.header_to_column("AdministrativeArea", header)
        if found is not None:
            layout.values.append((position, found))
        elif place is not None and place.name == "in_prefecture":
            layout.prefecture = position
        else:
            layout.unread.append(position)

    def _header_issues(self, grid: Grid, layout: _Layout) -> Iterator[Issue]:
        known = [word for concept in self._vocabulary.schemes[SCHEME].concepts for word in concept.words]
        above = sum(1 for number, cells in grid.rows[:_HEADER_ROWS] if number < layout.row and any(cells))
        if above:
            yield make_issue("title-rows-skipped", file=grid.file, sheet=grid.sheet, row=layout.row, count=above)
        for position in layout.areas[1:]:
            header, code = layout.cells[position], layout.cells[layout.areas[0]]
            place: dict[str, Any] = {"file": grid.file, "sheet": grid.sheet, "row": layout.row, "column": header}
            yield make_issue("beside-code", **place, value=header, other=code)
        for position in layout.unread:
            header = layout.cells[position]
            nearest = plain_names(nearest_texts(header, known))
            yield make_issue(
                "unknown-indicator",
                file=grid.file,
                sheet=grid.sheet,
                row=layout.row,
                column=header,
                value=header,
                nearest=nearest,
            )

    @staticmethod
    def _title_units(grid: Grid, layout: _Layout, issues: list[Issue]) -> tuple[str, str]:
        """Return the unit of counts and that of shares that a title gives (単位：千人、％); empty without one."""
        above = ((number, cell) for number, cells in grid.rows[:_HEADER_ROWS] if number < layout.row for cell in cells)
        for number, text in above:
            found = _TITLE_UNIT.search(fold_text(text))
            if found is None:
                continue
            units = [unit for unit in _BETWEEN_UNITS.split(found["units"].strip()) if unit]
            shares = [unit for unit in units if unit in _OF_SHARES]
            counts = [unit for unit in units if unit not in _OF_SHARES]
            chosen = counts[0] if len(counts) == 1 else "", shares[0] if len(shares) == 1 else ""
            place: dict[str, Any] = {"file": grid.file, "sheet": grid.sheet, "row": number, "value": text}
            issues.append(make_issue("title-unit", **place, unit="、".join(filter(None, chosen)) or "－"))
            return chosen
        return "", ""

    # ---- rows ----

    def _rows(
        self, grid: Grid, layout: _Layout, number: int, cells: Sequence[str], issues: list[Issue]
    ) -> Iterator[Row]:
        def cell(position: int | None) -> str:
            return cells[position] if position is not None and position < len(cells) else ""

        area, prefecture = next(filter(None, map(cell, layout.areas)), ""), cell(layout.prefecture) or None
        findings = Findings(grid.file, grid.sheet, issues)
        for position, named in layout.values or ((layout.value or 0, None),):
            if not cell(position):
                continue
            indicator = named.concept.notation if named is not None else cell(layout.indicator)
            unit, year = (named.unit, named.year) if named is not None else ("", "")
            found = NeedCell(
                row=number,
                header=layout.cells[position],
                text=cell(position),
                area=area,
                indicator=indicator,
                unit=cell(layout.unit) or unit or self._units[is_share(indicator, self._vocabulary)],
                as_of=year or cell(layout.as_of),
                prefecture=prefecture,
            )
            row = need_row(found, findings)
            if row is not None:
                if cell(layout.publishable):
                    row.cells["publishable"] = cell(layout.publishable)
                yield row


def _no_table(given: SourceInput) -> SourceError:
    headers = HeaderMap(given.source, KIND, given.vocabulary).required()
    file = given.source.file
    areas = "、".join(headers[0].headers[:6])
    indicators = "、".join(
        concept.labels.get("ja", concept.notation) for concept in given.vocabulary.schemes[SCHEME].concepts
    )
    return SourceError(
        Message(
            f"{file} に、区域の列と指標の列のある表が見つかりません。",
            f"{file} has no table with a column of areas and columns of indicators.",
        ),
        Message(
            f"区域の見出しの例: {areas}。指標の見出し: {indicators}。ほかの見出しは columns で対応を書いてください。",
            f'Area headers: {areas}. Indicators: {indicators}. Map others with columns = {{ "…" = "population" }}.',
        ),
        Place(file),
    )

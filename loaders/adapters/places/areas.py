"""Lists of municipalities: 全国地方公共団体コード, 標準地域コード of e-Stat, lists with coordinates, and boundaries.

Each row is held against the municipality table by its code; other names and readings are told, the table's are kept.
What a list adds are latitude, longitude and boundaries.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from tsunagari.errors import Message, Place, SourceError
from tsunagari.loaders.adapters.places import boundaries
from tsunagari.loaders.adapters.places.coordinates import read_coordinates
from tsunagari.loaders.adapters.places.listed_areas import AREAS, area_cells, listed_place, name_issue, reading_issue
from tsunagari.loaders.files import BOUNDARY_ENDINGS, FileContent, Grid
from tsunagari.loaders.issues import Issue, IssueList, make_issue, plain_names
from tsunagari.loaders.session import Part, SourceContent, SourceInput
from tsunagari.loaders.tables import Row, Table
from tsunagari.ontology.municipalities import Municipality, municipality_table
from tsunagari.ontology.spelling import spelling_key

_HEADER_ROWS = 30
# Headers, best first; line breaks and brackets are folded before they are compared.
_HEADERS: dict[str, tuple[str, ...]] = {
    "code": (
        *(
            "団体コード",
            "全国地方公共団体コード",
            "lgcode",
            "標準地域コード",
            "市区町村コード",
            "地域コード",
            "自治体コード",
        ),
        *("行政区域コード", "cid", "コード", "code"),
    ),
    "name": ("市区町村名(漢字)", "市区町村名", "市区町村", "市町村名", "自治体名", "city", "名称"),
    "district": ("政令市・郡・支庁・振興局等", "政令市･郡･支庁･振興局等", "郡名", "振興局"),
    "reading": (
        *("市区町村名(カナ)", "市区町村(ふりがな)", "市区町村ふりがな", "市区町村かな", "市区町村名カナ", "citykana"),
        *("フリガナ", "ふりがな", "かな"),
    ),
    "latitude": ("緯度", "lat", "latitude", "y"),
    "longitude": ("経度", "lng", "lon", "longitude", "x"),
}
_READ_AS = {"code": "id", "name": "pref_label", "latitude": "latitude", "longitude": "longitude"}
_KEYS = {column: [spelling_key(header) for header in headers] for column, headers in _HEADERS.items()}
_NATIONWIDE = 1_000  # a list of so many areas is meant to be whole
_SHOWN = 5
_SAMPLED = 30
_WHOLE = ({"code", "name", "reading"}, {"code", "name", "latitude", "longitude"})
_NAME_OF_AREA = re.compile("[市区町村]$|^$")


@dataclass(slots=True)
class _Layout:
    row: int
    cells: list[str]
    positions: dict[str, int] = field(default_factory=dict)


def recognizes(content: FileContent) -> bool:
    """Tell whether a file holds boundaries, or lists each of its areas once with a reading or coordinates."""
    return any(grid.file.lower().endswith(BOUNDARY_ENDINGS) or _lists_areas(grid) for grid in content.grids)


def _lists_areas(grid: Grid) -> bool:
    layouts = [_layout(number, cells) for number, cells in grid.rows[:_HEADER_ROWS] if any(cells)]
    layout = max(layouts, key=lambda item: len(item.positions), default=None)
    found = set(layout.positions) if layout is not None else set()
    if (
        layout is None
        or not {"code", "name"} <= found
        or not ({"reading"} <= found or {"latitude", "longitude"} <= found)
    ):
        return False
    first = [_cell(cells, layout.positions["code"]) for number, cells in grid.rows if number > layout.row][:_SAMPLED]
    names = [_cell(cells, layout.positions["name"]) for number, cells in grid.rows if number > layout.row][:_SAMPLED]
    known = sum(bool(_NAME_OF_AREA.search(name)) for name in names)
    return bool(first) and len(set(first)) == len(first) and 2 * known >= len(names)


def read(given: SourceInput) -> SourceContent:
    """Return the areas of a list, and their boundaries when it has any.

    Raises
    ------
    SourceError
        When the file is neither a list with codes nor a file of boundaries.
    """
    if boundaries.holds_boundaries(given):
        return boundaries.read(given)
    tables = [table for grid in given.content.grids if (table := _table(grid)) is not None]
    if not tables:
        raise _no_table(given.source.file)
    listed = {row.cells["id"] for table in tables for row in table.rows}
    tables[0].issues += _missing(listed, given.source.file)
    return SourceContent([Part(AREAS, table) for table in tables], given.content.encoding, given.content.sha256)


def _table(grid: Grid) -> Table | None:
    layouts = [_layout(number, cells) for number, cells in grid.rows[:_HEADER_ROWS] if any(cells)]
    usable = [layout for layout in layouts if "code" in layout.positions and len(layout.positions) > 1]
    if not usable:
        return None
    layout = max(usable, key=lambda item: (len(item.positions), -item.row))
    headers = {_READ_AS[name]: layout.cells[at] for name, at in layout.positions.items() if name in _READ_AS}
    table = Table([], headers, IssueList(grid.issues), grid.sheet, (layout.row, layout.row))
    districts = 0
    for number, cells in grid.rows:
        if number > layout.row and any(cells):
            values = {name: _cell(cells, position) for name, position in layout.positions.items()}
            if _is_district(values):
                districts += 1
            elif values["code"]:
                table.rows.extend(_row(grid, layout, number, values, table.issues))
    table.issues = _lost_zeros_as_one(table.issues)
    if districts:
        table.issues.append(make_issue("district-rows", file=grid.file, sheet=grid.sheet, count=districts))
    return table


def _lost_zeros_as_one(issues: list[Issue]) -> list[Issue]:
    """Say once of a whole column what would be said of a quarter of the country."""
    lost = [issue for issue in issues if issue.code == "lost-zero"]
    if len(lost) <= _SHOWN:
        return issues
    first = lost[0]
    whole = make_issue(
        "lost-zeros", file=first.file, sheet=first.sheet, row=first.row, column=first.column, count=len(lost)
    )
    return [whole, *(issue for issue in issues if issue.code != "lost-zero")]


def _layout(row: int, cells: list[str]) -> _Layout:
    layout = _Layout(row, cells)
    keys = [spelling_key(cell) for cell in cells]
    for column, headers in _KEYS.items():
        found = next((keys.index(header) for header in headers if header in keys), None)
        if found is not None:
            layout.positions[column] = found
    return layout


def _cell(cells: list[str], position: int) -> str:
    return cells[position] if position < len(cells) else ""


def _is_district(values: dict[str, str]) -> bool:
    """Whether a row of the e-Stat list stands for a 郡, 振興局 or 特別区部, which are no municipalities."""
    code, name = values["code"], values.get("name", "")
    if municipality_table().by_code(code) is not None:
        return False
    tail = (name or values.get("district", "")).strip()
    return tail.endswith(("郡", "支庁", "振興局", "特別区部"))


def _row(grid: Grid, layout: _Layout, number: int, values: dict[str, str], issues: list[Issue]) -> Iterator[Row]:
    def header(column: str) -> str:
        return layout.cells[layout.positions[column]]

    file, sheet = grid.file, grid.sheet
    place = listed_place(values["code"], file, number, issues, column=header("code"), sheet=sheet)
    if place is None:
        return
    if values.get("name"):
        issues += name_issue(place, values["name"], file, number, column=header("name"), sheet=sheet)
    if values.get("reading") and (place.kind != "prefecture" or not values.get("name")):
        issues += reading_issue(place, values["reading"], file, number, column=header("reading"), sheet=sheet)
    cells = area_cells(place)
    if values.get("latitude") or values.get("longitude"):
        latitude, longitude = values.get("latitude", ""), values.get("longitude", "")
        issue = ""
        try:
            point = read_coordinates(latitude, longitude)
        except ValueError:
            point, issue = None, "bad-coordinates"
        if point is not None:
            cells["latitude"], cells["longitude"] = point.latitude, point.longitude
            issue = "swapped-coordinates" if point.is_swapped else ""
        if issue:
            column = header("latitude" if "latitude" in layout.positions else "longitude")
            value = f"{latitude}, {longitude}"
            issues.append(make_issue(issue, file=file, sheet=sheet, row=number, column=column, value=value))
    yield Row(number, cells, {})


def _missing(listed: set[str], file: str) -> Iterator[Issue]:
    """Yield what a list of the whole country lacks of the municipality table."""
    if len(listed) < _NATIONWIDE:
        return
    lacking: list[Municipality] = [
        place
        for place in municipality_table()
        if place.has_government and place.kind not in ("prefecture", "ward") and place.code5 not in listed
    ]
    if lacking:
        names = plain_names(f"{place.full_name} {place.code6}" for place in lacking[:_SHOWN])
        yield make_issue("areas-missing", file=file, count=len(lacking), nearest=names)


def _no_table(file: str) -> SourceError:
    codes = "、".join(_HEADERS["code"])
    return SourceError(
        Message(f"{file} に区域のコードの列がありません。", f"{file} has no column of area codes."),
        Message(f"コードの見出し: {codes}", f"Headers of codes: {codes}"),
        Place(file),
    )

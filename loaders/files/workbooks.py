"""Workbooks to grids: the visible sheets as a person sees them – values, never formulas, links or macros."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from tsunagari.errors import Message, Place, SourceError
from tsunagari.loaders.files.archives import DAMAGE, ZIP_MAGIC, damaged_error, locked_error, open_zip, workbook_format
from tsunagari.loaders.files.binary_cells import sheet_parts, without_far_binary_cells
from tsunagari.loaders.files.binary_cells import without_endless_times as without_endless_binary_times
from tsunagari.loaders.files.cell_places import (
    Places,
    covered_values,
    places_in_xls,
    places_in_xlsb,
    places_in_xlsx,
    repeated_sheets,
    shown_cells,
    told_cells,
    xls_stream,
)
from tsunagari.loaders.files.far_cells import cell_name, without_endless_times, without_far_cells
from tsunagari.loaders.files.grid import Grid, GridRow, Merge
from tsunagari.loaders.files.ods_cells import scan_ods_sheets, without_far_ods_cells, without_nested_tables
from tsunagari.loaders.files.old_cells import scan_old_sheets
from tsunagari.loaders.files.protection import OLE_MAGIC, is_locked_ole
from tsunagari.loaders.files.sheets import SheetScan, relation_targets, scan_sheets
from tsunagari.loaders.files.spool import spooled
from tsunagari.loaders.issues import Issue, make_issue, nearest_texts, plain_names

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

Result = TypeVar("Result")

_EXACT = 10**15  # whole numbers up to here are exact in a workbook
_FAR_SHOWN = 10
_ALIKE = 1_000  # rows that say the same one after the other; more come from a format, not from a person


def is_workbook(data: bytes, file: str) -> bool:
    """Tell whether the bytes are those of an Excel or OpenDocument workbook, whatever the name of the file says.

    Raises
    ------
    SourceError
        When they are an archive that is damaged, or would unpack to an absurd size.
    """
    if data.startswith(OLE_MAGIC):
        return True
    return data.startswith(ZIP_MAGIC) and workbook_format(open_zip(data, file)) is not None


def read_workbook(data: bytes, file: str, sheets: Sequence[str] = ()) -> tuple[list[Grid], str, list[Issue]]:
    """Return the sheets, the name of the format, and what is to be said of the workbook as a whole.

    Parameters
    ----------
    data, file
        The bytes and the name for messages.
    sheets
        Names of the sheets to read, hidden ones too; empty for every visible sheet with anything in it.

    Raises
    ------
    SourceError
        When it is damaged, protected by a password, or has no sheet of a name in `sheets`.
    """
    if data.startswith(OLE_MAGIC) and is_locked_ole(data):
        raise locked_error(file)
    name = "xls"
    scans: Mapping[str, SheetScan] = {}
    merges: Mapping[str, Sequence[Merge]] = {}
    far: list[Issue] = []
    parts: Mapping[str, str] = {}
    old: Mapping[str, Places] = {}
    if data.startswith(ZIP_MAGIC):
        archive = open_zip(data, file)
        name = workbook_format(archive) or "xlsx"
        scans = scan_sheets(archive, file) if name in ("xlsx", "xlsm") else {}
        data, scans, parts, far = _without_far_cells(data, file, name, scans)
        if name == "ods":
            scans, merges = scan_ods_sheets(archive, file)
    else:
        book = xls_stream(data)
        scans, old = scan_old_sheets(book), places_in_xls(book)
    with _open(data, file) as workbook:
        chosen, issues = _choose(workbook, file, sheets)
        issues += [issue for issue in far if issue.sheet in chosen]
        grids = []
        for title in chosen:
            scan = scans.get(title, SheetScan())
            if scan.is_sparse:
                issues.append(make_issue("sparse-sheet", file=file, sheet=title, value=scan.last_cell))
                continue
            sheet = _guarded(partial(workbook.get_sheet_by_name, title), file)
            tally: list[int] = []
            grid, bad = _read_sheet(sheet, title, file, scan.percent, tally)
            places = _places(data, name, parts.get(title), is_short=sum(tally) != scan.values)
            grid.issues += old.get(title, places).issues(grid)
            if bad:
                grid = _without_endless(data, name, parts.get(title), grid, bad, scan.percent)
            grid.hidden, grid.struck = frozenset(scan.hidden), frozenset(scan.struck - scan.hidden)
            grid.struck_cells = frozenset(place for place in scan.struck_cells if place[0] not in scan.struck)
            grid.struck_parts = {
                place: text for place, text in scan.struck_parts.items() if place[0] not in scan.struck
            }
            grid.merges = tuple(merges.get(title, grid.merges))
            grid.issues += covered_values(grid)
            grid.issues += scan.issues(file, title)
            if grid.rows or title in sheets:
                grids.append(grid)
    if not grids:
        raise _empty_error(file, issues)
    return grids, name, issues


def _without_far_cells(
    data: bytes, file: str, name: str, scans: Mapping[str, SheetScan]
) -> tuple[bytes, Mapping[str, SheetScan], Mapping[str, str], list[Issue]]:
    """Return the workbook without cells far away from its tables, which are told, and the files of its sheets."""
    issues = []
    if name in ("xlsb", "ods"):
        try:
            archive = open_zip(data, file)
            targets = relation_targets(archive, "xl/_rels/workbook.bin.rels")
            parts = sheet_parts(archive, targets) if name == "xlsb" else {}
            if name == "ods":
                data, nested = without_nested_tables(data)
                issues += [
                    issue for title, cells in nested.items() for issue in told_cells("unread-cells", file, title, cells)
                ]
            data, found = without_far_binary_cells(data, parts) if name == "xlsb" else without_far_ods_cells(data)
        except (*DAMAGE, RuntimeError, KeyError):
            return data, scans, {}, []  # what opens the workbook says what is wrong
        return data, scans, parts, issues + [_far(file, title, removed) for title, removed in found.items()]
    for title, scan in scans.items():
        if scan.is_sparse or scan.is_far:
            data, removed, area = without_far_cells(data, scan.part)
            scan.area = area
            if removed:
                issues.append(_far(file, title, removed))
    if issues:
        areas = {title: scan.area for title, scan in scans.items()}
        scans = scan_sheets(open_zip(data, file), file)
        for title, scan in scans.items():
            scan.area = areas.get(title)
    return data, scans, {title: scan.part for title, scan in scans.items()}, issues


def _places(data: bytes, name: str, part: str | None, *, is_short: bool) -> Places:
    """Return what a reader gave nothing of; a sheet of xlsx of which it gave every value is not gone through again."""
    if part is None or name not in ("xlsx", "xlsm", "xlsb") or (name != "xlsb" and not is_short):
        return Places()
    return places_in_xlsb(data, part) if name == "xlsb" else places_in_xlsx(data, part)


def _far(file: str, sheet: str, removed: Sequence[str]) -> Issue:
    return make_issue("far-cells", file=file, sheet=sheet, value=shown_cells(removed, _FAR_SHOWN), count=len(removed))


def cell_text(value: Any) -> str:
    """Return a cell as a person sees it: no ``.0`` behind whole numbers, days as ISO, no time at midnight.

    Examples
    --------
    >>> cell_text(11002.0), cell_text(date(2023, 4, 1)), cell_text(0.5), cell_text(True)
    ('11002', '2023-04-01', '0.5', 'TRUE')
    """
    return _TEXTS[type(value)](value)


def _number_text(value: float) -> str:
    if value.is_integer() and abs(value) < _EXACT:
        return str(int(value))
    text = format(value, ".15g")
    return format(Decimal(text), "f") if "e" in text else text


def _datetime_text(value: datetime) -> str:
    return value.date().isoformat() if value.time() == time() else f"{value.date()} {_time_text(value.time())}"


def _time_text(value: time) -> str:
    return value.strftime("%H:%M:%S" if value.second else "%H:%M")


def _duration_text(value: timedelta) -> str:
    minutes = round(value.total_seconds() / 60)
    return f"{minutes // 60}:{minutes % 60:02}"


_TEXTS: dict[type, Callable[[Any], str]] = {
    str: str.strip,
    float: _number_text,
    int: str,
    bool: lambda value: "TRUE" if value else "FALSE",
    datetime: _datetime_text,
    date: date.isoformat,
    time: _time_text,
    timedelta: _duration_text,
}


def _open(data: bytes, file: str) -> CalamineWorkbook:
    from python_calamine import CalamineWorkbook

    return _guarded(lambda: CalamineWorkbook.from_filelike(io.BytesIO(data)), file)


def _guarded(read: Callable[[], Result], file: str) -> Result:
    """Return what `read` gives; whatever the parser stumbles over is an error about the file."""
    from python_calamine import CalamineError

    try:
        return read()
    except (CalamineError, OSError, ValueError):
        raise damaged_error(file) from None
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # the parser is compiled and has no class of its own for it
            raise damaged_error(file) from None
        raise


def _choose(workbook: CalamineWorkbook, file: str, wanted: Sequence[str]) -> tuple[list[str], list[Issue]]:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    tables = [sheet for sheet in workbook.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    names = [sheet.name for sheet in tables]
    for name in wanted:
        if name not in names:
            raise SourceError(
                Message(f"{file} にシート「{name}」がありません。", f"{file} has no sheet {name!r}."),
                Message(
                    f"近いシート: {'、'.join(nearest_texts(name, names))}。シート: {'、'.join(names)}",
                    f"Nearest: {', '.join(nearest_texts(name, names))}. Sheets: {', '.join(names)}",
                ),
                Place(file, sheet=name),
            )
    issues = list(repeated_sheets(names, file))
    names = list(dict.fromkeys(names))
    if wanted:
        return [name for name in names if name in wanted], [issue for issue in issues if issue.sheet in wanted]
    hidden = [sheet.name for sheet in tables if sheet.visible != SheetVisibleEnum.Visible]
    issues += [make_issue("hidden-sheet", file=file, sheet=name, value=name) for name in hidden]
    return [name for name in names if name not in hidden], issues


def _read_sheet(
    sheet: CalamineSheet, title: str, file: str, percent: Set[tuple[int, int]], tally: list[int]
) -> tuple[Grid, dict[int, list[Any]]]:
    """Return a sheet and the numbers of its rows that hold a day or time beyond all calendars, which are not in it.

    How many cells of each row hold anything goes to `tally`.
    """
    grid = Grid(file, [], title)
    bad: dict[int, list[Any]] = {}
    rows = _guarded(
        lambda: spooled(_without_repeats(_rows(_readable(sheet.iter_rows(), bad), percent, tally), grid)), file
    )
    merges: Iterable[Merge] = (
        (top + 1, left, bottom + 1, right) for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
    )
    grid.rows, grid.merges = rows, tuple(merges)
    return grid, bad


def _readable(rows: Iterable[list[Any]], bad: dict[int, list[Any]]) -> Iterator[list[Any]]:
    """Pass on the rows; one with a day or time beyond all calendars is empty, and its number noted."""
    given = iter(rows)
    number = 0
    while True:
        number += 1
        try:
            yield next(given)
        except StopIteration:
            return
        except OverflowError:
            bad[number] = []
            yield []


def _without_endless(
    data: bytes, name: str, part: str | None, grid: Grid, bad: dict[int, list[Any]], percent: Set[tuple[int, int]]
) -> Grid:
    """Return a sheet whose days and times beyond all calendars are the plain numbers that they are; each is told."""
    file, title = grid.file, grid.sheet or ""
    if part is not None:
        strip = without_endless_binary_times if name == "xlsb" else without_endless_times
        data, places = strip(data, part, bad.keys())
        with _open(data, file) as workbook:
            again, still = _read_sheet(workbook.get_sheet_by_name(title), title, file, percent, [])
        again.issues += [issue for issue in grid.issues if issue not in again.issues]
        cells = dict(again.rows) if places else {}
        for row, column in places:
            place: dict[str, Any] = {"file": file, "sheet": title, "row": row + 1, "column": cell_name(0, column)[:-1]}
            again.issues.append(make_issue("endless-time", **place, value=cells[row + 1][column]))
        grid, bad = again, still
    for number in bad:
        grid.issues.append(make_issue("unreadable-row", file=file, sheet=title, row=number))
    return grid


def _without_repeats(rows: Iterable[GridRow], grid: Grid) -> Iterable[GridRow]:
    """Pass on no more than some rows that are alike one after the other; how many there were is told."""
    before: list[str] = []
    first = alike = 0
    for number, cells in rows:
        first, alike = (first, alike + 1) if cells == before else (number, 0)
        before = cells
        if alike == _ALIKE:
            place: dict[str, Any] = {"file": grid.file, "sheet": grid.sheet, "row": number}
            grid.issues.append(make_issue("repeated-rows", **place, value=str(first), count=_ALIKE, last=number))
        if alike < _ALIKE:
            yield number, cells


def _rows(rows: Iterable[list[Any]], percent: Set[tuple[int, int]], tally: list[int]) -> Iterable[GridRow]:
    texts = _TEXTS
    shares = {row for row, _ in percent}
    for number, values in enumerate(rows, start=1):
        cells = [texts[type(value)](value) for value in values]
        if number in shares:
            for position, value in enumerate(values):
                if (number, position) in percent and isinstance(value, (int, float)) and not isinstance(value, bool):
                    cells[position] = f"{_number_text(float(Decimal(str(value)) * 100))}%"
        filled = len(cells) - cells.count("")
        if filled:
            tally.append(filled)
            yield number, cells


def _empty_error(file: str, issues: list[Issue]) -> SourceError:
    left = plain_names(issue.sheet or "" for issue in issues)
    return SourceError(
        Message(f"{file} は空です。", f"{file} is empty."),
        Message(
            f"見えるシートに表がありません（読まなかったシート: {left.ja}）。",
            f"No visible sheet holds a table (sheets not read: {left.en}).",
        ),
        Place(file),
    )

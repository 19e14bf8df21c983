"""The users' own tables, read once more, and where in them each issue is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from tsunagari.errors import SourceError
from tsunagari.loaders.files import Grid, GridRow, Merge, read_grids
from tsunagari.loaders.fixes import SEARCHED_ROWS, find_positions, positions_at
from tsunagari.ontology.spelling import fold_text

IssueRow = Mapping[str, Any]
"""One row of the table of issues."""
WHOLE_TABLE = 50_000
"""Rows up to which a table is shown whole; of a longer one only the rows with issues and those around them."""
ROWS_IN_ALL = 200_000
"""Rows of all tables up to which they are shown whole."""
MOST_TABLES = 100
"""Tables that are shown, those with the most serious issues first."""
LARGEST_FILE = 100_000_000
"""Bytes of a file up to which its tables are shown: a register of the whole country is not read once more for this."""
NO_TABLES = frozenset(
    {".ttl", ".trig", ".nt", ".nq", ".jsonld", ".rdf", ".owl", ".xml", ".json", ".geojson", ".topojson"}
)
"""Endings of files that hold no table."""
CONTEXT = 2
"""Rows shown before and after a row with an issue where a table is not shown whole."""
FIRST_ROWS = 12
"""Rows, the header among them, that are shown of such a table whatever is in them."""
ROWS_WITH_ISSUES = 10_000
"""Rows with issues that are shown of such a table."""
WIDEST = 250
"""Columns of a table that are shown."""
HEADER_CODES = frozenset({"title-rows-skipped", "unmapped-column", "duplicate-column"})
"""Codes of issues whose row is the header."""
LONGEST_NAME = 31
_NEAR = 4  # columns among which the name must be for the advice to stand beside it
_NAME = re.compile(r"(?:名|名称|氏名|name)$", re.IGNORECASE)
_NO_NAME = re.compile("都道府県|市区?町村|公共団体|カナ|かな|ｶﾅ|英")
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


@dataclass
class OwnTable:
    """A table of the user with its issues.

    Parameters
    ----------
    file, sheet
        Where it is; the sheet is None for a text file.
    name
        What its sheet in the workbook is called.
    rows
        Rows to show: number in the file and cells.
    whole
        Whether these are all rows, so that a row stands in the line of its number.
    issues
        What was found in it.
    merges
        Its merged cells.
    """

    file: str
    sheet: str | None
    name: str
    rows: list[GridRow]
    whole: bool
    issues: list[IssueRow] = field(default_factory=list)
    merges: Sequence[Merge] = ()

    @property
    def top(self) -> int:
        """Line, from 0, of the first row: below a note where only some rows are shown."""
        return 0 if self.whole else 1

    @cached_property
    def width(self) -> int:
        """Number of columns shown."""
        return min(max((len(cells) for _, cells in self.rows), default=0), WIDEST)

    @cached_property
    def header(self) -> int:
        """Number of the last row of the header: what an issue of it says, else where most headers named are."""
        said = [int(issue["row"]) for issue in self.issues if issue["code"] in HEADER_CODES and issue["row"]]
        if said:
            return max(said)
        wanted = {fold_text(issue["column"]) for issue in self.issues if issue["column"]}
        below = min((issue["row"] for issue in self.issues if issue["row"]), default=SEARCHED_ROWS)
        return find_positions(self.rows, self.merges, wanted, below=below)[0]

    @cached_property
    def _headers(self) -> Mapping[str, int]:
        return positions_at(self._cells, self.merges, self.header)

    @cached_property
    def _cells(self) -> Mapping[int, list[str]]:
        return dict(self.rows)

    @cached_property
    def _lines(self) -> Mapping[int, int]:
        return {number: self.top + place for place, (number, _) in enumerate(self.rows)}

    def line(self, number: int) -> int:
        """Return the line, from 0, of a row of the file; a row that is not shown gives the first one."""
        return self._lines.get(number, self.top)

    def position(self, issue: IssueRow) -> int | None:
        """Return the column, from 0, of the cell an issue is about; None when that is the row or the whole table.

        The cell stands below the header that the issue names; where no header is known it is the one cell of the row
        that holds the value.
        """
        column, value = issue["column"], issue["value"]
        place = self._headers.get(fold_text(column)) if column else None
        if place is None and value:
            texts = [fold_text(cell) for cell in self._cells.get(issue["row"] or 0, [])]
            places = [position for position, text in enumerate(texts) if text == fold_text(value)]
            place = places[0] if len(places) == 1 else None
        return place if place is not None and place < self.width else None

    @cached_property
    def advice(self) -> int:
        """Column of the sheet, from 0, that holds the advice: the one beside the name, so that both stay in view.

        Where no column near the beginning names anything it is the first.
        """
        named = sorted(place for header, place in self._headers.items() if is_name(header))
        return named[0] + 1 if named and named[0] < _NEAR else 0

    def shown(self, position: int) -> int:
        """Return the column of the sheet for one of the table, both from 0."""
        return position + (position >= self.advice)

    def cell(self, issue: IssueRow) -> tuple[int, int]:
        """Return line and column of the sheet, from 0, of what an issue is about, or of the advice on it."""
        place = self.position(issue)
        return self.line(issue["row"] or self.header), self.advice if place is None else self.shown(place)


def is_name(header: str) -> bool:
    """Tell whether a header is that of the names by which a person knows the rows.

    Examples
    --------
    >>> [is_name(text) for text in ("団体名", "事業所の名称", "都道府県名", "名称カナ", "住所")]
    [True, True, False, False, False]
    """
    return _NAME.search(header) is not None and _NO_NAME.search(header) is None


def own_tables(folder: Path, issues: Iterable[IssueRow], *, taken: Iterable[str]) -> list[OwnTable]:
    """Return the tables that have issues in the order of the issues.

    Files that cannot be read, hold no table or are very large are left out, as are tables beyond `MOST_TABLES`.

    Parameters
    ----------
    folder
        Where the files are.
    issues
        What was found.
    taken
        Names that other sheets of the workbook have.
    """
    by_file: dict[str, list[IssueRow]] = {}
    for issue in issues:
        if issue["file"]:
            by_file.setdefault(issue["file"], []).append(issue)
    names = Names(taken)
    tables: list[OwnTable] = []
    room = ROWS_IN_ALL
    for file, found in by_file.items():
        if len(tables) >= MOST_TABLES:
            break
        grids = _grids_of(folder / file, file)
        for grid in grids[: MOST_TABLES - len(tables)]:
            own = [issue for issue in found if issue["sheet"] == grid.sheet or len(grids) == 1]
            if own:
                name = names.take(_title(file, grid.sheet, len(grids)))
                tables.append(_table(grid, own, name, most=min(room, WHOLE_TABLE)))
                room -= len(tables[-1].rows)
    return tables


def _grids_of(path: Path, file: str) -> tuple[Grid, ...]:
    if path.suffix.lower() in NO_TABLES:
        return ()
    try:
        return read_grids(path, file).grids if path.stat().st_size <= LARGEST_FILE else ()
    except (SourceError, OSError):
        return ()


def _table(grid: Grid, issues: list[IssueRow], name: str, *, most: int) -> OwnTable:
    whole = (grid.rows[-1][0] if grid.rows else 0) <= most  # empty rows may be missing
    rows = list(_numbered(grid.rows)) if whole else _rows_around(grid.rows, issues)
    return OwnTable(grid.file, grid.sheet, name, rows, whole, issues, grid.merges)


def _numbered(rows: Sequence[GridRow]) -> Iterable[GridRow]:
    """Yield the rows with empty ones where numbers are missing, so that a row keeps its line."""
    expected = 1
    for number, cells in rows:
        for missing in range(expected, number):
            yield missing, []
        yield number, cells
        expected = number + 1


def _rows_around(rows: Sequence[GridRow], issues: list[IssueRow]) -> list[GridRow]:
    """Return the first rows, where the header is, and those with issues, with a few rows around them."""
    counts = Counter(issue["row"] for issue in issues if issue["row"])
    kept = {row + step for row in list(counts)[:ROWS_WITH_ISSUES] for step in range(-CONTEXT, CONTEXT + 1)}
    return [(number, cells) for place, (number, cells) in enumerate(rows) if place < FIRST_ROWS or number in kept]


def _title(file: str, sheet: str | None, sheets: int) -> str:
    name = Path(file.replace("\\", "/")).name
    return name if sheet is None or sheets == 1 else f"{sheet}（{name}）"


class Names:
    """Names of sheets as Excel takes them: short, without certain signs, no two alike.

    Parameters
    ----------
    taken
        Names that are in use.
    """

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = {name.casefold() for name in (*taken, "History")}

    def take(self, wanted: str) -> str:
        """Return a name like `wanted` and keep it from being given again.

        Examples
        --------
        >>> names = Names(["要約"])
        >>> names.take("会員[1].csv"), names.take("会員_1_.csv")
        ('会員_1_.csv', '会員_1_.csv 2')
        """
        base = _FORBIDDEN.sub("_", wanted).strip("' ") or "_"
        name, number = base[:LONGEST_NAME], 1
        while name.casefold() in self._taken:
            number += 1
            tail = f" {number}"
            name = base[: LONGEST_NAME - len(tail)] + tail
        self._taken.add(name.casefold())
        return name

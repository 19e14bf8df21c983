"""Files of the statistics offices, told by their headers: SSDSE-A, tables of e-Stat, population by area and age."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tsunagari.errors import Message, Place, SourceError
from tsunagari.loaders.adapters.findings import Findings
from tsunagari.loaders.adapters.places.small_areas import read_parts
from tsunagari.loaders.adapters.statistics.coded_statistics import read_coded
from tsunagari.loaders.adapters.statistics.estat import read_dimensions
from tsunagari.loaders.adapters.statistics.indicators import KIND
from tsunagari.loaders.files import FileContent, Grid
from tsunagari.loaders.issues import IssueList, make_issue
from tsunagari.loaders.session import Part, SourceContent, SourceInput
from tsunagari.loaders.signatures import Recognized, recognize_rows
from tsunagari.loaders.tables import Table

_READERS: Mapping[str, Callable[[SourceInput, Grid, Recognized, Findings], Table]] = {
    "coded": read_coded,
    "dimensions": read_dimensions,
    "parts": read_parts,
}


def recognizes_statistics(content: FileContent) -> bool:
    """Tell whether a header is that of a file of the statistics offices."""
    return any(_recognized(grid) is not None for grid in content.grids)


def read_statistics(given: SourceInput) -> SourceContent:
    """Return the indicators of every sheet that is such a file; other sheets are told.

    Raises
    ------
    SourceError
        When none gives any indicator.
    """
    parts, issues = [], []
    for grid in given.content.grids:
        found = _recognized(grid)
        if found is None:
            issues.append(make_issue("sheet-left-out", file=grid.file, sheet=grid.sheet, value=grid.sheet))
            continue
        parts.append(read_indicators(given, grid, found))
    if not parts:
        file = given.source.file
        raise SourceError(
            Message(f"{file} は統計の表として読めません。", f"{file} is no table of the statistics offices."),
            Message("kind を直してください。", "Correct `kind`."),
            Place(file),
        )
    return SourceContent(parts, given.content.encoding, given.content.sha256, issues)


def read_indicators(given: SourceInput, grid: Grid, found: Recognized) -> Part:
    """Return the indicators of one sheet that was recognised."""
    findings = Findings(grid.file, grid.sheet, IssueList(grid.issues))
    findings.say("recognized-dataset", found.row, value=found.dataset.label.ja, name=found.dataset.label)
    table = _READERS[found.dataset.further["shape"]](given, grid, found, findings)
    if not table.rows:
        findings.say("empty-table")
    return Part(KIND, table)


def _recognized(grid: Grid) -> Recognized | None:
    found = recognize_rows(grid.rows)
    return found if found is not None and found.dataset.rows == KIND.name else None

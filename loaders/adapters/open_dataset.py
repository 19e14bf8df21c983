"""Datasets that the state and municipalities publish in a shape of their own, told by their headers.

Which headers tell a dataset, what its columns mean and what field its rows belong to stands in `loaders.signatures`;
the reader follows from what its rows are.
"""

from __future__ import annotations

from collections.abc import Sequence

from tsunagari.errors import Message, Place, SourceError
from tsunagari.loaders.adapters.councils import read_councils
from tsunagari.loaders.adapters.facilities import read_facilities
from tsunagari.loaders.adapters.forms import as_table
from tsunagari.loaders.adapters.listed import read_listed
from tsunagari.loaders.adapters.statistics.files import read_indicators
from tsunagari.loaders.files import FileContent, Grid
from tsunagari.loaders.issues import Issue, make_issue
from tsunagari.loaders.session import Part, SourceContent, SourceInput
from tsunagari.loaders.signatures import Recognized, recognize_rows


def recognizes(content: FileContent) -> bool:
    """Tell whether a header belongs to one of the datasets, and not only to any list of places.

    Files of the statistics offices are of the kind ``needs``.
    """
    found = (recognize_rows(as_table(grid).rows) for grid in content.grids)
    return any(item is not None and item.dataset.rows != "needs" for item in found)


def read(given: SourceInput) -> SourceContent:
    """Return the rows of every sheet that holds one of the datasets; the other sheets are told.

    Raises
    ------
    SourceError
        When no sheet has the columns of one.
    """
    parts: list[Part] = []
    left_out: list[Issue] = []
    for grid in map(as_table, given.content.grids):
        found = recognize_rows(grid.rows, asked=True, given=given.source.columns)
        if found is None:
            left_out.append(make_issue("sheet-left-out", file=grid.file, sheet=grid.sheet, value=grid.sheet))
        else:
            parts += _read_sheet(given, grid, found)
    if not parts:
        raise _other_file(given)
    return SourceContent(
        parts,
        given.content.encoding,
        given.content.sha256,
        left_out,
    )


def _read_sheet(given: SourceInput, grid: Grid, found: Recognized) -> list[Part]:
    """Return the parts of a sheet, read by what the rows of its dataset are."""
    match found.dataset.rows:
        case "services" | "organizations":
            return read_facilities(given, grid, found)
        case "needs":
            return [read_indicators(given, grid, found)]
        case "platforms":
            return read_councils(given, grid, found)
        case _:
            return read_listed(given, grid, found)


def _other_file(given: SourceInput) -> SourceError:
    file = given.source.file
    first: Sequence[str] = next((cells for grid in given.content.grids for _, cells in grid.rows if any(cells)), ())
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

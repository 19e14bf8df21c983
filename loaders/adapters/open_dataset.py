"""Datasets that the state and municipalities publish in a shape of their own, told by their headers.

Which headers tell a dataset, what its columns mean and what field its rows belong to stands in `loaders.signatures`;
the reader follows from what its rows are.
"""

from __future__ import annotations

from collections.abc import Sequence

from tsunagari.errors import Message, Place, SourceError
from tsunagari.loaders.adapters.facilities import read_facilities
from tsunagari.loaders.files.grids import FileContent
from tsunagari.loaders.issues.issues import Issue, make_issue
from tsunagari.loaders.session.parts import Part, SourceContent, SourceInput
from tsunagari.loaders.signatures import Dataset, recognize_rows
from tsunagari.loaders.values.mappings import read_word_mapping


def recognizes(content: FileContent) -> bool:
    """Tell whether a header belongs to one of the datasets, and not only to any list of places."""
    return any(recognize_rows(grid.rows) is not None for grid in content.grids)


def recognized_datasets(content: FileContent) -> list[Dataset]:
    """Return the datasets that the sheets of a file hold, each once."""
    found = (recognize_rows(grid.rows, asked=True) for grid in content.grids)
    return list({item.dataset.name: item.dataset for item in found if item is not None}.values())


def read(given: SourceInput) -> SourceContent:
    """Return the rows of every sheet that holds one of the datasets; the other sheets are told.

    Raises
    ------
    SourceError
        When no sheet has the columns of one.
    """
    mapping = read_word_mapping(given.workspace, given.source, given.vocabulary)
    parts: list[Part] = []
    left_out: list[Issue] = []
    for grid in given.content.grids:
        found = recognize_rows(grid.rows, asked=True)
        if found is None:
            left_out.append(make_issue("sheet-left-out", file=grid.file, sheet=grid.sheet, value=grid.sheet))
        else:
            parts += read_facilities(given, grid, found, mapping)
    if not parts:
        raise _other_file(given)
    return SourceContent(parts, given.content.encoding, given.content.sha256, [*mapping.issues, *left_out])


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

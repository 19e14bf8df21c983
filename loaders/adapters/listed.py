"""Recognised lists whose rows are plain rows of a kind, with constants by the table of datasets and the settings.

The year of a programme comes from the settings (``values = { fiscal_year = "2024" }``), a column, or the title above
the table (令和6年度 …).
"""

from __future__ import annotations

import re
from dataclasses import replace
from types import MappingProxyType

from tsunagari.errors import Message, Place, SourceError
from tsunagari.loaders.adapters.findings import Findings
from tsunagari.loaders.files import Grid
from tsunagari.loaders.session import Part, SourceInput, read_tables
from tsunagari.loaders.signatures import Recognized
from tsunagari.loaders.tables import Row, Table
from tsunagari.loaders.workspace import KINDS
from tsunagari.ontology.spelling import fold_text

_FISCAL_YEAR = re.compile(r"(?:令和|平成)(?:元|\d{1,2})年度|(?:19|20)\d{2}年度|R\d{1,2}年度")


def read_listed(given: SourceInput, grid: Grid, found: Recognized) -> list[Part]:
    """Return the rows of a sheet as rows of the kind that the dataset names, and the programme that they are about.

    Parameters
    ----------
    given, grid, found
        The source, the sheet and its header.

    Raises
    ------
    SourceError
        When neither the settings nor the list say the year.
    """
    dataset, kind = found.dataset, KINDS[found.dataset.rows]
    source = given.source
    # a prefecture beside a name is known everywhere
    columns = {
        found.cells[places[0]]: meaning
        for meaning, places in found.positions.items()
        if meaning not in ("serial", "personal", "prefecture")
    }
    constants = dict(dataset.further.get("constants", {})) | dict(source.values)
    if "fiscal_year" not in constants and "fiscal_year" not in found.positions:
        constants["fiscal_year"] = _year(given, grid, found)
    mapped = replace(
        source,
        kind=kind.name,
        columns=MappingProxyType({**columns, **source.columns}),
        values=MappingProxyType(constants),
    )
    filled = replace(grid, rows=_filled(grid, found, dataset.further.get("fill", ())))
    inner = SourceInput(given.workspace, mapped, given.vocabulary, given.wanted)
    inner.__dict__["content"] = replace(given.content, grids=(filled,))  # a cached property takes it from here
    parts = read_tables(inner, kind).parts
    findings = Findings(grid.file, grid.sheet)
    findings.say("recognized-dataset", found.row, value=dataset.label.ja, name=dataset.label)
    parts[0].table.issues[:0] = findings.issues
    programme = constants.get("programme", "")
    if programme and "programme" not in source.values:
        rows = [Row(found.row, {"pref_label": programme}, {})]
        parts.append(Part(KINDS["programmes"], Table(rows, {}, [], grid.sheet, is_companion=True)))
    return parts


def _year(given: SourceInput, grid: Grid, found: Recognized) -> str:
    for number, cells in grid.rows[: found.row]:
        for text in cells if number < found.row else ():
            year = _FISCAL_YEAR.search(fold_text(text))
            if year is not None:
                return year[0]
    file = given.source.file
    raise SourceError(
        Message(
            f"{file} がどの年度の一覧か分かりません（{found.dataset.label.ja}）。",
            f"{file} does not say which fiscal year it is of ({found.dataset.label.en}).",
        ),
        Message(
            'tsunagari.toml のこの [[source]] に values = { fiscal_year = "2024" } と書いてください。',
            'Write values = { fiscal_year = "2024" } in its [[source]] of tsunagari.toml.',
        ),
        Place(file, sheet=grid.sheet, row=found.row),
    )


def _filled(grid: Grid, found: Recognized, meanings: list[str]) -> list[tuple[int, list[str]]]:
    """Return the rows with the cells of some columns repeated downwards, as merged cells leave them in a text file."""
    places = [place for meaning in meanings for place in found.positions.get(meaning, ())[:1]]
    above = dict.fromkeys(places, "")
    rows = []
    for number, cells in grid.rows:
        if number > found.row and any(cells):
            cells = list(cells)
            for place in places:
                if place < len(cells):
                    above[place] = cells[place] = cells[place] or above[place]
        rows.append((number, cells))
    return rows

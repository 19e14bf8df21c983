"""The matrices of the Excel report: coverage, composition of platforms, measures by life stage."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, TypeAlias

from tsunagari.errors import Message
from tsunagari.viz.excel.cells import LINE_HEIGHT, add_sheet, lines_needed, write_cell
from tsunagari.viz.look.gap_status import GAP_STATUSES, PLAN_MEANING, PLAN_SIGN, statuses_of
from tsunagari.viz.look.matrix import CoverageMatrix, frame_matrix, municipality_field_matrix
from tsunagari.viz.look.wrapping import display_width
from tsunagari.viz.report.book import Report, colour_statuses
from tsunagari.viz.report.words import COMPOSITION, MATRIX, PURPOSES, STAGES

if TYPE_CHECKING:
    import pandas as pd

    from tsunagari.graph.knowledge import KnowledgeGraph

At: TypeAlias = date | str | None
NARROWEST, WIDEST = 4.5, 6.0
"""Width of the columns: for signs and counts, and for words, which wrap."""
SILENT = (0, "unknown", "none")
"""Cells that say nothing of their own."""
ONE_PAGE = 45
"""Rows up to which a matrix is printed on one page."""


def write_matrix(report: Report, _kg: KnowledgeGraph, _at: At) -> None:
    """Write municipality × field as symbols; a cell that somebody plans support for says so."""
    gaps = report.gaps
    planned = {
        (code, notation)
        for code, notation, number in gaps[["area_code", "field_id", "planned"]].itertuples(index=False, name=None)
        if number
    }
    sheet, top = _write_grid(report, MATRIX, municipality_field_matrix(gaps), planned)
    for key, status in statuses_of(gaps["status"]).items():
        label = f"{status.symbol} {report.words(status.label)}"
        sheet.write_string(top, 0, label, report.formats[f"legend {key}"])
        sheet.write_string(top, 1, report.words(status.meaning), report.formats["note"])
        top += 1
    sheet.write_string(top, 0, report.words(PLAN_SIGN), report.formats["centre"])
    sheet.write_string(top, 1, report.words(PLAN_MEANING), report.formats["note"])


def write_composition(report: Report, kg: KnowledgeGraph, at: At) -> bool | None:
    """Write platform × type of constituent: how many members of a type are named, else whether the type is stated."""
    frame = kg.coverage_matrix("platform-constituent", at=at, lang=report.lang)
    return _write_telling(report, COMPOSITION, frame_matrix("platform-constituent", frame.loc[:, _telling(frame)]))


def write_stages(report: Report, kg: KnowledgeGraph, at: At) -> bool | None:
    """Write life stage × category of measures: how many measures, repeats not counted."""
    frame = kg.coverage_matrix("stage-category", at=at, lang=report.lang)
    return _write_telling(report, STAGES, frame_matrix("stage-category", frame))


def _telling(frame: pd.DataFrame) -> pd.Series[bool]:
    """Tell of each column whether one of its cells says something: a type of another prefecture's scheme does not."""
    return ~frame.isin(SILENT).all()


def _write_telling(report: Report, name: Message, matrix: CoverageMatrix) -> bool | None:
    """Write a matrix unless none of its cells says anything."""
    if all(cell is None or cell in SILENT for cells in matrix.cells for cell in cells):
        return False
    _write_grid(report, name, matrix)
    return None


def _write_grid(
    report: Report, name: Message, matrix: CoverageMatrix, planned: set[tuple[str, str]] | None = None
) -> tuple[Any, int]:
    """Write a matrix; a heading stands upright to keep the columns narrow.

    Returns
    -------
    The sheet and the first free row below, one row left blank.
    """
    sheet, top = add_sheet(report, name, purpose=PURPOSES[name])
    plan = report.words(PLAN_SIGN)
    _write_edges(report, sheet, top, matrix)
    for row, (code, cells) in enumerate(zip(matrix.row_ids, matrix.cells, strict=True), start=top + 1):
        for column, (notation, value) in enumerate(zip(matrix.column_ids, cells, strict=True), start=1):
            if isinstance(value, str):
                text = GAP_STATUSES[value].symbol if value in GAP_STATUSES else value
                text += plan if planned and (code, notation) in planned else ""
                sheet.write_string(row, column, text, report.formats["centre"])
            else:
                write_cell(report, sheet, row, column, value, "centre")
        words = [cell for cell in cells if isinstance(cell, str) and cell not in GAP_STATUSES]
        sheet.set_row(row, LINE_HEIGHT * lines_needed(words, [WIDEST] * len(words)) + 2)
    bottom = top + max(len(matrix.rows), 1)
    sheet.freeze_panes(top + 1, 1)
    sheet.repeat_rows(top)
    sheet.repeat_columns(0)
    if len(matrix.rows) <= ONE_PAGE:
        sheet.fit_to_pages(1, 1)
    colour_statuses(report, sheet, (top + 1, 1), (bottom, max(len(matrix.columns), 1)))
    return sheet, bottom + 2


def _write_edges(report: Report, sheet: Any, top: int, matrix: CoverageMatrix) -> None:
    """Write the names of rows and columns and make room for them."""
    head, points = ("upright", 7.2) if report.lang == "ja" else ("slanted", 6.0)
    words = [cell for row in matrix.cells for cell in row if isinstance(cell, str) and cell not in GAP_STATUSES]
    sheet.write_string(top, 0, "", report.formats["head"])
    sheet.set_row(top, max(60, max(map(display_width, matrix.columns), default=0) * points + 12))
    sheet.set_column(0, 0, min(max([16.0, *(display_width(name) * 1.1 + 2 for name in matrix.rows)]), 44))
    sheet.set_column(1, max(len(matrix.columns), 1), WIDEST if words else NARROWEST)
    for column, name in enumerate(matrix.columns, start=1):
        sheet.write_string(top, column, name, report.formats[head])
    for row, name in enumerate(matrix.rows, start=top + 1):
        write_cell(report, sheet, row, 0, name, "strong")

"""A grid: one sheet, or a text file, as rows of cells of text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tsunagari.loaders.issues import Issue, IssueList

GridRow = tuple[int, list[str]]
Merge = tuple[int, int, int, int]
"""Merged cells: number of the first row, position of the first column, the same of the last; positions from 0."""


@dataclass(slots=True)
class Grid:
    """One sheet, or a text file, as cells of text.

    Parameters
    ----------
    file
        Name of the file for messages.
    rows
        Number in the file (the first line is 1) and stripped cells of each row; blank ones may be missing.
    sheet
        Name of the sheet; None for a text file.
    issues
        What was found while reading; whoever makes a table of the grid passes it on.
    merges
        Its merged cells; only the first cell of each has the text.
    hidden, struck
        Numbers of the rows that nobody sees in the workbook, and of other rows that are struck through.
    struck_cells
        Row number and position of cells that are struck through in other rows.
    struck_parts
        Row number and position of cells of which a part is struck through, with what is left of their text.
    """

    file: str
    rows: Sequence[GridRow]
    sheet: str | None = None
    issues: list[Issue] = field(default_factory=IssueList)
    merges: tuple[Merge, ...] = ()
    hidden: frozenset[int] = frozenset()
    struck: frozenset[int] = frozenset()
    struck_cells: frozenset[tuple[int, int]] = frozenset()
    struck_parts: Mapping[tuple[int, int], str] = field(default_factory=dict)

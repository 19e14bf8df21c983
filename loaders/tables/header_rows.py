"""Where the header of a grid is: one to three rows, somewhere below titles and notes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from tsunagari.errors import Message, Place, SourceError
from tsunagari.loaders.files import Grid, GridRow, Merge
from tsunagari.loaders.tables.header_text import Stack
from tsunagari.loaders.tables.headers import HeaderMap, missing_columns
from tsunagari.loaders.tables.mapped_columns import MappedColumn

SEARCHED_ROWS = 30
SEARCHED_COLUMNS = 120
"""Columns by which the header is found; once it is found, all of its columns are read."""
MOST_HEADER_ROWS = 3
# Digits, marks, dates and web addresses are what cells hold, not what columns are called.
_DATA = re.compile(r"[\d０-９./:年月日,-]+|[○◯〇●◎×✓✔△－-]|https?://.*")


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a table.

    Parameters
    ----------
    first, last
        Numbers of its first and last row in the file.
    stacks
        Texts over each column, top first; empty where the column has no header.
    mapped
        The columns that were understood.
    titles
        The filled rows above it.
    """

    first: int
    last: int
    stacks: list[Stack]
    mapped: list[MappedColumn]
    titles: list[GridRow]


def find_header(grid: Grid, header_map: HeaderMap) -> Header:
    """Return the header: the rows, among the first 30, in which most columns are known.

    Raises
    ------
    SourceError
        When the grid has no rows, or when a required column is missing (naming the headers found and the nearest one).
    """
    header = guess_header(grid, header_map)
    missing = missing_columns(header_map, (column.key for column in header.mapped))
    if missing:
        found = list(dict.fromkeys(text for stack in header.stacks for text in stack))
        raise header_map.missing_error(grid.file, header.last, found, missing, sheet=grid.sheet)
    return header


def guess_header(grid: Grid, header_map: HeaderMap) -> Header:
    """Return what is most like a header, whether or not the required columns are there.

    Raises
    ------
    SourceError
        When the grid has no rows.
    """
    lines = [(number, cells) for number, cells in grid.rows[:SEARCHED_ROWS] if any(cells)]
    if not lines:
        message = Message(f"{grid.file} は空です。", f"{grid.file} is empty.")
        hint = Message("見出しと行のあるファイルを置いてください。", "Put a table with a header there.")
        raise SourceError(message, hint, Place(grid.file, sheet=grid.sheet))
    is_wide = max(len(cells) for _, cells in lines) > SEARCHED_COLUMNS
    searched = [(number, cells[:SEARCHED_COLUMNS]) for number, cells in lines] if is_wide else lines
    block, stacks, mapped, score = _best_block(searched, grid.merges, header_map)
    if score == 0:
        # nothing is known: the first row with several cells is what a person would call the header
        block = [next((line for line in lines if sum(map(bool, line[1])) > 1), block[0])]
    first, last = block[0][0], block[-1][0]
    if score == 0 or is_wide:
        stacks = stack_texts([line for line in lines if first <= line[0] <= last], grid.merges)
        mapped = header_map.map_stacks(stacks)
    return Header(first, last, stacks, mapped, [line for line in lines if line[0] < first])


def _best_block(
    lines: Sequence[GridRow], merges: Sequence[Merge], header_map: HeaderMap
) -> tuple[list[GridRow], list[Stack], list[MappedColumn], int]:
    best: tuple[tuple[bool, int, int, int], list[GridRow], list[Stack], list[MappedColumn], int] | None = None
    for start in range(len(lines)):
        for depth in range(1, MOST_HEADER_ROWS + 1):
            block = list(lines[start : start + depth])
            if len(block) < depth or (depth > 1 and _looks_like_data(block[-1][1])):
                break
            stacks = stack_texts(block, merges)
            least = best[0][1] if best is not None and best[0][0] else 0  # what a block must know to be better
            if not header_map.may_know(stacks, least):
                continue
            mapped = header_map.map_stacks(stacks)
            is_whole = not missing_columns(header_map, (column.key for column in mapped))
            if least and not is_whole:
                continue
            known = len(mapped) + len(header_map.concept_positions(stacks, mapped))
            order = (is_whole, known, -depth, -start)
            if best is None or order > best[0]:
                best = order, block, stacks, mapped, known
    assert best is not None
    return best[1:]


def stack_texts(block: Sequence[GridRow], merges: Sequence[Merge]) -> list[Stack]:
    """Return the texts over each column, top first: a heading over several columns counts for each of them."""
    width = max(len(cells) for _, cells in block)
    rows = [[*cells, *[""] * (width - len(cells))] for _, cells in block]
    for (number, _), row in zip(block, rows, strict=True):
        for top, left, _bottom, right in merges:
            if top == number and left < width and right - left + 1 < sum(map(bool, rows[-1])):
                row[left : right + 1] = [row[left]] * (min(right + 1, width) - left)
    for above, below in pairwise(rows):
        for position in range(1, width):
            if not above[position] and below[position] and below[position - 1]:
                above[position] = above[position - 1]
    return [tuple(dict.fromkeys(filter(None, texts))) for texts in zip(*rows, strict=True)]


def _looks_like_data(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell]
    return any(len(cell) > 40 for cell in filled) or 3 * sum(
        _DATA.fullmatch(cell) is not None for cell in filled
    ) > len(filled)

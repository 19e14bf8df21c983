"""Corrections put into the cells of a sheet, before anything is made of them; each is told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any

from tsunagari.errors import Message
from tsunagari.loaders.files import Grid, GridRow, spooled
from tsunagari.loaders.fixes.fixes import BLANK, Fix, Fixes
from tsunagari.loaders.fixes.headers import SEARCHED_ROWS, find_positions
from tsunagari.loaders.issues import make_issue
from tsunagari.loaders.values import replace_part
from tsunagari.ontology.spelling import fold_text


def apply_fixes(grid: Grid, fixes: Fixes) -> None:
    """Put the corrections for a sheet into its cells, as if its owner had; each is told with how many cells it changed.

    A correction changes cells that hold nothing but its value, and the value within a cell that lists several.
    """
    wanted = fixes.of(grid.file, grid.sheet)
    if not wanted:
        return
    changes = _Changes(grid, wanted)
    counts: Counter[Fix] = Counter()
    first: dict[Fix, int] = {}

    def note(fix: Fix, row: int) -> None:
        counts[fix] += 1
        first.setdefault(fix, row)

    grid.rows = spooled(changes.rows(note))
    for fix in wanted:
        place: dict[str, Any] = {"file": grid.file, "sheet": grid.sheet, "column": fix.column}
        count = counts[fix]
        if count:
            value = fix.value or BLANK.ja
            code = "rows-left-out" if fix.skips else "value-corrected"
            right = Message(fix.correct or BLANK.ja, fix.correct or BLANK.en)
            grid.issues.append(make_issue(code, **place, row=first[fix], value=value, right=right, count=count))
        elif fix.sheet is not None or grid.sheet is None:
            grid.issues.append(make_issue("unused-fix", **place, value=fix.value or BLANK.ja))


class _Changes:
    """The corrections for one sheet by column."""

    def __init__(self, grid: Grid, fixes: Sequence[Fix]) -> None:
        self._grid = grid
        names = {fold_text(fix.column) for fix in fixes}
        head = list(islice(grid.rows, SEARCHED_ROWS))
        self._header, positions = find_positions(head, grid.merges, names)
        self._whole: dict[int, dict[str, list[Fix]]] = {}
        for fix in fixes:
            position = positions.get(fold_text(fix.column))
            if position is not None:
                self._whole.setdefault(position, {}).setdefault(fold_text(fix.value), []).append(fix)
        self._covered = {
            (row, column)
            for top, left, bottom, right in grid.merges
            for row in range(top, bottom + 1)
            for column in range(left, right + 1)
        }

    def rows(self, note: Callable[[Fix, int], None]) -> Iterator[GridRow]:
        """Yield the rows corrected; those left out not at all."""
        for number, cells in self._grid.rows:
            if number <= self._header or not any(cells):
                yield number, cells
                continue
            changed = self._row(number, cells, note)
            if changed is not None:
                yield number, changed

    def _row(self, number: int, cells: list[str], note: Callable[[Fix, int], None]) -> list[str] | None:
        for position, known in self._whole.items():
            text = cells[position] if position < len(cells) else ""
            if not text and ("" not in known or (number, position) in self._covered):
                continue
            used: list[Fix] = []
            while True:
                fix, after = self._fixed(number, text, known)
                if fix is None or fix in used:
                    break
                used.append(fix)
                note(fix, number)
                if fix.skips:
                    return None
                text = after
                cells = [*cells, *[""] * (position + 1 - len(cells))]
                cells[position] = text
        return cells

    def _fixed(self, number: int, text: str, known: dict[str, list[Fix]]) -> tuple[Fix | None, str]:
        """Return the correction that counts for a cell, the latest of several, and what it makes of the cell."""
        whole = fold_text(text)
        fix = _latest(known.get(whole, ()), number)
        if fix is not None:
            return fix, fix.correct or ""
        for value, fixes in known.items():
            if value and value in whole:
                fix = _latest(fixes, number)
                after = replace_part(text, value, (fix.correct or "") if fix else "")
                if fix is not None and after is not None:
                    return fix, after
        return None, text


def _latest(fixes: Sequence[Fix], row: int) -> Fix | None:
    return next((fix for fix in reversed(fixes) if fix.holds_at(row)), None)

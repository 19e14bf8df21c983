"""Rows that nobody sees, or that are struck through: told, and read only where the settings of the source say so."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from tsunagari.loaders.files.grid import Grid, GridRow
from tsunagari.loaders.files.grids import column_letters
from tsunagari.loaders.files.spool import spooled
from tsunagari.loaders.issues import make_issue

HIDDEN, STRUCK = "hidden", "struck"
_SHOWN = 20


def drop_unseen_rows(grid: Grid, include: Collection[str]) -> None:
    """Take hidden and struck rows out of a grid, and struck cells and parts of texts out of the others.

    Each kind is one issue.

    Parameters
    ----------
    grid
        The sheet.
    include
        Which of ``"hidden"`` and ``"struck"`` are read all the same; that is told as well.
    """
    filled = {number for number, cells in grid.rows if any(cells)} if grid.hidden or grid.struck else set()
    dropped: set[int] = set()
    for kind, numbers in ((HIDDEN, grid.hidden & filled), (STRUCK, grid.struck & filled)):
        if not numbers:
            continue
        first = sorted(numbers)
        rows = "、".join(map(str, first[:_SHOWN])) + ("…" if len(first) > _SHOWN else "")
        code = f"{kind}-rows-read" if kind in include else f"{kind}-rows"
        place: dict[str, Any] = {"file": grid.file, "sheet": grid.sheet, "row": first[0]}
        grid.issues.append(make_issue(code, **place, value=rows, count=len(first)))
        dropped |= set() if kind in include else numbers
    if STRUCK not in include:
        changed = dict.fromkeys(grid.struck_cells, "") | dict(grid.struck_parts)
        _say(grid, "struck-cells", grid.struck_cells)
        _say(grid, "struck-parts", grid.struck_parts)
    else:
        changed = {}
    if dropped or changed:
        grid.rows = spooled(_others(grid, dropped, changed))


def _say(grid: Grid, code: str, places: Collection[tuple[int, int]]) -> None:
    if places:
        names = [f"{column_letters(position)}{row}" for row, position in sorted(places)]
        shown = "、".join(names[:_SHOWN]) + ("…" if len(names) > _SHOWN else "")
        at: dict[str, Any] = {"file": grid.file, "sheet": grid.sheet, "row": min(places)[0]}
        grid.issues.append(make_issue(code, **at, value=shown, count=len(names)))


def _others(grid: Grid, dropped: set[int], changed: Mapping[tuple[int, int], str]) -> Iterator[GridRow]:
    touched = {row for row, _ in changed}
    for number, cells in grid.rows:
        if number in touched:
            cells = [changed.get((number, position), cell) for position, cell in enumerate(cells)]
        if number not in dropped:
            yield number, cells

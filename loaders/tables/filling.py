"""What a table says by leaving it out: merged cells and ditto marks filled from above, rows that are no data named."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from tsunagari.loaders.files.grids import GridRow, Merge
from tsunagari.ontology.spelling import fold_text

DITTO = frozenset({"〃", "″", "”", "“", "〟", '"', "''", "々", "〃〃", "同上", "同　上", "同 上", "(同上)", "（同上）"})
MARKS = frozenset({"○", "◯", "〇", "●", "◎"})
_TOTAL = re.compile(r"(?:合計|小計|総計|総合計|計|総数|団体数)(?:[(:].*|\d[\d,]*(?:団体|件|人|名|か所|箇所)?)?")
_NOTE = re.compile(r"※.*|\*.*|注(?:\d.*|[:)].*|)|[(【\[]注.*|(?:備考|出典|資料|凡例)[:].*|以上", re.DOTALL)
_STARTS = frozenset("合小総計団※＊*注（(【[［備出資凡以　 ")


def is_total(text: str) -> bool:
    """Tell whether a name is that of a sum: 合計, 小計（東部）, 計."""
    return text[:1] in _STARTS and _TOTAL.fullmatch(fold_text(text).replace(" ", "")) is not None


class RowSorter:
    """Tells rows of data from the other rows of a table.

    Parameters
    ----------
    header_rows
        Cells of the rows of the header.
    titles
        Cells of the rows above it.
    names
        Positions of the columns that name what a row is about.
    merges
        Merged cells.
    """

    def __init__(
        self,
        header_rows: Iterable[Sequence[str]],
        titles: Iterable[Sequence[str]],
        names: Sequence[int],
        merges: Sequence[Merge],
    ) -> None:
        self._headers = [list(cells) for cells in header_rows]
        self._titles = [[cell for cell in cells if cell] for cells in titles]
        self._first_texts = {cell for cells in [*self._headers, *self._titles] for cell in cells if cell}
        self._names = names
        self._wide = {top: right - left + 1 for top, left, _, right in merges if right > left}

    def code(self, number: int, cells: Sequence[str]) -> str | None:
        """Return the code of the notice that a row is no data; None for a row of data."""
        first = next(filter(None, cells))
        if first in self._first_texts and self._is_repeated(cells):
            return "repeated-header"
        for text in (first, *(cells[position] for position in self._names if position < len(cells))):
            if text and text[0] in _STARTS:
                plain = fold_text(text).replace(" ", "")
                if _TOTAL.fullmatch(plain):
                    return "total-row"
                if _NOTE.fullmatch(plain) and sum(map(bool, cells)) <= 2:
                    return "note-row"
        if number in self._wide and 2 * self._wide[number] >= len(cells) and sum(map(bool, cells)) == 1:
            return "heading-row"
        return None

    def _is_repeated(self, cells: Sequence[str]) -> bool:
        filled = [cell for cell in cells if cell]
        if filled in self._titles:
            return True
        return any(
            all(
                not cell or (position < len(header) and cell == header[position]) for position, cell in enumerate(cells)
            )
            and (len(filled) > 1 or sum(map(bool, header)) == 1)
            for header in self._headers
        )


def fill_down(
    rows: Sequence[GridRow], merges: Sequence[Merge], positions: Sequence[int]
) -> tuple[list[GridRow], list[int]]:
    """Return the rows with merged cells and ditto marks filled, and the number of the row of each filled cell.

    Parameters
    ----------
    rows
        The rows of data.
    merges
        Merged cells of the sheet: one over several rows counts for each of them, a mark over several columns as well.
    positions
        The columns that are read.
    """
    filler = _Filler(rows, merges)
    wanted = set(positions)
    filled: list[GridRow] = []
    above: list[str] = []
    for number, cells in rows:
        changed = filler.fill(number, cells)
        if not DITTO.isdisjoint(changed):
            changed = filler.repeat(number, changed, above, wanted)
        filled.append((number, changed))
        above = changed
    return filled, filler.filled


class _Filler:
    def __init__(self, rows: Sequence[GridRow], merges: Sequence[Merge]) -> None:
        self.filled: list[int] = []
        self._open: list[tuple[Merge, str]] = []
        self._starts: dict[int, list[Merge]] = {}
        for merge in merges:
            self._starts.setdefault(merge[0], []).append(merge)
        self._tops = iter(sorted(self._starts))
        self._next = next(self._tops, None)
        self._cells = {number: cells for number, cells in rows if number in self._starts}

    def fill(self, number: int, cells: list[str]) -> list[str]:
        """Return the cells with what reaches them from merged cells."""
        while self._next is not None and self._next <= number:
            cells_there = self._cells.get(self._next, [])
            for merge in self._starts[self._next]:
                text = cells_there[merge[1]] if merge[1] < len(cells_there) else ""
                if text:
                    self._open.append((merge, text))
            self._next = next(self._tops, None)
        if not self._open:
            return cells
        self._open = [item for item in self._open if item[0][2] >= number]
        changed = list(cells)
        for (_, left, _, right), text in self._open:
            last = right if text in MARKS else left
            for position in range(left, min(last + 1, len(changed))):
                if not changed[position]:
                    changed[position] = text
                    self.filled.append(number)
        return changed

    def repeat(self, number: int, cells: list[str], above: list[str], wanted: set[int]) -> list[str]:
        """Return the cells with ditto marks replaced by the cell above; without one above they stay."""
        changed = list(cells)
        for position, cell in enumerate(cells):
            if position in wanted and cell in DITTO and position < len(above) and above[position]:
                changed[position] = above[position]
                self.filled.append(number)
        return changed

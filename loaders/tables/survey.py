"""What the columns that no header explains hold, seen once over all rows: texts, or the marks of a matrix."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tsunagari.loaders.tables.header_rows import Header

YES = frozenset([*"○◯〇●◎◉✓✔☑レﾚ■vVoO1１有", "はい", "あり", "TRUE", "該当", "実施"])
NO = frozenset([*"×✕✗☓xX－―ー‐−—-□☐0０無/／＼", "いいえ", "なし", "FALSE", "非該当", "未実施"])
UNSURE = frozenset([*"△▲▽?？"])
_MARKS = YES | NO | UNSURE
_GLANCE = 200  # rows in which a column of marks has one
_ROUND = frozenset("○◯〇●◎◉✓✔☑レﾚ■")


@dataclass(slots=True)
class ColumnFindings:
    """What a column holds.

    Parameters
    ----------
    filled, marks
        How many of its cells hold anything, and how many of them a mark.
    has_round
        Whether one of the marks is no letter or digit.
    first_row, first_text
        Where it first holds anything, and what.
    is_text
        Whether its first rows hold texts and no mark at all.
    """

    filled: int = 0
    marks: int = 0
    has_round: bool = False
    first_row: int = 0
    first_text: str = ""
    is_text: bool = False

    @property
    def is_marked(self) -> bool:
        """Whether nothing in it, or at least half of it, is a mark."""
        return not self.is_text and 2 * self.marks >= self.filled


class ColumnSurvey:
    """The columns of a table that are not mapped.

    Parameters
    ----------
    header
        The header of the table.
    """

    def __init__(self, header: Header) -> None:
        taken = {column.position for column in header.mapped}
        self.columns = {position: ColumnFindings() for position in range(len(header.stacks)) if position not in taken}
        self._seen = 0

    def add(self, number: int, cells: Sequence[str]) -> None:
        """Take note of a row."""
        self._seen += 1
        for position, column in self.columns.items():
            text = cells[position] if position < len(cells) else ""
            if text:
                if not column.filled:
                    column.first_row, column.first_text = number, text
                column.filled += 1
                if text in _MARKS:
                    column.marks += 1
                    column.has_round = column.has_round or text in _ROUND
            if self._seen == _GLANCE and column.filled and not column.marks:
                column.is_text = True

"""The workbook of issues in the making: what all its sheets share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tsunagari.errors import Message
from tsunagari.viz.excel.cells import Book
from tsunagari.viz.issues.own_tables import IssueRow, OwnTable

KINDS = Message("直すもの", "To correct")
ISSUES = Message("問題の一覧", "Issues")
FILES = Message("ファイル", "Files")
ANSWERS = Message("訂正", "Corrections")
ADVICE = Message("直し方", "what to do")


@dataclass(slots=True, kw_only=True)
class IssueBook(Book):
    """The workbook in the making.

    Parameters
    ----------
    issues
        What was found, the most serious first.
    tables
        The user's tables that have issues.
    files
        All files of the workspace.
    changed
        Files that are no longer what was read.
    """

    issues: list[IssueRow]
    tables: list[OwnTable]
    files: Sequence[str]
    changed: Sequence[str]

    def table_of(self, issue: IssueRow) -> OwnTable | None:
        """Return the table an issue is in; None when it is in none that is shown."""
        found = [table for table in self.tables if table.file == issue["file"]]
        return next((table for table in found if table.sheet == issue["sheet"]), found[0] if len(found) == 1 else None)

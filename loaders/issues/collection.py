"""Issues of a load, bounded in memory however many rows are bad: beyond a number of each kind only rows are counted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from tsunagari.loaders.issues.issues import Issue, make_issue, shorten

ALIKE = 200
"""Issues of one kind, file, sheet, column and value that are kept one by one."""
KEPT = 2_000
"""Issues of one kind, file, sheet and column that are kept one by one, whatever their values."""
_SHOWN = 40  # ranges of rows that a summary names
Kind = tuple[str, str | None, str | None, str | None]


@dataclass(slots=True)
class _Rows:
    """Rows that were only counted, the first of them as ranges."""

    first: Issue
    count: int = 0
    last: int = 0
    ranges: list[list[int]] = field(default_factory=list)
    is_whole: bool = True

    def add(self, row: int) -> None:
        """Count a row; one that comes twice in a row counts once."""
        if row == self.last:
            return
        self.count += 1
        if self.is_whole and self.ranges and row == self.last + 1:
            self.ranges[-1][1] = row
        elif self.is_whole and len(self.ranges) < _SHOWN:
            self.ranges.append([row, row])
        else:
            self.is_whole = False
        self.last = row

    def summary(self) -> Issue:
        """Return what stands for them."""
        text = ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in self.ranges)
        issue = make_issue(
            "further-issues",
            file=self.first.file,
            sheet=self.first.sheet,
            column=self.first.column,
            count=self.count,
            rows=text if self.is_whole else f"{text} …",
            what=self.first.message,
        )
        return replace(issue, severity=self.first.severity, count=self.count, of=self.first.code)


class IssueList(list[Issue]):
    """A list of issues that keeps the first of each kind and counts the others.

    Iterating gives the kept issues in their order, then one summary for each kind of which more came.

    Attributes
    ----------
    told
        How many issues came, those that were only counted too.
    """

    def __init__(self, issues: Iterable[Issue] = ()) -> None:
        super().__init__()
        self.told = 0
        self._first: dict[Kind, Issue] = {}
        self._last: dict[Kind, Issue] = {}
        self._counts: dict[Kind, int] = {}
        self._alike: dict[tuple[Kind, str | None], int] = {}
        self._further: dict[Kind, _Rows] = {}
        self.extend(issues)

    def __reduce__(self) -> tuple[Any, ...]:
        """Return what makes the same list in another process."""
        return _restored, (list(list.__iter__(self)), self.__dict__)

    def append(self, issue: Issue) -> None:
        """Add an issue, or only its row when many of its kind are there already."""
        self.told += 1
        kind = (issue.code, issue.file, issue.sheet, issue.column)
        if issue.row is not None and self._last.get(kind) == issue:
            return  # a row that is read once for each body that it names is told once
        self._last[kind] = issue
        count = self._counts.get(kind, 0)
        alike = self._alike.get((kind, issue.value), 0) if count else 0
        if issue.row is not None and (count >= KEPT or alike >= ALIKE):
            self._rows(kind).add(issue.row)
            return
        self._first.setdefault(kind, issue)
        self._counts[kind] = count + 1
        self._alike[kind, issue.value] = alike + 1
        super().append(issue)

    def count_row(
        self, code: str, file: str | None, sheet: str | None, column: str | None, row: int, value: str | None = None
    ) -> bool:
        """Count a row with an issue of which enough are kept, of its kind or with its value; else its text is needed.

        Returns
        -------
        False while the text of the issue must be made.
        """
        kind = (code, file, sheet, column)
        if (
            self._counts.get(kind, 0) < KEPT
            and self._alike.get((kind, None if value is None else shorten(value)), 0) < ALIKE
        ):
            return False
        self.told += 1
        self._rows(kind).add(row)
        return True

    def _rows(self, kind: Kind) -> _Rows:
        found = self._further.get(kind)
        if found is None:
            found = self._further[kind] = _Rows(self._first[kind])
        return found

    def extend(self, issues: Iterable[Issue]) -> None:
        """Add issues."""
        for issue in issues:
            self.append(issue)

    def __iadd__(self, issues: Iterable[Issue]) -> IssueList:  # type: ignore[override,misc] # any iterable, as `extend`
        self.extend(issues)
        return self

    def __iter__(self) -> Iterator[Issue]:
        yield from super().__iter__()
        yield from (rows.summary() for rows in self._further.values())


def _restored(kept: list[Issue], state: dict[str, Any]) -> IssueList:
    found = IssueList()
    list.extend(found, kept)
    found.__dict__.update(state)
    return found

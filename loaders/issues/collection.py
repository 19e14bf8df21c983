"""Issues of a load, bounded in memory however many rows are bad: beyond a number of each kind only rows are counted."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator

from tsunagari.loaders.issues.issues import Issue, make_issue

ALIKE = 200
"""Issues of one kind, file, sheet, column and value that are kept one by one."""
KEPT = 2_000
"""Issues of one kind, file, sheet and column that are kept one by one, whatever their values."""
_SHOWN = 40  # ranges of rows that a summary names
Kind = tuple[str, str | None, str | None, str | None]


class IssueList(list[Issue]):
    """A list of issues that keeps the first of each kind and counts the others.

    Iterating gives the kept issues in their order, then one summary for each kind of which more came.
    """

    def __init__(self, issues: Iterable[Issue] = ()) -> None:
        super().__init__()
        self._counts: dict[Kind, int] = {}
        self._alike: dict[tuple[Kind, str | None], int] = {}
        self._further: dict[Kind, array[int]] = {}
        self.extend(issues)

    def append(self, issue: Issue) -> None:
        """Add an issue, or only its row when many of its kind are there already."""
        kind = (issue.code, issue.file, issue.sheet, issue.column)
        count = self._counts.get(kind, 0)
        alike = self._alike.get((kind, issue.value), 0) if count else 0
        if issue.row is not None and (count >= KEPT or alike >= ALIKE):
            further = self._further.get(kind)
            if further is None:
                further = self._further[kind] = array("L")
            further.append(issue.row)
            return
        self._counts[kind] = count + 1
        self._alike[kind, issue.value] = alike + 1
        super().append(issue)

    def count_row(self, code: str, file: str | None, sheet: str | None, column: str | None, row: int) -> bool:
        """Count a row with an issue of a kind of which enough are kept; False while its text must be made."""
        kind = (code, file, sheet, column)
        further = self._further.get(kind)
        if further is None or self._counts[kind] < KEPT:
            return False
        further.append(row)
        return True

    def extend(self, issues: Iterable[Issue]) -> None:
        """Add issues."""
        for issue in issues:
            self.append(issue)

    def __iadd__(self, issues: Iterable[Issue]) -> IssueList:  # type: ignore[override,misc] # any iterable, as `extend`
        self.extend(issues)
        return self

    def __iter__(self) -> Iterator[Issue]:
        yield from super().__iter__()
        for (code, file, sheet, column), rows in self._further.items():
            first = next(
                issue
                for issue in super().__iter__()
                if (issue.code, issue.file, issue.sheet, issue.column) == (code, file, sheet, column)
            )
            numbers = sorted(set(rows))
            yield make_issue(
                "further-issues",
                file=file,
                sheet=sheet,
                column=column,
                count=len(numbers),
                rows=_ranges(numbers),
                what=first.message,
            )


def _ranges(numbers: list[int]) -> str:
    """Return row numbers as ranges, the first of many."""
    ranges: list[list[int]] = []
    for number in numbers:
        if ranges and number == ranges[-1][1] + 1:
            ranges[-1][1] = number
        elif len(ranges) == _SHOWN:
            break
        else:
            ranges.append([number, number])
    text = ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in ranges)
    return text if ranges[-1][1] == numbers[-1] else f"{text} …"

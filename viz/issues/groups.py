"""Many issues as few lines: one for each kind in a column of a file, with how often, which values and which rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tsunagari.errors import Message
from tsunagari.loaders.issues import CODES
from tsunagari.viz.look.headings import SEVERITIES

IssueRow = Mapping[str, Any]
"""One row of the table of issues."""
UNREADABLE = "unreadable-file"
VALUES_SHOWN = 3
ROWS_SHOWN = 4
_PARAMETER = re.compile(r"\{[^{}]*\}")
# What a hint says of one value only, once the value is gone: 近いもの: …
_OF_ONE = re.compile(r"[^。．.]*[:：] ?…[。.]?\s*")


@dataclass(slots=True)
class IssueGroup:
    """Issues of one kind in one column.

    Parameters
    ----------
    severity, code, file, sheet, column
        What they have in common; None where it does not apply.
    first
        The first of them.
    count
        How many there are, those included that the load only counted.
    values
        How often each value comes, of those told one by one.
    rows
        Their rows, of those told one by one.
    """

    severity: str
    code: str
    file: str | None
    sheet: str | None
    column: str | None
    first: IssueRow
    count: int = 0
    values: Counter[str] = field(default_factory=Counter)
    rows: list[int] = field(default_factory=list)

    def message(self, lang: str) -> str:
        """Return what happened: in the words of the one issue, or those of the kind where the values differ."""
        kind = CODES.get(self.code)
        alike = len(self.values) < 2 or kind is None
        return str(self.first["message"]) if alike or kind is None else _general(kind.message, lang)

    def hint(self, lang: str) -> str:
        """Return what to do, without what is true of one value only where the values differ."""
        kind = CODES.get(self.code)
        if len(self.values) < 2 or kind is None:
            return str(self.first["hint"] or "")
        return _OF_ONE.sub("", _general(kind.hint, lang)).strip() or str(self.first["hint"])

    def shown_values(self, lang: str, most: int = VALUES_SHOWN) -> str:
        """Return the most frequent values, with how often each comes."""
        shown = [f"{value} ×{times:,}" if times > 1 else value for value, times in self.values.most_common(most)]
        listed = [*shown, *(["…"] if len(self.values) > most else [])]
        return ("、" if lang == "ja" else ", ").join(listed)

    def shown_rows(self) -> str:
        """Return the first rows."""
        return ",".join(map(str, self.rows[:ROWS_SHOWN])) + ("…" if self.count > len(self.rows[:ROWS_SHOWN]) else "")


def group_issues(issues: Iterable[IssueRow]) -> list[IssueGroup]:
    """Return the issues by kind: the most serious first, a file that cannot be read before all, then the most frequent.

    Parameters
    ----------
    issues
        Rows with severity, code, file, sheet, row, column, value, message, hint, and with count and of where the load
        only counted.
    """
    groups: dict[tuple[Any, ...], IssueGroup] = {}
    for issue in issues:
        code = issue.get("of") or issue["code"]
        key = (issue["severity"], code, issue["file"], issue["sheet"], issue["column"])
        group = groups.get(key)
        if group is None:
            group = groups[key] = IssueGroup(*key, first=issue)
        if group.first.get("of") and not issue.get("of"):
            group.first = issue  # one that stands for itself says more
        group.count += issue.get("count") or 1
        if issue["value"] is not None:
            group.values[str(issue["value"])] += 1
        if issue["row"] is not None:
            group.rows.append(int(issue["row"]))
    order = list(SEVERITIES)
    return sorted(
        groups.values(),
        key=lambda group: (order.index(group.severity), group.code != UNREADABLE, -group.count),
    )


def _general(text: Message, lang: str) -> str:
    return _PARAMETER.sub("…", text.text(lang))

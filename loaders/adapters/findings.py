"""Issues of one table of a public file."""

from __future__ import annotations

from dataclasses import dataclass, field

from tsunagari.loaders.issues import Issue, IssueList, make_issue


@dataclass(slots=True)
class Findings:
    """What was found while a table was read.

    Parameters
    ----------
    file, sheet
        Where.
    issues
        The findings so far.
    """

    file: str
    sheet: str | None = None
    issues: list[Issue] = field(default_factory=IssueList)

    def say(
        self,
        code: str,
        row: int | None = None,
        *,
        column: str | None = None,
        value: str | None = None,
        **params: object,
    ) -> None:
        """Add an issue; the parameters are those of `make_issue`. A header that was made stands in row 0, in none."""
        at = row or None
        issue = make_issue(code, file=self.file, sheet=self.sheet, row=at, column=column, value=value, **params)
        self.issues.append(issue)

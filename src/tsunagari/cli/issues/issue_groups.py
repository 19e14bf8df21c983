"""Many issues on a screen: one line for each kind in a column of a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tsunagari.cli.shell.tables import frame_of
from tsunagari.viz.issues.groups import IssueGroup, group_issues

if TYPE_CHECKING:
    import pandas as pd


def grouped_frame(issues: pd.DataFrame, lang: str) -> pd.DataFrame:
    """Return one row a group of issues, in the order of `group_issues`; a group of one stays as it is.

    Parameters
    ----------
    issues
        Issues with severity, code, file, sheet, row, column, value, message and hint, and count and of where it has
        them.
    lang
        Language of what is added.
    """
    names = [str(name) for name in issues.columns]
    held = issues.astype(object).where(issues.notna(), None)
    rows = [dict(zip(names, values, strict=True)) for values in held.itertuples(index=False, name=None)]
    lines = (_line(group, lang) for group in group_issues(rows))
    return frame_of(([line.get(name) for name in names] for line in lines), names)


def _line(group: IssueGroup, lang: str) -> dict[str, object]:
    line = dict(group.first)
    if group.count > 1:
        line["value"] = group.shown_values(lang)
        line["row"] = group.shown_rows()
        line["count"] = group.count
        line["message"] = (f"{group.count:,} 行: " if lang == "ja" else f"{group.count:,} rows: ") + group.message(lang)
        line["hint"] = group.hint(lang)
    return line

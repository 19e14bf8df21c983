"""Many issues as few lines: one for each kind in a column of a file, with how often, which values and which rows."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

KEY = ("severity", "code", "file", "sheet", "column")
VALUES_SHOWN = 3
ROWS_SHOWN = 4


def group_issues(issues: pd.DataFrame, lang: str) -> pd.DataFrame:
    """Return one row a group of issues, the most frequent of each severity first; a group of one stays as it is.

    Parameters
    ----------
    issues
        Issues with the columns of `KEY`, row, value, message and hint; the severities in their order.
    lang
        Language of what is added.
    """
    order = {severity: place for place, severity in enumerate(dict.fromkeys(issues["severity"]))}
    groups = [group for _, group in issues.groupby(list(KEY), sort=False, dropna=False)]
    groups.sort(key=lambda group: (order[group["severity"].iloc[0]], -len(group)))
    lines = [_line(group, lang) for group in groups]
    import pandas as pd

    return pd.DataFrame(lines, columns=list(issues.columns), dtype=object)


def _line(group: pd.DataFrame, lang: str) -> dict[str, object]:
    first: dict[str, object] = {str(name): value for name, value in group.iloc[0].items()}
    count = len(group)
    if count == 1:
        return first
    values = Counter(str(value) for value in group["value"] if value is not None and value == value)
    shown = [f"{value} ×{times:,}" if times > 1 else value for value, times in values.most_common(VALUES_SHOWN)]
    rows = [str(int(row)) for row in group["row"] if row is not None and row == row][:ROWS_SHOWN]
    more = "…" if count > len(rows) else ""
    head = f"{count:,} 行: " if lang == "ja" else f"{count:,} rows: "
    first["value"] = "、".join([*shown, *(["…"] if len(values) > VALUES_SHOWN else [])])
    first["row"] = f"{','.join(rows)}{more}"
    first["message"] = f"{head}{first['message']}"
    return first

"""What a load found, shown as a table, as data, or as the user's own tables with marks."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from tsunagari.cli.issues.issue_groups import grouped_frame
from tsunagari.cli.shell.options import WORKBOOK, Settings
from tsunagari.cli.shell.output import emit_bytes
from tsunagari.cli.shell.pictures import default_folder
from tsunagari.cli.shell.tables import show_frame
from tsunagari.cli.shell.terminal import say, terminal_width
from tsunagari.errors import Message
from tsunagari.graph.wording import heading
from tsunagari.loaders.issues import issues_frame
from tsunagari.viz.look.headings import SEVERITIES

if TYPE_CHECKING:
    import pandas as pd

    from tsunagari.graph.knowledge import KnowledgeGraph
    from tsunagari.loaders.session import Load

ISSUE_COLUMNS = ("severity", "file", "row", "column", "value", "message", "hint")
DATA_COLUMNS = (
    "severity",
    "code",
    "file",
    "sheet",
    "row",
    "column",
    "value",
    "message",
    "hint",
    "candidates",
    "count",
    "of",
    "node",
)
"""What CSV and JSON hold, whatever was found; documented in docs/issue-codes.md."""
ISSUES_SHOWN = 20
WORKBOOK_NAME = "issues.xlsx"
UNREADABLE = "unreadable-file"


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found in a workspace.

    Parameters
    ----------
    issues
        One row an issue: severity, code, file, sheet, row, column, value, message, hint.
    title, day
        Name of the workspace, and the day it is for; empty when it has none.
    files
        Its files.
    changed
        Those that are no longer what was read.
    """

    issues: pd.DataFrame
    title: str
    day: str
    files: list[str]
    changed: list[str]


def findings_of_graph(graph: KnowledgeGraph, issues: pd.DataFrame) -> Findings:
    """Return `issues` with what the graph knows of the workspace it was built from."""
    folder = graph.workspace or Path()
    files = [file for file in graph.sources["file"] if isinstance(file, str) and file and (folder / file).is_file()]
    return Findings(issues, graph.title, str(graph.as_of or ""), files, graph.stale)


def findings_of_load(load: Load, lang: str) -> Findings:
    """Return the issues of a load that builds nothing."""
    import pandas as pd

    workspace = load.workspace
    issues = pd.DataFrame(issues_frame(load.issues, lang))
    return Findings(issues, workspace.title, str(workspace.as_of), [source.file for source in load.sources], [])


def all_findings(issues: pd.DataFrame, violations: pd.DataFrame) -> pd.DataFrame:
    """Return the issues of the load and what the rules found as one table, errors first."""
    import pandas as pd

    violations = violations.rename(columns={"rule": "code", "detail": "value"})
    tables = [table.astype(object) for table in (issues, violations) if len(table)]
    if not tables:
        return issues
    found = pd.concat(tables, ignore_index=True)
    return found.sort_values("severity", key=lambda column: column.map(list(SEVERITIES).index), kind="stable")


def show_findings(found: Findings, chosen: Settings) -> None:
    """Show the issues; as a table many of them as one line a kind unless verbose, as a workbook in a file.

    Raises
    ------
    OutputError
        The file cannot be written.
    """
    issues = found.issues.reindex(columns=list(DATA_COLUMNS))
    if chosen.format == WORKBOOK:
        write_workbook(found, chosen)
        say_unread(issues)
        return
    if not len(issues):
        say(Message("読み込みの問題はありません。", "No issues."), chosen)
        if chosen.format == "table":
            return
    cut = chosen.format == "table" and not chosen.verbose and len(issues) > ISSUES_SHOWN
    listed = grouped_frame(issues, chosen.lang) if cut else issues
    shown = readable_issues(listed.head(ISSUES_SHOWN) if cut else listed, chosen)
    show_frame(shown, chosen, columns=ISSUE_COLUMNS, width=terminal_width())
    if cut:
        rest = max(len(listed) - ISSUES_SHOWN, 0)
        total = int(issues["count"].fillna(1).sum())
        more, more_en = (f"ほかに {rest:,} 種類。", f"{rest:,} more kinds. ") if rest else ("", "")
        say(
            Message(
                f"{more}全部で {total:,} 件を種類ごとにまとめました（-v で 1 件ずつ）。",
                f"{more_en}{total:,} in all, one line a kind (-v shows each).",
            ),
            chosen,
        )
    say_unread(issues)


def say_unread(issues: pd.DataFrame) -> None:
    """Name the files that could not be read, even to who asked for quiet: what they say is missing everywhere."""
    files = list(dict.fromkeys(issues.loc[issues["code"] == UNREADABLE, "file"]))
    if files:
        say(
            Message(
                f"注意: 読めないファイルがあり、その内容は入っていません: {'、'.join(files)}",
                f"Warning: some files cannot be read, and nothing of them is in the graph: {', '.join(files)}",
            )
        )


def write_workbook(found: Findings, chosen: Settings) -> None:
    """Write the workbook where the settings say, else to ``out/`` in the workspace, and print its place."""
    from tsunagari.viz.issues.workbook import write_issue_workbook

    with TemporaryDirectory() as folder:
        to_stdout = chosen.output == "-"
        path = Path(folder) if to_stdout else default_folder(chosen)
        target = path / WORKBOOK_NAME if to_stdout or chosen.output is None else Path(chosen.output)
        write_issue_workbook(
            found.issues,
            target,
            folder=Path(chosen.workspace),
            title=found.title,
            day=found.day,
            files=found.files,
            changed=found.changed,
            lang=chosen.lang,
        )
        if to_stdout:
            emit_bytes(target.read_bytes())
        else:
            click.echo(target)


def readable_issues(issues: pd.DataFrame, chosen: Settings) -> pd.DataFrame:
    """Return `issues` with severities in words where people read them; data keeps the English codes."""
    if chosen.format != "table":
        return issues
    readable = issues.assign(severity=[SEVERITIES[code].text(chosen.lang) for code in issues["severity"]])
    readable.attrs["column_labels"] = {"severity": heading("severity", chosen.lang, "issues")}
    return readable


def failures_in(issues: pd.DataFrame, *, strict: bool) -> bool:
    """Tell whether `issues` hold an error or, when `strict`, a warning."""
    failing = ("error", "warning") if strict else ("error",)
    return bool(len(issues)) and bool(issues["severity"].isin(failing).any())

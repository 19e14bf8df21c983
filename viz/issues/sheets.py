"""The sheets of the load report: the kinds of issue, every issue, and how each file stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd
from xlsxwriter.utility import xl_rowcol_to_cell

from tsunagari.errors import Message
from tsunagari.graph.wording import sheet_columns
from tsunagari.viz.excel.cells import add_sheet, write_cell, write_table
from tsunagari.viz.issues.book import FILES, ISSUES, KINDS, IssueBook
from tsunagari.viz.issues.groups import IssueGroup, group_issues
from tsunagari.viz.issues.own_tables import IssueRow
from tsunagari.viz.look.headings import SEVERITIES

MOST_LISTED = 50_000
"""Issues that the list holds; Excel takes no more than 65,530 links on a sheet."""
MOST_KINDS = 2_000
VALUES_SHOWN = 5
FROZEN = 3  # severity, what happened, what to do
RULES = Message("（グラフ全体の規則）", "(rules over the whole graph)")
LEVELS = {
    "error": Message(
        "その値、行、またはファイルは読まれていません。直してください。",
        "The value, the row or the file was left out. Please correct it.",
    ),
    "warning": Message("読みましたが、確かめてください。", "Taken over, but please check."),
    "notice": Message(
        "読みました。黙って直したり飛ばしたりしないための知らせです。",
        "Taken over, and said so that nothing happens in silence.",
    ),
}
SHORT = {
    "error": Message("読まれていないので直す", "left out: correct it"),
    "warning": Message("読んだが確かめる", "taken over: check it"),
    "notice": Message("そのままでよい", "fine as it is"),
}
HOW_TO = Message(
    "同じ問題は 1 行です。場所を押すと、その表の、最初のそのセルに移ります。"
    "直すのは元のファイルです。直したら tsunagari build をもう一度。",
    "One line a kind of issue. A click on the place leads to its first cell. Correct the original files, then run"
    " tsunagari build again.",
)


def write_kinds(report: IssueBook) -> None:
    """Write one row a kind of issue: what happened, what to do, how often, for instance where."""
    groups = group_issues(report.issues)
    sheet, top = add_sheet(report, KINDS, purpose=HOW_TO, width=150)
    sheet.write_string(0, 0, _titled(report), report.formats["title"])
    sheet.write_string(top - 1, 0, _counted(report, groups), report.formats["note"])
    top += 1
    if report.changed:
        sheet.write_string(top - 1, 0, report.words(_changed_text(report.changed)), report.formats["error"])
        top += 1
    columns = sheet_columns("issue_kinds")
    shown = groups[:MOST_KINDS]
    frame = pd.DataFrame([_kind_row(report, group) for group in shown], columns=[column.name for column in columns])
    bottom = write_table(report, sheet, top, frame.astype(object).where(frame.notna(), None), columns)
    place = [column.name for column in columns].index("place")
    for row, group in enumerate(shown, start=top + 1):
        sheet.write_string(row, 0, report.words(SEVERITIES[group.severity]), report.formats[group.severity])
        _write_place(report, sheet, row, place, group.first)
    sheet.freeze_panes(top + 1, FROZEN)
    if len(groups) > MOST_KINDS:
        rest = len(groups) - MOST_KINDS
        more = Message(f"ほかに {rest:,} 種類あります。", f"There are {rest:,} more kinds.")
        sheet.write_string(bottom, 0, report.words(more), report.formats["note"])
    sheet.activate()


def _kind_row(report: IssueBook, group: IssueGroup) -> list[Any]:
    place = _place(report, group.first)
    return [
        *(report.words(SEVERITIES[group.severity]), group.message(report.lang), group.hint(report.lang), group.count),
        *(group.shown_values(report.lang, VALUES_SHOWN), place[1] if place else "", group.shown_rows()),
        *(group.file or report.words(RULES), group.sheet, group.column),
    ]


def _counted(report: IssueBook, groups: Sequence[IssueGroup]) -> str:
    counts = {name: sum(group.count for group in groups if group.severity == name) for name in SEVERITIES}
    parts = [
        Message(
            f"{label.ja} {counts[name]:,} 件（{SHORT[name].ja}）", f"{counts[name]:,} × {label.en} ({SHORT[name].en})"
        )
        for name, label in SEVERITIES.items()
    ]
    return report.words(Message("、".join(part.ja for part in parts), ", ".join(part.en for part in parts)))


def _titled(report: IssueBook) -> str:
    return report.words(Message(f"{KINDS.ja}：{report.title}", f"{KINDS.en}: {report.title}"))


def _changed_text(files: Any) -> Message:
    return Message(
        f"読み込んだ後に変わったファイルがあります（{'、'.join(files)}）。印の位置がずれているかもしれません。",
        f"Changed since they were read: {', '.join(files)}. Marks may be out of place.",
    )


def write_issues(report: IssueBook) -> None:
    """Write every issue with its place."""
    columns = sheet_columns("issue_list")
    listed = report.issues[:MOST_LISTED]
    places = [_place(report, issue) for issue in listed]
    frame = pd.DataFrame(listed, columns=[column.name for column in columns if column.name not in ("number", "place")])
    frame = frame.astype(object).where(frame.notna(), None)
    frame["number"] = range(1, len(frame) + 1)
    frame["place"] = [place[1] if place else "" for place in places]
    frame["severity"] = [report.words(SEVERITIES[issue["severity"]]) for issue in listed]
    purpose = Message("見つかったすべての問題です。", "Everything that was found.")
    if len(report.issues) > MOST_LISTED:
        rest = len(report.issues) - MOST_LISTED
        purpose = Message(
            f"はじめの {MOST_LISTED:,} 件です。ほかの {rest:,} 件は tsunagari check -o issues.csv で見られます。",
            f"The first {MOST_LISTED:,}; tsunagari check -o issues.csv holds the other {rest:,}.",
        )
    sheet, top = add_sheet(report, ISSUES, purpose=purpose)
    write_table(report, sheet, top, frame, columns)
    for offset, (issue, place) in enumerate(zip(listed, places, strict=True), start=top + 1):
        sheet.write_string(offset, 1, frame["severity"].iloc[offset - top - 1], report.formats[issue["severity"]])
        if place:
            _write_place(report, sheet, offset, 4, issue)


def _place(report: IssueBook, issue: IssueRow) -> tuple[str, str] | None:
    """Return the sheet and the cell of an issue; None when its table is not shown."""
    table = report.table_of(issue)
    return (table.name, xl_rowcol_to_cell(*table.cell(issue))) if table else None


def _write_place(report: IssueBook, sheet: Any, row: int, column: int, issue: IssueRow) -> None:
    place = _place(report, issue)
    if place is not None:
        name, cell = place
        sheet.write_url(row, column, f"internal:'{_quoted(name)}'!{cell}", report.formats["place"], cell)


def _quoted(name: str) -> str:
    return name.replace("'", "''")


def write_files(report: IssueBook) -> None:
    """Write how many issues each file has, and what the levels mean."""
    purpose = Message("ファイルと表ごとの件数です。", "How many issues each file and table has.")
    sheet, row = add_sheet(report, FILES, purpose=purpose)
    for position, width in enumerate((9, 34, 18, 11, 11, 11, 50)):
        sheet.set_column(position, position, width)
    row = _write_levels(report, sheet, row)
    _write_files(report, sheet, row + 1)


def _heads(report: IssueBook, sheet: Any, row: int, heads: Mapping[int, Message]) -> None:
    for position, head in heads.items():
        sheet.write_string(row, position, report.words(head), report.formats["head"])


def _write_levels(report: IssueBook, sheet: Any, row: int) -> int:
    counts = Counter(issue["severity"] for issue in report.issues)
    for severity, label in SEVERITIES.items():
        sheet.write_string(row, 0, report.words(label), report.formats[severity])
        sheet.merge_range(row, 1, row, 2, report.words(LEVELS[severity]), report.formats["text"])
        write_cell(report, sheet, row, 3, counts.get(severity, 0), "number")
        row += 1
    return row


def _write_files(report: IssueBook, sheet: Any, row: int) -> None:
    heads = (
        *(Message("ファイルと表", "File and table"), Message("シート", "sheet")),
        *SEVERITIES.values(),
        Message("状況", "state"),
    )
    _heads(report, sheet, row, dict(enumerate(heads, start=1)))
    for file, name, issues in sorted(_groups(report), key=_most_serious_first):
        row += 1
        if name is None:
            write_cell(report, sheet, row, 1, file)
        else:
            sheet.write_url(row, 1, f"internal:'{_quoted(name)}'!A1", report.formats["place"], file)
        write_cell(report, sheet, row, 2, next((issue["sheet"] for issue in issues), None))
        counts = Counter(issue["severity"] for issue in issues)
        for position, severity in enumerate(SEVERITIES, start=3):
            write_cell(report, sheet, row, position, counts.get(severity) or None, "number")
        state = _state(issues)
        if issues and name is None and file != report.words(RULES):
            state = Message(f"{state.ja}表はここにありません。", f"{state.en} The table is not shown here.")
        write_cell(report, sheet, row, 6, report.words(state))


def _most_serious_first(group: tuple[str, str | None, list[IssueRow]]) -> list[int]:
    counts = Counter(issue["severity"] for issue in group[2])
    return [-counts[severity] for severity in SEVERITIES]


def _groups(report: IssueBook) -> Iterator[tuple[str, str | None, list[IssueRow]]]:
    """Yield file, sheet of this workbook and issues: table by table, then files without issues, then the rules."""
    shown = [(table.file, table.name, table.issues) for table in report.tables]
    placed = {id(issue) for *_, issues in shown for issue in issues}
    rest = [issue for issue in report.issues if id(issue) not in placed]
    for file in report.files:
        own = [item for item in shown if item[0] == file]
        other = [issue for issue in rest if issue["file"] == file]
        yield from own
        if other or not own:
            yield file, None, other
    general = [issue for issue in rest if not issue["file"]]
    if general:
        yield report.words(RULES), None, general


def _state(issues: list[IssueRow]) -> Message:
    rows = len({issue["row"] for issue in issues if issue["row"] and issue["severity"] != "notice"})
    if not issues:
        return Message("問題はありません。", "No issues.")
    if rows:
        return Message(f"確かめる行は {rows:,} 行です。", f"{rows:,} rows to look at.")
    mild = all(issue["severity"] == "notice" for issue in issues)
    return Message("お知らせだけです。", "Notices only.") if mild else Message("確かめてください。", "Please check.")

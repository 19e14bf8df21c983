"""The sheets of the load report: summary, issues, and the user's own tables with marks and advice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from tsunagari.errors import Message
from tsunagari.graph.wording import column_entry, sheet_columns
from tsunagari.spreadsheets import is_formula
from tsunagari.viz.excel.cells import (
    LINE_HEIGHT,
    add_sheet,
    cell_text,
    lines_needed,
    write_cell,
    write_table,
)
from tsunagari.viz.issues.book import ISSUES, SUMMARY, IssueBook
from tsunagari.viz.issues.own_tables import CONTEXT, IssueRow, OwnTable
from tsunagari.viz.look.headings import SEVERITIES
from tsunagari.viz.look.wrapping import display_width

MOST_LISTED = 50_000
"""Issues that the list holds; Excel takes no more than 65,530 links on a sheet."""
MOST_NOTES = 5_000
"""Cells of a sheet that get a note to open; the others are coloured and have the advice at the end of the row."""
FIRST = 12
"""Entries of what to fix first."""
LONGEST_NOTE = 2_000
MOST_FROZEN = 8
ADVICE_WIDTH = 60.0
ADVICE = Message("直し方", "what to do")
PARTLY_SHOWN = Message(
    f"長い表なので、問題のある行とその前後 {CONTEXT} 行だけを示します。右端の数字が元の行です。",
    f"The table is long: only rows with issues and {CONTEXT} around them are shown; the number in the last column is"
    " the original row.",
)
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
HOW_TO = Message(
    "「問題の一覧」の場所を押すと、その表の、そのセルに移ります。表の右端の「直し方」に従って、元のファイルを直してから"
    " tsunagari build をもう一度実行してください（このファイルを直しても元のファイルは変わりません）。",
    "A click on the place of an issue leads to its cell. Follow the last column of the table, correct the original"
    " file and run tsunagari build again (changing this file changes nothing there).",
)


def write_summary(report: IssueBook) -> None:
    """Write how many issues each file has and what is most worth fixing."""
    sheet, row = add_sheet(report, SUMMARY, purpose=HOW_TO, width=150)
    for position, width in enumerate((9, 34, 18, 11, 11, 11, 60)):
        sheet.set_column(position, position, width)
    sheet.write_string(0, 0, _titled(report), report.formats["title"])
    if report.changed:
        sheet.write_string(row - 1, 0, report.words(_changed_text(report.changed)), report.formats["error"])
        row += 1
    row = _write_levels(report, sheet, row)
    row = _write_first(report, sheet, row + 1)
    _write_files(report, sheet, row + 1)
    sheet.activate()


def _titled(report: IssueBook) -> str:
    return report.words(Message(f"読み込みの報告：{report.title}", f"Load report: {report.title}"))


def _changed_text(files: Any) -> Message:
    return Message(
        f"読み込んだ後に変わったファイルがあります（{'、'.join(files)}）。印の位置がずれているかもしれません。",
        f"Changed since they were read: {', '.join(files)}. Marks may be out of place.",
    )


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


def _files_then_most_frequent(issues: list[IssueRow]) -> tuple[int, bool, int]:
    """A file that could not be read weighs more than any number of its cells would."""
    first = issues[0]
    return list(SEVERITIES).index(first["severity"]), first["code"] != "unreadable-file", -len(issues)


def _write_first(report: IssueBook, sheet: Any, row: int) -> int:
    """Write the most serious and frequent kinds of issue, each with its first case; return the end."""
    groups: dict[tuple[Any, ...], list[IssueRow]] = {}
    for issue in report.issues:
        if issue["severity"] != "notice":
            groups.setdefault(tuple(issue[name] for name in ("severity", "code", "file", "column")), []).append(issue)
    ranked = sorted(groups.values(), key=_files_then_most_frequent)
    title = Message("はじめに直すとよいもの", "What to fix first")
    sheet.write_string(row, 0, report.words(title), report.formats["section"])
    if not ranked:
        sheet.write_string(row + 1, 0, report.words(Message("ありません。", "Nothing.")), report.formats["note"])
        return row + 2
    row += 1
    count = Message("件数", "count")
    _heads(
        report,
        sheet,
        row,
        {
            0: column_entry("severity", "issues").label,
            1: Message("ファイル", "file"),
            2: Message("列", "column"),
            3: count,
            4: Message("例", "example"),
        },
    )
    sheet.merge_range(row, 5, row, 6, report.words(ADVICE), report.formats["head"])
    for issues in ranked[:FIRST]:
        row += 1
        first = issues[0]
        sheet.write_string(row, 0, report.words(SEVERITIES[first["severity"]]), report.formats[first["severity"]])
        write_cell(report, sheet, row, 1, first["file"] or report.words(RULES))
        write_cell(report, sheet, row, 2, first["column"])
        write_cell(report, sheet, row, 3, len(issues), "number")
        write_cell(report, sheet, row, 4, None)
        _write_place(report, sheet, row, 4, first)
        text = f"{first['message']} {first['hint']}"
        sheet.merge_range(row, 5, row, 6, text, report.formats["text"])
        sheet.set_row(row, LINE_HEIGHT * lines_needed([text, first["column"] or ""], [71, 18]) + 2)
    return row + 1


def write_issues(report: IssueBook) -> None:
    """Write every issue with its place."""
    import pandas as pd

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


def write_table_sheet(report: IssueBook, table: OwnTable) -> None:
    """Write a table of the user as it stands, its cells marked, with the advice on each row in the last column."""
    sheet = report.book.add_worksheet(table.name)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.hide_gridlines(2)
    sheet.set_header(f"&L&8 {table.file.replace('&', '&&')[:200]}")
    sheet.set_tab_color("#C0504D" if any(issue["severity"] == "error" for issue in table.issues) else "#E0B040")
    if not table.whole:
        sheet.write_string(0, 0, report.words(PARTLY_SHOWN), report.formats["note"])
    marks, advice = _marks(report, table)
    heads = table.line(table.header)
    for place, (number, cells) in enumerate(table.rows):
        line = table.top + place
        usual = "note" if line < heads else "own head" if line == heads else "own"
        _write_own_row(report, sheet, line, cells[: table.width], marks, usual)
        texts = advice.get(line, [])
        if line == heads:
            _write_advice_head(report, sheet, (line, table.width), texts)
        elif texts or not table.whole:
            _write_advice(report, sheet, (line, table.width), texts, "" if table.whole else f"{number}: ")
    for cell in list(marks)[:MOST_NOTES]:
        _write_note(report, sheet, cell, marks[cell])
    _set_columns(sheet, table, heads)


def _marks(
    report: IssueBook, table: OwnTable
) -> tuple[dict[tuple[int, int], list[IssueRow]], dict[int, list[tuple[str, str]]]]:
    """Return the issues of each cell, and severity and text of the advice in each line, the most serious first."""
    marks: dict[tuple[int, int], list[IssueRow]] = {}
    advice: dict[int, list[tuple[str, str]]] = {}
    for issue in table.issues:
        line, column = table.cell(issue)
        if column < table.width:
            marks.setdefault((line, column), []).append(issue)
        about = f"{issue['column']}: " if issue["column"] else ""
        level = report.words(SEVERITIES[issue["severity"]])
        text = f"【{level}】{about}{issue['message']} → {issue['hint']}"
        advice.setdefault(line, []).append((issue["severity"], text))
    return marks, advice


def _write_own_row(
    report: IssueBook,
    sheet: Any,
    line: int,
    cells: list[str],
    marks: Mapping[tuple[int, int], list[IssueRow]],
    usual: str,
) -> None:
    for position, cell in enumerate(cells):
        found = marks.get((line, position), [])
        style = found[0]["severity"] if found else usual
        text = cell_text(cell, report.lang)
        if text:
            name = f"{style} fixed" if is_formula(text) else style
            sheet.write_string(line, position, text, report.formats[name])
        elif found or (any(cells) and usual != "note"):
            sheet.write_blank(line, position, None, report.formats[style])


def _write_note(report: IssueBook, sheet: Any, place: tuple[int, int], found: list[IssueRow]) -> None:
    lines = [f"{report.words(SEVERITIES[issue['severity']])}：{issue['message']}\n{issue['hint']}" for issue in found]
    _add_note(sheet, place, "\n".join(lines))


def _add_note(sheet: Any, place: tuple[int, int], text: str) -> None:
    height = min(30 + 18 * sum(1 + display_width(line) // 44 for line in text.split("\n")), 400)
    look = {"author": "Tsunagari", "width": 300, "height": height, "font_size": 9}
    sheet.write_comment(*place, text[:LONGEST_NOTE], look)


def _write_advice_head(report: IssueBook, sheet: Any, place: tuple[int, int], texts: list[tuple[str, str]]) -> None:
    """Write the heading of the advice; what is to say of the header itself is its note."""
    sheet.write_string(*place, report.words(ADVICE), report.formats["head"])
    if texts:
        _add_note(sheet, place, "\n".join(text for _, text in texts))


def _write_advice(
    report: IssueBook, sheet: Any, place: tuple[int, int], texts: list[tuple[str, str]], number: str
) -> None:
    severity = texts[0][0] if texts else ""
    shown = cell_text(number + "\n".join(text for _, text in texts), report.lang)
    sheet.write_string(*place, shown, report.formats[f"{severity} advice" if severity else "advice"])
    lines = sum(lines_needed([line], [ADVICE_WIDTH]) for line in shown.split("\n"))
    sheet.set_row(place[0], min(LINE_HEIGHT * lines + 3, 400))


def _set_columns(sheet: Any, table: OwnTable, heads: int) -> None:
    """Fit the widths, freeze the header and let every column be filtered."""
    # titles and notes stand alone in their row and make no column wider
    sample = [cells for number, cells in table.rows[:500] if number >= table.header and sum(map(bool, cells)) > 1]
    for position in range(table.width):
        widest = max((display_width(cells[position]) for cells in sample if position < len(cells)), default=0)
        sheet.set_column(position, position, min(max(6, 1.1 * widest + 2), 32))
    sheet.set_column(table.width, table.width, ADVICE_WIDTH)
    last = max(table.top + len(table.rows) - 1, heads)
    sheet.autofilter(heads, 0, last, table.width)
    if heads < MOST_FROZEN:
        sheet.freeze_panes(heads + 1, min(table.width, 1))
    sheet.ignore_errors({"number_stored_as_text": f"A1:{xl_rowcol_to_cell(last, table.width)}"})

"""The values that a correction can settle, each once, with an empty column for what is right."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from tsunagari.errors import Message
from tsunagari.graph.wording import ColumnEntry
from tsunagari.loaders.fixes import COLUMNS, open_questions, shown_value
from tsunagari.loaders.issues import CODES, Issue
from tsunagari.viz.excel.cells import add_sheet, write_table
from tsunagari.viz.issues.book import ANSWERS, IssueBook

MOST_ANSWERS = 5_000
FROZEN = 5  # up to the correct value
WIDTHS = {"file": 26, "sheet": 14, "column": 18, "value": 26, "correct": 26, "rows": 12, "count": 8}
HOW_TO = Message(
    "「正しい値」を埋めて保存し、tsunagari fix このファイル -w 作業フォルダー とすると、"
    "同じ値のすべての行に使われます（元の一覧は変わりません）。"
    "（空欄）は空のセル、（読まない）はその行を読まないことです。",
    "Fill in the correct values, save, and run: tsunagari fix THIS-FILE -w WORKSPACE. An answer is used for every row"
    " with the value; your lists stay as they are. (blank) is an empty cell, (leave out) leaves the rows out.",
)


def write_answers(report: IssueBook) -> None:
    """Write the sheet; none when no value is open."""
    questions = open_questions(_issues(report))
    if not questions:
        return
    sheet, top = add_sheet(report, ANSWERS, purpose=HOW_TO, width=150)
    rows = [
        [
            *(question.file, question.sheet, question.column, shown_value(question.value, report.lang), None, None),
            *(len(question.rows), question.message.text(report.lang), list(question.candidates)),
        ]
        for question in questions[:MOST_ANSWERS]
    ]
    columns = [
        ColumnEntry(name, label, label, "text", WIDTHS.get(name, 46), "number" if name == "count" else "text")
        for name, label in COLUMNS.items()
    ]
    frame = pd.DataFrame(rows, columns=[column.name for column in columns], dtype=object)
    write_table(report, sheet, top, frame, columns)
    for row in range(top + 1, top + 1 + len(rows)):
        sheet.write_blank(row, FROZEN - 1, None, report.formats["answer"])
    sheet.freeze_panes(top + 1, FROZEN)


def _issues(report: IssueBook) -> Iterator[Issue]:
    for row in report.issues:
        if row["code"] in CODES:
            message, hint = (Message(str(row[name]), str(row[name])) for name in ("message", "hint"))
            place = (row["file"], row["sheet"], row["row"], row["column"], row["value"])
            yield Issue(row["severity"], row["code"], message, hint, *place, tuple(row.get("candidates") or ()))

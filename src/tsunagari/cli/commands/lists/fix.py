"""``fix``: what could not be read, each value once, and the answers that are applied to every list at once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tsunagari.cli.issues.building import forget, read_lists
from tsunagari.cli.issues.fix_dialogue import ask_questions, can_ask
from tsunagari.cli.shell.localized import LocalizedArgument, command, option
from tsunagari.cli.shell.options import Settings, settings, shared_options
from tsunagari.cli.shell.tables import csv_text, frame_of, show_frame
from tsunagari.cli.shell.terminal import say, say_next, terminal_width
from tsunagari.errors import Message, WorkspaceError
from tsunagari.graph.store import write_output
from tsunagari.graph.wording import frame_columns, screen_columns
from tsunagari.loaders.fixes import (
    COLUMNS,
    FIELD_WORDS,
    FIXES_NAME,
    Fixes,
    line_cells,
    merged,
    open_questions,
    read_answers,
    read_fixes,
    shown_value,
)

if TYPE_CHECKING:
    from tsunagari.loaders.fixes import Fix, Question
    from tsunagari.loaders.issues import Issue
    from tsunagari.loaders.session import Load

DONE = frozenset({"value-corrected", "rows-left-out"})
SHOWN = 20  # corrections that are listed one by one


@command(
    "fix",
    details=Message(
        "読めなかった値を、同じ値は一度だけ示し、答えをすべての行に使います。端末では一つずつ尋ねます。"
        "そうでなければ作業フォルダーの fixes.csv に空欄の行を書き足すので、「正しい値」を埋めて再度実行してください。"
        "答えを書いた CSV や Excel を渡すこともできます。"
        "元の一覧は書き換えません。訂正は build のたびに使われ、fixes.csv の行を消せば元に戻ります。",
        "Shows what could not be read, each value once, and uses an answer for every row. On a terminal it asks one by "
        "one; elsewhere it adds lines to fixes.csv in the workspace: fill in the correct value and run it again. "
        "Answers may also come in a CSV or Excel file. Your lists stay: every build applies the corrections, "
        "and a line removed from fixes.csv is undone.",
    ),
)
@click.argument("answers", cls=LocalizedArgument, metavar="[ANSWERS]", required=False, type=click.Path())
@option(
    "--yes",
    is_flag=True,
    text=Message("近い候補が一つだけある値は、尋ねずに採る。", "Take the one near name without asking."),
)
@option(
    "--dry-run",
    is_flag=True,
    text=Message("何も書かずに、何がどう変わるかを示す。", "Show what would change; write nothing."),
)
@shared_options("workspace", "format", "output")
def fix_command(answers: str | None, *, yes: bool, dry_run: bool) -> None:
    """Read the workspace, ask or take answers, write them, and show what they change."""
    chosen = settings()
    folder = Path(chosen.workspace)
    known = read_fixes(folder)
    _refuse_unreadable(known)
    given = _given(answers)
    fixes = Fixes(merged(known.lines, given), known.issues)
    load = read_lists(chosen, sink=forget, fixes=fixes)
    questions = open_questions(load.issues)
    asks = not (yes or dry_run or answers) and can_ask() and chosen.format == "table"
    said = [question.answered(question.proposal) for question in questions if yes and question.proposal is not None]
    said += ask_questions(questions, chosen) if asks else []
    after = load
    if said:
        fixes = Fixes(merged(fixes.lines, said), known.issues)
        after = read_lists(chosen, sink=forget, fixes=fixes)
    left = open_questions(after.issues)
    _show(left, after.issues, chosen)
    waiting = [question.answered(None) for question in left]
    if not dry_run:
        _write(folder, known, merged(fixes.lines, waiting), questions, chosen.lang)
    _say_end(load if not given else read_lists(chosen, sink=forget, fixes=known), after, left, chosen, dry_run=dry_run)


def _refuse_unreadable(fixes: Fixes) -> None:
    """Stop before a file of corrections that cannot be read is written over."""
    bad = next((issue for issue in fixes.issues if issue.code == "unreadable-file"), None)
    if bad is not None:
        raise WorkspaceError(bad.message, bad.hint)


def _given(answers: str | None) -> list[Fix]:
    if answers is None:
        return []
    path = Path(answers)
    if not path.is_file():
        raise WorkspaceError(
            Message(f"{answers} がありません。", f"There is no {answers}."),
            Message("答えを書いた CSV か Excel の名前を確かめてください。", "Check the name of the file with answers."),
        )
    return [fix for fix in read_answers(path, path.name).lines if fix.correct is not None or fix.skips]


def _show(questions: Sequence[Question], issues: Sequence[Issue], chosen: Settings) -> None:
    """Print what was corrected, as remarks, and as a table what is still open."""
    done = [issue for issue in issues if issue.code in DONE]
    for issue in done[:SHOWN]:
        place = f"{issue.file}{f' {issue.sheet}' if issue.sheet else ''}"
        text = issue.message.text(chosen.lang)
        say(Message(f"{place}「{issue.column}」: {text}", f"{place}, {issue.column}: {text}"), chosen, mark="✓ ")
    if len(done) > SHOWN:
        more = len(done) - SHOWN
        say(Message(f"ほかに {more:,} 件の訂正。", f"{more:,} more corrections."), chosen)
    rows = [
        [
            *(question.file, question.sheet, question.column, shown_value(question.value, chosen.lang), None),
            *(len(question.rows), question.message.text(chosen.lang), list(question.candidates)),
        ]
        for question in questions
    ]
    if rows or chosen.format != "table":
        frame = frame_of(rows, frame_columns("fixes"))
        shown = [name for name in screen_columns("fixes") if name != "correct"]
        show_frame(frame, chosen, columns=shown, width=terminal_width())


def _write(folder: Path, known: Fixes, lines: Sequence[Fix], questions: Sequence[Question], lang: str) -> None:
    """Write the file of corrections, with a line for each value that waits for an answer; nothing when it is the same.

    Raises
    ------
    OutputError
        When it cannot be written.
    """
    if list(known.lines) == list(lines):
        return
    about = {question.answered(None).key: question for question in questions}
    rows = []
    for fix in lines:
        question = about.get(fix.key)
        told: list[object] = ["", "", ""]
        if question is not None:
            told = [len(question.rows), question.message.text(lang), "、".join(question.candidates)]
        rows.append([*line_cells(fix, lang), *told])
    text = csv_text([label.text(lang) for label in COLUMNS.values()], rows)
    write_output(folder / FIXES_NAME, text.encode("utf-8-sig"))


def _say_end(before: Load, after: Load, left: Sequence[Question], chosen: Settings, *, dry_run: bool) -> None:
    old, new = (sum(issue.severity == "error" for issue in load.issues) for load in (before, after))
    path = Path(chosen.workspace) / FIXES_NAME
    if old != new:
        say(Message(f"誤りは {old:,} 件から {new:,} 件になります。", f"Errors: {old:,} before, {new:,} now."), chosen)
    words = len({issue.value for issue in after.issues if issue.code in FIELD_WORDS})
    if words:
        said = Message(
            f"分野の語 {words:,} 語は tsunagari fields で決めます。",
            f"{words:,} words for fields: see tsunagari fields.",
        )
        say(said, chosen)
    if dry_run:
        say(Message("何も書いていません（--dry-run）。", "Nothing was written (--dry-run)."), chosen)
        return
    if left:
        say(
            Message(
                f"{len(left):,} 種類の値が残っています。{path} の「正しい値」を埋めて、もう一度実行してください"
                "（元の一覧を直してもかまいません）。",
                f"{len(left):,} values are open. Fill in the correct value in {path} and run it again (or correct "
                "the lists themselves).",
            ),
            chosen,
        )
    elif not any(issue.code in DONE for issue in after.issues):
        say(Message("直す値はありません。", "There is nothing to correct."), chosen)
        return
    say(Message("元の一覧は書き換えていません。", "Your lists are as they were."), chosen)
    say_next(f"tsunagari build -w {chosen.workspace}", chosen)

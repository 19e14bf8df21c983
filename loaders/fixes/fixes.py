"""The corrections of a workspace, ``fixes.csv``: which value of which column of a list is to be read as what."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tsunagari.errors import Message, Place, SourceError
from tsunagari.loaders.files import read_grids
from tsunagari.loaders.issues import Issue, make_issue, unreadable_file
from tsunagari.ontology.spelling import fold_text
from tsunagari.spreadsheets import unguarded

FIXES_NAME = "fixes.csv"
COLUMNS = {
    "file": Message("ファイル", "file"),
    "sheet": Message("シート", "sheet"),
    "column": Message("列", "column"),
    "value": Message("今の値", "value"),
    "correct": Message("正しい値", "correct value"),
    "rows": Message("この行だけ", "only these rows"),
    "count": Message("件数", "count"),
    "problem": Message("問題", "problem"),
    "candidates": Message("候補", "candidates"),
}
BLANK = Message("（空欄）", "(blank)")
"""Stands for an empty cell, as what is there or as what is right."""
SKIP = Message("（読まない）", "(leave out)")
"""As the right value: rows with the value are not read."""
_BLANK, _SKIP = (
    frozenset(fold_text(word).lower() for word in (text.ja, text.en, text.ja.strip("（）"), text.en.strip("()")))
    for text in (BLANK, SKIP)
)
_HEADERS = {fold_text(text).lower(): name for name, label in COLUMNS.items() for text in (name, label.ja, label.en)}
_NEEDED = {"file", "column", "value", "correct"}
_SEARCHED_ROWS = 30
_RANGE = re.compile(r"(\d+)(?:\s*[-~ー]\s*(\d+))?")


@dataclass(frozen=True, slots=True)
class Fix:
    """One line of the corrections.

    Parameters
    ----------
    file, sheet, column
        Where the value stands: the name of the file in the workspace, the sheet (None: any), the header.
    value
        What stands there; empty for cells that hold nothing.
    correct
        What is right; empty for nothing, None while nobody has said so.
    rows
        First and last number of the rows that alone are meant; empty means all rows.
    skips
        Whether the rows with the value are not to be read at all.
    line
        Its row in the file of corrections.
    """

    file: str
    sheet: str | None
    column: str
    value: str
    correct: str | None = None
    rows: tuple[tuple[int, int], ...] = ()
    skips: bool = False
    line: int | None = None

    @property
    def key(self) -> tuple[str, ...]:
        """What two lines about the same cells have in common."""
        return (fold_text(self.file), fold_text(self.sheet or ""), fold_text(self.column), fold_text(self.value))

    def is_for(self, file: str, sheet: str | None) -> bool:
        """Tell whether a sheet of a file is meant."""
        return fold_text(self.file) == fold_text(file) and (self.sheet is None or self.sheet == sheet)

    def holds_at(self, row: int) -> bool:
        """Tell whether a row is meant."""
        return not self.rows or any(first <= row <= last for first, last in self.rows)


@dataclass(slots=True)
class Fixes:
    """The corrections of a workspace.

    Parameters
    ----------
    lines
        All of them, in the order of the file; a later line about the same cells counts before an earlier one.
    issues
        What of the file could not be used.
    """

    lines: list[Fix] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)

    def of(self, file: str, sheet: str | None) -> list[Fix]:
        """Return what is to be done in a sheet."""
        return [fix for fix in self.lines if (fix.correct is not None or fix.skips) and fix.is_for(file, sheet)]


def read_fixes(folder: Path) -> Fixes:
    """Return the corrections of a workspace; none when it has no such file.

    A file that cannot be read, and lines that cannot be used, are told as issues and correct nothing.
    """
    path = folder / FIXES_NAME
    if not path.exists():
        return Fixes()
    try:
        return read_answers(path, FIXES_NAME)
    except SourceError as error:
        return Fixes(issues=[unreadable_file(error, FIXES_NAME)])


def read_answers(path: Path, file: str) -> Fixes:
    """Return the corrections in a CSV file or in the sheets of a workbook that have the columns for them.

    Parameters
    ----------
    path, file
        Where it is, and what it is called in messages.

    Raises
    ------
    SourceError
        When it cannot be read, or has no such columns.
    """
    found = Fixes()
    is_table = False
    for grid in read_grids(path, file).grids:
        header: list[str] = []
        for number, cells in grid.rows:
            if header:
                _take(found, file, number, dict(zip(header, cells, strict=False)))
            elif number <= _SEARCHED_ROWS:
                names = [_HEADERS.get(fold_text(cell).lower(), "") for cell in cells]
                header = names if set(names) >= _NEEDED else []
        is_table = is_table or bool(header)
    if not is_table:
        shown = {lang: "、".join(COLUMNS[name].text(lang) for name in sorted(_NEEDED)) for lang in ("ja", "en")}
        message = Message(
            f"{file} に必要な列（{shown['ja']}）がありません。",
            f"{file} lacks the columns for corrections ({shown['en']}).",
        )
        hint = Message(
            "tsunagari fix で作り直せます（今のファイルは別の名前で残してください）。",
            "Keep it under another name and let `tsunagari fix` write a new one.",
        )
        raise SourceError(message, hint, Place(file, row=1))
    return found


def stray_fixes(fixes: Fixes, files: Iterable[str]) -> list[Issue]:
    """Return an issue for each correction of a file that is none of the `files` of the workspace."""
    known = set(map(fold_text, files))
    return [
        make_issue("unused-fix", file=FIXES_NAME, row=fix.line, column=fix.column, value=fix.value or BLANK.ja)
        for fix in fixes.lines
        if (fix.correct is not None or fix.skips) and fold_text(fix.file) not in known
    ]


def _take(found: Fixes, file: str, number: int, cells: dict[str, str]) -> None:
    text = {name: unguarded(cell) for name, cell in cells.items() if name}
    correct = text.get("correct", "")
    wanted = {name: text.get(name, "") for name in ("file", "column", "value")}
    if not any(wanted.values()):
        return
    rows = _rows(text.get("rows", ""))
    problem = next((name for name, given in wanted.items() if not given), None if rows is not None else "rows")
    if problem is not None:
        if correct:
            label = COLUMNS[problem]
            found.issues.append(make_issue("unusable-fix", file=file, row=number, value=correct, what=label))
        return
    skips = _means(correct, _SKIP)
    found.lines.append(
        Fix(
            wanted["file"],
            text.get("sheet") or None,
            wanted["column"],
            "" if _means(wanted["value"], _BLANK) else wanted["value"],
            None if skips or not correct else "" if _means(correct, _BLANK) else correct,
            rows or (),
            skips,
            number,
        )
    )


def _means(text: str, words: Iterable[str]) -> bool:
    return fold_text(text).lower() in words


def _rows(text: str) -> tuple[tuple[int, int], ...] | None:
    """Return the ranges of rows that a cell names; None when it names none.

    Examples
    --------
    >>> _rows("3、5-7"), _rows(""), _rows("上")
    (((3, 3), (5, 7)), (), None)
    """
    ranges = []
    for part in filter(None, re.split(r"[、,;\s]+", fold_text(text))):
        match = _RANGE.fullmatch(part)
        if match is None:
            return None
        ranges.append((int(match[1]), int(match[2] or match[1])))
    return tuple(ranges)


def shown_value(text: str | None, lang: str) -> str:
    """Return a value as it is shown: an empty one as a word."""
    return text or BLANK.text(lang)


def line_cells(fix: Fix, lang: str) -> list[str]:
    """Return what a line of the file holds for a correction: file, sheet, column, value, correct value and rows."""
    correct = SKIP.text(lang) if fix.skips else "" if fix.correct is None else shown_value(fix.correct, lang)
    rows = "、".join(str(first) if first == last else f"{first}-{last}" for first, last in fix.rows)
    return [fix.file, fix.sheet or "", fix.column, shown_value(fix.value, lang), correct, rows]


def merged(known: Sequence[Fix], new: Iterable[Fix]) -> list[Fix]:
    """Return the lines with answers put in: a line about the same cells takes the new answer, other lines stay.

    Examples
    --------
    >>> old = [Fix("a.csv", None, "状態", "かり"), Fix("a.csv", None, "状態", "よてい", "予定")]
    >>> [fix.correct for fix in merged(old, [Fix("a.csv", None, "状態", "かり", "案")])]
    ['案', '予定']
    """
    lines = {(*fix.key, fix.rows): fix for fix in known}
    for fix in new:
        place = (*fix.key, fix.rows)
        if fix.correct is not None or fix.skips or place not in lines:
            lines[place] = fix
    return list(lines.values())

"""The ledger of matches: what people decided about pairs of organisations, in ``matches.csv`` of the workspace.

Rows are only ever added. Of several rows for one pair the last counts, so ``undone`` takes a decision back and the
history stays readable.
"""

from __future__ import annotations

import csv
import errno
import io
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from tsunagari.atomic_files import cannot_write, write_output
from tsunagari.errors import Message, UnknownNameError
from tsunagari.loaders.files import Grid, read_grids
from tsunagari.loaders.issues import Issue, make_issue
from tsunagari.loaders.values import UnreadableDateError, parse_date
from tsunagari.ontology.namespaces import ID
from tsunagari.ontology.spelling import fold_text, spelling_key
from tsunagari.spreadsheets import guarded, unguarded

LEDGER_NAME = "matches.csv"
COLUMNS = ("left", "right", "left_name", "right_name", "verdict", "decided_at", "rule", "note")
SAME, DIFFERENT, UNSURE, UNDONE = "same", "different", "unsure", "undone"
VERDICTS: Mapping[str, Message] = {
    SAME: Message("同じ団体", "same body"),
    DIFFERENT: Message("別の団体", "different bodies"),
    UNSURE: Message("保留", "unsure"),
    UNDONE: Message("取り消し", "undone"),
}
_WORDS = {
    SAME: ("same", "同じ", "同一", "同じ団体", "同一団体", "同", "○", "◯", "〇", "y", "yes", "はい"),
    DIFFERENT: ("different", "別", "別の団体", "別団体", "違う", "異なる", "×", "n", "no", "いいえ"),
    UNSURE: ("unsure", "保留", "不明", "未定", "△", "?", "分からない", "わからない"),
    UNDONE: ("undone", "取り消し", "取消", "取消し", "undo"),
}
_VERDICT_OF = {spelling_key(word): verdict for verdict, words in _WORDS.items() for word in words}
_HEADERS = {
    "left": ("left", "左", "団体1", "団体a"),
    "right": ("right", "右", "団体2", "団体b"),
    "left_name": ("left_name", "左の名前", "団体1の名前"),
    "right_name": ("right_name", "右の名前", "団体2の名前"),
    "verdict": ("verdict", "判定", "判断", "結果"),
    "decided_at": ("decided_at", "判断日", "日付"),
    "rule": ("rule", "reasons", "規則", "根拠", "理由"),
    "note": ("note", "備考", "メモ"),
}
_COLUMN_OF = {spelling_key(header): column for column, headers in _HEADERS.items() for header in headers}


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided about two organisations.

    Parameters
    ----------
    left, right
        Identifiers without what all have in common, ``org/…``.
    verdict
        A key of `VERDICTS`.
    left_name, right_name
        Their names when it was decided, for the reader of the ledger.
    decided_at
        The day.
    rule, note
        On what ground, in the words of the program and of the person.
    row
        Row of the ledger; None when it is not written yet.
    """

    left: str
    right: str
    verdict: str
    left_name: str = ""
    right_name: str = ""
    decided_at: date | None = None
    rule: str = ""
    note: str = ""
    row: int | None = None

    @property
    def pair(self) -> frozenset[str]:
        """The two identifiers; their order means nothing."""
        return frozenset((self.left, self.right))


@dataclass(frozen=True, slots=True)
class Ledger:
    """The decisions of a workspace.

    Parameters
    ----------
    history
        Every readable row in its order.
    issues
        Rows that could not be used.
    """

    history: tuple[Decision, ...] = ()
    issues: tuple[Issue, ...] = field(default=())

    @property
    def decisions(self) -> list[Decision]:
        """What counts: the last row of each pair, in the order of the rows, without what was undone."""
        last = {decision.pair: decision for decision in self.history}
        return sorted((d for d in last.values() if d.verdict != UNDONE), key=lambda d: d.row or 0)

    def decision(self, left: str, right: str) -> Decision | None:
        """Return what counts for a pair; None when nothing was decided or the decision was undone."""
        pair = frozenset((short_id(left), short_id(right)))
        return next((decision for decision in self.decisions if decision.pair == pair), None)


def short_id(text: str) -> str:
    """Return the identifier of an organisation as the ledger writes it.

    Examples
    --------
    >>> short_id("https://w3id.org/tsunagari/id/org/9000020312011")
    'org/9000020312011'
    >>> short_id("9000020312011")
    'org/9000020312011'
    """
    local = fold_text(text).removeprefix(ID)
    return local if "/" in local or not local else f"org/{local}"


def find_verdict(text: str) -> str | None:
    """Return the verdict that a word stands for; None when it stands for none.

    Examples
    --------
    >>> find_verdict("同じ"), find_verdict("×"), find_verdict("たぶん")
    ('same', 'different', None)
    """
    return _VERDICT_OF.get(spelling_key(text))


def find_decision(ledger: Ledger, left: str, right: str) -> Decision:
    """Return what counts for a pair, given by identifiers or by the names that the ledger has.

    Raises
    ------
    UnknownNameError
        Nothing was decided about the pair.
    """
    found = ledger.decision(left, right)
    if found is not None:
        return found
    names = {spelling_key(text) for text in (left, right)}
    for decision in ledger.decisions:
        if {spelling_key(decision.left_name), spelling_key(decision.right_name)} == names:
            return decision
    raise UnknownNameError(
        Message(
            f"「{left}」と「{right}」についての判断はありません。", f"Nothing was decided about {left!r} and {right!r}."
        ),
        Message("tsunagari match log で判断の一覧を見てください。", "See tsunagari match log for what was decided."),
    )


def new_decisions(ledger: Ledger, given: Ledger) -> list[Decision]:
    """Return the decisions of another table that say something else than the ledger, in their order."""
    known = {decision.pair: decision.verdict for decision in ledger.decisions}
    last = {decision.pair: decision for decision in given.history}
    return [decision for decision in last.values() if known.get(decision.pair, UNDONE) != decision.verdict]


def read_ledger(folder: Path) -> Ledger:
    """Return the ledger of a workspace; an empty one when there is no file.

    The columns may stand in any order and Excel may have saved the file in its own encoding.

    Raises
    ------
    SourceError
        When the file cannot be read at all.
    """
    path = folder / LEDGER_NAME
    return read_decisions(path, LEDGER_NAME) if path.exists() else Ledger()


def read_decisions(path: Path, name: str | None = None) -> Ledger:
    """Return the decisions of any table with the columns of the ledger, such as exported candidates filled in.

    A row without a verdict says nothing and is passed over.

    Raises
    ------
    SourceError
        When the file cannot be read at all.
    """
    file = name or path.name
    history: list[Decision] = []
    issues: list[Issue] = []
    for grid in read_grids(path, file).grids:
        issues += grid.issues
        _read_grid(grid, history, issues)
    return Ledger(tuple(history), tuple(issues))


def _read_grid(grid: Grid, history: list[Decision], issues: list[Issue]) -> None:
    rows = [(number, cells) for number, cells in grid.rows if any(cells)]
    if not rows:
        return
    header_row, header = rows[0]
    places = _places(header)
    missing = [column for column in ("left", "right", "verdict") if column not in places]
    if missing:
        issues.append(make_issue("match-columns", file=grid.file, row=header_row, value="、".join(missing)))
        return
    for number, cells in rows[1:]:
        texts = {column: cells[place] for column, place in places.items() if place < len(cells) and cells[place]}
        decision = _decision(grid, number, texts, header, places, issues)
        if decision is not None:
            history.append(decision)


def _places(header: Sequence[str]) -> dict[str, int]:
    """Column to its place in the header; the first of two counts."""
    places: dict[str, int] = {}
    for place, text in enumerate(header):
        column = _COLUMN_OF.get(spelling_key(text))
        if column is not None:
            places.setdefault(column, place)
    return places


def _decision(
    grid: Grid,
    number: int,
    texts: dict[str, str],
    header: Sequence[str],
    places: dict[str, int],
    issues: list[Issue],
) -> Decision | None:
    def report(code: str, column: str, value: str | None = None) -> None:
        shown = header[places[column]]
        issues.append(make_issue(code, file=grid.file, sheet=grid.sheet, row=number, column=shown, value=value))

    if "verdict" not in texts:
        return None
    for column in ("left", "right"):
        if column not in texts:
            report("missing-value", column)
            return None
    verdict = find_verdict(texts["verdict"])
    if verdict is None:
        report("match-verdict", "verdict", texts["verdict"])
        return None
    left, right = short_id(texts["left"]), short_id(texts["right"])
    if left == right:
        report("match-itself", "right", texts["right"])
        return None
    day = None
    if "decided_at" in texts:
        try:
            day = parse_date(texts["decided_at"]).value
        except UnreadableDateError:
            report("bad-date", "decided_at", texts["decided_at"])
    return Decision(
        left,
        right,
        verdict,
        left_name=unguarded(texts.get("left_name", "")),
        right_name=unguarded(texts.get("right_name", "")),
        decided_at=day,
        rule=unguarded(texts.get("rule", "")),
        note=unguarded(texts.get("note", "")),
        row=number,
    )


def append_decisions(folder: Path, decisions: Iterable[Decision]) -> Path:
    """Add rows to the ledger of a workspace and return its path; what stands there already keeps its place.

    The file is UTF-8 with a byte order mark, which Excel reads, and is replaced in one step.

    Raises
    ------
    OutputError
        When it cannot be written, for instance because it is open in Excel.
    SourceError
        When the ledger that is there cannot be read.
    """
    path = folder / LEDGER_NAME
    lines: list[list[str]] = []
    if path.exists():
        for number, cells in read_grids(path, LEDGER_NAME).grids[0].rows:
            lines += [[] for _ in range(number - 1 - len(lines))]
            lines.append(list(cells))
    first = next((place for place, cells in enumerate(lines) if any(cells)), None)
    if first is None:
        lines, first = [list(COLUMNS)], 0
    header = lines[first]
    places = _places(header)
    for column in COLUMNS:
        if column not in places:
            places[column] = len(header)
            header.append(column)
    for decision in decisions:
        row = [""] * len(header)
        for column, text in _texts(decision).items():
            row[places[column]] = text
        lines.append(row)
    _write(path, lines)
    return path


def _texts(decision: Decision) -> dict[str, str]:
    return {
        "left": decision.left,
        "right": decision.right,
        "left_name": guarded(decision.left_name),
        "right_name": guarded(decision.right_name),
        "verdict": decision.verdict,
        "decided_at": decision.decided_at.isoformat() if decision.decided_at else "",
        "rule": guarded(decision.rule),
        "note": guarded(decision.note),
    }


def _write(path: Path, lines: list[list[str]]) -> None:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerows(lines)
    if not path.parent.is_dir():
        raise cannot_write(path, FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT)))
    write_output(path, buffer.getvalue().encode("utf-8-sig"))

"""What would be read of a file, on one screen and in the words of the list."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import TYPE_CHECKING

from tsunagari.cli.shell.options import Settings
from tsunagari.errors import Message
from tsunagari.loaders.issues import issues_frame, shorten
from tsunagari.ontology.municipalities import municipality_table
from tsunagari.ontology.vocabulary import vocabulary
from tsunagari.viz.issues.groups import group_issues
from tsunagari.viz.look.headings import SEVERITIES
from tsunagari.viz.look.wrapping import display_width, wrap_text

if TYPE_CHECKING:
    from tsunagari.loaders.adding import Inspection, TableView
    from tsunagari.loaders.issues import Issue
    from tsunagari.viz.issues.groups import IssueGroup

WIDTH = 80
COLUMN_LINES, UNREAD_LINES, ROW_LINES, FINDING_LINES = 4, 2, 2, 2
"""How many lines of the screen the columns, those not read, a row and a finding may take."""
FINDINGS, TABLES = 4, 3
LONGEST = 40  # characters of a cell
_YES_NO = {"true": Message("はい", "yes"), "false": Message("いいえ", "no")}
UNREAD = frozenset({"unmapped-column", "personal-column", "unknown-indicator", "duplicate-column"})


def page_text(found: Inspection, chosen: Settings, *, width: int = WIDTH, next_command: str = "") -> str:
    """Return what was found of a file, ending with the next command; with ``-v`` every finding and the settings too."""
    lang = chosen.lang
    size = Message(f"{found.size:,} バイト", f"{found.size:,} bytes").text(lang)
    lines = [f"{found.file} ({found.encoding}, {size})", *_kind_lines(found, lang)]
    if found.problem is not None:
        lines += wrap_text(found.problem.text(lang), width).split("\n")
    lines += near_lines(found, lang)
    tables = sorted(found.tables, key=lambda table: -table.rows)
    for table in tables[:1]:
        lines += _table_lines(table, found.issues, lang, width)
    lines += [f"{_sheet(table, lang)}: {_rows(table, lang)}" for table in tables[1 : TABLES + 1]]
    if len(tables) > TABLES + 1:
        rest = len(tables) - TABLES - 1
        lines.append(Message(f"ほかに {rest} 表", f"{rest} more tables").text(lang))
    lines += finding_lines(found.issues, lang, width, most=None if chosen.verbose else FINDINGS)
    if chosen.verbose and found.entry:
        title = Message("tsunagari.toml に貼る設定（提案）:", "To paste into tsunagari.toml (a proposal):")
        lines += ["", title.text(lang), "", *found.entry.rstrip("\n").split("\n")]
    lines += _next_lines(found, next_command, lang)
    return "\n".join(lines) + "\n"


def _kind_lines(found: Inspection, lang: str) -> list[str]:
    if found.kind is None:
        unknown = Message(
            "どの種類の一覧か分かりません。分かるときは --kind で指定してください。",
            "No kind of list fits its headers. Name one with --kind if you know it.",
        )
        return [unknown.text(lang)]
    most: dict[str | None, int] = {}  # of a sheet whose rows say several things, those rows count once
    for table in found.tables:
        most[table.sheet] = max(table.rows, most.get(table.sheet, 0))
    rows = sum(most.values())
    first = found.tables[0] if found.tables else None
    header = "" if first is None else _header_place(first.header_rows).text(lang)
    label = found.kind.label.text(lang)
    shown = Message(
        f"「{label}」として {rows:,} 行を読みます（{header}）。" if first else f"「{label}」のようですが、読めません。",
        f"Read as {label}: {rows:,} rows ({header})." if first else f"Like a list of {label}, but it cannot be read.",
    )
    others = [kind.label.text(lang) + (f" (--kind {kind.name})" if lang == "en" else "") for kind in found.candidates]
    listed = ("、" if lang == "ja" else ", ").join(others)
    more = Message(f"違えば: {listed}（--kind）", f"Else: {listed}").text(lang) if others else ""
    return [" ".join(filter(None, [shown.text(lang), more]))]


def _header_place(rows: tuple[int, int] | None) -> Message:
    if rows is None:
        return Message("見出しの行なし", "no header row")
    first, last = rows
    place = str(first) if first == last else f"{first}–{last}"
    return Message(f"見出しは {place} 行目", f"header in row {place}")


def _sheet(table: TableView, lang: str) -> str:
    if not table.sheet:
        return Message("表", "table").text(lang)
    return Message(f"シート「{table.sheet}」", f"sheet {table.sheet!r}").text(lang)


def _rows(table: TableView, lang: str) -> str:
    label = table.kind.label.text(lang)
    return Message(f"{label}、{table.rows:,} 行", f"{label}, {table.rows:,} rows").text(lang)


def _table_lines(table: TableView, issues: Iterable[Issue], lang: str, width: int) -> list[str]:
    """Return which columns are read as what, which are not, and the first rows as they are understood."""
    comma = "、" if lang == "ja" else ", "
    read = [
        view.header if view.header == view.label.text(lang) else f"{view.header} → {view.label.text(lang)}"
        for view in table.columns
    ]
    left = [issue.value or "" for issue in issues if issue.code in UNREAD and issue.sheet == table.sheet]
    head, left_head = Message("読む列", "read").text(lang), Message("読まない列", "not read").text(lang)
    lines = _cut_lines(f"{head}: ", comma.join(read), width, COLUMN_LINES) if read else []
    if left:
        lines += _cut_lines(f"{left_head} ({len(left):,}): ", comma.join(left), width, UNREAD_LINES)
    return [*lines, *sample_lines(table, lang, width)]


def kind_line(found: Inspection, lang: str) -> str:
    """Return in one line what a file is, and how many rows of it would be read."""
    rows = found.tables[0].rows if found.tables else 0
    label = found.kind.label.text(lang) if found.kind is not None else ""
    return f"{label}、{rows:,} 行" if lang == "ja" else f"{label}, {rows:,} rows"


def near_lines(found: Inspection, lang: str) -> list[str]:
    """Return the kinds that come close and what each lacks, in the words of the lists."""
    lines = []
    comma = "、" if lang == "ja" else ", "
    if found.headers and (found.near or found.kind is None):
        listed = comma.join(map(_short, found.headers))
        lines.append(f"    見出し: {listed}" if lang == "ja" else f"    headers: {listed}")
    for kind, missing in found.near:
        lacks = comma.join(label.text(lang) for label in missing) or "－"
        lines.append(
            f"    {kind.label.ja}に近い。足りない列: {lacks}"
            if lang == "ja"
            else f"    near {kind.label.en}; lacks: {lacks}"
        )
    return lines


def sample_lines(table: TableView, lang: str, width: int = WIDTH) -> list[str]:
    """Return the first rows as they are understood, each column by its own header, or by its name where it has none."""
    headers = {view.column: view.header for view in table.columns}
    row = "{} 行目: " if lang == "ja" else "row {}: "
    lines = []
    for number, cells in table.samples:
        parts = []
        shown: set[str] = set()
        for key, cell in cells.items():
            header = headers.get(key)
            parts.append(
                _added(table, key, cell, lang) if not header or header in shown else f"{header}={_short(cell)}"
            )
            shown.add(header or "")
        lines += _cut_lines("  " + row.format(number), " | ".join(parts), width, ROW_LINES)
    return lines


def _added(table: TableView, key: str, cell: str, lang: str) -> str:
    """Return what the reading added, such as the municipality of an address, in words."""
    words = vocabulary()
    owner, _, name = key.rpartition(".")
    column = words.columns("Organization" if owner else table.kind.cls).get(name)
    if column is None:
        return f"{name}={_short(cell)}"
    place = municipality_table().by_code(cell) if column.is_reference and cell.isdigit() else None
    if place is not None:
        return f"{column.labels.get(lang, name)}={place.full_name}"
    concept = words.concept(column.scheme, cell) if column.scheme else None
    shown = concept.labels.get(lang, cell) if concept is not None else _YES_NO.get(cell, Message(cell, cell)).text(lang)
    return f"{column.labels.get(lang, name)}={_short(shown)}"


def finding_lines(
    issues: Iterable[Issue], lang: str, width: int = WIDTH, *, most: int | None = FINDINGS, indent: str = ""
) -> list[str]:
    """Return the findings by kind, the most serious and frequent first, each with what to do where something is to do.

    Parameters
    ----------
    issues
        What was found; columns that are not read are told elsewhere.
    lang, width
        Language, and columns of the screen.
    most
        How many kinds are shown; None shows all.
    indent
        What stands before each line.
    """
    groups = group_issues(issues_frame([issue for issue in issues if issue.code not in UNREAD], lang))
    lines = []
    for group in groups[:most]:
        count = _counted(group, lang) if group.count > 1 else ""
        where = f"{group.column}: " if group.column and group.count > 1 else ""
        advice = "" if group.severity == "notice" else f" → {group.hint(lang)}"
        mark = f"{indent}{SEVERITIES[group.severity].text(lang)} "
        lines += _cut_lines(mark, f"{where}{group.message(lang)}{count}{advice}", width, FINDING_LINES)
    if most is not None and len(groups) > most:
        rest = len(groups) - most
        lines.append(
            indent + Message(f"ほかに {rest} 種類（-v で全部）", f"{rest} more kinds (-v shows all)").text(lang)
        )
    return lines


def _counted(group: IssueGroup, lang: str) -> str:
    """Return how often something was found, with the values where they differ."""
    values = group.shown_values(lang) if len(group.values) > 1 else ""
    shown = Message(f"：{values}", f": {values}").text(lang) if values else ""
    return Message(f"（{group.count:,} か所{shown}）", f" ({group.count:,} times{shown})").text(lang)


def _next_lines(found: Inspection, command: str, lang: str) -> list[str]:
    if not found.tables:
        return []
    return [f"{Message('次は', 'Next').text(lang)}: {command or f'tsunagari add {found.file}'}"]


def _cut_lines(first: str, text: str, width: int, most: int) -> list[str]:
    """Return a text as at most so many lines of the screen, with an ellipsis where it was cut."""
    rest = " " * min(display_width(first), width // 3)
    lines = wrap_text(text, width, first=first, rest=rest).split("\n")
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    while display_width(last) > width - 2:
        last = last[:-1]
    return [*islice(lines, most - 1), f"{last}…"]


def _short(text: str) -> str:
    return shorten(" ".join(text.split()), limit=LONGEST)

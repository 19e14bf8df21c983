"""What would be read of a file, before any settings name it: its kind, its columns, and the settings to paste."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from types import MappingProxyType

from tsunagari.errors import Message, SourceError, UnknownNameError
from tsunagari.loaders.adding.guessing import CERTAIN, alike_headers, near_kinds, ranked_kinds
from tsunagari.loaders.files import FileContent, Grid
from tsunagari.loaders.issues import Issue, nearest_texts
from tsunagari.loaders.session import SourceContent, SourceInput, read_content, read_source
from tsunagari.loaders.tables import HeaderMap, Row, Table, guess_header, missing_columns
from tsunagari.loaders.values import UnreadableDateError, parse_date
from tsunagari.loaders.workspace import DEFAULT_FIELDS, KINDS, Kind, Source, Workspace, find_kind
from tsunagari.ontology.spelling import fold_text
from tsunagari.ontology.vocabulary import Vocabulary, vocabulary

SAMPLE_ROWS = 3
_HEADERS_SHOWN = 12
_OTHERS, _CLOSE = 2, 0.7  # how many other kinds are named, and how near, of 1, they must come
_PLATFORM = "…"
_SCHEMES = "schemes"
_AS_OF = re.compile(
    r"((?:令和|平成|[RH]|\d{4})\s*[\d元]*\s*[年./-]\s*\d{1,2}\s*[月./-]\s*\d{1,2}\s*日?)\s*(?:現在|時点)"
)


@dataclass(frozen=True, slots=True)
class ColumnView:
    """A column that would be read: its header, its name in the settings, its label, and a value."""

    header: str
    column: str
    label: Message
    sample: str


@dataclass(frozen=True, slots=True)
class TableView:
    """A table that would be read.

    Parameters
    ----------
    sheet, kind
        Where it is and what its rows are.
    header_rows
        Numbers of the first and last row of its header; None without one.
    rows
        How many rows it has.
    columns
        What would be read of it.
    samples
        Row number and texts by column of the first rows.
    """

    sheet: str | None
    kind: Kind
    header_rows: tuple[int, int] | None
    rows: int
    columns: list[ColumnView]
    samples: list[tuple[int, dict[str, str]]]


@dataclass(frozen=True, slots=True)
class Inspection:
    """What would be read of a file.

    Parameters
    ----------
    file, size, encoding
        Name, bytes, and encoding or format.
    sheets
        Name and number of filled rows of each sheet that can be seen; no name for a text file.
    kind
        The kind given, or the one that fits best; None when none fits at all.
    candidates
        Other kinds that fit, best first.
    tables
        What would be read; empty when a required column is missing.
    problem
        Why nothing would be read; None when something is.
    issues
        What the reading found.
    entry
        The ``[[source]]`` to paste into tsunagari.toml.
    as_of
        The day that a title names; None when none does.
    near
        Kinds that come close, each with the columns that it lacks; empty when a kind fits whole.
    headers
        The first row with several cells, which a person would call the header.
    """

    file: str
    size: int
    encoding: str
    sheets: list[tuple[str | None, int]]
    kind: Kind | None
    candidates: list[Kind]
    tables: list[TableView] = field(default_factory=list)
    problem: SourceError | None = None
    issues: list[Issue] = field(default_factory=list)
    entry: str = ""
    as_of: date | None = None
    near: list[tuple[Kind, list[Message]]] = field(default_factory=list)
    headers: list[str] = field(default_factory=list)


def inspect_file(
    path: Path | str,
    *,
    kind: Kind | None = None,
    sheets: Sequence[str] = (),
    inside: str | None = None,
    lang: str = "ja",
) -> Inspection:
    """Return what would be read of the file at `path`; no workspace is needed.

    Parameters
    ----------
    path
        The file.
    kind
        What it is; None takes the kind whose columns fit its headers best.
    sheets, inside
        Sheets of a workbook and file of an archive to look at; by default all visible sheets and the only table.
    lang
        Language of the comments in the proposed entry.

    Raises
    ------
    SourceError
        When the file cannot be read at all.
    """
    path = Path(path)
    content = read_content(path, Source(path.name, "", sheets=tuple(sheets), inside=inside))
    words = vocabulary()
    ranked = [(kind, CERTAIN)] if kind is not None else ranked_kinds(content, words)
    fitting = [found for found, _ in ranked]
    others = [found for found, score in ranked[1:] if score >= _CLOSE * ranked[0][1]][:_OTHERS]
    sizes = [(grid.sheet, sum(any(cells) for _, cells in grid.rows)) for grid in content.grids]
    found = Inspection(path.name, path.stat().st_size, content.encoding, sizes, next(iter(fitting), None), others)
    found = replace(found, headers=_first_header(content))
    if not fitting:
        return replace(found, issues=list(content.issues), near=near_kinds(content, words))
    platform = _PLATFORM if _needs_platform(fitting[0], words) else None
    source = Source(path.name, fitting[0].name, platform=platform, sheets=tuple(sheets), inside=inside)
    proposed = _proposals(content, source, fitting[0], words)
    source = replace(source, columns=MappingProxyType(proposed))
    tables, problem, issues = _read(path, source, content, words)
    as_of = _date_in_titles(content)
    entry = _entry(source, fitting[0], words, proposed, as_of, lang)
    near = near_kinds(content, words) if problem is not None and fitting[0].adapter is None else []
    return replace(found, tables=tables, problem=problem, issues=issues, entry=entry, as_of=as_of, near=near)


def _needs_platform(kind: Kind, words: Vocabulary) -> bool:
    """Tell whether the settings have to name the platform of the rows."""
    return "organization" in words.columns(kind.cls)


def named_kind(name: str) -> Kind:
    """Return the kind called `name`.

    Raises
    ------
    UnknownNameError
        When there is none; the nearest are named.
    """
    kind = find_kind(name)
    if kind is None:
        nearest = ", ".join(nearest_texts(name, KINDS))
        raise UnknownNameError(
            Message(f"「{name}」という種類はありません。", f"There is no kind {name!r}."),
            Message(f"近い種類: {nearest}。すべて: {'、'.join(KINDS)}", f"Nearest: {nearest}. All: {', '.join(KINDS)}"),
        )
    return kind


def _read(
    path: Path, source: Source, content: FileContent, words: Vocabulary
) -> tuple[list[TableView], SourceError | None, list[Issue]]:
    workspace = Workspace(path.parent, path.name, date(1, 1, 1), (), DEFAULT_FIELDS, (source,))
    given = SourceInput(workspace, source, words)
    given.__dict__["content"] = content  # already read; a cached property takes it from here
    try:
        result: SourceContent = read_source(given)
    except SourceError as error:
        return [], error, list(content.issues)
    issues = [*result.issues, *(issue for part in result.parts for issue in part.table.issues)]
    return [_view(part.kind, part.table, words) for part in result.parts], None, issues


def _view(kind: Kind, table: Table, words: Vocabulary) -> TableView:
    def texts(row: Row) -> dict[str, str]:
        found = {**row.cells, **{f"party.{name}": text for name, text in row.party.items()}}
        return found | ({"in_prefecture": row.prefecture} if row.prefecture else {})

    samples = [(row.number, texts(row)) for row in table.rows[:SAMPLE_ROWS]]
    columns = []
    for key, header in table.headers.items():
        owner, _, name = key.rpartition(".")
        column = words.columns("Organization" if owner else kind.cls).get(name)
        labels = column.labels if column is not None else {}
        label = Message(labels.get("ja", name), labels.get("en", name))
        sample = next((found[key] for row in table.rows[:200] if key in (found := texts(row))), "")
        columns.append(ColumnView(header, key, label, sample))
    return TableView(table.sheet, kind, table.header_rows, len(table.rows), columns, samples)


def _proposals(content: FileContent, source: Source, kind: Kind, words: Vocabulary) -> dict[str, str]:
    """Header to column for headers that no synonym covers but that look like one, required columns first."""
    if kind.adapter is not None:
        return {}
    header_map = HeaderMap(source, kind, words)
    proposed: dict[str, str] = {}
    for grid in content.grids:
        if any(any(cells) for _, cells in grid.rows):
            header = guess_header(grid, header_map)
            proposed |= alike_headers(
                header, header_map, missing_columns(header_map, (column.key for column in header.mapped))
            )
    return proposed


def _date_in_titles(content: FileContent) -> date | None:
    """The day of 「令和5年6月1日現在」 above the table."""
    for grid in content.grids:
        for cell in _first_cells(grid):
            if "現在" not in cell and "時点" not in cell:
                continue
            match = _AS_OF.search(fold_text(cell))
            if match is None:
                continue
            try:
                return parse_date(match[1]).value
            except UnreadableDateError:
                continue
    return None


def _first_header(content: FileContent) -> list[str]:
    rows = (list(filter(None, cells)) for grid in content.grids for _, cells in grid.rows[:30])
    return next((cells[:_HEADERS_SHOWN] for cells in rows if len(cells) > 1), [])


def _first_cells(grid: Grid) -> list[str]:
    return [cell for _, cells in grid.rows[:10] for cell in cells if cell]


def _entry(
    source: Source, kind: Kind, words: Vocabulary, proposed: dict[str, str], as_of: date | None, lang: str
) -> str:
    lines: list[tuple[str, Message | None]] = [
        ("[[source]]", None),
        (f"file = {_quoted(source.file)}", None),
        (f'kind = "{kind.name}"', kind.label),
    ]
    if source.inside is not None:
        lines.append((f"inside = {_quoted(source.inside)}", None))
    if source.sheets:
        lines.append((f"sheet = [{', '.join(map(_quoted, source.sheets))}]", None))
    if kind.name == _SCHEMES:
        name = re.sub("[^a-z0-9]+", "-", Path(source.file).stem.lower()).strip("-") or "my-fields"
        lines.append(
            (f"scheme = {_quoted(name)}", Message("この分類の名前（英小文字と数字）", "the name of the scheme"))
        )
    if _needs_platform(kind, words):
        note = Message("プラットフォームの id か名前に直す", "change to the id or name of the platform")
        lines.append((f'platform = "{_PLATFORM}"', note))
    if as_of is not None:
        lines.append((f"as_of = {as_of.isoformat()}", Message("表の題名から", "from the title of the table")))
    if proposed:
        note = Message("似た名前からの提案。確かめて、違えば消す", "alike; check, and remove what is wrong")
        lines.append(("[source.columns]", note))
        lines += [(f"{_quoted(header)} = {_quoted(column)}", None) for header, column in proposed.items()]
    return "".join(f"{line}  # {note.text(lang)}\n" if note else f"{line}\n" for line, note in lines)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)

"""``inspect``: what would be read of a file, before any workspace names it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem

from tsunagari.cli.shell.localized import LocalizedArgument, LocalizedChoice, command, option
from tsunagari.cli.shell.options import Settings, settings, shared_options
from tsunagari.cli.shell.output import emit_text
from tsunagari.cli.shell.terminal import terminal_width
from tsunagari.errors import Message

if TYPE_CHECKING:
    from tsunagari.loaders.session.inspection import Inspection, TableView

HEADS = {
    "columns": (
        Message("見出し", "Header"),
        Message("列", "Column"),
        Message("意味", "Meaning"),
        Message("例", "Example"),
    ),
    "issues": (Message("行", "Row"), Message("分かったこと", "Finding"), Message("すること", "What to do")),
}
ISSUES_SHOWN = 20
LAYOUTS = {"table": (".txt",), "json": (".json",), None: (".txt", ".json")}
LONGEST = 40  # characters of a sample


def complete_kinds(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer the kinds whose name starts with what was typed."""
    from tsunagari.cli.shell.language import current_language
    from tsunagari.loaders.workspace.kinds import KINDS

    lang = current_language()
    return [
        CompletionItem(kind.name, help=kind.label.text(lang))
        for kind in KINDS.values()
        if kind.name.startswith(incomplete)
    ]


@command(
    "inspect",
    details=Message(
        "作業フォルダーは要りません。文字コード・シート・見出しの行・列の対応・最初の数行・読まない列を示し、"
        "最後に tsunagari.toml に貼る [[source]] を提案します。提案は必ず確かめてください。",
        "No workspace is needed. Shows encoding, sheets, header rows, what each column means, the first rows and what "
        "is not read, and proposes the [[source]] for tsunagari.toml. Check the proposal.",
    ),
)
@click.argument("file", cls=LocalizedArgument, type=click.Path())
@option(
    "--kind",
    metavar="KIND",
    shell_complete=complete_kinds,
    text=Message("一覧の種類（members など）。省略すると見出しから推定。", "Kind of the list. Default: guessed."),
)
@option(
    "--sheet",
    "sheets",
    multiple=True,
    metavar="SHEET",
    text=Message("このシートだけを見る（何度でも）。", "Look at this sheet only (repeatable)."),
)
@option(
    "--inside",
    metavar="FILE",
    text=Message("ZIP の中のこのファイルを見る。", "Look at this file of a ZIP archive."),
)
@option(
    "--format",
    "layout",
    type=LocalizedChoice(("table", "json")),
    text=Message(
        "出力の形。省略すると --output の拡張子から、なければ table。",
        "Layout of the output. Default: by the suffix of --output, else table.",
    ),
)
@shared_options("output")
def inspect_command(
    file: str, kind: str | None, sheets: tuple[str, ...], inside: str | None, layout: str | None
) -> None:
    """Inspect one file and print what was found."""
    from tsunagari.loaders.session.inspection import inspect_file, named_kind

    chosen = settings(suffixes=LAYOUTS[layout])
    as_json = layout == "json" or (layout is None and Path(chosen.output or "").suffix.lower() == ".json")
    found = inspect_file(file, kind=named_kind(kind) if kind else None, sheets=sheets, inside=inside, lang=chosen.lang)
    emit_text(json_text(found, chosen.lang) if as_json else page_text(found, chosen), chosen.output)


def json_text(found: Inspection, lang: str) -> str:
    """Return everything that was found as JSON."""
    import json

    from tsunagari.loaders.issues.issues import issues_frame

    data: dict[str, Any] = {
        "file": found.file,
        "size": found.size,
        "encoding": found.encoding,
        "sheets": [{"sheet": name, "rows": rows} for name, rows in found.sheets],
        "kind": found.kind.name if found.kind else None,
        "candidates": [kind.name for kind in found.candidates],
        "tables": [_table_data(table, lang) for table in found.tables],
        "problem": found.problem.text(lang) if found.problem else None,
        "issues": issues_frame(found.issues, lang),
        "entry": found.entry,
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _table_data(table: TableView, lang: str) -> dict[str, Any]:
    return {
        "sheet": table.sheet,
        "kind": table.kind.name,
        "header_rows": list(table.header_rows) if table.header_rows else None,
        "rows": table.rows,
        "columns": [
            {"header": view.header, "column": view.column, "label": view.label.text(lang), "sample": view.sample}
            for view in table.columns
        ],
        "samples": [{"row": number, "cells": cells} for number, cells in table.samples],
    }


def page_text(found: Inspection, chosen: Settings) -> str:
    """Return what was found for people."""
    lang = chosen.lang
    is_ja = lang == "ja"
    lines = [f"{found.file}: {found.encoding}, {found.size:,} " + ("バイト" if is_ja else "bytes")]
    for name, rows in found.sheets:
        if name is not None:
            lines.append(f"  シート「{name}」: {rows:,} 行" if is_ja else f"  sheet {name!r}: {rows:,} rows")
    if found.kind is None:
        lines.append(
            "どの種類の一覧か分かりません。--kind で指定してください。"
            if is_ja
            else "No kind of list fits its headers. Name one with --kind."
        )
    else:
        others = "、".join(f"{kind.label.ja}（{kind.name}）" for kind in found.candidates) or "－"
        others_en = ", ".join(f"{kind.label.en} ({kind.name})" for kind in found.candidates) or "–"
        lines.append(
            f"種類: {found.kind.label.ja}（{found.kind.name}）。ほかの候補: {others}"
            if is_ja
            else f"kind: {found.kind.label.en} ({found.kind.name}). Others: {others_en}"
        )
    if found.problem is not None:
        lines += ["", found.problem.text(lang)]
    lines += near_lines(found, lang)
    parts = ["\n".join(lines) + "\n", *(_table_page(table, chosen) for table in found.tables)]
    parts += [_issues_page(found, chosen)] if found.issues else []
    if found.entry:
        title = "tsunagari.toml に貼る設定（提案）:" if is_ja else "To paste into tsunagari.toml (a proposal):"
        parts.append(f"{title}\n\n{found.entry}")
    if found.tables:
        parts.append(f"{'次は' if is_ja else 'Next'}: tsunagari add {found.file}\n")
    return "\n".join(parts)


def kind_line(found: Inspection, lang: str) -> str:
    """Return in one line what a file is, and how many rows of it would be read."""
    rows = found.tables[0].rows if found.tables else 0
    label = found.kind.label.text(lang) if found.kind is not None else ""
    return f"{label}、{rows:,} 行" if lang == "ja" else f"{label}, {rows:,} rows"


def near_lines(found: Inspection, lang: str) -> list[str]:
    """Return the kinds that come close and what each lacks, in the words of the lists."""
    lines = []
    if found.headers and (found.near or found.kind is None):
        listed = "、".join(map(_short, found.headers))
        lines.append(f"    見出し: {listed}" if lang == "ja" else f"    headers: {listed}")
    for kind, missing in found.near:
        lacks = ("、" if lang == "ja" else ", ").join(label.text(lang) for label in missing) or "－"
        lines.append(
            f"    {kind.label.ja}に近い。足りない列: {lacks}"
            if lang == "ja"
            else f"    near {kind.label.en}; lacks: {lacks}"
        )
    return lines


def sample_lines(table: TableView, lang: str) -> list[str]:
    """Return the first rows as they are understood, each column by its own header."""
    headers = {view.column: view.header for view in table.columns}
    row = "{} 行目" if lang == "ja" else "row {}"
    return [
        f"    {row.format(number)}: "
        + " | ".join(f"{headers.get(key, key)}={_short(cell)}" for key, cell in cells.items())
        for number, cells in table.samples
    ]


def _table_page(table: TableView, chosen: Settings) -> str:
    from tsunagari.cli.shell.tables import table_text

    header = _header_place(table.header_rows)
    if chosen.lang == "ja":
        name = f"シート「{table.sheet}」" if table.sheet else "表"
        title = f"{name}（{table.kind.label.ja}）: {header.ja}、{table.rows:,} 行"
    else:
        name = f"sheet {table.sheet!r}" if table.sheet else "table"
        title = f"{name} ({table.kind.label.en}): {header.en}, {table.rows:,} rows"
    heads = [head.text(chosen.lang) for head in HEADS["columns"]]
    rows: list[list[Any]] = [
        [view.header, view.column, view.label.text(chosen.lang), _short(view.sample)] for view in table.columns
    ]
    width = terminal_width()
    text = f"{title}\n\n{table_text(heads, rows, lang=chosen.lang, width=width)}"
    headers = {view.column: view.header for view in table.columns}
    for number, cells in table.samples:
        row = ("{} 行目: " if chosen.lang == "ja" else "row {}: ").format(number)
        text += row + " | ".join(f"{headers.get(key, key)}={_short(cell)}" for key, cell in cells.items()) + "\n"
    return text


def _header_place(rows: tuple[int, int] | None) -> Message:
    if rows is None:
        return Message("見出しの行なし", "no header row")
    first, last = rows
    place = str(first) if first == last else f"{first}–{last}"
    return Message(f"見出しは {place} 行目", f"header in row {place}")


def _issues_page(found: Inspection, chosen: Settings) -> str:
    from tsunagari.cli.shell.tables import table_text

    heads = [head.text(chosen.lang) for head in HEADS["issues"]]
    shown: list[list[Any]] = [
        [issue.row, issue.message.text(chosen.lang), issue.hint.text(chosen.lang)]
        for issue in found.issues[:ISSUES_SHOWN]
    ]
    text = table_text(heads, shown, lang=chosen.lang, width=terminal_width())
    rest = len(found.issues) - ISSUES_SHOWN
    if rest > 0:
        text += f"ほかに {rest:,} 件\n" if chosen.lang == "ja" else f"{rest:,} more\n"
    return text


def _short(text: str) -> str:
    from tsunagari.loaders.issues.issues import shorten

    return shorten(" ".join(text.split()), limit=LONGEST)

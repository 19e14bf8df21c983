"""``inspect``: what would be read of a file, before any workspace names it."""

from __future__ import annotations

import json
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem

from tsunagari.cli.shell.inspection_page import WIDTH, page_text
from tsunagari.cli.shell.language import current_language
from tsunagari.cli.shell.localized import LocalizedArgument, LocalizedChoice, command, option
from tsunagari.cli.shell.options import settings, shared_options
from tsunagari.cli.shell.output import emit_text
from tsunagari.cli.shell.terminal import busy, terminal_width
from tsunagari.errors import Message
from tsunagari.loaders.adding import inspect_file, named_kind
from tsunagari.loaders.issues import issues_frame
from tsunagari.loaders.workspace import KINDS

if TYPE_CHECKING:
    from tsunagari.loaders.adding import Inspection, TableView

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
    lang = current_language()
    return [
        CompletionItem(kind.name, help=kind.label.text(lang))
        for kind in KINDS.values()
        if kind.name.startswith(incomplete)
    ]


@command(
    "inspect",
    details=Message(
        "作業フォルダーは要りません。"
        "何の一覧か、読む列と読まない列、最初の 3 行がどう読まれるか、分かったことを一画面で示します。"
        "-v では、分かったことすべてと、tsunagari.toml に貼る [[source]] の案も示します。",
        "No workspace is needed. Shows on one screen what kind of list it is, which columns are read and which not, "
        "how the first three rows are understood, and what was found; with -v everything that was found and the "
        "[[source]] to paste into tsunagari.toml.",
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
    chosen = settings(suffixes=LAYOUTS[layout])
    as_json = layout == "json" or (layout is None and Path(chosen.output or "").suffix.lower() == ".json")
    wanted = named_kind(kind) if kind else None
    with busy(Message("ファイルを見ています", "Looking at the file"), chosen):
        found = inspect_file(file, kind=wanted, sheets=sheets, inside=inside, lang=chosen.lang)
    if as_json:
        emit_text(json_text(found, chosen.lang), chosen.output)
        return
    command = f"tsunagari add {shlex.quote(file)}"
    emit_text(page_text(found, chosen, width=terminal_width() or WIDTH, next_command=command), chosen.output)


def json_text(found: Inspection, lang: str) -> str:
    """Return everything that was found as JSON."""
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

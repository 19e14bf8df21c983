"""The workbook of a new workspace: lists to fill in with drop-downs, examples and instructions, in Japanese."""

from __future__ import annotations

import io
from typing import Any

from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from tsunagari.errors import Message
from tsunagari.loaders.starter import WORKBOOK_NAME, StarterTable, starter_tables
from tsunagari.loaders.tables import MappedColumn
from tsunagari.loaders.workspace import DEFAULT_FIELDS, SETTINGS_NAME
from tsunagari.ontology.columns import Column
from tsunagari.ontology.vocabulary import FIELDS, vocabulary
from tsunagari.viz.excel.cells import (
    ACCENT,
    LINE,
    LINE_HEIGHT,
    Book,
    add_sheet,
    lines_needed,
    make_formats,
    new_workbook,
)
from tsunagari.viz.look.wrapping import display_width
from tsunagari.viz.starter.column_help import column_format, column_meaning, kind_meaning

GUIDE, CHOICES = Message("記入のしかた", "How to fill in"), Message("選択肢", "Choices")
LAST_ROW = 2_000
"""Row up to which cells have their drop-down and format."""
REQUIRED = "※必須"
PROMPT_TITLE, PROMPT_TEXT = 32, 255  # characters Excel allows in an input message
STEPS = (
    "記入例の行（斜体）を消し、自分の一覧を書くか、貼り付けます（「値の貼り付け」にすると選択肢や書式が残ります）。",
    f"見出しが濃い色で「{REQUIRED}」とある列は必ず書きます。ほかの列は分かるものだけで構いません。使わない列は消せます。",
    "列の順は自由です。見出しは「団体名」「法人名」「会員名」など普段の言い方でも読めます。見出しにカーソルを合わせると説明が出ます。",
    "▼のある欄は選択肢から選びます。意味は「選択肢」のシートにあります。複数書く欄では「、」で区切ります。",
    "日付は「令和6年4月1日」「R6.4.1」「2024-04-01」「令和6年度」のどれでも構いません。分からなければ空けておきます。",
    "団体の名前は、どのシートでも同じ書き方にします。法人番号を書くと、名前が違っても同じ団体と分かります。",
    f"使わないシートは、シートと、{SETTINGS_NAME} の同じ名前の [[source]] の両方を消します。",
    "保存してExcelを閉じ、tsunagari build を実行します。"
    "分からなかった所は tsunagari check -o issues.xlsx で、直し方と一緒に見られます。",
)


def starter_workbook() -> bytes:
    """Return the workbook that holds the example lists, a sheet each, with instructions and choices.

    The same version of the ontology gives the same bytes.
    """
    buffer = io.BytesIO()
    book = new_workbook(buffer, title="つながり", day="")
    report = Book(book, "ja", "つながり（架空の記入例）", "", _formats(book))
    tables = starter_tables()
    guide, row = add_sheet(report, GUIDE, width=110)
    sheets = [book.add_worksheet(table.sheet) for table in tables]
    choices = _write_choices(report, tables)
    names = _name_range(tables)
    for sheet, table in zip(sheets, tables, strict=True):
        _write_table(report, sheet, table, choices, names)
    _write_guide(report, guide, row, tables)
    guide.activate()
    book.close()
    return buffer.getvalue()


def _formats(book: Any) -> dict[str, Any]:
    formats = make_formats(book)
    cell = {
        "border": 1,
        "border_color": LINE,
        "valign": "top",
        "num_format": "@",
    }  # text keeps the 0 a code begins with
    head = {"bold": True, "border": 1, "border_color": LINE, "text_wrap": True, "valign": "vcenter"}
    looks = {
        "entry": cell,
        "example": {**cell, "italic": True, "font_color": "#5F6B70"},
        "must": {**head, "font_color": "#FFFFFF", "bg_color": ACCENT},
        "may": {**head, "font_color": ACCENT, "bg_color": "#DCE9ED"},
    }
    return formats | {name: book.add_format(look) for name, look in looks.items()}


def _schemes(tables: list[StarterTable]) -> list[str]:
    """Return the schemes that the columns take their values from, in the order of the columns."""
    named = (mapped.column.scheme for table in tables for mapped in table.columns if mapped.column.scheme)
    return list(dict.fromkeys(DEFAULT_FIELDS if scheme == FIELDS else scheme for scheme in named))


def _write_choices(report: Book, tables: list[StarterTable]) -> dict[str, str]:
    """Write the concepts of each scheme with their definitions and return where a drop-down finds them."""
    sheet, row = add_sheet(
        report, CHOICES, purpose=Message("欄に書ける言葉と、その意味です。", "The words to choose from.")
    )
    for position, (width, head) in enumerate(((26, "列"), (26, "書ける言葉"), (90, "意味"))):
        sheet.set_column(position, position, width)
        sheet.write_string(row, position, head, report.formats["head"])
    top, ranges = row, {}
    for scheme in _schemes(tables):
        found = vocabulary().schemes[scheme]
        first = row + 2  # as Excel counts
        for concept in found.concepts:
            row += 1
            texts = (found.labels["ja"], concept.labels["ja"], concept.definitions.get("ja", ""))
            for position, text in enumerate(texts):
                sheet.write_string(row, position, text, report.formats["text"])
        ranges[scheme] = f"='{CHOICES.ja}'!$B${first}:$B${row + 1}"
    sheet.autofilter(top, 0, row, 2)
    sheet.repeat_rows(top)
    sheet.freeze_panes(top + 1, 2)
    return ranges


def _name_range(tables: list[StarterTable]) -> str:
    """Return where the names of organisations stand that other sheets may refer to: the members."""
    members = next(table for table in tables if table.kind.name == "members")
    position = next(mapped.position for mapped in members.columns if mapped.name == members.kind.party)
    name = xl_col_to_name(position)
    return f"='{members.sheet}'!${name}$2:${name}${LAST_ROW}"


def _write_table(report: Book, sheet: Any, table: StarterTable, choices: dict[str, str], names: str) -> None:
    """Write header, examples and empty rows of a list."""
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_row(0, 2 * LINE_HEIGHT + 6)
    for mapped in table.columns:
        texts = [row[mapped.position] for row in table.rows]
        width = max(display_width(mapped.header) + 4, 10, *(display_width(text) * 1.1 + 2 for text in texts))
        sheet.set_column(mapped.position, mapped.position, min(width, 34), report.formats["entry"])
        must = _is_required(mapped)
        header = f"{mapped.header} {REQUIRED}" if must else mapped.header
        sheet.write_string(0, mapped.position, header, report.formats["must" if must else "may"])
        note = _note(mapped, must)
        height = 24 + 18 * sum(1 + display_width(line) // 40 for line in note.split("\n"))
        sheet.write_comment(0, mapped.position, note, {"author": "Tsunagari", "width": 280, "height": height})
        for line, text in enumerate(texts, start=1):
            if text:
                sheet.write_string(line, mapped.position, text, report.formats["example"])
            else:
                sheet.write_blank(line, mapped.position, None, report.formats["example"])
        rule = _validation(mapped, table, choices, names)
        sheet.data_validation(1, mapped.position, LAST_ROW - 1, mapped.position, rule)
    last = xl_rowcol_to_cell(LAST_ROW - 1, len(table.columns) - 1)
    sheet.ignore_errors({"number_stored_as_text": f"A1:{last}"})
    sheet.freeze_panes(1, 1)


def _is_required(mapped: MappedColumn) -> bool:
    return mapped.owner == "row" and mapped.column.required and not mapped.column.common


def _note(mapped: MappedColumn, must: bool) -> str:
    others = [header for header in mapped.column.headers if header != mapped.header and not header.isascii()]
    parts = [
        f"{mapped.header}（{'必須' if must else '任意'}）",
        column_meaning(mapped.column),
        f"書き方：{column_format(mapped.column)}",
        f"ほかの見出しでも読めます：{'、'.join(others[:5])}" if others else "",
    ]
    return "\n".join(part for part in parts if part)


def _validation(mapped: MappedColumn, table: StarterTable, choices: dict[str, str], names: str) -> dict[str, Any]:
    """Return the drop-down of a column, or its input message; what is not in a list may still be written."""
    column = mapped.column
    prompt = {
        "input_title": mapped.header[:PROMPT_TITLE],
        "input_message": f"書き方：{column_format(column)}"[:PROMPT_TEXT],
        "ignore_blank": True,
        "error_type": "warning",
        "error_title": "選択肢にない値です",
        "error_message": "選択肢から選んでください。このまま入力すると、読み込みのときに確かめるよう知らせます。",
    }
    source: Any = None
    if column.scheme is not None:
        source = choices[DEFAULT_FIELDS if column.scheme == FIELDS else column.scheme]
    elif column.datatype == "boolean":
        source = ["○", "×"]
    elif _names_organization(column) and table.kind.name != "members":
        source = names
    if source is None:
        return {"validate": "any", **prompt}
    strict = column.single and not _names_organization(column)
    return {"validate": "list", "source": source, "show_error": strict, **prompt}


def _names_organization(column: Column) -> bool:
    return "Organization" in column.targets


def _write_guide(report: Book, sheet: Any, row: int, tables: list[StarterTable]) -> None:
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 70)
    sheet.set_column(2, 2, 36)
    for number, step in enumerate(STEPS, start=1):
        sheet.merge_range(row, 0, row, 2, f"{number}．{step}", report.formats["text"])
        sheet.set_row(row, LINE_HEIGHT * lines_needed([step], [124]) + 4)
        row += 1
    row += 1
    for position, head in enumerate(("シート", "1行に書くこと", "必ず書く列")):
        sheet.write_string(row, position, head, report.formats["head"])
    for table in tables:
        row += 1
        must = "、".join(mapped.header for mapped in table.columns if _is_required(mapped))
        meaning = kind_meaning(table.kind)
        sheet.write_url(row, 0, f"internal:'{table.sheet}'!A1", report.formats["link"], table.sheet)
        sheet.write_string(row, 1, meaning, report.formats["text"])
        sheet.write_string(row, 2, must, report.formats["text"])
        sheet.set_row(row, LINE_HEIGHT * lines_needed([meaning, must], [70, 36]) + 4)
    note = f"このファイル（{WORKBOOK_NAME}）の記入例はすべて架空のものです。"
    sheet.write_string(row + 2, 0, note, report.formats["note"])

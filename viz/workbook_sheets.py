"""The sheets of the Excel report, in the order they stand in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, TypeAlias

from tsunagari.errors import Message
from tsunagari.viz.gap_status import GAP_STATUSES
from tsunagari.viz.headings import SEVERITIES, SEVERITY, heading
from tsunagari.viz.workbook import (
    LINE_HEIGHT,
    Column,
    Report,
    add_sheet,
    colour_statuses,
    lines_needed,
    write_cell,
    write_table,
)
from tsunagari.viz.workbook_method import method_entries
from tsunagari.viz.workbook_overview import write_overview
from tsunagari.viz.workbook_words import BROKERS, GAPS, ISSUES, MATRIX, METHOD, PURPOSES, SINGLE, SOURCES
from tsunagari.viz.wrapping import display_width

if TYPE_CHECKING:
    import pandas as pd

    from tsunagari.graph.knowledge import KnowledgeGraph

At: TypeAlias = date | str | None


def write_gaps(report: Report, _kg: KnowledgeGraph, _at: At) -> None:
    """Write one line a municipality and field, most serious first."""
    gaps = with_symbols(report.gaps, report.lang)
    gaps["rank"] = range(1, len(gaps) + 1)
    columns = (
        Column("rank", 6, "number"),
        Column("area", 13),
        Column("prefecture", 9),
        Column("field", 17),
        Column("status_mark", 15, title=Message("状況", "status")),
        Column("severity", 9, "ratio"),
        Column("providers", 28),
        Column("sentence", 96),
        Column("local", 7, "number", printed=False),
        Column("wide", 7, "number", printed=False),
        Column("partnership", 7, "number", printed=False),
        Column("planned", 7, "number", printed=False),
        Column("connected", 7, "centre", printed=False),
        Column("settle", 80, printed=False),
        Column("evidence", 50, printed=False),
        Column("area_code", 10, printed=False),
    )
    sheet, top = add_sheet(report, GAPS, purpose=PURPOSES[GAPS])
    end = write_table(report, sheet, top, gaps, columns)
    names = [column.name for column in columns if column.name in gaps]
    status, severity = names.index("status_mark"), names.index("severity")
    colour_statuses(report, sheet, (top + 1, status), (end, status))
    bar = {
        "type": "data_bar",
        "bar_solid": True,
        "bar_color": "#E9A58A",
        "min_type": "num",
        "min_value": 0,
        "max_type": "num",
    }
    sheet.conditional_format(top + 1, severity, end, severity, {**bar, "max_value": 1})


def with_symbols(gaps: pd.DataFrame, lang: str) -> pd.DataFrame:
    """Return `gaps` with a column ``status_mark`` of symbol and label."""
    marks = {key: f"{status.symbol} {status.label.text(lang)}" for key, status in GAP_STATUSES.items()}
    return gaps.assign(status_mark=gaps["status"].map(marks))


def write_matrix(report: Report, _kg: KnowledgeGraph, _at: At) -> None:
    """Write the coverage matrix as symbols and its legend; a heading stands upright to keep the columns narrow."""
    sheet, top = add_sheet(report, MATRIX, purpose=PURPOSES[MATRIX])
    key = "　".join(f"{status.symbol} {report.words(status.label)}" for status in GAP_STATUSES.values())
    sheet.write_string(top - 1, 0, key, report.formats["note"])
    top += 1
    gaps = report.gaps
    areas = area_names(gaps)
    fields = dict(gaps.sort_values("field_id")[["field_id", "field"]].itertuples(index=False, name=None))
    rows = {code: row for row, code in enumerate(areas, start=top + 1)}
    columns = {notation: column for column, notation in enumerate(fields, start=1)}
    _write_matrix_edges(report, sheet, top, list(areas.values()), list(fields.values()))
    for code, notation, status in gaps[["area_code", "field_id", "status"]].itertuples(index=False, name=None):
        symbol = GAP_STATUSES[status].symbol
        sheet.write_string(rows[code], columns[notation], symbol, report.formats["centre"])
    bottom, last = top + max(len(areas), 1), max(len(fields), 1)
    sheet.freeze_panes(top + 1, 1)
    sheet.repeat_rows(top)
    sheet.repeat_columns(0)
    colour_statuses(report, sheet, (top + 1, 1), (bottom, last))
    _write_legend(report, sheet, bottom + 2)


def area_names(gaps: pd.DataFrame) -> dict[str, str]:
    """Return code to name in the order of the codes; a name that two prefectures have goes with its prefecture."""
    rows = gaps.sort_values("area_code")[["area_code", "area", "prefecture"]].drop_duplicates("area_code")
    twice = set(rows.loc[rows["area"].duplicated(), "area"])
    return {
        code: f"{area} ({prefecture})" if area in twice else area
        for code, area, prefecture in rows.itertuples(index=False, name=None)
    }


def _write_matrix_edges(report: Report, sheet: Any, top: int, areas: Sequence[str], fields: Sequence[str]) -> None:
    """Write the names of rows and columns and make room for them."""
    head, points = ("upright", 7.2) if report.lang == "ja" else ("slanted", 6.0)
    sheet.write_string(top, 0, heading("area", report.lang), report.formats["head"])
    sheet.set_row(top, max(60, max(map(display_width, fields), default=0) * points + 12))
    sheet.set_column(0, 0, min(max([16.0, *(display_width(area) * 1.1 + 2 for area in areas)]), 30))
    sheet.set_column(1, max(len(fields), 1), 4.5)
    for column, name in enumerate(fields, start=1):
        sheet.write_string(top, column, name, report.formats[head])
    for row, area in enumerate(areas, start=top + 1):
        write_cell(report, sheet, row, 0, area, "strong")


def _write_legend(report: Report, sheet: Any, row: int) -> None:
    for key, status in GAP_STATUSES.items():
        label = f"{status.symbol} {report.words(status.label)}"
        sheet.write_string(row, 0, label, report.formats[f"legend {key}"])
        sheet.write_string(row, 1, report.words(status.meaning), report.formats["note"])
        row += 1


def write_brokers(report: Report, kg: KnowledgeGraph, at: At) -> None:
    """Write the organisations that connect others, with the sentence that says whom."""
    columns = (
        Column("rank", 6, "number"),
        Column("organization", 30),
        Column("group", 16),
        Column("sentence", 56),
        Column("brokerage", 8, "number"),
        Column("betweenness", 9, "ratio"),
        Column("constraint", 8, "ratio"),
        Column("degree", 8, "number"),
        Column("effective_size", 8, "ratio", printed=False),
        Column("coordinator", 8, "number", printed=False),
        Column("itinerant", 8, "number", printed=False),
        Column("representative", 8, "number", printed=False),
        Column("gatekeeper", 8, "number", printed=False),
        Column("liaison", 8, "number", printed=False),
        Column("is_cut_point", 8, "centre", printed=False),
        Column("bridges", 60, printed=False),
    )
    _table_sheet(report, BROKERS, kg.brokers(at=at, lang=report.lang), columns)


def write_single(report: Report, _kg: KnowledgeGraph, _at: At) -> None:
    """Write the cells that rest on one organisation, those of one organisation together."""
    gaps = report.gaps
    single = gaps[gaps["status"] == "single"]
    single = single.assign(cells=single.groupby("providers")["field"].transform("size"))
    single = single.sort_values(["cells", "providers", "area_code", "field_id"], ascending=[False, True, True, True])
    columns = (
        Column("providers", 36, title=Message("団体", "organisation")),
        Column("cells", 12, "number", Message("担う所の数", "cells it alone serves")),
        Column("area", 16),
        Column("field", 24),
        Column("wide", 10, "number", Message("広域の団体", "wider providers")),
        Column("evidence", 60),
    )
    _table_sheet(report, SINGLE, single, columns)


def write_issues(report: Report, kg: KnowledgeGraph, _at: At) -> None:
    """Write what the load did not understand, with the place to correct it."""
    columns = (
        Column("severity", 10, title=SEVERITY),
        Column("file", 26),
        Column("sheet", 12),
        Column("row", 8, "number"),
        Column("column", 18),
        Column("value", 28),
        Column("message", 50),
        Column("hint", 50),
    )
    issues = kg.issue_table(report.lang)
    words = [report.words(SEVERITIES[code]) for code in issues["severity"]]
    _table_sheet(report, ISSUES, issues.assign(severity=words), columns)


def write_method(report: Report, _kg: KnowledgeGraph, _at: At) -> None:
    """Write the definitions, the formula and the versions behind the figures."""
    sheet, row = add_sheet(report, METHOD, purpose=PURPOSES[METHOD])
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 110)
    gaps = report.gaps
    rows: list[tuple[str, str]] = [
        (f"{status.symbol} {report.words(status.label)}", report.words(status.meaning))
        for status in GAP_STATUSES.values()
    ]
    rows += [(report.words(term), report.words(text)) for term, text in method_entries(gaps)]
    rows.append((report.words(Message("作成", "Made with")), f"Tsunagari {version('tsunagari')}"))
    for term, text in rows:
        write_cell(report, sheet, row, 0, term, "strong")
        write_cell(report, sheet, row, 1, text)
        sheet.set_row(row, LINE_HEIGHT * lines_needed([text], [110]) + 2)
        row += 1


def write_sources(report: Report, kg: KnowledgeGraph, _at: At) -> None:
    """Write the documents and lists."""
    columns = (
        Column("title", 60),
        Column("publisher", 30),
        Column("issued", 14),
        Column("file", 60),
        Column("kind", 18),
        Column("records", 10, "number"),
    )
    _table_sheet(report, SOURCES, kg.source_table(report.lang), columns)


def _table_sheet(report: Report, name: Message, frame: pd.DataFrame, columns: Sequence[Column]) -> None:
    sheet, top = add_sheet(report, name, purpose=PURPOSES[name])
    write_table(report, sheet, top, frame, columns)


SHEETS = (
    write_overview,
    write_gaps,
    write_matrix,
    write_brokers,
    write_single,
    write_issues,
    write_method,
    write_sources,
)

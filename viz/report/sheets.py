"""The sheets of the Excel report, in the order they stand in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from importlib.metadata import version
from typing import TYPE_CHECKING, TypeAlias

from tsunagari.errors import Message
from tsunagari.graph.wording import sheet_columns
from tsunagari.viz.excel.cells import LINE_HEIGHT, add_sheet, lines_needed, write_cell, write_table
from tsunagari.viz.look.gap_status import statuses_of
from tsunagari.viz.look.headings import SEVERITIES
from tsunagari.viz.report.book import Report, colour_statuses
from tsunagari.viz.report.matrices import write_composition, write_matrix, write_stages
from tsunagari.viz.report.method import method_entries
from tsunagari.viz.report.network import write_network
from tsunagari.viz.report.prospects import (
    write_changes,
    write_losses,
    write_plan,
    write_remedies,
    write_table_sheet,
)
from tsunagari.viz.report.waves import write_waves
from tsunagari.viz.report.words import (
    BROKERS,
    CHANGES,
    COMPOSITION,
    GAPS,
    ISSUES,
    MATRIX,
    METHOD,
    NETWORK,
    PLAN,
    PURPOSES,
    REMEDIES,
    SINGLE,
    SOURCES,
    STAGES,
    WAVES,
)

if TYPE_CHECKING:
    from tsunagari.graph.knowledge import KnowledgeGraph

At: TypeAlias = date | str | None


def write_gaps(report: Report, _kg: KnowledgeGraph, _at: At) -> None:
    """Write one line a municipality and field, by status and severity."""
    gaps = report.first(report.gaps)
    columns = sheet_columns("gaps")
    names = [column.name for column in columns if column.name in gaps]
    sheet, top = add_sheet(report, GAPS, purpose=PURPOSES[GAPS])
    report.stand("gaps", GAPS, top, len(names))
    end = write_table(report, sheet, top, gaps, columns)
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


def write_brokers(report: Report, _kg: KnowledgeGraph, _at: At) -> None:
    """Write the organisations that stand between others; the list ends where nobody does."""
    write_table_sheet(report, BROKERS, report.first(report.found.brokers), sheet_columns("brokers"), listing="brokers")


def write_issues(report: Report, kg: KnowledgeGraph, _at: At) -> bool | None:
    """Write what the load did not understand, with the place to correct it: the last sheet, for who keeps the lists."""
    columns = sheet_columns("issues")
    issues = kg.issue_table(report.lang)
    if issues.empty:
        return False
    words = [report.words(SEVERITIES[code]) for code in issues["severity"]]
    write_table_sheet(report, ISSUES, issues.assign(severity=words), columns)
    return None


def write_method(report: Report, _kg: KnowledgeGraph, _at: At) -> None:
    """Write the definitions, the formula and the versions behind the figures."""
    sheet, row = add_sheet(report, METHOD, purpose=PURPOSES[METHOD])
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 110)
    gaps = report.gaps
    rows: list[tuple[str, str]] = [
        (f"{status.symbol} {report.words(status.label)}", report.words(status.meaning))
        for status in statuses_of(gaps["status"]).values()
    ]
    rows += [(report.words(term), report.words(text)) for term, text in method_entries(gaps)]
    rows.append((report.words(Message("作成", "Made with")), f"Tsunagari {version('tsunagari')}"))
    for term, text in rows:
        write_cell(report, sheet, row, 0, term, "strong")
        write_cell(report, sheet, row, 1, text)
        sheet.set_row(row, LINE_HEIGHT * lines_needed([text], [110]) + 2)
        row += 1


def write_sources(report: Report, _kg: KnowledgeGraph, _at: At) -> None:
    """Write the documents and lists."""
    write_table_sheet(report, SOURCES, report.found.sources, sheet_columns("sources"), listing="sources")


SHEETS: Mapping[Message, Callable[[Report, KnowledgeGraph, At], bool | None]] = {
    GAPS: write_gaps,
    MATRIX: write_matrix,
    NETWORK: write_network,
    COMPOSITION: write_composition,
    STAGES: write_stages,
    BROKERS: write_brokers,
    SINGLE: write_losses,
    REMEDIES: write_remedies,
    PLAN: write_plan,
    CHANGES: write_changes,
    WAVES: write_waves,
    METHOD: write_method,
    SOURCES: write_sources,
    ISSUES: write_issues,
}
"""The sheets after the first, in their order; one with nothing to say tells so by False and is left out."""

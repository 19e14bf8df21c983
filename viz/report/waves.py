"""The sheet of waves: what lists of members of several days say, with a chart of it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, TypeAlias

from tsunagari.graph.wording import sheet_columns
from tsunagari.viz.excel.cells import add_sheet, write_table
from tsunagari.viz.report.book import Report
from tsunagari.viz.report.words import PURPOSES, WAVES

if TYPE_CHECKING:
    from tsunagari.graph.change import Waves
    from tsunagari.graph.knowledge import KnowledgeGraph

At: TypeAlias = date | str | None
MOST = 5
"""The last so many waves; kg.waves() gives all."""
CHARTED = ("members", "single", "none", "unknown", "brokers")


def waves_until(kg: KnowledgeGraph, day: str, lang: str) -> Waves | None:
    """Return the last waves up to a day; None where fewer than two lists of members tell their day.

    Parameters
    ----------
    kg
        The graph.
    day
        ISO date; empty for every day.
    lang
        ``"ja"`` or ``"en"``.
    """
    days = [wave for wave in kg.wave_days if not day or wave <= day][-MOST:]
    return kg.waves(days, lang=lang) if len(days) > 1 else None


def write_waves(report: Report, _kg: KnowledgeGraph, _at: At) -> bool | None:
    """Write the figures of every wave with a chart; nothing where there is but one."""
    waves = report.waves
    if waves is None:
        return False
    sheet, top = add_sheet(report, WAVES, purpose=PURPOSES[WAVES])
    columns = sheet_columns("waves_summary")
    end = write_table(report, sheet, top, waves.summary, columns)
    names = [column.name for column in columns]
    label, wave, value = (names.index(name) for name in ("label", "wave", "value"))
    chart = report.book.add_chart({"type": "line"})
    measures = waves.summary["measure"].tolist()
    for measure in CHARTED:
        first = top + 1 + measures.index(measure)
        last = first + len(waves.days) - 1
        chart.add_series(
            {
                "name": [sheet.get_name(), first, label],
                "categories": [sheet.get_name(), first, wave, last, wave],
                "values": [sheet.get_name(), first, value, last, value],
                "marker": {"type": "automatic"},
            }
        )
    chart.set_size({"width": 760, "height": 360})
    sheet.insert_chart(end + 2, 0, chart, {"description": report.words(WAVES)})
    return None

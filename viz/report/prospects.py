"""The sheets of the Excel report about what could be done, what would be lost and what has changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, TypeAlias

from tsunagari.errors import Message
from tsunagari.graph.wording import ColumnEntry, sheet_columns
from tsunagari.viz.excel.cells import add_sheet, write_table
from tsunagari.viz.look.gap_status import GAP_STATUSES
from tsunagari.viz.paper import MOST_REMEDIES
from tsunagari.viz.report.book import Report, colour_statuses
from tsunagari.viz.report.words import CHANGES, NO_EXTENSION, PLAN, PURPOSES, REMEDIES, SINGLE

if TYPE_CHECKING:
    import pandas as pd

    from tsunagari.graph.knowledge import KnowledgeGraph

At: TypeAlias = date | str | None
CUT = Message(
    "深刻な順に {shown:,} 行までです（全部で {rows:,} 行）。",
    "The first {shown:,} of {rows:,} rows, most serious first.",
)
NOBODY = Message(
    "候補の見つからない空白が {alone:,} 所あります（空白一覧で候補が空の行）。",
    "For {alone:,} gaps nobody is known (no candidate in the sheet of gaps).",
)


def with_symbols(gaps: pd.DataFrame, lang: str) -> pd.DataFrame:
    """Return `gaps` with a column ``status_mark`` of symbol and label."""
    marks = {key: f"{status.symbol} {status.label.text(lang)}" for key, status in GAP_STATUSES.items()}
    return gaps.assign(status_mark=gaps["status"].map(marks))


def write_remedies(report: Report, _kg: KnowledgeGraph, _at: At) -> None:
    """Write the candidates of every gap with reasons, path and whom to ask."""
    known = report.first(report.found.remedies[report.found.remedies["rank"].notna()])
    rows, alone = len(known), int(report.found.remedies["rank"].isna().sum())
    remedies = with_symbols(known.head(MOST_REMEDIES), report.lang)
    columns = sheet_columns("remedies")
    purpose = PURPOSES[REMEDIES]
    for applies, told in ((rows > MOST_REMEDIES, CUT), (alone, NOBODY)):
        if applies:
            ja, en = (text.format(shown=MOST_REMEDIES, rows=rows, alone=alone) for text in (told.ja, told.en))
            purpose = Message(purpose.ja + ja, f"{purpose.en} {en}")
    sheet, top = add_sheet(report, REMEDIES, purpose=purpose)
    end = write_table(report, sheet, top, remedies, columns)
    colour_statuses(report, sheet, (top + 1, 2), (end, 2))


def write_plan(report: Report, kg: KnowledgeGraph, at: At) -> None:
    """Write the few extensions that close the most gaps, with what no plan can beat."""
    plan = report.first(kg.extensions(at=at, lang=report.lang))
    columns = sheet_columns("extensions")
    purpose, method = PURPOSES[PLAN], plan.attrs["method"] if len(plan) else report.words(NO_EXTENSION)
    told = Message(f"{purpose.ja}{method}", f"{purpose.en} {method}")
    write_table_sheet(report, PLAN, plan, columns, purpose=told)


def write_losses(report: Report, _kg: KnowledgeGraph, _at: At) -> None:
    """Write what would be lost without each organisation of which anything hangs."""
    losses = report.first(report.found.losses)
    split = losses["is_cut_point"]  # only there do the numbers of the parts say something
    losses = losses.assign(parts=losses["parts"].where(split), cut_off=losses["cut_off"].where(split))
    write_table_sheet(report, SINGLE, losses, sheet_columns("losses"), listing="losses")


def write_changes(report: Report, kg: KnowledgeGraph, at: At) -> bool | None:
    """Write what changed since the earlier day; nothing when the report has none."""
    if report.since is None:
        return False
    changes = kg.diff(since=report.since, at=at, lang=report.lang)
    columns = sheet_columns("changes")
    purpose, told = PURPOSES[CHANGES], str(changes.attrs["sentence"])
    write_table_sheet(report, CHANGES, changes, columns, purpose=Message(f"{purpose.ja}{told}", f"{purpose.en} {told}"))
    return None


def write_table_sheet(
    report: Report,
    name: Message,
    frame: pd.DataFrame,
    columns: Sequence[ColumnEntry],
    *,
    purpose: Message | None = None,
    listing: str = "",
) -> None:
    """Write a sheet that holds one table under its title and purpose, the rows of a list that is counted elsewhere."""
    sheet, top = add_sheet(report, name, purpose=purpose or PURPOSES[name])
    if listing:
        report.stand(listing, name, top, sum(column.name in frame for column in columns))
    write_table(report, sheet, top, frame, columns)

"""The sheet of the Excel report with the map of the ties as a picture."""

from __future__ import annotations

import io
import math
from datetime import date
from typing import TYPE_CHECKING, TypeAlias

from tsunagari.viz.excel.cells import add_sheet
from tsunagari.viz.look.wrapping import wrap_text
from tsunagari.viz.paper.words import PICTURE, SOURCES, sources_text
from tsunagari.viz.picture.pen import SHARPNESS
from tsunagari.viz.report.book import Report
from tsunagari.viz.report.words import NETWORK, PURPOSES

if TYPE_CHECKING:
    from tsunagari.graph.knowledge import KnowledgeGraph

At: TypeAlias = date | str | None
ROW = 20
"""Pixels of a row of the usual height."""
ROOM = 120
"""Characters of a line across the picture."""


def write_network(report: Report, _kg: KnowledgeGraph, _at: At) -> bool | None:
    """Write the picture, how to read it and its sources; no sheet where no tie is stated."""
    picture = report.paper.picture
    if picture is None:
        return False
    sheet, row = add_sheet(report, NETWORK, purpose=PURPOSES[NETWORK])
    sheet.set_portrait()
    sheet.fit_to_pages(1, 1)
    shown = {
        "image_data": io.BytesIO(picture.png),
        "x_scale": 1 / SHARPNESS,
        "y_scale": 1 / SHARPNESS,
        "object_position": 2,
        "description": PICTURE.text(report.lang),
    }
    sheet.insert_image(row, 0, "network.png", shown)
    row += math.ceil(picture.height / ROW) + 1
    told = f"{SOURCES.text(report.lang)}: {sources_text(report.paper.sources, report.lang)}{report.paper.source_count}"
    for text in (picture.note, told):
        for line in wrap_text(text, ROOM).split("\n"):
            sheet.write_string(row, 0, line, report.formats["note"])
            row += 1
    return None

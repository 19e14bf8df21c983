"""A paper as a Word file: page one alone, then the lists, each number a link to its rows."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt

from tsunagari.errors import Message, OutputError, Place
from tsunagari.graph.wording import ColumnEntry
from tsunagari.viz.look.gap_status import GAP_STATUSES
from tsunagari.viz.look.tiles import TILES as PREFECTURES
from tsunagari.viz.look.tiles import shade
from tsunagari.viz.paper import words
from tsunagari.viz.paper.cells import rows_of
from tsunagari.viz.paper.paper import Listing, Paper, Table
from tsunagari.viz.paper.word_parts import (
    ACCENT,
    EPOCH,
    STATUS_FILLS,
    chart,
    paragraph,
    run,
    sentence_runs,
    table,
)
from tsunagari.viz.picture import NetworkPicture

FONT = "Yu Gothic"
PORTRAIT, LANDSCAPE = 17.4, 26.1
"""Room between the margins of A4, in centimetres."""
DEEPEST = 21.0
"""Of a picture on a page with its heading, how to read it and its sources."""
MOST_ROWS = 2_000
ON_PAPER = {
    "rank": 6,
    "area": 11,
    "field": 16,
    "status_mark": 16,
    "severity": 7,
    "providers": 34,
    "candidates": 46,
    "broker": 32,
}
ON_PAPER |= {"standing": 10, "organization": 40, "group": 20, "title": 60, "cells": 60}
"""Relative widths of columns where those of a workbook would break lines that need not be."""
MOST_TEMPLATE = 50_000_000


def word_file(paper: Paper, *, template: Path | None = None) -> bytes:
    """Return a paper as a Word file.

    Parameters
    ----------
    paper
        What it says.
    template
        A Word file that it is written into, after what stands there: a letterhead with its header and footer.

    Raises
    ------
    OutputError
        The template is no Word file.
    """
    document = docx.Document() if template is None else _opened(template)
    if template is None:
        _set_up(document, paper)
    body = _Body(document)
    _page_one(body, paper)
    if paper.picture is not None:
        _picture(body, paper, paper.picture)
    if not paper.is_brief:
        section = document.add_section(WD_SECTION.NEW_PAGE)
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Cm(29.7), Cm(21.0)
        section.left_margin = section.right_margin = Cm(1.8)
        section.top_margin, section.bottom_margin = Cm(1.2), Cm(1.2)
        for listing in paper.lists:
            _list(body, listing, paper.lang)
    buffer = io.BytesIO()
    document.save(buffer)
    return _without_clock(buffer.getvalue())


class _Body:
    """Where pieces are added, before the last section's settings."""

    def __init__(self, document: Any) -> None:
        self.document = document
        self.marks = 1

    def add(self, element: Any) -> None:
        self.document.element.body.insert_element_before(element, "w:sectPr")

    def heading(self, text: str, *, level: int = 1, size: float = 12, new_page: bool = False) -> None:
        words = run(text, size=size, bold=True, colour=ACCENT)
        self.add(paragraph(words, before=5, after=2, keep=True, level=level, new_page=new_page))


def _opened(template: Path) -> Any:
    wrong = Message("ひな形が Word の文書（.docx）ではありません。", "The template is no Word file (.docx).")
    hint = Message(
        "Word で「文書 (.docx)」として保存したものを --template に指定してください。", "Save it from Word as .docx."
    )
    try:
        if template.stat().st_size > MOST_TEMPLATE:
            raise OutputError(wrong, hint, Place(file=str(template)))
        return docx.Document(io.BytesIO(template.read_bytes()))
    except OSError as error:
        missing = Message("ひな形を読めません。", "The template cannot be read.")
        raise OutputError(
            missing, Message(str(error.strerror), str(error.strerror)), Place(file=str(template))
        ) from error
    except (ValueError, KeyError, zipfile.BadZipFile, SyntaxError, AttributeError, NotImplementedError) as error:
        raise OutputError(wrong, hint, Place(file=str(template))) from error


def _set_up(document: Any, paper: Paper) -> None:
    """Make the empty document A4 with a Japanese font and a footer."""
    for element in list(document.element.body):
        if not element.tag.endswith("sectPr"):
            document.element.body.remove(element)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = Cm(1.8)
    section.top_margin, section.bottom_margin = Cm(1.5), Cm(1.4)
    section.header_distance = section.footer_distance = Cm(0.7)
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(10.5)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    style.paragraph_format.space_after = Pt(0)
    fields = "".join(
        f'<w:r><w:rPr><w:sz w:val="16"/></w:rPr><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:rPr><w:sz w:val="16"/>'
        f'</w:rPr><w:instrText xml:space="preserve"> {code} </w:instrText></w:r><w:r><w:fldChar '
        f'w:fldCharType="end"/></w:r>{between}'
        for code, between in (("PAGE", run(" / ", size=8)), ("NUMPAGES", ""))
    )
    footer = section.footer.paragraphs[0]._p
    told = run(f"{paper.title[:60]}　{words.as_of(paper.day, paper.lang)}　", size=8)
    footer.getparent().replace(
        footer, parse_xml(f'<w:p {nsdecls("w")}><w:pPr><w:jc w:val="center"/></w:pPr>{told}{fields}</w:p>')
    )
    core = document.core_properties
    core.title, core.author, core.comments = paper.title[:200], "Tsunagari", ""
    day = datetime.fromisoformat(f"{paper.day or '1980-01-01'}T00:00:00")
    core.created = core.modified = max(day, EPOCH)
    core.last_modified_by = "Tsunagari"


def _page_one(body: _Body, paper: Paper) -> None:
    lang = paper.lang
    body.add(paragraph(run(paper.title, size=14 if paper.is_brief else 16, bold=True, colour=ACCENT), after=1, level=1))
    body.add(paragraph(run(f"{words.as_of(paper.day, lang)}　{paper.scope}", size=9), after=2))
    body.heading(words.CONCLUSION.text(lang))
    for number, sentence in enumerate(filter(None, paper.conclusion), start=1):
        body.add(paragraph(run(f"{number}. ", size=10) + sentence_runs(sentence, paper, size=10), after=2))
    body.heading(words.FIGURE.text(lang))
    names = [label for label, _, _ in paper.statuses]
    values = [count.number for _, count, _ in paper.statuses]
    if any(values):
        colours = [GAP_STATUSES[key].fill for _, _, key in paper.statuses]
        body.add(chart(body.document, words.FIGURE.text(lang), names, values, colours, 2.4 if paper.is_brief else 4.0))
    body.add(_status_line(paper))
    _figure(body, paper)
    for front in paper.front:
        _front(body, front, paper)
    body.heading(words.CAUTIONS.text(lang), size=10)
    cautions = [("" if lang != "en" else " ").join(paper.cautions)] if paper.is_brief else paper.cautions
    for caution in cautions:
        body.add(paragraph(run(f"・{caution}", size=7.5 if paper.is_brief else 8.5), after=0))
    body.add(_told_sources(paper))


def _picture(body: _Body, paper: Paper, picture: NetworkPicture) -> None:
    """Add the map of the ties on a page of its own, how to read it and its sources below."""
    body.heading(words.PICTURE.text(paper.lang), new_page=True)
    width = min(PORTRAIT, body.document._block_width / Cm(1), DEEPEST * picture.width / picture.height)
    line = body.document.add_paragraph()
    line.paragraph_format.line_spacing = 1.0  # a letterhead's lines of a fixed height would cut it
    shown = line.add_run().add_picture(io.BytesIO(picture.png), width=Cm(width))
    shown._inline.docPr.set("descr", words.PICTURE.text(paper.lang))
    body.add(paragraph(run(picture.note, size=8.5), before=3, after=2))
    body.add(_told_sources(paper))


def _told_sources(paper: Paper) -> Any:
    told = run(f"{words.SOURCES.text(paper.lang)}: {words.sources_text(paper.sources, paper.lang)}", size=8.5)
    told += sentence_runs((paper.source_count, " 件" if paper.lang != "en" else "."), paper, size=8.5)
    return paragraph(told, before=3, after=0)


def _status_line(paper: Paper) -> Any:
    runs = "".join(
        run(f"{label} ", size=9) + sentence_runs((count, "　"), paper, size=9) for label, count, _ in paper.statuses
    )
    return paragraph(runs, after=3)


def _figure(body: _Body, paper: Paper) -> None:
    """Add the picture of the prefectures, else that of municipalities and fields where it has room."""
    if paper.tiles:
        body.add(paragraph(run(words.TILES.text(paper.lang), size=9, bold=True), keep=True, after=1))
        body.add(_tile_table(paper))
    elif paper.figure is not None and len(paper.figure.rows) > 1:
        body.add(paragraph(run(words.MATRIX.text(paper.lang), size=9, bold=True), keep=True, after=1))
        columns = len(paper.figure.columns)
        widths = [2.6, *[(PORTRAIT - 2.6) / max(columns, 1)] * columns]
        heads = ["", *(name[:4] for name in paper.figure.columns)]
        rows = (
            [name, *(GAP_STATUSES[str(cell)].symbol if cell in GAP_STATUSES else "" for cell in cells)]
            for name, cells in zip(paper.figure.rows, paper.figure.cells, strict=True)
        )
        fills = dict.fromkeys(range(1, columns + 1), STATUS_FILLS)
        body.add(table(heads, rows, widths, size=5.5, fills=fills))


def _tile_table(paper: Paper) -> Any:
    """Return the 47 prefectures as a table of shaded cells, each with its name and number."""
    width = 1 + max(column for *_, column, _ in PREFECTURES.values())
    height = 1 + max(row for *_, row in PREFECTURES.values())
    cells = [["" for _ in range(width)] for _ in range(height)]
    fills: dict[tuple[int, int], str] = {}
    for code, (ja, en, column, row) in PREFECTURES.items():
        value = paper.tiles.get(code)
        short = en[:5] if paper.lang == "en" else ja if ja == "北海道" else ja[:-1]
        cells[row][column] = short + (f" {value:.0f}" if value is not None else "")
        fills[row, column] = shade(value, 0, 100)[1:].upper() if value is not None else "F4F4F2"
    made = []
    for row, texts in enumerate(cells):
        line = "".join(_tile(text, fills.get((row, column), "FFFFFF")) for column, text in enumerate(texts))
        made.append(f'<w:tr><w:trPr><w:trHeight w:val="230" w:hRule="atLeast"/></w:trPr>{line}</w:tr>')
    grid = '<w:gridCol w:w="740"/>' * width
    return parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{740 * width}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="20" w:type="dxa"/><w:right w:w="20" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(made)}</w:tbl>"
    )


def _tile(text: str, fill: str) -> str:
    return (
        '<w:tc><w:tcPr><w:tcW w:w="740" w:type="dxa"/>'
        f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/></w:tcPr><w:p><w:pPr><w:spacing w:after="0"/>'
        f'<w:jc w:val="center"/></w:pPr>{run(text, size=6, colour=_ink(fill))}</w:p></w:tc>'
    )


def _ink(fill: str) -> str:
    red, green, blue = (int(fill[place : place + 2], 16) for place in (0, 2, 4))
    return "FFFFFF" if red * 0.3 + green * 0.6 + blue * 0.1 < 128 else "1C2733"


def _front(body: _Body, front: Table, paper: Paper) -> None:
    lang = paper.lang
    body.heading(front.title, size=10)
    if front.frame.empty:
        body.add(paragraph(run(words.NONE.text(lang), size=9)))
        return
    heads = [column.label.text(lang) for column in front.columns]
    size, named = (6.2, 1) if paper.is_brief else (8, 2)
    marks = dict(paper.front_spans) if front.key == "front-gaps" else {}
    body.add(_table(front, heads, PORTRAIT, lang, size=size, named=named, marks=marks, first_mark=body.marks))
    body.marks += len(marks)


def _list(body: _Body, listing: Listing, lang: str) -> None:
    body.heading(listing.title, level=1)
    body.add(paragraph(run(listing.note, size=8.5), after=2))
    if listing.frame.empty:
        body.add(paragraph(run(words.NONE.text(lang), size=9)))
        return
    if len(listing.frame) > MOST_ROWS:
        told = words.MORE.text(lang).format(shown=MOST_ROWS, rows=len(listing.frame))
        body.add(paragraph(run(told, size=8.5)))
    shown = min(len(listing.frame), MOST_ROWS)
    marks = {key: (first, min(after, shown)) for key, (first, after) in listing.spans.items()}
    marks[listing.key] = (0, shown)
    heads = [column.label.text(lang) for column in listing.columns]
    body.add(_table(listing, heads, LANDSCAPE, lang, size=7, marks=marks, first_mark=body.marks))
    body.marks += len(marks)


def _table(
    shown: Table,
    heads: list[str],
    room: float,
    lang: str,
    *,
    size: float = 8,
    named: int = 2,
    marks: dict[str, tuple[int, int]] | None = None,
    first_mark: int = 1,
) -> Any:
    names = [column.name for column in shown.columns]
    fills = {names.index("status_mark"): STATUS_FILLS} if "status_mark" in names else {}
    right = [column.style in ("number", "ratio", "percent") for column in shown.columns]
    rows = rows_of(shown, lang, MOST_ROWS, named)
    widths = _widths(shown.columns, room)
    return table(heads, rows, widths, size=size, marks=marks, fills=fills, right=right, first_mark=first_mark)


def _widths(columns: tuple[ColumnEntry, ...], room: float) -> list[float]:
    """Share the room among columns: by what they hold on paper, else by their widths in the catalogue."""
    wanted = [ON_PAPER.get(column.name, min(max(column.width, 7), 40)) for column in columns]
    return [room * width / sum(wanted) for width in wanted]


def _without_clock(data: bytes) -> bytes:
    """Return the package with every file dated alike: the same content gives the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return buffer.getvalue()

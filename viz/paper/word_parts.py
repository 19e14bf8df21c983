"""Pieces of a Word file as XML: paragraphs with links, tables whose rows can be pointed at, a native chart."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape

import xlsxwriter
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from tsunagari.viz.look.palette import STATUSES
from tsunagari.viz.look.printable import printable
from tsunagari.viz.paper.paper import Count, Paper, Sentence

ACCENT, PALE, LINK = "1F4E5F", "E8F0F2", "0563C1"
CHART = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TWIPS = 567  # of a centimetre
EPOCH = datetime(1980, 1, 1)  # the same input gives the same bytes


def bookmark(target: str) -> str:
    """Return the name of the bookmark of a target: Word takes letters, digits and underscores, at most 40.

    >>> bookmark("gaps-wide_only")
    'gaps_wide_only'
    """
    return "".join(char if char.isalnum() else "_" for char in target)[:40]


def run(text: str, *, size: float = 10.5, bold: bool = False, colour: str = "", underline: bool = False) -> str:
    """Return a run of text; line breaks become breaks."""
    style = f'<w:sz w:val="{round(size * 2)}"/>'
    style = ("<w:b/>" if bold else "") + (f'<w:color w:val="{colour}"/>' if colour else "") + style
    style += '<w:u w:val="single"/>' if underline else ""
    lines = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in printable(text).split("\n"))
    return f"<w:r><w:rPr>{style}</w:rPr>{lines}</w:r>"


def sentence_runs(sentence: Sentence, paper: Paper, *, size: float = 10.5) -> str:
    """Return a sentence whose counts are links to the bookmarks of their rows, where the file has these."""
    return "".join(
        f'<w:hyperlink w:anchor="{bookmark(piece.target)}" w:history="1">'
        f"{run(str(piece), size=size, colour=LINK, underline=True)}</w:hyperlink>"
        if isinstance(piece, Count) and paper.opens(piece)
        else run(str(piece), size=size)
        for piece in sentence
    )


def paragraph(
    runs: str,
    *,
    before: float = 0,
    after: float = 3,
    align: str = "",
    keep: bool = False,
    level: int = 0,
    new_page: bool = False,
) -> Any:
    """Return a paragraph; `level` makes it a heading of the outline, `keep` holds it to the next."""
    style = ("<w:keepNext/>" if keep else "") + ("<w:pageBreakBefore/>" if new_page else "")
    style += f'<w:spacing w:before="{before * 20:.0f}" w:after="{after * 20:.0f}"/>'
    style += f'<w:jc w:val="{align}"/>' if align else ""
    style += f'<w:outlineLvl w:val="{level - 1}"/>' if level else ""
    return parse_xml(f"<w:p {nsdecls('w')}><w:pPr>{style}</w:pPr>{runs}</w:p>")


def table(
    heads: Sequence[str],
    rows: Iterable[Sequence[str]],
    widths: Sequence[float],
    *,
    size: float = 8,
    marks: Mapping[str, tuple[int, int]] | None = None,
    fills: Mapping[int, Mapping[str, str]] | None = None,
    right: Sequence[bool] = (),
    first_mark: int = 1,
) -> Any:
    """Return a table whose head repeats on each page and whose rows are not torn apart.

    Parameters
    ----------
    heads, rows
        Headings and cells.
    widths
        Of the columns, in centimetres.
    size
        Of the letters, in points.
    marks
        Name of a bookmark to the first row it holds and the one after the last.
    fills
        Place of a column to the fill of a cell by its first character.
    right
        Which columns hold numbers.
    first_mark
        Number of the first bookmark: each number stands once in a file.
    """
    grid = "".join(f'<w:gridCol w:w="{width * TWIPS:.0f}"/>' for width in widths)
    marked = _marks(marks or {}, first_mark)
    body = [_row(heads, widths, size, head=True)] if any(heads) else []
    for number, cells in enumerate(rows):
        starts, ends = marked.get(number, ("", ""))
        body.append(_row(cells, widths, size, fills=fills or {}, right=right, starts=starts, ends=ends))
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="B8C7CC"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{sum(widths) * TWIPS:.0f}" w:type="dxa"/>'
        f'<w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="57" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(body)}</w:tbl>"
    )


def _marks(marks: Mapping[str, tuple[int, int]], first: int) -> dict[int, tuple[str, str]]:
    """Return what of bookmarks stands in each row: the beginnings and the ends."""
    found: dict[int, tuple[str, str]] = {}
    for number, (name, (start, after)) in enumerate(marks.items(), start=first):
        if after <= start:
            continue
        begin = f'<w:bookmarkStart w:id="{number}" w:name="{bookmark(name)}"/>'
        end = f'<w:bookmarkEnd w:id="{number}"/>'
        had = found.get(start, ("", ""))
        found[start] = (had[0] + begin, had[1])
        had = found.get(after - 1, ("", ""))
        found[after - 1] = (had[0], had[1] + end)
    return found


def _row(
    cells: Sequence[str],
    widths: Sequence[float],
    size: float,
    *,
    head: bool = False,
    fills: Mapping[int, Mapping[str, str]] | None = None,
    right: Sequence[bool] = (),
    starts: str = "",
    ends: str = "",
) -> str:
    made = []
    last = len(cells) - 1
    for place, (text, width) in enumerate(zip(cells, widths, strict=True)):
        fill = ACCENT if head else (fills or {}).get(place, {}).get(text[:1], "")
        shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
        align = "right" if not head and place < len(right) and right[place] else ""
        words = run(text, size=size, bold=head, colour="FFFFFF" if head else ("FFFFFF" if fill in DARK else ""))
        made.append(
            f'<w:tc><w:tcPr><w:tcW w:w="{width * TWIPS:.0f}" w:type="dxa"/>{shade}</w:tcPr><w:p><w:pPr>'
            f'<w:spacing w:before="10" w:after="10" w:line="{size * 26:.0f}" w:lineRule="exact"/>'
            f"{f'<w:jc w:val={chr(34)}{align}{chr(34)}/>' if align else ''}</w:pPr>"
            f"{starts if place == 0 else ''}{words}{ends if place == last else ''}</w:p></w:tc>"
        )
    repeat = "<w:tblHeader/>" if head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{repeat}</w:trPr>{''.join(made)}</w:tr>"


STATUS_FILLS = {style.sign.ja: style.colour[1:].upper() for style in STATUSES.values()}
DARK = {style.colour[1:].upper() for style in STATUSES.values() if style.ink == "#ffffff"}


def chart(
    document: Any, title: str, names: Sequence[str], values: Sequence[int], colours: Sequence[str], height: float
) -> Any:
    """Return a paragraph with a bar chart that Word can edit: its numbers are a workbook inside the file."""
    package = document.part.package
    data = Part(package.next_partname("/word/embeddings/status%d.xlsx"), SHEET, _workbook(names, values), package)
    part = Part(package.next_partname("/word/charts/status%d.xml"), CHART, b"", package)
    inner = part.relate_to(data, RELATIONSHIP_TYPE.PACKAGE)
    part._blob = _chart_xml(names, values, colours, inner).encode("utf-8")
    rel = document.part.relate_to(part, RELATIONSHIP_TYPE.CHART)
    return parse_xml(
        f"<w:p {nsdecls('w')}><w:r><w:drawing>"
        f'<wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
        f'<wp:extent cx="{round(16.5 * 360000)}" cy="{round(height * 360000)}"/>'
        f'<wp:docPr id="101" name="chart" descr="{escape(title, {chr(34): "&quot;"})}"/>'
        '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
        '<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
        f'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="{rel}"/>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )


def _workbook(names: Sequence[str], values: Sequence[int]) -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": EPOCH})
    sheet = book.add_worksheet("data")
    for row, (name, value) in enumerate(zip(names, values, strict=True), start=1):
        sheet.write_string(row, 0, name)
        sheet.write_number(row, 1, value)
    book.close()
    return buffer.getvalue()


def _chart_xml(names: Sequence[str], values: Sequence[int], colours: Sequence[str], data: str) -> str:
    points = "".join(
        f'<c:dPt><c:idx val="{place}"/><c:invertIfNegative val="0"/><c:bubble3D val="0"/><c:spPr><a:solidFill>'
        f'<a:srgbClr val="{colour[1:].upper()}"/></a:solidFill><a:ln w="6350"><a:solidFill><a:srgbClr val="808080"/>'
        "</a:solidFill></a:ln></c:spPr></c:dPt>"
        for place, colour in enumerate(colours)
    )
    words = "".join(f'<c:pt idx="{place}"><c:v>{escape(name)}</c:v></c:pt>' for place, name in enumerate(names))
    numbers = "".join(f'<c:pt idx="{place}"><c:v>{value}</c:v></c:pt>' for place, value in enumerate(values))
    last = len(names) + 1
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        '<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><c:roundedCorners val="0"/>'
        '<c:chart><c:autoTitleDeleted val="1"/><c:plotArea><c:layout/><c:barChart>'
        '<c:barDir val="bar"/><c:grouping val="clustered"/><c:varyColors val="0"/><c:ser><c:idx val="0"/>'
        f'<c:order val="0"/><c:invertIfNegative val="0"/>{points}<c:dLbls><c:showLegendKey val="0"/>'
        '<c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="0"/>'
        f'<c:showBubbleSize val="0"/></c:dLbls><c:cat><c:strRef><c:f>data!$A$2:$A${last}</c:f><c:strCache>'
        f'<c:ptCount val="{len(names)}"/>{words}</c:strCache></c:strRef></c:cat><c:val><c:numRef>'
        f'<c:f>data!$B$2:$B${last}</c:f><c:numCache><c:formatCode>#,##0</c:formatCode><c:ptCount val="{len(names)}"/>'
        f"{numbers}</c:numCache></c:numRef></c:val></c:ser>"
        '<c:gapWidth val="40"/><c:axId val="1"/><c:axId val="2"/></c:barChart>'
        '<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="maxMin"/></c:scaling><c:delete val="0"/>'
        '<c:axPos val="l"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>'
        '<c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr sz="700"/></a:pPr><a:endParaRPr lang="ja-JP"/></a:p></c:txPr>'
        '<c:crossAx val="2"/></c:catAx><c:valAx><c:axId val="2"/><c:scaling><c:orientation val="minMax"/>'
        '<c:min val="0"/></c:scaling><c:delete val="1"/><c:axPos val="t"/><c:crossAx val="1"/></c:valAx></c:plotArea>'
        f'<c:plotVisOnly val="1"/></c:chart><c:externalData r:id="{data}"><c:autoUpdate val="0"/></c:externalData>'
        "</c:chartSpace>"
    )

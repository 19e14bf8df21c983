"""A stray cell at the edge of an OpenDocument sheet is told, and the list is read."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from tsunagari.errors import SourceError
from tsunagari.loaders.files.grids import read_grids
from tsunagari.loaders.files.ods_cells import scan_ods_sheets, without_far_ods_cells

ROWS = [["団体名", "市区町村"], ["架空の会", "鳥取市"], ["架空の輪", "岩美町"]]
NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
)


def filled(text: str, repeat: int = 1) -> str:
    times = f' table:number-columns-repeated="{repeat}"' if repeat > 1 else ""
    return f'<table:table-cell{times} office:value-type="string"><text:p>{text}</text:p></table:table-cell>'


def empty(columns: int = 1, rows: int = 0) -> str:
    cell = f'<table:table-cell table:number-columns-repeated="{columns}"/>'
    return f'<table:table-row table:number-rows-repeated="{rows}">{cell}</table:table-row>' if rows else cell


def ods(*rows: str) -> bytes:
    listed = "".join(f"<table:table-row>{''.join(map(filled, row))}</table:table-row>" for row in ROWS)
    body = f'<table:table table:name="名簿">{listed}{"".join(rows)}</table:table>'
    content = (
        f"<office:document-content {NAMES}><office:body><office:spreadsheet>{body}"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("rows", "place"),
    [
        ([empty(rows=1_048_570), f"<table:table-row>{filled('はし')}</table:table-row>"], "A1048574"),
        ([f"<table:table-row>{empty(16_383)}{filled('はし')}</table:table-row>"], "XFD4"),
        ([empty(rows=1_048_570), f"<table:table-row>{empty(900)}{filled('はし', 5)}</table:table-row>"], "AHQ1048574"),
    ],
)
def test_a_list_with_a_stray_cell_is_read(tmp_path: Path, rows: list[str], place: str) -> None:
    (tmp_path / "a.ods").write_bytes(ods(*rows))
    content = read_grids(tmp_path / "a.ods", "a.ods")
    (grid,) = content.grids
    assert grid.rows == list(enumerate(ROWS, start=1))
    (issue,) = content.issues
    assert (issue.code, issue.sheet, issue.value) == ("far-cells", "名簿", place)


def test_a_cell_beside_the_list_stays() -> None:
    data = ods(empty(rows=60), f"<table:table-row>{empty(5)}{filled('そば')}</table:table-row>")
    assert without_far_ods_cells(data) == (data, {})


def test_one_that_is_cut_off_comes_back_as_it_is() -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("content.xml", "<office:document-content><table:table>")
    assert without_far_ods_cells(data.getvalue()) == (data.getvalue(), {})


STYLED = """<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"><office:automatic-styles>
<style:style style:name="old"><style:text-properties style:text-line-through-style="solid"/></style:style>
<style:style style:name="older" style:parent-style-name="old"/>
<style:style style:name="new" style:parent-style-name="old">
<style:text-properties style:text-line-through-style="none"/></style:style>
</office:automatic-styles><office:body><office:spreadsheet><table:table table:name="s">
<table:table-column table:number-columns-repeated="2"/><table:table-column table:default-cell-style-name="older"/>
%s</table:table></office:spreadsheet></office:body></office:document-content>"""

IN_PART = '<text:span text:style-name="old">旧</text:span>新'
OFTEN = 'table:visibility="collapse" table:number-rows-repeated="1000000"'
UNSEEN = f"<table:table-row {OFTEN}><table:table-cell/></table:table-row>"


def styled_ods(rows: str) -> zipfile.ZipFile:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("content.xml", STYLED % rows)
    return zipfile.ZipFile(data)


def styled(text: str, style: str = "") -> str:
    named = f' table:style-name="{style}"' if style else ""
    return f'<table:table-cell office:value-type="string"{named}><text:p>{text}</text:p></table:table-cell>'


def test_a_style_strikes_through_as_its_own_or_that_of_parent_row_column_and_part_of_a_text() -> None:
    rows = [
        f"<table:table-row>{styled('a')}{styled('b')}{styled('c')}</table:table-row>",
        f'<table:table-row table:number-rows-repeated="2">{styled("a", "old")}{styled("b", "older")}</table:table-row>',
        f'<table:table-row table:default-cell-style-name="old">{styled("a", "new")}{styled("b")}</table:table-row>',
        f"<table:table-row>{styled(IN_PART)}{styled('b')}</table:table-row>",
        f'<table:table-row table:visibility="filter" table:number-rows-repeated="3">{styled("a")}</table:table-row>',
        UNSEEN,
    ]
    scans, merges = scan_ods_sheets(styled_ods("".join(rows)), "s.ods")
    scan = scans["s"]
    assert scan.struck_cells == {(1, 2), (2, 0), (2, 1), (4, 1)}
    assert scan.struck == {2}
    assert scan.struck_parts == {(5, 0): "新"}
    assert scan.hidden == {6, 7, 8}
    assert merges == {}


def test_a_damaged_part_is_told_by_what_opens_the_workbook() -> None:
    assert scan_ods_sheets(styled_ods("<broken"), "s.ods") == ({}, {})
    with pytest.raises(SourceError):
        scan_ods_sheets(zipfile.ZipFile(io.BytesIO(b"PK\x05\x06" + bytes(18))), "s.ods")

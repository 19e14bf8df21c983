"""A file that says two things of one cell is not read in silence: the cell, the sheet or the value is named."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.fuzz.seeds import FOLDER

from tsunagari.errors import SourceError
from tsunagari.loaders.files.cell_places import places_in_xls, xls_stream
from tsunagari.loaders.files.grids import read_grids

SHEET = "xl/worksheets/sheet1.xml"
CONTENT = "content.xml"
OTHER = '<c r="A2" t="inlineStr"><is><t>架空の別の値</t></is></c>'.encode()
Change = Callable[[bytes], bytes]


def packed(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def parts_of(name: str) -> dict[str, bytes]:
    with zipfile.ZipFile(FOLDER / name) as archive:
        return {part: archive.read(part) for part in archive.namelist()}


def changed(name: str, part: str, change: Change) -> bytes:
    parts = parts_of(name)
    before = parts[part]
    parts[part] = change(before)
    assert parts[part] != before
    return packed(parts)


def issues_of(folder: Path, name: str, data: bytes) -> dict[str, str]:
    (folder / name).write_bytes(data)
    found = read_grids(folder / name, name)
    issues = [*found.issues, *(issue for grid in found.grids for issue in grid.issues)]
    return {issue.code: str(issue.value) for issue in issues}


def row_twice(sheet: bytes) -> bytes:
    row = re.search(rb'<row r="3".*?</row>', sheet)
    assert row is not None
    return sheet.replace(row[0], row[0] + row[0])


def merge(*areas: str) -> Change:
    text = "".join(f'<mergeCell ref="{area}"/>' for area in areas)
    return lambda sheet: sheet.replace(b"</sheetData>", f"</sheetData><mergeCells>{text}</mergeCells>".encode())


XLSX: dict[str, tuple[Change, dict[str, str]]] = {
    "twice in a row": (lambda sheet: sheet.replace(b'<c r="B2"', OTHER + b'<c r="B2"'), {"repeated-cells": "A2"}),
    "again in a later row": (lambda sheet: sheet.replace(b'<c r="A4"', OTHER + b'<c r="A4"'), {"repeated-cells": "A2"}),
    "in the place of another": (
        lambda sheet: re.sub(rb'<c r="A4".*?</c>', OTHER, sheet),
        {"repeated-cells": "A2"},
    ),
    "two rows of one number": (row_twice, {"repeated-cells": "A3、B3、C3、D3、E3、F3"}),
    "two values in one cell": (
        lambda sheet: sheet.replace(b"<v>6</v>", b"<v>11</v><v>6</v>"),
        {"repeated-cells": "A2"},
    ),
    "a second table in the file": (
        lambda sheet: sheet.replace(
            b"</sheetData>", b'</sheetData><sheetData><row r="9">' + OTHER + b"</row></sheetData>"
        ),
        {"unread-cells": "A2"},
    ),
    "values under merged cells": (merge("E2:E4"), {"covered-values": "E3、E4"}),
    "merged cells that overlap": (merge("B2:B4", "B3:B5"), {"covered-values": "B3、B4、B5"}),
    "rows out of order": (
        lambda sheet: re.sub(rb'(<row r="2".*?</row>)(<row r="3".*?</row>)', rb"\2\1", sheet),
        {},
    ),
    "a cell without a number": (lambda sheet: sheet.replace(b'<c r="A1"', b"<c"), {}),
}


@pytest.mark.parametrize("case", XLSX)
def test_what_an_xlsx_says_twice_is_told(tmp_path: Path, case: str) -> None:
    change, told = XLSX[case]
    assert issues_of(tmp_path, "list.xlsx", changed("list.xlsx", SHEET, change)) == told


def test_rows_out_of_order_are_read_where_they_belong(tmp_path: Path) -> None:
    change, _ = XLSX["rows out of order"]
    (tmp_path / "list.xlsx").write_bytes(changed("list.xlsx", SHEET, change))
    whole, other = (read_grids(folder / "list.xlsx", "list.xlsx") for folder in (FOLDER, tmp_path))
    assert list(whole.grids[0].rows) == list(other.grids[0].rows)


@pytest.mark.parametrize("name", ["list.xlsx", "list.xls", "list.ods"])
def test_nothing_is_said_of_a_sound_workbook(tmp_path: Path, name: str) -> None:
    assert issues_of(tmp_path, name, (FOLDER / name).read_bytes()) == {}


def test_sheets_of_one_name_are_told(tmp_path: Path) -> None:
    parts = parts_of("list.xlsx")
    parts["xl/worksheets/sheet2.xml"] = re.sub(rb'<c r="A2".*?</c>', OTHER, parts[SHEET])
    book = parts["xl/workbook.xml"]
    sheet = re.search(rb'<sheet name="([^"]*)"[^>]*/>', book)
    assert sheet is not None
    twin = re.sub(rb'r:id="[^"]*"', b'r:id="twin"', re.sub(rb'sheetId="\d+"', b'sheetId="9"', sheet[0]))
    parts["xl/workbook.xml"] = book.replace(sheet[0], sheet[0] + twin)
    kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
    relation = b'<Relationship Id="twin" Type="' + kind + b'" Target="worksheets/sheet2.xml"/></Relationships>'
    links = "xl/_rels/workbook.xml.rels"
    parts[links] = parts[links].replace(b"</Relationships>", relation)
    assert issues_of(tmp_path, "twins.xlsx", packed(parts)) == {"repeated-sheet": sheet[1].decode()}


def twin_table(content: bytes) -> bytes:
    table = re.search(rb"<table:table .*?</table:table>", content, re.DOTALL)
    assert table is not None
    return content.replace(table[0], table[0] + table[0].replace("架空の会".encode(), "架空の輪".encode()))


def nested_table(content: bytes) -> bytes:
    inner = '<table:table table:name="in"><table:table-row><table:table-cell/></table:table-row></table:table>'
    return content.replace("印あ</text:p>".encode(), f"印あ</text:p>{inner}".encode())


def covered(content: bytes) -> bytes:
    cells = list(
        re.finditer(rb"<table:table-cell[^>]*>(?:(?!</table:table-cell>).)*</table:table-cell>", content, re.DOTALL)
    )
    place, telephone = (next(cell for cell in cells if text.encode() in cell[0]) for text in ("岩美町", "0857-00-0002"))
    spanned = place[0].replace(b"<table:table-cell", b'<table:table-cell table:number-columns-spanned="2"')
    hidden = telephone[0].replace(b"table:table-cell", b"table:covered-table-cell")
    between = content[place.end() : telephone.start()]
    return content[: place.start()] + spanned + between + hidden + content[telephone.end() :]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (twin_table, {"repeated-sheet": "list"}),
        (nested_table, {"unread-cells": "F2"}),
        (covered, {"covered-values": "C3"}),
    ],
)
def test_what_an_ods_says_twice_is_told(tmp_path: Path, change: Change, told: dict[str, str]) -> None:
    data = changed("list.ods", CONTENT, change)
    assert issues_of(tmp_path, "list.ods", data) == told
    assert len(read_grids(tmp_path / "list.ods", "list.ods").grids[0].rows) == 5


def moved(data: bytes, place: tuple[int, int], to: tuple[int, int] | None = None, text: int | None = None) -> bytes:
    """Return an old workbook in which the cell of a shared text stands elsewhere, or shares another text."""
    changed = bytearray(data)
    for found in re.finditer(rb"\xfd\x00\x0a\x00", data):
        start = found.end()
        if struct.unpack_from("<HH", data, start) == place:
            struct.pack_into("<HH", changed, start, *(to or place))
            struct.pack_into(
                "<I", changed, start + 6, struct.unpack_from("<I", data, start + 6)[0] if text is None else text
            )
    assert changed != data
    return bytes(changed)


def test_what_an_xls_says_twice_is_told(tmp_path: Path) -> None:
    data = (FOLDER / "list.xls").read_bytes()
    assert issues_of(tmp_path, "a.xls", moved(data, (2, 0), to=(1, 0))) == {"repeated-cells": "A2"}
    assert issues_of(tmp_path, "b.xls", moved(data, (2, 2), text=9_999)) == {"lost-cells": "C3"}


@pytest.mark.parametrize("data", [b"", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), b"text"])
def test_what_is_no_old_workbook_says_nothing(data: bytes) -> None:
    assert places_in_xls(xls_stream(data)) == {}


def test_an_archive_with_two_files_of_one_name_is_refused(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("list.csv", "団体名\n架空の会\n")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("list.csv", "団体名\n架空の輪\n")
    (tmp_path / "list.zip").write_bytes(buffer.getvalue())
    with pytest.raises(SourceError, match=r"list\.csv"):
        read_grids(tmp_path / "list.zip", "list.zip")

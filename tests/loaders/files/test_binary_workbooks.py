"""Excel's binary workbooks (xlsb), written here record by record after [MS-XLSB]: no Python library writes them."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

import pytest

from tsunagari.errors import SourceError
from tsunagari.loaders.files.grids import read_grids

ROW, REAL, BOOLEAN, TEXT = 0, 5, 4, 6
SHEET, SHEET_END, ROWS, ROWS_END, EXTENT = 129, 130, 145, 146, 148
BOOK, BOOK_END, SHEETS, SHEETS_END, SHEET_ENTRY = 131, 132, 143, 144, 156
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>'
    '<Default Extension="bin" ContentType="application/vnd.ms-excel.worksheet"/></Types>'
)
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def record(kind: int, data: bytes = b"") -> bytes:
    """Return a record: kind and length in groups of seven bits, then the data."""
    start = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    assert len(data) < 0x80
    return start + bytes([len(data)]) + data


def wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def cell(column: int, value: str | float | bool, style: int = 0) -> bytes:
    place = struct.pack("<II", column, style)
    if isinstance(value, bool):
        return record(BOOLEAN, place + bytes([value]))
    if isinstance(value, float):
        return record(REAL, place + struct.pack("<d", value))
    return record(TEXT, place + wide(value))


def links(*targets: tuple[str, str]) -> str:
    listed = (f'<Relationship Id="rId1" Type="{RELATIONS}/{kind}" Target="{target}"/>' for kind, target in targets)
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{"".join(listed)}</Relationships>'


def xlsb(
    rows: Sequence[Sequence[str | float | bool]],
    *,
    title: str = "会員",
    visible: bool = True,
    stray: Mapping[tuple[int, int], str] = MappingProxyType({}),
) -> bytes:
    """Return a workbook of one sheet; `stray` are cells below its rows, by row and column from 0."""
    entry = struct.pack("<II", 0 if visible else 1, 1) + wide("rId1") + wide(title)
    book = record(BOOK) + record(SHEETS) + record(SHEET_ENTRY, entry) + record(SHEETS_END) + record(BOOK_END)
    last = max((row for row, _ in stray), default=len(rows) - 1)
    right = max((*(len(row) - 1 for row in rows), *(column for _, column in stray)))
    extent = struct.pack("<IIII", 0, last, 0, right)
    sheet = record(SHEET) + record(EXTENT, extent) + record(ROWS)
    for number, row in enumerate(rows):
        sheet += record(ROW, struct.pack("<IIHBBBI", number, 0, 300, 0, 0, 0, 0))
        sheet += b"".join(cell(column, value) for column, value in enumerate(row))
    for (number, column), text in sorted(stray.items()):
        sheet += record(ROW, struct.pack("<IIHBBBI", number, 0, 300, 0, 0, 0, 0)) + cell(column, text)
    sheet += record(ROWS_END) + record(SHEET_END)
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", links(("officeDocument", "xl/workbook.bin")))
        archive.writestr("xl/workbook.bin", book)
        archive.writestr("xl/_rels/workbook.bin.rels", links(("worksheet", "worksheets/sheet1.bin")))
        archive.writestr("xl/worksheets/sheet1.bin", sheet)
    return data.getvalue()


def test_texts_numbers_and_truth_values_are_those_of_the_cells(tmp_path: Path) -> None:
    rows = [["団体名", "団体コード", "公開可否"], ["架空暗い会", 312011.0, True], ["架空の会", 0.5, False]]
    (tmp_path / "a.xlsb").write_bytes(xlsb(rows))
    content = read_grids(tmp_path / "a.xlsb", "a.xlsb")
    assert content.encoding == "xlsb"
    (grid,) = content.grids
    assert grid.sheet == "会員"
    assert grid.rows == [
        (1, ["団体名", "団体コード", "公開可否"]),
        (2, ["架空暗い会", "312011", "TRUE"]),
        (3, ["架空の会", "0.5", "FALSE"]),
    ]


def test_a_hidden_sheet_is_not_read_unless_it_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.xlsb").write_bytes(xlsb([["団体名"], ["架空"]], visible=False))
    with pytest.raises(SourceError, match="is empty"):
        read_grids(tmp_path / "a.xlsb", "a.xlsb")
    assert read_grids(tmp_path / "a.xlsb", "a.xlsb", sheets=("会員",)).grids[0].rows == [(1, ["団体名"]), (2, ["架空"])]


def test_a_damaged_one_is_told(tmp_path: Path) -> None:
    data = io.BytesIO(xlsb([["団体名"], ["架空"]]))
    with zipfile.ZipFile(data) as old, zipfile.ZipFile(tmp_path / "a.xlsb", "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name)[:20] if name == "xl/workbook.bin" else old.read(name))
    with pytest.raises(SourceError, match="damaged"):
        read_grids(tmp_path / "a.xlsb", "a.xlsb")

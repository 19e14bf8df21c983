"""A table that is written by column reads as one that is written cell by cell."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest

from tsunagari.viz.excel.table_sheet import Cell, TableWorkbook

ROWS: tuple[list[Any], ...] = (
    ["架空の会", "<b>&\"'", " 端の空白 ", "_x0041_", "", "架空の会", "\x01", "𠮷" * 20_000],
    [1, 0.1, 1 / 3, None, 10**15, 2.5, 1.0, -7],
)


def cells(book: Any) -> list[list[Cell]]:
    """Return the columns as cells: empty texts are empty cells."""
    look = book.add_format({"bold": True})
    return [[Cell(None if value == "" else value, look, 2) for value in column] for column in ROWS]


def read(data: io.BytesIO) -> Any:
    return openpyxl.load_workbook(data).active


def test_a_table_by_column_holds_what_one_by_cell_does() -> None:
    by_column, by_cell = io.BytesIO(), io.BytesIO()
    with TableWorkbook(by_column) as book:
        sheet = book.add_worksheet()
        sheet.write_string(0, 0, "表題")
        sheet.write_columns(2, [(column, lambda cell: cell) for column in cells(book)], lambda lines: 15.1 * lines)
        sheet.write_string(12, 3, "後")
    with TableWorkbook(by_cell) as book:
        sheet = book.add_worksheet()
        sheet.write_string(0, 0, "表題")
        for place, column in enumerate(cells(book)):
            for row, cell in enumerate(column, start=2):
                sheet.set_row(row, 30.2)
                if cell.content is None:
                    sheet.write_blank(row, place, None, cell.look)
                elif isinstance(cell.content, str):
                    sheet.write_string(row, place, cell.content[:16_383], cell.look)
                else:
                    sheet.write_number(row, place, cell.content, cell.look)
        sheet.write_string(12, 3, "後")
    one, other = read(by_column), read(by_cell)
    assert one.dimensions == other.dimensions == "A1:D13"
    for ours, theirs in zip(one.iter_rows(), other.iter_rows(), strict=True):
        for cell, wanted in zip(ours, theirs, strict=True):
            assert (cell.value, cell.data_type, cell.font.b) == (wanted.value, wanted.data_type, wanted.font.b)
    heights = [{row: found.height for row, found in sheet.row_dimensions.items()} for sheet in (one, other)]
    assert heights[0] == heights[1]


def test_two_tables_and_cells_between_them_stand_in_their_rows() -> None:
    data = io.BytesIO()
    with TableWorkbook(data) as book:
        sheet, look = book.add_worksheet(), book.add_format()
        for top, name in ((6, "下"), (0, "上")):
            sheet.write_columns(top, [([name] * 2, lambda value: Cell(value, look))], lambda _: 15)
        sheet.write_string(4, 1, "間")
    found = [(cell.coordinate, cell.value) for row in read(data).iter_rows() for cell in row if cell.value]
    assert found == [("A1", "上"), ("A2", "上"), ("B5", "間"), ("A7", "下"), ("A8", "下")]


def test_a_value_is_put_into_words_once_and_true_is_not_one() -> None:
    asked: list[Any] = []
    data = io.BytesIO()
    with TableWorkbook(data) as book:
        sheet, look = book.add_worksheet(), book.add_format()

        def cell_of(value: Any) -> Cell:
            asked.append(value)
            return Cell(str(value), look)

        sheet.write_columns(0, [([1, True, 1.0, 1, ["a"], ["a"], "1"], cell_of)], lambda _: 15)
    assert [row[0].value for row in read(data).iter_rows()] == ["1", "True", "1.0", "1", "['a']", "['a']", "1"]
    assert len(asked) == 5


def test_a_cell_may_lead_to_another_of_its_row() -> None:
    data = io.BytesIO()
    with TableWorkbook(data) as book:
        sheet, look = book.add_worksheet("名簿"), book.add_format()
        columns = [(["あ", "い"], lambda value: Cell(value, look, 1, 1 if value == "い" else None))]
        sheet.write_columns(3, [*columns, (["全", "部"], lambda value: Cell(value, look))], lambda _: 15)
    found = read(data)
    assert [found[place].hyperlink for place in ("A4", "B5")] == [None, None]
    assert (found["A5"].value, found["A5"].hyperlink.location) == ("い", "'名簿'!B5")


def test_a_table_without_rows_writes_nothing() -> None:
    data = io.BytesIO()
    with TableWorkbook(data) as book:
        book.add_worksheet().write_columns(0, [([], lambda value: value)], lambda _: 15)
    assert read(data).dimensions == "A1:A1"


def test_a_cell_written_later_takes_the_place_of_one_of_the_table() -> None:
    data = io.BytesIO()
    with TableWorkbook(data) as book:
        sheet, look = book.add_worksheet("名簿"), book.add_format()
        sheet.write_columns(1, [(["a", None, "c"], lambda value: Cell(value, look)) for _ in range(3)], lambda _: 15)
        sheet.write_string(1, 0, "<新>", look)
        sheet.write_number(2, 1, 7, look)
        sheet.write_url(3, 2, "internal:'名簿'!A1", look, "開く")
        sheet.write_blank(3, 0, None, look)
    found = read(data)
    assert [[cell.value for cell in row] for row in found["A2:C4"]] == [
        ["<新>", "a", "a"],
        [None, 7, None],
        [None, "c", "開く"],
    ]
    assert found["C4"].hyperlink.location == "'名簿'!A1"


def test_a_cell_beside_the_columns_of_a_table_is_a_mistake() -> None:
    book = TableWorkbook(io.BytesIO())
    sheet, look = book.add_worksheet(), book.add_format()
    sheet.write_columns(0, [(["a"], lambda value: Cell(value, look))], lambda _: 15)
    sheet.write_string(0, 3, "b")
    sheet.fh = io.StringIO()
    with pytest.raises(AssertionError):
        sheet._write_rows()

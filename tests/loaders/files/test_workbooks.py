from __future__ import annotations

import base64
import datetime as dt
import io
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from openpyxl import Workbook

from tsunagari.errors import SourceError
from tsunagari.loaders.files.grids import FileContent, read_grids
from tsunagari.loaders.files.workbooks import cell_text


def write(path: Path, fill: Callable[[Any], None]) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        fill(book)
    return path


def sheet(book: Any, name: str, *rows: list[object]) -> Any:
    made = book.add_worksheet(name)
    for number, row in enumerate(rows):
        made.write_row(number, 0, row)
    return made


def codes(content: FileContent) -> list[str]:
    return [issue.code for grid in content.grids for issue in grid.issues] + [issue.code for issue in content.issues]


def rewrite(path: Path, part: str, change: Callable[[bytes], bytes]) -> Path:
    parts = zipfile.ZipFile(io.BytesIO(path.read_bytes()))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name in parts.namelist():
            data = parts.read(name)
            out.writestr(name, change(data) if name == part else data)
    return path


def test_cells_are_what_a_person_sees(tmp_path: Path) -> None:
    def fill(book: Any) -> None:
        made = book.add_worksheet("名簿")
        styles = {name: book.add_format({"num_format": name}) for name in ("yyyy/m/d", "yyyy/m/d h:mm", "h:mm", "0%")}
        era = book.add_format({"num_format": '[$-411]ggge"年"m"月"d"日"'})
        made.write_row(1, 0, ["　架空の会 ", 11002, 4000012090001, 0.1 + 0.2, True, 1e22])
        made.write_datetime(2, 0, dt.datetime(2023, 4, 1), styles["yyyy/m/d"])
        made.write_datetime(2, 1, dt.datetime(2023, 4, 1, 9, 30), styles["yyyy/m/d h:mm"])
        made.write_datetime(2, 2, dt.time(9, 5), styles["h:mm"])
        made.write_number(2, 3, 0.25, styles["0%"])
        made.write_datetime(2, 4, dt.datetime(2023, 4, 1), era)
        made.write_formula(4, 0, "=1+1", None, 2)
        made.write_url(4, 1, "https://example.org/", string="リンク先")

    (grid,) = read_grids(write(tmp_path / "a.xlsx", fill), "a.xlsx").grids
    assert (grid.sheet, grid.file) == ("名簿", "a.xlsx")
    assert grid.rows == [
        (2, ["架空の会", "11002", "4000012090001", "0.3", "TRUE", "10000000000000000000000"]),
        (3, ["2023-04-01", "2023-04-01 09:30", "09:05", "25%", "2023-04-01", ""]),
        (5, ["2", "リンク先", "", "", "", ""]),
    ]
    assert cell_text(dt.timedelta(hours=36)) == "36:00"


def test_hidden_empty_and_chart_sheets_are_left_out_unless_named(tmp_path: Path) -> None:
    def fill(book: Any) -> None:
        sheet(book, "記入", ["団体名"], ["架空1"])
        sheet(book, "選択肢", ["会員"]).hide()
        book.add_worksheet("Sheet3")
        book.add_chartsheet("図")

    path = write(tmp_path / "a.xlsx", fill)
    content = read_grids(path, "a.xlsx")
    assert [grid.sheet for grid in content.grids] == ["記入"]
    assert [(issue.code, issue.sheet) for issue in content.issues] == [("hidden-sheet", "選択肢")]
    assert [grid.sheet for grid in read_grids(path, "a.xlsx", sheets=("選択肢",)).grids] == ["選択肢"]
    with pytest.raises(SourceError, match="no sheet '記人'") as caught:
        read_grids(path, "a.xlsx", sheets=("記人",))
    assert "近いシート: 記入" in caught.value.text("ja")


def test_merged_cells_are_known_by_their_rows_in_the_file(tmp_path: Path) -> None:
    def fill(book: Any) -> None:
        made = sheet(book, "名簿", ["題"], ["団体名", "分野"])
        made.merge_range("A3:A5", "架空の会")
        made.write_column(2, 1, ["a", "b", "c"])

    (grid,) = read_grids(write(tmp_path / "a.xlsx", fill), "a.xlsx").grids
    assert grid.merges == ((3, 0, 5, 0),)


def test_the_bytes_decide_not_the_name(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", lambda book: sheet(book, "名簿", ["団体名"]))
    assert read_grids(path, "a.csv").encoding == "xlsx"
    text = tmp_path / "b.xlsx"
    text.write_bytes("団体名,備考\n".encode("cp932"))
    assert read_grids(text, "b.xlsx").encoding == "cp932"


def test_a_macro_workbook_is_read_and_nothing_in_it_runs(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsm", lambda book: sheet(book, "名簿", ["団体名"], ["架空"]))
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0 macro")
    content = read_grids(path, "a.xlsm")
    assert content.encoding == "xlsm"
    assert content.grids[0].rows == [(1, ["団体名"]), (2, ["架空"])]


def test_formulas_without_a_value_and_with_an_error_are_told(tmp_path: Path) -> None:
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = "名簿"
    page.append(["団体名", "数"])
    page.append(["架空", "=1+1"])
    page["B3"] = "#N/A"
    page["B3"].data_type = "e"
    book.save(tmp_path / "a.xlsx")
    (grid,) = read_grids(tmp_path / "a.xlsx", "a.xlsx").grids
    found = [(issue.code, issue.severity, issue.sheet, issue.row, issue.value) for issue in grid.issues]
    assert found == [
        ("formula-without-value", "notice", "名簿", 2, "B2"),
        ("formula-error", "warning", "名簿", 3, "B3"),
    ]


def test_a_cell_whose_text_cannot_be_found_is_told(tmp_path: Path) -> None:
    for number in (b"1 ", b"-1", b"1E-400", b"9" * 30):
        path = write(tmp_path / "a.xlsx", lambda book: sheet(book, "名簿", ["団体名", "備考"], ["架空", "印"]))
        rewrite(path, "xl/worksheets/sheet1.xml", lambda data, by=number: data.replace(b"<v>3</v>", b"<v>%s</v>" % by))
        (grid,) = read_grids(path, "a.xlsx").grids
        assert "印" not in grid.rows[1][1]
        assert [(issue.code, issue.row, issue.value) for issue in grid.issues] == [("lost-cells", 2, "B2")]


def test_readings_above_kanji_are_not_part_of_the_text(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", lambda book: sheet(book, "名簿", ["架空市"]))
    ruby = "<si><t>架空市</t><rPh sb='0' eb='3'><t>カクウシ</t></rPh></si>".encode()
    rewrite(path, "xl/sharedStrings.xml", lambda data: data.replace("<si><t>架空市</t></si>".encode(), ruby))
    assert read_grids(path, "a.xlsx").grids[0].rows == [(1, ["架空市"])]


def test_a_million_formatted_rows_are_no_rows(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", lambda book: sheet(book, "名簿", ["団体名"], ["架空"]))
    empty = b"".join(b'<row r="%d"><c r="A%d" s="0"/></row>' % (row, row) for row in range(3, 1_048_577, 8))
    rewrite(path, "xl/worksheets/sheet1.xml", lambda data: data.replace(b"</sheetData>", empty + b"</sheetData>"))
    content = read_grids(path, "a.xlsx")
    assert len(content.grids[0].rows) == 2
    assert codes(content) == []


def test_a_value_in_the_last_cell_of_a_sheet_does_not_fill_the_memory(tmp_path: Path) -> None:
    def fill(book: Any) -> None:
        sheet(book, "名簿", ["団体名"], ["架空"])
        sheet(book, "遠い", ["団体名"]).write("XFD1048576", "x")

    content = read_grids(write(tmp_path / "a.xlsx", fill), "a.xlsx")
    assert [(grid.sheet, list(grid.rows)) for grid in content.grids] == [
        ("名簿", [(1, ["団体名"]), (2, ["架空"])]),
        ("遠い", [(1, ["団体名"])]),
    ]
    assert [(issue.code, issue.sheet, issue.value) for issue in content.issues] == [("far-cells", "遠い", "XFD1048576")]


def test_a_bomb_is_refused_before_it_unpacks(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", lambda book: sheet(book, "名簿", ["団体名"]))
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/worksheets/sheet2.xml", "w", force_zip64=True) as part,
    ):
        for _ in range(260):
            part.write(bytes(2**20))
    with pytest.raises(SourceError, match="was not opened: it would unpack to 26") as caught:
        read_grids(path, "a.xlsx")
    assert "開きませんでした" in caught.value.text("ja")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "damaged"),
        (b"PK\x03\x04" + b"cut off", "damaged"),
    ],
)
def test_broken_workbooks_are_told_what_to_do(tmp_path: Path, data: bytes, message: str) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(data)
    with pytest.raises(SourceError, match=message) as caught:
        read_grids(path, "a.xlsx")
    assert caught.value.hint is not None
    assert caught.value.place.file == "a.xlsx"


def test_a_workbook_whose_sheet_is_damaged_is_an_error_of_the_file(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", lambda book: sheet(book, "名簿", ["団体名"]))
    rewrite(path, "xl/worksheets/sheet1.xml", lambda data: data[: len(data) // 2])
    with pytest.raises(SourceError, match="damaged"):
        read_grids(path, "a.xlsx")


def test_a_workbook_without_any_cell_is_empty(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", lambda book: book.add_worksheet("空"))
    with pytest.raises(SourceError, match="is empty"):
        read_grids(path, "a.xlsx")


ODS = """<?xml version="1.0" encoding="UTF-8"?><office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 office:version="1.2"><office:body><office:spreadsheet><table:table table:name="名簿">
<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="2"/></table:table-row>
<table:table-row><table:table-cell office:value-type="string"><text:p>団体名</text:p></table:table-cell>
<table:table-cell office:value-type="string"><text:p>入会日</text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell table:number-rows-spanned="2" office:value-type="string"><text:p>架空</text:p>
</table:table-cell><table:table-cell office:value-type="date" office:date-value="2023-04-01"><text:p>x</text:p>
</table:table-cell></table:table-row>
<table:table-row><table:covered-table-cell/><table:table-cell office:value-type="float" office:value="3">
<text:p>3</text:p></table:table-cell></table:table-row>
<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="1024"/>
</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>
"""


def test_opendocument_is_read_with_its_merged_cells(tmp_path: Path) -> None:
    path = tmp_path / "a.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        manifest = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("content.xml", ODS.replace("\n", ""))
    content = read_grids(path, "a.ods")
    assert content.encoding == "ods"
    (grid,) = content.grids
    assert grid.rows == [(3, ["団体名", "入会日"]), (4, ["架空", "2023-04-01"]), (5, ["", "3"])]
    assert grid.merges == ((4, 0, 5, 0),)


# A sheet 名簿 of the old binary format with the cells of the test below, A2 and A3 merged; compressed.
XLS = (
    "eNrtV11sVEUUPnN3u727tN3bQisWWBcUKLSQEhKtUWxhQcC/KlQ0pIks9bZUlu5mWxNK/FlEXgwkGh4wkcSQNIbExJ+YYIwmtm/EaPSFB40mBU"
    "Oi4sNqNIbE9vqdc+dub9c26RYkUffcnDtzv5m5M3Pm/M1XX9aOn32/8RIV0T0UoEknTCEfpsCm92ERGRqbdBzHg50y/atoQpd8hkGcXwWYz7xS"
    "n2tYl2X6b9IuSuMZojhtowGUWRqmUqgBGuP/31zGTM6x31ypPP/852f/zX48AC62f/b1bP8R8AJwFbgaXAOOuiGAasF14IXgReB60QmiW8CLwb"
    "eCG8FLwEv13DFdMi9HfQX4do2tRLmq7HNuGoVNnGKogj6u/pyPXM7+EjTiveCY6MVlcDdlWDcSyVRP/GbRFllDUvEaRqGkm1BTdAZoDb0r6Cfy"
    "3iTaB+qgeJvW6CeNDln7SXmvkHcN8fgPZcw3gmygGH0rWv6qGIGiSpWgJKWon/bDD/ajRyNdYPt6UXqwdajN0sK9rq+1ddrcsCX1iPjhNDzxbv"
    "QZoEHUEvQAPShIgmLBKhphu9xuD9jZZGpc7G2EfnfiPtsejTPOPxX8t7nhRok4/e/wEchuJjk3u/3zxfiaWfCWWfC1s+DhGfEKbz3mLHjTFH7K"
    "gO3myOHSygWkrM2FpKzLBaVcmKuUclGuwtknNnIc3v4nDggwjOqu9udOwAMoPGPKBBN1nVR0lfZyHMjvkplCefb37Ci8e4GfN9KCPFvqp1iySU"
    "cV4oo5qjrw7qDYL5YbWUxEGBORw/wDBvEnLZeo5LL6fs/uzuouVOzHGjuv2LDm831HjjgITia9FXSDU49ZD546pHpdGhzBXE9nTfN0VVjr09gD"
    "+4ZaWbeF361LLL16+c7G9qcEz00JmVayLKlFHUXLWHCtjGiW90vS14uAxwR7Wd6rCuN/aF/tqzcV6vn2Nb76WXisMFZFIm8Ds7WoxVWhY2P7xt"
    "u9UtHjaDHpedk2qVfMqN5pjRQB94M9jGHpeovrh1RUMDUDZhRhExL5PTG6XwpfSn8pifU86gUjIquNSm6gjJCgDYIbgvPZX6GI3hPTz/QoSz6/"
    "w5V63tSawhoUpUC+VbKMYL5J8HDemiGTMSgi43gMZy73GXV0PuSGA6J7RYpEy/h/U+kOUx/UrM/0/0h52VOkpNxLIVMJRNwczDLdnY26Tfdzzv"
    "Nwf082PZjuHYpvO9xjp+J337WuK7nfTqVsUcAt/b29bdeT+ynS4pwnTTpUOJGi/9L48Td/vdZ5wHr7NZOaV3/wNZ/I6zo3VFrGbA87dJ7YraV3"
    "QOeLQzpnzOm88YTWyR8niGJ6TDpjD2SGD6d4zphub9X/9uhv9c8+2vvG8HfKX7/R+xdbuPjFxTPrl1inTmP/Ldfe2cpRvAjr1nmu5+cs3x4fKl"
    "giSezg9jbd3uHLvVlWmzOZPXZ2sD89MF1GLN+N6zfQP0U38v4n+y+ygZnGsExGw279CcyepYPIuHgdB0tefx2kZWg5OSXcqxoqPT1PYN5DyHA7"
    "sYZn5jV/wHcHm8uYZeCdBTvrRD5oz/v82L+Wev+7Td/VJCtFbvks9n8IOSef/U5oQa+cCSNDyFfTQGanJj1/RQnyZ1u4UJh/K2bokTXYooGlra"
    "dtHvu/A3yufP8X+gtxgRla"
)


def test_the_old_binary_format_is_read_with_its_merged_cells(tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    path.write_bytes(zlib.decompress(base64.b64decode(XLS)))
    content = read_grids(path, "a.xls")
    assert content.encoding == "xls"
    (grid,) = content.grids
    assert (grid.sheet, grid.merges) == ("名簿", ((2, 0, 3, 0),))
    assert grid.rows == [(1, ["団体名", "入会日"]), (2, ["架空", "3"]), (3, ["", "4"])]


def test_a_time_beyond_all_calendars_costs_that_cell_only(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet, hours = book.add_worksheet("会員"), book.add_format({"num_format": "[h]:mm:ss"})
        for row, cells in enumerate([["団体名", "時間", "金額"], ["架空の会", 1e10, 12_345_678], ["架空の輪", 0.5, 3]]):
            sheet.write_row(row, 0, cells)
        sheet.write_number(1, 1, 1e10, hours)
        sheet.write_number(2, 1, 0.5, hours)
    (grid,) = read_grids(tmp_path / "a.xlsx", "a.xlsx").grids
    assert grid.rows == [
        (1, ["団体名", "時間", "金額"]),
        (2, ["架空の会", "10000000000", "12345678"]),
        (3, ["架空の輪", "12:00", "3"]),
    ]
    (issue,) = grid.issues
    assert (issue.code, issue.sheet, issue.row, issue.column, issue.value) == (
        "endless-time",
        "会員",
        2,
        "B",
        "10000000000",
    )

"""One workbook in three formats: rows hidden, filtered and struck through, a struck cell, shares shown with %.

``looks.xls`` and ``looks.ods`` are what LibreOffice makes of the workbook that `write_looks` writes.
"""

from __future__ import annotations

from pathlib import Path

import xlsxwriter

HERE = Path(__file__).parent


def write_looks(path: Path) -> None:
    """Write the workbook as xlsx."""
    with xlsxwriter.Workbook(path) as book:
        struck, share = book.add_format({"font_strikeout": True}), book.add_format({"num_format": "0.0%"})
        sheet = book.add_worksheet("名簿")
        sheet.write_row(0, 0, ["No", "団体名", "市区町村", "割合"])
        names = ["架空の会", "隠れた会", "消された会", "空想の集い", "選ばれない会", "夢想の輪"]
        for row, name in enumerate(names, 1):
            look = struck if name == "消された会" else None
            sheet.write(row, 0, row)
            sheet.write(row, 1, name, look)
            sheet.write(row, 2, "鳥取市", struck if name == "空想の集い" else look)
            sheet.write(row, 3, row / 8, share)
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.autofilter(0, 0, len(names), 3)
        sheet.filter_column(1, "x <> 選ばれない会")
        sheet.set_row(5, None, None, {"hidden": True})
        book.add_worksheet("別の表").write_row(0, 0, ["団体名", "架空の会"])

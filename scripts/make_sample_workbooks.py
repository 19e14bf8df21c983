"""Write the Excel files of docs/samples, which show lists as offices keep them.

Run ``python scripts/make_sample_workbooks.py``. The CSV files there are written by hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import xlsxwriter
from xlsxwriter.utility import xl_cell_to_rowcol

SAMPLES = Path(__file__).parent.parent / "docs" / "samples"
MADE_ON = datetime(2025, 4, 1)
Cell = str | int | date | None
MEMBERS: list[list[Cell]] = [
    ["架空県つながりプラットフォーム　会員名簿"],
    [None, None, None, None, None, None, "令和7年4月1日現在"],
    [],
    ["No.", "団体名", "フリガナ", "会員区分", "入会日", "所在市区町村", "分野", "公開可否"],
    [
        1,
        "社会福祉法人架空町社会福祉協議会",
        "カクウチョウシャカイフクシキョウギカイ",
        "会員",
        date(2023, 10, 1),
        "岩美町",
        "介護",
        "○",
    ],
    [2, "架空こども食堂", "カクウコドモショクドウ", "協力会員", date(2024, 4, 1), "鳥取市", "青少年、子育て", "×"],
    [3, "一般社団法人架空わかもの応援", "カクウワカモノオウエン", "会員", "R6.7.1", "米子市", "経済・就労", "○"],
]

FIELDS = ["子育て", "ひきこもり", "生活困窮", "フードバンク"]
MARKS: list[list[Cell]] = [
    ["架空の活動分野調べ（○をつけたもの）"],
    ["団体名", "会員区分", "活動分野", None, None, None],
    [None, None, *FIELDS],
    ["架空こども食堂", "協力会員", "○", None, None, "○"],
    ["特定非営利活動法人架空の居場所", "会員", None, "○", "○", None],
    ["合計", None, 1, 1, 1, 1],
]

BODIES = ["特定非営利活動法人架空の居場所", "社会福祉法人架空町社会福祉協議会", "架空こども食堂"]
SQUARE: list[list[Cell]] = [
    ["架空の情報共有の状況（3＝よくある、1＝たまにある）"],
    [None, *BODIES],
    [BODIES[0], "－", 3, None],
    [BODIES[1], 3, "－", 1],
    [BODIES[2], None, 1, "－"],
]


def write_workbook(name: str, sheets: dict[str, Sequence[Sequence[Cell]]], *, merged: tuple[str, ...] = ()) -> None:
    """Write a workbook; days are real dates of Excel, and the ranges `merged` of each sheet are one cell."""
    book = xlsxwriter.Workbook(
        SAMPLES / name, {"default_format_properties": {"font_name": "Yu Gothic", "font_size": 11}}
    )
    book.set_properties({"created": MADE_ON})
    day = book.add_format({"num_format": "yyyy/m/d", "font_name": "Yu Gothic", "font_size": 11})
    for title, rows in sheets.items():
        sheet = book.add_worksheet(title)
        sheet.set_column(0, 0, 6)
        sheet.set_column(1, 8, 24)
        for line, row in enumerate(rows):
            for position, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write_datetime(line, position, datetime.combine(cell, datetime.min.time()), day)
                elif cell is not None:
                    sheet.write(line, position, cell)
        for cells in merged:
            first = xl_cell_to_rowcol(cells.split(":")[0])
            sheet.merge_range(cells, rows[first[0]][first[1]])
    book.close()


def main() -> None:
    """Write them all."""
    write_workbook("members.xlsx", {"会員名簿": MEMBERS})
    write_workbook("members-marks.xlsx", {"活動分野": MARKS}, merged=("C2:F2",))
    write_workbook("ties-square.xlsx", {"情報共有": SQUARE})


if __name__ == "__main__":
    main()

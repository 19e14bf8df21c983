"""One table as an Excel workbook, for who goes on in a spreadsheet."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from tsunagari.errors import Message, OutputError
from tsunagari.graph.wording import ColumnEntry, heading
from tsunagari.viz.excel.cells import Book, make_formats, new_workbook, set_up_page, write_table

if TYPE_CHECKING:
    import pandas as pd

MOST_ROWS = 1_048_575  # of a sheet of Excel, without that of the headings
SHEET = Message("表", "table")
_WIDEST = 60


def table_workbook(frame: pd.DataFrame, *, lang: str = "ja") -> bytes:
    """Return a workbook with one sheet: headings in the first row, filter, numbers as numbers.

    The same table gives the same bytes. No text becomes a formula or a link.

    Parameters
    ----------
    frame
        The table; lists become text, ``attrs["column_labels"]`` may name its columns. An empty one gives the headings.
    lang
        ``"ja"`` or ``"en"``.

    Raises
    ------
    OutputError
        It has more rows than a sheet can hold.

    Examples
    --------
    >>> import pandas as pd
    >>> table_workbook(pd.DataFrame({"area": ["鳥取市"], "severity": [0.6]}))[:2]
    b'PK'
    """
    if len(frame) > MOST_ROWS:
        raise OutputError(
            Message(
                f"{len(frame):,} 行は Excel のシート 1 枚に入りません（{MOST_ROWS:,} 行まで）。",
                f"{len(frame):,} rows are more than a sheet of Excel holds ({MOST_ROWS:,}).",
            ),
            Message("--format csv か parquet を使ってください。", "Use --format csv or parquet."),
        )
    buffer = io.BytesIO()
    book = new_workbook(buffer, title=SHEET.text(lang), day="")
    report = Book(book, lang, SHEET.text(lang), "", make_formats(book))
    sheet = book.add_worksheet(report.words(SHEET))
    set_up_page(sheet)
    labels = frame.attrs.get("column_labels", {})
    columns = [_column(frame, str(name), str(labels.get(name) or heading(str(name), lang))) for name in frame.columns]
    write_table(report, sheet, 0, frame.set_axis([str(name) for name in frame.columns], axis="columns"), columns)
    book.close()
    return buffer.getvalue()


def _column(frame: pd.DataFrame, name: str, title: str) -> ColumnEntry:
    kind = frame[name].dtype.kind
    style = {"i": "number", "u": "number", "f": "ratio", "b": "centre"}.get(kind, "text")
    label = Message(title, title)
    return ColumnEntry(name, label, label, "any", _WIDEST, style)

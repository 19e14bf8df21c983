"""The words of a paper that no table holds."""

from __future__ import annotations

from tsunagari.errors import Message

CONCLUSION = Message("結論", "Conclusion")
FIGURE = Message("図　市区町村×分野の状況", "Figure: municipality × field by status")
MATRIX = Message("図　市区町村（行）×分野（列）", "Figure: municipalities (rows) by fields (columns)")
TILES = Message(
    "図　地元の担い手が確認できない所の割合（%）、都道府県ごと",
    "Figure: share of cells in which nobody local is known (%), by prefecture",
)
PICTURE = Message("図　つながりの地図", "Figure: map of the ties")
CAUTIONS = Message("読むときの注意", "How not to read this")
SOURCES = Message("出典", "Sources")
NONE = Message("該当なし", "none")
MORE = Message(
    "先頭の {shown:,} 行です（全部で {rows:,} 行。すべては xlsx・csv・json の報告に）。",
    "The first {shown:,} of {rows:,} rows; xlsx, csv and json hold all of them.",
)


def as_of(day: str, lang: str) -> str:
    """Return the words for the day of a paper.

    >>> as_of("2025-04-01", "ja"), as_of("2025-04-01", "en"), as_of("", "ja")
    ('令和7年4月1日時点', 'as of 2025-04-01', '全期間')
    """
    if lang == "en":
        return f"as of {day}" if day else "all time"
    if not day:
        return "全期間"
    year, month, number = (int(part) for part in day[:10].split("-"))
    told = f"令和{year - 2018}年" if year > 2019 else f"{year}年"
    return f"{told.replace('令和1年', '令和元年')}{month}月{number}日時点"


def sources_text(titles: tuple[str, ...], lang: str) -> str:
    """Return what stands before the number of the sources.

    >>> sources_text(("会員名簿", "調査"), "ja")
    '会員名簿、調査　ほか、全'
    """
    listed = ("、" if lang != "en" else "; ").join(titles)
    return f"{listed}　ほか、全" if lang != "en" else f"{listed} and others, in all "

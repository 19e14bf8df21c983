"""Rows and cells of Excel's old workbooks (xls, [MS-XLS]) as they look: hidden, struck through, shares."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

from tsunagari.loaders.files.cell_formats import PERCENT_FORMATS, shows_percent
from tsunagari.loaders.files.cell_places import xls_records, xls_sheets
from tsunagari.loaders.files.sheets import LookCounts, SheetScan

_FONT, _FORMAT, _STYLE, _ROW = 0x31, 0x41E, 0xE0, 0x208
_TEXTS = frozenset({0xFD, 0x204})
_CELLS = frozenset({0x203, 0x27E, 0x06, 0x205}) | _TEXTS
_NUMBERS = 0xBD  # several in a row
_HEAD = b"\x09\x08\x10\x00\x00\x06"  # of Excel 97 and later; older ones say nothing that is read here


@dataclass(slots=True)
class _Styles:
    """What a workbook says of its styles, in the order in which cells number them."""

    struck_fonts: list[bool] = field(default_factory=list)
    percent: set[int] = field(default_factory=lambda: set(PERCENT_FORMATS))
    styles: list[tuple[int, int]] = field(default_factory=list)  # font and format

    def is_struck(self, style: int) -> bool:
        font = self.styles[style][0] if style < len(self.styles) else 0
        font -= font > 4  # no font has the number 4
        return font < len(self.struck_fonts) and self.struck_fonts[font]

    def is_share(self, style: int) -> bool:
        return style < len(self.styles) and self.styles[style][1] in self.percent


def scan_old_sheets(book: bytes) -> dict[str, SheetScan]:
    """Return what the cells of each sheet do not tell, by its name; nothing of a workbook that cannot be gone through.

    Parameters
    ----------
    book
        The stream of the workbook, see `tsunagari.loaders.files.cell_places.xls_stream`.
    """
    if not book.startswith(_HEAD):
        return {}
    try:
        styles = _styles(book)
        return {name: _scan(book, start, styles) for name, start in xls_sheets(book).items()}
    except (struct.error, IndexError, ValueError, UnicodeDecodeError):
        return {}  # what opens the workbook says what is wrong


def _styles(book: bytes) -> _Styles:
    found = _Styles()
    for kind, start, _ in xls_records(book, 0):
        if kind == _FONT:
            found.struck_fonts.append(bool(book[start + 2] & 8))
        elif kind == _FORMAT:
            number, length, wide = struct.unpack_from("<HHB", book, start)
            if shows_percent(_text(book, start + 5, length, wide)):
                found.percent.add(number)
        elif kind == _STYLE:
            font, number = struct.unpack_from("<HH", book, start)
            found.styles.append((font, number))
    return found


def _text(book: bytes, start: int, length: int, wide: int) -> str:
    is_wide = bool(wide & 1)
    text = book[start : start + length * (1 + is_wide)]
    return text.decode("utf-16-le" if is_wide else "latin-1")


def _scan(book: bytes, place: int, styles: _Styles) -> SheetScan:
    scan, look = SheetScan(), LookCounts()
    for kind, start, end in xls_records(book, place):
        if kind == _ROW and end - start >= 16 and book[start + 12] & 0x20:
            scan.hidden.add(struct.unpack_from("<H", book, start)[0] + 1)
        elif kind in _CELLS:
            row, column, style = struct.unpack_from("<HHH", book, start)
            is_struck = styles.is_struck(style)
            look.add((row + 1, column), is_text=kind in _TEXTS, is_struck=is_struck)
            if styles.is_share(style):
                scan.percent.add((row + 1, column))
        elif kind == _NUMBERS:
            row, column = struct.unpack_from("<HH", book, start)
            for number, at in enumerate(range(start + 4, end - 2, 6)):
                (style,) = struct.unpack_from("<H", book, at)
                look.add((row + 1, column + number), is_text=False, is_struck=styles.is_struck(style))
                if styles.is_share(style):
                    scan.percent.add((row + 1, column + number))
    look.note(scan)
    return scan

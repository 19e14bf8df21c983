"""What the formats of a workbook say of its cells: shares shown with %, text struck through."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape

_STYLES, _TEXTS = "xl/styles.xml", "xl/sharedStrings.xml"
_LARGEST = 32 << 20  # bytes of a list of styles or of texts in parts; those of an office have some thousand
_PERCENT, _TIME = re.compile("%"), re.compile(r"[ymdhsge]+(?![^\[]*\])|\[[hms]+\]", re.IGNORECASE)
PERCENT_FORMATS = frozenset({9, 10})
_KNOWN_FORMATS = {  # those every workbook knows without naming them
    _PERCENT: PERCENT_FORMATS,
    _TIME: frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}),
}
_FORMAT = re.compile(rb"<(?:\w+:)?numFmt\b[^>]*>")
_PART = r"<(?:\w+:)?{0}\b[^>]*?(?:/>|>(.*?)</(?:\w+:)?{0}>)"
_FONTS = re.compile(_PART.format("fonts").encode(), re.DOTALL)
_FONT = re.compile(rb"<(?:\w+:)?font\b[^>]*?(?:/>|>(.*?)</(?:\w+:)?font>)", re.DOTALL)
_STRIKE = re.compile(rb'<(?:\w+:)?strike\b(?![^>]*val="(?:0|false)")')
_CELL_STYLES = re.compile(_PART.format("cellXfs").encode(), re.DOTALL)
_CELL_STYLE = re.compile(rb"<(?:\w+:)?xf\b[^>]*>")
_ITEM = re.compile(rb"<(?:\w+:)?si\b[^>]*?(?:/>|>(.*?)</(?:\w+:)?si>)", re.DOTALL)
_RUN = re.compile(rb"<(?:\w+:)?r>(.*?)</(?:\w+:)?r>", re.DOTALL)
_TEXT = re.compile(rb"<(?:\w+:)?t\b[^>]*?(?:/>|>(.*?)</(?:\w+:)?t>)", re.DOTALL)
_ATTRIBUTE = re.compile(rb'(\w+)="([^"]*)"')
_QUOTED = re.compile(r'"[^"]*"|\\.')


@dataclass(frozen=True, slots=True)
class CellFormats:
    """Styles, by the number that cells name them by.

    Parameters
    ----------
    percent
        Those that show a number as a share of a hundred.
    struck
        Those that strike the text through.
    times
        Those that show a number as a day or a time.
    texts
        Number of a shared text that is struck through in part or as a whole to what is left of it.
    """

    percent: frozenset[int] = frozenset()
    struck: frozenset[int] = frozenset()
    texts: Mapping[int, str] = field(default_factory=dict)
    times: frozenset[int] = frozenset()


def read_cell_formats(archive: zipfile.ZipFile) -> CellFormats:
    """Return the styles of an xlsx workbook; none when it names none."""
    texts = _struck_texts(_part(archive, _TEXTS))
    data = _part(archive, _STYLES)
    if not data:
        return CellFormats(texts=texts)
    percent, times = _formats_with(_PERCENT, data), _formats_with(_TIME, data)
    fonts = _FONTS.search(data)
    struck = {
        place for place, font in enumerate(_FONT.findall(fonts[1] or b"") if fonts else ()) if _STRIKE.search(font)
    }
    styles = _CELL_STYLES.search(data)
    found = [_attributes(tag) for tag in _CELL_STYLE.findall(styles[1] or b"")] if styles else []
    return CellFormats(
        frozenset(place for place, style in enumerate(found) if _number(style, "numFmtId") in percent),
        frozenset(place for place, style in enumerate(found) if _number(style, "fontId") in struck),
        texts,
        frozenset(place for place, style in enumerate(found) if _number(style, "numFmtId") in times),
    )


def shows_percent(code: str) -> bool:
    """Tell whether a format shows a number as a share of a hundred.

    Examples
    --------
    >>> shows_percent("0.0%"), shows_percent('0"%"'), shows_percent("#,##0")
    (True, False, False)
    """
    return "%" in _QUOTED.sub("", code)


def text_left(item: bytes) -> str | None:
    """Return what is left of a text in parts without those that are struck through; None when none is.

    Parameters
    ----------
    item
        The XML of the text.

    Examples
    --------
    >>> text_left(b"<r><rPr><strike/></rPr><t>old</t></r><r><t> new</t></r>"), text_left(b"<t>as it is</t>")
    ('new', None)
    """
    runs = _RUN.findall(item) if b"strike" in item else []
    kept = [run for run in runs if not _STRIKE.search(run)]
    if len(kept) == len(runs):
        return None
    text = "".join(part.decode("utf-8", "replace") for run in kept for part in _TEXT.findall(run))
    return unescape(text).strip()


def _struck_texts(data: bytes) -> dict[int, str]:
    found = ((number, text_left(item)) for number, item in enumerate(_ITEM.findall(data) if b"strike" in data else ()))
    return {number: text for number, text in found if text is not None}


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    """Return a part of the workbook; nothing when it has none, or one that no office writes."""
    try:
        return archive.read(name) if archive.getinfo(name).file_size <= _LARGEST else b""
    except KeyError:
        return b""


def _formats_with(signs: re.Pattern[str], data: bytes) -> set[int]:
    """Return the numbers of the formats that hold one of some signs: those that every workbook knows, and its own."""
    formats = set(_KNOWN_FORMATS[signs])
    for tag in _FORMAT.findall(data):
        values = _attributes(tag)
        if signs.search(_QUOTED.sub("", values.get("formatCode", "").replace("&quot;", '"'))):
            formats.add(_number(values, "numFmtId"))
    return formats


def _attributes(tag: bytes) -> dict[str, str]:
    return {key.decode(): value.decode("utf-8", "replace") for key, value in _ATTRIBUTE.findall(tag)}


def _number(values: dict[str, str], key: str) -> int:
    text = values.get(key, "")
    return int(text) if text.isdigit() else -1

"""What the formats of a workbook say of its cells: shares shown with %, text struck through."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass

_STYLES = "xl/styles.xml"
_LARGEST = 32 << 20  # bytes of a list of styles; that of an office has a few thousand
_PERCENT_FORMATS = frozenset({9, 10})  # those every workbook knows without naming them
_FORMAT = re.compile(rb"<(?:\w+:)?numFmt\b[^>]*>")
_PART = r"<(?:\w+:)?{0}\b[^>]*?(?:/>|>(.*?)</(?:\w+:)?{0}>)"
_FONTS = re.compile(_PART.format("fonts").encode(), re.DOTALL)
_FONT = re.compile(rb"<(?:\w+:)?font\b[^>]*?(?:/>|>(.*?)</(?:\w+:)?font>)", re.DOTALL)
_STRIKE = re.compile(rb'<(?:\w+:)?strike\b(?![^>]*val="(?:0|false)")')
_CELL_STYLES = re.compile(_PART.format("cellXfs").encode(), re.DOTALL)
_CELL_STYLE = re.compile(rb"<(?:\w+:)?xf\b[^>]*>")
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
    """

    percent: frozenset[int] = frozenset()
    struck: frozenset[int] = frozenset()


def read_cell_formats(archive: zipfile.ZipFile) -> CellFormats:
    """Return the styles of an xlsx workbook; none when it names none."""
    try:
        if archive.getinfo(_STYLES).file_size > _LARGEST:
            return CellFormats()
        data = archive.read(_STYLES)
    except KeyError:
        return CellFormats()
    percent = _percent_formats(data)
    fonts = _FONTS.search(data)
    struck = {
        place for place, font in enumerate(_FONT.findall(fonts[1] or b"") if fonts else ()) if _STRIKE.search(font)
    }
    styles = _CELL_STYLES.search(data)
    found = [_attributes(tag) for tag in _CELL_STYLE.findall(styles[1] or b"")] if styles else []
    return CellFormats(
        frozenset(place for place, style in enumerate(found) if _number(style, "numFmtId") in percent),
        frozenset(place for place, style in enumerate(found) if _number(style, "fontId") in struck),
    )


def _percent_formats(data: bytes) -> set[int]:
    formats = set(_PERCENT_FORMATS)
    for tag in _FORMAT.findall(data):
        values = _attributes(tag)
        if "%" in _QUOTED.sub("", values.get("formatCode", "").replace("&quot;", '"')):
            formats.add(_number(values, "numFmtId"))
    return formats


def _attributes(tag: bytes) -> dict[str, str]:
    return {key.decode(): value.decode("utf-8", "replace") for key, value in _ATTRIBUTE.findall(tag)}


def _number(values: dict[str, str], key: str) -> int:
    text = values.get(key, "")
    return int(text) if text.isdigit() else -1

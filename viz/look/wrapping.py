"""Breaking text into lines where a Japanese character takes two columns."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache

NO_LINE_START = "、。，．）」』】〉》・：；！？ー…,.)]}:;!?々ぁぃぅぇぉっゃゅょァィゥェォッャュョ"


def display_width(text: str) -> int:
    """Return the number of terminal columns `text` takes: 2 for a wide character, 0 for a combining one.

    >>> display_width("鳥取市 31")
    9
    """
    return len(text) if text.isascii() else sum(map(_columns, text))


@cache
def _columns(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def wrap_text(text: str, width: int, *, first: str = "", rest: str = "") -> str:
    """Break `text` into lines of at most `width` columns.

    Latin words stay whole; Japanese breaks between characters, but never before a closing mark.
    `first` and `rest` are put before the first and the other lines and count as part of them.

    >>> print(wrap_text("鳥取市と八頭町をつなぐ。", 12))
    鳥取市と八頭
    町をつなぐ。
    """
    lines: list[str] = []
    line, used = first, display_width(first)
    start = True
    for piece in _pieces(text):
        size = display_width(piece)
        if not start and used + size > width and not piece.isspace():
            lines.append(line.rstrip())
            line, used, start = rest, display_width(rest), True
        if start and piece.isspace():
            continue
        line, used, start = line + piece, used + size, False
    return "\n".join([*lines, line.rstrip()])


def _pieces(text: str) -> Iterator[str]:
    """Yield the smallest parts that may stand on a line of their own, with the blanks between them as parts."""
    piece = ""
    for char in " ".join(text.split()):
        wide = _columns(char) == 2
        if char in NO_LINE_START and piece.strip():
            piece += char
        elif piece and (char == " " or piece[-1] == " " or wide or _columns(piece[-1]) == 2):
            yield piece
            piece = char
        else:
            piece += char
    if piece:
        yield piece

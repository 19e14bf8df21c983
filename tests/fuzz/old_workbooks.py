"""What the cells of an old workbook (xls) say, record by record, as lines of text; apart from how the package reads."""

from __future__ import annotations

import struct
from collections import defaultdict
from collections.abc import Iterator

import olefile

BEGIN, END, SHEET, TEXTS, SHARED = 0x809, 0x0A, 0x85, 0xFC, 0xFD


def lines_of_xls(data: bytes) -> Iterator[str]:
    """Yield the text of each sheet, a line a row and tabs between the cells; only cells that share texts."""
    with olefile.OleFileIO(data) as container:
        stream = container.openstream("Workbook").read()
    texts, starts = [], []
    for kind, record in _records(stream, 0):
        if kind == SHEET:
            starts.append(struct.unpack_from("<I", record)[0])
        elif kind == TEXTS:
            texts = list(_texts(record))
    for start in starts:
        rows: dict[int, list[str]] = defaultdict(list)
        for kind, record in _records(stream, start):
            if kind == SHARED:
                row, _, _, number = struct.unpack_from("<HHHI", record)
                rows[row] += [texts[number]] if number < len(texts) else []
        yield "\n".join("\t".join(rows[row]) for row in range(max(rows, default=-1) + 1))


def _records(stream: bytes, place: int) -> Iterator[tuple[int, bytes]]:
    depth = 0
    while place + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, place)
        record = stream[place + 4 : place + 4 + size]
        place += 4 + size
        depth += (kind == BEGIN) - (kind == END)
        if depth <= 0:
            return
        if depth == 1:
            yield kind, record


def _texts(record: bytes) -> Iterator[str]:
    place = 8
    while place + 3 <= len(record):
        size, flags = struct.unpack_from("<HB", record, place)
        place += 3
        runs = struct.unpack_from("<H", record, place)[0] if flags & 8 else 0
        more = struct.unpack_from("<I", record, place + (2 if flags & 8 else 0))[0] if flags & 4 else 0
        place += (2 if flags & 8 else 0) + (4 if flags & 4 else 0)
        end = place + size * (2 if flags & 1 else 1)
        yield record[place:end].decode("utf-16-le" if flags & 1 else "latin-1", "replace")
        place = end + 4 * runs + more

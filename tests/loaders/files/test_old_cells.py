from __future__ import annotations

import random

from tests.loaders.files.looks import HERE

from tsunagari.loaders.files.cell_places import xls_stream
from tsunagari.loaders.files.old_cells import scan_old_sheets

DATA = (HERE / "looks.xls").read_bytes()


def test_rows_cells_and_shares_of_an_old_workbook_are_seen_as_they_look() -> None:
    scans = scan_old_sheets(xls_stream(DATA))
    assert list(scans) == ["名簿", "別の表"]
    scan = scans["名簿"]
    assert (scan.hidden, scan.struck) == ({3, 6}, {4})
    assert scan.struck_cells == {(4, 1), (4, 2), (5, 2)}
    assert scan.percent == {(row, 3) for row in range(2, 8)}
    assert (scans["別の表"].hidden, scans["別の表"].struck) == (set(), set())


def test_a_damaged_workbook_says_nothing_and_never_fails() -> None:
    chance = random.Random(1)
    for _ in range(300):
        data = bytearray(DATA)
        for _ in range(chance.randrange(1, 40)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        cut = data[: chance.randrange(len(data))] if chance.random() < 0.3 else data
        scan_old_sheets(xls_stream(bytes(cut)))
    assert scan_old_sheets(xls_stream(DATA[:600])) == scan_old_sheets(xls_stream(b"")) == {}

"""Rows of a large list wait on disk and come back as they were."""

from __future__ import annotations

import gc

import pytest

from tsunagari.loaders.files.spool import BATCH, Spool, spooled
from tsunagari.loaders.tables.row import Row, row_spool, spooled_rows


def test_items_come_back_in_their_order_as_often_as_asked() -> None:
    spool = Spool(range(2 * BATCH + 3))
    assert list(spool) == list(spool) == list(range(2 * BATCH + 3))
    assert (spool[0], spool[BATCH], spool[-1], spool[BATCH - 1 : BATCH + 1]) == (
        0,
        BATCH,
        2 * BATCH + 2,
        [BATCH - 1, BATCH],
    )
    with pytest.raises(IndexError):
        spool[2 * BATCH + 3]


def test_two_readers_of_one_spool_do_not_disturb_each_other() -> None:
    spool = Spool(range(3 * BATCH))
    assert all(one == other for one, other in zip(spool, spool, strict=True))


def test_a_spool_can_grow_after_it_was_read() -> None:
    spool = Spool(range(BATCH))
    assert len(list(spool)) == BATCH
    spool.append(-1)
    assert (len(spool), spool[-1]) == (BATCH + 1, -1)


def test_few_items_stay_in_memory() -> None:
    assert spooled(iter([1, 2])) == [1, 2]
    assert isinstance(spooled(iter(range(BATCH))), Spool)


def test_rows_keep_what_they_say_of_an_organization_and_their_prefecture() -> None:
    rows = row_spool()
    rows.extend(Row(number, {"member": f"架空{number}"}, {}, None) for number in range(BATCH))
    rows.append(Row(BATCH, {}, {"lg_code": "312011"}, "鳥取県"))
    assert (rows[5].number, rows[5].cells, rows[5].party) == (5, {"member": "架空5"}, {})
    assert rows[-1] == Row(BATCH, {}, {"lg_code": "312011"}, "鳥取県")


def test_short_lists_of_rows_stay_as_they_are() -> None:
    rows = [Row(1, {}, {})]
    assert spooled_rows(rows) is rows
    assert isinstance(spooled_rows(rows * BATCH), Spool)


def test_the_file_is_closed_when_nobody_needs_the_rows() -> None:
    spool = Spool(range(BATCH))
    file = spool._file
    del spool
    gc.collect()
    assert file is not None
    assert file.closed

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from tsunagari.errors import Message
from tsunagari.loaders.files.spool import BATCH
from tsunagari.loaders.issues.issues import make_issue
from tsunagari.loaders.kept.frames import opened, sealed
from tsunagari.loaders.kept.readings import KeptReading, pack_reading, unpack_reading
from tsunagari.loaders.tables.row import Row, row_spool
from tsunagari.loaders.tables.table import Table
from tsunagari.loaders.workspace.kinds import KINDS, Kind


def table(count: int) -> Table:
    rows = row_spool()
    rows.extend(
        Row(number, {"member": f"架空{number}", "id": "m1"}, {"sector": "npo"} if number % 2 else {}, "鳥取県")
        for number in range(2, count + 2)
    )
    issues = [make_issue("empty-table", file="a.csv", sheet="会員", row=3, column="名前", value="x")]
    return Table(rows, {"member": "団体名", "id": "番号"}, issues, "会員", (1, 2), is_companion=True, is_tidy=True)


@pytest.mark.parametrize("count", [0, 3, BATCH, 2 * BATCH + 1])
def test_a_reading_comes_back_as_it_was(count: int) -> None:
    kind = replace(KINDS["contacts"], party="contact_of", creates=("contact_of",))
    made = table(count)
    found = KeptReading(
        [(kind, made), (KINDS["members"], table(1))], "utf-8", "ab", made.issues, Counter({"図書館": 2})
    )
    back = unpack_reading(pack_reading(found, "k"), "k")
    assert [kind for kind, _ in back.tables] == [kind, KINDS["members"]]
    one = back.tables[0][1]
    assert list(one.rows) == list(made.rows)
    assert [list(row.cells) for row in one.rows[:3]] == [list(row.cells) for row in made.rows[:3]]
    assert (one.headers, one.sheet, one.header_rows, one.issues) == (made.headers, "会員", (1, 2), made.issues)
    assert one.is_companion
    assert one.is_tidy
    assert (back.encoding, back.sha256, back.issues, back.missed) == (
        "utf-8",
        "ab",
        made.issues,
        Counter({"図書館": 2}),
    )


@pytest.mark.parametrize("name", ["contacts", "geometries"])
def test_a_kind_that_is_none_of_ours_is_not_kept(name: str) -> None:
    strange = Kind(name, "Other", "other", Message("別", "other"))
    with pytest.raises(ValueError, match=name):
        pack_reading(KeptReading([(strange, table(1))], "utf-8", "ab", [], Counter()), "k")


def test_a_reading_of_another_key_is_an_error() -> None:
    found = KeptReading([], "utf-8", "ab", [], Counter())
    with pytest.raises(ValueError, match="key"):
        unpack_reading(pack_reading(found, "k"), "l")


@pytest.mark.parametrize(
    "frames",
    [
        [],
        [[]],
        [{"key": "k", "tables": 3}],
        [
            {
                "key": "k",
                "tables": [{"kind": "members", "changed": {}}],
                "issues": [],
                "missed": [],
                "encoding": "",
                "sha256": "",
            }
        ],
    ],
)
def test_a_sealed_file_of_something_else_is_an_error(frames: list[object]) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - whatever is missing first
        unpack_reading(sealed(frames), "k")


@pytest.mark.parametrize(
    "batch",
    [
        [["2"], [None], [0], [[["member"], []]], ["架空の会"]],
        [[2], [5], [0], [[["member"], []]], ["架空の会"]],
        [[2], [None], ["0"], [[["member"], []]], ["架空の会"]],
        [[2], [None], [1], [[["member"], []]], ["架空の会"]],
        [[2], [None], [0], [[["member"], []]], [5]],
        [[2], [None], [0], [[["member"], []]], []],
        [[2], [None], [0], [[["member"], ["sector"]]], ["架空の会"]],
        [[2], [None], [0], [[["member"], []]], ["架空の会", "もう一つ"]],
        [[2], [], [0], [[["member"], []]], ["架空の会"]],
        [[2, {}, None, None]],
        [],
    ],
)
def test_rows_of_other_types_are_an_error(batch: list[object]) -> None:
    data = pack_reading(KeptReading([(KINDS["members"], table(1))], "utf-8", "ab", [], Counter()), "k")
    head, *_ = opened(data)
    with pytest.raises(ValueError):  # noqa: PT011 - whichever part is wrong
        unpack_reading(sealed([head, batch]), "k")

"""A name of a sheet is one that Excel takes, and an issue finds its cell in the user's table."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsunagari.viz.issues import own_tables as module
from tsunagari.viz.issues.own_tables import Names, OwnTable, own_tables


def issue(**given: Any) -> dict[str, Any]:
    names = ("severity", "code", "file", "sheet", "row", "column", "value", "message", "hint")
    return dict.fromkeys(names) | {"severity": "error", "code": "bad-date"} | given


@given(st.lists(st.text(max_size=50), max_size=20))
def test_names_of_sheets_are_valid_and_different(wanted: list[str]) -> None:
    names = Names(["要約"])
    given = [names.take(name) for name in wanted]
    assert len({name.casefold() for name in given} | {"要約", "history"}) == len(given) + 2
    for name in given:
        assert 0 < len(name) <= 31
        assert not set(name) & set("[]:*?/\\")
        assert not name.startswith("'")


def test_an_issue_finds_the_cell_below_its_header_else_the_one_with_its_value() -> None:
    rows = [
        (1, ["会員名簿", "", ""]),
        (2, ["団体名", "入会日", "備考"]),
        (3, ["架空の会", "未定", "x"]),
        (4, ["架空", "", ""]),
    ]
    dated, valued = issue(row=3, column="入会日", value="未定"), issue(row=3, value="x")
    whole, general = issue(row=4), issue()
    table = OwnTable("a.csv", None, "a.csv", rows, True, [dated, valued, whole, general])
    assert table.header == 2
    assert [table.cell(item) for item in table.issues] == [(2, 2), (2, 3), (3, 1), (1, 1)]


def test_an_issue_finds_a_header_of_two_rows() -> None:
    rows = [(1, ["団体名", "所在地", ""]), (2, ["", "市区町村", "住所"]), (3, ["架空の会", "架空市", "x"])]
    found = issue(row=3, column="所在地／市区町村", value="架空市")
    table = OwnTable("a.xlsx", "会員", "会員", rows, True, [found], [(0, 1, 0, 2)])
    assert table.header == 2
    assert table.cell(found) == (2, 2)


def test_a_long_table_shows_the_rows_around_the_issues(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "WHOLE_TABLE", 20)
    monkeypatch.setattr(module, "FIRST_ROWS", 2)
    lines = ["団体名,入会日", *(f"架空{number},未定" for number in range(2, 60))]
    (tmp_path / "a.csv").write_text("\n".join(lines), encoding="utf-8")
    (table,) = own_tables(tmp_path, [issue(file="a.csv", row=40, column="入会日", value="未定")], taken=())
    assert [number for number, _ in table.rows] == [1, 2, 38, 39, 40, 41, 42]
    assert table.cell(table.issues[0]) == (5, 2)  # below the note and six rows


def test_the_most_serious_tables_are_shown_and_large_files_are_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_TABLES", 2)
    monkeypatch.setattr(module, "LARGEST_FILE", 100)
    for name, size in (("a.csv", 1), ("large.csv", 60), ("b.csv", 1), ("c.csv", 1)):
        (tmp_path / name).write_text("団体名\n" + "架空\n" * size, encoding="utf-8")
    (tmp_path / "graph.ttl").write_text("@prefix ex: <http://example.org/> .\n", encoding="utf-8")
    issues = [issue(file=name, row=2) for name in ("a.csv", "graph.ttl", "large.csv", "b.csv", "c.csv")]
    assert [table.file for table in own_tables(tmp_path, issues, taken=())] == ["a.csv", "b.csv"]


def test_a_file_that_is_gone_shows_no_table(tmp_path: Path) -> None:
    assert own_tables(tmp_path, [issue(file="gone.csv", row=1), issue()], taken=()) == []

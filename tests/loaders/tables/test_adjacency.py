from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from tsunagari.errors import SourceError
from tsunagari.loaders.adding.inspection import inspect_file
from tsunagari.loaders.files.grid import Grid
from tsunagari.loaders.session.load import load_workspace
from tsunagari.loaders.tables.adjacency import read_adjacency
from tsunagari.loaders.tables.headers import HeaderMap
from tsunagari.loaders.tables.table import Table
from tsunagari.loaders.workspace.kinds import KINDS
from tsunagari.loaders.workspace.settings import Source
from tsunagari.ontology.vocabulary import vocabulary


def read(*rows: list[str], sheet: str | None = "関係", **settings: Any) -> Table:
    grid = Grid("ties.xlsx", [(number, row) for number, row in enumerate(rows, start=1)], sheet)
    table = read_adjacency(grid, HeaderMap(Source("ties.xlsx", "ties", **settings), KINDS["ties"], vocabulary()))
    assert table is not None
    return table


def ties(table: Table) -> list[tuple[int, str, str, str, str | None]]:
    return [
        (row.number, row.cells["tie_from"], row.cells["tie_to"], row.cells["directed"], row.cells.get("strength"))
        for row in table.rows
    ]


def test_equal_halves_give_one_tie_a_pair_with_its_strength() -> None:
    table = read(
        ["情報共有の状況", "", "", ""],
        ["", "架空A", "架空B", "架空C"],
        ["架空A", "－", "3", "○"],
        ["架空B", "３", "", "0"],
        ["架空C", "○", "×", ""],
    )
    assert ties(table) == [(3, "架空A", "架空B", "false", "3"), (3, "架空A", "架空C", "false", None)]
    assert {row.cells["tie_kind"] for row in table.rows} == {"information"}
    assert not table.issues


def test_one_half_is_enough_and_halves_that_differ_have_a_direction() -> None:
    half = read(["情報共有", "架空A", "架空B"], ["架空A", "", "○"], ["架空B", "", ""])
    assert ties(half) == [(2, "架空A", "架空B", "false", None)]
    directed = read(
        ["紹介", "架空A", "架空B", "架空C"], ["架空A", "", "○", "2"], ["架空B", "", "", ""], ["架空C", "1", "", ""]
    )
    assert [tie[:4] for tie in ties(directed)] == [
        (2, "架空A", "架空B", "true"),
        (2, "架空A", "架空C", "true"),
        (4, "架空C", "架空A", "true"),
    ]


def test_names_on_one_side_totals_and_unclear_cells_are_told() -> None:
    table = read(
        ["No", "情報共有", "架空のA会", "架空B", "合計"],
        ["1", "架空A会", "", "○", "1"],
        ["2", "架空B", "△", "", "1"],
        ["3", "架空のA会", "", "", ""],
        ["", "合計", "1", "1", "2"],
    )
    assert [(issue.code, issue.row, issue.value) for issue in table.issues] == [
        ("one-sided-name", 2, "架空A会"),
        ("total-row", 5, "合計"),
        ("total-row", 1, "合計"),
        ("unclear-mark", 3, "△"),
    ]
    assert "架空のA会" in table.issues[0].hint.ja
    assert [(tie[1], tie[2]) for tie in ties(table)] == [("架空A会", "架空B")]


def test_without_a_kind_the_person_is_asked_for_it() -> None:
    with pytest.raises(SourceError, match="nothing says of what kind") as caught:
        read(["", "架空A", "架空B"], ["架空A", "", "○"], ["架空B", "", ""])
    assert "情報共有" in caught.value.text("ja")
    assert 'values = { tie_kind = "…" }' in caught.value.text("ja")


def test_the_settings_may_say_the_kind() -> None:
    table = read(["", "架空A", "架空B"], ["架空A", "", "○"], ["架空B", "", ""], values={"tie_kind": "情報共有"})
    assert [row.cells["tie_kind"] for row in table.rows] == ["情報共有"]


def test_a_square_beside_a_guide_is_what_is_asked_about(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "ties.xlsx") as book:
        book.add_worksheet("説明").write_row(0, 0, ("この表の書き方", "担当", "種類"))
        sheet = book.add_worksheet("関係")
        for number, row in enumerate((["", "架空A", "架空B"], ["架空A", "", "○"], ["架空B", "", ""])):
            sheet.write_row(number, 0, row)
    settings = '[workspace]\nas_of = 2023-10-01\n[[source]]\nfile = "ties.xlsx"\nkind = "ties"\n'
    (tmp_path / "tsunagari.toml").write_text(settings, encoding="utf-8")
    with pytest.raises(SourceError, match="nothing says of what kind") as caught:
        load_workspace(tmp_path)
    assert caught.value.place.sheet == "関係"


def test_a_list_of_ties_is_no_square() -> None:
    grid = Grid("ties.csv", [(1, ["連携元", "連携先", "連携の種類"]), (2, ["架空A", "架空B", "情報共有"])])
    assert read_adjacency(grid, HeaderMap(Source("ties.csv", "ties"), KINDS["ties"], vocabulary())) is None


def test_a_square_loads_and_is_recognised(tmp_path: Path) -> None:
    (tmp_path / "ties.csv").write_text("情報共有,架空の会,架空の園\n架空の会,,2\n架空の園,2,\n", encoding="utf-8")
    settings = '[workspace]\nas_of = 2023-10-01\n[[source]]\nfile = "ties.csv"\nkind = "ties"\n'
    (tmp_path / "tsunagari.toml").write_text(settings, encoding="utf-8")
    load = load_workspace(tmp_path)
    assert not load.issues
    (tie,) = (record for record in load.records if record.cls == "CollaborationTie")
    assert (tie.values["strength"], tie.values["directed"]) == ((2.0,), (False,))
    assert [place.row for place in tie.evidence] == [2]
    assert inspect_file(tmp_path / "ties.csv").kind == KINDS["ties"]

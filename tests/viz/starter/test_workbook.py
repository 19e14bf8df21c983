"""The workbook of a new workspace loads as it is, and helps to fill it in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tsunagari.graph.knowledge.build import build
from tsunagari.loaders.session.load import load_workspace
from tsunagari.loaders.starter.starter import init_workspace, starter_tables
from tsunagari.ontology.vocabulary import vocabulary
from tsunagari.viz.starter.workbook import LAST_ROW, starter_workbook

LISTS = ["プラットフォーム", "団体", "会員名簿", "支援・窓口", "連携関係"]


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("starter") / "架空の町"
    init_workspace(folder, workbook=starter_workbook())
    return folder


@pytest.fixture(scope="module")
def book(workspace: Path) -> Any:
    return openpyxl.load_workbook(workspace / "つながり.xlsx")


def dropdown(sheet: Any, place: str) -> Any:
    return next((rule for rule in sheet.data_validations.dataValidation if place in rule.sqref), None)


def choices(book: Any, rule: Any) -> list[str]:
    name, cells = rule.formula1.replace("'", "").replace("$", "").split("!")
    return [row[0].value for row in book[name][cells]]


def test_it_builds_without_an_issue(workspace: Path) -> None:
    with build(workspace) as graph:
        assert graph.issues.empty
        assert graph.check().empty
        assert len(graph.gaps()) == 42
        assert graph.sources["title"].tolist().count("つながり.xlsx 会員名簿") == 1


def test_it_says_the_same_as_the_csv_files(workspace: Path, tmp_path: Path) -> None:
    init_workspace(tmp_path)
    one, other = (load_workspace(folder).records for folder in (workspace, tmp_path))
    kept = ("Platform", "PlatformMembership", "SupportService", "CollaborationTie", "LocalGovernment")
    for cls in kept:
        assert [record.iri for record in one if record.cls == cls] == [r.iri for r in other if r.cls == cls]


def test_instructions_come_first_and_choices_last(book: Any) -> None:
    assert book.sheetnames == ["記入のしかた", *LISTS, "選択肢"]
    words = [str(cell.value) for row in book["記入のしかた"].iter_rows() for cell in row if cell.value]
    assert any("tsunagari build" in word for word in words)
    assert any("架空" in word for word in words)


def test_required_columns_are_marked_and_every_header_explains_itself(book: Any) -> None:
    ties = book["連携関係"]
    headers = [cell.value for cell in ties[1]]
    assert headers[:4] == ["連携元 ※必須", "連携先 ※必須", "連携の種類 ※必須", "向きあり"]
    assert ties["A1"].fill.fgColor.rgb != ties["D1"].fill.fgColor.rgb
    for name in LISTS:
        assert all(cell.comment for cell in book[name][1])
        assert book[name].freeze_panes == "B2"
    assert "（必須）" in ties["C1"].comment.text
    assert "書き方：" in ties["C1"].comment.text


def test_concepts_are_chosen_from_their_scheme(book: Any) -> None:
    rule = dropdown(book["会員名簿"], "E2")
    labels = [concept.labels["ja"] for concept in vocabulary().schemes["membership-class"].concepts]
    assert choices(book, rule) == labels
    assert dropdown(book["会員名簿"], f"E{LAST_ROW}") is rule
    assert dropdown(book["連携関係"], "D2").formula1 == '"○,×"'
    assert choices(book, dropdown(book["連携関係"], "A2"))[2:4] == ["NPO法人架空よりそいの会", "社会福祉法人架空福祉会"]


def test_the_examples_stand_in_the_choices(book: Any) -> None:
    for table in starter_tables():
        for mapped in table.columns:
            if mapped.column.scheme is None:
                continue
            rule = dropdown(book[table.sheet], f"{chr(65 + mapped.position)}2")
            written = {part for row in table.rows for part in row[mapped.position].split("、") if part}
            assert written <= set(choices(book, rule)), (table.sheet, mapped.header)


def test_codes_keep_their_first_zero(book: Any) -> None:
    assert book["団体"]["E2"].number_format == "@"


def test_the_same_ontology_gives_the_same_bytes() -> None:
    assert starter_workbook() == starter_workbook()

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from tsunagari.errors import SourceError
from tsunagari.loaders.session.load import load_workspace
from tsunagari.loaders.session.parts import SourceContent, SourceInput, read_source
from tsunagari.loaders.workspace.settings import Source, Workspace
from tsunagari.ontology.records import Reference
from tsunagari.ontology.vocabulary import vocabulary

Write = Callable[..., Path]
PLATFORMS = "ID,プラットフォーム名\npf,架空プラットフォーム\n"
TABLE = [["団体名", "区分"], ["架空の会", "会員"]]


def book(path: Path, **sheets: list[list[str]]) -> None:
    with xlsxwriter.Workbook(str(path)) as made:
        for name, rows in sheets.items():
            sheet = made.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)


def read(folder: Path, **settings: Any) -> SourceContent:
    source = Source("a.xlsx", "members", platform="pf", **settings)
    workspace = Workspace(folder, "架空", date(2023, 10, 1), (), "hyogo", (source,))
    return read_source(SourceInput(workspace, source, vocabulary()))


def test_every_sheet_with_a_table_is_read_and_the_others_are_told(tmp_path: Path) -> None:
    guide = [["この表の書き方"], ["一行に一団体を書いてください"]]
    broken = [["フリガナ", "法人番号", "住所"], ["カクウ", "4000012090001", "架空市"]]
    book(tmp_path / "a.xlsx", 書き方=guide, 東部=TABLE, 西部=TABLE, 見出し違い=broken[:1])
    content = read(tmp_path)
    assert [part.table.sheet for part in content.parts] == ["東部", "西部", "見出し違い"]
    assert [(issue.code, issue.severity, issue.sheet) for issue in content.issues] == [
        ("sheet-left-out", "notice", "書き方")
    ]


def test_a_sheet_that_looks_like_a_table_but_lacks_a_column_is_a_warning(tmp_path: Path) -> None:
    book(tmp_path / "a.xlsx", 東部=TABLE, 西部=[["フリガナ", "区分"], ["カクウ", "会員"]])
    content = read(tmp_path)
    (issue,) = content.issues
    assert (issue.code, issue.severity, issue.sheet, issue.row) == ("sheet-without-required", "warning", "西部", 1)
    assert "必要な列「団体」" in issue.message.ja
    with pytest.raises(SourceError, match="lacks the required column"):
        read(tmp_path, sheets=("西部",))


def test_a_workbook_without_any_table_is_an_error(tmp_path: Path) -> None:
    book(tmp_path / "a.xlsx", 書き方=[["この表の書き方"]])
    with pytest.raises(SourceError, match="lacks the required column"):
        read(tmp_path)


def test_a_sheet_is_chosen_in_the_settings_and_stands_in_the_evidence(tmp_path: Path) -> None:
    book(tmp_path / "a.xlsx", 東部=TABLE, 西部=[["団体名"], ["架空の西の会"]])
    (tmp_path / "platforms.csv").write_text("ID,プラットフォーム名\npf,架空\n", encoding="utf-8")
    (tmp_path / "tsunagari.toml").write_text(
        '[workspace]\nas_of = 2023-10-01\n[[source]]\nfile = "platforms.csv"\nkind = "platforms"\n'
        '[[source]]\nfile = "a.xlsx"\nkind = "members"\nplatform = "pf"\nsheet = "西部"\n',
        encoding="utf-8",
    )
    load = load_workspace(tmp_path)
    assert not load.issues
    (member,) = (record for record in load.records if record.cls == "PlatformMembership")
    assert [(place.sheet, place.row) for place in member.evidence] == [("西部", 2)]
    assert load.sources[1].encoding == "xlsx"


@pytest.mark.parametrize(
    ("header", "address", "code"),
    [
        ("住所", "鳥取県鳥取市架空町1", "31201"),
        ("所在地", "鳥取市架空町1", "31201"),
        ("都道府県,住所", "広島県,府中市架空町1", "34208"),
        ("市区町村,住所", "岩美町,鳥取県鳥取市架空町1", "31302"),
        ("住所", "府中市架空町1", None),
        ("住所", "架空1", None),
    ],
)
def test_the_municipality_of_a_member_follows_from_its_address(
    write_workspace: Write, header: str, address: str, code: str | None
) -> None:
    members = f"団体名,{header}\n架空の会,{address}\n"
    load = load_workspace(write_workspace(platforms=PLATFORMS, members=(members, 'platform = "pf"')))
    codes = {"府中市架空町1": "ambiguous-address", "架空1": "unplaced-address"}
    assert [issue.code for issue in load.issues] == ([] if code else [codes[address]])
    (body,) = (record for record in load.records if record.cls == "StakeholderOrganization")
    found = [value.iri for value in body.values.get("municipality", ()) if isinstance(value, Reference)]
    assert found == ([f"https://w3id.org/tsunagari/id/area/{code}"] if code else [])
    assert body.values["address"] == (address.rpartition(",")[2],)

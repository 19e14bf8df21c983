"""The municipalities of a programme: the programme from the dataset, the year from title, column or settings."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tsunagari.errors import SourceError
from tsunagari.loaders.session.load import Load, load_workspace
from tsunagari.loaders.session.parts import SourceInput, recognized_kinds
from tsunagari.loaders.workspace.settings import read_workspace
from tsunagari.ontology.records import Record, Reference
from tsunagari.ontology.vocabulary import vocabulary

Put = Callable[..., Path]
Bytes = Callable[..., bytes]
ID = "https://w3id.org/tsunagari/id/"
ROWS = [["都道府県", "市町村名"], ["鳥取県", "鳥取市"], ["", "北栄町"], ["広島県", "府中市"]]


def participation(loaded: Load) -> list[Record]:
    return [record for record in loaded.records if record.cls == "ProgrammeParticipation"]


def members(loaded: Load) -> list[str]:
    found = (value for record in participation(loaded) for value in record.values["member"])
    return [value.iri.removeprefix(f"{ID}org/") for value in found if isinstance(value, Reference)]


@pytest.mark.parametrize("encoding", ["cp932", "utf-8-sig"])
def test_title_and_prefectures_that_reach_down(put_source: Put, csv_bytes: Bytes, encoding: str) -> None:
    table = [["令和６年度 重層的支援体制整備事業 実施市町村一覧"], *ROWS]
    loaded = load_workspace(put_source("list.csv", csv_bytes(table, encoding), "open-dataset"))
    assert members(loaded) == ["9000020312011", "2000020313726", "7000020342084"]
    assert {record.values["fiscal_year"] for record in participation(loaded)} == {(2024,)}
    (programme,) = (record for record in loaded.records if record.cls == "Programme")
    assert programme.values["pref_label"] == ("重層的支援体制整備事業",)
    assert {record.values["programme"] for record in participation(loaded)} == {(Reference(programme.iri),)}


def test_the_settings_say_programme_and_year(put_source: Put, csv_bytes: Bytes) -> None:
    programmes = "ID,事業名\njuso,重層的支援体制整備事業\n"
    put_source("programmes.csv", programmes, "programmes")
    further = 'values = { programme = "juso", fiscal_year = "2023" }'
    table = [["重層的支援体制整備事業"], *ROWS]
    loaded = load_workspace(put_source("list.csv", csv_bytes(table, "utf-8"), "open-dataset", further))
    assert {record.values["programme"] for record in participation(loaded)} == {(Reference(f"{ID}programme/juso"),)}
    assert {record.values["fiscal_year"] for record in participation(loaded)} == {(2023,)}


def test_a_column_may_say_the_year(put_source: Put, csv_bytes: Bytes) -> None:
    table = [
        ["重層的支援体制整備事業"],
        ["No.", "都道府県", "実施市町村", "実施年度"],
        ["1", "鳥取県", "鳥取市", "令和5年度"],
    ]
    loaded = load_workspace(put_source("list.csv", csv_bytes(table, "utf-8"), "open-dataset"))
    assert [record.values["fiscal_year"] for record in participation(loaded)] == [(2023,)]


def test_without_a_year_the_list_asks_for_it(put_source: Put, csv_bytes: Bytes) -> None:
    table = [["重層的支援体制整備事業"], *ROWS]
    with pytest.raises(SourceError, match="fiscal year") as error:
        load_workspace(put_source("list.csv", csv_bytes(table, "utf-8"), "open-dataset"))
    assert error.value.hint is not None
    assert "fiscal_year" in error.value.hint.ja


def test_headers_alone_tell_nothing(put_source: Put, csv_bytes: Bytes) -> None:
    workspace = read_workspace(put_source("list.csv", csv_bytes(ROWS, "utf-8"), "open-dataset"))
    content = SourceInput(workspace, workspace.sources[0], vocabulary()).content
    assert recognized_kinds(content) == []

from __future__ import annotations

from pathlib import Path

import pytest

from tsunagari.errors import OutputError, WorkspaceError
from tsunagari.loaders.session.load import load_workspace
from tsunagari.loaders.starter.starter import init_workspace, starter_tables
from tsunagari.loaders.workspace.settings import read_workspace


def test_a_new_workspace_loads_without_a_warning(tmp_path: Path) -> None:
    written = init_workspace(tmp_path / "new" / "workspace")
    assert written[0].name == "tsunagari.toml"
    load = load_workspace(tmp_path / "new" / "workspace")
    assert {issue.code for issue in load.issues} <= {"name-alone"}  # ties give names only
    classes = [record.cls for record in load.records]
    assert classes.count("PlatformMembership") == 6
    assert {"Platform", "SupportService", "CollaborationTie", "LocalGovernment"} <= set(classes)
    assert {info.closed for info in load.sources} == {True, False, None}


def test_a_workbook_takes_the_place_of_the_tables(tmp_path: Path) -> None:
    written = init_workspace(tmp_path, workbook=b"PK")
    assert [path.name for path in written] == ["tsunagari.toml", "つながり.xlsx"]
    sources = read_workspace(tmp_path).sources
    assert [source.file for source in sources] == ["つながり.xlsx"] * 5
    assert [source.sheets[0] for source in sources] == [table.sheet for table in starter_tables()]


def test_every_example_is_marked_fictional_and_excel_reads_the_tables(tmp_path: Path) -> None:
    for path in init_workspace(tmp_path)[1:]:
        data = path.read_bytes()
        assert data.startswith(b"\xef\xbb\xbf")
        assert data.count(b"\n") == data.count(b"\r\n") > 1
        rows = data.decode("utf-8-sig").splitlines()[1:]
        assert all("架空" in row or row.startswith(("鳥取市,", "岩美町,")) for row in rows)


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "members.csv").write_text("mine", encoding="utf-8")
    with pytest.raises(WorkspaceError, match=r"already holds members\.csv"):
        init_workspace(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["members.csv"]
    assert (tmp_path / "members.csv").read_text(encoding="utf-8") == "mine"


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(OutputError, match="Cannot write") as caught:
        init_workspace(tmp_path / "file" / "workspace")
    assert "書き込めません" in caught.value.text("ja")

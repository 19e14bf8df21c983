from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from tsunagari.errors import SourceError
from tsunagari.loaders.adapters.registers.streams import register_tables
from tsunagari.loaders.session.parts import SourceInput
from tsunagari.loaders.workspace.settings import read_workspace
from tsunagari.ontology.vocabulary import vocabulary

Put = Callable[..., Path]
Bytes = Callable[..., bytes]
ROWS = [["架空", "１"], ["髙﨑", "②"]]


def tables(path: Path) -> list[tuple[str | None, str, list[list[str]]]]:
    workspace = read_workspace(path)
    given = SourceInput(workspace, workspace.sources[0], vocabulary())
    return [(table.sheet, table.encoding, [cells for _, cells in table.rows]) for table in register_tables(given)]


@pytest.mark.parametrize("encoding", ["cp932", "utf-8", "utf-8-sig", "utf-16"])
def test_each_encoding_of_the_registers_is_told_apart(
    put_source: Put, csv_bytes: Callable[..., bytes], encoding: str
) -> None:
    rows = ROWS if encoding != "cp932" else [["架空", "１"], ["髙崎", "②"]]
    data = csv_bytes(rows, encoding)
    if encoding == "utf-16":
        data = data.decode(encoding).replace(",", "\t").encode(encoding)
    assert tables(put_source("a.csv", data, "npo-portal")) == [(None, encoding, rows)]


def test_several_files_of_an_archive_are_tables_with_names(put_source: Put, csv_bytes: Callable[..., bytes]) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("01/hokkaido.csv", csv_bytes(ROWS, "utf-8"))
        archive.writestr("02/aomori.csv", csv_bytes(ROWS[:1]))
        archive.writestr("readme.pdf", b"%PDF")
    found = tables(put_source("all.zip", buffer.getvalue(), "npo-portal"))
    assert found == [("hokkaido.csv", "utf-8", ROWS), ("aomori.csv", "cp932", ROWS[:1])]


@pytest.mark.parametrize(
    ("file", "data", "said"),
    [
        ("a.csv", "架空".encode("cp932") + b"\n\x81\xff", "81 FF"),
        ("a.csv", b'a,"b\n' + b"x" * 200_000, "Row 1"),
        ("a.zip", b"PK\x03\x04broken" + b"PK\x05\x06" + b"\0" * 18, "a.zip"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_place(put_source: Put, file: str, data: bytes, said: str) -> None:
    with pytest.raises(SourceError, match=said):
        tables(put_source(file, data, "npo-portal"))


def test_archives_without_a_table_and_encrypted_ones_are_refused(
    put_source: Put, zip_bytes: Callable[..., bytes]
) -> None:
    path = put_source("a.zip", zip_bytes(x_dot_pdf=b"%PDF"), "npo-portal")
    with pytest.raises(SourceError, match="no CSV file"):
        tables(path)
    data = bytearray(zip_bytes(x_dot_csv=b"a,b"))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    (path / "a.zip").write_bytes(data)
    with pytest.raises(SourceError, match="password"):
        tables(path)


def test_a_folder_is_said_to_be_one(put_source: Put, tmp_path: Path) -> None:
    (tmp_path / "b.csv").mkdir()
    text = '[workspace]\nas_of = 2023-10-01\n[[source]]\nfile = "b.csv"\nkind = "npo-portal"\n'
    (tmp_path / "tsunagari.toml").write_text(text, encoding="utf-8")
    with pytest.raises(SourceError, match="folder"):
        tables(tmp_path)


def test_one_file_of_an_archive_may_be_named(put_source: Put, zip_bytes: Bytes) -> None:
    archive = zip_bytes(one_dot_csv=b"1", two_dot_csv=b"2")
    assert tables(put_source("a.zip", archive, "npo-portal", 'inside = "two.csv"')) == [(None, "utf-8", [["2"]])]


def test_a_register_saved_as_a_workbook_is_read_by_its_sheets(put_source: Put) -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as workbook:
        workbook.add_worksheet("架空").write_row(0, 0, ROWS[0])
    assert tables(put_source("a.csv", buffer.getvalue(), "npo-portal")) == [("架空", "xlsx", [["架空", "１"]])]


@pytest.fixture
def named_in_cp932(zip_bytes: Bytes) -> bytes:
    """Return an archive as Japanese Windows makes it."""
    data = zip_bytes(XXXX_dot_csv=b"1", YYYY_dot_csv=b"2")
    return data.replace(b"XXXX", "北海".encode("cp932")).replace(b"YYYY", "青森".encode("cp932"))


def test_names_written_by_japanese_windows_are_read(put_source: Put, named_in_cp932: bytes) -> None:
    found = tables(put_source("a.zip", named_in_cp932, "npo-portal"))
    assert found == [("北海.csv", "utf-8", [["1"]]), ("青森.csv", "utf-8", [["2"]])]


def test_one_of_them_is_chosen_by_its_name(put_source: Put, named_in_cp932: bytes) -> None:
    path = put_source("a.zip", named_in_cp932, "npo-portal", 'inside = "青森.csv"')
    assert tables(path) == [(None, "utf-8", [["2"]])]


def test_a_wrong_name_is_answered_with_theirs(put_source: Put, named_in_cp932: bytes) -> None:
    with pytest.raises(SourceError, match="no CSV file") as caught:
        tables(put_source("a.zip", named_in_cp932, "npo-portal", 'inside = "岩手.csv"'))
    assert "北海.csv、青森.csv" in caught.value.text("ja")

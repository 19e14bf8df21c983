"""Workbooks that really are encrypted, with “kakuu”: by msoffcrypto (xlsx) and by LibreOffice (the others)."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from tsunagari.errors import SourceError
from tsunagari.loaders.files.grids import read_grids
from tsunagari.loaders.files.protection import OLE_MAGIC, is_locked_ods, is_locked_ole

LOCKED = Path(__file__).with_name("locked")
OPENING = bytes.fromhex("0908100000060500bb0dcc070000000006000000")  # first record of a workbook of Excel 97 to 2003


@pytest.mark.parametrize("name", ["locked.xlsx", "locked.xls", "locked.ods"])
def test_a_workbook_with_a_password_is_told_as_such_whatever_its_name(tmp_path: Path, name: str) -> None:
    for file in (name, "members.csv"):
        (tmp_path / file).write_bytes((LOCKED / name).read_bytes())
        with pytest.raises(SourceError) as caught:
            read_grids(tmp_path / file, file)
        assert caught.value.text("ja").startswith(f"{file} はパスワードで保護されているので読めません。")
        assert "パスワードを外してください" in caught.value.text("ja")
        assert "save a copy without the password" in caught.value.text("en")


@pytest.mark.parametrize(
    ("record", "locked"),
    [("2f003600", True), ("860000002f000600", True), ("e1000200b004", False), ("86000000e1000200", False)],
)
def test_an_old_workbook_is_locked_when_its_password_record_comes_first(record: str, locked: bool) -> None:
    assert is_locked_ole(OLE_MAGIC + bytes(2048) + OPENING + bytes.fromhex(record) + bytes(64)) is locked


def test_an_opendocument_file_without_a_manifest_is_not_locked() -> None:
    with zipfile.ZipFile(io.BytesIO(), "w") as archive:
        assert not is_locked_ods(archive)

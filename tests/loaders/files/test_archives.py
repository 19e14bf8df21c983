from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from tsunagari.errors import SourceError
from tsunagari.loaders.files.grids import read_grids

TABLE = "団体名,備考\n架空の会,\n".encode("cp932")


def archive(path: Path, **files: bytes) -> Path:
    with zipfile.ZipFile(path, "w") as made:
        for name, data in files.items():
            made.writestr(name.replace("__", "/").replace("_", "."), data)
    return path


def test_the_one_table_of_a_zip_is_read_whatever_its_name(tmp_path: Path) -> None:
    path = archive(tmp_path / "members.csv", list_csv=TABLE, readme_pdf=b"%PDF")
    content = read_grids(path, "members.csv")
    assert content.encoding == "cp932"
    assert content.grids[0].file == "members.csv"
    assert content.grids[0].rows == [(1, ["団体名", "備考"]), (2, ["架空の会", ""])]
    (issue,) = content.issues
    assert (issue.code, issue.severity, issue.value) == ("archive-read", "notice", "list.csv")


def test_of_several_tables_one_must_be_named(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.zip", a_csv=TABLE, folder__b_tsv="団体名\t備考\n".encode())
    with pytest.raises(SourceError, match="ZIP archive with 2 tables") as caught:
        read_grids(path, "a.zip")
    assert "a.csv、folder/b.tsv" in caught.value.text("ja")
    assert 'inside = "…"' in caught.value.text("ja")
    assert read_grids(path, "a.zip", inside="b.tsv").grids[0].rows == [(1, ["団体名", "備考"])]
    with pytest.raises(SourceError, match=r"inside = 'c\.csv'"):
        read_grids(path, "a.zip", inside="c.csv")


def test_a_zip_without_a_table_is_told(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="without any CSV or Excel file"):
        read_grids(archive(tmp_path / "a.zip", photo_jpg=b"x"), "a.zip")


def test_names_written_by_japanese_windows_are_read(tmp_path: Path) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as made:
        made.writestr("XXXX.csv", TABLE)
    path = tmp_path / "a.zip"
    path.write_bytes(data.getvalue().replace(b"XXXX", "名簿".encode("cp932")))
    assert read_grids(path, "a.zip").issues[0].value == "名簿.csv"


def test_a_locked_and_a_damaged_zip_are_told(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.zip", list_csv=TABLE)
    data = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1  # the flag that says the entry is encrypted
    path.write_bytes(data)
    with pytest.raises(SourceError, match="protected by a password"):
        read_grids(path, "a.zip")
    path = archive(tmp_path / "b.zip", list_csv=TABLE)
    path.write_bytes(path.read_bytes().replace(TABLE, TABLE[::-1]))
    with pytest.raises(SourceError, match="damaged"):
        read_grids(path, "b.zip")

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsunagari.errors import SourceError
from tsunagari.loaders.files.decode import decode, read_text, sha256_if_read, without_controls

TEXT = "団体名,区分\n髙島㈱①～,会員\n"


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("cp932", "cp932"),
        ("utf-16", "utf-16"),
        ("utf-16-be-bom", "utf-16"),
    ],
)
def test_reads_what_offices_write(encoding: str, name: str) -> None:
    data = b"\xfe\xff" + TEXT.encode("utf-16-be") if encoding == "utf-16-be-bom" else TEXT.encode(encoding)
    decoded = decode(data, "members.csv")
    assert decoded.text == TEXT
    assert decoded.encoding == name


def is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


# the signs left out are encoded to what decodes to their look-alikes; U+0080 and U+00A0 are assigned to no character
CP932 = st.characters(codec="cp932", exclude_categories=["Cc", "Co"], exclude_characters="¢£¬‖−〜\xa0")


@given(st.text(CP932, min_size=1).filter(lambda text: not is_utf8(text.encode("cp932"))))
def test_cp932_round_trip(text: str) -> None:
    data = text.encode("cp932")
    if not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        assert decode(data, "a.csv").text == text


PLAIN = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff"), min_size=1)


@given(PLAIN, st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_no_text_in_unicode_is_lost(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), "a.csv").text == text


def test_names_the_byte_that_is_neither_utf8_nor_cp932() -> None:
    data = "団体名\n".encode() + b"ab\xff\xff\n"
    with pytest.raises(SourceError) as caught:
        decode(data, "members.csv")
    assert caught.value.place.row == 2
    assert "byte offset 12 (FF FF 0A)" in caught.value.text("en")
    assert "先頭から 12 バイト目" in caught.value.text("ja")
    assert "members.csv" in caught.value.text("ja")


def test_names_the_byte_behind_a_mark() -> None:
    with pytest.raises(SourceError, match="byte offset 4"):
        decode(b"\xef\xbb\xbfa\xff", "members.csv")


@pytest.mark.parametrize(
    ("data", "what"),
    [(b"PK\x03\x04rest", "xlsx"), (b"\xd0\xcf\x11\xe0rest", "xls"), (b"%PDF-1.7", "PDF")],
)
def test_a_workbook_named_csv_is_said_to_be_one(data: bytes, what: str) -> None:
    with pytest.raises(SourceError, match=what):
        decode(data, "members.csv")


def test_many_control_characters_are_no_text_a_few_stay_for_the_reader_of_cells() -> None:
    with pytest.raises(SourceError, match=r"line 2, byte offset 5 holds the control character U\+0000"):
        decode(b"a,b\nc\x00\x01\x02,d\n", "members.csv")
    assert decode(b"a,b\nc\x00,d\n", "members.csv").text == "a,b\nc\x00,d\n"
    assert without_controls("c\x00\t\n") == "c\t\n"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark_is_known_by_its_line_ends(encoding: str) -> None:
    decoded = decode(TEXT.encode(encoding), "members.csv")
    assert (decoded.text, decoded.encoding) == (TEXT, encoding)


def test_a_missing_file_a_folder_and_a_forbidden_file_are_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"no file members\.csv"):
        read_text(tmp_path / "members.csv", "members.csv")
    with pytest.raises(SourceError, match="a folder"):
        read_text(tmp_path, "members.csv")


def test_a_file_that_excel_holds_is_to_be_closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "会員名簿.xlsx").touch()
    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(SourceError) as caught:
        read_text(tmp_path / "会員名簿.xlsx", "会員名簿.xlsx")
    assert "会員名簿.xlsx を読めません" in caught.value.text("ja")
    assert "Excel などで開いていれば保存して閉じてください" in caught.value.text("ja")


def test_an_empty_file_is_an_empty_text() -> None:
    assert decode(b"", "members.csv").text == ""


@given(st.binary(max_size=200))
def test_never_raises_anything_else(data: bytes) -> None:
    with contextlib.suppress(SourceError):
        decode(data, "members.csv")


def test_what_is_no_file_has_no_checksum(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"")
    assert sha256_if_read(tmp_path / "a") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert sha256_if_read(tmp_path) is None
    assert sha256_if_read(tmp_path / "b") is None

"""Files that are there whole or not at all."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

import pytest

from tsunagari import atomic_files
from tsunagari.atomic_files import write_files, write_output
from tsunagari.errors import OutputError


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("failing", ["fsync", "replace"])
def test_a_full_disk_leaves_every_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str) -> None:
    old = {tmp_path / name: name.encode() for name in ("a.txt", "b.txt")}
    for path, data in old.items():
        path.write_bytes(data)
    calls = []

    def full(*_arguments: object) -> None:
        calls.append(1)
        if len(calls) == 2 or failing == "replace":
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(*((atomic_files.os, "fsync") if failing == "fsync" else (Path, "replace")), full)
    with pytest.raises(OutputError, match="No space left"):
        write_files(dict.fromkeys(old, b"new"))
    assert {path: path.read_bytes() for path in old} == old
    assert names(tmp_path) == ["a.txt", "b.txt"]


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_a_link_is_followed_and_stays(tmp_path: Path) -> None:
    (tmp_path / "link.txt").symlink_to("real.txt")
    for data in (b"first", b"second"):
        write_output(tmp_path / "link.txt", data)
        assert (tmp_path / "link.txt").is_symlink()
        assert (tmp_path / "real.txt").read_bytes() == data
    assert names(tmp_path) == ["link.txt", "real.txt"]


@pytest.mark.skipif(sys.platform == "win32", reason="no such files there")
def test_what_is_no_ordinary_file_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "circle").symlink_to("circle")
    (tmp_path / "through").symlink_to("pipe")
    (tmp_path / "file").touch()
    places = ("pipe", "circle", "through", ".", "file/below", "a" * 300 + ".txt", "nul\0.txt", "x" * 5000)
    for place in (*(tmp_path / name for name in places), Path("/dev/null")):
        with pytest.raises(OutputError):
            write_output(place, b"data")
    assert names(tmp_path) == ["circle", "file", "pipe", "through"]


def test_a_name_of_the_greatest_length_can_be_written(tmp_path: Path) -> None:
    assert write_output(tmp_path / ("a" * 251 + ".csv"), b"x").read_bytes() == b"x"

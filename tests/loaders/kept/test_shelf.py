from __future__ import annotations

from pathlib import Path

import pytest

from tsunagari.loaders.kept.bound import damaged_files
from tsunagari.loaders.kept.frames import sealed
from tsunagari.loaders.kept.shelf import Shelf


def test_what_is_not_asked_for_is_not_kept_on(tmp_path: Path) -> None:
    first = Shelf(None, tmp_path / "one")
    first.keep("a", b"1", size=1)
    first.keep("b", b"2", size=1)
    first.bind("graph")
    second = Shelf(tmp_path / "one", tmp_path / "two")
    assert second.take("a") == b"1"
    second.carry("a")
    assert second.take("c") is None
    assert second.found == 1
    assert [path.name for path in (tmp_path / "two").iterdir()] == ["a"]
    second.bind("graph")
    assert Shelf(tmp_path / "two", tmp_path / "three").take("a") == b"1"


def test_nothing_is_taken_when_all_is_to_be_read_anew(tmp_path: Path) -> None:
    Shelf(None, tmp_path / "one").keep("a", b"1", size=1)
    assert Shelf(None, tmp_path / "two").take("a") is None


def test_a_link_that_leads_elsewhere_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"1")
    first = Shelf(None, tmp_path / "one")
    first.keep("a", b"1", size=1)
    first.bind("graph")
    assert Shelf(tmp_path / "one", tmp_path / "two").take("a") == b"1"
    (tmp_path / "one" / "a").unlink()
    (tmp_path / "one" / "a").symlink_to(tmp_path / "secret")
    assert Shelf(tmp_path / "one", tmp_path / "two").take("a") is None


def test_a_reading_out_of_proportion_to_its_file_is_not_kept(tmp_path: Path) -> None:
    shelf = Shelf(None, tmp_path / "one")
    shelf.keep("small", b"x" * 60_000, size=10)
    shelf.keep("large", b"x" * 70_000, size=10)
    shelf.keep("fitting", b"x" * 70_000, size=40_000)
    assert sorted(path.name for path in (tmp_path / "one").iterdir()) == ["fitting", "small"]


def test_what_was_exchanged_since_it_was_kept_is_not_taken(tmp_path: Path) -> None:
    first = Shelf(None, tmp_path / "one")
    for key in "abc":
        first.keep(key, sealed([key]), size=1)
    first.bind("graph")
    one = tmp_path / "one"
    (one / "a").write_bytes((one / "b").read_bytes())
    (one / "c").write_bytes(sealed(["another"]))
    (one / "stray").write_bytes(sealed(["stray"]))
    second = Shelf(one, tmp_path / "two")
    assert [key for key in ("a", "b", "c", "stray") if second.take(key) is not None] == ["b"]


def test_a_disk_that_is_full_keeps_no_half(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def write_half(path: Path, data: bytes) -> int:
        with path.open("wb") as file:
            file.write(data[:1])
        raise OSError(28, "No space left on device")

    shelf = Shelf(None, tmp_path / "one")
    shelf.keep("a", sealed(["a"]), size=40)
    with monkeypatch.context() as patched:
        patched.setattr(Path, "write_bytes", write_half)
        shelf.keep("b", sealed(["b"]), size=40)
    shelf.bind("graph")
    assert sorted(path.name for path in (tmp_path / "one").iterdir()) == ["a", "bound"]
    assert list(damaged_files(tmp_path / "one", "graph")) == []

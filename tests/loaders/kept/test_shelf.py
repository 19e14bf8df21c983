from __future__ import annotations

from pathlib import Path

from tsunagari.loaders.kept.shelf import Shelf


def test_what_is_not_asked_for_is_not_kept_on(tmp_path: Path) -> None:
    first = Shelf(None, tmp_path / "one")
    first.keep("a", b"1", size=1)
    first.keep("b", b"2", size=1)
    second = Shelf(tmp_path / "one", tmp_path / "two")
    assert second.take("a") == b"1"
    second.carry("a")
    assert second.take("c") is None
    assert second.found == 1
    assert [path.name for path in (tmp_path / "two").iterdir()] == ["a"]


def test_nothing_is_taken_when_all_is_to_be_read_anew(tmp_path: Path) -> None:
    Shelf(None, tmp_path / "one").keep("a", b"1", size=1)
    assert Shelf(None, tmp_path / "two").take("a") is None


def test_a_link_that_leads_elsewhere_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"1")
    (tmp_path / "one").mkdir()
    (tmp_path / "one" / "a").symlink_to(tmp_path / "secret")
    assert Shelf(tmp_path / "one", tmp_path / "two").take("a") is None


def test_a_reading_out_of_proportion_to_its_file_is_not_kept(tmp_path: Path) -> None:
    shelf = Shelf(None, tmp_path / "one")
    shelf.keep("small", b"x" * 60_000, size=10)
    shelf.keep("large", b"x" * 70_000, size=10)
    shelf.keep("fitting", b"x" * 70_000, size=40_000)
    assert sorted(path.name for path in (tmp_path / "one").iterdir()) == ["fitting", "small"]

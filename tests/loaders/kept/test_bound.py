from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from tsunagari.loaders.kept.bound import BOUND, damaged_files, read_bound
from tsunagari.loaders.kept.frames import opened, sealed
from tsunagari.loaders.kept.shelf import Shelf


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shelf = Shelf(None, tmp_path / "lists")
    shelf.keep("a", sealed(["架空の会"]), size=1)
    shelf.keep_facts("b", sealed(["架空の輪"]), size=1)
    shelf.bind("graph")
    return tmp_path / "lists"


def test_what_was_kept_is_said_with_its_graph(folder: Path) -> None:
    bound = read_bound(folder)
    assert (bound.graph, bound.facts, sorted(bound.seals)) == ("graph", {"b"}, ["a", "b"])
    assert list(damaged_files(folder, "graph")) == []


def swap(folder: Path) -> None:
    first, second = folder / "a", folder / "b"
    data = first.read_bytes()
    first.write_bytes(second.read_bytes())
    second.write_bytes(data)


def edit(path: Path, place: int) -> None:
    data = bytearray(path.read_bytes())
    data[place] ^= 1
    path.write_bytes(data)


def link(path: Path) -> None:
    path.rename(path.with_name("elsewhere"))
    path.symlink_to(path.with_name("elsewhere"))


DAMAGE: dict[str, tuple[Callable[[Path], object], set[str]]] = {
    "edited at its beginning": (lambda folder: edit(folder / "a", 0), {"a"}),
    "edited in the middle": (lambda folder: edit(folder / "a", 40), {"a"}),
    "edited in its seal": (lambda folder: edit(folder / "a", -1), {"a"}),
    "cut short": (lambda folder: (folder / "a").write_bytes((folder / "a").read_bytes()[:-1]), {"a"}),
    "emptied": (lambda folder: (folder / "a").write_bytes(b""), {"a"}),
    "sealed anew": (lambda folder: (folder / "a").write_bytes(sealed(["架空の会 "])), {"a"}),
    "swapped": (swap, {"a", "b"}),
    "gone": (lambda folder: (folder / "b").unlink(), {"b"}),
    "added": (lambda folder: (folder / "c").write_bytes(sealed([])), {"c"}),
    "a link": (lambda folder: link(folder / "a"), {"a", "elsewhere"}),
    "edited where it is said what was kept": (lambda folder: edit(folder / BOUND, 30), {BOUND}),
    "without what says what was kept": (lambda folder: (folder / BOUND).unlink(), {BOUND}),
    "said of nothing": (lambda folder: (folder / BOUND).write_bytes(sealed([{"graph": 1}])), {BOUND}),
}


def is_read(data: bytes | None) -> bool:
    with suppress(ValueError):
        return data is not None and bool(list(opened(data)))
    return False


@pytest.mark.parametrize("case", DAMAGE)
def test_every_damage_is_named_and_nothing_of_it_is_taken(folder: Path, case: str) -> None:
    damage, names = DAMAGE[case]
    damage(folder)
    assert {name for name, _ in damaged_files(folder, "graph")} == names
    shelf = Shelf(folder, folder.with_name("next"), "graph")
    taken = {name for name in "abc" if is_read(shelf.take(name))}
    assert taken == (set() if BOUND in names else {"a", "b"} - names)


def test_what_belongs_to_another_graph_is_named(folder: Path) -> None:
    assert [name for name, _ in damaged_files(folder, "another")] == [BOUND]


def test_a_folder_in_which_nothing_was_kept(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        list(damaged_files(tmp_path / "lists", "graph"))

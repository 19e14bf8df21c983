"""Which lists have their facts taken over, seen from a build; `test_rebuild.py` compares the graphs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tsunagari.graph.columns import ColumnBuilder
from tsunagari.graph.knowledge.build import build, open_graph
from tsunagari.loaders.session import cell_reading
from tsunagari.loaders.session.rows import RowReader

LISTS = {
    "o": "id,名称\no-1,架空の会\no-2,架空商店\n",
    "t": "id,tie_from,tie_to,tie_kind\nt-1,o-1,o-2,information\nt-2,o-2,o-1,food\n",
    "s": "id,名称,provided_by,support_field\ns-1,架空の支援,o-1,食支援\ns-2,架空の窓口,o-2,謎\n",
}
KINDS = {"o": "organizations", "t": "ties", "s": "services"}


def write(folder: Path, lists: dict[str, str] = LISTS, settings: str = "") -> None:
    sources = "".join(f'[[source]]\nfile = "{name}.csv"\nkind = "{KINDS[name]}"\n' for name in lists)
    (folder / "tsunagari.toml").write_text(f"[workspace]\nas_of = 2023-10-01\n{settings}{sources}", encoding="utf-8")
    for name, text in lists.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")


@pytest.fixture
def read_rows(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], dict[str, int]]:
    """Return a build that tells how many rows of each list were read."""
    read: dict[str, int] = {}
    whole = RowReader.read

    def noted(self: RowReader, draft: Any) -> None:
        read[draft.file.source.file[0]] = read.get(draft.file.source.file[0], 0) + 1
        whole(self, draft)

    monkeypatch.setattr(RowReader, "read", noted)

    def run(folder: Path) -> dict[str, int]:
        read.clear()
        build(folder)
        return dict(read)

    return run


def test_only_rows_of_which_more_is_to_be_said_are_read_again(
    tmp_path: Path, read_rows: Callable[[Path], dict[str, int]]
) -> None:
    write(tmp_path)
    assert read_rows(tmp_path) == {"o": 2, "t": 2, "s": 2}
    assert read_rows(tmp_path) == {"o": 2, "s": 1}  # 謎 is an issue each time
    write(tmp_path, LISTS | {"t": LISTS["t"] + "t-3,o-1,o-1,food\n"})
    assert read_rows(tmp_path) == {"o": 2, "t": 3, "s": 1}


def test_a_list_is_read_again_when_its_cells_mean_something_else(
    tmp_path: Path, read_rows: Callable[[Path], dict[str, int]]
) -> None:
    write(tmp_path)
    read_rows(tmp_path)
    write(tmp_path, LISTS | {"o": "id,名称\no-1,架空の会\no-3,架空商店\n"})
    assert read_rows(tmp_path) == {"o": 2, "t": 2, "s": 2}
    assert "o-2" in set(open_graph(tmp_path).issues["value"])


def test_every_cell_of_a_kept_list_is_checked_where_no_text_comes_twice(
    tmp_path: Path, read_rows: Callable[[Path], dict[str, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cell_reading, "_FEW", 0)  # columns of different texts are forgotten in lists that are not kept
    one_tie = {"o": LISTS["o"], "t": "id,tie_from,tie_to,tie_kind\nt-1,o-1,o-2,information\n"}
    write(tmp_path, one_tie)
    read_rows(tmp_path)
    write(tmp_path, one_tie | {"o": "id,名称\no-1,架空の会\no-3,架空商店\n"})
    assert read_rows(tmp_path) == {"o": 2, "t": 1}
    assert "o-2" in set(open_graph(tmp_path).issues["value"])


def test_facts_are_not_taken_from_a_graph_that_has_not_as_many(
    tmp_path: Path, read_rows: Callable[[Path], dict[str, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path)
    read_rows(tmp_path)
    take = ColumnBuilder.take
    monkeypatch.setattr(ColumnBuilder, "take", lambda self, *given: take(self, *given[:-1], given[-1] + 1))
    assert read_rows(tmp_path) == {"o": 2, "t": 2, "s": 2}


def test_what_is_kept_of_another_graph_is_not_taken(
    tmp_path: Path, read_rows: Callable[[Path], dict[str, int]]
) -> None:
    write(tmp_path)
    read_rows(tmp_path)
    kept = {path.name: path.read_bytes() for path in (tmp_path / ".tsunagari" / "lists").iterdir()}
    write(tmp_path, {name: LISTS[name] for name in "os"})
    read_rows(tmp_path)
    for name, data in kept.items():
        (tmp_path / ".tsunagari" / "lists" / name).write_bytes(data)
    write(tmp_path)
    assert read_rows(tmp_path) == {"o": 2, "t": 2, "s": 2}
    assert len(open_graph(tmp_path).ties) == 2


def test_a_damaged_graph_is_built_from_the_lists(tmp_path: Path, read_rows: Callable[[Path], dict[str, int]]) -> None:
    write(tmp_path)
    read_rows(tmp_path)
    (tmp_path / ".tsunagari" / "columns" / "values.npy").write_bytes(b"")
    assert read_rows(tmp_path) == {"o": 2, "t": 2, "s": 2}
    assert len(open_graph(tmp_path).ties) == 2

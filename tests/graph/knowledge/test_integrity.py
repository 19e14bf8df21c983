"""`check --integrity` names every file that is not as the build wrote it, and does not need to open the graph."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

import tsunagari
from tsunagari.cli import cli
from tsunagari.errors import StoreError
from tsunagari.graph.knowledge.integrity import integrity
from tsunagari.graph.store.replacement import FOLDER
from tsunagari.loaders.kept.shelf import LISTS

LISTS_OF_KINDS = {
    "organizations": "id,団体名,市区町村\no-1,架空の会,鳥取市\no-2,架空の輪,岩美町\n",
    "services": "id,支援名,提供団体,分野,市区町村\n" + "".join(f"s-{n},架空{n},o-1,子育て,鳥取市\n" for n in range(9)),
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    settings = '[workspace]\ntitle = "架空"\nas_of = 2024-01-01\n'
    for kind, text in LISTS_OF_KINDS.items():
        (folder / f"{kind}.csv").write_text(text, encoding="utf-8")
        settings += f'[[source]]\nfile = "{kind}.csv"\nkind = "{kind}"\n'
    (folder / "tsunagari.toml").write_text(settings, encoding="utf-8")
    tsunagari.build(folder, index=True).close()
    return folder


@pytest.fixture
def workspace(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "w"))


def states(workspace: Path) -> dict[str, str]:
    table = integrity(workspace)
    return dict(zip(table["file"], table["state"], strict=True))


def test_all_is_whole_and_of_one_build(workspace: Path) -> None:
    table = integrity(workspace / "tsunagari.toml", lang="en")
    assert set(table["state"]) == {"whole"}
    assert len(table) == 8
    assert table["build"].nunique() == 1
    assert (table["bytes"] > 0).all()


def test_every_damaged_file_is_named(workspace: Path) -> None:
    columns = workspace / FOLDER / "columns"
    (columns / "values.npy").write_bytes((columns / "values.npy").read_bytes()[:-1])
    data = bytearray((columns / "texts.npy").read_bytes())
    data[-3] ^= 1
    (columns / "texts.npy").write_bytes(data)
    (columns / "sources.npy").unlink()
    (workspace / FOLDER / "load.json").write_text("{", encoding="utf-8")
    found = states(workspace)
    assert {name for name, state in found.items() if state == "damaged"} == {
        "columns/values.npy",
        "columns/texts.npy",
        "columns/sources.npy",
        "load.json",
    }
    done = CliRunner().invoke(cli, ["check", "--integrity", "-w", str(workspace), "--lang", "en"])
    assert done.exit_code == 1
    assert "columns/texts.npy" in done.output
    assert "tsunagari build" in done.output


def test_a_damaged_index_of_the_columns_is_named(workspace: Path) -> None:
    (workspace / FOLDER / "columns" / "index.json").write_text("{", encoding="utf-8")
    assert states(workspace)["columns"] == "damaged"


def flip(place: float) -> Callable[[bytes], bytes]:
    def flipped(data: bytes) -> bytes:
        at = min(int(len(data) * place), len(data) - 1)
        return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]

    return flipped


EDITS: dict[str, Callable[[bytes], bytes]] = {
    "edited at its beginning": flip(0),
    "edited in the middle": flip(0.5),
    "edited at its end": flip(1),
    "cut": lambda data: data[: len(data) // 2],
    "without its last byte": lambda data: data[:-1],
    "longer": lambda data: data + b"\0",
    "empty": lambda data: b"",
}


def test_each_file_that_is_edited_cut_or_swapped_is_told(workspace: Path) -> None:
    """Every file of the graph and every one that is kept of lists, in each way; and whole again once it is put back."""
    folder = workspace / FOLDER
    files = sorted(path for part in (folder / "columns", folder / LISTS) for path in part.iterdir())
    assert {path.parent.name for path in files} == {"columns", LISTS}
    tried, silent = 0, []
    for position, path in enumerate(files):
        data = path.read_bytes()
        other = files[position - 1].read_bytes()
        for way, edited in [*((way, edit(data)) for way, edit in EDITS.items()), ("swapped", other)]:
            tried += 1
            path.write_bytes(edited)
            name = str(path.relative_to(folder))
            damaged = {file for file, state in states(workspace).items() if state == "damaged"}
            if name not in damaged and (path.name != "index.json" or "columns" not in damaged):
                silent.append((name, way))
        path.write_bytes(data)
    assert silent == []
    assert tried >= 80
    assert "damaged" not in states(workspace).values()


def test_what_is_kept_of_lists_is_named_when_damaged_and_not_believed(workspace: Path) -> None:
    lists = workspace / FOLDER / LISTS
    first = next(path for path in sorted(lists.iterdir()) if path.name.endswith("-service"))
    before = columns_of(workspace)
    data = bytearray(first.read_bytes())
    data[len(data) // 2] ^= 1
    first.write_bytes(data)
    done = CliRunner().invoke(cli, ["check", "--integrity", "-w", str(workspace), "--lang", "en"])
    assert done.exit_code == 1
    assert f"lists/{first.name}" in done.output
    tsunagari.build(workspace).close()
    assert "damaged" not in states(workspace).values()
    assert columns_of(workspace) == before


def columns_of(workspace: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (workspace / FOLDER / "columns").iterdir()}


def test_nothing_kept_is_no_damage(workspace: Path) -> None:
    shutil.rmtree(workspace / FOLDER / LISTS)
    assert states(workspace)["lists"] == "none"


def test_an_index_that_is_missing_or_old_is_no_damage(workspace: Path) -> None:
    manifest = workspace / FOLDER / "index" / "index.json"
    manifest.write_text(manifest.read_text(encoding="utf-8").replace('"fingerprint": "', '"fingerprint": "0'), "utf-8")
    assert states(workspace)["index"] == "stale"
    shutil.rmtree(workspace / FOLDER / "index")
    assert states(workspace)["index"] == "none"
    assert CliRunner().invoke(cli, ["check", "--integrity", "-w", str(workspace)]).exit_code == 0


def test_without_a_graph_there_is_nothing_to_check(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="tsunagari build"):
        integrity(tmp_path)

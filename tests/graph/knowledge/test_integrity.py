"""`check --integrity` names every file that is not as the build wrote it, and does not need to open the graph."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

import tsunagari
from tsunagari.cli import cli
from tsunagari.errors import StoreError
from tsunagari.graph.knowledge.integrity import integrity
from tsunagari.graph.store.replacement import FOLDER


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    (folder / "organizations.csv").write_text("団体名,市区町村\n架空の会,鳥取市\n", encoding="utf-8")
    settings = '[workspace]\ntitle = "架空"\nas_of = 2024-01-01\n[[source]]\nfile = "organizations.csv"\n'
    (folder / "tsunagari.toml").write_text(f'{settings}kind = "organizations"\n', encoding="utf-8")
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
    assert len(table) == 7
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

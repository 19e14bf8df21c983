"""The folder of downloads that the walk-through uses: what its script writes, told by headers, read whole."""

from __future__ import annotations

import runpy
import shutil
from pathlib import Path

import pytest

import tsunagari as tsu
from tsunagari.loaders.adding.inspection import inspect_file
from tsunagari.loaders.session.load import load_workspace

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "tottori"
FILES = sorted(FOLDER.iterdir())


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tottori")
    text = '[workspace]\ntitle = "鳥取"\nas_of = 2025-04-01\n[scope]\nareas = ["31000"]\n'
    for path in FILES:
        # another name: nothing may be told by it
        name = f"download-{path.stat().st_size}.csv"
        shutil.copy(path, folder / name)
        kind = inspect_file(path).kind
        assert kind is not None
        text += f'[[source]]\nfile = "{name}"\nkind = "{kind.name}"\n'
    (folder / "tsunagari.toml").write_text(text, encoding="utf-8")
    return folder


def test_the_script_writes_what_is_there(tmp_path: Path) -> None:
    script = runpy.run_path(str(ROOT / "scripts" / "make_tottori_downloads.py"))
    script["main"].__globals__["FOLDER"] = tmp_path
    script["main"]()
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        path.name: path.read_bytes() for path in FILES
    }


def test_every_file_is_told_by_its_header_and_nothing_of_it_is_an_error(workspace: Path) -> None:
    loaded = load_workspace(workspace)
    assert len([issue for issue in loaded.issues if issue.code == "recognized-dataset"]) == len(FILES) == 8
    assert [issue.message.ja for issue in loaded.issues if issue.severity == "error"] == []
    classes = {record.cls for record in loaded.records}
    assert {"SupportService", "NeedStatement", "ProgrammeParticipation", "RegionalCouncil", "UnnamedGroup"} <= classes
    # a city runs only what the list says it runs
    (governed,) = (
        record.values["pref_label"][0]
        for record in loaded.records
        if record.cls == "SupportService" and "9000020312011" in repr(record.values["provided_by"])
    )
    assert governed == "架空子育てひろば"


def test_cells_are_filled_and_the_rest_is_not_called_zero(workspace: Path) -> None:
    with tsu.build(workspace) as kg:
        gaps = kg.gaps(areas=["鳥取市", "岩美町"])
    status = gaps.set_index(["area", "field"])["status"]
    assert status["鳥取市", "介護"] not in ("unknown", "none")
    assert status["鳥取市", "子育て"] not in ("unknown", "none")
    assert status["鳥取市", "障害"] not in ("unknown", "none")
    assert status["岩美町", "防災"] == "unknown"
    assert "none" not in set(status)

"""``atlas``: a folder is written, its first page named, and a folder of somebody else's refused."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Invoke


def test_the_first_page_is_named_and_the_folder_holds_the_area(invoke: Invoke, built: Path, tmp_path: Path) -> None:
    found = invoke("atlas", "-w", built, "--area", "鳥取市", "-o", tmp_path / "atlas")
    assert found.stdout.strip() == str(tmp_path / "atlas" / "index.html")
    assert sorted(path.name for path in (tmp_path / "atlas" / "m").iterdir()) == ["31201.html"]


def test_a_folder_of_somebody_else_and_a_bad_file_of_boundaries_are_told(
    invoke: Invoke, built: Path, tmp_path: Path
) -> None:
    (tmp_path / "mine.txt").write_text("大事", encoding="utf-8")
    assert "mine" not in invoke("atlas", "-w", built, "-o", tmp_path / "mine.txt", exit_code=1).stdout
    assert "ほかのファイル" in invoke("atlas", "-w", built, "-o", tmp_path, exit_code=1).stderr
    (tmp_path / "n03.json").write_text(json.dumps({"features": []}), encoding="utf-8")
    found = invoke("atlas", "-w", built, "--boundaries", tmp_path / "n03.json", "-o", tmp_path / "a", exit_code=1)
    assert "N03" in found.stderr
    assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == []

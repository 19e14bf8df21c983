"""A pipe in the place of a file of a workspace is named, and no command waits for it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from tests.cli.conftest import run

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such pipes")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("odd") / "w"
    folder.mkdir()
    (folder / "organizations.csv").write_text("団体名,市区町村\n架空の会,鳥取市\n", encoding="utf-8")
    settings = '[workspace]\nas_of = 2024-01-01\n[[source]]\nfile = "organizations.csv"\nkind = "organizations"\n'
    (folder / "tsunagari.toml").write_text(settings, encoding="utf-8")
    run("build", "-w", folder, "-q")
    return folder


@pytest.mark.parametrize("name", ["tsunagari.toml", "organizations.csv"])
def test_check_names_it(built: Path, name: str) -> None:
    kept = (built / name).read_bytes() if (built / name).exists() else None
    (built / name).unlink(missing_ok=True)
    os.mkfifo(built / name)
    try:
        said = run("check", "-w", built, "--lang", "en").stderr
        assert f"{name} is no ordinary file" in " ".join(said.split())
        assert run("gaps", "-w", built, "-o", built.parent / "gaps.csv").exit_code == 0  # looks for lists to spare
    finally:
        (built / name).unlink()
        if kept is not None:
            (built / name).write_bytes(kept)

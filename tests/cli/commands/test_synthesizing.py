"""``tsunagari synthesize``: what a user sees."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.conftest import run


def test_a_country_is_written_and_can_be_built(tmp_path: Path) -> None:
    folder = tmp_path / "country"
    done = run("synthesize", folder, "--organizations", 40, "--seed", 7, "--areas", "鳥取県")
    assert done.stdout.strip() == str(folder)
    assert "架空の団体 40" in done.stderr
    assert "tsunagari build -w" in done.stderr
    run("build", "-w", folder, "-q")


def test_a_full_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "own.csv").touch()
    done = run("synthesize", tmp_path, exit_code=1)
    assert "何も書いていません" in done.stderr
    assert "空のフォルダーか新しい名前を" in done.stderr


def test_ctrl_c_ends_with_130_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*args: object, **options: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("tsunagari.cli.commands.lists.synthesize.synthesize", interrupt)
    done = run("synthesize", tmp_path / "country", exit_code=130)
    assert "何も書いていません" in done.stderr


@pytest.mark.parametrize("wrong", [["--organizations", "0"], ["--messiness", "2"]])
def test_wrong_numbers_are_a_usage_error(tmp_path: Path, wrong: list[str]) -> None:
    run("synthesize", tmp_path / "country", *wrong, exit_code=2)

"""The bundled workspace, built once by the command line itself."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

import pytest
from click.testing import CliRunner, Result

from tsunagari.cli import cli
from tsunagari.cli.shell.bundled import copy_bundled


class Invoke(Protocol):
    """Run a command in this process."""

    def __call__(self, *args: object, exit_code: int = 0, stdin: str | None = None) -> Result:
        """Run the command and check how it ends."""


def run(*args: object, exit_code: int = 0, stdin: str | None = None) -> Result:
    result = CliRunner().invoke(
        cli, [str(arg) for arg in args], input=stdin, env={"TSUNAGARI_LANG": "ja", "COLUMNS": None}
    )
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == exit_code, result.output
    return result


@pytest.fixture
def invoke() -> Invoke:
    return run


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    workspace = tmp_path_factory.mktemp("bundled") / "workspace"
    copy_bundled("platforms", workspace)
    run("build", "-w", workspace, "-q")
    return workspace

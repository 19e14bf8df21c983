"""Every command and every line of Python that the READMEs show runs, in the order they show them."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from tsunagari.cli import cli

ROOT = Path(__file__).parents[1]
READMES = ("README.md", "README.ja.md")
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(readme: str, language: str) -> list[str]:
    text = (ROOT / readme).read_text(encoding="utf-8")
    return [body for name, body in BLOCK.findall(text) if name == language]


def commands(readme: str) -> list[list[str]]:
    lines = [line for body in blocks(readme, "") for line in body.splitlines()]
    return [shlex.split(line, comments=True)[1:] for line in lines if line.startswith("tsunagari ")]


@pytest.fixture(scope="module")
def workplace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("readme")


def test_both_readmes_show_the_same() -> None:
    one, other = (commands(readme) for readme in READMES)
    assert one == other
    assert len(one) >= 8
    code, ja = ("".join(blocks(readme, "python")) for readme in READMES)
    assert re.sub(r"\s*#.*", "", code) == re.sub(r"\s*#.*", "", ja)


def test_what_the_readme_shows_runs(workplace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(workplace)
    runner = CliRunner()
    for arguments in [["demo", "--output", "out"], *commands("README.md")]:
        done = runner.invoke(cli, arguments)
        assert done.exit_code == 0, (arguments, done.output)
        assert done.output
    written = {path.name for path in workplace.iterdir()}
    assert {"my-town", "out", "map.html", "report.xlsx", "network.graphml"} <= written
    for body in blocks("README.md", "python"):
        lines = [line for line in body.splitlines() if line.strip()]
        names: dict[str, object] = {}
        for line in lines:
            exec(line, names)
        names["kg"].close()  # type: ignore[attr-defined]

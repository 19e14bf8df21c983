"""The notebooks of the documentation run from top to bottom, and what they show is what they give today."""

from __future__ import annotations

import re
import runpy
from pathlib import Path
from typing import Any

import nbformat
import pytest

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "docs" / "notebooks").glob("*.ipynb"))
LARGEST = 120_000  # bytes: a page that a browser shows at once
DIGEST = re.compile(r"SHA-256 [0-9a-f]{16}")  # of workbooks too, whose bytes differ with the library that packs them


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Give what executes a notebook in a kernel of its own, which leaves nothing at home."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("IPYTHONDIR", str(tmp_path_factory.mktemp("ipython")))
        patch.setenv("JUPYTER_PLATFORM_DIRS", "1")
        yield runpy.run_path(str(ROOT / "scripts" / "run_notebooks.py"))["run"]


def shown(notebook: Any) -> list[tuple[str, list[str]]]:
    """Return the source of each cell of code with the texts it shows: printed ones and those of values."""
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    return [(cell.source, [DIGEST.sub("", _text(output)) for output in cell.outputs]) for cell in cells]


def _text(output: Any) -> str:
    data = output.get("data", {})
    told = data.get("text/html") or data.get("image/svg+xml") or data.get("text/plain")
    return str(output.text if output.output_type == "stream" else told)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_gives_what_it_shows(run: Any, path: Path) -> None:
    fresh, committed = shown(run(path)), shown(nbformat.read(path, as_version=4))
    for (source, now), (_, then) in zip(fresh, committed, strict=True):
        assert now == then, f"run python scripts/run_notebooks.py and read what changed:\n{source}"


def test_there_are_three_and_they_are_valid() -> None:
    assert [path.stem for path in NOTEBOOKS] == ["broker-study", "national-coverage", "staff-report"]
    for path in NOTEBOOKS:
        nbformat.validate(nbformat.read(path, as_version=4))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_says_it_is_made_up_and_tells_nothing_of_a_machine(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert "架空" in text
    assert not re.search(r"/tmp|/home|/root|/work/|/Users|[A-Z]:\\\\", text)
    assert '"execution"' not in text  # the times of its cells
    assert len(text.encode()) < LARGEST


def test_what_the_notebooks_promise_is_in_them() -> None:
    """The figures that a reader comes for, by the text that a cell shows."""
    texts = {
        path.stem: "".join(text for _, told in shown(nbformat.read(path, 4)) for text in told) for path in NOTEBOOKS
    }
    assert "1741 21 36561" in texts["national-coverage"]
    assert texts["national-coverage"].count("<rect") == 47
    for word in ("z_brokerage", "constraint", "Gould, R. V.", "@article{gould-fernandez-1989", r"\begin{tabular}"):
        assert word in texts["broker-study"]
    for word in ("cp932 会員名簿", "[[source]]", "「R6.13.1」という日はありません。", "確認済みゼロ", "地図.html"):
        assert word in texts["staff-report"]

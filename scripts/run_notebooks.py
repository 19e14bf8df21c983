"""Run the notebooks of docs/notebooks and keep their outputs: ``python scripts/run_notebooks.py``."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import nbformat
from nbclient import NotebookClient

FOLDER = Path(__file__).parent.parent / "docs" / "notebooks"


def run(path: Path) -> Any:
    """Run a notebook in a kernel of its own and return it with its outputs, without what differs from run to run."""
    notebook = nbformat.read(path, as_version=4)
    with TemporaryDirectory() as place:
        client = NotebookClient(notebook, timeout=300, kernel_name="python3", record_timing=False)
        client.execute(cwd=place)
    for cell in notebook.cells:
        cell.metadata.clear()
    notebook.metadata["language_info"] = {"name": "python"}  # else the version of Python and of its lexer
    return notebook


def main() -> None:
    """Run every notebook and write it back."""
    for path in sorted(FOLDER.glob("*.ipynb")):
        notebook = run(path)
        nbformat.validate(notebook)
        path.write_text(nbformat.writes(notebook) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()

"""Run the notebooks of docs/notebooks and keep their outputs: ``python scripts/run_notebooks.py``."""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import nbformat
from nbclient import NotebookClient

ADDRESS = re.compile(r" at 0x[0-9a-f]+")  # of an object in memory
FOLDER = Path(__file__).parent.parent / "docs" / "notebooks"


def run(path: Path) -> Any:
    """Run a notebook in a kernel of its own and return it with its outputs, without what differs from run to run."""
    notebook = nbformat.read(path, as_version=4)
    with TemporaryDirectory() as place:
        # what one cell prints is one output, however slowly it comes
        client = NotebookClient(
            notebook, timeout=300, kernel_name="python3", record_timing=False, coalesce_streams=True
        )
        client.execute(cwd=place)
    for cell in notebook.cells:
        cell.metadata.clear()
        for output in cell.get("outputs", ()):
            if "text/plain" in output.get("data", {}):
                output.data["text/plain"] = ADDRESS.sub("", output.data["text/plain"])
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

"""The generated pages of the documentation say what the tables they are made from say."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = {"issue-codes.md": "make_issue_code_page.py"}


@pytest.mark.parametrize("page", PAGES)
def test_a_generated_page_is_current(page: str) -> None:
    script = ROOT / "scripts" / PAGES[page]
    made = runpy.run_path(str(script))["page"]()
    written = (ROOT / "docs" / page).read_text(encoding="utf-8")
    assert written == made, f"run python scripts/{script.name}"

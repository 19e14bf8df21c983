"""The examples in the documentation of the modules that need no graph; those of `graph` run over the bundled one."""

from __future__ import annotations

import doctest
import importlib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FILES = [path for folder in ("ontology", "loaders", "viz") for path in sorted((ROOT / folder).rglob("*.py"))]
MODULES = [
    ".".join(("tsunagari", *path.relative_to(ROOT).with_suffix("").parts)).removesuffix(".__init__")
    for path in FILES
    if ">>>" in path.read_text(encoding="utf-8")
]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_run(name: str) -> None:
    done = doctest.testmod(importlib.import_module(name), optionflags=doctest.NORMALIZE_WHITESPACE)
    assert done.attempted
    assert done.failed == 0

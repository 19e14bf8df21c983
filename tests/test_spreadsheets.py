"""The guard against formulas: one rule at the door of every writer."""

from __future__ import annotations

import csv
import doctest
import io
import re
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsunagari import spreadsheets
from tsunagari.cli.shell.tables import csv_text
from tsunagari.graph.export.tables import csv_bytes
from tsunagari.spreadsheets import guarded, is_formula, unguarded

ROOT = Path(__file__).resolve().parents[1]
HOSTILE = [
    "=1+1",
    "+1",
    "-1",
    "@x",
    "\t=1",
    "\r=1",
    "＝1",
    "＋1",
    "－1",
    "＠x",
    " =1",
    "\u3000＝1",
    "\u200b=1",
    "\ufeff=1",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_of_a_csv_begins_like_a_formula(text: str) -> None:
    ours = csv_text(["a", "b"], [[text, [text, "会"]]])
    theirs = csv_bytes([["a", "b"]], [[text, text]], excel=False).decode("utf-8")
    for written in (ours, theirs):
        for cell in next(list(csv.reader(io.StringIO(written, newline="")))[1:].__iter__()):
            assert not is_formula(cell)
            assert cell.startswith("'")


def test_numbers_stay_numbers() -> None:
    assert csv_text(["a"], [[-1.5]]) == "a\n-1.5\n"
    assert pd.read_csv(io.StringIO(csv_text(["a"], [[-1.5], [2]])))["a"].tolist() == [-1.5, 2]


@given(st.text())
def test_what_is_guarded_is_harmless_and_comes_back(text: str) -> None:
    assert not is_formula(guarded(text))
    if not text.startswith("'"):
        assert unguarded(guarded(text)) == text


def test_nobody_else_decides_what_a_formula_is() -> None:
    pattern = re.compile(r"""startswith\(\(?["']=|FORMULA_STARTS""")
    folders = ("graph", "loaders", "viz", "ontology", "src/tsunagari/cli")
    found = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    assert [path.name for path in found if pattern.search(path.read_text(encoding="utf-8"))] == []


def test_examples() -> None:
    assert doctest.testmod(spreadsheets).failed == 0

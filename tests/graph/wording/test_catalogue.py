"""The catalogue of tables: every column once, and everything that shows one reads it there."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from scripts.make_columns_page import PAGES, page

from tsunagari.graph.export.tables import TABLES
from tsunagari.graph.knowledge.knowledge import KnowledgeGraph
from tsunagari.graph.wording import (
    column_entry,
    frame_columns,
    heading,
    hxl_tags,
    page_columns,
    screen_columns,
    sheet_columns,
    table_names,
    table_title,
)
from tsunagari.graph.wording.catalogue import _catalogue

DOCS = Path(__file__).resolve().parents[3] / "docs"
FRAMES = {
    "gaps": lambda kg: kg.gaps(),
    "rollup": lambda kg: kg.rollup(),
    "remedies": lambda kg: kg.remedies(),
    "extensions": lambda kg: kg.extensions(),
    "losses": lambda kg: kg.loss(),
    "brokers": lambda kg: kg.brokers(),
    "changes": lambda kg: kg.diff(since="2023-01-01"),
    "organizations": lambda kg: kg.organizations,
    "platforms": lambda kg: kg.platforms,
    "memberships": lambda kg: kg.memberships,
    "services": lambda kg: kg.services,
    "ties": lambda kg: kg.ties,
    "areas": lambda kg: kg.areas,
    "sources": lambda kg: kg.sources,
}
HOLDS: dict[str, Any] = {
    "text": lambda value: isinstance(value, str),
    "code": lambda value: isinstance(value, str),
    "integer": lambda value: float(value).is_integer(),
    "decimal": lambda value: isinstance(float(value), float),
    "ratio": lambda value: float(value) >= 0,
    "percent": lambda value: 0 <= float(value) <= 1,
    "boolean": lambda value: value in (True, False),
    "date": lambda value: re.match(r"-?\d{4}", str(value)) is not None,
    "list": lambda value: isinstance(value, list) and all(isinstance(entry, str) for entry in value),
    "any": lambda value: True,
}


@pytest.mark.parametrize("table", sorted(FRAMES))
def test_a_data_frame_has_the_columns_of_the_catalogue_and_what_it_says_of_them(
    bundled: KnowledgeGraph, table: str
) -> None:
    found = FRAMES[table](bundled)
    assert found.columns.tolist() == list(frame_columns(table))
    for name in found.columns:
        holds = HOLDS[column_entry(name, table).type]
        values = [value for value in found[name] if isinstance(value, list) or not pd.isna(value)]
        listed = column_entry(name, table).type == "list"
        wrong = [value for value in values if (value != "" or listed) and not holds(value)]
        assert wrong == [], (name, wrong[:3])


@pytest.mark.parametrize("table", table_names())
def test_every_column_of_a_table_is_known(table: str) -> None:
    entry = _catalogue()["tables"][table]
    named = {*entry["columns"], *entry.get("sheet", ()), *entry.get("unprinted", ()), *entry.get("screen", ())}
    assert named | entry.get("page", {}).keys() | entry.get("own", {}).keys() <= _catalogue()["columns"].keys()
    assert len(set(entry["columns"])) == len(entry["columns"])
    assert table_title(table).ja
    assert table_title(table).en


def test_every_column_has_words_in_both_languages() -> None:
    for name in _catalogue()["columns"]:
        entry = column_entry(name)
        for words in (entry.label, entry.meaning):
            assert words.ja.strip(), name
            assert words.en.strip(), name
            assert words.en.isascii() or name == "representative" or "→" in words.en or "·" in words.en, name
        assert entry.type in HOLDS, name


def test_each_column_of_an_exported_table_has_a_tag() -> None:
    for table in TABLES:
        assert hxl_tags(table).keys() >= set(frame_columns(table)), table


def test_views_of_a_table_show_what_it_has() -> None:
    assert set(screen_columns("brokers")) <= set(frame_columns("brokers"))
    assert page_columns("brokers").keys() <= set(frame_columns("brokers"))
    assert [column.printed for column in sheet_columns("brokers")] == sorted(
        (column.printed for column in sheet_columns("brokers")), reverse=True
    )


def test_a_column_means_something_of_its_own_in_a_table() -> None:
    assert (heading("severity"), heading("severity", "ja", "issues")) == ("深刻度", "重さ")
    assert heading("my_column") == "my_column"


@pytest.mark.parametrize("name", PAGES)
def test_the_page_is_what_the_catalogue_says(name: str) -> None:
    assert (DOCS / name).read_text(encoding="utf-8") == page(name)


def test_lists_stay_lists_in_frames(bundled: KnowledgeGraph) -> None:
    """A name may hold any mark, so that a joined text could not be taken apart again."""
    kinds = {
        column_entry(name, table).type
        for table, read in FRAMES.items()
        for name, values in read(bundled).items()
        if any(isinstance(value, list) for value in values)
    }
    assert kinds == {"list"}
    assert {"providers", "evidence", "path", "bridges", "source"} <= {
        name for name in _catalogue()["columns"] if column_entry(name).type == "list"
    }

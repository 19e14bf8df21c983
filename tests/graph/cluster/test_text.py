"""The SQL text: one for both engines, each view after what it reads."""

from __future__ import annotations

import re

import pytest

from tsunagari.graph.cluster.layout import layout_tables
from tsunagari.graph.cluster.text import KEPT, view_names, view_text, views_for

GIVEN = {"asked", "scope_areas", "scope_fields", "statuses", "area_groups", "field_groups"}


@pytest.mark.parametrize("name", view_names())
def test_a_view_reads_tables_views_and_parts_of_its_own(name: str) -> None:
    text = view_text(name)
    assert text.startswith("-- ")
    own = set(re.findall(r"^(?:WITH )?(\w+) AS \(", text, re.MULTILINE))
    assert not own & {*view_names(), *layout_tables(), *GIVEN}, "a part hides what has its name"
    read = set(re.findall(r"\b(?:FROM|JOIN)\s+(\w+)", text))
    assert read <= own | {*view_names(), *layout_tables(), *GIVEN}


def test_what_is_read_comes_first() -> None:
    assert set(view_names()) >= KEPT
    for name in view_names():
        order = views_for(name)
        assert order[-1] == name
        for place, view in enumerate(order):
            reads = set(re.findall(r"\b(?:FROM|JOIN)\s+(\w+)", view_text(view))) & set(view_names())
            assert reads <= set(order[:place])

"""The plan of extensions, as a planner reads it."""

from __future__ import annotations

import pytest

from tsunagari.errors import NetworkError, UnknownNameError
from tsunagari.graph.knowledge.knowledge import KnowledgeGraph
from tsunagari.graph.remedies.extension_table import COLUMNS


def test_an_extension_takes_a_field_to_several_towns(region: KnowledgeGraph):
    plan = region.extensions(fields=["food-bank"])
    assert plan[["organization", "areas", "cells", "gain"]].values.tolist() == [
        ["架空の食堂", ["岩美町", "八頭町"], 2, 1.0],
        ["架空の宅配", ["鳥取市"], 1, 0.36],
    ]
    assert plan.columns.tolist() == list(COLUMNS)
    assert plan["share"].iloc[-1] == 1.0
    assert plan.attrs["upper_bound"] == plan["closed"].iloc[-1] == 1.36
    assert "Nemhauser" in region.extensions(fields=["food-bank"], lang="en").attrs["method"]
    assert region.cite(plan).works[0].key == "nemhauser-1978"


def test_reach_and_size_limit_an_extension(region: KnowledgeGraph):
    near = region.extensions(fields=["food-bank"], hops=0)
    assert near.empty  # whoever offers it does so where it is
    assert region.extensions(fields=["food-bank"], hops=1000).equals(region.extensions(fields=["food-bank"], hops=9))
    small = region.extensions(fields=["food-bank"], size=1, budget=1)
    assert small["area_codes"].tolist() == [["31302"]]
    assert small.attrs["guarantee"] == 1.0


def test_what_makes_no_sense_is_an_error(region: KnowledgeGraph):
    for wrong in ({"hops": -1}, {"budget": -1}, {"size": 0}):
        with pytest.raises(NetworkError):
            region.extensions(**wrong)
    with pytest.raises(UnknownNameError):
        region.extensions(statuses=["multiple"])

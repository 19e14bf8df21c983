"""In which lists records stand."""

from __future__ import annotations

import numpy as np

from tsunagari.graph.facts.record_lists import lists_of
from tsunagari.graph.knowledge.knowledge import KnowledgeGraph


def test_records_stand_in_the_files_and_documents_that_state_them(bundled: KnowledgeGraph):
    columns = bundled._reader.columns
    ties = columns.of_class("CollaborationTie", "PlatformMembership")
    starts, numbers, lists = lists_of(columns, ties)
    assert lists == sorted(lists)
    assert not any("#" in name for name in lists)
    for place, code in enumerate(ties.tolist()):
        stated = {text.partition("#")[0] for text in columns.text(columns.all("stated_in", [code])[1])}
        cited = {text.partition("#")[0] for text in columns.text(columns.all("has_source", [code])[1])}
        assert {lists[number] for number in numbers[starts[place] : starts[place + 1]]} == stated | cited


def test_what_stands_nowhere_has_no_list(bundled: KnowledgeGraph):
    columns = bundled._reader.columns
    starts, numbers, _ = lists_of(columns, np.array([columns.code("https://example.org/nothing")]))
    assert starts.tolist() == [0, 0]
    assert not len(numbers)
    assert lists_of(columns, np.zeros(0, dtype=np.int64))[2] == []

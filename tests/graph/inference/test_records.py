"""Networks made anew from their records."""

from __future__ import annotations

import doctest
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tsunagari.graph.centre.observed_network import MADE, read_records
from tsunagari.graph.inference.record_errors import RecordErrors, Stated
from tsunagari.graph.inference.records import PlaceRecords, Records, TieRecords, false_ends
from tsunagari.graph.knowledge.knowledge import KnowledgeGraph
from tsunagari.graph.networks.networks import project


@given(st.integers(0, 500))
@settings(max_examples=40)
def test_a_matrix_comes_back_from_its_records(seed: int):
    draw = np.random.default_rng(seed)
    matrix = draw.integers(0, 3, (6, 6)) * (draw.random((6, 6)) < 0.5)
    np.fill_diagonal(matrix, 0)
    assert (Records.of_matrix(matrix).observed().ties.toarray() == matrix).all()


def test_what_two_lists_state_stays_when_one_record_is_left_out():
    twice = Stated(np.array([1, 2], dtype=np.uint64))
    ties = TieRecords(np.array([0, 0]), np.array([1, 1]), np.ones(2), np.ones(2), twice)
    errors = RecordErrors(0.5)
    left = [Records(2, ties).drawn(errors, draw).ties.nnz > 0 for draw in range(400)]
    assert np.mean(left) == pytest.approx(0.75, abs=0.06)


def places(
    holders: list[int], groups: list[int], *, largest: int | None = None, rows: list[int] | None = None
) -> Records:
    number = max(holders) + 1
    row = np.arange(number) if rows is None else np.array(rows)
    core = np.zeros(len(holders), dtype=bool)
    stated = Stated(np.arange(len(holders), dtype=np.uint64))
    return Records(
        int(row.max()) + 1, None, PlaceRecords(np.array(holders), row, np.array(groups), core, stated, largest)
    )


def test_groups_that_are_too_large_tie_nobody_and_members_that_are_no_nodes_count_in_their_size():
    assert places([0, 1, 2], [0, 0, 0]).observed().adjacency().toarray()[0].tolist() == [0, 0.5, 0.5]
    assert places([0, 1, 2], [0, 0, 0], largest=2).observed().adjacency().nnz == 0
    outside = places([0, 1, 2], [0, 0, 0], rows=[0, 1, -1]).observed().adjacency()
    assert outside.toarray().tolist() == [[0, 0.5], [0.5, 0]]


def test_a_member_that_joins_by_a_false_record_is_tied_to_all():
    made = places([0, 1, 2, 3], [0, 0, 1, 1])
    errors = RecordErrors(0.0, false_records=0.5)
    tied = [made.drawn(errors, draw).adjacency().toarray()[0, 2] > 0 for draw in range(60)]
    assert any(tied)
    assert not all(tied)


def test_as_many_false_records_are_added_as_said():
    ends = np.arange(1_000), np.arange(1_000)
    numbers = [len(false_ends(*ends, RecordErrors(false_records=0.1), draw, 1)[0]) for draw in range(20)]  # type: ignore[index]
    assert np.mean(numbers) == pytest.approx(100, abs=10)
    assert false_ends(*ends, RecordErrors(), 0, 1) is None


@pytest.mark.parametrize("name", MADE)
def test_networks_of_a_graph_lose_whole_records(name: str, bundled: KnowledgeGraph):
    records = read_records(bundled._reader, name, at="2023-10-01")
    assert (
        abs(records.observed().adjacency() - project(bundled._reader, name, at="2023-10-01").adjacency()).max() < 1e-9
    )
    whole = project(bundled._reader, name, at="2023-10-01", directed=True).adjacency()
    records = read_records(bundled._reader, name, at="2023-10-01", directed=True)
    nothing = records.drawn(RecordErrors(0.0), 0).adjacency()
    assert nothing.nnz == whole.nnz
    some = records.drawn(RecordErrors(0.5), 0).adjacency()
    assert some.nnz <= whole.nnz or name == "collaboration"  # a group that was too large may tie when it is smaller
    assert (some != records.drawn(RecordErrors(0.5), 1).adjacency()).nnz > 0
    assert (some != records.drawn(RecordErrors(0.5), 0).adjacency()).nnz == 0


def test_examples_in_the_documentation():
    assert doctest.testmod(sys.modules[Records.__module__]).failed == 0

"""Draws that pick among the ties of all records give the networks that the records make."""

from __future__ import annotations

import doctest

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tsunagari.graph.inference import tie_frames as module
from tsunagari.graph.inference.record_errors import RecordErrors, Stated
from tsunagari.graph.inference.records import Records, TieRecords
from tsunagari.graph.measures import open_paths


def stated(seed: int, *, both_ways: bool) -> Records:
    """Records of ties among twelve bodies; some state one tie, some lead from a body to itself."""
    draw = np.random.default_rng(seed)
    source, target = draw.integers(0, 12, (2, 45))
    there = draw.integers(1, 4, 45).astype(float)
    back = there if both_ways else there * (draw.random(45) < 0.5)
    return Records(12, TieRecords(source, target, there, back, Stated(np.arange(45, dtype=np.uint64))))


@given(st.integers(0, 200), st.booleans())
@settings(max_examples=60, deadline=None)
def test_a_draw_gives_what_the_records_that_it_keeps_make(seed: int, both_ways: bool):
    records, errors = stated(seed, both_ways=both_ways), RecordErrors(0.4)
    assert records.ties is not None
    for draw in range(3):
        kept = records.ties.stated.kept(errors, draw)
        wanted = records.ties.matrix(12, kept)
        matrix, paths = records.drawn_paths(errors, draw)
        assert (matrix.toarray() == wanted.toarray()).all()
        assert (records.drawn(errors, draw).ties.toarray() == wanted.toarray()).all()
        assert paths.tolist() == open_paths(wanted).tolist()


def test_triangles_beyond_the_limit_are_looked_for_in_each_draw(monkeypatch: pytest.MonkeyPatch):
    errors = RecordErrors(0.2)
    usual = [stated(1, both_ways=True).drawn_paths(errors, draw)[1].tolist() for draw in range(5)]
    monkeypatch.setattr(module, "MOST_TRIANGLES", 0)
    records = stated(1, both_ways=True)
    assert records._frame._triangles is None
    assert [records.drawn_paths(errors, draw)[1].tolist() for draw in range(5)] == usual


def test_examples_in_the_documentation():
    assert doctest.testmod(module).failed == 0

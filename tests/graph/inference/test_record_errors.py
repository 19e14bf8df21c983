"""Which records and lists a draw leaves out."""

from __future__ import annotations

import doctest

import numpy as np
import pytest

from tsunagari.errors import NetworkError
from tsunagari.graph.inference import record_errors as module
from tsunagari.graph.inference.record_errors import LIST, RECORD, RecordErrors, Stated, list_keys, unit_numbers

KEYS = np.arange(5_000, dtype=np.uint64)


def test_the_share_that_is_said_is_left_out():
    for missing in (0.05, 0.3, 0.9):
        kept = Stated(KEYS).kept(RecordErrors(missing), 3)
        assert kept.mean() == pytest.approx(1 - missing, abs=0.03)


def test_draws_seeds_and_kinds_are_independent():
    one, other, third, of_list = (
        unit_numbers(KEYS, *told) for told in ((0, 0, RECORD), (0, 1, RECORD), (1, 0, RECORD), (0, 0, LIST))
    )
    for first, second in ((one, other), (one, third), (one, of_list), (one[:-1], one[1:])):
        assert abs(np.corrcoef(first, second)[0, 1]) < 0.05
    assert np.histogram(one, 10, (0, 1))[0].min() > 400


def test_a_record_is_left_out_with_its_key_whatever_stands_beside_it():
    errors = RecordErrors(0.4)
    assert (Stated(KEYS[100:]).kept(errors, 7) == Stated(KEYS).kept(errors, 7)[100:]).all()


def test_a_record_in_two_lists_needs_one_of_them_and_one_in_none_stays():
    lists = list_keys([f"{number}.csv" for number in range(400)])
    starts = np.concatenate((np.arange(0, 401, 2), [400]))  # two hundred in two lists each, one in none
    kept = np.mean([Stated(KEYS[:201], starts, lists).kept(RecordErrors(0.0, 0.0, 0.5), k) for k in range(50)], axis=0)
    assert kept[:200].mean() == pytest.approx(0.75, abs=0.03)
    assert kept[200] == 1.0


@pytest.mark.parametrize("wrong", [{"missing": 1.0}, {"missing_lists": -0.1}, {"false_records": 2.0}, {"draws": 0}])
def test_shares_that_make_no_sense_are_refused(wrong: dict[str, float]):
    with pytest.raises(NetworkError, match="share of missing records"):
        RecordErrors(**wrong)  # type: ignore[arg-type]


def test_examples_in_the_documentation():
    assert doctest.testmod(module).failed == 0

from __future__ import annotations

import copy
from importlib import import_module
from typing import Any

import numpy as np
import pytest

from tsunagari.graph.verify.verify import LABELS, MEASURES, published, published_network, verified, verify

module = import_module("tsunagari.graph.verify.verify")


@pytest.fixture(scope="module")
def found() -> Any:
    return verify("en")


def test_every_published_number_is_met(found):
    assert found["passed"].all(), found[~found["passed"]].to_string()
    assert found["source"].str.contains(r"\(\d{4}\)|^Definition").all()


def test_every_measure_of_the_table_is_used_and_named(found):
    assert set(found["measure"]) == {*MEASURES, "coverage"} == set(LABELS)
    assert found["network"].nunique() == len(published()["networks"]) + 1


def test_both_languages_tell_the_same_values(found):
    japanese = verify("ja")
    assert japanese["computed"].tolist() == found["computed"].tolist()
    assert not (japanese["network"] == found["network"]).any()


@pytest.mark.parametrize("place", range(len(published()["checks"])))
def test_a_printed_value_that_differs_in_its_last_decimal_fails(place):
    numbers = copy.deepcopy({key: value for key, value in published().items() if key != "coverage"})
    check = numbers["checks"][place]
    name = next(iter(check["values"]))
    check["values"][name] += 1.01 * 10 ** -check["decimals"]
    numbers["checks"] = [check]
    assert verified(numbers)["passed"].tolist() == [False]


def test_a_case_of_coverage_that_differs_fails():
    case = copy.deepcopy(published()["coverage"])
    case["values"] |= {"none": 1}
    assert verified({"networks": {}, "checks": [], "coverage": case})["passed"].tolist() == [False]


def test_the_numbers_are_computed_by_the_measures_themselves(monkeypatch):
    monkeypatch.setitem(module.MEASURES, "degree", lambda network: dict.fromkeys(published_network(network)[1], 7.0))
    kite = verify("en").query("measure == 'degree'").iloc[0]
    assert not kite["passed"]
    assert kite["computed"].startswith("0 7, 1 7")


def test_a_value_that_is_not_a_number_fails(monkeypatch):
    monkeypatch.setitem(module.MEASURES, "degree", lambda network: dict.fromkeys(published_network(network)[1], np.nan))
    assert not verify("en").query("measure == 'degree'")["passed"].any()

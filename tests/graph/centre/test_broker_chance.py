from __future__ import annotations

import doctest
import sys

import numpy as np
from tests.graph.inference.test_draws import mixed_network

from tsunagari.graph.centre.broker_chance import CHANCE, broker_chance

ALL = np.ones(20, dtype=bool)


def test_memberships_are_kept_and_the_account_says_so():
    found = broker_chance(mixed_network(), ALL, draws=19)
    assert (found.null, found.draws) == ("membership", 19)
    assert found.table.columns.tolist() == list(CHANCE)
    assert "19 random networks that keep everybody's number of memberships" in found.account.en


def test_those_who_are_not_listed_do_not_count_in_the_correction():
    some = ALL.copy()
    some[10:] = False
    found = broker_chance(mixed_network(), some, draws=19).table
    assert found["p_brokerage"].notna().tolist() == some.tolist()


def test_large_networks_are_drawn_only_when_asked(monkeypatch):
    monkeypatch.setattr(sys.modules[broker_chance.__module__], "USUAL", ((10, 99),))
    assert broker_chance(mixed_network(), ALL).draws == 0
    assert broker_chance(mixed_network(), ALL, draws=5).draws == 5


def test_examples_in_the_documentation():
    assert doctest.testmod(sys.modules[broker_chance.__module__]).failed == 0

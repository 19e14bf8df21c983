from __future__ import annotations

import pytest

from tsunagari.errors import NetworkError, UnknownNameError
from tsunagari.graph.centre import network_regression as module
from tsunagari.graph.knowledge import KnowledgeGraph


def test_networks_and_partitions_are_regressed_on_each_other(bundled: KnowledgeGraph):
    table = bundled.mrqap("collaboration", ["comembers", "sector"], draws=19)
    assert table["predictor"].tolist() == ["(intercept)", "comembers", "sector"]
    assert table.loc[1, "estimate"] > 0
    assert table.attrs["bodies"] > 50
    assert [work.key for work in bundled.cite(table)][:2] == ["krackhardt-1987", "dekker-2007"]


def test_a_network_and_a_partition_are_correlated(bundled: KnowledgeGraph):
    found = bundled.qap("collaboration", "prefecture", draws=99).loc[0]
    assert found["observed"] > 0
    assert found["p_high"] == pytest.approx(0.01)
    same = bundled.qap("collaboration", "collaboration", draws=9).loc[0]
    assert same["observed"] == 1.0


def test_unknown_partitions_and_too_many_bodies_are_refused(bundled: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch):
    with pytest.raises(UnknownNameError, match="no partition"):
        bundled.qap("collaboration", "colour")
    monkeypatch.setattr(module, "MOST_BODIES", 10)
    with pytest.raises(NetworkError, match="up to 10"):
        bundled.qap("collaboration", "sector")

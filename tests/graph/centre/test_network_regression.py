from __future__ import annotations

import numpy as np
import pandas as pd
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


def members_frame(graph: KnowledgeGraph) -> pd.DataFrame:
    """Bodies × what they belong to, 1 where they do, named by ids, written down from the list of ties."""
    weights, nodes = graph.matrix("members")
    body = (nodes["kind"] == "organization").to_numpy()
    values = (weights.toarray() > 0).astype(float)
    return pd.DataFrame(values, index=nodes["id"], columns=nodes["id"]).loc[body, ~body]


def test_two_modes_are_compared_by_name(bundled: KnowledgeGraph):
    """Membership and being of one prefecture: r is that of all cells, in whatever order they stand."""
    frame = members_frame(bundled)
    nodes = bundled.matrix("members")[1].set_index("id")["prefecture"].fillna("")
    one, other = nodes[frame.index].to_numpy(), nodes[frame.columns].to_numpy()
    same = (one[:, None] == other[None, :]) & (one != "")[:, None]
    found = bundled.qap("members", "prefecture", draws=99)
    wanted = np.corrcoef(frame.to_numpy().ravel(), same.ravel())[0, 1]
    assert found.loc[0, "observed"] == pytest.approx(wanted)
    assert found.loc[0, "p_high"] >= 0.01
    assert (found.attrs["bodies"], found.attrs["others"]) == frame.shape


def test_a_frame_of_ones_own_stands_beside_a_network_whatever_its_order(bundled: KnowledgeGraph):
    frame = members_frame(bundled)
    turned = frame.iloc[::-1, ::-1]
    assert bundled.qap("members", turned, draws=9).loc[0, "observed"] == 1.0
    table = bundled.mrqap("members", {"last year": turned, "place": "prefecture"}, draws=9)
    assert table["predictor"].tolist() == ["(intercept)", "last year", "place"]
    assert table["estimate"].round(9).tolist() == [0, 1, 0]
    labels = bundled.matrix("members")[1].set_index("id")["label"]
    if labels[frame.index].is_unique and labels[frame.columns].is_unique:
        assert bundled.qap("members", frame.rename(index=labels, columns=labels), draws=9).loc[0, "observed"] == 1.0
    weights, nodes = bundled.matrix("collaboration")
    pairs = pd.DataFrame(weights.toarray() > 0, index=nodes["id"], columns=nodes["id"])
    assert bundled.qap("collaboration", pairs, draws=9).loc[0, "observed"] == 1.0


def test_networks_of_other_modes_and_frames_with_gaps_are_refused(bundled: KnowledgeGraph):
    with pytest.raises(NetworkError, match="other rows and columns"):
        bundled.qap("members", "ties")
    with pytest.raises(NetworkError, match="other rows and columns"):
        bundled.mrqap("services", ["members"])
    with pytest.raises(NetworkError, match="misses 1 nodes"):
        bundled.qap("members", members_frame(bundled).iloc[1:])
    with pytest.raises(NetworkError, match="same value"):
        bundled.qap("services", "sector")  # fields have no sector

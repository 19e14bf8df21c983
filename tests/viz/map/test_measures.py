"""Every measure of the catalogue can size the nodes of a map that is not too large."""

from __future__ import annotations

from typing import Any

import pytest

from tsunagari.graph.measures import MEASURES
from tsunagari.viz.map import measures as module
from tsunagari.viz.map.measures import node_measures


def test_every_measure_of_the_catalogue_is_there_with_its_value(bundled: Any) -> None:
    brokers = bundled.brokers()
    found = node_measures(bundled, brokers, at=None, lang="ja")
    assert set(MEASURES) <= set(found.labels)
    place = list(found.labels).index("pagerank")
    body = brokers["organization_id"][0]
    assert found.of(body, 3)[0] == 3
    assert found.of(body, 3)[place] == pytest.approx(bundled.centrality("pagerank")[body], abs=1e-4)
    assert found.of("field/1", 7) == [7]


def test_bodies_with_contacts_are_in_a_community_named_after_one_of_them(bundled: Any) -> None:
    found = node_measures(bundled, bundled.brokers(), at=None, lang="ja")
    table = bundled.cohesion()
    with_contacts = table[table["community_size"] > 1]
    assert set(found.community) == set(with_contacts["id"])
    assert set(found.community.values()) <= {
        f"{number}: {name}" for number, name in zip(with_contacts["community"], with_contacts["name"], strict=True)
    }


def test_a_large_map_carries_what_the_table_of_brokers_has(bundled: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_BODIES", 3)
    found = node_measures(bundled, bundled.brokers(), at=None, lang="en")
    assert list(found.labels) == ["degree", "betweenness", "constraint", "effective_size", "brokerage"]
    assert found.community == {}

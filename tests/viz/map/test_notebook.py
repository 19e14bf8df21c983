"""pyvis for notebooks: real, laid out, escaped, and offline when written."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from pyvis.network import Network

from tsunagari.errors import NetworkError
from tsunagari.viz.map.notebook import pyvis_network

HOSTILE = "</script><img src=x onerror=alert(1)>"


def test_it_is_a_pyvis_network_with_every_tie_and_a_place_for_every_node(bundled: Any) -> None:
    found = bundled.pyvis(network="all")
    graph = bundled.network("all", statuses=None)
    areas = {node for node, kind in graph.nodes(data="kind") if kind == "area"}
    assert isinstance(found, Network)
    assert len(found.nodes) == len(graph) - len(areas)
    assert len(found.edges) == sum(1 for a, b in graph.edges() if a not in areas and b not in areas)
    assert len({(node["x"], node["y"]) for node in found.nodes}) == len(found.nodes)
    assert found.get_node(0)["label"] == found.nodes[0]["label"]


def test_the_usual_network_is_that_of_brokers(bundled: Any) -> None:
    assert len(bundled.pyvis().edges) == bundled.network().number_of_edges()


def test_names_are_text_in_pyvis_and_in_the_page_and_nothing_is_loaded(
    visit: Any, made_up: Any, tmp_path: Path
) -> None:
    model = pyvis_network(made_up, "all")
    assert not any("<" in node["label"] + node["title"] for node in model.nodes)
    path = tmp_path / "網.html"
    model.write_html(str(path))
    text = path.read_text(encoding="utf-8")
    assert HOSTILE not in text
    assert "http" not in text.split("<script>")[0]
    visit.page.goto(path.as_uri())
    visit.page.wait_for_selector("canvas")
    assert visit.outside(path) == []
    assert visit.complaints == []


def test_without_pyvis_the_error_says_what_to_install(made_up: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyvis.network", None)
    with pytest.raises(NetworkError) as error:
        pyvis_network(made_up, "all")
    assert "tsunagari[pyvis]" in str(error.value.hint)

"""Networks as files, read back by the programs that people open them with."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import igraph
import networkx as nx
import pytest

from tsunagari.graph.export.graphml import to_gexf, to_graphml
from tsunagari.graph.export.network_json import to_cytoscape, to_kumu
from tsunagari.graph.export.network_table import NetworkTable
from tsunagari.graph.export.pajek import to_dl, to_pajek
from tsunagari.graph.facts.things import Reader
from tsunagari.graph.networks.networks import NETWORKS, network

Export: TypeAlias = Callable[..., bytes]
READERS: dict[str, Callable[[bytes], Any]] = {
    "graphml": lambda data: nx.read_graphml(io.BytesIO(data)),
    "gexf": lambda data: nx.read_gexf(io.BytesIO(data)),
    "cytoscape": lambda data: nx.cytoscape_graph(json.loads(data)),
}
HOSTILE = '</node><!--\x00\x0b & "it\'s" \\ ,=\tタブ\n改行　全角\r%#|'


def expected(reader: Reader, name: str) -> Any:
    statuses = None if name == "all" else ("stated", "inferred")
    return network(reader, name, statuses=statuses, directed=True)


def flat(value: Any) -> Any:
    return "|".join(value) if isinstance(value, list) else value


def edges(graph: Any) -> list[tuple[str, str, dict[str, Any]]]:
    return sorted(graph.edges(data=True), key=lambda edge: (edge[0], edge[1], str(edge[2]["kind"])))


@pytest.mark.parametrize("network_name", NETWORKS)
@pytest.mark.parametrize("name", READERS)
def test_networkx_reads_everything_back(exported: Export, tiny: Reader, name: str, network_name: str) -> None:
    graph, found = expected(tiny, network_name), READERS[name](exported(tiny, name, network=network_name))
    assert list(found) == list(graph)
    assert found.is_directed()
    turned = (lambda value: value) if name == "cytoscape" else flat
    for node, data in graph.nodes(data=True):
        for key, value in data.items():
            assert found.nodes[node].get(key) == turned(value), key
    assert found.number_of_edges() == graph.number_of_edges()
    for (one, other, data), (left, right, read) in zip(edges(graph), edges(found), strict=True):
        assert (one, other) == (left, right)
        for key, value in data.items():
            assert read.get(key) == turned(value), key


@pytest.mark.parametrize("network_name", NETWORKS)
def test_igraph_reads_graphml_back(exported: Export, tiny: Reader, tmp_path: Path, network_name: str) -> None:
    (tmp_path / "a.graphml").write_bytes(exported(tiny, "graphml", network=network_name))
    graph, found = expected(tiny, network_name), igraph.Graph.Read_GraphML(str(tmp_path / "a.graphml"))
    assert found.vs["id"] == list(graph)
    assert found.vs["label"] == [label for _, label in graph.nodes(data="label")]
    pairs = sorted((found.vs[e.source]["id"], found.vs[e.target]["id"], e["kind"], e["weight"]) for e in found.es)
    assert pairs == sorted((a, b, data["kind"], data["weight"]) for a, b, data in graph.edges(data=True))


@pytest.mark.parametrize("network_name", NETWORKS)
def test_pajek_files_hold_names_weights_and_kinds(
    exported: Export, tiny: Reader, tmp_path: Path, network_name: str
) -> None:
    data = exported(tiny, "pajek", network=network_name)
    (tmp_path / "a.net").write_bytes(data)
    graph = expected(tiny, network_name)
    arcs = [
        (a, b, data["weight"], data["kind"])
        for one, other, data in graph.edges(data=True)
        for a, b in ([(one, other)] if network_name != "all" or data["directed"] else [(one, other), (other, one)])
    ]
    by_networkx = nx.read_pajek(io.BytesIO(data))
    assert {node["iri"] for _, node in by_networkx.nodes(data=True)} == set(graph)
    for name, node in by_networkx.nodes(data=True):
        assert name == graph.nodes[node["iri"]]["label"]
        assert node.get("municipality", "") == graph.nodes[node["iri"]]["municipality"]
    iri = dict(by_networkx.nodes(data="iri"))
    assert sorted((iri[a], iri[b], e["weight"], e["l"]) for a, b, e in by_networkx.edges(data=True)) == sorted(arcs)
    by_igraph = igraph.Graph.Read_Pajek(str(tmp_path / "a.net"))
    iris = by_igraph.vs["iri"]
    read = [(iris[e.source], iris[e.target], e["weight"], e["label"]) for e in by_igraph.es]
    assert by_igraph.is_directed()
    assert sorted(read) == sorted(arcs)


@pytest.mark.parametrize("network_name", ["ties", "members", "comembers", "collaboration", "services"])
def test_igraph_reads_dl_back(exported: Export, tiny: Reader, tmp_path: Path, network_name: str) -> None:
    (tmp_path / "a.dl").write_bytes(exported(tiny, "dl", network=network_name))
    graph, found = expected(tiny, network_name), igraph.Graph.Read_DL(str(tmp_path / "a.dl"))
    assert found.vs["name"] == [label for _, label in graph.nodes(data="label")]
    nodes = list(graph)
    arcs = sorted((nodes[e.source], nodes[e.target], e["weight"]) for e in found.es)
    assert arcs == sorted(graph.edges(data="weight"))


def test_parallel_ties_are_one_arc_in_dl(tmp_path: Path) -> None:
    ties = {"source": ["a", "a"], "target": ["b", "b"], "weight": [1.0, 0.5], "directed": [True, True]}
    (tmp_path / "a.dl").write_bytes(to_dl(NetworkTable("all", {"id": ["a", "b"], "label": ["A", "B"]}, ties)))
    assert igraph.Graph.Read_DL(str(tmp_path / "a.dl")).es["weight"] == [1.5]


@pytest.mark.parametrize("network_name", NETWORKS)
def test_kumu_blueprints_are_as_kumu_documents_them(exported: Export, tiny: Reader, network_name: str) -> None:
    """https://docs.kumu.io/guides/import/blueprints: elements and connections; ids unique over both; from and to are
    ids of elements; direction is directed, undirected or mutual; tags are a list.
    """
    blueprint = json.loads(exported(tiny, "kumu", network=network_name))
    assert list(blueprint) == ["elements", "connections"]
    elements, connections = blueprint["elements"], blueprint["connections"]
    ids = [item["id"] for item in (*elements, *connections)]
    assert len(ids) == len(set(ids))
    graph = expected(tiny, network_name)
    assert {item["id"]: item["label"] for item in elements} == dict(graph.nodes(data="label"))
    assert all(isinstance(item.get("tags", []), list) and isinstance(item["type"], str) for item in elements)
    known = {item["id"] for item in elements}
    assert all(item["from"] in known and item["to"] in known for item in connections)
    assert {item["direction"] for item in connections} <= {"directed", "undirected"}
    arcs = {(item["from"], item["to"]) for item in connections}
    back = {(item["to"], item["from"]) for item in connections if item["direction"] == "undirected"}
    assert arcs | back >= set(graph.edges())
    if network_name != "all":
        assert arcs | back == set(graph.edges())
        assert not arcs & back


def test_kumu_keeps_what_is_known_of_a_tie(exported: Export, tiny: Reader) -> None:
    connections = json.loads(exported(tiny, "kumu", network="ties"))["connections"]
    assert {(item["direction"], item["weight"], tuple(item["kinds"])) for item in connections} >= {
        ("directed", 3.0, ("food", "information"))
    }


HARMLESS = {"to_pajek": "\ufffd", "to_dl": "_"}


@pytest.mark.parametrize("write", [to_graphml, to_gexf, to_pajek, to_dl, to_kumu, to_cytoscape])
def test_hostile_names_stay_names(write: Callable[[NetworkTable], bytes], tmp_path: Path) -> None:
    labels = [HOSTILE, "=1+1", "同じ", "同じ", ""]
    nodes = {
        "id": [f"urn:{place}" for place in range(5)],
        "label": labels,
        "fields": [["x", "y"]] * 5,
        "ok": [True] * 5,
    }
    ties = {"source": ["urn:0"], "target": ["urn:4"], "weight": [1e-05], "directed": [True], "kind": [HOSTILE]}
    data = write(NetworkTable("ties", nodes, ties))
    (tmp_path / "file").write_bytes(data)
    clean = HOSTILE.replace("\x00", "\ufffd").replace("\x0b", "\ufffd")
    if write in (to_graphml, to_gexf):
        found = READERS["graphml" if write is to_graphml else "gexf"](data)
        assert [found.nodes[node]["label"] for node in found] == [clean, *labels[1:]]
        assert found.nodes["urn:0"]["fields"] == "x|y"
        assert found.nodes["urn:0"]["ok"] is True
        assert [edge["kind"] for *_, edge in found.edges(data=True)] == [clean]
        assert [edge["weight"] for *_, edge in found.edges(data=True)] == [1e-05]
    elif write in (to_kumu, to_cytoscape):
        read = json.loads(data)
        first = read["elements"][0] if write is to_kumu else read["elements"]["nodes"][0]["data"]
        assert first["label"] == HOSTILE
    else:
        kind = igraph.Graph.Read_Pajek if write is to_pajek else igraph.Graph.Read_DL
        found = kind(str(tmp_path / "file"))
        assert found.vcount() == 5
        assert len(set(found.vs["name"])) == 5
        assert found.vs["name"][1].startswith("=1+1" if write is to_pajek else "＝1+1")
        assert found.es["weight"] == [1e-05]
        assert "it's" in found.vs["name"][0]
    if write is to_pajek:
        assert len(nx.read_pajek(io.BytesIO(data))) == 5


def test_no_clock_in_gexf(exported: Export, tiny: Reader) -> None:
    assert b"lastmodified" not in exported(tiny, "gexf")


def test_a_named_network_is_the_one_that_measures_take(exported: Export, tiny: Reader) -> None:
    at = "2023-10-01"
    found = READERS["graphml"](exported(tiny, "graphml", network="members", at=at))
    assert set(found.edges) == set(network(tiny, "members", at=at, directed=True).edges)

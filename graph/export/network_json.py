"""Networks as JSON: for Kumu and for Cytoscape."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from tsunagari.graph.export.network_table import NetworkTable, ties_once

KUMU_NODE_FIELDS = {"id": "id", "label": "label", "class_label": "type", "fields": "tags"}
KUMU_TIE_FIELDS = {"source": "from", "target": "to", "kind_label": "type"}


def to_kumu(table: NetworkTable) -> bytes:
    """Write a network as a Kumu blueprint: elements and connections, each with an id.

    The class is an element's type and its fields are its tags; the kind is a connection's type. Everything else is a
    field of its own name. A tie without direction is one undirected connection.

    Examples
    --------
    >>> ties = {"source": ["a", "b"], "target": ["b", "a"], "weight": [2.0, 2.0], "directed": [False, False]}
    >>> blueprint = json.loads(to_kumu(NetworkTable("ties", {"id": ["a", "b"], "label": ["A", "B"]}, ties)))
    >>> blueprint["connections"]
    [{'id': 'tie-1', 'from': 'a', 'to': 'b', 'direction': 'undirected', 'weight': 2.0}]
    """
    elements = [{KUMU_NODE_FIELDS.get(name, name): value for name, value in _known(node)} for node in table.node_rows()]
    connections = []
    for number, tie in enumerate(ties_once(table), start=1):
        direction = {"direction": "directed" if tie.pop("directed") else "undirected"}
        ends = {KUMU_TIE_FIELDS[end]: tie.pop(end) for end in ("source", "target")}
        rest = {KUMU_TIE_FIELDS.get(name, name): value for name, value in _known(tie)}
        connections.append({"id": f"tie-{number}", **ends, **direction, **rest})
    return f'{{"elements": {_listed(elements)}, "connections": {_listed(connections)}}}\n'.encode()


def to_cytoscape(table: NetworkTable) -> bytes:
    """Write a network as Cytoscape JSON (.cyjs), in the form that networkx writes and reads.

    Examples
    --------
    >>> import networkx as nx
    >>> ties = {"source": ["a"], "target": ["b"], "weight": [2.0]}
    >>> text = to_cytoscape(NetworkTable("ties", {"id": ["a", "b"], "label": ["A", "B"]}, ties))
    >>> list(nx.cytoscape_graph(json.loads(text)).edges(data="weight"))
    [('a', 'b', 2.0)]
    """
    nodes = [{"data": {**node, "value": node["id"], "name": node["label"]}} for node in table.node_rows()]
    several = len(set(zip(table.ties["source"], table.ties["target"], strict=True))) < len(table.ties["source"])
    edges = [
        {"data": {"id": f"tie-{number}", **({"key": f"tie-{number}"} if several else {}), **tie}}
        for number, tie in enumerate(table.tie_rows(), start=1)
    ]
    head = json.dumps({"data": [["name", table.name]], "directed": True, "multigraph": several}, ensure_ascii=False)
    elements = f'{{"nodes": {_listed(nodes)}, "edges": {_listed(edges)}}}'
    return f'{head[:-1]}, "elements": {elements}}}\n'.encode()


def _known(row: dict[str, Any]) -> list[tuple[str, Any]]:
    return [(name, value) for name, value in row.items() if value not in (None, "", [])]


def _listed(rows: Iterable[Mapping[str, Any]]) -> str:
    """Return a JSON list with one line a row: as quick as the compact form, and still to be read by people."""
    return "[\n" + ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n]"

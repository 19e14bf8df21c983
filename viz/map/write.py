"""The map: one HTML file to explore the network, the gaps and the brokers without any network connection."""

from __future__ import annotations

import json
import math
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from tsunagari.graph.store import write_output
from tsunagari.viz.look.palette import KINDS, NO_SECTOR, OTHER_KIND, SECTORS
from tsunagari.viz.map.grouping import Graph
from tsunagari.viz.map.labels import TEXT, texts
from tsunagari.viz.map.layout import Layout, lay_out
from tsunagari.viz.map.page import render_page
from tsunagari.viz.map.payload import page_data

if TYPE_CHECKING:
    from pyvis.network import Network

    from tsunagari.graph.knowledge import KnowledgeGraph

OPTIONS = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False, "randomSeed": 7},
    "interaction": {
        "dragNodes": False,
        "hover": True,
        "keyboard": False,
        "multiselect": False,
        "navigationButtons": False,
        "selectConnectedEdges": False,
        "zoomSpeed": 0.7,
    },
}
"""Of vis-network. Positions are laid out beforehand, and the page has keys of its own."""


REACH = ("reach", "service_area")
"""Relations to an area that say where something is meant to help."""


def write_map(kg: KnowledgeGraph, path: Path | str, *, lang: str = "ja", at: date | str | None = None) -> Path:
    """Write the map of `kg` to one HTML file that loads nothing and needs no connection.

    Parameters
    ----------
    kg
        The graph; one that holds nothing gives a page that says so by its zeros.
    path
        File to write; its folder is made when missing.
    lang
        ``"ja"`` or ``"en"``.
    at
        Date the network is shown for; None means the workspace's own.

    Returns
    -------
    The path written.

    Raises
    ------
    OutputError
        The file cannot be written.
    """
    graph = without_areas(kg.network("all", at=at, statuses=None, lang=lang))
    layout = lay_out(graph)
    model = network_model(graph, layout)
    day = str(at or kg.as_of or "")
    data = page_data(kg, graph, layout, model, lang=lang, at=at, day=day)
    text = texts(lang)
    html = render_page(
        "map",
        data,
        lang="en" if lang == "en" else "ja",
        title=kg.title,
        subtitle=_subtitle(day, len(data["sources"]), lang),
        text=text,
    )
    return write_output(path, html.encode("utf-8"))


def without_areas(graph: Graph) -> Graph:
    """Return `graph` without its administrative areas, each reached area named at the node instead (``reach``).

    Every local body has an area and every area a prefecture: drawn as points they would hide the ties between bodies.
    """
    areas = {node for node, data in graph.nodes(data=True) if data["kind"] == "area"}
    kept: Graph = graph.copy()
    kept.remove_nodes_from(areas)  # a subgraph would come in the order of a set, another one at each start
    for source, target, data in graph.edges(data=True):
        if target in areas and source in kept and data["kind"] in REACH:
            kept.nodes[source].setdefault("reach", []).append(graph.nodes[target]["label"])
    return kept


def network_model(graph: Graph, layout: Layout) -> Network:
    """Return the pyvis model of `graph`: its nodes, placed and styled, and its ties.

    The lists are filled directly: ``Network.add_edge`` compares each new tie with every earlier one (20,000 ties take
    9 s), and ``Network.from_nx`` drops parallel ties and changes the graph it is given.
    """
    import networkx as nx
    from pyvis.network import Network

    neighbours: Graph = nx.Graph(graph)
    degrees = {node: len(set(neighbours[node]) - {node}) for node in graph}
    most = max(degrees.values(), default=0) or 1
    index = {node: position for position, node in enumerate(graph)}
    model = Network(directed=True, cdn_resources="in_line")
    for node, position in index.items():
        data = graph.nodes[node]
        kind = KINDS.get(data["kind"], OTHER_KIND)
        x, y = layout.positions[node]
        model.nodes.append(
            {
                "id": position,
                "label": data["label"],
                "x": x,
                "y": y,
                "shape": kind.shape,
                "size": round(7 + 13 * math.sqrt(degrees[node] / most), 1),
                "color": SECTORS.get(data["sector"], NO_SECTOR).colour if data["sector"] else kind.colour,
                "degree": degrees[node],
            }
        )
        model.node_ids.append(position)
        model.node_map[position] = model.nodes[-1]
    model.edges.extend({"from": index[source], "to": index[target]} for source, target in graph.edges())
    model.set_options(json.dumps(OPTIONS))
    return model


def _subtitle(day: str, sources: int, lang: str) -> str:
    """Return the line under the title; without a date (every time taken together) it names none."""
    parts = {
        "ja": [TEXT["as_of"].ja.format(_long_date(day)) if day else "", f"出典 {sources} 件", "通信なしで動きます"],
        "en": [TEXT["as_of"].en.format(day) if day else "", f"{sources} sources", "works offline, loads nothing"],
    }["en" if lang == "en" else "ja"]
    return "　·　".join(part for part in parts if part)


def _long_date(day: str) -> str:
    year, month, number = (int(part) for part in day[:10].split("-"))
    return f"{year}年{month}月{number}日"

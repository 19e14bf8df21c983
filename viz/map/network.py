"""The network of the map: everything but areas, and on which days what of it holds."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import networkx as nx

from tsunagari.viz.look.cells import plain

if TYPE_CHECKING:
    from tsunagari.graph.knowledge import KnowledgeGraph
    from tsunagari.viz.map.grouping import Graph

MOST_BODIES = 5_000
"""A map of more organisations leaves services out: what a body offers, its fields and the matrix say."""
MOST_DAYS = 12
MOST_NODES = 3_000
"""A larger map has no slider: every day is another network."""
TABLES = ("memberships", "ties")
REACH = ("reach", "service_area")
"""Relations to an area that say where something is meant to help."""


def map_network(kg: KnowledgeGraph, *, at: Any, day: str, lang: str) -> tuple[Graph, list[dict[str, Any]]]:
    """Return what the map draws, and what of it does not hold on which day (see `over_time`).

    Parameters
    ----------
    kg
        The graph.
    at, day
        Date of the map as it was given and as ISO text; an empty text takes every time together.
    lang
        Language of the labels.
    """
    graph = without_services(without_areas(kg.network("all", at=at, statuses=None, lang=lang)))
    return over_time(kg, graph, day, lang)


def without_areas(graph: Graph) -> nx.MultiDiGraph[str]:
    """Return `graph` without its administrative areas, each reached area named at the node instead (``reach``).

    Every local body has an area and every area a prefecture: drawn as points they would hide the ties between bodies.
    """
    areas = {node for node, data in graph.nodes(data=True) if data["kind"] == "area"}
    kept: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    kept.add_nodes_from((node, {**data}) for node, data in graph.nodes(data=True) if node not in areas)
    for source, target, data in graph.edges(data=True):
        if target not in areas and source not in areas:
            kept.add_edge(source, target, data["kind"], **data)
        elif source not in areas and data["kind"] in REACH:
            kept.nodes[source].setdefault("reach", []).append(graph.nodes[target]["label"])
    return kept


def without_services(graph: nx.MultiDiGraph[str]) -> nx.MultiDiGraph[str]:
    """Return `graph`, without its services where it holds more than `MOST_BODIES` organisations."""
    kinds = Counter(data["kind"] for _, data in graph.nodes(data=True))
    if kinds["organization"] > MOST_BODIES:
        graph.remove_nodes_from([node for node, data in graph.nodes(data=True) if data["kind"] == "service"])
    return graph


def change_days(kg: KnowledgeGraph, day: str) -> list[str]:
    """Return the last days up to `day` on which a membership or tie begins or has ended, and `day` itself."""
    found = {day}
    for name in TABLES:
        frame = kg.frame(name, every=True)
        for column in ("valid_from", "valid_to"):
            if column in frame:
                found.update(str(plain(value)) for value in frame[column] if plain(value))
    dated = sorted(text for text in found if len(text) == len("2023-10-01") and text <= day)
    return dated[-MOST_DAYS:]


def over_time(kg: KnowledgeGraph, graph: Graph, day: str, lang: str) -> tuple[Graph, list[dict[str, Any]]]:
    """Return `graph` with what held on other days, and what of it does not hold on each of the days.

    Parameters
    ----------
    kg
        The graph.
    graph
        Its network on `day`, without areas.
    day
        ISO date the map is of; an empty one (every time taken together) has no other days.
    lang
        Language of the labels.

    Returns
    -------
    The union of the networks, and for each day ``day``, ``off`` (numbers of ties) and ``gone`` (numbers of nodes). No
    day where nothing changes, or where the network has more than `MOST_NODES` nodes.
    """
    if not day or graph.number_of_nodes() > MOST_NODES:
        return graph, []
    networks: dict[str, Graph] = {day: graph}
    networks |= {
        other: without_areas(kg.network("all", at=other, statuses=None, lang=lang))
        for other in change_days(kg, day)[:-1]
    }
    held = {other: (set(net), set(_ties(net))) for other, net in networks.items()}
    if all(known == held[day] for known in held.values()):
        return graph, []
    whole: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for net in networks.values():
        whole.add_nodes_from((node, data) for node, data in net.nodes(data=True) if node not in whole)
        for source, target, data in net.edges(data=True):
            if not whole.has_edge(source, target, data["kind"]):
                whole.add_edge(source, target, data["kind"], **data)
    nodes, ties = list(whole), list(_ties(whole))
    days = [
        {
            "day": other,
            "off": [number for number, tie in enumerate(ties) if tie not in held[other][1]],
            "gone": [number for number, node in enumerate(nodes) if node not in held[other][0]],
        }
        for other in sorted(held)
    ]
    return whole, days


def _ties(graph: Graph) -> list[tuple[str, str, str]]:
    return [(source, target, data["kind"]) for source, target, data in graph.edges(data=True)]

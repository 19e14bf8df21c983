"""The network of the map: everything but areas, and on which days what of it holds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from tsunagari.viz.look.cells import plain
from tsunagari.viz.map.drawn import Column, Drawn

if TYPE_CHECKING:
    from tsunagari.graph.knowledge import KnowledgeGraph

MOST_BODIES = 5_000
"""A map of more organisations leaves services out: what a body offers, its fields and the matrix say."""
MOST_DAYS = 12
MOST_NODES = 3_000
"""A larger map has no slider: every day is another network."""
TABLES = ("memberships", "ties")
REACH = ("reach", "service_area")
"""Relations to an area that say where something is meant to help."""
TIES = ("kind", "kind_label", "status", "valid_from", "valid_to", "evidence")


def map_network(kg: KnowledgeGraph, *, at: Any, day: str, lang: str) -> tuple[Drawn, list[dict[str, Any]]]:
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
    return over_time(kg, without_services(read_network(kg, at=at, lang=lang)), day, lang)


def read_network(kg: KnowledgeGraph, *, at: Any, lang: str) -> Drawn:
    """Return the network ``all`` of a day without its areas, see `without_areas`."""
    found = kg.projection("all", at=at, statuses=None)
    nodes, ties = found.nodes(lang), found.edges(lang)
    said = {name: ties[name].tolist() for name in TIES}
    columns = {str(name): nodes[name].tolist() for name in nodes.columns if name != "id"}
    columns["stated_size"] = [int(size) if size == size and size else None for size in columns["stated_size"]]
    source, target = (np.asarray(end, dtype=np.int64) for end in (found.source, found.target))
    return without_areas(Drawn(nodes["id"].tolist(), columns, source, target, said))


def without_areas(drawn: Drawn) -> Drawn:
    """Return a network without its administrative areas, each reached area named at the node instead (``reach``).

    Every local body has an area and every area a prefecture: drawn as points they would hide the ties between bodies.
    """
    is_area = np.array([kind == "area" for kind in drawn.nodes["kind"]], dtype=bool)
    reach: list[list[str]] = [[] for _ in drawn.ids]
    labels, kinds = drawn.texts("label"), drawn.ties.get("kind", ())
    for tie in np.flatnonzero(is_area[drawn.target] & ~is_area[drawn.source]).tolist():
        if kinds[tie] in REACH:
            reach[drawn.source[tie]].append(labels[drawn.target[tie]])
    named = Drawn(drawn.ids, {**drawn.nodes, "reach": reach}, drawn.source, drawn.target, drawn.ties)
    return named.part(~is_area)


def without_services(drawn: Drawn) -> Drawn:
    """Return a network, without its services where it holds more than `MOST_BODIES` organisations."""
    kinds = np.array(drawn.nodes["kind"], dtype=object)
    return drawn.part(kinds != "service") if (kinds == "organization").sum() > MOST_BODIES else drawn


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


def over_time(kg: KnowledgeGraph, drawn: Drawn, day: str, lang: str) -> tuple[Drawn, list[dict[str, Any]]]:
    """Return a network with what held on other days, and what of it does not hold on each of the days.

    Parameters
    ----------
    kg
        The graph.
    drawn
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
    if not day or len(drawn) > MOST_NODES:
        return drawn, []
    networks = {day: drawn}
    networks |= {other: read_network(kg, at=other, lang=lang) for other in change_days(kg, day)[:-1]}
    held = {other: (set(net.ids), set(_ties(net))) for other, net in networks.items()}
    if all(known == held[day] for known in held.values()):
        return drawn, []
    whole = _union(list(networks.values()))
    ties = _ties(whole)
    days = [
        {
            "day": other,
            "off": [number for number, tie in enumerate(ties) if tie not in held[other][1]],
            "gone": [number for number, node in enumerate(whole.ids) if node not in held[other][0]],
        }
        for other in sorted(held)
    ]
    return whole, days


def _union(networks: list[Drawn]) -> Drawn:
    """Return everything that is in any network, as the first that has it says; ties by their first ends."""
    nodes: dict[str, tuple[Drawn, int]] = {}
    ties: dict[tuple[str, str, str], tuple[Drawn, int]] = {}
    for net in networks:
        for place, node in enumerate(net.ids):
            nodes.setdefault(node, (net, place))
        for place, tie in enumerate(_ties(net)):
            ties.setdefault(tie, (net, place))
    index = {node: number for number, node in enumerate(nodes)}
    order = sorted(ties, key=lambda tie: index[tie[0]])
    ends = np.array([(index[a], index[b]) for a, b, _ in order], dtype=np.int64).reshape(-1, 2)
    return Drawn(
        list(nodes),
        _said(networks[0].nodes, [(net.nodes, place) for net, place in nodes.values()]),
        ends[:, 0],
        ends[:, 1],
        _said(networks[0].ties, [(ties[tie][0].ties, ties[tie][1]) for tie in order]),
    )


def _said(names: Mapping[str, Column], rows: list[tuple[Mapping[str, Column], int]]) -> dict[str, list[Any]]:
    return {name: [columns[name][place] for columns, place in rows] for name in names}


def _ties(drawn: Drawn) -> list[tuple[str, str, str]]:
    ends = ([drawn.ids[place] for place in end.tolist()] for end in (drawn.source, drawn.target))
    return list(zip(*ends, drawn.ties["kind"], strict=True))

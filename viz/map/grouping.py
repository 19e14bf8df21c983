"""Which nodes of the map belong together: partnership, platform or local body first, then place, then community."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import networkx as nx

from tsunagari.viz.map.drawn import Drawn, Graph
from tsunagari.viz.map.places import Place, group_by_place, node_places

BY_PLACE = 1_200
"""A graph of more nodes is divided by place: a reader of a large map looks for a municipality."""
LARGEST = 130
"""A larger group is split by place or community, because its inside could no longer be read."""
SMALLEST = 3
"""A smaller group joins others of its kind."""
HUB_KINDS = ("platform", "programme")
ACTING = frozenset({"organization", "platform", "body", "programme", "activity", "service"})
CONCEPTS = frozenset({"category", "constituent", "field", "policy-area"})
LOCAL = 20
"""A platform with at most this many neighbours is local: its municipality is drawn inside its group."""


@dataclass(frozen=True, slots=True)
class Group:
    """Nodes drawn in one frame.

    Parameters
    ----------
    title
        Heading of the frame; empty when the caller should name it (ungrouped nodes, isolates).
    nodes
        Nodes in the order of the graph.
    region
        Prefecture it is drawn in on a large map; empty elsewhere.
    others
        Number of municipalities that share the frame, where it is titled by their prefecture; else 0.
    within
        The hub whose group it is a part of; added to the title where another part has the same one.
    role
        ``"hub"`` (around a platform, partnership, programme or local body), ``"place"``, ``"community"``,
        ``"nowhere"`` (without a place, on a map by place), ``"papers"`` (catalogues and plans that nobody in the graph
        is tied to), ``"rest"`` (small groups together) or ``"isolates"`` (nodes without any tie).
    """

    title: str
    nodes: tuple[str, ...]
    role: str
    region: str = ""
    others: int = 0
    within: str = ""


def group_nodes(drawn: Drawn, *, seed: int = 7, largest: int = LARGEST) -> list[Group]:
    """Divide every node of `graph` into groups that a reader recognises.

    A network of more than `BY_PLACE` nodes of which most have a place is divided by prefecture and municipality
    (`tsunagari.viz.map.places`). In a smaller one a node goes to the most specific hub it reaches in the fewest steps,
    so that a member of a national platform is drawn with its own partnership when it has one. Groups above `largest`
    are split by municipality, prefecture or community (Louvain, fixed seed). An empty network gives no group.

    Parameters
    ----------
    drawn
        What is drawn; columns of nodes ``kind``, ``class``, ``label``, ``municipality`` and ``prefecture``.
    seed
        Seed of the community detection.
    largest
        Most nodes a group may hold.

    Examples
    --------
    >>> graph = nx.star_graph(4)
    >>> nx.set_node_attributes(graph, {0: {"kind": "platform", "label": "連携協議会"}})
    >>> [(group.title, len(group.nodes)) for group in group_nodes(Drawn.of_graph(graph))]
    [('連携協議会', 5)]
    """
    if len(drawn) > BY_PLACE:
        places = node_places(drawn)
        if sum(1 for place in places.values() if place[0]) * 2 > len(places):
            return unique_titles(_of_places(places))
    graph = drawn.simple
    isolates = tuple(node for node in graph if graph.degree(node) == 0)
    home = _nearest_hubs(graph)
    groups: list[Group] = []
    for title, nodes in _collected(graph, {node: _place(graph, hub) for node, hub in home.items()}).items():
        groups.extend(_split(graph, Group(title, nodes, "hub"), seed, largest))
    papers = _papers(graph, [node for node in graph if node not in home and graph.degree(node) > 0])
    for title, nodes in _collected(graph, papers).items():
        groups.extend(_split(graph, Group(title, nodes, "papers"), seed, largest))
    rest = tuple(node for node in graph if node not in home and node not in papers and graph.degree(node) > 0)
    if rest:
        groups.extend(_split(graph, Group("", rest, "rest"), seed, largest, always=True))
    groups = _join_small(graph, groups)
    if isolates:
        groups.append(Group("", isolates, "isolates"))
    return unique_titles(groups)


def _of_places(places: dict[str, Place]) -> list[Group]:
    """Return the groups of a large map; those of one prefecture only need not name it."""
    found = group_by_place(places)
    regions = {prefecture for prefecture, _, _ in found if prefecture}
    groups = []
    for (prefecture, municipality, count), nodes in found.items():
        region = prefecture if len(regions) > 1 else ""
        role = "place" if prefecture else "nowhere"
        groups.append(Group(municipality or prefecture, tuple(nodes), role, region, 0 if municipality else count))
    return groups


def unique_titles(groups: Sequence[Group]) -> list[Group]:
    """Return the groups with titles that differ: those of the same title get their hub or region, or a number.

    Examples
    --------
    >>> pair = [Group("府中市", ("a",), "place", "東京都"), Group("府中市", ("b",), "place", "広島県")]
    >>> [group.title for group in unique_titles(pair)]
    ['府中市（東京都）', '府中市（広島県）']
    """
    often = Counter(group.title for group in groups if group.title)
    named = [
        replace(group, title=f"{group.title}（{group.within or group.region}）")
        if often[group.title] > 1 and (group.within or group.region)
        else group
        for group in groups
    ]
    often = Counter(group.title for group in named if group.title)
    seen: Counter[str] = Counter()
    found = []
    for group in named:
        seen[group.title] += 1
        numbered = f"{group.title} ({seen[group.title]})" if group.title and often[group.title] > 1 else group.title
        found.append(replace(group, title=numbered))
    return found


def _text(graph: Graph, node: str, name: str) -> str:
    value = graph.nodes[node].get(name)
    return value if isinstance(value, str) else ""


def _collected(graph: Graph, titles: dict[str, str]) -> dict[str, tuple[str, ...]]:
    """Return the nodes of each title, both in the order of the graph."""
    members: dict[str, list[str]] = {}
    for node in graph:
        if node in titles:
            members.setdefault(titles[node], []).append(node)
    return {title: tuple(nodes) for title, nodes in members.items()}


def _place(graph: Graph, hub: str) -> str:
    """Return the local body a hub belongs to, so that all of a city's hubs share a frame; else its own name."""
    if not _text(graph, hub, "municipality"):
        return _text(graph, hub, "label")
    bodies = [node for node in (hub, *graph[hub]) if graph.nodes[node].get("class") == "LocalGovernment"]
    named = [node for node in bodies if _text(graph, node, "municipality") == _text(graph, hub, "municipality")]
    return _text(graph, named[0], "label") if named else _text(graph, hub, "label")


def _papers(graph: Graph, nodes: list[str]) -> dict[str, str]:
    """Return the nodes of components in which nobody acts (catalogues, plans), with the commonest class in each."""
    titles: dict[str, str] = {}
    for component in nx.connected_components(graph.subgraph(nodes)):
        if all(graph.nodes[node].get("kind", "organization") not in ACTING for node in component):
            subjects = [node for node in component if graph.nodes[node].get("kind") not in CONCEPTS]
            classes = Counter(_text(graph, node, "class_label") for node in subjects or component)
            commonest = min(classes, key=lambda name: (-classes[name], name))
            titles.update(dict.fromkeys(component, commonest))
    return titles


def _hubs(graph: Graph) -> list[str]:
    """Hubs, the most specific (fewest neighbours) first; a municipality inside a local platform is no hub itself."""
    platforms = [
        node for node, data in graph.nodes(data=True) if data.get("kind") in HUB_KINDS and graph.degree(node) >= 2
    ]
    local = {node for node in platforms if graph.degree(node) <= LOCAL and graph.nodes[node].get("kind") != "programme"}
    bodies = [
        node
        for node, data in graph.nodes(data=True)
        if data.get("class") == "LocalGovernment" and graph.degree(node) >= 4 and local.isdisjoint(graph[node])
    ]
    order = {node: position for position, node in enumerate(graph)}
    return sorted([*platforms, *bodies], key=lambda node: (graph.degree(node), order[node]))


def _nearest_hubs(graph: Graph) -> dict[str, str]:
    """Assign nodes to hubs level by level; among equally near hubs the most specific one wins."""
    hubs = _hubs(graph)
    rank = {hub: position for position, hub in enumerate(hubs)}
    home = {hub: hub for hub in hubs}
    frontier = list(hubs)
    while frontier:
        found: dict[str, str] = {}
        for node in frontier:
            for neighbour in graph[node]:
                if neighbour in home:
                    continue
                best = found.get(neighbour)
                if best is None or rank[home[node]] < rank[best]:
                    found[neighbour] = home[node]
        home.update(found)
        frontier = list(found)
    return home


def _split(
    graph: Graph, group: Group, seed: int, largest: int, *, always: bool = False, by: Sequence[str] | None = None
) -> list[Group]:
    """Split `group` by municipality, then prefecture, then community until no part exceeds `largest`."""
    if len(group.nodes) <= largest and not always:
        return [group]
    for position, attribute in enumerate(by if by is not None else ("municipality", "prefecture")):
        values = Counter(_text(graph, node, attribute) for node in group.nodes)
        named = {value: count for value, count in values.items() if value and count >= SMALLEST}
        if sum(named.values()) * 2 < len(group.nodes) or (len(named) < 2 and not always):
            continue
        parts: list[Group] = []
        for value in [*named, ""]:
            nodes = tuple(node for node in group.nodes if (_text(graph, node, attribute) in named) == bool(value))
            if value:
                nodes = tuple(node for node in nodes if _text(graph, node, attribute) == value)
            if nodes:
                part = Group(value or group.title, nodes, "place" if value else group.role, within=group.title)
                parts.extend(_split(graph, part, seed, largest, by=("municipality", "prefecture")[position + 1 :]))
        return parts
    return _communities(graph, group, seed, largest)


def _communities(graph: Graph, group: Group, seed: int, largest: int) -> list[Group]:
    """Louvain communities of the group, each named after its best-connected node; oversized ones cut in order."""
    inside = ordered_part(graph, group.nodes)
    found = nx.community.louvain_communities(inside, seed=seed)
    order = {node: position for position, node in enumerate(group.nodes)}
    parts = []
    for members in sorted((sorted(part, key=order.__getitem__) for part in found), key=lambda part: order[part[0]]):
        for start in range(0, len(members), largest):
            nodes = tuple(members[start : start + largest])
            centre = max(nodes, key=lambda node: (graph.degree(node), -order[node]))
            parts.append(Group(_text(graph, centre, "label"), nodes, "community"))
    if not group.title or len(parts) == 1:
        return [replace(part, title=group.title or part.title) for part in parts]
    return [replace(part, within=group.title) for part in parts]


def ordered_part(graph: Graph, nodes: Sequence[str]) -> Graph:
    """Return the part of `graph` among `nodes`, in their order: networkx gives subgraphs in the order of a set."""
    index = {node: number for number, node in enumerate(nodes)}
    part: Graph = nx.Graph()
    part.add_nodes_from(nodes)
    for node in nodes:
        inside = sorted(index[other] for other in graph[node] if other in index)
        part.add_edges_from((node, nodes[number]) for number in inside if number > index[node])
    return part


def _join_small(graph: Graph, groups: Iterable[Group]) -> list[Group]:
    kept: list[Group] = []
    small: list[Group] = []
    for group in groups:
        (kept if len(group.nodes) >= SMALLEST else small).append(group)
    if len(small) > 1:
        nodes = {node for group in small for node in group.nodes}
        kept.append(Group("", tuple(node for node in graph if node in nodes), "rest"))
        return kept
    return [*kept, *small]

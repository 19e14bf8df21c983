"""What has to be written so that a database holds a graph: the difference of the two."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

import pyoxigraph as ox

from tsunagari.graph.neo4j.connection import Database
from tsunagari.graph.neo4j.marker import OWN_NODES, Marker
from tsunagari.graph.neo4j.names import RESOURCE, SHORTCUTS
from tsunagari.graph.neo4j.property_graph import Link, Node, name_text, node_of
from tsunagari.graph.neo4j.shortcuts import Shortcut, shortcuts_of
from tsunagari.graph.neo4j.statements import Outline, Statements
from tsunagari.graph.neo4j.writing import chunks
from tsunagari.ontology.vocabulary import vocabulary

HASHES = f"{OWN_NODES} RETURN n.iri, n._hash"
FOUND = f"""\
UNWIND $rows AS iri MATCH (n:{RESOURCE} {{iri: iri}})
OPTIONAL MATCH (n)-[r]->(m:{RESOURCE}) WHERE r.graphs IS NOT NULL
RETURN iri, labels(n), collect([type(r), m.iri, r.graphs])"""


@dataclass(slots=True)
class Plan:
    """What has to be written.

    Parameters
    ----------
    nodes
        Nodes to make or to replace.
    created
        How many of them are not there yet.
    vanished
        IRIs of nodes of ours that the graph has no longer.
    stale
        IRIs of nodes that are there and are replaced; their shortcuts are made anew.
    lost_links
        Relationships of these nodes that go, or are made anew: start, type, end.
    links
        Relationships to make.
    new_links
        How many of them are not there yet.
    lost_labels
        IRI of a node to the labels that it loses.
    shortcuts
        Shortcuts to make.
    lost_shortcuts
        How many of those there are go, to come again where what they stand for is still there.
    """

    nodes: list[Node] = field(default_factory=list)
    created: int = 0
    vanished: list[str] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)
    lost_links: list[tuple[str, str, str]] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    new_links: int = 0
    lost_labels: dict[str, list[str]] = field(default_factory=dict)
    shortcuts: list[Shortcut] = field(default_factory=list)
    lost_shortcuts: int = 0


def make_plan(
    database: Database,
    statements: Statements,
    shape: Outline,
    evidence: Mapping[str, str],
    marker: Marker,
    *,
    trusting: bool = True,
) -> Plan:
    """Compare a graph with what the database holds.

    Parameters
    ----------
    database
        The database.
    statements, shape
        The graph and its outline.
    evidence
        Node to where it is stated, in words.
    marker
        The note of the last push; numbers of graphs and names that it lacks are added.
    trusting
        Whether a node with the right hash is taken to be right; else every node is compared and written anew.
    """
    there: dict[str, str | None] = dict((iri, mark) for iri, mark in database.stream(HASHES))  # noqa: C402 - typed
    wanted = {iri for iri, mark in shape.digests.items() if not trusting or there.get(iri) != mark}
    numbers = {iri: place for place, iri in enumerate(marker.graphs)}
    plan = Plan(vanished=sorted(set(there) - set(shape.digests)))
    plan.nodes = [
        node_of(iri, quads, marker.names, lambda graph: numbers.setdefault(graph, len(numbers)))
        for iri, quads in _quads_of(statements, wanted)
    ]
    plan.nodes.sort(key=lambda node: node.iri)
    marker.graphs = list(numbers)
    for node in plan.nodes:
        plan.shortcuts += shortcuts_of(node, evidence.get(node.iri, ""))
    plan.stale = [node.iri for node in plan.nodes if node.iri in there]
    plan.created = len(plan.nodes) - len(plan.stale)
    plan.lost_shortcuts = _count_shortcuts(database, [*plan.vanished, *plan.stale])
    _compare(database, plan, {node.iri: node for node in plan.nodes if node.iri in there}, marker)
    return plan


def _count_shortcuts(database: Database, iris: Sequence[str]) -> int:
    """Return how many shortcuts stand for some nodes."""
    texts = [f"UNWIND $rows AS iri MATCH ()-[r:{name}]->() WHERE r.via = iri RETURN count(r)" for name in SHORTCUTS]
    return sum(database.read(text, rows=part)[0][0] for part in chunks(iris) for text in texts)


def _quads_of(statements: Statements, wanted: set[str]) -> Iterator[tuple[str, Sequence[ox.Quad]]]:
    """Yield the wanted nodes with all they say; those that are only objects say nothing."""
    left = set(wanted)
    lines = [line for subject, lines in statements.subjects() if subject in wanted for line in lines]
    parsed = ox.parse(b"\n".join(lines), format=ox.RdfFormat.N_QUADS, lenient=True)
    for subject, quads in groupby(parsed, key=lambda quad: quad.subject):
        assert isinstance(subject, ox.NamedNode | ox.BlankNode)
        left.discard(name_text(subject))
        yield name_text(subject), list(quads)
    for iri in sorted(left):
        yield iri, []


def _compare(database: Database, plan: Plan, stale: Mapping[str, Node], marker: Marker) -> None:
    """Compare labels and relationships of nodes that are there; of new ones everything is new."""
    known = set(marker.names.labels) | set(vocabulary().classes)
    for node in plan.nodes:
        if node.iri not in stale:
            plan.links += node.links
    plan.new_links = len(plan.links)
    for part in chunks(plan.stale):
        for iri, labels, links in database.stream(FOUND, rows=part):
            node = stale[iri]
            lost = sorted((set(labels) & known) - {RESOURCE, *node.labels})
            if lost:
                plan.lost_labels[iri] = lost
            _compare_links(plan, node, [link for link in links if link[0] is not None])


def _compare_links(plan: Plan, node: Node, links: Sequence[Sequence[Any]]) -> None:
    """Note the relationships of a node that go, come, or stand in other graphs (these go and come)."""
    had = {(name, end): graphs for name, end, graphs in links}
    twice = {pair for pair, number in Counter((name, end) for name, end, _ in links).items() if number > 1}
    wanted = {(link.type, link.end): link for link in node.links}
    same = {pair for pair, link in wanted.items() if had.get(pair) == link.graphs} - twice
    plan.lost_links += [(node.iri, name, end) for name, end in sorted(set(had) - same)]
    plan.links += [link for pair, link in wanted.items() if pair not in same]
    plan.new_links += len(set(wanted) - set(had))

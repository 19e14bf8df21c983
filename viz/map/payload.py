"""What the map page carries: nodes, ties, evidence, matrices and tables, as plain values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING, Any

from tsunagari.graph.facts import NODE_KINDS
from tsunagari.graph.networks import DEFAULT_NETWORK
from tsunagari.ontology.namespaces import ID
from tsunagari.ontology.vocabulary import vocabulary
from tsunagari.viz.look.candidates import candidates_of
from tsunagari.viz.look.cells import plain
from tsunagari.viz.look.gap_status import GAP_STATUSES
from tsunagari.viz.look.matrix import coverage_matrices
from tsunagari.viz.look.palette import (
    CATEGORICAL,
    CLAIMS,
    COUNT_STEPS,
    KINDS,
    NO_SECTOR,
    OTHER_KIND,
    SECTORS,
    STATUSES,
    Style,
)
from tsunagari.viz.map.columns import encode_table
from tsunagari.viz.map.evidence import Evidence
from tsunagari.viz.map.grouping import Graph, Group
from tsunagari.viz.map.labels import METHOD, REACH, texts
from tsunagari.viz.map.layout import Layout
from tsunagari.viz.map.measures import Measures, node_measures
from tsunagari.viz.map.prospects import looked_into, loss_sentences, remedies_data
from tsunagari.viz.map.rollups import rollups
from tsunagari.viz.map.tables import (
    TOLD_ROWS,
    borrow,
    brokers_table,
    claim_names,
    gaps_table,
    memberships_table,
    organizations_table,
)

if TYPE_CHECKING:
    import pandas as pd

    from tsunagari.graph.knowledge import KnowledgeGraph

CREDITS = "Tsunagari (MIT) · vis-network 9.1 (Apache-2.0 / MIT)"
OPTIONS = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False, "randomSeed": 7},
    "interaction": {"dragNodes": False, "hover": False, "keyboard": False, "selectable": False, "zoomSpeed": 0.7},
}
"""Of vis-network. Positions are laid out beforehand, and the page has keys and a choice of its own."""


def page_data(
    kg: KnowledgeGraph,
    graph: Graph,
    layout: Layout,
    *,
    days: list[dict[str, Any]],
    lang: str,
    at: date | str | None,
    day: str,
    top: int | None = None,
) -> dict[str, Any]:
    """Return everything the page shows; nothing in it is markup.

    Parameters
    ----------
    kg
        The graph the tables come from.
    graph, layout
        Its network ``all`` (with what held on other days), and the positions.
    days
        What does not hold on which day, see `tsunagari.viz.map.timeline.over_time`.
    lang, at
        Language and date for the graph's own methods.
    day
        The date as it is shown.
    top
        The first so many rows of the tables that rank; None for all.
    """
    gaps = kg.gaps(at=at, lang=lang)
    looked = looked_into(gaps)
    remedies = kg.remedies(at=at, statuses=looked, lang=lang)
    gaps = candidates_of(gaps, remedies)
    brokers = kg.brokers(at=at, lang=lang)
    organizations = kg.frame("organizations", at=at, lang=lang)
    measures = node_measures(kg, brokers, at=at, lang=lang)
    stated = (iri for _, _, data in graph.edges(data=True) for iri in data["evidence"])
    evidence = Evidence(kg, chain(graph, stated), lang)
    nodes = _nodes(graph, layout, measures, _aliases(organizations), evidence)
    edges = _edges(graph, evidence)
    tables = {
        "gaps": gaps_table(gaps.head(top or len(gaps)), lang),
        "brokers": brokers_table(brokers.head(top or len(brokers)), lang),
        "organizations": organizations_table(organizations, lang),
        "memberships": memberships_table(kg.frame("memberships", at=at, lang=lang), lang),
    }
    for table in tables.values():
        borrow(table, nodes)
    return {
        "meta": {
            "title": kg.title,
            "as_of": day,
            "lang": _language(lang),
            "credits": CREDITS,
            "days": days,
            "looked": looked,
            "told": min(len(gaps), TOLD_ROWS),
        },
        "text": texts(lang),
        "method": [
            [heading.text(lang), text.text(lang), gaps.attrs.get("severity_formula", "") if heading is REACH else ""]
            for heading, text in METHOD
        ],
        "options": OPTIONS,
        "palette": _palette(lang),
        "names": _names(graph, lang),
        "measures": [{"key": key, "label": label} for key, label in measures.labels.items()],
        "frames": _frames(layout, lang),
        "regions": [asdict(region) | {"title": region.title or texts(lang)["nowhere"]} for region in layout.regions],
        "nodes": encode_table(nodes),
        "edges": encode_table(edges),
        "contacts": _contacts(kg, graph, at),
        "evidence": encode_table(evidence.table()),
        "matrices": [matrix.as_dict() for matrix in coverage_matrices(kg, gaps, at=at, lang=lang)],
        "rollups": rollups(kg, gaps, at=at, lang=lang),
        "coverage": dict(Counter(gaps["status"].tolist())),
        "tables": tables,
        "remedies": remedies_data(remedies),
        "losses": loss_sentences(kg.loss(at=at, lang=lang)),
        "sources": _sources(kg.source_table(lang)),
    }


def _language(lang: str) -> str:
    return "en" if lang == "en" else "ja"


def _sources(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the sources that state something, those that state most first."""
    rows = [{str(name): plain(value) for name, value in row.items()} for row in table.to_dict("records")]
    said = [row for row in rows if row.get("records", 1)]
    return sorted(said, key=lambda row: -(row.get("records") or 0))


def _key(iri: str) -> str:
    """Return the part of `iri` that tells it apart, short enough for the fragment of an address."""
    return iri.removeprefix(ID)


def _aliases(organizations: pd.DataFrame) -> dict[str, list[str]]:
    if "aliases" not in organizations.columns:
        return {}
    pairs = zip(organizations["organization_id"], organizations["aliases"], strict=True)
    return {iri: list(names) if isinstance(names, (list, tuple)) else [str(names)] for iri, names in pairs if names}


def _nodes(
    graph: Graph, layout: Layout, measures: Measures, aliases: Mapping[str, list[str]], evidence: Evidence
) -> dict[str, list[Any]]:
    group = {node: number for number, frame in enumerate(layout.frames) for node in frame.group.nodes}
    index = {node: number for number, node in enumerate(graph)}
    platforms = {node for node, data in graph.nodes(data=True) if data["kind"] == "platform"}
    joined = {node: sorted(index[to] for to in set(graph[node]) & platforms) for node in graph}
    degrees = _degrees(graph)
    ids, rows = list(graph), [data for _, data in graph.nodes(data=True)]
    found: dict[str, list[Any]] = {
        "key": [_key(node) for node in ids],
        "x": [layout.positions[node][0] for node in ids],
        "y": [layout.positions[node][1] for node in ids],
        "degree": [degrees[node] for node in ids],
        "alt": [aliases.get(node, []) for node in ids],
        "cls": [data["class_label"] for data in rows],
        "place": [data["municipality"] if data["municipality"] != data["prefecture"] else "" for data in rows],
        "reach": [data.get("reach", []) for data in rows],
        "group": [group[node] for node in ids],
        "community": [measures.community.get(node, "") for node in ids],
        "measures": [measures.of(node, degrees[node]) for node in ids],
        "platforms": [joined[node] for node in ids],
        "ev": [evidence.numbers([node]) for node in ids],
    }
    plainly = ("label", "reading", "kind", "sector", "sector_label", "prefecture", "fields", "stated_size", "status")
    return found | {name: [data[name] for data in rows] for name in plainly}


def _degrees(graph: Graph) -> dict[str, int]:
    """Return with how many other nodes each is tied."""
    others: dict[str, set[str]] = {node: set() for node in graph}
    for source, target in graph.edges():
        if source != target:
            others[source].add(target)
            others[target].add(source)
    return {node: len(found) for node, found in others.items()}


def _edges(graph: Graph, evidence: Evidence) -> dict[str, list[Any]]:
    index = {node: number for number, node in enumerate(graph)}
    ends = list(graph.edges())
    rows = [data for _, _, data in graph.edges(data=True)]
    return {
        "from": [index[source] for source, _ in ends],
        "to": [index[target] for _, target in ends],
        **{name: [data[name] for data in rows] for name in ("kind", "status", "valid_from", "valid_to")},
        "ev": [evidence.numbers(data["evidence"]) for data in rows],
    }


def _contacts(kg: KnowledgeGraph, graph: Graph, at: date | str | None) -> dict[str, list[int]]:
    """Return who is in contact with whom in the network that brokers are counted in, as numbers of nodes."""
    index = {node: number for number, node in enumerate(graph)}
    found = kg.projection(DEFAULT_NETWORK, at=at)
    number = [index.get(node) for node in found.node_ids]
    ends = ((number[a], number[b]) for a, b in zip(found.source.tolist(), found.target.tolist(), strict=True))
    pairs = [(a, b) for a, b in ends if a is not None and b is not None]
    return {"from": [a for a, _ in pairs], "to": [b for _, b in pairs]}


def _frames(layout: Layout, lang: str) -> list[dict[str, Any]]:
    named = texts(lang)
    return [
        {
            "title": _frame_title(frame.group, named),
            "role": frame.group.role,
            "lines": frame.lines,
            "region": frame.region,
            **{name: round(getattr(frame, name), 1) for name in ("x", "y", "width", "height")},
        }
        for frame in layout.frames
    ]


def _frame_title(group: Group, named: Mapping[str, str]) -> str:
    if group.others > 1:
        return named["other_places"].format(group.title, group.others)
    return group.title or named.get(group.role, named["rest"])


def _names(graph: Graph, lang: str) -> dict[str, dict[str, str]]:
    """Return what the values of each filter are called where the value itself is a code."""
    kinds = {data["kind"] for _, data in graph.nodes(data=True)}
    return {
        "kind": {kind: _kind_name(kind, lang) for kind in sorted(kinds)},
        "sector": {data["sector"]: data["sector_label"] for _, data in graph.nodes(data=True) if data["sector"]},
        "status": claim_names(lang),
        "tie_kind": {data["kind"]: data["kind_label"] for _, _, data in graph.edges(data=True)},
        "coverage": {status: style.label.text(lang) for status, style in GAP_STATUSES.items()},
    }


def _kind_name(kind: str, lang: str) -> str:
    own = texts(lang).get(f"kind_{kind}")
    return own or vocabulary().label(NODE_KINDS.get(kind, kind), lang)


def _palette(lang: str) -> dict[str, Any]:
    def style(value: Style) -> dict[str, str]:
        return {"colour": value.colour, "sign": value.sign.text(lang), "ink": value.ink}

    kinds = KINDS | {kind: OTHER_KIND for kind in NODE_KINDS if kind not in KINDS}
    return {
        "sectors": {name: style(value) for name, value in SECTORS.items()},
        "kinds": {name: asdict(value) | {"sign": "", "ink": "#ffffff"} for name, value in kinds.items()},
        "statuses": {name: style(value) for name, value in CLAIMS.items()},
        "coverage": {name: style(value) for name, value in STATUSES.items()},
        "categorical": CATEGORICAL,
        "counts": COUNT_STEPS,
        "none": NO_SECTOR.colour,
    }

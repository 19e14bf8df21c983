"""What the map page carries: nodes, ties, evidence, matrices and tables, as plain values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

from tsunagari.graph.facts import NODE_KINDS
from tsunagari.ontology.namespaces import ID
from tsunagari.ontology.vocabulary import vocabulary
from tsunagari.viz.look.candidates import candidates_of
from tsunagari.viz.look.cells import plain
from tsunagari.viz.look.gap_status import GAP_STATUSES
from tsunagari.viz.look.matrix import coverage_matrices
from tsunagari.viz.look.palette import CATEGORICAL, CLAIMS, COUNT_STEPS, KINDS, NO_SECTOR, SECTORS, STATUSES, Style
from tsunagari.viz.map.columns import encode_table
from tsunagari.viz.map.grouping import Graph
from tsunagari.viz.map.labels import METHOD, REACH, texts
from tsunagari.viz.map.layout import Layout
from tsunagari.viz.map.prospects import loss_sentences, remedies_data
from tsunagari.viz.map.tables import brokers_table, claim_names, gaps_table, memberships_table, organizations_table

if TYPE_CHECKING:
    import pandas as pd
    from pyvis.network import Network

    from tsunagari.graph.knowledge import KnowledgeGraph

CREDITS = "Tsunagari (MIT) · pyvis (BSD-3-Clause) · vis-network 9.1.2 (Apache-2.0 / MIT)"


def page_data(
    kg: KnowledgeGraph,
    graph: Graph,
    layout: Layout,
    model: Network,
    *,
    lang: str,
    at: date | str | None,
    day: str,
) -> dict[str, Any]:
    """Return everything the page shows; nothing in it is markup.

    Parameters
    ----------
    kg
        The graph the tables come from.
    graph, layout, model
        Its network ``all``, the positions, and the pyvis model made of both.
    lang, at
        Language and date for the graph's own methods.
    day
        The date as it is shown.
    """
    remedies = kg.remedies(at=at, lang=lang)
    gaps = candidates_of(kg.gaps(at=at, lang=lang), remedies)
    brokers = kg.brokers(at=at, lang=lang)
    betweenness = dict(zip(brokers["organization_id"], brokers["betweenness"], strict=True))
    evidence = _Evidence(kg, lang)
    organizations = kg.frame("organizations", at=at, lang=lang)
    aliases = _aliases(organizations)
    nodes = _nodes(graph, layout, model, betweenness, aliases, evidence)
    edges = _edges(graph, model, evidence)
    tables = {
        "gaps": gaps_table(gaps, lang),
        "brokers": brokers_table(brokers, lang),
        "organizations": organizations_table(organizations, lang),
        "memberships": memberships_table(kg.frame("memberships", at=at, lang=lang), lang),
    }
    return {
        "meta": {
            "title": kg.title,
            "as_of": day,
            "lang": "en" if lang == "en" else "ja",
            "credits": CREDITS,
        },
        "text": texts(lang),
        "method": [
            [heading.text(lang), text.text(lang), gaps.attrs.get("severity_formula", "") if heading is REACH else ""]
            for heading, text in METHOD
        ],
        "options": _options(model),
        "palette": _palette(lang),
        "names": _names(graph, lang),
        "frames": _frames(layout, lang),
        "nodes": encode_table(nodes),
        "edges": encode_table(edges),
        "evidence": encode_table(evidence.table()),
        "matrices": [matrix.as_dict() for matrix in coverage_matrices(kg, gaps, at=at, lang=lang)],
        "coverage": dict(Counter(gaps["status"].tolist())),
        "tables": tables,
        "remedies": remedies_data(remedies),
        "losses": loss_sentences(kg.loss(at=at, lang=lang)),
        "broker_of": {_key(iri): row for row, iri in enumerate(brokers["organization_id"].tolist())},
        "sources": _sources(kg.source_table(lang)),
    }


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


class _Evidence:
    """Numbers the places where records are stated, each once."""

    def __init__(self, kg: KnowledgeGraph, lang: str) -> None:
        self._kg = kg
        self._lang = lang
        self._places: dict[tuple[Any, ...], int] = {}
        self._of: dict[str, list[int]] = {}

    columns = ("document", "title", "line", "page", "quote", "row", "sheet")

    def numbers(self, iris: Iterable[str]) -> list[int]:
        """Return the numbers of the places where any of `iris` is stated."""
        found: list[int] = []
        for iri in iris:
            if iri not in self._of:
                cited = self._kg.citations(iri, lang=self._lang)
                places = [tuple(getattr(place, name) for name in self.columns) for place in cited]
                self._of[iri] = [self._places.setdefault(place, len(self._places)) for place in places]
            found.extend(self._of[iri])
        return list(dict.fromkeys(found))

    def table(self) -> dict[str, list[Any]]:
        return {name: [place[position] for place in self._places] for position, name in enumerate(self.columns)}


def _nodes(
    graph: Graph,
    layout: Layout,
    model: Network,
    betweenness: Mapping[str, float],
    aliases: Mapping[str, list[str]],
    evidence: _Evidence,
) -> dict[str, list[Any]]:
    group = {node: number for number, frame in enumerate(layout.frames) for node in frame.group.nodes}
    index = {node: number for number, node in enumerate(graph)}
    platforms = {node for node, data in graph.nodes(data=True) if data["kind"] == "platform"}
    rows = []
    for node, drawn in zip(graph, model.nodes, strict=True):
        data = graph.nodes[node]
        rows.append(
            {
                **{name: drawn[name] for name in ("label", "x", "y", "shape", "size", "color", "degree")},
                "key": _key(node),
                "reading": data["reading"],
                "alt": aliases.get(node, []),
                "kind": data["kind"],
                "cls": data["class_label"],
                "sector": data["sector"],
                "sector_label": data["sector_label"],
                "place": data["municipality"] if data["municipality"] != data["prefecture"] else "",
                "prefecture": data["prefecture"],
                "fields": data["fields"],
                "reach": data.get("reach", []),
                "stated_size": data["stated_size"],
                "status": data["status"],
                "betweenness": plain(betweenness.get(node)),
                "group": group[node],
                "platforms": sorted(index[to] for to in set(graph[node]) & platforms),
                "ev": evidence.numbers([node]),
            }
        )
    return {name: [row[name] for row in rows] for name in (rows[0] if rows else ())}


def _edges(graph: Graph, model: Network, evidence: _Evidence) -> dict[str, list[Any]]:
    names = ("from", "to", "kind", "status", "valid_from", "valid_to", "ev")
    rows = []
    for (_, _, data), drawn in zip(graph.edges(data=True), model.edges, strict=True):
        rows.append(
            {
                "from": drawn["from"],
                "to": drawn["to"],
                "kind": data["kind"],
                "status": data["status"],
                "valid_from": data["valid_from"],
                "valid_to": data["valid_to"],
                "ev": evidence.numbers(data["evidence"]),
            }
        )
    return {name: [row[name] for row in rows] for name in names}


def _frames(layout: Layout, lang: str) -> list[dict[str, Any]]:
    named = texts(lang)
    return [
        {
            "title": frame.group.title or named["isolates" if frame.group.role == "isolates" else "rest"],
            "role": frame.group.role,
            "lines": frame.lines,
            **{name: round(getattr(frame, name), 1) for name in ("x", "y", "width", "height")},
        }
        for frame in layout.frames
    ]


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

    return {
        "sectors": {name: style(value) for name, value in SECTORS.items()},
        "kinds": {name: asdict(value) | {"sign": "", "ink": "#ffffff"} for name, value in KINDS.items()},
        "statuses": {name: style(value) for name, value in CLAIMS.items()},
        "coverage": {name: style(value) for name, value in STATUSES.items()},
        "categorical": CATEGORICAL,
        "counts": COUNT_STEPS,
        "none": NO_SECTOR.colour,
    }


def _options(model: Network) -> Any:
    options = model.options
    return options if isinstance(options, dict) else options.to_json()

"""What the map page carries: nodes, ties, evidence, matrices and tables, as plain values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np

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
from tsunagari.viz.map.columns import encode_table, number_keys
from tsunagari.viz.map.drawn import Drawn
from tsunagari.viz.map.evidence import Evidence
from tsunagari.viz.map.grouping import Group
from tsunagari.viz.map.labels import METHOD, REACH, texts
from tsunagari.viz.map.layout import Layout
from tsunagari.viz.map.measures import Measures, node_measures
from tsunagari.viz.map.prospects import MOST_ROWS, looked_into, loss_sentences, remedies_data
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
    drawn: Drawn,
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
    drawn, layout
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
    remedies = kg.remedies(at=at, statuses=looked, told=MOST_ROWS, lang=lang)
    gaps = candidates_of(gaps, remedies)
    brokers = kg.brokers(at=at, lang=lang)
    organizations = kg.frame("organizations", at=at, lang=lang)
    measures = node_measures(kg, brokers, at=at, lang=lang)
    evidence = Evidence(kg, chain(drawn.ids, *drawn.ties["evidence"]), lang)
    nodes = _nodes(drawn, layout, measures, _aliases(organizations), evidence)
    edges = _edges(drawn, evidence)
    tables = {
        "gaps": gaps_table(gaps.head(top or len(gaps)), lang),
        "brokers": brokers_table(brokers.head(top or len(brokers)), lang),
        "organizations": organizations_table(organizations, lang),
        "memberships": memberships_table(kg.frame("memberships", at=at, lang=lang), lang),
    }
    for table in tables.values():
        borrow(table, nodes)
    candidates = remedies_data(remedies)
    number_keys(candidates, {key: number for number, key in enumerate(nodes["key"])})
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
        "names": value_names(drawn, lang),
        "measures": [{"key": key, "label": label} for key, label in measures.labels.items()],
        "frames": _frames(layout, lang),
        "regions": [asdict(region) | {"title": region.title or texts(lang)["nowhere"]} for region in layout.regions],
        "nodes": encode_table(nodes),
        "edges": encode_table(edges),
        "contacts": _contacts(kg, drawn, at),
        "evidence": encode_table(evidence.table()),
        "matrices": [matrix.as_dict() for matrix in coverage_matrices(kg, gaps, at=at, lang=lang)],
        "rollups": rollups(kg, gaps, at=at, lang=lang),
        "coverage": dict(Counter(gaps["status"].tolist())),
        "tables": tables,
        "remedies": candidates,
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
    drawn: Drawn, layout: Layout, measures: Measures, aliases: Mapping[str, list[str]], evidence: Evidence
) -> dict[str, list[Any]]:
    ids, said = drawn.ids, drawn.nodes
    group = {node: number for number, frame in enumerate(layout.frames) for node in frame.group.nodes}
    degrees = drawn.degrees.tolist()
    homes = zip(said["municipality"], said["prefecture"], strict=True)
    found: dict[str, list[Any]] = {
        "key": [_key(node) for node in ids],
        "x": [layout.positions[node][0] for node in ids],
        "y": [layout.positions[node][1] for node in ids],
        "degree": degrees,
        "alt": [aliases.get(node, []) for node in ids],
        "cls": list(said["class_label"]),
        "place": [municipality if municipality != prefecture else "" for municipality, prefecture in homes],
        "reach": list(said["reach"]),
        "group": [group[node] for node in ids],
        "community": [measures.community.get(node, "") for node in ids],
        "measures": [measures.of(node, degree) for node, degree in zip(ids, degrees, strict=True)],
        "platforms": _joined(drawn),
        "ev": [evidence.numbers([node]) for node in ids],
    }
    plainly = ("label", "reading", "kind", "sector", "sector_label", "prefecture", "fields", "stated_size", "status")
    return found | {name: list(said[name]) for name in plainly}


def _joined(drawn: Drawn) -> list[list[int]]:
    """Return the numbers of the platforms that each node belongs to."""
    is_platform = np.array([kind == "platform" for kind in drawn.nodes["kind"]], dtype=bool)
    into = is_platform[drawn.target]
    found: list[list[int]] = [[] for _ in drawn.ids]
    ends = np.stack((drawn.source[into], drawn.target[into]), axis=1)
    for node, platform in np.unique(ends, axis=0).tolist():
        found[node].append(platform)
    return found


def _edges(drawn: Drawn, evidence: Evidence) -> dict[str, list[Any]]:
    return {
        "from": drawn.source.tolist(),
        "to": drawn.target.tolist(),
        **{name: list(drawn.ties[name]) for name in ("kind", "status", "valid_from", "valid_to")},
        "ev": [evidence.numbers(iris) for iris in drawn.ties["evidence"]],
    }


def _contacts(kg: KnowledgeGraph, drawn: Drawn, at: date | str | None) -> dict[str, list[int]]:
    """Return who is in contact with whom in the network that brokers are counted in, as numbers of nodes."""
    index = {node: number for number, node in enumerate(drawn.ids)}
    found = kg.projection(DEFAULT_NETWORK, at=at)
    number = np.array([index.get(node, -1) for node in found.node_ids], dtype=np.int64)
    ends = np.stack([number[np.asarray(end, dtype=np.int64)] for end in (found.source, found.target)])
    source, target = ends[:, (ends >= 0).all(axis=0)].tolist()
    return {"from": source, "to": target}


def _frames(layout: Layout, lang: str) -> list[dict[str, Any]]:
    named = texts(lang)
    return [
        {
            "title": frame_title(frame.group, named),
            "role": frame.group.role,
            "lines": frame.lines,
            "region": frame.region,
            **{name: round(getattr(frame, name), 1) for name in ("x", "y", "width", "height")},
        }
        for frame in layout.frames
    ]


def frame_title(group: Group, named: Mapping[str, str]) -> str:
    """Return what a frame is called: by its group, else by the role of that."""
    if group.others > 1:
        return named["other_places"].format(group.title, group.others)
    return group.title or named.get(group.role, named["rest"])


def value_names(drawn: Drawn, lang: str) -> dict[str, dict[str, str]]:
    """Return what the values of each filter are called where the value itself is a code."""
    kinds = set(drawn.nodes["kind"])
    return {
        "kind": {kind: _kind_name(kind, lang) for kind in sorted(kinds)},
        "sector": {code: label for code, label in _pairs(drawn.nodes, "sector", "sector_label") if code},
        "status": claim_names(lang),
        "tie_kind": dict(_pairs(drawn.ties, "kind", "kind_label")),
        "coverage": {status: style.label.text(lang) for status, style in GAP_STATUSES.items()},
    }


def _pairs(columns: Mapping[str, Sequence[Any]], *names: str) -> Iterator[tuple[Any, ...]]:
    return zip(*(columns[name] for name in names), strict=True)


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

"""From the graph to edges: the one place where a relation node becomes a tie between the things it relates.

A membership, a role, a tie is a node of the graph, because it has its own time, status and evidence. Networks, maps and
graph files need an edge instead; every one of them gets it from `contract`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from tsunagari.graph.columns import Codes, Columns, no_codes
from tsunagari.graph.facts import node_classes, node_kind
from tsunagari.graph.networks.tie_claims import TieClaims, join_claims
from tsunagari.ontology.namespaces import TSU, column_name, local_name
from tsunagari.ontology.vocabulary import vocabulary


@dataclass(frozen=True, slots=True)
class Relation:
    """How a class of relation nodes contracts.

    Parameters
    ----------
    source
        Property that names one end.
    targets
        Properties that may name the other end; the first that is given does.
    kind
        Property whose concept is the kind of the edge; None makes the class itself the kind.
    """

    source: str
    targets: tuple[str, ...]
    kind: str | None = None


RELATIONS = {
    "PlatformMembership": Relation("member", ("organization",)),
    "RoleHolding": Relation("member", ("organization",), "role"),
    "PartnershipMembership": Relation("member", ("organization",), "role"),
    "ProgrammeParticipation": Relation("member", ("programme",)),
    "CollaborationTie": Relation("tie_from", ("tie_to",), "tie_kind"),
    "RoleTransfer": Relation("from_holding", ("to_holding",)),
    "CatalogueEntry": Relation("measure", ("category",)),
    "CompositionStatement": Relation("about", ("support_field", "constituent_type", "department")),
}


def contract(
    columns: Columns,
    *classes: str,
    at: str | None = None,
    statuses: Collection[str] | None = None,
    among: npt.NDArray[np.bool_] | None = None,
) -> TieClaims:
    """Return the ties that the things of some classes stand for.

    A relation node (see `RELATIONS`) gives one tie between its two ends. Every other thing gives one tie for each value
    of a property that the ontology's shapes point at another kind of node, and one for each support field.

    Parameters
    ----------
    columns
        The graph.
    classes
        Local names of classes; their subclasses are taken too. An end that is a role holding is replaced by the body
        that holds the role, so a transfer of a role becomes a tie from the old holder to the new one; this needs
        ``RoleHolding`` among the classes.
    at
        ISO date on which the relation shall hold, certainly or possibly; None takes every time. What took place before
        and is over stays, see `happened`.
    statuses
        Claim statuses to take; None takes every one.
    among
        For each code whether the thing counts; None takes all.

    Returns
    -------
    The ties, those of one relation after the other, each by the IRI of what states it; a relation with an end missing
    gives none.
    """
    things = columns.of_class(*classes)
    if among is not None:
        things = things[among[things]]
    if statuses is not None:
        wanted = np.array([status in statuses for status in columns.statuses])
        things = things[wanted[columns.status(things)]]
    names, places = columns.classes(things, *classes)
    held = columns.holds(things, at)
    stays = (held == 0) & happened(columns, things, at)
    held = np.where(stays, np.int8(2), held)
    holders = columns.of_class("RoleHolding") if "RoleHolding" in classes else no_codes(0)
    parts = [_no_claims()]
    for place in np.unique(places).tolist():
        chosen = np.flatnonzero((places == place) & (held > 0))
        parts += _claims_of_class(columns, names[place], things[chosen], held[chosen], holders)
    return join_claims(parts)


def happened(columns: Columns, things: Codes, at: str | None) -> npt.NDArray[np.bool_]:
    """Tell of each thing whether it took place before the day and is over: it holds no more but stays true."""
    if at is None:
        return np.zeros(len(things), dtype=bool)
    ended = columns.one("valid_to_not_after", things)
    ended = np.where(ended >= 0, ended, columns.one("valid_to", things))
    place, is_there = columns.terms.place(at)
    over: npt.NDArray[np.bool_] = (ended >= 0) & ((ended < place) | ((ended == place) & is_there))
    if over.any():
        names, places = columns.classes(things[over], "Activity", "Deliverable")
        kinds = np.array([node_kind(name) in ("activity", "deliverable") for name in (*names, "Concept")])
        over[over] = kinds[places]
    return over


def _claims_of_class(
    columns: Columns, cls: str, things: Codes, held: npt.NDArray[np.int8], holders: Codes
) -> Iterator[TieClaims]:
    name = relation_class(cls)
    if name is None:
        for column, path in link_properties(cls):
            starts, values = columns.all(column, things)
            rows = np.repeat(np.arange(len(things)), np.diff(starts))
            kinds = np.zeros(len(rows), dtype=np.int32)
            yield _claims(columns, things[rows], values, things[rows], held[rows], (local_name(path), (path,), kinds))
        return
    relation = RELATIONS[name]
    source, target = columns.one(relation.source, things), no_codes(len(things))
    for column in relation.targets:
        target = np.where(target >= 0, target, columns.one(column, things))
    whole = np.flatnonzero((source >= 0) & (target >= 0))
    node = things[whole]
    kinds, names = _kinds(columns, relation, f"{TSU}{name}", node)
    source, target = (_holder(columns, end[whole], holders) for end in (source, target))
    directed = columns.is_true("directed", node) if relation.kind == "tie_kind" else None
    yield _claims(columns, source, target, node, held[whole], (name, names, kinds), directed)


def _kinds(columns: Columns, relation: Relation, cls: str, nodes: Codes) -> tuple[Codes, tuple[str, ...]]:
    """Return what each relation node means as a place among IRIs, and the IRIs: its concept, else its class."""
    found = columns.one(relation.kind, nodes) if relation.kind else no_codes(len(nodes))
    codes, places = np.unique(found, return_inverse=True)
    return places.reshape(-1).astype(np.int32), tuple(text or cls for text in columns.text(codes))


def _holder(columns: Columns, ends: Codes, holders: Codes) -> Codes:
    """Return the body that holds the role for ends that are role holdings."""
    held = np.isin(ends, holders)
    if not held.any():
        return ends
    bodies = columns.one("member", ends)
    return np.where(held & (bodies >= 0), bodies, ends)


def _claims(
    columns: Columns,
    sources: Codes,
    targets: Codes,
    nodes: Codes,
    held: npt.NDArray[np.int8],
    meaning: tuple[str, tuple[str, ...], Codes],
    directed: npt.NDArray[np.bool_] | None = None,
) -> TieClaims:
    """Return ties that one node each states; `meaning` is the relation, and IRIs with a place among them for each."""
    relation, kind_names, kinds = meaning
    names = tuple(sorted({relation, *kind_names}))
    own = np.array([names.index(name) for name in kind_names], dtype=np.int32)
    strength = columns.one("strength", nodes)
    return TieClaims(
        sources=sources,
        targets=targets,
        relations=np.full(len(nodes), names.index(relation), dtype=np.int32),
        kinds=own[kinds],
        statuses=columns.status(nodes),
        validities=held,
        weights=np.where(strength >= 0, columns.numbers("strength", nodes), 1.0),
        directed=np.ones(len(nodes), dtype=bool) if directed is None else directed,
        valid_from=columns.one("valid_from", nodes),
        valid_to=columns.one("valid_to", nodes),
        starts=np.arange(len(nodes) + 1),
        evidence=nodes,
        names=names,
    )


def _no_claims() -> TieClaims:
    none = no_codes(0)
    rows = (none, none, none, none, none.astype(np.int16), none.astype(np.int8), none.astype(np.float64))
    return TieClaims(*rows, none.astype(bool), none, none, np.zeros(1, dtype=np.int64), none, ())


@cache
def link_properties(cls: str) -> tuple[tuple[str, str], ...]:
    """Return the properties of a class that lead to another node, with their IRIs; none for statements."""
    if node_kind(cls) is None:
        return ()
    kinds = node_classes()
    return tuple(
        (column_name(column.path), column.path)
        for column in vocabulary().columns(cls).values()
        if any(target in kinds for target in column.targets) or column.scheme == "fields"
    )


@cache
def relation_class(cls: str) -> str | None:
    """Return the class of `RELATIONS` that a class is or specialises, None when there is none."""
    return next((name for name in RELATIONS if cls == name or cls in vocabulary().subclasses(name)), None)

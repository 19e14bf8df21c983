"""From the graph to edges: the one place where a relation node becomes a tie between the things it relates.

A membership, a role, a tie is a node of the graph, because it has its own time, status and evidence. Networks, maps and
graph files need an edge instead; every one of them gets it from `contract`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from tsunagari.graph.things import Thing
from tsunagari.graph.validity import Validity
from tsunagari.ontology.namespaces import TSU, column_name, local_name
from tsunagari.ontology.vocabulary import vocabulary

# What can stand at the end of an edge: the kind of a node to the class whose instances it covers. The first that
# applies counts, as a subcommittee is an organisation too.
NODE_KINDS = {
    "body": "PlatformBody",
    "platform": "Collaboration",
    "organization": "Organization",
    "service": "SupportService",
    "measure": "SupportMeasure",
    "requirement": "ProgrammeRequirement",
    "programme": "Programme",
    "activity": "Activity",
    "deliverable": "Deliverable",
    "policy": "Policy",
    "goal": "Goal",
    "area": "AdministrativeArea",
}


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


@dataclass(frozen=True, slots=True)
class Edge:
    """One contracted relation.

    Parameters
    ----------
    source, target
        IRIs of the two ends.
    relation
        The class of the relation node, or the property for a relation that needs no node.
    kind
        IRI of what the edge means: a concept (role, kind of tie), a class or a property.
    status
        Notation of the claim status.
    validity
        Whether it holds on the day that was asked for.
    weight
        Strength of the tie where the source gives one, else 1.
    directed
        Whether the direction means anything.
    evidence
        IRI of the node that states it.
    valid_from, valid_to
        ISO dates, None where not known.
    """

    source: str
    target: str
    relation: str
    kind: str
    status: str
    validity: Validity
    weight: float
    directed: bool
    evidence: str
    valid_from: str | None
    valid_to: str | None


def contract(things: Mapping[str, Thing], *, at: str | None = None) -> Iterator[Edge]:
    """Yield the edges that things stand for.

    A relation node (see `RELATIONS`) gives one edge between its two ends. Every other thing gives one edge for each
    value of a property that the ontology's shapes point at another kind of node, and one for each support field.

    Parameters
    ----------
    things
        IRI to thing. An end that is a role holding is replaced by the body that holds the role, so a transfer of a role
        becomes an edge from the old holder to the new one; this needs the holdings among the things.
    at
        Day on which the relation shall hold, certainly or possibly; None takes every time.

    Yields
    ------
    Edges in the order of the things; a relation with an end missing gives none.
    """
    for thing in things.values():
        held = thing.holds(at)
        if held == "no" and not happened(thing, at):
            continue
        relation = RELATIONS.get(relation_class(thing.cls) or "")
        found = _relation_edges(thing, relation, things) if relation else _link_edges(thing)
        for source, target, name, kind in found:
            yield Edge(
                source,
                target,
                name,
                kind,
                thing.status,
                "certain" if held == "no" else held,
                float(thing.one("strength") or 1),
                not relation or relation.kind != "tie_kind" or thing.one("directed") in ("true", "1"),
                thing.iri,
                thing.one("valid_from"),
                thing.one("valid_to"),
            )


def happened(thing: Thing, at: str | None) -> bool:
    """Tell whether a thing took place before the day and is over: it does not hold any more but stays true."""
    if at is None or node_kind(thing.cls) not in ("activity", "deliverable"):
        return False
    latest_end = thing.one("valid_to_not_after") or thing.one("valid_to")
    return latest_end is not None and latest_end <= at


def _relation_edges(
    thing: Thing, relation: Relation, things: Mapping[str, Thing]
) -> Iterator[tuple[str, str, str, str]]:
    name = relation_class(thing.cls) or thing.cls
    source = thing.one(relation.source)
    target = next((found for found in map(thing.one, relation.targets) if found is not None), None)
    if source is None or target is None:
        return
    kind = thing.one(relation.kind) if relation.kind else None
    yield _end(source, things), _end(target, things), name, kind or f"{TSU}{name}"


def _end(iri: str, things: Mapping[str, Thing]) -> str:
    """Return the body that holds the role when the end is a role holding, else the end itself."""
    thing = things.get(iri)
    return (thing.one("member") or iri) if thing is not None and relation_class(thing.cls) == "RoleHolding" else iri


def _link_edges(thing: Thing) -> Iterator[tuple[str, str, str, str]]:
    for name, path in link_properties(thing.cls):
        for value in thing.all(name):
            yield thing.iri, value, local_name(path), path


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


@cache
def node_classes() -> Mapping[str, str]:
    """Return every class whose instances are nodes of networks, with the kind of node."""
    words = vocabulary()
    kinds: dict[str, str] = {}
    for kind, top in NODE_KINDS.items():
        for name in (top, *words.subclasses(top)):
            kinds.setdefault(name, kind)
    return kinds


def node_kind(cls: str) -> str | None:
    """Return the kind of node that the instances of a class are, None for relations and statements."""
    return node_classes().get(cls)

"""Relationships for people: what a tie, a membership or a service says, drawn as one arrow.

They are derived from the nodes that state them (``via``), with status, dates, strength and evidence on the arrow, and
``derived: true``; the pull leaves them out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from tsunagari.graph.neo4j.names import SHORTCUTS, STATUS, key_of, type_of
from tsunagari.graph.neo4j.property_graph import Native, Node
from tsunagari.ontology.namespaces import ORG, TSU, local_name
from tsunagari.ontology.vocabulary import vocabulary

# Classes whose nodes become arrows, subclasses included.
CLASSES = (
    *("CollaborationTie", "PlatformMembership", "RoleHolding", "PartnershipMembership"),
    *("SupportService", "Activity", "Collaboration"),
)
COLLABORATES_WITH, MEMBER_OF, PROVIDES, COVERS = SHORTCUTS


@dataclass(frozen=True, slots=True)
class Rule:
    """How the nodes of a class become arrows.

    Parameters
    ----------
    type
        Type of the arrow.
    start, end
        Types of the relationships that lead from the node to the two ends; None for the node itself.
    kind
        Type of the relationship to the concept that says what kind of arrow it is.
    """

    type: str
    start: str | None
    end: str | None
    kind: str | None = None


@dataclass(slots=True)
class Shortcut:
    """An arrow from `start` to `end` that the node `via` stands for."""

    type: str
    start: str
    end: str
    via: str
    properties: dict[str, Native]


def _type(iri: str) -> str:
    return type_of(iri)


@cache
def rules() -> Mapping[str, tuple[Rule, ...]]:
    """Return the label of each class whose nodes become arrows, with how they do."""
    member, organization, role = (_type(f"{ORG}{name}") for name in ("member", "organization", "role"))
    belongs = Rule(MEMBER_OF, member, organization, role)
    made: dict[str, tuple[Rule, ...]] = {
        "CollaborationTie": (
            Rule(COLLABORATES_WITH, _type(f"{TSU}tieFrom"), _type(f"{TSU}tieTo"), _type(f"{TSU}tieKind")),
        ),
        "PlatformMembership": (Rule(MEMBER_OF, member, organization, _type(f"{TSU}memberClass")),),
        "RoleHolding": (belongs,),
        "PartnershipMembership": (belongs,),
        "SupportService": (
            Rule(PROVIDES, _type(f"{TSU}providedBy"), None),
            Rule(COVERS, None, _type(f"{TSU}serviceArea")),
        ),
        "Activity": (Rule(PROVIDES, _type(f"{TSU}carriedOutBy"), None), Rule(COVERS, None, _type(f"{TSU}serviceArea"))),
        "Collaboration": (Rule(COVERS, None, _type(f"{TSU}reach")),),
    }
    words = vocabulary()
    return {name: made[top] for top in CLASSES for name in words.subclasses(top)}


@cache
def _carried() -> tuple[str, ...]:
    """Return the keys that an arrow takes from its node."""
    names = ("validFrom", "validFromNotBefore", "validFromNotAfter", "validTo", "validToNotBefore", "validToNotAfter")
    return tuple(key_of(f"{TSU}{name}") for name in (*names, "directed", "strength"))


def shortcuts_of(node: Node, evidence: str) -> Iterator[Shortcut]:
    """Yield the arrows that a node stands for.

    Parameters
    ----------
    node
        Any node.
    evidence
        Where it is stated, in words.
    """
    found: list[Rule] = []
    for label in node.labels:
        found += [rule for rule in rules().get(label, ()) if rule not in found]
    if not found:
        return
    ends: dict[str, list[str]] = {}
    for link in node.links:
        ends.setdefault(link.type, []).append(link.end)
    carried = {key: node.properties[key] for key in _carried() if key in node.properties}
    for rule in found:
        kinds = ends.get(rule.kind or "", [])
        properties = carried | {STATUS: node.properties.get(STATUS, "stated"), "derived": True, "evidence": evidence}
        if kinds:
            properties["kind"] = local_name(kinds[0])
        for start in [node.iri] if rule.start is None else ends.get(rule.start, []):
            for end in [node.iri] if rule.end is None else ends.get(rule.end, []):
                yield Shortcut(rule.type, start, end, node.iri, properties)

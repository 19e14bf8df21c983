"""What kinds of things stand at the ends of edges, and which class is of which kind."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import numpy as np

from tsunagari.graph.columns import Codes, Columns
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


UNNAMED = "UnnamedGroup"
"""Class of a group that a source counts without naming its members."""


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


def plain_organizations(columns: Columns) -> Codes:
    """Return the codes of the organisations that are neither platforms nor their bodies, sorted."""
    everyone = columns.of_class("Organization")
    names, classes = columns.classes(everyone, "Organization")
    found: Codes = everyone[np.array([node_kind(name) == "organization" for name in names])[classes]]
    return found

"""The network that scenarios and comparisons stand on: offers, ties between organisations and places in platforms."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from tsunagari.graph.columns import Columns, counted
from tsunagari.graph.coverage import Flags, Integers, Offers
from tsunagari.graph.facts import Reader, plain_organizations
from tsunagari.graph.measures import Adjacency, parts_without


@dataclass(frozen=True, slots=True)
class Footing:
    """What a scenario changes.

    Parameters
    ----------
    offers
        Who offers what for which area, and how far the platforms they belong to reach.
    nodes
        IRIs of organisations, platforms and their bodies, and programmes, sorted.
    is_body
        Which of them are organisations.
    ties
        One row a tie: places of two nodes, the smaller first, each pair once.
    places
        One row a place in a group: places of the member and of the platform or body, each pair once.
    """

    offers: Offers
    nodes: tuple[str, ...]
    is_body: Flags
    ties: Integers
    places: Integers

    def place(self, iri: str) -> int:
        """Return the place of a node, -1 when it is not there."""
        try:
            return self.nodes.index(iri)
        except ValueError:
            return -1


def read_footing(reader: Reader, offers: Offers, *, at: str | None = None) -> Footing:
    """Return the network of ties and places in groups on a day, beside the offers.

    Only what is stated or inferred counts. What a tie or a membership names but nothing describes is left out.

    Examples
    --------
    >>> footing = read_footing(kg._reader, kg.coverage().offers, at="2023-10-01")
    >>> len(footing.nodes) == len(footing.is_body) > len(footing.ties) > 0
    True
    """
    columns = reader.columns
    nodes = columns.of_class("Organization", "Programme")
    nodes = nodes[counted(columns, nodes, at)]
    ties = _pairs(columns, ("CollaborationTie",), ("tie_from", "tie_to"), nodes, at)
    held = ("PlatformMembership", "RoleHolding", "PartnershipMembership")
    places = _pairs(columns, held, ("member", "organization"), nodes, at)
    is_body = np.isin(nodes, plain_organizations(columns))
    return Footing(offers, tuple(columns.text(nodes)), is_body, np.unique(np.sort(ties, axis=1), axis=0), places)


def _pairs(
    columns: Columns, classes: tuple[str, ...], ends: tuple[str, str], nodes: Integers, at: str | None
) -> Integers:
    """Return the two ends of relations as places among the nodes, each pair once."""
    relations = columns.of_class(*classes)
    relations = relations[counted(columns, relations, at)]
    codes = np.column_stack([columns.one(name, relations) for name in ends])
    codes = codes[np.isin(codes, nodes).all(axis=1) & (codes[:, 0] != codes[:, 1])]
    found: Integers = np.unique(np.searchsorted(nodes, codes), axis=0).astype(np.int32).reshape(-1, 2)
    return found


def network_of(footing: Footing) -> Adjacency:
    """Return ties and places in groups as one network over the nodes; a group of one connects nobody and has no tie.

    Examples
    --------
    >>> footing = read_footing(kg._reader, kg.coverage().offers)
    >>> network_of(footing).shape == (len(footing.nodes), len(footing.nodes))
    True
    """
    size = len(footing.nodes)
    members = np.bincount(footing.places[:, 1], minlength=size)
    pairs = np.concatenate((footing.ties, footing.places[members[footing.places[:, 1]] > 1]))
    ones = np.ones(len(pairs))
    return sparse.coo_array((ones, (pairs[:, 0], pairs[:, 1])), shape=(size, size)).tocsr()


def network_parts(footing: Footing) -> Integers:
    """Return into how many parts the network falls without each organisation, 0 for what is none or has no tie.

    Examples
    --------
    >>> bool((network_parts(read_footing(kg._reader, kg.coverage().offers)) > 1).any())
    True
    """
    return np.where(footing.is_body, parts_without(network_of(footing)), 0).astype(np.int32)

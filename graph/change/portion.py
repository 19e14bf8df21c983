"""The part of a graph about some bodies: what a map draws and an export writes of a choice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tsunagari.graph.change.views import Flags, kept_without, linked_pairs, part_of
from tsunagari.graph.facts import AREA
from tsunagari.graph.networks import DEFAULT_NETWORK, RELATIONS, project

if TYPE_CHECKING:
    from collections.abc import Collection

    import numpy.typing as npt

    from tsunagari.graph.change.choice import Choice
    from tsunagari.graph.columns import Codes, Columns, ColumnStore
    from tsunagari.graph.facts import Reader

FOLLOWING = ("ContactPoint", "SurveyItem", *RELATIONS)
"""Classes whose instances say something of the bodies they name, and go when one of these goes."""


def portion(reader: Reader, choice: Choice, *, organizations: Collection[str], at: str | None = None) -> ColumnStore:
    """Return the part of the graph about some bodies, with all that is tied to them.

    Parameters
    ----------
    reader
        The graph.
    choice
        The areas and fields: of what the bodies offer, that which is for other areas or in other fields is left out.
    organizations
        IRIs of the bodies. Whoever is in contact with one of them stays too, so that what is said of their contacts can
        be looked up, but not what these do elsewhere.
    at
        ISO date of the contacts; None takes every time.

    Returns
    -------
    A store in memory; areas, concepts, terms and sources are in it whatever is chosen.
    """
    columns = reader.columns
    chosen = columns.mask(columns.codes(set(organizations) | set(choice.providers)))
    hidden = _apart(reader, chosen, at) | _other_offers(columns, choice)
    followers = columns.of_class(*FOLLOWING)
    said = columns.statements
    naming = columns.mask(said.subjects[hidden[said.values]])
    hidden |= columns.mask(followers) & naming
    pairs = linked_pairs(columns, among=~hidden)

    def gone(_graph: npt.NDArray[np.generic], codes: Codes) -> Flags:
        return hidden[codes]

    kept = kept_without(columns, gone, pairs)
    return part_of(columns, kept & ~hidden[said.values])


def _apart(reader: Reader, chosen: Flags, at: str | None) -> Flags:
    """Tell of every code whether it is a thing of the network that is neither chosen nor tied to what is."""
    whole, contacts = (
        project(reader, "all", statuses=None),
        project(reader, DEFAULT_NETWORK, at=at),
    )
    near = chosen.copy()
    for network in (whole, contacts):
        sources, targets = network.node_codes[network.source], network.node_codes[network.target]
        near |= reader.columns.mask(targets[chosen[sources]]) | reader.columns.mask(sources[chosen[targets]])
    places = np.array([iri.startswith(AREA) for iri in whole.node_ids], dtype=np.bool_)
    found: Flags = reader.columns.mask(whole.node_codes[~places]) & ~near
    return found


def _other_offers(columns: Columns, choice: Choice) -> Flags:
    """Tell of every code whether it is a service for other areas or in other fields than those chosen."""
    services = columns.of_class("SupportService")
    apart = columns.mask(choice.other_offers)
    if choice.fields is not None:
        apart |= columns.mask(services) & ~columns.mask(choice.offers)
    found: Flags = apart & columns.mask(services)
    return found

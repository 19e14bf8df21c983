"""From the graph to a network as it was made: stated ties here, places in groups there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import sparse

from tsunagari.errors import Message, NetworkError
from tsunagari.graph.centre.brokers import with_platforms
from tsunagari.graph.facts import Reader
from tsunagari.graph.inference import Observed
from tsunagari.graph.measures import checked_adjacency
from tsunagari.graph.networks import (
    CLOSE_GROUP,
    GroupChoice,
    GroupPlaces,
    Partition,
    Projection,
    belonging,
    group_places,
    partition_of,
    project,
)

if TYPE_CHECKING:
    import pandas as pd

STATED = "CollaborationTie"
LARGEST = {"ties": 0, "comembers": None, "collaboration": CLOSE_GROUP}
"""Holders up to which sharing a group ties in each network between bodies; None for any number."""
TWO_MODES = ("members", "services", "service_areas")

MADE = tuple(LARGEST)
"""Networks between bodies that can be made anew."""


def read_observed(
    reader: Reader,
    name: str,
    *,
    at: str | None = None,
    group: GroupChoice | None = None,
    memberships: Mapping[str, list[str]] | None = None,
    lang: str = "ja",
) -> tuple[Observed, pd.DataFrame, Partition | None]:
    """Return a network of `tsunagari.graph.networks.project` as it was made, its nodes, and their groups.

    Parameters
    ----------
    reader
        The graph.
    name
        ``ties``, ``comembers``, ``collaboration``, or one of `TWO_MODES`, whose nodes are then the bodies alone.
    at
        ISO date on which ties and memberships shall hold.
    group
        A partition, see `tsunagari.graph.networks.partition_of`; None for no groups.
    memberships
        Id of an organisation to the names of what it belongs to, for the partition ``platform``.
    lang
        Language of the labels.

    Raises
    ------
    NetworkError
        The network is of another kind; a given partition misses organisations.
    UnknownNameError
        There is no such network or partition.
    """
    network = project(reader, name, at=at, directed=True)
    if name in TWO_MODES:
        observed, nodes = _two_modes(network, lang)
        return observed, nodes, None
    if name not in LARGEST:
        raise NetworkError(
            Message(f"ネットワーク「{name}」は検定できません。", f"The network {name!r} cannot be tested."),
            Message(
                f"次から選んでください: {', '.join((*LARGEST, *TWO_MODES))}",
                f"Choose one of: {', '.join((*LARGEST, *TWO_MODES))}",
            ),
        )
    nodes = network.nodes(lang)
    partition = None if group is None else partition_of(with_platforms(nodes, memberships or {}), group, lang=lang)
    claims = belonging(reader.columns, at)
    places = group_places(claims, largest=LARGEST[name])
    observed = _one_mode(network, places, None if partition is None else partition.numbers)
    return observed, nodes, partition


def _one_mode(network: Projection, places: GroupPlaces, groups: Any) -> Observed:
    names = np.array([text.rsplit("#", 1)[-1].rsplit("/", 1)[-1] for text in network.claims.names] or [""])
    stated = names[network.claims.relations] == STATED if len(network.claims) else np.zeros(0, dtype=bool)
    claims = network.claims.take(stated)
    codes, size = network.node_codes, len(network)
    source, target = np.searchsorted(codes, claims.sources), np.searchsorted(codes, claims.targets)
    both = ~claims.directed
    ends = np.r_[source, target[both]], np.r_[target, source[both]]
    weights = np.r_[claims.weights, claims.weights[both]]
    ties = checked_adjacency(sparse.coo_array((weights, ends), shape=(size, size)))
    row = np.minimum(np.searchsorted(codes, places.holders), max(size - 1, 0))
    kept = codes[row] == places.holders if size else np.zeros(len(places.holders), dtype=bool)
    return Observed(
        ties=ties,
        members=row[kept].astype(np.int64),
        places=places.groups[kept],
        core=places.is_core[kept],
        sizes=places.sizes,
        groups=groups,
    )


def _two_modes(network: Projection, lang: str) -> tuple[Observed, pd.DataFrame]:
    nodes = network.nodes(lang)
    is_body = (nodes["kind"] == "organization").to_numpy()
    matrix = network.adjacency(directed=False, weighted=False)
    across = matrix[is_body][:, ~is_body].tocoo()
    members, places = (ends.astype(np.int64) for ends in across.coords)
    bodies = nodes[is_body].reset_index(drop=True)
    sizes = np.bincount(places, minlength=int(across.shape[1])).astype(np.int64)
    none = sparse.csr_array((len(bodies), len(bodies)))
    core = np.zeros(len(members), dtype=bool)
    return Observed(checked_adjacency(none), members, places, core, sizes, two_mode=True), bodies

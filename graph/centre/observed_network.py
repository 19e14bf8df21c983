"""From the graph to a network as it was made, record by record: stated ties here, places in groups there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from tsunagari.errors import Message, NetworkError
from tsunagari.graph.centre.brokers import with_platforms
from tsunagari.graph.columns import Columns
from tsunagari.graph.facts import Reader, lists_of
from tsunagari.graph.inference import Observed, PlaceRecords, Records, Stated, TieRecords
from tsunagari.graph.measures import checked_adjacency
from tsunagari.graph.networks import (
    CLOSE_GROUP,
    GroupChoice,
    Partition,
    Projection,
    TieClaims,
    belonging,
    cores_of,
    partition_of,
    project,
)

if TYPE_CHECKING:
    import pandas as pd

STATED = "CollaborationTie"
LARGEST: Mapping[str, int | None] = {"ties": 0, "comembers": None, "collaboration": CLOSE_GROUP}
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
    observed = _records(network, name, at, directed=True).observed()
    return replace(observed, groups=None if partition is None else partition.numbers), nodes, partition


def read_records(reader: Reader, name: str, *, at: str | None = None, directed: bool = False) -> Records:
    """Return a network record by record, in the order of the nodes of `tsunagari.graph.networks.project`.

    Parameters
    ----------
    reader
        The graph.
    name
        Any network. Those of `MADE` are made of stated ties and of places in groups, which a missing membership takes
        with all their ties; in the others each tie is a record of its own.
    at
        ISO date on which ties and memberships shall hold.
    directed
        Whether the direction of ties counts.

    Examples
    --------
    >>> found = read_records(kg._reader, "collaboration", at="2023-10-01")
    >>> found.size == len(kg.projection("collaboration")), len(found.places.stated) > 100
    (True, True)
    """
    network = project(reader, name, at=at, directed=directed)
    if name in LARGEST:
        return _records(network, name, at, directed=directed)
    return Records.of_matrix(network.adjacency())


def _records(network: Projection, name: str, at: str | None, *, directed: bool) -> Records:
    return Records(len(network), _tie_records(network, directed), _place_records(network, LARGEST[name], at))


def _tie_records(network: Projection, directed: bool) -> TieRecords:
    names = np.array([text.rsplit("#", 1)[-1].rsplit("/", 1)[-1] for text in network.claims.names] or [""])
    stated = names[network.claims.relations] == STATED if len(network.claims) else np.zeros(0, dtype=bool)
    claims = network.claims.take(stated)
    codes = network.node_codes
    source, target = (np.searchsorted(codes, ends).astype(np.int64) for ends in (claims.sources, claims.targets))
    back = np.where(claims.directed & directed, 0.0, claims.weights)
    return TieRecords(source, target, claims.weights, back, _stated(network.columns, claims))


def _place_records(network: Projection, largest: int | None, at: str | None) -> PlaceRecords | None:
    if network.name == "ties":
        return None
    claims, codes = belonging(network.columns, at), network.node_codes
    holders, holder = np.unique(claims.sources, return_inverse=True)
    row = np.searchsorted(codes, holders)
    known = np.isin(holders, codes)
    return PlaceRecords(
        holder=holder.reshape(-1).astype(np.int64),
        row=np.where(known, row, -1).astype(np.int64),
        group=np.unique(claims.targets, return_inverse=True)[1].reshape(-1).astype(np.int64),
        core=cores_of(claims),
        stated=_stated(network.columns, claims),
        largest=largest,
    )


def _stated(columns: Columns, claims: TieClaims) -> Stated:
    records = claims.evidence[claims.starts[:-1]].astype(np.int64)
    return Stated.of(records, lists_of(columns, records))


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

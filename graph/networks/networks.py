"""Networks: which things are tied to each other on a day."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt

from tsunagari.errors import Message, UnknownNameError
from tsunagari.graph.columns import Codes, Columns, rows_of
from tsunagari.graph.facts import NODE_KINDS, Reader, plain_organizations
from tsunagari.graph.networks.contraction import RELATIONS, contract, happened
from tsunagari.graph.networks.projection import STATUSES, Projection
from tsunagari.graph.networks.shared_groups import CLOSE_GROUP, share_groups
from tsunagari.graph.networks.tie_claims import TieClaims, join_claims
from tsunagari.ontology.namespaces import local_name

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["DEFAULT_NETWORK", "NETWORKS", "STATUSES", "TWO_MODE", "network", "project"]

GROUP_RELATIONS = ("PlatformMembership", "RoleHolding", "PartnershipMembership")
CONCEPT_RELATIONS = ("supportField", "CatalogueEntry", "CompositionStatement")
ORGANIZATION = "Organization"
DEFAULT_NETWORK = "collaboration"
"""The network that is meant where none is named: that of brokers, centralities, cut points, losses and scenarios."""
TWO_MODE = ("members", "services", "service_areas")
"""Networks of two modes: organisations, and what they are tied to."""


def project(
    reader: Reader,
    name: str = DEFAULT_NETWORK,
    *,
    at: str | None = None,
    statuses: Collection[str] | None = STATUSES,
    directed: bool = False,
) -> Projection:
    """Make one of the networks of `NETWORKS`.

    ==============  ===============================  ==================================================================
    name            nodes                            ties
    ==============  ===============================  ==================================================================
    ties            organisations                    collaboration ties
    members         organisations and what they      memberships, roles, places in a partnership (two-mode)
                    belong to
    comembers       organisations                    sharing a platform or body, weight 1/(size − 1) each (Newman
                                                     2001); in a partnership the core city with each partner, weight 1
    collaboration   organisations                    ties and comembers of bodies with at most `CLOSE_GROUP` holders
    connections     organisations and what they      ties and memberships together
                    belong to
    services        organisations and fields         services (two-mode)
    service_areas   organisations and areas          services (two-mode)
    all             everything                       every contracted relation
    ==============  ===============================  ==================================================================

    Parameters
    ----------
    reader
        The graph.
    name
        One of the names above.
    at
        ISO date on which nodes and ties shall hold, certainly or possibly; None takes every time. A date before all
        data leaves what has no date, or no other than an end.
    statuses
        Claim statuses of ties to take; None takes every one. Nodes are what is there (`STATUSES`) and what has one of
        these statuses itself, so that a planned tie stands between bodies that exist.
    directed
        Keep directions; a tie without direction becomes one tie each way.

    Returns
    -------
    The network: nodes sorted by IRI, parallel ties collapsed (in ``all`` only those of one kind, with their directions,
    because there the kinds matter one by one). An organisation without ties is a node like the others. What ties relate
    but nothing describes is left out, and so is a tie of a thing with itself. An empty graph has an empty network.

    Raises
    ------
    UnknownNameError
        There is no network, or no claim status, of that name.
    NetworkError
        ``comembers`` would be too many pairs, see `tsunagari.graph.networks.shared_groups.share_groups`.
    """
    if name not in NETWORKS:
        raise UnknownNameError(
            Message(f"「{name}」というネットワークはありません。", f"There is no network {name!r}."),
            Message(f"次から選んでください: {', '.join(NETWORKS)}", f"Choose one of: {', '.join(NETWORKS)}"),
        )
    taken = None if statuses is None else _checked_statuses(reader.columns, statuses)
    asked = ("network", name, at, taken, directed)
    return reader.kept.get(asked, lambda: _projected(reader.columns, name, at, taken, directed))


def _checked_statuses(columns: Columns, statuses: Collection[str]) -> tuple[str, ...]:
    """Return claim statuses each once; a single one may be given as text."""
    asked = (statuses,) if isinstance(statuses, str) else tuple(dict.fromkeys(statuses))
    wrong = [status for status in asked if status not in columns.statuses]
    if not wrong:
        return asked
    listed = ", ".join(columns.statuses)
    raise UnknownNameError(
        Message(f"「{wrong[0]}」という記載の状態はありません。", f"There is no claim status {wrong[0]!r}."),
        Message(f"次から選んでください: {listed}", f"Choose from: {listed}"),
    )


def _projected(columns: Columns, name: str, at: str | None, statuses: Statuses, directed: bool) -> Projection:
    nodes, claims = _among_counted(columns, NETWORKS[name](columns, at, statuses), at, statuses)
    return Projection(name, columns, nodes, claims, directed, name == "all")


def network(
    reader: Reader,
    name: str = DEFAULT_NETWORK,
    *,
    at: str | None = None,
    statuses: Collection[str] | None = STATUSES,
    lang: str = "ja",
    directed: bool = False,
) -> nx.Graph[str]:
    """Return one of the networks of `NETWORKS` as a networkx graph, see `project`.

    Parameters
    ----------
    reader, name, at, statuses, directed
        As in `project`.
    lang
        Language of the labels.

    Returns
    -------
    A ``Graph`` (``DiGraph`` when `directed`, ``MultiDiGraph`` with the kind as key for ``all``), see
    `tsunagari.graph.networks.projection.Projection.to_networkx`.

    Raises
    ------
    UnknownNameError, NetworkError
        As in `project`.
    """
    return project(reader, name, at=at, statuses=statuses, directed=directed).to_networkx(lang)


Parts: TypeAlias = tuple[Codes, TieClaims]
Statuses: TypeAlias = "Collection[str] | None"


def _counts(columns: Columns, nodes: Codes, at: str | None, statuses: Statuses) -> npt.NDArray[np.bool_]:
    held = (columns.holds(nodes, at) > 0) | happened(columns, nodes, at)
    if statuses is None:
        return held
    wanted = np.array([status in (*STATUSES, *statuses) for status in columns.statuses])
    counts: npt.NDArray[np.bool_] = held & wanted[columns.status(nodes)]
    return counts


def _among_counted(columns: Columns, found: Parts, at: str | None, statuses: Statuses) -> Parts:
    """Return the nodes that count, each once, and the ties between two of them."""
    nodes = np.unique(found[0])
    nodes, claims = nodes[_counts(columns, nodes, at, statuses)], found[1]
    is_node = columns.mask(nodes)
    kept = is_node[claims.sources] & is_node[claims.targets] & (claims.sources != claims.targets)
    return nodes, claims.take(kept)


def belonging(columns: Columns, at: str | None, statuses: Statuses = STATUSES) -> TieClaims:
    """Return who belongs to what: the ties of ``members``, from which ``comembers`` and ``collaboration`` follow.

    Examples
    --------
    >>> len(belonging(kg._reader.columns, None)) > 100
    True
    """
    return _among_counted(columns, _members(columns, at, statuses), at, statuses)[1]


def _ties(columns: Columns, at: str | None, statuses: Statuses) -> Parts:
    claims = contract(columns, "CollaborationTie", at=at, statuses=statuses)
    ends = np.intersect1d(np.concatenate((claims.sources, claims.targets)), columns.of_class(ORGANIZATION))
    return np.concatenate((plain_organizations(columns), ends)), claims


def _members(columns: Columns, at: str | None, statuses: Statuses) -> Parts:
    claims = contract(columns, *GROUP_RELATIONS, at=at, statuses=statuses)
    return columns.of_class(ORGANIZATION, "Programme"), claims


def _comembers(columns: Columns, at: str | None, statuses: Statuses) -> Parts:
    return plain_organizations(columns), share_groups(belonging(columns, at, statuses), columns)


def _collaboration(columns: Columns, at: str | None, statuses: Statuses) -> Parts:
    nodes, ties = _ties(columns, at, statuses)
    shared = share_groups(belonging(columns, at, statuses), columns, largest=CLOSE_GROUP)
    return nodes, join_claims([ties, shared])


def _connections(columns: Columns, at: str | None, statuses: Statuses) -> Parts:
    nodes, ties = _ties(columns, at, statuses)
    belonging, memberships = _members(columns, at, statuses)
    return np.concatenate((nodes, belonging)), join_claims([ties, memberships])


def _services(columns: Columns, at: str | None, statuses: Statuses) -> Parts:
    """Tie providers to fields; every field that a service names is a node."""
    nodes = np.unique(columns.all("support_field", columns.of_class("SupportService"))[1])
    return np.concatenate((plain_organizations(columns), nodes)), _offers(columns, "supportField", at, statuses)


def _service_areas(columns: Columns, at: str | None, statuses: Statuses) -> Parts:
    """Tie providers to areas; every area that a service names and the graph describes is a node."""
    named = columns.all("service_area", columns.of_class("SupportService"))[1]
    nodes = np.intersect1d(named, columns.of_class("AdministrativeArea"))
    return np.concatenate((plain_organizations(columns), nodes)), _offers(columns, "serviceArea", at, statuses)


def _offers(columns: Columns, relation: str, at: str | None, statuses: Statuses) -> TieClaims:
    """Return a tie from each provider of a service to each thing that the relation leads to."""
    claims = contract(columns, "SupportService", at=at, statuses=statuses)
    related = np.array([local_name(name) for name in claims.names])[claims.relations]
    providers, offers = claims.take(related == "providedBy"), claims.take(related == relation)
    order = np.argsort(providers.sources, kind="stable")
    services = providers.sources[order]
    first = np.searchsorted(services, offers.sources)
    last = np.searchsorted(services, offers.sources, side="right")
    rows = np.repeat(np.arange(len(offers)), last - first)
    return replace(offers.take(rows), sources=providers.targets[order][rows_of(first, last)])


def _everything(columns: Columns, at: str | None, statuses: Statuses) -> Parts:
    classes = [*NODE_KINDS.values(), *RELATIONS]
    claims = contract(columns, *classes, at=at, statuses=statuses)
    related = np.array([name in CONCEPT_RELATIONS for name in claims.names], dtype=bool)[claims.relations]
    return np.concatenate((columns.of_class(*NODE_KINDS.values()), claims.targets[related])), claims


NETWORKS: dict[str, Callable[[Columns, str | None, Statuses], Parts]] = {
    "ties": _ties,
    "members": _members,
    "comembers": _comembers,
    "collaboration": _collaboration,
    "connections": _connections,
    "services": _services,
    "service_areas": _service_areas,
    "all": _everything,
}

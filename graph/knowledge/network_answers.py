"""Networks, as users ask for them: as arrays, tables, sparse matrices and graphs of other libraries."""

from __future__ import annotations

from collections.abc import Collection
from importlib import import_module
from typing import TYPE_CHECKING, Any

import pandas as pd

from tsunagari.graph.knowledge.session import Day, Session, method
from tsunagari.graph.measures import Adjacency
from tsunagari.graph.networks import DEFAULT_NETWORK, STATUSES, Projection, project

if TYPE_CHECKING:
    import networkx as nx
    import rustworkx as rx
    from pyvis.network import Network


def projection(
    self: Session,
    name: str = DEFAULT_NETWORK,
    *,
    at: Day = None,
    statuses: Collection[str] | None = STATUSES,
    directed: bool = False,
) -> Projection:
    """Return a network as arrays.

    Parameters
    ----------
    name
        ``collaboration`` (organisations by ties and shared platforms), ``ties``, ``members``, ``comembers``,
        ``connections`` (ties and memberships together), ``services``, ``service_areas`` or ``all``; see
        `tsunagari.graph.networks.project` for what each is. Brokers, centralities, losses and scenarios are of the
        default.
    at
        The day on which nodes and ties shall hold, certainly or possibly; None takes `as_of`.
    statuses
        Claim statuses of ties to take; None takes every one.
    directed
        Whether to keep directions; a tie without direction becomes one each way.

    Returns
    -------
    Nodes sorted by IRI, parallel ties collapsed; an organisation without ties is a node like the others.

    Raises
    ------
    UnknownNameError
        There is no network, status or day of that name.
    NetworkError
        The network would be too many pairs.

    Examples
    --------
    >>> ties = kg.projection("ties")
    >>> len(ties.node_ids) == len(ties), len(ties.source) == len(ties.weight) > 0
    (True, True)
    """
    return project(self._reader, name, at=self._day(at), statuses=statuses, directed=directed)


@method
def network(
    self: Session,
    name: str = DEFAULT_NETWORK,
    *,
    at: Day = None,
    statuses: Collection[str] | None = STATUSES,
    lang: str = "ja",
    directed: bool = False,
) -> nx.Graph[str]:
    """Return a network as a networkx graph.

    Parameters
    ----------
    name, at, statuses, directed
        As in `projection`: ``collaboration``, ``ties``, ``members``, ``comembers``, ``connections``, ``services``,
        ``service_areas`` or ``all``.
    lang
        Language of labels, ``"ja"`` or ``"en"``.

    Returns
    -------
    A ``Graph``, a ``DiGraph`` when directed, a ``MultiDiGraph`` for ``all``, with readable attributes on nodes and
    ties; see `tsunagari.graph.networks.projection.Projection.to_networkx`.

    Raises
    ------
    UnknownNameError, NetworkError
        As in `projection`.

    Examples
    --------
    >>> sorted(kg.network("services").nodes(data="kind"))[-1][1]
    'field'
    """
    return projection(self, name, at=at, statuses=statuses, directed=directed).to_networkx(lang)


@method
def rustworkx(
    self: Session,
    name: str = DEFAULT_NETWORK,
    *,
    at: Day = None,
    statuses: Collection[str] | None = STATUSES,
    lang: str = "ja",
    directed: bool = False,
) -> rx.PyGraph[Any, Any] | rx.PyDiGraph[Any, Any]:
    """Return a network as a rustworkx graph.

    Parameters
    ----------
    name, at, statuses, directed, lang
        As in `network`.

    Returns
    -------
    The numbers of the nodes are those of `projection`; see
    `tsunagari.graph.networks.projection.Projection.to_rustworkx`.

    Raises
    ------
    UnknownNameError, NetworkError
        As in `projection`.

    Examples
    --------
    >>> kg.rustworkx("ties").num_nodes() == len(kg.projection("ties"))
    True
    """
    return projection(self, name, at=at, statuses=statuses, directed=directed).to_rustworkx(lang)


@method
def edges(
    self: Session,
    name: str = DEFAULT_NETWORK,
    *,
    at: Day = None,
    statuses: Collection[str] | None = STATUSES,
    lang: str = "ja",
    directed: bool = False,
) -> pd.DataFrame:
    """Return the ties of a network as a table.

    Parameters
    ----------
    name, at, statuses, directed, lang
        As in `network`.

    Returns
    -------
    DataFrame
        ``source``, ``target``, their labels, ``kind``, ``weight``, ``directed``, ``status``, ``validity``, dates and
        ``evidence`` (list), sorted by the ends.

    Raises
    ------
    UnknownNameError, NetworkError
        As in `projection`.

    Examples
    --------
    >>> kg.edges("collaboration").columns[:5].tolist()
    ['source', 'target', 'source_label', 'target_label', 'kind']
    """
    return projection(self, name, at=at, statuses=statuses, directed=directed).edges(lang)


@method
def matrix(
    self: Session,
    name: str = DEFAULT_NETWORK,
    *,
    at: Day = None,
    statuses: Collection[str] | None = STATUSES,
    lang: str = "ja",
    directed: bool = False,
) -> tuple[Adjacency, pd.DataFrame]:
    """Return a network as a sparse matrix of weights and the table of its nodes in the order of the rows.

    Parameters
    ----------
    name, at, statuses, directed, lang
        As in `network`.

    Returns
    -------
    Weights, nodes × nodes (symmetric unless directed), and one row a node: ``id``, ``label``, ``kind`` and what else
    `tsunagari.graph.facts.node_attributes` says.

    Raises
    ------
    UnknownNameError
        As in `projection`.
    NetworkError
        A weight is negative, infinite or not a number, or as in `projection`.

    Examples
    --------
    >>> weights, nodes = kg.matrix("collaboration")
    >>> weights.shape == (len(nodes), len(nodes))
    True
    """
    found = projection(self, name, at=at, statuses=statuses, directed=directed)
    return found.adjacency(), found.nodes(lang)


@method
def pyvis(self: Session, network: str = DEFAULT_NETWORK, *, at: Day = None, lang: str = "ja") -> Network:
    """Return a network as a pyvis ``Network`` for a notebook: laid out and styled as on the map, its texts escaped.

    The extra ``tsunagari[pyvis]`` brings pyvis: it needs IPython and all that comes with it, which the map and the
    command do not.

    Parameters
    ----------
    network
        As `name` of `projection`.
    at, lang
        Day and language.

    Returns
    -------
    Its ``write_html``, ``save_graph`` and ``show`` write a page that loads nothing. A network without nodes is empty.

    Raises
    ------
    UnknownNameError
        There is no network or day of that name.
    NetworkError
        pyvis is not installed.

    Examples
    --------
    >>> len(kg.pyvis("ties").nodes) == len(kg.projection("ties"))
    True
    """
    # The pages stand above the graph and are found by name when asked for: the graph itself never needs them.
    made: Network = import_module("tsunagari.viz.map.notebook").pyvis_network(self, network, at=at, lang=lang)
    return made

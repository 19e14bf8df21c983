"""Networks, as users ask for them: as arrays, tables, sparse matrices and graphs of other libraries."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from tsunagari.graph.knowledge.reach import Day, Reach
from tsunagari.graph.networks import STATUSES

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd
    import rustworkx as rx

    from tsunagari.graph.measures import Adjacency
    from tsunagari.graph.networks import Projection


class Tied(Reach):
    """The part of a knowledge graph's interface that gives its networks.

    Every method takes the name of a network of `tsunagari.graph.networks.project`, the day on which ties shall hold
    (default: ``as_of``), the claim statuses to take, and whether to keep directions.
    """

    def projection(
        self,
        name: str = "ties",
        *,
        at: Day = None,
        statuses: Collection[str] | None = STATUSES,
        directed: bool = False,
    ) -> Projection:
        """Return a network as arrays, see `tsunagari.graph.networks.project`.

        Examples
        --------
        >>> ties = kg.projection("ties")
        >>> len(ties.node_ids), len(ties.source) == len(ties.weight) > 0
        (119, True)
        """
        from tsunagari.graph.networks import project

        return project(self._reader, name, at=self._day(at), statuses=statuses, directed=directed)

    def network(
        self,
        name: str = "ties",
        *,
        at: Day = None,
        statuses: Collection[str] | None = STATUSES,
        lang: str = "ja",
        directed: bool = False,
    ) -> nx.Graph[str]:
        """Return a network as a networkx graph, see `tsunagari.graph.networks.projection.Projection.to_networkx`.

        Examples
        --------
        >>> sorted(kg.network("services").nodes(data="kind"))[-1][1]
        'field'
        """
        return self.projection(name, at=at, statuses=statuses, directed=directed).to_networkx(lang)

    def rustworkx(
        self,
        name: str = "ties",
        *,
        at: Day = None,
        statuses: Collection[str] | None = STATUSES,
        lang: str = "ja",
        directed: bool = False,
    ) -> rx.PyGraph[Any, Any] | rx.PyDiGraph[Any, Any]:
        """Return a network as a rustworkx graph, see `tsunagari.graph.networks.projection.Projection.to_rustworkx`.

        Examples
        --------
        >>> kg.rustworkx("ties").num_nodes() == len(kg.projection("ties"))
        True
        """
        return self.projection(name, at=at, statuses=statuses, directed=directed).to_rustworkx(lang)

    def edges(
        self,
        name: str = "ties",
        *,
        at: Day = None,
        statuses: Collection[str] | None = STATUSES,
        lang: str = "ja",
        directed: bool = False,
    ) -> pd.DataFrame:
        """Return the ties of a network as a table, see `tsunagari.graph.networks.projection.Projection.edges`.

        Examples
        --------
        >>> kg.edges("collaboration").columns[:5].tolist()
        ['source', 'target', 'source_label', 'target_label', 'kind']
        """
        return self.projection(name, at=at, statuses=statuses, directed=directed).edges(lang)

    def matrix(
        self,
        name: str = "ties",
        *,
        at: Day = None,
        statuses: Collection[str] | None = STATUSES,
        lang: str = "ja",
        directed: bool = False,
    ) -> tuple[Adjacency, pd.DataFrame]:
        """Return a network as a sparse matrix of weights and the table of its nodes in the order of the rows.

        Raises
        ------
        NetworkError
            A weight is negative, infinite or not a number.

        Examples
        --------
        >>> weights, nodes = kg.matrix("collaboration")
        >>> weights.shape == (len(nodes), len(nodes))
        True
        """
        found = self.projection(name, at=at, statuses=statuses, directed=directed)
        return found.adjacency(), found.nodes(lang)

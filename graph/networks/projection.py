"""A network as arrays: nodes and ties by number, for measures, tables and graphs of other libraries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from tsunagari.errors import Message
from tsunagari.graph.columns import NONE, Codes, Columns
from tsunagari.graph.facts import UNNAMED, Lists, classes_of_nodes, node_attributes, node_kind
from tsunagari.graph.networks.collapse import Ties, collapse
from tsunagari.graph.networks.shared_groups import SHARED
from tsunagari.graph.networks.tie_claims import TieClaims
from tsunagari.loaders.files import collector_paused
from tsunagari.ontology.namespaces import SCHEME, column_name, local_name
from tsunagari.ontology.vocabulary import vocabulary

if TYPE_CHECKING:
    import networkx as nx
    import rustworkx as rx

    from tsunagari.graph.measures import Adjacency

STATUSES = ("stated", "inferred")
SHARED_LABEL = Message("同じ場への参加", "shared membership")
VALIDITIES = ("no", "possible", "certain")
EDGE_COLUMNS = (
    *("source", "target", "source_label", "target_label", "kind", "kind_label", "weight", "directed"),
    *("status", "validity", "valid_from", "valid_to", "evidence"),
)


@dataclass(frozen=True)
class Projection:
    """A network of `tsunagari.graph.networks.networks.NETWORKS` as arrays; make one with
    `tsunagari.graph.networks.project`.

    Parallel ties are one tie: weights are added, kinds and evidence kept. Ties of a thing with itself are left out. An
    organisation without ties is a node like the others.

    Parameters
    ----------
    name
        Name of the network.
    columns
        The graph it is of.
    node_codes
        Codes of the nodes, sorted.
    claims
        What the ties stand for; the ends are nodes, and no tie leads from a node to itself.
    is_directed
        Whether ties have a direction. Then one without direction becomes one tie each way.
    by_kind
        Whether ties of different kinds between the same nodes are kept apart.
    """

    name: str
    columns: Columns = field(repr=False)
    node_codes: Codes = field(repr=False)
    claims: TieClaims = field(repr=False)
    is_directed: bool = False
    by_kind: bool = False

    # ---- nodes ----

    def __len__(self) -> int:
        return len(self.node_codes)

    @cached_property
    def node_ids(self) -> list[str]:
        """IRIs of the nodes, sorted."""
        return self.columns.text(self.node_codes)

    def names(self, lang: str = "ja") -> list[str]:
        """Return the label of each node."""
        return self.columns.labels(self.node_codes, lang)

    @cached_property
    def ranked(self) -> npt.NDArray[np.bool_]:
        """Which nodes take part in rankings: organisations, without unnamed groups, platforms, fields and the like."""
        names, classes = classes_of_nodes(self.columns, self.node_codes)
        counts = [node_kind(name) == "organization" and name != UNNAMED for name in names]
        return np.array(counts, dtype=bool)[np.array(classes, dtype=np.int64)]

    def nodes(self, lang: str = "ja") -> pd.DataFrame:
        """Return the nodes: id, and what `tsunagari.graph.facts.node_attributes` says of each."""
        return pd.DataFrame({"id": self.node_ids, **self._node_attributes(lang)})

    def _node_attributes(self, lang: str) -> dict[str, list[Any]]:
        return node_attributes(self.columns, self.node_codes, lang=lang)

    # ---- ties ----

    @cached_property
    def ties(self) -> Ties:
        """The ties, sorted by their ends (and kind), as numbers of nodes."""
        return collapse(self.claims, self.node_codes, is_directed=self.is_directed, by_kind=self.by_kind)

    @property
    def source(self) -> Codes:
        """Number of the node where each tie starts; in a network without direction the lesser one."""
        return self.ties.source

    @property
    def target(self) -> Codes:
        """Number of the node where each tie ends."""
        return self.ties.target

    @cached_property
    def weight(self) -> npt.NDArray[np.float64]:
        """Sum of the weights of the statements that each tie stands for."""
        return self.ties.reduced(np.add, self.claims.weights)

    @cached_property
    def directed(self) -> npt.NDArray[np.bool_]:
        """Whether any statement that a tie stands for has a direction."""
        return self.ties.reduced(np.logical_or, self.claims.directed)

    @property
    def kind(self) -> list[str]:
        """The names of the kinds of each tie, joined by ``|``."""
        sets, places = self._kinds
        texts = ["|".join(kind_name(iri) for iri in kinds) for kinds in sets]
        return [texts[place] for place in places]

    @cached_property
    def status(self) -> npt.NDArray[np.int16]:
        """Firmest claim status of each tie, as a place in the columns' `statuses`: stated before inferred."""
        statuses = self.columns.statuses
        order = sorted(range(len(statuses)), key=lambda place: _status_rank(statuses[place]))
        ranks = np.argsort(order).astype(np.int16)
        least = self.ties.reduced(np.minimum, ranks[self.claims.statuses])
        found: npt.NDArray[np.int16] = np.array(order, dtype=np.int16)[least]
        return found

    @cached_property
    def validity(self) -> npt.NDArray[np.int8]:
        """1 where a tie holds possibly on the day asked for, 2 where certainly."""
        return self.ties.reduced(np.maximum, self.claims.validities)

    def adjacency(self, *, directed: bool | None = None, weighted: bool = True) -> Adjacency:
        """Return the weights as a sparse matrix; row and column are numbers of nodes.

        Parameters
        ----------
        directed
            Whether ties have a direction; None takes that of the network. A tie without direction stands both ways.
        weighted
            False counts every pair that is tied as 1.

        Raises
        ------
        NetworkError
            A weight is negative, infinite or not a number.
        """
        from tsunagari.graph.measures import check_weights, checked_adjacency

        if directed is not None and directed != self.is_directed:
            return replace(self, is_directed=directed).adjacency(weighted=weighted)
        check_weights(self.weight)
        rows, columns, values = self.source, self.target, self.weight if weighted else np.ones(len(self.weight))
        if not self.is_directed:
            rows, columns, values = np.r_[rows, columns], np.r_[columns, rows], np.r_[values, values]
        matrix = sparse.csr_array((values, (rows, columns)), shape=(len(self), len(self)))
        matrix.sum_duplicates()
        return checked_adjacency(matrix)

    def evidence(self) -> Lists:
        """Return for each tie the IRIs of the nodes that state it, sorted, each once."""
        owners, nodes = self.ties.evidence(self.claims)
        starts = np.searchsorted(owners, np.arange(len(self.source) + 1))
        return Lists(starts, self.columns.text(nodes))

    def edges(self, lang: str = "ja") -> pd.DataFrame:
        """Return the ties as a table with the columns of `EDGE_COLUMNS`, sorted by the IRIs of their ends.

        Dates are ISO text, None where not known; ``evidence`` holds lists.
        """
        ids, names = np.array(self.node_ids, dtype=object), np.array(self.names(lang), dtype=object)
        ends = {"source": ids[self.source], "target": ids[self.target]}
        labels = {"source_label": names[self.source], "target_label": names[self.target]}
        said = {**ends, **labels, **self._edge_attributes(lang)}
        table = pd.DataFrame({name: said[name] for name in EDGE_COLUMNS}, dtype=object)
        return table.astype({"weight": "float64", "directed": "bool"})

    def _edge_attributes(self, lang: str) -> dict[str, list[Any]]:
        sets, places = self._kinds
        comma = "、" if lang == "ja" else ", "
        labels = [comma.join(self._kind_labels(kinds, lang)) for kinds in sets]
        kinds = [[kind_name(iri) for iri in kinds] for kinds in sets]
        statuses, begins, ends = self.columns.statuses, self.claims.valid_from, self.claims.valid_to
        known = self.ties.reduced(np.minimum, ends) >= 0
        latest = np.where(known, self.ties.reduced(np.maximum, ends), np.int32(NONE))
        return {
            "kind": self.kind,
            "kinds": [list(kinds[place]) for place in places],
            "kind_label": [labels[place] for place in places],
            "status": [statuses[place] for place in self.status.tolist()],
            "validity": [VALIDITIES[held] for held in self.validity.tolist()],
            "weight": self.weight.tolist(),
            "directed": self.directed.tolist(),
            "evidence": list(self.evidence()),
            "valid_from": self.columns.objects(self.ties.reduced(np.minimum, begins)).tolist(),
            "valid_to": self.columns.objects(latest).tolist(),
        }

    @cached_property
    def _kinds(self) -> tuple[list[tuple[str, ...]], list[int]]:
        """The different sets of kinds, and for each tie a place among them."""
        sets, places = self.ties.sets_of(self.claims.kinds)
        return [tuple(self.claims.names[kind] for kind in kinds) for kinds in sets], places

    def _kind_labels(self, kinds: Iterable[str], lang: str) -> list[str]:
        known = self.columns.labels(self.columns.codes(kinds), lang)
        return [
            SHARED_LABEL.text(lang) if kind == SHARED else label or vocabulary().label(kind, lang)
            for kind, label in zip(kinds, known, strict=True)
        ]

    # ---- graphs of other libraries ----

    def to_networkx(self, lang: str = "ja") -> nx.Graph[str]:
        """Return a networkx graph with the attributes of `nodes` and `edges` on nodes and ties.

        Returns
        -------
        A ``Graph``, a ``DiGraph`` when ties have a direction, a ``MultiDiGraph`` with the kind as key when kinds are
        kept apart. Nodes are sorted by IRI and ties by their ends.
        """
        import networkx as nx

        graph: Any = nx.MultiDiGraph() if self.by_kind else nx.DiGraph() if self.is_directed else nx.Graph()
        ids = self.node_ids
        with collector_paused():
            graph.add_nodes_from(zip(ids, _records(self._node_attributes(lang)), strict=True))
            ends = ([ids[place] for place in end.tolist()] for end in (self.source, self.target))
            keys = [self.kind] if self.by_kind else []
            graph.add_edges_from(zip(*ends, *keys, _records(self._edge_attributes(lang)), strict=True))
        return cast("nx.Graph[str]", graph)

    def to_rustworkx(self, lang: str = "ja") -> rx.PyGraph[Any, Any] | rx.PyDiGraph[Any, Any]:
        """Return a rustworkx graph; the numbers of its nodes are those of this network.

        Nodes (with ``id``) and ties are dictionaries of the attributes of `nodes` and `edges`.
        """
        import rustworkx as rx

        graph: Any = (rx.PyDiGraph if self.is_directed or self.by_kind else rx.PyGraph)(multigraph=self.by_kind)
        with collector_paused():
            graph.add_nodes_from(list(_records({"id": self.node_ids, **self._node_attributes(lang)})))
            records = _records(self._edge_attributes(lang))
            graph.add_edges_from(list(zip(self.source.tolist(), self.target.tolist(), records, strict=True)))
        return cast("rx.PyGraph[Any, Any] | rx.PyDiGraph[Any, Any]", graph)


def _records(attributes: Mapping[str, list[Any]]) -> Iterator[dict[str, Any]]:
    """Yield a dictionary for each row of lists of equal length."""
    names = tuple(attributes)
    for row in zip(*attributes.values(), strict=True):
        yield dict(zip(names, row, strict=True))


def kind_name(kind: str) -> str:
    """Return the name of a kind of tie: the notation of a concept, else class or property in snake case.

    Examples
    --------
    >>> kind_name("https://w3id.org/tsunagari/scheme/role/lead"), kind_name("http://www.w3.org/ns/org#subOrganizationOf")
    ('lead', 'sub_organization_of')
    """
    return local_name(kind) if kind.startswith(SCHEME) else column_name(kind)


def _status_rank(status: str) -> tuple[int, str]:
    """Order statuses by how firmly they are claimed; a tie is as firm as the firmest statement of it."""
    return (STATUSES.index(status) if status in STATUSES else len(STATUSES), status)
